"""Every two operators of the published table, one after the other: which one takes the operand between them."""

from __future__ import annotations

from functools import cache

import pytest

from tests.syntax.precedence import Level, levels
from wlnet.syntax import parse
from wlnet.terms import Expression, S, Term, same

LEVELS = levels()
#: Heads of which one expression takes the factors and summands that stand beside each other.
ARITHMETIC = (S.Times, S.Plus)


def normal(term: Term) -> Term:
    """Gives a term whose sums and products have no sums and products as elements."""
    if type(term) is not Expression:
        return term
    args: list[Term] = []
    for arg in map(normal, term.args):
        args += arg.args if type(arg) is Expression and arg.head is term.head and term.head in ARITHMETIC else (arg,)
    return Expression(normal(term.head), tuple(args))


def grouped(text: str, expected: str) -> bool:
    return same(normal(parse(text)), normal(parse(expected)))


def pairs(first: str, second: str) -> list[tuple[int, str, int, str]]:
    """Gives every operator of one kind with every one of another, and their levels."""
    return [
        (tight, one, loose, other)
        for tight, level in enumerate(LEVELS)
        for loose, its in enumerate(LEVELS)
        if level.kind == first and its.kind == second
        for one in level.operators
        for other in its.operators
    ]


@cache
def head(operator: str) -> Term:
    return parse(f"a {operator} b").head


def infix(one: int, first: str, two: int, second: str) -> str | None:
    """Gives `a first b second c` with the parentheses that the table puts there; None where it says nothing of it."""
    left, right = f"(a {first} b) {second} c", f"a {first} (b {second} c)"
    level: Level = LEVELS[one]
    if one != two:
        return left if one < two else right
    if level.grouping == "flat" and head(first) is head(second):
        return None
    return {"left": left, "flat": left, "right": right}.get(level.grouping)


def wrong_infix() -> list[str]:
    wrong = []
    for one, first, two, second in pairs("infix", "infix"):
        text, expected = f"a {first} b {second} c", infix(one, first, two, second)
        if {first, second} <= COMPARISONS or expected is None or grouped(text, expected):
            continue
        wrong.append(f"{text}: expected {expected}")
    return wrong


#: A chain of these is one expression, whatever they are.
COMPARISONS = {"==", "!=", "<", ">", "<=", ">=", *(rf"\[{name}]" for name in (
    "Equal", "NotEqual", "LessEqual", "GreaterEqual", "LessSlantEqual"))}  # fmt: skip


def test_infix_operators_bind_in_the_published_order() -> None:
    assert wrong_infix() == []


def test_prefix_operators_bind_in_the_published_order() -> None:
    wrong = []
    for one, prefix, two, other in pairs("prefix", "infix"):
        text, tight, loose = f"{prefix} a {other} b", f"({prefix} a) {other} b", f"{prefix} (a {other} b)"
        if not grouped(text, tight if one < two else loose):
            wrong.append(text)
    assert wrong == []


def test_postfix_operators_bind_in_the_published_order() -> None:
    wrong = []
    for one, postfix, two, other in pairs("postfix", "infix"):
        text, tight, loose = f"a {other} b {postfix}", f"a {other} (b {postfix})", f"(a {other} b) {postfix}"
        if not grouped(text, tight if one < two else loose):
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("operator", [op for level in LEVELS if level.grouping == "flat" for op in level.operators])
def test_flat_operators_make_one_expression_of_three(operator: str) -> None:
    assert len(parse(f"a {operator} b {operator} c").args) == 3


def test_prefix_and_postfix_operators_bind_in_the_published_order() -> None:
    wrong = []
    for one, prefix, two, postfix in pairs("prefix", "postfix"):
        text, tight, loose = f"{prefix} a {postfix}", f"({prefix} a) {postfix}", f"{prefix} (a {postfix})"
        if not grouped(text, tight if one < two else loose):
            wrong.append(text)
    assert wrong == []
