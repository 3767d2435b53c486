"""What was compiled before: the code of terms and functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wlnet.builtins.evaluation.compiled.code import Code, Unfit
from wlnet.builtins.evaluation.compiled.compiler import Compiler
from wlnet.kernel import BUILTINS
from wlnet.terms import NULL, Expression, S, Symbol, Term, is_head

KEPT = 2048
#: Arguments of a function that is compiled.
MOST = 16
Entry = tuple[tuple[Term, ...], Code | None]
# Keyed by identity, with the terms kept alive beside it: hashing a body would cost more than running it.
_known: dict[Any, Entry] = {}


def remembered(terms: tuple[Term, ...], extra: Any, make: Callable[[], Code]) -> Code | None:
    """Gives what was compiled of these very terms, or makes it; None where they are unfit."""
    place = (*map(id, terms), extra)
    found = _known.get(place)
    if found is None:
        try:
            code = make()
        except Unfit:
            code = None
        if len(_known) >= KEPT:
            _known.clear()
        found = _known[place] = (terms, code)
    return found[1]


def code_of_terms(*terms: Term, name: Symbol | None = None) -> Code | None:
    """Gives the code of terms, None where they are unfit. `name` is the variable of the loop around them."""
    return remembered(terms, name, lambda: Compiler(() if name is None else (name,)).code(*terms))


def code_of_function(function: Term, count: int) -> tuple[Code, tuple[Any, ...]] | None:
    """Gives the code of `function[a, b, …]` with so many arguments, and where in `env` it looks for them."""
    if count > MOST:
        return None
    names = parameters_of(function)
    slots = tuple(range(1, count + 1))
    if type(function) is Symbol and function in BUILTINS:
        body: Term = Expression(function, tuple(Expression(S.Slot, (number,)) for number in slots))
    elif is_head(function, S.Function) and len(function.args) == 1:
        body = function.args[0]
    elif names is not None and len(names) <= count:
        body = function.args[1]
    else:
        return None

    def make() -> Code:
        making = Compiler(names or (), 0 if names else count)
        code = making.code(body)
        if code.assigns:
            raise Unfit  # what a function sets may be looked at between two calls
        return code

    code = remembered((function,), count, make)
    return None if code is None else (code, names or slots)


def parameters_of(function: Term) -> tuple[Symbol, ...] | None:
    """Gives x, y, … of `Function[{x, y, …}, body]`; None for anything else."""
    if not is_head(function, S.Function, 2):
        return None
    given = function.args[0].args if is_head(function.args[0], S.List) else (function.args[0],)
    return given if given and function.args[0] is not NULL and all(type(name) is Symbol for name in given) else None
