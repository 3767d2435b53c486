"""Files of MXNet: what is exported comes back, what MXNet itself writes is read, whatever happens to a file is a message."""

from __future__ import annotations

import contextlib
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

try:
    import torch
except ImportError:
    torch = None

from tests.laws.layer_nets import BATCH, SAMPLES, Sample
from wlnet.builtins.nets.formats.mxnet.elements import files_of
from wlnet.builtins.nets.formats.mxnet.reading import net_of
from wlnet.errors import FormatError, NetError
from wlnet.interchange.mxnet_arrays import array_bytes, read_arrays
from wlnet.interchange.mxnet_symbol import read_symbol
from wlnet.nets import Net, Shared
from wlnet.plans import evaluate
from wlnet.session import Session

Arrays = dict[str, np.ndarray]
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed; pip install wlnet[torch]")


def read(session: Session, symbol: bytes, arrays: Arrays) -> Net:
    return net_of(session.kernel, read_symbol(symbol, "a.json"), arrays)[0]


def back_again(session: Session, net: Net) -> Net:
    symbol, arrays = files_of(net)
    found = read_arrays(arrays, "a.params")
    assert all(name.startswith(("arg:", "aux:")) for name in found)
    return read(session, symbol, {name[4:]: array for name, array in found.items()})


#: Kinds of layers that are exported by some of their settings.
EXPORTED = {
    "AggregationLayer", "BatchNormalizationLayer", "CatenateLayer", "ConvolutionLayer", "DeconvolutionLayer", "DotLayer",
    "DropoutLayer", "ElementwiseLayer", "EmbeddingLayer", "FlattenLayer", "LinearLayer", "LocalResponseNormalizationLayer",
    "NetArrayLayer", "NormalizationLayer", "ParametricRampLayer", "PartLayer", "PoolingLayer",
    "ReplicateLayer", "ReshapeLayer", "SoftmaxLayer", "SummationLayer", "ThreadingLayer", "TotalLayer",
    "TransposeLayer", "NetChain", "NetGraph", "NetMapOperator", "LongShortTermMemoryLayer", "GatedRecurrentLayer",
    "BasicRecurrentLayer", "SequenceLastLayer", "SequenceMostLayer", "SequenceRestLayer", "SequenceReverseLayer",
}  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_what_is_exported_computes_the_same_when_it_comes_back(sample: Sample, session: Session) -> None:
    try:
        net = back_again(session, sample.net)
    except NetError as error:
        if "has no counterpart in MXNet" not in str(error) and "gives nothing" not in str(error):
            raise
    else:
        assert_same(net, sample.net, sample.inputs())


