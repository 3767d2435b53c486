"""Conditions on the variables of a minimum: inequalities, equations, ranges, integers; declares nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wlnet.builtins.numbers.calculus import holds
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.builtins.numerics.formulas import Formula, parts_of
from wlnet.kernel import Kernel, Message
from wlnet.terms import TRUE, Expression, S, Symbol, Term, is_head

#: Relation → the sign of left - right where it holds; 0 for equations. Strict ones are taken with their borders.
RELATIONS = {S.LessEqual: -1, S.Less: -1, S.GreaterEqual: 1, S.Greater: 1, S.Equal: 0}
BAD_CONDITION = (
    "The condition `1` is not an equation or inequality of the variables, or variable ∈ Integers, joined by &&."
)
#: How far a condition may be missed.
SLACK = 1e-6


@dataclass
class Conditions:
    """low, high: the range of each variable; at_least: formulas ≥ 0; zero: formulas = 0; whole: which are integers."""

    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray
    at_least: list[Formula] = field(default_factory=list)
    zero: list[Formula] = field(default_factory=list)

    def are_met(self, place: np.ndarray) -> bool:
        """Tells whether a place meets all conditions, but for rounding."""
        given = place.tolist()
        room = SLACK * np.maximum(1.0, np.abs(place))
        inside = bool(((place >= self.low - room) & (place <= self.high + room)).all())
        return (
            inside
            and all(each.real(*given) >= -SLACK for each in self.at_least)
            and all(abs(each.real(*given)) <= SLACK for each in self.zero)
        )

    def for_scipy(self) -> list[dict[str, Any]]:
        """Gives the conditions as SLSQP takes them."""
        kinds = [("ineq", each) for each in self.at_least] + [("eq", each) for each in self.zero]
        return [{"type": kind, "fun": on_vector(each)} for kind, each in kinds]

    def bounds(self) -> list[tuple[float | None, float | None]]:
        """Gives the ranges, None for infinite ends."""
        ends = [(end if np.isfinite(end) else None for end in side.tolist()) for side in (self.low, self.high)]
        return list(zip(*ends, strict=True))

    @property
    def has_ranges(self) -> bool:
        return bool(np.isfinite(self.low).any() or np.isfinite(self.high).any())


def on_vector(formula: Formula) -> Callable[[np.ndarray], float]:
    """Gives a formula as a function of one vector."""
    return lambda place: formula.real(*place.tolist())


def conditions_of(kernel: Kernel, terms: Sequence[Term], names: Sequence[Symbol]) -> Conditions:
    """Gives what conditions, evaluated, say; raises Message."""
    size = len(names)
    found = Conditions(np.full(size, -np.inf), np.full(size, np.inf), np.zeros(size, bool))
    for term in terms:
        add(kernel, found, term, names)
    return found


def add(kernel: Kernel, found: Conditions, term: Term, names: Sequence[Symbol]) -> None:
    if term is TRUE:
        return
    if is_head(term, S.And) or is_head(term, S.List):
        for part in term.args:
            add(kernel, found, part, names)
        return
    if is_head(term, S.Element, 2):
        chosen = parts_of(term.args[0]) if not is_head(term.args[0], S.Alternatives) else term.args[0].args
        if term.args[1] not in (S.Integers, S.Reals) or not all(name in names for name in chosen):
            raise Message("cons", term, text=BAD_CONDITION)
        for name in chosen:
            found.whole[names.index(name)] = term.args[1] is S.Integers
        return
    steps = list(relations(term))
    if not steps:
        raise Message("cons", term, text=BAD_CONDITION)
    for left, sign, right in steps:
        add_relation(kernel, found, left, sign, right, names)


def relations(term: Term) -> Iterator[tuple[Term, int, Term]]:
    """Yields (left, sign, right) of each step of a chain of relations; nothing for other terms."""
    head = term.head if type(term) is Expression else None
    if head is S.Inequality and all(sign in RELATIONS for sign in term.args[1::2]):
        for place in range(0, len(term.args) - 2, 2):
            left, sign, right = term.args[place : place + 3]
            yield left, RELATIONS[sign], right
    elif type(head) is Symbol and head in RELATIONS:
        for left, right in zip(term.args, term.args[1:]):  # noqa: B905
            yield left, RELATIONS[head], right


def add_relation(
    kernel: Kernel, found: Conditions, left: Term, sign: int, right: Term, names: Sequence[Symbol]
) -> None:
    """Takes up one relation: as an end of a range where it compares a variable with a number, else as a formula."""
    if left not in names:
        left, sign, right = right, -sign, left
    if sign and left in names and type(left) is Symbol and not any(holds(right, name) for name in names):
        end = machine_real(kernel, right)
        if end is not None:
            place = names.index(left)
            if sign < 0:
                found.high[place] = min(found.high[place], end)
            else:
                found.low[place] = max(found.low[place], end)
            return
    gap = Expression(S.Plus, (left, Expression(S.Times, (-1, right))))
    if sign < 0:
        gap = Expression(S.Times, (-1, gap))
    (found.at_least if sign else found.zero).append(Formula(kernel, gap, names))
