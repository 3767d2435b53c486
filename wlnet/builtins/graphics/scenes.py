"""Graphics as scenes and pages: what is shown in the terminal and written to files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.forms import output_text
from wlnet.builtins.evaluation.pages import PAGE_HEADS, PICTURES, page_of
from wlnet.builtins.graphics.legends import legends_in
from wlnet.builtins.graphics.options import GENERAL, Span, read_general
from wlnet.builtins.graphics.primitives import Frame, marks_of
from wlnet.builtins.graphics.styles import Style
from wlnet.builtins.graphics.values import Unfit, is_symbol, items, name_of, unfit
from wlnet.drawings.marks import BLACK, WHITE, Dots, Mark, Page, Path, Point, Words
from wlnet.drawings.pages import grid_page, scene_page, text_page
from wlnet.drawings.scene import GRAY, PALE, SCALES, Scene
from wlnet.kernel.calling import is_option, option_rules
from wlnet.patterns.renaming import symbols_of
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list

#: The room around the data, as a share of their range.
PADDING = 0.04
#: Beyond this, numbers have no place in a picture.
HUGE = 1e150


def options_of(args: Iterable[Term], known: Collection[str] = GENERAL, head: str = "Graphics") -> dict[str, Term]:
    """Gives the options among arguments by name; the first of two counts. Raises Unfit where one is unknown."""
    found: dict[str, Term] = {}
    for given in args:
        if not is_option(given):
            raise unfit("an option", given)
        for left, value in option_rules(given):
            name = name_of(left)
            if name not in known:
                raise Unfit(f"{name} is no option of {head}; options: {', '.join(known)}")
            found.setdefault(name, value)
    return found


def scene_of(term: Term) -> Scene:
    """Gives the scene of Graphics[…], or of one with legends; raises Unfit."""
    if is_head(term, S.Legended, 2):
        scene = scene_of(term.args[0])
        return replace(scene, legends=(*scene.legends, *legends_in(term.args[1])))
    if not is_head(term, S.Graphics) or not term.args:
        raise unfit("a graphic", term)
    given = options_of(term.args[1:])
    return made_scene(term.args[0], given, read_general(given))


def made_scene(primitives: Term, given: Mapping[str, Term], options: dict[str, Any]) -> Scene:
    width, height = options["ImageSize"]
    style, scales = options["BaseStyle"], options["ScalingFunctions"]
    frame = Frame(width, page_of)
    marks = marks_of(primitives, frame, style)
    low, high = corners(marks, options, scales, has_sides=options["Frame"] or any(options["Axes"]))
    labels = options["LabelStyle"]
    axes = options["AxesStyle"] if not options["Frame"] else options["FrameStyle"]
    scene = Scene(
        (), low, high, options["AspectRatio"], width, height, scales, options["Axes"], options["Frame"],
        options["AxesOrigin"], options["FrameTicks"] if options["Frame"] and "FrameTicks" in given else options["Ticks"],
        options["GridLines"], options["FrameLabel"] if options["Frame"] else options["AxesLabel"], options["PlotLabel"],
        (), options["Background"] or WHITE, GRAY if axes == Style() else axes.ink, words_color(labels, axes),
        labels.font, PALE if options["GridLinesStyle"] == Style() else options["GridLinesStyle"].ink,
    )  # fmt: skip
    known = frame._replace(low=low, high=high, shape=scene.shape)
    if {S.Scaled, S.Inset} & set(symbols_of(primitives)):
        marks = marks_of(primitives, known, style)
    behind, before = (
        marks_of(given[name], known, style) if name in given and not is_symbol(given[name], "None", "Automatic") else []
        for name in ("Prolog", "Epilog")
    )
    return replace(scene, marks=(*behind, *marks, *before))


def words_color(labels: Style, axes: Style) -> tuple[float, float, float, float]:
    return next((style.ink for style in (labels, axes) if style.ink != BLACK), BLACK)


def corners(
    marks: list[Mark], options: dict[str, Any], scales: tuple[str, str], has_sides: bool
) -> tuple[Point, Point]:
    """Gives the lower left and the upper right corner of what is in sight: the ranges asked for, or all marks and some room."""
    found = [
        side(n, marks, options["PlotRange"][n], options["PlotRangePadding"][n], scales[n], has_sides) for n in (0, 1)
    ]
    return (found[0][0], found[1][0]), (found[0][1], found[1][1])


def side(n: int, marks: list[Mark], given: Span, padding: float | None, scale: str, has_sides: bool) -> Point:
    """Gives the range in one direction."""
    values = np.concatenate([np.zeros(0), *(extent(mark, n) for mark in marks)])
    values = values[np.isfinite(values) & (np.abs(values) < HUGE)]
    if SCALES[scale].logarithmic or scale == "Sqrt":
        values = values[values > 0] if SCALES[scale].logarithmic else values[values >= 0]
        given = tuple(end if end is None or end > 0 or scale == "Sqrt" else None for end in given)  # type: ignore[assignment]
    low, high = (float(values.min()), float(values.max())) if len(values) else (1.0, 10.0)
    share = (PADDING if has_sides else 0.02) if padding is None else padding
    bottom, top = low if given[0] is None else given[0], high if given[1] is None else given[1]
    if SCALES[scale].logarithmic:
        bottom, top = (bottom / 2, top * 2) if top <= bottom * (1 + 1e-9) else (bottom, top)
        grown = (top / bottom) ** share
        ends = bottom / grown, top * grown
    else:
        if top - bottom <= 1e-12 * max(abs(top), abs(bottom), 1e-280):
            bottom, top = bottom - (abs(bottom) / 2 or 1.0), top + (abs(top) / 2 or 1.0)
        ends = bottom - share * (top - bottom), top + share * (top - bottom)
        if scale == "Sqrt":
            ends = max(ends[0], 0.0), ends[1]
    keeps = padding is None
    low = given[0] if given[0] is not None and keeps else ends[0]
    high = given[1] if given[1] is not None and keeps else ends[1]
    return low, high


def extent(mark: Mark, n: int) -> np.ndarray:
    """Gives the coordinates of a mark in one direction."""
    if isinstance(mark, Path):
        return np.concatenate([part[:, n] for part in mark.parts]) if mark.parts else np.zeros(0)
    if isinstance(mark, Dots):
        return mark.points[:, n]
    if isinstance(mark, Words):
        return np.array([mark.place[n]])
    return np.array([mark.low[n], mark.high[n]])


def cell(term: Term) -> Page:
    """Gives the page of anything: a graphic, or the text of what is none."""
    found = page_of(term)
    return text_page(output_text(term) or " ") if found is None else found


def grid(args: tuple[Term, ...]) -> Page | None:
    if not args or not is_list(args[0]):
        return None
    rows = [[cell(item) for item in items(row)] for row in elements(args[0])]
    size = next((arg.args[1] for arg in args[1:] if is_head(arg, S.Rule, 2) and arg.args[0] is S.ImageSize), None)
    return grid_page(rows, width=None if size is None else GENERAL["ImageSize"].read(size)[0])


def row(args: tuple[Term, ...]) -> Page | None:
    return grid_page([[cell(item) for item in items(args[0])]]) if args and is_list(args[0]) else None


def column(args: tuple[Term, ...]) -> Page | None:
    return grid_page([[cell(item)] for item in items(args[0])]) if args and is_list(args[0]) else None


def labeled(args: tuple[Term, ...]) -> Page | None:
    """Gives a thing with its label below, or on another side, or with several labels."""
    if len(args) < 2:
        return None
    page = cell(args[0])
    for label, side in labels_of(args):
        said = cell(label)
        sides: dict[Term, list[list[Page]]] = {
            S.Top: [[said], [page]], S.Bottom: [[page], [said]], S.Left: [[said, page]], S.Right: [[page, said]],
        }  # fmt: skip
        if type(side) is not Symbol or side not in sides:
            raise unfit("Top, Bottom, Left or Right", side)
        page = grid_page(sides[side], gap=6.0)
    return page


def labels_of(args: tuple[Term, ...]) -> list[tuple[Term, Term]]:
    """Gives the labels of Labeled with their sides."""
    side = args[2] if len(args) > 2 else S.Bottom
    if is_list(args[1]) and is_list(side):
        return list(zip(elements(args[1]), elements(side), strict=False))
    return [(args[1], side)]


def with_arguments(made: Callable[[tuple[Term, ...]], Page | None]) -> Callable[[Expression], Page | None]:
    return lambda term: made(term.args)


PICTURES |= {S.Graphics, S.Legended, S.GraphicsGrid}
PAGE_HEADS.update(
    {
        S.Graphics: lambda term: scene_page(scene_of(term)),
        S.Legended: lambda term: scene_page(scene_of(term)),
        S.Grid: with_arguments(grid),
        S.GraphicsGrid: with_arguments(grid),
        S.Row: with_arguments(row),
        S.Column: with_arguments(column),
        S.Labeled: with_arguments(labeled),
    }
)
