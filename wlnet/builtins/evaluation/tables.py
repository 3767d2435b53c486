"""Text in columns, and blocks of lines side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import zip_longest
from typing import NamedTuple

GAP = 3
#: Name of an alignment → how a line is brought to a width.
ALIGNMENTS: dict[str, Callable[[str, int], str]] = {"Left": str.ljust, "Right": str.rjust, "Center": str.center}
#: Corners and crossings of lines: at the left end, within, at the right end; above, between and below the rows.
CORNERS = {"above": ("┌", "┬", "┐"), "between": ("├", "┼", "┤"), "below": ("└", "┴", "┘")}


class Arrangement(NamedTuple):
    """How a table is set: alignments of columns (the last is that of all further ones), spaces between columns, empty
    lines between rows, and before which columns and rows there is a line (as many as there are: behind the last)."""

    alignments: Sequence[str] = ("Left",)
    gap: int = GAP
    row_gap: int = 0
    column_lines: Collection[int] = ()
    row_lines: Collection[int] = ()


def table_text(
    cells: list[list[str]],
    rows: list[str] | None = None,
    columns: list[str] | None = None,
    arrangement: Arrangement = Arrangement(),
) -> str:
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
    given = list(arrangement.alignments)
    aligns = [ALIGNMENTS[name] for name in (given + given[-1:] * count)[:count]]
    shown = []
    for number, line in enumerate(split):
        if number in arrangement.row_lines:
            shown.append(_rule(widths, arrangement, "above" if number == 0 else "between"))
        elif number:
            shown += [""] * arrangement.row_gap
        for parts in zip_longest(*line, fillvalue=""):
            padded = [align(part, width) for align, part, width in zip(aligns, parts, widths, strict=True)]
            shown.append(_line(padded, arrangement))
    if split and len(split) in arrangement.row_lines:
        shown.append(_rule(widths, arrangement, "below"))
    return "\n".join(shown)


def _line(parts: list[str], arrangement: Arrangement) -> str:
    left, right = arrangement.gap // 2, (arrangement.gap + 1) // 2 - 1
    text = ""
    for place, part in enumerate(parts):
        if place in arrangement.column_lines:
            text += " " * left * (place > 0) + "│" + " " * right
        elif place:
            text += " " * arrangement.gap
        text += part
    return text + " " * left + "│" if len(parts) in arrangement.column_lines else text.rstrip()


def _rule(widths: list[int], arrangement: Arrangement, place: str) -> str:
    """Gives a line between rows: a line of the table with all its cells filled by strokes."""
    text = _line(["─" * width for width in widths], arrangement)
    first, within, last = CORNERS[place]
    joined = text.replace(" ", "─").replace("│", within)
    if 0 in arrangement.column_lines:
        joined = first + joined[1:]
    return joined[:-1] + last if len(widths) in arrangement.column_lines else joined


def framed(text: str) -> str:
    """Gives a text in a frame."""
    return table_text([[text]], arrangement=Arrangement(column_lines=(0, 1), row_lines=(0, 1)))


def beside(texts: Sequence[str]) -> str:
    """Gives texts side by side; those of fewer lines stand at half the height of the highest."""
    if not any("\n" in text for text in texts):
        return "".join(texts)
    blocks = [text.split("\n") for text in texts]
    height = max(map(len, blocks))
    columns = []
    for block in blocks:
        above, width = (height - len(block)) // 2, max(map(len, block))
        block = [""] * above + block + [""] * (height - above - len(block))
        columns.append([line.ljust(width) for line in block])
    return "\n".join("".join(parts).rstrip() for parts in zip(*columns, strict=True))
