"""The text of what is arranged: Row, Column, Grid, TableForm and their options."""

from __future__ import annotations

from wlnet.builtins.evaluation.forms import output_text, wraps
from wlnet.builtins.evaluation.tables import ALIGNMENTS, Arrangement, beside, framed, table_text
from wlnet.terms import FALSE, NONE, TRUE, Association, Expression, S, Symbol, Term, elements, is_head, is_list, to_list
from wlnet.terms.sparse import SparseArray

#: Cells that belong to the one beside or above them.
SPANS = frozenset({S.SpanFromLeft, S.SpanFromAbove, S.SpanFromBoth})
#: Names of alignments in the other direction, which say nothing about columns.
VERTICAL = frozenset({"Top", "Bottom", "Baseline"})


def options_in(args: tuple[Term, ...]) -> dict[str, Term]:
    """Gives the options at the end of arguments, by name."""
    rules = (arg.args for arg in args if is_head(arg, S.Rule, 2))
    return {name.name: value for name, value in rules if type(name) is Symbol}


def places(args: tuple[Term, ...]) -> tuple[Term, ...]:
    """Gives the arguments that are no options."""
    return tuple(arg for arg in args if not is_head(arg, S.Rule, 2))


def sides(term: Term) -> tuple[Term, Term]:
    """Gives what `x` or `{columns, rows}` says about columns and about rows."""
    if not is_list(term):
        return term, term
    first, second = (*elements(term), None, None)[:2]
    return first, second


# What the options of Grid say --------------------------------------------------------------------------------------


def alignments_of(term: Term) -> tuple[str, ...]:
    """Gives the alignments of columns that `a` or `{a1, a2, …}` names."""
    given = elements(term) if is_list(term) else (term,)
    given = elements(given[0]) if len(given) == 1 and is_list(given[0]) else given
    return tuple(a.name if type(a) is Symbol and a.name in ALIGNMENTS else "Left" for a in given) or ("Left",)


def lines_of(term: Term, count: int) -> set[int]:
    """Gives before which of so many rows or columns there is a line; `count`: behind the last."""
    if term is S.All or term is TRUE:
        return set(range(count + 1))
    if term is S.Center:
        return set(range(1, count))
    if not is_list(term):
        return set()
    given = elements(term)
    if given and all(is_head(each, S.Rule, 2) for each in given):
        numbers = [rule.args[0] for rule in given if _is_drawn(rule.args[1])]
        found = {n - 1 if n > 0 else count + 1 + n for n in numbers if type(n) is int}
        return {place for place in found if 0 <= place <= count}
    return {place for place, line in enumerate(given[: count + 1]) if _is_drawn(line)}


def _is_drawn(line: Term) -> bool:
    return line is not FALSE and line is not NONE


def frame_lines(frame: Term, dividers: Term, rows: int, columns: int) -> tuple[set[int], set[int]]:
    """Gives the lines before columns and rows that Frame and Dividers ask for."""
    across, down = sides(dividers)
    column_lines, row_lines = lines_of(across, columns), lines_of(down, rows)
    if frame is S.All:
        return set(range(columns + 1)), set(range(rows + 1))
    if frame is TRUE:
        return column_lines | {0, columns}, row_lines | {0, rows}
    return column_lines, row_lines


def spacing(term: Term, usual: int) -> int:
    """Gives a number of spaces or lines."""
    return min(max(round(term), 0), 100) if type(term) in (int, float) and abs(term) < 1e6 else usual


def arrangement_of(options: dict[str, Term], cells: list[list[str]]) -> Arrangement:
    """Gives the arrangement that options of Grid ask for."""
    columns = max(map(len, cells), default=0)
    lines = frame_lines(options.get("Frame", NONE), options.get("Dividers", NONE), len(cells), columns)
    alignment = options.get("Alignment", S.Left)
    across = sides(alignment)[0]
    # {Left, Right} without a vertical name in it is meant for columns.
    names = [a.name for a in elements(alignment) if type(a) is Symbol] if is_list(alignment) else []
    if len(names) > 1 and not VERTICAL & set(names):
        across = alignment
    given = options.get("Spacings", S.Automatic)
    between, below = sides(given) if is_list(given) else (given, None)
    return Arrangement(alignments_of(across), spacing(between, 3), spacing(below, 0), *lines)


# The forms ---------------------------------------------------------------------------------------------------------


