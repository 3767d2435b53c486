"""What built-ins do to values, without a kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.compiled.code import Env, Step
from wlnet.builtins.evaluation.compiled.values import ATOMS, NUMBERS, Leave, required
from wlnet.builtins.numbers.numerical import is_finite, is_small
from wlnet.kernel import BUILTINS
from wlnet.kernel.declare import PAIRS
from wlnet.kernel.evaluate import MACHINE_NUMBERS, PACK_FROM
from wlnet.kernel.structure import as_packed
from wlnet.terms import FALSE, INERT, TRUE, Association, Expression, S, Symbol, Term, is_list, is_number
from wlnet.terms.attributes import LISTABLE

#: Types of values over which nothing threads, and of those over which what takes packed lists threads by itself.
SINGLE, PACKED = NUMBERS | {str}, NUMBERS | {np.ndarray}
#: What built-ins may give in place of a number, such as Power[x, 1/2] for Sqrt[x].
RESULTS = (S.Plus, S.Times, S.Power)


class Nobody:
    """Stands for the kernel where there is nothing to evaluate and nothing to say."""

    def __getattr__(self, name: str) -> Any:
        raise Leave


NOBODY = Nobody()


def operation(head: Symbol) -> Callable[..., Term]:
    """Gives what a built-in does to values, as the evaluator would; raises Leave."""
    declared, pair = BUILTINS[head], PAIRS.get(head)
    function, threads, packed = declared.function, declared.attributes & LISTABLE, declared.packed

    def apply(*values: Term) -> Term:
        if pair is not None and len(values) == 2 and MACHINE_NUMBERS.issuperset(map(type, values)):
            found = pair(*values)
            if found is not None:
                return found
        if threads and not SINGLE.issuperset(map(type, values)):
            values = arrays(values, packed)
        try:
            found = function(NOBODY, *values)
        except Exception:
            raise Leave from None
        return settled(found)

    return apply


def arrays(values: tuple[Term, ...], packed: bool) -> tuple[Term, ...]:
    """Gives the arguments of what threads over lists, lists packed; raises Leave where it does not take such."""
    if packed and PACKED.issuperset(map(type, values)):
        return values
    made = tuple(as_packed(value) if type(value) is Expression else value for value in values)
    if any(type(value) is Association for value in made):
        raise Leave
    has_lists = any(map(is_list, made))
    if has_lists and not (packed and all(type(value) is np.ndarray or is_number(value) for value in made)):
        raise Leave
    return made


def settled(term: Term) -> Term:
    """Gives the value of what a built-in gave; raises Leave where it is none."""
    if type(term) in ATOMS or term is TRUE or term is FALSE:
        return term
    if type(term) is Expression and term.head in RESULTS:
        return operation(term.head)(*map(settled, term.args))
    return required(term)


def square(base: Term, exponent: Term) -> np.ndarray | None:
    return np.square(base) if type(exponent) is int and exponent == 2 else None


#: Head → what gives its value for a packed list of reals and another of this shape, or a machine number.
OF_REALS: dict[Symbol, Callable[..., Any]] = {S.Plus: np.add, S.Times: np.multiply, S.Power: square}
REALS = np.dtype(np.float64)


def square_of_number(base: Any, exponent: Any) -> Term | None:
    return PAIRS[S.Times](base, base) if type(exponent) is int and exponent == 2 else None


def pairs_of_few(pair: Callable[[Any, Any], Term | None], a: Term, b: Term) -> Term | None:
    """Gives the list of the values of a shortcut for machine numbers, over short lists or a list and a number."""
    left = numbers_of(a)
    right = None if left is None else numbers_of(b)
    if left is None or right is None:
        return None
    if type(a) in MACHINE_NUMBERS:
        left *= len(right)
    elif type(b) in MACHINE_NUMBERS:
        right *= len(left)
    if len(left) != len(right) or (type(a) in MACHINE_NUMBERS and type(b) in MACHINE_NUMBERS):
        return None
    found = tuple(map(pair, left, right))
    if None in found:
        return None
    made = Expression(S.List, found)
    made.stamp = INERT
    return made


def numbers_of(term: Term) -> tuple[Any, ...] | None:
    """Gives the elements of a short list of machine numbers; a number alone counts as a list of one."""
    if type(term) in MACHINE_NUMBERS:
        return (term,)
    if type(term) is np.ndarray:
        return tuple(term.tolist()) if term.ndim == 1 and len(term) < PACK_FROM and term.dtype.kind != "c" else None
    if type(term) is not Expression or term.head is not S.List or len(term.args) >= PACK_FROM:
        return None
    return term.args if MACHINE_NUMBERS.issuperset(map(type, term.args)) else None


def pair_of_lists(head: Symbol) -> Callable[..., Term]:
    """Gives what `operation` gives of two values, with short ways for short lists and for packed lists of reals."""
    apply, combine = operation(head), OF_REALS.get(head)
    if combine is None:
        return apply
    pair = square_of_number if combine is square else PAIRS[head]

    def quick(a: Term, b: Term) -> Term:
        few = pairs_of_few(pair, a, b)
        if few is not None:
            return few
        if type(a) is np.ndarray:
            is_quick = a.dtype is REALS and (
                (b.dtype is REALS and b.shape == a.shape) if type(b) is np.ndarray else is_small(b)
            )
        else:
            is_quick = type(b) is np.ndarray and b.dtype is REALS and is_small(a) and combine is not square
        if is_quick:
            with np.errstate(all="ignore"):
                found = combine(a, b)
            if found is not None and is_finite(found):
                found.setflags(write=False)
                return found
        return apply(a, b)

    return quick


def unary(head: Symbol, value: Step) -> Step:
    function, of_text, apply = BUILTINS[head].function, BUILTINS[head].of_text, operation(head)

    def step(env: Env) -> Term:
        given = value(env)
        if of_text is not None and type(given) is str:
            return settled(of_text(given))
        if type(given) not in SINGLE:
            return apply(given)
        try:
            found = function(NOBODY, given)
        except Exception:
            raise Leave from None
        return found if type(found) in NUMBERS or found is TRUE or found is FALSE else settled(found)

    return step


def binary(pair: Callable[[Any, Any], Term | None], apply: Callable[..., Term], first: Step, second: Step) -> Step:
    def step(env: Env) -> Term:
        a, b = first(env), second(env)
        if type(a) in MACHINE_NUMBERS and type(b) in MACHINE_NUMBERS:
            found = pair(a, b)
            if found is not None:
                return found
        return apply(a, b)

    return step


def binary_with(pair: Callable[[Any, Any], Term | None], apply: Callable[..., Term], first: Step, b: Term) -> Step:
    """Gives the step of a function of a value and a machine number."""

    def step(env: Env) -> Term:
        a = first(env)
        if type(a) in MACHINE_NUMBERS:
            found = pair(a, b)
            if found is not None:
                return found
        return apply(a, b)

    return step


def multiary(apply: Callable[..., Term], values: Iterable[Step]) -> Step:
    values = tuple(values)
    return lambda env: apply(*[value(env) for value in values])


def constant(apply: Callable[..., Term], values: tuple[Term, ...]) -> Step:
    """Gives the step of a term without variables, such as 2^-1: computed once, if ever."""
    known: list[Term] = []

    def step(env: Env) -> Term:
        if not known:
            known.append(apply(*values))
        return known[0]

    return step
