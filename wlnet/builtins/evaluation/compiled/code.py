"""What compiled terms are, and when they may run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from wlnet.builtins.evaluation.variables import is_protected
from wlnet.kernel import BUILTINS, Kernel
from wlnet.terms import FALSE, NULL, TRUE, Symbol, Term

Env = dict[Any, Term]
"""Symbol, or number of a slot → its value."""
Step = Callable[[Env], Term]

NUMBERS = frozenset({int, float, Fraction, complex})
CONSTANTS = frozenset({TRUE, FALSE, NULL})
#: Terms nested deeper than this, or where so much lies above them, are left to the evaluator, which knows the limits.
DEPTH, ABOVE = 40, 256


class Leave(Exception):
    """The evaluator must do this step."""


class Unfit(Exception):
    """A term does more than compute with numbers."""


class Code(NamedTuple):
    """Compiled terms that share their variables, and what must hold before they run.

    reads, assigns: the variables that they read and set; bound: those that a loop or call around them sets. heads: the
    built-ins whose meaning they take for granted.
    """

    steps: tuple[Step, ...]
    reads: tuple[Symbol, ...]
    assigns: tuple[Symbol, ...]
    bound: tuple[Symbol, ...]
    heads: tuple[Symbol, ...]

    def environment(self, kernel: Kernel) -> Env | None:
        """Gives the values of the variables, or None where the code cannot run in this session now."""
        own = kernel.own
        if kernel.depth + 2 * DEPTH > min(kernel.recursion_limit, ABOVE):
            return None
        if not all(is_as_declared(kernel, head) for head in self.heads) or any(name in own for name in CONSTANTS):
            return None
        if kernel.definitions.has_up_values and any(kernel.definitions[name].up for name in self.names()):
            return None
        if any(is_protected(kernel, name) for name in self.assigns):
            return None
        env: Env = {}
        for name in self.reads:
            value = own.get(name, name)
            if type(value) in NUMBERS or value is name or (type(value) is Symbol and value in CONSTANTS):
                env[name] = value
            elif name not in self.assigns:
                return None
        return env

    def names(self) -> Iterator[Symbol]:
        """Yields all symbols that may stand in the terms."""
        yield from (*self.heads, *self.reads, *self.bound, *CONSTANTS)


def is_as_declared(kernel: Kernel, head: Symbol) -> bool:
    """Tells whether a built-in is what it was at the start: without rules, values or attributes of the user's."""
    known, declared = kernel.definitions[head], BUILTINS[head]
    is_bare = known.builtin is declared and known.down is None and known.attributes == declared.attributes
    return is_bare and head not in kernel.own
