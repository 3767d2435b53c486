"""Values of expressions for plots: the places where they are taken lie closer where a curve bends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from wlnet.builtins.evaluation.variables import kept
from wlnet.builtins.graphics.values import Unfit, unfit
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.kernel import Kernel
from wlnet.terms import Symbol, Term, elements, is_list

#: A curve is smooth where it bends by less than this (radians), as it is seen.
BEND = 0.06
#: Points of a curve at most, and how often a step is halved to tell a jump from a steep piece.
MOST, HALVINGS = 4000, 24
#: A step that is this high, as a share of the curve's height, may be a jump.
STEP = 0.03

#: Gives the values of all curves at a place; NaN where one is not real.
Values = Callable[[float], np.ndarray]


def iterator(kernel: Kernel, spec: Term) -> tuple[Symbol, float, float]:
    """Gives the variable and the ends of {x, min, max}; raises Unfit."""
    parts = elements(spec) if is_list(spec) else ()
    if len(parts) != 3 or type(parts[0]) is not Symbol:
        raise unfit("a range {x, min, max}", spec)
    low, high = (machine_real(kernel, kernel.evaluate(part)) for part in parts[1:])
    if low is None or high is None or not np.isfinite([low, high]).all() or not low < high:
        raise unfit("a range {x, min, max} with real numbers min < max", spec)
    if not np.isfinite(high - low):
        raise unfit("a range {x, min, max} of finite length", spec)
    return parts[0], low, high


@contextmanager
def standing_for(kernel: Kernel, *names: Symbol) -> Iterator[None]:
    """Lets variables have other values inside; messages about single places are not shown."""
    kernel.quiet += 1
    try:
        with kept(kernel, *names):
            yield
    finally:
        kernel.quiet -= 1


def reals(kernel: Kernel, term: Term) -> np.ndarray:
    """Gives the real values of a term, or of the elements of a list; lists inside are flat."""
    if not is_list(term):
        found = machine_real(kernel, term)
        return np.array([np.nan if found is None else found])
    parts = [reals(kernel, item) for item in elements(term)]
    return np.concatenate([np.zeros(0), *parts])


def values_of(kernel: Kernel, name: Symbol, body: Term) -> Values:
    """Gives the function of a body and its variable."""

    def at(place: float) -> np.ndarray:
        kernel.set_own(name, place)
        return reals(kernel, kernel.evaluate(body))

    return at


def sampled(
    at: Values, places: np.ndarray, depth: int, shown: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Gives places and the values (place, curve) there, with more places where a curve bends.

    shown: function(values) that gives them as they are seen, say their logarithms.
    """
    rows = [at(place) for place in places.tolist()]
    count = max(map(len, rows))
    if not count:
        raise Unfit("there is nothing to plot")
    values = np.stack([fitted(row, count) for row in rows])
    for _ in range(depth):
        bent = bending(places, shown(values))
        if not bent.any() or len(places) + bent.sum() > MOST:
            break
        middles = (places[:-1][bent] + places[1:][bent]) / 2
        middles = middles[(middles > places[:-1][bent]) & (middles < places[1:][bent])]
        more = [fitted(at(place), count) for place in middles.tolist()]
        if not more:
            break
        order = np.argsort(np.concatenate([places, middles]), kind="stable")
        places = np.concatenate([places, middles])[order]
        values = np.concatenate([values, np.stack(more)])[order]
    return places, values


def fitted(row: np.ndarray, count: int) -> np.ndarray:
    """Gives a row with so many values; NaN for those that are missing, and for infinite ones."""
    made = np.full(count, np.nan)
    made[: len(row)] = row[:count]
    return np.where(np.isfinite(made), made, np.nan)


def bending(places: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Tells for each step whether a curve bends at one of its ends, or ends inside."""
    known = np.isfinite(values)
    ends = (known[:-1] != known[1:]).any(axis=1)
    across = np.diff(places)[:, None] / (places[-1] - places[0])
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        low, high = np.nanquantile(np.where(known, values, np.nan), [0.02, 0.98]) if known.any() else (0.0, 1.0)
        angles = np.arctan2(np.diff(values, axis=0) / max(high - low, 1e-300), across)
        turns = np.abs(np.diff(angles, axis=0)) > BEND
    turned = turns.any(axis=1)
    bent = ends.copy()
    bent[:-1] |= turned
    bent[1:] |= turned
    return bent


def broken(at: Values, places: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
    """Gives the curves as points (n, 2), with a gap wherever one jumps."""
    curves = []
    for n in range(values.shape[1]):
        points = np.stack([places, values[:, n]], axis=1)
        known = values[np.isfinite(values[:, n]), n]
        if len(known) > 2:
            low, high = np.quantile(known, [0.02, 0.98])
            height = max(high - low, 1e-300)
            steps = np.abs(np.diff(values[:, n]))
            usual = np.median(steps[np.isfinite(steps)]) if np.isfinite(steps).any() else 0.0
            steep = np.flatnonzero((steps > STEP * height) & (steps > 8 * usual))
            jumps = [k for k in steep[:60].tolist() if is_jump(at, n, points[k], points[k + 1])]
            points = np.insert(points, [k + 1 for k in jumps], np.nan, axis=0)
        curves.append(points)
    return curves


def is_jump(at: Values, n: int, first: np.ndarray, last: np.ndarray) -> bool:
    """Tells whether a curve goes from one point to another in no distance."""
    (x, low), (right, high) = first.tolist(), last.tolist()
    height = abs(high - low)
    for _ in range(HALVINGS):
        middle = (x + right) / 2
        found = at(middle)
        value = float(found[n]) if n < len(found) else np.nan
        if not np.isfinite(value):
            return True
        if abs(value - low) > abs(high - value):
            right, high = middle, value
        else:
            x, low = middle, value
        if abs(high - low) < 0.5 * height:
            return False
    return True
