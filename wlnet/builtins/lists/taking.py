"""The ends of a list, and stretches of it: First, Last, Most, Rest, Take, Drop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wlnet.builtins.lists.choosing import choose, integers, items, rebuild, require_size, size
from wlnet.builtins.lists.parts import place, span_slice
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import NONE, Expression, S, Term, expression, is_head, list_of

NO_FIRST = "`1` has zero length and no first element."
NO_LAST = "`1` has zero length and no last element."
NO_REST = "Cannot take the rest of `1`, which has zero length."
NO_MOST = "Cannot take all but the last of `1`, which has zero length."
TAKE = "Cannot take positions `1` through `2` in `3`."
DROP = "Cannot drop positions `1` through `2` in `3`."
SEQUENCE = "A specification n, -n, {n}, {m, n}, {m, n, s}, All, None or UpTo[n] is expected instead of `1`."


@builtin("First", category="Lists", messages={"nofirst": NO_FIRST})
def first(kernel: Kernel, term: Term, default: Term = None) -> Term:
    """First[expr] gives the first element of expr.
    First[expr, default] gives default if there is none.

    Examples:
        >> First[{a, b, c}]
        = a
        >> First[<|"x" -> 5|>]
        = 5
        >> First[{}, none]
        = none
    Possible issues:
        >> First[{}]
        = First[{}]
        message: First::nofirst
    """
    return _end(term, "First", 0, default, "nofirst")


@builtin("Last", category="Lists", messages={"nolast": NO_LAST})
def last(kernel: Kernel, term: Term, default: Term = None) -> Term:
    """Last[expr] gives the last element of expr.
    Last[expr, default] gives default if there is none.

    Examples:
        >> Last[{a, b, c}]
        = c
        >> Last[{}, none]
        = none
    Possible issues:
        >> Last[{}]
        = Last[{}]
        message: Last::nolast
    """
    return _end(term, "Last", -1, default, "nolast")


def _end(term: Term, name: str, index: int, default: Term, tag: str) -> Term:
    if type(term) is Expression and term.args:
        return term.args[index]
    if type(term) is np.ndarray and term.ndim == 1:
        return term.item(index)
    if default is not None and not size(term):
        return default
    if not require_size(term, name):
        raise Message(tag, term)
    return items(choose(term, [index % (size(term) or 1)]))[0]


@builtin("Rest", category="Lists", messages={"norest": NO_REST})
def rest(kernel: Kernel, term: Term) -> Term:
    """Rest[expr] gives expr without its first element.

    Examples:
        >> Rest[{a, b, c}]
        = {b, c}
        >> Rest[<|"x" -> 1, "y" -> 2|>]
        = <|"y" -> 2|>
    Possible issues:
        >> Rest[{}]
        = Rest[{}]
        message: Rest::norest
    """
    if not require_size(term, "Rest"):
        raise Message("norest", term)
    return choose(term, slice(1, None))


@builtin("Most", category="Lists", messages={"nomost": NO_MOST})
def most(kernel: Kernel, term: Term) -> Term:
    """Most[expr] gives expr without its last element.

    Examples:
        >> Most[{a, b, c}]
        = {a, b}
    Possible issues:
        >> Most[{}]
        = Most[{}]
        message: Most::nomost
    """
    if not require_size(term, "Most"):
        raise Message("nomost", term)
    return choose(term, slice(None, -1))


@builtin("Take", category="Lists", messages={"take": TAKE, "seqs": SEQUENCE}, curried="first")
def take(kernel: Kernel, term: Term, *specs: Term) -> Term:
    """Take[list, n] gives the first n elements; the last if n is negative.
    Take[list, {m, n}] gives elements m through n; Take[list, {m, n, s}] every s-th of them.
    Take[list, UpTo[n]] gives n elements, or as many as there are.
    Take[list, spec1, spec2, …] takes at deeper levels also.

    Examples:
        >> Take[{a, b, c, d}, 2]
        = {a, b}
        >> Take[{a, b, c, d}, -1]
        = {d}
        >> Take[{a, b, c, d}, {2, 3}]
        = {b, c}
        >> Take[{{1, 2, 3}, {4, 5, 6}}, All, 2]
        = {{1, 2}, {4, 5}}
        >> Take[<|"x" -> 1, "y" -> 2|>, 1]
        = <|"x" -> 1|>
    Possible issues:
        >> Take[{a, b}, 3]
        = Take[{a, b}, 3]
        message: Take::take
        >> Take[{a, b}, x]
        = Take[{a, b}, x]
        message: Take::seqs
    """
    return _levels(term, specs, "Take")


@builtin("Drop", category="Lists", messages={"drop": DROP, "seqs": SEQUENCE}, curried="first")
def drop(kernel: Kernel, term: Term, *specs: Term) -> Term:
    """Drop[list, n] gives the list without its first n elements; without its last if n is negative.
    Drop[list, {m, n}] leaves out elements m through n, Drop[list, {n}] only the n-th.
    Drop[list, spec1, spec2, …] drops at deeper levels also.

    Examples:
        >> Drop[{a, b, c, d}, 2]
        = {c, d}
        >> Drop[{a, b, c, d}, {2, 3}]
        = {a, d}
        >> Drop[{a, b, c, d}, {-1}]
        = {a, b, c}
        >> Drop[{{1, 2}, {3, 4}}, None, 1]
        = {{2}, {4}}
    Possible issues:
        >> Drop[{a, b}, 3]
        = Drop[{a, b}, 3]
        message: Drop::drop
        >> Drop[{a, b}, x]
        = Drop[{a, b}, x]
        message: Drop::seqs
    """
    return _levels(term, specs, "Drop")


@builtin("TakeDrop", category="Lists", messages={"take": TAKE, "seqs": SEQUENCE})
def take_drop(kernel: Kernel, term: Term, spec: Term) -> Term | None:
    """TakeDrop[list, n] gives {Take[list, n], Drop[list, n]}.

    Examples:
        >> TakeDrop[{a, b, c}, 2]
        = {{a, b}, {c}}
        >> TakeDrop[{a, b, c}, -1]
        = {{c}, {a, b}}
    Possible issues:
        >> TakeDrop[{a, b, c}, 5]
        = TakeDrop[{a, b, c}, 5]
        message: TakeDrop::take
        >> TakeDrop[{a, b, c}, x]
        = TakeDrop[{a, b, c}, x]
        message: TakeDrop::seqs
    """
    return list_of(_levels(term, (spec,), "Take"), _levels(term, (spec,), "Drop"))


def _levels(term: Term, specs: Sequence[Term], name: str) -> Term:
    if not specs:
        return term
    count = require_size(term, name, *specs)
    taken = stretch(specs[0], term, count, name)
    chosen = choose(term, taken if name == "Take" else others(range(*taken.indices(count)), count))
    if len(specs) == 1:
        return chosen
    return rebuild(chosen, [_levels(item, specs[1:], name) for item in items(chosen)])


def others(left_out: range, count: int) -> slice | list[int]:
    """Gives the places (from 0) that are not left out of so many."""
    if left_out.step == 1 and left_out.start == 0:
        return slice(left_out.stop, count)
    if left_out.step == 1 and left_out.stop == count:
        return slice(left_out.start)
    return [place for place in range(count) if place not in left_out]


def stretch(spec: Term, term: Term, count: int, name: str) -> slice:
    """Gives the slice of `count` elements that a sequence specification names; raises `take`, `drop` or `seqs`."""
    tag = name.removeprefix("String").lower()
    if spec is S.All:
        return slice(None)
    if spec is NONE:
        return slice(0, 0)
    if is_head(spec, S.UpTo, 1) and type(spec.args[0]) is int and spec.args[0] >= 0:
        return slice(0, min(spec.args[0], count))
    if type(spec) is int:
        if abs(spec) > count:
            raise Message(tag, *((1, spec) if spec >= 0 else (spec, -1)), term)
        return slice(0, spec) if spec >= 0 else slice(count + spec, count)
    return _between(spec, term, count, tag)


def _between(spec: Term, term: Term, count: int, tag: str) -> slice:
    given = integers(spec)
    if is_head(spec, S.Span):
        span: Expression = spec
    elif given is not None and len(given) == 1:
        index = place(given[0], count, term)
        return slice(index, index + 1)
    elif (is_head(spec, S.List) and 2 <= len(spec.args) <= 3) or (given is not None and 2 <= len(given) <= 3):
        span = expression("Span", *(given if given is not None else spec.args))
    else:
        raise Message("seqs", spec)
    try:
        return span_slice(span, count, term)
    except Message as raised:
        if raised.tag == "take":
            raise Message(tag, *raised.arguments) from None
        raise Message("seqs", spec) from None
