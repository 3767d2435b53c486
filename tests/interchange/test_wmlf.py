"""Files of WMLF, of which nobody has published what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from wlnet.session import Session


@pytest.mark.parametrize("call", ['Import["{0}"]', 'Export["{0}", LinearLayer[2]]'])
def test_wmlf_is_told_of(call: str, session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.wmlf").write_bytes(b"something")
    assert session.display(session.evaluate_term(call.replace("{0}", f"{tmp_path}/a.wmlf"))) == "$Failed"
    assert ".wlnet" in session.messages[0]
    assert (tmp_path / "a.wmlf").read_bytes() == b"something"
