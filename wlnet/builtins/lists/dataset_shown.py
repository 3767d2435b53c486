"""Datasets as tables of text."""

from __future__ import annotations

from wlnet.builtins.evaluation.forms import output_text, wraps
from wlnet.builtins.evaluation.tables import table_text
from wlnet.terms import Association, Term, elements, is_list

#: How many rows of a dataset are shown.
ROWS = 20


@wraps("Dataset")
def dataset_text(args: tuple[Term, ...]) -> str | None:
    """Gives the rows of a dataset under each other, with the keys of associations as headings."""
    if len(args) != 1 or not (is_list(args[0]) or type(args[0]) is Association):
        return None
    data = args[0]
    named = type(data) is Association
    rows = list(data.values() if named else elements(data))
    names = list(map(output_text, data)) if named else None
    shown = rows[:ROWS]
    if shown and all(type(row) is Association for row in shown):
        kept = [{output_text(key): output_text(value) for key, value in row.items()} for row in shown]
        columns = list(dict.fromkeys(key for row in kept for key in row))
        text = table_text([[row.get(column, "") for column in columns] for row in kept], names, columns)
    else:
        cells = [list(map(output_text, elements(row))) if is_list(row) else [output_text(row)] for row in shown]
        text = table_text(cells, names)
    return text if len(rows) <= ROWS else f"{text}\n… {len(rows) - ROWS} more rows"
