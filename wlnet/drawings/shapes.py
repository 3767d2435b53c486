"""Everything that can be drawn, and who draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from wlnet.drawings.drawing import Drawing
from wlnet.drawings.plot import Plot
from wlnet.drawings.table import Table

if TYPE_CHECKING:
    from wlnet.drawings.marks import Page

Shape: TypeAlias = Drawing | Plot | Table


@cache
def drawers() -> Mapping[type, tuple[Callable[[Any], Page], Callable[[Any], str | None]]]:
    """Gives type → (function that gives the page, function that gives the text); they are loaded when something is drawn."""
    from wlnet.drawings.boxes import graph_text
    from wlnet.drawings.braille import plot_text
    from wlnet.drawings.graph_page import graph_page
    from wlnet.drawings.plot_page import plot_page
    from wlnet.drawings.table import table_text
    from wlnet.drawings.table_page import table_page

    return {Drawing: (graph_page, graph_text), Plot: (plot_page, plot_text), Table: (table_page, table_text)}


def page_of(shape: Shape) -> Page:
    """Gives its page, of which a file is made."""
    return drawers()[type(shape)][0](shape)


def text_of(shape: Shape) -> str | None:
    """Gives it in lines of text for a terminal, or None where it is too large for that."""
    return drawers()[type(shape)][1](shape)
