"""Order: Sort, Ordering and what takes the largest or smallest elements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wlnet.builtins.evaluation.compiled.loops import caller
from wlnet.builtins.lists.choosing import calls, choose, items, items_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import TRUE, S, Term, compare, is_head, is_list, pack, sort_keys

COUNT = "A number of elements (an integer, UpTo[n] or All) is expected instead of `1`."
TOO_FEW = "There are fewer than `1` elements in `2`."


def order_of(kernel: Kernel, values: Term | Sequence[Term], function: Term = None) -> Sequence[int]:
    """Gives the places (from 0) of the values in their order, canonical or by an ordering function."""
    if type(values) is np.ndarray:
        if function is None and values.ndim == 1:
            return np.argsort(values, kind="stable").tolist()
        if function is None and values.ndim == 2 and values.dtype.kind in "if":
            return np.lexsort(values.T[::-1]).tolist()
        values = items(values)
    if function is not None:
        return _merged(values, caller(kernel, function, 2, len(values)), list(range(len(values))))
    if all(type(value) is int for value in values) or all(type(value) is float for value in values):
        return sorted(range(len(values)), key=values.__getitem__)
    return sorted(range(len(values)), key=sort_keys(values).__getitem__)


def _merged(values: Sequence[Term], comes_first: Callable[..., Term], places: list[int]) -> list[int]:
    """Sorts by merging. Python's own sort takes kilobytes of the stack, too much where the function sorts in turn."""
    if len(places) < 2:
        return places
    middle = len(places) // 2
    left, right = (_merged(values, comes_first, half) for half in (places[:middle], places[middle:]))
    made: list[int] = []
    i = j = 0
    while i < len(left) and j < len(right):
        verdict = comes_first(values[right[j]], values[left[i]])
        if verdict is TRUE or (type(verdict) is int and verdict == 1):
            made.append(right[j])
            j += 1
        else:
            made.append(left[i])
            i += 1
    return made + left[i:] + right[j:]


def _values(term: Term, name: str) -> Term | Sequence[Term]:
    found = items_of(term, name)
    return term if type(term) is np.ndarray else found


def order_by(kernel: Kernel, term: Term, function: Term, name: str, ordering: Term = None) -> list[int]:
    """Gives the places of the elements in the order of the function's values; elements decide between equal ones.

    A list of functions decides by the first that tells two elements apart.
    """
    given = items_of(term, name, function)
    order = list(order_of(kernel, given)) if is_list(term) else list(range(len(given)))
    functions = items(function) if is_head(function, S.List) else (function,)
    for each in reversed(functions):
        values = calls(kernel, each, [given[i] for i in order])
        order = [order[i] for i in order_of(kernel, values, ordering)]
    return order


@builtin("Sort", category="Lists")
def sort(kernel: Kernel, term: Term, function: Term = None) -> Term:
    """Sort[list] gives the elements in canonical order; of an association it sorts the values.
    Sort[list, p] sorts by the ordering function p: p[a, b] is True or 1 where a comes first.

    Examples:
        >> Sort[{3, 1, 2}]
        = {1, 2, 3}
        >> Sort[{"b", x, "A", 2.5, 1/2}]
        = {1/2, 2.5, "A", "b", x}
        >> Sort[{1, 3, 2}, Greater]
        = {3, 2, 1}
        >> Sort[<|"x" -> 2, "y" -> 1|>]
        = <|"y" -> 1, "x" -> 2|>
    """
    return choose(term, order_of(kernel, _values(term, "Sort"), function))


@builtin("ReverseSort", category="Lists")
def reverse_sort(kernel: Kernel, term: Term, function: Term = None) -> Term:
    """ReverseSort[list] gives the elements in reverse canonical order.
    ReverseSort[list, p] sorts by p, and reverses.

    Examples:
        >> ReverseSort[{3, 1, 2}]
        = {3, 2, 1}
        >> ReverseSort[<|"x" -> 1, "y" -> 2|>]
        = <|"y" -> 2, "x" -> 1|>
    """
    return choose(term, _descending(kernel, _values(term, "ReverseSort"), function))


def _descending(kernel: Kernel, values: Term | Sequence[Term], function: Term = None) -> list[int]:
    """Gives the places of the values from the last to the first; equal ones stay in their order."""
    count = len(values)
    backward = values[::-1]
    return [count - 1 - i for i in reversed(order_of(kernel, backward, function))]


