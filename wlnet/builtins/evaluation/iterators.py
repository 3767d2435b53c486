"""Iterator specifications `{n}`, `{i, n}`, `{i, a, b, step}`, `{i, list}`: what a loop variable runs through."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from wlnet.builtins.arrays.arrays import SIZE_LIMIT
from wlnet.builtins.evaluation.variables import assign_value, unset_value
from wlnet.kernel import Kernel, Message
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list, is_number
from wlnet.terms.sparse import SparseArray

ITERB = "Iterator `1` does not have appropriate bounds."
ITFORM = "Argument `1` at position `2` does not have the correct form for an iterator."
MESSAGES = {"iterb": ITERB, "itform": ITFORM}
#: How far below an integer the number of steps may be by rounding and still count as that integer.
SLACK = 1e-9

Values = Sequence[Term] | Iterable[Term]


def values_of(kernel: Kernel, spec: Term, position: int = 2, endless: bool = False) -> tuple[Symbol | None, Values]:
    """Gives the variable (None for `{n}` and `n`) and the values of an iterator; raises `iterb` or `itform`.

    `endless` lets a number of times be infinite.
    """
    parts = elements(spec) if is_list(spec) else (spec,)
    if not parts:
        raise Message("itform", spec, position, text=ITFORM)
    if len(parts) == 1:
        count = listed(kernel.evaluate(parts[0]))
        if is_list(count):
            return None, elements(count)
        return None, _times(count, spec, endless)
    name, bounds = parts[0], tuple(listed(kernel.evaluate(part)) for part in parts[1:])
    if type(name) is not Symbol or len(parts) > 4:
        raise Message("itform", spec, position, text=ITFORM)
    if len(bounds) == 1 and is_list(bounds[0]):
        return name, elements(bounds[0])
    first, last, step = (1, bounds[0], 1) if len(bounds) == 1 else (*bounds, 1)[:3]
    return name, _steps(kernel, spec, (first, last, step), endless)


def listed(term: Term) -> Term:
    """Gives the list that a sparse array stands for, and any other term as it is."""
    return term.dense() if type(term) is SparseArray else term


def _times(count: Term, spec: Term, endless: bool) -> Values:
    if type(count) in (int, float) and count == count and abs(count) != math.inf:
        return limited(range(1, math.floor(count) + 1), spec, endless)
    if endless and (count is S.Infinity or is_head(count, S.DirectedInfinity)):
        return repeat(1)
    raise Message("iterb", spec, text=ITERB)


def _steps(kernel: Kernel, spec: Term, bounds: tuple[Term, Term, Term], endless: bool) -> Values:
    first, last, step = bounds
    if type(first) is int and type(last) is int and type(step) is int and step != 0:
        return limited(range(first, last + (1 if step > 0 else -1), step), spec, endless)
    if endless and is_head(last, S.DirectedInfinity) and type(first) is int and type(step) is int and step > 0:
        return _from(first, step)
    size = _step_count(kernel, first, last, step)
    if size is None or size > SIZE_LIMIT:
        raise Message("iterb", spec, text=ITERB)
    if all(map(is_number, (first, step))):
        return [normal(first + place * step) for place in range(size)]
    places = (Expression(S.Plus, (first, Expression(S.Times, (place, step)))) for place in range(size))
    return [kernel.evaluate(place) for place in places]


def limited(values: range, spec: Term, endless: bool) -> range:
    """Gives a range, if there can be a list as long as that; raises `iterb`. A loop may be of any length."""
    if not endless and values[SIZE_LIMIT : SIZE_LIMIT + 1]:
        raise Message("iterb", spec, text=ITERB)
    return values


def _from(first: int, step: int) -> Iterator[int]:
    while True:
        yield first
        first += step


def _step_count(kernel: Kernel, first: Term, last: Term, step: Term) -> int | None:
    """Gives how many values lie from `first` to `last`; None where that is no real number."""
    distance = Expression(S.Plus, (last, Expression(S.Times, (-1, first))))
    steps = kernel.evaluate(Expression(S.Times, (distance, Expression(S.Power, (step, -1)))))
    if not is_number(steps):
        steps = kernel.evaluate(Expression(S.N, (steps,)))
    if not is_number(steps) or type(steps) is complex or steps != steps or abs(steps) == math.inf:
        return None
    slack = SLACK if type(steps) is float else 0
    return max(0, math.floor(steps + slack) + 1)


def normal(number: Any) -> Term:
    """Gives a fraction with the denominator 1 as an integer, anything else as it is."""
    return number.numerator if getattr(number, "denominator", 0) == 1 else number


def run_through(kernel: Kernel, name: Symbol | None, values: Values, visit: Callable[[], None]) -> None:
    """Calls `visit` for each value, the variable standing for it; the variable's own value comes back at the end."""
    if name is None:
        for _ in values:
            visit()
        return
    before = kernel.own.get(name)
    set_own = kernel.set_own
    try:
        for value in values:
            set_own(name, value)
            visit()
    finally:
        if before is None:
            unset_value(kernel, name)
        else:
            assign_value(kernel, name, before)
