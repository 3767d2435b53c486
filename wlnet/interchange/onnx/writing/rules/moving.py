"""What moves elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wlnet.interchange.onnx.writing.declare import says
from wlnet.interchange.onnx.writing.graph import REAL, TRUTH, WHOLE, Graph, Value
from wlnet.interchange.onnx.writing.sizes import Open, Sizes, Unsayable


@says("reshape")
def reshape(g: Graph, x: Value, out: Any, shape: Sizes) -> Value:
    return g.reshape(x, out[0])


@says("transpose")
def transpose(g: Graph, x: Value, out: Any, axes: tuple[int, ...]) -> Value:
    return g.transpose(x, axes)


@says("broadcast")
def broadcast(g: Graph, x: Value, out: Any, shape: Sizes) -> Value:
    return g.node("Expand", x, g.sizes(out[0]))


@says("concatenate")
def concatenate(g: Graph, *xs: Value, out: Any, axis: int) -> Value:
    return g.node("Concat", *xs, axis=axis)


@says("stack")
def stack(g: Graph, *xs: Value, out: Any, axis: int) -> Value:
    axis %= len(out[0])
    return g.node("Concat", *(g.unsqueeze(x, axis) for x in xs), axis=axis)


@says("reverse")
def reverse(g: Graph, x: Value, out: Any, axis: int) -> Value:
    return sliced(g, x, [(axis, -1, -(2**63), -1)])


def sliced(g: Graph, x: Value, rows: Sequence[tuple[int, Any, Any, int]]) -> Value:
    """Gives parts of x; rows: axis, start, stop, step."""
    axes, starts, stops, steps = zip(*rows, strict=True)
    return g.node("Slice", x, g.sizes(starts), g.sizes(stops), g.constant(axes, WHOLE), g.constant(steps, WHOLE))


def from_end(place: Any, size: Any, end: int) -> Any:
    """Gives a place that depends on the size of an axis as one counted from the end; `end` is the end itself."""
    if not isinstance(place, Open) or not isinstance(size, Open):
        return place
    if place == size and end:
        return end
    before = place.first - size.first
    return before if before == place.second - size.second and before < 0 else place


@says("part")
def part(g: Graph, x: Value, out: Any, index: tuple[Any, ...]) -> Value:
    rows: list[tuple[int, Any, Any, int]] = []
    gone: list[int] = []
    new: list[int] = []
    axis = 0
    for place, item in enumerate(index):
        if item is None:
            new.append(place - len(gone))
            continue
        if isinstance(item, slice):
            if item != slice(None):
                step = item.step or 1
                start = item.start if item.start is not None else 0 if step > 0 else -1
                stop = item.stop if item.stop is not None else 2**62 if step > 0 else -(2**63)
                rows.append((axis, from_end(start, x.dims[axis], 0), from_end(stop, x.dims[axis], 2**62), step))
        else:
            rows.append((axis, item, item + 1 if item != -1 else 2**62, 1))
            gone.append(axis)
        axis += 1
    if len(rows) == len(gone) == 1:
        x = g.node("Gather", x, g.constant(rows[0][1], WHOLE), axis=gone[0])
    else:
        x = sliced(g, x, rows) if rows else x
        x = g.squeeze(x, *gone) if gone else x
    return g.unsqueeze(x, *new) if new else x


@says("pad")
def pad(g: Graph, x: Value, out: Any, widths: tuple[tuple[Any, Any], ...], value: float) -> Value:
    return padded(g, x, widths, "constant", value)


@says("pad_from_inside")
def pad_from_inside(g: Graph, x: Value, out: Any, widths: tuple[tuple[Any, Any], ...], mirrored: bool) -> Value:
    sizes = zip(widths, x.dims, strict=True)
    if mirrored and any(isinstance(size, int) and max(width) >= size for width, size in sizes):
        raise Unsayable("it mirrors an array more than once")
    return padded(g, x, widths, "reflect" if mirrored else "edge")


def padded(g: Graph, x: Value, widths: Sequence[tuple[Any, Any]], mode: str, value: float = 0.0) -> Value:
    """Gives x with elements around it, before and after it along each axis."""
    amounts = g.sizes((*(before for before, _ in widths), *(after for _, after in widths)))
    return g.node("Pad", x, amounts, g.constant(value) if mode == "constant" else None, mode=mode)


@says("place")
def place(g: Graph, x: Value, out: Any, shape: Sizes, index: tuple[Any, ...]) -> Value:
    """Places x among zeros: rows of numbers and slices of step 1, as a padding."""
    widths: list[tuple[Any, Any]] = []
    gone: list[int] = []
    for axis, size in enumerate(out[0]):
        item = index[axis] if axis < len(index) else slice(None)
        if isinstance(item, slice):
            start, stop = item.start or 0, size if item.stop is None else item.stop
        else:
            gone.append(axis)
            start, stop = item, item + 1
        if start == 0 and stop == size:
            widths.append((0, 0))
            continue
        if any(not isinstance(end, int) or end < 0 for end in (start, stop, size)):
            raise Unsayable("it places an array where only the input tells")
        widths.append((start, size - stop))
    return padded(g, g.unsqueeze(x, *gone) if gone else x, widths, "constant")


@says("take", whole=(1,))
def take(g: Graph, weights: Value, indices: Value, out: Any, first: int = 0) -> Value:
    return g.node("Gather", weights, indices - first if first else indices, axis=0)


@says("one_hot", whole=(0,))
def one_hot(g: Graph, indices: Value, out: Any, size: int, dtype: Any, first: int = 0) -> Value:
    numbers = indices - first if first else indices
    return g.node("OneHot", numbers, g.constant([size], WHOLE), g.constant([0, 1]), kind=REAL, axis=-1)


@says("extract", whole=(1,))
def extract(g: Graph, x: Value, positions: Value, out: Any) -> Value:
    from_end = g.binary("Less", positions, 0, TRUTH)
    places = g.node("Where", from_end, positions, positions - 1, kind=WHOLE)
    return g.node("GatherND", x, places, batch_dims=1)
