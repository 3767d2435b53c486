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
        return _same_expressions(a, b)
    if kind is np.ndarray:
        return a.dtype == b.dtype and bool(np.array_equal(a, b, equal_nan=a.dtype.kind != "i"))
    equal = atom_type(a).equal
    return equal is not None and equal(a, b)


def _same_expressions(a: Expression, b: Expression) -> bool:
    """Compares without recursion, so that depth costs memory only."""
    left = [(a, b)]
    while left:
        a, b = left.pop()
        if len(a.args) != len(b.args):
            return False
        if a._hash is not None and b._hash is not None and a._hash != b._hash:
            return False
        if a.head is not b.head:
            if type(a.head) is Expression and type(b.head) is Expression:
                left.append((a.head, b.head))
            elif not same(a.head, b.head):
                return False
        for x, y in zip(a.args, b.args):  # noqa: B905 (compared above; strict costs a third more)
            if x is y:
                continue
            if type(x) is Expression and type(y) is Expression:
                left.append((x, y))
            elif not same(x, y):
                return False
    return True


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
        return expression_hash(term)
    if kind is np.ndarray:
        return hash(("list", *map(term_hash, elements(term))))
    by_type = atom_type(term).hash
    return by_type(term) if by_type is not None else id(term)


def expression_hash(term: Expression) -> int:
    """Gives `term_hash` of an expression, which it then keeps; without recursion, so that depth costs memory only."""
    found = term._hash
    if found is None:
        left = [term]
        while left:
            item = left[-1]
            unknown = [part for part in item.args if type(part) is Expression and part._hash is None]
            if type(item.head) is Expression and item.head._hash is None:
                unknown.append(item.head)
            if unknown:
                left += unknown
                continue
            first = "list" if item.head is S.List else term_hash(item.head)
            found = item._hash = hash((first, *map(term_hash, item.args)))
            left.pop()
    return found  # type: ignore[return-value]


Expression.__eq__ = same  # type: ignore[method-assign]
Expression.__hash__ = expression_hash  # type: ignore[assignment,method-assign]


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
    # An integer may stand for itself, since every number that Python takes for equal to one is in a `Keyed`.
    return term if kind is str or kind is int or kind is Symbol else Keyed(term)
