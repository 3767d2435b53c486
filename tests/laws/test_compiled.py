"""Compiled code gives what the evaluator gives: values, messages, and what is left in the variables.

Every program runs twice, each time in a session of its own: with everything compiled that can be, and with nothing.
"""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wlnet.builtins.evaluation.compiled import loops
from wlnet.kernel import Kernel, applying
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import Expression, Term

VARIABLES = ("x", "y", "s", "t")
BEGIN = """
SeedRandom[5]; c = <|"a" -> 1, 2 -> 3|>; x = 3; y = 1.5; s = 0; u = {1, 2}; v = {1, 2, 3, 4}; m = {{1., 2.}, {3., 4.}}; w = {True, 2, "text"};
h[0] = 1; h[n_] := n + 1; h[a_, b_] := a b; r[n_] := If[n < 1, x, n + r[n - 1]]; k[a_?EvenQ] := a/2; k[a_Integer] := 3 a + 1;
p[a_] := Module[{b = a, c}, c = b + 1; Do[b += j; If[b > 9, Return[b]], {j, 3}]; c]; q[a_ /; a > 2] := a; q[a_] := (s += a; -a);
"""

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
    "Boole", "N", "f", "Re", "Print", "h", "r", "k", "p", "q", "Total", "Length", "Reverse",
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
        st.builds("Which[{} > 1, {}, True, {}]".format, inner, inner, inner),
        st.builds("Switch[{}, 1, {}, 2., 5, _, {}]".format, inner, inner, inner),
        st.builds("v[[{}]]".format, inner),
        st.builds("m[[{}, {}]]".format, inner, inner),
        st.builds("(w[[i]] + {{{}, {}}})".format, inner, inner),
        st.builds("h[{}, {}]".format, inner, inner),
        st.builds("With[{{x = {}}}, {}]".format, inner, inner),
        st.builds("Table[{}, {{j, {}}}]".format, inner, st.sampled_from(["2", "0, 1, 0.5", "v", "m", "i"])),
        st.builds("Sum[{}, {{j, 3}}]".format, inner),
        st.builds("Map[({} &), {}]".format, inner, inner),
        st.builds("Select[v, {} > # &]".format, inner),
        st.builds("Fold[(#1 + {} #2 &), {}, v]".format, inner, inner),
        st.builds("MapThread[{}, {{v, {}}}]".format, functions, inner),
        st.builds("Nest[({} &), {}, 2]".format, inner, inner),
        st.builds("c[{}]".format, st.sampled_from(['"a"', "2", "i", "x"])),
        st.builds("Lookup[c, {}, {}]".format, inner, inner),
        st.builds("KeyExistsQ[c, {}]".format, inner),
        st.builds('Map[#key + {} &, {{<|"key" -> {}|>, <|"key" -> 2|>}}]'.format, inner, inner),
        st.builds("RandomReal[{}]".format, inner),
        st.builds("RandomInteger[{{1, {}}}]".format, inner),
        st.builds("(RandomChoice[{{2, {}}}] + {})".format, inner, inner),
        st.builds("({{1, 2.5}} + {{{}, {}}})".format, inner, inner),
        st.builds("Total[{{{}, 1.5}}]^2".format, inner),
        st.builds("({} -> {})".format, inner, inner),
        st.builds("FixedPoint[({} &), {}, {}]".format, inner, inner, st.sampled_from(["1", "2"])),
        st.sampled_from(["FixedPoint[Floor[#/2] &, 100 i]", "FixedPoint[# + 1 &, i, 3]"]),
        st.builds("Lookup[<|{} -> {}|>, {}]".format, inner, inner, inner),
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
        st.builds("Module[{{t, x = {}}}, {}; {}]".format, inner, inner, inner),
        st.builds("Block[{{x = {}}}, {}]".format, inner, inner),
        st.builds("(v[[{}]] = {})".format, st.sampled_from(["1", "i", "-1", "9", "x"]), inner),
        st.builds("(m[[i, {}]] = {})".format, st.sampled_from(["1", "2", "i"]), inner),
        st.builds("(m[[2]] = {})".format, inner),
        st.builds("(w[[{}]] = {})".format, st.sampled_from(["1", "3", "i"]), inner),
        st.builds("(v[[2]] += {})".format, inner),
        st.builds("AppendTo[{}, {}]".format, st.sampled_from(["u", "v", "w", "m", "x", "noValue"]), inner),
        st.builds("(AppendTo[v, {}]; {}; Length[v])".format, inner, inner),
        st.builds("(AppendTo[w, {}]; {}; AppendTo[w, w[[-2]]]; w[[-1]])".format, inner, inner),
        st.builds("(t = u; If[{} > 1, AppendTo[u, {}]; AppendTo[u, i]]; {{t, u}})".format, inner, inner),
        st.builds("Module[{{t = v}}, Do[AppendTo[t, {}], {{j, 3}}]; t]".format, inner),
        st.builds("({{x, t}} = {{{}, {}}})".format, inner, inner),
        st.builds("(u = v; {}; u)".format, inner),
        st.builds("(c[{}] = {})".format, inner, inner),
        st.builds("(c[{}]++; {})".format, st.sampled_from(['"a"', "i", "2"]), inner),
        st.builds("(c[{}] += {})".format, inner, inner),
        st.builds("(AssociateTo[c, {} -> {}]; Length[c])".format, inner, inner),
        st.builds("(t = c; c[i] = {}; Total[Values[c]])".format, inner),
        st.builds("Module[{{t = <|1 -> {}|>}}, Do[t[j] = {}, {{j, 3}}]; t]".format, inner, inner),
        st.builds("(Sow[{}]; {})".format, inner, inner),
        st.builds("Scan[(s += #; {}) &, {}]".format, inner, inner),
        st.builds("While[s++ < 4, {}]".format, inner),
        st.sampled_from(
            ["Break[]", "Continue[]", "Throw[i]", "Return[7]", "Sow[i]", "Message[f::tag, i]", "Quiet[1/0]"]
        ),
    )