@builtin("SortBy", category="Lists", curried="first")
def sort_by(kernel: Kernel, term: Term, function: Term, ordering: Term = None) -> Term:
    """SortBy[list, f] sorts by the values of f.
    SortBy[list, {f, g, …}] decides by g where f gives the same, and so on.
    SortBy[list, f, p] compares the values of f by the ordering function p.

    Examples:
        >> SortBy[{{1, 3}, {2, 1}, {3, 2}}, Last]
        = {{2, 1}, {3, 2}, {1, 3}}
        >> SortBy[{"ccc", "a", "bb"}, StringLength]
        = {"a", "bb", "ccc"}
        >> SortBy[{1, 2, 3, 4}, {OddQ, Minus}]
        = {4, 2, 3, 1}
    """
    return choose(term, order_by(kernel, term, function, "SortBy", ordering))


@builtin("ReverseSortBy", category="Lists", curried="first")
def reverse_sort_by(kernel: Kernel, term: Term, function: Term, ordering: Term = None) -> Term:
    """ReverseSortBy[list, f] sorts by the values of f, the greatest first.

    Examples:
        >> ReverseSortBy[{{1, 3}, {2, 1}, {3, 2}}, Last]
        = {{1, 3}, {3, 2}, {2, 1}}
    """
    return choose(term, order_by(kernel, term, function, "ReverseSortBy", ordering)[::-1])


@builtin("Ordering", category="Lists", messages={"cnt": COUNT})
def ordering(kernel: Kernel, term: Term, count: Term = S.All, function: Term = None) -> Term:
    """Ordering[list] gives the positions of the elements in sorted order.
    Ordering[list, n] gives the first n of them; the last if n is negative.
    Ordering[list, n, p] sorts by the ordering function p.

    Examples:
        >> Ordering[{c, a, b}]
        = {2, 3, 1}
        >> Ordering[{5, 9, 7}, -1]
        = {2}
        >> Ordering[{5, 9, 7}, All, Greater]
        = {2, 3, 1}
    Possible issues:
        >> Ordering[{a}, x]
        = Ordering[{a}, x]
        message: Ordering::cnt
    """
    return _places(order_of(kernel, _values(term, "Ordering"), function), count)


def _places(order: Sequence[int], count: Term) -> Term:
    places = np.asarray(order, dtype=np.int64) + 1
    if count is S.All:
        return pack(places)
    if is_head(count, S.UpTo, 1):
        count = count.args[0]
    if type(count) is not int:
        raise Message("cnt", count)
    return pack(places[:count] if count >= 0 else places[count:])


@builtin("OrderingBy", category="Lists", messages={"cnt": COUNT}, curried="first")
def ordering_by(kernel: Kernel, term: Term, function: Term, count: Term = S.All) -> Term:
    """OrderingBy[list, f] gives the positions of the elements in the order of the values of f.
    OrderingBy[list, f, n] gives the first n of them; the last if n is negative.

    Examples:
        >> OrderingBy[{-3, 1, 2}, Abs]
        = {2, 3, 1}
    Possible issues:
        >> OrderingBy[{1}, Abs, x]
        = OrderingBy[{1}, Abs, x]
        message: OrderingBy::cnt
    """
    values = calls(kernel, function, items_of(term, "OrderingBy", function))
    return _places(order_of(kernel, values), count)


def _extreme(kernel: Kernel, term: Term, function: Term, count: Term, name: str, largest: bool) -> Term:
    given = items_of(term, name, *(each for each in (function, count) if each is not None))
    values: Term = given if function is None else calls(kernel, function, given)
    order = _descending(kernel, values) if largest else order_of(kernel, values)
    if count is None:
        best = order[:1]
        return choose(term, [i for i in order if compare(values[i], values[best[0]]) == 0])
    wanted = count.args[0] if (up_to := is_head(count, S.UpTo, 1)) else len(order) if count is S.All else count
    if type(wanted) is not int or wanted < 0:
        raise Message("cnt", count)
    if wanted > len(order) and not up_to:
        raise Message("insuff", wanted, term)
    return choose(term, order[:wanted])


@builtin("MaximalBy", category="Lists", messages={"cnt": COUNT, "insuff": TOO_FEW}, curried="first")
def maximal_by(kernel: Kernel, term: Term, function: Term, count: Term = None) -> Term:
    """MaximalBy[list, f] gives the elements with the greatest value of f.
    MaximalBy[list, f, n] gives the n elements with the greatest values.

    Examples:
        >> MaximalBy[{-3, 1, 3}, Abs]
        = {-3, 3}
    Possible issues:
        >> MaximalBy[{1}, Abs, x]
        = MaximalBy[{1}, Abs, x]
        message: MaximalBy::cnt
        >> MaximalBy[{1}, Abs, 2]
        = MaximalBy[{1}, Abs, 2]
        message: MaximalBy::insuff
    """
    return _extreme(kernel, term, function, count, "MaximalBy", True)


