"""What a program may rely on in evaluation, beyond what the examples of the built-ins show."""

from __future__ import annotations

import gc

import pytest

from wlnet.session import Session
from wlnet.syntax import write


@pytest.fixture
def session() -> Session:
    return Session()


def value(session: Session, text: str) -> str:
    return write(session.evaluate_term(text), "InputForm")


def tags(session: Session) -> set[str]:
    return {text.partition(": ")[0] for text in session.messages}


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("x = 1; Module[{x = x + 1}, x]", "2"),
        ("Module[{f}, f[n_] := If[n == 0, done, f[n - 1]]; f[5]]", "done"),
        ("counter = Module[{n = 0}, Function[n++; n]]; {counter[], counter[], counter[]}", "{1, 2, 3}"),
        ("Module[{x = 5}, Function[x, x^2][3]]", "9"),
        ("Module[{x = 5}, g[x_] := x; g[7]]", "7"),
        ("With[{x = y}, Module[{y = 2}, x + y]] /. y -> 10", "12"),
        ("With[{x = 3}, Hold[x, Function[x, x]]]", "Hold[3, Function[x, x]]"),
        ("With[{y = x}, Function[x, {x, y}]][1]", "{1, x}"),
        ("Function[{x}, Module[{y = x}, y + 1]][y]", "1 + y"),
        ("(Function[x, # + x] &)[a][b]", "a + b"),
        ("((# + (# &)[2]) &)[1]", "3"),
        ("{#2, ##} &[a, b]", "{b, a, b}"),
        ("Hold[##] &[1, 2]", "Hold[1, 2]"),
        ("(#1 + #2 &) @@ {1, 2, 3}", "3"),
        ("Map[Function[#key], {<|\"key\" -> 1|>, <|\"key\" -> 2|>}]", "{1, 2}"),
        ("Table[With[{j = i}, Function[y, j + y]], {i, 2}][[2]][10]", "12"),
    ],
)  # fmt: skip
def test_scoping(session: Session, program: str, result: str) -> None:
    assert value(session, program) == result
    assert not session.messages


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("p /: p[x_] + p[y_] := With[{s = x + y}, p[s] /; s < 4]; a + p[1] + p[2] + p[9]", "a + p[3] + p[9]"),
        ("SetAttributes[m, Flat]; m[1, x_] := Module[{y = x}, m[one, y] /; y > 2]; {m[0, 1, 2], m[0, 1, 3]}",
         "{m[0, 1, 2], m[0, one, 3]}"),
    ],
)  # fmt: skip
def test_a_condition_inside_decides_for_some_arguments_of_a_flat_head(
    session: Session, program: str, result: str
) -> None:
    assert value(session, program) == result
    assert not session.messages


@pytest.mark.parametrize(
    "leave", ["Throw[1]", "Abort[]", "Throw[1, tag]", "Break[]"], ids=["throw", "abort", "tagged", "break"]
)
def test_block_gives_values_back_however_it_is_left(session: Session, leave: str) -> None:
    session.evaluate_term("x = 1; f[n_] := old")
    session.evaluate_term(f"Block[{{x = 2, f}}, f[1] = new; {leave}]")
    assert value(session, "{x, f[1]}") == "{1, old}"


def test_loop_variables_are_local(session: Session) -> None:
    assert value(session, "i = 7; Do[i; If[i == 2, Break[]], {i, 3}]; Table[i, {i, 2}]; i") == "7"
    assert value(session, "Catch[Table[If[j == 2, Throw[j]], {j, 3}]]; j") == "j"


def test_tail_calls_cost_no_depth(session: Session) -> None:
    program = "count[n_] := If[n > 2000, n, (1; count[n + 1])]; Block[{$IterationLimit = 10^5}, count[0]]"
    assert value(session, program) == "2001"
    program = "down[n_] := Module[{m = n - 1}, Which[m == 0, end, True, down[m]]]"
    session.evaluate_term(program)
    assert value(session, "Block[{$IterationLimit = 10^5}, down[1500]]") == "end"


def test_recursion_ends_in_the_languages_own_message(session: Session) -> None:
    session.evaluate_term("deep[n_] := 1 + deep[n + 1]; deep[1]")
    assert tags(session) == {"$RecursionLimit::reclim"}
    assert value(session, "1 + 1") == "2"


def test_deep_recursion_within_a_raised_limit_succeeds(session: Session) -> None:
    assert value(session, "up[0] = 0; up[n_] := 1 + up[n - 1]; Block[{$RecursionLimit = 10^4}, up[3000]]") == "3000"
    assert not session.messages


def test_endless_rewriting_ends_in_a_message(session: Session) -> None:
    session.evaluate_term("again[n_] := again[n + 1]; again[0]")
    assert tags(session) == {"$IterationLimit::itlim"}


