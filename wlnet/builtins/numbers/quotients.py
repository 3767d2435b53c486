"""Differences and quotients."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from wlnet.builtins.numbers.numbers import checked
from wlnet.builtins.numbers.numerical import (
    NUMERICAL,
    align,
    finite,
    is_integer_kind,
    real,
)
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Term


@builtin("Subtract", category="Arithmetic", attributes=NUMERICAL, packed=True)
def subtract(kernel: Kernel, x: Term, y: Term) -> Term:
    """Subtract[x, y], or x - y, is x + (-1) y.

    Examples:
        >> 7 - 4
        = 3
        >> Subtract[{3., 4.}, 1]
        = {2., 3.}
    """
    return Expression(S.Plus, (x, Expression(S.Times, (-1, y))))


@builtin("Minus", category="Arithmetic", attributes=NUMERICAL, packed=True)
def minus(kernel: Kernel, x: Term) -> Term:
    """Minus[x], or -x, is the negative of x.

    Examples:
        >> Minus[{1, 2}]
        = {-1, -2}
    """
    return Expression(S.Times, (-1, x))


@builtin("Divide", category="Arithmetic", attributes=NUMERICAL, packed=True)
def divide(kernel: Kernel, x: Term, y: Term) -> Term | None:
    """Divide[x, y], or x/y, is x times the reciprocal of y.

    Examples:
        >> Divide[6, 3]
        = 2
        >> {1., 2.}/4
        = {0.25, 0.5}
        >> 1/0
        message: Power::infy
        printed: ComplexInfinity
    """
    if type(y) is float and y and type(x) in (int, float, Fraction):
        return checked(kernel, real(x) / y)
    if type(x) is np.ndarray or type(y) is np.ndarray:
        quotient = divide_packed(x, y)
        if quotient is not None:
            return quotient
    return Expression(S.Times, (x, Expression(S.Power, (y, -1))))


def divide_packed(x: Term, y: Term) -> Term | None:
    items = align((x, y))
    if items is None or all(map(is_integer_kind, items)):
        return None
    with np.errstate(all="ignore"):
        return finite(np.asarray(items[0] / items[1]))
