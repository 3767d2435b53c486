"""Sparse arrays arranged anew, and summed: transposed, joined, flattened, their diagonals and totals."""

from __future__ import annotations

import math

import numpy as np

from wlnet.builtins.arrays.shapes import levels
from wlnet.builtins.numbers.numerical import INT64_MAX, bound, sizes
from wlnet.builtins.sparse.elementwise import as_array
from wlnet.builtins.sparse.making import keys_of
from wlnet.builtins.sparse.ways import way
from wlnet.kernel import Kernel
from wlnet.terms import Expression, S, Term, elements, is_head, pack, same, to_list
from wlnet.terms.sparse import SparseArray


@way("Transpose")
def transpose(kernel: Kernel, array: SparseArray, permutation: Term = None) -> Term | None:
    """Gives the array with its levels in another order; None where that is no permutation of them."""
    if array.rank < 2:
        return None
    found = [1, 0, *range(2, array.rank)] if permutation is None else levels(permutation, array.rank)
    if found is None:
        return None
    order = np.argsort(found)
    shape = tuple(array.shape[level] for level in order)
    return SparseArray(shape, keys_of(array.places()[:, order], shape), array.values, array.background)


@way("ConjugateTranspose")
def conjugate_transpose(kernel: Kernel, array: SparseArray) -> Term | None:
    return Expression(S.Conjugate, (Expression(S.Transpose, (array,)),)) if array.rank > 1 else None


@way("Flatten")
def flatten(kernel: Kernel, array: Term, depth: Term = None, *others: Term) -> Term | None:
    """Gives the array with its first levels as one; None for other functions of Flatten."""
    if others:
        return None
    count = array.rank - 1 if depth is None or is_head(depth, S.DirectedInfinity) else depth
    if type(count) is not int or count < 0:
        return None
    count = min(count, array.rank - 1) + 1
    shape = (math.prod(array.shape[:count]), *array.shape[count:])
    return SparseArray(shape, array.keys, array.values, array.background)


@way("ArrayReshape")
def reshape(kernel: Kernel, array: Term, shape: Term, *padding: Term) -> Term | None:
    """Gives an array with as many elements in other dimensions; None where there are more or fewer."""
    wanted = sizes(shape)
    if not wanted or math.prod(wanted) != math.prod(array.shape):
        return None
    return SparseArray(wanted, array.keys, array.values, array.background)


@way("Join", first=False)
def join(kernel: Kernel, *args: Term) -> Term | None:
    """Gives arrays one after the other at a level, lists among them too; None where they do not fit."""
    level = args[-1] if type(args[-1]) is int else 1
    arrays = list(map(as_array, args[:-1] if type(args[-1]) is int else args))
    if not all(type(array) is SparseArray and level <= array.rank for array in arrays) or level < 1:
        return None
    first, axis = next(arg for arg in args if type(arg) is SparseArray), level - 1
    alike = {(*array.shape[:axis], 0, *array.shape[axis + 1 :]) for array in arrays}
    if len(alike) > 1 or not all(same(zero(array.background), zero(first.background)) for array in arrays):
        return None
    lengths = [array.shape[axis] for array in arrays]
    shape = (*first.shape[:axis], sum(lengths), *first.shape[axis + 1 :])
    starts = np.cumsum([0, *lengths[:-1]])
    shifts = [np.eye(len(shape), dtype=np.int64)[axis] * start for start in starts]
    places = np.concatenate([array.places() + shift for array, shift in zip(arrays, shifts, strict=True)])
    values = [value for array in arrays for value in array.values.tolist()]
    return SparseArray(shape, keys_of(places, shape), values, first.background)


def zero(background: Term) -> Term:
    """Gives a background, zeros of all kinds as the integer."""
    return 0 if type(background) in (float, complex) and background == 0 else background


@way("Diagonal")
def diagonal(kernel: Kernel, array: Term, offset: Term = 0) -> Term | None:
    """Gives a diagonal of a matrix, which is sparse."""
    if array.rank != 2 or type(offset) is not int:
        return None
    rows, columns = array.shape
    length = min(rows + min(offset, 0), columns - max(offset, 0))
    if length < 1:
        return None
    places = array.places()
    on = places[:, 1] - places[:, 0] == offset
    return SparseArray((length,), places[on].min(axis=1), array.values[on], array.background)


@way("DiagonalMatrix")
def diagonal_matrix(kernel: Kernel, array: Term, offset: Term = 0, *size: Term) -> Term | None:
    """Gives the sparse matrix with a sparse vector on its diagonal."""
    if array.rank != 1 or type(offset) is not int or size:
        return None
    if not array.is_zero_elsewhere:
        return None
    side = array.shape[0] + abs(offset)
    places = array.keys[:, None] + [max(-offset, 0), max(offset, 0)]
    return SparseArray((side, side), keys_of(places, (side, side)), array.values)


def triangle(name: str, sign: int) -> None:
    """Has a triangle of a sparse matrix taken: what lies on one side of a diagonal."""

    def part_of(kernel: Kernel, array: Term, offset: Term = 0) -> Term | None:
        if array.rank != 2 or type(offset) is not int or not array.is_zero_elsewhere:
            return None
        places = array.places()
        kept = sign * (places[:, 1] - places[:, 0] - offset) >= 0
        return SparseArray(array.shape, array.keys[kept], array.values[kept], array.background)

    way(name)(part_of)


triangle("UpperTriangularize", 1)
triangle("LowerTriangularize", -1)


@way("Total")
def total(kernel: Kernel, array: Term, level: Term = 1) -> Term | None:
    """Gives the list of sums over levels, of machine numbers with 0 elsewhere; None for other arrays and levels."""
    summed = levels_summed(level, array.rank)
    values = array.numbers()
    if summed is None or values is None or not len(values):
        return None
    if values.dtype.kind == "i" and bound(values) * len(values) > INT64_MAX:
        return None
    kept = [axis for axis in range(array.rank) if axis not in summed]
    shape = tuple(array.shape[axis] for axis in kept)
    sums = np.zeros(math.prod(shape), values.dtype)
    np.add.at(sums, keys_of(array.places()[:, kept], shape) if kept else np.zeros(len(values), np.int64), values)
    return pack(sums.reshape(shape))


def levels_summed(level: Term, rank: int) -> range | None:
    """Gives the levels, from 0, that a level specification names."""
    if is_head(level, S.DirectedInfinity, 1):
        return range(rank)
    given = list(elements(to_list([level]) if type(level) is int else level))
    if type(level) is int:
        given = [1, level]
    if not 1 <= len(given) <= 2 or any(type(n) is not int or n == 0 for n in given):
        return None
    first, last = (n - 1 if n > 0 else rank + n for n in (given[0], given[-1]))
    return range(first, last + 1) if 0 <= first <= last < rank else None


@way("Tr")
def trace(kernel: Kernel, array: Term, *others: Term) -> Term | None:
    """Gives the sum of what is on the diagonal of a matrix."""
    return None if others or array.rank != 2 else Expression(S.Total, (Expression(S.Diagonal, (array,)),))
