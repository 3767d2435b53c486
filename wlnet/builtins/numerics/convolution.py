"""ListCorrelate and ListConvolve: a kernel laid along a list, in any number of dimensions, with any alignment and padding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wlnet.builtins.numbers.numerical import array_of, is_array, objects_of, to_term
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, is_list, is_number, list_of

NO_LISTS = "`1` and `2` are no rectangular lists of the same depth, neither of them empty."
BAD_ENDS = "`1` does not say how the ends are aligned: k, {kl, kr} or {{kl, …}, {kr, …}} with positions in the kernel."
BAD_PADDING = "The padding `1` has another depth than the list."
TOO_LARGE = "The kernel is larger than the list; give an alignment such as 1, so that the list is padded."
#: The kernel never leaves the list.
ALONG, AGAINST = list_of(1, -1), list_of(-1, 1)
#: Elements of a result at most.
MOST = 1 << 24


class Alignment(NamedTuple):
    """Positions in the kernel (from 0) over the first and last element of the list, in each direction."""

    first: tuple[int, ...]
    last: tuple[int, ...]


def position(given: Term, size: int) -> int | None:
    """Gives the position from 0 that a positive or negative one stands for, or None."""
    if type(given) is not int or not 1 <= abs(given) <= size:
        return None
    return given - 1 if given > 0 else size + given


def alignment(given: Term, sizes: tuple[int, ...]) -> Alignment:
    """Gives what k, {kl, kr} or {{kl…}, {kr…}} says for a kernel of these dimensions; raises Message."""
    ends = elements(given) if is_list(given) else (given, given)
    if len(ends) == 2:
        lists = [elements(end) if is_list(end) else (end,) * len(sizes) for end in ends]
        if all(len(each) == len(sizes) for each in lists):
            first, last = ([position(k, size) for k, size in zip(each, sizes, strict=True)] for each in lists)
            found = [[k for k in each if k is not None] for each in (first, last)]
            if all(len(each) == len(sizes) for each in found):
                return Alignment(tuple(found[0]), tuple(found[1]))
    raise Message("ends", given)


def padded(array: np.ndarray, padding: Term, before: Sequence[int], after: Sequence[int]) -> np.ndarray:
    """Gives an array with a padding around it: an element, or a list repeated from its first element on; raises Message."""
    if not any((*before, *after)):
        return array
    pattern = array if padding is None else array_of(padding) if is_array(padding) else None
    sizes = [a + n + b for a, n, b in zip(before, array.shape, after, strict=True)]
    if np.prod(sizes, dtype=float) > MOST:
        raise Message("size")
    if pattern is None:
        filled = objects_of(array)
        made = np.full(sizes, padding, object)
    elif pattern.ndim != array.ndim:
        raise Message("pad", padding)
    else:
        filled = array if pattern.dtype == array.dtype else objects_of(array)
        source = pattern if pattern.dtype == filled.dtype else objects_of(pattern)
        places = [(np.arange(size) - a) % n for size, a, n in zip(sizes, before, source.shape, strict=True)]
        made = source[np.ix_(*places)].copy()
    made[tuple(slice(a, a + n) for a, n in zip(before, array.shape, strict=True))] = filled
    found = array_of(to_term(made))
    return made if found is None else found


def laid(kernel: np.ndarray, array: np.ndarray, heads: tuple[Term, Term]) -> Term:
    """Gives the sums of products over all places at which the kernel lies wholly in the array."""
    kernel, array = as_machine(kernel, array), as_machine(array, kernel)
    are_numbers = kernel.dtype != object and array.dtype != object
    if heads == (S.Times, S.Plus) and are_numbers and is_small(kernel, array):
        return to_term(correlated(kernel, array))
    sizes = [n - k + 1 for n, k in zip(array.shape, kernel.shape, strict=True)]
    return sums(kernel, array, (0,) * len(sizes), sizes, heads)


def as_machine(array: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Gives an array of exact numbers as machine numbers where the other one has these alone, any other as it is."""
    if array.dtype != object or other.dtype.kind not in "fc" or not all(map(is_number, array.ravel())):
        return array
    return array.astype(np.complex128 if any(type(item) is complex for item in array.ravel()) else np.float64)