@builtin("MinimalBy", category="Lists", messages={"cnt": COUNT, "insuff": TOO_FEW}, curried="first")
def minimal_by(kernel: Kernel, term: Term, function: Term, count: Term = None) -> Term:
    """MinimalBy[list, f] gives the elements with the least value of f.
    MinimalBy[list, f, n] gives the n elements with the least values.

    Examples:
        >> MinimalBy[{-3, 1, 2}, Abs, 2]
        = {1, 2}
    Possible issues:
        >> MinimalBy[{1}, Abs, x]
        = MinimalBy[{1}, Abs, x]
        message: MinimalBy::cnt
        >> MinimalBy[{1}, Abs, 2]
        = MinimalBy[{1}, Abs, 2]
        message: MinimalBy::insuff
    """
    return _extreme(kernel, term, function, count, "MinimalBy", False)


@builtin("TakeLargest", category="Lists", messages={"cnt": COUNT, "insuff": TOO_FEW}, curried="first")
def take_largest(kernel: Kernel, term: Term, count: Term) -> Term:
    """TakeLargest[list, n] gives the n greatest elements, the greatest first.

    Examples:
        >> TakeLargest[{1, 5, 3}, 2]
        = {5, 3}
        >> TakeLargest[<|"x" -> 1, "y" -> 2|>, 1]
        = <|"y" -> 2|>
    Possible issues:
        >> TakeLargest[{1}, x]
        = TakeLargest[{1}, x]
        message: TakeLargest::cnt
        >> TakeLargest[{1}, 2]
        = TakeLargest[{1}, 2]
        message: TakeLargest::insuff
    """
    return _extreme(kernel, term, None, count, "TakeLargest", True)


@builtin("TakeSmallest", category="Lists", messages={"cnt": COUNT, "insuff": TOO_FEW}, curried="first")
def take_smallest(kernel: Kernel, term: Term, count: Term) -> Term:
    """TakeSmallest[list, n] gives the n least elements, the least first.

    Examples:
        >> TakeSmallest[{4, 5, 3}, 2]
        = {3, 4}
    Possible issues:
        >> TakeSmallest[{1}, x]
        = TakeSmallest[{1}, x]
        message: TakeSmallest::cnt
        >> TakeSmallest[{1}, 2]
        = TakeSmallest[{1}, 2]
        message: TakeSmallest::insuff
    """
    return _extreme(kernel, term, None, count, "TakeSmallest", False)


@builtin("TakeLargestBy", category="Lists", messages={"cnt": COUNT, "insuff": TOO_FEW})
def take_largest_by(kernel: Kernel, term: Term, function: Term, count: Term) -> Term:
    """TakeLargestBy[list, f, n] gives the n elements with the greatest values of f, the greatest first.

    Examples:
        >> TakeLargestBy[{-5, 1, 3}, Abs, 2]
        = {-5, 3}
    Possible issues:
        >> TakeLargestBy[{1}, Abs, x]
        = TakeLargestBy[{1}, Abs, x]
        message: TakeLargestBy::cnt
        >> TakeLargestBy[{1}, Abs, 2]
        = TakeLargestBy[{1}, Abs, 2]
        message: TakeLargestBy::insuff
    """
    return _extreme(kernel, term, function, count, "TakeLargestBy", True)


@builtin("TakeSmallestBy", category="Lists", messages={"cnt": COUNT, "insuff": TOO_FEW})
def take_smallest_by(kernel: Kernel, term: Term, function: Term, count: Term) -> Term:
    """TakeSmallestBy[list, f, n] gives the n elements with the least values of f, the least first.

    Examples:
        >> TakeSmallestBy[{-5, 1, 3}, Abs, 2]
        = {1, 3}
    Possible issues:
        >> TakeSmallestBy[{1}, Abs, x]
        = TakeSmallestBy[{1}, Abs, x]
        message: TakeSmallestBy::cnt
        >> TakeSmallestBy[{1}, Abs, 2]
        = TakeSmallestBy[{1}, Abs, 2]
        message: TakeSmallestBy::insuff
    """
    return _extreme(kernel, term, function, count, "TakeSmallestBy", False)
