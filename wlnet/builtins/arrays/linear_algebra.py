"""Determinants, inverses, linear systems: exact ones, those of machine numbers, and those of many digits."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.builtins.arrays.elimination import (
    Quantity,
    Rows,
    entry_term,
    is_zero,
    null_space,
    reduce_rows,
    rows_of,
)
from wlnet.builtins.arrays.matrices import (
    SINGULAR,
    SQUARE,
    Kind,
    in_many_digits,
    kind_of,
    machine_matrix,
    matrix_of,
    square_of,
    with_rows,
)
from wlnet.builtins.numbers.numerical import array_of, is_numeric, objects_of, to_term
from wlnet.kernel import Kernel, Message, builtin, operator_form
from wlnet.terms import Expression, S, Term, elements, list_of, pack, to_list

#: A matrix whose inverse condition is below this is singular to machine precision.
CONDITION = 1e-17
#: Determinants of symbols are written out by minors up to this size, inverses up to the next.
MINORS, COFACTORS = 6, 4
NO_SOLUTION = "Linear equation encountered that has no solution."


@builtin("Det", category="Linear algebra", messages={"matsq": SQUARE})
def det(kernel: Kernel, matrix: Term) -> Term | None:
    """Det[m] gives the determinant of a square matrix.

    Examples:
        >> Det[{{1, 2}, {3, 4}}]
        = -2
        >> Det[{{a, b}, {c, d}}]
        = -b c + a d
        >> Det[N[{{1, Pi}, {2, 3}}, 30]]
        printed: -3.28318530717958647692528676656
    Possible issues:
        >> Det[{{1, 2}}]
        message: Det::matsq
        = Det[{{1, 2}}]
    """
    array = square_of(matrix)
    if array is None:
        return None
    match kind_of(kernel, array):
        case Kind.BIG:
            return in_many_digits(kernel, lambda work, m: work.det(m), array)
        case Kind.MACHINE:
            numbers = machine_matrix(kernel, array)
            return None if numbers is None else np.linalg.det(numbers).item()
    rows = rows_of(kernel, array)
    if type(rows[0][0]) is Quantity and len(rows) <= MINORS:
        return expand_minors(objects_of(array))
    pivots, product = reduce_rows(rows, len(rows))
    return entry_term(product) if len(pivots) == len(rows) else 0


def expand_minors(array: np.ndarray) -> Term:
    """Gives the determinant of a matrix of terms, written out along the first row."""
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
        >> Inverse[{{a, b}, {0, d}}]
        = {{a^(-1), -a^(-1) b/d}, {0, d^(-1)}}
    Possible issues:
        >> Inverse[{{1, 1}, {1, 1}}]
        message: Inverse::sing
        = Inverse[{{1, 1}, {1, 1}}]
        >> Inverse[{{1, 2}}]
        message: Inverse::matsq
        = Inverse[{{1, 2}}]
    """
    array = square_of(matrix)
    if array is None:
        return None
    size = len(array)
    if 1 < size <= COFACTORS and not all(is_numeric(kernel, x) for x in objects_of(array).ravel()):
        determinant = kernel.evaluate(Expression(S.Det, (matrix,)))
        if is_zero(kernel, determinant):
            raise Message("sing", matrix)
        return Expression(S.Divide, (Expression(S.Adjugate, (matrix,)), determinant))
    if kind_of(kernel, array) is Kind.MACHINE:
        numbers = machine_matrix(kernel, array)
        if numbers is None or is_singular(numbers):
            raise Message("sing", matrix)
        return pack(np.linalg.inv(numbers))

    def compute(rows: Rows, tolerance: float | None) -> Rows:
        if len(reduce_rows(rows, size, tolerance)[0]) < size:
            raise Message("sing", matrix)
        return [row[size:] for row in rows]

    return with_rows(kernel, np.hstack([objects_of(array), np.eye(size, dtype=int).astype(object)]), compute)


def is_singular(matrix: np.ndarray) -> bool:
    """Tells whether a square matrix of finite machine numbers is singular to their precision."""
    try:
        np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return True
    return bool(1 / np.linalg.cond(matrix) < CONDITION)


