"""Factors of polynomials as lists, their common factors, and bases of what they generate, through sympy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wlnet.builtins.numerics.algebra import declare
from wlnet.builtins.numerics.bridge import Bridge, sympy, tried
from wlnet.builtins.numerics.formulas import difference, parts_of
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Term, list_of, to_list

declare(
    "FactorSquareFree", "sqf", "a polynomial as a product of powers of factors without double roots",
    "FactorSquareFree[x^3 + 3 x^2 + 3 x + 1]", "(1 + x)^3",
)  # fmt: skip
declare(
    "FactorTerms", "factor_terms", "a polynomial with the number that all its terms have in common in front",
    "FactorTerms[3 + 6 x + 3 x^2]", "3*(1 + 2*x + x^2)",
)  # fmt: skip
declare(
    "TrigExpand", "expand_trig", "functions of angles that are sums and multiples by those of the angles alone",
    "TrigExpand[{Sin[x + y], Cos[2 x]}]", "{Cos[y]*Sin[x] + Cos[x]*Sin[y], -1 + 2*Cos[x]^2}",
)  # fmt: skip
declare(
    "FunctionExpand", "expand_func", "special functions by simpler ones",
    "FunctionExpand[{Gamma[x + 1], Beta[a, b]}]", "{x*Gamma[x], Gamma[a]*Gamma[b]*Gamma[a + b]^(-1)}",
)  # fmt: skip


def listed(kernel: Kernel, poly: Term, factor: Callable[[Any], tuple[Any, Iterable[tuple[Any, int]]]]) -> Term | None:
    """Gives {{number, 1}, {factor, exponent}, …} as a function of sympy's has it."""

    def work(bridge: Bridge) -> Term:
        number, found = factor(bridge.there(poly))
        pairs = [list_of(bridge.back(each), int(power)) for each, power in found]
        return list_of(list_of(bridge.back(sympy().sympify(number)), 1), *pairs)

    return tried(kernel, work)


@builtin("FactorList", category="Algebra")
def factor_list(kernel: Kernel, poly: Term) -> Term | None:
    """FactorList[poly] gives the factors of a polynomial with their exponents, {{number, 1}, {factor, n}, …}.

    Details: The Python package sympy does it (pip install wlnet[algebra]).

    Examples:
        >> FactorList[2 x^3 - 2 x]
        = {{2, 1}, {-1 + x, 1}, {x, 1}, {1 + x, 1}}
    Source: https://reference.wolfram.com/language/ref/FactorList.html
    """
    return listed(kernel, poly, lambda found: sympy().factor_list(found))


@builtin("FactorSquareFreeList", category="Algebra")
def factor_square_free_list(kernel: Kernel, poly: Term) -> Term | None:
    """FactorSquareFreeList[poly] gives factors without double roots with their exponents, {{number, 1}, {factor, n}, …}.

    Details: The Python package sympy does it (pip install wlnet[algebra]).

    Examples:
        >> FactorSquareFreeList[3 (x^2 - 1)^2 (x + 2)]
        = {{3, 1}, {2 + x, 1}, {-1 + x^2, 2}}
    Source: https://reference.wolfram.com/language/ref/FactorSquareFreeList.html
    """
    return listed(kernel, poly, lambda found: sympy().sqf_list(found))


def fold(kernel: Kernel, there: str, polynomials: tuple[Term, ...]) -> Term | None:
    def work(bridge: Bridge) -> Term:
        found, *rest = map(bridge.there, polynomials)
        for each in rest:
            found = getattr(sympy(), there)(found, each)
        return bridge.back(found)

    return tried(kernel, work) if polynomials else None


@builtin("PolynomialGCD", category="Algebra")
def polynomial_gcd(kernel: Kernel, *polynomials: Term) -> Term | None:
    """PolynomialGCD[p, q, …] gives the greatest common divisor of polynomials.

    Details: The Python package sympy does it (pip install wlnet[algebra]).

    Examples:
        >> {PolynomialGCD[x^2 - 1, x^2 + 2 x + 1], PolynomialGCD[2 x, 4 x y, 6 x^2], PolynomialGCD[x, y]}
        = {1 + x, 2*x, 1}
    Source: https://reference.wolfram.com/language/ref/PolynomialGCD.html
    """
    return fold(kernel, "gcd", polynomials)


@builtin("PolynomialLCM", category="Algebra")
def polynomial_lcm(kernel: Kernel, *polynomials: Term) -> Term | None:
    """PolynomialLCM[p, q, …] gives the least common multiple of polynomials.

    Details: The Python package sympy does it (pip install wlnet[algebra]).

    Examples:
        >> Factor[PolynomialLCM[x^2 - 1, x + 1, x]]
        = (-1 + x) x (1 + x)
    Source: https://reference.wolfram.com/language/ref/PolynomialLCM.html
    """
    return fold(kernel, "lcm", polynomials)


@builtin("GroebnerBasis", category="Algebra")
def groebner_basis(kernel: Kernel, polynomials: Term, variables: Term) -> Term | None:
    """GroebnerBasis[{p, q, …}, {x, y, …}] gives a Gröbner basis of polynomials, or of equations, in lexicographic order.

    Details: The Python package sympy does it (pip install wlnet[algebra]); the polynomials come with the last variables first.

    Examples:
        >> GroebnerBasis[{x^2 + y^2 == 1, x == y}, {x, y}]
        = {-1 + 2*y^2, x - y}
    Source: https://reference.wolfram.com/language/ref/GroebnerBasis.html
    """

    def work(bridge: Bridge) -> Term:
        given = [bridge.there(difference(each)) for each in parts_of(polynomials)]
        found = sympy().groebner(given, *map(bridge.there, parts_of(variables)), order="lex")
        return to_list([bridge.back(each) for each in reversed(list(found.exprs))])

    return tried(kernel, work)
