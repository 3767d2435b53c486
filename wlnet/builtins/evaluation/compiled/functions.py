"""What takes functions as arguments: Map, Select, Fold, Nest and their kin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Any

from wlnet.builtins.evaluation.compiled.code import Env, Local, Step, Unfit
from wlnet.builtins.evaluation.compiled.compiler import FORMS, Compiler, computes
from wlnet.builtins.evaluation.compiled.forms import Returned
from wlnet.builtins.evaluation.compiled.operations import operation
from wlnet.builtins.evaluation.compiled.routines import routine_of
from wlnet.builtins.evaluation.compiled.scopes import scope
from wlnet.builtins.evaluation.compiled.values import Leave, items_of, list_of_values, required
from wlnet.kernel import BUILTINS
from wlnet.terms import FALSE, NULL, TRUE, S, Symbol, Term, alike, is_head
from wlnet.terms.packed import is_list

Apply = Callable[..., Term]
"""A function of an Env and of values."""
#: Results after which a loop without a bound is left to the evaluator.
MOST_STEPS = 1_000_000


def parameters_of(function: Term) -> tuple[Symbol, ...] | None:
    """Gives x, y, … of `Function[{x, y, …}, body]`; None for anything else."""
    if not is_head(function, S.Function, 2):
        return None
    given = function.args[0].args if is_head(function.args[0], S.List) else (function.args[0],)
    return given if given and function.args[0] is not NULL and all(type(name) is Symbol for name in given) else None


def function_of(making: Compiler, function: Term, count: int) -> Apply:
    """Gives what applies a function to so many values; raises Unfit."""
    if type(function) is Symbol:
        return named(making, function, count)
    names = parameters_of(function)
    if is_head(function, S.Function, 1):
        keys: tuple[Any, ...] = tuple(range(1, count + 1))
        body = function.args[0]
    elif names is not None and len(names) <= count:
        keys, body = names, function.args[1]
    else:
        raise Unfit
    places = tuple(Local() for _ in keys)
    inner = dict(zip(keys, places, strict=True))
    if names is None:
        inner = {**{key: None for key in making.scope if type(key) is int}, **inner}
    making.heads[S.Function] = None
    with scope(making, inner):
        step = making.step(body)

    def apply(env: Env, *values: Term) -> Term:
        env.update(zip(places, values))  # noqa: B905 (a function may leave arguments aside)
        try:
            return required(step(env))
        except Returned as returned:
            return returned.value

    return apply


def named(making: Compiler, name: Symbol, count: int) -> Apply:
    """Gives what applies a built-in or a function of the user's."""
    if name in making.scope or name in making.parameters:
        raise Unfit
    making.heads[name] = None
    if name in BUILTINS:
        if not computes(BUILTINS[name], count):
            raise Unfit
        operate = operation(name)
        return lambda env, *values: operate(*values)
    del making.heads[name]
    routine = routine_of(making, name, count)
    rise = making.rise + 1
    return lambda env, *values: required(routine.run(env, rise, values))


def over(making: Compiler, function: Term, items: Term, count: int = 1) -> tuple[Apply, Step]:
    """Gives a function and what it is applied to."""
    return function_of(making, function, count), making.step(items)


def map_(making: Compiler, function: Term, items: Term) -> Step:
    apply, given = over(making, function, items)
    return lambda env: list_of_values([apply(env, item) for item in items_of(given(env))])


def scan(making: Compiler, function: Term, items: Term) -> Step:
    apply, given = over(making, function, items)

    def step(env: Env) -> Term:
        for item in items_of(given(env)):
            apply(env, item)
        return NULL

    return step


def select(making: Compiler, items: Term, function: Term) -> Step:
    apply, given = over(making, function, items)
    return lambda env: list_of_values([item for item in items_of(given(env)) if apply(env, item) is TRUE])


def deciding(found: Term, otherwise: Term) -> Callable[..., Step]:
    """Gives what compiles a test of elements: `found` as soon as a test gives that, else the other. Both are decisions."""

    def make(making: Compiler, items: Term, function: Term) -> Step:
        apply, given = over(making, function, items)

        def step(env: Env) -> Term:
            for item in items_of(given(env)):
                value = apply(env, item)
                if value is found:
                    return found
                if value is not otherwise:
                    raise Leave
            return otherwise

        return step

    return make


