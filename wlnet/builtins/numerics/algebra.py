"""Exact solutions through sympy: equations, integrals, limits, series, factors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.numbers.calculus import holds
from wlnet.builtins.numbers.numerical import approximate, machine
from wlnet.builtins.numerics.bridge import Bridge, NoWay, sympy, tried
from wlnet.builtins.numerics.differential_equations import flat
from wlnet.builtins.numerics.formulas import difference, parts_of, rules
from wlnet.builtins.numerics.settings import unfit
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import (
    FALSE,
    TRUE,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    is_number,
    list_of,
    same,
    symbol,
    to_list,
)

NO_EQUATIONS = "`1` is not an equation, or a list of equations, joined by && perhaps."
NO_VARIABLES = "`1` is not a variable or a list of variables."
NO_SOLUTION = "No way to solve these equations exactly is known; FindRoot finds solutions by numbers."
DOMAIN = "Solutions are found among Complexes or Reals, not `1`."


def equations_of(term: Term) -> list[Term] | None:
    """Gives equations without those that hold anyway, None where one never holds; raises Message."""
    found = [each for each in flat(term) if each is not TRUE]
    if FALSE in found:
        return None
    if not all(is_head(each, S.Equal) for each in found):
        raise Message("eqf", term)
    return [Expression(S.Equal, (each.args[0], other)) for each in found for other in each.args[1:]]


def variables_of(term: Term) -> tuple[Term, ...]:
    names = parts_of(term)
    if not names or any(is_number(name) or type(name) is str or is_list(name) for name in names):
        raise Message("ivar", term)
    return names


def is_real_domain(domain: Term) -> bool:
    """Tells whether solutions are real; raises Message for domains that are neither Reals nor Complexes."""
    if domain not in (S.Reals, S.Complexes):
        raise Message("dom", domain)
    return domain is S.Reals


def position(solution: Term) -> tuple[float, float]:
    found = complex(solution)
    return round(found.real, 10), found.imag


def in_order(kernel: Kernel, solutions: list[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Gives solutions in the order of their values, as they are where these are no numbers."""
    values = [[machine(kernel, value) for value in solution] for solution in solutions]
    if any(value is None for row in values for value in row):
        return solutions
    order = sorted(range(len(values)), key=lambda place: [position(value) for value in values[place]])
    return [solutions[place] for place in order]


def solutions_of(bridge: Bridge, equations: Sequence[Term], names: Sequence[Term], real: bool) -> Term:
    """Gives {{x -> value, …}, …}; raises NoWay."""
    unknowns = [bridge.there(name) for name in names]
    sides = [bridge.there(difference(each)) for each in equations]
    made = []
    for found in sympy().solve(sides, unknowns, dict=True):
        here = [unknown for unknown in unknowns if unknown in found]
        if real and any(found[unknown].is_real is False for unknown in here):
            continue
        made.append((here, tuple(bridge.back(found[unknown]) for unknown in here)))
    if len({tuple(map(str, here)) for here, _ in made}) <= 1:
        here = made[0][0] if made else []
        ordered = in_order(bridge.kernel, [values for _, values in made])
        return list_of(*(rules([bridge.terms[each] for each in here], values) for values in ordered))
    return list_of(*(rules([bridge.terms[each] for each in here], values) for here, values in made))


@builtin(
    "Solve", category="Algebra",
    messages={"dom": DOMAIN, "eqf": NO_EQUATIONS, "ivar": NO_VARIABLES, "nsmet": NO_SOLUTION},
)  # fmt: skip
def solve(kernel: Kernel, equations: Term, variables: Term, domain: Term = S.Complexes) -> Term | None:
    """Solve[equations, x] gives the solutions of equations for x, {{x -> …}, …}.
    Solve[equations, {x, y, …}] solves for several variables; Solve[equations, x, Reals] gives real solutions only.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Where there are infinitely many solutions, as of
    Sin[x] == 0, those within one period are given.

    Examples:
        >> Solve[x^2 - 5 x + 6 == 0, x]
        = {{x -> 2}, {x -> 3}}
        >> Solve[{x + y == 3, x - y == 1}, {x, y}]
        = {{x -> 2, y -> 1}}
        >> Solve[a x + b == 0, x]
        = {{x -> -a^(-1) b}}
        >> {Solve[x^4 == 1, x, Reals], Solve[x == x, x], Solve[1 == 2, x]}
        = {{{x -> -1}, {x -> 1}}, {{}}, {}}
    Possible issues:
        >> Solve[x^2, x];
        message: Solve::eqf
        >> Solve[x == 1, 2];
        message: Solve::ivar
        >> Solve[x == 1, x, Integers];
        message: Solve::dom
        >> Solve[x + Sin[x] == Exp[x] + 1/2, x];
        message: Solve::nsmet
    Differs: Periodic solutions are given without a free integer, and those of higher degree by roots or not at all.
    """
    names, found = variables_of(variables), equations_of(equations)
    real = is_real_domain(domain)
    if not found:
        return list_of() if found is None else list_of(list_of())
    solutions = tried(kernel, lambda bridge: solutions_of(bridge, found, names, real), real)
    if solutions is None:
        raise Message("nsmet")
    return solutions


