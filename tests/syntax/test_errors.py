"""What is no expression: where it says so, and what could still become one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wlnet.syntax import ParseError, check, is_complete, parse, parse_program
from wlnet.syntax.operators import operator_table


@pytest.mark.parametrize(
    ("text", "caret", "message"),
    [
        ("f[a + ]", "    ^", "an expression is missing after `+`"),
        ("a = = b", "    ^", "an expression is missing before `=`"),
        ("f[(a]", "    ^", "expected `)` (for line 1, column 3), found `]`"),
        ("a)", " ^", "`)` closes nothing"),
        ("()", " ^", "an expression is missing between `(` and `)`"),
        ("[x]", "^", "an expression is missing before `[`"),
        ("a, b", " ^", "a comma can only stand between arguments or elements of a list"),
        ("x + \"abc", "    ^", "this string is not closed"),
        ("1 + (* a", "    ^", "this comment is not closed"),
        ("(* é *) \\[Alpha] ~ b", "                 ^", "`~` needs a function and a second `~` after it"),
        ("a /: b", "  ^", "`/:` needs an assignment on its right"),
        ("2^^3", "^", "a number in base 2 has digits from 0 to 1"),
        ("a[[1] b]", "      ^", "expected `]` to close the part"),
        (r"a + \[Foo]", "    ^", r"there is no character `\[Foo]`"),
        ("f[“a”]", "  ^", "unexpected character `“`: strings stand in straight quotes"),
        ("x = ?y", "    ^", "an expression is missing before `?`"),
        ("∫ x y", "^", "`∫` needs a `ⅆ` with the variable of integration"),
        (r"1 + \!\(x", "    ^", r"expected `\)` to close the boxes, but the text ends"),
        (r'\!\(\*TemplateBox[{a}, "b"]\)', "^", "TemplateBox with 2 parts has no meaning as an expression"),
        ("37^^1", "^", "a base is a number from 2 to 36"),
    ],
)  # fmt: skip
def test_errors_say_where_and_what(text: str, caret: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert caught.value.message == message
    assert caught.value.excerpt() == f"{text}\n{caret}"


def test_an_error_in_a_later_line_has_its_line_and_column() -> None:
    (error,) = check("a = 1\nb = (2\n c}", source="file.wl")
    assert (error.line, error.column) == (3, 3)
    assert str(error).startswith("file.wl:3:3: ")


def test_statements_before_an_error_are_read() -> None:
    program = parse_program("a\nb c\n)")
    next(program)
    next(program)
    with pytest.raises(ParseError):
        next(program)


def test_one_expression_is_one() -> None:
    with pytest.raises(ParseError, match="found a second one"):
        parse("a\nb")


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("", True), ("a", True), ("a;", True), ("a;;", True), ("f[a]", True), ("a!", True), ("# &", True),
        ("a +", False), ("f[", False), ("f[a,", False), ("{1, {2}", False), ('"abc', False), ("(* c", False),
        ("a =", False), ("a ->\n", False), ("!", False), ("x |->", False), ("a \\", False), ("<|", False),
        ("f[a + ]", True), ("a)", True), ("f[x_] :=", False), ("If[a,\nb", False), ("a[[1]", False),
    ],
)  # fmt: skip
def test_more_text_is_awaited_only_where_it_helps(text: str, complete: bool) -> None:
    assert is_complete(text) is complete


SOUP = [
    *operator_table().spellings, "(", ")", "{", "}", "]", "<|", "|>", ",", "\n", " ", "a", "B", "x_", "_.", "__h",
    "1", "2.5", "-3", "16^^f", "36^^!", "1`", '"s"', '"', "#", "#n", "##", "%", "(*", "*)", "::t", "<<f", ">>g", "\\",
    "\\[Rule]", "\\[Nothing]", "\\(", "\\!\\(", "\\)", "\\*RowBox[", "\\^", "\\%", "⌊", "⌉", "∞", "?a\n", "〛", "''", "é", "²", "\x00", "{1, 2, 3}",
]  # fmt: skip


@given(pieces=st.lists(st.sampled_from(SOUP), max_size=25))
@settings(max_examples=1500, deadline=None)
@example(pieces=["a", ";;", ";", ";;", "&"])
def test_any_soup_of_tokens_is_terms_or_a_parse_error(pieces: list[str]) -> None:
    errors = check("".join(pieces))
    assert all(isinstance(error, ParseError) and error.message and error.excerpt() for error in errors)


PROGRAMS = [file.read_text(encoding="utf-8") for file in sorted(Path("examples").rglob("*.wl"))]
places = st.floats(0, 1)


@given(program=st.sampled_from(PROGRAMS), cuts=st.lists(st.tuples(places, places, places), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_programs_cut_to_pieces_are_terms_or_a_parse_error(
    program: str, cuts: list[tuple[float, float, float]]
) -> None:
    for begin, length, place in cuts:
        start, to = int(begin * len(program)), int(place * len(program))
        piece = program[start : start + int(length * 60)]
        program = program[:to] + piece + program[to + len(piece) :]
    assert all(isinstance(error, ParseError) and error.message and error.excerpt() for error in check(program))


@given(text=st.text(max_size=40))
@settings(deadline=None)
def test_any_text_is_terms_or_a_parse_error(text: str) -> None:
    assert all(error.message and error.excerpt() for error in check(text))


@pytest.mark.parametrize(
    "text",
    [
        "f[" * 10_000 + "x" + "]" * 10_000,
        "{" * 10_000 + "}" * 10_000,
        "(" * 10_000 + "1" + ")" * 10_000,
        "a[[" * 10_000 + "1" + "]]" * 10_000,
        "+".join("a" * 10_000),
        "^".join("a" * 10_000),
        "a = b -> " * 10_000 + "c",
        "- " * 10_000 + "x",
        "!" * 9_999 + "x",
        "x" + " // f" * 10_000,
        ";;".join("a" * 10_000),
        "⌊" * 10_000 + "x" + "⌋" * 10_000,
        "{1, " * 10_000 + "x" + "}" * 10_000,
        "36^^" + "z" * 10_000,
    ],
)
def test_nesting_and_chains_may_be_long(text: str) -> None:
    assert check(text) == []


def test_brackets_left_open_ten_thousand_deep_are_an_error() -> None:
    assert not is_complete("f[" * 10_000)
