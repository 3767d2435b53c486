"""Everything that can be drawn, and who draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from wlnet.drawings.drawing import Drawing
from wlnet.drawings.plot import Plot
from wlnet.drawings.table import Table

Shape: TypeAlias = Drawing | Plot | Table


@cache
def drawers() -> Mapping[type, tuple[Callable[[Any], str], Callable[[Any], str | None]]]:
    """Gives type → (function that gives the SVG, function that gives the text); they are loaded when something is drawn."""
    from wlnet.drawings.boxes import graph_text
    from wlnet.drawings.braille import plot_text
    from wlnet.drawings.plot_svg import plot_svg
    from wlnet.drawings.svg import graph_svg
    from wlnet.drawings.table import table_svg, table_text

    return {Drawing: (graph_svg, graph_text), Plot: (plot_svg, plot_text), Table: (table_svg, table_text)}


def svg_of(shape: Shape) -> str:
    """Gives the text of an SVG file."""
    return drawers()[type(shape)][0](shape)


def text_of(shape: Shape) -> str | None:
    """Gives it in lines of text for a terminal, or None where it is too large for that."""
    return drawers()[type(shape)][1](shape)
