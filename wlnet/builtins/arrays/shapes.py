"""The shape of arrays: dimensions, transposition, reshaping, blocks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from wlnet.builtins.arrays.arrays import SIZE_LIMIT
from wlnet.builtins.lists.choosing import items, rebuild, size
from wlnet.builtins.numbers.numerical import array_of, as_list, dimensions, is_array, sizes, to_term
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import Association, Expression, S, Term, elements, is_head, same, to_list
from wlnet.terms.sparse import SparseArray, as_sparse


@builtin("Dimensions", category="Arrays")
def dimensions_of(kernel: Kernel, array: Term, depth: Term = None) -> Term | None:
    """Dimensions[array] gives the list of the dimensions of an array.
    Dimensions[array, n] gives the first n of them.
    The array may be made of expressions with any one head.

    Examples:
        >> Dimensions[{{1, 2, 3}, {4, 5, 6}}]
        = {2, 3}
        >> Dimensions[f[f[a, b], f[c, d], f[e, f]]]
        = {3, 2}
        >> Dimensions[x]
        = {}
        >> Dimensions[{<|"a" -> 1, "b" -> 2|>, <|"a" -> 3, "b" -> 4|>, <|"a" -> 5, "b" -> 6|>}]
        = {3, 2}
    """
    array = without_keys(array)
    if depth is not None and (type(depth) is not int or depth < 0):
        return None
    limit = SIZE_LIMIT if depth is None else depth
    is_other = type(array) is Expression and array.head is not S.List
    return to_list(extents(array, limit) if is_other else dimensions(array, limit))


def extents(term: Expression, limit: int) -> tuple[int, ...]:
    """Gives the dimensions, `limit` of them at most, of nested expressions with one head."""
    if not limit:
        return ()
    rows = [
        extents(item, limit - 1) if type(item) is Expression and same(item.head, term.head) else ()
        for item in term.args
    ]
    common = itertools.takewhile(lambda sizes: len(set(sizes)) == 1, zip(*rows, strict=False))
    return (len(term.args), *(sizes[0] for sizes in common))


def without_keys(array: Term) -> Term:
    """Gives an array whose levels are associations with the lists of their values instead."""
    if type(array) is Association:
        return to_list([without_keys(value) for value in array.values()])
    if is_head(array, S.List) and any(type(item) is Association for item in array.args):
        return to_list([without_keys(item) for item in array.args])
    return array


@builtin("ArrayDepth", category="Arrays")
def array_depth(kernel: Kernel, array: Term) -> Term:
    """ArrayDepth[array] gives the number of dimensions of an array.

    Examples:
        >> ArrayDepth[{{1, 2}, {3, 4}}]
        = 2
    """
    return len(dimensions(array))


@builtin(
    "Transpose", category="Arrays",
    messages={
        "nmtx": "The first two levels of `1` cannot be transposed.",
        "perm": "`1` is not a permutation of the levels of an array of depth `2`.",
    },
)  # fmt: skip
def transpose(kernel: Kernel, array: Term, permutation: Term = None) -> Term | None:
    """Transpose[array] exchanges the first two levels of an array.
    Transpose[array, {n1, n2, …}] makes level i level ni, and takes the diagonal of those with the same ni.
    Transpose[array, m <-> n] exchanges two levels.

    Details: Either of the first two levels may be associations, those of the second with the same keys.

    Examples:
        >> Transpose[{<|"a" -> 1, "b" -> 2|>, <|"a" -> 3, "b" -> 4|>}]
        = <|"a" -> {1, 3}, "b" -> {2, 4}|>
        >> Transpose[<|"a" -> {1, 3}, "b" -> {2, 4}|>]
        = {<|"a" -> 1, "b" -> 2|>, <|"a" -> 3, "b" -> 4|>}
        >> Transpose[{{1, 2, 3}, {4, 5, 6}}]
        = {{1, 4}, {2, 5}, {3, 6}}
        >> Dimensions[Transpose[ConstantArray[0, {2, 3, 4}], {2, 3, 1}]]
        = {4, 2, 3}
        >> Dimensions[Transpose[ConstantArray[0, {2, 3, 4}], 1 <-> 3]]
        = {4, 3, 2}
        >> Transpose[{{a, b}, {c, d}}, {1, 1}]
        = {a, d}
        >> Transpose[{<|"x" -> 1, "y" -> 2|>, <|"x" -> 3, "y" -> 4|>}]
        = <|"x" -> {1, 3}, "y" -> {2, 4}|>
        >> Transpose[<|"x" -> {1, 3}, "y" -> {2, 4}|>]
        = {<|"x" -> 1, "y" -> 2|>, <|"x" -> 3, "y" -> 4|>}
    Possible issues:
        >> Transpose[{1, 2}]
        message: Transpose::nmtx
        = Transpose[{1, 2}]
        >> Transpose[{{1, 2}}, {1, 3}]
        message: Transpose::perm
        = Transpose[{{1, 2}}, {1, 3}]
    """
    rows = array.args if type(array) is Expression else (array,)
    if permutation is None and Association in map(type, rows):
        return columns(array)
    found = array_of(array)
    if found is None:
        return None
    if permutation is None:
        if found.ndim < 2:
            raise Message("nmtx", array)
        return to_term(np.swapaxes(found, 0, 1))
    places = levels(permutation, found.ndim)
    if places is None and is_array(permutation):
        diagonal = diagonal_of(found, elements(permutation))
        if diagonal is not None:
            return to_term(diagonal)
    if places is None:
        raise Message("perm", permutation, found.ndim)
    return to_term(np.transpose(found, np.argsort(places)))


def columns(table: Term) -> Term:
    """Gives a list or association of rows, lists or associations with the same keys, the other way round."""
    rows = items(table)
    if rows and all(type(row) is Association and row.entries.keys() == rows[0].entries.keys() for row in rows):
        return Association((name, rebuild(table, [row.get(name) for row in rows])) for name in rows[0])
    if not rows or not all(is_array(row) and size(row) == size(rows[0]) for row in rows):
        raise Message("nmtx", table)
    return to_list(rebuild(table, column) for column in zip(*map(items, rows), strict=True))


@constant("TwoWayRule", category="Arrays")
def two_way_rule() -> None:
    """TwoWayRule[x, y], or x <-> y, stands for an exchange of x and y.

    Examples:
        >> Head[a <-> b]
        = TwoWayRule
    """


def diagonal_of(array: np.ndarray, places: Sequence[Term]) -> np.ndarray | None:
    """Gives the elements at which levels that become the same one have equal places; None where a level is left out."""
    if len(places) != array.ndim or any(type(x) is not int for x in places):
        return None
    if set(places) != set(range(1, max(places) + 1)):
        return None
    shape = [min(n for n, x in zip(array.shape, places, strict=True) if x == level) for level in sorted(set(places))]
    grid = np.ogrid[tuple(slice(n) for n in shape)]
    return array[tuple(grid[x - 1] for x in places)]


def levels(permutation: Term, depth: int) -> list[int] | None:
    """Gives the 0-based target of each level, or None where it is no permutation."""
    places = list(range(depth))
    if type(permutation) is Expression and permutation.head is S.TwoWayRule and len(permutation.args) == 2:
        chosen = [x if type(x) is not int or x > 0 else depth + 1 + x for x in permutation.args]
        if any(type(x) is not int or not 1 <= x <= depth for x in chosen):
            return None
        m, n = (x - 1 for x in chosen)
        places[m], places[n] = places[n], places[m]
        return places
    given = elements(permutation) if is_array(permutation) else ()
    if any(type(x) is not int for x in given) or sorted(given) != list(range(1, len(given) + 1)) or len(given) > depth:
        return None
    places[: len(given)] = [x - 1 for x in given]
    return places if given else None


@builtin("ConjugateTranspose", category="Arrays")
def conjugate_transpose(kernel: Kernel, matrix: Term) -> Term | None:
    """ConjugateTranspose[m] gives the conjugate of the transposed matrix.

    Examples:
        >> ConjugateTranspose[{{1, 2}, {3, 4}}]
        = {{1, 3}, {2, 4}}
    """
    if len(dimensions(matrix)) < 2:
        return None
    return Expression(S.Conjugate, (Expression(S.Transpose, (matrix,)),))


@builtin("ArrayReshape", category="Arrays")
def array_reshape(kernel: Kernel, array: Term, shape: Term, padding: Term = 0) -> Term | None:
    """ArrayReshape[list, dims] arranges the elements of nested lists into an array of these dimensions.
    ArrayReshape[list, dims, p] uses p where elements are missing; surplus elements are left out.

    Examples:
        >> ArrayReshape[{1, 2, 3, 4}, {2, 2}]
        = {{1, 2}, {3, 4}}
        >> ArrayReshape[{1, 2, 3}, {2, 2}, x]
        = {{1, 2}, {3, x}}
    """
    wanted = sizes(shape)
    if not wanted or not is_array(array) or not is_array(shape):
        return None
    found = array_of(array)
    if found is None or dimensions(array) != found.shape:
        return None
    flat = flat_leaves(array) if found.dtype == object else found.ravel()
    need = math.prod(wanted)
    if len(flat) < need:
        flat = filled(flat, need, padding)
    return to_term(flat[:need].reshape(wanted))


def flat_leaves(array: Term) -> np.ndarray:
    """Gives all elements of nested lists, ragged ones too, as an array of terms."""
    found: list[Term] = []

    def collect(term: Term) -> None:
        for item in elements(as_list(term)):
            if is_array(item):
                collect(item)
            else:
                found.append(item)

    collect(array)
    return objects(found)


def objects(items: list[Term]) -> np.ndarray:
    """Gives a rank-1 array of terms."""
    made = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        made[place] = item
    return made


def filled(flat: np.ndarray, count: int, padding: Term) -> np.ndarray:
    """Gives a rank-1 array lengthened to `count` with a padding."""
    if flat.dtype == object or type(padding) is not type(flat[:1].tolist()[0] if len(flat) else None):
        return objects(flat.tolist() + [padding] * (count - len(flat)))
    return np.concatenate([flat, np.full(count - len(flat), padding, dtype=flat.dtype)])


@builtin("ArrayFlatten", category="Arrays")
def array_flatten(kernel: Kernel, blocks: Term, rank: Term = 2) -> Term | None:
    """ArrayFlatten[{{m11, m12, …}, …}] gives the matrix made of these blocks.

    Examples:
        >> ArrayFlatten[{{{{1, 2}}, {{3}}}}]
        = {{1, 2, 3}}
        >> ArrayFlatten[{{{{1, 2}, {3, 4}}, 0}}]
        = {{1, 2, 0}, {3, 4, 0}}
        >> ArrayFlatten[{{IdentityMatrix[2, SparseArray], 0}, {0, {{5}}}}]["NonzeroPositions"]
        = {{1, 1}, {2, 2}, {3, 3}}
    """
    if type(rank) is not int or rank != 2 or not is_array(blocks):
        return None
    rows = [elements(row) if is_array(row) else () for row in elements(blocks)]
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        return None
    heights = [max((dimensions(b)[0] for b in row if len(dimensions(b)) > 1), default=1) for row in rows]
    columns = zip(*rows, strict=True)
    widths = [max((dimensions(b)[1] for b in column if len(dimensions(b)) > 1), default=1) for column in columns]
    made: list[np.ndarray] = []
    for height, row in zip(heights, rows, strict=True):
        strip = [block_of(block, height, width) for width, block in zip(widths, row, strict=True)]
        if any(block is None for block in strip):
            return None
        made.append(np.concatenate(strip, axis=1))  # type: ignore[arg-type]
    whole = np.concatenate(made, axis=0)
    return as_sparse(whole) if any(type(block) is SparseArray for row in rows for block in row) else to_term(whole)


def block_of(block: Term, height: int, width: int) -> np.ndarray | None:
    """Gives a block as an array of terms; a scalar fills its place."""
    if not is_array(block):
        made = np.empty((height, width), dtype=object)
        for index in np.ndindex(made.shape):
            made[index] = block
        return made
    found = array_of(block, 2)
    return None if found is None or found.shape != (height, width) else found.astype(object)
