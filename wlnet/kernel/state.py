"""What a session knows beside the rules of single symbols: values, contexts, names, random numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np

from wlnet.kernel.declare import BUILTINS, INITIAL_VALUES
from wlnet.kernel.definitions import Definitions
from wlnet.syntax.names import language_names
from wlnet.terms import INERT, Association, Symbol, Term, symbol
from wlnet.terms.symbols import is_interned

_versions = count(1)
#: The association of aliases of contexts and what they stand for.
ALIASES = symbol("$ContextAliases")


class State:
    """The definitions of a session. `own` holds the values of symbols.

    version: another number after every change; no two sessions ever have the same one, since terms are stamped with it.
    firm: another number, below INERT, only after a change of what terms stamped with it rely on, which are the symbols in `relied`:
    most changes are of variables, which stand in no finished term, since they have a value.
    later: what loads further declarations, part by part, when a name that may be one of them is first read.
    """

    def __init__(self) -> None:
        self.definitions = Definitions()
        self.definitions.load_for = self.load_for
        self.own: dict[Symbol, Term] = dict(INITIAL_VALUES)
        self.version = next(_versions)
        self.firm = INERT - next(_versions)
        self.relied: set[Symbol] = set()
        self.context = "Global`"
        self.context_path = ["Global`", "System`"]
        self.line = 1
        self.random_seed: int | None = None
        self._random: np.random.Generator | None = None
        self._unique = 0
        self.state: dict[str, Any] = {}
        self.later: list[Callable[[], None]] = []

    # Names

    def resolve(self, name: str) -> Symbol:
        """Gives the symbol that a name stands for in the current context."""
        if "`" in name:
            return self._read(self.context + name[1:] if name[0] == "`" else self._without_alias(name))
        for context in (self.context, *self.context_path):
            if is_interned(context + name):
                found = symbol(context + name)
                known = found in self.definitions or found in BUILTINS
                if context == "System`":
                    # The nets know functions that no built-in declares. Names in small letters belong to the user.
                    known = found in BUILTINS or (not self.later and not name[0].islower())
                if known:
                    return found
        if self.later and not name[0].islower():
            self.load_next()
            return self.resolve(name)
        # A documented name means the same in every context, also where nothing here declares it.
        return self._read(("System`" if name in language_names() else self.context) + name)

    def _read(self, name: str) -> Symbol:
        """Gives the symbol with a full name, which, once read, belongs to its context."""
        made = symbol(name)
        if made not in BUILTINS:
            self.definitions[made]
        return made

    def _without_alias(self, name: str) -> str:
        """Gives a full name with what an alias stands for in place of the alias that it begins with."""
        aliases = self.own.get(ALIASES)
        for alias, context in aliases.items() if type(aliases) is Association else ():
            if name.startswith(str(alias)):
                return str(context) + name[len(str(alias)) :]
        return name

    def load_next(self) -> None:
        """Loads the next part of what is left out at the start, and forgets what was known of its symbols before."""
        self.later.pop(0)()
        for name, definition in list(self.definitions.items()):
            if definition.builtin is None and name in BUILTINS:
                self.definitions.adopt(definition, BUILTINS[name])
        for name, value in INITIAL_VALUES.items():
            self.own.setdefault(name, value)
        self.changed()

    def load_for(self, name: Symbol) -> None:
        """Loads what is left out at the start up to the declaration of a symbol, which code names that no program wrote."""
        while self.later and name.context == "System`" and name not in BUILTINS and name.name in language_names():
            self.load_next()

    def load_rest(self) -> None:
        """Loads all that was left out at the start, for what may need any of it."""
        while self.later:
            self.load_next()

    def unique(self, name: str, context: str = "Global`") -> Symbol:
        """Gives a symbol that no program has used yet, such as name$7."""
        self._unique += 1
        return symbol(f"{context}{name}${self._unique}")

    # Definitions

    def changed(self, name: Symbol | None = None) -> None:
        """Says that definitions changed (those of one symbol, where it is named): what may depend on them is unfinished."""
        self.version = self.definitions.version = next(_versions)
        if name is None or name in self.relied or name in BUILTINS:
            self.loosen()

    def set_own(self, name: Symbol, value: Term) -> None:
        """Gives a symbol a value."""
        self.own[name] = value
        self.version = next(_versions)
        if name in self.relied:
            self.loosen()

    def loosen(self) -> None:
        """Makes what was firm unfinished, and relies on no symbol any more."""
        self.firm = INERT - next(_versions)
        self.relied.clear()

    def attributes(self, head: Symbol) -> int:
        """Gives the attribute flags of a symbol."""
        return self.definitions[head].attributes

    # Random numbers

    @property
    def random(self) -> np.random.Generator:
        """The session's random generator; `SeedRandom` replaces it."""
        if self._random is None:
            self._random = np.random.default_rng(self.random_seed)
        return self._random

    def seed(self, value: int | None) -> None:
        """Restarts the session's random generator from a seed (None: from the system's entropy)."""
        self.random_seed = value
        self._random = np.random.default_rng(value)
