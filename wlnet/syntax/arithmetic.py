"""How sums, products and powers are laid out: exactly, or for a reader.

What is laid out exactly is read back as the same term. For a reader, factors with negative exponents stand below a
slash, and roots are written as such: `x/s^2` is shown for Times[x, Power[s, -2]], though it is read as a product with
the power of a power. What is shown has the same value. What is printed has no stars: `2 x`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from wlnet.syntax.layouts import (
    MINUS_POWER,
    PLUS_POWER,
    POWER_POWER,
    TIMES_POWER,
    Laid,
    Layout,
    Piece,
    layouts,
)
from wlnet.syntax.numbers import write_integer
from wlnet.syntax.operators import ATOM_POWER, CALL_POWER
from wlnet.terms import BigReal, Expression, S, Symbol, Term, is_head, is_number

HALF = Fraction(1, 2)
SLASH_POWER = 470


@cache
def exact_layouts() -> dict[Symbol, Layout]:
    """Gives the layouts with which every term is read back as it is."""
    return layouts() | {S.Plus: plus_layout, S.Times: times_layout, S.Power: power_layout, S.Complex: complex_layout}


@cache
def shown_layouts() -> dict[Symbol, Layout]:
    """Gives the layouts with quotients and roots, for a reader."""
    return layouts() | {S.Plus: shown_plus, S.Times: shown_times, S.Power: shown_power, S.Complex: shown_complex}


@cache
def printed_layouts() -> dict[Symbol, Layout]:
    """Gives the layouts with quotients and roots, and with spaces between factors."""
    printed = {S.Times: printed_times, S.Power: printed_power, S.Complex: printed_complex}
    return shown_layouts() | printed


# Exactly -----------------------------------------------------------------------------------------------------------


def _is_negative(term: Term) -> bool:
    return type(term) in (int, float, Fraction, BigReal) and term < 0


def _factors_after_minus(term: Term) -> list[Term] | None:
    """Gives the factors that stand behind a minus sign instead of this term, or None where no sign is written."""
    if _is_negative(term):
        return [-term]
    if not is_head(term, S.Times) or len(term.args) < 2 or not _is_negative(term.args[0]):
        return None
    first, *rest = term.args
    if type(first) is int and first == -1 and not is_number(rest[0]):
        return rest
    return [-first, *rest]


def _product(factors: list[Term]) -> list[Piece]:
    """Lays out factors: a leading fraction's denominator and factors to the power -1 stand behind a slash."""
    first, *rest = factors
    if type(first) is Fraction and rest and not is_number(rest[0]):
        rest.append(Expression(S.Power, (first.denominator, -1)))
        first, *rest = rest if first.numerator == 1 else [first.numerator, *rest]
    pieces: list[Piece] = [(first, TIMES_POWER + 1)]
    for factor in rest:
        if is_head(factor, S.Power, 2) and type(factor.args[1]) is int and factor.args[1] == -1:
            pieces += ("/", (factor.args[0], MINUS_POWER + 1))
        else:
            pieces += ("*", (factor, MINUS_POWER + 1))
    return pieces


def plus_layout(term: Expression) -> Laid:
    if len(term.args) < 2:
        return None
    pieces: list[Piece] = [(term.args[0], PLUS_POWER + 1)]
    for arg in term.args[1:]:
        factors = _factors_after_minus(arg)
        pieces += (" + ", (arg, PLUS_POWER + 1)) if factors is None else (" - ", *_product(factors))
    return PLUS_POWER, pieces


def times_layout(term: Expression) -> Laid:
    if len(term.args) < 2:
        return None
    factors = _factors_after_minus(term)
    return TIMES_POWER, _product(list(term.args)) if factors is None else ["-", *_product(factors)]


def power_layout(term: Expression) -> Laid:
    if len(term.args) != 2:
        return None
    base, exponent = term.args
    if type(exponent) is Fraction and exponent == HALF:
        return CALL_POWER, ["Sqrt[", (base, 0), "]"]
    least = POWER_POWER if is_head(exponent, S.Power) else POWER_POWER + 1
    return POWER_POWER, [(base, POWER_POWER + 1), "^", (exponent, least)]


def complex_layout(term: Expression) -> Laid:
    """Lays out a complex number with exact parts as a sum with I."""
    return _with_i(term, exact_layouts())


def _with_i(term: Expression, table: dict[Symbol, Layout]) -> Laid:
    if len(term.args) != 2 or not all(map(is_number, term.args)):
        return None
    real, imaginary = term.args
    unit: Term = S.I if type(imaginary) is int and imaginary == 1 else Expression(S.Times, (imaginary, S.I))
    written = unit if type(real) is int and real == 0 else Expression(S.Plus, (real, unit))
    return table[written.head](written) if type(written) is Expression else (ATOM_POWER, [(written, 0)])


