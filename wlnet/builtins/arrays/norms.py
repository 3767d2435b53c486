"""Norms of vectors and matrices."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wlnet.builtins.arrays.decompositions import decomposed
from wlnet.builtins.numbers.numerical import (
    as_list,
    dimensions,
    is_array,
    is_infinity,
    machine_real,
    packed,
)
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements


@builtin(
    "Norm", category="Linear algebra",
    messages={"nvm": "The first argument `1` is not a number, vector or matrix."},
)  # fmt: skip
def norm(kernel: Kernel, vector: Term, p: Term = 2) -> Term | None:
    """Norm[v] gives the Euclidean length of a vector, or the largest singular value of a matrix.
    Norm[v, p] gives the p-norm, Norm[v, Infinity] the largest magnitude; Norm[m, "Frobenius"] that of a matrix.

    Examples:
        >> Norm[{3., 4.}]
        = 5.
        >> Norm[{3, 4}, 1]
        = 7
        >> Norm[{{1., 2.}, {2., 4.}}, "Frobenius"]
        = 5.
    Possible issues:
        >> Norm[{{{1}}}]
        message: Norm::nvm
        = Norm[{{{1}}}]
    """
    if not is_array(vector):
        return Expression(S.Abs, (vector,)) if machine_real(kernel, vector) is not None else None
    shape = dimensions(vector)
    if len(shape) > 2 or 0 in shape:
        raise Message("nvm", vector)
    if len(shape) == 2:
        chosen = MATRIX_NORMS.get(p) if type(p) in (int, str) else np.inf if is_infinity(p) else None
        return None if chosen is None else decomposed(kernel, vector, lambda a: float(np.linalg.norm(a, chosen)))
    return vector_norm(kernel, as_list(vector), p)


MATRIX_NORMS: dict[Any, Any] = {1: 1, 2: 2, "Frobenius": "fro"}


def vector_norm(kernel: Kernel, vector: Term, p: Term) -> Term | None:
    numbers = packed(vector)
    if numbers is not None and numbers.dtype.kind != "i" and type(p) is int and p in (1, 2):
        with np.errstate(all="ignore"):
            value = float(np.linalg.norm(numbers, p))
        if math.isfinite(value):
            return value
    sizes = Expression(S.Abs, (vector,))
    if is_infinity(p):
        return Expression(S.Max, (sizes,))
    if type(p) is str and p == "Frobenius":
        p = 2
    order = machine_real(kernel, p)
    if order is None or order < 1:
        return None
    total = Expression(S.Total, (Expression(S.Power, (sizes, p)),))
    return Expression(S.Power, (total, Expression(S.Power, (p, -1))))


@builtin("Normalize", category="Linear algebra")
def normalize(kernel: Kernel, vector: Term, f: Term = S.Norm) -> Term | None:
    """Normalize[v] gives a vector divided by its length.
    Normalize[v, f] divides by f[v].

    Examples:
        >> Normalize[{3., 4.}]
        = {0.6, 0.8}
        >> Normalize[{0., 0.}]
        = {0., 0.}
    """
    size = kernel.evaluate(Expression(f, (vector,)))
    if machine_real(kernel, size) == 0.0:
        return vector
    return Expression(S.Divide, (vector, size)) if is_array(vector) and elements(as_list(vector)) else None
