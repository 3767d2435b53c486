"""Scenes: marks between axes, before they have a size on a page."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from wlnet.drawings.marks import BLACK, WHITE, Color, Mark, Point
from wlnet.drawings.plot import Axis, round_numbers, tick_text

#: Where there are ticks, and what they say; None: where the numbers are round.
Ticks: TypeAlias = tuple[tuple[float, str], ...] | None

GRAY: Color = (0.35, 0.39, 0.44, 1.0)
PALE: Color = (0.88, 0.9, 0.92, 1.0)


class Scale(NamedTuple):
    """How numbers lie along an axis, whether their powers of ten make the ticks, and whether it goes backwards."""

    forward: Callable[[np.ndarray], np.ndarray]
    logarithmic: bool = False
    backward: bool = False


#: Name of a scale → what it does.
SCALES: Mapping[str, Scale] = {
    "": Scale(lambda x: x),
    "Log": Scale(np.log10, True),
    "Log2": Scale(np.log10, True),
    "Log10": Scale(np.log10, True),
    "Sqrt": Scale(np.sqrt),
    "Reverse": Scale(lambda x: x, backward=True),
}


class Legend(NamedTuple):
    """What stands beside a scene. entries: (sample, text) of each. bar: colors from low to high, and the ends."""

    entries: tuple[tuple[Mark, str], ...] = ()
    bar: tuple[np.ndarray, float, float] | None = None
    side: str = "Right"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Marks, what they lie between, and what is written around them.

    low, high: the corners in the scene's coordinates. aspect: height over width, None for that of the coordinates.
    width, height: of the whole in pixels; height None where the aspect decides. axes, frame: whether there are some.
    ticks, grid: for both directions; () for none, and of the grid None for lines at the ticks. labels: at the ends of
    the axes, or on the four sides of the frame (bottom, left, top, right). behind, before: marks that may lie outside.
    """

    marks: tuple[Mark, ...]
    low: Point
    high: Point
    aspect: float | None = None
    width: float = 400.0
    height: float | None = None
    scales: tuple[str, str] = ("", "")
    axes: tuple[bool, bool] = (False, False)
    frame: bool = False
    origin: Point | None = None
    ticks: tuple[Ticks, Ticks] = (None, None)
    grid: tuple[Ticks, Ticks] = ((), ())
    labels: tuple[str, ...] = ()
    title: str = ""
    legends: tuple[Legend, ...] = ()
    background: Color = WHITE
    ink: Color = GRAY
    words: Color = BLACK
    font: float = 11.0
    grid_color: Color = PALE

    def place(self, points: np.ndarray) -> np.ndarray:
        """Gives points as places from 0 to 1; NaN where a logarithm has none."""
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            columns = []
            for n in (0, 1):
                forward, _, backward = SCALES[self.scales[n]]
                first, last = forward(np.array([self.low[n], self.high[n]])[:: -1 if backward else 1])
                columns.append((forward(points[:, n]) - first) / (last - first))
        return np.stack(columns, axis=1)

    @property
    def shape(self) -> float:
        """Height over width."""
        if self.aspect is not None:
            return self.aspect
        across, up = self.high[0] - self.low[0], self.high[1] - self.low[1]
        return min(max(up / across, 0.02), 50.0)

    def corner(self) -> Point:
        """Gives where the axes cross: at 0 where that is in sight, else at the lower end."""
        if self.origin is not None:
            return self.origin
        found = [
            0.0 if low <= 0 <= high and not SCALES[scale].logarithmic else low
            for low, high, scale in zip(self.low, self.high, self.scales, strict=True)
        ]
        return found[0], found[1]

    def ticks_of(self, n: int, count: int) -> list[tuple[float, str]]:
        """Gives the ticks in a direction, at most those in sight."""
        given, low, high = self.ticks[n], min(self.low[n], self.high[n]), max(self.low[n], self.high[n])
        if given is not None:
            slack = 1e-9 * (high - low)
            return [(value, text) for value, text in given if low - slack <= value <= high + slack]
        if SCALES[self.scales[n]].logarithmic and low > 0:
            return [(value, power_text(value)) for value in Axis((), (low, high), logarithmic=True).ticks(count)]
        return [(value, tick_text(value)) for value in round_numbers(low, high, count)]


def power_text(value: float) -> str:
    """Gives the text of a tick; a whole large or small power of ten as one."""
    power = math.log10(value)
    if abs(power) >= 4 and abs(power - round(power)) < 1e-9:
        return "10" + str(round(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return tick_text(value)
