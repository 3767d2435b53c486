"""Files of ONNX: onnxruntime computes what the net does, and what is read back is the net again; files of PyTorch."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.laws.layer_nets import SAMPLES, Sample
from wlnet.builtins.nets.formats.onnx import made
from wlnet.errors import FormatError
from wlnet.interchange.onnx.reading.files import read_onnx
from wlnet.interchange.onnx.reading.nets import net_of
from wlnet.interchange.onnx.writing.files import OPSETS, Sayings, onnx_files
from wlnet.interchange.onnx.writing.sizes import Unsayable
from wlnet.nets import VARYING, Net, Shared
from wlnet.plans import evaluate
from wlnet.session import Session

onnx = pytest.importorskip("onnx", reason="onnx is not installed; pip install wlnet[onnx]")
runtime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed; pip install wlnet[onnx]")

BY_KIND: dict[str, list[Sample]] = defaultdict(list)
for _sample in SAMPLES:
    BY_KIND[_sample.kind].append(_sample)

#: Kinds of which no example can be said in ONNX.
NEVER = {"CTCLossLayer", "RandomArrayLayer"}
BATCH, LENGTH = 3, 6
MAKE = partial(made, Session().kernel)


def content(net: Net, **said: Any) -> bytes:
    return onnx_files(net, "net.onnx", Sayings(**said))["net.onnx"]


def read(data: bytes) -> Net:
    return net_of(read_onnx(data, "net.onnx"), MAKE)


def data_for(net: Net, batch: int = BATCH) -> dict[str, np.ndarray]:
    """Gives a batch of another size, with other lengths, than the net was recorded with."""
    generator = np.random.default_rng(1)
    inputs = {}
    for name, port in net.structure.inputs.items():
        shape = (batch, *(LENGTH if size is VARYING else size for size in port.shape))
        whole = port.element == "Integer"
        given = generator.integers(1, (port.limit or 4) + 1, shape) if whole else generator.uniform(0.1, 0.9, shape)
        inputs[name] = given.astype(np.int64 if whole else np.float32)
    return inputs


def run(data: bytes, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
    options = runtime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 3, 1
    session = runtime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


def agree(found: Any, expected: Any) -> None:
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=2e-4, atol=2e-5)


def placeholders(net: Net) -> list[str]:
    return [inner.arguments[0] for _, inner in net.structure.walk() if inner.kind.name == "PlaceholderLayer"]


@pytest.mark.parametrize("kind", BY_KIND)
def test_onnxruntime_computes_what_the_layer_does(kind: str) -> None:
    """And what is read back does, too, where every operator has a layer."""
    said = 0
    for sample in BY_KIND[kind]:
        net = sample.net.complete
        batch = BATCH if net.structure.inputs else 1
        inputs = data_for(net, batch)
        try:
            data = content(net)
        except Unsayable:
            continue
        said += 1
        onnx.checker.check_model(onnx.load_model_from_string(data), full_check=True)
        expected, _ = evaluate(net, inputs, batch)
        agree(run(data, inputs), expected.values())
        back = read(data)
        if placeholders(back):
            continue
        ports = list(back.structure.inputs)
        given = {port: inputs.get(port, next(iter(inputs.values()), None)) for port in ports}
        again, _ = evaluate(back, given, batch)
        agree(again.values(), expected.values())
    assert bool(said) != (kind in NEVER)


@pytest.mark.parametrize("opset", OPSETS)
def test_every_version_of_the_operators(opset: int, session: Session) -> None:
    net = session.evaluate_term(
        'NetInitialize[NetChain[{LongShortTermMemoryLayer[4], NormalizationLayer[2, "Same"], AggregationLayer[Mean, 1], '
        'SoftmaxLayer[]}, "Input" -> {"Varying", 3}]]'
    )
    inputs = data_for(net)
    agree(run(content(net, opset=opset), inputs), evaluate(net, inputs, BATCH)[0].values())


TIED = """
NetInitialize[NetChain[<|"embed" -> EmbeddingLayer[3, 5, "Weights" -> NetArray["E"]], "mix" -> NetMapOperator[
NetChain[{LinearLayer[3, "Weights" -> NetArray["M"]], Tanh, LinearLayer[3, "Weights" -> NetArray[<|"Name" -> "M", "View" -> "Transpose"|>]]}]],
"out" -> NetMapOperator[LinearLayer[5, "Weights" -> NetArray["E"], "Biases" -> None]]|>,
"Input" -> {"Varying", Restricted["Integer", 5]}]]
"""


def test_a_shared_array_is_one_initializer_and_stays_shared(session: Session) -> None:
    net = session.evaluate_term(TIED)
    data = content(net)
    names = [item.name for item in onnx.load_model_from_string(data).graph.initializer]
    assert sorted(names) == ["E", "M", "mix/Net/1/Biases", "mix/Net/3/Biases"]
    back = read(data)
    assert {key for key in back.store if isinstance(key, Shared)} == {Shared("E"), Shared("M")}
    assert {slot.view for slot in back.slots.values() if slot.shared == "M"} == {None, "Transpose"}
    changed = {Shared("M"): np.arange(9.0).reshape(3, 3), Shared("E"): np.arange(15.0).reshape(5, 3)}
    inputs = data_for(net)
    agree(
        evaluate(back.with_arrays(changed), inputs, BATCH)[0].values(),
        evaluate(net.with_arrays(changed), inputs, BATCH)[0].values(),
    )


def test_a_causal_mask_grows_with_the_sequence(session: Session) -> None:
    net = session.evaluate_term(
        'AttentionLayer["Dot", "Mask" -> "Causal", "Key" -> {"Varying", 4}, "Value" -> {"Varying", 2}, '
        '"Query" -> {"Varying", 4}]'
    )
    inputs = data_for(net)
    agree(run(content(net), inputs), evaluate(net, inputs, BATCH)[0].values())


def test_lengths_of_different_inputs_are_independent(session: Session) -> None:
    net = session.evaluate_term(
        'AttentionLayer["Dot", "Key" -> {"Varying", 3}, "Value" -> {"Varying", 2}, "Query" -> {"Varying", 3}]'
    )
    generator = np.random.default_rng(0)
    sizes = {"Key": (7, 3), "Value": (7, 2), "Query": (4, 3)}
    inputs = {name: generator.normal(size=(2, *size)).astype(np.float32) for name, size in sizes.items()}
    agree(run(content(net), inputs), evaluate(net, inputs, 2)[0].values())


def test_options_of_export_and_elements_of_import(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "a.onnx"
    session.evaluate(
        f'net = NetInitialize[LinearLayer[2, "Input" -> 3]]; Export["{file}", net, "Description" -> "d", "GraphName" -> "g", '
        '"ModelVersion" -> 7, "OperatorSetVersion" -> 18, "ExternalArrays" -> True]'
    )
    model = onnx.load(str(file))
    assert (model.doc_string, model.graph.name, model.model_version, model.opset_import[0].version) == ("d", "g", 7, 18)
    assert (tmp_path / "a.onnx.data").stat().st_size == 32
    onnx.checker.check_model(str(file))
    wanted = {"Description": "d", "ModelVersion": "7", "OperatorSetVersion": "18", "ProducerName": "wlnet"}
    for element, text in wanted.items():
        assert session.display(session.evaluate_term(f'Import["{file}", "{element}"]')) == text
    assert session.display(session.evaluate_term(f'Keys[Import["{file}", "ArrayAssociation"]]')) == "{Weights, Biases}"
    assert session.display(session.evaluate_term(f'Import["{file}"][{{1, 2, 3}}] == net[{{1, 2, 3}}]')) == "True"
    assert "uninitialized" in session.display(session.evaluate_term(f'Import["{file}", "UninitializedNet"]'))
    array = onnx.numpy_helper.from_array(np.ones((2, 3), np.float32), "Weights")
    (tmp_path / "w.pb").write_bytes(array.SerializeToString())
    given = f'NetExtract[Import["{file}", "Arrays" -> "{tmp_path}/w.pb"], {{1, "Weights"}}] // Normal'
    assert session.display(session.evaluate_term(given)) == "{{1., 1., 1.}, {1., 1., 1.}}"
    assert not session.messages


def test_what_cannot_be_said_names_the_layer_and_its_place(session: Session, tmp_path: Path) -> None:
    session.evaluate(
        f'Export["{tmp_path}/x.onnx", NetChain[<|"a" -> Ramp, "b" -> CompiledLayer[Function[x, Round[x]], None]|>, "Input" -> 3]]'
    )
    assert 'CompiledLayer (at {"b"})' in session.messages[0]
    assert not list(tmp_path.iterdir())


def test_a_broken_file_gives_a_message(session: Session, tmp_path: Path) -> None:
    net = session.evaluate_term(TIED)
    data = content(net)
    generator = np.random.default_rng(0)
    file = tmp_path / "x.onnx"
    for turn in range(60):
        broken = bytearray(data)
        for place in generator.integers(0, len(data), 1 + turn % 5):
            broken[place] = generator.integers(0, 256)
        file.write_bytes(broken if turn % 3 else broken[: generator.integers(0, len(data))])
        session.evaluate(f'Import["{file}"]')
        assert not any("Traceback" in message or "internal" in message for message in session.messages)


def test_arrays_outside_of_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\0" * 64)
    folder = tmp_path / "inside"
    folder.mkdir()
    net = Session().evaluate_term('NetInitialize[LinearLayer[2, "Input" -> 3]]')
    files = onnx_files(net, "net.onnx", Sayings(external=True))
    model = onnx.load_model_from_string(files["net.onnx"])
    for tensor in model.graph.initializer:
        tensor.external_data[0].value = "../secret"
    with pytest.raises(FormatError, match="outside of the folder"):
        read_onnx(model.SerializeToString(), str(folder / "net.onnx"))


def test_an_operator_without_a_layer_becomes_a_placeholder(session: Session, tmp_path: Path) -> None:
    helper, real = onnx.helper, onnx.TensorProto.FLOAT
    nodes = [
        helper.make_node("Relu", ["x"], ["a"]),
        helper.make_node("ThresholdedRelu", ["a"], ["b"], alpha=2.0),
        helper.make_node("Tanh", ["b"], ["y"]),
    ]
    ports = [[helper.make_tensor_value_info(name, real, ["n", 3])] for name in ("x", "y")]
    model = helper.make_model(helper.make_graph(nodes, "net", *ports), opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    (tmp_path / "p.onnx").write_bytes(model.SerializeToString())
    session.evaluate(f'net = Import["{tmp_path}/p.onnx"]')
    assert (
        session.display(session.evaluate_term('NetExtract[net, 2][[0]]; NetExtract[net, {2, "Tag"}]'))
        == "ThresholdedRelu"
    )
    filled = "NetReplacePart[net, 2 -> ElementwiseLayer[If[# > 2, #, 0] &]][{1, 3, -1}]"
    np.testing.assert_allclose(np.asarray(session.evaluate(filled)), np.tanh([0, 3, 0]), rtol=1e-6)


@pytest.mark.parametrize("name", ["GPT", "Siamese Net", "Transformer Encoder Block", "LSTM Language Model"])
def test_built_in_nets_come_back(name: str, session: Session) -> None:
    net = session.evaluate_term(f'NetInitialize[NetModel["{name}"]]').complete
    back = read(content(net))
    assert not placeholders(back)
    inputs = data_for(net)
    again, _ = evaluate(
        back, {port: inputs.get(port, next(iter(inputs.values()))) for port in back.structure.inputs}, BATCH
    )
    agree(again.values(), evaluate(net, inputs, BATCH)[0].values())
    assert {key for key in back.store if isinstance(key, Shared)} >= {
        key for key in net.store if isinstance(key, Shared)
    }


def test_a_fold_is_a_loop_and_a_fold_again(session: Session) -> None:
    net = session.evaluate_term(
        'NetInitialize[NetFoldOperator[NetGraph[{CatenateLayer[], LinearLayer[3, "Weights" -> NetArray["W"]], '
        'LinearLayer[3, "Weights" -> NetArray["W"], "Biases" -> None], Plus}, {{NetPort["Input"], NetPort["State"]} -> 1 -> '
        '{2, 3} -> 4}, "State" -> 3, "Input" -> 3], "Input" -> {"Varying", 3}]]'
    )
    data, inputs = content(net), data_for(net)
    expected = evaluate(net, inputs, BATCH)[0].values()
    agree(run(data, inputs), expected)
    back = read(data)
    assert [inner.kind.name for inner in back.structure.children.values()] == ["NetFoldOperator"]
    assert Shared("W") in back.store
    agree(evaluate(back, inputs, BATCH)[0].values(), expected)


# Files that PyTorch writes.


def torch_cases() -> dict[str, Any]:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    nn = torch.nn

    class Tied(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embed, self.out = nn.Embedding(7, 4), nn.Linear(4, 7, bias=False)
            self.out.weight = self.embed.weight

        def forward(self, x: Any) -> Any:
            return self.out(torch.tanh(self.embed(x)))

    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(4, 4), nn.Linear(4, 2)

        def forward(self, x: Any) -> Any:
            return self.b(torch.relu(self.a(torch.relu(self.a(x)))))

    class Recurrent(nn.Module):
        def __init__(self, both: bool) -> None:
            super().__init__()
            self.lstm = nn.LSTM(3, 5, batch_first=True, bidirectional=both)
            self.out = nn.Linear(10 if both else 5, 2)

        def forward(self, x: Any) -> Any:
            return self.out(self.lstm(x)[0])

    convolutional = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 3, stride=2),
        nn.LeakyReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(), nn.Linear(6, 3), nn.Softmax(-1),
    )  # fmt: skip
    torch.manual_seed(0)
    return {
        "convolutional": (convolutional, torch.randn(2, 1, 12, 12), 0),
        "twice": (Twice(), torch.randn(2, 4), 2),
        "tied": (Tied(), torch.randint(0, 7, (2, 5)), 1),
        "lstm": (Recurrent(False), torch.randn(2, 6, 3), 0),
        "both ways": (Recurrent(True), torch.randn(2, 6, 3), 0),
    }


@pytest.mark.parametrize("name", ["convolutional", "twice", "tied", "lstm", "both ways"])
def test_a_net_of_pytorch_is_read(name: str) -> None:
    module, given, shared = torch_cases()[name]
    torch = pytest.importorskip("torch")
    module.eval()
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, (given,), stream, dynamo=False, input_names=["x"], output_names=["y"],
            dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
        )  # fmt: skip
    net = read(stream.getvalue())
    assert not placeholders(net)
    assert len([key for key in net.store if isinstance(key, Shared)]) == shared
    found, _ = evaluate(net, {next(iter(net.structure.inputs)): given.numpy()}, 2)
    agree(found.values(), [module(given).detach().numpy()])
