"""Plots as SVG: a caption, a legend, light grid lines, curves."""

from __future__ import annotations

from collections.abc import Iterator

from wlnet.drawings.plot import Axis, Curve, Plot, axes_of, stretches, tick_text
from wlnet.drawings.svg import GRAY, INK, MARGIN, SMALL, label, page, text_width

#: Sizes of what is inside the axes.
WIDTH, HEIGHT = 440.0, 260.0
GRID, FAINT = "#e4e8ed", "#b8c1cb"
#: The colors of curves, used in turn.
COLORS = ("#3b7dd8", "#e08a2b", "#3f9d5d", "#d0494d", "#8a5cc7", "#2a9d9d", "#c2255c", "#5c940d")
#: Points of a curve at most; the others are joined to means.
POINTS = 2000


def plot_svg(plot: Plot) -> str:
    """Gives the text of an SVG file."""
    axes = axes_of(plot)
    shown = [(tick_text(value), axes[1].place(value)) for value in axes[1].ticks(6)]
    left = MARGIN + max((text_width(text, SMALL) for text, _ in shown), default=0.0) + (22 if plot.up else 6)
    legend = list(legend_places(plot.curves))
    top = MARGIN + 24 + 18 * (1 + max((line for _, _, line in legend), default=-1))
    parts = [
        label(plot.caption, MARGIN, MARGIN + 8, 12, GRAY, ""),
        *legend_parts(plot, legend),
        f'<g transform="translate({left:.1f} {top:.1f})">',
        *grid(shown, axes[0]),
        *(part for n, curve in ordered(plot.curves) for part in curve_path(curve, axes, COLORS[n % len(COLORS)])),
        "</g>",
    ]
    if plot.across:
        parts.append(label(plot.across, left + WIDTH / 2, top + HEIGHT + 36, SMALL, GRAY, 'text-anchor="middle"'))
    if plot.up:
        said = f"{plot.up} (logarithmic)" if axes[1].logarithmic else plot.up
        turn = f'text-anchor="middle" transform="rotate(-90 {MARGIN + 2:.1f} {top + HEIGHT / 2:.1f})"'
        parts.append(label(said, MARGIN + 2, top + HEIGHT / 2, SMALL, GRAY, turn))
    return page(left + WIDTH + MARGIN, top + HEIGHT + 30 + MARGIN, parts)


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


def legend_parts(plot: Plot, places: list[tuple[int, float, int]]) -> Iterator[str]:
    for number, across, line in places:
        curve, x, y = plot.curves[number], MARGIN + across, MARGIN + 28 + 18 * line
        yield f'<path d="M{x:.1f},{y - 4:.1f} h18" {stroke(curve, COLORS[number % len(COLORS)])}/>'
        yield label(curve.name, x + 24, y, SMALL, INK, "")


def grid(shown: list[tuple[str, float]], across: Axis) -> Iterator[str]:
    """Gives the lines and numbers of both axes."""
    for text, place in shown:
        y = HEIGHT * (1 - place)
        yield f'<path d="M0,{y:.1f} H{WIDTH:g}" stroke="{GRID}"/>'
        yield label(text, -7, y + 4, SMALL, GRAY, 'text-anchor="end"')
    for value in across.ticks(7):
        x = WIDTH * across.place(value)
        yield f'<path d="M{x:.1f},{HEIGHT:g} v5" stroke="{GRAY}"/>'
        yield label(tick_text(value), x, HEIGHT + 18, SMALL, GRAY, 'text-anchor="middle"')
    yield f'<path d="M0,0 V{HEIGHT:g} H{WIDTH:g}" fill="none" stroke="{GRAY}"/>'


def stroke(curve: Curve, color: str) -> str:
    width, color = (1.2, FAINT) if curve.faint else (2.0, color)
    return f'fill="none" stroke="{color}" stroke-width="{width:g}" stroke-linejoin="round"'


def curve_path(curve: Curve, axes: tuple[Axis, Axis], color: str) -> Iterator[str]:
    """Gives the elements of a curve: a path for each unbroken part, a dot for one of a single point."""
    for part in stretches(curve, axes, POINTS):
        points = [(WIDTH * x, HEIGHT * (1 - y)) for x, y in part]
        if len(points) == 1:
            yield f'<circle cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="2.5" fill="{color}"/>'
        else:
            d = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            yield f'<path d="M{d}" {stroke(curve, color)}/>'
