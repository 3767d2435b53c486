"""Products of simpler matrices that a matrix is equal to: Q R, L U, Cholesky, Schur, Hessenberg."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.arrays.elimination import Rows, entry_term, rows_of, rows_term
from wlnet.builtins.arrays.matrices import (
    SQUARE,
    Kind,
    in_many_digits,
    kind_of,
    machine_matrix,
    matrix_of,
    square_of,
)
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import TRUE, Expression, S, Term, elements, list_of, pack, to_list


def numerically(
    kernel: Kernel, array: np.ndarray | None,
    for_machine: Callable[[np.ndarray], Term], for_many: Callable[[Any, Any], Any],
) -> Term | None:  # fmt: skip
    """Gives what one function makes of machine numbers, exact ones too, or another of mpmath's context and matrix."""
    if array is None:
        return None
    if kind_of(kernel, array) is Kind.BIG:
        return in_many_digits(kernel, for_many, array)
    numbers = machine_matrix(kernel, array)
    if numbers is None:
        return None
    try:
        return for_machine(numbers)
    except np.linalg.LinAlgError:
        return None


def adjoint(matrix: np.ndarray) -> np.ndarray:
    return matrix.conj().T


@builtin("QRDecomposition", category="Linear algebra")
def qr_decomposition(kernel: Kernel, matrix: Term) -> Term | None:
    """QRDecomposition[m] gives {q, r} with m == ConjugateTranspose[q] . r: q has orthonormal rows, r is triangular.

    Examples:
        >> QRDecomposition[{{3, 1}, {4, 2}}]
        = {{{3/5, 4/5}, {-4/5, 3/5}}, {{5, 11/5}, {0, 2/5}}}
        >> Abs[Last[QRDecomposition[{{3., 1.}, {4., 2.}}]]]
        = {{5., 2.2}, {0., 0.4}}
    """
    array = matrix_of(matrix)
    if array is None:
        return None
    if kind_of(kernel, array) is Kind.EXACT:
        basis = kernel.evaluate(Expression(S.Orthogonalize, (Expression(S.ConjugateTranspose, (matrix,)),)))
        q = to_list(row for row in elements(basis) if any(x != 0 for x in elements(row)))
        return list_of(q, Expression(S.Dot, (q, matrix))) if elements(q) else None

    def for_machine(numbers: np.ndarray) -> Term:
        q, r = np.linalg.qr(numbers)
        return list_of(pack(adjoint(q)), pack(r))

    def for_many(work: Any, m: Any) -> tuple[Any, Any]:
        q, _ = work.qr(m[:, : min(m.rows, m.cols)], mode="skinny")
        return q.H, q.H * m

    return numerically(kernel, array, for_machine, for_many)


@builtin("LUDecomposition", category="Linear algebra", messages={"matsq": SQUARE, "sing": "Matrix `1` is singular."})
def lu_decomposition(kernel: Kernel, matrix: Term) -> Term | None:
    """LUDecomposition[m] gives {lu, p, c}: the rows p of a square matrix are the product of two triangular ones.

    Details: lu holds the upper one, and below its diagonal the lower one, whose diagonal is of ones. c is the condition number
    of the greatest sums of rows, and 0 of an exact matrix.

    Examples:
        >> LUDecomposition[{{0, 2}, {3, 4}}]
        = {{{3, 4}, {0, 2}}, {2, 1}, 0}
        >> LUDecomposition[{{1., 2.}, {4., 4.}}]
        = {{{4., 4.}, {0.25, 1.}}, {2, 1}, 12.}
    Possible issues:
        >> LUDecomposition[{{1, 2}}]
        message: LUDecomposition::matsq
        = LUDecomposition[{{1, 2}}]
        >> LUDecomposition[{{1, 1}, {1, 1}}]
        message: LUDecomposition::sing
        = LUDecomposition[{{1, 1}, {1, 1}}]
    """
    array = square_of(matrix)
    if array is None:
        return None
    kind = kind_of(kernel, array)
    if kind is Kind.EXACT:
        rows = rows_of(kernel, array)
        order = lower_upper(rows, False)
        if order is None:
            raise Message("sing", matrix)
        return list_of(rows_term(rows), to_list(order), 0)

    def compute(rows: Rows) -> list[int]:
        order = lower_upper(rows, True)
        if order is None:
            raise Message("sing", matrix)
        return order

    def for_machine(numbers: np.ndarray) -> Term:
        rows = numbers.tolist()
        order = compute(rows)
        return list_of(pack(np.array(rows)), to_list(order), np.linalg.cond(numbers, np.inf).item())

    def for_many(work: Any, m: Any) -> tuple[Any, Any, Any]:
        rows = m.tolist()
        return rows, compute(rows), work.cond(m, lambda x: work.mnorm(x, work.inf))

    return numerically(kernel, array, for_machine, for_many)


def lower_upper(rows: Rows, largest: bool) -> list[int] | None:
    """Replaces square rows by their triangular factors, and gives the order of the rows, from 1; None for singular ones.

    largest: exchange rows so that pivots are large, for inexact numbers; else only where a pivot is zero.
    """
    size = len(rows)
    order = list(range(1, size + 1))
    for column in range(size):
        below = range(column, size)
        at = (
            max(below, key=lambda i: abs(rows[i][column]))
            if largest
            else next((i for i in below if rows[i][column]), column)
        )
        if not rows[at][column]:
            return None
        rows[at], rows[column] = rows[column], rows[at]
        order[at], order[column] = order[column], order[at]
        for i in range(column + 1, size):
            factor = rows[i][column] / rows[column][column]
            rest = (x - factor * y for x, y in zip(rows[i][column + 1 :], rows[column][column + 1 :], strict=True))
            rows[i] = [*rows[i][:column], factor, *rest]
    return order