def polynomial_roots(kernel: Kernel, equation: Term, x: Term) -> np.ndarray | None:
    """Gives the roots of an equation of polynomials with numbers as coefficients, or None."""
    found = kernel.evaluate(Expression(S.CoefficientList, (difference(equation), x)))
    values = [machine(kernel, each) for each in elements(found)] if is_list(found) else []
    if not values or any(value is None or not np.isfinite(value) for value in values):
        return None
    return np.roots(np.array(values)[::-1])


@builtin(
    "NSolve",
    category="Algebra",
    messages={"dom": DOMAIN, "eqf": NO_EQUATIONS, "ivar": NO_VARIABLES, "nsmet": NO_SOLUTION},
)
def nsolve(kernel: Kernel, equations: Term, variables: Term, domain: Term = S.Complexes) -> Term | None:
    """NSolve[equation, x] gives the numerical solutions of an equation of polynomials, {{x -> …}, …}.
    NSolve[equations, {x, y, …}] solves several equations; NSolve[equations, x, Reals] gives real solutions only.

    Details: One polynomial is solved by numbers; anything else as by Solve, which needs sympy.

    Examples:
        >> NSolve[x^5 - 2 x + 3 == 0, x, Reals]
        = {{x -> -1.423605849}}
        >> NSolve[x^2 + 1 == 0, x]
        = {{x -> 0. - 1. I}, {x -> 0. + 1. I}}
        >> NSolve[{x + 2 y == 3, x y == 1}, {x, y}]
        = {{x -> 1., y -> 1.}, {x -> 2., y -> 0.5}}
    Possible issues:
        >> NSolve[x^2, x];
        message: NSolve::eqf
        >> NSolve[x == 1, 2];
        message: NSolve::ivar
        >> NSolve[x == 1, x, Integers];
        message: NSolve::dom
        >> NSolve[x + Sin[x] == Exp[x] + 1/2, x];
        message: NSolve::nsmet
    """
    names, found = variables_of(variables), equations_of(equations)
    real = is_real_domain(domain)
    roots = (
        polynomial_roots(kernel, found[0], names[0]) if found is not None and len(found) == len(names) == 1 else None
    )
    if roots is None:
        exact = solve(kernel, equations, variables, domain)
        return None if exact is None else approximate(kernel, exact)
    chosen = [root.real if abs(root.imag) <= 1e-12 * abs(root) else root for root in roots.tolist()]
    chosen = [root for root in chosen if not (real and isinstance(root, complex))]
    ordered = in_order(kernel, [(root,) for root in chosen])
    return list_of(*(rules(names, values) for values in ordered))


def without(kind: str, found: Any) -> Any:
    """Gives an expression of sympy; raises NoWay where it holds what could not be worked out."""
    if found.has(getattr(sympy(), kind)):
        raise NoWay
    return found


