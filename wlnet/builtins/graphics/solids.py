"""Primitives in space, made of marks whose points have three coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.forms import output_text
from wlnet.builtins.graphics.primitives import Frame
from wlnet.builtins.graphics.styles import Style
from wlnet.builtins.graphics.values import array, number, unfit
from wlnet.drawings.marks import Dots, Mark, Path, Words
from wlnet.terms import S, Symbol, Term, elements, is_list

#: The edges of a box, by the numbers of its corners.
EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if bin(a ^ b).count("1") == 1]
CORNERS = np.array([[n & 1, n >> 1 & 1, n >> 2 & 1] for n in range(8)], float)


def points(term: Term) -> np.ndarray:
    """Gives a list of points {x, y, z}, (n, 3), a single one as the only one."""
    found = array(term)
    if found is None or found.shape[-1] != 3 or found.ndim > 2:
        raise unfit("a point {x, y, z} or a list of them", term)
    return found.reshape(-1, 3)


def lists_of_points(term: Term) -> list[np.ndarray]:
    """Gives a list of points, or of several such lists."""
    found = array(term)
    if found is not None and found.ndim < 3:
        return [points(term)]
    return [points(item) for item in elements(term)] if is_list(term) else [points(term)]


def dots(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    for part in lists_of_points(args[0]):
        yield from (Dots(place[None], style.ink, style.size, style.shape) for place in part)


def strokes(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    for part in lists_of_points(args[0]):
        yield from (Path((part[n : n + 2],), style.ink, style.width, style.dashes) for n in range(len(part) - 1))


def arrows(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    for part in lists_of_points(args[0]):
        yield Path((part,), style.ink, style.width, style.dashes, head=style.head)


def surface(style: Style, outline: np.ndarray) -> Mark:
    """Gives a surface; how bright it is, where it lies will tell."""
    fill = (style.face or style).ink if style.has_face else None
    closed = (np.concatenate([outline, outline[:1]]),)
    if style.edge is None:
        return Path(closed, None, 0.5, fill=fill)
    return Path(closed, style.edge.ink, style.edge.width, style.edge.dashes, fill)


def polygons(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    for part in lists_of_points(args[0]):
        if len(part) > 2:
            yield surface(style, part)


def words(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    place: Any = points(args[1])[0] if len(args) > 1 else np.zeros(3)
    yield Words(output_text(args[0]), place, style.ink, style.font, bold=style.bold)


def cuboid(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    low = points(args[0])[0] if args else np.zeros(3)
    high = points(args[1])[0] if len(args) > 1 else low + 1
    corners = low + CORNERS * (high - low)
    for face in ((0, 1, 3, 2), (4, 5, 7, 6), (0, 1, 5, 4), (2, 3, 7, 6), (0, 2, 6, 4), (1, 3, 7, 5)):
        yield surface(style, corners[list(face)])


def net(style: Style, grid: np.ndarray) -> Iterator[Mark]:
    """Yields the cells of a surface (rows, columns, 3)."""
    for row in range(len(grid) - 1):
        for n in range(grid.shape[1] - 1):
            cell = np.array([grid[row, n], grid[row, n + 1], grid[row + 1, n + 1], grid[row + 1, n]])
            if np.isfinite(cell).all():
                yield surface(style, cell)


def sphere(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    radius = number(args[1]) if len(args) > 1 else 1.0
    up, round_ = np.meshgrid(np.linspace(0, np.pi, 17), np.linspace(0, 2 * np.pi, 33), indexing="ij")
    shape = np.stack([np.sin(up) * np.cos(round_), np.sin(up) * np.sin(round_), np.cos(up)], axis=2)
    for center in points(args[0]) if args else np.zeros((1, 3)):
        yield from net(style, center + radius * shape)


def pipe(frame: Frame, args: tuple[Term, ...], style: Style, *, tip: float = 1.0) -> Iterator[Mark]:
    """Yields a cylinder between two points, or a cone with a tip."""
    start, end = points(args[0]) if args else np.array([[0, 0, -1], [0, 0, 1]])
    radius = number(args[1]) if len(args) > 1 else 1.0
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-300)
    side = np.cross(along, [1.0, 0, 0] if abs(along[0]) < 0.9 else [0, 1.0, 0])
    side /= np.linalg.norm(side)
    angles = np.linspace(0, 2 * np.pi, 33)[:, None]
    ring = radius * (np.cos(angles) * side + np.sin(angles) * np.cross(along, side))
    yield from net(style, np.stack([start + ring, end + tip * ring]))
    yield surface(style, (start + ring)[:-1])
    if tip:
        yield surface(style, (end + ring)[:-1])


def cone(frame: Frame, args: tuple[Term, ...], style: Style) -> Iterator[Mark]:
    yield from pipe(frame, args, style, tip=0.0)


#: Primitive → function(frame, args, style) that yields its marks, with points (n, 3).
PRIMITIVES: Mapping[Symbol, Callable[[Frame, tuple[Term, ...], Style], Iterator[Mark]]] = {
    S.Point: dots,
    S.Line: strokes,
    S.Arrow: arrows,
    S.Polygon: polygons,
    S.Triangle: polygons,
    S.Text: words,
    S.Cuboid: cuboid,
    S.Sphere: sphere,
    S.Ball: sphere,
    S.Cylinder: pipe,
    S.Cone: cone,
}
