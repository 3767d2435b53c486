"""MakeBoxes and what goes with it: expressions as the boxes that a notebook keeps of them, and back."""

from __future__ import annotations

from wlnet.builtins.evaluation.box_texts import box_text
from wlnet.builtins.evaluation.formatting import followed, format_of
from wlnet.builtins.evaluation.forms import wraps
from wlnet.builtins.evaluation.making_boxes import boxes_of
from wlnet.kernel import BUILTINS, Kernel, builtin, constant
from wlnet.kernel.applying import by_up_values
from wlnet.terms import Expression, S, Term
from wlnet.terms import attributes as flags


@builtin("MakeBoxes", category="Output", attributes=flags.HOLD_ALL_COMPLETE)
def make_boxes(kernel: Kernel, term: Term, form: Term = None) -> Term:
    """MakeBoxes[expr] gives the boxes that stand for expr in a notebook, without evaluating it.
    MakeBoxes[expr, form] gives those of a form, StandardForm or TraditionalForm.
    MakeBoxes[f[x_], form] := boxes says how f[…] is shown; so does f /: MakeBoxes[f[x_], form] := boxes.

    Details: Where nothing is said for f, a Format of it is followed. What is printed here is text, and follows Format alone.

    Examples:
        >> {MakeBoxes[x^2 + 1/2], MakeBoxes[f[1 + 1, "s"]], MakeBoxes[Sqrt[a]/b]}
        = {RowBox[{SuperscriptBox["x", "2"], "+", FractionBox["1", "2"]}],
           RowBox[{"f", "[", RowBox[{RowBox[{"1", "+", "1"}], ",", "\\"s\\""}], "]"}], FractionBox[SqrtBox["a"], "b"]}
        >> MakeBoxes[Sin[x], TraditionalForm]
        = RowBox[{"sin", "(", "x", ")"}]
        >> pair /: MakeBoxes[pair[a_, b_], form_] := RowBox[{"⟨", MakeBoxes[a, form], "|", MakeBoxes[b, form], "⟩"}]; ToBoxes[{pair[1, y]}]
        = RowBox[{"{", RowBox[{"⟨", "1", "|", "y", "⟩"}], "}"}]
    Source: https://reference.wolfram.com/language/ref/MakeBoxes.html
    """
    if form is None:
        return Expression(S.MakeBoxes, (term, S.StandardForm))
    found = by_up_values(kernel, Expression(S.MakeBoxes, (term, form)))
    if found is not None:
        return found
    shown = format_of(kernel, term, followed(form)) if kernel.definitions.has_formats else None
    if shown is not None:
        return Expression(S.MakeBoxes, (shown, form))
    return boxes_of(term, form, lambda part: kernel.evaluate(Expression(S.MakeBoxes, (part, form))))


@builtin("ToBoxes", category="Output")
def to_boxes(kernel: Kernel, term: Term, form: Term = S.StandardForm) -> Term:
    """ToBoxes[expr] gives the boxes that stand for the value of expr in a notebook.
    ToBoxes[expr, form] gives those of a form; TraditionalForm stands around them as a FormBox.

    Examples:
        >> {ToBoxes[1 + 1], ToBoxes[{a, b -> c}]}
        = {"2", RowBox[{"{", RowBox[{"a", ",", RowBox[{"b", "\\[Rule]", "c"}]}], "}"}]}
        >> ToBoxes[f[x], TraditionalForm]
        = FormBox[RowBox[{"f", "(", "x", ")"}], TraditionalForm]
        >> ToBoxes[Grid[{{a, Style[b, Red]}}]]
        = GridBox[{{"a", StyleBox["b", RGBColor[1, 0, 0]]}}]
    Source: https://reference.wolfram.com/language/ref/ToBoxes.html
    """
    boxes = Expression(S.MakeBoxes, (term, form))
    return Expression(S.FormBox, (boxes, form)) if form is S.TraditionalForm else boxes


@builtin("MakeExpression", category="Output")
def make_expression(kernel: Kernel, boxes: Term, form: Term = S.StandardForm) -> Term:
    """MakeExpression[boxes] gives the expression that boxes, or a text, mean, in HoldComplete.
    MakeExpression[boxes, form] reads them as those of a form; MakeExpression[boxes, form] := expr says what boxes mean.

    Examples:
        >> {MakeExpression["1 + 1"], MakeExpression[RowBox[{"x", "+", FractionBox["a", "2"]}]]}
        = {HoldComplete[1 + 1], HoldComplete[x + (a/2)]}
        >> MakeExpression[MakeBoxes[f[{1, 2}, "s"] -> Sqrt[x]]]
        = HoldComplete[f[{1, 2}, "s"] -> (Sqrt[x])]
    Possible issues:
        >> MakeExpression["1 +"]
        = $Failed
        message: ToExpression::sntx
    Source: https://reference.wolfram.com/language/ref/MakeExpression.html
    """
    return Expression(S.ToExpression, (boxes, form, S.HoldComplete))


@constant("RawBoxes", category="Output")
def raw_boxes() -> None:
    """RawBoxes[boxes] is shown as these boxes.

    Examples:
        >> ToBoxes[{x, RawBoxes[SubscriptBox["a", "1"]]}]
        = RowBox[{"{", RowBox[{"x", ",", SubscriptBox["a", "1"]}], "}"}]
        >> ToString[RawBoxes[SubscriptBox["a", "1"]]]
        = "a_1"
    Source: https://reference.wolfram.com/language/ref/RawBoxes.html
    """


@constant("DisplayForm", category="Output")
def display_form() -> None:
    """DisplayForm[boxes] shows what boxes show, in a text on one line where they would stand above each other.

    Examples:
        >> ToString[DisplayForm[RowBox[{"a", "+", SuperscriptBox["b", RowBox[{"c", "-", "1"}]]}]]]
        = "a + b^(c - 1)"
        >> ToString[DisplayForm[FractionBox[SqrtBox["x"], "\\"s\\""]]]
        = "Sqrt[x]/s"
    Source: https://reference.wolfram.com/language/ref/DisplayForm.html
    """


@wraps("RawBoxes")
@wraps("DisplayForm")
def text_of_boxes(args: tuple[Term, ...]) -> str | None:
    return box_text(args[0]) if args else None


#: Programs define these as they please.
for _name in (S.MakeBoxes, S.MakeExpression):
    BUILTINS[_name].attributes &= ~flags.PROTECTED
