"""Strings and files: laws against Python's strings and `re`, patterns, templates, formats that round-trip."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wlnet.session import Session
from wlnet.terms import FAILED, S, Term, elements, expression, list_of, pack, rule, same

TEXT = st.text("ab1 .é", max_size=12)
CELL = st.one_of(st.integers(-99, 99), st.text('xyz,"', min_size=1))
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=3), min_size=1)


@cache
def shared() -> Session:
    return Session()


def call(name: str, *args: Term) -> Term:
    return shared().kernel.evaluate(expression(name, *args))


@given(TEXT, TEXT)
@settings(deadline=None)
def test_strings_are_python_strings(a: str, b: str) -> None:
    assert call("StringJoin", a, b) == a + b
    assert call("StringLength", a) == len(a)
    assert call("StringReverse", a) == a[::-1]
    assert call("StringJoin", call("Characters", a)) == a
    assert call("FromCharacterCode", call("ToCharacterCode", a)) == a
    assert repr(call("StringContainsQ", a, b)) == str(b in a)
    assert repr(call("StringStartsQ", a, b)) == str(a.startswith(b))
    assert repr(call("StringEndsQ", a, b)) == str(a.endswith(b))


@given(TEXT, st.text("ab1", min_size=1, max_size=2), st.text("xy", max_size=2))
@settings(deadline=None)
def test_replacing_is_replacing(text: str, old: str, new: str) -> None:
    assert call("StringReplace", text, rule(old, new)) == text.replace(old, new)
    assert call("StringCount", text, old) == text.count(old)
    assert list(elements(call("StringSplit", text))) == text.split()
    assert list(elements(call("StringSplit", text, old, S.All))) == text.split(old)


@given(TEXT, st.integers(-15, 15))
@settings(deadline=None)
def test_take_and_drop_make_the_whole(text: str, count: int) -> None:
    if abs(count) <= len(text):
        taken, dropped = call("StringTake", text, count), call("StringDrop", text, count)
        assert (taken + dropped if count >= 0 else dropped + taken) == text
    else:
        assert type(call("StringTake", text, count)) is not str


@given(TEXT, st.sampled_from(["[0-9]+", "a|b", "(a)b", r"\w+", "a*?b"]))
@settings(deadline=None)
def test_cases_of_a_regular_expression(text: str, source: str) -> None:
    found = call("StringCases", text, expression("RegularExpression", source))
    assert list(elements(found)) == [match.group() for match in re.finditer(source, text)]


def distance(a: str, b: str) -> int:
    """The definition of the edit distance, for short strings."""
    if not a or not b:
        return len(a) + len(b)
    if a[0] == b[0]:
        return distance(a[1:], b[1:])
    return 1 + min(distance(a[1:], b), distance(a, b[1:]), distance(a[1:], b[1:]))


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
@settings(deadline=None)
def test_edit_distance(a: str, b: str) -> None:
    assert call("EditDistance", a, b) == distance(a, b)


@given(st.integers(0, 10**12), st.integers(2, 36))
@settings(deadline=None)
def test_integer_strings_are_digits(number: int, base: int) -> None:
    assert int(call("IntegerString", number, base), base) == number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('StringCases["2024-05", y : DigitCharacter .. ~~ "-" ~~ m : DigitCharacter .. :> {y, m}]', '{{"2024", "05"}}'),
        ('StringReplace["aXbX", {"a" -> "1", "X" -> "2"}]', '"12b2"'),
        ('StringReplace["abc", x_ ~~ "c" :> x <> x]', '"abb"'),
        ('StringReplace["aaa", "a" -> "b", 2]', '"bba"'),
        ('StringCases["abba", x_ ~~ x_]', '{"bb"}'),
        ('StringMatchQ["ab12", LetterCharacter .. ~~ DigitCharacter ..]', "True"),
        ('StringMatchQ["ab", ("a" | "b") ..]', "True"),
        ('StringMatchQ["x7", "x" ~~ _?DigitQ]', "True"),
        ('StringMatchQ["", ___]', "True"),
        ('StringCases["a5b12", n : DigitCharacter .. /; StringLength[n] > 1]', '{"12"}'),
        ('StringCases["a,b", Except[","]]', '{"a", "b"}'),
        ('StringCases["<a><b>", "<" ~~ Shortest[__] ~~ ">"]', '{"<a>", "<b>"}'),
        ('StringCases["<a><b>", "<" ~~ __ ~~ ">"]', '{"<a><b>"}'),
        ('StringMatchQ[{"ab", "c"}, "a*"]', "{True, False}"),
        ('StringMatchQ["AB", "a" ~~ _, IgnoreCase -> True]', "True"),
        ('StringSplit["a--b", "-"]', '{"a", "", "b"}'),
        ('StringSplit["a:b;c", {":", ";"}]', '{"a", "b", "c"}'),
        ('StringSplit["", ","]', "{}"),
        ('StringSplit[{"a b", "c"}]', '{{"a", "b"}, {"c"}}'),
        ('StringPosition["abab", "ab", 1]', "{{1, 2}}"),
        ('StringTake["abc", {{1, 2}, {3}}]', '{"ab", "c"}'),
        ('StringTake[{"abc", "de"}, 1]', '{"a", "d"}'),
        ('StringReplace["a b", " " -> x]', '"a" ~~ x ~~ "b"'),
        ('StringPadLeft["12345", 3]', '"345"'),
        ('StringPadRight[{"a", "bcd"}]', '{"a  ", "bcd"}'),
        ("StringRiffle[{{1, 2}, {3}}]", '"1 2\\n3"'),
        ('StringTrim["xxaxx", "x" ..]', '"a"'),
        ('StringInsert["abcd", "-", {2, 4}]', '"a-bc-d"'),
        ('TemplateApply["`a` ``", <|"a" -> 1|>]', '"1 1"'),
        ('StringTemplate["<*1+1*> `1`"]["x"]', '"2 x"'),
        ('Capitalize["hello world", "AllWords"]', '"Hello World"'),
        ("StringJoin[]", '""'),
        ("StringJoin[{}]", '""'),
        ('FileBaseName["/a/b.c.txt"]', '"b.c"'),
        ('FileNameJoin[{"/a", "b"}]', '"/a/b"'),
    ],
)
def test_values(text: str, wanted: str) -> None:
    session = Session()
    found = session.evaluate_term(text)
    assert not session.messages
    assert same(found, session.evaluate_term(wanted)), f"{text} gives {session.display(found)}"


@pytest.mark.parametrize(
    "text",
    ['StringReplace["a", 5]', 'StringCases["a", RegularExpression["("]]', 'StringMatchQ["a", x]', "StringSplit[5]"],
)
def test_wrong_patterns_are_messages(text: str) -> None:
    session = Session()
    session.evaluate_term(text)
    assert len(session.messages) == 1
    assert "internal" not in session.messages[0]


@given(ROWS)
@settings(max_examples=30, deadline=None)
def test_tables_come_back(rows: list) -> None:
    term = list_of(*(list_of(*row) for row in rows))
    for kind in ("CSV", "TSV"):
        assert same(call("ImportString", call("ExportString", term, kind), kind), term)


JSON = st.recursive(
    st.one_of(
        st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=4), st.booleans(), st.none()
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=8,
)


@given(JSON)
@settings(max_examples=60, deadline=None)
def test_json_comes_back(value: object) -> None:
    import json

    term = call("ImportString", json.dumps(value), "RawJSON")
    assert json.loads(call("ExportString", term, "JSON")) == value


def test_programs_come_back(tmp_path: Path) -> None:
    session = Session()
    file = str(tmp_path / "x.wl")
    session.evaluate_term(f'Put[{{1, f[x_] :> x + 1, "text"}}, "{file}"]')
    assert same(session.evaluate_term(f'Get["{file}"]'), session.evaluate_term('{1, f[x_] :> x + 1, "text"}'))


def test_get_restores_the_context_and_knows_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.wl").write_text("here = $InputFileName; y = 7; y^2\n")
    session = Session()
    assert session.evaluate_term(f'Get["{tmp_path}/a.wl"]') == 49
    assert session.evaluate_term("here") == str(tmp_path / "a.wl")
    assert session.evaluate_term("y") == 7
    assert session.evaluate_term("$InputFileName") == ""


def test_export_leaves_nothing_but_the_file(tmp_path: Path) -> None:
    session = Session()
    session.evaluate_term(f'Export["{tmp_path}/x.csv", {{{{1, 2.5}}}}]')
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert (tmp_path / "x.csv").read_text() == "1,2.5\n"
    assert session.evaluate_term(f'Export["{tmp_path}/none/x.csv", {{}}]') is FAILED


def test_files_are_listed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.csv", "a.csv", "c.txt", "sub/d.csv"):
        (tmp_path / name).write_text("")
    session = Session()
    names = elements(session.evaluate_term(f'FileNames["*.csv", "{tmp_path}", Infinity]'))
    assert [Path(name).name for name in names] == ["a.csv", "b.csv", "d.csv"]
    assert len(elements(session.evaluate_term(f'FileNames["*.csv", "{tmp_path}"]'))) == 2


def test_example_data_are_rules() -> None:
    session = Session()
    data = session.evaluate_term('ExampleData[{"MachineLearning", "FisherIris"}, "TrainingData"]')
    inputs = session.kernel.evaluate(expression("Keys", data))
    assert type(inputs) is np.ndarray
    assert inputs.shape == (120, 4)
    assert same(session.kernel.evaluate(expression("Keys", elements(data)[0])), pack(inputs[0]))


@given(st.text("ab1 ", max_size=12), st.lists(st.sampled_from(["a", "ab", "b", "1", " ", "", "b1"]), max_size=3))
@settings(deadline=None)
def test_several_rules_replace_as_a_direct_loop_does(text: str, lefts: list[str]) -> None:
    """At each place the first rule that matches there wins; an empty match replaces nothing but is passed by."""
    found, at = "", 0
    while at <= len(text) and lefts:
        place = next((place for place, left in enumerate(lefts) if text.startswith(left, at)), None)
        if place is not None and lefts[place]:
            found += f"<{place}>"
            at += len(lefts[place])
            continue
        found += ("" if place is None else f"<{place}>") + text[at : at + 1]
        at += 1
    rules = ", ".join(f'"{left}" -> "<{place}>"' for place, left in enumerate(lefts))
    assert Session().evaluate(f'StringReplace["{text}", {{{rules}}}]') == (found if lefts else text)
