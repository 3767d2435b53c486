"""Reading a text: tokens through the bracket parser, one statement after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from wlnet.errors import ParseError
from wlnet.syntax.brackets import Parser, UnexpectedToken
from wlnet.syntax.climbing import SequenceError
from wlnet.syntax.lexing import END, SPACE, Lexer
from wlnet.syntax.literals import Resolve, default_resolve
from wlnet.syntax.operators import operator_table
from wlnet.syntax.source import prepare
from wlnet.syntax.tables import tables
from wlnet.terms import NULL, Term


@cache
def grammar() -> tuple[Parser, dict[str, str], re.Pattern[str]]:
    """Gives the parser, the names of the brackets' tokens and the expression of all tokens, made at the first use."""
    made = tables()
    return Parser(made), made.brackets, re.compile(SPACE + "(?:" + made.token + ")")


class Statement(NamedTuple):
    """One top-level expression with the offsets in the text where it begins and ends."""

    term: Term
    start: int
    end: int


class Reader:
    """Reads the statements of a text one by one.

    Names are resolved when their statement is read, so that an earlier statement may change what later names mean.
    """

    def __init__(self, text: str, resolve: Resolve, name: str) -> None:
        self.parser, bracket_types, token = grammar()
        self.source = prepare(text, name)
        self.lexer = Lexer(self.source, resolve, token, bracket_types, operator_table().spellings)

    def statement(self) -> Statement | None:
        """Reads the next statement; None at the end of the text; raises ParseError."""
        lexer, source = self.lexer, self.source
        try:
            term = self.parser.parse(lexer.statement())
        except SequenceError as error:
            at_end = error.at_end and lexer.ended
            raise source.error(error.message, error.offset, incomplete=at_end) from None
        except UnexpectedToken as error:
            raise source.error("expected `]` to close the part", self.after_spaces(error.token.offset)) from None
        if lexer.start is None:
            return None
        end = lexer.start + len(source.clean[lexer.start : lexer.position].rstrip())
        return Statement(term, source.original(lexer.start), source.original(end))

    def after_spaces(self, offset: int) -> int:
        """Gives the offset of the next token."""
        rest = self.source.clean[offset:]
        return offset + len(rest) - len(rest.lstrip())


def parse(text: str, resolve: Resolve = default_resolve, source: str = "<input>") -> Term:
    """Gives the term of one expression, Null for a text without any; raises ParseError for anything else."""
    reader = Reader(text, resolve, source)
    first = reader.statement()
    if first is None:
        return NULL
    for token in reader.lexer.statement():
        if token.type != END:
            raise reader.source.error("expected one expression, found a second one", reader.lexer.start or 0)
    return first.term


def parse_program(text: str, resolve: Resolve = default_resolve, source: str = "<input>") -> Iterator[Statement]:
    """Gives the statements of a program; each is read only when the one before it has been taken."""
    reader = Reader(text, resolve, source)
    while (statement := reader.statement()) is not None:
        yield statement


def check(text: str, source: str = "<input>") -> list[ParseError]:
    """Gives the errors of a program: none or the first."""
    try:
        for _ in parse_program(text, source=source):
            pass
    except ParseError as error:
        return [error]
    return []


def is_complete(text: str) -> bool:
    """Tells whether a text is complete: False where more text could still make an expression of it."""
    return not any(error.incomplete for error in check(text))
