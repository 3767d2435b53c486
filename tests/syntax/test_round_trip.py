"""The law of the syntax: what is written is read back as the same term."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings

from tests.syntax.generated import chains, terms
from wlnet.syntax import check, parse, write
from wlnet.terms import Association, Expression, NumericArray, S, Term, expression, pack, same, symbol

a, b, c = (symbol("Global`" + name) for name in "abc")


@pytest.mark.parametrize("form", ["Exact", "FullForm"])
@given(term=terms)
@settings(max_examples=400, deadline=None)
@example(term=expression("Times", -1, expression("Times", a, b)))
@example(term=expression("Plus", a, expression("Times", -1, b, expression("Times", a, b))))
@example(term=expression("Times", -1, expression("Power", expression("PreDecrement", a), 2)))
@example(term=expression("Repeated", expression("Optional", expression("Blank"))))
@example(term=expression("Factorial", expression("Factorial", a)))
def test_what_is_written_is_read_back(form: str, term: Term) -> None:
    assert same(parse(write(term, form)), term)


@given(text=chains)
@settings(max_examples=600, deadline=None)
@example(text="a - b/c d - -e")
@example(text="- a ⊕ b; a;;b;;c;;d")
def test_what_operators_make_is_written_and_read_back(text: str) -> None:
    if not check(text):
        term = parse(text)
        assert same(parse(write(term)), term)


@given(term=terms)
@settings(max_examples=200, deadline=None)
def test_line_breaks_change_nothing(term: Term) -> None:
    text = write(term, width=20)
    assert same(parse(f"({text})"), term)


@pytest.mark.parametrize(
    ("term", "form", "text"),
    [
        (-7, "InputForm", "-7"),
        (2.0, "InputForm", "2."),
        (1e-7, "InputForm", "1.*^-7"),
        (0.0001, "InputForm", "0.0001"),
        (1234567.5, "InputForm", "1.2345675*^6"),
        (-1.5e20, "InputForm", "-1.5*^20"),
        (1 / 3, "OutputForm", "0.333333"),
        (1e-7, "OutputForm", "1.*^-7"),
        (float("inf"), "InputForm", "Infinity"),
        (float("nan"), "InputForm", "Indeterminate"),
        (Fraction(1, 2), "InputForm", "1/2"),
        (Fraction(-1, 2), "FullForm", "Rational[-1, 2]"),
        (1 + 2j, "InputForm", "1. + 2.*I"),
        (1 - 2j, "FullForm", "Complex[1., -2.]"),
        ('a"b', "InputForm", '"a\\"b"'),
        ('a"b', "OutputForm", 'a"b'),
        (expression("Times", -1, a), "InputForm", "-a"),
        (expression("Plus", a, expression("Times", -1, b)), "InputForm", "a - b"),
        (expression("Plus", a, expression("Times", -1, expression("Plus", b, c))), "InputForm", "a - (b + c)"),
        (expression("Times", a, expression("Power", b, -1)), "InputForm", "a/b"),
        (expression("Times", Fraction(3, 2), a), "Exact", "3*a/2"),
        (expression("Times", Fraction(3, 2), a), "InputForm", "(3*a)/2"),
        (expression("Power", expression("Plus", a, b), 2), "InputForm", "(a + b)^2"),
        (expression("Power", a, Fraction(1, 2)), "InputForm", "Sqrt[a]"),
        (expression("Function", expression("Plus", expression("Slot", 1), 1)), "InputForm", "#1 + 1 & "),
        (expression("Map", a, b), "InputForm", "a /@ b"),
        (pack(np.array([[1, 2], [3, 4]])), "InputForm", "{{1, 2}, {3, 4}}"),
        (pack(np.array([1.0, 2.5])), "FullForm", "List[1., 2.5]"),
        (pack(np.array([1 + 1j])), "InputForm", "{1. + 1.*I}"),
        (Association([("k", Association([(a, 1)]))]), "InputForm", '<|"k" -> <|a -> 1|>|>'),
        (Association([("k", "v")]), "OutputForm", "<|k -> v|>"),
        (Association([("k", 1)]), "FullForm", 'Association[Rule["k", 1]]'),
        (NumericArray(np.array([0.1, 2], np.float32)), "InputForm", 'NumericArray[{0.1, 2.}, "Real32"]'),
        (NumericArray(np.array([[1]], np.uint8)), "FullForm", 'NumericArray[List[List[1]], "UnsignedInteger8"]'),
        (NumericArray(np.zeros((20, 3), np.float32)), "OutputForm", "NumericArray[<20, 3>, Real32]"),
    ],
)
def test_written_forms(term: Term, form: str, text: str) -> None:
    assert write(term, form) == text


@pytest.mark.parametrize("depth", [3, 10_000])
def test_deep_terms_are_written(depth: int) -> None:
    term: Term = a
    for _ in range(depth):
        term = Expression(S.f, (term,))
    assert write(term) == "f[" * depth + "a" + "]" * depth


def test_a_small_width_breaks_lines_between_operands() -> None:
    text = write(parse("{first, second, third, fourth}"), width=16)
    assert text == "{first, second,\n  third, fourth}"


def test_narrow_reals_keep_their_value() -> None:
    values = np.random.default_rng(1).normal(size=50).astype(np.float32)
    read = parse(write(NumericArray(values)))
    assert np.array_equal(np.array(parse(write(read.args[0]))).astype(np.float32), values)
