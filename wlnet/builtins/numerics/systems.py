"""Systems of ordinary differential equations as functions of numbers; declares nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wlnet.builtins.numbers.calculus import differentiate, holds, put
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.builtins.numerics.formulas import Formula, difference, variables
from wlnet.kernel import Kernel, Message
from wlnet.terms import Expression, S, Symbol, Term, is_head, list_of, same


class Unknown(NamedTuple):
    """A function that is searched, its order, and the symbols that stand for it and its derivatives."""

    name: Term
    order: int
    symbols: tuple[Symbol, ...]


def derivative_at(term: Term, name: Term) -> tuple[int, Term] | None:
    """Gives the order and the place of y[place] or y'[place], or None."""
    if type(term) is not Expression or len(term.args) != 1:
        return None
    head = term.head
    if same(head, name):
        return 0, term.args[0]
    if is_head(head, name) or type(head) is not Expression or not is_head(head.head, S.Derivative, 1):
        return None
    return (head.head.args[0], term.args[0]) if len(head.args) == 1 and same(head.args[0], name) else None


def order_of(term: Term, name: Term, x: Symbol) -> int:
    """Gives the order of the highest derivative of a function at x, -1 where it does not occur."""
    found = derivative_at(term, name)
    if found is not None and found[1] is x and type(found[0]) is int:
        return found[0]
    return max((order_of(arg, name, x) for arg in term.args), default=-1) if type(term) is Expression else -1


class System:
    """Equations for functions of x, as numbers: the values and derivatives below the highest make the state."""

    def __init__(self, kernel: Kernel, equations: Sequence[Term], names: Sequence[Term], x: Symbol) -> None:
        self.kernel, self.x = kernel, x
        laws: list[Term] = []
        given: list[Term] = []
        for equation in equations:
            if not is_head(equation, S.Equal, 2):
                raise Message("deqn", equation, x)
            (laws if holds(equation, x) else given).append(equation)
        self.unknowns = [self._unknown(name, laws) for name in names]
        if len(laws) != len(names):
            raise Message("hder")
        self.start, self.state = self._initial(given)
        self.lowest = tuple(symbol for unknown in self.unknowns for symbol in unknown.symbols[:-1])
        self.highest = tuple(unknown.symbols[-1] for unknown in self.unknowns)
        with variables(kernel, [x]):
            self._prepare(laws)

    def _unknown(self, name: Term, laws: Sequence[Term]) -> Unknown:
        order = max((order_of(law, name, self.x) for law in laws), default=-1)
        if order < 1:
            raise Message("hder")
        return Unknown(name, order, tuple(self.kernel.unique("state") for _ in range(order + 1)))

    def _initial(self, given: Sequence[Term]) -> tuple[float, np.ndarray]:
        """Gives where the values are given, and the state there; raises Message."""
        values: dict[tuple[int, int], tuple[float, float]] = {}
        for equation in given:
            sides = equation.args if type(equation.args[0]) is Expression else equation.args[::-1]
            for place, unknown in enumerate(self.unknowns):
                found = derivative_at(sides[0], unknown.name)
                if found is not None:
                    at, value = (machine_real(self.kernel, part) for part in (found[1], sides[1]))
                    if at is not None and value is not None and np.isfinite([at, value]).all():
                        values[place, found[0]] = at, value
        state, places = [], set()
        for place, unknown in enumerate(self.unknowns):
            for order in range(unknown.order):
                if (place, order) not in values:
                    raise Message("icfail", unknown.name, unknown.order - 1)
                places.add(values[place, order][0])
                state.append(values[place, order][1])
        if len(places) != 1:
            raise Message("icfail", self.unknowns[0].name, self.unknowns[0].order - 1)
        return places.pop(), np.array(state)

    def _prepare(self, laws: Sequence[Term]) -> None:
        """Takes the equations apart into what stands with the highest derivatives, and the rest."""
        evaluate = self.kernel.evaluate
        gaps = [evaluate(self._with_symbols(difference(law))) for law in laws]
        if any(holds(gap, unknown.name) for gap in gaps for unknown in self.unknowns):
            raise Message("deqn", list_of(*laws), self.x)
        names = (self.x, *self.lowest)
        slopes = [[evaluate(differentiate(gap, symbol)) for symbol in self.highest] for gap in gaps]
        if any(holds(slope, symbol) for row in slopes for slope in row for symbol in self.highest):
            raise Message("hder")
        for symbol in self.highest:
            gaps = [put(gap, symbol, 0) for gap in gaps]
        self.rest = [Formula(self.kernel, gap, names) for gap in gaps]
        self.matrix = [[Formula(self.kernel, slope, names) for slope in row] for row in slopes]
        plain = [[machine_real(self.kernel, slope) for slope in row] for row in slopes]
        is_plain = all(slope is not None for row in plain for slope in row)
        self.constant = np.array(plain, float) if is_plain else None

    def _with_symbols(self, term: Term) -> Term:
        """Gives a term with the functions and their derivatives at x replaced by their symbols."""
        for unknown in self.unknowns:
            found = derivative_at(term, unknown.name)
            if found is not None and found[1] is self.x and type(found[0]) is int:
                return unknown.symbols[found[0]]
        if type(term) is Expression:
            return Expression(self._with_symbols(term.head), tuple(map(self._with_symbols, term.args)))
        return term

    def highest_at(self, x: float, state: np.ndarray) -> np.ndarray:
        """Gives the highest derivatives; raises Message."""
        given = (float(x), *state.tolist())
        rest = np.array([each.real(*given) for each in self.rest])
        matrix = self.constant
        if matrix is None:
            matrix = np.array([[each.real(*given) for each in row] for row in self.matrix])
        if not np.isfinite(rest).all() or not np.isfinite(matrix).all():
            raise Message("ndnum", self.x, x)
        try:
            return np.linalg.solve(matrix, -rest)
        except np.linalg.LinAlgError:
            raise Message("hder") from None

    def slope(self, x: float, state: np.ndarray) -> np.ndarray:
        """Gives the derivative of the state; raises Message."""
        made, place = np.empty_like(state), 0
        for unknown, last in zip(self.unknowns, self.highest_at(x, state).tolist(), strict=True):
            made[place : place + unknown.order - 1] = state[place + 1 : place + unknown.order]
            made[place + unknown.order - 1] = last
            place += unknown.order
        return made
