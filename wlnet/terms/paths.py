"""The files that terms name."""

from __future__ import annotations

from pathlib import Path

from wlnet.terms.expression import Term, is_head
from wlnet.terms.symbols import S


def path_of(term: Term) -> Path | None:
    """Gives the path that a string or File["name"] stands for, `~` resolved where it can be; None for anything else."""
    name = term.args[0] if is_head(term, S.File, 1) else term
    if type(name) is not str or not name or "\0" in name:
        return None
    try:
        return Path(name).expanduser()
    except RuntimeError:  # there is no such user
        return Path(name)
