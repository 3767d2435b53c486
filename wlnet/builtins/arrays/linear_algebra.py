"""Matrices: determinants, inverses, linear systems, decompositions, norms."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from wlnet.builtins.numbers.numbers import exact
from wlnet.builtins.numbers.numerical import all_exact, array_of, is_array, machine_array, objects_of, to_term
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, pack

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


@builtin(
    "LinearSolve", category="Linear algebra",
    messages={"nosol": "Linear equation encountered that has no solution.", "sing": SINGULAR},
)  # fmt: skip
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
