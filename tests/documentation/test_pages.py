"""Every input of the documentation pages works as it stands there: in a session, as a script and typed by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.documentation.pages import CLAIMS, FOLDER, PAGES, SECTIONS, Section
from wlnet.repl.terminal import converse
from wlnet.session import Session

ROOT = Path(__file__).parents[2]
COMMAND = "import sys; from wlnet.frontends.command import main; sys.exit(main())"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REAL = re.compile(r"-?\d+\.\d*")
PROGRESS = re.compile(r"^[╭│╰].*\n", re.MULTILINE)
LABEL = re.compile(r"^Out\[\d+\]=[ \n]", re.MULTILINE)


def steady(text: str, page: str) -> str:
    """Gives a text without what differs from run to run: made-up names, and numbers where training went by the clock."""
    text = UUID.sub("name", text)
    trains = any("NetTrain" in line for section in SECTIONS for line in SECTIONS[section] if section[0] == page)
    return REAL.sub("real", text) if trains else text


class Reading:
    """A section of a page, evaluated in one session with the claims on each input; `shown` as a front end shows it."""

    def __init__(self, section: Section) -> None:
        self.session = Session()
        self.wrong: list[str] = []
        self.shown: list[str] = []
        for text, claim in zip(SECTIONS[section], CLAIMS[section], strict=True):
            results = list(self.session.run(text))
            self.wrong += self.session.messages
            self.shown += [self.session.display(result.term) for result in results]
            if self.session.evaluate(claim) is not True:
                self.wrong.append(f"{text}\ngives {self.shown[-1]}\nbut should be so: {claim}")
            self.wrong += self.session.messages


@pytest.fixture(scope="module")
def readings() -> dict[Section, Reading]:
    return {section: Reading(section) for section in SECTIONS}


def shown_on(page: str, readings: dict[Section, Reading]) -> list[str]:
    return [steady(text, page) for section, reading in readings.items() if section[0] == page for text in reading.shown]


@pytest.mark.parametrize("section", SECTIONS, ids=", ".join)
def test_what_the_page_says_holds(section: Section, readings: dict[Section, Reading]) -> None:
    assert not readings[section].wrong, "\n".join(readings[section].wrong)
    assert len(readings[section].shown) == len(SECTIONS[section]), "every input is one expression with one value"


@pytest.mark.parametrize("page", PAGES)
def test_a_script_shows_the_same(page: str, readings: dict[Section, Reading]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "-p", str(FOLDER / f"{page}.wl")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert steady(done.stdout, page) == "\n".join(shown_on(page, readings)) + "\n"


@pytest.mark.parametrize("page", PAGES)
def test_the_terminal_shows_the_same(
    page: str,
    readings: dict[Section, Reading],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    inputs = [text for section, inputs in SECTIONS.items() if section[0] == page for text in inputs]
    with create_pipe_input() as pipe:
        pipe.send_text("".join(text.replace("\n", "\r") + "\r" for text in inputs) + "\x04")
        status = converse(pipe, DummyOutput())
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    _, _, answers = out.partition("\n")
    shown = [steady(PROGRESS.sub("", answer), page).strip() for answer in LABEL.split(answers)[1:]]
    assert shown == shown_on(page, readings)


TIED = {
    "by name": ("NetArray", "Basic Examples"),
    "by NetInsertSharedArrays": ("NetInsertSharedArrays", "Properties & Relations"),
}


@pytest.mark.parametrize("section", TIED.values(), ids=list(TIED))
def test_tied_weights_stay_one_array_in_training(section: Section, readings: dict[Section, Reading]) -> None:
    session = readings[section].session
    session.evaluate("trained = NetTrain[net, {{-1, -2} -> {3, 4}, {2, -1} -> {0, 1}}, MaxTrainingRounds -> 20]")
    assert not session.messages
    before, after = session.evaluate("net"), session.evaluate("trained")
    for net in (before, after):
        assert net.child(("1",)).slots[("Weights",)].shared == net.child(("3",)).slots[("Weights",)].shared
        first, third = (net.child((layer,)).store[net.keys[layer, "Weights"]] for layer in ("1", "3"))
        assert first is third
        assert len(net.store) == len(net.positions) < len(net.keys)
    assert session.evaluate('NetExtract[trained, {1, "Weights"}] === NetExtract[trained, {3, "Weights"}]') is True
    assert session.evaluate('NetExtract[trained, {1, "Weights"}] =!= NetExtract[net, {1, "Weights"}]') is True
    assert session.evaluate('SameQ @@ (Information[#, "ArraysTotalSize"] & /@ {net, trained})') is True


def test_statistics_of_the_two_copies_differ_after_training(readings: dict[Section, Reading]) -> None:
    net = readings["NetInsertSharedArrays", "Possible Issues"].session.evaluate("net")
    first, second = net.child(("2",)), net.child(("4",))
    for name in ("Scaling", "Biases"):
        assert first.store[first.keys[(name,)]] is second.store[second.keys[(name,)]]
    for name in ("MovingMean", "MovingVariance"):
        assert (first.store[name,] != second.store[name,]).any()


def test_the_graph_of_a_function_layer_is_a_net_array_added(session: Session) -> None:
    """A graph written by hand out of NetArrayLayer and ThreadingLayer is the very same net."""
    assert session.evaluate(
        """layer = FunctionLayer[Function[# + NetArray[<|"Name" -> "a", "Array" -> {1, 2}|>]], "Input" -> 2];
        NetGraph[layer] === NetGraph[{NetArrayLayer["Array" -> NetArray[<|"Name" -> "a", "Array" -> {1, 2}|>]],
            ThreadingLayer[Plus]}, {{NetPort["Input"], 1} -> 2}, "Input" -> 2]"""
    ) is True  # fmt: skip
    assert not session.messages
