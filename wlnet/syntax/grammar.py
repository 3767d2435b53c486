"""Where the grammar's files are found."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def grammar_text(name: str) -> str:
    """Gives the text of a file of `grammar/`, of the installed package or of the source checkout."""
    try:
        return files("wlnet.grammar").joinpath(name).read_text(encoding="utf-8")
    except ModuleNotFoundError:
        return (Path(__file__).parents[2] / "grammar" / name).read_text(encoding="utf-8")
