"""Primitives as marks: each is read with the style that the directives before it have made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from wlnet.builtins.evaluation.forms import output_text
from wlnet.builtins.graphics.styles import Style, directed, styled
from wlnet.builtins.graphics.values import array, number, pair, real_of, unfit
from wlnet.drawings.marks import SHAPES, Color, Dots, Mark, Page, Path, Pixels, Point, Sheet, Words
from wlnet.images.spaces import colors_in
from wlnet.terms import Expression, Image, S, Symbol, Term, elements, is_head, is_list

#: Points of a whole circle.
STEPS = 90
#: How much of the width an inset takes whose size is left open.
SHARE = 0.4


class Frame(NamedTuple):
    """What primitives lie in: its corners, as far as they are known, its shape, and the width of the page in pixels.

    page_of: function(expression) that gives the page of a graphic inside, None for what is none. primitives: the table of
    what there is to draw, where it is not PRIMITIVES.
    """

    width: float
    page_of: Callable[[Term], Page | None]
    low: Point | None = None
    high: Point | None = None
    shape: float = 1.0
    primitives: Mapping[Symbol, Callable[..., Iterator[Mark]]] | None = None


def marks_of(term: Term, frame: Frame, style: Style) -> list[Mark]:
    """Gives the marks of primitives; raises Unfit."""
    return list(_walk(term, frame, style)[0])


def _walk(term: Term, frame: Frame, style: Style) -> tuple[list[Mark], Style]:
    """Gives the marks of one term, and the style after it."""
    if is_list(term):
        made: list[Mark] = []
        inner = style
        for item in elements(term):
            found, inner = _walk(item, frame, inner)
            made += found
        return made, style
    changed = directed(style, term, frame.width)
    if changed is not None:
        return [], changed
    head = term.head if type(term) is Expression else None
    if head is S.Style and term.args:
        return marks_of(term.args[0], frame, styled(style, term.args[1:], frame.width)), style
    if type(head) is Symbol and head in WRAPPERS and term.args:
        return marks_of(term.args[0], frame, style), style
    known = PRIMITIVES if frame.primitives is None else frame.primitives
    primitive = known.get(head) if type(head) is Symbol else None
    if primitive is None:
        raise unfit("a primitive such as Line[{{0, 0}, {1, 1}}] or a directive such as Red", term)
    try:
        return list(primitive(frame, tuple(arg for arg in term.args if not is_head(arg, S.Rule)), style)), style
    except (IndexError, OverflowError):
        raise unfit("a primitive with its coordinates", term) from None


def point(frame: Frame, term: Term) -> Point:
    """Gives a point; Scaled[{x, y}] is by its share of the frame."""
    if not is_head(term, S.Scaled, 1):
        return pair(term)
    x, y = pair(term.args[0])
    if frame.low is None or frame.high is None:
        return np.nan, np.nan
    return frame.low[0] + x * (frame.high[0] - frame.low[0]), frame.low[1] + y * (frame.high[1] - frame.low[1])


def points(frame: Frame, term: Term) -> np.ndarray:
    """Gives a list of points."""
    found = array(term)
    if found is not None and found.ndim == 2 and found.shape[1] == 2:
        return found
    if not is_list(term) or not len(elements(term)):
        raise unfit("a list of points {x, y}", term)
    return np.array([point(frame, item) for item in elements(term)], float)


def lines(frame: Frame, term: Term) -> tuple[np.ndarray, ...]:
    """Gives a list of points, or of several such lists."""
    first = elements(term)[0] if is_list(term) and len(elements(term)) else None
    inner = elements(first)[0] if is_list(first) and len(elements(first)) else None
    if is_list(inner) or is_head(inner, S.Scaled):
        return tuple(points(frame, item) for item in elements(term))
    return (points(frame, term),)


def dots(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    single = array(args[0])
    if is_head(args[0], S.Scaled) or (single is not None and single.shape == (2,)):
        places = np.array([point(frame, args[0])])
    elif is_list(args[0]) and len(elements(args[0])):
        places = np.concatenate(lines(frame, args[0]))
    else:
        return
    if style.shape in SHAPES:
        yield Dots(places, style.ink, style.size, style.shape)
    else:
        yield from (Words(style.shape, (x, y), style.ink, 2 * style.size) for x, y in places.tolist())


def strokes(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    if is_list(args[0]) and not len(elements(args[0])):
        return
    yield Path(lines(frame, args[0]), style.ink, style.width, style.dashes)


def arrows(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    for line in lines(frame, args[0]):
        yield Path((line,), style.ink, style.width, style.dashes, head=style.head)


def surface(style: Style, parts: tuple[np.ndarray, ...]) -> Path:
    """Gives closed outlines, filled and edged as the style says."""
    closed = tuple(np.concatenate([part, part[:1]]) for part in parts)
    fill: Color | None = (style.face or style).ink if style.has_face else None
    edge = style.edge
    if edge is None:
        return Path(closed, None, fill=fill)
    return Path(closed, edge.ink, edge.width, edge.dashes, fill)


def polygon(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    yield surface(style, lines(frame, args[0]))


def rectangle(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    x, y = point(frame, args[0]) if args else (0.0, 0.0)
    right, top = point(frame, args[1]) if len(args) > 1 else (x + 1, y + 1)
    yield surface(style, (np.array([(x, y), (right, y), (right, top), (x, top)]),))


def round_outline(frame: Frame, args: tuple[Term, ...]) -> tuple[np.ndarray, bool]:
    """Gives the points of an arc (center, radius or radii, angles), and whether it goes all round."""
    center = np.array(point(frame, args[0]) if args else (0.0, 0.0))
    radii = pair(args[1]) if len(args) > 1 and is_list(args[1]) else number(args[1]) if len(args) > 1 else 1.0
    start, end = pair(args[2]) if len(args) > 2 else (0.0, 2 * np.pi)
    whole = abs(end - start) >= 2 * np.pi - 1e-9
    angles = np.linspace(start, end, max(int(STEPS * min(abs(end - start) / (2 * np.pi), 1)), 3) + 1)
    return center + np.multiply(radii, 1.0) * np.stack([np.cos(angles), np.sin(angles)], axis=1), whole


def disk(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    outline, whole = round_outline(frame, args)
    center = np.array([point(frame, args[0]) if args else (0.0, 0.0)])
    yield surface(style, (outline if whole else np.concatenate([center, outline]),))


def circle(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    yield Path((round_outline(frame, args)[0],), style.ink, style.width, style.dashes)


def words(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    term = args[0]
    if is_head(term, S.Style) and term.args:
        style = styled(style, tuple(arg for arg in term.args[1:] if type(arg) is not str), frame.width)
    place = point(frame, args[1]) if len(args) > 1 else (0.0, 0.0)
    align = pair(args[2]) if len(args) > 2 else (0.0, 0.0)
    turn = 0.0
    if len(args) > 3:
        across, up = pair(args[3])
        turn = float(np.degrees(np.arctan2(up, across)))
    bounded = (min(max(align[0], -1.0), 1.0), min(max(align[1], -1.0), 1.0))
    yield Words(output_text(term), place, style.ink, style.font, bounded, turn, style.bold)


def regular_polygon(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    """Yields RegularPolygon[n], [r, n] or [center, r, n], one side below; r may be {r, angle of the first corner}."""
    count = args[-1]
    if type(count) is not int or not 3 <= count <= 1000:
        raise unfit("a number of corners from 3 on", count)
    center = np.array(point(frame, args[0]) if len(args) > 2 else (0.0, 0.0))
    size = args[-2] if len(args) > 1 else 1.0
    radius, start = pair(size) if is_list(size) else (number(size), np.pi / count - np.pi / 2)
    angles = start + 2 * np.pi * np.arange(count) / count
    yield surface(style, (center + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1),))


def annulus(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    """Yields Annulus[center, {inner, outer}, {angle1, angle2}]."""
    inner, outer = pair(args[1]) if len(args) > 1 else (0.5, 1.0)
    center = args[:1] or (Expression(S.List, (0, 0)),)
    rims = [round_outline(frame, (*center, radius, *args[2:]))[0] for radius in (inner, outer)]
    yield surface(style, (np.concatenate([rims[1], rims[0][::-1]]),))


def bezier(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    """Yields the curves of every three more control points."""
    corners = points(frame, args[0])
    found = [corners[:1]]
    for n in range(0, len(corners) - 1, 3):
        control = corners[n : n + 4]
        t = np.linspace(0, 1, STEPS // 3)[1:, None]
        while len(control) > 1:
            control = [(1 - t) * a + t * b for a, b in pairwise(control)]  # type: ignore[assignment]
        found.append(control[0])
    yield Path((np.concatenate(found),), style.ink, style.width, style.dashes)


def with_places(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    """Yields primitives that call their points by their numbers in a list."""
    places = elements(args[0])

    def placed(term: Term) -> Term:
        if type(term) is int and 1 <= term <= len(places):
            return places[term - 1]
        return Expression(S.List, tuple(map(placed, elements(term)))) if is_list(term) else term

    def walk(term: Term) -> Term:
        if is_list(term):
            return Expression(S.List, tuple(map(walk, elements(term))))
        if type(term) is Expression and term.head in NUMBERED and term.args:
            return Expression(term.head, (placed(term.args[0]), *term.args[1:]))
        return term

    yield from marks_of(walk(args[1]), frame, style)


def inset(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    page = frame.page_of(args[0])
    if page is None:
        yield from words(frame, (args[0], args[1]) if len(args) > 1 else args[:1], style)
        return
    place = point(frame, args[1] if len(args) > 1 else Expression(S.Scaled, (Expression(S.List, (0.5, 0.5)),)))
    if frame.low is None or frame.high is None:
        yield Dots(np.array([place]), style.ink, 0.0)
        return
    across, up = frame.high[0] - frame.low[0], frame.high[1] - frame.low[1]
    size = args[3] if len(args) > 3 else S.Automatic
    if is_list(size):
        width, height = pair(size)
    else:
        width = SHARE * across if (known := real_of(size)) is None else known
        height = width * page.height / page.width * up / across / frame.shape
    anchor = pair(args[2]) if len(args) > 2 and is_list(args[2]) else (0.5, 0.5)
    low = place[0] - anchor[0] * width, place[1] - anchor[1] * height
    yield Sheet(page, low, (low[0] + width, low[1] + height))


def raster(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    if type(args[0]) is Image:
        found = colors_in(args[0], "RGB")
        cells = None if found is None or found.ndim != 3 else found[::-1]
    else:
        cells = array(args[0])
    if cells is None or cells.ndim not in (2, 3) or not cells.size:
        raise unfit("an array of gray levels or colors", args[0])
    low, high = (0.0, 0.0), (float(cells.shape[1]), float(cells.shape[0]))
    if len(args) > 1 and is_list(args[1]):
        low, high = (pair(item) for item in elements(args[1]))
    yield Pixels(rgba(cells)[::-1], low, high)


def rgba(cells: np.ndarray) -> np.ndarray:
    """Gives gray levels, with or without opacity, or colors as colors with opacity."""
    if cells.ndim == 2:
        cells = cells[..., None]
    count = cells.shape[2]
    if count > 4:
        raise unfit("an array with at most four numbers for a cell", count)
    colors = cells[..., :3] if count > 2 else np.repeat(cells[..., :1], 3, axis=2)
    opaque = cells[..., -1:] if count in (2, 4) else np.ones((*cells.shape[:2], 1))
    return np.nan_to_num(np.clip(np.concatenate([colors, opaque], axis=2), 0, 1))


#: Primitives whose first argument says where their points are.
NUMBERED = frozenset({S.Point, S.Line, S.Arrow, S.Polygon, S.Triangle, S.BezierCurve, S.Disk, S.Circle})
#: Wrappers whose first argument is drawn as it is.
WRAPPERS = frozenset({S.GraphicsGroup, S.Tooltip})

#: Primitive → function(frame, args, style) that yields its marks.
PRIMITIVES: Mapping[Symbol, Callable[[Frame, tuple[Term, ...], Style], Iterator[Mark]]] = {
    S.Point: dots,
    S.Line: strokes,
    S.Arrow: arrows,
    S.Polygon: polygon,
    S.Triangle: polygon,
    S.Rectangle: rectangle,
    S.Disk: disk,
    S.Circle: circle,
    S.Text: words,
    S.Inset: inset,
    S.Raster: raster,
    S.RegularPolygon: regular_polygon,
    S.Annulus: annulus,
    S.BezierCurve: bezier,
    S.GraphicsComplex: with_places,
}
