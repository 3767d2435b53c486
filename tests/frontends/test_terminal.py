"""The conversation in the terminal, typed key by key into a pipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from wlnet.repl.terminal import GREETING, Names, converse
from wlnet.session import Session

ENTER, CTRL_C, CTRL_D, UP = "\r", "\x03", "\x04", "\x1b[A"
Conversation = Callable[[str], tuple[int, list[str]]]


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Conversation:
    """Types keys and gives the exit status and the lines shown, without empty ones and the greeting."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def typed(keys: str) -> tuple[int, list[str]]:
        with create_pipe_input() as pipe:
            # Whatever the keys leave in the prompt, the conversation ends.
            pipe.send_text(keys + CTRL_C + CTRL_D)
            status = converse(pipe, DummyOutput())
        return status, [line for line in capsys.readouterr().out.splitlines() if line and line != GREETING]

    return typed


def test_values_are_numbered(talk: Conversation) -> None:
    status, lines = talk("1 + 1" + ENTER + "x = 5;" + ENTER + "x + %1" + ENTER + CTRL_D)
    assert (status, lines) == (0, ["Out[1]= 2", "Out[3]= 7"])


def test_enter_goes_on_until_the_expression_is_complete(talk: Conversation) -> None:
    assert talk("f[1," + ENTER + "2" + ENTER + "]" + ENTER + CTRL_D)[1] == ["Out[1]= f[1, 2]"]


def test_a_syntax_error_shows_its_place_and_the_conversation_goes_on(talk: Conversation) -> None:
    lines = talk("1 +* 2" + ENTER + "2" + ENTER + CTRL_D)[1]
    assert lines[1:3] == ["1 +* 2", "   ^"]
    assert lines[-1] == "Out[1]= 2"


def test_ctrl_c_drops_the_input_and_exit_leaves_with_its_status(talk: Conversation) -> None:
    assert talk("1 +" + CTRL_C + "2" + ENTER + "Exit[5]" + ENTER) == (5, ["Out[1]= 2"])


def test_inputs_come_back_in_the_next_session(talk: Conversation, tmp_path: Path) -> None:
    talk("40 + 2" + ENTER + CTRL_D)
    assert "40 + 2" in (tmp_path / "wlnet" / "history").read_text()
    assert talk(UP + ENTER + CTRL_D)[1] == ["Out[1]= 42"]


def test_names_are_completed(session: Session) -> None:
    found = Names(session).get_completions(Document("1 + $HistoryLen"), CompleteEvent())
    assert [(completion.text, completion.start_position) for completion in found] == [("$HistoryLength", -11)]


def test_a_home_that_cannot_be_written_does_no_harm(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert talk("1" + ENTER + CTRL_D)[1] == ["Out[1]= 1"]
