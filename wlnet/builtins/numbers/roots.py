"""Exact roots in lowest form, and the functions that take roots."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction

import numpy as np

from wlnet.builtins.numbers.arithmetic import joined
from wlnet.builtins.numbers.big import big_value
from wlnet.builtins.numbers.numbers import exact
from wlnet.builtins.numbers.numerical import (
    IMAGINARY_UNIT,
    INDETERMINATE,
    NUMERICAL,
    finite,
)
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import BigReal, Expression, S, Term, is_number

#: Trial division looks for prime factors up to this one.
TRIAL_LIMIT = 10_000


def root(base: int | Fraction, exponent: Fraction) -> Term | None:
    """Gives an exact fractional power in lowest form, or None where it is in lowest form already."""
    if type(base) is Fraction:
        factors: list[Term] = [
            Expression(S.Power, (base.numerator, exponent)),
            Expression(S.Power, (base.denominator, -exponent)),
        ]
        return Expression(S.Times, tuple(factors))
    base = int(base)
    if base < 0:
        rest = Expression(S.Power, (-base, exponent))
        if exponent.denominator == 2:
            turns = exponent.numerator % 4
            return Expression(S.Times, (IMAGINARY_UNIT if turns == 1 else negated_unit(), rest))
        if base == -1:
            inside = exponent - 2 * math.floor(exponent / 2)
            inside = inside if inside <= 1 else inside - 2
            return None if inside == exponent else Expression(S.Power, (-1, inside))
        return Expression(S.Times, (Expression(S.Power, (-1, exponent)), rest))
    outside = Fraction(1)
    inside_of: dict[Fraction, int] = defaultdict(lambda: 1)
    for prime, times in factored(base, exponent.denominator).items():
        whole = math.trunc(times * exponent)
        outside *= Fraction(prime) ** whole
        inside_of[times * exponent - whole] *= prime
    powers: list[Term] = [Expression(S.Power, (inside, e)) for e, inside in inside_of.items() if e and inside != 1]
    if outside == 1 and len(powers) == 1 and powers[0].args == (base, exponent):
        return None
    return joined(S.Times, ([] if outside == 1 else [exact(outside)]) + powers, 1)


def negated_unit() -> Term:
    return Expression(S.Complex, (0, -1))


def factored(number: int, degree: int) -> dict[int, int]:
    """Gives factor → multiplicity: primes up to TRIAL_LIMIT, and what remains (its root of `degree` where exact)."""
    found: dict[int, int] = {}
    divisor = 2
    while divisor * divisor <= number and divisor < TRIAL_LIMIT:
        while number % divisor == 0:
            found[divisor] = found.get(divisor, 0) + 1
            number //= divisor
        divisor += 1 if divisor == 2 else 2
    if number > 1:
        whole = integer_root(number, degree)
        if whole is not None:
            found[whole] = found.get(whole, 0) + degree
        else:
            found[number] = found.get(number, 0) + 1
    return found


def integer_root(number: int, degree: int) -> int | None:
    """Gives the integer whose `degree`-th power is `number`, or None."""
    if degree == 2:
        low = math.isqrt(number)
        return low if low * low == number else None
    if number.bit_length() <= degree:
        return None
    low, high = 1, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < number:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == number else None


def complex_root(re: int | Fraction, im: int | Fraction) -> Term | None:
    """Gives the exact square root of a complex number, or None where its parts are not rational."""
    size = rational_root(Fraction(re) ** 2 + Fraction(im) ** 2)
    if size is None:
        return None
    x, y = rational_root((size + re) / 2), rational_root((size - re) / 2)
    return None if x is None or y is None else Expression(S.Complex, (exact(x), exact(y if im > 0 else -y)))


def rational_root(number: Fraction) -> Fraction | None:
    """Gives the rational square root of a number, or None."""
    top, bottom = integer_root(number.numerator, 2), integer_root(number.denominator, 2)
    return None if top is None or bottom is None else Fraction(top, bottom)


@builtin("Sqrt", category="Arithmetic", attributes=NUMERICAL, packed=True)
def square_root(kernel: Kernel, x: Term) -> Term | None:
    """Sqrt[x] gives the square root of x.

    Examples:
        >> Sqrt[16]
        = 4
        >> Sqrt[2.25]
        = 1.5
        >> Sqrt[12]
        = 2 Sqrt[3]
        >> {Sqrt[-4], Sqrt[3 + 4 I], Sqrt[1 + I]}
        = {2 I, 2 + I, Sqrt[1 + I]}
    """
    if type(x) is float and x >= 0:
        return math.sqrt(x)
    if type(x) is np.ndarray:
        return finite(np.sqrt(x)) if x.dtype == np.float64 and x.min() >= 0 else None
    if type(x) is float:
        return complex(0.0, math.sqrt(-x)) if x == x else INDETERMINATE
    return Expression(S.Power, (x, Fraction(1, 2)))


@builtin("CubeRoot", category="Arithmetic", attributes=NUMERICAL, packed=True)
def cube_root(kernel: Kernel, x: Term) -> Term | None:
    """CubeRoot[x] gives the real cube root of a real x.

    Examples:
        >> CubeRoot[-27]
        = -3
        >> CubeRoot[{8., -1.}]
        = {2., -1.}
    """
    if type(x) is np.ndarray:
        return finite(np.cbrt(x)) if x.dtype == np.float64 else None
    return Expression(S.Surd, (x, 3)) if is_number(x) else None


@builtin(
    "Surd",
    category="Arithmetic",
    attributes=NUMERICAL,
    messages={"noneg": "Even root `1` of a negative number `2`.", "indet": "Indeterminate expression `1` encountered."},
)
def surd(kernel: Kernel, x: Term, n: Term) -> Term | None:
    """Surd[x, n] gives the real n-th root of x.

    Examples:
        >> Surd[-8, 3]
        = -2
        >> Surd[32., 5]
        = 2.
    Possible issues:
        >> Surd[-4, 2]
        message: Surd::noneg
        = Indeterminate
        >> Surd[0, 0]
        message: Surd::indet
        = Indeterminate
    """
    if type(n) is not int or not is_number(x) or type(x) is complex:
        return None
    if n == 0:
        raise Message("indet", Expression(S.Surd, (x, n)), result=INDETERMINATE)
    if x < 0 and n % 2 == 0:
        raise Message("noneg", n, x, result=INDETERMINATE)
    sign = -1 if x < 0 else 1
    if type(x) is BigReal:
        return big_value(lambda work, z: sign * work.root(abs(z), n), x)
    if type(x) is float:
        if n == 3:
            return math.cbrt(x)
        return Expression(S.Times, (sign, Expression(S.Power, (abs(x), 1.0 / n))))
    return Expression(S.Times, (sign, Expression(S.Power, (abs(x), Fraction(1, n)))))
