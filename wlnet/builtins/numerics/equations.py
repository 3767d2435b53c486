"""Solve, through sympy, and NSolve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wlnet.builtins.numbers.numerical import approximate, machine
from wlnet.builtins.numerics.bridge import Bridge, NoWay, sympy, tried
from wlnet.builtins.numerics.formulas import difference, flat, parts_of, rules
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import (
    FALSE,
    TRUE,
    Expression,
    S,
    Term,
    elements,
    is_head,
    is_list,
    is_number,
    list_of,
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
    # Of a list, even of one equation, sympy finds no roots of higher degree, and says that there are none.
    solutions = sympy().solve(sides[0] if len(sides) == 1 else sides, unknowns, dict=True)
    if not solutions and len(sides) > 1 and list(sympy().groebner(sides, *unknowns).exprs) != [1]:
        raise NoWay
    for found in solutions:
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
    Differs: Periodic solutions are given without a free integer.
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