def without_keys(term: Term) -> tuple[Term, Term]:
    """Gives a table of lists for one of associations, and the TableHeadings that its keys make."""
    rows = term
    row_names = column_names = NONE
    if type(term) is Association:
        row_names, rows = to_list(list(term.keys())), to_list(list(term.values()))
    lines = elements(rows)
    if len(lines) and all(type(line) is Association for line in lines):
        keys = list(dict.fromkeys(key for line in lines for key in line))
        column_names = to_list(keys)
        rows = to_list([to_list([line.get(key, "") for key in keys]) for line in lines])
    return rows, Expression(S.List, (row_names, column_names))


def cells_of(term: Term) -> list[list[str]]:
    """Gives the texts of the cells of a table."""
    return [[_cell(cell) for cell in (elements(line) if is_list(line) else (line,))] for line in elements(term)]


def _cell(term: Term) -> str:
    return "" if type(term) is Symbol and term in SPANS else output_text(term)


@wraps("Row")
def row(args: tuple[Term, ...]) -> str | None:
    given = places(args)
    if not given or not is_list(given[0]):
        return None
    texts = list(map(output_text, elements(given[0])))
    if len(given) > 1:
        between = output_text(given[1])
        texts = [text for item in texts for text in (between, item)][1:]
    joined = beside(texts)
    return framed(joined) if options_in(args).get("Frame") is TRUE else joined


@wraps("Column")
@wraps("ColumnForm")
def column(args: tuple[Term, ...]) -> str | None:
    given = places(args)
    if not given or not is_list(given[0]):
        return None
    options = options_in(args)
    if len(given) > 1:
        options["Alignment"] = given[1]
    cells = [[output_text(item)] for item in elements(given[0])]
    arrangement = arrangement_of(options, cells)
    if len(given) > 2:
        arrangement = arrangement._replace(row_gap=spacing(given[2], 0))
    if arrangement == Arrangement():
        return "\n".join(text for (text,) in cells)
    return table_text(cells, arrangement=arrangement)


@wraps("Grid")
@wraps("TextGrid")
def grid(args: tuple[Term, ...]) -> str | None:
    if not args or not is_list(args[0]):
        return None
    cells = cells_of(args[0])
    return table_text(cells, arrangement=arrangement_of(options_in(args), cells))


@wraps("Multicolumn")
def multicolumn(args: tuple[Term, ...]) -> str | None:
    given = places(args)
    count = given[1] if len(given) > 1 else 3
    if not given or not is_list(given[0]) or type(count) is not int or count < 1:
        return None
    texts = list(map(output_text, elements(given[0])))
    height = -(-len(texts) // count)
    cells = [texts[start::height] for start in range(height)] if texts else []
    return table_text(cells, arrangement=arrangement_of(options_in(args), cells))


@wraps("MatrixForm")
@wraps("TableForm")
def table_form(args: tuple[Term, ...]) -> str | None:
    if args and type(args[0]) is SparseArray and args[0].fits:
        args = (args[0].dense(), *args[1:])
    if not args or not (is_list(args[0]) or type(args[0]) is Association):
        return None
    data, names_of_keys = without_keys(args[0])
    options, depth = options_in(args), options_in(args).get("TableDepth")
    flat = type(depth) is int and depth == 1
    cells = [[output_text(line)] for line in elements(data)] if flat else cells_of(data)
    rows, columns = _headings(options.get("TableHeadings", names_of_keys), cells)
    directions = options.get("TableDirections")
    if (elements(directions)[0] if is_list(directions) and len(elements(directions)) else directions) is S.Row:
        width = max(map(len, cells), default=0)
        cells = [[line[place] if place < len(line) else "" for line in cells] for place in range(width)]
        rows, columns = columns, rows
    alignment = options.get("TableAlignments", S.Left)
    below, between = sides(options.get("TableSpacing"))
    across = sides(alignment)[1] if is_list(alignment) and len(elements(alignment)) > 1 else alignment
    names = alignments_of(across)
    arrangement = Arrangement(("Left", *names) if rows is not None else names, spacing(between, 3), spacing(below, 0))
    return table_text(cells, rows, columns, arrangement)


def _headings(given: Term, cells: list[list[str]]) -> tuple[list[str] | None, list[str] | None]:
    """Gives the headings of rows and columns that the option TableHeadings asks for."""
    if given is S.Automatic:
        given = Expression(S.List, (S.Automatic, S.Automatic))
    if not is_list(given):
        return None, None
    counts = (len(cells), max(map(len, cells), default=0))
    found = [_names(side, count) for side, count in zip(elements(given), counts, strict=False)]
    found += [None] * (2 - len(found))
    return found[0], found[1]


def _names(side: Term, count: int) -> list[str] | None:
    if side is S.Automatic:
        return [str(number) for number in range(1, count + 1)]
    return [output_text(item) for item in elements(side)] if is_list(side) else None
