"""Products of sparse arrays, and linear systems of them."""

from __future__ import annotations

import importlib
import math
from collections import defaultdict
from typing import Any

import numpy as np

from wlnet.builtins.arrays.products import SHAPE
from wlnet.builtins.numbers.numerical import INT64_MAX, array_of, bound, is_array, machine_array
from wlnet.builtins.sparse.elementwise import as_array
from wlnet.builtins.sparse.making import MOST, keys_of
from wlnet.builtins.sparse.ways import way
from wlnet.kernel import Kernel, Message
from wlnet.terms import Expression, S, Term, elements, list_of, pack, to_list
from wlnet.terms.sparse import EXTENDED, SparseArray


def scipy_matrix(array: SparseArray, values: np.ndarray, columns: int | None = None) -> Any:
    """Gives a matrix in SciPy's form, by rows; a vector as one of one row, or of so many columns."""
    rows, width = (array.shape[0], array.row_size) if array.rank > 1 else (1, array.shape[0])
    if columns is not None:
        rows, width = rows * width // columns, columns
    starts = np.searchsorted(array.keys, np.arange(rows + 1) * width)
    return importlib.import_module("scipy.sparse").csr_array((values, array.keys % width, starts), shape=(rows, width))


def from_scipy(matrix: Any, shape: tuple[int, ...]) -> SparseArray:
    """Gives the sparse array of a matrix in SciPy's form, with these dimensions."""
    found = matrix.tocoo()
    background = EXTENDED.get(found.data.dtype.kind, int)(0)
    return SparseArray(shape, found.row.astype(np.int64) * matrix.shape[1] + found.col, found.data, background)


@way("Dot", first=False)
def dot(kernel: Kernel, *arrays: Term) -> Term | None:
    """Gives products from the left, of sparse vectors and matrices sparse ones, with a list a list; None for other arrays."""
    if not all(map(is_array, arrays)):
        return None
    value = arrays[0]
    for other in arrays[1:]:
        value = dot_two(kernel, value, other)
        if value is None:
            return None
    return value


def dot_two(kernel: Kernel, a: Term, b: Term) -> Term | None:
    if type(a) is not SparseArray and type(b) is not SparseArray:
        return kernel.evaluate(Expression(S.Dot, (a, b)))
    is_sparse = type(a) is type(b) is SparseArray
    first, second = as_array(a), as_array(b)
    if type(first) is not SparseArray or type(second) is not SparseArray:
        return None
    if first.rank > 2 or second.rank > 2 or not first.is_zero_elsewhere or not second.is_zero_elsewhere:
        return None
    if first.shape[-1] != second.shape[0]:
        raise Message("dotsh", list_of(*first.shape), list_of(*second.shape), text=SHAPE)
    shape = (*first.shape[:-1], *second.shape[1:])
    found = dot_numbers(a, b, shape) if is_sparse else None
    if not is_sparse:
        found = dot_list(a, b)
    if found is None:
        found = dot_terms(kernel, first, second, shape)
    if type(found) is not SparseArray:
        return found
    return found.row(0) if not shape else found if is_sparse else found.dense()


def dot_numbers(a: SparseArray, b: SparseArray, shape: tuple[int, ...]) -> SparseArray | None:
    """Gives the product of machine numbers; None for others, and where integers would overflow."""
    left, right = a.numbers(), b.numbers()
    if left is None or right is None or overflows(left, right, a.shape[-1]):
        return None
    product = scipy_matrix(a, left) @ scipy_matrix(b, right, 1 if b.rank == 1 else None)
    return from_scipy(product, shape or (1,))


def overflows(a: np.ndarray, b: np.ndarray, count: int) -> bool:
    """Tells whether sums of so many products of integers may have more than 64 bits."""
    return a.dtype.kind == b.dtype.kind == "i" and bool(a.size and b.size) and bound(a) * bound(b) * count > INT64_MAX


def dot_list(a: Term, b: Term) -> Term | None:
    """Gives the product of a sparse and a packed list, as a list; None where there is another number, or overflow."""
    sparse = a if type(a) is SparseArray else b
    values, array = sparse.numbers(), array_of(b if type(a) is SparseArray else a)
    if (
        values is None
        or array is None
        or array.dtype == object
        or overflows(values, array, sparse.shape[0 if sparse is b else -1])
    ):
        return None
    if sparse is a:
        product = scipy_matrix(a, values) @ array
        return pack(product if a.rank > 1 else product[0])
    product = scipy_matrix(b, values, 1 if b.rank == 1 else None).T @ array.T
    return pack(product.T if b.rank > 1 else product[0])


