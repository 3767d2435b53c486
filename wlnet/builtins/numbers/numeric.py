"""Numbers as terms: numerical values, precision, and the heads Rational, Complex and DirectedInfinity."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from wlnet.builtins.numbers.numbers import exact, from_parts
from wlnet.builtins.numbers.numerical import (
    COMPLEX_INFINITY,
    INDETERMINATE,
    machine_real,
)
from wlnet.builtins.numbers.signs import is_real
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import BigReal, Expression, S, Term, elements, truth


@constant("Integer", category="Numbers")
def integer_head() -> None:
    """Integer is the head of whole numbers.

    Examples:
        >> MatchQ[5, _Integer]
        = True
    """


@constant("Real", category="Numbers")
def real_head() -> None:
    """Real is the head of machine numbers.

    Examples:
        >> MatchQ[5., _Real]
        = True
    """


@builtin("MachineNumberQ", category="Numbers")
def machine_number_q(kernel: Kernel, x: Term) -> Term:
    """MachineNumberQ[x] gives True if x is a machine number, real or complex.

    Examples:
        >> {MachineNumberQ[1.5], MachineNumberQ[1]}
        = {True, False}
    """
    return truth(type(x) is float or type(x) is complex)


@builtin("Rational", category="Numbers", messages={"infy": "Infinite expression `1` encountered."})
def rational(kernel: Kernel, n: Term, d: Term) -> Term | None:
    """Rational is the head of fractions; Rational[n, d] gives the fraction n/d.

    Examples:
        >> Rational[6, 4]
        printed: 3/2
        >> Head[3/2]
        = Rational
        >> {1/2, 3, x/4} /. Rational[p_, q_] :> {p, q}
        = {{1, 2}, 3, {x, 4 x}}
    Possible issues:
        >> Rational[1, 0]
        message: Rational::infy
        printed: ComplexInfinity
    """
    if type(n) is not int or type(d) is not int:
        return None
    if d == 0:
        raise Message("infy", Expression(S.Rational, (n, d)), result=COMPLEX_INFINITY)
    return exact(Fraction(n, d))


@builtin("Complex", category="Numbers")
def complex_number(kernel: Kernel, re: Term, im: Term) -> Term | None:
    """Complex is the head of complex numbers; Complex[x, y] gives x + I y.

    Examples:
        >> Complex[1, 2]*Complex[1, -2]
        = 5
        >> Re[Complex[1.5, 2.]]
        = 1.5
        >> {1 + 2 I, 3, 2.5 I} /. Complex[x_, y_] :> {x, y}
        = {{1, 2}, 3, {0., 2.5}}
    """
    if not is_real(re) or not is_real(im):
        return None
    if (type(im) is int and im == 0) or type(re) is float or type(im) is float:
        return from_parts(re, im)
    return None


@builtin("DirectedInfinity", category="Numbers")
def directed_infinity(kernel: Kernel, direction: Term = None) -> Term | None:
    """DirectedInfinity[z] is an infinite quantity in the direction of z; DirectedInfinity[] has none.

    Examples:
        >> DirectedInfinity[5]
        printed: Infinity
        >> -2 Infinity
        printed: -Infinity
    """
    if direction is None or (type(direction) is int and direction in (1, -1)):
        return None
    if direction is INDETERMINATE:
        return INDETERMINATE
    value = machine_real(kernel, direction)
    if value is None:
        return None
    return COMPLEX_INFINITY if value == 0 else Expression(S.DirectedInfinity, (1 if value > 0 else -1,))


@builtin("Overflow", category="Numbers")
def overflow(kernel: Kernel) -> None:
    """Overflow[] stands for a number too large to be represented.

    Examples:
        >> 10.^400
        message: General::ovfl
        = Overflow[]
    """


@builtin("Rationalize", category="Numbers")
def rationalize(kernel: Kernel, x: Term, tolerance: Term = None) -> Term | None:
    """Rationalize[x] gives the fraction that a machine number stands for, where a simple one is near.
    Rationalize[x, dx] gives the simplest fraction within dx of x.
    In other expressions it takes the numbers one by one.

    Examples:
        >> Rationalize[0.75]
        printed: 3/4
        >> Rationalize[{1.5 x + 0.25, 2.5 + 0.5 I, Sqrt[2]}]
        = {1/4 + (3*x)/2, 5/2 + I/2, Sqrt[2]}
        >> Rationalize[3.14159, 0.01]
        printed: 22/7
    """
    if type(x) is np.ndarray and x.dtype.kind == "i":
        return x
    if type(x) in (int, Fraction):
        return x
    value = x if type(x) is float else None if tolerance is None else machine_real(kernel, x)
    value = machine_real(kernel, x) if type(x) is BigReal else value
    if value is None or not math.isfinite(value):
        return rationalized_parts(x, () if tolerance is None else (tolerance,))
    allowed = None if tolerance is None else machine_real(kernel, tolerance)
    if tolerance is None:
        near = Fraction(value).limit_denominator(10**6)
        return exact(near) if abs(float(near) - value) <= 1e-15 * max(1.0, abs(value)) else x
    if allowed is None or not 0 <= allowed < math.inf:
        return None
    return exact(simplest_within(Fraction(value), Fraction(allowed)))


def rationalized_parts(x: Term, rest: tuple[Term, ...]) -> Term:
    """Gives what is no real number with its parts rationalized; an atom is given back."""
    if type(x) is complex:
        x = Expression(S.Complex, (x.real, x.imag))
    if type(x) is not np.ndarray and type(x) is not Expression:
        return x
    head = x.head if type(x) is Expression else S.List
    return Expression(head, tuple(Expression(S.Rationalize, (part, *rest)) for part in elements(x)))


def simplest_within(x: Fraction, tolerance: Fraction) -> Fraction:
    """Gives the fraction of smallest denominator in [x - tolerance, x + tolerance] (Stern-Brocot)."""
    low, high = x - tolerance, x + tolerance
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -simplest_within(-x, tolerance)
    whole = math.ceil(low)
    if whole <= high:
        return Fraction(whole)
    floor = math.floor(low)
    a, b = 1 / (high - floor), 1 / (low - floor)
    return floor + 1 / simplest_within((a + b) / 2, (b - a) / 2)
