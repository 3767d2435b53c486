"""Loops and repeated calls over explicit numbers: by compiled code as far as it goes, by the evaluator from there on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence, Sized
from itertools import chain

from wlnet.builtins.evaluation.compiled.code import NUMBERS, Code, Env, Leave
from wlnet.builtins.evaluation.compiled.remembered import code_of_function, code_of_terms
from wlnet.kernel import Kernel
from wlnet.terms import TRUE, Expression, Symbol, Term

#: From so many steps on, compiling is worth it.
FROM = 16
#: A variable that was given no number before it is read has no place in `env`.
LEFT = (Leave, KeyError)


def is_short(values: Iterable[Term]) -> bool:
    """Tells whether there are so few values that compiling costs more than it saves."""
    try:
        return isinstance(values, Sized) and len(values) < FROM
    except OverflowError:  # a range that is longer than Python counts
        return False


def quick_values(
    kernel: Kernel, body: Term, name: Symbol | None, values: Iterable[Term], take: Callable[[Term], object]
) -> Iterable[Term]:
    """Hands over the values of `body` for the values of a variable; gives those of them that the evaluator must do."""
    if is_short(values):
        return values
    code = code_of_terms(body, name=name)
    env = None if code is None else code.environment(kernel)
    if code is None or env is None:
        return values
    (run,), left = code.steps, iter(values)
    before = env
    try:
        for value in left:
            if type(value) not in NUMBERS:
                return chain((value,), left)
            if code.assigns:
                before = env.copy()
            env[name] = value
            try:
                found = run(env)
            except LEFT:
                env = before
                return chain((value,), left)
            take(found)
    finally:
        store(kernel, code, env)
    return ()


def quick_loop(kernel: Kernel, test: Term, body: Term, step: Term, turn: int) -> bool:
    """Runs a loop while its test is True; tells whether it came to its end, or the evaluator must go on with it.

    Only a loop that has proved to be long is compiled, so nothing happens but at one turn.
    """
    code = code_of_terms(test, body, step) if turn == FROM else None
    env = None if code is None else code.environment(kernel)
    if code is None or env is None:
        return False
    is_left, run, after = code.steps
    before = env
    try:
        while True:
            before = env.copy()
            try:
                if is_left(env) is not TRUE:
                    return True
                run(env)
                after(env)
            except LEFT:
                env = before
                return False
    finally:
        store(kernel, code, env)


def store(kernel: Kernel, code: Code, env: Env) -> None:
    """Gives variables the values that the code has left in `env`."""
    for name in code.assigns:
        value = env.get(name, name)
        if value is not name and kernel.own.get(name) is not value:
            kernel.set_own(name, value)


def quick_calls(kernel: Kernel, function: Term, items: Sequence[Term]) -> list[Term]:
    """Gives the values of `function[item]` for the first items, those that need no evaluator."""
    found: list[Term] = []
    compiled = code_of_function(function, 1) if len(items) >= FROM else None
    env = None if compiled is None else compiled[0].environment(kernel)
    if compiled is None or env is None:
        return found
    ((run,), *_), (place,) = compiled
    for item in items:
        if type(item) not in NUMBERS:
            break
        env[place] = item
        try:
            found.append(run(env))
        except LEFT:
            break
    return found


def caller(kernel: Kernel, function: Term, count: int, times: float = math.inf) -> Callable[..., Term]:
    """Gives what applies a function to `count` terms, about so many times: at once to numbers, where that can be."""

    def by_evaluator(*args: Term) -> Term:
        return kernel.evaluate(Expression(function, args))

    compiled = code_of_function(function, count) if times >= FROM else None
    env = None if compiled is None else compiled[0].environment(kernel)
    if compiled is None or env is None:
        return by_evaluator
    ((run,), *_), places = compiled
    version = kernel.version

    def by_code(*args: Term) -> Term:
        nonlocal version
        # With another version, something between two calls may have changed what the code takes for granted.
        if kernel.version == version and NUMBERS.issuperset(map(type, args)):
            env.update(zip(places, args))  # noqa: B905 (a function may leave arguments aside)
            try:
                return run(env)
            except LEFT:
                version = 0
        return by_evaluator(*args)

    return by_code
