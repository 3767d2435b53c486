"""Sparse arrays: the places and values of what is not the background, atoms of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.errors import WlnetError
from wlnet.terms.atoms import register
from wlnet.terms.expression import Expression, Term
from wlnet.terms.packed import elements, is_list, is_number, pack, to_list
from wlnet.terms.same import same, term_hash
from wlnet.terms.symbols import S

#: The most elements that a list made of a sparse array may have.
ROOM = 1 << 28
#: The type that numbers of a kind have in Python.
EXTENDED = {"f": float, "c": complex}


class SparseArray:
    """An array of any rank ≥ 1 of which only what differs from the `background` is stored.

    keys: places as numbers, row by row from 0, ascending. values: their elements, machine numbers of one kind or terms.
    No value equals the background, which is of the values' kind where both are numbers. Nothing of it ever changes.
    """

    __slots__ = ("background", "keys", "shape", "values")

    def __init__(self, shape: Sequence[int], keys: Any, values: Any, background: Term = 0) -> None:
        """Takes keys in any order, of which the first of a place counts, and values as an array or as terms."""
        keys = np.asarray(keys, dtype=np.int64)
        values = values_of(values)
        kind = EXTENDED.get(values.dtype.kind)
        if kind is not None and len(values) and type(background) in (int, float):
            background = kind(background)
        if len(keys) > 1 and not bool(np.all(keys[1:] > keys[:-1])):
            keys, first = np.unique(keys, return_index=True)
            values = values[first]
        other = differs(values, background)
        if not other.all():
            keys, values = keys[other], values_of(values[other])
        self.shape, self.keys, self.values, self.background = tuple(map(int, shape)), keys, values, background

    @property
    def rank(self) -> int:
        return len(self.shape)

    @property
    def row_size(self) -> int:
        """How many elements an element of the first level has."""
        return math.prod(self.shape[1:])

    @property
    def is_zero_elsewhere(self) -> bool:
        return is_number(self.background) and self.background == 0

    def places(self) -> np.ndarray:
        """Gives the places from 0, one a row: (count, rank)."""
        if not len(self.keys):
            return np.zeros((0, self.rank), np.int64)
        return np.stack(np.unravel_index(self.keys, self.shape), axis=1).astype(np.int64)

    def starts(self) -> np.ndarray:
        """Gives for each row where its values begin, and at the end how many there are."""
        return np.searchsorted(self.keys, np.arange(self.shape[0] + 1) * self.row_size)

    def terms(self) -> Term:
        """Gives the list of the values."""
        return list_of_values(self.values)

    def numbers(self) -> np.ndarray | None:
        """Gives the values as machine numbers of one kind; None where one is none, or the background is no zero."""
        if not self.is_zero_elsewhere:
            return None
        if self.values.dtype != object:
            return self.values
        kinds = set(map(type, self.values))
        if not kinds <= {int, float, complex} or kinds == {int}:
            return None
        return self.values.astype(np.complex128 if complex in kinds else np.float64)

    def at(self, keys: np.ndarray) -> np.ndarray:
        """Gives the elements at ascending keys."""
        if len(keys) == len(self.keys) and np.array_equal(keys, self.keys):
            return self.values
        found = full(len(keys), self.background, self.values)
        found[np.searchsorted(keys, self.keys)] = self.values
        return found

    def row(self, index: int) -> Term:
        """Gives an element of the first level, from 0."""
        start, end = np.searchsorted(self.keys, (index * self.row_size, (index + 1) * self.row_size))
        if self.rank == 1:
            return self.values[start:end].tolist()[0] if end > start else self.background
        return SparseArray(
            self.shape[1:], self.keys[start:end] - index * self.row_size, self.values[start:end], self.background
        )

    @property
    def fits(self) -> bool:
        """Whether there is room for a list of all elements."""
        return math.prod(self.shape) <= ROOM

    def dense(self) -> Term:
        """Gives the list of all elements; raises WlnetError where there is no room for it."""
        if not self.fits:
            dimensions = ", ".join(map(str, self.shape))
            raise WlnetError(f"a sparse array of dimensions {{{dimensions}}} has too many elements for a list")
        made = full(math.prod(self.shape), self.background, self.values)
        made[self.keys] = self.values
        return nested(made.reshape(self.shape))


def values_of(given: Any) -> np.ndarray:
    """Gives values as an array: of machine numbers where they are all of one kind."""
    if isinstance(given, np.ndarray) and given.dtype != object:
        return given if given.dtype.kind not in "iu" else given.astype(np.int64, copy=False)
    packed = to_list(elements(given) if is_list(given) else given)
    if type(packed) is np.ndarray and packed.ndim == 1:
        return packed
    return objects(elements(packed))


def objects(items: Sequence[Term]) -> np.ndarray:
    made = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        made[place] = item
    return made


def list_of_values(values: np.ndarray) -> Term:
    return pack(values) if values.dtype != object else Expression(S.List, tuple(values.tolist()))


def differs(values: np.ndarray, background: Term) -> np.ndarray:
    """Tells of each value whether it is not the background; zeros of all types are the same."""
    if values.dtype != object:
        return values != background if type(background) in (int, float, complex) else np.ones(len(values), bool)
    zero = is_number(background) and background == 0
    return np.array(
        [not (same(x, background) or (zero and is_number(x) and x == 0)) for x in values.tolist()], dtype=bool
    )


def full(count: int, background: Term, values: np.ndarray) -> np.ndarray:
    """Gives an array of backgrounds that can take the values."""
    kind = {"i": int, **EXTENDED}.get(values.dtype.kind) if values.dtype != object else None
    if kind is not None and type(background) is kind and (type(background) is not int or abs(background) < 2**63):
        return np.full(count, background, dtype=values.dtype)
    made = np.empty(count, dtype=object)
    made.fill(background)
    return made


def nested(array: np.ndarray) -> Term:
    """Gives an array of numbers or terms as a list of lists."""
    if array.dtype != object:
        return pack(array)
    if array.ndim == 1:
        return to_list(array.tolist())
    return to_list(map(nested, array))


def as_sparse(array: np.ndarray, background: Term = 0) -> SparseArray:
    """Gives an array of numbers or terms with what differs from the background alone."""
    flat = array.ravel()
    keys = np.flatnonzero(differs(flat, background))
    kind = EXTENDED.get(array.dtype.kind)
    if kind is not None and type(background) in (int, float):
        background = kind(background)
    return SparseArray(array.shape, keys, flat[keys], background)


def _written(term: SparseArray) -> Expression:
    places = term.places() + 1
    if term.rank == 1:
        starts, columns = pack(np.array([0, len(places)])), places
    else:
        starts, columns = pack(term.starts()), places[:, 1:]
    stored = Expression(S.List, (1, Expression(S.List, (starts, pack(columns))), term.terms()))
    shape = Expression(S.List, term.shape)
    return Expression(S.SparseArray, (S.Automatic, shape, term.background, stored))


def _equal(a: SparseArray, b: SparseArray) -> bool:
    return (
        a.shape == b.shape
        and same(a.background, b.background)
        and np.array_equal(a.keys, b.keys)
        and same(a.terms(), b.terms())
    )


register(
    SparseArray,
    S.SparseArray,
    full_form=_written,
    text=lambda term: f"SparseArray[<{len(term.keys)}>, {{{', '.join(map(str, term.shape))}}}]",
    equal=_equal,
    hash=lambda term: hash((term.shape, term.keys.tobytes(), term_hash(term.terms()))),
)
