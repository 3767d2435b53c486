"""Powers and roots."""

from __future__ import annotations

import cmath
import math
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.arithmetic import split_coefficient
from wlnet.builtins.numbers.big import big_value
from wlnet.builtins.numbers.numbers import (
    checked,
    digits_beside,
    exact,
    is_explicit,
    is_inexact,
    is_machine,
    multiply_numbers,
    parts,
)
from wlnet.builtins.numbers.numerical import (
    COMPLEX_INFINITY,
    IMAGINARY_UNIT,
    INDETERMINATE,
    INFINITY,
    INT64_MAX,
    NUMERICAL,
    align,
    approximate,
    bound,
    finite,
    is_complex,
    is_infinite,
    is_integer_kind,
    is_numeric,
    machine,
    real,
)
from wlnet.builtins.numbers.roots import complex_root, root
from wlnet.kernel import Kernel, Message, builtin
from wlnet.kernel.declare import PAIRS
from wlnet.terms import BigReal, Expression, S, Term, is_head, is_number
from wlnet.terms import attributes as flags

#: Exact powers with more bits than this count as overflow.
BIT_LIMIT = 1 << 26


def power_pair(base: Any, exponent: Any) -> Term | None:
    """Gives a small positive integer power of a machine number, or None."""
    if type(exponent) is not int or not 0 < exponent <= 64 or not -INT64_MAX <= base <= INT64_MAX or not base:
        return None
    try:
        value = base**exponent
    except OverflowError:
        return None
    return value


PAIRS[S.Power] = power_pair


@builtin(
    "Power",
    category="Arithmetic",
    attributes=NUMERICAL | flags.ONE_IDENTITY,
    packed=True,
    messages={
        "infy": "Infinite expression `1` encountered.",
        "indet": "Indeterminate expression `1` encountered.",
    },
)
def power(kernel: Kernel, *terms: Term) -> Term | None:
    """Power[x, y], or x^y, gives x to the power y.

    Examples:
        >> 2^10
        = 1024
        >> {1., 2., 3.}^2
        = {1., 4., 9.}
        >> (x^2)^3
        = x^6
        >> {Sqrt[Sqrt[x]], Sqrt[Pi^2], Sqrt[x^2], Sqrt[I], Sqrt[4 x]}
        = {x^(1/4), Pi, Sqrt[x^2], (-1)^(1/4), 2 Sqrt[x]}
    Possible issues:
        >> 0^-1
        message: Power::infy
        printed: ComplexInfinity
        >> 0^0
        message: Power::indet
        = Indeterminate
    """
    if len(terms) != 2:
        if not terms:
            return 1
        return terms[0] if len(terms) == 1 else fold_right(terms)
    base, exponent = terms
    if type(base) is np.ndarray or type(exponent) is np.ndarray:
        return power_packed(base, exponent)
    if is_number(base) and is_number(exponent):
        return power_numbers(kernel, base, exponent)
    if type(exponent) is int and exponent == 1:
        return base
    return power_special(kernel, base, exponent)


def fold_right(terms: tuple[Term, ...]) -> Term:
    value = terms[-1]
    for term in reversed(terms[:-1]):
        value = Expression(S.Power, (term, value))
    return value


def power_packed(base: Term, exponent: Term) -> Term | None:
    """Gives the elementwise power, or None where an element leaves the machine numbers of its kind."""
    items = align((base, exponent))
    if items is None:
        return None
    base, exponent = items
    if all(map(is_integer_kind, items)):
        top = int(np.max(exponent))
        if int(np.min(exponent)) < 1 or max(bound(base), 1).bit_length() * top > 63:
            return None
        return finite(np.power(base, exponent))
    if type(exponent) is int and exponent == 2 and base.dtype == np.float64:
        with np.errstate(all="ignore"):
            return finite(np.square(base))
    if not any(getattr(item, "dtype", None) == np.complex128 or type(item) is complex for item in items):
        whole = np.equal(np.mod(exponent, 1), 0).all()
        if not whole and np.min(base) < 0:
            return None
    with np.errstate(all="ignore"):
        result = np.power(np.asarray(base) * 1.0, exponent)
    return None if np.any(np.equal(base, 0)) and np.min(np.real(exponent)) <= 0 else finite(result)