bodies = st.recursive(pure, effects, max_leaves=4)
lists = st.sampled_from([
    "Range[20]", "{1, 2., 3/2, 4 + I, 5}", "{1, a, 2}", "Range[-2., 2.]", "{0, 0., -0.}", "{1, {2}, 3}", "{}", "h[1, 2]",
])  # fmt: skip


texts = st.sampled_from([
    '{"b", "Ab", "", "x1y22"}', '{"a", {"b", "c"}}', '{"a", 2, "B"}', 'Table["w" <> ToString[Mod[7 i, 5]], {i, 20}]', "Characters[s]",
])  # fmt: skip
of_text = st.sampled_from([
    "StringLength[#]", "ToUpperCase[#]", '# <> "!"', "# <> ToString[StringLength[#]]", "ToString[#]", "ToString[{#}]",
    "If[StringLength[#] > 1, #, noValue]", "Print[#]", "StringTake[#, 1]", "(s = #; 1)",
])  # fmt: skip


def programs_over_lists() -> st.SearchStrategy[str]:
    """Gives programs in which a function is applied to all elements of a list, of numbers or of texts."""
    grouping = st.sampled_from(
        ["GroupBy", "GatherBy", "SortBy", "CountsBy", "SplitBy", "DeleteDuplicatesBy", "OrderingBy"]
    )
    return st.one_of(
        st.builds("{}[{}, {} &]".format, grouping, lists, bodies),
        st.builds("{}[{}, {} &]".format, grouping, texts, of_text),
        st.builds("GroupBy[{}, ({} &) -> (({}) &), Length]".format, lists, pure, bodies),
        st.builds(
            "Sort[{}, {} &]".format, lists, st.sampled_from(["#1 > #2", "OrderedQ[{##}]", "Mod[#1, 3] < #2 - 1"])
        ),
        st.builds("MapIndexed[{{#1, {}, #2}} &, {}]".format, bodies, lists),
        st.builds("MapIndexed[({}; #2) &, <|1 -> 2, x -> 3|>]".format, bodies),
        st.builds("KeyValueMap[({} + #2) &, AssociationMap[{} &, {}]]".format, bodies, pure, lists),
        st.builds("KeyMap[{} &, Merge[{{<|1 -> x, 2 -> 3|>, <|1 -> i|>}}, {} &]]".format, pure, bodies),
        st.builds("Apply[({} + #2) &, {{{{1, 2}}, {{3, x}}, w, {{i}}, 7}}, {{1}}]".format, bodies),
        st.builds("(({} + #2) & @@@ {{{{1, 2}}, {{3, 4.}}, {{5, x, 6}}, y, {{i}}}})".format, bodies),
        st.builds("MapThread[({} + #2) &, {{{}, {}}}]".format, bodies, lists, lists),
        st.builds("Map[{} &, {}]".format, of_text, texts),
        st.builds(
            "{}[{}]".format, st.sampled_from(["ToUpperCase", "Characters", "StringLength", "EvenQ", "Sqrt", "h"]), texts
        ),
        st.builds("{}[{}]".format, st.sampled_from(["EvenQ", "Sqrt", "Floor", "FactorInteger", "Sign"]), lists),
        st.builds(
            'StringReplace["a1b22c", u : DigitCharacter .. :> {}]'.format, of_text.map(lambda t: t.replace("#", "u"))
        ),
        st.builds('StringCases["a1b22c1", x_ ~~ y : DigitCharacter .. /; {}]'.format, pure),
        st.builds('StringCases["a1b22c1", x_ ~~ y : DigitCharacter :> {}]'.format, bodies),
        st.builds("Table[ToString[{}], {{i, 4}}]".format, pure),
        st.builds(
            'Table["n" <> ToString[{}], {{i, 4}}]'.format,
            st.sampled_from(["i", "i/2", "1.5 i", "noValue", "{i}", "I i"]),
        ),
    )


