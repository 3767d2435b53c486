"""Trace and TracePrint: the forms that an expression goes through while it is evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from wlnet.builtins.evaluation.forms import display
from wlnet.builtins.evaluation.matchers import matcher
from wlnet.kernel import Kernel, Printed, builtin
from wlnet.kernel.definitions import Definition
from wlnet.terms import Expression, S, Symbol, Term, list_of, same
from wlnet.terms import attributes as flags

#: The forms of one evaluation, with the evaluations inside it between them.
Steps: TypeAlias = list[Any]


class Form:
    """A form that an expression had (in a box of its own, so that a list of steps is never taken for one)."""

    __slots__ = ("term",)

    def __init__(self, term: Term) -> None:
        self.term = term


class Recorder:
    """Stands in for what a kernel does at each step, and writes it down."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self.open: list[Steps] = [[]]

    def evaluate(self, term: Term) -> Term:
        """Does what Kernel.evaluate does; what happens meanwhile is one list of steps."""
        self.open.append([])
        try:
            while type(term) is Symbol and term in self.kernel.own:
                self.open[-1].append(Form(term))
                term = self.kernel.own[term]
                self.open[-1].append(Form(term))
            return Kernel.evaluate(self.kernel, term)
        finally:
            steps = self.open.pop()
            if steps:
                self.open[-1].append(steps)

    def arguments(self, args: tuple[Term, ...], attributes: int, head: Term) -> tuple[tuple[Term, ...], int]:
        """Does what Kernel._arguments does, without its short ways past `evaluate`."""
        values = tuple([self.evaluate(arg) for arg in args])
        changed = any(new is not old for new, old in zip(values, args, strict=True))
        return Kernel._arguments(self.kernel, values if changed else args, attributes, head)

    def transform(self, term: Expression, definition: Definition | None, attributes: int) -> Term | None:
        """Does what Kernel._transform does; a form is one if it came of others or something becomes of it."""
        steps = self.open[-1]
        place = len(steps)
        result = Kernel._transform(self.kernel, term, definition, attributes)
        last = next((step.term for step in reversed(steps[:place]) if type(step) is Form), None)
        if (last is None or not same(last, term)) and (result is not None or place):
            steps.insert(place, Form(term))
        if result is not None:
            steps.append(Form(result))
        return result


@contextmanager
def recording(kernel: Kernel) -> Iterator[Recorder]:
    """Lets a recorder stand in for the kernel's own steps for a while."""
    recorder = Recorder(kernel)
    before = dict(kernel.__dict__)
    kernel.__dict__.update(evaluate=recorder.evaluate, _arguments=recorder.arguments, _transform=recorder.transform)
    try:
        yield recorder
    finally:
        for name in ("evaluate", "_arguments", "_transform"):
            kernel.__dict__.pop(name)
            if name in before:
                kernel.__dict__[name] = before[name]


def evaluated(kernel: Kernel, term: Term, form: Term | None) -> tuple[Term, Steps]:
    """Gives the value of a term and the steps to it: those whose forms match, if a form is given."""
    with recording(kernel) as recorder:
        value = recorder.evaluate(term)
    steps = recorder.open[0][0] if recorder.open[0] else []
    return value, steps if form is None else matching(kernel, steps, form)


def matching(kernel: Kernel, steps: Steps, form: Term) -> Steps:
    """Gives the steps whose forms match a pattern, or are calls of a function."""
    fits = matcher(kernel, form)

    def chosen(steps: Steps) -> Steps:
        kept = []
        for step in steps:
            if type(step) is list:
                kept += [inner] if (inner := chosen(step)) else []
            elif fits(step.term) or (type(form) is Symbol and type(step.term) is Expression and step.term.head is form):
                kept.append(step)
        return kept

    return chosen(steps)


def told(steps: Steps) -> Expression:
    """Gives steps as nested lists of forms, each held."""
    held = (told(step) if type(step) is list else Expression(S.HoldForm, (step.term,)) for step in steps)
    return list_of(*held)


@builtin("Trace", category="Evaluation", attributes=flags.HOLD_ALL)
def trace(kernel: Kernel, term: Term, form: Term = None) -> Term:
    """Trace[expr] gives the list of the forms that expr goes through; the evaluation of a part is a list in it.
    Trace[expr, form] gives those that match a pattern, or are calls of a function.

    Details: The forms stand in HoldForm.

    Examples:
        >> Trace[2^3 + 4]
        = {{HoldForm[2^3], HoldForm[8]}, HoldForm[8 + 4], HoldForm[12]}
        >> f[x_] := x + 1; a = 2; Trace[f[a]]
        = {{HoldForm[a], HoldForm[2]}, HoldForm[f[2]], HoldForm[2 + 1], HoldForm[3]}
        >> g[0] = 1; g[n_] := n g[n - 1]; Trace[g[2], g[_]]
        = {HoldForm[g[2]], {HoldForm[g[1]], {HoldForm[g[0]]}}}
        >> Trace[x]
        = {}
    """
    return told(evaluated(kernel, term, form)[1])


@builtin("TracePrint", category="Evaluation", attributes=flags.HOLD_ALL)
def trace_print(kernel: Kernel, term: Term, form: Term = None) -> Term:
    """TracePrint[expr] prints the forms that expr goes through, those of its parts indented, and gives the value.
    TracePrint[expr, form] prints those that match a pattern, or are calls of a function.

    Details: They are printed when the evaluation is over.

    Examples:
        >> TracePrint[2^3 + 4]
        = 12
    """
    value, steps = evaluated(kernel, term, form)
    for depth, shown in flat(steps):
        kernel.emit(Printed(" " * depth + display(kernel, Expression(S.HoldForm, (shown,)))))
    return value


def flat(steps: Steps, depth: int = 0) -> Iterator[tuple[int, Term]]:
    """Gives the forms one after the other, each with its depth."""
    for step in steps:
        if type(step) is list:
            yield from flat(step, depth + 1)
        else:
            yield depth, step.term
