"""Functions applied again and again: Nest, NestWhile, FixedPoint and their lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from wlnet.builtins.arrays.arrays import SIZE_LIMIT
from wlnet.builtins.evaluation.compiled.loops import caller
from wlnet.builtins.lists.choosing import call
from wlnet.kernel import Kernel, builtin
from wlnet.terms import TRUE, Expression, S, Term, alike, is_head, to_list

SAME_TEST = {"SameTest": S.SameQ}


def nested(kernel: Kernel, function: Term, start: Term, times: int) -> Iterator[Term]:
    """Yields `start`, `function[start]`, …, so many times."""
    apply = caller(kernel, function, 1, times)
    yield start
    for _ in range(times):
        start = apply(start)
        yield start


def times_of(count: Term) -> int | None:
    """Gives a number of steps; None for what is none (Infinity is a very large one)."""
    if is_head(count, S.DirectedInfinity) or count is S.Infinity:
        return 1 << 62
    return count if type(count) is int and count >= 0 else None


def finite_times(count: Term) -> int | None:
    """Gives a number of steps that can be waited for; None for what is none."""
    times = times_of(count)
    return times if times is not None and times <= SIZE_LIMIT else None


def last_of(values: Iterator[Term]) -> Term:
    value: Term = None
    for value in values:  # noqa: B007
        pass
    return value


@builtin("Nest", category="Functions")
def nest(kernel: Kernel, function: Term, start: Term, count: Term) -> Term | None:
    """Nest[f, x, n] applies f to x n times.

    Examples:
        >> Nest[f, x, 3]
        = f[f[f[x]]]
        >> Nest[2 # &, 1, 10]
        = 1024
    """
    times = finite_times(count)
    return None if times is None else last_of(nested(kernel, function, start, times))


@builtin("NestList", category="Functions")
def nest_list(kernel: Kernel, function: Term, start: Term, count: Term) -> Term | None:
    """NestList[f, x, n] gives the list {x, f[x], f[f[x]], …} of n + 1 elements.

    Examples:
        >> NestList[2 # &, 1, 4]
        = {1, 2, 4, 8, 16}
    """
    times = finite_times(count)
    return None if times is None else to_list(nested(kernel, function, start, times))


def nested_while(
    kernel: Kernel, function: Term, start: Term, test: Term, seen: Term, most: Term, extra: Term
) -> list[Term] | None:
    """Gives all values of NestWhile; None where an argument is not as it should be."""
    first, given = _window(seen)
    times = times_of(most)
    if first is None or times is None or type(extra) is not int:
        return None
    apply = caller(kernel, function, 1)
    passes = partial(call, kernel, test) if given is None else caller(kernel, test, given)
    values = [start]
    steps = 0
    while steps < times:
        shown = values if given is None else values[-given:]
        if len(shown) >= first and passes(*shown) is not TRUE:
            break
        values.append(apply(values[-1]))
        steps += 1
    else:
        return values
    for _ in range(extra):
        values.append(apply(values[-1]))
    return values[: len(values) + extra] if extra < 0 else values


def _window(seen: Term) -> tuple[int | None, int | None]:
    """Gives how many results the test needs and how many it gets (None: all)."""
    if seen is S.All:
        return 1, None
    if type(seen) is int and seen > 0:
        return seen, seen
    return None, None


@builtin("NestWhile", category="Functions")
def nest_while(
    kernel: Kernel, function: Term, start: Term, test: Term, seen: Term = 1, most: Term = S.Infinity, extra: Term = 0
) -> Term | None:
    """NestWhile[f, x, test] applies f as long as test gives True.
    NestWhile[f, x, test, m] gives test the last m results (All: every one).
    NestWhile[f, x, test, m, max, n] does at most max steps, and n more at the end.

    Examples:
        >> NestWhile[#/2 &, 40, EvenQ]
        = 5
        >> NestWhile[# + 1 &, 1, # < 10 &, 1, 3]
        = 4
        >> NestWhile[Floor[#/2] &, 9, UnsameQ, 2]
        = 0
    """
    values = nested_while(kernel, function, start, test, seen, most, extra)
    return values[-1] if values else None


@builtin("NestWhileList", category="Functions")
def nest_while_list(
    kernel: Kernel, function: Term, start: Term, test: Term, seen: Term = 1, most: Term = S.Infinity, extra: Term = 0
) -> Term | None:
    """NestWhileList[f, x, test] gives the list of the results of applying f as long as test gives True.
    NestWhileList[f, x, test, m, max, n] takes more arguments as NestWhile does.

    Examples:
        >> NestWhileList[#/2 &, 40, EvenQ]
        = {40, 20, 10, 5}
    """
    values = nested_while(kernel, function, start, test, seen, most, extra)
    return None if values is None else to_list(values)


def settling(kernel: Kernel, function: Term, start: Term, most: Term, test: Term) -> Iterator[Term] | None:
    """Gives the values up to the first two that are the same; None where `most` is no number of steps."""
    times = times_of(most)
    if times is None:
        return None
    are_same = _sameness(kernel, test)
    apply = caller(kernel, function, 1)

    def values() -> Iterator[Term]:
        before = start
        yield before
        for _ in range(times):
            after = apply(before)
            yield after
            if are_same(before, after):
                return
            before = after

    return values()


def _sameness(kernel: Kernel, test: Term) -> Callable[[Term, Term], bool]:
    if test is S.SameQ or test is S.Automatic:
        return alike
    return lambda a, b: kernel.is_true(Expression(test, (a, b)))


@builtin("FixedPoint", category="Functions", options=SAME_TEST)
def fixed_point(
    kernel: Kernel, function: Term, start: Term, most: Term = S.Infinity, *, options: dict[str, Term]
) -> Term | None:
    """FixedPoint[f, x] applies f until the result does not change.
    FixedPoint[f, x, n] does so at most n times.

    Examples:
        >> FixedPoint[Floor[#/2] &, 100]
        = 0
        >> FixedPoint[# + 1 &, 0, 5]
        = 5
    Options: "SameTest":
        >> FixedPoint[#/2. &, 1, SameTest -> (Abs[#1 - #2] < 0.2 &)]
        = 0.125
    """
    values = settling(kernel, function, start, most, options["SameTest"])
    return None if values is None else last_of(values)


@builtin("FixedPointList", category="Functions", options=SAME_TEST)
def fixed_point_list(
    kernel: Kernel, function: Term, start: Term, most: Term = S.Infinity, *, options: dict[str, Term]
) -> Term | None:
    """FixedPointList[f, x] gives the results of applying f until the result does not change.

    Examples:
        >> FixedPointList[Floor[#/2] &, 5]
        = {5, 2, 1, 0, 0}
    Options: "SameTest":
        >> FixedPointList[# + 1 &, 0, SameTest -> (#2 > 2 &)]
        = {0, 1, 2, 3}
    """
    values = settling(kernel, function, start, most, options["SameTest"])
    return None if values is None else to_list(values)