def programs() -> st.SearchStrategy[str]:
    return st.one_of(
        programs_over_lists(),
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


def leaves(term: Term, known: dict[int, int]) -> int:
    """Gives how many atoms a term has, counting each part once however often it is in it: terms may double in a loop."""
    if type(term) is not Expression:
        return 1
    if id(term) not in known:
        known[id(term)] = leaves(term.head, known) + sum(leaves(arg, known) for arg in term.args)
    return known[id(term)]


def outcome(program: str) -> tuple[list[str], list[str]]:
    """Gives the values of a program and of its variables afterwards, and all messages."""
    session = Session()
    texts, messages = [], []
    for text in (BEGIN, f"Reap[Catch[{program}]]", "{x, y, s, t, i, j, u, v, m, w, c, RandomReal[]}"):
        # The numbers of local names tell how many there were before.
        value = session.evaluate_term(text)
        size = leaves(value, {})
        texts.append(re.sub(r"\$\d+", "$", write(value, "InputForm")) if size < 100_000 else f"{size} leaves")
        messages += session.messages + session.printed
    return texts, messages


def by_both(program: str) -> list[tuple[list[str], list[str]]]:
    """Gives the outcome with everything compiled, and with nothing."""
    found = []
    before = loops.FROM, applying.OFTEN
    for limit in (1, sys.maxsize):
        loops.FROM = applying.OFTEN = limit
        found.append(outcome(program))
    loops.FROM, applying.OFTEN = before
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
@example("Do[v[[i]] = 1/(3 - i), {i, 4}]")
@example("Do[u = v; v[[i]] = 2^(20 i), {i, 4}]")
@example("Do[v[[i]] = 7; If[i == 2, Print[v]]; v[[1]] = 9, {i, 4}]")
@example("Do[w[[1]] = i; v[[9]] = w[[1]], {i, 2}]")
@example("Do[AppendTo[w, i]; u = w; AppendTo[w, 1/(i - 2)], {i, 4}]")
@example("Do[AppendTo[v, 2^(30 i)]; v[[2]] = i; AppendTo[v, u[[3 - i]]], {i, 4}]")
@example("i = 0; While[Length[w] < 9, AppendTo[w, {i++, s}]; w[[1]] = w]")
@example("Table[r[i], {i, 4}]")
@example("Do[h = i; x = h[2], {i, 4}]")
@example("Do[s += h[2]; Do[s += h[1], {h, 2}], {i, 4}]")
@example("Table[r[200 i], {i, 6}]")
@example("Do[s += q[i]; If[i == 3, Break[]], {i, 5}]")
@example("Table[Block[{x = i}, r[i]], {i, 3}]")
@example("Map[k, Range[4]]; k[a_] := Print[a]; Map[k, {1, 2, y}]")
@example("Table[With[{z = i}, {z, s = z}], {i, 3}]")
@example('StringReplace["a1b2", x_ ~~ y_ :> With[{x = 1}, ToString[x] <> y]]')
@example('StringReplace["a1b2", x_ ~~ y_ :> Map[Function[x, x <> y], {x}][[1]]]')
@example('StringReplace["a1b2", RegularExpression["([a-z])(.)"] :> "$2" <> "$1"]')
@example("SortBy[{3, 1, 2}, (x = #; y) &]")
@example("Table[RandomReal[]/(i - 3), {i, 5}]")
@example("Map[(Sow[#]; RandomInteger[9]/(# - 3)) &, Range[5]]")
@example("Do[c[i] = 1/(3 - i); Sow[c], {i, 4}]")
@example("Do[c[i] = i; t = c; c[9] = 1/(3 - i), {i, 4}]")
@example("Do[c[c] = i, {i, 3}]")
@example("Table[c + i, {i, 3}]; Table[Sqrt[c], {i, 3}]")
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
    "SetOptions[ToString, FormatType -> InputForm]",
    "Unprotect[ToUpperCase]; ToUpperCase[a_String] := 7",
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
        'Table[ToString["a" <> ToString[i]], {i, 3}]',
        'ToUpperCase[{"a", "b"}]',
        "MapIndexed[Mod[#1 + #2[[1]] + 1, 3] &, {1, 2, 3}]",
        "GroupBy[Range[5], Mod[# + 1, 2] &]",
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
        "Table[h[i], {i, 1000}]",
        "r[100] + Sum[r[i], {i, 100}]",
        "Map[p, Range[1000]]",
        "v = Range[1000]; Do[v[[i]] = v[[-1 + i + 1]]^2, {i, 1000}]",
        "w = Table[True, {1000}]; Do[If[w[[i]], Do[w[[j]] = False, {j, 2 i, 1000, i}]], {i, 2, 31}]",
        "Do[Module[{a = i, b}, b = a + 1; {x, y} = {b, a}], {i, 1000}]",
        "Do[s = Total[Map[#^2 &, Select[{i, 2, 3}, OddQ]]], {i, 1000}]",
        'Table["n" <> ToString[i], {i, 1000}]',
        'w = {}; Do[If[OddQ[i], AppendTo[w, {i, "a"}]], {i, 1000}]; w[[-1]]',
        'w = {}; While[Length[w] < 1000, AppendTo[w, "a"]]',
        'ToUpperCase[Table["n" <> ToString[i], {i, 1000}]]',
        "GroupBy[Range[1000], Mod[#, 7] &, Total]",
        "SortBy[Range[1000], Mod[#, 7] &]; Sort[Range[100], #1 > #2 &]",
        "MapIndexed[#1 + #2[[1]] &, Range[1000]]",
        "Do[s += Abs[RandomChoice[{-1, 1}]] + RandomReal[] + RandomInteger[{1, 6}], {1000}]",
        "Reap[Do[Sow[i^2], {i, 1000}]]",
        "Table[FixedPoint[Floor[(# + i)/2] &, 1000], {i, 100}]",
        "Table[{1. i, 2} -> Mod[i, 3], {i, 1000}]; MapThread[Rule, {Range[1000], Range[1000]}]",
        "GroupBy[Mod[Range[1000], 300], Identity, Length]",
        "Do[k = Mod[i, 7]; c[k] = Lookup[c, k, 0] + 1; If[KeyExistsQ[c, k], c[k]++]; AssociateTo[c, k -> i], {i, 1000}]",
        "Module[{a = <||>}, Do[a[i] = i, {i, 1000}]; Sum[a[i], {i, 1000}]]",
        'Select[Table[<|"a" -> i|>, {i, 1000}], #a > 3 &]',
        "Plus @@@ Table[{i, 1}, {i, 1000}]",
        "MapThread[#1 #2 &, {Range[1000], Range[1000]}]",
        "KeyValueMap[#1 + #2 &, AssociationMap[#^2 &, Range[1000]]]",
        'StringReplace[StringJoin[Table["a1", {1000}]], d : DigitCharacter :> "<" <> d <> ">"]',
    ],
)
def test_long_loops_need_few_evaluations(program: str, evaluations: list[int]) -> None:
    session = Session()
    session.evaluate_term(BEGIN)
    evaluations[0] = 0
    session.evaluate_term(program)
    assert evaluations[0] < 300
