"""Norms of vectors and matrices."""

from __future__ import annotations

import math

import numpy as np

from wlnet.builtins.numbers.numerical import (
    as_list,
    dimensions,
    is_array,
    is_infinity,
    machine_real,
    packed,
)
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, list_of


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
        >> {Norm[{{1., 2.}, {2., 4.}}, "Frobenius"], Norm[{{1., 2.}, {2., 4.}}]}
        = {5., 5.}
        >> {Norm[{{1, 2}, {2, 4}}], Norm[{{1, -2}, {3, 4}}, 1], Norm[{{1, -2}, {3, 4}}, Infinity]}
        = {5, 6, 7}
        >> {Norm[{{0., 0.}, {0., 0.}}], Norm[{{0, 0}, {0, 0}}]}
        = {0., 0}
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
    return matrix_norm(as_list(vector), p) if len(shape) == 2 else vector_norm(kernel, as_list(vector), p)


def matrix_norm(matrix: Term, p: Term) -> Term | None:
    if type(p) is int and p == 2:
        numbers = packed(matrix)
        # What it is where all singular values are zero.
        least = 0 if numbers is None or numbers.dtype.kind == "i" else 0.0
        return Expression(S.Max, (Expression(S.SingularValueList, (matrix,)), least))
    if type(p) is str and p == "Frobenius":
        return Expression(S.Norm, (Expression(S.Flatten, (matrix,)),))
    if (type(p) is int and p == 1) or is_infinity(p):
        along = list_of(1 if type(p) is int else 2)
        return Expression(S.Max, (Expression(S.Total, (Expression(S.Abs, (matrix,)), along)),))
    return None


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
