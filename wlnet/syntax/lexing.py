"""The lexer filter: from text to what the bracket parser is fed, one statement at a time.

Nested brackets are followed here as well as in the parser, because only outside of them does a newline end a complete
expression; so this is also where a wrong bracket is noticed, with the place of the one that it does not close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from wlnet.errors import ParseError
from wlnet.syntax.characters import CHARACTER
from wlnet.syntax.climbing import Item
from wlnet.syntax.letters import SPACES
from wlnet.syntax.literals import CARRIED, OPERANDS, QUESTION, Resolve, read_list, read_question
from wlnet.syntax.operators import Spelling
from wlnet.syntax.source import Source
from wlnet.terms import Term

#: Opening brackets with the closing ones that they need, each a token of its own.
CLOSERS = {
    "(": [")"], "{": ["}"], "<|": ["|>"], "[": ["]"], "::[": ["]"], "[[": ["]", "]"], "〚": ["〛"], "⌊": ["⌋"], "⌈": ["⌉"],
    "\u2329": ["\u232a"], "\uf603": ["\uf604"], "\uf605": ["\uf606"],
}  # fmt: skip
#: The type of the last token of a statement.
END = "$END"
CALLS = frozenset({"[", "::[", "[[", "〚"})
#: What may stand between two tokens on a line.
SPACE = rf"[{SPACES}]*+"


class Token:
    """What the bracket parser is fed: a bracket, a comma, or a RUN of flat items (in `value`)."""

    __slots__ = ("offset", "type", "value")

    def __init__(self, type: str, value: Any, offset: int) -> None:
        self.type = type
        self.value = value
        self.offset = offset


class Lexer:
    """Reads the tokens of one statement after another.

    position: where the next statement begins to be read (an offset of the clean text).
    start: where the first token of the statement was, or None before there was one.
    ended: whether the end of the text was reached.
    """

    def __init__(
        self,
        source: Source,
        resolve: Resolve,
        token: re.Pattern[str],
        bracket_types: dict[str, str],
        spellings: dict[str, Spelling],
    ) -> None:
        self.source = source
        self.resolve = resolve
        self.token = token
        self.bracket_types = bracket_types
        self.spellings = spellings
        self.position = 0
        self.start: int | None = None
        self.ended = False
        self.open: list[tuple[str, int]] = []

    def statement(self) -> Iterator[Token]:
        """Gives the tokens up to the newline or the end of the text that ends a statement."""
        text, resolve, spellings = self.source.clean, self.resolve, self.spellings
        question = QUESTION.match(text, self.position)
        if question is not None:
            self.start, self.position = question.start(1), question.end()
            yield Token("RUN", [read_question(question)], self.start)
            yield Token(END, None, self.position)
            return
        matches = self.token.finditer(text, self.position)
        names: dict[str, Term] = {}
        run: list[Item] = []
        run_start = self.position
        complete = False
        self.start = None
        while True:
            found = next(matches)
            kind: str = found.lastgroup  # type: ignore[assignment]
            written = found[kind]
            if kind == "NAME":
                operand = names.get(written)
                if operand is None:
                    operand = names[written] = OPERANDS[kind](written, resolve)
                run.append(operand)
                complete = True
            elif kind == "OPERATOR":
                spelling = spellings[written]
                run.append((spelling, found.start(kind), None))
                complete = complete and spelling.may_end
            elif kind == "BRACKET":
                offset = found.start(kind)
                literal = read_list(text, offset) if written == "{" else None
                if literal is not None:
                    run.append(literal[0])
                    matches = self.token.finditer(text, literal[1])
                    complete = True
                else:
                    if run:
                        yield Token("RUN", run, run_start)
                    bracket = "[[" if written[0] == "[" and len(written) > 2 else written
                    complete = self.bracket(bracket, offset, complete, empty=not run)
                    run, run_start = [], offset + len(written)
                    yield Token(self.bracket_types[bracket], bracket, offset)
            elif kind == "NEWLINE":
                if complete and not self.open:
                    break
                continue
            elif kind == "END":
                self.end(found.start(kind))
                break
            else:
                run.append(self.other(kind, written, found.start(kind)))
                complete = True
            if self.start is None:
                self.start = found.start(kind)
        if run:
            yield Token("RUN", run, run_start)
        self.position = found.end() if kind == "NEWLINE" else found.start()
        yield Token(END, None, self.position)

    def bracket(self, written: str, offset: int, complete: bool, *, empty: bool) -> bool:
        """Follows a bracket or comma; tells whether an expression can end after it."""
        closers = CLOSERS.get(written)
        if closers is not None:
            if written in CALLS and not complete:
                raise self.source.error(f"an expression is missing before `{written}`", offset)
            self.open += [(closer, offset) for closer in closers]
            return False
        if written == ",":
            if not self.open or self.open[-1][0] == ")":
                raise self.source.error("a comma can only stand between arguments or elements of a list", offset)
            return False
        if not self.open:
            raise self.source.error(f"`{written}` closes nothing", offset)
        closer, opened = self.open.pop()
        if closer != written:
            place = self.source.error("", opened)
            message = f"expected `{closer}` (for line {place.line}, column {place.column}), found `{written}`"
            raise self.source.error(message, offset)
        if empty and written == ")" and not self.source.clean[opened + 1 : offset].strip():
            raise self.source.error("an expression is missing between `(` and `)`", offset)
        return True

    def end(self, offset: int) -> None:
        """Checks that the text may end here."""
        self.ended = True
        if self.source.failure is not None:
            raise self.source.failure
        if self.open:
            closer, opened = self.open[-1]
            place = self.source.error("", opened)
            message = f"expected `{closer}` (for line {place.line}, column {place.column}), but the text ends"
            raise self.source.error(message, offset, incomplete=True)

    def other(self, kind: str, written: str, offset: int) -> Item:
        """Gives the item of a token that is neither a name nor an operator of the table nor a bracket."""
        read = OPERANDS.get(kind)
        if read is not None:
            try:
                return read(written, self.resolve)
            except ValueError as error:
                raise self.source.error(str(error), offset) from None
        if kind == "BAD":
            raise self.unexpected(written, offset)
        operator, carry = CARRIED[kind]
        return (self.spellings[operator(written)], offset, carry(written))

    def unexpected(self, written: str, offset: int) -> ParseError:
        if written == '"':
            return self.source.error("this string is not closed", offset, incomplete=True)
        if "\u2018" <= written <= "\u201f":
            return self.source.error(f"unexpected character `{written}`: strings stand in straight quotes", offset)
        named = CHARACTER.match(self.source.clean, offset)
        if named is not None:
            return self.source.error(f"there is no character `{named[0]}`", offset)
        at_end = written == "\\" and not self.source.clean[offset + 1 :].strip()
        shown = written if written.isprintable() else f"\\:{ord(written):04x}"
        return self.source.error(f"unexpected character `{shown}`", offset, incomplete=at_end)
