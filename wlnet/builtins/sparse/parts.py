"""Parts of sparse arrays, which are sparse: read, and set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.part_assignment import IN_PLACE, put
from wlnet.builtins.lists.choosing import integers
from wlnet.builtins.lists.parts import PARTS, part, positions, too_deep
from wlnet.builtins.numbers.numerical import array_of
from wlnet.builtins.sparse.making import keys_of
from wlnet.builtins.sparse.ways import listed, way
from wlnet.kernel import Kernel
from wlnet.terms import NONE, S, Symbol, Term, expression, is_list, list_of
from wlnet.terms.sparse import SparseArray, as_sparse


def part_of_sparse(kernel: Kernel, array: SparseArray, specs: tuple[Term, ...]) -> Term:
    """Gives `array[[specs…]]`: an element, or a sparse array."""
    if type(specs[0]) is int and specs[0] == 0:
        return part(kernel, S.SparseArray, specs[1:])
    if len(specs) > array.rank:
        raise too_deep(array, specs)
    index: list[Any] = [positions(array, spec, specs, size) for spec, size in zip(specs, array.shape, strict=False)]
    while index and isinstance(index[0], int):
        found = array.row(index.pop(0))
        if type(found) is not SparseArray or array.rank == 1:
            return found
        array = found
    return chosen(array, [*index, *[slice(None)] * (array.rank - len(index))]) if index else array


def chosen(array: SparseArray, index: list[Any]) -> Term:
    """Gives the elements at some places of each level: one from 0, which removes the level, a slice or a list."""
    places, values = array.places(), array.values
    shape: list[int] = []
    kept: list[np.ndarray] = []
    for axis, (at, size) in enumerate(zip(index, array.shape, strict=True)):
        if isinstance(at, slice) and at == slice(None):
            shape.append(size)
            kept.append(places[:, axis])
            continue
        wanted = (
            np.array([at])
            if isinstance(at, int)
            else np.arange(size)[at]
            if isinstance(at, slice)
            else np.array(at, int)
        )
        rows, new = spread(places[:, axis], wanted)
        places, values, kept = places[rows], values[rows], [column[rows] for column in kept]
        if not isinstance(at, int):
            shape.append(len(wanted))
            kept.append(new)
    if not shape:
        return values.tolist()[0] if len(values) else array.background
    if 0 in shape:
        return list_of()
    return SparseArray(shape, keys_of(np.stack(kept, axis=1), tuple(shape)), values, array.background)


def spread(given: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gives the rows in which a place is wanted, once for each time, and the place that it gets there."""
    order = np.argsort(given, kind="stable")
    ordered = given[order]
    first, last = np.searchsorted(ordered, wanted), np.searchsorted(ordered, wanted, side="right")
    counts = last - first
    new = np.repeat(np.arange(len(wanted)), counts)
    within = np.arange(len(new)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(first, counts) + within], new


def put_in_sparse(kernel: Kernel, name: Symbol, specs: tuple[Term, ...], value: Term) -> bool:
    """Puts a value into parts of the sparse array that is a symbol's value; into one element without a list of all."""
    array = kernel.own[name]
    if len(specs) == array.rank and all(type(spec) is int for spec in specs) and not is_list(value):
        index = [positions(array, spec, specs, size) for spec, size in zip(specs, array.shape, strict=True)]
        keys = np.concatenate([keys_of(np.array([index]), array.shape), array.keys])
        made = SparseArray(array.shape, keys, [value, *array.values.tolist()], array.background)
    else:
        changed = array_of(put(kernel, listed(array), specs, listed(value)), array.rank)
        if changed is None:
            return False
        made = as_sparse(changed, array.background)
    kernel.set_own(name, made)
    return True


PARTS[SparseArray] = part_of_sparse
IN_PLACE[SparseArray] = put_in_sparse


@way("Part")
def part_in(kernel: Kernel, array: Term, *specs: Term) -> Term | None:
    """Gives parts, where places may be a sparse vector, too."""
    return part(kernel, array, tuple(map(listed, specs)))


#: Function → the place of the one element that it gives.
ENDS = {"First": 1, "Last": -1}


def end_of(place: int) -> Any:
    return lambda kernel, array, *default: part(kernel, array, (place,))


for _name, _place in ENDS.items():
    way(_name)(end_of(_place))


def span(start: Term, end: Term, *step: Term) -> Term:
    return expression("Span", start, end, *step)


@way("Most")
def most(kernel: Kernel, array: SparseArray) -> Term:
    return part(kernel, array, (span(1, -2),))


@way("Rest")
def rest(kernel: Kernel, array: SparseArray) -> Term:
    return part(kernel, array, (span(2, -1),))


@way("Reverse")
def reverse(kernel: Kernel, array: Term, *levels: Term) -> Term | None:
    return None if levels else part(kernel, array, (span(-1, 1, -1),))


def taking(span_of: Callable[[Term], Term | None]) -> Callable[..., Term | None]:
    """Gives a function that takes the spans of an array that specifications stand for; None for what they cannot say."""

    def take(kernel: Kernel, array: Term, *specs: Term) -> Term | None:
        if len(specs) > array.rank:
            return None
        spans = [span_of(spec) for spec in specs]
        return None if None in spans else part(kernel, array, tuple(spans))

    return take


def span_taken(spec: Term) -> Term | None:
    """Gives the span that Take takes; None where that is for Take to say."""
    if spec is S.All:
        return spec
    if type(spec) is int and spec:
        return span(1, spec) if spec > 0 else span(spec, -1)
    given = integers(spec) or []
    if len(given) == 1:
        return list_of(given[0])
    return span(*given) if len(given) in (2, 3) and 0 not in given else None


def span_left(spec: Term) -> Term | None:
    """Gives the span that Drop leaves; None where that is for Drop to say."""
    if spec is NONE:
        return S.All
    if type(spec) is not int or not spec:
        return None
    return span(spec + 1, -1) if spec > 0 else span(1, spec - 1)


way("Take")(taking(span_taken))
way("Drop")(taking(span_left))
