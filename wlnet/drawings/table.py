"""Tables of numbers with shades, such as confusion matrices, and their text."""

from __future__ import annotations

from typing import NamedTuple

#: A table with more rows or columns has smaller cells without numbers, and no text.
MANY = 24


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
