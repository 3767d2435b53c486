"""A conversation with a session in the terminal: prompts, history, several lines, completion."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output

from wlnet import __version__
from wlnet.builtins.evaluation.history import current_line
from wlnet.errors import ParseError
from wlnet.frontends.events import show
from wlnet.frontends.pictures import text_with_pictures
from wlnet.session import Session, name_before
from wlnet.terms import NULL

GREETING = f"wlnet {__version__}. ?name gives help on a name; Ctrl-D leaves."


class Names(Completer):
    """The names that a session knows, for the Tab key."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        text, position = document.text, document.cursor_position
        start = name_before(text, position) - position
        for name in self.session.complete(text, position):
            yield Completion(name, start_position=start)


def converse(input: Input | None = None, output: Output | None = None) -> int:
    """Reads, evaluates and prints until Ctrl-D or Exit[]; gives the exit status.

    `input` and `output` take the place of the terminal.
    """
    session = Session(show)
    session.kernel.state |= {"terminal": True, "interactive": True}
    prompt = prompt_session(session, input, output)
    print(GREETING)
    while True:
        label = f"In[{current_line(session.kernel)}]:= "
        try:
            text = prompt.prompt(label, prompt_continuation=" " * len(label))
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0
        try:
            answer(session, text)
        except KeyboardInterrupt:
            print("$Aborted")
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else 0


def answer(session: Session, text: str) -> None:
    """Evaluates one input and shows its values, or where it goes wrong."""
    try:
        for result in session.run(text):
            if result.term is not NULL:
                shown = text_with_pictures(result.term, session.display)
                separator = "\n" if "\n" in shown or "\x1b" in shown else " "
                print(f"Out[{result.line}]={separator}{shown}")
    except ParseError as error:
        print(f"{error.message}\n{error.excerpt()}")
    print()


def prompt_session(session: Session, input: Input | None, output: Output | None) -> PromptSession[str]:
    return PromptSession(
        history=history(),
        completer=Names(session),
        complete_while_typing=False,
        key_bindings=keys(session),
        multiline=True,
        input=input,
        output=output,
    )


def keys(session: Session) -> KeyBindings:
    """Gives the meaning of Enter: it evaluates what is complete and begins a new line in what is not."""
    bindings = KeyBindings()

    @bindings.add("enter")
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.document.is_cursor_at_the_end and not session.is_complete(buffer.text):
            buffer.newline(copy_margin=False)
        else:
            buffer.validate_and_handle()

    return bindings


def history() -> History:
    """Gives the inputs of all sessions, kept in a file; those of this session alone where none can be written."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    file = state / "wlnet" / "history"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(file)
