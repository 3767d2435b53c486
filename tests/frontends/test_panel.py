"""The panel of a training, as a terminal shows it."""

from __future__ import annotations

import pytest
from rich.console import Console

from wlnet.frontends.events import show
from wlnet.frontends.panel import panel
from wlnet.kernel import StatusPanel

ROWS = (("round", "3 of 9"), ("loss", "0.25"))
EVENT = StatusPanel("Training", ROWS, {"loss": (4.0, 2.0, 1.0), "validation": (3.0, 3.0)}, 0.5, "round 3  loss 0.25")


def shown(event: StatusPanel, width: int) -> list[str]:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(panel(event, width))
    return capture.get().splitlines()


@pytest.mark.parametrize("width", [60, 100, 200])
def test_figures_and_curves_fit_the_terminal(width: int) -> None:
    lines = shown(EVENT, width)
    text = "\n".join(lines)
    assert all(len(line) <= width for line in lines)
    for part in ("Training", "round", "3 of 9", "0.25", "loss   validation", "4 ", "1 "):
        assert part in text


def test_without_losses_there_are_figures_only() -> None:
    for curves in ({}, {"loss": (1.0,)}, {"loss": (float("nan"), float("inf"))}):
        assert "3 of 9" in "\n".join(shown(StatusPanel("Training", ROWS, curves, None, ""), 80))


def test_a_small_terminal_gets_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "10")
    show(EVENT)
    assert capsys.readouterr().out == "\r\x1b[Kround 3  loss 0.25"
