"""Symbols: interned names with a context."""

from __future__ import annotations

from collections.abc import Collection
from contextvars import ContextVar

#: The contexts whose names are written without them: those of the session that evaluated last in this thread.
VISIBLE: ContextVar[Collection[str]] = ContextVar("VISIBLE", default=("System`", "Global`"))


class Symbol:
    """A name in a context, such as System`Plus. One object per full name: compare with `is`."""

    __slots__ = ("context", "name")

    def __init__(self, context: str, name: str) -> None:
        self.context = context
        self.name = name

    @property
    def full_name(self) -> str:
        return self.context + self.name

    def __repr__(self) -> str:
        return self.name if self.context in VISIBLE.get() else self.full_name

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return symbol, (self.full_name,)


_interned: dict[str, Symbol] = {}


def symbol(full_name: str) -> Symbol:
    """Gives the one symbol of this full name; a name without a context is one of System`."""
    found = _interned.get(full_name)
    if found is None:
        context, tick, name = full_name.rpartition("`")
        if not tick:
            found = symbol("System`" + full_name)
            _interned[full_name] = found
            return found
        found = _interned.setdefault(full_name, Symbol(context + "`", name))
    return found


class SystemSymbols:
    """`S.Plus` is System`Plus. Attribute access interns the name once and keeps it."""

    def __getattr__(self, name: str) -> Symbol:
        found = symbol("System`" + name)
        setattr(self, name, found)
        return found


S = SystemSymbols()

#: Names that Python keeps for itself, or that are awkward as attributes.
TRUE = symbol("True")
FALSE = symbol("False")
NONE = symbol("None")
NULL = symbol("Null")
FAILED = symbol("$Failed")
ABORTED = symbol("$Aborted")


def truth(value: bool) -> Symbol:
    """Gives the symbol True or False."""
    return TRUE if value else FALSE


def is_interned(full_name: str) -> bool:
    """Tells whether a symbol of this full name has been made."""
    return full_name in _interned


def forget(name: Symbol) -> None:
    """Takes a symbol that nothing refers to any more out of the table of names."""
    _interned.pop(name.full_name, None)
