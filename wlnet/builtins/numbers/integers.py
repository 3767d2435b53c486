"""Whole numbers: divisors, primes, digits and bits."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numbers import exact
from wlnet.builtins.numbers.numerical import INT64_MAX, NUMERICAL, align, bound, is_array, is_integer_kind, machine_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FALSE, TRUE, Expression, S, Term, elements, list_of, pack, to_list, truth
from wlnet.terms import attributes as flags
from wlnet.terms.packed import unpack_booleans

COMMUTATIVE = flags.LISTABLE | flags.FLAT | flags.ORDERLESS | flags.ONE_IDENTITY
#: Factors are searched for with at most this many divisions.
FACTOR_EFFORT = 2_000_000
#: Bases for which the Miller-Rabin test has no false primes below 3.3 10^24.
WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)


def declare_fold(
    name: str, gives: str, example: tuple[str, str], join: Callable[[Any, Any], Any],
    many: Callable[..., Any] | None, unit: int, *, rational: bool = False,
) -> None:  # fmt: skip
    """Declares a function of any number of integers, perhaps of fractions too, that joins them two by two."""

    def function(kernel: Kernel, *numbers: Term) -> Term | None:
        if any(type(item) is np.ndarray for item in numbers):
            items = align(numbers)
            if many is None or items is None or not all(map(is_integer_kind, items)):
                return None
            if max(map(bound, items)) > INT64_MAX:
                return None
            return pack(functools.reduce(many, items))
        if any(type(item) is not int for item in numbers):
            if not rational or any(type(item) not in (int, Fraction) for item in numbers):
                return None
            scale = math.lcm(*(item.denominator for item in numbers))
            return exact(Fraction(functools.reduce(join, (int(item * scale) for item in numbers)), scale))
        return functools.reduce(join, numbers, unit)

    function.__doc__ = f"{name}[n, m, …] gives {gives}.\n\nExamples:\n>> {example[0]}\n= {example[1]}\n"
    builtin(name, category="Integers", attributes=COMMUTATIVE, packed=True)(function)


declare_fold("GCD", "the greatest common divisor", ("{GCD[12, 18, 27], GCD[7/2, 2]}", "{3, 1/2}"), math.gcd,
             np.gcd, 0, rational=True)  # fmt: skip
declare_fold("LCM", "the least common multiple", ("{LCM[4, 6], LCM[7/2, 2]}", "{12, 14}"), math.lcm, None, 1,
             rational=True)  # fmt: skip
declare_fold("BitAnd", "the bits that all have", ("BitAnd[12, 10]", "8"), operator.and_, np.bitwise_and, -1)
declare_fold("BitOr", "the bits that any has", ("BitOr[12, 10]", "14"), operator.or_, np.bitwise_or, 0)
declare_fold("BitXor", "the bits that an odd number of them has", ("BitXor[12, 10]", "6"), operator.xor,
             np.bitwise_xor, 0)  # fmt: skip


def declare_parity(name: str, gives: str, example: tuple[str, str], remainder: int) -> None:
    """Declares a test of integers by their remainder modulo 2; everything else fails it."""

    def function(kernel: Kernel, n: Term) -> Term:
        if type(n) is np.ndarray:
            if n.dtype.kind != "i":
                return unpack_booleans(np.zeros(n.shape, dtype=bool))
            return unpack_booleans(n % 2 == remainder)
        return truth(type(n) is int and n % 2 == remainder)

    function.__doc__ = f"{name}[n] gives True if n is {gives}, and False otherwise.\n\n"
    function.__doc__ += f"Examples:\n>> {example[0]}\n= {example[1]}\n"
    builtin(name, category="Integers", attributes=flags.LISTABLE, packed=True)(function)


declare_parity("EvenQ", "an even integer", ("EvenQ[{1, 2, x}]", "{False, True, False}"), 0)
declare_parity("OddQ", "an odd integer", ("OddQ[{1, 2, x}]", "{True, False, False}"), 1)


@builtin("Divisible", category="Integers", attributes=flags.LISTABLE)
def divisible(kernel: Kernel, n: Term, m: Term) -> Term | None:
    """Divisible[n, m] gives True if n is divisible by m.

    Examples:
        >> Divisible[{10, 11}, 5]
        = {True, False}
    """
    if type(n) not in (int, Fraction) or type(m) not in (int, Fraction) or m == 0:
        return None
    return truth(n % m == 0)


def is_prime(n: int) -> bool:
    """Tells whether a positive integer is prime (Miller-Rabin; beyond 3.3 10^24 with overwhelming probability)."""
    if n < 2:
        return False
    for prime in WITNESSES:
        if n % prime == 0:
            return n == prime
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in WITNESSES:
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


@builtin("PrimeQ", category="Integers", attributes=flags.LISTABLE)
def prime_q(kernel: Kernel, n: Term) -> Term:
    """PrimeQ[n] gives True if n is a prime number, and False otherwise.

    Examples:
        >> PrimeQ[{7, 8, 2^61 - 1}]
        = {True, False, True}
    """
    return TRUE if type(n) is int and is_prime(abs(n)) else FALSE


@builtin("Prime", category="Integers", attributes=flags.LISTABLE)
def prime(kernel: Kernel, n: Term) -> Term | None:
    """Prime[n] gives the n-th prime number.

    Examples:
        >> Prime[{1, 2, 10}]
        = {2, 3, 29}
    """
    if type(n) is not int or not 1 <= n <= 5_000_000:
        return None
    top = 15 if n < 6 else int(n * (math.log(n) + math.log(math.log(n)))) + 3
    sieve = np.ones(top + 1, dtype=bool)
    sieve[:2] = False
    for divisor in range(2, math.isqrt(top) + 1):
        if sieve[divisor]:
            sieve[divisor * divisor :: divisor] = False
    return int(np.flatnonzero(sieve)[n - 1])


@builtin(
    "FactorInteger", category="Integers", attributes=flags.LISTABLE,
    messages={"effort": "The factors of `1` are too large to find here."},
)  # fmt: skip
def factor_integer(kernel: Kernel, n: Term) -> Term | None:
    """FactorInteger[n] gives the prime factors of n with their exponents; those of a denominator are negative.

    Examples:
        >> {FactorInteger[360], FactorInteger[3/4], FactorInteger[1/5]}
        = {{{2, 3}, {3, 2}, {5, 1}}, {{2, -2}, {3, 1}}, {{5, -1}}}
    Possible issues:
        >> FactorInteger[(10^15 + 37)*(10^15 + 91)];
        message: FactorInteger::effort
    """
    if type(n) is Fraction:
        factors = {**factors_of(n.numerator), **{prime: -power for prime, power in factors_of(n.denominator).items()}}
        return to_list(to_list(item) for item in sorted(factors.items()))
    if type(n) is not int:
        return None
    return list_of(list_of(n, 1)) if n in (0, 1) else to_list(to_list(item) for item in factors_of(n).items())


def factors_of(n: int) -> dict[int, int]:
    """Gives the prime factors of an integer, and -1 of a negative one, with their exponents."""
    found: dict[int, int] = {-1: 1} if n < 0 else {}
    rest, divisor = abs(n), 2
    while divisor * divisor <= rest:
        if divisor > FACTOR_EFFORT:
            if is_prime(rest):
                break
            raise Message("effort", n)
        while rest % divisor == 0:
            found[divisor] = found.get(divisor, 0) + 1
            rest //= divisor
        divisor += 1 if divisor == 2 else 2
    if rest > 1:
        found[rest] = 1
    return found


@builtin("Divisors", category="Integers", attributes=flags.LISTABLE)
def divisors(kernel: Kernel, n: Term) -> Term | None:
    """Divisors[n] gives the list of the divisors of n.

    Examples:
        >> Divisors[12]
        = {1, 2, 3, 4, 6, 12}
    """
    if type(n) is not int or n == 0 or abs(n) > FACTOR_EFFORT**2:
        return None
    small = [d for d in range(1, math.isqrt(abs(n)) + 1) if n % d == 0]
    return to_list(sorted({*small, *(abs(n) // d for d in small)}))


# Digits and bits


def digits(n: int, base: int) -> list[int]:
    """Gives the digits of a non-negative integer, the first one first."""
    found = []
    while n:
        n, digit = divmod(n, base)
        found.append(digit)
    return found[::-1] or [0]


@builtin("IntegerDigits", category="Integers", attributes=flags.LISTABLE)
def integer_digits(kernel: Kernel, n: Term, base: Term = 10, length: Term = None) -> Term | None:
    """IntegerDigits[n] gives the list of the decimal digits of n.
    IntegerDigits[n, b] gives the digits in base b; IntegerDigits[n, b, len] gives len of them.

    Examples:
        >> IntegerDigits[2024]
        = {2, 0, 2, 4}
        >> IntegerDigits[5, 2, 6]
        = {0, 0, 0, 1, 0, 1}
    """
    if type(n) is not int or type(base) is not int or base < 2:
        return None
    found = digits(abs(n), base)
    if length is None:
        return to_list(found)
    if type(length) is not int or not 0 <= length <= 1_000_000:
        return None
    return to_list(([0] * length + found)[-length:] if length else [])


@builtin("IntegerLength", category="Integers", attributes=flags.LISTABLE)
def integer_length(kernel: Kernel, n: Term, base: Term = 10) -> Term | None:
    """IntegerLength[n] gives the number of decimal digits of n.
    IntegerLength[n, b] gives the number of digits in base b.

    Examples:
        >> IntegerLength[10^20]
        = 21
    """
    if type(n) is not int or type(base) is not int or base < 2:
        return None
    return len(digits(abs(n), base)) if n else 0


@builtin(
    "FromDigits", category="Integers",
    messages={"nlst": "The expression `1` is not a list of digits or a string."},
)  # fmt: skip
def from_digits(kernel: Kernel, given: Term, base: Term = 10) -> Term | None:
    """FromDigits[{d1, d2, …}] gives the integer with these decimal digits.
    FromDigits[list, b] takes them in base b; FromDigits["string"] reads a string.

    Examples:
        >> FromDigits[{1, 0, 1}, 2]
        = 5
        >> FromDigits["ff", 16]
        = 255
    Possible issues:
        >> FromDigits[x]
        message: FromDigits::nlst
        = FromDigits[x]
    """
    if type(given) is str:
        values: tuple[Term, ...] = tuple(int(c, 36) if c.isascii() and c.isalnum() else None for c in given)
        if None in values:
            raise Message("nlst", given)
    elif is_array(given):
        values = elements(given)
    else:
        raise Message("nlst", given)
    if type(base) is int and all(type(value) is int for value in values):
        return functools.reduce(lambda total, digit: total * base + digit, values, 0)
    total: Term = 0
    for value in values:
        total = Expression(S.Plus, (Expression(S.Times, (total, base)), value))
    return total


def declare_shift(name: str, gives: str, example: tuple[str, str], left: bool) -> None:
    def function(kernel: Kernel, n: Term, k: Term = 1) -> Term | None:
        if type(n) is not int or type(k) is not int or abs(k) > 1_000_000:
            return None
        steps = k if left else -k
        return n << steps if steps >= 0 else n >> -steps

    function.__doc__ = f"{name}[n, k] gives {gives}.\n\nExamples:\n>> {example[0]}\n= {example[1]}\n"
    builtin(name, category="Integers", attributes=flags.LISTABLE)(function)


declare_shift("BitShiftLeft", "n with its bits moved k places to the left", ("BitShiftLeft[3, 4]", "48"), True)
declare_shift("BitShiftRight", "n with its bits moved k places to the right", ("BitShiftRight[48, 4]", "3"), False)


@builtin("BitNot", category="Integers", attributes=flags.LISTABLE)
def bit_not(kernel: Kernel, n: Term) -> Term | None:
    """BitNot[n] gives n with all bits inverted, -1 - n.

    Examples:
        >> BitNot[5]
        = -6
    """
    return ~n if type(n) is int else None


@builtin("KroneckerDelta", category="Integers", attributes=NUMERICAL | flags.ORDERLESS)
def kronecker_delta(kernel: Kernel, *numbers: Term) -> Term | None:
    """KroneckerDelta[n] gives 1 where n is zero and 0 elsewhere.
    KroneckerDelta[n, m, …] gives 1 if all are equal.

    Examples:
        >> KroneckerDelta[{0, 1, 0.}]
        = {1, 0, 1}
        >> KroneckerDelta[2, 2, 2]
        = 1
    """
    values = [machine_real(kernel, item) for item in numbers]
    if any(value is None for value in values):
        return None
    if len(values) == 1:
        values.append(0.0)
    return int(len(set(values)) <= 1)
