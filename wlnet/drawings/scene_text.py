"""Scenes in lines of Braille characters, for a terminal: surfaces as dark as their colors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.drawings.braille import DOTS
from wlnet.drawings.marks import Color, Dots, Path, Pixels, Words, finite_parts, mapped, one
from wlnet.drawings.pages import unfolded
from wlnet.drawings.scene import Scene

#: Characters and lines inside the axes at most.
WIDTH, LINES = 60, 24
#: From how dark on each of 4 × 4 neighboring dots is set (Bayer's ordered dithering).
BAYER = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) + 0.5) / 16
WEIGHTS = np.array([[DOTS[column][row] for column in range(2)] for row in range(4)])
#: Lines and dots lighter than this are not seen.
FAINT = 0.12


class Canvas:
    """A field of dots (rows from the top), and texts by cell."""

    def __init__(self, width: int, lines: int) -> None:
        self.dots = np.zeros((4 * lines, 2 * width), bool)
        self.texts: dict[tuple[int, int], str] = {}
        rows, columns = self.dots.shape
        self.limits = np.tile(BAYER, (rows // 4 + 1, columns // 4 + 1))[:rows, :columns]

    def place(self, points: np.ndarray) -> np.ndarray:
        """Gives places from 0 to 1 as columns and rows of dots."""
        rows, columns = self.dots.shape
        return np.stack([points[:, 0] * (columns - 1), (1 - points[:, 1]) * (rows - 1)], axis=1)

    def set(self, points: np.ndarray, value: bool = True) -> None:
        found = np.rint(points[np.isfinite(points).all(axis=1) & (np.abs(points) < 1e6).all(axis=1)]).astype(int)
        rows, columns = self.dots.shape
        found = found[(found >= 0).all(axis=1) & (found[:, 0] < columns) & (found[:, 1] < rows)]
        self.dots[found[:, 1], found[:, 0]] = value

    def fill(self, outline: np.ndarray, darkness: float) -> None:
        """Sets the dots inside an outline, as many of them as it is dark."""
        rows, columns = self.dots.shape
        outline = np.clip(outline, -10 * columns, 10 * columns)
        before = np.roll(outline, 1, axis=0)
        for row in range(max(0, int(outline[:, 1].min())), min(rows - 1, int(outline[:, 1].max()) + 1) + 1):
            crosses = (before[:, 1] <= row) != (outline[:, 1] <= row)
            start, end = before[crosses], outline[crosses]
            places = np.sort(start[:, 0] + (row - start[:, 1]) / (end[:, 1] - start[:, 1]) * (end[:, 0] - start[:, 0]))
            for first, last in zip(places[::2], places[1::2], strict=False):
                inside = slice(max(0, int(np.ceil(first))), max(0, int(np.floor(last)) + 1))
                self.dots[row, inside] = self.limits[row, inside] < darkness

    def rows(self) -> list[str]:
        lines, width = self.dots.shape[0] // 4, self.dots.shape[1] // 2
        cells = (self.dots.reshape(lines, 4, width, 2) * WEIGHTS[None, :, None, :]).sum(axis=(1, 3))
        shown = [[chr(0x2800 + int(cell)) for cell in line] for line in cells]
        for (line, column), character in self.texts.items():
            if 0 <= line < lines and 0 <= column < width:
                shown[line][column] = character
        return ["".join(line) for line in shown]


def darkness(color: Color) -> float:
    return color[3] * (1 - (0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]))


def is_seen(color: Color | None) -> bool:
    return color is not None and darkness(color) > FAINT


def draw_path(canvas: Canvas, path: Path) -> None:
    for part in path.parts:
        if path.fill is not None and len(part) > 2 and np.isfinite(part).all():
            canvas.fill(part, darkness(path.fill))
        if path.stroke is not None:
            for points in finite_parts(part):
                draw_line(canvas, points, is_seen(path.stroke))


def draw_line(canvas: Canvas, points: np.ndarray, value: bool) -> None:
    points = np.clip(points, -1000, 2000)
    steps = np.abs(np.diff(points, axis=0)).max(axis=1, initial=0)
    for start, end, count in zip(points, points[1:], steps, strict=False):
        share = np.linspace(0, 1, int(count) + 2)[:, None]
        canvas.set(start + share * (end - start), value)
    if len(points) == 1:
        canvas.set(points, value)


def draw_dots(canvas: Canvas, dots: Dots) -> None:
    wide = dots.size > 6
    for shift in ((0, 0), (1, 0), (0, 1), (1, 1)) if wide else ((0, 0),):
        canvas.set(dots.points + shift, is_seen(dots.color))


def draw_words(canvas: Canvas, words: Words) -> None:
    if not np.isfinite(words.place).all() or not words.text:
        return
    column, row = words.place[0] / 2, words.place[1] / 4
    start = round(column - len(words.text) * (1 + words.align[0]) / 2)
    for n, character in enumerate(words.text):
        canvas.texts[round(row - 0.5), start + n] = character


def draw_pixels(canvas: Canvas, pixels: Pixels) -> None:
    (x, bottom), (right, y) = pixels.low, pixels.high
    rows, columns = canvas.dots.shape
    across = (np.arange(columns) - x) / (right - x + 1e-9 + (right >= x))
    down = (np.arange(rows) - y) / (bottom - y + 1e-9 + (bottom >= y))
    inside = np.ix_((down >= 0) & (down < 1), (across >= 0) & (across < 1))
    lines = (down[(down >= 0) & (down < 1)] * pixels.colors.shape[0]).astype(int)
    cells = (across[(across >= 0) & (across < 1)] * pixels.colors.shape[1]).astype(int)
    colors = pixels.colors[np.ix_(lines, cells)]
    dark = colors[..., 3] * (1 - colors[..., :3] @ np.array([0.299, 0.587, 0.114]))
    canvas.dots[inside] = canvas.limits[inside] < dark


#: Type of a mark → function(canvas, mark) that draws it.
DRAWN: dict[type, Callable[[Canvas, Any], None]] = {
    Path: draw_path,
    Dots: draw_dots,
    Words: draw_words,
    Pixels: draw_pixels,
}


def scene_text(scene: Scene) -> str:
    """Gives a scene in lines of text: title, marks between axes, legend."""
    width, lines = WIDTH, max(round(WIDTH * scene.shape / 2), 1)
    if lines > LINES:
        width, lines = max(round(LINES / scene.shape * 2), 1), LINES
    canvas = Canvas(width, lines)
    for mark in unfolded(mapped(mapped(mark, scene.place), canvas.place) for mark in scene.marks):
        DRAWN[type(mark)](canvas, mark)
    has_axes = scene.frame or any(scene.axes)
    rows = with_axes(scene, canvas, width) if has_axes else canvas.rows()
    title = [scene.title] if scene.title else []
    labels = [label for label in scene.labels[:2] if label]
    said = f"  ({' , '.join(labels)})".replace(" ,", ",") if labels else ""
    head = ["".join([*title, said]).strip()] if title or labels else []
    return "\n".join(row.rstrip(" \u2800") for row in [*head, *rows, *legend_lines(scene)])


def with_axes(scene: Scene, canvas: Canvas, width: int) -> list[str]:
    """Gives the lines with the axes at the left and below, wherever the scene has them."""
    lines = canvas.dots.shape[0] // 4
    shown = {}
    for value, text in scene.ticks_of(1, max(2, min(5, lines // 2))):
        place = one(scene.place, (scene.high[0], value))[1]
        shown[min(lines - 1, max(0, round((1 - place) * (4 * lines - 1)) // 4))] = text
    margin = max(map(len, shown.values()), default=0)
    rows = [f"{shown.get(n, ''):>{margin}} {'┤' if n in shown else '│'}{row}" for n, row in enumerate(canvas.rows())]
    axis, numbers, free = ["─"] * width, [" "] * (width + 12), -1
    for value, text in scene.ticks_of(0, max(2, width // 10)):
        column = round(one(scene.place, (value, scene.high[1]))[0] * (width - 1))
        start = max(column - len(text) // 2, 0)
        if start > free and 0 <= column < width:
            axis[column] = "┬"
            numbers[start : start + len(text)] = text
            free = start + len(text)
    return [*rows, f"{' ' * margin} └{''.join(axis)}", " " * (margin + 2) + "".join(numbers)]


def legend_lines(scene: Scene) -> list[str]:
    found = []
    for legend in scene.legends:
        if legend.bar is not None:
            found.append(f"colors: {legend.bar[1]:.3g} to {legend.bar[2]:.3g}")
        if legend.entries:
            found.append("legend: " + ", ".join(text for _, text in legend.entries))
    return found
