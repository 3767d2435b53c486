"""Texts as expressions: what a text stands for, whether it is an expression, and how far it goes as one."""

from __future__ import annotations

from wlnet.kernel import Kernel, builtin
from wlnet.syntax import ParseError, check, parse_program
from wlnet.terms import FAILED, NULL, Expression, S, Symbol, Term, truth

#: Forms whose texts are read; all of them are written in the one syntax there is.
READ_FORMS = frozenset({S.InputForm, S.StandardForm, S.OutputForm, S.FullForm})


@builtin(
    "ToExpression",
    category="Symbols",
    messages={
        "sntx": "The text is not an expression; at line `2`, column `3`, `1`:\n`4`",
        "notstrbox": "`1` is not a text, nor a list of texts, nor a box.",
        "box": "The boxes mean no expression: `1`.",
        "form": "`1` is not a form in which expressions are read; InputForm is.",
    },
)
def to_expression(kernel: Kernel, text: Term, form: Term = S.InputForm, head: Term = None) -> Term | None:
    """ToExpression["text"] evaluates the expression that a text stands for.
    ToExpression["text", form, h] wraps it in h before it is evaluated.

    Details:
        Several lines are evaluated one after the other, and the value of the last is given.
    Examples:
        >> ToExpression["1 + 2"]
        = 3
        >> ToExpression["1 + 2", InputForm, Hold]
        = Hold[1 + 2]
        >> ToExpression[{"1", "x"}]
        = {1, x}
        >> ToExpression["\\\\!\\\\(3\\\\^2\\\\)"]
        = 9
        >> ToExpression[RowBox[{"1", "+", SuperscriptBox["3", "2"]}]]
        = 10
    Possible issues:
        >> ToExpression["1 +"]
        = $Failed
        message: ToExpression::sntx
        >> ToExpression[1]
        = $Failed
        message: ToExpression::notstrbox
        >> ToExpression[RasterBox["x"]]
        = $Failed
        message: ToExpression::box
        >> ToExpression["1", TeXForm]
        = $Failed
        message: ToExpression::form
    """
    if not (type(form) is Symbol and form in READ_FORMS):
        kernel.message("ToExpression", "form", form)
        return FAILED
    if type(text) is Expression and type(text.head) is Symbol and text.head.name.endswith("Box"):
        from wlnet.syntax.notebooks import input_text

        try:
            text = input_text(text)
        except ValueError as error:
            kernel.message("ToExpression", "box", str(error))
            return FAILED
    if type(text) is not str:
        if not (type(text) is Expression and text.head is S.List and all(type(item) is str for item in text.args)):
            kernel.message("ToExpression", "notstrbox", text)
            return FAILED
        more = () if head is None else (head,)
        return Expression(S.List, tuple(Expression(S.ToExpression, (item, form, *more)) for item in text.args))
    try:
        terms = [statement.term for statement in parse_program(text, kernel.resolve, "ToExpression")]
    except ParseError as error:
        kernel.message("ToExpression", "sntx", error.message, error.line, error.column, error.excerpt())
        return FAILED
    for term in terms[:-1]:
        kernel.evaluate(term)
    last = terms[-1] if terms else NULL
    return last if head is None else Expression(head, (last,))


@builtin("SyntaxQ", category="Symbols", messages={"string": "`1` is not a text."})
def syntax_q(kernel: Kernel, text: Term, form: Term = S.InputForm) -> Term | None:
    """SyntaxQ["text"] tells whether a text is an expression, or several on lines of their own.

    Examples:
        >> SyntaxQ["f[x_] := x + 1"]
        = True
        >> SyntaxQ["1 +"]
        = False
        >> SyntaxQ["a ** b", InputForm]
        = True
    Possible issues:
        >> SyntaxQ[1]
        = SyntaxQ[1]
        message: SyntaxQ::string
    """
    if type(text) is not str:
        kernel.message("SyntaxQ", "string", text)
        return None
    return truth(not check(text))


@builtin("SyntaxLength", category="Symbols", messages={"string": "`1` is not a text."})
def syntax_length(kernel: Kernel, text: Term) -> Term | None:
    """SyntaxLength["text"] gives how many characters at the beginning of a text could be the beginning of an expression.

    Details:
        For an expression, it is the length of the text; for a text that only lacks its end, it is greater than that.
    Examples:
        >> SyntaxLength["x + 1"]
        = 5
        >> SyntaxLength["x + )"]
        = 4
        >> SyntaxLength["x +"] > 3
        = True
    Possible issues:
        >> SyntaxLength[1]
        = SyntaxLength[1]
        message: SyntaxLength::string
    """
    if type(text) is not str:
        kernel.message("SyntaxLength", "string", text)
        return None
    for error in check(text):
        return len(text) + 1 if error.incomplete else error.offset
    return len(text)
