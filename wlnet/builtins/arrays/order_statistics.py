"""Statistics of rank: medians, quantiles, quartiles."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from wlnet.builtins.arrays.statistics import SHORT, of_distribution, real_rows, required
from wlnet.builtins.numbers.numerical import (
    array_of,
    as_list,
    dimensions,
    is_array,
    machine_real,
    to_term,
)
from wlnet.builtins.numbers.trigonometric import HALF
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Term, elements, list_of, pack

#: The parameters of the inverse of the empirical distribution; so far is no place from a whole number.
INVERSE = list_of(list_of(0, 0), list_of(1, 0))
ROUNDING = 1e-12


def in_columns(kernel: Kernel, head: Term, rows: Term, *rest: Term) -> Term | None:
    """Applies a statistic to each column of a matrix; None for a plain list."""
    if len(dimensions(rows)) < 2:
        return None
    array = array_of(rows)
    assert array is not None
    columns = np.moveaxis(array, 0, -1)
    return Expression(S.List, tuple(Expression(head, (to_term(column), *rest)) for column in columns))


def ranked(kernel: Kernel, rows: Term) -> list[Term] | None:
    """Gives real elements from the smallest to the largest, or None where one is not real."""
    items = elements(rows)
    values = [machine_real(kernel, item) for item in items]
    if any(value is None or value != value for value in values):
        return None
    order = sorted(range(len(items)), key=lambda place: values[place])  # type: ignore[arg-type, return-value]
    return [items[place] for place in order]


@builtin("Median", category="Statistics", messages={"shlen": SHORT})
def median(kernel: Kernel, data: Term) -> Term | None:
    """Median[list] gives the middle value, or the mean of the two middle ones.

    Examples:
        >> Median[{3, 1, 2}]
        = 2
        >> Median[{1., 2., 3., 10.}]
        = 2.5
    Possible issues:
        >> Median[{}]
        message: Median::shlen
        = Median[{}]
    """
    rows = required(data, 1)
    if rows is None:
        return of_distribution(kernel, "InverseCDF", data, HALF)
    numbers = real_rows(rows)
    if numbers is not None:
        return pack(np.median(numbers, axis=0))
    columns = in_columns(kernel, S.Median, rows)
    if columns is not None:
        return columns
    order = ranked(kernel, rows)
    if order is None:
        return None
    middle = len(order) // 2
    if len(order) % 2:
        return order[middle]
    return Expression(S.Times, (HALF, Expression(S.Plus, (order[middle - 1], order[middle]))))


@builtin(
    "Quantile", category="Statistics",
    messages={
        "shlen": SHORT, "nquan": "The quantile `1` is not between 0 and 1.",
        "form": "The parameters `1` are not {{a, b}, {c, d}} with real numbers.",
    },
)  # fmt: skip
def quantile(kernel: Kernel, data: Term, q: Term, form: Term = INVERSE) -> Term | None:
    """Quantile[list, q] gives the smallest element that at least the fraction q of the list does not exceed.
    Quantile[list, {q1, q2, …}] gives several.
    Quantile[dist, q] gives the value that is not exceeded with probability q, InverseCDF[dist, q].
    Quantile[list, q, {{a, b}, {c, d}}] gives s[[Floor[x]]] + (s[[Ceiling[x]]] - s[[Floor[x]]]) (c + d FractionalPart[x])
    of the sorted list s, with x = a + (Length[list] + b) q.

    Details: {{0, 0}, {1, 0}} is the default, {{1, -1}, {0, 1}} interpolates linearly as other programs do.

    Examples:
        >> Quantile[{4, 1, 3, 2}, 0.5]
        = 2
        >> {Quantile[{4, 1, 3, 2}, 1/4, {{1, -1}, {0, 1}}], Quantile[{1, 2, 4, 8}, {1/2, 0.9}, {{1/2, 0}, {0, 1}}]}
        = {7/4, {3, 8.}}
        >> Quantile[{4, 1, 3, 2, 5}, {0, 0.25, 1}]
        = {1, 2, 5}
    Possible issues:
        >> Quantile[{1, 2}, 2]
        message: Quantile::nquan
        = Quantile[{1, 2}, 2]
        >> Quantile[{}, 0.5]
        message: Quantile::shlen
        = Quantile[{}, 0.5]
        >> Quantile[{1, 2}, 0.5, 7]
        message: Quantile::form
        = Quantile[{1, 2}, 0.5, 7]
    Source: R. Hyndman and Y. Fan, Sample quantiles in statistical packages, 1996.
    """
    rows = required(data, 1)
    if rows is None:
        return of_distribution(kernel, "InverseCDF", data, q)
    if is_array(q):
        return Expression(S.List, tuple(Expression(S.Quantile, (rows, item, form)) for item in elements(as_list(q))))
    columns = in_columns(kernel, S.Quantile, rows, q, form)
    if columns is not None:
        return columns
    share, order = machine_real(kernel, q), ranked(kernel, rows)
    if share is None or order is None:
        return None
    if not 0 <= share <= 1:
        raise Message("nquan", q)
    return interpolated(kernel, order, q, form)


def interpolated(kernel: Kernel, order: list[Term], q: Term, form: Term) -> Term:
    """Gives a quantile of sorted elements by its parameters {{a, b}, {c, d}}; raises Message."""
    numbers = [number for row in rows_of(form) for number in row]
    if len(numbers) != 4 or any(machine_real(kernel, number) is None for number in numbers):
        raise Message("form", form)
    a, b, c, d = numbers
    length = Expression(S.Plus, (len(order), b))
    exact = kernel.evaluate(Expression(S.Plus, (a, Expression(S.Times, (length, q)))))
    place = machine_real(kernel, exact)
    assert place is not None
    low = int(np.floor(place + ROUNDING))
    high = int(np.ceil(place - ROUNDING))
    first, last = (order[min(max(end, 1), len(order)) - 1] for end in (low, high))
    if low >= high:
        return first
    if type(d) is int and d == 0 and type(c) is int and c in (0, 1):
        return last if c else first
    part = Expression(S.Plus, (c, Expression(S.Times, (d, Expression(S.Subtract, (exact, low))))))
    return Expression(S.Plus, (first, Expression(S.Times, (Expression(S.Subtract, (last, first)), part))))


def rows_of(form: Term) -> list[tuple[Term, ...]]:
    rows = elements(as_list(form)) if is_array(form) else ()
    return [elements(as_list(row)) for row in rows if is_array(row)]


@builtin("Quartiles", category="Statistics", messages={"shlen": SHORT})
def quartiles(kernel: Kernel, data: Term) -> Term | None:
    """Quartiles[list] gives the 1/4, 1/2 and 3/4 quantiles, interpolated linearly.

    Examples:
        >> Quartiles[{1., 2., 3., 4.}]
        = {1.5, 2.5, 3.5}
    Possible issues:
        >> Quartiles[{}]
        message: Quartiles::shlen
        = Quartiles[{}]
    """
    rows = required(data, 1)
    order = None if rows is None or len(dimensions(rows)) > 1 else ranked(kernel, rows)
    if order is None:
        return None
    found = []
    for share in (Fraction(1, 4), HALF, Fraction(3, 4)):
        place = min(max(HALF + len(order) * share, Fraction(1)), Fraction(len(order)))
        low = int(place)
        high = min(low + 1, len(order))
        weight = place - low
        step = Expression(S.Subtract, (order[high - 1], order[low - 1]))
        found.append(Expression(S.Plus, (order[low - 1], Expression(S.Times, (weight, step)) if weight else 0)))
    return list_of(*found)
