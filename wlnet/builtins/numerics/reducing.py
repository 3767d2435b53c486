"""Reduce: equations and inequalities as the simplest conditions on the variables, through sympy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wlnet.builtins.numerics.assumptions import comparisons
from wlnet.builtins.numerics.bridge import Bridge, NoWay, sympy, tried
from wlnet.builtins.numerics.equations import DOMAIN, NO_VARIABLES, equations_of, solutions_of, variables_of
from wlnet.builtins.numerics.formulas import flat
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, elements, is_head, is_list

#: Domain → the set of sympy's.
SETS = {S.Reals: "Reals", S.Integers: "Integers", S.Complexes: "Complexes"}
#: More numbers than these are not listed one by one.
MOST = 1000


class Solutions:
    """The sets of values of one variable for which conditions hold."""

    def __init__(self, bridge: Bridge, name: Term, domain: Symbol) -> None:
        self.bridge, self.name, self.x = bridge, name, bridge.there(name)
        library = sympy()
        # Integers are chosen from the real solutions at the end.
        self.within = library.S.Complexes if domain is S.Complexes else library.S.Reals
        self.domain = getattr(library.S, SETS[domain])

    def of(self, term: Term) -> Any:
        """Gives the set for a condition; raises NoWay."""
        library = sympy()
        if term is TRUE or term is FALSE:
            return self.within if term is TRUE else library.S.EmptySet
        if is_list(term) or is_head(term, S.And):
            return library.Intersection(*map(self.of, elements(term)))
        if is_head(term, S.Or):
            return library.Union(*map(self.of, elements(term)))
        if is_head(term, S.Not, 1):
            return library.Complement(self.within, self.of(term.args[0]))
        found = list(comparisons(term))
        if not found:
            raise NoWay
        return library.Intersection(
            *(self._of_comparison(Expression(head, (left, right))) for left, head, right in found)
        )

    def _of_comparison(self, term: Expression) -> Any:
        relation, library = self.bridge.there(term), sympy()
        if relation in (library.true, library.false):
            return self.within if relation == library.true else library.S.EmptySet
        if relation.free_symbols != {self.x}:
            raise NoWay
        if isinstance(relation, library.Eq | library.Ne):
            found = library.solveset(relation.lhs - relation.rhs, self.x, self.within)
            return library.Complement(self.within, found) if isinstance(relation, library.Ne) else found
        return library.solve_univariate_inequality(relation, self.x, relational=False)

    def condition(self, found: Any) -> Term:
        """Gives the condition that says that the variable is in a set; raises NoWay for one that is no union of intervals."""
        library = sympy()
        if found == library.S.EmptySet:
            return FALSE
        if found == self.domain:
            return TRUE
        if isinstance(found, library.Union):
            parts = sorted(
                found.args, key=lambda part: library.re(part.inf).evalf() if part.is_subset(library.S.Reals) else 0
            )
            return Expression(S.Or, tuple(map(self.condition, parts)))
        if isinstance(found, library.Range) and found.size <= MOST:
            found = library.FiniteSet(*found)
        if isinstance(found, library.FiniteSet):
            values = sorted(found, key=library.default_sort_key)
            if all(value.is_real for value in values):
                values = sorted(values, key=lambda value: value.evalf())
            return Expression(
                S.Or, tuple(Expression(S.Equal, (self.name, self.bridge.back(value))) for value in values)
            )
        if isinstance(found, library.Interval):
            return self._between(found)
        if isinstance(found, library.Complement) and isinstance(found.args[1], library.FiniteSet):
            without = [Expression(S.Unequal, (self.name, self.bridge.back(value))) for value in found.args[1]]
            return Expression(S.And, (self.condition(found.args[0]), *without))
        raise NoWay

    def _between(self, found: Any) -> Term:
        low, high = (None if end.is_infinite else self.bridge.back(end) for end in (found.start, found.end))
        below = S.Less if found.left_open else S.LessEqual
        above = S.Less if found.right_open else S.LessEqual
        if low is not None and high is not None:
            if below is above:
                return Expression(below, (low, self.name, high))
            return Expression(S.Inequality, (low, below, self.name, above, high))
        if high is not None:
            return Expression(above, (self.name, high))
        return Expression(S.Greater if found.left_open else S.GreaterEqual, (self.name, low))


def reduced(bridge: Bridge, conditions: Term, names: Sequence[Term], domain: Symbol) -> Term:
    """Gives the conditions on variables; raises NoWay."""
    if len(names) == 1:
        work = Solutions(bridge, names[0], domain)
        try:
            found = work.of(conditions)
            return work.condition(sympy().Intersection(found, sympy().S.Integers) if domain is S.Integers else found)
        except NoWay:
            if domain is S.Integers:
                raise
    given = equations_of(conditions)
    if given is None:
        return FALSE
    if domain is S.Integers:
        raise NoWay
    solutions = solutions_of(bridge, given, names, domain is S.Reals)
    cases = [
        Expression(S.And, tuple(Expression(S.Equal, each.args) for each in elements(one)))
        for one in elements(solutions)
    ]
    return Expression(S.Or, tuple(cases))


@builtin(
    "Reduce",
    category="Algebra",
    messages={"dom": DOMAIN.replace("or Reals", ", Reals or Integers"), "ivar": NO_VARIABLES,
              "nsmet": "No way to reduce these conditions is known.", "eqf": "`1` is neither an equation nor an inequality."},
)  # fmt: skip
def reduce(kernel: Kernel, conditions: Term, variables: Term, domain: Term = S.Automatic) -> Term | None:
    """Reduce[conditions, x] gives equations and inequalities for x that hold just where the conditions do.
    Reduce[equations, {x, y, …}] does so for equations of several variables.
    Reduce[conditions, x, domain] takes x from Reals, Integers or Complexes: Reals where there are inequalities, Complexes
    for equations, if nothing is said.

    Details: The Python package sympy does it (pip install wlnet[algebra]). ToRules makes rules of equations.

    Examples:
        >> {Reduce[x^2 == 4, x], Reduce[x^2 < 4, x], Reduce[x^2 - 5 x + 6 >= 0 && x > 0, x]}
        = {x == -2 || x == 2, -2 < x < 2, 0 < x <= 2 || x >= 3}
        >> {Reduce[x^2 < 5 && x > 0, x, Integers], Reduce[x^2 < 0, x], Reduce[x^2 >= 0, x], Reduce[x^3 == 1, x, Reals]}
        = {x == 1 || x == 2, False, True, x == 1}
        >> Reduce[x + y == 3 && x - y == 1, {x, y}]
        = x == 2 && y == 1
    Possible issues:
        >> Reduce[x + Sin[x] == Exp[x] y, x];
        message: Reduce::nsmet
        >> Reduce[x == 1, 2];
        message: Reduce::ivar
        >> Reduce[x == 1, x, Primes];
        message: Reduce::dom
        >> Reduce[{x, y}, {x, y}];
        message: Reduce::eqf
    Differs: What parameters must be for a solution is not said.
    Source: https://reference.wolfram.com/language/ref/Reduce.html
    """
    names = variables_of(variables)
    if domain is S.Automatic:
        has_orders = any(is_order(part) for part in parts_in(conditions))
        domain = S.Reals if has_orders else S.Complexes
    if type(domain) is not Symbol or domain not in SETS:
        raise Message("dom", domain)
    found = tried(kernel, lambda bridge: reduced(bridge, conditions, names, domain), real=domain is not S.Complexes)
    if found is None:
        raise Message("nsmet")
    return found


def parts_in(term: Term) -> list[Term]:
    """Gives the comparisons in conditions."""
    parts = flat(term)
    inner = [part for part in parts if is_head(part, S.Or) or is_head(part, S.Not)]
    return [*parts, *(each for part in inner for arg in part.args for each in parts_in(arg))]


def is_order(term: Term) -> bool:
    return any(head not in (S.Equal, S.Unequal) for _, head, _ in comparisons(term))
