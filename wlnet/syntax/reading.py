"""Reading a text: tokens through the bracket parser, one statement after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from wlnet.errors import ParseError
from wlnet.syntax.climbing import Climber, Item, SequenceError
from wlnet.syntax.grammar import grammar_text
from wlnet.syntax.lexing import SPACE, Lexer, Token
from wlnet.syntax.literals import Resolve, default_resolve
from wlnet.syntax.operators import operator_table
from wlnet.syntax.source import prepare
from wlnet.terms import NULL, Expression, S, Term

Arguments: TypeAlias = tuple[Term, ...]


class Brackets:
    """What each rule of the grammar makes of its parts (Lark calls the methods by the rules' names)."""

    def __init__(self) -> None:
        self.climb = Climber().climb
        spellings = operator_table().spellings
        self.call_spelling, self.part_spelling = spellings["["], spellings["[["]

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

    def list(self, parts: Sequence[Arguments]) -> Term:
        return Expression(S.List, parts[0])

    def association(self, parts: Sequence[Arguments]) -> Term:
        return Expression(S.Association, parts[0])

    def call(self, parts: Sequence[Arguments]) -> Item:
        return (self.call_spelling, 0, parts[0])

    def part(self, parts: Sequence[Arguments]) -> Item:
        return (self.part_spelling, 0, parts[0])


@dataclass(frozen=True, slots=True)
class Grammar:
    """The grammar made ready: the bracket parser, the expression of all tokens, the names of the brackets' tokens."""

    parser: Any
    token: re.Pattern[str]
    bracket_types: dict[str, str]


@cache
def grammar() -> Grammar:
    """Gives the grammar, built at the first use.

    Importing Lark takes about 20 ms and building as many. Lark's own cache would save most of the latter, but it is a
    pickle in a directory that all users of a machine may write to.
    """
    from lark import Lark
    from lark import lexer as lark_lexer

    class NoLexer(lark_lexer.Lexer):
        """Tokens are fed to the parser; Lark need not build a lexer of its own."""

        def __init__(self, lexer_conf: Any) -> None:
            pass

        def lex(self, *args: Any) -> Iterator[Any]:
            return iter(())

    text = grammar_text("wolfram.lark") + "\nOPERATOR.2: /" + operator_table().regexp().replace("/", r"\/") + "/\n"
    lark = Lark(text, parser="lalr", lexer=NoLexer, transformer=Brackets(), start=["start", "token"])
    bracket_types, tokens = {}, []
    for terminal in sorted(lark.terminals, key=lambda terminal: -terminal.priority):
        if terminal.pattern.type == "str":
            bracket_types[terminal.pattern.value] = terminal.name
        else:
            tokens.append(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})")
    return Grammar(lark, re.compile(SPACE + "(?:" + "|".join(tokens) + ")"), bracket_types)


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level expression with the offsets in the text where it begins and ends."""

    term: Term
    start: int
    end: int


class Reader:
    """Reads the statements of a text one by one.

    Names are resolved when their statement is read, so that an earlier statement may change what later names mean.
    """

    def __init__(self, text: str, resolve: Resolve, name: str) -> None:
        made = grammar()
        self.source = prepare(text, name)
        self.lexer = Lexer(self.source, resolve, made.token, made.bracket_types, operator_table().spellings)
        self.parser = made.parser

    def statement(self) -> Statement | None:
        """Reads the next statement; None at the end of the text; raises ParseError."""
        from lark.exceptions import UnexpectedToken

        lexer, source = self.lexer, self.source
        state = self.parser.parse_interactive(start="start").parser_state
        try:
            for token in lexer.statement():
                state.feed_token(token)
            if lexer.start is None:
                return None
            term = state.feed_token(Token("$END", None, lexer.position), True)
        except SequenceError as error:
            at_end = error.at_end and lexer.ended
            raise source.error(error.message, error.offset, incomplete=at_end) from None
        except UnexpectedToken as error:
            raise source.error("expected `]` to close the part", self.after_spaces(error.token.offset)) from None
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
    for _ in reader.lexer.statement():
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
