"""Circular and hyperbolic functions and their inverses: one table."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.elementary import IMAGINARY, Exact, Row, at, declare, of_pi
from wlnet.builtins.numbers.numerical import COMPLEX_INFINITY, INDETERMINATE, INFINITY, MINUS_INFINITY
from wlnet.terms import Expression, S, Symbol, Term, is_head

HALF = Fraction(1, 2)
THIRD_POWER = Expression(S.Power, (3, HALF))
FIFTH_POWER = Expression(S.Power, (5, HALF))


def plus(*terms: Term) -> Expression:
    return Expression(S.Plus, terms)


def times(*factors: Term) -> Expression:
    return Expression(S.Times, factors)


def nested_root(sign: int) -> Expression:
    """Gives Sqrt[5/8 ± Sqrt[5]/8], a sine of tenths of Pi."""
    return Expression(S.Power, (plus(Fraction(5, 8), times(Fraction(sign, 8), FIFTH_POWER)), HALF))


UNITS: dict[Symbol, Fraction] = {S.Pi: Fraction(1), S.Degree: Fraction(1, 180)}

SINES: dict[Fraction, Term] = {
    Fraction(0): 0,
    Fraction(1, 12): times(HALF, Expression(S.Power, (2, -HALF)), plus(-1, THIRD_POWER)),
    Fraction(1, 10): times(Fraction(1, 4), plus(-1, FIFTH_POWER)),
    Fraction(1, 6): HALF,
    Fraction(1, 5): nested_root(-1),
    Fraction(1, 4): Expression(S.Power, (2, -HALF)),
    Fraction(3, 10): times(Fraction(1, 4), plus(1, FIFTH_POWER)),
    Fraction(1, 3): times(HALF, THIRD_POWER),
    Fraction(2, 5): nested_root(1),
    Fraction(5, 12): times(HALF, Expression(S.Power, (2, -HALF)), plus(1, THIRD_POWER)),
    HALF: 1,
}
TANGENTS: dict[Fraction, Term] = {
    Fraction(0): 0,
    Fraction(1, 12): plus(2, times(-1, THIRD_POWER)),
    Fraction(1, 6): Expression(S.Power, (3, -HALF)),
    Fraction(1, 4): 1,
    Fraction(1, 3): THIRD_POWER,
    Fraction(5, 12): plus(2, THIRD_POWER),
    HALF: COMPLEX_INFINITY,
}


def half_turns(x: Term) -> Fraction | None:
    """Gives x/Pi where x is an exact rational multiple of Pi, or None."""
    if type(x) is int and x == 0:
        return Fraction(0)
    if is_head(x, S.Times, 2) and type(x.args[0]) in (int, Fraction) and type(x.args[1]) is Symbol:
        unit = UNITS.get(x.args[1])
        return None if unit is None else x.args[0] * unit
    return UNITS.get(x) if type(x) is Symbol else None


def negative(term: Term | None) -> Term | None:
    return None if term is None else Expression(S.Times, (-1, term))


def sine(turns: Fraction) -> Term | None:
    turns = turns % 2
    if turns > 1:
        return negative(sine(turns - 1))
    return SINES.get(min(turns, 1 - turns))


def tangent(turns: Fraction) -> Term | None:
    turns = turns % 1
    return TANGENTS.get(turns) if turns <= HALF else negative(TANGENTS.get(1 - turns))


def reciprocal(term: Term | None) -> Term | None:
    if term is None:
        return None
    return COMPLEX_INFINITY if type(term) is int and term == 0 else Expression(S.Power, (term, -1))


def circular(value: Callable[[Fraction], Term | None]) -> Exact:
    """Makes the `exact` of a circular function from its values at rational multiples of Pi."""

    def exact(x: Term) -> Term | None:
        turns = half_turns(x)
        return None if turns is None else value(turns)

    return exact


def within_one(x: Any) -> Any:
    return np.abs(x) <= 1


def beyond_one(x: Any) -> Any:
    return np.abs(x) >= 1


def arc_cot(x: Any) -> Any:
    return np.where(x == 0, math.pi / 2, np.arctan(1 / np.where(x == 0, 1.0, x)))


def arc(value: Term, turns: Fraction) -> tuple[Term, Term]:
    """Gives a value and the angle that it belongs to, as a row of a table."""
    return value, of_pi(turns.numerator, turns.denominator) if turns else 0


#: The sines whose angles are known again, and their opposites as evaluation writes them.
SIMPLE_SINES = {turns: SINES[turns] for turns in (Fraction(0), Fraction(1, 6), Fraction(1, 4), Fraction(1, 3), HALF)}
OPPOSITES: dict[Fraction, Term] = {
    Fraction(1, 6): -HALF,
    Fraction(1, 4): times(-1, SINES[Fraction(1, 4)]),
    Fraction(1, 3): times(-HALF, THIRD_POWER),
    HALF: -1,
}
ARC_SINES = at(*(arc(value, turns) for turns, value in SIMPLE_SINES.items()))
ARC_COSINES = at(
    *(arc(value, HALF - turns) for turns, value in SIMPLE_SINES.items()),
    *(arc(value, HALF + turns) for turns, value in OPPOSITES.items()),
)

MINUS_IMAGINARY = Expression(S.Complex, (0, -1))
UP, DOWN = (Expression(S.DirectedInfinity, (unit,)) for unit in (IMAGINARY, MINUS_IMAGINARY))


def swing(*ranges: tuple[Term, Term]) -> tuple[Term, ...]:
    """Makes the `limits` of a function that takes all values of some ranges again and again."""
    interval = Expression(S.Interval, tuple(Expression(S.List, ends) for ends in ranges))
    return interval, interval, INDETERMINATE


# name, gives, example, compute, inside, exact, parity, limits
# fmt: off
for _row in (
    Row("Sin", "the sine of x", ("Sin[1.]", "0.8414709848"), np.sin, None, circular(sine), -1,
        swing((-1, 1)), turned=(IMAGINARY, "Sinh")),
    Row("Cos", "the cosine of x", ("Cos[1.]", "0.5403023059"), np.cos, None, circular(lambda q: sine(q + HALF)), 1,
        swing((-1, 1)), turned=(1, "Cosh")),
    Row("Tan", "the tangent of x", ("Tan[1.]", "1.557407725"), np.tan, None, circular(tangent), -1,
        swing((MINUS_INFINITY, INFINITY)), turned=(IMAGINARY, "Tanh")),
    Row("Cot", "the cotangent of x", ("Cot[1.]", "0.6420926159"), lambda x: 1 / np.tan(x), None,
        circular(lambda q: tangent(HALF - q)), -1,
        swing((MINUS_INFINITY, INFINITY)), turned=(MINUS_IMAGINARY, "Coth")),
    Row("Sec", "the secant of x", ("Sec[1.]", "1.850815718"), lambda x: 1 / np.cos(x), None,
        circular(lambda q: reciprocal(sine(q + HALF))), 1,
        swing((MINUS_INFINITY, -1), (1, INFINITY)), turned=(1, "Sech")),
    Row("Csc", "the cosecant of x", ("Csc[1.]", "1.188395106"), lambda x: 1 / np.sin(x), None,
        circular(lambda q: reciprocal(sine(q))), -1,
        swing((MINUS_INFINITY, -1), (1, INFINITY)), turned=(MINUS_IMAGINARY, "Csch")),
    Row("ArcSin", "the angle whose sine is x", ("ArcSin[0.5]", "0.5235987756"), np.arcsin, within_one,
        ARC_SINES, -1, (UP, DOWN, COMPLEX_INFINITY), below=True,
        turned=(IMAGINARY, "ArcSinh")),
    Row("ArcCos", "the angle whose cosine is x", ("ArcCos[0.5]", "1.047197551"), np.arccos, within_one,
        ARC_COSINES, limits=(DOWN, UP, COMPLEX_INFINITY), below=True),
    Row("ArcCot", "the angle whose cotangent is x", ("ArcCot[2.]", "0.463647609"), arc_cot, None,
        at((0, of_pi(1, 2)), (1, of_pi(1, 4))), -1, (0, 0, 0)),
    Row("ArcSec", "the angle whose secant is x", ("ArcSec[2.]", "1.047197551"), lambda x: np.arccos(1 / x),
        beyond_one, at((1, 0), (-1, S.Pi), (2, of_pi(1, 3)), (0, COMPLEX_INFINITY)), 0, (of_pi(1, 2), of_pi(1, 2))),
    Row("ArcCsc", "the angle whose cosecant is x", ("ArcCsc[2.]", "0.5235987756"), lambda x: np.arcsin(1 / x),
        beyond_one, at((1, of_pi(1, 2)), (2, of_pi(1, 6)), (0, COMPLEX_INFINITY)), -1, (0, 0)),
    Row("Sinh", "the hyperbolic sine of x", ("Sinh[1.]", "1.175201194"), np.sinh, None, at((0, 0)), -1,
        (MINUS_INFINITY, INFINITY, INDETERMINATE),
        turned=(IMAGINARY, "Sin")),
    Row("Cosh", "the hyperbolic cosine of x", ("Cosh[1.]", "1.543080635"), np.cosh, None, at((0, 1)), 1,
        (INFINITY, INFINITY, INDETERMINATE),
        turned=(1, "Cos")),
    Row("Tanh", "the hyperbolic tangent of x", ("Tanh[{0., 1.}]", "{0., 0.761594156}"), np.tanh, None,
        at((0, 0)), -1, (-1, 1, INDETERMINATE),
        turned=(IMAGINARY, "Tan")),
    Row("Coth", "the hyperbolic cotangent of x", ("Coth[1.]", "1.313035285"), lambda x: 1 / np.tanh(x), None,
        at((0, COMPLEX_INFINITY)), -1, (-1, 1, INDETERMINATE),
        turned=(MINUS_IMAGINARY, "Cot")),
    Row("Sech", "the hyperbolic secant of x", ("Sech[1.]", "0.6480542737"), lambda x: 1 / np.cosh(x), None,
        at((0, 1)), 1, (0, 0, INDETERMINATE),
        turned=(1, "Sec")),
    Row("Csch", "the hyperbolic cosecant of x", ("Csch[1.]", "0.8509181282"), lambda x: 1 / np.sinh(x), None,
        at((0, COMPLEX_INFINITY)), -1, (0, 0, INDETERMINATE),
        turned=(MINUS_IMAGINARY, "Csc")),
    Row("ArcSinh", "the number whose hyperbolic sine is x", ("ArcSinh[1.]", "0.881373587"), np.arcsinh, None,
        at((0, 0)), -1, (MINUS_INFINITY, INFINITY, COMPLEX_INFINITY),
        turned=(IMAGINARY, "ArcSin")),
    Row("ArcCosh", "the number whose hyperbolic cosine is x", ("ArcCosh[2.]", "1.316957897"), np.arccosh,
        lambda x: x >= 1, at((1, 0)), 0, (INFINITY, INFINITY, INFINITY)),
    Row("ArcTanh", "the number whose hyperbolic tangent is x", ("ArcTanh[0.5]", "0.5493061443"), np.arctanh,
        within_one, at((0, 0), (1, INFINITY)), -1, pole=INFINITY, below=True, turned=(IMAGINARY, "ArcTan")),
    Row("ArcCoth", "the number whose hyperbolic cotangent is x", ("ArcCoth[2.]", "0.5493061443"),
        lambda x: np.arctanh(1 / x), beyond_one, at((1, INFINITY)), -1, (0, 0), pole=INFINITY),
    Row("ArcSech", "the number whose hyperbolic secant is x", ("ArcSech[0.5]", "1.316957897"),
        lambda x: np.arccosh(1 / x), lambda x: (x >= 0) & (x <= 1), at((1, 0), (0, INFINITY)), pole=INFINITY),
    Row("ArcCsch", "the number whose hyperbolic cosecant is x", ("ArcCsch[1.]", "0.881373587"),
        lambda x: np.arcsinh(1 / x), None, at((0, COMPLEX_INFINITY)), -1, (0, 0)),
    Row("Haversine", "the haversine (1 - Cos[x])/2", ("Haversine[1.]", "0.2298488471"),
        lambda x: np.sin(x / 2) ** 2, None, at((0, 0), (S.Pi, 1)), 1, big=lambda work, x: work.sin(x / 2) ** 2),
    Row("InverseHaversine", "the number whose haversine is x", ("InverseHaversine[0.25]", "1.047197551"),
        lambda x: 2 * np.arcsin(np.sqrt(x)), lambda x: (x >= 0) & (x <= 1), at((0, 0), (1, S.Pi)),
        big=lambda work, x: 2 * work.asin(work.sqrt(x))),
    Row("Gudermannian", "the Gudermannian 2 ArcTan[Tanh[x/2]]", ("Gudermannian[1.]", "0.8657694832"),
        lambda x: 2 * np.arctan(np.tanh(x / 2)), None, at((0, 0)), -1, (of_pi(-1, 2), of_pi(1, 2)),
        big=lambda work, x: 2 * work.atan(work.tanh(x / 2))),
    Row("InverseGudermannian", "the number whose Gudermannian is x", ("InverseGudermannian[1.]", "1.226191171"),
        lambda x: 2 * np.arctanh(np.tan(x / 2)), lambda x: np.abs(np.tan(x / 2)) <= 1, at((0, 0)), -1, pole=INFINITY,
        big=lambda work, x: 2 * work.atanh(work.tan(x / 2))),
    Row("Sinc", "the sinc function Sin[x]/x, 1 at 0", ("Sinc[{0., 1.}]", "{1., 0.8414709848}"),
        lambda x: np.where(x == 0, 1.0, np.sin(x) / np.where(x == 0, 1.0, x)), None, at((0, 1), (S.Pi, 0)), 1,
        (0, 0)),
):
    declare(_row)
# fmt: on
