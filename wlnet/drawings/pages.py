"""Pages: everything has its place in pixels, y downwards. How scenes, texts and grids of pages become pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from wlnet.drawings.marks import (
    BLACK,
    WHITE,
    Clip,
    Color,
    Mark,
    Page,
    Path,
    Pixels,
    Place,
    Point,
    Sheet,
    Words,
    mapped,
    one,
    text_width,
)
from wlnet.drawings.plot import round_numbers, tick_text
from wlnet.drawings.scene import Legend, Scene

MARGIN, TICK, LINE = 10.0, 4.0, 18.0
#: Sizes of the color bar of a legend, and of the sample of a curve.
BAR, SAMPLE = (14.0, 130.0), 20.0
GAP = 12.0


def line(*points: Point, color: Color, width: float = 1.0) -> Path:
    return Path((np.array(points, float),), color, width)


def rectangle(low: Point, high: Point) -> np.ndarray:
    """Gives the closed outline between two opposite corners."""
    return np.array([low, (high[0], low[1]), high, (low[0], high[1]), low], float)


def scene_page(scene: Scene) -> Page:
    """Gives the page of a scene: margins as wide as what is written there, legends beside it."""
    beside = [legend for legend in scene.legends if legend.side in ("Right", "Left")]
    right = max((legend_size(legend, scene.font)[0] + GAP for legend in beside), default=0.0)
    below = sum(
        legend_size(legend, scene.font)[1] + GAP for legend in scene.legends if legend.side in ("Top", "Bottom")
    )
    left, top, out, bottom = margins(scene)
    wide = max(scene.width - left - out - right, 40.0)
    high = wide * scene.shape
    if scene.height is not None:
        room = max(scene.height - top - bottom - below, 40.0)
        high, wide = (room, wide) if scene.aspect is None else (min(high, room), min(wide, room / scene.shape))
    at_left = any(legend.side == "Left" for legend in beside)
    at_top = sum(legend_size(legend, scene.font)[1] + GAP for legend in scene.legends if legend.side == "Top")
    start = (left + (right if at_left else 0.0), top + at_top)

    def place(points: np.ndarray) -> np.ndarray:
        found = scene.place(points)
        return np.stack([start[0] + wide * found[:, 0], start[1] + high * (1 - found[:, 1])], axis=1)

    end = (start[0] + wide, start[1] + high)
    marks = tuple(unfolded(mapped(mark, place) for mark in scene.marks))
    grown = 3.0 if scene.frame or any(scene.axes) else 0.0
    inside = Clip(marks, (start[0] - grown, start[1] - grown), (end[0] + grown, end[1] + grown))
    whole = (end[0] + out + (0.0 if at_left else right), end[1] + bottom + below - at_top)
    parts: list[Mark | Clip] = [*grid_lines(scene, start, end, place), inside, *around(scene, start, end, place)]
    parts += legends(scene, start, end, whole)
    return Page(*whole, tuple(parts), scene.background)


def margins(scene: Scene) -> tuple[float, float, float, float]:
    """Gives the room left, above, right and below for what is written around a scene."""
    left = top = right = bottom = MARGIN
    line = scene.font + 6
    if scene.frame or any(scene.axes):
        sides = [scene.frame or axis for axis in scene.axes]
        corner = one(scene.place, scene.low if scene.frame else scene.corner())
        widest = max((text_width(text, scene.font) for _, text in scene.ticks_of(1, 6)), default=0.0)
        ends = scene.ticks_of(0, 7)
        half = text_width(ends[-1][1], scene.font) / 2 if ends else 0.0
        if sides[1] and corner[0] < 0.1:
            left += widest + 8
        if sides[0] and corner[1] < 0.1 and ends:
            bottom += line
        right += max(half - 4, 0.0)
        top += 4
    labels = (*scene.labels, "", "", "", "")
    if scene.frame:
        bottom += line * bool(labels[0])
        left += line * bool(labels[1])
        top += line * bool(labels[2])
        right += line * bool(labels[3])
    else:
        right += text_width(labels[0], scene.font) + 4 if labels[0] else 0.0
        top += line * bool(labels[1])
    top += (line + 8) * bool(scene.title)
    return left, top, right, bottom


def grid_lines(scene: Scene, start: Point, end: Point, place: Place) -> Iterator[Mark]:
    for n, given in enumerate(scene.grid):
        found = scene.ticks_of(n, (7, 6)[n]) if given is None else given
        for value, _ in found:
            x, y = one(place, (value, scene.high[1]) if n == 0 else (scene.low[0], value))
            if n == 0 and start[0] - 1 <= x <= end[0] + 1:
                yield line((x, start[1]), (x, end[1]), color=scene.grid_color)
            elif n == 1 and start[1] - 1 <= y <= end[1] + 1:
                yield line((start[0], y), (end[0], y), color=scene.grid_color)


def around(scene: Scene, start: Point, end: Point, place: Place) -> Iterator[Mark]:
    """Yields axes or frame, their ticks and labels, the title."""
    ink, words, size = scene.ink, scene.words, scene.font
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    labels = (*scene.labels, "", "", "", "")
    if scene.title:
        yield Words(scene.title, (middle[0], MARGIN + 8), words, size + 2)
    if scene.frame:
        yield Path((rectangle(start, end),), ink, 1.0)
        yield from ticks(scene, (start[0], end[1]), place, (True, True), inside=(start[1], end[0]))
        yield Words(labels[0], (middle[0], end[1] + 2.1 * size + 6), words, size)
        widest = max((text_width(text, size) for _, text in scene.ticks_of(1, 6)), default=0.0)
        yield Words(labels[1], (start[0] - widest - size - 8, middle[1]), words, size, turn=90.0)
        yield Words(labels[2], (middle[0], start[1] - size), words, size)
        yield Words(labels[3], (end[0] + size, middle[1]), words, size, turn=90.0)
    elif any(scene.axes):
        corner = one(place, scene.corner())
        if scene.axes[0]:
            yield line((start[0], corner[1]), (end[0], corner[1]), color=ink)
            yield Words(labels[0], (end[0] + 6, corner[1]), words, size, (-1.0, 0.0))
        if scene.axes[1]:
            yield line((corner[0], start[1]), (corner[0], end[1]), color=ink)
            yield Words(labels[1], (corner[0], start[1] - size), words, size)
        yield from ticks(scene, corner, place, scene.axes)


def ticks(
    scene: Scene, corner: Point, place: Place, wanted: tuple[bool, bool], inside: Point | None = None
) -> Iterator[Mark]:
    """Yields the ticks of both axes and their texts; `inside`: in a frame, whose other sides have some too."""
    crossing = inside is None and all(wanted)
    for value, text in scene.ticks_of(0, 7) if wanted[0] else ():
        x, _ = one(place, (value, scene.high[1]))
        yield line((x, corner[1]), (x, corner[1] - TICK), color=scene.ink)
        if inside is not None:
            yield line((x, inside[0]), (x, inside[0] + TICK), color=scene.ink)
        if not (crossing and abs(x - corner[0]) < 1 and one(scene.place, scene.corner())[0] > 0.02):
            yield Words(text, (x, corner[1] + scene.font * 0.9 + 1), scene.words, scene.font)
    for value, text in scene.ticks_of(1, 6) if wanted[1] else ():
        _, y = one(place, (scene.high[0], value))
        yield line((corner[0], y), (corner[0] + TICK, y), color=scene.ink)
        if inside is not None:
            yield line((inside[1], y), (inside[1] - TICK, y), color=scene.ink)
        if not (crossing and abs(y - corner[1]) < 1 and one(scene.place, scene.corner())[1] > 0.02):
            yield Words(text, (corner[0] - 6, y), scene.words, scene.font, (1.0, 0.0))


def bar_ticks(low: float, high: float) -> list[float]:
    """Gives the numbers beside a bar of colors."""
    return round_numbers(low, high, 5) if high > low else []


def legend_size(legend: Legend, font: float) -> Point:
    """Gives how wide and high a legend is."""
    title = LINE * bool(legend.title)
    if legend.bar is not None:
        widest = max((text_width(tick_text(value), font) for value in bar_ticks(*legend.bar[1:])), default=0.0)
        return BAR[0] + 8 + widest, BAR[1] + title + 6
    widths = [SAMPLE + 8 + text_width(text, font) for _, text in legend.entries] or [0.0]
    if legend.side in ("Top", "Bottom"):
        return sum(widths) + GAP * (len(widths) - 1), LINE + title
    return max(*widths, text_width(legend.title, font)), LINE * len(widths) + title


def legends(scene: Scene, start: Point, end: Point, whole: Point) -> Iterator[Mark]:
    """Yields the legends, those of a side one below the other, in the middle of the height or of the width."""
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    sizes = [legend_size(legend, scene.font) for legend in scene.legends]
    heights = {"Right": 0.0, "Left": 0.0, "Top": 0.0, "Bottom": 0.0}
    for legend, size in zip(scene.legends, sizes, strict=True):
        heights[legend.side] += size[1] + GAP
    widest = max((size[0] for size in sizes), default=0.0)
    down = {
        "Right": middle[1] - (heights["Right"] - GAP) / 2,
        "Left": middle[1] - (heights["Left"] - GAP) / 2,
        "Top": MARGIN + (scene.font + 14) * bool(scene.title),
        "Bottom": whole[1] - MARGIN - heights["Bottom"] + GAP,
    }
    for legend, (width, height) in zip(scene.legends, sizes, strict=True):
        across = {"Right": whole[0] - widest - 6, "Left": MARGIN}.get(legend.side, middle[0] - width / 2)
        yield from legend_marks(legend, (across, down[legend.side]), scene)
        down[legend.side] += height + GAP


def legend_marks(legend: Legend, corner: Point, scene: Scene) -> Iterator[Mark]:
    x, y = corner
    if legend.title:
        yield Words(legend.title, (x, y + 8), scene.words, scene.font, (-1.0, 0.0))
        y += LINE
    if legend.bar is not None:
        colors, low, high = legend.bar
        yield Pixels(colors[::-1, None, :], (x, y + BAR[1]), (x + BAR[0], y))
        for value in bar_ticks(low, high):
            place = (x + BAR[0] + 5, y + (high - value) / (high - low) * BAR[1])
            yield Words(tick_text(value), place, scene.words, scene.font, (-1.0, 0.0))
    for sample, text in legend.entries:
        left, middle = x, y + LINE / 2

        def place_sample(points: np.ndarray, left: float = left, middle: float = middle) -> np.ndarray:
            return np.array([left, middle]) + points * (SAMPLE, -LINE / 2)

        yield mapped(sample, place_sample)
        yield Words(text, (left + SAMPLE + 6, middle), scene.words, scene.font, (-1.0, 0.0))
        if legend.side in ("Top", "Bottom"):
            x += SAMPLE + 8 + text_width(text, scene.font) + GAP
        else:
            y += LINE


def moved(page: Page, corner: Point, scale: float = 1.0) -> list[Mark | Clip]:
    """Gives the marks of a page, on another page with its upper left corner at a point."""

    def place(points: np.ndarray) -> np.ndarray:
        return np.array(corner) + scale * points

    low, high = corner, (corner[0] + scale * page.width, corner[1] + scale * page.height)
    found: list[Mark | Clip] = []
    if page.background != WHITE and page.background[3]:
        found.append(Path((rectangle(low, high),), None, fill=page.background))
    for mark in page.marks:
        if isinstance(mark, Clip):
            inner = tuple(mapped(each, place, scale) for each in mark.marks)
            found.append(Clip(inner, one(place, mark.low), one(place, mark.high)))
        else:
            found.append(mapped(mark, place, scale))
    return found


def unfolded(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yields marks, those on a sheet as marks of their own."""
    for mark in marks:
        if not isinstance(mark, Sheet):
            yield mark
            continue
        wide, high = abs(mark.high[0] - mark.low[0]), abs(mark.high[1] - mark.low[1])
        scale = min(wide / mark.page.width, high / mark.page.height)
        left = min(mark.low[0], mark.high[0]) + (wide - scale * mark.page.width) / 2
        top = min(mark.low[1], mark.high[1]) + (high - scale * mark.page.height) / 2
        for each in moved(mark.page, (left, top), scale):
            yield from each.marks if isinstance(each, Clip) else (each,)


