"""Lists joined and flattened: List, Join, Catenate, Flatten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np

from wlnet.builtins.lists.choosing import EMPTY_LIST, finished_like, integers, items, rebuild, require_size
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import (
    Association,
    Expression,
    NumericArray,
    S,
    Term,
    elements,
    expression,
    is_list,
    pack,
    same,
    to_list,
)
from wlnet.terms import attributes as flags

HEADS = "Heads `1` and `2` at positions `3` and `4` are expected to be the same."
LEVELS = "`1` is not a level: a nonnegative integer or Infinity is expected."


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
        >> Flatten[{{1, 2}, {3}}, {{2}, {1}}]
        = {{1, 3}, {2}}
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
        return reduce(Association.joined, terms[1:], first)
    if type(first) is NumericArray:
        if any(term.array.shape[1:] != first.array.shape[1:] for term in terms):
            return None
        return NumericArray(np.concatenate([term.array for term in terms]))
    if all(_alike(term, first) for term in terms):
        return pack(np.concatenate(terms))
    return finished_like(rebuild(first, [item for term in terms for item in items(term)]), *terms)


def _alike(term: Term, first: Term) -> bool:
    return type(term) is np.ndarray is type(first) and term.dtype == first.dtype and term.shape[1:] == first.shape[1:]


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
    Flatten[lists, {{2}, {1}}] exchanges two levels of lists of any lengths.

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
        array: np.ndarray = term if type(term) is np.ndarray else term.array  # type: ignore[union-attr]
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
    if groups == [[2], [1]] and array.ndim == 1 and all(map(is_list, items(term))):
        rows = [items(row) for row in items(term)]
        longest = max(map(len, rows), default=0)
        return to_list(to_list(row[place] for row in rows if place < len(row)) for place in range(longest))
    order = [axis - 1 for group in groups if group is not None for axis in group]
    if len(set(order)) != len(order) or any(not 0 <= axis < array.ndim for axis in order):
        return None
    others = [axis for axis in range(array.ndim) if axis not in order]
    shape = [int(np.prod([array.shape[axis - 1] for axis in group or ()])) for group in groups]
    turned = array.transpose(*order, *others).reshape(*shape, *(array.shape[axis] for axis in others))
    return from_full_array(turned)


def full_array(term: Term) -> np.ndarray | None:
    """Gives nested lists of equal lengths as a NumPy array (of objects unless packed), None for no list."""
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