def assert_same(net: Net, original: Net, inputs: Arrays) -> None:
    there, here = evaluate(net, inputs, BATCH)[0], evaluate(original, inputs, BATCH)[0]
    assert list(there) == list(here)
    for name, value in here.items():
        np.testing.assert_allclose(there[name], value, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("kind", sorted(EXPORTED))
def test_these_layers_are_exported(kind: str) -> None:
    refused = 0
    samples = [sample for sample in SAMPLES if sample.kind == kind]
    for sample in samples:
        try:
            files_of(sample.net)
        except NetError:
            refused += 1
    assert refused < len(samples)


@pytest.mark.parametrize(
    "layer",
    [
        'PaddingLayer[{{0, 0}, {1, 2}, {0, 1}}, "Padding" -> 2]',
        'ResizeLayer[{Scaled[3], Scaled[3]}, Resampling -> "Nearest"]',
        'ConvolutionLayer[3, {2, 4}, "Stride" -> 2, PaddingSize -> "Same"]',
        "PoolingLayer[{2, 4}, PaddingSize -> {{1, 0}, {2, 1}}]",
        'PoolingLayer[{2, 4}, PaddingSize -> {{1, 0}, {2, 1}}, "Function" -> Mean]',
        'DeconvolutionLayer[3, {2, 3}, "Stride" -> {2, 3}, PaddingSize -> "Same"]',
        "PartLayer[{All, 2 ;; 3, -1}]",
        "ReplicateLayer[{2, 3}, 2]",
    ],
)
def test_layers_of_images(layer: str, session: Session) -> None:
    net: Any = session.evaluate_term(f'NetInitialize[NetChain[{{{layer}}}, "Input" -> {{2, 4, 5}}]]')
    x = np.random.default_rng(1).normal(0, 1, (BATCH, 2, 4, 5)).astype(np.float32)
    assert_same(back_again(session, net), net, {"Input": x})


def test_what_is_shared_stays_shared(session: Session) -> None:
    net: Any = session.evaluate_term(
        'NetInitialize[NetGraph[<|"a" -> LinearLayer[3, "Weights" -> NetArray["W"]], "r" -> Tanh, '
        '"b" -> LinearLayer[3, "Weights" -> NetArray["W"]]|>, {"a" -> "r" -> "b"}, "Input" -> 3]]'
    )
    symbol, arrays = files_of(net)
    names = [node["name"] for node in json.loads(symbol)["nodes"]]
    assert names.count("W") == 1
    assert sorted(read_arrays(arrays, "")) == ["arg:W", "arg:a_bias", "arg:b_bias"]
    back = back_again(session, net)
    assert back.positions[Shared("W")] == (("a", "Weights"), ("b", "Weights"))
    assert back.arrays[Shared("W")] is not None


@pytest.mark.parametrize("view", ["Transpose", "{3, 4}", "(ArrayReshape[Transpose[#], {3, 4}] &)"])
def test_a_view_of_a_shared_array_stays_one(view: str, session: Session) -> None:
    net: Any = session.evaluate_term(
        'NetInitialize[NetChain[{LinearLayer[4, "Weights" -> NetArray["T"], "Biases" -> None], Tanh, LinearLayer[3, '
        f'"Weights" -> NetArray[<|"Name" -> "T", "View" -> {view}|>]]}}, "Input" -> 3]]'
    )
    back = back_again(session, net)
    assert back.positions[Shared("T")] == net.positions[Shared("T")]
    x = np.random.default_rng(1).normal(0, 1, (BATCH, 3)).astype(np.float32)
    assert_same(back, net, {"Input": x})


def test_an_array_that_is_shared_as_data(session: Session) -> None:
    net: Any = session.evaluate_term(
        'NetInitialize[NetGraph[<|"w" -> NetArrayLayer["Array" -> NetArray["W"], "Output" -> {3, 3}], "l" -> '
        'LinearLayer[3, "Weights" -> NetArray["W"], "Input" -> {3, 1}], "r" -> ReshapeLayer[{3, 1}], '
        '"t" -> ThreadingLayer[Plus]|>, {"l" -> "r", "w" -> "t", "r" -> "t"}]]'
    )
    back = back_again(session, net)
    assert set(back.positions[Shared("W")]) == {("w", "Array"), ("l", "Weights")}
    assert_same(back, net, {"Input": np.ones((BATCH, 3, 1), np.float32)})


LENET_SIZES = {
    "conv1_weight": (20, 1, 5, 5), "conv1_bias": (20,), "conv2_weight": (50, 20, 5, 5), "conv2_bias": (50,),
    "fc1_weight": (500, 800), "fc1_bias": (500,), "fc2_weight": (10, 500), "fc2_bias": (10,),
}  # fmt: skip
LENET = [
    ("null", "data", {}, []),
    ("null", "conv1_weight", {"kernel": "(5, 5)", "num_filter": "20"}, []),
    ("null", "conv1_bias", {"kernel": "(5, 5)", "num_filter": "20"}, []),
    ("Convolution", "conv1", {"kernel": "(5, 5)", "num_filter": "20"}, [0, 1, 2]),
    ("Activation", "act1", {"act_type": "tanh"}, [3]),
    ("Pooling", "pool1", {"kernel": "(2, 2)", "pool_type": "max", "stride": "(2, 2)"}, [4]),
    ("null", "conv2_weight", {}, []),
    ("null", "conv2_bias", {}, []),
    ("Convolution", "conv2", {"kernel": "(5, 5)", "num_filter": "50"}, [5, 6, 7]),
    ("Activation", "act2", {"act_type": "tanh"}, [8]),
    ("Pooling", "pool2", {"kernel": "(2, 2)", "pool_type": "max", "stride": "(2, 2)"}, [9]),
    ("Flatten", "flatten0", {}, [10]),
    ("null", "fc1_weight", {}, []),
    ("null", "fc1_bias", {"num_hidden": "500"}, []),
    ("FullyConnected", "fc1", {"num_hidden": "500"}, [11, 12, 13]),
    ("Activation", "act3", {"act_type": "tanh"}, [14]),
    ("null", "fc2_weight", {}, []),
    ("null", "fc2_bias", {}, []),
    ("FullyConnected", "fc2", {"num_hidden": "10"}, [15, 16, 17]),
    ("null", "softmax_label", {}, []),
    ("SoftmaxOutput", "softmax", {}, [18, 19]),
]


def symbol_text(nodes: Any, heads: Any, key: str = "attrs", width: int = 3) -> bytes:
    """Gives a file as MXNet of a version writes it: the name of the attributes, and how many numbers an input has."""

    def end(number: int) -> list[int]:
        return [number, 0, 0][:width]

    made = [
        {"op": operator, key: attributes, "name": name, "inputs": [end(number) for number in inputs]}
        for operator, name, attributes, inputs in nodes
    ]
    variables = [number for number, node in enumerate(nodes) if node[0] == "null"]
    return json.dumps({"nodes": made, "arg_nodes": variables, "heads": [end(number) for number in heads]}).encode()


@needs_torch
@pytest.mark.parametrize(("key", "width"), [("attrs", 3), ("attr", 3), ("param", 2)])
def test_lenet_as_mxnet_writes_it(key: str, width: int, tmp_path: Path, session: Session) -> None:
    random = np.random.default_rng(1)
    arrays = {name: random.normal(0, 0.1, size).astype(np.float32) for name, size in LENET_SIZES.items()}
    (tmp_path / "lenet-symbol.json").write_bytes(symbol_text(LENET, [20], key, width))
    for number in (1, 12):
        stored = {f"arg:{name}": array * (number == 12) for name, array in arrays.items()}
        (tmp_path / f"lenet-{number:04}.params").write_bytes(array_bytes(stored))
    image = random.normal(0, 1, (1, 28, 28)).astype(np.float32)
    w = {name: torch.tensor(array) for name, array in arrays.items()}
    f = torch.nn.functional
    x = torch.tensor(image)[None]
    for name in ("conv1", "conv2"):
        x = f.max_pool2d(torch.tanh(f.conv2d(x, w[f"{name}_weight"], w[f"{name}_bias"])), 2)
    x = torch.tanh(f.linear(x.flatten(1), w["fc1_weight"], w["fc1_bias"]))
    expected = torch.softmax(f.linear(x, w["fc2_weight"], w["fc2_bias"]), 1)[0].numpy()
    session.evaluate(f'lenet = Import["{tmp_path}/lenet-symbol.json", "MXNet"]')
    found = session.evaluate(
        f"lenet[{json.dumps(image.tolist()).replace('[', '{').replace(']', '}')}]".replace("e-", "*^-")
    )
    np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-4, atol=1e-6)
    assert session.evaluate('Information[lenet, "InputPortNames"] === {"data"}') is True
    net = f'Import["{tmp_path}/lenet-symbol.json", {{"MXNet", "Net"}}]'
    assert session.evaluate(f'Head[NetExtract[{net}, "conv2"]] === ConvolutionLayer') is True