@builtin("LinearSolve", category="Linear algebra", messages={"nosol": NO_SOLUTION})
def linear_solve(kernel: Kernel, matrix: Term, right: Term = None) -> Term | None:
    """LinearSolve[m, b] gives an x with m . x == b.
    LinearSolve[m] gives a LinearSolveFunction that does so for any b.

    Details: Of many solutions exact numbers give one with zeros, machine numbers the shortest.

    Examples:
        >> LinearSolve[{{2, 0}, {0, 4}}, {2, 4}]
        = {1, 1}
        >> LinearSolve[{{1., 1.}}, {2.}]
        = {1., 1.}
        >> {LinearSolve[{{1, 1}, {2, 2}}, {1, 2}], LinearSolve[{{1, 2}, {3, 4}}, {{1, 0}, {0, 1}}]}
        = {{1, 0}, {{-2, 1}, {3/2, -1/2}}}
        >> LinearSolve[{{1, 2}, {3, 4}}][{5, 11}]
        = {1, 2}
    Possible issues:
        >> LinearSolve[{{1}, {1}}, {1, 2}]
        message: LinearSolve::nosol
        = LinearSolve[{{1}, {1}}, {1, 2}]
    """
    array = matrix_of(matrix)
    if array is None:
        return None
    if right is None:
        return Expression(S.LinearSolveFunction, (to_list(array.shape), matrix))
    other = array_of(right)
    if other is None or other.ndim > 2 or other.shape[0] != array.shape[0] or 0 in other.shape:
        return None
    if kind_of(kernel, array, other) is Kind.MACHINE:
        return machine_solution(machine_matrix(kernel, array), machine_matrix(kernel, other))
    columns = other if other.ndim == 2 else other.reshape(-1, 1)
    if array.shape[0] == array.shape[1] and not all(is_numeric(kernel, x) for x in objects_of(array).ravel()):
        return Expression(S.Dot, (Expression(S.Inverse, (matrix,)), right))

    def compute(rows: Rows, tolerance: float | None) -> Rows:
        return solution(rows, array.shape[1], tolerance)

    found = with_rows(kernel, np.hstack([objects_of(array), objects_of(columns)]), compute)
    return found if other.ndim == 2 or found is None else list_of(*(elements(row)[0] for row in elements(found)))


def solution(rows: Rows, width: int, tolerance: float | None) -> Rows:
    """Gives the solution, with zeros for what is free, of systems whose right sides follow `width` columns of a matrix."""
    pivots, _ = reduce_rows(rows, width, tolerance)
    if any(x and (tolerance is None or abs(x) > tolerance) for row in rows[len(pivots) :] for x in row[width:]):
        raise Message("nosol")
    zero = rows[0][0] - rows[0][0]
    found: list[list[Any]] = [[zero] * (len(rows[0]) - width) for _ in range(width)]
    for row, pivot in zip(rows, pivots, strict=False):
        found[pivot] = row[width:]
    return found


def machine_solution(matrix: np.ndarray | None, right: np.ndarray | None) -> Term | None:
    """Gives the solution of a system of machine numbers, the shortest where there are many; a message where none is."""
    if matrix is None or right is None:
        return None
    if matrix.shape[0] == matrix.shape[1] and not is_singular(matrix):
        return pack(np.linalg.solve(matrix, right))
    found = np.linalg.lstsq(matrix, right, rcond=None)[0]
    if not np.allclose(matrix @ found, right):
        raise Message("nosol")
    return pack(found)


@builtin("LinearSolveFunction", category="Linear algebra")
def linear_solve_function(kernel: Kernel, shape: Term, matrix: Term) -> None:
    """LinearSolveFunction[{m, n}, matrix] stands for the function that LinearSolve[matrix] gives.

    Examples:
        >> f = LinearSolve[{{1., 2.}, {3., 4.}}]; {Head[f], f[{5., 11.}]}
        = {LinearSolveFunction, {1., 2.}}
    """


@operator_form("LinearSolveFunction")
def solve_function(kernel: Kernel, head: Term, args: tuple[Term, ...]) -> Term | None:
    return Expression(S.LinearSolve, (head.args[1], *args)) if len(args) == 1 and len(head.args) == 2 else None


@builtin("RowReduce", category="Linear algebra")
def row_reduce(kernel: Kernel, matrix: Term) -> Term | None:
    """RowReduce[m] gives the reduced echelon form of a matrix.

    Details: Symbols are taken for numbers that are not zero, unless their coefficients cancel.

    Examples:
        >> {RowReduce[{{1, 2, 3}, {4, 5, 6}}], RowReduce[{{1., 2.}, {2., 4.}}]}
        = {{{1, 0, -1}, {0, 1, 2}}, {{1., 2.}, {0., 0.}}}
        >> {RowReduce[{{a, b}, {c, d}}], RowReduce[{{a, 1}, {2 a, 2}}]}
        = {{{1, 0}, {0, 1}}, {{1, a^(-1)}, {0, 0}}}
    """
    array = matrix_of(matrix)
    return None if array is None else with_rows(kernel, array, echelon)


def echelon(rows: Rows, tolerance: float | None) -> Rows:
    """Gives rows in reduced echelon form; what rounding left of the others becomes zero."""
    pivots, _ = reduce_rows(rows, len(rows[0]), tolerance)
    zero = rows[0][0] - rows[0][0]
    return [*rows[: len(pivots)], *([zero] * len(rows[0]) for _ in rows[len(pivots) :])]


