"""A text made ready for the lexer: without comments, continued lines and named characters.

The way back to the original text is kept, for the places of errors and statements.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from wlnet.errors import ParseError
from wlnet.syntax.characters import CHARACTER, character
from wlnet.syntax.operators import operator_table

STOP = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|\(\*|\\\r?\n[ \t]*|\\(?:!\\)?\(|' + CHARACTER.pattern, re.DOTALL)
COMMENT_BRACKET = re.compile(r"\(\*|\*\)")
FIRST_LINE = re.compile(r"\ufeff?#![^\n]*")


@dataclass(slots=True)
class Source:
    """A text to read.

    clean: the text as the lexer sees it; comments are spaces in it.
    shifts: places in `clean` from which on the original runs ahead, with the distance.
    failure: an error at the end of the text (a comment that is not closed), or None.
    """

    text: str
    name: str
    clean: str = ""
    shifts: list[tuple[int, int]] = field(default_factory=list)
    failure: ParseError | None = None

    def original(self, offset: int) -> int:
        """Gives the offset in the original text of an offset in the clean one."""
        index = bisect_right(self.shifts, offset, key=lambda shift: shift[0])
        return offset + self.shifts[index - 1][1] if index else offset

    def error(self, message: str, offset: int, *, incomplete: bool = False) -> ParseError:
        """Makes the error at an offset of the clean text."""
        return ParseError(message, self.text, self.original(offset), incomplete=incomplete, source=self.name)


def prepare(text: str, name: str) -> Source:
    """Makes the source of a text."""
    source = Source(text, name)
    first = FIRST_LINE.match(text)
    done = length = first.end() if first else 0
    pieces = [" " * done]
    if "(*" in text or "\\" in text:
        position = done
        spellings = operator_table().spellings
        while found := STOP.search(text, position):
            start, position = found.start(), found.end()
            if found[0] == "(*":
                position = _comment_end(source, start)
                replacement: str | None = " " * (position - start)
            elif found[0].startswith('"') or found[0] in spellings:
                continue
            elif found[0].endswith("("):
                replacement, position = _boxes(source, start)
            else:
                replacement = character(found) if found.lastindex else ""
            if replacement is None:
                continue
            pieces += (text[done:start], replacement)
            length += start - done + len(replacement)
            if len(replacement) != position - start:
                source.shifts.append((length, position - length))
            done = position
    pieces.append(text[done:])
    source.clean = "".join(pieces)
    return source


def _boxes(source: Source, start: int) -> tuple[str, int]:
    """Gives the text that boxes stand for, and where they end."""
    # Most programs have none.
    from wlnet.syntax.boxes import boxes_line

    try:
        line, end = boxes_line(source.text, start)
    except ValueError as error:
        source.failure = ParseError(str(error), source.text, start, source=source.name)
        return "", len(source.text)
    return prepare(line, source.name).clean, end


def _comment_end(source: Source, start: int) -> int:
    """Gives where the comment that begins at `start` ends, comments inside it included."""
    depth = 0
    for found in COMMENT_BRACKET.finditer(source.text, start):
        depth += 1 if found[0] == "(*" else -1
        if depth == 0:
            return found.end()
    message = "this comment is not closed"
    source.failure = ParseError(message, source.text, start, incomplete=True, source=source.name)
    return len(source.text)
