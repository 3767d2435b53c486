"""Operators that take parts, or put parts together."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from wlnet.interchange.onnx.reading.flows import (
    Flow,
    Hidden,
    Stored,
    Unreadable,
    first_of,
)
from wlnet.interchange.onnx.reading.nodes import (
    Node,
    fronted,
    function,
    nested,
    number,
    plain,
    put_back,
    reads,
    shifted,
    slot,
)
from wlnet.terms import S, Term, expression, to_list


@reads("Concat")
def concat(node: Node) -> Flow:
    flows = [node.flow(place) for place, item in enumerate(node.inputs) if type(item) is Flow]
    rank = flows[0].rank
    axis = node.attribute("axis") % (rank + 1)
    if not axis:
        raise Unreadable
    left = iter(flows)
    every = []
    for item in node.inputs:
        if type(item) is Stored:
            if len(item.value) != 1:
                raise Unreadable
            every.append(node.layer("NetArrayLayer", flows=[], rank=rank, arrays={"Array": first_of(item)}))
        else:
            every.append(next(left))
    return node.layer("CatenateLayer", axis, flows=every)


def span(start: int, stop: int, step: int) -> Term:
    """Gives the part from `start` (from 0) up to, but without, `stop`."""
    first = start + 1 if start >= 0 else start
    if step > 0:
        last = -1 if stop >= 2**30 else stop if stop >= 0 else stop - 1
        if stop == 0:
            raise Unreadable
    else:
        first = -1 if start >= 2**30 else first
        last = 1 if stop < -(2**30) else stop + 2 if stop >= 0 else stop + 1
    return expression("Span", first, last) if step == 1 else expression("Span", first, last, step)


def parted(node: Node, flow: Flow, parts: dict[int, Term]) -> Flow:
    """Gives parts of a flow: axis → part."""
    if not parts or min(parts) < 1:
        raise Unreadable
    rank = flow.rank - sum(type(item) is int for item in parts.values())
    chosen = to_list(parts.get(axis, S.All) for axis in range(1, max(parts) + 1))
    return node.layer("PartLayer", chosen, flows=[flow], rank=rank)


@reads("Slice")
def part(node: Node) -> Flow:
    flow = node.flow(0)
    starts, stops = node.numbers(1, "starts"), node.numbers(2, "ends")
    if starts is None or stops is None:
        raise Unreadable
    axes = node.numbers(3, "axes") or list(range(len(starts)))
    steps = node.numbers(4, "steps") or [1] * len(starts)
    rows = zip(axes, starts, stops, steps, strict=True)
    return parted(node, flow, {axis % (flow.rank + 1): span(a, b, step) for axis, a, b, step in rows})


@reads("Split")
def split(node: Node) -> tuple[Flow, ...]:
    flow = node.flow(0)
    axis = node.attribute("axis", 0) % (flow.rank + 1)
    sizes = node.numbers(1, "split") or [
        (node.reader.file.shapes.get(name) or (None,) * (axis + 1))[axis] for name in node.facts.outputs
    ]
    if not all(type(size) is int for size in sizes):
        raise Unreadable
    ends = [0, *np.cumsum(sizes).tolist()]
    return tuple(parted(node, flow, {axis: span(a, b, 1)}) for a, b in pairwise(ends))


@reads("Gather")
def gather(node: Node) -> Flow:
    if type(node.inputs[0]) is Stored:
        weights, indices = node.array(0), plain(node, shifted(node, node.raw(1), by=1))
        if weights.value.ndim != 2 or node.attribute("axis", 0):
            raise Unreadable
        count, size = weights.value.shape
        return node.layer(
            "EmbeddingLayer", size, count, flows=[indices], rank=indices.rank + 1, arrays={"Weights": weights}
        )
    (flow, at), places = fronted(node, 0), node.array(1).value
    axis = node.attribute("axis", 0) % (flow.rank + 1)
    if places.ndim or axis == at:
        raise Unreadable
    place = int(places)
    part = parted(node, flow, {axis + (axis < at): place + 1 if place >= 0 else place})
    return put_back(part, at - (axis < at))


@reads("GatherND")
def extract(node: Node) -> Flow:
    if node.attribute("batch_dims", 0) != 1:
        raise Unreadable
    flow, places = node.flow(0), node.flow(1)
    one_up = expression("If", expression("Less", slot(), 0), slot(), expression("Plus", slot(), 1))
    positions = node.layer("ElementwiseLayer", function(one_up), flows=[places])
    depth = node.shape(1)[-1]
    if not isinstance(depth, int):
        raise Unreadable
    rank = places.rank - 1 + flow.rank - depth
    return node.layer("ExtractLayer", flows=[flow, positions], ports=["Input", "Position"], rank=rank)


@reads("TopK")
def ordering(node: Node) -> tuple[None, Flow]:
    flow, count = node.flow(0), node.inputs[1]
    whole = type(count) is Hidden or (type(count) is Stored and count.value.item() == node.shape(0)[-1])
    if flow.rank != 1 or node.attribute("largest", 1) or not whole or len(node.facts.outputs) < 2:
        raise Unreadable
    return None, replace(node.layer("OrderingLayer", flows=[flow]), less=1)


@reads("Range")
def counting(node: Node) -> Flow:
    """Gives the places of the elements of a sequence, from 0; they are the same for all examples."""
    start, length, step = node.inputs
    if type(length) is not Hidden or length.length is None or int(start.value) != 0 or int(step.value) != 1:
        raise Unreadable
    made = node.layer("SequenceIndicesLayer", flows=[length.length], rank=1)
    return replace(made, axes=(0,), less=1)


@reads("OneHot")
def unit_vectors(node: Node) -> Flow:
    indices, values = plain(node, shifted(node, node.raw(0), by=1)), node.array(2).value
    if node.attribute("axis", -1) not in (-1, indices.rank + 1) or values.tolist() != [0, 1]:
        raise Unreadable
    return node.layer("UnitVectorLayer", int(node.array(1).value.item()), flows=[indices], rank=indices.rank + 1)


@reads("Pad")
def pad(node: Node) -> Flow:
    flow, widths = node.flow(0), node.numbers(1, "pads") or []
    value, chosen = node.stored(2), node.numbers(3)
    ways: dict[str, Term] = {"reflect": "Reflected", "edge": "Fixed"}
    ways["constant"] = number(value.value.item() if value is not None else node.attribute("value", 0.0))
    if chosen is not None or widths[0] or widths[flow.rank + 1] or min(widths) < 0:
        raise Unreadable
    pairs = list(zip(widths[1 : flow.rank + 1], widths[flow.rank + 2 :], strict=True))
    return node.layer("PaddingLayer", nested(pairs), flows=[flow], Padding=ways[node.attribute("mode", "constant")])
