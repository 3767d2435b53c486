"""What compiled terms are, and when they may run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from wlnet.builtins.evaluation.compiled.values import CONSTANTS, is_value
from wlnet.builtins.evaluation.variables import is_protected
from wlnet.kernel import BUILTINS, Kernel
from wlnet.patterns import RuleTable
from wlnet.terms import Symbol, Term

Env = dict[Any, Any]
"""Symbol, Local, or number of an argument → its value; the names below → what a call knows of those around it."""
Step = Callable[[Env], Term]

#: Terms nested deeper than this, or where so much lies above them, are left to the evaluator, which knows the limits.
DEPTH, ABOVE = 40, 256
#: Places in an Env: that of the code around all calls; how deep a call lies; how deep one may lie; what was changed so far
#: and how it was before; the session, of which code may draw random numbers and sow.
SHARED, LEVEL, MOST, JOURNAL, SESSION = "shared", "level", "most", "journal", "session"


class Unfit(Exception):
    """A term does more than compute with values."""


class Local:
    """The place of a local variable."""

    __slots__ = ()


@dataclass(slots=True)
class Code:
    """Compiled terms that share their variables, and what must hold before they run.

    reads, assigns: the variables that they read and set; bound: those that a loop or call around them sets. heads: the
    built-ins whose meaning they take for granted; blocked: the variables that Block changes. tables: functions of the user
    that they call, each with its rules and how often these had changed. checked: the version of the definitions under
    which all of that was found to hold.
    """

    steps: tuple[Step, ...]
    reads: tuple[Symbol, ...]
    assigns: tuple[Symbol, ...]
    bound: tuple[Symbol, ...]
    heads: tuple[Symbol, ...]
    blocked: tuple[Symbol, ...]
    tables: tuple[tuple[Symbol, RuleTable, int], ...]
    checked: int = 0

    def environment(self, kernel: Kernel) -> Env | None:
        """Gives the values of the variables, or None where the code cannot run in this session now."""
        own = kernel.own
        limit = kernel.recursion_limit
        if kernel.depth + 2 * DEPTH > min(limit, ABOVE):
            return None
        if not own.keys().isdisjoint(self.heads) or not own.keys().isdisjoint(CONSTANTS) or not self.is_as_was(kernel):
            return None
        env: Env = {LEVEL: 0, MOST: limit - kernel.depth - 2 * DEPTH, JOURNAL: [], SESSION: kernel}
        env[SHARED] = env
        for name in self.reads:
            value = own.get(name, name)
            if value is name or is_value(value):
                env[name] = value
            elif name not in self.assigns or name in self.blocked:
                return None
        return env

    def is_as_was(self, kernel: Kernel) -> bool:
        """Tells whether all definitions are those for which this was compiled."""
        definitions = kernel.definitions
        if self.checked == definitions.version:
            return True
        if not all(is_as_declared(kernel, head) for head in self.heads) or not self.is_current(kernel):
            return False
        if definitions.has_up_values and any(definitions[name].up for name in self.names()):
            return False
        if any(is_protected(kernel, name) for name in self.assigns):
            return False
        if any(definitions[name].down is not None or definitions[name].builtin is not None for name in self.blocked):
            return False
        self.checked = definitions.version
        return True

    def is_current(self, kernel: Kernel) -> bool:
        """Tells whether the user's functions that the code calls still have the same rules."""
        return all(is_plain(kernel, name, table, changes) for name, table, changes in self.tables)

    def names(self) -> Iterator[Symbol]:
        """Yields all symbols that may stand in the terms."""
        yield from (*self.heads, *self.reads, *self.bound, *CONSTANTS, *(name for name, _, _ in self.tables))


def is_as_declared(kernel: Kernel, head: Symbol) -> bool:
    """Tells whether a built-in is what it was at the start: without rules, values, attributes or options of the user's."""
    known, declared = kernel.definitions[head], BUILTINS[head]
    options, usual = known.options or {}, declared.options or {}
    if any(options.get(name) is not value for name, value in usual.items()):
        return False
    return known.builtin is declared and known.down is None and known.attributes == declared.attributes


def is_plain(kernel: Kernel, name: Symbol, table: RuleTable, changes: int) -> bool:
    """Tells whether a user's function has these rules, and neither attributes nor a value."""
    known = kernel.definitions[name]
    return known.down is table and table.changes == changes and not known.attributes and name not in kernel.own