@builtin("Integrate", category="Calculus", messages={"ilim": "`1` is not a variable or a range {x, min, max}."})
def integrate(kernel: Kernel, f: Term, *ranges: Term) -> Term | None:
    """Integrate[f, x] gives the integral of a formula of x, without a constant.
    Integrate[f, {x, min, max}] gives the integral from min to max.
    Integrate[f, {x, …}, {y, …}, …] integrates over several variables, the last one innermost.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Variables count as real, and parameters as such
    that the integral converges. What has no known integral stays as it is.

    Examples:
        >> Integrate[x^2 + Sin[2 x], x]
        = x^3/3 - Cos[2 x]/2
        >> {Integrate[1/(1 + x^2), {x, 0, 1}], Integrate[Exp[-x^2], {x, -Infinity, Infinity}]}
        = {Pi/4, Sqrt[Pi]}
        >> Integrate[x y, {x, 0, 1}, {y, 0, x}]
        = 1/8
        >> Integrate[h[x], x]
        = Integrate[h[x], x]
    Possible issues:
        >> Integrate[x, 3]
        message: Integrate::ilim
        = Integrate[x, 3]
    """
    if not ranges:
        return None
    for spec in ranges:
        parts = elements(spec) if is_list(spec) else (spec,)
        if len(parts) not in (1, 3) or type(parts[0]) is not Symbol:
            raise Message("ilim", spec)

    def work(bridge: Bridge) -> Term:
        found = bridge.there(f)
        for spec in reversed(ranges):
            parts = [bridge.there(part) for part in parts_of(spec)]
            if opaque(bridge, found, parts[0]):
                raise NoWay
            found = without(
                "Integral", sympy().integrate(found, tuple(parts) if len(parts) > 1 else parts[0], conds="none")
            )
        return bridge.back(found)

    return tried(kernel, work, real=True)


def opaque(bridge: Bridge, found: Any, x: Any) -> bool:
    """Tells whether a part that sympy knows nothing of depends on a variable."""
    name = bridge.terms.get(x)
    return any(part != x and holds(bridge.terms[part], name) for part in found.free_symbols if part in bridge.terms)


#: Directions of a limit, and sympy's name of them.
DIRECTIONS: tuple[tuple[tuple[Term, ...], str], ...] = (
    (("FromAbove", -1), "+"),
    (("FromBelow", 1), "-"),
    (("TwoSided", S.Automatic, S.Reals), "+-"),
)


@builtin(
    "Limit",
    category="Calculus",
    options={"Direction": S.Automatic},
    messages={"spec": "`1` is not of the form x -> place."},
)
def limit(kernel: Kernel, f: Term, place: Term, *, options: dict[str, Term]) -> Term | None:
    """Limit[f, x -> a] gives the limit of a formula where x goes to a.

    Details: The Python package sympy does it (pip install wlnet[algebra]). A limit that differs from both sides is
    Indeterminate.

    Examples:
        >> {Limit[Sin[x]/x, x -> 0], Limit[(1 + 1/n)^n, n -> Infinity], Limit[(x^2 - 1)/(x - 1), x -> 1]}
        = {1, E, 2}
        >> Limit[Abs[x]/x, x -> 0]
        = Indeterminate
    Options: "Direction":
        >> {Limit[1/x, x -> 0, Direction -> "FromAbove"], Limit[1/x, x -> 0, Direction -> "FromBelow"]}
        = {Infinity, -Infinity}
    Possible issues:
        >> Limit[x, 3]
        message: Limit::spec
        = Limit[x, 3]
    """
    if not is_head(place, S.Rule, 2) or type(place.args[0]) is not Symbol:
        raise Message("spec", place)
    given = options["Direction"]
    side = next((sign for words, sign in DIRECTIONS if any(same(given, word) for word in words)), None)
    if side is None:
        raise unfit("Direction", '"FromAbove", "FromBelow" or "TwoSided"', given)

    def work(bridge: Bridge) -> Term:
        x, end, found = bridge.there(place.args[0]), bridge.there(place.args[1]), bridge.there(f)
        if opaque(bridge, found, x):
            raise NoWay
        if side != "+-" or end.is_infinite:
            return bridge.back(without("Limit", sympy().limit(found, x, end, "+" if side == "+-" else side)))
        above, below = (sympy().limit(found, x, end, each) for each in "+-")
        return bridge.back(without("Limit", above)) if above == below else S.Indeterminate

    return tried(kernel, work, real=True)


