"""Making arrays: ranges, constant arrays, identity and diagonal matrices, unit vectors."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from wlnet.builtins.numbers.numbers import exact
from wlnet.builtins.numbers.numerical import INT64_MAX, array_of, machine_real, sizes, to_term
from wlnet.builtins.numbers.signs import is_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, expression, list_of, pack, rule, to_list
from wlnet.terms import attributes as flags

#: A list of more elements than this is not made.
SIZE_LIMIT = 1 << 28


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
        >> Range[x, x + 2]
        = {x, 1 + x, 2 + x}
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
    values = [x for x in (machine_real(kernel, z) for z in (low, high, step)) if x is not None and math.isfinite(x)]
    if len(values) < 3:
        # From a to a + 3 there is a number of steps although the ends are none.
        width = kernel.evaluate(Expression(S.Plus, (high, Expression(S.Times, (-1, low)))))
        ends = (0, *(machine_real(kernel, z) for z in (width, step)))
        values = [x for x in ends if x is not None and math.isfinite(x)]
    if len(values) < 3 or not values[2]:
        raise Message("range", Expression(S.Range, (low, high, step) if last is not None else (high,)))
    start, stop, gap = values
    count = math.floor((stop - start) / gap + 1e-10) + 1
    if count > SIZE_LIMIT:
        return None
    if all(type(x) is int for x in (low, step)) and max(abs(low), abs(stop)) < INT64_MAX // 2 and abs(step) < INT64_MAX:
        return pack(low + step * np.arange(max(count, 0), dtype=np.int64))
    if any(type(x) is float for x in (low, step)) and all(map(is_real, (low, high, step))):
        return pack(start + gap * np.arange(max(count, 0)))
    if all(type(x) in (int, Fraction) for x in (low, step)):
        return to_list(exact(Fraction(low) + Fraction(step) * i) for i in range(count))
    return Expression(S.List, tuple(Expression(S.Plus, (low, Expression(S.Times, (i, step)))) for i in range(count)))


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
def identity_matrix(kernel: Kernel, size: Term, kind: Term = S.List) -> Term | None:
    """IdentityMatrix[n] gives the n × n identity matrix; IdentityMatrix[{m, n}] an m × n one.
    IdentityMatrix[n, SparseArray] gives a sparse array.

    Examples:
        >> IdentityMatrix[2]
        = {{1, 0}, {0, 1}}
        >> IdentityMatrix[1000, SparseArray]["NonzeroValues"] // Total
        = 1000
    """
    shape = (size, size) if type(size) is int and size > 0 else sizes(size)
    if not shape or len(shape) > 2:
        return None
    if kind is S.SparseArray:
        ones = rule(expression("Band", list_of(1, 1)), 1)
        return Expression(S.SparseArray, (ones, list_of(shape[0], shape[-1])))
    if kind is not S.List or math.prod(shape) > SIZE_LIMIT:
        return None
    return pack(np.eye(shape[0], shape[-1], dtype=np.int64))


@builtin("DiagonalMatrix", category="Arrays")
def diagonal_matrix(kernel: Kernel, diagonal: Term, offset: Term = 0, size: Term = None) -> Term | None:
    """DiagonalMatrix[list] gives the matrix with these elements on its diagonal.
    DiagonalMatrix[list, k] puts them on the k-th diagonal.
    DiagonalMatrix[list, k, n] fills up with zeros, or cuts, to an n × n matrix; DiagonalMatrix[list, k, {m, n}] to an m × n one.

    Examples:
        >> DiagonalMatrix[{1, 2}]
        = {{1, 0}, {0, 2}}
        >> {DiagonalMatrix[{1}, 1], DiagonalMatrix[{1, 2}, 0, {2, 3}]}
        = {{{0, 1}, {0, 0}}, {{1, 0, 0}, {0, 2, 0}}}
    """
    if size is not None:
        return Expression(S.PadRight, (Expression(S.DiagonalMatrix, (diagonal, offset)), pair_of_sizes(size)))
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


def pair_of_sizes(size: Term) -> Term:
    return Expression(S.List, (size, size)) if type(size) is int else size


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