def test_memoised_definitions(session: Session) -> None:
    session.evaluate_term("f[0] = 0; f[1] = 1; f[n_] := f[n] = f[n - 1] + f[n - 2]")
    assert value(session, "f[90]") == "2880067194370816120"
    assert value(session, "Count[DownValues[f], _]") == "92"


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("a = {1, 2, 3}; b = a; a[[1]] = 9; {a, b}", "{{9, 2, 3}, {1, 2, 3}}"),
        ("a = Range[3]; b = a; a[[-1]] = 0; {a, b}", "{{1, 2, 0}, {1, 2, 3}}"),
        ("f[] := Range[3]; a = f[]; a[[1]] = 7; f[]", "{1, 2, 3}"),
        ("a = {1, 2, 3}; a[[2]] = x; a", "{1, x, 3}"),
        ("a = {1, 2, 3}; a[[2]] = 2.5; a", "{1, 2.5, 3}"),
        ("a = {1, 2, 3, 4}; a[[2 ;; 3]] = {x, y}; a", "{1, x, y, 4}"),
        ("a = {1, 2, 3, 4}; a[[{1, -1}]] = 0; a", "{0, 2, 3, 0}"),
        ("a = {1, 2, 3, 4}; a[[All]] = 5; a", "{5, 5, 5, 5}"),
        ("m = {{1, 2}, {3, 4}}; m[[All, 2]] = {8, 9}; m", "{{1, 8}, {3, 9}}"),
        ("m = {{1, 2}, {3, 4}}; m[[1]] = {7, 7}; m", "{{7, 7}, {3, 4}}"),
        ("m = {{1, 2}, {3}}; m[[1, 2]] = q; m", "{{1, q}, {3}}"),
        ("m = {{1, 2}, {3, 4}}; m[[{1, 2}, {1, 2}]] = 0; m", "{{0, 0}, {0, 0}}"),
        ("m = {{1, 2}, {3, 4}}; m[[2, 1]] += 10; m", "{{1, 2}, {13, 4}}"),
        ("s = <|\"a\" -> {1, 2}|>; s[\"a\"] = 3; s[\"b\"] = 4; s", "<|\"a\" -> 3, \"b\" -> 4|>"),
        ("s = <|\"a\" -> {1, 2}|>; s[[\"a\", 2]] = 9; s", "<|\"a\" -> {1, 9}|>"),
        ("s = <|\"a\" -> 1|>; s[\"a\"]++; s", "<|\"a\" -> 2|>"),
        ("e = f[a, b]; e[[0]] = g; e", "g[a, b]"),
        ('s = <|"a" -> <|"b" -> 1|>|>; s["a"]["c"] = 2; s["a", "b"] = 3; s', '<|"a" -> <|"b" -> 3, "c" -> 2|>|>'),
    ],
)  # fmt: skip
def test_assignment_to_parts(session: Session, program: str, result: str) -> None:
    assert value(session, program) == result
    assert not session.messages


def test_assignment_beyond_the_end_changes_nothing(session: Session) -> None:
    assert value(session, "a = {1, 2}; a[[5]] = 0; a") == "{1, 2}"
    assert tags(session) == {"Set::partw"} or tags(session) == {"Part::partw"}


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("SetAttributes[f, {Flat, OneIdentity}]; f[a, b, c] /. f[a, b] -> x", "f[x, c]"),
        ("SetAttributes[g, Orderless]; g[c, a, b]", "g[a, b, c]"),
        ("SetAttributes[g, Orderless]; g[x_, 1] := x; {g[1, q], g[q, 1]}", "{q, q}"),
        ("SetAttributes[h, {Flat, Orderless}]; h[b, h[a, d], c]", "h[a, b, c, d]"),
    ],
)  # fmt: skip
def test_attributes_of_user_symbols(session: Session, program: str, result: str) -> None:
    assert value(session, program) == result


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("f[1, \"Size\" -> 5]", "{1, 5, red}"),
        ("f[1]", "{1, 3, red}"),
        ("f[1, {\"Size\" -> 5, Color -> blue}]", "{1, 5, blue}"),
        ("f[1, Color -> blue, Color -> green]", "{1, 3, blue}"),
        ("SetOptions[f, \"Size\" -> 9]; f[1]", "{1, 9, red}"),
        ("k[x_, opts : OptionsPattern[f]] := {OptionValue[\"Size\"], {opts}}; k[1, \"Size\" -> 2]",
         "{2, {\"Size\" -> 2}}"),
        ("f[1, FilterRules[{\"Size\" -> 4, other -> 1}, Options[f]]]", "{1, 4, red}"),
    ],
)  # fmt: skip
def test_option_values(session: Session, program: str, result: str) -> None:
    session.evaluate_term('Options[f] = {"Size" -> 3, Color -> red}')
    session.evaluate_term('f[x_, OptionsPattern[]] := {x, OptionValue["Size"], OptionValue[Color]}')
    assert value(session, program) == result
    assert not session.messages


