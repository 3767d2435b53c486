"""Tables of numbers as pages: each cell as dark as its share of the row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wlnet.drawings.graph_page import GRAY, INK, MARGIN, SMALL, label
from wlnet.drawings.marks import WHITE, Color, Mark, Page, Path, text_width
from wlnet.drawings.pages import rectangle
from wlnet.drawings.table import Table

DARK, LIGHT = (0.094, 0.392, 0.671), (0.969, 0.976, 0.988)


def table_page(table: Table) -> Page:
    """Gives the page of a table."""
    widest = max((text_width(f"{number:g}", SMALL) for row in table.numbers for number in row), default=0.0)
    cell = max(10.0, 360 / len(table.columns)) if table.is_large else max(34.0, widest + 12)
    names = 0.0 if table.is_large else max(text_width(name, SMALL) for name in table.rows)
    upright = max((text_width(name, SMALL) for name in table.columns), default=0.0)
    is_turned = upright > cell - 4
    left, top = MARGIN + names + 28, MARGIN + 40 + (upright if is_turned and not table.is_large else 14)
    width, height = cell * len(table.columns), cell * len(table.rows)
    marks = (
        label(table.caption, MARGIN, MARGIN + 8, 12, GRAY),
        label(table.above, left + width / 2, MARGIN + 28, SMALL, GRAY, across=0.0),
        label(table.left, MARGIN + 2, top + height / 2, SMALL, GRAY, across=0.0, turn=90.0),
        *([] if table.is_large else names_of(table, left, top, cell, is_turned)),
        *cells(table, left, top, cell),
    )
    wide = max(left + width, MARGIN + text_width(table.caption, 12)) + MARGIN
    return Page(wide, top + height + MARGIN, marks)


def names_of(table: Table, left: float, top: float, cell: float, is_turned: bool) -> Iterator[Mark]:
    for n, name in enumerate(table.rows):
        yield label(name, left - 8, top + cell * (n + 0.5) + 4, SMALL, INK, across=1.0)
    for n, name in enumerate(table.columns):
        x, y = left + cell * (n + 0.5), top - 7
        yield label(name, x, y, SMALL, INK, across=-1.0 if is_turned else 0.0, turn=90.0 if is_turned else 0.0)


def cells(table: Table, left: float, top: float, cell: float) -> Iterator[Mark]:
    for n, row in enumerate(table.numbers):
        most = sum(row) or 1.0
        for m, number in enumerate(row):
            share = number / most
            x, y = left + cell * m, top + cell * n
            yield Path((rectangle((x, y), (x + cell, y + cell)),), WHITE, 1.0, fill=shade(share))
            if not table.is_large:
                ink = WHITE if share > 0.5 else INK if number else GRAY
                yield label(f"{number:g}", x + cell / 2, y + cell / 2 + 4, SMALL, ink, across=0.0)


def shade(share: float) -> Color:
    red, green, blue = (np.array(LIGHT) + share * (np.array(DARK) - LIGHT)).tolist()
    return red, green, blue, 1.0
