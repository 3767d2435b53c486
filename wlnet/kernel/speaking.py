"""Issuing messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wlnet.kernel.messages import GENERAL_MESSAGES, MessageEvent, fill, message_label
from wlnet.kernel.state import State
from wlnet.terms import S, Term, symbol

#: How often one message is printed in one calculation.
MESSAGE_LIMIT = 3


class Speaking(State):
    """A session's state with a voice: `emit` receives every event (`Printed`, `MessageEvent`, …).

    quiet: how many Quiet lie around; silenced: the labels that are off; issued: the labels issued in this calculation.
    """

    def __init__(self, emit: Callable[[Any], None] | None = None) -> None:
        super().__init__()
        self.emit = emit or (lambda event: None)
        self.quiet = 0
        self.silenced: set[str] = set()
        self.issued: list[str] = []

    def message(self, name: str, tag: str, *arguments: Term, text: str | None = None) -> None:
        """Issues the message `name::tag`, its template filled with the arguments."""
        label = message_label(name, tag)
        if label in self.silenced or f"General::{tag}" in self.silenced:
            return
        self.issued.append(label)
        if self.quiet:
            return
        times = self.issued.count(label)
        if times > MESSAGE_LIMIT:
            if times == MESSAGE_LIMIT + 1:
                self.emit(MessageEvent("General::stop", fill(GENERAL_MESSAGES["stop"], (label,))))
            return
        self.emit(MessageEvent(label, fill(text if text is not None else self.template(name, tag), arguments)))

    def template(self, name: str, tag: str) -> str:
        """Gives the text of a message with its places still open."""
        for owner in (symbol(name), S.General):
            found = self.definitions[owner].messages.get(tag)
            if found is not None:
                return found
        found = GENERAL_MESSAGES.get(tag)
        places = ", ".join(f"`{i}`" for i in range(1, 4))
        return found if found is not None else f"-- Message text not found -- ({places})"
