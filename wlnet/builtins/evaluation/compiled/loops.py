"""Loops and repeated calls over values: by compiled code as far as it goes, by the evaluator from there on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized

from wlnet.builtins.evaluation.compiled.assignments import undo
from wlnet.builtins.evaluation.compiled.code import JOURNAL, Code, Env
from wlnet.builtins.evaluation.compiled.remembered import code_of_function, code_of_terms
from wlnet.builtins.evaluation.compiled.values import ATOMS, LEFT, frozen, is_value
from wlnet.kernel import Kernel
from wlnet.terms import TRUE, Expression, Symbol, Term

#: From so many steps on, compiling is worth it.
FROM = 16
#: Compiled code gets another chance after a step that it left, as long as it does most of the steps.
CHANCES = 4


def is_short(values: Iterable[Term]) -> bool:
    """Tells whether there are so few values that compiling costs more than it saves."""
    try:
        return isinstance(values, Sized) and len(values) < FROM
    except OverflowError:  # a range that is longer than Python counts
        return False


def quick_values(
    kernel: Kernel,
    body: Term,
    name: Symbol | None,
    values: Iterable[Term],
    take: Callable[[Term], object] | None = None,
) -> Iterable[Term]:
    """Hands over the values of `body` for the values of a variable; gives those of them that the evaluator must do."""
    if is_short(values):
        return values
    if take is None:
        code, take = code_of_terms(kernel, statements=(body,), name=name), unused
    else:
        code = code_of_terms(kernel, body, name=name)
    return values if code is None else left_values(kernel, code, name, iter(values), take)


def unused(value: Term) -> None:
    """Takes a value that nobody looks at."""


def left_values(
    kernel: Kernel, code: Code, name: Symbol | None, values: Iterator[Term], take: Callable[[Term], object]
) -> Iterator[Term]:
    """Hands over what the code gives for values of its variable, and yields each of them for which it gives nothing."""
    done, left = 0, -CHANCES
    while left <= done:
        env = code.environment(kernel)
        if env is None:
            break
        steps, value = run_values(kernel, code, env, name, values, take)
        if value is None:
            return
        done += steps
        left += CHANCES
        yield value
    yield from values


def run_values(
    kernel: Kernel, code: Code, env: Env, name: Symbol | None, values: Iterator[Term], take: Callable[[Term], object]
) -> tuple[int, Term | None]:
    """Gives how many of the values the code did, and the first that it did not do (None: it did all)."""
    (run,), saves = code.steps, bool(code.assigns)
    before, journal, done = env, env[JOURNAL], 0
    try:
        for value in values:
            if not is_value(value):
                return done, value
            if saves:
                before = env.copy()
            journal.clear()
            env[name] = value
            try:
                found = run(env)
            except LEFT:
                env = before
                undo(journal)
                return done, value
            take(found)
            done += 1
    finally:
        store(kernel, code, env)
    return done, None


def quick_loop(kernel: Kernel, test: Term, body: Term, step: Term, turn: int) -> bool:
    """Runs a loop while its test is True; tells whether it came to its end, or the evaluator must go on with it.

    Only a loop that has proved to be long is compiled, so nothing happens but at one turn.
    """
    code = code_of_terms(kernel, test, statements=(body, step)) if turn == FROM else None
    env = None if code is None else code.environment(kernel)
    if code is None or env is None:
        return False
    is_left, run, after = code.steps
    before, journal = env, env[JOURNAL]
    try:
        while True:
            before = env.copy()
            journal.clear()
            try:
                if is_left(env) is not TRUE:
                    return True
                run(env)
                after(env)
            except LEFT:
                env = before
                undo(journal)
                return False
    finally:
        store(kernel, code, env)


def store(kernel: Kernel, code: Code, env: Env) -> None:
    """Gives variables the values that the code has left in `env`."""
    for name in code.assigns:
        value = frozen(env.get(name, name))
        if value is not name and kernel.own.get(name) is not value:
            kernel.set_own(name, value)


def quick_calls(kernel: Kernel, function: Term, items: Sequence[Term]) -> list[Term]:
    """Gives the values of `function[item]` for the first items, those that need no evaluator."""
    found: list[Term] = []
    compiled = code_of_function(kernel, function, 1) if len(items) >= FROM else None
    env = None if compiled is None else compiled[0].environment(kernel)
    if compiled is None or env is None:
        return found
    (run,), (place,), journal = compiled[0].steps, compiled[1], env[JOURNAL]
    for item in items:
        if type(item) not in ATOMS and not is_value(item):
            break
        env[place] = item
        journal.clear()
        try:
            found.append(run(env))
        except LEFT:
            undo(journal)
            break
    return found


def quick_rows(kernel: Kernel, function: Term, rows: Sequence[tuple[Term, ...]]) -> list[Term]:
    """Gives the values of `function[a, b, …]` for the first rows of arguments, those that need no evaluator."""
    found: list[Term] = []
    count = len(rows[0]) if rows else 0
    compiled = code_of_function(kernel, function, count) if count and len(rows) >= FROM else None
    env = None if compiled is None else compiled[0].environment(kernel)
    if compiled is None or env is None:
        return found
    (run,), places, journal = compiled[0].steps, compiled[1], env[JOURNAL]
    for row in rows:
        if len(row) != count or not (ATOMS.issuperset(map(type, row)) or all(map(is_value, row))):
            break
        env.update(zip(places, row))  # noqa: B905 (a function may leave arguments aside)
        journal.clear()
        try:
            found.append(run(env))
        except LEFT:
            undo(journal)
            break
    return found


def caller(
    kernel: Kernel,
    function: Term,
    count: int,
    times: float = math.inf,
    otherwise: Callable[..., Term] | None = None,
) -> Callable[..., Term]:
    """Gives what applies a function to `count` terms, about so many times: at once to values, where that can be.

    otherwise: what applies it to other terms, where that is not just the evaluator.
    """
    by_evaluator = otherwise or (lambda *args: kernel.evaluate(Expression(function, args)))
    compiled = code_of_function(kernel, function, count) if times >= FROM else None
    env = None if compiled is None else compiled[0].environment(kernel)
    if compiled is None or env is None:
        return by_evaluator
    (run,), places, journal = compiled[0].steps, compiled[1], env[JOURNAL]
    version = kernel.version

    def by_code(*args: Term) -> Term:
        nonlocal version
        # With another version, something between two calls may have changed what the code takes for granted.
        if kernel.version == version and (ATOMS.issuperset(map(type, args)) or all(map(is_value, args))):
            env.update(zip(places, args))  # noqa: B905 (a function may leave arguments aside)
            journal.clear()
            try:
                return run(env)
            except LEFT:
                undo(journal)
                version = 0
        return by_evaluator(*args)

    def by_code_single(value: Term) -> Term:
        if kernel.version == version and type(value) in ATOMS:
            env[place] = value
            journal.clear()
            try:
                return run(env)
            except LEFT:
                undo(journal)
        return by_code(value)

    place = places[0]
    return by_code_single if count == 1 else by_code