def operators() -> Any:
    """Yields operator, attributes, sizes of its arrays, size of the data, and what PyTorch makes of those."""
    f = torch.nn.functional

    def deconvolution(x: Any, w: Any) -> Any:
        return f.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1, groups=2)

    def normalized(x: Any, gamma: Any, beta: Any, mean: Any, variance: Any) -> Any:
        return f.batch_norm(x, mean, variance.abs(), None, beta, eps=0.01)

    image = (2, 6, 7)
    window = {"kernel": "(3, 3)", "stride": "(2, 2)"}
    yield (
        "Pooling",
        {**window, "pooling_convention": "full"},
        [],
        image,
        lambda x: f.max_pool2d(x, 3, 2, ceil_mode=True),
    )
    yield "Pooling", {**window, "pad": "(1, 1)", "pool_type": "avg"}, [], image, lambda x: f.avg_pool2d(x, 3, 2, 1)
    yield "Pooling", {"global_pool": "True", "pool_type": "avg"}, [], image, lambda x: x.mean((2, 3), keepdim=True)
    yield "Deconvolution", {
        "kernel": "(3, 3)", "stride": "(2, 2)", "pad": "(1, 1)", "adj": "(1, 1)", "num_filter": "4", "num_group": "2",
    }, [(2, 2, 3, 3)], image, deconvolution  # fmt: skip
    yield "Convolution", {
        "kernel": "[3,3]", "num_filter": "4", "dilate": "(2L, 2L)", "pad": "(2, 1)", "no_bias": "True",
    }, [(4, 2, 3, 3)], image, lambda x, w: f.conv2d(x, w, dilation=2, padding=(2, 1))  # fmt: skip
    yield "BatchNorm", {"eps": "0.01"}, [(2,), (2,), (2,), (2,)], image, normalized
    yield "LayerNorm", {"eps": "0.01"}, [(7,), (7,)], image, lambda x, g, b: f.layer_norm(x, (7,), g, b, 0.01)
    yield (
        "InstanceNorm",
        {"eps": "0.01"},
        [(2,), (2,)],
        image,
        lambda x, g, b: f.instance_norm(x, weight=g, bias=b, eps=0.01),
    )
    yield "LRN", {"nsize": "3", "alpha": "0.3"}, [], (5, 3, 3), lambda x: f.local_response_norm(x, 3, 0.3, 0.75, 2.0)
    yield "LeakyReLU", {}, [], image, lambda x: f.leaky_relu(x, 0.25)
    yield "LeakyReLU", {"act_type": "elu", "slope": "0.5"}, [], image, lambda x: f.elu(x, 0.5)
    yield "LeakyReLU", {"act_type": "gelu"}, [], image, f.gelu
    yield "LeakyReLU", {"act_type": "selu"}, [], image, f.selu
    yield "LeakyReLU", {"act_type": "prelu"}, [(2,)], image, f.prelu
    yield "Activation", {"act_type": "softrelu"}, [], image, f.softplus
    yield "Activation", {"act_type": "softsign"}, [], image, f.softsign
    yield "SoftmaxOutput", {"multi_output": "True"}, [], image, lambda x: f.softmax(x, 1)
    yield "softmax", {"axis": "2"}, [], image, lambda x: f.softmax(x, 2)
    yield "clip", {"a_min": "-0.5", "a_max": "0.25"}, [], image, lambda x: x.clamp(-0.5, 0.25)
    yield "_rminus_scalar", {"scalar": "-1.5"}, [], image, lambda x: -1.5 - x
    yield "_PlusScalar", {"scalar": "1e-3"}, [], image, lambda x: x + 1e-3
    yield "_power_scalar", {"scalar": "3"}, [], image, lambda x: x**3
    yield "Cast", {"dtype": "int32"}, [], image, torch.trunc
    yield "Cast", {"dtype": "float16"}, [], image, lambda x: x
    yield "expm1", {}, [], image, torch.expm1
    yield "square", {}, [], image, torch.square
    yield "broadcast_mul", {}, [(1, 2, 1, 1)], image, lambda x, y: x * y
    yield "broadcast_sub", {}, [(1, 1, 1, 7)], image, lambda x, y: x - y
    yield "Reshape", {"shape": "(0, -1, 7)"}, [], image, lambda x: x.reshape(2, -1, 7)
    yield "Reshape", {"shape": "(0, 3, -1, 0)"}, [], (6, 4, 7), lambda x: x.reshape(2, 3, 8, 7)
    yield "Reshape", {"shape": "(-1, 84)"}, [], image, lambda x: x.reshape(-1, 84)
    yield "transpose", {"axes": "(0, 3, 1, 2)"}, [], image, lambda x: x.permute(0, 3, 1, 2)
    yield "SwapAxis", {"dim1": "1", "dim2": "3"}, [], image, lambda x: x.transpose(1, 3)
    yield "slice_axis", {"axis": "2", "begin": "1", "end": "-1"}, [], image, lambda x: x[:, :, 1:-1]
    yield "slice_axis", {"axis": "1", "begin": "1", "end": "None"}, [], image, lambda x: x[:, 1:]
    yield "expand_dims", {"axis": "2"}, [], image, lambda x: x[:, :, None]
    yield "mean", {"axis": "(2, 3)"}, [], image, lambda x: x.mean((2, 3))
    yield "max", {"axis": "-1"}, [], image, lambda x: x.amax(-1)
    yield "UpSampling", {"scale": "2", "sample_type": "nearest"}, [], image, lambda x: f.interpolate(x, scale_factor=2)
    yield "Pad", {
        "mode": "constant", "constant_value": "0.5", "pad_width": "(0, 0, 0, 0, 1, 2, 0, 3)",
    }, [], image, lambda x: f.pad(x, (0, 3, 1, 2), value=0.5)  # fmt: skip
    yield (
        "FullyConnected",
        {"num_hidden": "3", "no_bias": "1"},
        [(3, 84)],
        image,
        lambda x, w: f.linear(x.flatten(1), w),
    )
    yield "FullyConnected", {"num_hidden": "3", "flatten": "False"}, [(3, 4), (3,)], (5, 4), f.linear
    yield "split", {"num_outputs": "2"}, [], (4, 3), lambda x: x[:, :2]
    yield "SliceChannel", {"num_outputs": "4", "squeeze_axis": "True"}, [], (4, 3), lambda x: x[:, 0]


