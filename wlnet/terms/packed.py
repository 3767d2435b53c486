"""Packed lists: NumPy arrays that are lists of machine numbers, and the way between the two forms.

An int64 array stands for integers, float64 for reals, complex128 for complex numbers. A packed list and the unpacked
list of the same numbers are the same term.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.terms.big_real import BigReal
from wlnet.terms.expression import Expression, Term
from wlnet.terms.symbols import S, truth

PACKED_TYPES = frozenset({np.dtype(np.int64), np.dtype(np.float64), np.dtype(np.complex128)})
INT64_LIMIT = 2**63


def is_number(term: Term) -> bool:
    """Tells whether a term is an explicit number."""
    kind = type(term)
    return kind is int or kind is float or kind is Fraction or kind is complex or kind is BigReal


def is_list(term: Term) -> bool:
    """Tells whether a term is a list, packed or not."""
    kind = type(term)
    return kind is np.ndarray or (kind is Expression and term.head is S.List)


def pack(array: Any) -> Term:
    """Gives the packed list of an array of numbers of any type, read-only and without copying where that is possible.

    A rank-0 array becomes a number; an array with a zero dimension becomes an unpacked (empty) list.
    """
    array = np.asarray(array)
    if array.dtype in PACKED_TYPES and array.size and array.ndim and not array.flags.writeable:
        return array
    kind = array.dtype.kind
    if kind == "b":
        return unpack_booleans(array)
    wanted = np.int64 if kind in "iu" else np.complex128 if kind == "c" else np.float64
    if array.ndim == 0:
        return array.astype(wanted).item()
    if array.size == 0:
        return _nested(array.tolist())
    if kind == "u" and array.dtype.itemsize == 8 and array.max() >= INT64_LIMIT:
        return _nested(array.tolist())
    array = array.astype(wanted, copy=False)
    if array.flags.writeable:
        array = array.view()
        array.setflags(write=False)
    return array


def unpack_booleans(array: np.ndarray) -> Term:
    """Gives the list of the symbols True and False of a boolean array (a symbol for rank 0)."""
    if array.ndim == 0:
        return truth(bool(array))
    return Expression(S.List, tuple(unpack_booleans(row) for row in array))


def _nested(value: Any) -> Term:
    if isinstance(value, list):
        return Expression(S.List, tuple(_nested(item) for item in value))
    return value


def unpack(array: np.ndarray) -> Expression:
    """Gives the unpacked list of a packed one: one level only, so that deeper rows stay packed."""
    return Expression(S.List, elements(array))


def elements(term: Term) -> tuple[Term, ...]:
    """Gives the elements of a list, or the arguments of an expression, as terms; () for an atom."""
    kind = type(term)
    if kind is Expression:
        return term.args
    if kind is np.ndarray:
        if term.ndim == 1:
            return tuple(term.tolist())
        return tuple(term)
    return ()


def to_list(items: Iterable[Term]) -> Term:
    """Makes a list of terms, packed when all are machine numbers of one kind or packed rows of equal shape."""
    items = tuple(items)
    if not items:
        return Expression(S.List, ())
    kind = type(items[0])
    if kind is float or kind is int or kind is complex:
        if all(type(item) is kind for item in items):
            return pack_numbers(items, kind)
    elif kind is np.ndarray:
        first = items[0]
        if all(type(item) is np.ndarray and item.shape == first.shape and item.dtype == first.dtype for item in items):
            packed = np.stack(items)
            packed.setflags(write=False)
            return packed
    return Expression(S.List, items)


def pack_numbers(items: Sequence[Any], kind: type) -> Term:
    """Packs a non-empty sequence of numbers of one kind; integers beyond 64 bits stay unpacked."""
    try:
        packed = np.array(items, dtype=np.int64 if kind is int else np.float64 if kind is float else np.complex128)
    except OverflowError:
        return Expression(S.List, tuple(items))
    packed.setflags(write=False)
    return packed


class Room(np.ndarray):
    """Memory for packed lists that grow: `used` elements of it are in use, by the longest of them."""

    used = 0


#: Type of the elements of a packed list → type of the numbers.
KINDS = {np.dtype(np.int64): int, np.dtype(np.float64): float, np.dtype(np.complex128): complex}


def with_number(array: np.ndarray, number: Term) -> np.ndarray | None:
    """Gives a packed vector with a number at its end, or None where the number is none of its kind.

    The longest list in a room grows into what is free behind it, so that adding n numbers one by one costs n steps.
    """
    size = len(array)
    if array.ndim > 1 or type(number) is not KINDS[array.dtype] or (type(number) is int and abs(number) >= INT64_LIMIT):
        return None
    room: Any = array.base
    if type(room) is not Room or room.used != size or len(room) == size:
        room = Room((size + size // 8 + 16,), array.dtype)
        room[:size] = array
    room[size] = number
    room.used = size + 1
    longer = np.ndarray((size + 1,), array.dtype, room)
    longer.setflags(write=False)
    return longer
