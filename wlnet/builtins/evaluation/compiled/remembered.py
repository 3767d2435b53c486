"""What was compiled before: the code of terms and functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wlnet.builtins.evaluation.compiled import assignments, forms, iterated, scopes  # noqa: F401 (the tables of forms)
from wlnet.builtins.evaluation.compiled.code import Code, Unfit
from wlnet.builtins.evaluation.compiled.compiler import Compiler
from wlnet.builtins.evaluation.compiled.functions import parameters_of
from wlnet.kernel import BUILTINS, Kernel
from wlnet.terms import Expression, S, Symbol, Term, is_head

KEPT = 2048
#: Arguments of a function that is compiled.
MOST = 16
Entry = tuple[tuple[Term, ...], Code | None, int]
# Keyed by identity, with the terms kept alive beside it: hashing a body would cost more than running it.
_known: dict[Any, Entry] = {}
#: What was compiled in vain, or for definitions that changed, is compiled again at most so many times.
MOST_TRIALS = 8


def remembered(kernel: Kernel, terms: tuple[Term, ...], extra: Any, make: Callable[[], Code]) -> Code | None:
    """Gives what was compiled of these very terms, or makes it; None where they are unfit."""
    place = (*map(id, terms), extra)
    found = _known.get(place)
    trials = 0 if found is None else found[2]
    if found is not None and (found[1] is None or found[1].is_current(kernel) or trials > MOST_TRIALS):
        return found[1]
    try:
        code = make()
    except Unfit:
        code = None
    if len(_known) >= KEPT:
        _known.clear()
    _known[place] = (terms, code, trials + 1)
    return code


def code_of_terms(
    kernel: Kernel, *terms: Term, statements: tuple[Term, ...] = (), name: Symbol | None = None
) -> Code | None:
    """Gives the code of terms and of statements behind them, None where they are unfit.

    `name` is the variable of the loop around them.
    """
    parameters = () if name is None else (name,)

    def make() -> Code:
        return Compiler(kernel, parameters).code(*terms, statements=statements)

    return remembered(kernel, (*terms, *statements), (name, len(terms)), make)


def code_of_call(kernel: Kernel, head: Symbol, count: int) -> Code | None:
    """Gives the code of a call of a user's function, None where that is unfit. Its arguments lie at their numbers."""
    if count > MOST:
        return None
    call = Expression(head, tuple(Expression(S.Slot, (number,)) for number in range(1, count + 1)))
    try:
        return Compiler(kernel, (), count).code(call)
    except Unfit:
        return None


def code_of_module(kernel: Kernel, function: Term, names: tuple[Symbol, ...], body: Term) -> Code | None:
    """Gives the code of a body whose local variables begin with the arguments, which lie at their numbers."""
    starts = (Expression(S.Set, (name, Expression(S.Slot, (place,)))) for place, name in enumerate(names, 1))
    term = Expression(S.Module, (Expression(S.List, tuple(starts)), body)) if names else body
    return remembered(kernel, (function,), None, lambda: Compiler(kernel, (), len(names)).code(term))


def code_of_function(kernel: Kernel, function: Term, count: int) -> tuple[Code, tuple[Any, ...]] | None:
    """Gives the code of `function[a, b, …]` with so many arguments, and where in `env` it looks for them."""
    if count > MOST:
        return None
    names = parameters_of(function)
    slots = tuple(range(1, count + 1))
    if type(function) is Symbol and (function in BUILTINS or kernel.definitions[function].down is not None):
        body: Term = Expression(function, tuple(Expression(S.Slot, (number,)) for number in slots))
    elif is_head(function, S.Function) and len(function.args) == 1:
        body = function.args[0]
    elif is_head(function, S.Key, 1) and count == 1:
        body = Expression(Expression(S.Slot, (1,)), function.args)
    elif names is not None and len(names) <= count:
        body = function.args[1]
    else:
        return None

    def make() -> Code:
        making = Compiler(kernel, names or (), 0 if names else count)
        code = making.code(body)
        if code.assigns:
            raise Unfit  # what a function sets may be looked at between two calls
        return code

    code = remembered(kernel, (function,), count, make)
    return None if code is None else (code, names or slots)
