"""What local variables, statements and conditions mean in a traced function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from wlnet.builtins.evaluation.scoping import local_names
from wlnet.builtins.nets.tracing.traced_terms import depends
from wlnet.builtins.nets.tracing.tracer import Tracer, held
from wlnet.patterns.renaming import replace_names
from wlnet.terms import (
    FALSE,
    NULL,
    TRUE,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_head,
    is_list,
)


@held("CompoundExpression")
def statements(tracer: Tracer, args: tuple[Term, ...]) -> Term:
    value: Term = NULL
    for term in args:
        value = tracer.walk(term)
    return value


@held("Module", "Block")
def module(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    """Local variables are new names, whose values the tracing keeps."""
    if len(args) != 2:
        return None
    fresh: dict[Symbol, Term] = {}
    for name, entry in local_names(args[0]):
        value = None if type(entry) is Symbol else tracer.walk(entry.args[1])
        made = fresh[name] = tracer.kernel.unique(name.name)
        tracer.locals[made] = value
    return tracer.walk(replace_names(args[1], fresh))


@held("With")
def with_values(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if len(args) < 2:
        return None
    values = {}
    for name, entry in local_names(args[0]):
        if type(entry) is Symbol:
            return None
        values[name] = tracer.walk(entry.args[1])
    bodies = [replace_names(term, values) for term in args[1:]]
    return tracer.walk(bodies[0] if len(bodies) == 1 else Expression(S.With, tuple(bodies)))


@held("Set", "SetDelayed")
def assign(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    """A local variable gets a value; a local function gets its definition."""
    if len(args) != 2:
        return None
    left, right = args
    if type(left) is Symbol and left in tracer.locals:
        value = tracer.locals[left] = tracer.walk(right)
        return value
    if type(left) is Expression and left.head in tracer.locals:
        del tracer.locals[left.head]
        tracer.kernel.evaluate(expression("SetDelayed", left, tracer.substituted(right)))
        return NULL
    return None


#: Assignment that changes a variable → the function of its value and the argument that is its new value.
CHANGES: dict[Symbol, Symbol] = {
    S.AddTo: S.Plus, S.SubtractFrom: S.Subtract, S.TimesBy: S.Times, S.DivideBy: S.Divide,
    S.AppendTo: S.Append, S.PrependTo: S.Prepend,
}  # fmt: skip


def changing(function: Symbol) -> Callable[[Tracer, tuple[Term, ...]], Term | None]:
    return lambda tracer, args: assign(tracer, (args[0], Expression(function, args))) if len(args) == 2 else None


for _name, _function in CHANGES.items():
    held(_name.name)(changing(_function))


@held("Function")
def function(tracer: Tracer, args: tuple[Term, ...]) -> Term:
    return tracer.substituted(Expression(S.Function, args))


@held("Association")
def association(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if not all(is_head(rule, S.Rule, 2) for rule in args):
        return None
    return Association((tracer.walk(rule.args[0]), tracer.walk(rule.args[1])) for rule in args)


@held("If")
def conditional(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    """A condition on constants chooses a branch now; one on arrays chooses for each element."""
    if not 2 <= len(args) <= 4:
        return None
    test = decided(tracer, args[0])
    if test is TRUE or test is FALSE:
        return tracer.walk((*args[1:], NULL)[0 if test is TRUE else 1])
    return tracer.elementwise(Expression(S.If, (test, *args[1:3]))) if len(args) > 2 else None


def decided(tracer: Tracer, test: Term) -> Term:
    """Gives the value of a condition on constants, and any other as it is."""
    known = tracer.substituted(test)
    variables: dict[Any, tuple[Term, Symbol]] = {}
    body = tracer.elementwise_body(known, variables)
    if any(depends(value) for value, _ in variables.values()):
        return known
    return tracer.kernel.evaluate(replace_names(body, {name: value for value, name in variables.values()}))


@held("Which")
def which(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    return None if len(args) % 2 else chosen(tracer, list(zip(args[::2], args[1::2], strict=True)))


def chosen(tracer: Tracer, cases: Sequence[tuple[Term, Term]]) -> Term | None:
    """Gives the value of the first case whose condition holds."""
    left: list[Term] = []
    for test, value in cases:
        test = decided(tracer, test)
        if test is FALSE:
            continue
        if test is TRUE and not left:
            return tracer.walk(value)
        left += (test, value)
        if test is TRUE:
            break
    return tracer.elementwise(Expression(S.Which, tuple(left))) if left else None


@held("Piecewise")
def piecewise(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    cases = [elements(case) for case in elements(args[0]) if is_list(case)] if args and is_list(args[0]) else []
    if not cases or any(len(case) != 2 for case in cases):
        return None
    default = args[1] if len(args) > 1 else 0
    return chosen(tracer, [*((test, value) for value, test in cases), (TRUE, default)])


@held("Switch")
def switch(tracer: Tracer, args: tuple[Term, ...]) -> Term | None:
    if len(args) % 2 == 0:
        return None
    subject = tracer.walk(args[0])
    return chosen(tracer, list(comparisons(tracer, subject, args[1:])))


def comparisons(tracer: Tracer, subject: Term, rest: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    """Yields the conditions and values that are the forms and values of Switch: arrays are compared with constants."""
    for form, value in zip(rest[::2], rest[1::2], strict=True):
        if is_head(form, S.Blank, 0):
            yield TRUE, value
        elif tracer.depends(subject):
            yield expression("Equal", subject, form), value
        else:
            yield expression("MatchQ", subject, form), value