@builtin(
    "CholeskyDecomposition", category="Linear algebra",
    messages={
        "matsq": SQUARE,
        "herm": "The matrix `1` is not Hermitian or real and symmetric.",
        "posdef": "The matrix `1` is not positive definite.",
    },
)  # fmt: skip
def cholesky_decomposition(kernel: Kernel, matrix: Term) -> Term | None:
    """CholeskyDecomposition[m] gives the upper triangular u with m == ConjugateTranspose[u] . u.

    Examples:
        >> {CholeskyDecomposition[{{4, 2}, {2, 5}}], CholeskyDecomposition[{{4., 2.}, {2., 5.}}]}
        = {{{2, 1}, {0, 2}}, {{2., 1.}, {0., 2.}}}
        >> CholeskyDecomposition[{{2, I}, {-I, 2}}]
        = {{Sqrt[2], I/Sqrt[2]}, {0, Sqrt[3]/Sqrt[2]}}
    Possible issues:
        >> CholeskyDecomposition[{{1, 2}}]
        message: CholeskyDecomposition::matsq
        = CholeskyDecomposition[{{1, 2}}]
        >> CholeskyDecomposition[{{1, 2}, {3, 4}}]
        message: CholeskyDecomposition::herm
        = CholeskyDecomposition[{{1, 2}, {3, 4}}]
        >> CholeskyDecomposition[{{1, 2}, {2, 1}}]
        message: CholeskyDecomposition::posdef
        = CholeskyDecomposition[{{1, 2}, {2, 1}}]
    """
    array = square_of(matrix)
    if array is None:
        return None
    if kernel.evaluate(Expression(S.HermitianMatrixQ, (matrix,))) is not TRUE:
        raise Message("herm", matrix)
    if kind_of(kernel, array) is Kind.EXACT:
        rows = rows_of(kernel, array)
        order = lower_upper(rows, False)
        leads = [] if order is None else [kernel.evaluate(entry_term(row[i])) for i, row in enumerate(rows)]
        if order != sorted(order or [0]) or any((machine_real(kernel, x) or 1.0) < 0 for x in leads):
            raise Message("posdef", matrix)
        zero = rows[0][0] - rows[0][0]
        upper = elements(rows_term([[zero] * i + row[i:] for i, row in enumerate(rows)]))
        return to_list(
            kernel.evaluate(Expression(S.Divide, (row, Expression(S.Sqrt, (lead,)))))
            for row, lead in zip(upper, leads, strict=True)
        )
    found = numerically(
        kernel, array, lambda a: pack(adjoint(np.linalg.cholesky(a))), lambda work, m: work.cholesky(m).H
    )
    if found is None:
        raise Message("posdef", matrix)
    return found


@builtin(
    "SchurDecomposition", category="Linear algebra", messages={"matsq": SQUARE},
    options={"RealBlockDiagonalForm": TRUE},
)  # fmt: skip
def schur_decomposition(kernel: Kernel, matrix: Term, *, options: dict[str, Term]) -> Term | None:
    """SchurDecomposition[m] gives {q, t} with m == q . t . ConjugateTranspose[q], numerically: q is unitary, t triangular.

    Details: A pair of complex eigenvalues of a real matrix stands in a 2 × 2 block on the diagonal of a real t.

    Examples:
        >> Diagonal[Last[SchurDecomposition[{{2., 1.}, {0., 3.}}]]]
        = {2., 3.}
    Options: "RealBlockDiagonalForm":
        >> Chop[Last[SchurDecomposition[{{0., 1.}, {-1., 0.}}, RealBlockDiagonalForm -> False]][[2, 1]]]
        = 0
    Possible issues:
        >> SchurDecomposition[{{1, 2}}]
        message: SchurDecomposition::matsq
        = SchurDecomposition[{{1, 2}}]
    """
    output = "real" if options["RealBlockDiagonalForm"] is TRUE else "complex"

    def for_machine(numbers: np.ndarray) -> Term:
        import scipy.linalg

        t, q = scipy.linalg.schur(numbers, output=output)
        return list_of(pack(q), pack(t))

    return numerically(kernel, square_of(matrix), for_machine, lambda work, m: work.schur(m))


@builtin("HessenbergDecomposition", category="Linear algebra", messages={"matsq": SQUARE})
def hessenberg_decomposition(kernel: Kernel, matrix: Term) -> Term | None:
    """HessenbergDecomposition[m] gives {p, h} with m == p . h . ConjugateTranspose[p], numerically.

    Details: p is unitary, and h has zeros below the first subdiagonal.

    Examples:
        >> Chop[Last[HessenbergDecomposition[{{1., 2., 3.}, {4., 5., 6.}, {7., 8., 9.}}]][[3, 1]]]
        = 0
    Possible issues:
        >> HessenbergDecomposition[{{1, 2}}]
        message: HessenbergDecomposition::matsq
        = HessenbergDecomposition[{{1, 2}}]
    """

    def for_machine(numbers: np.ndarray) -> Term:
        import scipy.linalg

        h, p = scipy.linalg.hessenberg(numbers, calc_q=True)
        return list_of(pack(p), pack(h))

    return numerically(kernel, square_of(matrix), for_machine, lambda work, m: work.hessenberg(m))
