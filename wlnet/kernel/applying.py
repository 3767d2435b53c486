"""Applying rules and compound heads to a term whose arguments are evaluated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from wlnet.kernel.declare import OPERATOR_FORMS
from wlnet.kernel.definitions import Definitions
from wlnet.patterns import NO_MATCH, Matching, RuleTable
from wlnet.terms import Expression, Symbol, Term


class Applying(Matching, Protocol):
    """What is needed of the evaluator here."""

    definitions: Definitions

    def guard(self, function: Callable[..., Term | None], name: str, /, *args: Any) -> Term | None:
        """Runs Python code for the language: whatever it raises becomes a message."""


#: Type of a head that is an atom → function(kernel, head, args): what `head[args…]` gives, or None.
APPLIERS: dict[type, Callable[[Any, Any, tuple[Term, ...]], Term | None]] = {}


def applies(kind: type) -> Callable[[Callable[..., Term | None]], Callable[..., Term | None]]:
    """Declares what an atom of this type does as a head (a decorator on function(kernel, head, args))."""

    def declare(function: Callable[..., Term | None]) -> Callable[..., Term | None]:
        APPLIERS[kind] = function
        return function

    return declare


#: What gives a table of rules that was used often a `quick`: functions(kernel, head, table).
QUICKENERS: list[Callable[[Any, Symbol, RuleTable], None]] = []
#: After so many uses of a table.
OFTEN = 16


def by_down_values(kernel: Applying, table: RuleTable, term: Expression) -> Term:
    """Gives what the rules of a symbol make of a term with it as its head, or NO_MATCH."""
    if table.quick is not None:
        result = table.quick(kernel, term.args)
        if result is not NO_MATCH:
            return result
    else:
        table.calls += 1
        if table.calls == OFTEN:
            for quicken in QUICKENERS:
                quicken(kernel, term.head, table)
    return table.lookup(term, kernel)


def by_up_values(kernel: Applying, term: Expression) -> Term | None:
    """Gives what the first up value that applies makes of a term, or None."""
    tried: RuleTable | None = None
    for arg in term.args:
        owner = arg.head if type(arg) is Expression else arg
        while type(owner) is Expression:
            owner = owner.head
        if type(owner) is Symbol:
            table = kernel.definitions[owner].up
            # Arguments of one head often stand side by side.
            if table is not None and table is not tried and table.may_apply(term.head):
                result = table.lookup(term, kernel)
                if result is not NO_MATCH:
                    return result
                tried = table
    return None


def by_compound_head(kernel: Applying, term: Expression) -> Term | None:
    """Gives the value of `head[args…]` where the head is not a symbol."""
    head, args = term.head, term.args
    if type(head) is not Expression:
        applier = APPLIERS.get(type(head))
        return None if applier is None else kernel.guard(applier, type(head).__name__, kernel, head, args)
    inner: Term = head.head
    if type(inner) is Symbol:
        form = OPERATOR_FORMS.get(inner)
        if form is not None:
            result = kernel.guard(form, inner.name, kernel, head, args)
            if result is not None:
                return result
        declared = kernel.definitions[inner].builtin
        if declared is not None and declared.curried is not None and len(args) == 1:
            joined = args + head.args if declared.curried == "first" else head.args + args
            return Expression(inner, joined)
    while type(inner) is Expression:
        inner = inner.head
    if type(inner) is Symbol:
        table = kernel.definitions[inner].sub
        if table is not None:
            result = table.lookup(term, kernel)
            if result is not NO_MATCH:
                return result
    return None
