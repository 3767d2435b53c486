"""Pages as SVG."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import numpy as np

from wlnet.drawings.marks import Clip, Color, Dots, Page, Path, Pixels, Words, arrow_head, finite_parts, shape_path

SANS = "font-family=\"Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif\""
ANCHORS = {-1: "start", 0: "middle", 1: "end"}


def page_svg(page: Page) -> str:
    """Gives the text of an SVG file."""
    size = f"{page.width:.0f}", f"{page.height:.0f}"
    head = f'width="{size[0]}" height="{size[1]}" viewBox="0 0 {size[0]} {size[1]}"'
    paper = f'<rect width="100%" height="100%" {paint("fill", page.background)}/>' if page.background[3] else ""
    parts = [paper]
    for number, mark in enumerate(page.marks):
        if isinstance(mark, Clip):
            (x, y), (right, bottom) = mark.low, mark.high
            parts.append(
                f'<clipPath id="c{number}"><rect x="{x:.1f}" y="{y:.1f}" width="{right - x:.1f}" '
                f'height="{bottom - y:.1f}"/></clipPath><g clip-path="url(#c{number})">'
            )
            parts += (text for each in mark.marks for text in DRAWN[type(each)](each))
            parts.append("</g>")
        else:
            parts += DRAWN[type(mark)](mark)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head} {SANS}>\n' + "\n".join(filter(None, parts)) + "\n</svg>\n"


def paint(name: str, color: Color | None) -> str:
    """Gives the attributes of a color."""
    if color is None:
        return f'{name}="none"'
    shown = "#" + "".join(f"{round(255 * min(max(part, 0.0), 1.0)):02x}" for part in color[:3])
    return f'{name}="{shown}"' + (f' {name}-opacity="{color[3]:.3g}"' if color[3] < 1 else "")


def path_svg(path: Path) -> Iterator[str]:
    end = "Z" if path.fill is not None else ""
    lines = [part for whole in path.parts for part in finite_parts(whole)]
    d = " ".join("M" + " ".join(f"{x:.2f},{y:.2f}" for x, y in part.tolist()) + end for part in lines)
    if not d:
        return
    pen = paint("stroke", path.stroke)
    if path.stroke is not None:
        pen += f' stroke-width="{path.width:.3g}" stroke-linejoin="round"'
        if path.dashes:
            pen += f' stroke-dasharray="{" ".join(f"{dash:.3g}" for dash in path.dashes)}"'
    yield f'<path d="{d}" {paint("fill", path.fill)} {pen}/>'
    head = arrow_head(path) if path.head else None
    if head is not None:
        yield from path_svg(head)


def dots_svg(dots: Dots) -> Iterator[str]:
    if dots.shape != "●":
        yield from path_svg(shape_path(dots))
        return
    look = f'r="{dots.size / 2:.3g}" {paint("fill", dots.color)}'
    for x, y in dots.points[np.isfinite(dots.points).all(axis=1)].tolist():
        yield f'<circle cx="{x:.2f}" cy="{y:.2f}" {look}/>'


def words_svg(words: Words) -> Iterator[str]:
    x, y = words.place
    if not words.text or not np.isfinite(words.place).all():
        return
    look = f'font-size="{words.size:.3g}" {paint("fill", words.color)} text-anchor="{ANCHORS[round(words.align[0])]}"'
    look += ' font-weight="bold"' if words.bold else ""
    turn = f' transform="rotate({-words.turn:.4g} {x:.2f} {y:.2f})"' if words.turn else ""
    down = y + words.size * (0.36 + 0.4 * words.align[1])
    yield f'<text x="{x:.2f}" y="{down:.2f}" {look}{turn}>{escape(words.text)}</text>'


def pixels_svg(pixels: Pixels) -> Iterator[str]:
    (x, bottom), (right, y) = pixels.low, pixels.high
    colors = pixels.colors
    if x > right:
        x, right, colors = right, x, colors[:, ::-1]
    if y > bottom:
        y, bottom, colors = bottom, y, colors[::-1]
    data = base64.b64encode(png_bytes(colors)).decode()
    yield (
        f'<image x="{x:.2f}" y="{y:.2f}" width="{right - x:.2f}" height="{bottom - y:.2f}" preserveAspectRatio="none" '
        f'style="image-rendering:pixelated" href="data:image/png;base64,{data}"/>'
    )


def png_bytes(colors: np.ndarray) -> bytes:
    """Gives colors (rows, columns, 4), from 0 to 1, as the content of a PNG file."""
    rows, columns = colors.shape[:2]
    pixels = np.rint(255 * np.clip(colors, 0, 1)).astype(np.uint8).reshape(rows, 4 * columns)
    lines = np.concatenate([np.zeros((rows, 1), np.uint8), pixels], axis=1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", columns, rows, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(lines.tobytes())), chunk(b"IEND", b""))
    )


#: Type of a mark → function(mark) that yields its elements.
DRAWN: dict[type, Callable[[Any], Iterator[str]]] = {
    Path: path_svg,
    Dots: dots_svg,
    Words: words_svg,
    Pixels: pixels_svg,
}