def power_numbers(kernel: Kernel, base: Any, exponent: Any) -> Term | None:
    """Gives a power of two simple numbers."""
    if not base and type(base) is not complex:
        return power_of_zero(kernel, base, exponent)
    if type(exponent) is int and not is_inexact(base):
        return power_exact(kernel, base, exponent)
    if is_inexact(base) or is_inexact(exponent):
        return power_inexact(kernel, base, exponent)
    if base == 1:
        return 1
    return root(base, exponent)


def power_of_zero(kernel: Kernel, base: Any, exponent: Any) -> Term:
    term = Expression(S.Power, (base, exponent))
    size = exponent.real
    if size > 0:
        return real(0) if is_inexact(base) or is_inexact(exponent) else 0
    if size == 0:
        raise Message("indet", term, symbol="Power", result=INDETERMINATE)
    raise Message("infy", term, symbol="Power", result=COMPLEX_INFINITY)


def power_exact(kernel: Kernel, base: int | Fraction, exponent: int) -> Term:
    size = max(abs(base.numerator), base.denominator).bit_length() if base not in (1, -1) else 0
    if size * abs(exponent) > BIT_LIMIT:
        return checked(kernel, math.inf)
    return exact(Fraction(base) ** exponent) if exponent < 0 or type(base) is Fraction else base**exponent


def power_inexact(kernel: Kernel, base: Any, exponent: Any) -> Term | None:
    if not is_machine(base) and not is_machine(exponent):
        return base**exponent if type(exponent) is int and type(base) is BigReal else big_value("power", base, exponent)
    base, exponent = (x if type(x) in (complex, int) else real(x) for x in (base, exponent))
    try:
        value = base**exponent
    except OverflowError:
        value = math.inf
    except ZeroDivisionError:
        value = math.nan
    return checked(kernel, real(value) if type(value) is int else value)


def power_special(kernel: Kernel, base: Term, exponent: Term) -> Term | None:
    """Gives a power in which something is no simple number, or None where it stays."""
    if base is INDETERMINATE or exponent is INDETERMINATE:
        return INDETERMINATE
    if is_infinite(base) or is_infinite(exponent):
        return power_infinite(base, exponent)
    if type(exponent) is int and exponent == 0:
        return 1
    if type(base) is int and base == 1:
        return 1
    if is_inexact(base) or is_inexact(exponent):
        return power_of_numeric(kernel, base, exponent)
    if base is S.E:
        return power_of_e(exponent)
    if type(exponent) is int:
        return integer_power(base, exponent)
    return rational_power(kernel, base, exponent) if type(exponent) is Fraction else None


def rational_power(kernel: Kernel, base: Term, exponent: Fraction) -> Term | None:
    """Gives a rational power of a complex number, a product with a positive number, or a power."""
    if base == IMAGINARY_UNIT:
        return Expression(S.Power, (-1, exponent / 2))
    if is_complex(base):
        inside = complex_root(*base.args) if exponent.denominator == 2 else None
        return None if inside is None else Expression(S.Power, (inside, exponent.numerator))
    if is_head(base, S.Times) and not is_numeric(kernel, base):
        if type(base.args[0]) not in (int, Fraction) or base.args[0] < 0:
            return None
        factors = (base.args[0], Expression(S.Times, base.args[1:]))
        return Expression(S.Times, tuple(Expression(S.Power, (factor, exponent)) for factor in factors))
    if not is_head(base, S.Power, 2) or type(base.args[1]) not in (int, Fraction):
        return None
    inner, first = base.args
    # Of a first power between -1 and 1 the angle is less than Pi, so that the second one does not go round the origin.
    is_positive = inner in (S.E, S.Pi) or (type(inner) in (int, Fraction) and inner > 0)
    return Expression(S.Power, (inner, exact(first * exponent))) if is_positive or -1 < first < 1 else None


