"""Constants of a net that grow with its input."""

from __future__ import annotations

import numpy as np

from wlnet.interchange.onnx.writing.graph import REAL, WHOLE, Graph, Value
from wlnet.interchange.onnx.writing.sizes import Open, Sizes, Unsayable


def filled(graph: Graph, a: np.ndarray, b: np.ndarray) -> Value:
    """Gives a constant that has these values in the two traces; raises Unsayable."""
    kind = REAL if a.dtype.kind == "f" else WHOLE
    if a.shape == b.shape:
        if not np.array_equal(a, b, equal_nan=True):
            raise Unsayable("it has numbers that depend on the size of the input")
        return graph.constant(a, kind)
    shape = tuple(Open(m, n) if m != n else m for m, n in zip(a.shape, b.shape, strict=True))
    small, other = (shrunk(array, shape) for array in (a, b))
    if small is not None and other is not None and np.array_equal(small, other):
        made = graph.node("Expand", graph.constant(small, kind), graph.sizes(shape))
        made.fill = float(small.reshape(-1)[0]) if (small == small.reshape(-1)[0]).all() else None
        return made
    if a.ndim == 1:
        return progression(graph, a, b, kind)
    if a.ndim == 2:
        return band(graph, a, b, shape)
    raise Unsayable("it has numbers that depend on the size of the input")


def shrunk(array: np.ndarray, shape: Sizes) -> np.ndarray | None:
    """Gives an array with one element along its open dimensions, if all along them are alike."""
    first = array[tuple(slice(0, 1) if isinstance(size, Open) else slice(None) for size in shape)]
    return first if np.array_equal(np.broadcast_to(first, array.shape), array) else None


def progression(graph: Graph, a: np.ndarray, b: np.ndarray, kind: str) -> Value:
    """Gives numbers at equal distances, as many as the input asks for."""
    step = float(a[1] - a[0]) if len(a) > 1 else 1.0
    if not all(np.array_equal(array, a[0] + step * np.arange(len(array))) for array in (a, b)):
        raise Unsayable("it has numbers that depend on the size of the input")
    count = graph.squeeze(graph.size(Open(len(a), len(b))), 0)
    numbers = graph.node("Range", graph.constant(0, WHOLE), count, graph.constant(1, WHOLE))
    return graph.value(numbers, kind) * step + float(a[0])


def band(graph: Graph, a: np.ndarray, b: np.ndarray, shape: Sizes) -> Value:
    """Gives a matrix of two numbers, one of them near its diagonal: what a causal mask is."""
    inside, outside = a[0, 0], a[0, -1]
    age = np.subtract.outer(np.arange(a.shape[0]), np.arange(a.shape[1]))
    reach = int(age[a == inside].max()) + 1
    reach = reach if reach < a.shape[0] else 2**31
    for array in (a, b):
        age = np.subtract.outer(np.arange(array.shape[0]), np.arange(array.shape[1]))
        if not np.array_equal(np.where((age >= 0) & (age < reach), inside, outside), array):
            raise Unsayable("it has numbers that depend on the size of the input")
    rows, columns = (
        graph.node("Range", graph.constant(0, WHOLE), graph.squeeze(graph.size(size), 0), graph.constant(1, WHOLE))
        for size in shape
    )
    past = graph.unsqueeze(rows, 1) - graph.unsqueeze(columns, 0)
    seen = graph.node(
        "And",
        graph.binary("GreaterOrEqual", past, 0, "truth"),
        graph.binary("Less", past, reach, "truth"),
    )
    return graph.where(seen, float(inside), float(outside))
