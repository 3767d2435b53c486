"""Levels of the language (from 1, negative from the end) as axes of batched arrays."""

from __future__ import annotations

from wlnet.errors import DimensionError, NetError
from wlnet.layers.settings import Unfit
from wlnet.terms import S, Term, elements, is_head, is_list

Levels = tuple[int, ...] | slice
"""Levels as they were specified: a list of them, or a span with both ends included (0 as the end: the last)."""


def axis_of(level: int, rank: int, kind: str) -> int:
    """Gives the axis of a level in an array of this rank (the batch's axis included); raises NetError."""
    axis = level if level > 0 else rank + level
    if level == 0 or not 1 <= axis < rank:
        raise NetError(f"there is no level {level} in an input of rank {rank - 1}", tag="level", kind=kind)
    return axis


def levels(term: Term) -> Levels:
    """Takes a level n, a span n1 ;; n2, a list of levels, or All."""
    if term is S.All:
        return slice(1, 0)
    if is_head(term, S.Span, 2):
        start, stop = term.args
        if type(start) is int and start and (stop is S.All or (type(stop) is int and stop)):
            return slice(start, 0 if stop is S.All else stop)
    items = elements(term) if is_list(term) else (term,)
    if all(type(item) is int and item for item in items):
        return tuple(items)
    raise Unfit("a level n, a span n1 ;; n2, a list of levels, or All")


def places(chosen: Levels, rank: int) -> tuple[int, ...]:
    """Gives the positions, from 0, of levels among the dimensions of an input of this rank; raises DimensionError."""

    def place(level: int) -> int:
        found = level - 1 if level > 0 else rank + level
        if not 0 <= found < rank:
            raise DimensionError(f"there is no level {level} in an input of rank {rank}")
        return found

    if isinstance(chosen, slice):
        return tuple(range(place(chosen.start), place(chosen.stop or -1) + 1))
    return tuple(sorted({place(level) for level in chosen}))
