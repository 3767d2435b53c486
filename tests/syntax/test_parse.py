"""What texts mean, compared in FullForm."""

from __future__ import annotations

import pytest

from wlnet.syntax import parse, parse_program, write
from wlnet.terms import Symbol, symbol


def full_form(text: str) -> str:
    return write(parse(text), "FullForm")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        # Numbers
        ("-2", "-2"),
        ("-x", "Times[-1, x]"),
        ("- 2", "-2"),
        ("a - 2", "Plus[a, -2]"),
        ("a - b", "Plus[a, Times[-1, b]]"),
        ("-2^2", "Times[-1, Power[2, 2]]"),
        ("2^-1", "Power[2, -1]"),
        ("-2 x", "Times[-2, x]"),
        ("1/2", "Times[1, Power[2, -1]]"),
        ("a/b", "Times[a, Power[b, -1]]"),
        ("a/.5", "Times[a, Power[0.5, -1]]"),
        ("x=.5", "Set[x, 0.5]"),
        ("1.", "1."),
        ("1..", "Repeated[1]"),
        (".5", "0.5"),
        ("2*^5", "200000"),
        ("1.5*^-3", "0.0015"),
        ("2*^-1", "Rational[1, 5]"),
        ("16^^ff", "255"),
        ("2^^1.1", "1.5"),
        ("1.5`20", "1.5`20."),
        ("1.5`1*^-3", "0.0015`1."),
        ("1`3", "1.`3."),
        ("0``12", "0``12."),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        # Arithmetic
        ("a + b + c", "Plus[a, b, c]"),
        ("(a + b) + c", "Plus[Plus[a, b], c]"),
        ("a b c", "Times[a, b, c]"),
        ("2x", "Times[2, x]"),
        ("a - b c", "Plus[a, Times[-1, b, c]]"),
        ("a^b^c", "Power[a, Power[b, c]]"),
        ("a . b . c", "Dot[a, b, c]"),
        ("a ** b", "NonCommutativeMultiply[a, b]"),
        ("a! b", "Times[Factorial[a], b]"),
        ("a!!", "Factorial2[a]"),
        ("x++ + ++y", "Plus[Increment[x], PreIncrement[y]]"),
        ("x -= --y", "SubtractFrom[x, PreDecrement[y]]"),
        # Calls, parts, functions
        ("f[]", "f[]"),
        ("f[x][y]", "f[x][y]"),
        ("f[g[x]]", "f[g[x]]"),
        ("a[[1]]", "Part[a, 1]"),
        ("a[[b[[1]]]]", "Part[a, Part[b, 1]]"),
        ("f[a[[1]]]", "f[Part[a, 1]]"),
        ("a〚1, 2〛", "Part[a, 1, 2]"),
        (r"a\[LeftDoubleBracket]1\[RightDoubleBracket]", "Part[a, 1]"),
        ("f @ g @ x", "f[g[x]]"),
        ("x // f // g", "g[f[x]]"),
        ("f /@ g /@ x", "Map[f, Map[g, x]]"),
        ("f @@ x", "Apply[f, x]"),
        ("f @@@ x", "MapApply[f, x]"),
        ("f //@ x", "MapAll[f, x]"),
        ("f @* g @* h", "Composition[f, g, h]"),
        ("f /* g", "RightComposition[f, g]"),
        ("a ~f~ b ~g~ c", "g[f[a, b], c]"),
        ("# + #2 &", "Function[Plus[Slot[1], Slot[2]]]"),
        ("## & @ x", "Function[SlotSequence[1]][x]"),
        ("# & [x]", "Function[Slot[1]][x]"),
        ("x |-> x + 1", "Function[x, Plus[x, 1]]"),
        (r"x \[Function] x", "Function[x, x]"),
        ("f'[x]", "Derivative[1][f][x]"),
        ("f''", "Derivative[2][f]"),
        # Lists, associations, spans
        ("{}", "List[]"),
        ("{1, 2.}", "List[1, 2.]"),
        ("<||>", "Association[]"),
        ("<|a -> 1, b :> 2|>", "Association[Rule[a, 1], RuleDelayed[b, 2]]"),
        ("{,}", "List[Null, Null]"),
        ("a ;; b ;; c", "Span[a, b, c]"),
        (";;", "Span[1, All]"),
        ("a[[;; -2, 2 ;;]]", "Part[a, Span[1, -2], Span[2, All]]"),
        ("a ;;;; c", "Span[a, All, c]"),
        # Comparing and logic
        ("a == b == c", "Equal[a, b, c]"),
        ("a < b <= c", "Inequality[a, Less, b, LessEqual, c]"),
        ("a != b", "Unequal[a, b]"),
        ("a === b =!= c", "UnsameQ[SameQ[a, b], c]"),
        ("!a && b || c", "Or[And[Not[a], b], c]"),
        ("!!a", "Not[Not[a]]"),
        # Patterns and rules
        ("x_", "Pattern[x, Blank[]]"),
        ("x__h", "Pattern[x, BlankSequence[h]]"),
        ("___", "BlankNullSequence[]"),
        ("_.", "Optional[Blank[]]"),
        ("x_.", "Optional[Pattern[x, Blank[]]]"),
        ("x_:v", "Optional[Pattern[x, Blank[]], v]"),
        ("x:_:v", "Optional[Pattern[x, Blank[]], v]"),
        ("_:x:v", "Optional[Blank[], Pattern[x, v]]"),
        ("_:_:v", "Optional[Optional[Blank[], Blank[]], v]"),
        ("x:a|b", "Pattern[x, Alternatives[a, b]]"),
        ("_?q", "PatternTest[Blank[], q]"),
        ("_?f[x]", "PatternTest[Blank[], f][x]"),
        ("x_..", "Repeated[Pattern[x, Blank[]]]"),
        ("a ~~ b", "StringExpression[a, b]"),
        ("a -> b -> c", "Rule[a, Rule[b, c]]"),
        ("a <-> b", "TwoWayRule[a, b]"),
        (r"a \[DirectedEdge] b", "DirectedEdge[a, b]"),
        ("x /. a -> b /. c -> d", "ReplaceAll[ReplaceAll[x, Rule[a, b]], Rule[c, d]]"),
        ("x //. a :> b /; c", "ReplaceRepeated[x, RuleDelayed[a, Condition[b, c]]]"),
        # Statements
        ("a = b = c", "Set[a, Set[b, c]]"),
        ("f[x_] := x; y", "CompoundExpression[SetDelayed[f[Pattern[x, Blank[]]], x], y]"),
        ("a;", "CompoundExpression[a, Null]"),
        ("a;;b;", "CompoundExpression[Span[a, b], Null]"),
        ("f[a] ^= 1", "UpSet[f[a], 1]"),
        ("f[a] ^:= 1", "UpSetDelayed[f[a], 1]"),
        ("a /: f[a] = 1", "TagSet[a, f[a], 1]"),
        ("a /: f[a] =.", "TagUnset[a, f[a]]"),
        ("a =.", "Unset[a]"),
        ("a += 1", "AddTo[a, 1]"),
        ("x //= f", "ApplyTo[x, f]"),
        ("a::b", 'MessageName[a, "b"]'),
        ("a::b::c", 'MessageName[a, "b", "c"]'),
        ("<<my`file`", 'Get["my`file`"]'),
        ("<< file.m; 1", 'CompoundExpression[Get["file.m"], 1]'),
        ("x >> out.txt", 'Put[x, "out.txt"]'),
        ("x >>> \"a b\"", 'PutAppend[x, "a b"]'),
        ("%", "Out[]"),
        ("%% + %5", "Plus[Out[-2], Out[5]]"),
        # Strings and characters
        (r'"a\"b\\c\n"', r'"a\"b\\c\n"'),
        (r'"\[Alpha]\:03b1\.41"', '"ααA"'),
        (r'"\<two words\>"', '"two words"'),
        ('"one \\\n  line"', '"one   line"'),
        (r"\[Alpha]\[Beta]1", "αβ1"),
        (r"\[Pi] + \[Infinity]", "Plus[Pi, Infinity]"),
        ("名前 + größe", "Plus[名前, größe]"),
        ("ctx`x", "ctx`x"),
        ("`x", "x"),
        ("", "Null"),
        ("(* nothing *)", "Null"),
    ],
)  # fmt: skip
def test_meaning(text: str, meaning: str) -> None:
    assert full_form(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r"a \[Element] b", "Element[a, b]"),
        (r"a \[Minus] b", "Plus[a, Times[-1, b]]"),
        (r"a \[VectorLess] b", "VectorLess[a, b]"),
        (r"\[Sqrt]x", "Sqrt[x]"),
        ('"string"[1]', '"string"[1]'),
        ('x // "literal"', '"literal"[x]'),
        ("name : pattern : default", "Optional[Pattern[name, pattern], default]"),
        ("++c[x]", "PreIncrement[c[x]]"),
        ("k -> # & /@ list", "Map[Function[Rule[k, Slot[1]]], list]"),
        ('<|"k" -> #&|>', 'Association[Function[Rule["k", Slot[1]]]]'),
        ("#name", 'Slot["name"]'),
        ('#"name with spaces"', 'Slot["name with spaces"]'),
        ("a /: f[a] := 1", "TagSetDelayed[a, f[a], 1]"),
        ("{a, b,}", "List[a, b, Null]"),
        ("f[a,]", "f[a, Null]"),
        ("12\\\n34", "1234"),
        ("12\\\r\n34", "1234"),
        ("{a\nb}", "List[Times[a, b]]"),
        ("f[a,\r\nb]", "f[a, b]"),
        ("#!/usr/bin/env wlnet\n1", "1"),
        ("(* ::Package:: *)\n\n(* a (* nested *) one *) x", "x"),
        ("!a && b", "And[Not[a], b]"),
        ("a <> b <> c <> d", "StringJoin[a, b, c, d]"),
        ("a[[1]][[2]]", "Part[Part[a, 1], 2]"),
    ],
)
def test_what_other_parsers_stumble_over(text: str, meaning: str) -> None:
    assert full_form(text) == meaning


