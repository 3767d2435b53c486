"""What holds its arguments: decisions, assignments, loops."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.evaluation.compiled.code import CONSTANTS, NUMBERS, Env, Leave, Step, Unfit
from wlnet.builtins.evaluation.compiled.compiler import ANY, FORMS, Compiler
from wlnet.terms import FALSE, NULL, TRUE, Expression, S, Symbol, Term, is_head


def truth_of(value: Term) -> bool:
    if value is TRUE:
        return True
    if value is FALSE:
        return False
    raise Leave


def if_(making: Compiler, test: Term, yes: Term, no: Term = NULL, otherwise: Term = None) -> Step:
    test_step, yes_step, no_step = making.step(test), making.step(yes), making.step(no)
    return lambda env: yes_step(env) if truth_of(test_step(env)) else no_step(env)


def and_(making: Compiler, *tests: Term) -> Step:
    steps = tuple(map(making.step, tests))
    return lambda env: TRUE if all(truth_of(step(env)) for step in steps) else FALSE


def or_(making: Compiler, *tests: Term) -> Step:
    steps = tuple(map(making.step, tests))
    return lambda env: TRUE if any(truth_of(step(env)) for step in steps) else FALSE


def compound(making: Compiler, *terms: Term) -> Step:
    *first, last = map(making.step, terms or (NULL,))

    def step(env: Env) -> Term:
        for each in first:
            each(env)
        return last(env)

    return step


def value_for_variable(value: Term) -> Term:
    """Gives a value that a variable may get: one that stays what it is; raises Leave."""
    if type(value) in NUMBERS or value in CONSTANTS:
        return value
    raise Leave


def set_(making: Compiler, place: Term, value: Term) -> Step:
    value_step, name = making.step(value), making.variable(place)

    def step(env: Env) -> Term:
        value = env[name] = value_for_variable(value_step(env))
        return value

    return step


def modifying(change: Callable[[Term, Term], Term], *, by: Term = None, gives_old: bool = False) -> Callable[..., Step]:
    """Gives what compiles an assignment that changes a number, such as x++ or x += d."""

    def compile_change(making: Compiler, place: Term, given: Term = by) -> Step:
        known = len(making.assigns)
        making.step(given)
        if len(making.assigns) > known:
            raise Unfit  # `given` is evaluated before the old value is looked at
        new_step, name = making.step(change(place, given)), making.variable(place)

        def step(env: Env) -> Term:
            old, new = env[name], value_for_variable(new_step(env))
            env[name] = new
            return old if gives_old else new

        return step

    return compile_change


def sum_of(a: Term, b: Term) -> Term:
    return Expression(S.Plus, (a, b))


def product_of(a: Term, b: Term) -> Term:
    return Expression(S.Times, (a, b))


def while_(making: Compiler, test: Term, body: Term = NULL) -> Step:
    test_step, body_step = making.step(test), making.step(body)

    def step(env: Env) -> Term:
        while test_step(env) is TRUE:
            body_step(env)
        return NULL

    return step


def do(making: Compiler, body: Term, spec: Term) -> Step:
    parts: tuple[Term, ...] = spec.args if is_head(spec, S.List) else ()
    if not 2 <= len(parts) <= 4 or type(parts[0]) is not Symbol or parts[0] in making.parameters:
        raise Unfit
    name = parts[0]
    bounds = [making.step(part) for part in parts[1:]]
    making.reads[name] = None
    body_step = making.step(body)

    def step(env: Env) -> Term:
        before = env[name]
        for value in steps_of([bound(env) for bound in bounds]):
            env[name] = value
            body_step(env)
        env[name] = before
        return NULL

    return step


def steps_of(bounds: list[Term]) -> range:
    """Gives the values of an iterator from integer to integer; raises Leave for other bounds."""
    if not all(type(bound) is int for bound in bounds):
        raise Leave
    first, last, by = (1, *bounds, 1) if len(bounds) == 1 else (*bounds, 1)[:3]
    if by == 0:
        raise Leave
    return range(first, last + (1 if by > 0 else -1), by)


FORMS |= {
    S.If: (if_, 2, 4),
    S.And: (and_, 0, ANY),
    S.Or: (or_, 0, ANY),
    S.CompoundExpression: (compound, 0, ANY),
    S.While: (while_, 1, 2),
    S.Do: (do, 2, 2),
    S.Set: (set_, 2, 2),
    S.Increment: (modifying(sum_of, by=1, gives_old=True), 1, 1),
    S.Decrement: (modifying(sum_of, by=-1, gives_old=True), 1, 1),
    S.PreIncrement: (modifying(sum_of, by=1), 1, 1),
    S.PreDecrement: (modifying(sum_of, by=-1), 1, 1),
    S.AddTo: (modifying(sum_of), 2, 2),
    S.SubtractFrom: (modifying(lambda old, by: sum_of(old, product_of(-1, by))), 2, 2),
    S.TimesBy: (modifying(product_of), 2, 2),
    S.DivideBy: (modifying(lambda old, by: product_of(old, Expression(S.Power, (by, -1)))), 2, 2),
}
