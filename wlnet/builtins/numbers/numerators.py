"""Numerators and denominators: of fractions, and of products with negative powers."""

from __future__ import annotations

from fractions import Fraction

from wlnet.builtins.numbers.arithmetic import joined, split_coefficient
from wlnet.builtins.numbers.numerical import is_complex
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Term, is_head, is_number
from wlnet.terms import attributes as flags


def over_and_under(term: Term) -> tuple[Term, Term]:
    """Gives the numerator and the denominator of a factor."""
    if type(term) is Fraction:
        return term.numerator, term.denominator
    if is_complex(term):
        under = Fraction(term.args[0]).denominator * Fraction(term.args[1]).denominator if exact_parts(term) else 1
        return Expression(S.Times, (term, under)), under
    if is_head(term, S.Power, 2):
        coefficient, _ = split_coefficient(term.args[1])
        exponent = term.args[1] if is_number(term.args[1]) else coefficient
        if type(exponent) in (int, float, Fraction) and exponent < 0:
            return 1, Expression(S.Power, (term.args[0], Expression(S.Times, (-1, term.args[1]))))
    return term, 1


def exact_parts(term: Expression) -> bool:
    return all(type(part) in (int, Fraction) for part in term.args)


def declare(name: str, gives: str, place: int, examples: str) -> None:
    def function(kernel: Kernel, x: Term) -> Term:
        factors = x.args if is_head(x, S.Times) else (x,)
        return joined(S.Times, [over_and_under(factor)[place] for factor in factors], 1)

    function.__doc__ = f"{name}[x] gives the {gives} of x.\n\nExamples:\n{examples}"
    builtin(name, category="Arithmetic", attributes=flags.LISTABLE)(function)


declare("Numerator", "numerator", 0, ">> {Numerator[6/8], Numerator[x/y^2], Numerator[2 a/(3 b)]}\n= {3, x, 2 a}\n")
declare("Denominator", "denominator", 1, ">> {Denominator[6/8], Denominator[x/y^2], Denominator[5]}\n= {4, y^2, 1}\n")
