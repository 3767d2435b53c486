"""Matrices: determinants, inverses, linear systems, decompositions, norms."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.arithmetic import exact
from wlnet.builtins.numerical import (
    INFINITY,
    all_exact,
    array_of,
    as_list,
    dimensions,
    is_array,
    machine_array,
    machine_real,
    objects_of,
    packed,
    to_term,
)
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, pack

SINGULAR = "Matrix `1` is singular."
SQUARE = "Argument `1` is not a nonempty square matrix."
HALF = Fraction(1, 2)
#: A matrix whose inverse condition is below this is singular to machine precision.
CONDITION = 1e-17


def square(matrix: Term) -> np.ndarray | None:
    """Gives a square matrix as an array; None for no array; a message for another shape."""
    if not is_array(matrix):
        return None
    found = array_of(matrix, 2)
    if found is None or found.ndim != 2 or found.shape[0] != found.shape[1]:
        raise Message("matsq", matrix)
    return found


def fractions_of(array: np.ndarray) -> list[list[Fraction]] | None:
    """Gives a matrix of exact rational numbers as fractions, or None."""
    rows = objects_of(array).tolist()
    if any(type(x) not in (int, Fraction) for row in rows for x in row):
        return None
    return [[Fraction(x) for x in row] for row in rows]


def eliminate(rows: list[list[Fraction]], width: int) -> Fraction:
    """Reduces rows in place so that the first `width` columns become the identity; gives their determinant."""
    determinant = Fraction(1)
    for column in range(width):
        pivot = next((i for i in range(column, width) if rows[i][column]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != column:
            rows[pivot], rows[column] = rows[column], rows[pivot]
            determinant = -determinant
        lead = rows[column][column]
        determinant *= lead
        rows[column] = [x / lead for x in rows[column]]
        for i, row in enumerate(rows):
            if i != column and row[column]:
                factor = row[column]
                rows[i] = [x - factor * y for x, y in zip(row, rows[column], strict=True)]
    return determinant


@builtin("Det", category="Linear algebra", messages={"matsq": SQUARE})
def det(kernel: Kernel, matrix: Term) -> Term | None:
    """Det[m] gives the determinant of a square matrix.

    Examples:
        >> Det[{{1, 2}, {3, 4}}]
        = -2
        >> Det[{{a, b}, {c, d}}]
        = -b c + a d
    Possible issues:
        >> Det[{{1, 2}}]
        message: Det::matsq
        = Det[{{1, 2}}]
    """
    array = square(matrix)
    if array is None:
        return None
    rows = fractions_of(array)
    if rows is not None:
        return exact(eliminate(rows, len(rows)))
    numbers = machine_array(kernel, matrix)
    if numbers is not None and not all_exact(matrix):
        return np.linalg.det(numbers).item()
    return expand_minors(objects_of(array)) if len(array) <= 6 else None


def expand_minors(array: np.ndarray) -> Term:
    if len(array) == 1:
        return array[0, 0]
    terms = []
    for column in range(len(array)):
        minor = np.delete(array[1:], column, axis=1)
        terms.append(Expression(S.Times, ((-1) ** column, array[0, column], expand_minors(minor))))
    return Expression(S.Plus, tuple(terms))


@builtin("Inverse", category="Linear algebra", messages={"matsq": SQUARE, "sing": SINGULAR})
def inverse(kernel: Kernel, matrix: Term) -> Term | None:
    """Inverse[m] gives the inverse of a square matrix.

    Examples:
        >> Inverse[{{2., 0.}, {0., 4.}}]
        = {{0.5, 0.}, {0., 0.25}}
        >> Inverse[{{1, 1}, {0, 1}}]
        = {{1, -1}, {0, 1}}
    Possible issues:
        >> Inverse[{{1, 1}, {1, 1}}]
        message: Inverse::sing
        = Inverse[{{1, 1}, {1, 1}}]
        >> Inverse[{{1, 2}}]
        message: Inverse::matsq
        = Inverse[{{1, 2}}]
    """
    array = square(matrix)
    return None if array is None else solve(kernel, matrix, array, pack(np.eye(len(array), dtype=np.int64)))


def solve(kernel: Kernel, matrix: Term, array: np.ndarray, right: Term) -> Term | None:
    """Gives the solution of a square system, exact for exact numbers; a singular matrix is a message."""
    other = array_of(right)
    if other is None or other.ndim > 2 or other.shape[0] != array.shape[0]:
        return None
    columns = other if other.ndim == 2 else other.reshape(-1, 1)
    rows, extra = fractions_of(array), fractions_of(columns)
    if rows is not None and extra is not None:
        joined = [row + more for row, more in zip(rows, extra, strict=True)]
        if not eliminate(joined, len(rows)):
            raise Message("sing", matrix)
        solution = np.empty(columns.shape, dtype=object)
        for index in np.ndindex(columns.shape):
            solution[index] = exact(joined[index[0]][len(rows) + index[1]])
        return to_term(solution.reshape(other.shape))
    a, b = machine_array(kernel, matrix), machine_array(kernel, right)
    if a is None or b is None:
        return None
    try:
        if not np.isfinite(a).all() or 1 / np.linalg.cond(a) < CONDITION:
            raise Message("sing", matrix)
        return pack(np.linalg.solve(a, b))
    except np.linalg.LinAlgError:
        raise Message("sing", matrix) from None


@builtin("LinearSolve", category="Linear algebra", messages={"nosol": "Linear equation encountered that has no solution.", "sing": SINGULAR})
def linear_solve(kernel: Kernel, matrix: Term, right: Term) -> Term | None:
    """LinearSolve[m, b] gives an x with m . x == b (of least squares and length where m is not square).

    Examples:
        >> LinearSolve[{{2, 0}, {0, 4}}, {2, 4}]
        = {1, 1}
        >> LinearSolve[{{1., 1.}}, {2.}]
        = {1., 1.}
    Possible issues:
        >> LinearSolve[{{1}, {1}}, {1, 2}]
        message: LinearSolve::nosol
        = LinearSolve[{{1}, {1}}, {1, 2}]
        >> LinearSolve[{{1, 1}, {1, 1}}, {1, 2}]
        message: LinearSolve::sing
        = LinearSolve[{{1, 1}, {1, 1}}, {1, 2}]
    """
    array = array_of(matrix, 2)
    if array is None or array.size == 0:
        return None
    if array.shape[0] == array.shape[1]:
        return solve(kernel, matrix, array, right)
    a, b = machine_array(kernel, matrix), machine_array(kernel, right)
    if a is None or b is None or b.ndim > 2 or len(b) != len(a) or not np.isfinite(a).all():
        return None
    found = np.linalg.lstsq(a, b, rcond=None)[0]
    if not np.allclose(a @ found, b):
        raise Message("nosol")
    return pack(found)


@builtin("PseudoInverse", category="Linear algebra")
def pseudo_inverse(kernel: Kernel, matrix: Term) -> Term | None:
    """PseudoInverse[m] gives the pseudoinverse of a matrix, numerically.

    Examples:
        >> PseudoInverse[{{2., 0.}}]
        = {{0.5}, {0.}}
    """
    return decomposed(kernel, matrix, lambda a: pack(np.linalg.pinv(a)))


@builtin("MatrixRank", category="Linear algebra")
def matrix_rank(kernel: Kernel, matrix: Term) -> Term | None:
    """MatrixRank[m] gives the rank of a matrix.

    Examples:
        >> MatrixRank[{{1, 2}, {2, 4}}]
        = 1
    """
    return decomposed(kernel, matrix, lambda a: int(np.linalg.matrix_rank(a)))


def decomposed(kernel: Kernel, matrix: Term, compute: Callable[[np.ndarray], Term], *, square_only: bool = False) -> Term | None:
    """Gives what `compute` makes of a numeric matrix; None where it is none or has no decomposition."""
    if len(dimensions(matrix)) != 2:
        return None
    array = machine_array(kernel, matrix)
    if array is None or array.size == 0 or array.ndim != 2 or not np.isfinite(array).all():
        return None
    if square_only and array.shape[0] != array.shape[1]:
        return None
    try:
        return compute(array)
    except np.linalg.LinAlgError:
        return None


def eigensystem(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gives eigenvalues by falling magnitude, and eigenvectors as rows of length 1."""
    hermitian = np.allclose(matrix, matrix.conj().T)
    values, vectors = np.linalg.eigh(matrix) if hermitian else np.linalg.eig(matrix)
    order = np.argsort(-np.abs(values), kind="stable")
    return values[order], vectors.T[order]