OPERATORS = [] if torch is None else list(operators())


@pytest.mark.parametrize("case", OPERATORS, ids=lambda case: f"{case[0]} {case[1]}")
def test_operators_compute_what_pytorch_does(case: Any, session: Session) -> None:
    operator, attributes, sizes, shape, function = case
    random = np.random.default_rng(1)
    arrays = {f"array{number}": random.normal(0, 1, size).astype(np.float32) for number, size in enumerate(sizes)}
    if operator == "BatchNorm":
        arrays["array3"] = np.abs(arrays["array3"])
    nodes = [("null", "data", {"__shape__": str((0, *shape))}, []), *(("null", name, {}, []) for name in arrays)]
    nodes.append((operator, "made", attributes, list(range(len(nodes)))))
    x = random.normal(0, 1, (2, *shape)).astype(np.float32)
    net = read(session, symbol_text(nodes, [len(nodes) - 1]), arrays)
    assert "PlaceholderLayer" not in {inner.kind.name for _, inner in net.structure.walk()}
    found = evaluate(net, {"data": x}, 2)[0]["Output"]
    expected = function(torch.tensor(x), *map(torch.tensor, arrays.values())).numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


@needs_torch
@pytest.mark.parametrize("mode", ["lstm", "gru", "rnn_tanh"])
@pytest.mark.parametrize("turn", [("SwapAxis", {"dim1": "0", "dim2": "1"}), ("transpose", {"axes": "(1, 0, 2)"})])
def test_recurrent_layers_compute_what_pytorch_does(mode: str, turn: Any, session: Session) -> None:
    made = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn_tanh": torch.nn.RNN}[mode](3, 2, batch_first=True)
    with torch.no_grad():
        made.bias_hh_l0[-2:] = 0
    values = [
        getattr(made, f"{name}_l0").detach().numpy().ravel()
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    ]
    nodes = [
        ("null", "data", {}, []), ("null", "parameters", {}, []), ("_zeros", "begin", {"shape": "(1, 0, 2)"}, []),
        (turn[0], "turned", turn[1], [0]),
        ("RNN", "rnn", {"mode": mode, "state_size": "2", "num_layers": "1"}, [3, 1, *[2] * (1 + (mode == "lstm"))]),
        (turn[0], "back", turn[1], [4]), ("SequenceLast", "last", {}, [4]),
    ]  # fmt: skip
    net = read(session, symbol_text(nodes, [5, 6]), {"parameters": np.concatenate(values)})
    x = np.random.default_rng(1).normal(0, 1, (2, 5, 3)).astype(np.float32)
    found = evaluate(net, {"data": x}, 2)[0]
    expected = made(torch.tensor(x))[0].detach().numpy()
    np.testing.assert_allclose(found["back"], expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found["last"], expected[:, -1], rtol=1e-5, atol=1e-6)


