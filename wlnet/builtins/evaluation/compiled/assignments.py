"""Assignments: to variables, to parts of the lists that they hold, and to several at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.compiled.code import JOURNAL, SHARED, Env, Step, Unfit
from wlnet.builtins.evaluation.compiled.compiler import ANY, FORMS, Compiler, Place, computes
from wlnet.builtins.evaluation.compiled.effects import ADDED, DRAWN, RANDOM
from wlnet.builtins.evaluation.compiled.keyed import is_keyed, key_writer
from wlnet.builtins.evaluation.compiled.operations import operation, unary
from wlnet.builtins.evaluation.compiled.values import Leave, frozen, items_of, list_of_values, required
from wlnet.kernel import BUILTINS
from wlnet.kernel.structure import as_packed
from wlnet.terms import NULL, Expression, S, Symbol, Term, is_head
from wlnet.terms.packed import KINDS, with_number

Write = Callable[[Env, Term], None]


def writer(making: Compiler, place: Term) -> Write:
    """Gives what puts a value in a place: a variable, a part of one, or a list of places; raises Unfit."""
    if is_head(place, S.Part) and len(place.args) > 1:
        return part_writer(making, *place.args)
    if is_keyed(making, place):
        return key_writer(making, place)
    if is_head(place, S.List):
        return list_writer(tuple(writer(making, each) for each in place.args))
    name, is_shared = making.variable(place)
    is_drafted = place in making.drafted

    def write(env: Env, value: Term) -> None:
        (env[SHARED] if is_shared else env)[name] = frozen(value) if is_drafted else value

    return write


def list_writer(writers: tuple[Write, ...]) -> Write:
    def write(env: Env, value: Term) -> None:
        items = items_of(value)
        if len(items) != len(writers):
            raise Leave
        for each, item in zip(writers, items, strict=True):
            each(env, item)

    return write


def part_writer(making: Compiler, name: Term, *specs: Term) -> Write:
    """Gives what puts a value in a part of a list. A list is copied at the first change, and then changed in place."""
    place, is_shared = making.variable(name)
    if is_shared:
        raise Unfit
    steps = tuple(map(making.step, specs))
    first, depth = steps[0], len(steps)

    def write(env: Env, value: Term) -> None:
        at = positive(first(env)) if depth == 1 else tuple([positive(step(env)) for step in steps])
        held = env[place]
        # What is asked first is what nearly every step finds: an array that the loop has to itself already.
        if type(held) is not np.ndarray or held.ndim != depth or type(value) is not KINDS[held.dtype]:
            value = as_packed(value)
            held = own_list(env, place, depth, value)
        try:
            replace(env, held, at, value)
        except (ValueError, OverflowError):  # it belongs to others, too, or takes no integers of that size
            replace(env, own_list(env, place, depth, value), at, value)

    return write


def replace(env: Env, held: Any, at: Any, value: Term) -> None:
    """Puts a value in a part of an array or list of Python, and its old one in the journal; raises Leave."""
    try:
        old = held[at]
        if type(old) is np.ndarray:
            old = old.copy()
        held[at] = value
    except IndexError:
        raise Leave from None
    env[SHARED][JOURNAL].append((held, at, old))


def positive(place: Term) -> int:
    """Gives the place in Python of a positive position; raises Leave for all else."""
    if type(place) is int and place > 0:
        return place - 1
    raise Leave


def own_list(env: Env, place: Place, depth: int, value: Term) -> Any:
    """Gives the array or list of Python that a variable holds alone and that takes such a value at that depth."""
    held = env[place]
    if type(held) is np.ndarray and fits(held, depth, value):
        if not held.flags.writeable:
            held = env[place] = held.copy()
        return held
    if depth > 1:
        raise Leave
    if type(held) is not list:
        held = env[place] = list(items_of(frozen(held)))
    return held


def fits(held: np.ndarray, depth: int, value: Term) -> bool:
    """Tells whether a value can stand at that depth of an array."""
    if type(value) is np.ndarray:
        return value.dtype == held.dtype and value.shape == held.shape[depth:]
    is_large = type(value) is int and value.bit_length() > 63
    return depth == held.ndim and type(value) is KINDS[held.dtype] and not is_large


def append_to(making: Compiler, name: Term, item: Term, *, unused: bool = False) -> Step:
    """Gives what adds an element to a list; the longer list is made only where somebody looks at it."""
    place, is_shared = making.variable(name)
    if is_shared or not unused:
        raise Unfit
    item_step = making.step(item)

    def step(env: Env) -> Term:
        value = as_packed(required(item_step(env)))
        held = env[place]
        if type(held) is np.ndarray:
            longer = with_number(frozen(held), value)
            if longer is not None:
                env[place] = longer
                return NULL
        if type(held) is not list:
            held = env[place] = list(items_of(held))
        env[SHARED][JOURNAL].append((held, len(held), ADDED))
        held.append(value)
        return NULL

    return step


def length(making: Compiler, term: Term) -> Step:
    """Gives the step that counts elements, also of a list that is being changed."""
    place = draft_place(making, term)
    if place is None:
        return unary(S.Length, making.step(term))
    whole, apply = making.step(term), operation(S.Length)

    def step(env: Env) -> Term:
        held = env[place]
        return len(held) if type(held) is list or type(held) is dict else apply(whole(env))

    return step


def undo(journal: list[tuple[Any, Any, Term]]) -> None:
    """Takes back the changes of parts, what was sown and what was drawn, the latest first."""
    for held, at, value in reversed(journal):
        if value is ADDED:
            del held[slice(at, None) if type(held) is list else at]
            continue
        if at is DRAWN:
            held.bit_generator.state = value
            continue
        if type(held) is np.ndarray:
            held.setflags(write=True)
        held[at] = value
    journal.clear()


def part(making: Compiler, term: Term, *specs: Term) -> Step:
    steps = tuple(span(making, spec) if is_head(spec, S.Span) else making.step(spec) for spec in specs)
    base, apply = making.step(term), operation(S.Part)
    held: Step = base
    place = draft_place(making, term)
    if place is not None:

        def held(env: Env) -> Term:
            return env[place]

    first, second = steps[0], steps[-1]

    def single(env: Env) -> Term:
        value: Any = held(env)
        at = first(env)
        if type(at) is int and at > 0:
            kind = type(value)
            if kind is np.ndarray and value.ndim == 1 and at <= len(value):
                return value.item(at - 1)
            if kind is list and at <= len(value):
                return value[at - 1]
            if kind is Expression and value.head is S.List and at <= len(value.args):
                return required(value.args[at - 1])
        elif type(at) is int and type(value) is list and 0 < -at <= len(value):
            return value[at]
        return apply(base(env), at)

    def double(env: Env) -> Term:
        value: Any = held(env)
        row, column = first(env), second(env)
        if (
            type(value) is np.ndarray
            and value.ndim == 2
            and type(row) is type(column) is int
            and row > 0
            and column > 0
        ):
            try:
                return value.item(row - 1, column - 1)
            except IndexError:
                pass
        return apply(base(env), row, column)

    def several(env: Env) -> Term:
        value: Any = held(env)
        places = [each(env) for each in steps]
        if type(value) is np.ndarray and is_inside(value.shape, places):
            return value.item(*[at - 1 for at in places])
        return apply(base(env), *places)

    return single if len(steps) == 1 else double if len(steps) == 2 else several


def draft_place(making: Compiler, term: Term) -> Place | None:
    """Gives the place of a variable that may hold a list that is being changed; None for all else."""
    if type(term) is not Symbol or term not in making.drafted:
        return None
    place, is_shared = making.place(term)
    return None if is_shared else place


def is_inside(shape: tuple[int, ...], places: list[Term]) -> bool:
    """Tells whether positive positions name one element of an array of these dimensions."""
    return len(places) == len(shape) and all(
        type(at) is int and 0 < at <= size for at, size in zip(places, shape, strict=True)
    )


def span(making: Compiler, spec: Expression) -> Step:
    steps = tuple(map(making.step, spec.args))
    return lambda env: Expression(S.Span, tuple(step(env) for step in steps))


def set_(making: Compiler, place: Term, value: Term) -> Step:
    if is_head(place, S.List) and is_head(value, S.List) and len(place.args) == len(value.args):
        return set_all(making, place.args, value.args)
    value_step, write = making.step(value), writer(making, place)

    def step(env: Env) -> Term:
        value = required(value_step(env))
        write(env, value)
        return value

    return step


def set_all(making: Compiler, places: tuple[Term, ...], values: tuple[Term, ...]) -> Step:
    """Gives the step of `{x, y, …} = {a, b, …}`."""
    steps = tuple(map(making.step, values))
    writers = tuple(writer(making, place) for place in places)

    def step(env: Env) -> Term:
        values = [required(step(env)) for step in steps]
        for write, value in zip(writers, values, strict=True):
            write(env, value)
        return list_of_values(values)

    return step


def modifying(change: Callable[[Term, Term], Term], *, by: Term = None, gives_old: bool = False) -> Callable[..., Step]:
    """Gives what compiles an assignment that changes a value, such as x++ or x += d."""

    def compile_change(making: Compiler, place: Term, given: Term = by) -> Step:
        parts = place.args if is_keyed(making, place) else (place,)
        if is_head(place, S.List) or has_effects(given) or any(map(has_effects, parts)):
            raise Unfit  # `given` is evaluated before the old value is looked at
        old_step = making.step(place)
        new_step, write = making.step(change(place, given)), writer(making, place)

        def step(env: Env) -> Term:
            old, new = required(old_step(env)), required(new_step(env))
            write(env, new)
            return old if gives_old else new

        return step

    return compile_change


def has_effects(term: Term) -> bool:
    """Tells whether a term may set a variable: whether it is more than built-ins that compute with what is named in it."""
    if type(term) is not Expression:
        return False
    is_harmless = term.head in HARMLESS or (
        term.head not in FORMS and term.head in BUILTINS and computes(BUILTINS[term.head], len(term.args))
    )
    return not is_harmless or any(map(has_effects, term.args))


HARMLESS = RANDOM | {S.List, S.Part, S.Slot, S.Length, S.StringJoin, S.ToString}


def sum_of(a: Term, b: Term) -> Term:
    return Expression(S.Plus, (a, b))


def product_of(a: Term, b: Term) -> Term:
    return Expression(S.Times, (a, b))


FORMS |= {
    S.Set: (set_, 2, 2),
    S.AppendTo: (append_to, 2, 2),
    S.Length: (length, 1, 1),
    S.Part: (part, 2, ANY),
    S.Increment: (modifying(sum_of, by=1, gives_old=True), 1, 1),
    S.Decrement: (modifying(sum_of, by=-1, gives_old=True), 1, 1),
    S.PreIncrement: (modifying(sum_of, by=1), 1, 1),
    S.PreDecrement: (modifying(sum_of, by=-1), 1, 1),
    S.AddTo: (modifying(sum_of), 2, 2),
    S.SubtractFrom: (modifying(lambda old, by: sum_of(old, product_of(-1, by))), 2, 2),
    S.TimesBy: (modifying(product_of), 2, 2),
    S.DivideBy: (modifying(lambda old, by: product_of(old, Expression(S.Power, (by, -1)))), 2, 2),
}