# For a reader ------------------------------------------------------------------------------------------------------


def opposite(term: Term) -> Term:
    """Gives the term of which this one is the negative, or None where no minus sign would be written."""
    if _is_negative(term):
        return -term
    if is_head(term, S.Complex, 2) and type(term.args[0]) is int and term.args[0] == 0 and _is_negative(term.args[1]):
        return Expression(S.Complex, (0, -term.args[1]))
    if not is_head(term, S.Times) or len(term.args) < 2:
        return None
    first, *rest = term.args
    coefficient = opposite(first) if type(first) is not Expression or first.head is S.Complex else None
    if coefficient is None:
        return None
    if type(coefficient) is not int or coefficient != 1:
        return Expression(S.Times, (coefficient, *rest))
    return Expression(S.Times, tuple(rest)) if len(rest) > 1 else rest[0]


def below_slash(factor: Term) -> Term:
    """Gives what stands below the slash for a factor, or None for one that stands above."""
    if not is_head(factor, S.Power, 2):
        return None
    base, exponent = factor.args
    positive = opposite(exponent)
    if positive is None:
        return None
    return base if type(positive) is int and positive == 1 else Expression(S.Power, (base, positive))


def fraction_sides(factors: Iterable[Term]) -> tuple[list[Term], list[Term]]:
    """Gives the factors above and below the line of a fraction, those of a rational number among them."""
    above: list[Term] = []
    below: list[Term] = []
    for factor in factors:
        if type(factor) is Fraction:
            above += [factor.numerator] if factor.numerator != 1 else []
            below.append(factor.denominator)
        else:
            under = below_slash(factor)
            (above if under is None else below).append(factor if under is None else under)
    return above, below


def _side(factors: list[Term], sign: str) -> list[Piece]:
    """Lays out one side of a quotient."""
    if len(factors) == 1:
        return [(factors[0], SLASH_POWER + 1)]
    return ["(", *_chain(factors, sign), ")"]


def _chain(factors: list[Term], sign: str) -> list[Piece]:
    first, *rest = factors
    return [(first, TIMES_POWER + 1), *(piece for factor in rest for piece in (sign, (factor, MINUS_POWER + 1)))]


def _quotient(factors: list[Term], above: list[Term], below: list[Term], sign: str) -> list[Piece]:
    """Lays out factors as a quotient, after what is above and below the slash already."""
    for factor in factors:
        under = below_slash(factor)
        if under is None:
            above.append(factor)
        else:
            below.append(under)
    if not below:
        return _chain(above, sign)
    return [*(_side(above, sign) if above else ["1"]), "/", *_side(below, sign)]


def shown_times(term: Expression, sign: str = "*") -> Laid:
    if len(term.args) < 2:
        return None
    first, *rest = term.args
    if type(first) is int and first == -1:
        return TIMES_POWER, ["-", (Expression(S.Times, tuple(rest)) if len(rest) > 1 else rest[0], MINUS_POWER + 1)]
    if type(first) is not Fraction:
        return TIMES_POWER, _quotient(list(term.args), [], [], sign)
    if first.numerator == -1:
        return TIMES_POWER, [f"-1/{write_integer(first.denominator)}*", *_quotient(rest, [], [], sign)]
    return TIMES_POWER, _quotient(rest, [first.numerator] if first.numerator != 1 else [], [first.denominator], sign)


def shown_plus(term: Expression) -> Laid:
    if len(term.args) < 2:
        return None
    pieces: list[Piece] = [(term.args[0], PLUS_POWER + 1)]
    for arg in term.args[1:]:
        positive = opposite(arg)
        pieces += (" + ", (arg, PLUS_POWER + 1)) if positive is None else (" - ", (positive, PLUS_POWER + 1))
    return PLUS_POWER, pieces


def shown_power(term: Expression) -> Laid:
    if len(term.args) == 2 and type(term.args[1]) is Fraction and term.args[1] == -HALF:
        return TIMES_POWER, ["1/Sqrt[", (term.args[0], 0), "]"]
    return power_layout(term)


def shown_complex(term: Expression) -> Laid:
    return _with_i(term, shown_layouts())


def printed_times(term: Expression) -> Laid:
    if len(term.args) > 1 and type(term.args[0]) is Fraction and term.args[0].numerator == -1:
        return TIMES_POWER, ["-", *_quotient(list(term.args[1:]), [], [term.args[0].denominator], " ")]
    return shown_times(term, " ")


def printed_power(term: Expression) -> Laid:
    if len(term.args) == 2 and _is_negative(term.args[1]):
        return TIMES_POWER, _quotient([term], [], [], " ")
    return power_layout(term)


def printed_complex(term: Expression) -> Laid:
    return _with_i(term, printed_layouts())
