"""Lists turned and mixed: Reverse, RotateLeft, RotateRight, Riffle, and Subdivide."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from wlnet.builtins.lists.choosing import choose, integers, items, items_of, rebuild, require_size
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import (
    Term,
    elements,
    expression,
    is_list,
    is_number,
    pack,
    to_list,
)

INTEGERS = "An integer or a list of integers is expected instead of `1`."


@builtin("Reverse", category="Lists", messages={"ilsmp": INTEGERS})
def reverse(kernel: Kernel, term: Term, levels: Term = 1) -> Term:
    """Reverse[expr] gives the elements of expr in reverse order.
    Reverse[expr, n] reverses at level n, Reverse[expr, {n1, n2, …}] at several levels.

    Examples:
        >> Reverse[{a, b, c}]
        = {c, b, a}
        >> Reverse[{{1, 2}, {3, 4}}, 2]
        = {{2, 1}, {4, 3}}
        >> Reverse[<|"x" -> 1, "y" -> 2|>]
        = <|"y" -> 2, "x" -> 1|>
    Possible issues:
        >> Reverse[{a}, x]
        = Reverse[{a}, x]
        message: Reverse::ilsmp
    """
    wanted = [levels] if type(levels) is int else integers(levels)
    if wanted is None or any(level < 1 for level in wanted):
        raise Message("ilsmp", levels)
    require_size(term, "Reverse")
    return _reversed(term, frozenset(wanted))


def _reversed(term: Term, levels: frozenset[int], level: int = 1) -> Term:
    if not levels or level > max(levels) or require_size(term, "Reverse") == 0:
        return term
    if level < max(levels):
        term = rebuild(term, [_reversed(item, levels, level + 1) for item in items(term)])
    return choose(term, slice(None, None, -1)) if level in levels else term


@builtin("RotateLeft", category="Lists", messages={"rspec": INTEGERS})
def rotate_left(kernel: Kernel, term: Term, count: Term = 1) -> Term:
    """RotateLeft[list] moves every element one place to the left, the first to the end.
    RotateLeft[list, n] moves by n places; RotateLeft[list, {n1, n2, …}] by n1 at level 1, n2 at level 2, ….

    Examples:
        >> RotateLeft[{a, b, c}]
        = {b, c, a}
        >> RotateLeft[{{1, 2}, {3, 4}}, {1, 1}]
        = {{4, 3}, {2, 1}}
    Possible issues:
        >> RotateLeft[{a}, x]
        = RotateLeft[{a}, x]
        message: RotateLeft::rspec
    """
    return _rotated(term, _counts(count), 1, "RotateLeft")


@builtin("RotateRight", category="Lists", messages={"rspec": INTEGERS})
def rotate_right(kernel: Kernel, term: Term, count: Term = 1) -> Term:
    """RotateRight[list] moves every element one place to the right, the last to the front.
    RotateRight[list, n] moves by n places; RotateRight[list, {n1, n2, …}] by n1 at level 1, n2 at level 2, ….

    Examples:
        >> RotateRight[{a, b, c}]
        = {c, a, b}
        >> RotateRight[{a, b, c}, 2]
        = {b, c, a}
    Possible issues:
        >> RotateRight[{a}, x]
        = RotateRight[{a}, x]
        message: RotateRight::rspec
    """
    return _rotated(term, _counts(count), -1, "RotateRight")


def _counts(count: Term) -> list[int]:
    given = [count] if type(count) is int else integers(count)
    if given is None:
        raise Message("rspec", count)
    return given


def _rotated(term: Term, counts: list[int], sign: int, name: str) -> Term:
    length = require_size(term, name)
    if not counts or not length:
        return term
    if len(counts) > 1:
        term = rebuild(term, [_rotated(item, counts[1:], sign, name) for item in items(term)])
    return choose(term, (np.arange(length) + counts[0] * sign % length) % length)


@builtin("Riffle", category="Lists")
def riffle(kernel: Kernel, lists: Term, between: Term, places: Term = None) -> Term | None:
    """Riffle[{a, b, …}, x] puts x between the elements.
    Riffle[{a, b, …}, {x, y, …}] puts x, y, … between them in turn.
    Riffle[list, x, n] makes every n-th element of the result an x; Riffle[list, x, {m, n, d}] those at m, m + d, … to n,
    where negative places count from the end of the result.

    Examples:
        >> Riffle[{a, b, c}, x]
        = {a, x, b, x, c}
        >> Riffle[{a, b, c}, {x, y, z}]
        = {a, x, b, y, c, z}
        >> {Riffle[{a, b, c, d}, x, 3], Riffle[{a, b, c}, x, {1, -1, 2}]}
        = {{a, b, x, c, d}, {x, a, x, b, x, c, x}}
    """
    if not is_list(lists):
        return None
    given = items_of(lists, "Riffle", between)
    fill = elements(between) if is_list(between) else (between,)
    if not fill:
        return lists
    if places is not None:
        return _riffled_at(given, fill, places)
    ends_with_fill = is_list(between) and len(fill) == len(given)
    mixed: list[Term] = []
    for index, item in enumerate(given):
        mixed.append(item)
        if index < len(given) - 1 or ends_with_fill:
            mixed.append(fill[index % len(fill)])
    return to_list(mixed)


def _riffled_at(given: Sequence[Term], fill: Sequence[Term], places: Term) -> Term | None:
    wanted = (places, -2, places) if type(places) is int else integers(places)
    if wanted is None or len(wanted) != 3 or not wanted[0] or not wanted[1] or wanted[2] < 1:
        return None
    first, last, step = wanted
    # The length of the result decides where negative places are, and these decide the length.
    for extra in range(len(given) + max(abs(first), abs(last)), 0, -1):
        total = len(given) + extra
        begin, end = (place - 1 if place > 0 else total + place for place in (first, last))
        filled = range(max(begin, 0), min(end + 1, total), step)
        if len(filled) == extra:
            turn, rest = iter(range(extra)), iter(given)
            return to_list(fill[next(turn) % len(fill)] if at in filled else next(rest) for at in range(total))
    return to_list(given)


@builtin("Subdivide", category="Lists")
def subdivide(kernel: Kernel, *given: Term) -> Term | None:
    """Subdivide[n] gives the n + 1 numbers that divide 0 to 1 into n equal parts.
    Subdivide[b, n] divides 0 to b, Subdivide[a, b, n] divides a to b.

    Examples:
        >> Subdivide[4]
        = {0, 1/4, 1/2, 3/4, 1}
        >> Subdivide[1., 2]
        = {0., 0.5, 1.}
        >> Subdivide[-1, 1, 2]
        = {-1, 0, 1}
    """
    if not 1 <= len(given) <= 3:
        return None
    *ends, count = given
    if type(count) is not int or not 1 <= count <= 10**8:
        return None
    start, stop = {0: (0, 1), 1: (0, *ends)}.get(len(ends), tuple(ends))
    if is_number(start) and is_number(stop) and float in (type(start), type(stop)):
        return pack(np.linspace(start, stop, count + 1))
    length = expression("Plus", stop, expression("Times", -1, start))
    steps = (Fraction(i, count) for i in range(count + 1))
    exact = (step.numerator if step.denominator == 1 else step for step in steps)
    return to_list(expression("Plus", start, expression("Times", step, length)) for step in exact)
