"""Structural equality of terms (`SameQ`) and the hash that agrees with it.

1 and 1. and True are three different terms although Python calls them equal; a packed list is the same as the unpacked
list of its numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.terms.atoms import atom_type
from wlnet.terms.expression import Expression, Term
from wlnet.terms.packed import elements
from wlnet.terms.symbols import S, Symbol


def same(a: Term, b: Term) -> bool:
    """Tells whether two terms are identical in structure."""
    if a is b:
        return True
    kind = type(a)
    if kind is not type(b):
        if kind is np.ndarray or type(b) is np.ndarray:
            return _same_lists(a, b)
        return False
    if kind is Symbol:
        return False
    if kind is Expression:
        if len(a.args) != len(b.args):
            return False
        if a._hash is not None and b._hash is not None and a._hash != b._hash:
            return False
        if not (a.head is b.head or same(a.head, b.head)):
            return False
        return all(x is y or same(x, y) for x, y in zip(a.args, b.args, strict=True))
    if kind is np.ndarray:
        return a.dtype == b.dtype and bool(np.array_equal(a, b, equal_nan=a.dtype.kind != "i"))
    equal = atom_type(a).equal
    return equal is not None and equal(a, b)


def _same_lists(a: Term, b: Term) -> bool:
    for term in (a, b):
        if type(term) is not np.ndarray and not (type(term) is Expression and term.head is S.List):
            return False
    if len(a if type(a) is np.ndarray else a.args) != len(b if type(b) is np.ndarray else b.args):
        return False
    return all(same(x, y) for x, y in zip(elements(a), elements(b), strict=True))


def term_hash(term: Term) -> int:
    """Gives a hash that is equal for terms that are `same`."""
    kind = type(term)
    if kind is Symbol:
        return object.__hash__(term)
    if kind is Expression:
        return hash(term)
    if kind is np.ndarray:
        return _list_hash(elements(term))
    by_type = atom_type(term).hash
    return by_type(term) if by_type is not None else id(term)


def expression_hash(term: Expression) -> int:
    if term.head is S.List:
        return _list_hash(term.args)
    return hash((term_hash(term.head), *map(term_hash, term.args)))


def _list_hash(args: tuple[Term, ...]) -> int:
    return hash(("list", *map(term_hash, args)))


class Keyed:
    """A dict key for a term whose Python equality is not `same` (numbers, packed lists, registered atoms)."""

    __slots__ = ("_hash", "term")

    def __init__(self, term: Term) -> None:
        self.term = term
        self._hash = term_hash(term)

    def __eq__(self, other: object) -> bool:
        return type(other) is Keyed and same(self.term, other.term)

    def __hash__(self) -> int:
        return self._hash


def key(term: Term) -> Any:
    """Gives an object to use as the key of a dict, equal exactly when the terms are `same`."""
    kind = type(term)
    if kind is str or kind is Symbol:
        return term
    return Keyed(term)
