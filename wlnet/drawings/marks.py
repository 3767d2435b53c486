"""What pictures are made of: lines and surfaces, dots, words, pixels; each says all that is needed to draw it.

The same marks stand in a scene (in its own coordinates, y upwards) and on a page (in pixels, y downwards).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

Point: TypeAlias = tuple[float, float]
#: Red, green, blue, opacity: from 0 to 1.
Color: TypeAlias = tuple[float, float, float, float]
#: What maps points, an array (n, 2), to points.
Place: TypeAlias = Callable[[np.ndarray], np.ndarray]

BLACK: Color = (0.0, 0.0, 0.0, 1.0)
WHITE: Color = (1.0, 1.0, 1.0, 1.0)


#: Widths of characters in sizes of the font, a little more than those of the widest of the fonts in use.
WIDTHS = dict.fromkeys("iljt.,:;|!'()[]{}/ ", 0.4) | dict.fromkeys("mwMW@%—→", 1.0)


def text_width(text: str, size: float) -> float:
    """Gives about how wide a text is."""
    return size * sum(WIDTHS.get(c, 0.72 if c.isupper() else 0.63) for c in text)


def hex_color(text: str) -> Color:
    """Gives the color of a text such as "#3b7dd8"."""
    red, green, blue = (int(text[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return red, green, blue, 1.0


class Path(NamedTuple):
    """Lines through points, or surfaces inside them.

    parts: arrays (n, 2), each a line of its own. stroke, fill: None where there is none. width, dashes (on, off, …) and
    head, the length of an arrow's head at the end, in pixels.
    """

    parts: tuple[np.ndarray, ...]
    stroke: Color | None = BLACK
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    fill: Color | None = None
    head: float = 0.0


class Dots(NamedTuple):
    """Marks of one shape (see SHAPES) and size in pixels at points (n, 2)."""

    points: np.ndarray
    color: Color = BLACK
    size: float = 5.0
    shape: str = "●"


class Words(NamedTuple):
    """A line of text; `align` tells which of its points, from (-1, -1) lower left to (1, 1), lies at the place."""

    text: str
    place: Point
    color: Color = BLACK
    size: float = 11.0
    align: Point = (0.0, 0.0)
    turn: float = 0.0
    bold: bool = False


class Pixels(NamedTuple):
    """Cells of color, (rows, columns, 4) from 0 to 1, the first row on top, between two opposite corners."""

    colors: np.ndarray
    low: Point
    high: Point


class Sheet(NamedTuple):
    """A whole page between two opposite corners, as large as fits."""

    page: Page
    low: Point
    high: Point


Mark: TypeAlias = Path | Dots | Words | Pixels | Sheet


@dataclass(frozen=True, slots=True)
class Clip:
    """Marks of which only what lies in a rectangle is seen."""

    marks: tuple[Mark, ...]
    low: Point
    high: Point


@dataclass(frozen=True, slots=True)
class Page:
    """A picture in pixels: what lies on it, in this order."""

    width: float
    height: float
    marks: tuple[Mark | Clip, ...]
    background: Color = WHITE


_TURN = np.linspace(0, 2 * np.pi, 33)
CIRCLE = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)


def _regular(count: int, turned: float, size: float) -> np.ndarray:
    angles = turned + np.arange(count) * 2 * np.pi / count
    return size * np.stack([np.cos(angles), np.sin(angles)], axis=1)


#: Shape → its outline around (0, 0), y upwards; the hollow ones are drawn as lines.
SHAPES: dict[str, np.ndarray] = {
    "●": CIRCLE,
    "■": _regular(4, np.pi / 4, 1.25),
    "◆": _regular(4, 0, 1.35),
    "▲": _regular(3, np.pi / 2, 1.4),
    "▼": _regular(3, -np.pi / 2, 1.4),
    "○": CIRCLE,
    "□": _regular(4, np.pi / 4, 1.25),
    "◇": _regular(4, 0, 1.35),
    "△": _regular(3, np.pi / 2, 1.4),
    "▽": _regular(3, -np.pi / 2, 1.4),
}
HOLLOW = frozenset("○□◇△▽")


def mapped(mark: Mark, place: Place, scale: float = 1.0) -> Mark:
    """Gives a mark with its points moved and its sizes multiplied."""
    if isinstance(mark, Path):
        parts = tuple(place(part) for part in mark.parts)
        dashes = tuple(scale * dash for dash in mark.dashes)
        return mark._replace(parts=parts, width=scale * mark.width, dashes=dashes, head=scale * mark.head)
    if isinstance(mark, Dots):
        return mark._replace(points=place(mark.points), size=scale * mark.size)
    if isinstance(mark, Words):
        return mark._replace(place=one(place, mark.place), size=scale * mark.size)
    return mark._replace(low=one(place, mark.low), high=one(place, mark.high))


def one(place: Place, point: Sequence[float]) -> Point:
    """Gives where a single point goes."""
    found = place(np.array([point], float))[0]
    return float(found[0]), float(found[1])


def finite_parts(points: np.ndarray) -> list[np.ndarray]:
    """Gives the stretches of a line without points that are not finite."""
    known = np.isfinite(points).all(axis=1)
    if known.all():
        return [points] if len(points) else []
    edges = np.flatnonzero(np.diff(np.concatenate([[0], known.astype(int), [0]])))
    return [points[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def shape_path(dots: Dots, upwards: bool = False) -> Path:
    """Gives dots as surfaces, or as lines where their shape is hollow."""
    outline = SHAPES[dots.shape] * (dots.size / 2) * (1 if upwards else (1, -1))
    closed = np.concatenate([outline, outline[:1]])
    parts = tuple(closed + point for point in dots.points if np.isfinite(point).all())
    if dots.shape in HOLLOW:
        return Path(parts, dots.color, 1.2)
    return Path(parts, None, fill=dots.color)


def arrow_head(path: Path) -> Path | None:
    """Gives the head at the end of a line, on a page; None for a line without length."""
    points = path.parts[-1]
    steps = points[-1] - points
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    before = np.flatnonzero(lengths > min(path.head / 2, lengths.max() / 2))
    if not len(before):
        return None
    along = steps[before[-1]] / lengths[before[-1]]
    across = np.array([-along[1], along[0]]) * 0.36
    end = points[-1]
    corners = [
        end,
        end - path.head * (along + across),
        end - 0.75 * path.head * along,
        end - path.head * (along - across),
    ]
    return Path((np.array([*corners, end]),), None, fill=path.stroke)
