"""Held expressions of variables as functions of numbers; declares nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.compiled.loops import caller
from wlnet.builtins.evaluation.variables import is_protected, kept, unset_value
from wlnet.builtins.numbers.big import of_context, of_value
from wlnet.builtins.numbers.calculus import differentiate, holds
from wlnet.builtins.numbers.numerical import machine
from wlnet.kernel import Kernel, Message
from wlnet.terms import Expression, S, Symbol, Term, elements, is_head, is_list, list_of

NOT_A_NUMBER = "The value of `1` at `2` is `3`; a number is expected."
NO_VARIABLE = "`1` cannot be a variable; a symbol without a fixed meaning is expected."

#: A number that a formula may be given, or gives.
Number = Any


@contextmanager
def variables(kernel: Kernel, names: Sequence[Symbol]) -> Iterator[None]:
    """Lets names stand for nothing inside; raises Message where one cannot be a variable."""
    for name in names:
        if type(name) is not Symbol or is_protected(kernel, name):
            raise Message("ivar", name, text=NO_VARIABLE)
    with kept(kernel, *names):
        for name in names:
            unset_value(kernel, name)
        yield


def worked_out(kernel: Kernel, body: Term) -> Term | None:
    """Gives the value of a held expression while its variables stand for nothing; None where that says a message."""
    before = len(kernel.issued)
    kernel.quiet += 1
    try:
        value = kernel.evaluate(body)
    finally:
        kernel.quiet -= 1
    told = len(kernel.issued) > before
    del kernel.issued[before:]
    return None if told else value


class Formula:
    """An expression of variables as a function of numbers; only for use within `variables(kernel, names)`.

    body: as it is when the variables stand for nothing, where it may be evaluated so; else as it was given.
    """

    def __init__(self, kernel: Kernel, body: Term, names: Sequence[Symbol], *, symbolic: bool = True) -> None:
        self.kernel, self.names = kernel, tuple(names)
        value = worked_out(kernel, body) if symbolic else None
        self.symbolic = value is not None
        self.body = body if value is None else value
        self._call: Callable[..., Term] | None = None

    def __call__(self, *values: Term) -> Term:
        """Gives the value, a term, for values of the variables."""
        if self._call is None:
            self._call = caller(self.kernel, self._function(), len(self.names)) if self.symbolic else self._with_values
        return self._call(*values)

    def _function(self) -> Term:
        return Expression(S.Function, (list_of(*self.names), self.body))

    def _with_values(self, *values: Term) -> Term:
        """Gives the value of a body whose variables may be hidden in the values of other symbols."""
        for name, value in zip(self.names, values, strict=True):
            self.kernel.set_own(name, value)
        value = self.kernel.evaluate(self.body)
        for name in self.names:
            unset_value(self.kernel, name)
        return value

    def number(self, *values: Number) -> float | complex:
        """Gives the value as a machine number; raises Message."""
        value = self(*values)
        found = value if type(value) is float else machine(self.kernel, value)
        if found is None:
            raise self.not_a_number(values, value)
        return found

    def real(self, *values: Number) -> float:
        """Gives the value as a machine real, NaN where it is complex; raises Message."""
        found = self.number(*values)
        if isinstance(found, complex):
            return found.real if abs(found.imag) <= 1e-12 * abs(found.real) else np.nan
        return found

    def of_mpmath(self, work: Any, digits: float, *values: Any) -> Any:
        """Gives the value for numbers of mpmath as one of mpmath, known to so many digits; raises Message."""
        given = [of_value(work, work.convert(value), digits) for value in values]
        value = self.kernel.evaluate(Expression(S.N, (self(*given), int(digits))))
        try:
            return of_context(work, value, work.prec)
        except (TypeError, AttributeError):
            raise self.not_a_number(tuple(given), value) from None

    def not_a_number(self, values: tuple[Number, ...], value: Term) -> Message:
        given = [Expression(S.Rule, pair) for pair in zip(self.names, values, strict=True)]
        return Message("nnum", self.body, list_of(*given), value, text=NOT_A_NUMBER)

    def derivative(self, name: Symbol) -> Formula | None:
        """Gives the derivative with respect to a variable, None where it is not known as a formula."""
        if not self.symbolic:
            return None
        found = worked_out(self.kernel, differentiate(self.body, name))
        if found is None or holds(found, S.Derivative) or holds(found, S.D):
            return None
        return Formula(self.kernel, found, self.names)


def gradient(formula: Formula) -> list[Formula] | None:
    """Gives the derivatives with respect to all variables, None where one is not known as a formula."""
    found = [formula.derivative(name) for name in formula.names]
    return None if any(each is None for each in found) else [each for each in found if each is not None]


def parts_of(term: Term) -> tuple[Term, ...]:
    """Gives the elements of a list, or a term alone."""
    return elements(term) if is_list(term) else (term,)


def listed(kernel: Kernel, specs: Term) -> Term:
    """Gives held specifications as a list where their value is one, such as Transpose[{names, places}]."""
    if is_list(specs):
        return specs
    value = kernel.evaluate(specs)
    return value if is_list(value) else specs


def difference(equation: Term) -> Term:
    """Gives left - right of `left == right`, and any other term as it is."""
    if is_head(equation, S.Equal, 2):
        left, right = equation.args
        return Expression(S.Plus, (left, Expression(S.Times, (-1, right))))
    return equation


def flat(equations: Term) -> list[Term]:
    """Gives the equations in nested lists, or joined by &&."""
    if is_list(equations) or is_head(equations, S.And):
        return [each for part in elements(equations) for each in flat(part)]
    return [equations]


def rules(names: Sequence[Term], values: Sequence[Term]) -> Term:
    """Gives {x -> value, …}."""
    return list_of(*(Expression(S.Rule, pair) for pair in zip(names, values, strict=True)))
