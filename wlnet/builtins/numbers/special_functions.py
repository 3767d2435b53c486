"""Functions of mathematical physics: one table.

Machine numbers go through SciPy; where it has no value, and for more digits than machine numbers have, through mpmath.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.numbers.big import big_value, is_big, machine_value
from wlnet.builtins.numbers.numbers import digits_beside, exact, is_explicit, is_inexact, is_machine, parts
from wlnet.builtins.numbers.numerical import (
    COMPLEX_INFINITY,
    INDETERMINATE,
    INFINITY,
    MINUS_INFINITY,
    NUMERICAL,
    align,
    approximate,
    finite,
    is_numeric,
    real,
)
from wlnet.builtins.numbers.special import special
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Term, is_number
from wlnet.terms.same import key

HALF = Fraction(1, 2)
#: The series of mpmath are as long as the numbers in them are great; beyond this there is SciPy alone.
LARGEST = 10_000
#: Values at greater integers are not written out.
DEGREE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Special:
    """A special function of some numbers.

    usage: its arguments and what it gives; example: input and value.
    fast: the function on float64 numbers and arrays, nan where it has none; None: there is only mpmath.
    work: its name in mpmath, or a function of mpmath's context and the numbers.
    exact: its value at exact points, or None.
    """

    name: str
    usage: str
    example: tuple[str, str]
    fast: Callable[..., Any] | None
    work: str | Callable[..., Any]
    exact: Callable[..., Term | None] = lambda *x: None


def value_of(kernel: Kernel, row: Special, args: tuple[Term, ...]) -> Term | None:
    """Gives the value of a row's function, or None where it stays unevaluated."""
    if any(type(x) is np.ndarray for x in args):
        return packed_value(row, args)
    if any(x is INDETERMINATE for x in args):
        return INDETERMINATE
    if not any(is_inexact(x) for x in args):
        return row.exact(*args)
    if not all(is_explicit(x) for x in args):
        return beside_inexact(kernel, row, args)
    if any(part != part for x in args for part in parts(x)):
        return INDETERMINATE
    if any(abs(part) > LARGEST for x in args for part in parts(x)):
        return fast_value(row, args)
    if any(is_big(x) for x in args) and not any(is_machine(x) for x in args):
        return big_value(row.work, *args)
    found = fast_value(row, args)
    return machine_value(row.work, *args) if found is None else found


def fast_value(row: Special, args: tuple[Term, ...]) -> float | None:
    """Gives SciPy's value at real machine numbers, or None where it has none."""
    if row.fast is None or not all(is_number(x) and type(x) is not complex for x in args):
        return None
    with np.errstate(all="ignore"):
        value = float(row.fast(*map(real, args)))
    return value if np.isfinite(value) else None


def packed_value(row: Special, args: tuple[Term, ...]) -> Term | None:
    """Gives the values for arrays of machine numbers; None to have the elements taken one by one."""
    items = align(args)
    if items is None or row.fast is None or any(map(np.iscomplexobj, items)):
        return None
    if all(np.asarray(item).dtype.kind == "i" for item in items):
        return None
    with np.errstate(all="ignore"):
        return finite(np.asarray(row.fast(*(np.asarray(item, np.float64) for item in items))))


def beside_inexact(kernel: Kernel, row: Special, args: tuple[Term, ...]) -> Term | None:
    """Gives the function with exact quantities such as Pi made inexact like the numbers beside them."""
    if not all(is_numeric(kernel, x) for x in args):
        return None
    known = [digits_beside(x) for x in args if is_inexact(x)]
    digits = None if None in known else max(known)  # type: ignore[type-var]
    return Expression(
        getattr(S, row.name), tuple(x if is_explicit(x) else approximate(kernel, x, digits) for x in args)
    )


def table(*pairs: tuple[Any, Term]) -> Callable[..., Term | None]:
    """Makes the `exact` of a row from its values at exact arguments (a tuple of them where there are several)."""
    values = {tuple(map(key, x if isinstance(x, tuple) else (x,))): value for x, value in pairs}
    return lambda *x: values.get(tuple(map(key, x)))


def scipy(name: str) -> Callable[..., Any]:
    return lambda *x: special(name)(*x)


def scipy_part(name: str, place: int) -> Callable[..., Any]:
    return lambda *x: special(name)(*x)[place]


def bernoulli_numbers(count: int) -> list[Fraction]:
    """Gives the first Bernoulli numbers, of which B1 is -1/2."""
    found: list[Fraction] = []
    row: list[Fraction] = []
    for m in range(count):
        row.append(Fraction(1, m + 1))
        for j in range(m, 0, -1):
            row[j - 1] = j * (row[j - 1] - row[j])
        found.append(row[0] if m != 1 else -row[0])
    return found


