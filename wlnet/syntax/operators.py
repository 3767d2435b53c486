"""The operator table: one row for every operator, read from `grammar/operators.toml`, for the parser and the writer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from wlnet.syntax.grammar import grammar_text
from wlnet.terms import NULL, Expression, S, Symbol, Term, is_head, symbol

#: Larger than any power of the table.
ATOM_POWER = 1000
CALL_POWER = 670
PART_BRACKET = "\u301a"

Build = Callable[[list[Term]], Term]


@dataclass(frozen=True, slots=True, eq=False)
class Operator:
    """One row of the table.

    family: operators of one family and power share one expression of many operands; None: each makes its own.
    limit: how many operands one expression of it takes at most.
    missing: the term that stands for a missing right operand, or None where it must not miss.
    build: makes the term from the operands, left to right.
    """

    text: str
    kind: str
    power: int
    grouping: str
    head: Symbol
    build: Build
    family: str | None = None
    limit: int = 2
    missing: Term = None


@dataclass(slots=True)
class Spelling:
    """What one text can mean, by the place where it stands."""

    text: str
    prefix: Operator | None = None
    infix: Operator | None = None
    postfix: Operator | None = None

    @property
    def may_end(self) -> bool:
        """Tells whether an expression can end with it."""
        return self.postfix is not None or (self.infix is not None and self.infix.missing is not None)


def build_comparison(args: list[Term]) -> Term:
    """Makes `a < b < c` one Less, and `a < b <= c` one Inequality; args are operands with heads between them."""
    heads = args[1::2]
    if all(head is heads[0] for head in heads):
        return Expression(heads[0], tuple(args[::2]))
    return Expression(S.Inequality, tuple(args))


def build_pattern(args: list[Term]) -> Term:
    """Makes `x:p` a Pattern, `p:v` an Optional, `x:p:v` and `p:x:v` both, each further `:v` an Optional around."""
    made, rest = _named(args)
    while rest:
        value, rest = _named(rest)
        made = Expression(S.Optional, (made, value))
    return made


def _named(args: list[Term]) -> tuple[Term, list[Term]]:
    """Takes a term, or a name and the pattern that it is for, from the front; gives what is left, too."""
    if type(args[0]) is Symbol and len(args) > 1:
        return Expression(S.Pattern, (args[0], args[1])), args[2:]
    return args[0], args[1:]


def build_tag_set(args: list[Term]) -> Term:
    """Makes `f /: lhs = rhs` a TagSet; the assignment on the right is a term already."""
    tag, assignment = args
    heads = {S.Set: S.TagSet, S.SetDelayed: S.TagSetDelayed, S.Unset: S.TagUnset}
    if type(assignment) is Expression and assignment.head in heads:
        return Expression(heads[assignment.head], (tag, *assignment.args))
    raise ValueError("`/:` needs an assignment on its right")


def build_infix(args: list[Term]) -> Term:
    if len(args) != 3:
        raise ValueError("`~` needs a function and a second `~` after it")
    return Expression(args[1], (args[0], args[2]))


def build_positive(args: list[Term]) -> Term:
    return args[0] if type(args[0]) in (int, float) else Expression(S.Plus, tuple(args))


def build_negative(args: list[Term]) -> Term:
    """Makes the opposite: of a literal number the number, else a product with -1."""
    return -args[0] if type(args[0]) in (int, float) else Expression(S.Times, (-1, args[0]))


INTEGRATE, DIFFERENTIAL = symbol("System`Integrate"), symbol("System`DifferentialD")


def build_integral(args: list[Term]) -> Term:
    """Makes `∫ f ⅆx` an Integrate; what follows ⅆx is a factor, so that an integral around this one finds its own."""
    (operand,) = args
    factors = operand.args if is_head(operand, S.Times) else (operand,)
    for position, factor in enumerate(factors):
        if is_head(factor, DIFFERENTIAL, 1):
            before, after = factors[:position], factors[position + 1 :]
            inside = before[0] if len(before) == 1 else Expression(S.Times, before) if before else 1
            made = Expression(INTEGRATE, (inside, factor.args[0]))
            return Expression(S.Times, (made, *after)) if after else made
    raise ValueError("`∫` needs a `ⅆ` with the variable of integration")


BUILDS: dict[str, Build] = {
    "Infix": build_infix,
    "Prefix": lambda args: Expression(args[0], (args[1],)),
    "Postfix": lambda args: Expression(args[1], (args[0],)),
    "Pattern": build_pattern,
    "TagSet": build_tag_set,
    "Minus": build_negative,
    # Its operands after the first come as powers (wlnet/syntax/climbing.py).
    "Divide": lambda args: Expression(S.Times, tuple(args)),
    "Integrate": build_integral,
    "Positive": build_positive,
    "NotNot": lambda args: Expression(S.Not, (Expression(S.Not, tuple(args)),)),
    # The operand of a postfix operator comes first; what its token carries follows.
    "MessageName": lambda args: Expression(S.MessageName, (args[0], *args[1])),
    "Call": lambda args: Expression(args[0], tuple(args[1])),
    "TypeSpecifier": lambda args: Expression(Expression(S.TypeSpecifier, (args[0],)), tuple(args[1])),
    "Part": lambda args: Expression(S.Part, (args[0], *args[1])),
    "Derivative": lambda args: Expression(Expression(S.Derivative, (args[1],)), (args[0],)),
    "Put": lambda args: Expression(S.Put, (args[0], args[1])),
    "PutAppend": lambda args: Expression(S.PutAppend, (args[0], args[1])),
}

UNLIMITED = 1 << 60
#: Families that the grouping does not tell, with the most operands of one expression.
FAMILIES = {"Infix": ("Infix", 3), "Pattern": ("Pattern", 3), "Span": ("Span", 3), "Divide": ("Divide", UNLIMITED)}
MISSING = {"Span": S.All, "CompoundExpression": NULL}


def _operator(text: str, kind: str, power: int, grouping: str, name: str) -> Operator:
    head = getattr(S, name)
    build = BUILDS.get(name)
    family, limit = None, 2
    if grouping == "flat":
        family, limit = name, UNLIMITED
    elif grouping == "chain":
        family, limit, build = "Inequality", UNLIMITED, build_comparison
    elif name in FAMILIES:
        family, limit = FAMILIES[name]
    if build is None:
        build = _builder(head)
    return Operator(text, kind, power, grouping, head, build, family, limit, MISSING.get(name))


def _builder(head: Symbol) -> Build:
    return lambda args: Expression(head, tuple(args))


class OperatorTable(NamedTuple):
    """All rows in order, every text that means one, and the characters that are named as their heads are."""

    rows: tuple[Operator, ...]
    spellings: dict[str, Spelling]
    characters: dict[str, str]

    def regexp(self) -> str:
        """Gives a regular expression for any operator's text, longest first.

        Special postfix operators, whose tokens are brackets or carry something, have terminals of their own.
        """
        own = {row.text for row in self.rows if row.kind == "postfix" and row.grouping == "special"} | {PART_BRACKET}
        texts = sorted(self.spellings.keys() - own, key=lambda text: (-len(text), text))
        # `a/.5` is a quotient: the point belongs to the number.
        longer = [re.escape(text) + (r"(?!\d)" if text == "/." else "") for text in texts if len(text) > 1]
        return "|".join([*longer, "[" + re.escape("".join(text for text in texts if len(text) == 1)) + "]"])


def named_rows(texts: list[Any]) -> Iterator[list[Any]]:
    """Gives the rows that a row of `named` stands for, each as the other rows are."""
    for kind, power, grouping, names in texts:
        words = names.split()
        for name, character in zip(words[::2], words[1::2], strict=True):
            yield [character, kind, power, grouping, name]


@cache
def operator_table() -> OperatorTable:
    """Gives the operator table (read once)."""
    rows: list[Operator] = []
    spellings: dict[str, Spelling] = {}
    table = tomllib.loads(grammar_text("operators.toml"))
    named = list(named_rows(table["named"]))
    for texts, kind, power, grouping, name in [*table["operators"], *named]:
        first, *_ = alternatives = texts.split()
        row = _operator(first, kind, power, grouping, name)
        rows.append(row)
        for text in alternatives:
            spelling = spellings.setdefault(text, Spelling(text))
            setattr(spelling, "infix" if kind == "separator" else kind, row)
    return OperatorTable(tuple(rows), spellings, {name: character for character, *_, name in named})
