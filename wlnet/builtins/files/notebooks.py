"""Notebooks: the format NB, NotebookImport, and what their cells and boxes are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from wlnet.builtins.files.data_formats import Format, Options, add_format, text_of
from wlnet.builtins.files.files import CLOSED, read_bytes
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.syntax import parse_program
from wlnet.terms import FAILED, NULL, Expression, S, Term, elements, is_head, is_list, to_list

if TYPE_CHECKING:
    from wlnet.syntax.notebooks import NotebookCell

#: Name → what it is in a notebook file.
NAMES = {
    "Notebook": "the list of its cells", "Cell": "a cell: what is in it, and its style", "CellGroupData": "a group of cells",
    "BoxData": "the boxes in a cell of input or output", "TextData": "the text in a cell with its styles",
    "RowBox": "things side by side", "SuperscriptBox": "a thing with another above it on the right",
    "SubscriptBox": "a thing with another below it on the right",
    "SubsuperscriptBox": "a thing with one below and one above it on the right",
    "FractionBox": "a thing above another and a line", "SqrtBox": "a thing below the sign of the square root",
    "RadicalBox": "a thing below the sign of a root", "UnderscriptBox": "a thing with another below it",
    "OverscriptBox": "a thing with another above it", "UnderoverscriptBox": "a thing with one below and one above it",
    "GridBox": "things in rows and columns", "StyleBox": "a thing in a style", "TagBox": "a thing with a tag that is not shown",
    "InterpretationBox": "a thing that means an expression", "TemplateBox": "things put into a template",
    "FormBox": "a thing in a form", "FrameBox": "a thing in a frame", "ButtonBox": "a button", "TooltipBox": "a thing with a tooltip",
    "InterpretationFunction": "the option of a template that says what it means",
    "InitializationCell": "the option of a cell that is evaluated at the beginning", "Evaluatable": "the option of a cell that can be evaluated",
}  # fmt: skip


def held(kernel: Kernel, cell: NotebookCell) -> Term:
    statements = parse_program(cell.code(), kernel.resolve, f"cell {cell.number}")
    return Expression(S.HoldComplete, tuple(statement.term for statement in statements))


def evaluated(kernel: Kernel, cell: NotebookCell) -> Term:
    result: Term = NULL
    for statement in parse_program(cell.code(), kernel.resolve, f"cell {cell.number}"):
        result = kernel.evaluate(statement.term)
    return result


#: What NotebookImport gives of a cell.
KINDS: Mapping[str, Callable[[Kernel, NotebookCell], Term]] = {
    "HeldExpression": held,
    "Expression": evaluated,
    "InputText": lambda kernel, cell: cell.code(),
    "Text": lambda kernel, cell: cell.text(),
    "Boxes": lambda kernel, cell: cell.content,
    "Cell": lambda kernel, cell: Expression(S.Cell, tuple(arg for arg in cell.term.args if not is_head(arg, S.Rule))),
    "FullCell": lambda kernel, cell: cell.term,
}
CONTENT = "`1` cannot be read as a notebook: `2`."


@builtin(
    "NotebookImport",
    category="Files",
    messages={
        "noopen": CLOSED,
        "content": CONTENT,
        "kind": 'A style of cells such as "Input" is expected, or style -> one of `2`, instead of `1`.',
    },
)
def notebook_import(kernel: Kernel, name: Term, wanted: Term = "Input") -> Term | None:
    """NotebookImport["file.nb", style] gives the list of what is in the cells of a style: held expressions of cells that can
    be evaluated, the texts of others. The style _ takes all cells; {style1, …} those of several.
    NotebookImport["file.nb", style -> kind] gives "HeldExpression", "Expression" (the values), "InputText" (the text of
    input), "Text" (what is shown), "Boxes", "Cell" or "FullCell".

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "x.nb"}];
        >> Put[Notebook[{Cell["A title", "Title"], Cell[BoxData[SuperscriptBox["3", "2"]], "Input"]}], file];
        >> {NotebookImport[file, "Input"], NotebookImport[file, "Input" -> "Expression"], NotebookImport[file, "Title"]}
        = {{HoldComplete[3^2]}, {9}, {"A title"}}
        >> NotebookImport[file, _ -> "Text"]
        = {"A title", "((3)^(2))"}
    Possible issues:
        >> NotebookImport["no such file.nb"]
        = $Failed
        message: NotebookImport::noopen
        >> NotebookImport["x.nb", "Input" -> "Poem"]
        = $Failed
        message: NotebookImport::kind
        >> file = FileNameJoin[{CreateDirectory[], "x.nb"}]; Put[f[1], file]; NotebookImport[file]
        = $Failed
        message: NotebookImport::content
    """
    from wlnet.syntax.notebooks import cells_of, read_notebook

    style, kind = wanted.args if is_head(wanted, S.Rule, 2) else (wanted, None)
    styles = elements(style) if is_list(style) else (style,)
    every = len(styles) == 1 and (is_head(styles[0], S.Blank, 0) or styles[0] is S.All)
    known = kind is None or (type(kind) is str and kind in KINDS)
    if not known or not (every or all(type(each) is str for each in styles)):
        raise Message("kind", wanted, ", ".join(KINDS), result=FAILED)
    found = read_bytes(name, "NotebookImport")
    if found is None:
        return None
    try:
        cells = [cell for cell in cells_of(read_notebook(text_of(found[1]))) if every or cell.style in styles]
        return to_list([KINDS[kind or ("HeldExpression" if cell.is_input else "Text")](kernel, cell) for cell in cells])
    except (ValueError, ParseError) as error:
        raise Message("content", name, str(error), result=FAILED) from None


def _cells(notebook: Expression) -> list[NotebookCell]:
    from wlnet.syntax.notebooks import cells_of

    return cells_of(notebook)


def _initialized(kernel: Kernel, notebook: Expression) -> Term:
    result: Term = NULL
    for cell in _cells(notebook):
        if cell.is_initialization:
            result = evaluated(kernel, cell)
    return result


def _plain_text(kernel: Kernel, notebook: Expression) -> Term:
    from wlnet.syntax.notebooks import plain_text

    return plain_text(notebook)


ELEMENTS: Mapping[str, Callable[[Kernel, Expression], Term]] = {
    "Notebook": lambda kernel, notebook: notebook,
    "Cells": lambda kernel, notebook: to_list([cell.term for cell in _cells(notebook)]),
    "Initialization": _initialized,
    "Plaintext": _plain_text,
    "Styles": lambda kernel, notebook: to_list(sorted({cell.style for cell in _cells(notebook)} - {""})),
}


def _read_notebook(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...], options: Options) -> Term:
    from wlnet.syntax.notebooks import read_notebook

    notebook = read_notebook(text_of(data))
    element = wanted[0] if wanted else "Notebook"
    if element == "Elements":
        return to_list(sorted(ELEMENTS))
    if type(element) is not str or element not in ELEMENTS:
        raise LookupError(f"the elements are {', '.join(ELEMENTS)}")
    return ELEMENTS[element](kernel, notebook)


def declare(name: str, what: str) -> None:
    def stands_for_itself() -> None:
        pass

    stands_for_itself.__doc__ = f"{name} stands in notebook files: {what}.\n\nExamples:\n    >> {name}\n    = {name}\n"
    constant(name, category="Files")(stands_for_itself)


for _name, _what in NAMES.items():
    declare(_name, _what)
add_format(Format("NB", (".nb",), _read_notebook))