def text_page(text: str, size: float = 12.0) -> Page:
    """Gives a text as a page, line by line."""
    lines = text.split("\n")
    width = max(text_width(each, size) for each in lines) + 4
    height = 1.4 * size
    marks = [Words(each, (2.0, height * (n + 0.5)), BLACK, size, (-1.0, 0.0)) for n, each in enumerate(lines)]
    return Page(width, height * len(lines), tuple(marks))


def grid_page(rows: Sequence[Sequence[Page]], gap: float = GAP, width: float | None = None) -> Page:
    """Gives pages in rows and columns, each in the middle of its cell; scaled to a width where one is given."""
    count = max(map(len, rows), default=0)
    wide = [max((row[n].width for row in rows if n < len(row)), default=0.0) for n in range(count)]
    high = [max((page.height for page in row), default=0.0) for row in rows]
    marks: list[Mark | Clip] = []
    y = 0.0
    for row, height in zip(rows, high, strict=True):
        x = 0.0
        for page, room in zip(row, wide, strict=False):
            marks += moved(page, (x + (room - page.width) / 2, y + (height - page.height) / 2))
            x += room + gap
        y += height + gap
    made = Page(max(sum(wide) + gap * (count - 1), 1.0), max(y - gap, 1.0), tuple(marks))
    if width is None:
        return made
    scale = width / made.width
    return Page(width, made.height * scale, tuple(moved(made, (0.0, 0.0), scale)))
