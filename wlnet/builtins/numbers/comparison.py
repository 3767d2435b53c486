"""Equality and order of values, and tests of sign."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numbers import is_explicit, is_machine, parts
from wlnet.builtins.numbers.numerical import (
    closely,
    dimensions,
    is_array,
    is_infinite,
    is_numeric,
    machine,
    machine_real,
    packed,
)
from wlnet.kernel import Kernel, builtin
from wlnet.kernel.declare import PAIRS
from wlnet.terms import FALSE, TRUE, Association, BigReal, Expression, S, Symbol, Term, elements, is_number, same, truth
from wlnet.terms import attributes as flags
from wlnet.terms.packed import unpack_booleans

#: With how many digits it is tried to tell two exact quantities apart.
CLOSE_DIGITS = (40, 200)
#: Machine numbers are equal when they differ in their last seven binary digits only.
TOLERANCE = 2.0**-46


def are_equal(kernel: Kernel, a: Term, b: Term) -> bool | None:
    """Tells whether two terms have the same value; None where that is not known."""
    kind_a, kind_b = type(a), type(b)
    if kind_a is kind_b:
        if kind_a is int or kind_a is str or kind_a is Fraction:
            return a == b
        if kind_a is np.ndarray:
            return equal_arrays(a, b)
        if a is b:
            return True
    if is_explicit(a) and is_explicit(b):
        return equal_numbers(a, b)
    if is_array(a) and is_array(b):
        return equal_lists(kernel, a, b)
    if same(a, b):
        return True
    if is_raw(a) and is_raw(b):
        return False
    if kind_a is Association and kind_b is Association:
        return False
    if is_infinite(a) or is_infinite(b):
        return False if all(is_infinite(each) or is_numeric(kernel, each) for each in (a, b)) else None
    if is_numeric(kernel, a) and is_numeric(kernel, b):
        x, y = machine(kernel, a), machine(kernel, b)
        if x is None or y is None or not equal_numbers(x, y) or is_machine(a) or is_machine(b):
            return None if x is None or y is None else equal_numbers(x, y)
        return difference_sign(kernel, a, b) == 0
    return None


def difference_sign(kernel: Kernel, a: Term, b: Term) -> int:
    """Gives the sign of a - b where machine numbers cannot tell; 0 where two hundred digits cannot tell either."""
    difference = Expression(S.Plus, (a, Expression(S.Times, (-1, b))))
    for digits in CLOSE_DIGITS:
        value = closely(kernel, difference, digits)
        if value is None:
            return 0 if abs(machine(kernel, difference) or 0.0) < 1e-13 else 1
        if value:
            return 1 if value > 0 else -1
    return 0


def is_raw(term: Term) -> bool:
    """Tells whether a term is a number, a string, True or False: two different ones are never equal."""
    return type(term) is str or is_explicit(term) or term is TRUE or term is FALSE


def equal_numbers(a: Term, b: Term) -> bool:
    if (type(a) is float and type(b) is float) or type(a) is complex or type(b) is complex:
        a, b = complex(*parts(a)), complex(*parts(b))
    elif type(a) is BigReal or type(b) is BigReal:
        return not a - b if type(a) is not float and type(b) is not float else equal_numbers(float(a), float(b))
    elif type(a) is Expression or type(b) is Expression:
        return parts(a) == parts(b)
    elif type(a) is not float and type(b) is not float:
        return a == b
    else:
        try:
            a, b = float(a), float(b)
        except OverflowError:
            return False
    return a == b or abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def equal_arrays(a: np.ndarray, b: np.ndarray) -> bool:
    if a.shape != b.shape:
        return False
    if a.dtype.kind == b.dtype.kind == "i":
        return bool(np.array_equal(a, b))
    with np.errstate(all="ignore"):
        return bool(np.all((a == b) | (np.abs(a - b) <= TOLERANCE * np.maximum(np.abs(a), np.abs(b)))))


def equal_lists(kernel: Kernel, a: Term, b: Term) -> bool | None:
    first, second = packed(a), packed(b)
    if first is not None and second is not None:
        return equal_arrays(first, second)
    if dimensions(a, 1) != dimensions(b, 1):
        return False
    found = [are_equal(kernel, x, y) for x, y in zip(elements(a), elements(b), strict=True)]
    return False if False in found else None if None in found else True


def clearly_differ(a: Any, b: Any) -> bool:
    """Tells whether two machine numbers differ by more than their last few digits."""
    try:
        return abs(a - b) > TOLERANCE * (abs(a) + abs(b))
    except OverflowError:
        return False


def equal_pair(a: Any, b: Any) -> Term | None:
    return FALSE if clearly_differ(a, b) else TRUE if a == b else None


def unequal_pair(a: Any, b: Any) -> Term | None:
    return TRUE if clearly_differ(a, b) else FALSE if a == b else None


PAIRS[S.Equal] = equal_pair
PAIRS[S.Unequal] = unequal_pair


@builtin("Equal", category="Comparison")
def equal(kernel: Kernel, *terms: Term) -> Term | None:
    """Equal[x, y], or x == y, gives True if x and y are equal in value.

    Details: Machine numbers are equal when they differ in their last seven binary digits only.

    Examples:
        >> 1 == 1.
        = True
        >> {1, 2} == {1, 3}
        = False
        >> x == y
        = x == y
        >> {Infinity == 2, Infinity == Infinity}
        = {False, True}
        >> 0.1 + 0.2 == 0.3
        = True
        >> {0 == -Infinity, Infinity == -Infinity, Infinity == Infinity, x == Infinity}
        = {False, False, True, x == Infinity}
    """
    found = [are_equal(kernel, a, b) for a, b in pairwise(terms)]
    return FALSE if False in found else None if None in found else TRUE


@builtin("Unequal", category="Comparison")
def unequal(kernel: Kernel, *terms: Term) -> Term | None:
    """Unequal[x, y], or x != y, gives True if x and y differ in value.

    Examples:
        >> 1 != 2
        = True
        >> Unequal[1, 2, 1]
        = False
    """
    found = [are_equal(kernel, a, b) for i, a in enumerate(terms) for b in terms[i + 1 :]]
    return FALSE if True in found else None if None in found else TRUE


# Order

ORDERS: dict[Symbol, Callable[[Any, Any], bool]] = {
    S.Less: operator.lt,
    S.LessEqual: operator.le,
    S.Greater: operator.gt,
    S.GreaterEqual: operator.ge,
}
RELATIONS = frozenset({*ORDERS, S.Equal, S.Unequal})
STRICT = frozenset({S.Less, S.Greater})


def in_order(kernel: Kernel, relation: Symbol, a: Term, b: Term) -> bool | None:
    """Tells whether two real values stand in a relation; None where they are no real numbers."""
    kind_a, kind_b = type(a), type(b)
    if (kind_a is int or kind_a is Fraction) and (kind_b is int or kind_b is Fraction):
        return ORDERS[relation](a, b)
    x, y = machine_real(kernel, a), machine_real(kernel, b)
    if x is None or y is None or x != x or y != y:
        return None
    if abs(x - y) <= TOLERANCE * max(abs(x), abs(y)) < math.inf:
        if kind_a is not float and kind_b is not float:
            return ORDERS[relation](difference_sign(kernel, a, b), 0)
        return ORDERS[relation](x, y) if x == y else relation not in STRICT
    return ORDERS[relation](x, y)


def chain(kernel: Kernel, relations: Iterable[Term], terms: tuple[Term, ...]) -> Term | None:
    """Gives the truth of a chain of relations between neighbors."""
    known = True
    for relation, a, b in zip(relations, terms, terms[1:], strict=False):
        if type(relation) is Symbol and relation in ORDERS:
            found = in_order(kernel, relation, a, b)
        else:
            found = are_equal(kernel, a, b)
            found = found if relation is S.Equal or found is None else not found
        if found is False:
            return FALSE
        known = known and found is True
    return TRUE if known else None


def declare_order(relation: Symbol, sign: str, gives: str, example: tuple[str, str]) -> None:
    name = relation.name
    order = ORDERS[relation]

    def pair(a: Any, b: Any) -> Term | None:
        return truth(order(a, b)) if clearly_differ(a, b) or type(a) is type(b) is int else None

    def function(kernel: Kernel, *terms: Term) -> Term | None:
        return chain(kernel, [relation] * (len(terms) - 1), terms)

    function.__doc__ = (
        f"{name}[x, y], or x {sign} y, gives True if {gives}.\n\nExamples:\n>> {example[0]}\n= {example[1]}\n"
    )
    builtin(name, category="Comparison")(function)
    PAIRS[relation] = pair


declare_order(S.Less, "<", "x is less than y", ("1 < 2 < 3.5", "True"))
declare_order(S.LessEqual, "<=", "x is at most y", ("2 <= 2.", "True"))
declare_order(S.Greater, ">", "x is greater than y", ("Pi > 3", "True"))
declare_order(S.GreaterEqual, ">=", "x is at least y", ("{2 >= 3, 3 >= 3}", "{False, True}"))


@builtin("Inequality", category="Comparison")
def inequality(kernel: Kernel, *terms: Term) -> Term | None:
    """Inequality[x, op1, y, op2, z, …] is a chain of different relations, such as x < y <= z.

    Examples:
        >> 1 < 2 <= 2
        = True
        >> Inequality[3, Less, 2, LessEqual, 5]
        = False
    """
    relations, values = terms[1::2], terms[::2]
    if len(terms) % 2 == 0 or any(type(r) is not Symbol or r not in RELATIONS for r in relations):
        return None
    return chain(kernel, relations, values)


@builtin("Between", category="Comparison", curried="first")
def between(kernel: Kernel, x: Term, limits: Term) -> Term | None:
    """Between[x, {min, max}] gives True if x lies from min to max.
    Between[range][x] is the same as an operator.

    Examples:
        >> Between[2.5, {1, 3}]
        = True
        >> Between[{1, 3}][4]
        = False
    """
    ends = elements(limits) if is_array(limits) else ()
    if len(ends) == 2 and not is_array(ends[0]):
        return chain(kernel, (S.LessEqual, S.LessEqual), (ends[0], x, ends[1]))
    return None


# Signs


def declare_sign(name: str, gives: str, example: tuple[str, str], relation: Symbol) -> None:
    order = ORDERS[relation]

    def function(kernel: Kernel, x: Term) -> Term | None:
        if type(x) is np.ndarray:
            return None if x.dtype.kind == "c" else unpack_booleans(np.asarray(order(x, 0)))
        if is_number(x):
            return FALSE if type(x) is complex else truth(order(x, 0))
        value = machine_real(kernel, x)
        return None if value is None else truth(order(value, 0.0))

    function.__doc__ = f"{name}[x] gives True if x is {gives}.\n\nExamples:\n>> {example[0]}\n= {example[1]}\n"
    builtin(name, category="Comparison", attributes=flags.LISTABLE, packed=True)(function)


declare_sign("Positive", "a positive number", ("Positive[{-1, 0, 2.5}]", "{False, False, True}"), S.Greater)
declare_sign("Negative", "a negative number", ("Negative[{-1, 0, 2.5}]", "{True, False, False}"), S.Less)
declare_sign("NonNegative", "a number not below 0", ("NonNegative[{-1, 0, x}]", "{False, True, NonNegative[x]}"),
             S.GreaterEqual)  # fmt: skip
declare_sign("NonPositive", "a number not above 0", ("NonPositive[{-1, 0, Pi}]", "{True, True, False}"), S.LessEqual)


@builtin("PossibleZeroQ", category="Comparison", attributes=flags.LISTABLE)
def possible_zero_q(kernel: Kernel, x: Term) -> Term:
    """PossibleZeroQ[x] gives True if x is zero in value, as far as a numerical test can tell.

    Examples:
        >> PossibleZeroQ[{0, 0., 1, Sin[2]^2 + Cos[2]^2 - 1}]
        = {True, True, False, True}
        >> PossibleZeroQ[x]
        = False
    """
    if is_explicit(x):
        return truth(parts(x) in ((0, 0), (0.0, 0), (0.0, 0.0)))
    value = machine(kernel, x) if is_numeric(kernel, x) else None
    return truth(value is not None and abs(value) < 1e-13)
