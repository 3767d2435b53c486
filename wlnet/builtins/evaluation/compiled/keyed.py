"""Associations in compiled code: values at keys read and set. What is set is a dict of entries, changed in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wlnet.builtins.evaluation.compiled.code import JOURNAL, SHARED, Env, Step, Unfit
from wlnet.builtins.evaluation.compiled.compiler import ANY, CALLS, FORMS, Compiler, Place, leave
from wlnet.builtins.evaluation.compiled.effects import ADDED
from wlnet.builtins.evaluation.compiled.values import Leave, required
from wlnet.terms import FALSE, INERT, NULL, TRUE, Association, Expression, S, Symbol, Term, is_head, is_list
from wlnet.terms.same import key


def is_keyed(making: Compiler, term: Term) -> bool:
    """Tells whether a term is `a[key]`, a being a slot, a local variable, or one whose value is an association now."""
    if type(term) is not Expression or len(term.args) != 1:
        return False
    if type(term.head) is not Symbol:
        return is_head(term.head, S.Slot)
    is_local = term.head in making.scope or term.head in making.parameters
    return is_local or type(making.kernel.own.get(term.head)) is Association


def entries_of(making: Compiler, term: Term) -> Callable[[Env], dict[Any, tuple[Term, Term]]]:
    """Gives what gives the entries of an association, also of one that is being changed."""
    if type(term) is Symbol and term in making.drafted:
        place, is_shared = making.place(term)
        held: Step = (lambda env: env[SHARED][place]) if is_shared else (lambda env: env[place])
    else:
        held = making.step(term)

    def entries(env: Env) -> dict[Any, tuple[Term, Term]]:
        value: Any = held(env)
        if type(value) is dict:
            return value
        if type(value) is Association:
            return value.entries
        raise Leave

    return entries


def value_at(making: Compiler, term: Expression) -> Step | None:
    """Gives the step of `a[key]`, None for another call. What stands for an absent value is left to the evaluator."""
    if not is_keyed(making, term):
        return None
    entries, key_step = entries_of(making, term.head), making.step(term.args[0])

    def step(env: Env) -> Term:
        found = entries(env).get(key(required(key_step(env))))
        if found is None:
            raise Leave
        return required(found[1])

    return step


def lookup(making: Compiler, term: Term, name: Term, default: Term = None) -> Step:
    entries, key_step = entries_of(making, term), making.step(name)
    otherwise = leave if default is None else making.branch(default)

    def step(env: Env) -> Term:
        held, at = entries(env), required(key_step(env))
        if is_list(at):
            raise Leave
        found = held.get(key(at))
        return otherwise(env) if found is None else required(found[1])

    return step


def key_exists(making: Compiler, term: Term, name: Term) -> Step:
    entries, key_step = entries_of(making, term), making.step(name)
    return lambda env: TRUE if key(required(key_step(env))) in entries(env) else FALSE


def putter(making: Compiler, name: Term) -> Callable[[Env, Term, Term], None]:
    """Gives what puts a value at a key of a variable's association."""
    place, is_shared = making.variable(name)
    if is_shared:
        raise Unfit

    def put(env: Env, at: Term, value: Term) -> None:
        held = own_entries(env, place)
        hashed = key(at)
        env[SHARED][JOURNAL].append((held, hashed, held.get(hashed, ADDED)))
        held[hashed] = (at, value)

    return put


def own_entries(env: Env, place: Place) -> dict[Any, tuple[Term, Term]]:
    """Gives the entries that a variable holds alone: those of its association, copied at the first change."""
    held = env[place]
    if type(held) is Association:
        held = env[place] = dict(held.entries)
    if type(held) is not dict:
        raise Leave
    return held


def key_writer(making: Compiler, place: Expression) -> Callable[[Env, Term], None]:
    """Gives what puts a value in `name[key]`."""
    put, key_step = putter(making, place.head), making.step(place.args[0])
    return lambda env, value: put(env, required(key_step(env)), value)


def associate_to(making: Compiler, name: Term, rule: Term, *, unused: bool = False) -> Step:
    if not unused or not is_head(rule, S.Rule, 2):
        raise Unfit
    put, (key_step, value_step) = putter(making, name), tuple(map(making.step, rule.args))

    def step(env: Env) -> Term:
        put(env, required(key_step(env)), required(value_step(env)))
        return NULL

    return step


def association(making: Compiler, *rules: Term) -> Step:
    if not all(is_head(rule, S.Rule, 2) for rule in rules):
        raise Unfit
    making.heads[S.Rule] = None
    rows = [tuple(map(making.step, rule.args)) for rule in rules]

    def step(env: Env) -> Term:
        made = Association([(required(name(env)), required(value(env))) for name, value in rows])
        made.stamp = INERT
        return made

    return step


CALLS.insert(0, value_at)
FORMS |= {
    S.Association: (association, 0, ANY),
    S.AssociateTo: (associate_to, 2, 2),
    S.Lookup: (lookup, 2, 3),
    S.KeyExistsQ: (key_exists, 2, 2),
}
