"""How power series are shown: `1 + x + x^2/2 + O[x]^3`."""

from __future__ import annotations

from fractions import Fraction

from wlnet.builtins.evaluation.forms import Shown, laid_out, output_text, wraps
from wlnet.syntax import write
from wlnet.terms import Expression, S, Term, elements, is_head, is_list


@wraps("SeriesData")
def series(args: tuple[Term, ...]) -> str | None:
    if len(args) != 6 or not is_list(args[2]) or not all(type(n) is int for n in args[3:]) or args[5] < 1:
        return None
    x, middle, coefficients, least, most, parts = args
    if is_head(middle, S.DirectedInfinity):
        return None
    away = x if type(middle) is int and middle == 0 else Expression(S.Plus, (x, _opposite(middle)))
    terms = [
        _term(coefficient, power_of(away, Fraction(least + place, parts)))
        for place, coefficient in enumerate(elements(coefficients))
        if type(coefficient) is not int or coefficient != 0
    ]
    rest = power_of(Shown(f"O[{output_text(away)}]"), Fraction(most, parts))
    return write(laid_out(Expression(S.Plus, (*terms, rest)) if terms else rest), "OutputForm")


def power_of(base: Term, exponent: Fraction) -> Term:
    if exponent.denominator > 1:
        return Expression(S.Power, (base, exponent))
    return {0: 1, 1: base}.get(exponent.numerator, Expression(S.Power, (base, exponent.numerator)))


def _term(coefficient: Term, power: Term) -> Term:
    """Gives a coefficient times a power as one product, so that its sign and its denominator are shown."""
    if type(power) is int:
        return coefficient
    if type(coefficient) is int and coefficient == 1:
        return power
    factors = coefficient.args if is_head(coefficient, S.Times) else (coefficient,)
    return Expression(S.Times, (*factors, power))


def _opposite(term: Term) -> Term:
    return -term if type(term) in (int, float, Fraction) else Expression(S.Times, (-1, term))