#: Each first operator binds more tightly than the second.
TIGHTER = [
    ("?", "@"), ("@*", "@"), ("@", "^"), ("/@", "^"), ("<>", "^"), ("^", "**"), ("**", "."), (".", "*"), ("*", "+"),
    ("/", "+"), ("+", ";;"), (";;", "=="), ("==", "&&"), ("=!=", "&&"), ("&&", "||"), ("||", "|"), ("|", "~~"),
    ("~~", "/;"), ("~~", "->"), ("/;", "<->"), ("<->", "->"), ("->", "/."), (":>", "//."), ("/.", "+="), ("+=", "//"),
    ("//", "="), ("/.", ":="), ("//", "|->"), ("=", ";"),
]  # fmt: skip


@pytest.mark.parametrize(("tight", "loose"), TIGHTER)
def test_precedence(tight: str, loose: str) -> None:
    left, right = f"(a {tight} b) {loose} c", f"a {loose} (b {tight} c)"
    assert full_form(f"a {tight} b {loose} c") == full_form(left)
    assert full_form(f"a {loose} b {tight} c") == full_form(right)


def test_statements_end_at_newlines_outside_brackets() -> None:
    text = "a = 1\nb = {2,\n3}\n\nc +\nd;\n(* comment *) e (* another *)\nf"
    written = [write(statement.term) for statement in parse_program(text)]
    assert written == ["a = 1", "b = {2, 3}", "c + d;", "e", "f"]


def test_statements_know_their_place_in_the_text() -> None:
    text = "\\[Alpha] + 1\n (* c *) g[\\[Beta]]\n"
    places = [text[statement.start : statement.end].strip() for statement in parse_program(text)]
    assert places == ["\\[Alpha] + 1", "g[\\[Beta]]"]


def test_names_are_resolved_when_their_statement_is_read() -> None:
    context = "first`"

    def resolve(name: str) -> Symbol:
        return symbol(context + name)

    program = parse_program("x\nx", resolve)
    first = next(program)
    context = "second`"
    assert [first.term.full_name, next(program).term.full_name] == ["first`x", "second`x"]
