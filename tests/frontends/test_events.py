"""What a terminal shows of the events of a session."""

from __future__ import annotations

import pytest

from wlnet.frontends.events import show
from wlnet.kernel import Printed, StatusLine


def test_a_status_line_takes_the_place_of_the_one_before(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    for event in (
        StatusLine("one"),
        StatusLine("two and too long"),
        StatusLine("three", is_last=True),
        Printed("next"),
    ):
        show(event)
    shown = capsys.readouterr().out.split("\r\x1b[K")
    assert shown == ["", "one", "two and t", "three\nnext\n"]
