"""Where the grammar's files are found."""

from __future__ import annotations

from pathlib import Path
from pkgutil import get_data


def grammar_text(name: str) -> str:
    """Gives the text of a file of `grammar/`, of the installed package or of the source checkout."""
    try:
        # A fifth of the price of importlib.resources, which imports 20 modules.
        data = get_data("wlnet.grammar", name)
    except ModuleNotFoundError:
        data = None
    found = (Path(__file__).parents[2] / "grammar" / name).read_bytes() if data is None else data
    return found.decode("utf-8")
