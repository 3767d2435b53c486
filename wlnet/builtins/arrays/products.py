"""Products of arrays: Dot, Inner, Outer, Cross, KroneckerProduct, Tr."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import (
    INT64_MAX,
    array_of,
    as_list,
    bound,
    dimensions,
    finite,
    is_array,
    objects_of,
    packed,
    to_term,
)
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Symbol, Term, elements, list_of, pack, same
from wlnet.terms import attributes as flags

#: Products of integers below this bound are exact in floating point, whose matrix product is much faster.
EXACT_REAL = 1 << 53

SHAPE = "Arrays of dimensions `1` and `2` have incompatible shapes."


@builtin(
    "Dot", category="Arrays", attributes=flags.FLAT | flags.ONE_IDENTITY,
    messages={"dotsh": SHAPE},
)  # fmt: skip
def dot(kernel: Kernel, *arrays: Term) -> Term | None:
    """Dot[a, b], or a . b, gives the product of vectors, matrices and arrays.

    Examples:
        >> {1, 2, 3} . {4, 5, 6}
        = 32
        >> {{1., 2.}, {3., 4.}} . {1., 1.}
        = {3., 7.}
        >> {a, b} . {x, y}
        = a x + b y
    Possible issues:
        >> {1, 2} . {1, 2, 3}
        message: Dot::dotsh
        = {1, 2} . {1, 2, 3}
    """
    if len(arrays) == 1:
        return arrays[0]
    if len(arrays) < 2 or not all(map(is_array, arrays)):
        return None
    value = arrays[0]
    for other in arrays[1:]:
        value = dot_two(kernel, value, other)
        if value is None:
            return None
    return value


def dot_two(kernel: Kernel, a: Term, b: Term) -> Term | None:
    first, second = array_of(a), array_of(b)
    if first is None or second is None:
        return None
    if first.shape[-1] != second.shape[0]:
        raise Message("dotsh", list_of(*first.shape), list_of(*second.shape))
    if first.dtype != object and second.dtype != object:
        found = dot_packed(first, second)
        if found is not None:
            return found
    return kernel.evaluate(generic_dot(S.Times, first, second, S.Plus))


def dot_packed(a: np.ndarray, b: np.ndarray) -> Term | None:
    """Gives the product of packed arrays, or None where integers would overflow."""
    if a.dtype.kind == b.dtype.kind == "i":
        size = bound(a) * bound(b) * a.shape[-1]
        if size > INT64_MAX:
            return None
        if size < EXACT_REAL:
            return pack(np.tensordot(a.astype(np.float64), b.astype(np.float64), 1).astype(np.int64))
    with np.errstate(all="ignore"):
        return finite(np.asarray(np.tensordot(a, b, 1)))


def generic_dot(times: Term, a: np.ndarray, b: np.ndarray, plus: Term) -> Term:
    """Gives the product over the last level of `a` and the first of `b`, as a term to evaluate."""
    left, right = objects_of(a), objects_of(b)
    shape = left.shape[:-1] + right.shape[1:]
    made = np.empty(shape, dtype=object)
    for index in np.ndindex(shape):
        row = left[index[: left.ndim - 1]]
        column = right[(slice(None), *index[left.ndim - 1 :])]
        made[index] = Expression(plus, tuple(Expression(times, pair) for pair in zip(row, column, strict=True)))
    return to_term(made)


@builtin("Inner", category="Arrays", messages={"incom": SHAPE})
def inner(kernel: Kernel, f: Term, a: Term, b: Term, g: Term = S.Plus) -> Term | None:
    """Inner[f, a, b, g] is Dot with f in place of Times and g in place of Plus.

    Examples:
        >> Inner[f, {a, b}, {x, y}, g]
        = g[f[a, x], f[b, y]]
        >> Inner[Times, {1, 2}, {3, 4}]
        = 11
    Possible issues:
        >> Inner[f, {a}, {x, y}, g]
        message: Inner::incom
        = Inner[f, {a}, {x, y}, g]
    """
    first, second = array_of(a), array_of(b)
    if first is None or second is None:
        return None
    if first.shape[-1] != second.shape[0]:
        raise Message("incom", list_of(*first.shape), list_of(*second.shape))
    return generic_dot(f, first, second, g)


OUTER_FAST: dict[Term, Callable[[Any, Any], Any]] = {S.Times: np.multiply.outer, S.Plus: np.add.outer}


@builtin("Outer", category="Arrays")
def outer(kernel: Kernel, f: Term, *arrays: Term) -> Term | None:
    """Outer[f, a, b, …] applies f to every combination of the elements of arrays.
    The arrays may be expressions with any one head.
    Outer[f, a, b, …, n] takes the elements at level n of the arrays; Outer[f, a, b, …, n1, n2, …] one level for each.

    Examples:
        >> Outer[Times, {1, 2}, {3, 4}]
        = {{3, 4}, {6, 8}}
        >> Outer[f, {a, b}, {x}]
        = {{f[a, x]}, {f[b, x]}}
        >> Outer[f, {{1, 2}, {3, 4}}, {5}, 1]
        = {{f[{1, 2}, 5]}, {f[{3, 4}, 5]}}
        >> Outer[f, {{1, 2}}, {{3, 4}}, 1, 2]
        = {{{f[{1, 2}, 3], f[{1, 2}, 4]}}}
        >> Outer[f, g[a, b], g[c]]
        = g[g[f[a, c]], g[f[b, c]]]
    """
    lists = [as_list(item) for item in arrays if type(item) is not int]
    levels = [item for item in arrays[len(lists) :] if type(item) is int and item > 0]
    if not lists or len(lists) + len(levels) < len(arrays) or len(levels) not in (0, 1, len(lists)):
        return None
    head = lists[0].head if type(lists[0]) is Expression else S.List
    if not all(_has_head(item, head) for item in lists):
        return None
    if type(f) is Symbol and f in OUTER_FAST and len(lists) == 2 and not levels:
        found = outer_packed(f, *(packed(item) for item in lists))
        if found is not None:
            return found
    depths: list[int | None] = list(levels) or [None]
    depths = depths if len(depths) == len(lists) else depths * len(lists)
    return combine(f, tuple(zip(lists, depths, strict=True)), (), head)


def outer_packed(f: Term, a: np.ndarray | None, b: np.ndarray | None) -> Term | None:
    if a is None or b is None:
        return None
    if a.dtype.kind == b.dtype.kind == "i":
        size = bound(a) * bound(b) if f is S.Times else bound(a) + bound(b)
        if size > INT64_MAX:
            return None
    with np.errstate(all="ignore"):
        return finite(OUTER_FAST[f](a, b))


def _has_head(term: Term, head: Term) -> bool:
    return is_array(term) if head is S.List else type(term) is Expression and same(term.head, head)


def combine(
    f: Term, arrays: tuple[tuple[Term, int | None], ...], chosen: tuple[Term, ...], head: Term = S.List
) -> Term:
    """Gives nested expressions with f of all ways to complete `chosen` by one element of each array, down to its depth.

    head: that of the arrays and of the result.
    """
    if not arrays:
        return Expression(f, chosen)
    (first, depth), rest = arrays[0], arrays[1:]

    def descend(term: Term, level: int) -> Term:
        if not _has_head(term, head) or (depth is not None and level >= depth):
            return combine(f, rest, (*chosen, term), head)
        return Expression(head, tuple(descend(item, level + 1) for item in elements(as_list(term))))

    return descend(first, 0)


@builtin("Cross", category="Arrays", messages={"nonn1": "The arguments of `1` are not n - 1 vectors of n elements."})
def cross(kernel: Kernel, *vectors: Term) -> Term | None:
    """Cross[a, b] gives the vector product of two vectors of three elements.
    Cross[v1, v2, …] gives the vector that is orthogonal to n - 1 vectors of n elements; Cross[{x, y}] is {-y, x}.

    Examples:
        >> {Cross[{1, 0, 0}, {0, 1, 0}], Cross[{x, y}], Cross[{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}]}
        = {{0, 0, 1}, {-y, x}, {0, 0, 0, 1}}
    Possible issues:
        >> Cross[{1, 2}, {3, 4}]
        message: Cross::nonn1
        = Cross[{1, 2}, {3, 4}]
    """
    if not vectors or not all(map(is_array, vectors)):
        return None
    size = len(vectors) + 1
    if any(dimensions(vector) != (size,) for vector in vectors):
        raise Message("nonn1", Expression(S.Cross, vectors))
    units = np.eye(size, dtype=np.int64)
    return list_of(*(Expression(S.Det, (list_of(*vectors, pack(unit)),)) for unit in units))


@builtin("KroneckerProduct", category="Arrays")
def kronecker_product(kernel: Kernel, *arrays: Term) -> Term | None:
    """KroneckerProduct[a, b, …] gives the Kronecker product of matrices; of two vectors, the matrix of all products.

    Examples:
        >> {KroneckerProduct[{{1, 2}}, {{1, 1}}], KroneckerProduct[{a, b}, {x, y}]}
        = {{{1, 1, 2, 2}}, {{a x, a y}, {b x, b y}}}
        >> KroneckerProduct[{{a}}, {{1, 2}}, {{1}, {1}}]
        = {{a, 2 a}, {a, 2 a}}
    """
    depths = {len(dimensions(item)) for item in arrays}
    if depths == {1} and len(arrays) == 2:
        return Expression(S.Outer, (S.Times, *arrays))
    if depths != {2}:
        return None
    value = arrays[0]
    for other in arrays[1:]:
        array = array_of(kernel.evaluate(Expression(S.Outer, (S.Times, value, other))))
        if array is None or array.ndim != 4:
            return None
        rows, columns = (m * n for m, n in zip(dimensions(value), dimensions(other), strict=True))
        value = to_term(array.transpose(0, 2, 1, 3).reshape(rows, columns))
    return value


@builtin("Tr", category="Arrays")
def trace(kernel: Kernel, array: Term, f: Term = S.Plus, depth: Term = None) -> Term | None:
    """Tr[m] gives the trace of a matrix, the sum of its diagonal; Tr[vector] gives the total.
    Tr[m, f] applies f to the diagonal elements; Tr[m, List] gives them.
    Tr[m, f, n] goes down to level n of an array.

    Examples:
        >> Tr[{{1, 2}, {3, 4}}]
        = 5
        >> {Tr[{{a, 2}, {3, b}}, List], Tr[{{a, 2}, {3, b}}, Plus, 1]}
        = {{a, b}, {3 + a, 2 + b}}
    """
    if depth is not None and (type(depth) is not int or depth < 1):
        return None
    found = array_of(array, depth)
    if found is None and depth is not None:
        packed_array = array_of(array)
        found = None if packed_array is None or packed_array.ndim < depth else packed_array
    if found is None:
        return None
    count = min(found.shape[:depth])
    return Expression(f, elements(to_term(found[(np.arange(count),) * (depth or found.ndim)])))


@builtin("Diagonal", category="Arrays")
def diagonal(kernel: Kernel, matrix: Term, offset: Term = 0) -> Term | None:
    """Diagonal[m] gives the list of the elements on the diagonal of a matrix.
    Diagonal[m, k] gives those on the k-th diagonal.

    Examples:
        >> Diagonal[{{1, 2}, {3, 4}}]
        = {1, 4}
        >> Diagonal[{{1, 2}, {3, 4}}, 1]
        = {2}
    """
    found = array_of(matrix)
    if found is None or found.ndim != 2 or type(offset) is not int or abs(offset) > max(found.shape):
        return None
    return to_term(np.diagonal(found, offset))
