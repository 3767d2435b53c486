"""Values of symbols: who may be given one, and those that steer the evaluator itself, such as `$RecursionLimit`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wlnet.kernel import Kernel, constant
from wlnet.terms import S as System
from wlnet.terms import Symbol, Term, is_head, symbol
from wlnet.terms import attributes as flags

NAME = re.compile(r"[^\W\d_]([^\W_]|\$)*|\$([^\W_]|\$)*")
LARGEST = 1_000_000
#: Symbols that begin with $ and yet keep their meaning; the others are variables, Protected or not.
FIXED = frozenset(map(symbol, ("$Failed", "$Aborted", "$Canceled", "$Version", "$VersionNumber", "$System")))


def is_name(text: Term) -> bool:
    """Tells whether a term is a string that can be the name of a symbol."""
    return type(text) is str and all(NAME.fullmatch(part) for part in text.lstrip("`").split("`"))


def is_protected(kernel: Kernel, name: Symbol) -> bool:
    """Tells whether a symbol's definitions must not change."""
    known = kernel.definitions[name]
    if known.builtin is not None and name.name[0] == "$" and name not in FIXED:
        return False
    return bool(known.attributes & flags.PROTECTED)


def assign_value(kernel: Kernel, name: Symbol, value: Term) -> None:
    """Gives a symbol a value."""
    steer = STEERING.get(name)
    if steer is not None:
        steer(kernel, value)
    kernel.set_own(name, value)


def unset_value(kernel: Kernel, name: Symbol) -> bool:
    """Takes a symbol's value away; tells whether it had one."""
    found = kernel.own.pop(name, None) is not None
    kernel.changed(name)
    return found


@contextmanager
def kept(kernel: Kernel, *names: Symbol) -> Iterator[None]:
    """Gives variables their values back at the end, whatever they were given inside."""
    before = [kernel.own.get(name) for name in names]
    try:
        yield
    finally:
        for name, value in zip(names, before, strict=True):
            if value is None:
                unset_value(kernel, name)
            else:
                assign_value(kernel, name, value)


def limit_from(term: Term) -> int | None:
    """Gives a limit as an integer; None for what is none."""
    if is_head(term, System.DirectedInfinity) or term is System.Infinity:
        return LARGEST
    return min(term, LARGEST) if type(term) is int and term >= 20 else None


def _set_recursion_limit(kernel: Kernel, value: Term) -> None:
    kernel.recursion_limit = limit_from(value) or kernel.recursion_limit


def _set_iteration_limit(kernel: Kernel, value: Term) -> None:
    kernel.iteration_limit = limit_from(value) or kernel.iteration_limit


#: Variable → what to tell the evaluator when it gets a value.
STEERING: dict[Symbol, Callable[[Kernel, Term], None]] = {
    symbol("$RecursionLimit"): _set_recursion_limit,
    symbol("$IterationLimit"): _set_iteration_limit,
}


@constant("$RecursionLimit", category="Session", value=1024)
def recursion_limit() -> None:
    """$RecursionLimit is how deeply evaluations may lie in one another.

    Examples:
        >> $RecursionLimit
        = 1024
        >> Block[{$RecursionLimit = 50}, g[n_] := 1 + g[n + 1]; g[1]]
        = TerminatedEvaluation["RecursionLimit"]
        message: $RecursionLimit::reclim
    """


@constant("$IterationLimit", category="Session", value=4096)
def iteration_limit() -> None:
    """$IterationLimit is how often one expression may be rewritten before its evaluation stops.

    Examples:
        >> $IterationLimit
        = 4096
        >> $IterationLimit = 20; loop[n_] := loop[n + 1]; Head[loop[1]]
        = Hold
        message: $IterationLimit::itlim
    """


@constant("TerminatedEvaluation", category="Session")
def terminated_evaluation() -> None:
    """TerminatedEvaluation["RecursionLimit"] is the value of an evaluation that ended because it went too deep.

    Examples:
        >> deeper[n_] := 1 + deeper[n + 1]; deeper[1]
        = TerminatedEvaluation["RecursionLimit"]
        message: $RecursionLimit::reclim
        >> Quiet[Check[deeper[1], failed]]
        = failed
    """
