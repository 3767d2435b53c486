"""Roots of polynomials that no formula says: Root, and the ways to it and from it, through sympy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from wlnet.builtins.numbers.numerical import OWN_VALUES, machine
from wlnet.builtins.numerics.assumptions import in_formulas
from wlnet.builtins.numerics.bridge import THERE, WHOLE, Bridge, NoWay, sympy, tried
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Expression, S, Term, elements, is_head, is_list, same, symbol
from wlnet.terms import attributes as flags

SLOT = Expression(S.Slot, (1,))
VARIABLE = symbol("System`Private`root")


def coefficients_of(kernel: Kernel, polynomial: Term) -> list[int | Fraction] | None:
    """Gives the coefficients of a pure function that is a polynomial of fractions, the lowest power first, or None."""
    if not is_head(polynomial, S.Function) or not 1 <= len(polynomial.args) <= 2:
        return None
    body = kernel.evaluate(Expression(polynomial, (VARIABLE,)))
    found = kernel.evaluate(Expression(S.CoefficientList, (body, VARIABLE)))
    numbers = elements(found) if is_list(found) else ()
    return list(numbers) if len(numbers) > 1 and all(type(n) in (int, Fraction) for n in numbers) else None


def root_there(kernel: Kernel, polynomial: Term, place: Term) -> Any:
    """Gives a root as sympy has it; raises NoWay where the polynomial or the place is no such."""
    found = coefficients_of(kernel, polynomial)
    if found is None or type(place) is not int or not 0 < place < len(found):
        raise NoWay
    numbers = [sympy().Rational(n.numerator, n.denominator) for n in reversed(found)]
    return sympy().CRootOf(sympy().Poly(numbers, sympy().Symbol("x")), place - 1)


def root_back(bridge: Bridge, found: Any) -> Term:
    """Gives Root[polynomial, place] for a root as sympy has it, square roots for one of a polynomial of degree two."""
    if found.poly.degree() == 2:
        return bridge.term(in_radicals(found))
    return Expression(S.Root, (pure(polynomial_of(found.poly)), int(found.index) + 1))


def polynomial_of(poly: Any) -> list[Term]:
    """Gives the terms c #^n of a polynomial of sympy's, the lowest power first, as they are after evaluation."""
    powers: dict[int, Term] = {0: 1, 1: SLOT}
    made: list[Term] = []
    for (exponent,), number in reversed(poly.terms()):
        power = powers.get(exponent, Expression(S.Power, (SLOT, exponent)))
        made.append(
            int(number) if exponent == 0 else power if number == 1 else Expression(S.Times, (int(number), power))
        )
    return made


def pure(terms: list[Term]) -> Expression:
    """Gives the pure function of a sum."""
    return Expression(S.Function, (Expression(S.Plus, tuple(terms)) if len(terms) > 1 else terms[0],))


@builtin("Root", category="Algebra", attributes=flags.NUMERIC_FUNCTION)
def root(kernel: Kernel, polynomial: Term, place: Term) -> Term | None:
    """Root[f, k] is the k-th root of a polynomial with rational coefficients, f a pure function: the real ones come first in
    their order, then the others, by real parts.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Roots that a square root says are given so. N gives
    their values; Solve gives roots of higher degree in this form.

    Examples:
        >> {Root[#^2 - 2 &, 2], Root[(# - 1) (#^5 - # - 1) &, 1], N[Root[#^5 - # - 1 &, 1]]}
        = {Sqrt[2], 1, 1.167303978}
        >> Solve[x^5 - x + 1 == 0, x, Reals]
        = {{x -> Root[1 - #1 + #1^5 &, 1]}}
        >> {N[Root[#^3 - 2 &, 1], 20], Root[#^3 - 2 &, 1] > 1, Root[#^3 - # + a &, 1]}
        printed: {1.2599210498948731648, True, Root[#1^3 - #1 + a & , 1]}
    Source: https://reference.wolfram.com/language/ref/Root.html
    """
    made = tried(kernel, lambda bridge: bridge.term(root_there(kernel, polynomial, place)))
    return None if made is None or same(made, Expression(S.Root, (polynomial, place))) else made


