"""The exceptions of the Python side, one tree.

    WlnetError
    ├── ParseError           text that is not an expression (where, and what was expected)
    ├── NetError             a net that cannot be built, or cannot do what was asked (where in the net)
    │   ├── DimensionError   two dimensions that disagree
    │   ├── DataError        data that do not fit a port
    │   └── AlreadyTold      something given has failed before, and has said why
    └── FormatError          a file that cannot be read or written

A user of the language never sees one: the bridge turns a NetError into a message with the same `tag` and text.
"""

from __future__ import annotations


class WlnetError(Exception):
    """Any error that wlnet raises on purpose; its text says what was expected, what came, where, and the cure."""


class ParseError(WlnetError):
    """Text that is not an expression.

    `line` and `column` count from 1; `offset` is the position in the text, from 0. `incomplete` is True where more
    text could still make it an expression (an open bracket, a missing operand at the end).
    """

    def __init__(
        self, message: str, text: str, offset: int, *, incomplete: bool = False, source: str = "<input>"
    ) -> None:
        self.message = message
        self.text = text
        self.offset = min(max(offset, 0), len(text))
        self.incomplete = incomplete
        self.source = source
        place = min(self.offset, len(text.rstrip()))  # the end is where the last line that shows something ends
        self.line = text.count("\n", 0, place) + 1
        self.column = place - text.rfind("\n", 0, place)
        super().__init__(f"{source}:{self.line}:{self.column}: {message}")

    def report(self) -> str:
        """Gives the file, line and column with what is wrong there, and the line with a caret below it."""
        return f"{self}\n{self.excerpt()}"

    def excerpt(self) -> str:
        """Gives the line where it went wrong with a caret below it (two lines of text)."""
        lines = self.text.splitlines() or [""]
        shown = lines[min(self.line, len(lines)) - 1]
        pad = "".join("\t" if c == "\t" else " " for c in shown[: self.column - 1]).ljust(self.column - 1)
        return f"{shown}\n{pad}^"


class NetError(WlnetError):
    """A net that cannot be built or cannot do what was asked.

    `tag` names the message of the language (`tag` in `LinearLayer::tag`), `kind` the layer or function that speaks.
    `terms` are terms to be written into the places `1`, `2`, … of the text, as the language writes them.
    """

    tag = "net"

    def __init__(
        self, message: str, *, tag: str | None = None, kind: str | None = None, terms: tuple[object, ...] = ()
    ) -> None:
        shown = message
        for number, term in enumerate(terms, 1):
            shown = shown.replace(f"`{number}`", repr(term))
        super().__init__(shown)
        self.message = message
        self.terms = terms
        self.kind = kind
        if tag is not None:
            self.tag = tag


class DimensionError(NetError):
    """Two dimensions that must agree and do not; the text names both places."""

    tag = "dims"


class AlreadyTold(NetError):
    """What was given is the $Failed of something that has said why: there is nothing to add."""

    def __init__(self) -> None:
        super().__init__("an argument has failed before")


class DataError(NetError):
    """Data that do not fit a port; the text names the port, what it takes and what came."""

    tag = "data"


class FormatError(WlnetError):
    """A file that cannot be read or written; the text begins with the file's name."""


def first_line(error: Exception) -> str:
    """Gives the first line of what an error says, its kind where it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0]
