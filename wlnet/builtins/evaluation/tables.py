"""Text in columns."""

from __future__ import annotations

from itertools import zip_longest

GAP = "   "


def table_text(cells: list[list[str]], rows: list[str] | None = None, columns: list[str] | None = None) -> str:
    """Gives rows of cells as aligned text; a cell may have several lines. `rows`, `columns`: headings."""
    lines = [list(line) for line in cells]
    if columns is not None:
        lines.insert(0, list(columns))
    if rows is not None:
        names = ([""] if columns is not None else []) + list(rows)
        lines = [[name, *line] for name, line in zip_longest(names[: len(lines)], lines, fillvalue="")]
    count = max(map(len, lines), default=0)
    split = [[cell.split("\n") for cell in line] + [[""]] * (count - len(line)) for line in lines]
    widths = [max((len(part) for line in split for part in line[place]), default=0) for place in range(count)]
    shown = []
    for line in split:
        for parts in zip_longest(*line, fillvalue=""):
            padded = (part.ljust(width) for part, width in zip(parts, widths, strict=True))
            shown.append(GAP.join(padded).rstrip())
    return "\n".join(shown)