def power_of_e(exponent: Term) -> Term | None:
    """Gives E to a multiple of a logarithm, or of I Pi."""
    factor, rest = split_coefficient(exponent)
    if is_head(rest, S.Log, 1) and type(factor) in (int, Fraction):
        return Expression(S.Power, (rest.args[0], factor))
    if rest is not S.Pi or not is_complex(factor) or factor.args[0] != 0 or type(factor.args[1]) not in (int, Fraction):
        return None
    turns = Fraction(factor.args[1])
    least = 1 - (1 - turns) % 2
    if least.denominator <= 2:
        return {0: 1, 1: IMAGINARY_UNIT, 2: -1, -1: Expression(S.Complex, (0, -1))}[int(2 * least)]
    if least == turns:
        return None
    return Expression(S.Power, (S.E, Expression(S.Times, (Expression(S.Complex, (0, least)), S.Pi))))


def integer_power(base: Term, exponent: int) -> Term | None:
    """Gives an integer power of a power, a product or an exact complex number."""
    if is_head(base, S.Power, 2):
        return Expression(S.Power, (base.args[0], Expression(S.Times, (base.args[1], exponent))))
    if is_head(base, S.Times):
        return Expression(S.Times, tuple(Expression(S.Power, (factor, exponent)) for factor in base.args))
    if not is_explicit(base) or abs(exponent) > 1000:
        return None
    value: Term = 1
    for _ in range(abs(exponent)):
        value = multiply_numbers(value, base)
    if exponent > 0:
        return value
    re, im = parts(value)
    scale = Fraction(re * re + im * im)
    return Expression(S.Complex, (exact(Fraction(re) / scale), exact(-Fraction(im) / scale)))


def power_of_numeric(kernel: Kernel, base: Term, exponent: Term) -> Term | None:
    """Gives a power in which one part is a machine number and the other numeric."""
    if not (is_numeric(kernel, base) and is_numeric(kernel, exponent)):
        return None
    if not any(map(is_inexact, (base, exponent))):
        return None
    if base is S.E and is_machine(exponent):
        try:
            value = cmath.exp(exponent) if type(exponent) is complex else math.exp(exponent)
        except OverflowError:
            value = math.inf
        return checked(kernel, value)
    if not is_machine(base) and not is_machine(exponent):
        digits = digits_beside(base if is_inexact(base) else exponent)
        a, b = (
            term if is_explicit(term) else kernel.evaluate(approximate(kernel, term, digits))
            for term in (base, exponent)
        )
        return power_inexact(kernel, a, b) if is_explicit(a) and is_explicit(b) else None
    a, b = (term if type(term) is int else machine(kernel, term) for term in (base, exponent))
    return None if a is None or b is None else power_numbers(kernel, a, b)


def power_infinite(base: Term, exponent: Term) -> Term | None:
    """Gives powers of, or to, infinity."""
    if is_infinite(exponent):
        if exponent.args not in ((1,), (-1,)):
            return INDETERMINATE if not exponent.args else None
        grows = base is S.E or base is S.Pi or (is_number(base) and type(base) is not complex and base > 1)
        shrinks = is_number(base) and type(base) is not complex and 0 < base < 1
        if not grows and not shrinks:
            return INFINITY if is_infinite(base) and base.args == exponent.args == (1,) else INDETERMINATE
        return INFINITY if grows == (exponent.args == (1,)) else 0
    if not is_number(exponent) or type(exponent) is complex:
        return None
    if exponent == 0:
        raise Message("indet", Expression(S.Power, (base, exponent)), symbol="Power", result=INDETERMINATE)
    if exponent < 0:
        return 0
    if base.args == (-1,) and type(exponent) is int:
        return Expression(S.DirectedInfinity, (1 if exponent % 2 == 0 else -1,))
    return base if base.args in ((), (1,)) else None
