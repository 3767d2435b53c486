"""Notebook files: what their cells say, as text that can be read.

A notebook is an expression, Notebook[{Cell[…], …}], whose input is kept as boxes; `wlnet/syntax/boxes.py` tells what
these mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wlnet.errors import ParseError
from wlnet.syntax.boxes import Box, Part, meaning
from wlnet.syntax.reading import parse
from wlnet.syntax.write import write
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, elements, is_head, is_list, symbol

#: Styles of the cells that are evaluated.
INPUT_STYLES = frozenset({"Input", "Code"})
#: Line breaks in boxes; the second one indents what follows.
BREAKS = str.maketrans({"\uf3a3": "\n"})
TEXT_BOXES = frozenset({"StyleBox", "ButtonBox", "TagBox", "Cell", "BoxData", "TextData", "FormBox", "RowBox", "List"})


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A cell: its number in the notebook (from 1), its style ("" for none), and the whole expression."""

    number: int
    style: str
    term: Expression

    @property
    def content(self) -> Term:
        return self.term.args[0]

    @property
    def options(self) -> dict[str, Term]:
        rules = (arg.args for arg in self.term.args[1:] if is_head(arg, S.Rule, 2))
        return {name.name: value for name, value in rules if type(name) is Symbol}

    @property
    def is_input(self) -> bool:
        return self.style in INPUT_STYLES and self.options.get("Evaluatable") is not FALSE

    @property
    def is_initialization(self) -> bool:
        return self.is_input and self.options.get("InitializationCell", TRUE if self.style == "Code" else FALSE) is TRUE

    def code(self) -> str:
        """Gives the input in the cell as text; raises ValueError where it holds what is no input, such as a picture."""
        content = self.content
        inside = content.args[0] if is_head(content, S.BoxData, 1) else content
        rows = elements(inside) if is_list(inside) else (inside,)
        try:
            return "".join(map(input_text, rows)).strip("\n ")
        except ValueError as error:
            raise ValueError(f"cell {self.number}: {error}") from None

    def text(self) -> str:
        """Gives what the cell shows: the text in it, or its input; of other boxes, nothing."""
        try:
            return self.code() if is_head(self.content, S.BoxData) else shown(self.content)
        except ValueError:
            return ""


def read_notebook(text: str) -> Expression:
    """Gives the expression Notebook[…] of a file; raises ValueError for any other text."""
    try:
        term = parse(text, symbol)
    except ParseError as error:
        raise ValueError(f"line {error.line}: {error.message}") from None
    if not is_head(term, S.Notebook) or not term.args or not is_list(term.args[0]):
        raise ValueError("a notebook is an expression Notebook[{…}]")
    return term


def cells_of(notebook: Expression) -> list[NotebookCell]:
    """Gives the cells of a notebook in order, groups of cells opened."""
    cells = enumerate(_cells(elements(notebook.args[0])), 1)
    return [NotebookCell(number, _style(cell), cell) for number, cell in cells]


def _cells(terms: tuple[Term, ...]) -> Iterator[Expression]:
    for term in terms:
        content = term.args[0] if is_head(term, S.Cell) and term.args else None
        if type(content) is Expression and content.head is S.CellGroupData and content.args:
            yield from _cells(elements(content.args[0]))
        elif content is not None:
            yield term


def _style(cell: Expression) -> str:
    return cell.args[1] if len(cell.args) > 1 and type(cell.args[1]) is str else ""


def program_of(text: str) -> str:
    """Gives the program that the input cells of a notebook file are; raises ValueError where one cannot be read."""
    return "\n\n".join(cell.code() for cell in cells_of(read_notebook(text)) if cell.is_input) + "\n"


def plain_text(notebook: Expression) -> str:
    """Gives the texts of the cells of a notebook, with empty lines between them."""
    return "\n\n".join(filter(None, (cell.text() for cell in cells_of(notebook))))


def shown(term: Term) -> str:
    """Gives the text in text data, its styles left out."""
    if type(term) is str:
        return term.translate(BREAKS)
    if is_list(term):
        return "".join(map(shown, elements(term)))
    if type(term) is Expression and type(term.head) is Symbol and term.head.name in TEXT_BOXES and term.args:
        return shown(term.args[0])
    return input_text(term)


def input_text(boxes: Term) -> str:
    """Gives the input that boxes mean, as text; raises ValueError where they mean none."""
    try:
        return meaning(part_of(boxes))
    except RecursionError:
        raise ValueError("these boxes are nested too deeply") from None


def part_of(term: Term) -> Part:
    """Gives the box that an expression such as SuperscriptBox["x", "2"] is; raises ValueError where it has no meaning."""
    if type(term) is str:
        return term.translate(BREAKS)
    if is_list(term):
        return Box("List", tuple(map(part_of, elements(term))))
    if type(term) is not Expression or type(term.head) is not Symbol:
        return write(term)
    kind, args = (
        term.head.name,
        [arg for arg in term.args if not is_head(arg, S.Rule) and not is_head(arg, S.RuleDelayed)],
    )
    if kind == "RowBox" and len(args) == 1 and is_list(args[0]):
        return Box(kind, tuple(map(part_of, elements(args[0]))))
    if kind == "InterpretationBox" and len(args) > 1:
        return Box(kind, (part_of(args[0]), write(args[1])))
    if kind == "TemplateBox":
        return _template(term)
    if kind in ("BoxData", "Cell") and args:
        return part_of(args[0])
    if not kind.endswith("Box"):
        return write(term)
    return Box(kind, tuple(map(part_of, args)))


def _template(term: Expression) -> Part:
    """Gives the boxes that a template means, by the function among its options that says so."""
    for arg in term.args[2:]:
        if not (is_head(arg, S.RuleDelayed, 2) or is_head(arg, S.Rule, 2)):
            continue
        name, function = arg.args
        if name is S.InterpretationFunction and is_head(function, S.Function, 1) and is_list(term.args[0]):
            return part_of(_filled(function.args[0], elements(term.args[0])))
    title = write(term.args[1]) if len(term.args) > 1 else "of no name"
    raise ValueError(f"a TemplateBox {title} does not say what it means")


def _filled(term: Term, args: tuple[Term, ...]) -> Term:
    if is_head(term, S.Slot, 1) and type(term.args[0]) is int and 0 < term.args[0] <= len(args):
        return args[term.args[0] - 1]
    if type(term) is not Expression:
        return term
    return Expression(term.head, tuple(_filled(arg, args) for arg in term.args))
