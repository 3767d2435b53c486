"""DSolve: differential equations solved by formulas, through sympy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wlnet.builtins.numbers.calculus import holds
from wlnet.builtins.numerics.bridge import Bridge, NoWay, sympy, tried
from wlnet.builtins.numerics.formulas import difference, flat, parts_of
from wlnet.builtins.numerics.systems import derivative_at
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, S, Symbol, Term, is_head, list_of, same, to_list


class Problem:
    """Differential equations and initial values, with their functions as sympy has them."""

    def __init__(self, bridge: Bridge, equations: Sequence[Term], names: Sequence[Term], x: Symbol) -> None:
        self.bridge, self.names, self.x = bridge, names, x
        self.there = bridge.there(x)
        self.functions = [sympy().Function(f"function_{place}") for place in range(len(names))]
        self.equations: list[Any] = []
        self.given: dict[Any, Any] = {}
        for equation in equations:
            if holds(equation, x):
                self.equations.append(sympy().Eq(bridge.there(self.put(difference(equation))), 0))
            else:
                self._add_given(equation)

    def put(self, term: Term) -> Term:
        """Gives a term with the functions at x, and their derivatives, replaced by atoms that stand for sympy's."""
        for name, function in zip(self.names, self.functions, strict=True):
            found = derivative_at(term, name)
            if found is None:
                continue
            order, place = found
            if place is not self.x or type(order) is not int:
                raise NoWay
            self.bridge.known[term] = function(self.there).diff(self.there, order) if order else function(self.there)
            return term
        if type(term) is Expression:
            return Expression(term.head, tuple(map(self.put, term.args)))
        return term

    def _add_given(self, equation: Term) -> None:
        sides = equation.args if type(equation.args[0]) is Expression else equation.args[::-1]
        for name, function in zip(self.names, self.functions, strict=True):
            found = derivative_at(sides[0], name)
            if found is not None and type(found[0]) is int:
                at, value = self.bridge.there(found[1]), self.bridge.there(sides[1])
                x = self.there
                left = function(x).diff(x, found[0]).subs(x, at) if found[0] else function(at)
                self.given[left] = value
                return
        raise NoWay

    def solutions(self) -> list[list[Any]]:
        """Gives the solutions, each a list of the formulas of the functions."""
        wanted = [function(self.there) for function in self.functions]
        single = len(wanted) == 1
        found = sympy().dsolve(
            self.equations[0] if single else self.equations, wanted[0] if single else wanted, ics=self.given or None
        )
        sets = [[each] for each in (found if isinstance(found, list) else [found])] if single else [found]
        if isinstance(sets[0][0], list):
            sets = sets[0]
        return [[self._formula(each, wanted) for each in order_of(one, wanted)] for one in sets]

    def _formula(self, equation: Any, wanted: Sequence[Any]) -> Any:
        if equation.lhs not in wanted or equation.rhs.has(*self.functions) or equation.rhs.has(sympy().Integral):
            raise NoWay
        for constant in equation.rhs.free_symbols:
            if constant not in self.bridge.terms:
                self.bridge.terms[constant] = Expression(S.C, (int(str(constant)[1:]),))
        return equation.rhs


def order_of(equations: Sequence[Any], wanted: Sequence[Any]) -> list[Any]:
    """Gives equations in the order of the functions on their left sides."""
    return sorted(equations, key=lambda each: wanted.index(each.lhs) if each.lhs in wanted else -1)


@builtin(
    "DSolve",
    category="Calculus",
    messages={
        "deqn": "`1` is not an equation, or a list of equations.",
        "dsvar": "`1` cannot be the variable; a symbol is expected.",
    },
)
def dsolve(kernel: Kernel, equations: Term, functions: Term, x: Term) -> Term | None:
    """DSolve[equation, y[x], x] gives the formulas of the functions y that solve a differential equation, {{y[x] -> …}, …}.
    DSolve[equation, y, x] gives them as pure functions, {{y -> Function[{x}, …]}, …}.
    DSolve[{equation1, …, y[0] == a, …}, {y[x], z[x], …}, x] solves several, with values that are given.

    Details: The Python package sympy does it (pip install wlnet[algebra]). Constants that are left open are C[1], C[2], …

    Examples:
        >> DSolve[y'[x] == y[x], y[x], x]
        = {{y[x] -> E^x*C[1]}}
        >> DSolve[{y''[t] + y[t] == 0, y[0] == 0, y'[0] == 1}, y[t], t]
        = {{y[t] -> Sin[t]}}
        >> y[2] /. First[DSolve[{y'[x] == 2 x, y[0] == 1}, y, x]]
        = 5
        >> DSolve[{a'[t] == b[t], b'[t] == a[t], a[0] == 1, b[0] == 1}, {a[t], b[t]}, t]
        = {{a[t] -> E^t, b[t] -> E^t}}
    Possible issues:
        >> DSolve[y'[x], y[x], x];
        message: DSolve::deqn
        >> DSolve[y'[x] == 1, y[x], 3];
        message: DSolve::dsvar
    Source: https://reference.wolfram.com/language/ref/DSolve.html
    """
    if type(x) is not Symbol:
        raise Message("dsvar", x)
    given = flat(equations)
    if not all(is_head(each, S.Equal, 2) for each in given):
        raise Message("deqn", equations)
    wanted = parts_of(functions)
    names = [
        each.head if type(each) is Expression and same(each, Expression(each.head, (x,))) else each for each in wanted
    ]

    def work(bridge: Bridge) -> Term:
        solutions = Problem(bridge, given, names, x).solutions()
        return to_list([rules_of([bridge.back(each) for each in one]) for one in solutions])

    def rules_of(formulas: list[Term]) -> Term:
        made = []
        for each, name, formula in zip(wanted, names, formulas, strict=True):
            value = formula if each is not name else Expression(S.Function, (list_of(x), formula))
            made.append(Expression(S.Rule, (each, value)))
        return to_list(made)

    return tried(kernel, work)
