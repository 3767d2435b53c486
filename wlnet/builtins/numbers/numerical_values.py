"""Definitions for N[f[…]]: the numerical values that a program gives to its own functions and constants."""

from __future__ import annotations

from wlnet.builtins.evaluation.assigning import around
from wlnet.kernel import Kernel
from wlnet.patterns import NO_MATCH
from wlnet.terms import Association, Expression, S, Symbol, Term


def with_numerical_values(kernel: Kernel, term: Term, digits: Term = None) -> Term:
    """Gives a term with every part for which N is defined replaced by what the definition gives, evaluated."""
    if not kernel.definitions.has_numerical_values:
        return term
    kind = type(term)
    if kind is Association:
        return term.map_values(with_numerical_values(kernel, value, digits) for value in term.values())
    if kind is not Expression and kind is not Symbol:
        return term
    owner = term
    while type(owner) is Expression:
        owner = owner.head
    table = kernel.definitions[owner].numerical if type(owner) is Symbol else None
    if table is not None:
        found = table.lookup(around(S.N, term, digits), kernel)
        if found is not NO_MATCH:
            return kernel.evaluate(found)
    if kind is Symbol:
        return term
    return Expression(term.head, tuple(with_numerical_values(kernel, arg, digits) for arg in term.args))