def zeta_exact(s: Term) -> Term | None:
    if type(s) is not int or abs(s) > 200:
        return None
    if s == 1:
        return COMPLEX_INFINITY
    if s <= 0:
        return Fraction(-1, 2) if s == 0 else exact(-bernoulli_numbers(2 - s)[1 - s] / (1 - s))
    if s % 2:
        return None
    size = abs(bernoulli_numbers(s + 1)[s]) * Fraction(2) ** (s - 1)
    for factor in range(2, s + 1):
        size /= factor
    return Expression(S.Times, (exact(size), Expression(S.Power, (S.Pi, s))))


def poly_gamma_exact(n: Term, z: Term = None) -> Term | None:
    """Gives the digamma function at small integers, and Pi^2 in the trigamma function at 1."""
    order, place = (0, n) if z is None else (n, z)
    if type(place) is not int or type(order) is not int:
        return None
    if place <= 0:
        return COMPLEX_INFINITY
    if order == 0 and place <= DEGREE_LIMIT:
        harmonic = exact(sum((Fraction(1, k) for k in range(1, place)), start=Fraction(0)))
        return Expression(S.Plus, (harmonic, Expression(S.Times, (-1, S.EulerGamma))))
    if order == 1 and place <= DEGREE_LIMIT:
        rest = exact(-sum((Fraction(1, k * k) for k in range(1, place)), start=Fraction(0)))
        return Expression(S.Plus, (rest, Expression(S.Times, (Fraction(1, 6), Expression(S.Power, (S.Pi, 2))))))
    return None


def product_log_exact(x: Term, y: Term = None) -> Term | None:
    return {0: 0}.get(x) if y is None and type(x) is int else 1 if y is None and x is S.E else None


def bessel_exact(at_zero: Term, otherwise: Term) -> Callable[..., Term | None]:
    """Makes the values of a Bessel function of integer order at 0."""

    def value(n: Term, z: Term) -> Term | None:
        if type(z) is not int or z != 0 or type(n) is not int:
            return None
        return at_zero if n == 0 else otherwise

    return value


def real_lambert(x: Any) -> Any:
    """Gives the real principal branch, nan below -1/E."""
    return np.where(np.asarray(x) >= -np.exp(-1), np.real(special("lambertw")(x)), np.nan)


def quarter(sign: int = 1) -> Term:
    return Expression(S.Times, (Fraction(sign, 2), S.Pi))


def declare(row: Special) -> None:
    """Declares the built-in of a row; how many arguments it takes is read off its usage."""
    forms = [form.count(",") + 1 for form in re.findall(rf"{row.name}\[(.*?)\]", row.usage)]
    function = SIGNATURES[min(forms), max(forms)](lambda kernel, *args: value_of(kernel, row, args))
    given, value = row.example
    function.__doc__ = f"{row.usage}.\n\nExamples:\n>> {given}\n= {value}\n"
    function.__name__ = row.name
    builtin(row.name, category="Special functions", attributes=NUMERICAL, packed=True)(function)


def one_or_two(value: Callable[..., Term | None]) -> Callable[..., Term | None]:
    return lambda kernel, x, y=None: value(kernel, x) if y is None else value(kernel, x, y)


#: Least and greatest number of arguments → a function that says so in its signature.
SIGNATURES: dict[tuple[int, int], Callable[[Callable[..., Term | None]], Callable[..., Term | None]]] = {
    (1, 1): lambda value: lambda kernel, x: value(kernel, x),
    (1, 2): one_or_two,
    (2, 2): lambda value: lambda kernel, x, y: value(kernel, x, y),
    (2, 3): lambda value: lambda kernel, x, y, z=None: value(kernel, x, y) if z is None else value(kernel, x, y, z),
    (3, 3): lambda value: lambda kernel, x, y, z: value(kernel, x, y, z),
    (4, 4): lambda value: lambda kernel, a, b, c, z: value(kernel, a, b, c, z),
}

