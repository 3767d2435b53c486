"""Tokens that are whole operands, and list literals of numbers, which never see the parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy as np

from wlnet.syntax.characters import read_string
from wlnet.syntax.numbers import read_number
from wlnet.terms import TRUE, Expression, S, Symbol, Term, symbol

Resolve = Callable[[str], Symbol]

CONSTANTS = {
    "π": "Pi", "∞": "Infinity", "°": "Degree", "\uf74d": "E", "ⅇ": "E",
    "\uf74e": "I", "ⅈ": "I", "\uf74f": "I", "ⅉ": "I",
}  # fmt: skip


def default_resolve(name: str) -> Symbol:
    """Gives the symbol of a name outside any session: System` for a capital letter or a dollar sign, else Global`."""
    if "`" in name:
        return symbol("Global" + name if name.startswith("`") else name)
    return symbol(("System`" if name[0].isupper() or name[0] == "$" else "Global`") + name)


def read_name(text: str, resolve: Resolve) -> Term:
    constant = CONSTANTS.get(text)
    return resolve(text) if constant is None else symbol("System`" + constant)


BLANK_PARTS = re.compile(r"([^_]*)(_{1,3})([^.]*)(\.?)")
BLANKS = {1: S.Blank, 2: S.BlankSequence, 3: S.BlankNullSequence}


def read_blank(text: str, resolve: Resolve) -> Term:
    """Gives `x_`, `x__h`, `_.` and their like."""
    found = BLANK_PARTS.fullmatch(text)
    assert found is not None, text
    name, bars, head, point = found.groups()
    term = Expression(BLANKS[len(bars)], (resolve(head),) if head else ())
    if name:
        term = Expression(S.Pattern, (resolve(name), term))
    return Expression(S.Optional, (term,)) if point else term


def read_slot(text: str, resolve: Resolve) -> Term:
    """Gives `#`, `#2`, `#name`, `##` and their like."""
    if text.startswith("##"):
        return Expression(S.SlotSequence, (read_number(text[2:]) if len(text) > 2 else 1,))
    name = text[1:]
    if name.startswith('"'):
        return Expression(S.Slot, (read_string(name),))
    return Expression(S.Slot, (read_number(name) if name.isdecimal() else name or 1,))


def read_out(text: str, resolve: Resolve) -> Term:
    """Gives `%`, `%%` and `%5`."""
    if text == "%":
        return Expression(S.Out, ())
    return Expression(S.Out, (read_number(text[1:]) if text[1:].isdecimal() else -len(text),))


def read_file_name(text: str) -> str:
    """Gives the name that follows `<<` or `>>`, bare or in quotes."""
    name = text.lstrip("<> \t")
    return read_string(name) if name.startswith('"') else name


#: `?name`, `??name` and `?NetEncoder["kind"]`, alone on its line; elsewhere a question mark is PatternTest's operator.
QUESTION = re.compile(r"""\s*(\?\??)[ \t]*([$\w`*]+(?:\["\w+"\])?)[ \t]*(?=[\r\n]|\Z)""")


def read_question(found: re.Match[str]) -> Term:
    """Gives what `?name`, or `??name`, stands for."""
    options = (Expression(S.Rule, (S.LongForm, TRUE)),) if found[1] == "??" else ()
    return Expression(S.Information, (found[2], *options))


#: How a token that is an operand becomes a term.
OPERANDS: dict[str, Callable[[str, Resolve], Term]] = {
    "NAME": read_name,
    "NUMBER": lambda text, resolve: read_number(text),
    "STRING": lambda text, resolve: read_string(text),
    "BLANK": read_blank,
    "SLOT": read_slot,
    "OUT": read_out,
    "GET": lambda text, resolve: Expression(S.Get, (read_file_name(text),)),
}

TAG = re.compile(r'::[ \t]*("(?:[^"\\]|\\.)*"|[^\W_]+(?:[^\W_]|\$)*|[\w$]+)', re.DOTALL)


def read_tags(text: str) -> list[Term]:
    """Gives the names after a symbol's `::`."""
    return [read_string(tag) if tag.startswith('"') else tag for tag in TAG.findall(text)]


#: The operator of a token that is an operator and more, and what it carries.
CARRIED: dict[str, tuple[Callable[[str], str], Callable[[str], Term]]] = {
    "UNSET": (lambda text: "=.", lambda text: None),
    "TAG": (lambda text: "::", read_tags),
    "DERIVATIVE": (lambda text: "'", len),
    "PUT": (lambda text: ">>>" if text.startswith(">>>") else ">>", read_file_name),
}

# List literals of numbers ------------------------------------------------------------------------------------------

#: Reals, and integers of up to 18 digits, which fit 64 bits.
NUMBER = r"-?+(?:(?:\d*+\.\d++|\d++\.)(?:\*\^[-+]?+\d++)?+|\d{1,18}+)"
OPENING = re.compile(r"(?:\{\s*+){1,8}+(?=[-.\d])")
#: Shorter lists stay ordinary ones: packing pays only for many numbers.
SHORTEST = 80
#: The bytes between the brackets and commas of a literal.
BETWEEN = bytes(set(range(256)) - set(b"{},"))


@cache
def _literal(rank: int) -> re.Pattern[str]:
    """Gives the expression for a list of numbers, nested so deep; it never goes back over what it has matched."""
    inner = NUMBER
    for _ in range(rank):
        inner = rf"\{{\s*+{inner}\s*+(?:,\s*+{inner}\s*+)*+\}}"
    return re.compile(inner)


def read_list(text: str, position: int) -> tuple[Term, int] | None:
    """Gives the list literal of numbers that begins here and its end, or None where none, or none worth it, does.

    Integers only or reals only are packed if rectangular (20 times faster than token by token); a flat list of
    both is unpacked, as 1 and 1. differ.
    """
    opening = OPENING.match(text, position)
    if opening is None:
        return None
    rank = opening[0].count("{")
    found = _literal(rank).match(text, position)
    if found is None or found.end() - position < SHORTEST:
        return None
    literal = found[0]
    shape = (literal.count(",") + 1,) if rank == 1 else _shape(literal, rank)
    if shape is None:
        return None
    numbers = literal.replace("{", " ").replace("}", " ").replace("*^", "e")
    reals = literal.count(".")
    if 0 < reals < literal.count(",") + 1:
        if rank > 1:
            return None
        mixed = [float(item) if "." in item else int(item) for item in numbers.split(",")]
        return Expression(S.List, tuple(mixed)), found.end()
    packed = np.fromstring(numbers, np.float64 if reals else np.int64, sep=",").reshape(shape)
    packed.setflags(write=False)
    return packed, found.end()


def _shape(literal: str, rank: int) -> tuple[int, ...] | None:
    """Gives the dimensions of a nested literal, or None for a ragged one."""
    skeleton = literal.encode().translate(None, BETWEEN).decode()
    shape: list[int] = []
    for level in range(rank):
        # The first innermost list stands for all of its level: each becomes an `x`, the next level's element.
        row = skeleton[rank - level - 1 : skeleton.index("}") + 1]
        shape.insert(0, row.count(",") + 1)
        skeleton = skeleton.replace(row, "x")
    return tuple(shape) if skeleton == "x" else None
