"""Compiled code gives what the evaluator gives: values, messages, and what is left in the variables.

Every program runs twice, each time in a session of its own: with everything compiled that can be, and with nothing.
"""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wlnet.builtins.evaluation.compiled import loops
from wlnet.kernel import Kernel
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import Term

VARIABLES = ("x", "y", "s", "t")
BEGIN = "x = 3; y = 1.5; s = 0; u = {1, 2};"

numbers = st.sampled_from(
    ["0", "1", "2", "-3", "7", "0.", "-0.5", "1.5", "2.25", "10^20", "1*^300", "1/3", "2 + I", "1. I"]
)
names = st.sampled_from([*VARIABLES, "i", "#", "Pi", "u", "noValue"])
functions = st.sampled_from([
    "Plus", "Times", "Subtract", "Divide", "Power", "Mod", "Quotient", "Max", "Min", "Less", "LessEqual", "Greater", "Equal",
    "Unequal", "SameQ", "GCD", "Xor", "BitAnd", "List", "Round", "ArcTan", "f",
])  # fmt: skip
single = st.sampled_from([
    "Minus", "Abs", "Sqrt", "Sin", "Exp", "Log", "Floor", "Sign", "EvenQ", "OddQ", "Positive", "IntegerQ", "PrimeQ", "Not",
    "Boole", "N", "f", "Re", "Print",
])  # fmt: skip


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("({} - {})".format, inner, inner),
        st.builds("({} / {})".format, inner, inner),
        st.builds("({})^2".format, inner),
        st.builds("({} < {} <= {})".format, inner, inner, inner),
        st.builds("{}[{}, {}]".format, functions, inner, inner),
        st.builds("Plus[{}, {}, {}]".format, inner, inner, inner),
        st.builds("{}[{}]".format, single, inner),
        st.builds("If[{} < {}, {}, {}]".format, inner, inner, inner, inner),
        st.builds("If[{}, {}]".format, inner, inner),
        st.builds("({} > 1 && {} < 2 || {})".format, inner, inner, inner),
    )


pure = st.recursive(numbers | names, combined, max_leaves=8)
places = st.sampled_from(VARIABLES)


def effects(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} = {})".format, places, inner),
        st.builds("({} {} {})".format, places, st.sampled_from(["+=", "-=", "*=", "/="]), inner),
        st.builds("({}{})".format, places, st.sampled_from(["++", "--"])),
        st.builds("(++{} + {})".format, places, inner),
        st.builds("({}; {})".format, inner, inner),
        st.builds("({}; {};)".format, inner, inner),
        st.builds("If[{} > 0, {}, {}]".format, inner, inner, inner),
        st.builds("Do[{}, {{j, {}, 3}}]".format, inner, st.sampled_from(["1", "-2", "i", "1.5", "noValue", "4"])),
        st.builds("Module[{{s = {}}}, {}]".format, inner, inner),
        st.sampled_from(
            ["Break[]", "Continue[]", "Throw[i]", "Return[7]", "Sow[i]", "Message[f::tag, i]", "Quiet[1/0]"]
        ),
    )


bodies = st.recursive(pure, effects, max_leaves=4)
lists = st.sampled_from([
    "Range[20]", "{1, 2., 3/2, 4 + I, 5}", "{1, a, 2}", "Range[-2., 2.]", "{0, 0., -0.}", "{1, {2}, 3}", "{}", "h[1, 2]",
])  # fmt: skip


def programs() -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(
            "Do[{}, {{i, {}}}]".format,
            bodies,
            st.sampled_from(["5", "-2, 2", "1., 2., 0.25", "{3, a, 4.}", "0, 1, 1/3"]),
        ),
        st.builds("Table[{}, {{i, {}}}]".format, bodies, st.sampled_from(["5", "-2, 2", "0, 1, 0.25"])),
        st.builds("Table[{}, {{i, 2}}, {{x, i}}]".format, bodies),
        st.builds("Sum[{}, {{i, 4}}]".format, bodies),
        st.builds("i = 0; While[i++ < 5, {}]".format, bodies),
        st.builds("For[i = 0, i < 4, i++, {}]".format, bodies),
        st.builds("Nest[{} &, {}, 4]".format, bodies, numbers),
        st.builds("NestList[Function[x, {}], {}, 4]".format, pure, numbers),
        st.builds("Fold[Function[{{x, i}}, {}], {}, {}]".format, bodies, numbers, lists),
        st.builds("FoldList[{}, {}]".format, functions, lists),
        st.builds("NestWhileList[{} &, {}, {} &, 2, 4]".format, pure, numbers, pure),
        st.builds("FixedPointList[{} &, {}, 4, SameTest -> (({}) &)]".format, bodies, numbers, bodies),
        st.builds("Map[{} &, {}]".format, bodies, lists),
        st.builds("Map[{}, {}]".format, single, lists),
        st.builds("Select[{}, {} &]".format, lists, bodies),
        st.builds("Array[{} &, {{2, 3}}]".format, bodies),
    )


