"""What notebook files say: their programs and their texts."""

from __future__ import annotations

import pytest

from wlnet.syntax import parse
from wlnet.syntax.notebooks import plain_text, program_of, read_notebook
from wlnet.terms import same


def notebook(*cells: str) -> str:
    return "(* Content-type: x *)\n\nNotebook[{" + ",\n".join(cells) + "}, WindowSize->{10, 20}]\n(* End *)\n"


def input_cell(boxes: str, options: str = "") -> str:
    return f'Cell[BoxData[{boxes}], "Input"{options}]'


@pytest.mark.parametrize(
    ("boxes", "means"),
    [
        (r'RowBox[{"x", "\[Rule]", SuperscriptBox["y", "2"]}]', "x -> y^2"),
        (r'RowBox[{"f", "[", "\"\<a b\>\"", "]"}]', 'f["a b"]'),
        (r'FractionBox[RowBox[{"a", "+", "1"}], SqrtBox["b"]]', "(a + 1)/Sqrt[b]"),
        (r'RowBox[{"{", RowBox[{"1", ",", "\[IndentingNewLine]", "2"}], "}"}]', "{1, 2}"),
        (r'TagBox[GridBox[{{"1", "2"}, {"3", "4"}}], "Grid", ColumnsEqual->True]', "{{1, 2}, {3, 4}}"),
        (r'InterpretationBox["shown", Plus[1, x], Editable->False]', "1 + x"),
        (r'TemplateBox[{"x", "3"}, "Up", InterpretationFunction:>(RowBox[{"Power", "[", #1, ",", #2, "]"}]&)]', "Power[x, 3]"),
    ],
)  # fmt: skip
def test_boxes_are_read_as_what_they_mean(boxes: str, means: str) -> None:
    assert same(parse(program_of(notebook(input_cell(boxes)))), parse(means))


def test_programs_are_input_in_order() -> None:
    group = f'Cell[CellGroupData[{{{input_cell("b")}, Cell[BoxData["shown"], "Output"]}}, Open]]'
    cells = ['Cell["text", "Section"]', input_cell('{"a", "\\n", "c"}'), group, input_cell("x", ", Evaluatable->False")]
    text = notebook(*(cell.replace("[b]", '["b"]').replace("[x]", '["x"]') for cell in cells))
    assert program_of(text) == "a\nc\n\nb\n"


def test_texts_lose_their_styles() -> None:
    text = notebook('Cell[TextData[{"one ", StyleBox["two", FontSlant->"Italic"]}], "Text"]', input_cell('"1"'))
    assert plain_text(read_notebook(text)) == "one two\n\n1"


def test_cells_that_hold_no_input_are_told() -> None:
    with pytest.raises(ValueError, match="cell 2: RasterBox"):
        program_of(notebook(input_cell('"1"'), input_cell('RasterBox["x"]')))


@pytest.mark.parametrize("text", ["f[1]", "Notebook[{", "Notebook[x]", ""])
def test_other_files_are_no_notebooks(text: str) -> None:
    with pytest.raises(ValueError, match=r"notebook|line"):
        read_notebook(text)
