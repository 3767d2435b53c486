"""Local names: Module, With, Block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wlnet.builtins.evaluation.compiled.code import SHARED, Env, Local, Step, Unfit
from wlnet.builtins.evaluation.compiled.compiler import CHANGING, FORMS, Compiler
from wlnet.builtins.evaluation.compiled.values import frozen, required
from wlnet.patterns.renaming import symbols_of
from wlnet.terms import Expression, S, Symbol, Term, is_head


def local_values(names: Term) -> list[tuple[Symbol, Term]]:
    """Gives the names of a list of locals, each with the term of its first value, or None; raises Unfit."""
    found = []
    for item in names.args if is_head(names, S.List) else ():
        name, value = item.args if is_head(item, S.Set, 2) else (item, None)
        if type(name) is not Symbol:
            raise Unfit
        found.append((name, value))
    if not found or len({name for name, _ in found}) < len(found):
        raise Unfit
    return found


@contextmanager
def scope(making: Compiler, places: dict[Symbol, Local]) -> Iterator[None]:
    """Lets names stand for these places."""
    outer = making.scope
    making.scope = {**outer, **places}
    yield
    making.scope = outer


def module(making: Compiler, names: Term, body: Term) -> Step:
    given = local_values(names)
    values = [None if value is None else making.step(value) for _, value in given]
    places = {name: Local() for name, _ in given}
    with scope(making, places):
        body_step = making.tail(body)
    rows = list(zip(places.values(), values, strict=True))

    def step(env: Env) -> Term:
        starts = [None if value is None else frozen(required(value(env))) for _, value in rows]
        for (place, _), start in zip(rows, starts, strict=True):
            if start is None:
                env.pop(place, None)
            else:
                env[place] = start
        return body_step(env)

    return step


def with_(making: Compiler, names: Term, body: Term) -> Step:
    given = local_values(names)
    if any(value is None for _, value in given) or not placed(body).isdisjoint(name for name, _ in given):
        raise Unfit  # a value would stand where a name is wanted
    return module(making, names, body)


def placed(term: Term) -> set[Symbol]:
    """Gives the names that may be set in a term, by an assignment or an iterator."""
    if type(term) is not Expression:
        return set()
    found = set().union(*map(placed, term.args))
    if term.head in CHANGING and term.args:
        found.update(symbols_of(term.args[0]))
    if term.head in ITERATING:
        found.update(spec.args[0] for spec in term.args[1:] if is_head(spec, S.List) and spec.args)
    return found


ITERATING = frozenset({S.Do, S.Table, S.Sum, S.Product})


def block(making: Compiler, names: Term, body: Term) -> Step:
    rows = []
    for name, value in local_values(names):
        value_step = None if value is None else making.step(value)
        place, is_shared = making.variable(name)
        if type(place) is Symbol:
            making.blocked[name] = None
        rows.append((place, is_shared, value_step))
    body_step = making.step(body)

    def step(env: Env) -> Term:
        starts = [None if value is None else required(value(env)) for _, _, value in rows]
        before = []
        for (place, is_shared, _), start in zip(rows, starts, strict=True):
            held = env[SHARED] if is_shared else env
            before.append((held, place, held.get(place)))
            if start is None and type(place) is not Symbol:
                held.pop(place, None)
            else:
                held[place] = place if start is None else frozen(start)
        try:
            return body_step(env)
        finally:
            for held, place, value in before:
                if value is None:
                    held.pop(place, None)
                else:
                    held[place] = value

    return step


FORMS |= {
    S.Module: (module, 2, 2),
    S.With: (with_, 2, 2),
    S.Block: (block, 2, 2),
}
