"""Files as PyTorch writes attention, gated units and grids, written here by hand: read, and compared with onnxruntime."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.interchange.test_onnx import agree, placeholders, read, run
from wlnet.plans import evaluate

onnx = pytest.importorskip("onnx")
helper, numpy_helper = onnx.helper, onnx.numpy_helper


def file_of(nodes: list[Any], arrays: dict[str, np.ndarray], before: list[Any], after: list[Any]) -> bytes:
    """Gives a file with the input x and the output y of these dimensions."""
    real = onnx.TensorProto.FLOAT
    ports = [[helper.make_tensor_value_info(name, real, shape)] for name, shape in (("x", before), ("y", after))]
    stored = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = helper.make_graph(nodes, "net", *ports, initializer=stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    data: bytes = model.SerializeToString()
    return data


def chained(*steps: tuple[Any, ...]) -> list[Any]:
    """Gives nodes, each of which takes what the one before it gives, from x to y: (operator, other inputs, attributes)."""
    names = ["x", *(f"v{number}" for number in range(1, len(steps))), "y"]
    return [
        helper.make_node(operator, [before, *others], [after], **attributes)
        for (operator, others, attributes), before, after in zip(steps, names, names[1:], strict=False)
    ]


def normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(list(shape)).normal(size=shape).astype(np.float32)


ATTENTION = chained(
    ("Transpose", [], {"perm": [1, 0, 2]}),  # steps before examples
    ("MatMul", ["W"], {}),
    ("Add", ["b"], {}),
    ("Reshape", ["three"], {}),
    ("Gather", ["second"], {"axis": 2}),
    ("Reshape", ["joined"], {}),  # the heads join the examples
    ("Transpose", [], {"perm": [1, 0, 2]}),
    ("Reshape", ["apart"], {}),  # and leave them
    ("Softmax", [], {"axis": -1}),
    ("Transpose", [], {"perm": [2, 0, 1, 3]}),
    ("Reshape", ["rows"], {}),  # steps and examples are one
    ("Gemm", ["V", "c"], {}),
    ("Reshape", ["steps"], {}),
    ("Transpose", [], {"perm": [1, 0, 2]}),
)


@pytest.mark.parametrize(("batch", "length"), [("n", "t"), ("n", 5), (3, 5), (1, 5)])
def test_heads_that_join_the_examples(batch: Any, length: Any) -> None:
    count = batch if type(batch) is int else 3
    # A file for a fixed number of examples says all sizes, another leaves out the one with the examples.
    open_size = -1 if batch == "n" else 0
    shapes = {
        "three": [length, open_size or count, 3, 8],
        "joined": [length, open_size or 2 * count, 4],
        "apart": [open_size or count, 2, length, 4],
        "rows": [open_size or 5 * count, 8],
        "steps": [length, open_size or count, 8],
    }
    arrays = {"W": normal(8, 24), "b": normal(24), "V": normal(8, 8), "c": normal(8), "second": np.array(1)}
    before = [helper.make_node("Shape", ["x"], ["t"], start=1, end=2)]
    for name, shape in shapes.items():
        parts = [size if type(size) is str else f"{name}{place}" for place, size in enumerate(shape)]
        arrays |= {part: np.array([size]) for part, size in zip(parts, shape, strict=True) if part != size}
        before.append(helper.make_node("Concat", parts, [name], axis=0))
    data = file_of([*before, *ATTENTION], arrays, [batch, length, 8], [batch, length, 8])
    net = read(data)
    assert not placeholders(net)
    given = normal(count, 5 if length == 5 else 7, 8)
    agree(evaluate(net, {next(iter(net.structure.inputs)): given}, count)[0].values(), run(data, {"x": given}))


@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
def test_a_gated_unit_whose_reset_gate_multiplies_biases(direction: str) -> None:
    both = 2 if direction == "bidirectional" else 1
    arrays = {
        "W": normal(both, 12, 3), "R": normal(both, 12, 4), "B": normal(both, 24), "zero": np.zeros(1, np.float32),
        "width": np.array([4]), "start": np.array([0]), "count": np.array([both]),
    }  # fmt: skip
    nodes = [
        helper.make_node("Shape", ["x"], ["size"], start=0, end=1),
        helper.make_node("Concat", ["count", "size", "width"], ["sizes"], axis=0),
        helper.make_node("Expand", ["zero", "sizes"], ["zeros"]),
        helper.make_node("Slice", ["zeros", "start", "count", "start"], ["first"]),
        helper.make_node("Transpose", ["x"], ["turned"], perm=[1, 0, 2]),
        helper.make_node(
            "GRU", ["turned", "W", "R", "B", "", "first"], ["out"], hidden_size=4, linear_before_reset=1, direction=direction
        ),
        helper.make_node("Transpose", ["out"], ["y"], perm=[2, 0, 1, 3]),
    ]  # fmt: skip
    data = file_of(nodes, arrays, ["n", 5, 3], ["n", 5, both, 4])
    net = read(data)
    assert not placeholders(net)
    given = normal(3, 5, 3)
    agree(evaluate(net, {next(iter(net.structure.inputs)): given}, 3)[0].values(), run(data, {"x": given}))


@pytest.mark.parametrize("corners", [0, 1])
@pytest.mark.parametrize("outside", ["zeros", "border"])
def test_an_image_seen_through_a_grid(corners: int, outside: str) -> None:
    grid = np.random.default_rng(5).uniform(-1.3, 1.3, (3, 2, 4, 2)).astype(np.float32)
    nodes = chained(
        ("Relu", [], {}), ("GridSample", ["grid"], {"align_corners": corners, "padding_mode": outside, "mode": "bilinear"})
    )  # fmt: skip
    real = onnx.TensorProto.FLOAT
    ports = [
        helper.make_tensor_value_info(*item) for item in (("x", real, ["n", 2, 5, 6]), ("grid", real, ["n", 2, 4, 2]))
    ]
    after = [helper.make_tensor_value_info("y", real, ["n", 2, 2, 4])]
    model = helper.make_model(
        helper.make_graph(nodes, "net", ports, after), opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    )
    inputs = {"x": normal(3, 2, 5, 6), "grid": grid}
    net = read(model.SerializeToString())
    assert not placeholders(net)
    agree(evaluate(net, inputs, 3)[0].values(), run(model.SerializeToString(), inputs))