@builtin("Eigenvalues", category="Linear algebra")
def eigenvalues(kernel: Kernel, matrix: Term) -> Term | None:
    """Eigenvalues[m] gives the eigenvalues of a matrix, numerically, the largest ones first.

    Examples:
        >> Eigenvalues[{{2., 0.}, {0., 3.}}]
        = {3., 2.}
    """
    return decomposed(kernel, matrix, lambda a: pack(eigensystem(a)[0]), square_only=True)


@builtin("Eigenvectors", category="Linear algebra")
def eigenvectors(kernel: Kernel, matrix: Term) -> Term | None:
    """Eigenvectors[m] gives the eigenvectors of a matrix, numerically, in the order of the eigenvalues.

    Examples:
        >> Abs[Eigenvectors[{{2., 0.}, {0., 3.}}]]
        = {{0., 1.}, {1., 0.}}
    """
    return decomposed(kernel, matrix, lambda a: pack(eigensystem(a)[1]), square_only=True)


@builtin("Eigensystem", category="Linear algebra")
def eigensystem_of(kernel: Kernel, matrix: Term) -> Term | None:
    """Eigensystem[m] gives the list {values, vectors} of a matrix, numerically.

    Examples:
        >> First[Eigensystem[{{2., 0.}, {0., 3.}}]]
        = {3., 2.}
    """
    return decomposed(kernel, matrix, lambda a: list_of(*map(pack, eigensystem(a))), square_only=True)


