"""Sums along lists: Total, Accumulate, Differences, MovingAverage, Ratios."""

from __future__ import annotations

import math

import numpy as np

from wlnet.builtins.lists.choosing import items, rebuild, size
from wlnet.builtins.numbers.numerical import (
    INT64_MAX,
    array_of,
    as_list,
    bound,
    dimensions,
    finite,
    is_array,
    is_infinity,
    packed,
    to_term,
)
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, pack


def level_range(spec: Term, depth: int) -> tuple[int, int] | None:
    """Gives the first and last level that a specification n, Infinity, {n} or {n1, n2} stands for."""
    if type(spec) is int:
        return (1, spec if spec >= 0 else depth + 1 + spec)
    if is_infinity(spec):
        return (1, depth)
    items = elements(spec) if is_array(spec) else ()
    if len(items) not in (1, 2):
        return None
    places = [depth if is_infinity(x) else x for x in items]
    if any(type(x) is not int for x in places):
        return None
    first, last = (x if x >= 0 else depth + 1 + x for x in (places[0], places[-1]))
    return (max(first, 1), last)


@builtin("Total", category="Statistics")
def total(kernel: Kernel, array: Term, levels: Term = 1) -> Term | None:
    """Total[list] gives the sum of the elements of a list.
    Total[array, n] sums down to level n, Total[array, {n}] at level n only, Total[array, Infinity] everything.

    Examples:
        >> Total[{1, 2, 3.5}]
        = 6.5
        >> Total[{{1, 2}, {3, 4}}]
        = {4, 6}
        >> Total[{{1, 2}, {3, 4}}, {2}]
        = {3, 7}
        >> Total[{{a, b}, {c}}, 2]
        = a + b + c
    """
    if type(levels) is int and levels == 1:
        result = total_of_numbers(array)
        if result is not None:
            return result
    term = as_list(array)
    if not is_array(term):
        return None
    numbers = packed(term)
    if numbers is not None:
        found = level_range(levels, numbers.ndim)
        if found is None:
            return None
        axes = tuple(range(found[0] - 1, min(found[1], numbers.ndim)))
        if not axes:
            return term
        result = total_packed(numbers, axes)
        if result is not None:
            return result
    return total_generic(term, levels)


def total_of_numbers(array: Term) -> Term | None:
    """Gives the sum of the elements of a packed list of numbers, of a list of integers or of reals; None for all else."""
    if type(array) is np.ndarray and array.ndim == 1:
        return total_packed(array, (0,))
    if type(array) is not Expression or array.head is not S.List or not array.args:
        return None
    kinds = set(map(type, array.args))
    if kinds == {int}:
        return sum(array.args)
    if kinds != {float}:
        return None
    with np.errstate(all="ignore"):
        found = float(np.add.reduce(array.args))
    return found if math.isfinite(found) else None


def total_packed(array: np.ndarray, axes: tuple[int, ...]) -> Term | None:
    """Gives the sum over some dimensions, or None where it overflows."""
    if array.dtype.kind == "i" and bound(array) * math.prod(array.shape[a] for a in axes) > INT64_MAX:
        return None
    with np.errstate(all="ignore"):
        return finite(np.asarray(array.sum(axis=axes)))


def total_generic(term: Term, levels: Term) -> Term | None:
    found = level_range(levels, len(dimensions(term)) if type(levels) is not int else 0)
    if found is None:
        return None
    first, last = found
    if is_infinity(levels):
        last = 1 << 20
    if first > 1:
        inner = levels - 1 if type(levels) is int else Expression(S.List, (first - 1, last - 1))
        return Expression(S.List, tuple(Expression(S.Total, (row, inner)) for row in elements(term)))
    rows: list[Term] = list(elements(term))
    for _ in range(last - 1):
        if not any(map(is_array, rows)):
            break
        rows = [item for row in rows for item in (elements(as_list(row)) if is_array(row) else (row,))]
    return Expression(S.Plus, tuple(rows)) if last > 0 else term


