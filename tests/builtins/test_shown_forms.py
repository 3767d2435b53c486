"""The law of what is shown: its text has the same value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import Expression, S, Term, expression, same, symbol

SESSION = Session()
NAMES = [symbol("Global`" + name) for name in "xyz"]
integers = st.integers(-4, 9)
fractions = st.builds(Fraction, integers, st.integers(1, 6)).map(lambda n: n if n.denominator > 1 else n.numerator)
numbers = st.one_of(fractions, st.builds(lambda a, b: Expression(S.Complex, (a, b)), fractions, st.integers(1, 3)))
atoms = st.one_of(st.sampled_from([*NAMES, S.E, S.Pi, S.I]), numbers)


def _larger(smaller: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(smaller, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Expression, st.just(S.Plus), several),
        st.builds(Expression, st.just(S.Times), several),
        st.builds(lambda base, power: expression("Power", base, power), smaller, fractions),
        st.builds(lambda base, power: expression("Power", base, power), st.sampled_from([*NAMES, S.E, 2, 6]), smaller),
        st.builds(lambda base: Expression(S.List, (base,)), smaller),
    )


formulas = st.recursive(atoms, _larger, max_leaves=12)


@pytest.mark.parametrize("form", ["InputForm", "OutputForm"])
@given(formula=formulas)
@settings(max_examples=250, deadline=None)
def test_what_is_shown_has_the_same_value(form: str, formula: Term) -> None:
    value = SESSION.kernel.evaluate(formula)
    text = write(value, form)
    assert same(SESSION.evaluate_term(text), value), text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PDF[NormalDistribution[m, s], x]", "1/(E^((-m + x)^2/(2*s^2))*Sqrt[2*Pi]*s)"),
        ("{x/s^2, 1/Sqrt[2], 1/x, -1/x}", "{x/s^2, 1/Sqrt[2], x^(-1), -x^(-1)}"),
        ("{-x/2, x/2, -2 x/3, -x y/(2 z)}", "{-1/2*x, x/2, (-2*x)/3, -1/2*(x*y)/z}"),
        ("{-a b, -a/b, 2 a/(3 b), a (b + c)/(x y)}", "{-(a*b), -(a/b), (2*a)/(3*b), (a*(b + c))/(x*y)}"),
        ("{a - b/2, a - b c, a - 1/b, -x + y}", "{a - b/2, a - b*c, a - b^(-1), -x + y}"),
        ("{E^-x, 2 E^-x, y x^-n, y x^(-3/2)}", "{E^(-x), 2/E^x, y/x^n, y/x^(3/2)}"),
        ("{I x, -I x, I x/2, a - I x, y E^(-I x)}", "{I*x, (-I)*x, (I/2)*x, a - I*x, y/E^(I*x)}"),
        ("{2 + 3 I, 1/2 - I/3, -I, 2 I}", "{2 + 3*I, 1/2 - I/3, -I, 2*I}"),
    ],
)
def test_quotients_and_roots(code: str, text: str) -> None:
    assert write(SESSION.evaluate_term(code), "InputForm") == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("{2 a, a b c, 2 a/(3 b), -x/2, -x y/(2 z)}", "{2 a, a b c, (2 a)/(3 b), -x/2, -(x y)/(2 z)}"),
        ("{1/x, -1/x, x^-2, 1/(a + b), x^(-1/3), E^-x}", "{1/x, -(1/x), 1/x^2, 1/(a + b), 1/x^(1/3), E^(-x)}"),
        ("{2 + 3 I, -I x, 1.5 + 2. I, 2 (a + b), (1/x)^y}", "{2 + 3 I, (-I) x, 1.5 + 2. I, 2 (a + b), (1/x)^y}"),
    ],
)
def test_what_is_printed_has_spaces_between_factors(code: str, text: str) -> None:
    assert write(SESSION.evaluate_term(code), "OutputForm") == text


@pytest.mark.parametrize(
    ("code", "form", "text"),
    [
        (
            "PDF[NormalDistribution[m, s], x]",
            "TeXForm",
            r"\frac{1}{e^{\frac{\left(-m+x\right)^2}{2 s^2}} \sqrt{2 \pi} s}",
        ),
        (
            "{-x/2, (a + b) c, 1.5*^20, f'[x], 2 - I}",
            "TeXForm",
            r"\{-\frac{x}{2},\left(a+b\right) c,1.5\times 10^{20},f'(x),2-i\}",
        ),
        ("HoldForm[Sum[i^2, {i, 1, n}]]", "TeXForm", r"\sum_{i=1}^{n} i^2"),
        ('"50%_a"', "TeXForm", r"\text{50\%\_a}"),
        (
            "{-x/2, 1/Sqrt[x], 2 x/(3 y), (a + b)^2, 1.5*^20}",
            "CForm",
            "List(-x/2.,1/Sqrt(x),(2*x)/(3.*y),Power(a + b,2),1.5e20)",
        ),
        ("{(a^b)^c, 2/3, a && b}", "FortranForm", "List((a**b)**c,0.6666666666666666,a.and.b)"),
        ("Series[Sin[x], {x, 0, 4}]", "OutputForm", "x - x^3/6 + O[x]^5"),
        ('Quantity[x + 1, "LightYears"^2]', "OutputForm", "(1 + x) light years^2"),
        ("Hold[f /@ (g /@ x), (f /@ g) @@ x]", "InputForm", "Hold[f /@ g /@ x, (f /@ g) @@ x]"),
    ],
)
def test_forms(code: str, form: str, text: str) -> None:
    assert SESSION.evaluate_term(f"ToString[{code}, {form}]") == text


@given(formula=formulas)
@settings(max_examples=100, deadline=None)
def test_the_boxes_of_a_formula_mean_it(formula: Term) -> None:
    value = SESSION.kernel.evaluate(formula)
    meant = SESSION.kernel.evaluate(expression("MakeExpression", expression("ToBoxes", value)))
    assert same(SESSION.kernel.evaluate(meant.args[0]), value)


@pytest.mark.parametrize(
    "text",
    [
        'f[x_, y__Integer] -> {1, 2.5, "a\nb"}', "Hold[x[[1, 2]]]", "<|a -> 1, b -> {}|>", "Function[x, x^2]", "#1 + 1 &",
        "a && b || ! c", "a == b <= c", "1.5 - 2.5 I", "Derivative[1][f][x]", "1.*^-12 x", "Hold[x /. a -> b]", "a . b",
        "f[][x]", "x_ /; x > 0 :> y", "x!", "Subscript[x, 1]", "N[Range[20]]",
    ],
)  # fmt: skip
def test_the_boxes_of_an_expression_mean_it(text: str) -> None:
    assert (
        SESSION.evaluate(f"With[{{v = {text}}}, (MakeExpression[ToBoxes[v]] /. HoldComplete[x_] :> x) === v]") is True
    )
