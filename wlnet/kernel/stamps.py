"""What says that a term is finished: see `evaluate`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wlnet.kernel.declare import BUILTINS
from wlnet.kernel.structure import NOTHING, SEQUENCE, SPLICE
from wlnet.terms import INERT, Association, Expression, S, Symbol, Term

if TYPE_CHECKING:
    from wlnet.kernel.state import State

#: In place of the stamp that arguments allow: a head held them.
HELD = 0

LIST, UNEVALUATED = S.List, S.Unevaluated


def owner_of(term: Term) -> Term:
    """Gives what up values of a term belong to: the innermost head of an expression, else the term itself."""
    while type(term) is Expression:
        term = term.head
    return term


def stamp_of(kernel: State, item: Term) -> int:
    """Gives the stamp of an evaluated element: 0 where it must be looked at again."""
    kind = type(item)
    if kind is Expression:
        return 0 if item.head in (SEQUENCE, SPLICE, UNEVALUATED) else item.stamp
    if kind is Association:
        return item.stamp
    if kind is not Symbol:
        return INERT
    if item is NOTHING or item in kernel.own:
        return 0
    if item in BUILTINS and item.name[0] != "$":
        return INERT
    kernel.relied.add(item)
    return kernel.firm


def joint_stamp(kernel: State, stamps: Iterable[int]) -> int:
    """Gives the stamp of what is made of parts with these stamps: 0 where it must be looked at again."""
    stamps = set(stamps)
    if stamps <= {INERT}:
        return INERT
    return kernel.firm if stamps <= {INERT, kernel.firm} else 0


def stamp_with(kernel: State, term: Expression, item: Term) -> int:
    """Gives the stamp of a finished list when an evaluated element comes into it: 0 where it must be looked at again."""
    stamp = joint_stamp(kernel, (term.stamp, stamp_of(kernel, item)))
    if stamp == INERT or stamp == 0:
        return stamp
    owner = owner_of(item)
    up = kernel.definitions[owner].up if type(owner) is Symbol else None
    if term.head is not LIST or (up is not None and up.may_apply(LIST)):
        return 0
    if type(owner) is Symbol:
        kernel.relied.add(owner)
    return stamp