def outcome(program: str) -> tuple[list[str], list[str]]:
    """Gives the values of a program and of its variables afterwards, and all messages."""
    session = Session()
    texts, messages = [], []
    for text in (BEGIN, f"Reap[Catch[{program}]]", "{x, y, s, t, i, j, u}"):
        texts.append(write(session.evaluate_term(text), "InputForm"))
        messages += session.messages + session.printed
    return texts, messages


def by_both(program: str) -> list[tuple[list[str], list[str]]]:
    """Gives the outcome with everything compiled, and with nothing."""
    found = []
    before = loops.FROM
    for loops.FROM in (1, sys.maxsize):
        found.append(outcome(program))
    loops.FROM = before
    return found


@given(programs())
@example("Do[s = s + 1/(i - 3), {i, 5}]")
@example("Do[s += i; If[i == 3, Throw[s]], {i, 5}]")
@example("Do[s++; s = s/(i - 2), {i, 4}]")
@example("Do[x += (x = i), {i, 3}]")
@example("Do[t = i, {i, 3}]")
@example("Do[t += i, {i, 3}]")
@example("Nest[#^#^# &, 3, 4]")
@example("Map[1/(# - 3) &, Range[5]]")
@example("Fold[#1 + x #2 &, 0, Hold[1, 2, x = 5; 3, 4]]")
@example("i = 0; While[i < 5, i++; x = 10.^(100 i)]")
def test_compiled_is_evaluated(program: str) -> None:
    compiled, evaluated = by_both(program)
    assert compiled == evaluated


#: What a user may have done to what the code takes for granted.
CHANGES = [
    "Unprotect[Plus]; 1 + x_ := plus[x]",
    "Unprotect[Mod]; Mod[a_, b_] := mod[a, b]",
    "Unprotect[Plus]; ClearAttributes[Plus, {Orderless, Flat}]",
    "Unprotect[If]; SetAttributes[If, HoldAll]",
    "Unprotect[True]; x /: x + 1 = 5",
    "x /: (x = a_) := stopped",
    "i /: If[a_, i, b_] := stopped",
    "Unprotect[Plus]; Plus /: (s = a_Plus) := stopped; Plus /: If[a_, b_Plus, c_] := stopped",
    "Protect[s]",
    'x := (Print["read"]; 2)',
    "Unprotect[Less]; Less = Greater",
    "$RecursionLimit = 20",
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "program",
    [
        "Do[s = s + Mod[x, 2] + 1; If[s < 5, x = x + 1], {i, 5}]",
        "Table[If[i < 3, 1 + Mod[i, 2] + x, 1 + i], {i, 5}]",
        "Map[1 + Mod[#, 3] &, Range[4]]",
        "Block[{Plus, Mod = List}, Table[1 + Mod[i, 2], {i, 3}]]",
        "Module[{x = 1}, Do[x = x + i, {i, 5}]; x]",
        "Nest[If[# < 4, # + 1, 1 + #] &, 1, 5]",
        "Fold[(x = #1; #1 + #2 + x) &, 1, Range[4]]",
    ],
)
def test_changes_of_definitions_are_heeded(change: str, program: str) -> None:
    compiled, evaluated = by_both(f"{change}; {program}")
    assert compiled == evaluated


@pytest.fixture
def evaluations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Gives a list of the number of terms that sessions have evaluated."""
    count = [0]
    evaluate = Kernel.evaluate

    def counted(kernel: Kernel, term: Term) -> Term:
        count[0] += 1
        return evaluate(kernel, term)

    monkeypatch.setattr(Kernel, "evaluate", counted)
    return count


@pytest.mark.parametrize(
    "program",
    [
        "Do[s = s + i, {i, 1000}]",
        "Do[s += i^2; If[OddQ[i], t = s], {i, 1000}]",
        "Do[Do[s = Mod[3 s + i j, 1009], {j, 30}], {i, 30}]",
        "Table[i^2 + x, {i, 1000}]",
        "Table[i j, {i, 20}, {j, 50}]",
        "Sum[1/i, {i, 1000}]",
        "While[s < 1000, s++]",
        "For[t = 1, t < 1000, t++, s = s + t]",
        "Nest[# + 1 &, 0, 1000]",
        "Nest[#/2 + 1 &, 1., 1000]",
        "NestWhile[# + 1 &, 0, # < 1000 &]",
        "FixedPoint[Floor[#/2] &, 2^1000]",
        "Fold[Mod[3 #1 + #2, 1009] &, 1, Range[1000]]",
        "Map[#^2 + 1 &, Range[1000]]",
        "Map[Sqrt, N[Range[1000]]]",
        "Select[Range[1000], OddQ]",
        "Array[#1 - #2 &, {30, 30}]",
    ],
)
def test_long_loops_need_few_evaluations(program: str, evaluations: list[int]) -> None:
    session = Session()
    session.evaluate_term(BEGIN)
    evaluations[0] = 0
    session.evaluate_term(program)
    assert evaluations[0] < 300
