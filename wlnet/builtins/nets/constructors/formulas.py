"""Pure functions and symbols as formulas of symbols for their arguments."""

from __future__ import annotations

from wlnet.kernel import Kernel
from wlnet.layers.formula import INERT, Formula
from wlnet.patterns.substitution import substitute
from wlnet.terms import Association, Expression, S, Term, is_head


def formula(kernel: Kernel, function: Term, count: int) -> tuple[Formula, tuple[str, ...]]:
    """Gives the value of a function for symbols as arguments, and the names of its named slots."""
    names, _ = slots_of(function)
    variables = tuple(kernel.unique(f"x{i}") for i in range(1, (len(names) or count) + 1))
    if names:
        arguments: tuple[Term, ...] = (Association(zip(names, variables, strict=True)),)
    else:
        arguments = variables
    kernel.quiet += 1
    try:
        body = kernel.evaluate(Expression(substitute(function, INERT), arguments))
    finally:
        kernel.quiet -= 1
    return Formula(function, variables, body), names


def slots_of(function: Term) -> tuple[tuple[str, ...], int]:
    """Gives the names of the named slots of a pure function in order, and its highest numbered slot."""
    names: dict[str, None] = {}
    highest = 0
    if is_head(function, S.Function) and len(function.args) >= 2:
        variables = function.args[0]
        return (), len(variables.args) if is_head(variables, S.List) else 1
    stack = list(function.args) if is_head(function, S.Function, 1) else []
    while stack:
        term = stack.pop(0)
        if type(term) is not Expression:
            continue
        if term.head is S.Slot and len(term.args) == 1:
            if type(term.args[0]) is str:
                names[term.args[0]] = None
            elif type(term.args[0]) is int:
                highest = max(highest, term.args[0])
        elif term.head is not S.Function:
            stack[:0] = (term.head, *term.args)
    return tuple(names), highest
