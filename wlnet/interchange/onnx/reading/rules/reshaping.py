"""Operators that only arrange elements anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.interchange.onnx.reading.flows import BATCH, ONE, Flow, Stored, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node, plain, reads
from wlnet.interchange.onnx.reading.rules.parts import parted
from wlnet.interchange.onnx.reading.rules.regrouping import regrouped
from wlnet.terms import S, to_list


@reads("Transpose")
def transpose(node: Node) -> Flow:
    flow = node.raw(0)
    order = node.attribute("perm", list(range(len(flow.axes)))[::-1])
    return replace(flow, axes=tuple(flow.axes[axis] for axis in order))


@reads("Squeeze")
def squeeze(node: Node) -> Flow:
    flow = node.raw(0)
    rank = len(flow.axes)
    given = node.numbers(1, "axes")
    axes = [axis for axis in range(rank) if node.shape(0)[axis] == 1] if given is None else [a % rank for a in given]
    if any(flow.axes[axis] == BATCH for axis in axes):
        raise Unreadable
    if not all(flow.axes[axis] == ONE for axis in axes):
        flow = node.flow(0)
        parts = [1 if axis in axes else S.All for axis in range(1, rank)]
        return node.layer("PartLayer", to_list(parts), flows=[flow], rank=flow.rank - len(axes))
    return replace(flow, axes=tuple(axis for place, axis in enumerate(flow.axes) if place not in axes))


@reads("Unsqueeze")
def unsqueeze(node: Node) -> Flow:
    flow, given = node.raw(0), node.numbers(1, "axes") or []
    rank = len(flow.axes) + len(given)
    new = {axis % rank for axis in given}
    left = iter(flow.axes)
    return replace(flow, axes=tuple(ONE if axis in new else next(left) for axis in range(rank)))


@reads("Flatten")
def flatten(node: Node) -> Flow:
    flow = node.raw(0)
    if node.attribute("axis", 1) != 1 or flow.axes[0] != BATCH:
        raise Unreadable
    if sum(type(axis) is int for axis in flow.axes) == 1:
        return replace(flow, axes=(BATCH, 0))
    return node.layer("FlattenLayer", flows=[node.flow(0)], rank=1)


@reads("Reshape")
def reshape(node: Node) -> Flow:
    flow = node.raw(0)
    given = node.inputs[1] if len(node.inputs) > 1 else None
    target: list[Any] = list(node.out)
    if type(given) is Stored:
        target = [int(size) for size in given.value]
    before = node.shape(0)
    kept = 0
    while kept < min(len(target), len(before)) and copied(target[kept], before[kept]):
        kept += 1
    place = flow.axes.index(BATCH)
    if kept > place and not (place == 0 and kept == 1):
        return rest_reshaped(node, flow, target, kept)
    if place or flow.ahead:
        return regrouped(node, flow, target)
    flow = node.flow(0)
    inner, wanted = before[1:], target[1:]
    if copied(target[0], before[0]):
        return rest_reshaped(node, flow, target, 1)
    if flow.maps and len(target) == len(before) + flow.maps and same_end(inner, wanted):
        return replace(flow, axes=(BATCH, *range(flow.rank + flow.maps)), maps=0, joined=())
    if keeps_batch(inner, wanted):
        return rest_reshaped(node, flow, target, 1)
    joined = len(before) - len(target)
    if joined > 0 and same_end(inner, wanted):
        sizes = tuple(size for size in inner[:joined] if isinstance(size, int))
        made = replace(flow, axes=(BATCH, *range(flow.rank - joined)), maps=flow.maps + joined)
        return replace(made, joined=sizes) if len(sizes) == made.maps else made
    return regrouped(node, flow, target)


def copied(target: Any, before: Any) -> bool:
    """Tells whether a dimension stays what it was."""
    return target == 0 or (target is not None and target != -1 and target == before)


def keeps_batch(inner: Sequence[Any], wanted: Sequence[Any]) -> bool:
    """Tells whether as many elements belong to each example as before."""
    known = all(isinstance(size, int) and size > 0 for size in (*inner, *wanted))
    return known and int(np.prod(inner)) == int(np.prod(wanted))


def same_end(inner: Sequence[Any], wanted: Sequence[Any]) -> bool:
    """Tells whether two lists of dimensions end with the same numbers, the shorter one being the end of the other."""
    count = min(len(inner), len(wanted))
    ends = inner[len(inner) - count :], wanted[len(wanted) - count :]
    return all(a == b or not isinstance(b, int) or b <= 0 for a, b in zip(*ends, strict=True))


def rest_reshaped(node: Node, flow: Flow, target: Sequence[Any], kept: int) -> Flow:
    """Gives a flow whose first axes, the batch among them, stay as they are."""
    if kept == len(flow.axes) == len(target):
        return flow
    if ONE in flow.axes[:kept]:
        raise Unreadable
    levels = sum(type(axis) is int for axis in flow.axes[:kept])
    inside = replace(flow, axes=(BATCH, *(axis for axis in flow.axes if type(axis) is int)))
    inside = plain(node, inside)
    sizes: list[Any] = []
    for size in target[kept:]:
        sizes.append(size if isinstance(size, int) and size > 0 else S.Automatic)
    if sizes.count(S.Automatic) > 1:
        raise Unreadable
    wanted = to_list([*(S.Inherited,) * levels, *sizes])
    made = node.layer("ReshapeLayer", wanted, flows=[inside], rank=levels + len(sizes))
    numbers = iter(range(levels + len(sizes)))
    axes = [BATCH if axis == BATCH else next(numbers) for axis in flow.axes[:kept]]
    return replace(made, axes=(*axes, *numbers))


@reads("Expand")
def expand(node: Node) -> Flow:
    flow = node.raw(0)
    if BATCH not in flow.axes and len(node.out) == len(flow.axes) + 1:
        return replace(flow, axes=(BATCH, *flow.axes))
    flow, before, after = node.flow(0), node.shape(0), node.out
    if len(before) != len(after):
        raise Unreadable
    for axis, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new and old is not None:
            continue
        if old != 1 or not axis or not isinstance(new, int):
            raise Unreadable
        flow = parted(node, flow, {axis: 1})
        flow = node.layer("ReplicateLayer", new, axis, flows=[flow], rank=flow.rank + 1)
    return flow
