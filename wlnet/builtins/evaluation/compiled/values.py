"""What compiled terms compute with: numbers, texts, True, False, Null, packed lists, lists, rules and associations of such."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.kernel.evaluate import PACK_FROM
from wlnet.terms import FALSE, INERT, NULL, TRUE, Association, Expression, S, Symbol, Term, is_head, is_number, to_list

NUMBERS = frozenset({int, float, Fraction, complex})
LIST, RULE = S.List, S.Rule
CONSTANTS = frozenset({TRUE, FALSE, NULL})
#: Types of which every term is a value.
ATOMS = NUMBERS | {str, np.ndarray}


class Leave(Exception):
    """The evaluator must do this step."""


#: A variable that was given no value before it is read has no place in `env`.
LEFT = (Leave, KeyError)


def is_value(term: Term) -> bool:
    """Tells whether a term is one that compiled code may hold. What is made of others is then marked as finished."""
    kind = type(term)
    if kind in ATOMS:
        return True
    if kind is Expression:
        head = term.head
        if head is not LIST and (head is not RULE or len(term.args) != 2):
            return is_exact_complex(term)
        if term.stamp != INERT and all(map(is_value, term.args)):
            term.stamp = INERT
        return bool(term.stamp == INERT)
    if kind is Symbol:
        return term in CONSTANTS
    if kind is not Association or term.delayed:
        return False
    if term.stamp != INERT and all(is_value(name) and is_value(value) for name, value in term.items()):
        term.stamp = INERT
    return bool(term.stamp == INERT)


def is_exact_complex(term: Term) -> bool:
    """Tells whether a term is a number such as 2 + I."""
    return is_head(term, S.Complex, 2) and all(map(is_number, term.args))


def required(term: Term) -> Term:
    """Gives a term that is a value; raises Leave for another."""
    if type(term) in ATOMS or is_value(term):
        return term
    raise Leave


def list_of_values(items: Sequence[Term]) -> Term:
    """Gives the list of values: a short one as it is, since packing costs more than it saves there."""
    if len(items) >= PACK_FROM or (items and type(items[0]) is np.ndarray):
        made = to_list(items)
        if type(made) is not Expression:
            return made
    else:
        made = Expression(S.List, tuple(items))
    made.stamp = INERT
    return made


def items_of(term: Term) -> Sequence[Term]:
    """Gives the elements of a list; raises Leave for what is none."""
    if type(term) is np.ndarray:
        return term.tolist() if term.ndim == 1 else tuple(term)
    if type(term) is Expression and term.head is S.List:
        return tuple(map(required, term.args))
    raise Leave


def frozen(held: Any) -> Term:
    """Gives what a variable holds as a value, which nothing changes from now on."""
    if type(held) is list:
        return list_of_values(held)
    if type(held) is dict:
        return Association.from_entries(dict(held))
    if type(held) is np.ndarray and held.flags.writeable:
        held.setflags(write=False)
    return held
