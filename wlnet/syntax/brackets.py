"""The bracket parser: runs the tables that are made of the grammar, and says what its rules make of their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

from wlnet.syntax.climbing import Climber, Item
from wlnet.syntax.lexing import Token
from wlnet.syntax.operators import operator_table
from wlnet.syntax.tables import JOINED, KEPT, START, Tables
from wlnet.terms import NULL, Expression, Symbol, Term, symbol

Arguments: TypeAlias = tuple[Term, ...]


#: The heads that brackets on both sides of arguments stand for, by the names of their rules.
MATCHED = {
    "list": "List",
    "association": "Association",
    "floor": "Floor",
    "ceiling": "Ceiling",
    "angle_bracket": "AngleBracket",
    "bracketing_bar": "BracketingBar",
    "double_bracketing_bar": "DoubleBracketingBar",
}


def matched(head: Symbol) -> Callable[[Sequence[Arguments]], Term]:
    """Makes what becomes of arguments in brackets of one kind."""
    return lambda parts: Expression(head, parts[0])


#: No state and no rule has this number.
UNEXPECTED = -1 << 30


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
        for rule, name in MATCHED.items():
            setattr(self, rule, matched(symbol("System`" + name)))

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


Parts: TypeAlias = list[Any]
#: How many parts a rule takes off the stack, what it makes of them, and its name.
Reduction: TypeAlias = tuple[int, Callable[[Parts], Any], str]


def joined(parts: Parts) -> Any:
    return parts[0]


def joined_and_one(parts: Parts) -> Any:
    # The first list is taken over: a sequence that grows part by part would be copied each time.
    first, last = parts[0], parts[-1]
    first.append(last)
    return first


def one_and_joined(parts: Parts) -> Any:
    return [parts[0], *parts[1]]


def collector(roles: list[int]) -> Callable[[Parts], Parts]:
    """Makes the function that gathers the parts that stay; the rules have one list to be joined at most."""
    if roles in ([KEPT, JOINED], [JOINED]):
        return one_and_joined if roles[0] == KEPT else joined
    if roles[:1] == [JOINED]:
        return joined_and_one
    kept = [number for number, role in enumerate(roles) if role == KEPT]
    return list if len(kept) == len(roles) else lambda parts: [parts[number] for number in kept]


class Parser:
    """An LALR parser. The classic two stacks: states and their values."""

    def __init__(self, tables: Tables) -> None:
        self.states, self.first = tables.states, tables.first
        self.reductions = [self.reduction(name, roles) for name, roles in tables.rules]

    def reduction(self, name: str, roles: list[int]) -> Reduction:
        collect = collector(roles)
        if name[0] == "_":
            return len(roles), collect, name
        build = getattr(brackets(), name, collect)
        return len(roles), lambda parts: build(collect(parts)), name

    def parse(self, tokens: Iterator[Token]) -> Term | None:
        """Gives the term of the tokens of one statement, the last of which is the end; raises UnexpectedToken."""
        states, reductions = self.states, self.reductions
        stack = [self.first]
        values: Parts = []
        state = states[self.first]
        for token in tokens:
            while (action := state.get(token.type, UNEXPECTED)) < 0:
                if action == UNEXPECTED:
                    raise UnexpectedToken(token)
                size, make, name = reductions[~action]
                parts: Parts = []
                if size:
                    parts = values[-size:]
                    del stack[-size:], values[-size:]
                value = make(parts)
                if name == START:
                    return value
                target = states[stack[-1]][name]
                stack.append(target)
                values.append(value)
                state = states[target]
            stack.append(action)
            values.append(token)
            state = states[action]
        return None
