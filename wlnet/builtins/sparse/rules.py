"""Rules for the places of sparse arrays: explicit ones, bands, patterns. Declares only Band."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from wlnet.builtins.numbers.numerical import array_of
from wlnet.kernel import Kernel, Message, constant
from wlnet.patterns import NO_MATCH, CompiledRule
from wlnet.terms import Association, Expression, S, Term, elements, is_head, is_list, list_of, to_list

RULES = frozenset({S.Rule, S.RuleDelayed})
Placed = tuple[list[int], Term]


@constant("Band", category="Arrays")
def band() -> None:
    """Band[{i, j, …}] stands for the places {i, j, …}, {i + 1, j + 1, …}, … in SparseArray.
    Band[{i, j, …}, {m, n, …}] goes as far as {m, n, …}; Band[start, end, {di, dj, …}] in other steps.

    Details: In Band[place] -> {x, y, …} the values take turns; matrices are put along the diagonal, one after the other.

    Examples:
        >> Normal[SparseArray[{Band[{1, 1}] -> {a, b}}, {3, 3}]]
        = {{a, 0, 0}, {0, b, 0}, {0, 0, a}}
        >> Normal[SparseArray[{Band[{1, 1}] -> {{{1, 2}, {3, 4}}, {{5}}}}, {3, 3}]]
        = {{1, 2, 0}, {3, 4, 0}, {0, 0, 5}}
        >> Normal[SparseArray[{Band[{1, 3}, {3, 1}, {1, -1}] -> 1}, {3, 3}]]
        = {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}}
    """


def single_rules(term: Term) -> list[Expression] | None:
    """Gives the rules in a rule, an association or a list of rules, {place1, place2, …} -> {x1, x2, …} taken apart."""
    if type(term) is Association:
        return list(term.rules())
    given = elements(term) if is_list(term) else (term,)
    if not all(type(item) is Expression and item.head in RULES and len(item.args) == 2 for item in given):
        return None
    made: list[Expression] = []
    for item in given:
        left, right = item.args
        several = is_list(left) and len(elements(left)) > 0 and all(map(is_list, elements(left)))
        if not several:
            made.append(item)
            continue
        places = elements(left)
        values = elements(right) if is_list(right) else (right,) * len(places)
        if len(values) != len(places):
            raise Message("rules", item)
        made += [Expression(item.head, pair) for pair in zip(places, values, strict=True)]
    return made


def place_in(left: Term) -> list[int] | None:
    """Gives an explicit place, or None where a rule's left side is none."""
    if type(left) is int:
        return [left]
    if not is_list(left):
        return None
    place = list(elements(left))
    return place if place and all(type(x) is int for x in place) else None


def shape_of(rules: Iterable[Expression]) -> tuple[int, ...] | None:
    """Gives the least dimensions that hold all explicit places and finite bands; None where there are none."""
    corners: list[list[int]] = []
    for item in rules:
        left, right = item.args
        place = place_in(left)
        if place is not None:
            corners.append(place)
        elif is_head(left, S.Band, 2) or (is_head(left, S.Band, 1) and is_list(right)):
            corners += [corner for corner, _ in in_band(left, right, None)]
    if not corners or len(set(map(len, corners))) > 1 or min(map(min, corners)) < 1:
        return None
    return tuple(map(max, zip(*corners, strict=True)))


def placed(kernel: Kernel, rules: Iterable[Expression], shape: tuple[int, ...]) -> Iterator[Placed]:
    """Yields the places, from 1, and values that rules give for an array, those of the first rule first."""
    for item in rules:
        left, right = item.args
        place = place_in(left)
        if place is not None:
            yield at_place(place, shape, item), kernel.evaluate(right)
        elif type(left) is Expression and left.head is S.Band:
            yield from in_band(left, right, shape)
        else:
            yield from matched(kernel, item, shape)