@pytest.mark.parametrize(
    ("program", "result"),
    [
        ("f[x_] := Module[{y = x}, If[y > 1, Return[big]]; small]; {f[2], f[0]}", "{big, small}"),
        ("f[x_] := (Do[If[i == x, Return[i]], {i, 5}]; after); f[2]", "after"),
        ("f[x_] := Module[{i = 0}, While[True, i++; If[i > x, Return[i, Module]]]]; f[3]", "4"),
        ("Catch[Scan[If[# > 1, Throw[#]] &, {1, 2, 3}]]", "2"),
        ("Map[(If[# > 1, Return[0]]; #) &, {1, 2}]", "{1, 0}"),
        ("Catch[Catch[Throw[1, a], b], a]", "1"),
    ],
)  # fmt: skip
def test_leaving_early(session: Session, program: str, result: str) -> None:
    assert value(session, program) == result


def test_up_values_win_over_built_in_rules(session: Session) -> None:
    session.evaluate_term("q /: q[a_] + q[b_] := q[a + b]; Reverse[stack[x___]] ^:= stack @@ Reverse[{x}]")
    assert value(session, "{q[1] + q[2], Reverse[stack[a, b]]}") == "{q[3], stack[b, a]}"


def test_a_condition_may_use_the_locals_of_the_right_side(session: Session) -> None:
    session.evaluate_term("f[x_] := Module[{y = x^2}, {x, y} /; y > 10]; f[x_] := With[{z = 1}, small[x, z]]")
    assert value(session, "{f[2], f[5]}") == "{small[2, 1], {5, 25}}"


def test_protected_symbols_keep_their_meaning(session: Session) -> None:
    assert value(session, "Plus[a_, b_] := 0; 1 + 1") == "2"
    assert tags(session) == {"SetDelayed::write"}
    assert value(session, "Protect[mine]; mine = 3; mine") == "mine"


def test_quiet_and_check_see_the_right_messages(session: Session) -> None:
    assert value(session, "Check[Quiet[First[{}]]; 1, failed]") == "1"
    assert value(session, "Quiet[Check[First[{}], failed]]") == "failed"
    assert not session.messages


def test_locals_that_nothing_refers_to_are_forgotten(session: Session) -> None:
    session.evaluate_term("f[n_] := Module[{a = Range[n]}, Total[a]]; keep = Module[{b = 1}, Function[b]]")
    session.evaluate_term("Do[f[3], {3000}]")
    gc.collect()
    live = [name for name in session.kernel.own if name.name.startswith("a$")]
    assert len(live) < 1000
    assert value(session, "keep[]") == "1"


def test_printed_forms(session: Session) -> None:
    shown = session.display(session.evaluate_term('{Row[{1, x}, "-"], HoldForm[1 + 1], InputForm["s"]}'))
    assert shown == '{1-x, 1 + 1, "s"}'
    assert session.display(session.evaluate_term("Grid[{{a, bb}, {ccc, d}}]")) == "a     bb\nccc   d"


def test_replacement_at_levels(session: Session) -> None:
    assert value(session, "Replace[{1, {2, {3}}}, n_Integer :> n + 1, {2}]") == "{1, {3, {3}}}"
    assert value(session, "Cases[{1, {2, {3}}}, _Integer, {-1}]") == "{1, 2, 3}"
    assert value(session, "Position[{{1, 2}, {2, 1}}, 2]") == "{{1, 2}, {2, 1}}"
    assert value(session, "Cases[Range[5], n_ /; n > 3]") == "{4, 5}"


@pytest.mark.parametrize(
    ("iterator", "result"),
    [
        ("{3}", "{x, x, x}"),
        ("{i, 0, 0.3, 0.1}", "{0., 0.1, 0.2, 0.3}"),
        ("{i, 3, 1}", "{}"),
        ("{i, a, a + 2}", "{a, 1 + a, 2 + a}"),
        ("{i, 1/2, 2}", "{1/2, 3/2}"),
        ("{i, {p, q}}", "{p, q}"),
    ],
)  # fmt: skip
def test_iterators(session: Session, iterator: str, result: str) -> None:
    body = "x" if iterator == "{3}" else "i"
    session.evaluate_term(f"found = Table[{body}, {iterator}]; expected = {result}")
    assert value(session, "found === expected || Max[Abs[found - expected]] < 10^-9") == "True"
