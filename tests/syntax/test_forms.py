"""Forms of the language beyond its operators: boxes, named characters, brackets, letters of names."""

from __future__ import annotations

import pytest

from wlnet.syntax import parse, parse_program, write
from wlnet.syntax.characters import named_character
from wlnet.syntax.operators import operator_table


def full_form(text: str) -> str:
    return write(parse(text), "FullForm")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r"\(x\^2\)", 'SuperscriptBox["x", "2"]'),
        (r"\(a + b\_c\)", 'RowBox[List["a", "+", SubscriptBox["b", "c"]]]'),
        (r"\!\(x\^2\) + 1", "Plus[Power[x, 2], 1]"),
        (r"\!\(a\_1\%2\)", "Power[Subscript[a, 1], 2]"),
        (r"\!\(\@x + 1\/y\)", "Plus[Sqrt[x], Times[1, Power[y, -1]]]"),
        (r"\!\(TraditionalForm\`f\)[x]", "f[x]"),
        (r'\!\(\*StyleBox[\(abc\), FontSlant->"Italic"]\)', "abc"),
        (r'\!\(\*RowBox[{"a", "+", "b"}]\)', "Plus[a, b]"),
        (r'\!\(\*GridBox[{{"a", "b"}, {"c", "d"}}]\)', "List[List[a, b], List[c, d]]"),
        (r"\!\(\*SuperscriptBox[\(f\), \(\[Prime]\)]\)[x]", "Derivative[1][f][x]"),
        (r"\!\(\*OverscriptBox[\(x\), \(^\)]\)", "OverHat[x]"),
        (r"\!\(\*UnderoverscriptBox[\(\[Sum]\), \(i = 1\), \(n\)]\(f[i]\)\)", "Sum[f[i], List[i, 1, n]]"),
        (
            r"\!\(\*SubsuperscriptBox[\(\[Integral]\), \(0\), \(1\)]\(x \[DifferentialD]x\)\)",
            "Integrate[x, List[x, 0, 1]]",
        ),
        (r"\!\(\[PartialD]\_x f[x]\)", "D[f[x], x]"),
        # Operators of one character, and those that are read otherwise than their character
        ("∫ x^2 ⅆx", "Integrate[Power[x, 2], x]"),
        ("∫∫ a ⅆx ⅆy + 1", "Plus[Integrate[Integrate[a, x], y], 1]"),
        ("a → b", "Rule[a, b]"),
        (r"a \[RightArrow] b", "RightArrow[a, b]"),
        (r"a \:2208 b", "Element[a, b]"),
        (r"a \[DoubleLongRightArrow] b \[DoubleLongRightArrow] c", "DoubleLongRightArrow[a, b, c]"),
        (r"\[CircleTimes]a", "CircleTimes[a]"),
        # Brackets
        ("⌊x⌋ + ⌈y⌉", "Plus[Floor[x], Ceiling[y]]"),
        (r"\[LeftAngleBracket]a, b\[RightAngleBracket]", "AngleBracket[a, b]"),
        ("a[ [1] ]", "Part[a, 1]"),
        ("a[ (* c *) [1]]", "Part[a, 1]"),
        # Names
        (r"\[Lambda]1", "λ1"),
        (r"x\[Dagger]", "x†"),
        (r"{\[ClubSuit], \[FormalX]}", "List[♣, \uf817]"),
        ("α∞", "Times[α, Infinity]"),
        # Assignments and spans
        ("a = .", "Unset[a]"),
        ("a = .5", "Set[a, 0.5]"),
        ("a;;b;;c;;d", "Times[Span[a, b, c], Span[1, d]]"),
        ("?Map", 'Information["Map"]'),
        ("??N*", 'Information["N*", Rule[LongForm, True]]'),
        # Strings
        (r'"\[Alpha]\:03b2\.41\101\|01f600"', '"αβAA😀"'),
        ('"a\\\nb"', '"ab"'),
        (r'"\<a\>"', '"a"'),
    ],
)
def test_meaning(text: str, meaning: str) -> None:
    assert full_form(text) == meaning


def test_questions_stand_on_lines_of_their_own() -> None:
    heads = [statement.term.head.name for statement in parse_program("f[1]\n ?a\nx ? y\n??b")]
    assert heads == ["f", "Information", "PatternTest", "Information"]


def test_every_operator_of_one_character_has_a_named_character() -> None:
    known = {named_character(name) for name in NAMED} | {
        named_character(row.head.name) for row in operator_table().rows if row.head.name.isalpha()
    }
    texts = {text for text in operator_table().spellings if len(text) == 1 and not text.isascii()}
    assert texts - known - PASTED == set()


#: Names that are not their heads'.
NAMED = [
    "LeftDoubleBracket", "InvisibleApplication", "HermitianConjugate", "Minus", "InvisibleTimes", "Divide",
    "DivisionSlash", "Integral", "LongEqual", "NotEqual", "LessSlantEqual", "GreaterSlantEqual", "TwoWayRule",
    "Function", "Rule", "RuleDelayed", "DifferentialD", "CapitalDifferentialD",
]  # fmt: skip
#: Characters that mean what they look like, though the language has a character of its own for it.
PASTED = set("→↦⧴ⅆⅅ")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Lambda", 0x3BB), ("CapitalLambda", 0x39B), ("ScriptA", 0xF6B2), ("ScriptCapitalL", 0x2112),
        ("DoubleStruckCapitalR", 0xF7B5), ("GothicCapitalA", 0xF78A), ("FormalX", 0xF817), ("Rule", 0xF522),
        ("EAcute", 0xE9), ("CapitalARing", 0xC5), ("CapitalOSlash", 0xD8), ("CurlyPhi", 0x3C6), ("Placeholder", 0xF528),
        ("Element", 0x2208), ("DifferentialD", 0xF74C), ("Aleph", 0x2135), ("Digamma", 0x3DD),
    ],
)  # fmt: skip
def test_named_characters(name: str, code: int) -> None:
    assert named_character(name) == chr(code)


def test_no_name_is_made_up() -> None:
    assert named_character("Foo") is None
