"""Eigenvalues, singular values, and what follows from them, numerically."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.builtins.numbers.numerical import (
    dimensions,
    machine_array,
)
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Term, list_of, pack


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


def decomposed(
    kernel: Kernel, matrix: Term, compute: Callable[[np.ndarray], Term], *, square_only: bool = False
) -> Term | None:
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
