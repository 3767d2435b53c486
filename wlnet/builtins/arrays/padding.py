"""Padding of arrays, and lists made longer or shorter."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wlnet.builtins.arrays.arrays import SIZE_LIMIT
from wlnet.builtins.arrays.shapes import objects
from wlnet.builtins.numbers.numerical import array_of, as_list, is_array, to_term
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, to_list


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


def pad_to(array: Term, size: Term, padding: Term, margin: Term, left: bool) -> Term | None:
    """Gives an array padded to the dimensions that a size stands for; ragged lists are padded level by level."""
    if type(array) is Expression and not is_array(array):
        padded = pad_to(list_of(*array.args), size, padding, margin, left)
        return None if padded is None else Expression(array.head, elements(padded))
    if not is_array(array):
        return None
    if size is None or size is S.Automatic:
        size = to_list(ragged_sizes(as_list(array)))
    shape = [size] if type(size) is int else list(elements(size)) if is_array(size) else []
    margins = [margin] * len(shape) if type(margin) is int else list(elements(margin)) if is_array(margin) else []
    if not shape or len(shape) != len(margins) or any(type(x) is not int for x in (*shape, *margins)):
        return None
    if math.prod(shape) > SIZE_LIMIT:
        return None
    if any(margins) or min(shape) < 0 or is_array(padding):
        return laid(array, shape, padding, margins, left)
    return to_term(pad_level(as_list(array), tuple(shape), padding, left))


def laid(term: Term, shape: list[int], padding: Term, margins: list[int], left: bool) -> Term:
    """Gives a list laid over repetitions of a padding, at a margin from one end; a negative size means the other end."""
    size, at_end = abs(shape[0]), left != (shape[0] < 0)
    rows = elements(term) if is_array(term) else () if term is None else (term,)
    cycle = elements(padding) if is_array(padding) else (padding,)
    phase = size - margins[0] if at_end else margins[0]
    begin = phase - len(rows) if at_end else phase
    found = []
    for place in range(size):
        row = rows[place - begin] if 0 <= place - begin < len(rows) else None
        fill = cycle[(place - phase) % len(cycle)] if len(cycle) else None
        if len(shape) > 1:
            found.append(laid(row, shape[1:], list_of() if fill is None else fill, margins[1:], left))
        elif row is not None or fill is not None:
            found.append(fill if row is None else row)
    return to_list(found)


def ragged_sizes(term: Term) -> list[int]:
    """Gives the greatest length at each level at which all elements are lists."""
    found, level = [], [term]
    while level and all(map(is_array, level)):
        found.append(max(len(elements(item)) for item in level))
        level = [item for row in level for item in elements(row)]
    return found


def pad_level(term: Term, shape: tuple[int, ...], padding: Term, left: bool) -> np.ndarray:
    if type(term) is np.ndarray and term.ndim == len(shape):
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
def pad_right(kernel: Kernel, array: Term, size: Term = None, padding: Term = 0, margin: Term = 0) -> Term | None:
    """PadRight[list, n] gives a list of length n, with zeros added on the right or elements dropped.
    PadRight[list, n, x] pads with x; PadRight[array, {n1, n2, …}] pads an array.
    PadRight[list, n, {x1, x2, …}] pads with the xi again and again, the list lying on top of their repetitions.
    PadRight[list, n, x, m] leaves room for m elements of padding on the left. A negative n pads on the left.
    PadRight[rows] makes rows equally long.

    Examples:
        >> PadRight[{1, 2}, 4]
        = {1, 2, 0, 0}
        >> PadRight[{{1}, {2, 3}}]
        = {{1, 0}, {2, 3}}
        >> PadRight[{1, 2}, 5, {x, y}]
        = {1, 2, x, y, x}
        >> PadRight[{1, 2}, 5, x, 1]
        = {x, 1, 2, x, x}
        >> PadRight[f[a], 3, x]
        = f[a, x, x]
    """
    return pad_to(array, size, padding, margin, left=False)


@builtin("PadLeft", category="Arrays")
def pad_left(kernel: Kernel, array: Term, size: Term = None, padding: Term = 0, margin: Term = 0) -> Term | None:
    """PadLeft[list, n] gives a list of length n, with zeros added on the left or elements dropped.
    PadLeft[list, n, x] pads with x; PadLeft[array, {n1, n2, …}] pads an array.
    PadLeft[list, n, {x1, x2, …}] pads with the xi again and again, the list lying on top of their repetitions.
    PadLeft[list, n, x, m] leaves room for m elements of padding on the right. A negative n pads on the right.
    PadLeft[rows] makes rows equally long.

    Examples:
        >> PadLeft[{1, 2}, 4]
        = {0, 0, 1, 2}
        >> PadLeft[{1, 2, 3}, 2, x]
        = {2, 3}
        >> PadLeft[{1, 2}, 5, {x, y}]
        = {y, x, y, 1, 2}
        >> PadLeft[{1, 2}, -4]
        = {1, 2, 0, 0}
    """
    return pad_to(array, size, padding, margin, left=True)


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
        >> ArrayPad[{1, 2, 3}, {1, 2}, x]
        = {x, 1, 2, 3, x, x}
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
    if mode is None and (type(padding) is str or is_array(padding)):
        return None
    grown = [(max(a, 0), max(b, 0)) for a, b in margins]
    cut = found[keep]
    if mode is not None:
        return to_term(np.pad(cut, grown, mode=mode)) if cut.size else None
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