def test_an_embedding_counts_from_zero(session: Session) -> None:
    nodes = [("null", "data", {}, []), ("null", "w", {}, []),
             ("Embedding", "e", {"input_dim": "3", "output_dim": "2"}, [0, 1])]  # fmt: skip
    weights = np.arange(6, dtype=np.float32).reshape(3, 2)
    net = read(session, symbol_text(nodes, [2]), {"w": weights})
    np.testing.assert_array_equal(
        evaluate(net, {"data": np.array([[0.0, 2.0]])}, 1)[0]["Output"], weights[None, [0, 2]]
    )


def test_an_unknown_operator_becomes_a_placeholder(session: Session, tmp_path: Path) -> None:
    nodes = [("null", "data", {}, []), ("null", "w", {}, []), ("Correlation", "c", {"kernel_size": "3"}, [0, 1]),
             ("Activation", "a", {"act_type": "relu"}, [2])]  # fmt: skip
    (tmp_path / "x.json").write_bytes(symbol_text(nodes, [3]))
    (tmp_path / "x.params").write_bytes(array_bytes({"arg:w": np.ones(3, np.float32)}))
    session.evaluate(f'net = Import["{tmp_path}/x.json", {{"MXNet", "Net"}}]')
    layer = session.display(session.evaluate_term('ToString[NetExtract[net, "c"], InputForm]'))
    assert '"Correlation"' in layer
    assert '"kernel_size" -> "3"' in layer
    assert session.display(session.evaluate_term("net[{1., 2.}]")) == "$Failed"
    assert "Correlation" in session.messages[0]


