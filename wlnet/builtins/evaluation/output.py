"""Printing and text: Print, Echo, ToString and the wrappers that say how something is shown."""

from __future__ import annotations

from wlnet.builtins.evaluation.formatting import followed, formatted
from wlnet.builtins.evaluation.forms import WRAPPERS, display, laid_out, output_text
from wlnet.kernel import Kernel, Printed, builtin, constant
from wlnet.syntax import write
from wlnet.terms import NONE, NULL, Expression, S, Symbol, Term

FORMS = frozenset({S.OutputForm, S.StandardForm, S.TraditionalForm})
#: Encodings in which other characters are written by their numbers.
ASCII = frozenset({"ASCII", "PrintableASCII"})
LINE_FORMS = {S.InputForm: "InputForm", S.FullForm: "FullForm"}


@builtin("Print", category="Output")
def print_(kernel: Kernel, *args: Term) -> Term:
    """Print[x, y, …] prints the values one after the other, and then ends the line.

    Examples:
        >> Print["n = ", 3]
        = Null
    """
    shown = [formatted(kernel, arg) for arg in args]
    kernel.emit(Printed("".join(map(output_text, shown)), shown[0] if len(shown) == 1 else None))
    return NULL


@builtin("Echo", category="Output", curried="first")
def echo(kernel: Kernel, term: Term, label: Term = None, function: Term = None) -> Term:
    """Echo[x] prints x and gives x.
    Echo[x, label] prints a label before it; Echo[x, label, f] prints f[x].

    Examples:
        >> 1 + Echo[2, "two: "]
        = 3
    """
    shown = term if function is None else kernel.evaluate(Expression(function, (term,)))
    before = ">> " if label is None or label is NONE else f">> {display(kernel, label)} "
    kernel.emit(Printed(before + output_text(formatted(kernel, shown))))
    return term


@builtin(
    "ToString",
    category="Output",
    options={"CharacterEncoding": S.Automatic, "FormatType": S.OutputForm, "PageWidth": S.Infinity},
    messages={"fmtval": "`1` is not a form.", "width": "PageWidth is Infinity or a positive integer, not `1`."},
)
def to_string(kernel: Kernel, term: Term, form: Term = None, *, options: dict[str, Term]) -> Term | None:
    """ToString[x] gives the text that is printed for x.
    ToString[x, form] gives the text in a form, such as InputForm.

    Examples:
        >> ToString[{1, x + 1, "s"}]
        = "{1, 1 + x, s}"
        >> ToString["s", InputForm]
        = "\\"s\\""
        >> ToString[a + b, FullForm]
        = "Plus[a, b]"
    Options: "CharacterEncoding":
        >> ToString["aé", CharacterEncoding -> "ASCII"]
        = "a\\\\:00e9"
    Options: "FormatType":
        >> ToString["s", FormatType -> InputForm]
        = "\\"s\\""
    Options: "PageWidth":
        >> ToString[{100, 200, 300}, PageWidth -> 12]
        = "{100, 200,\\n  300}"
    Possible issues:
        >> ToString[x, y]
        = ToString[x, y]
        message: ToString::fmtval
        >> ToString[x, PageWidth -> 0]
        = ToString[x, PageWidth -> 0]
        message: ToString::width
    """
    form = options["FormatType"] if form is None else form
    width = options["PageWidth"]
    if width is not S.Infinity and (type(width) is not int or width < 1):
        kernel.message("ToString", "width", width)
        return None
    text = text_in(formatted(kernel, term, followed(form)), form, width if type(width) is int else None)
    if text is None:
        kernel.message("ToString", "fmtval", form)
        return None
    encoding = options["CharacterEncoding"]
    return ascii_text(text) if type(encoding) is str and encoding in ASCII else text


def text_in(term: Term, form: Term, width: int | None = None) -> str | None:
    """Gives the text of a term in a form; None for what is no form."""
    if type(form) is not Symbol:
        return None
    if form in LINE_FORMS:
        return write(term, LINE_FORMS[form], width=width)
    if form in WRAPPERS:
        return output_text(Expression(form, (term,)))
    if form not in FORMS:
        return None
    return output_text(term) if width is None else write(laid_out(term), "OutputForm", width=width)


def ascii_text(text: str) -> str:
    r"""Gives a text with `\\:00e9` and the like in place of characters that are not ASCII."""
    codes = ((sign, ord(sign)) for sign in text)
    return "".join(sign if n < 128 else f"\\:{n:04x}" if n < 65536 else f"\\|{n:06x}" for sign, n in codes)


@builtin("TextString", category="Output")
def text_string(kernel: Kernel, term: Term) -> Term:
    """TextString[x] gives a readable text for x.

    Examples:
        >> TextString[{1, "a"}]
        = "{1, a}"
    """
    return display(kernel, term)


@constant("InputForm", category="Output")
def input_form() -> None:
    """InputForm[x] shows x as it would be typed.

    Examples:
        >> ToString[InputForm["s"]]
        = "\\"s\\""
    """


