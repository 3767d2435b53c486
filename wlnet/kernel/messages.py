"""Messages of the language, and the events that a session emits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wlnet.syntax import write
from wlnet.terms import Term, symbol


class Message(Exception):
    """Raised by a built-in: issues `Symbol::tag` once; the result is `result`, or the expression unevaluated (None).

    `symbol` names the symbol that speaks, by default the one being evaluated. `text` overrides the declared template.
    """

    def __init__(
        self, tag: str, *args: Term, result: Term | None = None, symbol: str | None = None, text: str | None = None
    ) -> None:
        super().__init__(tag)
        self.tag = tag
        self.arguments = args
        self.result = result
        self.symbol = symbol
        self.text = text


@dataclass(frozen=True, slots=True)
class Printed:
    """A line that a program printed; term: what it is the text of, where that is a single value."""

    text: str
    term: Term = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A line that takes the place of the status line before it; the last one stays."""

    text: str
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class StatusPanel:
    """A panel that takes the place of the one before it; the last one stays.

    rows: name and value, in words. curves: name → numbers, oldest first. fraction: how much is done, None where nobody
    knows. line: the same in a line, for a small terminal.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    curves: Mapping[str, Sequence[float]]
    fraction: float | None
    line: str
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """A message that was issued; `name` is `Symbol::tag`."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


#: Texts that any symbol may use (`General` in the language).
GENERAL_MESSAGES = {
    "argx": "`1` called with `2` arguments; 1 argument is expected.",
    "argr": "`1` called with 1 argument; `2` arguments are expected.",
    "argrx": "`1` called with `2` arguments; `3` arguments are expected.",
    "argt": "`1` called with `2` arguments; `3` or `4` arguments are expected.",
    "argtu": "`1` called with 1 argument; `2` or `3` arguments are expected.",
    "argb": "`1` called with `2` arguments; between `3` and `4` arguments are expected.",
    "argbu": "`1` called with 1 argument; between `2` and `3` arguments are expected.",
    "argm": "`1` called with `2` arguments; `3` or more arguments are expected.",
    "argmu": "`1` called with 1 argument; `2` or more arguments are expected.",
    "optx": "Unknown option `1` in `2`. Known options: `3`.",
    "nonopt": "Options expected (instead of `1`) beyond position `2` in `3`.",
    "stop": "Further output of `1` will be suppressed during this calculation.",
    "internal": "An internal error stopped this evaluation (`1`). This is a fault of wlnet; please report it.",
    "nyi": "`1` is not supported yet.",
    "shdw": "Symbol `1` appears in several contexts.",
}


def wrong_count(name: Term, count: int, least: int, most: int | None) -> tuple[Any, ...]:
    """Gives the tag and the arguments of the message about so many arguments, where from `least` to `most` are expected."""
    if least == most == 1:
        return "argx", name, count
    if least == most:
        return ("argr", name, least) if count == 1 else ("argrx", name, count, least)
    of_one, of_many = (
        ("argmu", "argm") if most is None else ("argtu", "argt") if most == least + 1 else ("argbu", "argb")
    )
    expected = (least,) if most is None else (least, most)
    return (of_one, name, *expected) if count == 1 else (of_many, name, count, *expected)


def message_label(name: str, tag: str) -> str:
    """Gives the text by which a message is known, `Symbol::tag`; names of Global` stand without their context."""
    return f"{symbol(name)!r}::{tag}"


#: An argument of a message is cut to this many characters: it may be a whole data set.
LONGEST = 500


def shortened(text: str) -> str:
    """Gives a text with its middle left out where it is too long for a message."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 60]} … {text[-50:]}"


def fill(template: str, arguments: tuple[Any, ...]) -> str:
    """Puts the arguments, written in OutputForm, into the places `1`, `2`, … of a template."""
    texts = [shortened(item if type(item) is str else write(item, "OutputForm")) for item in arguments]

    def place(found: re.Match[str]) -> str:
        number = int(found.group(1)) - 1
        return texts[number] if number < len(texts) else found.group(0)

    return re.sub(r"`(\d+)`", place, template)