def at_place(place: list[int], shape: tuple[int, ...], item: Expression) -> list[int]:
    """Gives an explicit place, counted from the end where negative; raises Message where the array has no such place."""
    found = [x if x > 0 else size + 1 + x for x, size in zip(place, shape, strict=False)]
    if len(place) != len(shape) or any(not 1 <= x <= size for x, size in zip(found, shape, strict=True)):
        raise Message("place", item, list_of(*shape))
    return found


def in_band(left: Expression, right: Term, shape: tuple[int, ...] | None) -> Iterator[Placed]:
    """Yields the places and values of a band; without a shape, as far as its values or its end go."""
    start, end, step = band_of(left, shape)
    given = elements(right) if is_list(right) else ()
    blocks = [block for block in map(array_of, given) if block is not None and block.ndim == len(start)]
    if blocks and len(blocks) == len(given):
        corner = np.array(start)
        for block in blocks:
            for index in np.ndindex(block.shape):
                place = corner + index
                if end is None or all(place <= end):
                    yield place.tolist(), block[index].item() if block.dtype != object else block[index]
            corner = corner + block.shape
        return
    values = given or (right,)
    counts = [(e - s) // d for s, e, d in zip(start, end or (), step, strict=False) if d]
    count = min(counts) + 1 if counts else len(values)
    for k in range(count):
        yield [s + k * d for s, d in zip(start, step, strict=True)], values[k % len(values)]


def band_of(left: Expression, shape: tuple[int, ...] | None) -> tuple[list[int], list[int] | None, list[int]]:
    """Gives the start, end and step of a band; raises Message for what is none."""
    start = place_in(left.args[0]) if left.args else None
    if start is None or len(left.args) > 3:
        raise Message("band", left)
    if len(start) == 1 and shape is not None:
        start = start * len(shape)
    step: Term = left.args[2] if len(left.args) > 2 else 1
    steps = [step] * len(start) if type(step) is int else place_in(step)
    end: list[int] | None = list(shape) if shape is not None else None
    if steps is not None and end is not None:
        end = [size if d >= 0 else 1 for size, d in zip(end, steps, strict=False)]
    if len(left.args) > 1 and left.args[1] is not S.Automatic:
        end = place_in(left.args[1])
        if end is None:
            raise Message("band", left)
    if steps is None or not any(steps) or {len(start), len(steps), len(end or start)} != {len(start)}:
        raise Message("band", left)
    if shape is not None and len(shape) != len(start):
        raise Message("place", left, list_of(*shape))
    return start, end, steps


def matched(kernel: Kernel, item: Expression, shape: tuple[int, ...]) -> Iterator[Placed]:
    """Yields the places that match the left side of a rule, and the value of its right side there."""
    left, right = item.args
    compiled = CompiledRule(left, right, item.head is S.RuleDelayed)
    for index in candidates(left, shape):
        place = [int(x) + 1 for x in index]
        found = compiled.apply(to_list(place), kernel)
        if found is not NO_MATCH:
            yield place, kernel.evaluate(found)


def candidates(left: Term, shape: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """Yields the places from 0 that a pattern may match: levels with one name for their place go together."""
    while is_head(left, S.Condition, 2):
        left = left.args[0]
    if is_list(left) and len(elements(left)) != len(shape):
        raise Message("place", left, list_of(*shape))
    plain = [is_head(x, S.Pattern, 2) for x in elements(left)] if is_list(left) else []
    names = [x.args[0] if is_name else None for x, is_name in zip(elements(left), plain, strict=False)]
    if len(names) == len(shape) > 1 and names[0] is not None and len(set(names)) == 1:
        return ((k,) * len(shape) for k in range(min(shape)))
    fixed = [x - 1 if type(x) is int and 0 < x <= n else None for x, n in zip(elements(left), shape, strict=False)]
    if math.prod(shape) and any(x is not None for x in fixed):
        free = [1 if x is not None else n for x, n in zip(fixed, shape, strict=True)]
        base = [x or 0 for x in fixed]
        return (tuple(b + i for b, i in zip(base, index, strict=True)) for index in np.ndindex(*free))
    return np.ndindex(*shape)
