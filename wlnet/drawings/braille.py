"""Curves in lines of Braille characters, two columns and four rows of dots each: for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from wlnet.drawings.plot import Axis, Plot, axes_of, stretches, tick_text

#: Dots of a Braille character by (column, row), from U+2800.
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
#: Characters and lines of a plot inside its axes.
WIDTH, LINES = 64, 14


class Dots:
    """A field of dots, so many characters wide and lines high; (0, 0) is the upper left one."""

    def __init__(self, width: int, lines: int) -> None:
        self.cells = [[0] * width for _ in range(lines)]

    def set(self, column: int, row: int) -> None:
        self.cells[row // 4][column // 2] |= DOTS[column % 2][row % 4]

    def upright(self, column: int, start: int, end: int) -> None:
        for row in range(min(start, end), max(start, end) + 1):
            self.set(column, row)

    def line(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for step in range(steps + 1):
            part = step / steps
            self.set(round(start[0] + part * (end[0] - start[0])), round(start[1] + part * (end[1] - start[1])))

    def rows(self) -> list[str]:
        return ["".join(chr(0x2800 + cell) for cell in line) for line in self.cells]


def curve(values: Sequence[float], width: int, lines: int, axis: Axis) -> list[str]:
    """Gives a curve through equidistant values in lines of Braille characters."""
    dots = Dots(width, lines)
    before: int | None = None
    for column, value in enumerate(thinned(values, width * 2)):
        place = axis.place(value)
        if math.isnan(place):
            before = None
            continue
        row = row_of(place, lines)
        dots.upright(column, row if before is None else before, row)
        before = row
    return dots.rows()


def row_of(place: float, lines: int) -> int:
    """Gives the row of dots for a place on the upright axis, from 0 (below) to 1."""
    top = lines * 4 - 1
    return top - round(min(max(place, 0.0), 1.0) * top)


def thinned(values: Sequence[float], count: int) -> list[float]:
    """Gives at most so many values that stand for all: each the mean of its share; fewer are spread out."""
    if len(values) <= count:
        return [values[index * len(values) // count] for index in range(count)]
    edges = [index * len(values) // count for index in range(count + 1)]
    return [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]


def plot_text(plot: Plot) -> str:
    """Gives a plot in lines of text: the curves between axes, each with its name where it ends."""
    axes = axes_of(plot)
    dots = Dots(WIDTH, LINES)
    names: dict[int, str] = {}
    for line in sorted(plot.curves, key=lambda curve: not curve.faint):
        last = None
        for part in stretches(line, axes, 4 * WIDTH):
            found = [(round(min(max(x, 0.0), 1.0) * (2 * WIDTH - 1)), row_of(y, LINES)) for x, y in part]
            for start, end in pairwise([found[0], *found]):
                dots.line(start, end)
            last = found[-1]
        if last is not None:
            free = sorted((row for row in range(LINES) if row not in names), key=lambda row: abs(row - last[1] // 4))
            names.update(dict.fromkeys(free[:1], line.name))
    labels = {row_of(axes[1].place(value), LINES) // 4: tick_text(value) for value in axes[1].ticks(5)}
    margin = max(map(len, labels.values()), default=0)
    rows = [
        f"{labels.get(n, ''):>{margin}} {'┤' if n in labels else '│'}{row} {names.get(n, '')}".rstrip()
        for n, row in enumerate(dots.rows())
    ]
    notes = [plot.caption, *([plot.up] if plot.up else []), *(["(logarithmic)"] if axes[1].logarithmic else [])]
    return "\n".join(["  ".join(notes), *rows, *axis_lines(plot, axes[0], margin)])


def axis_lines(plot: Plot, axis: Axis, margin: int) -> list[str]:
    """Gives the lines below a plot: the axis, its numbers, what it counts."""
    line, numbers = ["─"] * WIDTH, [" "] * (WIDTH + 12)
    free = -1
    for value in axis.ticks(6):
        column, text = round(axis.place(value) * (WIDTH - 1)), tick_text(value)
        start = max(column - len(text) // 2, 0)
        if start > free:
            line[column] = "┬"
            numbers[start : start + len(text)] = text
            free = start + len(text)
    blank = " " * (margin + 2)
    named = [blank + plot.across.center(WIDTH).rstrip()] if plot.across else []
    return [f"{' ' * margin} └{''.join(line)}", blank + "".join(numbers).rstrip(), *named]