# fmt: off
for _row in (
    Special("Zeta", "Zeta[s] gives the Riemann zeta function", ("Zeta[{2, 3.}]", "{Pi^2/6, 1.202056903}"),
            scipy("zeta"), "zeta", zeta_exact),
    Special("PolyGamma", "PolyGamma[z] gives the digamma function; PolyGamma[n, z] its n-th derivative",
            ("PolyGamma[1, {1, 2.5}]", "{Pi^2/6, 0.4903577561}"), None,
            lambda work, n, z=None: work.digamma(n) if z is None else work.polygamma(int(n), z), poly_gamma_exact),
    Special("BesselJ", "BesselJ[n, z] gives the Bessel function of the first kind", ("BesselJ[0, {0, 1.5}]", "{1, 0.5118276717}"),
            scipy("jv"), "besselj", bessel_exact(1, 0)),
    Special("BesselY", "BesselY[n, z] gives the Bessel function of the second kind", ("BesselY[0, 1.5]", "0.3824489238"),
            scipy("yv"), "bessely", bessel_exact(MINUS_INFINITY, COMPLEX_INFINITY)),
    Special("BesselI", "BesselI[n, z] gives the modified Bessel function of the first kind",
            ("BesselI[1, 1.5]", "0.9816664286"), scipy("iv"), "besseli", bessel_exact(1, 0)),
    Special("BesselK", "BesselK[n, z] gives the modified Bessel function of the second kind",
            ("BesselK[1, 1.5]", "0.2773878005"), scipy("kv"), "besselk", bessel_exact(INFINITY, COMPLEX_INFINITY)),
    Special("AiryAi", "AiryAi[z] gives the Airy function Ai", ("AiryAi[1.]", "0.1352924163"), scipy_part("airy", 0), "airyai"),
    Special("AiryBi", "AiryBi[z] gives the Airy function Bi", ("AiryBi[1.]", "1.207423595"), scipy_part("airy", 2), "airybi"),
    Special("ExpIntegralEi", "ExpIntegralEi[z] gives the exponential integral Ei", ("ExpIntegralEi[1.]", "1.895117816"),
            scipy("expi"), "ei", table((0, MINUS_INFINITY))),
    Special("ExpIntegralE", "ExpIntegralE[n, z] gives the exponential integral of order n", ("ExpIntegralE[1, 2.]", "0.04890051071"),
            None, "expint"),
    Special("LogIntegral", "LogIntegral[z] gives the logarithmic integral", ("LogIntegral[10.]", "6.165599505"), None, "li",
            table((0, 0), (1, MINUS_INFINITY))),
    Special("SinIntegral", "SinIntegral[z] gives the sine integral", ("SinIntegral[2.]", "1.605412977"),
            scipy_part("sici", 0), "si", table((0, 0), (INFINITY, quarter()), (MINUS_INFINITY, quarter(-1)))),
    Special("CosIntegral", "CosIntegral[z] gives the cosine integral", ("CosIntegral[2.]", "0.4229808288"),
            lambda x: np.where(np.asarray(x) > 0, special("sici")(x)[1], np.nan), "ci",
            table((0, MINUS_INFINITY), (INFINITY, 0))),
    Special("FresnelS", "FresnelS[z] gives the Fresnel integral of Sin[Pi t^2/2]", ("FresnelS[{0, 2.}]", "{0, 0.3434156784}"),
            scipy_part("fresnel", 0), "fresnels", table((0, 0), (INFINITY, HALF), (MINUS_INFINITY, -HALF))),
    Special("FresnelC", "FresnelC[z] gives the Fresnel integral of Cos[Pi t^2/2]", ("FresnelC[{0, 2.}]", "{0, 0.4882534061}"),
            scipy_part("fresnel", 1), "fresnelc", table((0, 0), (INFINITY, HALF), (MINUS_INFINITY, -HALF))),
    Special("ProductLog", "ProductLog[z] gives the w with z = w E^w; ProductLog[k, z] the k-th solution",
            ("ProductLog[{0, 1.}]", "{0, 0.5671432904}"), lambda *x: real_lambert(x[0]) if len(x) == 1 else np.nan,
            lambda work, k, z=None: work.lambertw(k) if z is None else work.lambertw(z, int(k)), product_log_exact),
    Special("PolyLog", "PolyLog[n, z] gives the polylogarithm", ("PolyLog[2, 0.5]", "0.5822405265"), None, "polylog",
            table(((2, 0), 0), ((2, 1), Expression(S.Times, (Fraction(1, 6), Expression(S.Power, (S.Pi, 2))))))),
    Special("Hypergeometric2F1", "Hypergeometric2F1[a, b, c, z] gives the hypergeometric function",
            ("Hypergeometric2F1[1, 2, 3, 0.5]", "1.545177444"), scipy("hyp2f1"), "hyp2f1"),
    Special("Hypergeometric1F1", "Hypergeometric1F1[a, b, z] gives the confluent hypergeometric function",
            ("Hypergeometric1F1[1, 2, 1.]", "1.718281828"), scipy("hyp1f1"), "hyp1f1"),
):
    declare(_row)
# fmt: on
