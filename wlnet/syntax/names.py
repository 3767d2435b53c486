"""The names of the language's documented symbols."""

from __future__ import annotations

from functools import cache

from wlnet.syntax.grammar import grammar_text


@cache
def language_names() -> frozenset[str]:
    """Gives the names; the list is read when it is first asked for, which costs about a millisecond."""
    lines = grammar_text("names.txt").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
