"""What a session knows of each symbol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wlnet.kernel.declare import BUILTINS, Builtin
from wlnet.kernel.written import Written
from wlnet.patterns import RuleTable
from wlnet.terms import Symbol, Term
from wlnet.terms.attributes import NUMERIC_FUNCTION

#: Heads of what nothing can change once nothing can change its arguments.
INERT_HEADS = frozenset({"List", "Rule", "Function", "Missing", "DirectedInfinity"})


class Definition:
    """Rules, attributes, options and messages of one symbol in one session.

    down, up, sub: tables of rules, or None while there are none. An own value lies in `Kernel.own`.
    numerical, formats: those of N[f[…]] and Format[f[…]].
    is_plain: whether what its built-in does with arguments, if anything, follows from them alone.
    """

    __slots__ = (
        "attributes", "builtin", "defaults", "down", "formats", "is_plain", "messages", "numerical", "options", "sub", "up",
    )  # fmt: skip

    def __init__(self, declared: Builtin | None = None) -> None:
        self.builtin = declared
        self.is_plain = is_plain(declared)
        self.attributes = declared.attributes if declared is not None else 0
        self.down: RuleTable | None = None
        self.up: RuleTable | None = None
        self.sub: RuleTable | None = None
        self.numerical: RuleTable | None = None
        self.formats: RuleTable | None = None
        self.options: dict[str, Term] | None = (
            dict(declared.options) if declared is not None and declared.options is not None else None
        )
        self.messages: dict[str, str] = declared.messages if declared is not None else {}
        self.defaults: RuleTable | None = None

    def adopt(self, declared: Builtin) -> None:
        """Adds what a declaration says beside rules."""
        self.builtin = declared
        self.is_plain = is_plain(declared)
        self.attributes |= declared.attributes
        self.messages = {**declared.messages, **self.messages}
        if self.options is None and declared.options is not None:
            self.options = dict(declared.options)

    def copy(self) -> Definition:
        """Gives a copy of which either may change alone."""
        made = Definition.__new__(Definition)
        for name in Definition.__slots__:
            value = getattr(self, name)
            setattr(made, name, value.copy() if isinstance(value, RuleTable) else value)
        return made


def is_plain(declared: Builtin | None) -> bool:
    """Tells whether a built-in does nothing with its arguments, or only what follows from them (Plus, Sin)."""
    if declared is None or declared.symbol_only or declared.name in INERT_HEADS:
        return True
    return bool(declared.attributes & NUMERIC_FUNCTION)


class Definitions(dict[Symbol, Definition]):
    """Symbol → Definition; a symbol met for the first time gets its declaration's, or an empty one.

    has_up_values, has_numerical_values, has_formats: whether any symbol may have some, so that they are looked for.
    version: another number after every change but those of values.
    load_for: what loads the declaration of a symbol that is not there yet, if there is one.
    """

    version = 0
    load_for: Callable[[Symbol], None] | None = None
    has_up_values = False
    has_numerical_values = False
    has_formats = False

    def __missing__(self, key: Symbol) -> Definition:
        declared = BUILTINS.get(key)
        if declared is None and self.load_for is not None:
            self.load_for(key)
            declared = BUILTINS.get(key)
        if type(declared) is Written:
            declared.read()
            made = self[key] = Definition(declared)
            self.install(declared)
        else:
            made = self[key] = Definition(declared)
        return made

    def adopt(self, definition: Definition, declared: Builtin) -> None:
        """Adds a declaration that was loaded after its symbol was first met."""
        if type(declared) is Written:
            self.install(declared)
        definition.adopt(declared)

    def install(self, written: Written) -> None:
        """Makes the definitions of a built-in that is written in the language."""
        for owner, kind, left, right, delayed in written.read():
            into = self[owner]
            if getattr(into, kind) is None:
                setattr(into, kind, RuleTable())
            getattr(into, kind).add(left, right, delayed)
            self.has_up_values |= kind == "up"

    def known(self, key: Symbol) -> bool:
        """Tells whether the symbol has any definition, built in or of the user's."""
        found: Any = self.get(key)
        return key in BUILTINS or found is not None
