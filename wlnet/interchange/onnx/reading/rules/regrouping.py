"""Reshaping across the dimension of examples, as attention does it: heads join the batch, and leave it again.

Both shapes are split into their common factors, of which one is the batch. In the net, the factors that the file joins with
the batch become the first dimensions, over which layers are mapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from math import prod
from typing import Any, NamedTuple

from wlnet.interchange.onnx.reading.flows import BATCH, ONE, Flow, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node
from wlnet.terms import S, to_list

#: Stands for a number of examples that is not known, or 1: a prime number that no dimension is a multiple of.
MANY = 1_000_003
#: Stand for lengths that vary, in the order of their names in the inputs.
LENGTHS = (1_000_033, 1_000_037, 1_000_039, 1_000_081, 1_000_099)


class Factor(NamedTuple):
    """A common factor of two shapes: its size, and the numbers of the dimensions of which it is one, before and after."""

    size: int
    source: int
    target: int


def regrouped(node: Node, flow: Flow, target: Sequence[Any]) -> Flow:
    """Gives a flow in another shape of the file; raises Unreadable where the batch would be split."""
    if len(flow.joined) != flow.maps or flow.less:
        raise Unreadable
    at, before = flow.axes.index(BATCH), node.shape(0)
    carried = before[at]
    count = carried // prod(flow.joined) if isinstance(carried, int) else MANY
    examples = count if count > 1 else MANY
    sizes = [sized(node, size) for size, axis in zip(before, flow.axes, strict=True) if type(axis) is int]
    split = sum(type(axis) is int for axis in flow.axes[:at])
    given = [*sizes[:split], *flow.joined[: flow.ahead], examples, *flow.joined[flow.ahead :], *sizes[split:]]
    atoms = [size for size in given if size is not None]
    if len(atoms) < len(given):
        raise Unreadable
    batch = split + flow.ahead
    wanted = [sized(node, told) or sized(node, said) for told, said in zip(node.out, target, strict=True)]
    ways = [
        found
        for after in targets(wanted, prod(atoms), count)
        if (found := common_factors(atoms, after)) is not None and is_whole(found, batch, examples)
    ]
    if not ways:
        raise Unreadable
    # Of several ways to place a single example, the one that joins fewest others with it, as late as can be.
    factors = min(ways, key=lambda found: (len(companions(found, batch)), -carrier(found, batch).target))
    return rearranged(node, flow, atoms, factors, batch, len(target))


def sized(node: Node, size: Any) -> int | None:
    """Gives a dimension as the file has it as a number, which stands for it where it varies; None where it is not known."""
    if isinstance(size, int):
        return size if size > 0 else None
    shapes = [port.shape for port in node.reader.file.inputs if port.shape]
    if size is None or size in {shape[0] for shape in shapes}:
        return size and MANY
    names = dict.fromkeys(name for shape in shapes for name in shape[1:] if type(name) is str)
    return dict(zip(names, LENGTHS, strict=False)).get(size)


def targets(known: Sequence[int | None], total: int, count: int) -> list[list[int]]:
    """Gives the dimensions that a shape may have for so many elements; `count` examples are known, or MANY."""
    if known.count(None) == 1:
        rest, left = divmod(total, prod(size for size in known if size is not None))
        return [] if left else [[rest if size is None else size for size in known]]
    if None in known:
        return []
    sizes = [size for size in known if size is not None]
    if 1 < count < MANY or any(size % MANY == 0 for size in sizes):
        return [sizes]
    last = max(1, len(sizes) - 1)
    return [[*sizes[:place], sizes[place] * MANY, *sizes[place + 1 :]] for place in range(last)]


def common_factors(before: Sequence[int], after: Sequence[int]) -> list[Factor] | None:
    """Gives the factors that two shapes have in common, in their order; None where they overlap otherwise."""
    found = []
    left, right = list(before), list(after)
    source = target = 0
    while source < len(left) and target < len(right):
        size = min(left[source], right[target])
        if left[source] % size or right[target] % size:
            return None
        if size > 1:
            found.append(Factor(size, source, target))
        left[source] //= size
        right[target] //= size
        ended, begun = left[source] == 1, right[target] == 1
        source += ended
        target += begun
    return found if all(size == 1 for size in (*left[source:], *right[target:])) else None


def carrier(factors: Sequence[Factor], batch: int) -> Factor:
    """Gives the factor that is the batch."""
    return next(factor for factor in factors if factor.source == batch)


def companions(factors: Sequence[Factor], batch: int) -> list[Factor]:
    """Gives the other factors of the dimension that the batch is part of afterwards."""
    return [f for f in factors if f.target == carrier(factors, batch).target and f.source != batch]


def is_whole(factors: Sequence[Factor], batch: int, examples: int) -> bool:
    """Tells whether the batch is one factor."""
    return [factor.size for factor in factors if factor.source == batch] == [examples]


def rearranged(node: Node, flow: Flow, atoms: Sequence[int], factors: Sequence[Factor], batch: int, rank: int) -> Flow:
    """Gives the layers that reshape, and move what is joined with the batch to the front."""
    inner = [factor for factor in factors if factor.source != batch]
    fellows = companions(factors, batch)
    made = replace(flow, axes=(BATCH, *range(len(atoms) - 1)), maps=0, joined=(), ahead=0)
    numbers = [axis + flow.maps for axis in flow.axes if type(axis) is int]
    split = batch - flow.ahead
    made = moved(node, made, [*numbers[:split], *range(flow.maps), *numbers[split:]])
    made = shaped(node, made, [size for place, size in enumerate(atoms) if place != batch], [f.size for f in inner])
    order = [*fellows, *(factor for factor in inner if factor not in fellows)]
    made = moved(node, made, [inner.index(factor) for factor in order])
    rest = [[f.size for f in group] for _, group in groupby(order[len(fellows) :], key=lambda f: f.target)]
    sizes = [factor.size for factor in fellows]
    made = shaped(node, made, [factor.size for factor in order], [*sizes, *map(prod, rest)])
    place, filled = carrier(factors, batch).target, {factor.target for factor in factors}
    left = iter(range(len(rest)))
    axes = [BATCH if axis == place else next(left) if axis in filled else ONE for axis in range(rank)]
    ahead = sum(factor.source < batch for factor in fellows)
    return replace(made, axes=tuple(axes), maps=len(fellows), joined=tuple(sizes), ahead=ahead)


def moved(node: Node, flow: Flow, order: Sequence[int]) -> Flow:
    """Gives a flow with its dimensions in another order: the numbers, from 0, that they had before."""
    if list(order) == sorted(order):
        return flow
    levels = [list(order).index(place) + 1 for place in range(len(order))]
    return node.layer("TransposeLayer", to_list(levels), flows=[flow])


def shaped(node: Node, flow: Flow, before: Sequence[int], after: Sequence[int]) -> Flow:
    """Gives a flow in another shape, in which one length may vary."""
    if list(before) == list(after):
        return flow
    terms = [S.Automatic if any(size % length == 0 for length in LENGTHS) else size for size in after]
    if terms.count(S.Automatic) > 1:
        raise Unreadable
    return node.layer("ReshapeLayer", to_list(terms), flows=[flow], rank=len(after))
