"""What changes the session beside its variables: random numbers drawn, and values sown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.builtins.evaluation.compiled.code import JOURNAL, SESSION, SHARED, Env, Step
from wlnet.builtins.evaluation.compiled.compiler import FORMS, Compiler
from wlnet.builtins.evaluation.compiled.operations import Nobody, settled
from wlnet.builtins.evaluation.compiled.values import Leave, required
from wlnet.builtins.evaluation.reaping import STACK
from wlnet.kernel import BUILTINS
from wlnet.terms import NONE, S, Symbol, Term

#: Stands in the journal for the element that was not there before.
ADDED = object()
#: Stands in the journal beside a generator and its state before the first number of a step was drawn.
DRAWN = object()


class Drawing(Nobody):
    """Stands for the kernel where nothing is asked of it but its random generator."""

    def __init__(self, random: np.random.Generator) -> None:
        self.random = random


def drawing(head: Symbol) -> Callable[..., Step]:
    """Gives what compiles a function that draws random numbers: the very same as the evaluator would draw."""

    def make(making: Compiler, *args: Term) -> Step:
        steps, function = tuple(map(making.step, args)), BUILTINS[head].function

        def step(env: Env) -> Term:
            values = [required(each(env)) for each in steps]
            shared = env[SHARED]
            random, journal = shared[SESSION].random, shared[JOURNAL]
            if not journal or journal[0][1] is not DRAWN:
                journal.insert(0, (random, DRAWN, random.bit_generator.state))
            try:
                found = function(Drawing(random), *values)
            except Exception:
                raise Leave from None
            return settled(found)

        return step

    return make


def sow(making: Compiler, value: Term) -> Step:
    value_step = making.step(value)

    def step(env: Env) -> Term:
        found, shared = required(value_step(env)), env[SHARED]
        stack = shared[SESSION].state.get(STACK)
        if stack:
            sown = stack[-1]
            shared[JOURNAL].append((sown, len(sown), ADDED))
            sown.append((found, NONE))
        return found

    return step


#: Function that draws random numbers → least and most number of arguments.
COUNTS = {
    S.RandomReal: (0, 2),
    S.RandomInteger: (0, 2),
    S.RandomComplex: (0, 2),
    S.RandomChoice: (1, 2),
    S.RandomSample: (1, 2),
}
RANDOM = frozenset(COUNTS)
FORMS |= {head: (drawing(head), *counts) for head, counts in COUNTS.items()}
FORMS |= {S.Sow: (sow, 1, 1)}
