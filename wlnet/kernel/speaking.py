"""Issuing messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from wlnet.kernel.messages import GENERAL_MESSAGES, MessageEvent, fill, message_label
from wlnet.kernel.state import State
from wlnet.terms import S, Term, symbol

#: How often one message is printed in one calculation.
MESSAGE_LIMIT = 3


class Quieted(NamedTuple):
    """What a Quiet says: the labels that it silences and those that it does not, each None for all."""

    off: frozenset[str] | None
    kept: frozenset[str] | None

    def silences(self, label: str) -> bool | None:
        """Tells whether it silences a message; None where it leaves that to the Quiet around it."""
        if self.kept is None or label in self.kept:
            return False
        return True if self.off is None or label in self.off else None


class Speaking(State):
    """A session's state with a voice: `emit` takes every event (`Printed`, `MessageEvent`, …).

    voice: what hears the events; outlets: what hears those of a type instead, where a program has said so;
    quiet: how many callers want no message at all to be heard; quieted: what each Quiet says, the outermost first;
    silenced: the labels that are off; issued: the labels issued in this calculation.
    """

    def __init__(self, emit: Callable[[Any], None] | None = None) -> None:
        super().__init__()
        self.voice = emit or (lambda event: None)
        self.outlets: dict[type, list[Callable[[Any], None]]] = {}
        self.quiet = 0
        self.quieted: list[Quieted] = []
        self.silenced: set[str] = set()
        self.issued: list[str] = []

    def emit(self, event: Any) -> None:
        """Lets an event be heard."""
        for hear in self.outlets.get(type(event), (self.voice,)):
            hear(event)

    def message(self, name: str, tag: str, *arguments: Term, text: str | None = None) -> None:
        """Issues the message `name::tag`, its template filled with the arguments."""
        label = message_label(name, tag)
        if label in self.silenced or f"General::{tag}" in self.silenced:
            return
        self.issued.append(label)
        if self.quiet or self._is_quieted(label):
            return
        times = self.issued.count(label)
        if times > MESSAGE_LIMIT:
            if times == MESSAGE_LIMIT + 1:
                self.emit(MessageEvent("General::stop", fill(GENERAL_MESSAGES["stop"], (label,))))
            return
        self.emit(
            MessageEvent(label, fill(text if text is not None else self.template(name, tag, len(arguments)), arguments))
        )

    def _is_quieted(self, label: str) -> bool:
        said = (each.silences(label) for each in reversed(self.quieted))
        return next((answer for answer in said if answer is not None), False)

    @contextmanager
    def quieting(self, off: frozenset[str] | None, kept: frozenset[str] | None) -> Iterator[list[str]]:
        """Silences messages for a while; gives a list, in which the labels of those silenced are at the end."""
        said, before, depth = Quieted(off, kept), len(self.issued), len(self.quieted)
        silenced: list[str] = []
        self.quieted.append(said)
        try:
            yield silenced
        finally:
            del self.quieted[depth:]
            new = self.issued[before:]
            silenced += [label for label in new if said.silences(label)]
            self.issued[before:] = [label for label in new if not said.silences(label)]

    def template(self, name: str, tag: str, count: int = 0) -> str:
        """Gives the text of a message with its places still open; where there is none, one with `count` places."""
        for owner in (symbol(name), S.General):
            found = self.definitions[owner].messages.get(tag)
            if found is not None:
                return found
        found = GENERAL_MESSAGES.get(tag)
        places = ", ".join(f"`{i}`" for i in range(1, count + 1))
        return found if found is not None else f"-- Message text not found --{places and f' ({places})'}"