def folded(making: Compiler, function: Term, start: Term, items: Term) -> Callable[[Env], list[Term]]:
    apply, given = over(making, function, items, 2)
    first = making.step(start)
    return lambda env: list(
        accumulate(items_of(given(env)), lambda a, b: apply(env, a, b), initial=required(first(env)))
    )


def fold(making: Compiler, function: Term, start: Term, items: Term) -> Step:
    values = folded(making, function, start, items)
    return lambda env: values(env)[-1]


def fold_list(making: Compiler, function: Term, start: Term, items: Term) -> Step:
    values = folded(making, function, start, items)
    return lambda env: list_of_values(values(env))


def nested(making: Compiler, function: Term, start: Term, times: Term) -> Callable[[Env], list[Term]]:
    apply, first = over(making, function, start)
    count = making.step(times)

    def values(env: Env) -> list[Term]:
        found, steps = [required(first(env))], count(env)
        if type(steps) is not int or not 0 <= steps <= MOST_STEPS:
            raise Leave
        for _ in range(steps):
            found.append(apply(env, found[-1]))
        return found

    return values


def nest(making: Compiler, function: Term, start: Term, times: Term) -> Step:
    values = nested(making, function, start, times)
    return lambda env: values(env)[-1]


def nest_list(making: Compiler, function: Term, start: Term, times: Term) -> Step:
    values = nested(making, function, start, times)
    return lambda env: list_of_values(values(env))


def nest_while(making: Compiler, function: Term, start: Term, test: Term) -> Step:
    apply, first = over(making, function, start)
    passes = function_of(making, test, 1)

    def step(env: Env) -> Term:
        value = required(first(env))
        for _ in range(MOST_STEPS):
            if passes(env, value) is not TRUE:
                return value
            value = apply(env, value)
        raise Leave

    return step


def fixed_point(making: Compiler, function: Term, start: Term, times: Term = None) -> Step:
    apply, first = over(making, function, start)
    count = None if times is None else making.step(times)

    def step(env: Env) -> Term:
        before, most = required(first(env)), MOST_STEPS if count is None else count(env)
        if type(most) is not int or most < 0:
            raise Leave
        for _ in range(most):
            after = apply(env, before)
            if alike(before, after):
                return after
            before = after
        if count is None:
            raise Leave
        return before

    return step


def map_thread(making: Compiler, function: Term, rows: Term) -> Step:
    if not is_head(rows, S.List) or not rows.args:
        raise Unfit
    apply, steps = function_of(making, function, len(rows.args)), tuple(map(making.step, rows.args))

    def step(env: Env) -> Term:
        columns = [items_of(step(env)) for step in steps]
        if len(set(map(len, columns))) > 1:
            raise Leave
        return list_of_values([apply(env, *values) for values in zip(*columns, strict=True)])

    return step


def array(making: Compiler, function: Term, count: Term) -> Step:
    apply, size = over(making, function, count)

    def step(env: Env) -> Term:
        length = size(env)
        if type(length) is not int or not 0 <= length <= MOST_STEPS:
            raise Leave
        return list_of_values([apply(env, place) for place in range(1, length + 1)])

    return step


def apply_(making: Compiler, function: Term, items: Term) -> Step:
    if type(function) is not Symbol or function not in BUILTINS or not computes(BUILTINS[function], 2):
        raise Unfit
    making.heads[function] = None
    operate, given = operation(function), making.step(items)

    def step(env: Env) -> Term:
        value = given(env)
        if not is_list(value) or not computes(BUILTINS[function], len(items_of(value))):
            raise Leave
        return operate(*items_of(value))

    return step


FORMS |= {
    S.Map: (map_, 2, 2),
    S.Scan: (scan, 2, 2),
    S.Select: (select, 2, 2),
    S.AnyTrue: (deciding(TRUE, FALSE), 2, 2),
    S.AllTrue: (deciding(FALSE, TRUE), 2, 2),
    S.Fold: (fold, 3, 3),
    S.FoldList: (fold_list, 3, 3),
    S.Nest: (nest, 3, 3),
    S.NestList: (nest_list, 3, 3),
    S.NestWhile: (nest_while, 3, 3),
    S.FixedPoint: (fixed_point, 2, 3),
    S.MapThread: (map_thread, 2, 2),
    S.Array: (array, 2, 2),
    S.Apply: (apply_, 2, 2),
}
