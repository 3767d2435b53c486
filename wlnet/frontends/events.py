"""Where the events of a session go in a terminal or a pipe."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import Any

from wlnet.frontends.panel import ROOM, LivePanel
from wlnet.frontends.pictures import text_with_pictures
from wlnet.kernel import MessageEvent, Printed, StatusLine, StatusPanel


class ReaderGone(BaseException):
    """Nobody reads the output any more (`wlnet … | head`). No Exception: no built-in may take it for its own."""


def show_printed(event: Printed) -> None:
    text = event.text if event.term is None else text_with_pictures(event.term, lambda term: event.text)
    sys.stdout.write(text + "\n")


def show_message(event: MessageEvent) -> None:
    # What was printed before the message also appears before it.
    sys.stdout.flush()
    sys.stderr.write(f"{event}\n")
    sys.stderr.flush()


def show_status(event: StatusLine) -> None:
    """Writes a line over the one before it, cut where it would break."""
    width = shutil.get_terminal_size().columns - 1
    sys.stdout.write(f"\r\x1b[K{event.text[:width]}" + ("\n" if event.is_last else ""))
    sys.stdout.flush()


PANEL = LivePanel()


def show_panel(event: StatusPanel) -> None:
    """Shows a panel where there is a terminal with room for it, else a line."""
    size = shutil.get_terminal_size()
    if not sys.stdout.isatty() or size.columns < ROOM[0] or size.lines < ROOM[1]:
        show_status(StatusLine(event.line, event.is_last))
    else:
        PANEL.show(event)


SHOW: dict[type, Callable[[Any], None]] = {
    Printed: show_printed, MessageEvent: show_message, StatusLine: show_status, StatusPanel: show_panel,
}  # fmt: skip


def show(event: Any) -> None:
    """Writes an event: what is printed to stdout, messages to stderr. Raises ReaderGone for a closed pipe."""
    try:
        SHOW.get(type(event), ignore)(event)
    except BrokenPipeError:
        raise ReaderGone from None


def ignore(event: Any) -> None:
    """Takes the events that mean nothing to a terminal."""