@builtin("NullSpace", category="Linear algebra")
def null_space_of(kernel: Kernel, matrix: Term) -> Term | None:
    """NullSpace[m] gives a list of vectors whose combinations are all the x with m . x == 0.

    Details: Of machine numbers they are orthonormal.

    Examples:
        >> {NullSpace[{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}], NullSpace[{{1, 1, 1}}], NullSpace[{{1, 2}, {3, 4}}]}
        = {{{1, -2, 1}}, {{-1, 0, 1}, {-1, 1, 0}}, {}}
        >> Abs[NullSpace[{{1., 1.}, {2., 2.}}]]
        = {{0.707107, 0.707107}}
    """
    array = matrix_of(matrix)
    if array is None:
        return None
    if kind_of(kernel, array) is not Kind.MACHINE:
        return with_rows(kernel, array, null_space)
    numbers = machine_matrix(kernel, array)
    if numbers is None:
        return None
    _, values, rows = np.linalg.svd(numbers)
    rank = int((values > values.max() * max(numbers.shape) * np.finfo(float).eps).sum())
    return pack(rows[rank:].conj())


@builtin("MatrixRank", category="Linear algebra")
def matrix_rank(kernel: Kernel, matrix: Term) -> Term | None:
    """MatrixRank[m] gives the number of rows of a matrix that do not depend on the others.

    Examples:
        >> {MatrixRank[{{1, 2}, {2, 4}}], MatrixRank[{{1., 2.}, {2., 5.}}], MatrixRank[{{a, b}, {2 a, 2 b}}]}
        = {1, 2, 1}
    """
    array = matrix_of(matrix)
    if array is None:
        return None
    if kind_of(kernel, array) is Kind.MACHINE:
        numbers = machine_matrix(kernel, array)
        return None if numbers is None else int(np.linalg.matrix_rank(numbers))
    rank = 0

    def compute(rows: Rows, tolerance: float | None) -> Rows:
        nonlocal rank
        rank = len(reduce_rows(rows, len(rows[0]), tolerance)[0])
        return rows

    return None if with_rows(kernel, array, compute) is None else rank


@builtin("PseudoInverse", category="Linear algebra")
def pseudo_inverse(kernel: Kernel, matrix: Term) -> Term | None:
    """PseudoInverse[m] gives the pseudoinverse of a matrix of numbers, after Moore and Penrose.

    Examples:
        >> {PseudoInverse[{{2., 0.}}], PseudoInverse[{{1, 2}, {2, 4}}], PseudoInverse[{{1, 0}, {0, 1}, {1, 1}}]}
        = {{{0.5}, {0.}}, {{1/25, 2/25}, {2/25, 4/25}}, {{2/3, -1/3, 1/3}, {-1/3, 2/3, 1/3}}}
    Source: A. Ben-Israel, T. N. E. Greville, Generalized Inverses, 2003 (by a factorization of full rank).
    """
    array = matrix_of(matrix)
    if array is None:
        return None
    if kind_of(kernel, array) is Kind.MACHINE:
        numbers = machine_matrix(kernel, array)
        return None if numbers is None else pack(np.linalg.pinv(numbers))
    places: list[int] = []

    def compute(rows: Rows, tolerance: float | None) -> Rows:
        places.extend(reduce_rows(rows, len(rows[0]), tolerance)[0])
        return rows[: len(places)] or [[0] * len(rows[0])]

    right = with_rows(kernel, array, compute)
    if right is None:
        return None
    if not places:
        return Expression(S.ConjugateTranspose, (matrix,))
    left = to_term(array[:, places])
    left_star, right_star = (Expression(S.ConjugateTranspose, (term,)) for term in (left, right))
    inverses = (Expression(S.Inverse, (Expression(S.Dot, pair),)) for pair in ((right, right_star), (left_star, left)))
    return Expression(S.Dot, (right_star, *inverses, left_star))


@builtin("LeastSquares", category="Linear algebra")
def least_squares(kernel: Kernel, matrix: Term, right: Term) -> Term | None:
    """LeastSquares[m, b] gives the shortest x for which Norm[m . x - b] is least.

    Examples:
        >> {LeastSquares[{{1, 1}, {1, 2}, {1, 3}}, {7, 7, 8}], LeastSquares[{{1.}, {1.}}, {1, 2}]}
        = {{19/3, 1/2}, {1.5}}
    """
    array, other = matrix_of(matrix), array_of(right)
    if array is None or other is None or other.ndim > 2 or other.shape[0] != array.shape[0] or 0 in other.shape:
        return None
    if kind_of(kernel, array, other) is not Kind.MACHINE:
        return Expression(S.Dot, (Expression(S.PseudoInverse, (matrix,)), right))
    a, b = machine_matrix(kernel, array), machine_matrix(kernel, other)
    return None if a is None or b is None else pack(np.linalg.lstsq(a, b, rcond=None)[0])
