"""Error functions, gamma functions, factorials and binomial coefficients."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.big import big_value, is_big
from wlnet.builtins.numbers.elementary import Row, at, declare, row_value
from wlnet.builtins.numbers.numbers import checked, exact, is_explicit
from wlnet.builtins.numbers.numerical import (
    COMPLEX_INFINITY,
    INDETERMINATE,
    INFINITY,
    MINUS_INFINITY,
    NUMERICAL,
    align,
    finite,
    real,
)
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Term, is_number, same

HALF = Fraction(1, 2)
#: Larger factorials would take minutes and gigabytes.
FACTORIAL_LIMIT = 100_000


def special(name: str) -> Any:
    """Gives a function of scipy.special, which is imported when one is first used."""
    import scipy.special

    return getattr(scipy.special, name)


def gamma_values(x: Any) -> Any:
    values = special("gamma")(x)
    if np.iscomplexobj(x):
        return values
    return np.where((x <= 0) & (np.floor(x) == x), np.inf, values)


def log_gamma_values(x: Any) -> Any:
    return special("loggamma" if np.iscomplexobj(x) else "gammaln")(x)


def gamma_exact(x: Term) -> Term | None:
    if type(x) is int:
        if x <= 0:
            return COMPLEX_INFINITY
        return math.factorial(x - 1) if x <= FACTORIAL_LIMIT else None
    if type(x) is Fraction and x.denominator == 2 and abs(x) < 200:
        factor, at_half = Fraction(1), Expression(S.Power, (S.Pi, HALF))
        while x > HALF:
            x -= 1
            factor *= x
        while x < HALF:
            factor /= x
            x += 1
        return Expression(S.Times, (exact(factor), at_half))
    return None


def log_gamma_exact(x: Term) -> Term | None:
    if type(x) is int:
        return INFINITY if x <= 0 else Expression(S.Log, (math.factorial(x - 1),)) if x <= 1000 else None
    return None


GAMMA = Row("Gamma", "", ("", ""), gamma_values, None, gamma_exact, limits=(INDETERMINATE, INFINITY))

# fmt: off
for _row in (
    Row("Erfc", "the complementary error function 1 - Erf[x]", ("Erfc[0.5]", "0.4795001222"),
        lambda x: special("erfc")(x), None, at((0, 1)), 0, (2, 0)),
    Row("InverseErf", "the number whose error function is x", ("InverseErf[0.5]", "0.4769362762"),
        lambda x: special("erfinv")(x), lambda x: np.abs(x) <= 1, at((0, 0), (1, INFINITY), (-1, MINUS_INFINITY)), -1,
        pole=INFINITY, real_only=True, big="erfinv"),
    Row("InverseErfc", "the number whose complementary error function is x", ("InverseErfc[0.5]", "0.4769362762"),
        lambda x: special("erfcinv")(x), lambda x: (x >= 0) & (x <= 2),
        at((1, 0), (0, INFINITY), (2, MINUS_INFINITY)), pole=INFINITY, real_only=True,
        big=lambda work, x: work.erfinv(1 - x)),
    Row("LogGamma", "the logarithm of the gamma function", ("LogGamma[10.]", "12.80182748"), log_gamma_values,
        lambda x: x >= 0, log_gamma_exact, 0, (COMPLEX_INFINITY, INFINITY), pole=INFINITY),
):
    declare(_row, "Special functions")
# fmt: on

ERF = Row(
    "Erf", "", ("", ""), lambda x: special("erf")(x), None, at((0, 0)), -1, (-1, 1)
)  # fmt: skip


@builtin("Erf", category="Special functions", attributes=NUMERICAL, packed=True)
def erf(kernel: Kernel, x: Term, y: Term = None) -> Term | None:
    """Erf[x] gives the error function of x.
    Erf[x, y] gives the difference Erf[y] - Erf[x].

    Examples:
        >> Erf[{0., 0.5}]
        = {0., 0.5204998778}
        >> Erf[0.5, 1.]
        = 0.3222009151
    """
    if y is None:
        return row_value(kernel, ERF, x)
    if (is_explicit(x) and is_explicit(y)) or type(x) is np.ndarray or type(y) is np.ndarray:
        return Expression(S.Subtract, (Expression(S.Erf, (y,)), Expression(S.Erf, (x,))))
    return None


@builtin("Gamma", category="Special functions", attributes=NUMERICAL, packed=True)
def gamma(kernel: Kernel, x: Term, y: Term = None) -> Term | None:
    """Gamma[x] gives the gamma function of x, (x - 1)! for integers.
    Gamma[a, x] gives the upper incomplete gamma function.

    Examples:
        >> Gamma[5]
        = 24
        >> Gamma[0.5]
        = 1.772453851
        >> Gamma[2., 1.]
        = 0.7357588823
    """
    if y is None:
        return row_value(kernel, GAMMA, x)
    if (is_big(x) or is_big(y)) and is_explicit(x) and is_explicit(y):
        return big_value("gammainc", x, y)
    if not (is_number(x) and is_number(y)) or not (type(x) is float or type(y) is float):
        return None
    if type(x) is complex or type(y) is complex or x <= 0 or y < 0:
        return None
    a, start = real(x), real(y)
    return checked(kernel, (special("gammaincc")(a, start) * special("gamma")(a)).item())


@builtin("Factorial", category="Special functions", attributes=NUMERICAL, packed=True)
def factorial(kernel: Kernel, n: Term) -> Term | None:
    """Factorial[n], or n!, gives the factorial of n.

    Examples:
        >> 20!
        = 2432902008176640000
        >> Factorial[2.5]
        = 3.32335097
    """
    if type(n) is np.ndarray:
        return packed_gamma(n)
    if is_number(n):
        return Expression(S.Gamma, (Expression(S.Plus, (n, 1)),)) if n != FACTORIAL_LIMIT else None
    return None


def packed_gamma(n: np.ndarray) -> Term | None:
    with np.errstate(all="ignore"):
        return finite(gamma_values(n + 1)) if n.dtype.kind == "f" else None


@builtin("Factorial2", category="Special functions", attributes=NUMERICAL)
def factorial2(kernel: Kernel, n: Term) -> Term | None:
    """Factorial2[n], or n!!, gives the double factorial n (n - 2) (n - 4) ….

    Examples:
        >> Factorial2[7]
        = 105
    """
    if type(n) is not int or not -1 <= n <= FACTORIAL_LIMIT:
        return None
    return math.prod(range(n, 0, -2))


@builtin("Binomial", category="Special functions", attributes=NUMERICAL, packed=True)
def binomial(kernel: Kernel, n: Term, k: Term) -> Term | None:
    """Binomial[n, k] gives the binomial coefficient of n over k.

    Examples:
        >> Binomial[10, 3]
        = 120
        >> Binomial[5, {0, 1, 2}]
        = {1, 5, 10}
        >> {Binomial[n, 3], Binomial[n, n]}
        = {((-2 + n)*(-1 + n)*n)/6, 1}
    """
    if type(n) is np.ndarray or type(k) is np.ndarray:
        items = align((n, k))
        if items is None or not any(getattr(item, "dtype", None) == np.float64 for item in items):
            return None
        return finite(special("binom")(*items)) if not any(map(np.iscomplexobj, items)) else None
    if type(n) is int and type(k) is int:
        return binomial_exact(n, k) if min(abs(k), abs(n - k)) <= FACTORIAL_LIMIT else None
    if not is_number(n):
        return binomial_written(n, k)
    if not is_number(k) or type(n) is complex or type(k) is complex:
        return None
    if type(n) is Fraction and type(k) is int and k <= FACTORIAL_LIMIT:
        return exact(math.prod(((n - j) / (j + 1) for j in range(k)), start=Fraction(1))) if k >= 0 else 0
    if is_big(n) or is_big(k):
        return big_value("binomial", n, k)
    if type(n) is float or type(k) is float:
        return checked(kernel, special("binom")(real(n), real(k)).item())
    return None


#: Up to this k a binomial coefficient of what is no number is written as a product.
WRITTEN = 20


def binomial_written(n: Term, k: Term) -> Term | None:
    """Gives a binomial coefficient of what is no number as a polynomial, or None where k is no small integer."""
    if same(n, k):
        return 1
    if type(k) is not int or k > WRITTEN:
        return None
    factors = [Expression(S.Plus, (n, -j)) for j in range(k)]
    return Expression(S.Times, (exact(Fraction(1, math.factorial(k))), *factors)) if k >= 0 else 0


def binomial_exact(n: int, k: int) -> int:
    if n >= 0:
        return math.comb(n, k) if k >= 0 else 0
    if k >= 0:
        return (-1) ** k * math.comb(k - n - 1, k)
    return (-1) ** (n - k) * math.comb(-k - 1, n - k) if k <= n else 0


@builtin("Beta", category="Special functions", attributes=NUMERICAL)
def beta(kernel: Kernel, a: Term, b: Term) -> Term | None:
    """Beta[a, b] gives the beta function Gamma[a] Gamma[b]/Gamma[a + b].

    Examples:
        >> Beta[2., 3.]
        = 0.08333333333
        >> {Beta[1/2, 1/2], Beta[-5, 3], Beta[0, 1]}
        = {Pi, -1/30, ComplexInfinity}
    """
    if not (is_number(a) and is_number(b)) or type(a) is complex or type(b) is complex:
        return None
    if is_big(a) or is_big(b):
        return big_value("beta", a, b)
    if type(a) is float or type(b) is float:
        value = special("beta")(real(a), real(b)).item()
        return checked(kernel, value) if math.isfinite(value) else INDETERMINATE
    if type(a) is int and type(b) is int and min(a, b) <= 0:
        few, many = max(a, b), min(a, b)
        if few <= 0 or few + many > 0:
            return COMPLEX_INFINITY
        return Expression(S.Times, ((-1) ** few, Expression(S.Beta, (1 - few - many, few))))
    gammas = (Expression(S.Gamma, (a,)), Expression(S.Gamma, (b,)))
    total = Expression(S.Power, (Expression(S.Gamma, (Expression(S.Plus, (a, b)),)), -1))
    return Expression(S.Times, (*gammas, total))
