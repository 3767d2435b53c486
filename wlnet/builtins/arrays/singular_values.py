"""Singular values, and the decomposition by them."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.builtins.arrays.decompositions import adjoint, numerically
from wlnet.builtins.arrays.elimination import is_zero
from wlnet.builtins.arrays.matrices import Kind, chosen_part, kind_of, matrix_of
from wlnet.builtins.numbers.numbers import is_inexact
from wlnet.builtins.numbers.numerical import machine_real, to_term
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, pack, to_list

TAKE = "There are no `1` among `2` singular values."
#: Singular values below this part of the largest are left out of a list.
NEGLIGIBLE = 100 * float(np.finfo(np.float64).eps)


@builtin(
    "SingularValueDecomposition", category="Linear algebra", messages={"take": TAKE},
    options={"Tolerance": S.Automatic},
)  # fmt: skip
def singular_value_decomposition(
    kernel: Kernel, matrix: Term, count: Term = S.All, *, options: dict[str, Term]
) -> Term | None:
    """SingularValueDecomposition[m] gives {u, s, v} with m == u . s . ConjugateTranspose[v], numerically.
    SingularValueDecomposition[m, k] takes the k largest singular values, -k the smallest, UpTo[k] as many as there are.

    Examples:
        >> SingularValueDecomposition[{{2., 0.}, {0., 1.}}][[2]]
        = {{2., 0.}, {0., 1.}}
        >> Map[Dimensions, SingularValueDecomposition[{{1., 2., 3.}, {4., 5., 6.}}, 1]]
        = {{2, 1}, {1, 1}, {3, 1}}
    Options: "Tolerance":
        >> SingularValueDecomposition[{{1., 0.}, {0., 0.01}}, Tolerance -> 0.1][[2]]
        = {{1., 0.}, {0., 0.}}
    Possible issues:
        >> SingularValueDecomposition[{{1., 2.}}, 2]
        message: SingularValueDecomposition::take
        = SingularValueDecomposition[{{1., 2.}}, 2]
    Differs: Exact matrices are taken for machine numbers.
    """
    array = matrix_of(matrix)
    if array is None:
        return None
    least = min(array.shape)
    part = slice(None) if count is S.All else chosen_part(count, least)
    if part is None:
        raise Message("take", count, least)
    given = options["Tolerance"]
    tolerance = 0.0 if given is S.Automatic else machine_real(kernel, given)
    if tolerance is None:
        return None
    height, width = array.shape if count is S.All else (len(range(*part.indices(least))),) * 2

    def middle(values: Any) -> list[list[Any]]:
        values = [x if x >= tolerance * values[0] else 0 * x for x in values][part]
        return [[values[i] if i == j else 0 * values[0] for j in range(width)] for i in range(height)]

    def for_machine(numbers: np.ndarray) -> Term:
        u, values, v = np.linalg.svd(numbers)
        return list_of(pack(u[:, part]), pack(np.array(middle(values))), pack(adjoint(v)[:, part]))

    def for_many(work: Any, m: Any) -> tuple[Any, Any, Any]:
        u, values, v = work.svd(m, full_matrices=True)
        left, right = (np.array(side.tolist())[:, part].tolist() for side in (u, v.H))
        return left, middle(list(values)), right

    return numerically(kernel, array, for_machine, for_many)


@builtin(
    "SingularValueList", category="Linear algebra", messages={"take": TAKE},
    options={"Tolerance": S.Automatic},
)  # fmt: skip
def singular_value_list(kernel: Kernel, matrix: Term, count: Term = S.All, *, options: dict[str, Term]) -> Term | None:
    """SingularValueList[m] gives the singular values of a matrix that are not zero, the largest first.
    SingularValueList[m, k] gives the k largest, -k the smallest, UpTo[k] as many as there are.

    Details: Of exact matrices they are exact where square roots suffice.

    Examples:
        >> {SingularValueList[{{3., 0.}, {0., 4.}}], SingularValueList[{{1, 1}, {1, 1}}], SingularValueList[{{1, 0}, {1, 1}}, 1]}
        = {{4., 3.}, {2}, {Sqrt[3/2 + Sqrt[5]/2]}}
    Options: "Tolerance":
        >> {SingularValueList[{{1., 0.}, {0., 0.01}}, Tolerance -> 0.1], Length[SingularValueList[{{1., 1.}, {1., 1.}}, Tolerance -> 0]]}
        = {{1.}, 2}
    Possible issues:
        >> SingularValueList[{{1., 2.}}, 2]
        message: SingularValueList::take
        = SingularValueList[{{1., 2.}}, 2]
    """
    array = matrix_of(matrix)
    if array is None:
        return None
    given = options["Tolerance"]
    tolerance = NEGLIGIBLE if given is S.Automatic else machine_real(kernel, given)
    if tolerance is None:
        return None
    found = exact_singular_values(kernel, array) if kind_of(kernel, array) is Kind.EXACT else None
    if found is None:
        numbers = numerically(
            kernel,
            array,
            lambda a: pack(np.linalg.svd(a, compute_uv=False)),
            lambda work, m: list(work.svd_c(m, compute_uv=False)),
        )
        if numbers is None:
            return None
        found = elements(numbers)
        found = tuple(x for x in found if (given is not S.Automatic and tolerance == 0) or x > found[0] * tolerance)
    part = slice(None) if count is S.All else chosen_part(count, len(found))
    if part is None:
        raise Message("take", count, len(found))
    return to_list(found[part])


def exact_singular_values(kernel: Kernel, array: np.ndarray) -> tuple[Term, ...] | None:
    """Gives the singular values that are not zero in square roots, or None where these do not suffice."""
    matrix = to_term(array)
    other = Expression(S.ConjugateTranspose, (matrix,))
    pair = (matrix, other) if array.shape[0] <= array.shape[1] else (other, matrix)
    squares = elements(kernel.evaluate(Expression(S.Eigenvalues, (Expression(S.Dot, pair),))))
    if not squares or any(map(is_inexact, squares)):
        return None
    return tuple(kernel.evaluate(Expression(S.Sqrt, (x,))) for x in squares if not is_zero(kernel, x))
