"""Sums and products: numbers, packed lists, infinities, and the collection of like terms."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numbers import (
    add_numbers,
    checked,
    digits_beside,
    exact,
    is_explicit,
    is_inexact,
    multiply_numbers,
    parts,
)
from wlnet.builtins.numbers.numerical import (
    COMPLEX_INFINITY,
    INDETERMINATE,
    INT64_MAX,
    MAX_REAL,
    NUMERICAL,
    align,
    approximate,
    bound,
    finite,
    is_infinite,
    is_integer_kind,
    is_numeric,
    machine_real,
)
from wlnet.kernel import Kernel, Message, builtin
from wlnet.kernel.declare import PAIRS
from wlnet.kernel.evaluate import MACHINE_NUMBERS
from wlnet.terms import Expression, S, Symbol, Term, is_head, is_number
from wlnet.terms import attributes as flags
from wlnet.terms.same import key

SUM_LIKE = NUMERICAL | flags.FLAT | flags.ORDERLESS | flags.ONE_IDENTITY
INDET = "Indeterminate expression `1` encountered."


def add_pair(a: Any, b: Any) -> Term | None:
    """Gives the sum of two machine numbers, or None where it is none."""
    try:
        total = a + b
    except OverflowError:
        return None
    return total if type(total) is int or -MAX_REAL <= total <= MAX_REAL else None


def multiply_pair(a: Any, b: Any) -> Term | None:
    """Gives the product of two machine numbers, or None where it is none."""
    try:
        product = a * b
    except OverflowError:
        return None
    return product if type(product) is int or -MAX_REAL <= product <= MAX_REAL else None


def folded(pair: Callable[[Any, Any], Term | None], numbers: tuple[Any, ...]) -> Term | None:
    """Gives the sum or product of machine numbers, from the left, or None where it is none."""
    found: Term | None = numbers[0] if numbers else None
    for number in numbers[1:]:
        if found is None:
            break
        found = pair(found, number)
    return found


#: Types of exact real numbers.
RATIONAL = frozenset({int, Fraction})
PAIRS[S.Plus] = add_pair
PAIRS[S.Times] = multiply_pair


# Sums


@builtin("Plus", category="Arithmetic", attributes=SUM_LIKE, packed=True)
def plus(kernel: Kernel, *terms: Term) -> Term | None:
    """Plus[x, y, z], or x + y + z, gives a sum.

    Examples:
        >> 1 + 2 + 3
        = 6
        >> {1, 2} + 0.5
        = {1.5, 2.5}
        >> a + 2 + a
        = 2 + 2 a
    """
    if MACHINE_NUMBERS.issuperset(map(type, terms)) and (total := folded(add_pair, terms)) is not None:
        return total
    if any(type(term) is np.ndarray for term in terms):
        return add_packed(terms)
    return collect_sum(kernel, terms)


def add_packed(terms: tuple[Term, ...]) -> Term | None:
    items = align(terms)
    if items is None:
        return None
    if all(map(is_integer_kind, items)) and sum(map(bound, items)) > INT64_MAX:
        return None
    total = items[0]
    with np.errstate(all="ignore"):
        for item in items[1:]:
            total = total + item
    return finite(total)


def collect_sum(kernel: Kernel, terms: tuple[Term, ...]) -> Term | None:
    """Adds the numbers and collects like terms; None where there was nothing to add."""
    number: Term = 0
    rests: dict[Any, Term] = {}
    coefficients: dict[Any, Term] = {}
    infinities: list[Expression] = []
    for term in terms:
        if is_explicit(term):
            number = add_numbers(number, term)
        elif term is INDETERMINATE:
            return INDETERMINATE
        elif is_infinite(term):
            infinities.append(term)
        else:
            coefficient, rest = split_coefficient(term)
            found = key(rest)
            rests[found] = rest
            before = coefficients.get(found)
            coefficients[found] = coefficient if before is None else add_numbers(before, coefficient)
    if type(number) is int and len(rests) + (number != 0) == len(terms) > 1:
        return None
    summands = [scaled(coefficients[found], rest) for found, rest in rests.items() if not is_zero(coefficients[found])]
    if infinities:
        return add_infinities(kernel, infinities, number, summands, len(terms))
    if is_inexact(number):
        kept = []
        for item in summands:
            value = evaluated_beside(kernel, number, item)
            if is_explicit(value):
                number = add_numbers(number, value)
            else:
                kept.append(item)
        summands = kept
    number = checked(kernel, number)
    if not is_zero(number):
        summands.insert(0, number)
    if len(summands) == len(terms) > 1:
        return None
    return joined(S.Plus, summands, 0)


def evaluated_beside(kernel: Kernel, number: Term, term: Term) -> Term:
    """Gives the value of a numeric term to the precision of an inexact number beside it, any other term as it is."""
    if not is_numeric(kernel, term):
        return term
    return kernel.evaluate(approximate(kernel, term, digits_beside(number)))


def joined(head: Symbol, terms: list[Term], unit: int) -> Term:
    """Gives the sum or product of these terms, without the head where there is just one."""
    return Expression(head, tuple(terms)) if len(terms) > 1 else terms[0] if terms else unit


def split_coefficient(term: Term) -> tuple[Term, Term]:
    """Gives the numeric factor of a term (1 where there is none) and the rest."""
    if is_head(term, S.Times) and len(term.args) > 1:
        for place, factor in enumerate(term.args):
            if is_explicit(factor):
                return factor, joined(S.Times, [*term.args[:place], *term.args[place + 1 :]], 1)
    return 1, term


def scaled(coefficient: Term, rest: Term) -> Term:
    """Gives the product of a number and a term without a number in it."""
    if type(coefficient) is int and coefficient == 1:
        return rest
    factors = rest.args if is_head(rest, S.Times) else (rest,)
    return Expression(S.Times, (coefficient, *factors))


def is_zero(number: Term) -> bool:
    return type(number) is int and number == 0


def add_infinities(
    kernel: Kernel, infinities: list[Expression], number: Term, summands: list[Term], count: int
) -> Term | None:
    """Adds infinities: one direction absorbs every finite number, two directions have no sum."""
    first = infinities[0]
    clash = not first.args and len(infinities) > 1
    if clash or any(other.args != first.args for other in infinities):
        term = Expression(S.Plus, tuple(infinities))
        raise Message("indet", term, symbol="Infinity", text=INDET, result=INDETERMINATE)
    kept = [first, *(item for item in summands if not is_numeric(kernel, item))]
    return None if len(kept) == count > 1 else joined(S.Plus, kept, 0)


# Products


@builtin("Times", category="Arithmetic", attributes=SUM_LIKE, packed=True)
def times(kernel: Kernel, *factors: Term) -> Term | None:
    """Times[x, y, z], x*y*z or x y z, gives a product.

    Examples:
        >> 2*3*4
        = 24
        >> 2 {1., 2.}
        = {2., 4.}
        >> a a 2
        = 2 a^2
        >> {2/Sqrt[2], 2/Sqrt[2 Pi], 2 Sqrt[Pi/2]}
        = {Sqrt[2], Sqrt[2/Pi], Sqrt[2 Pi]}
    """
    if len(factors) == 2 and RATIONAL.issuperset(map(type, factors)):
        product = factors[0] * factors[1]
        return product if type(product) is int else exact(product)
    if MACHINE_NUMBERS.issuperset(map(type, factors)) and (product := folded(multiply_pair, factors)) is not None:
        return product
    if any(type(factor) is np.ndarray for factor in factors):
        return multiply_packed(factors)
    return collect_product(kernel, factors)


def multiply_packed(factors: tuple[Term, ...]) -> Term | None:
    items = align(factors)
    if items is None:
        return None
    if all(map(is_integer_kind, items)) and math.prod(map(bound, items)) > INT64_MAX:
        return None
    product = items[0]
    with np.errstate(all="ignore"):
        for item in items[1:]:
            product = product * item
    return finite(product)


def collect_product(kernel: Kernel, factors: tuple[Term, ...]) -> Term | None:
    """Multiplies the numbers and collects powers of one base; None where there was nothing to multiply."""
    number: Term = 1
    bases: dict[Any, Term] = {}
    exponents: dict[Any, list[Term]] = {}
    infinities: list[Expression] = []
    for factor in factors:
        if is_explicit(factor):
            number = multiply_numbers(number, factor)
        elif factor is INDETERMINATE:
            return INDETERMINATE
        elif is_infinite(factor):
            infinities.append(factor)
        else:
            base, exponent = factor.args if is_head(factor, S.Power, 2) else (factor, 1)
            found = key(base)
            bases[found] = base
            exponents.setdefault(found, []).append(exponent)
    if infinities:
        return multiply_infinities(kernel, infinities, number, factors)
    if is_zero(number):
        return 0
    number, roots_changed = absorb_roots(number, bases, exponents)
    number, radicands_changed = absorb_radicands(kernel, number, bases, exponents)
    roots_changed |= radicands_changed | join_roots(bases, exponents)
    powers = [power_of(base, exponents[found]) for found, base in bases.items()]
    if is_inexact(number):
        number, powers = approximate_factors(kernel, number, powers)
    number = checked(kernel, number)
    if type(number) is float and number == 0 and not powers:
        return number
    if type(number) is int and number == -1 and len(powers) == 1 and is_head(powers[0], S.Plus):
        return Expression(S.Plus, tuple(Expression(S.Times, (-1, term)) for term in powers[0].args))
    if not (type(number) is int and number == 1):
        powers.insert(0, number)
    if len(powers) == len(factors) > 1 and not roots_changed:
        return None
    return joined(S.Times, powers, 1)


def power_of(base: Term, exponents: list[Term]) -> Term:
    """Gives a base to the sum of some exponents."""
    if len(exponents) > 1:
        return Expression(S.Power, (base, Expression(S.Plus, tuple(exponents))))
    exponent = exponents[0]
    return base if type(exponent) is int and exponent == 1 else Expression(S.Power, (base, exponent))


def absorb_roots(number: Term, bases: dict[Any, Term], exponents: dict[Any, list[Term]]) -> tuple[Term, bool]:
    """Moves whole powers between a rational number and the roots beside it: 2/Sqrt[2] is Sqrt[2]."""
    changed = False
    if type(number) is not int and type(number) is not Fraction:
        return number, False
    for found, base in bases.items():
        exponent = exponents[found][0]
        if type(base) is not int or base < 2 or type(exponent) is not Fraction or len(exponents[found]) > 1:
            continue
        value = Fraction(number)
        while exponent < 0 and value.numerator % base == 0:
            value, exponent, changed = value / base, exponent + 1, True
        while exponent > 0 and value.denominator % base == 0:
            value, exponent, changed = value * base, exponent - 1, True
        number, exponents[found] = exact(value), [exponent]
    return number, changed


def absorb_radicands(
    kernel: Kernel, number: Term, bases: dict[Any, Term], exponents: dict[Any, list[Term]]
) -> tuple[Term, bool]:
    """Moves whole powers between a rational number and numbers under square roots: 2/Sqrt[2 Pi] is Sqrt[2/Pi]."""
    changed = False
    for found, base in [item for item in bases.items() if is_head(item[1], S.Times)]:
        exponent = exponents[found][0]
        if type(exponent) is not Fraction or exponent not in HALVES:
            continue
        inside, rest = split_coefficient(base)
        if type(number) not in RATIONAL or type(inside) not in RATIONAL or inside <= 0:
            continue
        # The number times Sqrt[part] is the number times part, times Sqrt[1/part].
        part = Fraction(inside) if exponent > 0 else 1 / Fraction(inside)
        if height(number * part) < height(number) and len(exponents[found]) == 1 and is_positive(kernel, rest):
            del bases[found], exponents[found]
            number, changed = exact(number * part), True
            above = rest if exponent > 0 else inverse(rest)
            below = part > 1 and is_head(above, S.Power)
            radicand = Expression(S.Times, (exact(part), inverse(above)) if below else (exact(1 / part), above))
            bases[key(radicand)], exponents[key(radicand)] = radicand, [HALVES[below]]
    return number, changed


HALVES = (Fraction(1, 2), Fraction(-1, 2))


def inverse(term: Term) -> Term:
    is_inverse = is_head(term, S.Power, 2) and type(term.args[1]) is int and term.args[1] == -1
    return term.args[0] if is_inverse else Expression(S.Power, (term, -1))


def is_positive(kernel: Kernel, term: Term) -> bool:
    value = machine_real(kernel, term)
    return value is not None and value > 0


def height(number: int | Fraction) -> int:
    return abs(number.numerator) * number.denominator


def join_roots(bases: dict[Any, Term], exponents: dict[Any, list[Term]]) -> bool:
    """Joins roots of integers of one degree, in place: Sqrt[2] Sqrt[3] is Sqrt[6]; tells whether there were any."""
    firsts: dict[Fraction, Any] = {}
    joined_any = False
    for found, base in list(bases.items()):
        exponent = exponents[found][0]
        if type(base) is not int or base < 2 or type(exponent) is not Fraction or len(exponents[found]) > 1:
            continue
        first = firsts.setdefault(exponent, found)
        if first != found:
            bases[first] *= base
            del bases[found]
            joined_any = True
    return joined_any


def approximate_factors(kernel: Kernel, number: Term, powers: list[Term]) -> tuple[Term, list[Term]]:
    """Multiplies a machine number by the machine values of the numeric factors beside it."""
    kept = []
    for power in powers:
        value = evaluated_beside(kernel, number, power)
        if is_explicit(value):
            number = multiply_numbers(number, value)
        else:
            kept.append(power)
    return number, kept


def multiply_infinities(
    kernel: Kernel, infinities: list[Expression], number: Term, factors: tuple[Term, ...]
) -> Term | None:
    """Multiplies infinities by each other and by a real number; zero times infinity has no value."""
    if is_explicit(number) and parts(number) in ((0, 0), (0.0, 0)):
        raise Message("indet", Expression(S.Times, factors), symbol="Infinity", text=INDET, result=INDETERMINATE)
    rest = [item for item in factors if not is_explicit(item) and not is_infinite(item)]
    if any(not item.args for item in infinities):
        return COMPLEX_INFINITY if all(is_numeric(kernel, item) for item in rest) else None
    directions = [item.args[0] for item in infinities]
    if not is_number(number) or type(number) is complex:
        return None
    sign = math.prod(directions) * (1 if number > 0 else -1)
    kept = []
    for item in rest:
        value = kernel.evaluate(approximate(kernel, item)) if is_numeric(kernel, item) else None
        if type(value) is float and value != 0:
            sign = sign if value > 0 else -sign
        else:
            kept.append(item)
    result = Expression(S.DirectedInfinity, (sign,))
    if len(kept) + 1 == len(factors) and len(infinities) == 1:
        return None
    return joined(S.Times, [*kept, result], 1)
