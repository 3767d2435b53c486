"""Pages as PNG, PDF and pixels: by Matplotlib, which is loaded at the first use."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.drawings.marks import Clip, Dots, Page, Path, Pixels, Words, arrow_head, finite_parts, shape_path

#: Pixels of a page per inch, and points of Matplotlib per pixel.
DENSITY = 96.0
POINTS = 72 / DENSITY
FONTS = ["Inter", "Helvetica Neue", "Helvetica", "Arial", "DejaVu Sans"]
ACROSS: dict[int, Any] = {-1: "left", 0: "center", 1: "right"}
UPRIGHT: dict[int, Any] = {-1: "baseline", 0: "center_baseline", 1: "top"}


def rendered(page: Page, kind: str, scale: float = 2.0) -> bytes:
    """Gives the content of a "png" or "pdf" file; raises ImportError without Matplotlib.

    scale: pixels of the file to a pixel of the page.
    """
    canvas = drawn(page, scale)
    stream = io.BytesIO()
    canvas.print_figure(stream, format=kind, dpi=DENSITY * scale, facecolor=page.background)
    return stream.getvalue()


def pixels_of(page: Page, scale: float) -> np.ndarray:
    """Gives the pixels of a page, (rows, columns, 4) uint8; raises ImportError without Matplotlib."""
    canvas = drawn(page, scale)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


def drawn(page: Page, scale: float) -> Any:
    """Gives a canvas of Matplotlib with the marks of a page on it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    figure = Figure((page.width / DENSITY, page.height / DENSITY), dpi=DENSITY * scale, facecolor=page.background)
    place = Affine2D().scale(1 / DENSITY, -1 / DENSITY).translate(0, page.height / DENSITY) + figure.dpi_scale_trans
    for mark in page.marks:
        for each in mark.marks if isinstance(mark, Clip) else (mark,):
            for artist in ARTISTS[type(each)](each, place):
                artist.set_figure(figure)
                figure.add_artist(artist, clip=False)
                if isinstance(mark, Clip):
                    artist.set_clip_path(clip_of(mark, place))
    return FigureCanvasAgg(figure)


def clip_of(clip: Clip, place: Any) -> Any:
    from matplotlib.patches import Rectangle

    (x, y), (right, bottom) = clip.low, clip.high
    return Rectangle((x, y), right - x, bottom - y, transform=place)


def path_artists(path: Path, place: Any) -> list[Any]:
    from matplotlib import patches
    from matplotlib.path import Path as Outline

    lines = [part for whole in path.parts for part in finite_parts(whole)]
    if not lines:
        return []
    codes = [[Outline.MOVETO, *[Outline.LINETO] * (len(part) - 1)] for part in lines]
    outline = Outline(np.concatenate(lines), np.concatenate(codes))
    style = (0, tuple(POINTS * dash for dash in path.dashes)) if path.dashes else "solid"
    made = patches.PathPatch(
        outline, facecolor=path.fill or "none", edgecolor=path.stroke or "none", linewidth=POINTS * path.width,
        linestyle=style, transform=place, joinstyle="round", capstyle="butt",
    )  # fmt: skip
    head = arrow_head(path) if path.head else None
    return [made, *(path_artists(head, place) if head is not None else [])]


def dots_artists(dots: Dots, place: Any) -> list[Any]:
    from matplotlib.lines import Line2D

    if dots.shape != "●":
        return path_artists(shape_path(dots), place)
    return [
        Line2D(
            dots.points[:, 0], dots.points[:, 1], linestyle="", marker="o", markersize=POINTS * dots.size,
            markerfacecolor=dots.color, markeredgewidth=0, transform=place,
        )
    ]  # fmt: skip


def words_artists(words: Words, place: Any) -> list[Any]:
    from matplotlib.text import Text

    if not words.text or not np.isfinite(words.place).all():
        return []
    across, upright = (round(part) for part in words.align)
    return [
        Text(
            *words.place, words.text, color=words.color, fontsize=POINTS * words.size, transform=place,
            horizontalalignment=ACROSS[across], verticalalignment=UPRIGHT[upright], rotation=words.turn,
            rotation_mode="anchor", parse_math=False, fontfamily=known_fonts(), fontweight="bold" if words.bold else "normal",
        )
    ]  # fmt: skip


def known_fonts() -> list[str]:
    """Gives the fonts of FONTS that there are: Matplotlib warns of others."""
    from matplotlib.font_manager import fontManager

    names = set(fontManager.get_font_names())
    return [name for name in FONTS if name in names] or ["sans-serif"]


def pixels_artists(pixels: Pixels, place: Any) -> list[Any]:
    from matplotlib.image import BboxImage
    from matplotlib.transforms import Bbox, TransformedBbox

    (x, bottom), (right, y) = pixels.low, pixels.high
    colors = pixels.colors
    if x > right:
        x, right, colors = right, x, colors[:, ::-1]
    if y > bottom:
        y, bottom, colors = bottom, y, colors[::-1]
    made = BboxImage(TransformedBbox(Bbox([[x, bottom], [right, y]]), place), interpolation="nearest", origin="lower")
    made.set_data(np.clip(colors, 0, 1))
    return [made]


#: Type of a mark → function(mark, transform) that gives what Matplotlib draws.
ARTISTS: dict[type, Callable[[Any, Any], list[Any]]] = {
    Path: path_artists,
    Dots: dots_artists,
    Words: words_artists,
    Pixels: pixels_artists,
}