def stored(version: int, array: np.ndarray, number: int) -> bytes:
    """Gives an array as it stands in a file, from the published layout."""
    shape = struct.pack(f"<I{array.ndim}{'q' if version else 'I'}", array.ndim, *array.shape)
    begin = {0: b"", 1: struct.pack("<I", 0xF993FAC8), 2: struct.pack("<Ii", 0xF993FAC9, 0)}
    begin[3] = struct.pack("<Ii", 0xF993FACA, 0)
    return begin[version] + shape + struct.pack("<iii", 1, 0, number) + array.tobytes()


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_arrays_of_every_version_and_type(version: int) -> None:
    types = dict(enumerate(("<f4", "<f8", "<f2", "u1", "<i4", "i1", "<i8")))
    arrays = [np.arange(6).reshape(2, 3).astype(kind) for kind in types.values()]
    if version == 3:
        arrays[0] = np.array(5, "<f4")
    data = struct.pack("<QQQ", 0x112, 0, len(arrays))
    data += b"".join(stored(version, array, number) for number, array in enumerate(arrays))
    data += struct.pack("<Q", len(arrays)) + b"".join(struct.pack("<Q", 1) + b"%d" % number for number in types)
    found = read_arrays(data, "a.params")
    assert list(found) == list("0123456")
    for array, original in zip(found.values(), arrays, strict=True):
        np.testing.assert_array_equal(array, original)
        assert array.dtype == original.dtype