@builtin(
    "Series",
    category="Calculus",
    messages={"serlim": "`1` is not of the form {x, x0, n} with a number n ≥ 0 up to 100."},
)
def series(kernel: Kernel, f: Term, spec: Term) -> Term | None:
    """Series[f, {x, x0, n}] gives the power series of a formula around x0, up to the power n, as SeriesData.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Normal gives the sum of powers.

    Examples:
        >> Normal[Series[Exp[x], {x, 0, 3}]]
        = 1 + x + x^2/2 + x^3/6
        >> Series[1/Sin[x], {x, 0, 3}]
        = SeriesData[x, 0, {1, 0, 1/6, 0, 7/360}, -1, 4, 1]
        >> Normal[Series[Log[x], {x, 1, 2}]]
        = -1 + x - (-1 + x)^2/2
    Possible issues:
        >> Series[x, x]
        message: Series::serlim
        = Series[x, x]
    """
    parts = elements(spec) if is_list(spec) else ()
    if len(parts) != 3 or type(parts[0]) is not Symbol or type(parts[2]) is not int or not 0 <= parts[2] <= 100:
        raise Message("serlim", spec)
    last: int = parts[2]

    def work(bridge: Bridge) -> Term:
        x, start, found = bridge.there(parts[0]), bridge.there(parts[1]), bridge.there(f)
        if opaque(bridge, found, x):
            raise NoWay
        moved = found.subs(x, x + start)
        least = 0 if moved.is_zero else lowest_power(moved, x)
        found = sympy().series(moved, x, 0, max(last + 1, least + 1)).removeO()
        powers = sympy().Poly(sympy().expand(found * x**-least), x).all_coeffs()[::-1][: last + 1 - least]
        return Expression(S.SeriesData, (parts[0], parts[1], to_list(map(bridge.back, powers)), least, last + 1, 1))

    return tried(kernel, work)


def lowest_power(found: Any, x: Any) -> int:
    """Gives the power of the first term of a series; raises NoWay where it is no integer."""
    power = found.leadterm(x)[1]
    if not power.is_Integer:
        raise NoWay
    return int(power)


def sum_of_powers(kernel: Kernel, data: Term) -> Term | None:
    """Gives the sum of the powers of a series."""
    if len(data.args) != 6 or not is_list(data.args[2]) or any(type(n) is not int for n in data.args[3:]):
        return None
    x, start, coefficients, least, _, root = data.args
    if root < 1:
        return None
    base = Expression(S.Plus, (x, Expression(S.Times, (-1, start))))
    powers = [
        Expression(S.Power, (base, Expression(S.Times, (least + n, Expression(S.Power, (root, -1))))))
        for n in range(len(elements(coefficients)))
    ]
    pairs = zip(elements(coefficients), powers, strict=True)
    return Expression(S.Plus, tuple(Expression(S.Times, pair) for pair in pairs))


NORMALIZERS[S.SeriesData] = sum_of_powers


@constant("SeriesData", category="Calculus")
def series_data() -> None:
    """SeriesData[x, x0, {a0, a1, …}, nmin, nmax, den] is a power series: a0 (x - x0)^(nmin/den) + …, up to the power nmax/den.

    Examples:
        >> Normal[SeriesData[x, 0, {1, 2, 3}, 0, 3, 1]]
        = 1 + 2 x + 3 x^2
    """


def declare(name: str, there: str, says: str, example: str, value: str) -> None:
    """Declares a function of one formula that sympy has under another name."""
    head = symbol(name)

    def function(kernel: Kernel, expr: Term) -> Term | None:
        if type(expr) is Expression and expr.head in (S.List, S.Equal, S.Rule, S.And, S.Or):
            return Expression(expr.head, tuple(Expression(head, (part,)) for part in expr.args))
        return tried(kernel, lambda bridge: bridge.back(getattr(sympy(), there)(bridge.there(expr))))

    function.__doc__ = (
        f"{name}[expr] gives {says}.\n\n"
        "Details: The Python package sympy does it (pip install wlnet[algebra]).\n\n"
        f"Examples:\n    >> {example}\n    = {value}\n"
    )
    builtin(name, category="Algebra")(function)


declare(
    "Factor", "factor", "a polynomial as a product of factors",
    "{Factor[x^2 - 1], Factor[x^3 + 3 x^2 + 3 x + 1]}", "{(-1 + x) (1 + x), (1 + x)^3}",
)  # fmt: skip
declare("Together", "together", "a sum of fractions as one fraction", "Numerator[Together[1/x + 1/y]]", "x + y")
declare("Apart", "apart", "a fraction as a sum of simple ones", "Apart[1/(x^2 + x)]", "x^-1 - (1 + x)^-1")
declare("Cancel", "cancel", "a fraction without common factors", "Cancel[(x^2 - 1)/(x - 1)]", "1 + x")
