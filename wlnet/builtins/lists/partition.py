"""Lists cut into pieces: Partition, TakeList, Split, SplitBy."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from wlnet.builtins.lists.choosing import calls, choose, integers, items, items_of, require_size, under
from wlnet.builtins.lists.lists import from_full_array, full_array
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Expression, Symbol, Term, is_head, is_list, pack, same, to_list
from wlnet.terms.symbols import S

SIZES = "Block size `1` should be a positive machine integer, UpTo of one, or a list of those."


@builtin("Partition", category="Lists", messages={"psize": SIZES}, curried="first")
def partition(
    kernel: Kernel, term: Term, length: Term, offset: Term = None, ends: Term = None, padding: Term = None
) -> Term | None:
    """Partition[list, n] cuts list into pieces of length n; a shorter rest is left out.
    Partition[list, n, d] makes pieces that begin d elements after each other.
    Partition[list, UpTo[n]] keeps a shorter last piece.
    Partition[array, {n1, n2, …}, {d1, d2, …}] cuts a full array into blocks.
    Partition[list, n, d, {kl, kr}, x] lets pieces hang over, filled up with x (nothing for {}): the first element
    has place kl in the first piece, the last one place kr or later in the last piece. Of several x, each stands where
    the list would lie on it, if it lay on repetitions of them.

    Examples:
        >> Partition[{a, b, c, d, e}, 2]
        = {{a, b}, {c, d}}
        >> Partition[{a, b, c, d}, 2, 1]
        = {{a, b}, {b, c}, {c, d}}
        >> Partition[{a, b, c}, UpTo[2]]
        = {{a, b}, {c}}
        >> Partition[f[a, b, c, d], 2]
        = f[f[a, b], f[c, d]]
        >> Partition[{a, b, c}, 2, 2, {1, 1}, x]
        = {{a, b}, {c, x}}
        >> Partition[{1, 2, 3, 4, 5, 6, 7}, 3, 3, {1, 1}, {x, y}]
        = {{1, 2, 3}, {4, 5, 6}, {7, y, x}}
        >> Partition[{{1, 2}, {3, 4}}, {1, 2}]
        = {{{{1, 2}}}, {{{3, 4}}}}
    Possible issues:
        >> Partition[{a, b}, 0]
        = Partition[{a, b}, 0]
        message: Partition::psize
    """
    require_size(term, "Partition", length)
    if is_head(length, S.UpTo, 1):
        length, offset, ends, padding = length.args[0], offset, 1, Expression(S.List, ())
    if is_list(length):
        return _blocks(term, length, offset)
    step = length if offset is None else offset
    if type(length) is not int or type(step) is not int or length < 1 or step < 1:
        raise Message("psize", length)
    count = require_size(term, "Partition")
    if ends is None:
        if type(term) is np.ndarray and length <= count:
            return pack(np.moveaxis(_windows(term, (length,), (step,)), -1, 1).copy())
        starts = range(0, count - length + 1, step)
        return under(term, (choose(term, slice(start, start + length)) for start in starts))
    sides = _sides(ends, length)
    if sides is None:
        return None
    first, final = sides
    starts = range(1 - first, count - final + 1, step)
    fill = _padding(items(term), padding)
    return under(term, (_piece(term, fill, range(start, start + length)) for start in starts))


def _windows(array: np.ndarray, lengths: Sequence[int], steps: Sequence[int]) -> np.ndarray:
    view = np.lib.stride_tricks.sliding_window_view(array, tuple(lengths), axis=tuple(range(len(lengths))))
    kept: np.ndarray = view[tuple(slice(None, None, step) for step in steps)]
    return kept


def _blocks(term: Term, lengths: Term, offsets: Term) -> Term | None:
    wanted = integers(lengths)
    steps = wanted if offsets is None else integers(offsets)
    if type(offsets) is int and wanted is not None:
        steps = [offsets] * len(wanted)
    array = full_array(term)
    if wanted is None or steps is None or min((*wanted, *steps), default=0) < 1:
        raise Message("psize", lengths)
    if array is None or len(wanted) > array.ndim or len(steps) != len(wanted):
        return None
    if any(length > size for length, size in zip(wanted, array.shape, strict=False)):
        return Expression(S.List, ())
    depth = len(wanted)
    windows = _windows(array, wanted, steps)
    return from_full_array(np.moveaxis(windows, range(array.ndim, array.ndim + depth), range(depth, 2 * depth)).copy())


def _sides(ends: Term, length: int) -> tuple[int, int] | None:
    given = [ends, ends] if type(ends) is int else integers(ends)
    if given is None or len(given) != 2:
        return None
    first, final = (side if side > 0 else length + 1 + side for side in given)
    return (first, final) if 1 <= first <= length and 1 <= final <= length else None


def _padding(given: Sequence[Term], padding: Term) -> Callable[[int], tuple[Term, ...]]:
    """Gives what stands at an index outside of the list, as a tuple of no or one term."""
    if padding is None:
        fill: Sequence[Term] = given
    else:
        fill = items(padding) if is_list(padding) else (padding,)
    return lambda index: (fill[index % len(fill)],) if fill else ()


def _piece(term: Term, fill: Callable[[int], tuple[Term, ...]], places: range) -> Term:
    count = require_size(term, "Partition")
    if places.start >= 0 and places.stop <= count:
        return choose(term, slice(places.start, places.stop))
    given = items(term)
    piece: list[Term] = []
    for index in places:
        if 0 <= index < count:
            piece.append(given[index])
        else:
            piece.extend(fill(index))
    return under(term, piece)


@builtin("TakeList", category="Lists")
def take_list(kernel: Kernel, term: Term, lengths: Term) -> Term | None:
    """TakeList[list, {n1, n2, …}] gives the first n1 elements, the next n2, and so on; All takes the rest.
    A negative n takes elements from the end of what is left, UpTo[n] at most n.

    Examples:
        >> TakeList[{a, b, c, d}, {1, 2}]
        = {{a}, {b, c}}
        >> TakeList[{a, b, c, d}, {1, All}]
        = {{a}, {b, c, d}}
        >> TakeList[{a, b, c, d}, {1, -1, UpTo[5]}]
        = {{a}, {d}, {b, c}}
    """
    count = require_size(term, "TakeList", lengths)
    if not is_list(lengths):
        return None
    pieces, at = [], 0
    for length in items(lengths):
        taken: Term = count - at if length is S.All else length
        if is_head(taken, S.UpTo, 1) and type(taken.args[0]) is int:
            taken = min(taken.args[0], count - at)
        if type(taken) is not int or at + abs(taken) > count:
            return None
        if taken < 0:
            pieces.append(choose(term, slice(count + taken, count)))
            count += taken
            continue
        pieces.append(choose(term, slice(at, at + taken)))
        at += taken
    return Expression(S.List, tuple(pieces))


@builtin("Split", category="Lists")
def split(kernel: Kernel, term: Term, test: Term = None) -> Term:
    """Split[list] cuts list into runs of identical elements.
    Split[list, test] puts neighbors a, b in one run where test[a, b] is True.

    Examples:
        >> Split[{a, a, b, a}]
        = {{a, a}, {b}, {a}}
        >> Split[{1, 2, 5, 6, 3}, Less]
        = {{1, 2, 5, 6}, {3}}
        >> Split[<|"a" -> 1, "b" -> 1, "c" -> 2|>]
        = {<|"a" -> 1, "b" -> 1|>, <|"c" -> 2|>}
    """
    given = items_of(term, "Split")
    if test is None:
        return _runs(term, [not same(a, b) for a, b in itertools.pairwise(given)])
    pairs = itertools.pairwise(given)
    return _runs(term, [not kernel.is_true(Expression(test, pair)) for pair in pairs])


@builtin("SplitBy", category="Lists", curried="first")
def split_by(kernel: Kernel, term: Term, function: Term) -> Term:
    """SplitBy[list, f] cuts list into runs of elements with the same value of f.
    SplitBy[list, {f1, f2, …}] cuts the runs of f1 into those of f2, and so on.

    Examples:
        >> SplitBy[{1, 3, 2, 4, 5}, OddQ]
        = {{1, 3}, {2, 4}, {5}}
        >> SplitBy[{1, 3, 2, 5}, {OddQ, # > 2 &}]
        = {{{1}, {3}}, {{2}}, {{5}}}
    """
    if is_list(function):
        return within(S.SplitBy, term, function)
    values = calls(kernel, function, items_of(term, "SplitBy", function))
    return _runs(term, [not same(a, b) for a, b in itertools.pairwise(values)])


def within(head: Symbol, term: Term, functions: Term) -> Term:
    """Gives the groups of a list by the first of several functions, and groups within these by the others."""
    first, *others = items(functions) or (S.Identity,)
    groups = Expression(head, (term, first))
    if not others:
        return groups
    return Expression(S.Map, (Expression(head, (to_list(others),)), groups))


def _runs(term: Term, breaks: list[bool]) -> Term:
    """Gives the runs of a list; `breaks` tells after which elements one ends."""
    count = require_size(term, "Split")
    if not count:
        return term
    edges = [0, *(i + 1 for i, ends in enumerate(breaks) if ends), count]
    return under(term, [choose(term, slice(a, b)) for a, b in itertools.pairwise(edges)])