def sums(
    kernel: np.ndarray, array: np.ndarray, first: Sequence[int], sizes: Sequence[int], heads: tuple[Term, Term]
) -> Term:
    """Gives h[g[k1, a1], …] at so many places, from `first` in the kernel on; beyond the array there is nothing."""
    times, plus = heads
    weights, items = objects_of(kernel), objects_of(array)
    made = np.empty(sizes, dtype=object)
    for place in np.ndindex(*sizes):
        products = []
        for inner in np.ndindex(*weights.shape):
            at = tuple(p + q - a for p, q, a in zip(place, inner, first, strict=True))
            if all(0 <= k < n for k, n in zip(at, items.shape, strict=True)):
                products.append(Expression(times, (weights[inner], items[at])))
        made[place] = Expression(plus, tuple(products))
    return to_term(made)


def is_small(kernel: np.ndarray, array: np.ndarray) -> bool:
    """Tells whether sums of products, if they are integers, stay within 64 bits."""
    if kernel.dtype.kind != "i" or array.dtype.kind != "i":
        return True
    return float(np.abs(kernel.astype(float)).sum()) * float(np.abs(array.astype(float)).max()) < 2.0**62


def correlated(kernel: np.ndarray, array: np.ndarray) -> np.ndarray:
    """Gives the sums of products of numbers; large ones of reals by fast Fourier transforms."""
    windows = np.lib.stride_tricks.sliding_window_view(array, kernel.shape)
    if kernel.ndim == 1 or windows.size <= MOST:
        return np.tensordot(windows, kernel, kernel.ndim) if kernel.ndim > 1 else np.correlate(array, np.conj(kernel))
    from scipy import signal

    exact = kernel.dtype.kind == array.dtype.kind == "i"
    return signal.correlate(array, np.conj(kernel), mode="valid", method="direct" if exact else "auto")


def aligned(weights: Term, items: Term, ends: Term, padding: Term, heads: tuple[Term, Term], flip: bool) -> Term:
    """Gives ListCorrelate, or ListConvolve, which turns the kernel around; raises Message."""
    kernel, array = array_of(weights), array_of(items)
    depth = 0 if kernel is None or array is None else min(kernel.ndim, array.ndim)
    if kernel is not None and array is not None and kernel.ndim != array.ndim:
        kernel, array = array_of(weights, depth), array_of(items, depth)
    if kernel is None or array is None or not kernel.size or not array.size:
        raise Message("lists", weights, items)
    found = alignment(ends, kernel.shape)
    if flip:
        kernel = kernel[(slice(None, None, -1),) * depth]
        found = Alignment(*(tuple(n - 1 - k for n, k in zip(kernel.shape, each, strict=True)) for each in found))
    after = [n - 1 - k for n, k in zip(kernel.shape, found.last, strict=True)]
    if is_list(padding) and not elements(padding):
        sizes = [n + a - b for n, a, b in zip(array.shape, found.first, found.last, strict=True)]
        if min(sizes) < 1 or float(np.prod(sizes)) * kernel.size > MOST:
            raise Message("size")
        return sums(kernel, array, found.first, sizes, heads)
    around = padded(array, padding, found.first, after)
    if any(n < k for n, k in zip(around.shape, kernel.shape, strict=True)):
        raise Message("size")
    return laid(kernel, around, heads)


MESSAGES = {"ends": BAD_ENDS, "lists": NO_LISTS, "pad": BAD_PADDING, "size": TOO_LARGE}


