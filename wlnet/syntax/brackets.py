"""The bracket parser: runs the tables that are made of the grammar, and says what its rules make of their parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias

from wlnet.syntax.climbing import Climber, Item
from wlnet.syntax.lexing import Token
from wlnet.syntax.operators import operator_table
from wlnet.syntax.tables import JOINED, KEPT, START, Tables
from wlnet.terms import NULL, Expression, S, Symbol, Term

Arguments: TypeAlias = tuple[Term, ...]


#: The heads that brackets on both sides of arguments stand for, by the names of their rules.
MATCHED = {
    "list": S.List,
    "association": S.Association,
    "floor": S.Floor,
    "ceiling": S.Ceiling,
    "angle_bracket": S.AngleBracket,
    "bracketing_bar": S.BracketingBar,
    "double_bracketing_bar": S.DoubleBracketingBar,
}


def matched(head: Symbol) -> Callable[[Sequence[Arguments]], Term]:
    """Makes what becomes of arguments in brackets of one kind."""
    return lambda parts: Expression(head, parts[0])


class UnexpectedToken(Exception):
    """A token that cannot stand here."""

    def __init__(self, token: Token) -> None:
        super().__init__(token.type)
        self.token = token


class Brackets:
    """What each rule of the grammar makes of its parts: the methods have the rules' names."""

    def __init__(self) -> None:
        self.climb = Climber().climb
        spellings = operator_table().spellings
        self.call_spelling, self.typed_spelling, self.part_spelling = spellings["["], spellings["::["], spellings["[["]
        for rule, head in MATCHED.items():
            setattr(self, rule, matched(head))

    def start(self, parts: Sequence[Term]) -> Term:
        return NULL if parts[0] is None else parts[0]

    def sequence(self, parts: Sequence[Any]) -> Term | None:
        if len(parts) == 1 and type(parts[0]) is Token:
            return self.climb(parts[0].value)
        items: list[Item] = []
        for part in parts:
            if type(part) is Token:
                items += part.value
            else:
                items.append(part)
        return self.climb(items)

    def arguments(self, parts: Sequence[Term | None]) -> Arguments:
        if len(parts) == 1 and parts[0] is None:
            return ()
        return tuple([NULL if part is None else part for part in parts])

    def group(self, parts: Sequence[Term]) -> Term:
        return parts[0]

    def call(self, parts: Sequence[Arguments]) -> Item:
        return (self.call_spelling, 0, parts[0])

    def typed(self, parts: Sequence[Arguments]) -> Item:
        return (self.typed_spelling, 0, parts[0])

    def part(self, parts: Sequence[Arguments]) -> Item:
        return (self.part_spelling, 0, parts[0])


@cache
def brackets() -> Brackets:
    return Brackets()


class Parser:
    """An LALR parser that is fed the tokens of one statement. The classic two stacks: states and their values."""

    def __init__(self, tables: Tables) -> None:
        self.states = tables.states
        self.rules = tables.rules
        self.builder = brackets()
        self.stack = [tables.first]
        self.values: list[Any] = []

    def feed(self, token: Token) -> Term | None:
        """Takes the next token; gives the term after the last one, None before; raises UnexpectedToken."""
        states, stack, values = self.states, self.stack, self.values
        while True:
            action = states[stack[-1]].get(token.type)
            if action is None:
                raise UnexpectedToken(token)
            if action >= 0:
                stack.append(action)
                values.append(token)
                return None
            name, roles = self.rules[~action]
            parts: list[Any] = []
            if roles:
                for role, value in zip(roles, values[-len(roles) :], strict=True):
                    if role == KEPT:
                        parts.append(value)
                    elif role == JOINED:
                        # The first list is taken over: a sequence that grows part by part would be copied each time.
                        parts = parts + value if parts else value
                del stack[-len(roles) :], values[-len(roles) :]
            value = parts if name[0] == "_" else getattr(self.builder, name)(parts)
            if name == START:
                return value
            stack.append(states[stack[-1]][name])
            values.append(value)
