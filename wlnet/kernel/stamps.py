"""What says that a term is finished: see `evaluate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wlnet.kernel.declare import BUILTINS
from wlnet.kernel.structure import NOTHING, SEQUENCE, SPLICE
from wlnet.terms import Expression, S, Symbol, Term

if TYPE_CHECKING:
    from wlnet.kernel.state import State

#: The stamp of what no definition can ever change.
INERT = -1
#: In place of the stamp that arguments allow: a head held them.
HELD = 0

LIST, UNEVALUATED = S.List, S.Unevaluated


def owner_of(term: Term) -> Term:
    """Gives what up values of a term belong to: the innermost head of an expression, else the term itself."""
    while type(term) is Expression:
        term = term.head
    return term


def stamp_with(kernel: State, term: Expression, item: Term) -> int:
    """Gives the stamp of a finished list when a finished element comes into it: 0 where it must be looked at again."""
    firm = kernel.firm
    if type(item) is Expression:
        stamp = 0 if item.head in (SEQUENCE, SPLICE, UNEVALUATED) else item.stamp
    elif type(item) is not Symbol:
        stamp = INERT
    elif item is NOTHING or item in kernel.own:
        stamp = 0
    else:
        stamp = INERT if item in BUILTINS and item.name[0] != "$" else firm
    if stamp == INERT == term.stamp:
        return INERT
    if term.head is not LIST or term.stamp not in (INERT, firm) or stamp not in (INERT, firm):
        return 0
    owner = owner_of(item)
    if type(owner) is Symbol:
        if kernel.definitions[owner].up is not None:
            return 0
        kernel.relied.add(owner)
    return firm
