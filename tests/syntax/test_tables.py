"""The tables of the grammar: kept in the user's cache folder, and made anew whenever what lies there is not them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wlnet.syntax.tables import Tables, cache_folder, tables

PARSE = "import sys; from wlnet.syntax import parse; print(parse('f[{1, x_}]'), 'lark' in sys.modules)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, empty."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    found = cache_folder()
    assert found is not None
    return found


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_kept_tables_are_those_made(folder: Path) -> None:
    assert tables() == tables()
    only_file(folder)


def test_a_second_process_needs_no_lark(folder: Path) -> None:
    texts = [
        subprocess.run([sys.executable, "-c", PARSE], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert texts[0].split()[-1] == "True"
    assert texts[1].split()[-1] == "False"
    assert texts[0].rsplit(maxsplit=1)[0] == texts[1].rsplit(maxsplit=1)[0]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b'{"grammar": 1, "tables": {}}', b'{"tables": {}}'])
def test_what_is_not_the_tables_is_replaced(folder: Path, content: bytes) -> None:
    tables()
    only_file(folder).write_bytes(content)
    made = tables()
    assert made.states
    assert json.loads(only_file(folder).read_text())["tables"]["states"] == made.states


def test_tables_of_another_grammar_are_not_taken(folder: Path) -> None:
    tables()
    file = only_file(folder)
    found = json.loads(file.read_text())
    found["grammar"] += "// changed"
    found["tables"]["states"] = []
    file.write_text(json.dumps(found))
    assert tables().states


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_nothing_is_kept_where_others_can_write(folder: Path) -> None:
    folder.chmod(0o777)
    assert cache_folder() is None
    assert isinstance(tables(), Tables)
    assert list(folder.iterdir()) == []


def test_without_a_folder_the_tables_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "file"))
    assert cache_folder() is None
    assert tables().states
