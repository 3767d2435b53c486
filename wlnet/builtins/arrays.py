"""Making arrays, and their shape: dimensions, transposition, reshaping, padding."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.arithmetic import exact, is_explicit
from wlnet.builtins.numerical import (
    INT64_MAX,
    array_of,
    as_list,
    dimensions,
    is_array,
    machine_real,
    sizes,
    to_term,
)
from wlnet.builtins.signs import is_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, pack, to_list
from wlnet.terms import attributes as flags

#: A list of more elements than this is not made.
SIZE_LIMIT = 1 << 31


@builtin(
    "Range", category="Arrays", attributes=flags.LISTABLE,
    messages={"range": "Range specification in `1` does not have appropriate bounds."},
)  # fmt: skip
def range_list(kernel: Kernel, first: Term, last: Term = None, step: Term = 1) -> Term | None:
    """Range[n] gives the list {1, 2, …, n}.
    Range[m, n] gives {m, …, n}; Range[m, n, d] goes in steps of d.

    Examples:
        >> Range[4]
        = {1, 2, 3, 4}
        >> Range[0., 1, 0.25]
        = {0., 0.25, 0.5, 0.75, 1.}
        >> Range[5, 1, -2]
        = {5, 3, 1}
    Possible issues:
        >> Range[x]
        message: Range::range
        = Range[x]
    """
    low, high = (1, first) if last is None else (first, last)
    if all(type(x) is int for x in (low, high, step)) and step and max(abs(low), abs(high)) < INT64_MAX // 2:
        if abs(high - low) // abs(step) > SIZE_LIMIT:
            return None
        return pack(np.arange(low, high + (1 if step > 0 else -1), step, dtype=np.int64))
    values = [machine_real(kernel, x) for x in (low, high, step)]
    if None in values or not values[2] or not all(map(math.isfinite, values)):
        raise Message("range", Expression(S.Range, (low, high, step) if last is not None else (high,)))
    start, stop, gap = values
    count = math.floor((stop - start) / gap + 1e-10) + 1
    if count > SIZE_LIMIT:
        return None
    if any(type(x) is float for x in (low, step)) and all(map(is_real, (low, high, step))):
        return pack(start + gap * np.arange(max(count, 0)))
    if all(type(x) in (int, Fraction) for x in (low, step)):
        return to_list(exact(Fraction(low) + Fraction(step) * i) for i in range(count))
    return Expression(
        S.List, tuple(Expression(S.Plus, (low, Expression(S.Times, (i, step)))) for i in range(count))
    )


@builtin("ConstantArray", category="Arrays")
def constant_array(kernel: Kernel, value: Term, size: Term) -> Term | None:
    """ConstantArray[c, n] gives a list of n copies of c.
    ConstantArray[c, {n1, n2, …}] gives an array of these dimensions.

    Examples:
        >> ConstantArray[0., {2, 3}]
        = {{0., 0., 0.}, {0., 0., 0.}}
        >> ConstantArray[x, 2]
        = {x, x}
    """
    shape = sizes(size)
    if shape is None:
        return None
    if type(value) in (float, complex) or (type(value) is int and abs(value) <= INT64_MAX):
        return pack(np.full(shape, value))
    if type(value) is np.ndarray:
        return pack(np.broadcast_to(value, shape + value.shape).copy())
    made = value
    for count in reversed(shape):
        made = to_list([made] * count)
    return made


@builtin("IdentityMatrix", category="Arrays")
def identity_matrix(kernel: Kernel, size: Term) -> Term | None:
    """IdentityMatrix[n] gives the n × n identity matrix; IdentityMatrix[{m, n}] an m × n one.

    Examples:
        >> IdentityMatrix[2]
        = {{1, 0}, {0, 1}}
    """
    shape = sizes(size)
    if not shape or len(shape) > 2:
        return None
    return pack(np.eye(shape[0], shape[-1], dtype=np.int64))


@builtin("DiagonalMatrix", category="Arrays")
def diagonal_matrix(kernel: Kernel, diagonal: Term, offset: Term = 0) -> Term | None:
    """DiagonalMatrix[list] gives the matrix with these elements on its diagonal.
    DiagonalMatrix[list, k] puts them on the k-th diagonal.

    Examples:
        >> DiagonalMatrix[{1, 2}]
        = {{1, 0}, {0, 2}}
        >> DiagonalMatrix[{1}, 1]
        = {{0, 1}, {0, 0}}
    """
    array = array_of(diagonal, 1)
    if array is None or type(offset) is not int or len(array) + abs(offset) > 1 << 15:
        return None
    if array.dtype == object:
        size = len(array) + abs(offset)
        made = np.zeros((size, size), dtype=object)
        for place, item in enumerate(array):
            made[place + max(-offset, 0), place + max(offset, 0)] = item
        return to_term(made)
    return pack(np.diag(array, offset))


@builtin("UnitVector", category="Arrays", messages={"nokun": "There is no unit vector in direction `1` of `2`."})
def unit_vector(kernel: Kernel, size: Term, place: Term = None) -> Term | None:
    """UnitVector[n, k] gives the n-dimensional unit vector in direction k.
    UnitVector[k] gives the two-dimensional one.

    Examples:
        >> UnitVector[3, 2]
        = {0, 1, 0}
    Possible issues:
        >> UnitVector[2, 3]
        message: UnitVector::nokun
        = UnitVector[2, 3]
    """
    count, at = (2, size) if place is None else (size, place)
    if type(count) is not int or type(at) is not int or count < 1 or count > SIZE_LIMIT:
        return None
    if not 1 <= at <= count:
        raise Message("nokun", at, count)
    made = np.zeros(count, dtype=np.int64)
    made[at - 1] = 1
    return pack(made)


@builtin("Dimensions", category="Arrays")
def dimensions_of(kernel: Kernel, array: Term, depth: Term = None) -> Term | None:
    """Dimensions[array] gives the list of the dimensions of an array.
    Dimensions[array, n] gives the first n of them.

    Examples:
        >> Dimensions[{{1, 2, 3}, {4, 5, 6}}]
        = {2, 3}
        >> Dimensions[x]
        = {}
    """
    if depth is not None and (type(depth) is not int or depth < 0):
        return None
    return to_list(dimensions(array) if depth is None else dimensions(array, depth))


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
    Transpose[array, {n1, n2, …}] makes level i level ni; Transpose[array, m <-> n] exchanges two levels.

    Examples:
        >> Transpose[{{1, 2, 3}, {4, 5, 6}}]
        = {{1, 4}, {2, 5}, {3, 6}}
        >> Dimensions[Transpose[ConstantArray[0, {2, 3, 4}], {2, 3, 1}]]
        = {4, 2, 3}
        >> Dimensions[Transpose[ConstantArray[0, {2, 3, 4}], 1 <-> 3]]
        = {4, 3, 2}
    Possible issues:
        >> Transpose[{1, 2}]
        message: Transpose::nmtx
        = Transpose[{1, 2}]
        >> Transpose[{{1, 2}}, {1, 3}]
        message: Transpose::perm
        = Transpose[{{1, 2}}, {1, 3}]
    """
    found = array_of(array)
    if found is None:
        return None
    if permutation is None:
        if found.ndim < 2:
            raise Message("nmtx", array)
        return to_term(np.swapaxes(found, 0, 1))
    places = levels(permutation, found.ndim)
    if places is None:
        raise Message("perm", permutation, found.ndim)
    return to_term(np.transpose(found, np.argsort(places)))


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
    """
    if rank != 2 or not is_array(blocks):
        return None
    rows = [elements(row) if is_array(row) else () for row in elements(blocks)]
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        return None
    heights = [max((dimensions(b)[0] for b in row if len(dimensions(b)) > 1), default=1) for row in rows]
    widths = [max((dimensions(b)[1] for b in col if len(dimensions(b)) > 1), default=1) for col in zip(*rows, strict=True)]
    made = []
    for height, row in zip(heights, rows, strict=True):
        strip = [block_of(block, height, width) for width, block in zip(widths, row, strict=True)]
        if any(block is None for block in strip):
            return None
        made.append(np.concatenate(strip, axis=1))  # type: ignore[arg-type]
    return to_term(np.concatenate(made, axis=0))


def block_of(block: Term, height: int, width: int) -> np.ndarray | None:
    """Gives a block as an array of terms; a scalar fills its place."""
    if not is_array(block):
        made = np.empty((height, width), dtype=object)
        for index in np.ndindex(made.shape):
            made[index] = block
        return made
    found = array_of(block, 2)
    return None if found is None or found.shape != (height, width) else found.astype(object)


# Padding


def fit(array: np.ndarray, shape: tuple[int, ...], padding: Term, left: bool) -> np.ndarray:
    """Gives an array cut or padded to a shape, at its beginning (`left`) or end."""
    for axis, size in enumerate(shape):
        have = array.shape[axis]
        if size <= have:
            keep = slice(have - size, have) if left else slice(0, size)
            array = array[(slice(None),) * axis + (keep,)]
            continue
        extra = list(array.shape)
        extra[axis] = size - have
        kind = array.dtype if type(padding) is type(array.ravel()[:1].tolist()[0] if array.size else None) else object
        fill = np.empty(extra, dtype=kind)
        fill.fill(padding)
        array = np.concatenate([fill, array] if left else [array, fill], axis=axis)
    return array


def pad_to(array: Term, size: Term, padding: Term, left: bool) -> Term | None:
    """Gives an array padded to the dimensions that a size stands for; ragged lists are padded level by level."""
    if not is_array(array) or type(padding) is np.ndarray or is_array(padding):
        return None
    if size is None or size is S.Automatic:
        size = to_list(ragged_sizes(as_list(array)))
    shape = sizes(size)
    if not shape:
        return None
    return to_term(pad_level(as_list(array), shape, padding, left))


def ragged_sizes(term: Term) -> list[int]:
    """Gives the greatest length at each level at which all elements are lists."""
    found, level = [], [term]
    while level and all(map(is_array, level)):
        found.append(max(len(elements(item)) for item in level))
        level = [item for row in level for item in elements(row)]
    return found


def pad_level(term: Term, shape: tuple[int, ...], padding: Term, left: bool) -> np.ndarray:
    if type(term) is np.ndarray and term.ndim >= len(shape):
        if term.ndim == len(shape):
            return fit(term, shape, padding, left)
    rows = list(elements(term))
    if len(shape) == 1:
        return fit(objects(rows), shape, padding, left)
    empty = Expression(S.List, ())
    missing = [empty] * max(shape[0] - len(rows), 0)
    kept = (rows[-shape[0] :] if shape[0] else []) if left else rows[: shape[0]]
    padded = [
        pad_level(row if is_array(row) else list_of(row), shape[1:], padding, left)
        for row in (missing + kept if left else kept + missing)
    ]
    if not padded:
        return np.empty(shape, dtype=object)
    return np.stack([row.astype(object) for row in padded])


@builtin("PadRight", category="Arrays")
def pad_right(kernel: Kernel, array: Term, size: Term = None, padding: Term = 0) -> Term | None:
    """PadRight[list, n] gives a list of length n, with zeros added on the right or elements dropped.
    PadRight[list, n, x] pads with x; PadRight[array, {n1, n2, …}] pads an array; PadRight[rows] makes rows equally long.

    Examples:
        >> PadRight[{1, 2}, 4]
        = {1, 2, 0, 0}
        >> PadRight[{{1}, {2, 3}}]
        = {{1, 0}, {2, 3}}
    """
    return pad_to(array, size, padding, left=False)


@builtin("PadLeft", category="Arrays")
def pad_left(kernel: Kernel, array: Term, size: Term = None, padding: Term = 0) -> Term | None:
    """PadLeft[list, n] gives a list of length n, with zeros added on the left or elements dropped.
    PadLeft[list, n, x] pads with x; PadLeft[array, {n1, n2, …}] pads an array; PadLeft[rows] makes rows equally long.

    Examples:
        >> PadLeft[{1, 2}, 4]
        = {0, 0, 1, 2}
        >> PadLeft[{1, 2, 3}, 2, x]
        = {2, 3}
    """
    return pad_to(array, size, padding, left=True)


@builtin("ArrayPad", category="Arrays")
def array_pad(kernel: Kernel, array: Term, amount: Term, padding: Term = 0) -> Term | None:
    """ArrayPad[array, m] gives an array with m zeros added on every side; a negative m takes elements away.
    ArrayPad[array, {m, n}] adds m at the beginning and n at the end; ArrayPad[array, {{m1, n1}, …}] level by level.

    Examples:
        >> ArrayPad[{1, 2}, 1]
        = {0, 1, 2, 0}
        >> ArrayPad[{{1}}, {{1, 0}, {0, 1}}, 7]
        = {{7, 7}, {1, 7}}
        >> ArrayPad[{1, 2, 3}, 1, "Fixed"]
        = {1, 1, 2, 3, 3}
    """
    found = array_of(array)
    if found is None:
        return None
    margins = margins_of(amount, found.ndim)
    if margins is None or sum(abs(x) for pair in margins for x in pair) > SIZE_LIMIT >> 8:
        return None
    keep = tuple(slice(max(-a, 0), n - max(-b, 0)) for (a, b), n in zip(margins, found.shape, strict=True))
    if any(part.stop < part.start for part in keep):
        return None
    mode = PAD_MODES.get(padding) if type(padding) is str else None
    if mode is None and not is_explicit(padding):
        return None
    grown = [(max(a, 0), max(b, 0)) for a, b in margins]
    cut = found[keep]
    if mode is not None:
        return to_term(np.pad(cut, grown, mode=mode)) if cut.size else None  # type: ignore[call-overload]
    shape = [n + a for n, (a, _) in zip(cut.shape, grown, strict=True)]
    left = fit(cut, tuple(shape), padding, left=True)
    return to_term(fit(left, tuple(n + b for n, (_, b) in zip(shape, grown, strict=True)), padding, left=False))


PAD_MODES: dict[str, Any] = {
    "Fixed": "edge", "Periodic": "wrap", "Reflected": "reflect", "Reversed": "symmetric",
}  # fmt: skip


def margins_of(amount: Term, depth: int) -> list[tuple[int, int]] | None:
    """Gives the (before, after) margins of each level."""
    if type(amount) is int:
        return [(amount, amount)] * depth
    items = elements(amount) if is_array(amount) else ()
    if len(items) == 2 and all(type(x) is int for x in items):
        return [(items[0], items[1])] * depth
    if len(items) != depth:
        return None
    pairs = [(x, x) if type(x) is int else elements(x) if is_array(x) else () for x in items]
    if any(len(pair) not in (1, 2) or any(type(x) is not int for x in pair) for pair in pairs):
        return None
    return [(pair[0], pair[-1]) for pair in pairs]