@builtin("Accumulate", category="Statistics")
def accumulate(kernel: Kernel, data: Term) -> Term | None:
    """Accumulate[list] gives the list of the partial sums.

    Examples:
        >> Accumulate[{1, 2, 3}]
        = {1, 3, 6}
        >> Accumulate[{a, b}]
        = {a, a + b}
        >> Accumulate[f[a, b]]
        = f[a, a + b]
        >> Accumulate[<|"x" -> 1, "y" -> 2|>]
        = <|"x" -> 1, "y" -> 3|>
    """
    if size(data) is None:
        return None
    if not is_array(data):
        return rebuild(data, elements(kernel.evaluate(Expression(S.Accumulate, (list_of(*items(data)),)))))
    numbers = packed(data)
    if numbers is not None and (numbers.dtype.kind != "i" or bound(numbers) * len(numbers) <= INT64_MAX):
        with np.errstate(all="ignore"):
            found = finite(np.cumsum(numbers, axis=0))
        if found is not None:
            return found
    sums: list[Term] = []
    for item in elements(as_list(data)):
        sums.append(kernel.evaluate(Expression(S.Plus, (sums[-1], item))) if sums else item)
    return Expression(S.List, tuple(sums))


@builtin("Differences", category="Statistics")
def differences(kernel: Kernel, data: Term, order: Term = 1, distance: Term = 1) -> Term | None:
    """Differences[list] gives the differences between neighbors.
    Differences[list, n] takes differences n times.
    Differences[list, n, s] takes those of elements that are s places apart.

    Examples:
        >> Differences[{1, 4, 9, 16}]
        = {3, 5, 7}
        >> Differences[{1, 4, 9, 16}, 2]
        = {2, 2}
        >> Differences[{1, 4, 9, 16}, 1, 2]
        = {8, 12}
    """
    if not is_array(data) or type(order) is not int or order < 0 or type(distance) is not int or distance < 1:
        return None
    if order == 0:
        return data
    rows = array_of(data)
    if rows is None or len(rows) <= distance:
        return Expression(S.List, ())
    step = Expression(S.Subtract, (to_term(rows[distance:]), to_term(rows[:-distance])))
    return step if order == 1 else Expression(S.Differences, (step, order - 1, distance))


@builtin("Ratios", category="Statistics")
def ratios(kernel: Kernel, data: Term) -> Term | None:
    """Ratios[list] gives the quotients of neighbors.

    Examples:
        >> Ratios[{1, 2, 6}]
        = {2, 3}
    """
    rows = array_of(data)
    if rows is None or len(rows) < 2:
        return Expression(S.List, ()) if is_array(data) else None
    return Expression(S.Divide, (to_term(rows[1:]), to_term(rows[:-1])))


@builtin("MovingAverage", category="Statistics")
def moving_average(kernel: Kernel, data: Term, window: Term) -> Term | None:
    """MovingAverage[list, n] gives the means of runs of n neighbors.
    MovingAverage[list, {w1, w2, …}] gives weighted means.

    Examples:
        >> MovingAverage[{1., 2., 6.}, 2]
        = {1.5, 4.}
        >> MovingAverage[{1., 2., 6.}, {1, 3}]
        = {1.75, 5.}
    """
    rows = array_of(data)
    if type(window) is int:
        weights: tuple[Term, ...] = (1,) * window if 0 < window <= 1 << 20 else ()
    else:
        weights = elements(as_list(window)) if is_array(window) else ()
    if rows is None or not weights or len(weights) > len(rows):
        return None
    count = len(rows) - len(weights) + 1
    if type(window) is int and rows.dtype == np.float64 and np.isfinite(rows).all():
        runs = np.lib.stride_tricks.sliding_window_view(rows, window, axis=0)
        return pack(runs.mean(axis=-1))
    shifted = tuple(
        Expression(S.Times, (weight, to_term(rows[place : place + count]))) for place, weight in enumerate(weights)
    )
    return Expression(S.Divide, (Expression(S.Plus, shifted), Expression(S.Plus, tuple(weights))))
