"""What holds its arguments: decisions, sequences, ways out."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.evaluation.compiled.code import Env, Step, Unfit
from wlnet.builtins.evaluation.compiled.compiler import ANY, FORMS, Compiler, leave
from wlnet.builtins.evaluation.compiled.operations import operation
from wlnet.builtins.evaluation.compiled.values import CONSTANTS, NUMBERS, Leave, list_of_values, required
from wlnet.builtins.evaluation.forms import output_text
from wlnet.terms import FALSE, INERT, NULL, TRUE, Expression, S, Symbol, Term, is_head, same


class Left(Leave):
    """Something around this step goes on; where nothing compiled does, the evaluator does the step again."""


class BreakLeft(Left):
    """`Break[]`"""


class ContinueLeft(Left):
    """`Continue[]`"""


class Returned(Left):
    """`Return[value]`"""

    def __init__(self, value: Term) -> None:
        super().__init__()
        self.value = value


def truth_of(value: Term) -> bool:
    if value is TRUE:
        return True
    if value is FALSE:
        return False
    raise Leave


def if_(
    making: Compiler, test: Term, yes: Term, no: Term = NULL, otherwise: Term = None, *, unused: bool = False
) -> Step:
    test_step = making.step(test)
    yes_step, no_step = making.branch(yes, unused=unused), making.branch(no, unused=unused)

    def step(env: Env) -> Term:
        value = test_step(env)
        if value is TRUE:
            return yes_step(env)
        if value is FALSE:
            return no_step(env)
        raise Leave

    return step


def which(making: Compiler, *args: Term) -> Step:
    if len(args) % 2:
        raise Unfit
    cases = [(making.step(args[0]), making.branch(args[1]))]
    cases += [(making.step(test), making.branch(value)) for test, value in zip(args[2::2], args[3::2], strict=True)]

    def step(env: Env) -> Term:
        for test, value in cases:
            if truth_of(test(env)):
                return value(env)
        return NULL

    return step


def switch(making: Compiler, term: Term, *args: Term) -> Step:
    if len(args) % 2:
        raise Unfit
    tests = tuple(map(sameness, args[::2]))
    term_step, values = making.step(term), tuple(map(making.branch, args[1::2]))

    def step(env: Env) -> Term:
        given = required(term_step(env))
        for test, value in zip(tests, values, strict=True):
            if test(given):
                return value(env)
        raise Leave

    return step


def sameness(pattern: Term) -> Callable[[Term], bool]:
    """Gives the test for a pattern that is a value, or _; raises Unfit for others."""
    if is_head(pattern, S.Blank, 0):
        return lambda value: True
    if type(pattern) is int:
        return lambda value: value is pattern or (type(value) is int and value == pattern)
    if type(pattern) in NUMBERS or type(pattern) is str or (type(pattern) is Symbol and pattern in CONSTANTS):
        return lambda value: same(value, pattern)
    raise Unfit


def and_(making: Compiler, *tests: Term) -> Step:
    steps = tuple(map(making.step, tests))
    return lambda env: TRUE if all(truth_of(step(env)) for step in steps) else FALSE


def or_(making: Compiler, *tests: Term) -> Step:
    steps = tuple(map(making.step, tests))
    return lambda env: TRUE if any(truth_of(step(env)) for step in steps) else FALSE


def compound(making: Compiler, *terms: Term, unused: bool = False) -> Step:
    if any(is_head(term, S.Label) for term in terms):
        raise Unfit
    *before, end = terms or (NULL,)
    first, last = tuple(map(making.statement, before)), making.tail(end, unused=unused)

    def step(env: Env) -> Term:
        for each in first:
            each(env)
        return last(env)

    return step


def list_(making: Compiler, *terms: Term) -> Step:
    steps = tuple(map(making.step, terms))
    if all(type(term) in NUMBERS or type(term) is str for term in terms):
        whole = list_of_values(terms)
        return lambda env: whole
    return lambda env: list_of_values([required(step(env)) for step in steps])


def rule(making: Compiler, left: Term, right: Term) -> Step:
    sides = making.step(left), making.step(right)

    def step(env: Env) -> Term:
        made = Expression(S.Rule, tuple([required(side(env)) for side in sides]))
        made.stamp = INERT
        return made

    return step


def return_(making: Compiler, value: Term = NULL, head: Term = None) -> Step:
    if head is not None:
        return leave
    value_step = making.step(value)

    def step(env: Env) -> Term:
        raise Returned(required(value_step(env)))

    return step


def leaving(kind: type[Left]) -> Callable[..., Step]:
    def make(making: Compiler) -> Step:
        def step(env: Env) -> Term:
            raise kind

        return step

    return make


def to_string(making: Compiler, term: Term) -> Step:
    """Compiles `ToString[x]`. Nothing but the options decides about the texts of numbers and texts."""
    value_step = making.step(term)

    def step(env: Env) -> Term:
        value = value_step(env)
        if type(value) is str:
            return value
        if type(value) in NUMBERS:
            return output_text(value)
        raise Leave

    return step


def string_join(making: Compiler, *terms: Term) -> Step:
    steps, apply = tuple(map(making.step, terms)), operation(S.StringJoin)

    def step(env: Env) -> Term:
        texts = [each(env) for each in steps]
        try:
            return "".join(texts)
        except TypeError:
            return apply(*texts)

    return step


FORMS |= {
    S.ToString: (to_string, 1, 1),
    S.StringJoin: (string_join, 1, ANY),
    S.If: (if_, 2, 4),
    S.Which: (which, 2, ANY),
    S.Switch: (switch, 3, ANY),
    S.And: (and_, 0, ANY),
    S.Or: (or_, 0, ANY),
    S.CompoundExpression: (compound, 0, ANY),
    S.List: (list_, 0, ANY),
    S.Rule: (rule, 2, 2),
    S.Identity: (lambda making, term: making.step(term), 1, 1),
    S.Return: (return_, 0, 2),
    S.Break: (leaving(BreakLeft), 0, 0),
    S.Continue: (leaving(ContinueLeft), 0, 0),
}
