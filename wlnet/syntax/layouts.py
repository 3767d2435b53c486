"""How expressions are laid out with operators: for a head, the texts and operands in order.

A layout gives its own power and its pieces: a text as it is, or (term, least power) for an operand that gets
parentheses if it binds less tightly. It gives None where the expression has not the shape that the operator makes when
read; it is then written as head[arguments]. What a layout writes is read back as the same term.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from wlnet.syntax.characters import write_string
from wlnet.syntax.operators import ATOM_POWER, CALL_POWER, Operator, operator_table
from wlnet.terms import NULL, Expression, S, Symbol, Term, is_head, is_number

Piece: TypeAlias = str | tuple[Term, int]
Laid: TypeAlias = tuple[int, list[Piece]] | None
Layout: TypeAlias = Callable[[Expression], Laid]

TIGHT = frozenset({"^", "**", "?"})
#: Rows that are not written: they make other heads than their own, or the text would be misread (`---x`).
UNWRITTEN = frozenset({"Prefix", "Postfix", "PreDecrement"})
IDENTIFIER = re.compile(r"[A-Za-z$][A-Za-z0-9$]*")
PLUS_POWER, TIMES_POWER, MINUS_POWER, POWER_POWER = 310, 400, 480, 590
PATTERN_POWER, SPAN_POWER, SET_POWER, FUNCTION_POWER, COMPOUND_POWER = 150, 295, 40, 90, 10
COMPARISON_POWER, REPEATED_POWER = 290, 170


def separated(terms: tuple[Term, ...] | list[Term], separator: str, power: int = 0) -> list[Piece]:
    """Gives the terms with a text between each two."""
    pieces: list[Piece] = []
    for term in terms:
        pieces += (separator, (term, power))
    return pieces[1:]


def infix_layout(operator: Operator) -> Layout:
    """Makes the layout of `a op b`, or of `a op b op c` for flat ones."""
    text = operator.text if operator.text in TIGHT else f" {operator.text} "
    power, head, grouping = operator.power, operator.head, operator.grouping
    many = grouping in ("flat", "chain")

    def layout(term: Expression) -> Laid:
        args = term.args
        if len(args) < 2 or (len(args) > 2 and not many):
            return None
        if many:
            return power, separated(args, text, power + 1)
        left, right = args
        left_power = power if grouping == "left" and is_head(left, head) else power + 1
        right_power = power if grouping == "right" and is_head(right, head) else power + 1
        return power, [(left, left_power), text, (right, right_power)]

    return layout


def prefix_layout(operator: Operator) -> Layout:
    def layout(term: Expression) -> Laid:
        if len(term.args) != 1:
            return None
        return operator.power, [operator.text, (term.args[0], operator.power + 1)]

    return layout


def postfix_layout(operator: Operator) -> Layout:
    text = " =." if operator.text == "=." else operator.text

    def layout(term: Expression) -> Laid:
        if len(term.args) != 1:
            return None
        return operator.power, [(term.args[0], operator.power + 1), text]

    return layout


def inequality_layout(term: Expression) -> Laid:
    args, signs = term.args, comparison_signs()
    heads = args[1::2]
    if len(args) < 5 or len(args) % 2 == 0 or not all(head in signs for head in heads if type(head) is Symbol):
        return None
    if not all(type(head) is Symbol for head in heads) or all(head is heads[0] for head in heads):
        return None
    pieces: list[Piece] = [(args[0], COMPARISON_POWER + 1)]
    for head, arg in zip(heads, args[2::2], strict=True):
        pieces += (f" {signs[head]} ", (arg, COMPARISON_POWER + 1))
    return COMPARISON_POWER, pieces


@cache
def comparison_signs() -> dict[Symbol, str]:
    return {row.head: row.text for row in operator_table().rows if row.grouping == "chain"}


# Patterns ----------------------------------------------------------------------------------------------------------

BARS = {S.Blank: "_", S.BlankSequence: "__", S.BlankNullSequence: "___"}


def _blank_text(term: Term) -> str | None:
    """Gives the text of `_`, `_h`, `__` and their like, or None for any other term."""
    if type(term) is not Expression or type(term.head) is not Symbol or term.head not in BARS:
        return None
    if not term.args:
        return BARS[term.head]
    if len(term.args) == 1 and type(term.args[0]) is Symbol:
        return BARS[term.head] + repr(term.args[0])
    return None


def blank_layout(term: Expression) -> Laid:
    text = _blank_text(term)
    return None if text is None else (ATOM_POWER, [text])


def pattern_layout(term: Expression) -> Laid:
    if len(term.args) != 2 or type(term.args[0]) is not Symbol:
        return None
    name, pattern = term.args
    blank = _blank_text(pattern)
    if blank is not None:
        return ATOM_POWER, [f"{name!r}{blank}"]
    return PATTERN_POWER, [f"{name!r}:", (pattern, PATTERN_POWER + 1)]


def optional_layout(term: Expression) -> Laid:
    if not term.args:
        return None
    pattern = term.args[0]
    laid = pattern_layout(pattern) if is_head(pattern, S.Pattern) else None
    if laid is None and _blank_text(pattern) is not None:
        laid = ATOM_POWER, [_blank_text(pattern) or ""]
    if laid is None:
        return None
    power, pieces = laid
    if len(term.args) == 2:
        return PATTERN_POWER, [*pieces, ":", (term.args[1], PATTERN_POWER + 1)]
    text = pieces[0]
    if len(term.args) == 1 and power == ATOM_POWER and isinstance(text, str) and re.search("(^|[^_])_$", text):
        return ATOM_POWER, [f"{text}."]
    return None


def repeated_layout(operator: Operator) -> Layout:
    def layout(term: Expression) -> Laid:
        if len(term.args) != 1:
            return None
        # A point before the points would be one of them.
        risky = is_number(term.args[0]) or is_head(term.args[0], S.Optional)
        return operator.power, [(term.args[0], ATOM_POWER + 1 if risky else operator.power + 1), operator.text]

    return layout


# The rest ----------------------------------------------------------------------------------------------------------


def list_layout(term: Expression) -> Laid:
    return ATOM_POWER, ["{", *separated(term.args, ", "), "}"]


def association_layout(term: Expression) -> Laid:
    return ATOM_POWER, ["<|", *separated(term.args, ", "), "|>"]


def part_layout(term: Expression) -> Laid:
    if len(term.args) < 2:
        return None
    return CALL_POWER, [(term.args[0], CALL_POWER), "[[", *separated(term.args[1:], ", "), "]]"]


def span_layout(term: Expression) -> Laid:
    if not 2 <= len(term.args) <= 3:
        return None
    return SPAN_POWER, separated(term.args, " ;; ", SPAN_POWER + 1)


def slot_layout(term: Expression) -> Laid:
    if len(term.args) != 1:
        return None
    name = term.args[0]
    if type(name) is int and name >= 0:
        return ATOM_POWER, [f"#{name}"]
    if type(name) is not str:
        return None
    return ATOM_POWER, [f"#{name}" if IDENTIFIER.fullmatch(name) else f"#{write_string(name)}"]


def slot_sequence_layout(term: Expression) -> Laid:
    if len(term.args) != 1 or type(term.args[0]) is not int or term.args[0] < 0:
        return None
    return ATOM_POWER, [f"##{term.args[0]}"]


def message_name_layout(term: Expression) -> Laid:
    if len(term.args) < 2 or type(term.args[0]) is not Symbol:
        return None
    tags = term.args[1:]
    if not all(type(tag) is str and IDENTIFIER.fullmatch(tag) for tag in tags):
        return None
    return CALL_POWER, ["::".join((repr(term.args[0]), *tags))]


def function_layout(term: Expression) -> Laid:
    if len(term.args) != 1:
        return None
    return FUNCTION_POWER, [(term.args[0], FUNCTION_POWER + 1), " & "]


def compound_layout(term: Expression) -> Laid:
    args = term.args
    if len(args) < 2:
        return None
    if args[-1] is NULL:
        return COMPOUND_POWER, [*separated(args[:-1], "; ", COMPOUND_POWER + 1), ";"]
    return COMPOUND_POWER, separated(args, "; ", COMPOUND_POWER + 1)


def tag_set_layout(sign: str, count: int) -> Layout:
    def layout(term: Expression) -> Laid:
        if len(term.args) != count or type(term.args[0]) is not Symbol:
            return None
        tag, *rest = term.args
        ending = [] if count == 3 else [sign]
        return SET_POWER, [f"{tag!r} /: ", *separated(rest, sign, SET_POWER + 1), *ending]

    return layout


def derivative_layout(term: Expression) -> Laid:
    """Lays out `f'`, whose head is itself an expression."""
    order = term.head.args[0] if is_head(term.head, S.Derivative, 1) else None
    if type(order) is not int or not 1 <= order <= 4 or len(term.args) != 1:
        return None
    nested = type(term.args[0]) is Expression and is_head(term.args[0].head, S.Derivative)
    return CALL_POWER, [(term.args[0], ATOM_POWER + 1 if nested else CALL_POWER), "'" * order]


def infinity_layout(term: Expression) -> Laid:
    names = {(): (ATOM_POWER, "ComplexInfinity"), (1,): (ATOM_POWER, "Infinity"), (-1,): (MINUS_POWER, "-Infinity")}
    if any(type(arg) is not int for arg in term.args) or term.args not in names:
        return None
    power, text = names[term.args]
    return power, [text]


@cache
def layouts() -> dict[Symbol, Layout]:
    """Gives the layout of every head that has one, but for those of arithmetic."""
    makers = {"infix": infix_layout, "prefix": prefix_layout, "postfix": postfix_layout}
    made: dict[Symbol, Layout] = {}
    for row in operator_table().rows:
        if row.text.isascii() and row.grouping != "special" and row.head.name not in UNWRITTEN:
            make = repeated_layout if row.power == REPEATED_POWER else makers.get(row.kind)
            if make is not None:
                made[row.head] = make(row)
    made |= {
        S.Inequality: inequality_layout, S.DirectedInfinity: infinity_layout,
        S.Blank: blank_layout, S.BlankSequence: blank_layout, S.BlankNullSequence: blank_layout,
        S.Pattern: pattern_layout, S.Optional: optional_layout, S.List: list_layout,
        S.Association: association_layout, S.Part: part_layout, S.Span: span_layout, S.Slot: slot_layout,
        S.SlotSequence: slot_sequence_layout, S.MessageName: message_name_layout, S.Function: function_layout,
        S.CompoundExpression: compound_layout, S.TagSet: tag_set_layout(" = ", 3),
        S.TagSetDelayed: tag_set_layout(" := ", 3), S.TagUnset: tag_set_layout(" =.", 2),
    }  # fmt: skip
    return made