def test_a_message_for_what_has_no_counterpart(session: Session, tmp_path: Path) -> None:
    call = f'Export["{tmp_path}/a.json", NetChain[{{3, OrderingLayer[]}}, "Input" -> 2], "MXNet"]'
    assert session.display(session.evaluate_term(call)) == "$Failed"
    assert 'layer "2" (OrderingLayer)' in session.messages[0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([("FullyConnected", "fc", {}, [0])], "num_hidden"),
        ([("Convolution", "c", {"kernel": "(a, b)", "num_filter": "2"}, [0, 0, 0])], "kernel"),
        ([("Convolution", "c", {"kernel": "(3, 3)", "num_filter": "-2"}, [0, 0, 0])], "makes no layer"),
        ([("clip", "c", {"a_min": "nan", "a_max": "1"}, [0])], "a_min"),
        ([("_zeros", "z", {}, [])], "_zeros"),
        (
            [("transpose", "t", {"axes": "(1, 0)"}, []), ("FullyConnected", "f", {"num_hidden": "2"}, [0, 1, 1])],
            "no input",
        ),
        ([("Activation", "a", {"act_type": "relu"}, [3])], "not before it"),
    ],
)
def test_what_is_wrong_in_a_graph_is_told(nodes: Any, said: str, session: Session, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(symbol_text([("null", "data", {}, []), *nodes], [len(nodes)]))
    assert session.display(session.evaluate_term(f'Import["{tmp_path}/x.json", {{"MXNet", "Net"}}]')) == "$Failed"
    assert said in session.messages[0]


def damaged(data: bytes, step: int) -> Any:
    """Yields beginnings of a file, and the file with single bytes changed."""
    random = np.random.default_rng(2)
    for end in range(0, len(data), step):
        yield data[:end]
        changed = bytearray(data)
        changed[random.integers(len(data))] = random.integers(256)
        yield bytes(changed)


def test_damaged_files_of_arrays() -> None:
    data = array_bytes({"arg:a": np.ones((2, 3), np.float32), "aux:b": np.ones(2, np.int64)})
    for content in damaged(data, 1):
        with contextlib.suppress(FormatError):
            read_arrays(content, "a.params")


def test_damaged_graphs(session: Session) -> None:
    net: Any = session.evaluate_term(
        'NetInitialize[NetChain[{ConvolutionLayer[2, 2], Ramp, PoolingLayer[2], 2, SoftmaxLayer[]}, "Input" -> {1, 4, 4}]]'
    )
    symbol, arrays = files_of(net)
    found = {name[4:]: array for name, array in read_arrays(arrays, "a.params").items()}
    compact = json.dumps(json.loads(symbol)).encode()
    for content in damaged(compact, 9):
        with contextlib.suppress(FormatError, NetError):
            read(session, content, found)


@pytest.mark.parametrize("case", OPERATORS, ids=lambda case: f"{case[0]} {case[1]}")
def test_attributes_that_make_no_sense(case: Any, session: Session) -> None:
    operator, attributes, sizes, shape, _ = case
    names = [f"array{number}" for number in range(len(sizes))]
    arrays = {name: np.ones(size, np.float32) for name, size in zip(names, sizes, strict=True)}
    begin = [("null", "data", {"__shape__": str((0, *shape))}, []), *(("null", name, {}, []) for name in names)]
    for count in range(len(begin) + 3):
        node = (operator, "made", attributes, [0, *range(len(begin)), 0][:count])
        with contextlib.suppress(FormatError, NetError):
            read(session, symbol_text([*begin, node], [len(begin)]), arrays)
    for name in attributes:
        for odd in (
            "",
            "(",
            "-1",
            "0",
            "9" * 18,
            "nan",
            "(0, 0)",
            "(-2, -3)",
            "True",
            "1e400",
            "(1, 2, 3, 4, 5, 6, 7)",
            "é",
        ):
            node = (operator, "made", {**attributes, name: odd}, list(range(len(begin))))
            with contextlib.suppress(FormatError, NetError):
                read(session, symbol_text([*begin, node], [len(begin)]), arrays)


def test_damaged_files_are_told_of(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(symbol_text(LENET, [20])[:700])
    (tmp_path / "x.params").write_bytes(array_bytes({"arg:a": np.ones(3, np.float32)})[:-3])
    for call in (f'Import["{file}", "MXNet"]', f'Import["{tmp_path}/x.params"]', f'NetExternalObject[File["{file}"]]'):
        assert session.display(session.evaluate_term(call)) == "$Failed"
        assert str(tmp_path) in session.messages[0]
