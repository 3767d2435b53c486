"""Nets in files of ONNX, run by onnxruntime, against NumPy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wlnet.session import Session

onnx = pytest.importorskip("onnx", reason="onnx writes the files of these tests")
pytest.importorskip("onnxruntime", reason="onnxruntime is not installed; pip install wlnet[onnx]")

WEIGHTS = np.arange(6, dtype=np.float32).reshape(2, 3)


def write(path: Path, nodes: list[object], inputs: dict[str, list[object]], outputs: dict[str, list[object]]) -> None:
    helper, real = onnx.helper, onnx.TensorProto.FLOAT
    sides = [
        [helper.make_tensor_value_info(name, real, shape) for name, shape in side.items()] for side in (inputs, outputs)
    ]
    graph = helper.make_graph(nodes, "net", *sides, [onnx.numpy_helper.from_array(WEIGHTS, "w")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path.write_bytes(model.SerializeToString())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    nodes = [onnx.helper.make_node("Gemm", ["x", "w"], ["y"], transB=1), onnx.helper.make_node("Relu", ["y"], ["z"])]
    write(tmp_path / "a.onnx", nodes, {"x": ["n", 3]}, {"z": ["n", 2]})
    return tmp_path / "a.onnx"


def test_a_file_runs(file: Path, session: Session) -> None:
    session.evaluate(f'net = Import["{file}", "NetExternalObject"]; same = NetExternalObject[File["{file}"]]')
    rows = np.array([[1.0, -2.0, 3.0], [0.5, 0.5, -4.0]])
    expected = np.maximum(rows @ WEIGHTS.T, 0)
    np.testing.assert_allclose(np.asarray(session.evaluate("net[{{1, -2, 3}, {0.5, 0.5, -4}}]")), expected, rtol=1e-6)
    np.testing.assert_allclose(np.asarray(session.evaluate('same[<|"x" -> {1, -2, 3}|>]')), expected[0], rtol=1e-6)
    assert session.display(session.evaluate_term('Information[net, "InputPorts"]')) == "<|x -> {Automatic, 3}|>"
    assert "z" in session.display(session.evaluate_term("net"))
    assert not session.messages


def test_several_ports(tmp_path: Path, session: Session) -> None:
    nodes = [onnx.helper.make_node("Add", ["a", "b"], ["s"]), onnx.helper.make_node("Mul", ["a", "b"], ["p"])]
    write(tmp_path / "b.onnx", nodes, {"a": [2], "b": [2]}, {"s": [2], "p": [2]})
    session.evaluate(f'net = Import["{tmp_path}/b.onnx", "NetExternalObject"]')
    assert (
        session.display(session.evaluate_term('net[<|"a" -> {1, 2}, "b" -> {3, 4}|>]'))
        == "<|s -> {4., 6.}, p -> {3., 8.}|>"
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('net["text"]', '"x"'),
        ("net[{1, 2}]", "does not take"),
        ('net[<|"y" -> {1, 2, 3}|>]', 'no data came for the input "x"'),
        ('Information[net, "Smell"]', "InputPortNames"),
    ],
)
def test_what_does_not_fit_is_told(call: str, said: str, file: Path, session: Session) -> None:
    session.evaluate(f'net = Import["{file}", "NetExternalObject"]')
    assert session.display(session.evaluate_term(call)) == "$Failed"
    assert said in session.messages[0]


def test_a_file_that_is_none(tmp_path: Path, session: Session) -> None:
    (tmp_path / "c.onnx").write_bytes(b"nothing")
    for call in (f'Import["{tmp_path}/c.onnx", "NetExternalObject"]', f'NetExternalObject[File["{tmp_path}/c.onnx"]]'):
        assert session.display(session.evaluate_term(call)) == "$Failed"
        assert "no net of ONNX" in session.messages[0]