@constant("OutputForm", category="Output")
def output_form() -> None:
    """OutputForm[x] shows x as it is printed.

    Examples:
        >> ToString[OutputForm["s"]]
        = "s"
    """


@constant("FullForm", category="Output")
def full_form() -> None:
    """FullForm[x] shows x with every head written out.

    Examples:
        >> ToString[FullForm[{a, 1}]]
        = "List[a, 1]"
    """


@constant("StandardForm", category="Output")
def standard_form() -> None:
    """StandardForm[x] shows x as OutputForm does.

    Examples:
        >> ToString[StandardForm[x]]
        = "x"
    """


@constant("TraditionalForm", category="Output")
def traditional_form() -> None:
    """TraditionalForm[x] shows x as OutputForm does.

    Examples:
        >> ToString[TraditionalForm[x]]
        = "x"
    """


@constant("Row", category="Output")
def row() -> None:
    """Row[{x, y, …}] shows values side by side.
    Row[{x, y, …}, s] puts s between them.

    Examples:
        >> ToString[Row[{"m = ", MatrixForm[{{1, 2}, {3, 4}}]}]]
        = "m = 1   2\\n    3   4"
        >> ToString[Row[{1, "a", x}, ", "]]
        = "1, a, x"
    """


@constant("Column", category="Output")
def column() -> None:
    """Column[{x, y, …}] shows values one below the other.
    Column[{x, y, …}, alignment, spacing] shows them Left, Center or Right, with empty lines between them; Frame and
    Dividers are as in Grid.

    Examples:
        >> ToString[Column[{1, 222}, Right]]
        = "  1\\n222"
        >> ToString[Column[{1, 2}]]
        = "1\\n2"
    """


@constant("Grid", category="Output")
def grid() -> None:
    """Grid[{{a, b}, {c, d}}] shows values in rows and columns.

    Details:
        In a text, Frame -> True or All, Dividers, Alignment -> Left, Center, Right or {{a1, a2, …}}, and Spacings are
        followed; options for colors, fonts and sizes are for notebooks.

    Examples:
        >> ToString[Grid[{{1, 22}, {333, 4}}, Alignment -> Right]]
        = "  1   22\\n333    4"
        >> ToString[Grid[{{a, b}}, Frame -> All]]
        = "┌───┬───┐\\n│ a │ b │\\n└───┴───┘"
        >> ToString[Grid[{{1, 22}, {333, 4}}]]
        = "1     22\\n333   4"
    """


@constant("TableForm", category="Output")
def table_form() -> None:
    """TableForm[list] shows a list of lists as a table; the option TableHeadings names its rows and columns.
    TableForm[assoc] names its rows by keys; the keys of associations in it name columns.

    Examples:
        >> ToString[TableForm[<|"a" -> <|"x" -> 1, "y" -> 2|>, "b" -> <|"x" -> 3, "y" -> 4|>|>]]
        = "    x   y\\na   1   2\\nb   3   4"
        >> ToString[TableForm[{{1, 2}, {3, 4}}, TableHeadings -> {None, {"x", "y"}}]]
        = "x   y\\n1   2\\n3   4"
    """


@constant("TableHeadings", category="Output")
def table_headings() -> None:
    """TableHeadings is an option of TableForm: lists of names of the rows and of the columns.

    Examples:
        >> ToString[TableForm[{1, 2}, TableHeadings -> {{"a", "b"}}]]
        = "a   1\\nb   2"
    """


@constant("MatrixForm", category="Output")
def matrix_form() -> None:
    """MatrixForm[m] shows a matrix in rows and columns.

    Examples:
        >> ToString[MatrixForm[{{1, 0}, {0, 1}}]]
        = "1   0\\n0   1"
    """


@constant("StringForm", category="Output")
def string_form() -> None:
    """StringForm["… `1` … ``", x, y, …] shows a text with values in its places.

    Examples:
        >> ToString[StringForm["`1` and `2`", a, b]]
        = "a and b"
    """


@constant("Short", category="Output")
def short() -> None:
    """Short[x] shows x in about one line, leaving out elements.
    Short[x, n] uses about n lines.

    Examples:
        >> StringLength[ToString[Short[Range[1000]]]] < 80
        = True
        >> ToString[Short[Expand[(a + b)^30]]]
        = "a^30 + 30 a^29 b + 435 a^28 b^2 + <<25>> + 435 a^2 b^28 + 30 a b^29 + b^30"
    """


@constant("Style", category="Output")
def style() -> None:
    """Style[x, …] shows x; the style itself is kept, but plain text has none.

    Examples:
        >> ToString[Style[x, "Section"]]
        = "x"
    """


@constant("Text", category="Output")
def text() -> None:
    """Text[x] shows x as text.

    Examples:
        >> ToString[Text[x]]
        = "x"
    """


__all__ = ["display", "output_text"]