@builtin("ListCorrelate", category="Numerical mathematics", messages=MESSAGES)
def list_correlate(
    kernel: Kernel,
    weights: Term,
    items: Term,
    ends: Term = ALONG,
    padding: Term = None,
    g: Term = S.Times,
    h: Term = S.Plus,
) -> Term | None:
    """ListCorrelate[ker, list] gives the sums k1 a[s] + k2 a[s + 1] + … with the kernel lying along the list.
    ListCorrelate[ker, list, k] takes the list as a ring, and begins and ends with the k-th element of the kernel on its ends.
    ListCorrelate[ker, list, {kl, kr}] begins with element kl on the first of the list and ends with kr on the last.
    ListCorrelate[ker, list, {{kl, …}, {kr, …}}] says so for each direction.
    ListCorrelate[ker, list, ends, p] puts p around the list; {p1, p2, …} is repeated from the first element on, {} is nothing.
    ListCorrelate[ker, list, ends, p, g, h] takes h[g[k1, a1], g[k2, a2], …].

    Examples:
        >> ListCorrelate[{x, y}, {a, b, c}]
        = {a x + b y, b x + c y}
        >> ListCorrelate[{1, 2}, {1, 2, 3}, 1]
        = {5, 8, 5}
        >> {ListCorrelate[{1, 1, 1}, {1, 2, 3}, 2, 0], ListCorrelate[{1, 1}, {1, 2, 3}, {-1, 1}, 0]}
        = {{3, 6, 5}, {1, 3, 5, 3}}
        >> ListCorrelate[{{1, 1}, {1, 1}}, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}]
        = {{12, 16}, {24, 28}}
        >> ListCorrelate[{x, y}, {a, b, c}, {1, -1}, {}, f, g]
        = {g[f[x, a], f[y, b]], g[f[x, b], f[y, c]]}
        >> ListCorrelate[{1, 1}, {1, 2, 3}, {-1, 1}, {}]
        = {1, 3, 5, 3}
    Possible issues:
        >> ListCorrelate[{}, {1, 2}];
        message: ListCorrelate::lists
        >> ListCorrelate[{1, 2}, {1, 2, 3}, 5];
        message: ListCorrelate::ends
        >> ListCorrelate[{1, 2}, {1, 2, 3}, 1, {{1}}];
        message: ListCorrelate::pad
        >> ListCorrelate[{1, 2, 3}, {1, 2}];
        message: ListCorrelate::size
    """
    return aligned(weights, items, ends, padding, (g, h), flip=False)


@builtin("ListConvolve", category="Numerical mathematics", messages=MESSAGES)
def list_convolve(
    kernel: Kernel,
    weights: Term,
    items: Term,
    ends: Term = AGAINST,
    padding: Term = None,
    g: Term = S.Times,
    h: Term = S.Plus,
) -> Term | None:
    """ListConvolve[ker, list] gives the sums k1 a[s] + k2 a[s - 1] + … with the turned kernel lying along the list.
    ListConvolve[ker, list, k] takes the list as a ring; the first sum has the k-th element of the kernel with the first.
    ListConvolve[ker, list, {kl, kr}, p, g, h] takes ends, padding and functions as in ListCorrelate.

    Examples:
        >> ListConvolve[{x, y}, {a, b, c}]
        = {b x + a y, c x + b y}
        >> ListConvolve[{1, 2}, {1, 2, 3}, 1]
        = {7, 4, 7}
        >> ListConvolve[{1, 2, 1}/4, {0, 0, 4, 0, 0}, {1, -1}, 0]
        = {0, 0, 1, 2, 1, 0, 0}
        >> ListConvolve[{{1, 2}, {3, 4}}, {{1., 0.}, {0., 0.}}, {1, -1}, 0.]
        = {{1., 2., 0.}, {3., 4., 0.}, {0., 0., 0.}}
    Possible issues:
        >> ListConvolve[3, {1, 2}];
        message: ListConvolve::lists
        >> ListConvolve[{1, 2}, {1, 2, 3}, x];
        message: ListConvolve::ends
        >> ListConvolve[{1, 2}, {1, 2, 3}, 1, {{1}}];
        message: ListConvolve::pad
        >> ListConvolve[{1, 2, 3}, {1, 2}];
        message: ListConvolve::size
    """
    return aligned(weights, items, ends, padding, (g, h), flip=True)
