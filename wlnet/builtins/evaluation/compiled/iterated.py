"""Loops in compiled code: While, For, Do, Table, Sum, Product."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Sequence

from wlnet.builtins.evaluation.compiled.code import SHARED, Env, Local, Step, Unfit
from wlnet.builtins.evaluation.compiled.compiler import ANY, FORMS, Compiler
from wlnet.builtins.evaluation.compiled.forms import BreakLeft, ContinueLeft, Returned
from wlnet.builtins.evaluation.compiled.operations import operation
from wlnet.builtins.evaluation.compiled.values import Leave, items_of, list_of_values, required
from wlnet.builtins.evaluation.iterators import SLACK
from wlnet.terms import NULL, TRUE, S, Symbol, Term, is_head, is_list

Visit = Callable[[Env], None]


def while_(making: Compiler, test: Term, body: Term = NULL) -> Step:
    return for_(making, NULL, test, NULL, body)


def for_(making: Compiler, start: Term, test: Term, after: Term, body: Term = NULL) -> Step:
    start_step, test_step = making.statement(start), making.step(test)
    after_step, visit = making.statement(after), until_continue(making.statement(body))

    def step(env: Env) -> Term:
        start_step(env)
        try:
            while test_step(env) is TRUE:
                visit(env)
                after_step(env)
        except BreakLeft:
            return NULL
        except Returned as returned:
            return returned.value
        return NULL

    return step


def until_continue(body: Step) -> Visit:
    """Gives what does a body once, as far as a Continue in it."""

    def visit(env: Env) -> None:
        try:  # noqa: SIM105 (a context manager takes longer than many a body)
            body(env)
        except ContinueLeft:
            pass

    return visit


def through(making: Compiler, spec: Term, inner: Callable[[], Visit]) -> Visit:
    """Gives what does something for each value of an iterator; `inner` compiles that, once the variable is known."""
    parts: tuple[Term, ...] = spec.args if is_head(spec, S.List) else (spec,)
    if not 1 <= len(parts) <= 4:
        raise Unfit
    name = parts[0] if len(parts) > 1 else None
    bounds = [making.step(part) for part in (parts if name is None else parts[1:])]
    if name is None:
        visit = inner()

        def repeat(env: Env) -> None:
            for _ in values_of([bound(env) for bound in bounds]):
                visit(env)

        return repeat
    if type(name) is not Symbol or name in making.parameters:
        raise Unfit
    place, is_shared = making.place(name)
    if type(place) is int:
        raise Unfit
    visit = inner()

    def run(env: Env) -> None:
        held = env[SHARED] if is_shared else env
        before = held.get(place)
        try:
            for value in values_of([bound(env) for bound in bounds]):
                held[place] = value
                visit(env)
        finally:
            if before is None:
                held.pop(place, None)
            else:
                held[place] = before

    return run


def values_of(bounds: list[Term]) -> Sequence[Term]:
    """Gives the values of an iterator with explicit bounds; raises Leave for others."""
    if len(bounds) == 1 and is_list(bounds[0]):
        return items_of(bounds[0])
    first, last, by = (1, *bounds, 1) if len(bounds) == 1 else (*bounds, 1)[:3]
    if by == 0:
        raise Leave
    if type(first) is int and type(last) is int and type(by) is int:
        return range(first, last + (1 if by > 0 else -1), by)
    if not {type(first), type(last), type(by)} <= {int, float} or (type(by) is int and by != 1):
        raise Leave
    count = (last - first) * (1 / by)
    if not math.isfinite(count):
        raise Leave
    return [first + place * by for place in range(math.floor(count + SLACK) + 1)]


def do(making: Compiler, body: Term, *specs: Term) -> Step:
    def loops(level: int) -> Visit:
        if level < len(specs) - 1:
            return through(making, specs[level], lambda: loops(level + 1))
        run = through(making, specs[level], lambda: until_continue(making.statement(body)))

        def until_break(env: Env) -> None:
            with contextlib.suppress(BreakLeft):
                run(env)

        return until_break

    run = loops(0)

    def step(env: Env) -> Term:
        try:
            run(env)
        except Returned as returned:
            return returned.value
        return NULL

    return step


def collecting(making: Compiler, specs: tuple[Term, ...], body: Callable[[], Step]) -> Callable[[Env], list[Term]]:
    """Gives what collects the values of a body for all values of the iterators."""
    place = Local()

    def loops(level: int) -> Visit:
        if level < len(specs):
            return through(making, specs[level], lambda: loops(level + 1))
        body_step = body()
        return lambda env: env[place].append(required(body_step(env)))

    run = loops(0)

    def collect(env: Env) -> list[Term]:
        found = env[place] = []
        run(env)
        return found

    return collect


def table(making: Compiler, body: Term, spec: Term, *more: Term) -> Step:
    collect = collecting(making, (spec,), lambda: table(making, body, *more) if more else making.step(body))
    return lambda env: list_of_values(collect(env))


def accumulating(head: Symbol, empty: int) -> Callable[..., Step]:
    """Gives what compiles Sum and Product: all values, and then one Plus or Times of them."""

    def make(making: Compiler, body: Term, *specs: Term) -> Step:
        making.heads[head] = None
        apply = operation(head)
        collect = collecting(making, specs, lambda: making.step(body))

        def step(env: Env) -> Term:
            values = collect(env)
            if len(values) < 2:
                return values[0] if values else empty
            return apply(*values)

        return step

    return make


FORMS |= {
    S.While: (while_, 1, 2),
    S.For: (for_, 3, 4),
    S.Do: (do, 2, ANY),
    S.Table: (table, 2, ANY),
    S.Sum: (accumulating(S.Plus, 0), 2, ANY),
    S.Product: (accumulating(S.Times, 1), 2, ANY),
}
