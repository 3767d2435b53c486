"""Orthogonal polynomials: written out by their recurrences; values through SciPy and mpmath."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numbers import exact
from wlnet.builtins.numbers.special_functions import Special, declare, scipy
from wlnet.terms import Expression, S, Term

#: Polynomials of a higher degree are not written out.
DEGREE_LIMIT = 300

#: Gives a, b, c of p[n + 1] = (a x + b) p[n] - c p[n - 1] for n ≥ 0, where p[-1] is 0 and p[0] is 1.
Recurrence = Callable[[Fraction], tuple[Any, Any, Any]]


def written_out(recurrence: Recurrence, n: int, x: Term) -> Term:
    """Gives the polynomial of degree n in x, from the lowest power up."""
    before, last = np.zeros(n + 2, object), np.zeros(n + 2, object)
    last[0] = Fraction(1)
    for degree in range(n):
        a, b, c = recurrence(Fraction(degree))
        before, last = last, a * np.roll(last, 1) + b * last - c * before
    terms = tuple(
        Expression(S.Times, (exact(Fraction(factor)), *((Expression(S.Power, (x, power)),) if power else ())))
        for power, factor in enumerate(last)
        if factor
    )
    return Expression(S.Plus, terms) if terms else 0


def polynomial(recurrence: Recurrence) -> Callable[[Term, Term], Term | None]:
    """Makes the exact value of a row from the recurrence of its polynomials."""
    return lambda n, x: written_out(recurrence, n, x) if type(n) is int and 0 <= n <= DEGREE_LIMIT else None


def gegenbauer(n: Term, m: Term, x: Term) -> Term | None:
    if type(n) is not int or not 0 <= n <= DEGREE_LIMIT or type(m) not in (int, Fraction):
        return None
    return written_out(lambda k: (2 * (k + m) / (k + 1), 0, (k + 2 * m - 1) / (k + 1)), n, x)


# fmt: off
for _row in (
    Special("LegendreP", "LegendreP[n, x] gives the Legendre polynomial", ("LegendreP[3, {x, 0.5}]", "{(-3*x)/2 + (5*x^3)/2, -0.4375}"),
            scipy("eval_legendre"), "legendre",
            polynomial(lambda k: ((2 * k + 1) / (k + 1), 0, k / (k + 1)))),
    Special("ChebyshevT", "ChebyshevT[n, x] gives the Chebyshev polynomial of the first kind",
            ("ChebyshevT[3, {x, 0.5}]", "{-3 x + 4 x^3, -1.}"), scipy("eval_chebyt"), "chebyt",
            polynomial(lambda k: (2 if k else 1, 0, 1))),
    Special("ChebyshevU", "ChebyshevU[n, x] gives the Chebyshev polynomial of the second kind",
            ("ChebyshevU[2, {x, 0.25}]", "{-1 + 4 x^2, -0.75}"), scipy("eval_chebyu"), "chebyu",
            polynomial(lambda k: (2, 0, 1))),
    Special("HermiteH", "HermiteH[n, x] gives the Hermite polynomial", ("HermiteH[3, {x, 0.5}]", "{-12 x + 8 x^3, -5.}"),
            None, "hermite",
            polynomial(lambda k: (2, 0, 2 * k))),
    Special("LaguerreL", "LaguerreL[n, x] gives the Laguerre polynomial", ("LaguerreL[2, {x, 0.5}]", "{1 - 2 x + x^2/2, 0.125}"),
            scipy("eval_laguerre"), lambda work, n, x: work.laguerre(n, 0, x),
            polynomial(lambda k: (-1 / (k + 1), (2 * k + 1) / (k + 1), k / (k + 1)))),
    Special("GegenbauerC", "GegenbauerC[n, m, x] gives the Gegenbauer polynomial",
            ("GegenbauerC[2, 2, {x, 0.5}]", "{-2 + 12 x^2, 1.}"), scipy("eval_gegenbauer"), "gegenbauer", gegenbauer),
):
    declare(_row)
# fmt: on
