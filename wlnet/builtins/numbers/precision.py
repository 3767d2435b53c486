"""How many digits of a number are known, and how many are wanted: N, Precision, Accuracy, SetPrecision, SetAccuracy."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from wlnet.builtins.numbers.big import digits_known, is_big
from wlnet.builtins.numbers.numbers import exact, is_explicit, is_machine, parts
from wlnet.builtins.numbers.numerical import INFINITY, approximate, is_infinity, machine_real
from wlnet.builtins.numbers.numerical_values import with_numerical_values
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import BigReal, Expression, S, Term, is_number, unpack
from wlnet.terms.big_real import size

MACHINE_DIGITS = 53 * math.log10(2)
#: More digits than these would take minutes.
DIGITS_LIMIT = 1_000_000
#: Digits by which the work is longer than the result: the first, and what cancellation may cost.
SPARE_DIGITS = (10, 60)
WANTED = "The number of digits `1` is not a number up to a million, Infinity or MachinePrecision."


def digits_wanted(kernel: Kernel, digits: Term) -> float | None:
    """Gives a wanted number of digits, None for that of machine numbers; a message for anything else."""
    if digits is None or digits is S.MachinePrecision:
        return None
    found = machine_real(kernel, digits)
    if found is None or not abs(found) <= DIGITS_LIMIT:
        raise Message("precbd", digits)
    return found


@builtin(
    "N",
    category="Numbers",
    messages={
        "precbd": WANTED,
        "meprec": "Not all of the `1` digits of `2` that were asked for could be found; fewer are given.",
    },
)
def numerical_value(kernel: Kernel, expression: Term, digits: Term = None) -> Term:
    """N[expr] gives the numerical value of expr.
    N[expr, n] gives it with n digits of precision; machine numbers have about 16.

    Details: Machine numbers in expr stay machine numbers, and numbers known to fewer than n digits are known to no more.

    Examples:
        >> N[Pi]
        = 3.141592654
        >> N[{1, x, Sqrt[2]}]
        = {1., x, 1.414213562}
        >> N[half[x_]] := x/2; {half[3], N[1 + half[3]]}
        = {half[3], 2.5}
        >> N[Pi, 40]
        printed: 3.141592653589793238462643383279502884197
        >> N[{1/7, Sin[1], 2^(1/3)}, 20]
        printed: {0.14285714285714285714, 0.84147098480789650665, 1.2599210498948731648}
    Possible issues:
        >> N[Pi, x]
        message: N::precbd
        = N[Pi, x]
        >> N[Sin[1]^2 + Cos[1]^2 - 1, 20] == 0
        message: N::meprec
        = True
    """
    wanted = digits_wanted(kernel, digits)
    expression = with_numerical_values(kernel, expression, digits)
    if wanted is None:
        return approximate(kernel, kernel.evaluate(approximate(kernel, expression)))
    wanted = max(wanted, 1.0)
    least = min((part.precision for part in reals_in(expression)), default=math.inf)
    for spare in SPARE_DIGITS:
        value = kernel.evaluate(approximate(kernel, expression, wanted + spare))
        value = kernel.evaluate(approximate(kernel, value, wanted + spare))
        found = min((precision_of(number) for number in numbers_in(value) if is_big(number)), default=math.inf)
        if found >= min(wanted, least):
            break
    else:
        kernel.message("N", "meprec", digits, expression)
    return each_number(value, lambda number: lowered(number, wanted))


def numbers_in(term: Term) -> Iterator[Term]:
    """Gives the explicit numbers in a term, of a packed list one for all."""
    if type(term) is np.ndarray:
        yield term.flat[0].item()
    elif is_explicit(term):
        yield term
    elif type(term) is Expression:
        for item in term.args:
            yield from numbers_in(item)


def reals_in(term: Term) -> Iterator[BigReal]:
    """Gives the big reals in a term, also as parts of complex numbers."""
    for number in numbers_in(term):
        yield from (part for part in parts(number) if type(part) is BigReal)


def each_number(term: Term, change: Callable[[Term], Term]) -> Term:
    """Gives a term with every explicit number in it changed, those in exponents as well."""
    if is_explicit(term):
        return change(term)
    if type(term) is np.ndarray:
        return each_number(unpack(term), change)
    if type(term) is Expression:
        return Expression(term.head, tuple(each_number(item, change) for item in term.args))
    return term


def lowered(number: Term, digits: float) -> Term:
    """Gives a number to so many digits, to fewer where fewer are known."""
    if type(number) is BigReal:
        return number if number.digits <= digits or not number else BigReal.of(number, digits)
    if is_big(number):
        return Expression(S.Complex, tuple(lowered(part, digits) for part in number.args))
    return number


def precision_of(number: Term) -> float:
    """Gives the number of digits known of an explicit number."""
    if is_machine(number):
        return MACHINE_DIGITS
    if type(number) is BigReal:
        return number.precision
    return digits_known(number) if is_big(number) else math.inf


def accuracy_of(number: Term) -> float:
    """Gives the number of digits known after the point of an explicit number."""
    if is_machine(number):
        return MACHINE_DIGITS - math.log10(abs(number)) if number else -math.log10(5e-324)
    return min((part.accuracy for part in parts(number) if type(part) is BigReal), default=math.inf)


def known(value: float) -> Term:
    """Gives a number of digits as a term."""
    return INFINITY if value == math.inf else value


@builtin("Precision", category="Numbers")
def precision(kernel: Kernel, x: Term) -> Term:
    """Precision[x] gives the number of digits to which x is known: Infinity for exact numbers.

    Examples:
        >> Precision[1.5]
        = MachinePrecision
        >> Precision[{1, 2/3}]
        printed: Infinity
        >> Precision[N[Pi, 30]]
        = 30.
    """
    least = min(map(precision_of, numbers_in(x)), default=math.inf)
    if least >= MACHINE_DIGITS and any(is_machine(number) for number in numbers_in(x)):
        return S.MachinePrecision
    return known(least)


@builtin("Accuracy", category="Numbers")
def accuracy(kernel: Kernel, x: Term) -> Term:
    """Accuracy[x] gives the number of digits after the point to which x is known: Infinity for exact numbers.

    Examples:
        >> Accuracy[123456``10]
        = 10.
        >> Accuracy[{1, 2/3}]
        printed: Infinity
    """
    return known(min(map(accuracy_of, numbers_in(x)), default=math.inf))


@builtin("SetPrecision", category="Numbers", messages={"precbd": WANTED})
def set_precision(kernel: Kernel, expression: Term, digits: Term) -> Term:
    """SetPrecision[expr, n] gives expr with all numbers to n digits; Infinity makes them exact.

    Details: Digits beyond those that were known are zeros of the binary number.

    Examples:
        >> SetPrecision[1/3, MachinePrecision]
        = 0.3333333333
        >> SetPrecision[0.25, Infinity]
        printed: 1/4
        >> SetPrecision[0.1, 25]
        printed: 0.1000000000000000055511151
    Possible issues:
        >> SetPrecision[1, x]
        message: SetPrecision::precbd
        = SetPrecision[1, x]
    """
    if is_infinity(digits):
        return each_number(expression, exactly)
    wanted = digits_wanted(kernel, digits)
    if wanted is None:
        return Expression(S.N, (expression,))
    return raised(kernel, expression, lambda part: BigReal.of(part, max(wanted, 1.0)))


@builtin("SetAccuracy", category="Numbers", messages={"precbd": WANTED})
def set_accuracy(kernel: Kernel, expression: Term, digits: Term) -> Term:
    """SetAccuracy[expr, n] gives expr with all numbers to n digits after the point; Infinity makes them exact.

    Examples:
        >> SetAccuracy[1000/3, 10]
        printed: 333.3333333333
    Possible issues:
        >> SetAccuracy[1, x]
        message: SetAccuracy::precbd
        = SetAccuracy[1, x]
    """
    if is_infinity(digits):
        return each_number(expression, exactly)
    wanted = digits_wanted(kernel, digits)
    if wanted is None:
        return Expression(S.N, (expression,))

    def part_to(part: Term) -> Term:
        number = BigReal.of(part, 1.0)
        return BigReal.of(part, wanted + size(number.raw) if number else wanted)

    return raised(kernel, expression, part_to)


def raised(kernel: Kernel, expression: Term, part_to: Callable[[Term], Term]) -> Term:
    """Gives a term with the parts of its numbers changed, and its constants taken to as many digits."""

    def change(number: Term) -> Term:
        re, im = parts(number)
        if not all(is_number(part) and math.isfinite(part) for part in (re, im)):
            return number
        return part_to(re) if type(im) is int and im == 0 else Expression(S.Complex, (part_to(re), part_to(im)))

    probe = part_to(1)
    return each_number(approximate(kernel, each_number(expression, change), probe.digits + SPARE_DIGITS[1]), change)


def exactly(number: Term) -> Term:
    """Gives a number with each inexact part replaced by the fraction it is in binary."""
    if type(number) is float:
        return exact(Fraction(number)) if math.isfinite(number) else number
    if type(number) is BigReal:
        sign, mantissa, exponent, _ = number.raw
        return exact(Fraction(int(-mantissa if sign else mantissa)) * Fraction(2) ** exponent)
    if type(number) is complex or is_big(number):
        return Expression(S.Complex, tuple(exactly(part) for part in parts(number)))
    return number
