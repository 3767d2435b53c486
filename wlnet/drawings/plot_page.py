"""Plots as pages: a caption, a legend, light grid lines, curves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wlnet.drawings.graph_page import GRAY, INK, MARGIN, SMALL, label
from wlnet.drawings.marks import Color, Dots, Mark, Page, Path, hex_color, mapped, text_width
from wlnet.drawings.plot import Axis, Curve, Plot, axes_of, stretches, tick_text

#: Sizes of what is inside the axes.
WIDTH, HEIGHT = 440.0, 260.0
GRID, FAINT = map(hex_color, ("#e4e8ed", "#b8c1cb"))
#: The colors of curves, used in turn.
COLORS = tuple(map(hex_color, ("#3b7dd8", "#e08a2b", "#3f9d5d", "#d0494d", "#8a5cc7", "#2a9d9d", "#c2255c", "#5c940d")))
#: Points of a curve at most; the others are joined to means.
POINTS = 2000


def plot_page(plot: Plot) -> Page:
    """Gives the page of a plot."""
    axes = axes_of(plot)
    shown = [(tick_text(value), axes[1].place(value)) for value in axes[1].ticks(6)]
    left = MARGIN + max((text_width(text, SMALL) for text, _ in shown), default=0.0) + (22 if plot.up else 6)
    legend = list(legend_places(plot.curves))
    top = MARGIN + 24 + 18 * (1 + max((line for _, _, line in legend), default=-1))
    corner = np.array([left, top])
    inside: list[Mark] = [
        *grid(shown, axes[0]),
        *(mark for n, each in ordered(plot.curves) for mark in curve_marks(each, axes, COLORS[n % len(COLORS)])),
    ]
    marks = [
        label(plot.caption, MARGIN, MARGIN + 8, 12, GRAY),
        *legend_marks(plot, legend),
        *(mapped(mark, lambda points: points + corner) for mark in inside),
    ]
    if plot.across:
        marks.append(label(plot.across, left + WIDTH / 2, top + HEIGHT + 36, SMALL, GRAY, across=0.0))
    if plot.up:
        said = f"{plot.up} (logarithmic)" if axes[1].logarithmic else plot.up
        marks.append(label(said, MARGIN, top + HEIGHT / 2, SMALL, GRAY, across=0.0, turn=90.0))
    return Page(left + WIDTH + MARGIN, top + HEIGHT + 30 + MARGIN, tuple(marks))


def ordered(curves: tuple[Curve, ...]) -> list[tuple[int, Curve]]:
    """Gives the curves with their numbers, the faint ones first: they lie behind."""
    return sorted(enumerate(curves), key=lambda item: not item[1].faint)


def legend_places(curves: tuple[Curve, ...]) -> Iterator[tuple[int, float, int]]:
    """Yields for each curve with a name its number, and where it stands in the legend: x and line."""
    x, line = 0.0, 0
    for number, curve in enumerate(curves):
        if not curve.name:
            continue
        width = text_width(curve.name, SMALL) + 40
        if x and x + width > WIDTH:
            x, line = 0.0, line + 1
        yield number, x, line
        x += width


def legend_marks(plot: Plot, places: list[tuple[int, float, int]]) -> Iterator[Mark]:
    for number, across, line in places:
        curve, x, y = plot.curves[number], MARGIN + across, MARGIN + 28 + 18 * line
        yield stroke(curve, COLORS[number % len(COLORS)], [(x, y - 4), (x + 18, y - 4)])
        yield label(curve.name, x + 24, y, SMALL, INK)


def grid(shown: list[tuple[str, float]], across: Axis) -> Iterator[Mark]:
    """Yields the lines and numbers of both axes."""
    for text, place in shown:
        y = HEIGHT * (1 - place)
        yield Path((np.array([(0, y), (WIDTH, y)]),), GRID)
        yield label(text, -7, y + 4, SMALL, GRAY, across=1.0)
    for value in across.ticks(7):
        x = WIDTH * across.place(value)
        yield Path((np.array([(x, HEIGHT), (x, HEIGHT + 5)]),), GRAY)
        yield label(tick_text(value), x, HEIGHT + 18, SMALL, GRAY, across=0.0)
    yield Path((np.array([(0, 0), (0, HEIGHT), (WIDTH, HEIGHT)]),), GRAY)


def stroke(curve: Curve, color: Color, points: list[tuple[float, float]]) -> Path:
    width, color = (1.2, FAINT) if curve.faint else (2.0, color)
    return Path((np.array(points),), color, width)


def curve_marks(curve: Curve, axes: tuple[Axis, Axis], color: Color) -> Iterator[Mark]:
    """Yields a path for each unbroken part of a curve, a dot for one of a single point."""
    for part in stretches(curve, axes, POINTS):
        points = [(WIDTH * x, HEIGHT * (1 - y)) for x, y in part]
        yield Dots(np.array(points), color, 5.0) if len(points) == 1 else stroke(curve, color, points)
