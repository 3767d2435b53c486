"""Equal elements together: Tally, Counts, Gather, GroupBy, PositionIndex, Commonest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wlnet.builtins.lists.choosing import call, calls, choose, items, items_of
from wlnet.builtins.lists.partition import within
from wlnet.builtins.lists.sets import places_by_test, sameness
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Association, Expression, S, Term, is_head, is_list, list_of, pack, to_list
from wlnet.terms.same import key


def groups_of(values: Sequence[Term]) -> list[tuple[Term, list[int]]]:
    """Gives each distinct value with the places (from 0) where it stands, in the order of first appearance."""
    groups: dict[object, tuple[Term, list[int]]] = {}
    # Among integers alone there are no equal numbers of another kind.
    names = values if all(type(value) is int for value in values) else map(key, values)
    for place, (hashed, value) in enumerate(zip(names, values, strict=True)):
        found = groups.get(hashed)
        if found is None:
            groups[hashed] = (value, [place])
        else:
            found[1].append(place)
    return list(groups.values())


def _groups_by_test(kernel: Kernel, given: Sequence[Term], test: Term) -> list[tuple[Term, list[int]]]:
    alike = sameness(kernel, test)
    groups: list[tuple[Term, list[int]]] = [(given[i], []) for i in places_by_test(given, alike)]
    for place, item in enumerate(given):
        next(places for first, places in groups if first is item or alike(first, item)).append(place)
    return groups


@builtin("Tally", category="Lists")
def tally(kernel: Kernel, term: Term, test: Term = None) -> Term:
    """Tally[list] gives the distinct elements, each with how often it occurs.
    Tally[list, test] counts a and b as the same where test[a, b] is True.

    Examples:
        >> Tally[{a, b, a}]
        = {{a, 2}, {b, 1}}
    """
    given = items_of(term, "Tally")
    found = groups_of(given) if test is None else _groups_by_test(kernel, given, test)
    return to_list(to_list((value, len(places))) for value, places in found)


@builtin("Counts", category="Associations")
def counts(kernel: Kernel, term: Term) -> Term:
    """Counts[list] gives an association of the distinct elements and how often each occurs.

    Examples:
        >> Counts[{a, b, a}]
        = <|a -> 2, b -> 1|>
    """
    return _counted(groups_of(items_of(term, "Counts")))


@builtin("CountsBy", category="Associations", curried="first")
def counts_by(kernel: Kernel, term: Term, function: Term) -> Term:
    """CountsBy[list, f] gives an association of the values of f and how often each occurs.

    Examples:
        >> CountsBy[{1, 2, 3}, OddQ]
        = <|True -> 2, False -> 1|>
    """
    return _counted(groups_of(calls(kernel, function, items_of(term, "CountsBy", function))))


def _counted(groups: list[tuple[Term, list[int]]]) -> Association:
    return Association((value, len(places)) for value, places in groups)


@builtin("CountDistinct", category="Lists")
def count_distinct(kernel: Kernel, term: Term) -> Term:
    """CountDistinct[list] gives how many different elements there are.

    Examples:
        >> CountDistinct[{a, b, a}]
        = 2
    """
    return len(groups_of(items_of(term, "CountDistinct")))


@builtin("Commonest", category="Lists")
def commonest(kernel: Kernel, term: Term, count: Term = None) -> Term | None:
    """Commonest[list] gives the elements that occur most often.
    Commonest[list, n] gives the n commonest elements.

    Examples:
        >> Commonest[{b, a, a, c, c}]
        = {a, c}
        >> Commonest[{b, a, a, c}, 2]
        = {a, b}
    """
    groups = groups_of(items_of(term, "Commonest"))
    if count is None:
        most = max((len(places) for _, places in groups), default=0)
        return to_list(value for value, places in groups if len(places) == most)
    wanted = count.args[0] if is_head(count, S.UpTo, 1) else count
    if type(wanted) is not int or wanted < 0:
        return None
    return to_list(value for value, _ in sorted(groups, key=lambda group: -len(group[1]))[:wanted])


@builtin("Gather", category="Lists")
def gather(kernel: Kernel, term: Term, test: Term = None) -> Term:
    """Gather[list] gives lists of identical elements.
    Gather[list, test] puts b with a where test[a, b] is True.

    Examples:
        >> Gather[{a, b, a}]
        = {{a, a}, {b}}
        >> Gather[{1, 2, 3, 4}, EvenQ[#1 - #2] &]
        = {{1, 3}, {2, 4}}
    """
    given = items_of(term, "Gather")
    found = groups_of(given) if test is None else _groups_by_test(kernel, given, test)
    return Expression(S.List, tuple(choose(term, places) for _, places in found))


@builtin("GatherBy", category="Lists", curried="first")
def gather_by(kernel: Kernel, term: Term, function: Term) -> Term:
    """GatherBy[list, f] gives lists of elements with the same value of f.
    GatherBy[list, {f1, f2, …}] gathers within the lists of f1 by f2, and so on.

    Examples:
        >> GatherBy[{1, 2, 3, 4}, OddQ]
        = {{1, 3}, {2, 4}}
        >> GatherBy[{{a, 1}, {b, 2}, {a, 2}, {a, 1}}, {First, Last}]
        = {{{{a, 1}, {a, 1}}, {{a, 2}}}, {{{b, 2}}}}
    """
    if is_list(function):
        return within(S.GatherBy, term, function)
    values = calls(kernel, function, items_of(term, "GatherBy", function))
    return Expression(S.List, tuple(choose(term, places) for _, places in groups_of(values)))


@builtin("GroupBy", category="Associations", curried="first")
def group_by(kernel: Kernel, term: Term, function: Term, reducer: Term = None) -> Term:
    """GroupBy[list, f] gives an association of each value of f and the elements that have it.
    GroupBy[list, f -> g] gives the values of g in place of the elements.
    GroupBy[list, {f1, f2, …}] groups within groups.
    GroupBy[list, f, r] applies r to each group.

    Examples:
        >> GroupBy[{1, 2, 3, 4}, OddQ]
        = <|True -> {1, 3}, False -> {2, 4}|>
        >> GroupBy[{{a, 1}, {b, 2}, {a, 3}}, First -> Last]
        = <|a -> {1, 3}, b -> {2}|>
        >> GroupBy[{{a, 1}, {b, 2}, {a, 3}}, First -> Last, Total]
        = <|a -> 4, b -> 2|>
    """
    functions = items(function) if is_head(function, S.List) else (function,)
    return _grouped(kernel, term, functions, reducer)


def _grouped(kernel: Kernel, term: Term, functions: tuple[Term, ...], reducer: Term) -> Term:
    if not functions:
        return term if reducer is None else call(kernel, reducer, term)
    function, inner = functions[0].args if is_head(functions[0], S.Rule, 2) else (functions[0], None)
    given = items_of(term, "GroupBy", function)
    values = calls(kernel, function, given)
    if inner is not None and type(term) is Association:
        term = term.map_values(calls(kernel, inner, given))
    elif inner is not None:
        term = to_list(calls(kernel, inner, given))
    groups = groups_of(values)
    made: Sequence[Term] = [choose(term, places) for _, places in groups]
    if len(functions) > 1:
        made = [_grouped(kernel, part, functions[1:], reducer) for part in made]
    elif reducer is not None:
        made = calls(kernel, reducer, made)
    return Association(zip([value for value, _ in groups], made, strict=True))


@builtin("PositionIndex", category="Associations")
def position_index(kernel: Kernel, term: Term) -> Term:
    """PositionIndex[list] gives an association of the distinct elements and the positions where each stands.

    Examples:
        >> PositionIndex[{a, b, a}]
        = <|a -> {1, 3}, b -> {2}|>
    """
    groups = groups_of(items_of(term, "PositionIndex"))
    if type(term) is Association:
        names = term.keys()
        return Association((value, list_of(*(names[i] for i in places))) for value, places in groups)
    return Association((value, pack(np.array(places) + 1)) for value, places in groups)
