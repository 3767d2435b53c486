"""Sameness as `SameQ` has it: machine reals that differ in their last bit are taken as the same."""

from __future__ import annotations

import numpy as np

from wlnet.terms.association import Association
from wlnet.terms.expression import Expression, Term
from wlnet.terms.packed import elements, is_list
from wlnet.terms.same import same


def alike(a: Term, b: Term) -> bool:
    """Tells whether two terms are identical in structure but for the last bits of machine reals."""
    if same(a, b):
        return True
    left = [(a, b)]
    while left:
        a, b = left.pop()
        parts = _parts(a, b)
        if parts is None:
            if not _are_close(a, b):
                return False
        elif len(parts[0]) != len(parts[1]):
            return False
        else:
            left += zip(*parts, strict=True)
    return True


def _parts(a: Term, b: Term) -> tuple[tuple[Term, ...], tuple[Term, ...]] | None:
    """Gives what must be alike where two terms are, None for terms without parts."""
    kind = type(a)
    if kind is Expression is type(b):
        return (a.head, *a.args), (b.head, *b.args)
    if kind is Association is type(b):
        return a.rules(), b.rules()
    if kind is not type(b) and is_list(a) and is_list(b):
        return elements(a), elements(b)
    return None


def _are_close(a: Term, b: Term) -> bool:
    kind = type(a)
    if kind is not type(b) or kind not in INEXACT:
        return same(a, b)
    if kind is np.ndarray and (a.dtype != b.dtype or a.shape != b.shape):
        return False
    if kind is complex or (kind is np.ndarray and a.dtype.kind == "c"):
        return _are_close(a.real, b.real) and _are_close(a.imag, b.imag)
    if kind is np.ndarray and a.dtype.kind == "i":
        return same(a, b)
    return bool(np.all(np.nextafter(a, b) == b))


#: Types of numbers that may be inexact, and of lists of them.
INEXACT = frozenset({float, complex, np.ndarray})
