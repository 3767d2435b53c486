"""Tables of numbers with shades, such as confusion matrices: as SVG and as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wlnet.drawings.svg import GRAY, INK, MARGIN, SMALL, label, page, text_width

#: A table with more rows or columns has smaller cells without numbers, and no text.
MANY = 24
DARK, LIGHT = (24, 100, 171), (247, 249, 252)


class Table(NamedTuple):
    """Numbers by row and column; each cell is as dark as its number is large in its row.

    left, above: what rows and columns are.
    """

    subject: str
    caption: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: tuple[tuple[float, ...], ...]
    left: str = ""
    above: str = ""

    @property
    def description(self) -> str:
        return f"{len(self.rows)} × {len(self.columns)}"

    @property
    def is_large(self) -> bool:
        return max(len(self.rows), len(self.columns)) > MANY


def table_svg(table: Table) -> str:
    """Gives the text of an SVG file."""
    widest = max((text_width(f"{number:g}", SMALL) for row in table.numbers for number in row), default=0.0)
    cell = max(10.0, 360 / len(table.columns)) if table.is_large else max(34.0, widest + 12)
    names = 0.0 if table.is_large else max(text_width(name, SMALL) for name in table.rows)
    upright = max((text_width(name, SMALL) for name in table.columns), default=0.0)
    is_turned = upright > cell - 4
    left, top = MARGIN + names + 28, MARGIN + 40 + (upright if is_turned and not table.is_large else 14)
    width, height = cell * len(table.columns), cell * len(table.rows)
    parts = [
        label(table.caption, MARGIN, MARGIN + 8, 12, GRAY, ""),
        label(table.above, left + width / 2, MARGIN + 28, SMALL, GRAY, 'text-anchor="middle"'),
        label(
            table.left, MARGIN + 4, top + height / 2, SMALL, GRAY,
            f'text-anchor="middle" transform="rotate(-90 {MARGIN + 4:.1f} {top + height / 2:.1f})"',
        ),
        *([] if table.is_large else name_parts(table, left, top, cell, is_turned)),
        *cells(table, left, top, cell),
    ]  # fmt: skip
    wide = max(left + width, MARGIN + text_width(table.caption, 12)) + MARGIN
    return page(wide, top + height + MARGIN, parts)


def name_parts(table: Table, left: float, top: float, cell: float, is_turned: bool) -> Iterator[str]:
    for n, name in enumerate(table.rows):
        yield label(name, left - 8, top + cell * (n + 0.5) + 4, SMALL, INK, 'text-anchor="end"')
    for n, name in enumerate(table.columns):
        x, y = left + cell * (n + 0.5), top - 7
        turn = f'transform="rotate(-90 {x + 4:.1f} {y:.1f})"' if is_turned else 'text-anchor="middle"'
        yield label(name, x + (4 if is_turned else 0), y, SMALL, INK, turn)


def cells(table: Table, left: float, top: float, cell: float) -> Iterator[str]:
    for n, row in enumerate(table.numbers):
        most = sum(row) or 1.0
        for m, number in enumerate(row):
            share = number / most
            x, y = left + cell * m, top + cell * n
            yield (
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{cell:.1f}" height="{cell:.1f}" fill="{shade(share)}" '
                'stroke="#ffffff"/>'
            )
            if not table.is_large:
                ink = "#ffffff" if share > 0.5 else INK if number else GRAY
                yield label(f"{number:g}", x + cell / 2, y + cell / 2 + 4, SMALL, ink, 'text-anchor="middle"')


def shade(share: float) -> str:
    return "#" + "".join(
        f"{round(light + share * (dark - light)):02x}" for dark, light in zip(DARK, LIGHT, strict=True)
    )


def table_text(table: Table) -> str | None:
    """Gives a table in lines of text, or None where it is too large for that."""
    if table.is_large:
        return None
    rows = [[f"{number:g}" for number in row] for row in table.numbers]
    widths = [
        max(map(len, (name, *column))) for name, column in zip(table.columns, zip(*rows, strict=True), strict=True)
    ]
    margin = max(len(name) for name in table.rows)
    heads = "  ".join(name.rjust(width) for name, width in zip(table.columns, widths, strict=True))
    lines = [
        f"{name:>{margin}} │ {'  '.join(text.rjust(width) for text, width in zip(row, widths, strict=True))}"
        for name, row in zip(table.rows, rows, strict=True)
    ]
    sides = f"  (rows: {table.left}, columns: {table.above})" if table.left and table.above else ""
    return "\n".join(
        [table.caption + sides, "", f"{' ' * margin}   {heads}", f"{'─' * margin}─┼─{'─' * len(heads)}", *lines]
    )