def dot_terms(kernel: Kernel, a: SparseArray, b: SparseArray, shape: tuple[int, ...]) -> SparseArray:
    """Gives the product of arrays of any terms."""
    rows: dict[int, list[tuple[int, Term]]] = defaultdict(list)
    width = b.row_size
    for key, value in zip(b.keys.tolist(), b.values.tolist(), strict=True):
        rows[key // width].append((key % width, value))
    sums: dict[int, list[Term]] = defaultdict(list)
    inner = a.shape[-1]
    for key, value in zip(a.keys.tolist(), a.values.tolist(), strict=True):
        for column, other in rows[key % inner]:
            sums[key // inner * width + column].append(Expression(S.Times, (value, other)))
    values = kernel.evaluate(to_list(Expression(S.Plus, tuple(terms)) for terms in sums.values()))
    return SparseArray(shape or (1,), list(sums), elements(values))


@way("LinearSolve")
def linear_solve(kernel: Kernel, matrix: Term, *right: Term) -> Term | None:
    """Gives the solution of a square system of machine numbers; None for other systems, which the lists are for."""
    if len(right) != 1 or matrix.rank != 2 or matrix.shape[0] != matrix.shape[1]:
        return None
    values, given = matrix.numbers(), machine_array(kernel, right[0])
    if values is None or given is None or values.dtype.kind == "i" or given.shape[0] != matrix.shape[0]:
        return None
    linalg = importlib.import_module("scipy.sparse.linalg")
    try:
        solved = linalg.splu(scipy_matrix(matrix, values).tocsc()).solve(given.astype(np.result_type(given, values)))
    except RuntimeError:
        # Exactly singular: what the function of lists says of it.
        return None
    return pack(solved) if np.isfinite(solved).all() else None


@way("KroneckerProduct", first=False)
def kronecker(kernel: Kernel, *args: Term) -> Term | None:
    """Gives the Kronecker product of two matrices that are 0 elsewhere, which is sparse; None for other arrays."""
    arrays = [array for array in map(as_array, args) if type(array) is SparseArray and array.rank == 2]
    if len(args) != 2 or len(arrays) != 2 or not all(array.is_zero_elsewhere for array in arrays):
        return None
    a, b = arrays
    shape = (a.shape[0] * b.shape[0], a.shape[1] * b.shape[1])
    if math.prod(shape) >= MOST:
        return None
    places = (a.places()[:, None] * b.shape + b.places()).reshape(-1, 2)
    return SparseArray(shape, keys_of(places, shape), all_products(kernel, a, b))


def all_products(kernel: Kernel, a: SparseArray, b: SparseArray) -> list[Term]:
    """Gives the products of each value of one array with each of the other."""
    rows = kernel.evaluate(Expression(S.Outer, (S.Times, a.terms(), b.terms())))
    return [item for row in elements(rows) for item in elements(row)]


@way("Norm")
def norm(kernel: Kernel, array: Term, *kind: Term) -> Term | None:
    """Gives the norm of a vector as that of its values, where 0 is elsewhere, and "Frobenius" of a matrix as one."""
    if not array.is_zero_elsewhere or not len(array.keys) or (array.rank > 1 and kind != ("Frobenius",)):
        return None
    return Expression(S.Norm, (array.terms(), *(kind if array.rank == 1 else ())))


@way("Outer", first=False)
def outer(kernel: Kernel, function: Term, *arrays: Term) -> Term | None:
    """Gives the outer product of two sparse arrays that are 0 elsewhere; None for other functions, arrays and levels."""
    if function is not S.Times or len(arrays) != 2:
        return None
    a, b = arrays
    if type(a) is not SparseArray or type(b) is not SparseArray or not (a.is_zero_elsewhere and b.is_zero_elsewhere):
        return None
    shape = (*a.shape, *b.shape)
    keys = (a.keys[:, None] * (b.shape[0] * b.row_size) + b.keys).ravel()
    if math.prod(shape) >= MOST:
        return None
    return SparseArray(shape, keys, all_products(kernel, a, b))
