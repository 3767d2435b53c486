"""RealDigits: the digits of a number in a base, and where its point stands."""

from __future__ import annotations

import math
from fractions import Fraction

from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import BigReal, Expression, S, Term, is_list, list_of, to_list
from wlnet.terms import attributes as flags

#: What a machine number is known to, in decimal digits.
MACHINE = 53 * math.log10(2)
#: More digits than these, or periods that are longer, are not given.
MOST = 100_000


@builtin(
    "RealDigits",
    category="Integers",
    attributes=flags.LISTABLE,
    messages={
        "ndig": "How many digits of `1` are wanted must be told.",
        "args": "A base of at least 2, a number of digits and a place are expected instead of `1`.",
    },
)
def real_digits(kernel: Kernel, number: Term, base: Term = 10, count: Term = None, place: Term = None) -> Term | None:
    """RealDigits[x] gives {digits, n}: the digits of a number, and how many of them stand before the point.
    RealDigits[x, b, len] gives len digits in base b; RealDigits[x, b, len, p] those from the one of b^p on.

    Details: Digits that repeat for ever, as those of a fraction do, are given once, as a list at the end.

    Examples:
        >> {RealDigits[12.5, 10, 4], RealDigits[19/7], RealDigits[1/8], RealDigits[Pi, 10, 5]}
        = {{{1, 2, 5, 0}, 2}, {{2, {7, 1, 4, 2, 8, 5}}, 1}, {{1, 2, 5}, 0}, {{3, 1, 4, 1, 5}, 1}}
        >> RealDigits[123.456, 10, 3, -1]
        = {{4, 5, 6}, 0}
    Possible issues:
        >> RealDigits[Pi]
        = RealDigits[Pi]
        message: RealDigits::ndig
        >> RealDigits[0.5, 1]
        = RealDigits[0.5, 1]
        message: RealDigits::args
    """
    fits = type(base) is int and 2 <= base <= 2**31 and (count is None or (type(count) is int and 0 <= count <= MOST))
    if not fits or not (place is None or (type(place) is int and abs(place) <= MOST)):
        raise Message("args", list_of(base, *(each for each in (count, place) if each is not None)))
    value, known = exact_value(kernel, number, base, count, place)
    if value is None:
        return None
    if count is None:
        if known is None:
            return expansion(abs(value), base)
        count = max(round(known * math.log(10) / math.log(base)), 1)
    first = exponent_of(abs(value), base) if place is None else place + 1
    # Of an inexact number the last digit is rounded, as it is when one is shown.
    scaled = abs(value) * Fraction(base) ** (count - first)
    whole = round(scaled) if known is not None and place is None else math.floor(scaled)
    if place is None and whole >= base**count > 1:
        whole, first = whole // base, first + 1
    return list_of(to_list(digits_of(whole % base**count, base, count)), first)


def exact_value(
    kernel: Kernel, number: Term, base: int, count: int | None, place: int | None
) -> tuple[Fraction | None, float | None]:
    """Gives the exact value of a number and to how many decimal digits it is known (None: all)."""
    if type(number) in (int, Fraction):
        return Fraction(number), None
    if type(number) is float:
        return (Fraction(number), MACHINE) if math.isfinite(number) else (None, None)
    if type(number) is BigReal:
        sign, mantissa, exponent, _ = number.raw
        if abs(exponent) > MOST:
            return None, None
        return (-1 if sign else 1) * Fraction(int(mantissa)) * Fraction(2) ** int(exponent), number.digits
    if type(number) is str or is_list(number):
        return None, None
    needed = math.ceil(((count or 0) + abs(place or 0)) * math.log10(base)) + 20
    found = kernel.evaluate(Expression(S.N, (number, needed)))
    if type(found) is not BigReal:
        return None, None
    if count is None:
        raise Message("ndig", number)
    # Its digits are those of the exact number, and are not rounded.
    return exact_value(kernel, found, base, count, place)[0], None


def exponent_of(value: Fraction, base: int) -> int:
    """Gives how many digits stand before the point; 0 and less for fractions below 1/base."""
    if not value:
        return 0
    guess = math.floor((math.log(value.numerator) - math.log(value.denominator)) / math.log(base))
    while Fraction(base) ** guess > value:
        guess -= 1
    while Fraction(base) ** guess <= value:
        guess += 1
    return guess


def digits_of(whole: int, base: int, count: int) -> list[int]:
    digits = []
    for _ in range(count):
        whole, digit = divmod(whole, base)
        digits.append(digit)
    return digits[::-1]


def expansion(value: Fraction, base: int) -> Term:
    """Gives all digits of an exact number, those that repeat for ever as a list."""
    first = exponent_of(value, base)
    rest = value / Fraction(base) ** first
    digits: list[Term] = []
    seen: dict[int, int] = {}
    top = rest.numerator
    while top and top not in seen and len(digits) < MOST:
        seen[top] = len(digits)
        digit, top = divmod(top * base, rest.denominator)
        digits.append(digit)
    if top in seen:
        start = seen[top]
        return list_of(list_of(*digits[:start], to_list(digits[start:])), first)
    # An integer shows its zeros before the point.
    digits += [0] * (max(first, 1) - len(digits))
    return list_of(to_list(digits), first if value else 1)