def root_value(kernel: Kernel, term: Expression, digits: float | None) -> Term | None:
    """Gives the value of a Root, to machine precision or so many digits."""

    def work(bridge: Bridge) -> Term:
        found = root_there(kernel, *term.args).evalf(15 if digits is None else int(digits) + 2)
        real, imaginary = found.as_real_imag()
        if digits is None:
            return float(real) if not imaginary else complex(float(real), float(imaginary))
        return bridge.term(real + sympy().I * imaginary)

    return tried(kernel, work) if len(term.args) == 2 else None


OWN_VALUES[S.Root] = root_value
THERE[S.Root] = root_there
WHOLE["ComplexRootOf"] = root_back


@builtin("ToRadicals", category="Algebra")
def to_radicals(kernel: Kernel, expr: Term) -> Term:
    """ToRadicals[expr] writes each Root in expr with roots of numbers, where its polynomial has a degree of at most four.

    Details: The Python package sympy does it (pip install wlnet[algebra]).

    Examples:
        >> {ToRadicals[Root[#^3 - 2 &, 1]], ToRadicals[Root[#^5 - # - 1 &, 1]]}
        = {2^(1/3), Root[-1 - #1 + #1^5 &, 1]}
        >> N[ToRadicals[Root[#^4 - # - 1 &, 2]]]
        = 1.220744085
    Source: https://reference.wolfram.com/language/ref/ToRadicals.html
    """
    if type(expr) is not Expression:
        return expr
    if is_head(expr, S.Root, 2):
        made = tried(kernel, lambda bridge: bridge.back(in_radicals(root_there(kernel, *expr.args))))
        return expr if made is None else made
    return Expression(to_radicals(kernel, expr.head), tuple(to_radicals(kernel, arg) for arg in expr.args))


def in_radicals(found: Any) -> Any:
    """Gives a root with roots of numbers; raises NoWay where there is no formula for its degree."""
    if found.poly.degree() > 4:
        raise NoWay
    near = found.evalf()
    return min(sympy().roots(found.poly), key=lambda each: abs(each.evalf() - near))


@builtin("RootReduce", category="Algebra")
def root_reduce(kernel: Kernel, expr: Term) -> Term:
    """RootReduce[expr] gives algebraic numbers as fractions, square roots of them, or one Root each.

    Details: The Python package sympy does it (pip install wlnet[algebra]).

    Examples:
        >> {RootReduce[Sqrt[2] + Sqrt[3]], RootReduce[(1 + Sqrt[2]) (1 - Sqrt[2])], RootReduce[Sqrt[3 + 2 Sqrt[2]]]}
        = {Root[1 - 10 #1^2 + #1^4 &, 4], -1, 1 + Sqrt[2]}
    Source: https://reference.wolfram.com/language/ref/RootReduce.html
    """

    def reduced(part: Term) -> Term:
        if machine(kernel, part) is None:
            return part
        made = tried(kernel, lambda bridge: bridge.back(as_one_root(bridge.there(part))))
        return part if made is None else made

    return in_formulas(expr, reduced)


def as_one_root(found: Any) -> Any:
    """Gives an algebraic number as a root of its minimal polynomial, or by square roots."""
    x = sympy().Symbol("x")
    polynomial = sympy().Poly(sympy().minimal_polynomial(found, x), x)
    near = found.evalf(30)
    roots = (sympy().CRootOf(polynomial, place) for place in range(polynomial.degree()))
    return min(roots, key=lambda each: abs(each.evalf(30) - near))


@builtin("MinimalPolynomial", category="Algebra")
def minimal_polynomial(kernel: Kernel, number: Term, x: Term = None) -> Term | None:
    """MinimalPolynomial[a, x] gives the polynomial in x of lowest degree with integer coefficients of which a is a root.
    MinimalPolynomial[a] gives it as a pure function.

    Details: The Python package sympy does it (pip install wlnet[algebra]).

    Examples:
        >> {MinimalPolynomial[Sqrt[2] + Sqrt[3], x], MinimalPolynomial[2^(1/3)]}
        = {1 - 10 x^2 + x^4, -2 + #1^3 &}
    Source: https://reference.wolfram.com/language/ref/MinimalPolynomial.html
    """

    def work(bridge: Bridge) -> Term:
        variable = sympy().Symbol("x") if x is None else bridge.there(x)
        found = sympy().minimal_polynomial(bridge.there(number), variable)
        return pure(polynomial_of(sympy().Poly(found, variable))) if x is None else bridge.back(found)

    return tried(kernel, work)
