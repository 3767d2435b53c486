"""Terms that are arrays of real numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from wlnet.terms.expression import Expression, Term
from wlnet.terms.sparse import SparseArray
from wlnet.terms.symbols import S


def numeric(term: Term) -> np.ndarray | None:
    """Gives the array of a number, a (packed) list of numbers, a NumericArray or a SparseArray; None for anything else."""
    kind = type(term)
    if kind is np.ndarray:
        return term if term.dtype.kind in "if" else None
    if kind is int or kind is float or kind is Fraction:
        return np.asarray(float(term))
    if kind is Expression and term.head is S.List:
        rows = [numeric(item) for item in term.args]
        if not rows or any(row is None or row.shape != rows[0].shape for row in rows):  # type: ignore[union-attr]
            return None
        return np.stack(rows)  # type: ignore[arg-type]
    if kind is SparseArray:
        return numeric(term.dense())
    array = getattr(term, "array", None)
    return array if isinstance(array, np.ndarray) and array.dtype.kind in "iuf" else None