@builtin("SingularValueDecomposition", category="Linear algebra")
def singular_value_decomposition(kernel: Kernel, matrix: Term) -> Term | None:
    """SingularValueDecomposition[m] gives {u, s, v} with m == u . s . ConjugateTranspose[v], numerically.

    Examples:
        >> SingularValueDecomposition[{{2., 0.}, {0., 1.}}][[2]]
        = {{2., 0.}, {0., 1.}}
    """

    def compute(array: np.ndarray) -> Term:
        u, values, v = np.linalg.svd(array)
        middle = np.zeros(array.shape)
        np.fill_diagonal(middle, values)
        return list_of(pack(u), pack(middle), pack(v.conj().T))

    return decomposed(kernel, matrix, compute)


@builtin("SingularValueList", category="Linear algebra")
def singular_value_list(kernel: Kernel, matrix: Term) -> Term | None:
    """SingularValueList[m] gives the singular values of a matrix, numerically, the largest first.

    Examples:
        >> SingularValueList[{{3., 0.}, {0., 4.}}]
        = {4., 3.}
    """
    return decomposed(kernel, matrix, lambda a: pack(np.linalg.svd(a, compute_uv=False)))


@builtin("MatrixPower", category="Linear algebra", messages={"matsq": SQUARE})
def matrix_power(kernel: Kernel, matrix: Term, n: Term) -> Term | None:
    """MatrixPower[m, n] gives the n-th power of a square matrix.

    Examples:
        >> MatrixPower[{{1, 1}, {1, 0}}, 10]
        = {{89, 55}, {55, 34}}
    Possible issues:
        >> MatrixPower[{{1, 2}}, 2]
        message: MatrixPower::matsq
        = MatrixPower[{{1, 2}}, 2]
    """
    array = square(matrix)
    if array is None or type(n) is not int or abs(n) > 1 << 20:
        return None
    base: Term = to_term(array) if n >= 0 else Expression(S.Inverse, (matrix,))
    value: Term = pack(np.eye(len(array), dtype=np.int64))
    count = abs(n)
    while count:
        if count & 1:
            value = kernel.evaluate(Expression(S.Dot, (value, base)))
        base = kernel.evaluate(Expression(S.Dot, (base, base)))
        count >>= 1
    return value


# Norms


@builtin("Norm", category="Linear algebra", messages={"nvm": "The first argument `1` is not a number, vector or matrix."})
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
        orders: dict[Any, Any] = {2: 2, "Frobenius": "fro", 1: 1, INFINITY: np.inf}
        chosen = orders.get(p) if type(p) in (int, str, Expression) else None
        return None if chosen is None else decomposed(kernel, vector, lambda a: float(np.linalg.norm(a, chosen)))
    return vector_norm(kernel, as_list(vector), p)


def vector_norm(kernel: Kernel, vector: Term, p: Term) -> Term | None:
    numbers = packed(vector)
    if numbers is not None and numbers.dtype.kind != "i" and p in (1, 2):
        with np.errstate(all="ignore"):
            value = float(np.linalg.norm(numbers, p))
        if math.isfinite(value):
            return value
    sizes = Expression(S.Abs, (vector,))
    if p == INFINITY:
        return Expression(S.Max, (sizes,))
    if p == "Frobenius":
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


