"""Lists joined, flattened, cut, turned: the structure of lists without regard to their elements."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from wlnet.builtins.choosing import EMPTY_LIST, choose, integers, items, items_of, rebuild, require_size
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import (
    Association,
    Expression,
    NumericArray,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    is_number,
    pack,
    same,
    to_list,
)
from wlnet.terms import attributes as flags

HEADS = "Heads `1` and `2` at positions `3` and `4` are expected to be the same."
LEVELS = "`1` is not a level: a nonnegative integer or Infinity is expected."
INTEGERS = "An integer or a list of integers is expected instead of `1`."


@constant("List", category="Lists", attributes=flags.LOCKED)
def list_() -> None:
    """List[a, b, …] or {a, b, …} is a list of elements.

    Examples:
        >> List[1, 2]
        = {1, 2}
        >> Head[{}]
        = List
    """


@builtin("Join", category="Lists", messages={"heads": HEADS})
def join(kernel: Kernel, *terms: Term) -> Term | None:
    """Join[list1, list2, …] gives the elements of all lists in one.
    Join[assoc1, assoc2, …] gives the pairs of all associations; the last value of a key counts.
    Join[list1, list2, …, n] joins at level n.

    Examples:
        >> Join[{a}, {b, c}, {}]
        = {a, b, c}
        >> Join[<|"x" -> 1, "y" -> 2|>, <|"x" -> 3|>]
        = <|"x" -> 3, "y" -> 2|>
        >> Join[{{1}, {2}}, {{3}, {4}}, 2]
        = {{1, 3}, {2, 4}}
    Possible issues:
        >> Join[{a}, f[b]]
        = Join[{a}, f[b]]
        message: Join::heads
    """
    level = 1
    if len(terms) > 1 and type(terms[-1]) is int and terms[-1] > 0:
        *terms, level = terms  # type: ignore[assignment]
    for position, term in enumerate(terms, 1):
        require_size(term, "Join", position=1)
        if position > 1 and not same(_head(terms[0]), _head(term)):
            raise Message("heads", _head(terms[0]), _head(term), 1, position)
    return joined(list(terms), level) if terms else EMPTY_LIST


def _head(term: Term) -> Term:
    if type(term) is Association or type(term) is NumericArray:
        return getattr(S, type(term).__name__)
    return term.head if type(term) is Expression else S.List


def joined(terms: list[Term], level: int = 1) -> Term | None:
    """Gives the elements of several terms with one head at a level in one; None where they have no such level."""
    first = terms[0]
    if level > 1:
        rows = [items(term) for term in terms]
        longest = max(map(len, rows))
        columns = [[row[i] for row in rows if i < len(row)] for i in range(longest)]
        deeper = [joined(column, level - 1) if all(map(is_list, column)) else None for column in columns]
        return None if any(row is None for row in deeper) else rebuild(first, deeper)
    if type(first) is Association:
        return first.with_items(pair for term in terms[1:] for pair in term.items())
    if type(first) is NumericArray:
        if any(term.array.shape[1:] != first.array.shape[1:] for term in terms):
            return None
        return NumericArray(np.concatenate([term.array for term in terms]))
    if all(_alike(term, first) for term in terms):
        return pack(np.concatenate(terms))
    return rebuild(first, [item for term in terms for item in items(term)])


def _alike(term: Term, first: Term) -> bool:
    return (
        type(term) is np.ndarray is type(first)
        and term.dtype == first.dtype
        and term.shape[1:] == first.shape[1:]
    )


@builtin("Catenate", category="Lists")
def catenate(kernel: Kernel, lists: Term) -> Term | None:
    """Catenate[{list1, list2, …}] gives the elements of all lists in one; of associations it takes the values.

    Examples:
        >> Catenate[{{a}, {b, c}}]
        = {a, b, c}
        >> Catenate[{{1}, <|"x" -> 2|>}]
        = {1, 2}
    """
    if type(lists) is np.ndarray and lists.ndim > 1:
        return pack(lists.reshape(-1, *lists.shape[2:]))
    rows = items(lists)
    if not (is_list(lists) or type(lists) is Association):
        return None
    if not all(is_list(row) or type(row) is Association for row in rows):
        return None
    return to_list(item for row in rows for item in items(row))


@builtin("Flatten", category="Lists", messages={"flpi": LEVELS})
def flatten(kernel: Kernel, term: Term, levels: Term = S.Infinity, head: Term = None) -> Term | None:
    """Flatten[list] gives the elements of nested lists in one list.
    Flatten[list, n] flattens n levels.
    Flatten[list, n, h] flattens expressions with head h.
    Flatten[array, {{s1, s2, …}, …}] makes level s1, s2, … of a full array the first level, and so on.

    Examples:
        >> Flatten[{{1, 2}, {3, {4}}}]
        = {1, 2, 3, 4}
        >> Flatten[{{a, {b}}, {c}}, 1]
        = {a, {b}, c}
        >> Flatten[f[g[1], f[2, f[3]]]]
        = f[g[1], 2, 3]
        >> Flatten[{{1, 2}, {3, 4}}, {{2}, {1}}]
        = {{1, 3}, {2, 4}}
    Possible issues:
        >> Flatten[{{1}}, x]
        = Flatten[{{1}}, x]
        message: Flatten::flpi
    """
    require_size(term, "Flatten", levels)
    if is_list(levels):
        return _regrouped(term, levels)
    depth = _depth(levels)
    if type(term) is NumericArray or type(term) is np.ndarray:
        if head is not None and head is not S.List:
            return term
        array = term if type(term) is np.ndarray else term.array
        count = min(depth, array.ndim - 1)
        flat = array.reshape(-1, *array.shape[count + 1 :])
        return pack(flat) if type(term) is np.ndarray else NumericArray(flat)
    if type(term) is Association:
        return term
    return rebuild(term, _flat(term.args, depth, term.head if head is None else head))


def _depth(levels: Term) -> int:
    if levels is S.Infinity or same(levels, expression("DirectedInfinity", 1)):
        return 2**31
    if type(levels) is not int or levels < 0:
        raise Message("flpi", levels)
    return levels


def _flat(args: tuple[Term, ...], depth: int, head: Term) -> list[Term]:
    """Gives the arguments with inner expressions of the head spliced in; a stack, so that depth is no limit."""
    flat: list[Term] = []
    stack: list[tuple[Iterator[Term], int]] = [(iter(args), depth)]
    while stack:
        rest, left = stack[-1]
        for item in rest:
            kind = type(item)
            if kind is np.ndarray and left and head is S.List:
                count = min(left, item.ndim)
                flat.extend(elements(item.reshape(-1, *item.shape[count:])) if count > 1 else elements(item))
            elif kind is Expression and left and (item.head is head or same(item.head, head)):
                stack.append((iter(item.args), left - 1))
                break
            else:
                flat.append(item)
        else:
            stack.pop()
    return flat


def _regrouped(term: Term, levels: Term) -> Term | None:
    """Gives a full array with its axes in the given groups, each group one axis of the result."""
    groups = [integers(group) for group in items(levels)]
    array = full_array(term)
    if array is None or any(group is None for group in groups):
        return None
    order = [axis - 1 for group in groups if group is not None for axis in group]
    if len(set(order)) != len(order) or any(not 0 <= axis < array.ndim for axis in order):
        return None
    others = [axis for axis in range(array.ndim) if axis not in order]
    shape = [int(np.prod([array.shape[axis - 1] for axis in group or ()])) for group in groups]
    turned = array.transpose(*order, *others).reshape(*shape, *(array.shape[axis] for axis in others))
    return from_full_array(turned)


def full_array(term: Term) -> np.ndarray | None:
    """Gives nested lists of equal lengths as a NumPy array (of objects unless packed), or None where they are ragged."""
    if type(term) is np.ndarray:
        return term
    if not is_list(term):
        return None
    shape: list[int] = []
    level: list[Term] = [term]
    while level and all(map(is_list, level)):
        lengths = {len(elements(item)) for item in level}
        if len(lengths) > 1:
            break
        shape.append(lengths.pop())
        level = [inner for item in level for inner in elements(item)]
    made = np.empty(len(level), dtype=object)
    for index, item in enumerate(level):
        made[index] = item
    return made.reshape(shape)


def from_full_array(array: np.ndarray) -> Term:
    """Gives the nested list of an array that `full_array` made."""
    if array.dtype != object:
        return pack(array)
    if array.ndim == 0:
        return array.item()
    return to_list(from_full_array(row) if array.ndim > 1 else row for row in array)


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
def riffle(kernel: Kernel, lists: Term, between: Term) -> Term | None:
    """Riffle[{a, b, …}, x] puts x between the elements.
    Riffle[{a, b, …}, {x, y, …}] puts x, y, … between them in turn.

    Examples:
        >> Riffle[{a, b, c}, x]
        = {a, x, b, x, c}
        >> Riffle[{a, b, c}, {x, y, z}]
        = {a, x, b, y, c, z}
    """
    if not is_list(lists):
        return None
    given = items_of(lists, "Riffle", between)
    fill = elements(between) if is_list(between) else (between,)
    if not fill:
        return lists
    ends_with_fill = is_list(between) and len(fill) == len(given)
    mixed: list[Term] = []
    for index, item in enumerate(given):
        mixed.append(item)
        if index < len(given) - 1 or ends_with_fill:
            mixed.append(fill[index % len(fill)])
    return to_list(mixed)


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
