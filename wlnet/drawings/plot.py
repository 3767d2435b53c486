"""Plots of curves, before they have a size: points, axes, ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]

#: Values that span more than this factor are drawn on a logarithmic axis, where that is left open.
WIDE = 30.0
#: Numbers beyond this are as good as infinite, and on a logarithmic axis, below its inverse as good as 0.
HUGE = 1e150


class Curve(NamedTuple):
    """A line through points; it is broken where one is not finite. faint: behind the others, and thin."""

    name: str
    points: tuple[Point, ...]
    faint: bool = False


class Plot(NamedTuple):
    """Curves over common axes.

    caption: the line above. across, up: what the axes say. logarithmic: the upright axis, None where the values decide.
    frame: what both axes span at least, as (lowest, highest) of each.
    """

    subject: str
    caption: str
    curves: tuple[Curve, ...]
    across: str = ""
    up: str = ""
    logarithmic: bool | None = None
    frame: tuple[Point, Point] | None = None

    @property
    def description(self) -> str:
        return f"{len(self.curves)} curve{'s' if len(self.curves) != 1 else ''}"


class Axis:
    """One axis: its span, and where a value is on it, from 0 to 1."""

    def __init__(self, values: Iterable[float], span: Point | None = None, *, logarithmic: bool | None = False) -> None:
        known = [value for value in (*values, *(span or ())) if abs(value) < HUGE]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        self.logarithmic = low > 1 / HUGE and (high > WIDE * low if logarithmic is None else logarithmic)
        if high - low <= 1e-9 * max(abs(low), abs(high)) or high - low < 1 / HUGE:
            low, high = (
                (low / 2, high * 2) if self.logarithmic else (low - abs(low) / 2 - 0.5, high + abs(high) / 2 + 0.5)
            )
        self.low, self.high = low, high

    def place(self, value: float) -> float:
        """Gives where a value is; NaN where a value has no place."""
        if not abs(value) < HUGE or (self.logarithmic and value <= 0):
            return math.nan
        scale = math.log if self.logarithmic else float
        return (scale(value) - scale(self.low)) / (scale(self.high) - scale(self.low))

    def ticks(self, count: int) -> list[float]:
        """Gives about so many round numbers on the axis."""
        if not self.logarithmic:
            return round_numbers(self.low, self.high, count)
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        found: list[float] = []
        for digits in ((1,), (1, 3), (1, 2, 5)):
            made = [digit * 10.0**power for power in powers for digit in digits]
            made = [value for value in made if self.low <= value <= self.high]
            if len(made) > count and found:
                break
            found = made
        if len(found) < 2:
            return round_numbers(self.low, self.high, count)
        return found[:: math.ceil(len(found) / count)]


def round_numbers(low: float, high: float, count: int) -> list[float]:
    """Gives about so many multiples of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def tick_text(value: float) -> str:
    text = f"{value:.6g}"
    return text.replace("e-0", "e-").replace("e+0", "e").replace("-0", "0") if text == "-0" or "e" in text else text


def axes_of(plot: Plot) -> tuple[Axis, Axis]:
    """Gives the axis across and the upright one."""
    points = [point for curve in plot.curves for point in curve.points]
    frame = plot.frame or (None, None)
    return (
        Axis((x for x, _ in points), frame[0]),
        Axis((y for _, y in points), frame[1], logarithmic=plot.logarithmic),
    )


def stretches(curve: Curve, axes: tuple[Axis, Axis], most: int) -> list[list[Point]]:
    """Gives the unbroken parts of a curve as places from 0 to 1; of more than `most` points, the means of neighbors."""
    found: list[list[Point]] = [[]]
    for x, y in thinned_points(curve.points, most):
        place = axes[0].place(x), axes[1].place(y)
        if math.isnan(place[0] + place[1]):
            found.append([])
        else:
            found[-1].append(place)
    return [part for part in found if part]


def thinned_points(points: Sequence[Point], most: int) -> Sequence[Point]:
    if len(points) <= most:
        return points
    edges = [n * len(points) // most for n in range(most + 1)]
    shares = [points[a:b] for a, b in pairwise(edges)]
    return [(sum(x for x, _ in share) / len(share), sum(y for _, y in share) / len(share)) for share in shares]
