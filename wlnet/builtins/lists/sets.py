"""Lists as sets: Union, Intersection, Complement, DeleteDuplicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wlnet.builtins.lists.choosing import EMPTY_LIST, calls, choose, items, items_of
from wlnet.builtins.lists.lists import HEADS, joined
from wlnet.builtins.lists.sorting import order_of
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import Expression, S, Term, is_head, same, truth
from wlnet.terms.same import key


def first_places(values: Term | Sequence[Term]) -> list[int]:
    """Gives the places of the values that no earlier one is the same as."""
    if type(values) is np.ndarray and values.ndim == 1:
        places: list[int] = np.sort(np.unique(values, return_index=True)[1]).tolist()
        return places
    given = items(values) if type(values) is np.ndarray else values
    seen: dict[object, int] = {}
    for place, value in enumerate(given):
        seen.setdefault(key(value), place)
    return list(seen.values())


def places_by_test(given: Sequence[Term], test: Callable[[Term, Term], bool]) -> list[int]:
    """Gives the places of the elements that the test tells apart from all earlier ones kept."""
    kept: list[int] = []
    for place, item in enumerate(given):
        if not any(test(given[other], item) for other in kept):
            kept.append(place)
    return kept


def sameness(kernel: Kernel, function: Term) -> Callable[[Term, Term], bool]:
    """Gives the Python test of a function of two arguments."""
    return lambda a, b: kernel.is_true(Expression(function, (a, b)))


@constant("SameTest", category="Lists")
def same_test() -> None:
    """SameTest is an option of Union, Intersection and Complement: the function that says whether two elements are the
    same.

    Examples:
        >> Union[{1, 2, 3}, SameTest -> (Mod[#1 - #2, 2] == 0 &)]
        = {1, 2}
    """


def _lists(terms: tuple[Term, ...], name: str) -> tuple[list[Term], Term]:
    """Gives the lists among the arguments and the function of SameTest (None without one)."""
    given = list(terms)
    test = None
    while given and is_head(given[-1], S.Rule, 2) and given[-1].args[0] is S.SameTest:
        test = given.pop().args[1]
    if test is S.Automatic or test is S.SameQ:
        test = None
    for position, term in enumerate(given):
        items_of(term, name, *given[:position], *given[position + 1 :], position=position + 1)
        head, first = _head(term), _head(given[0])
        if not same(head, first):
            raise Message("heads", first, head, 1, position + 1)
    return given, test


def _head(term: Term) -> Term:
    return term.head if type(term) is Expression else S.List


@builtin("Union", category="Lists", messages={"heads": HEADS})
def union(kernel: Kernel, *terms: Term) -> Term:
    """Union[list1, list2, …] gives the sorted list of the distinct elements of all lists.

    Examples:
        >> Union[{c, a}, {b, a}]
        = {a, b, c}
        >> Union[{2, 1, 2}]
        = {1, 2}
    Possible issues:
        >> Union[{a}, f[b]]
        = Union[{a}, f[b]]
        message: Union::heads
    """
    given, test = _lists(terms, "Union")
    if not given:
        return EMPTY_LIST
    return _distinct(kernel, joined(given), test)


def _distinct(kernel: Kernel, term: Term, test: Term) -> Term:
    """Gives the sorted distinct elements of one list."""
    if test is None:
        term = choose(term, first_places(term if type(term) is np.ndarray else items(term)))
    ordered = choose(term, order_of(kernel, term if type(term) is np.ndarray else items(term)))
    return ordered if test is None else choose(ordered, places_by_test(items(ordered), sameness(kernel, test)))


@builtin("Intersection", category="Lists", messages={"heads": HEADS})
def intersection(kernel: Kernel, *terms: Term) -> Term:
    """Intersection[list1, list2, …] gives the sorted list of the elements that all lists have.

    Examples:
        >> Intersection[{c, a, b}, {b, c, d}]
        = {b, c}
    Possible issues:
        >> Intersection[{a}, f[b]]
        = Intersection[{a}, f[b]]
        message: Intersection::heads
    """
    given, test = _lists(terms, "Intersection")
    return _compared(kernel, given, test, wanted=True) if given else EMPTY_LIST


@builtin("Complement", category="Lists", messages={"heads": HEADS})
def complement(kernel: Kernel, *terms: Term) -> Term | None:
    """Complement[all, list1, list2, …] gives the sorted list of the elements of all that are in none of the lists.

    Examples:
        >> Complement[{c, a, b, a}, {b}]
        = {a, c}
    Possible issues:
        >> Complement[{a}, f[b]]
        = Complement[{a}, f[b]]
        message: Complement::heads
    """
    given, test = _lists(terms, "Complement")
    return _compared(kernel, given, test, wanted=False) if given else None


def _compared(kernel: Kernel, given: list[Term], test: Term, wanted: bool) -> Term:
    """Gives the distinct elements of the first list that every other one has, or that none has."""
    first = _distinct(kernel, given[0], test)
    holds = [_holder(kernel, other, test) for other in given[1:]]
    elements = items(first)
    return choose(first, [i for i, item in enumerate(elements) if all(hold(item) is wanted for hold in holds)])


def _holder(kernel: Kernel, term: Term, test: Term) -> Callable[[Term], bool]:
    if test is None:
        known = {key(item) for item in items(term)}
        return lambda item: key(item) in known
    alike = sameness(kernel, test)
    return lambda item: any(alike(item, other) for other in items(term))


@builtin("DeleteDuplicates", category="Lists")
def delete_duplicates(kernel: Kernel, term: Term, test: Term = None) -> Term:
    """DeleteDuplicates[list] gives the list without elements that came before.
    DeleteDuplicates[list, test] counts a and b as the same where test[a, b] is True.

    Examples:
        >> DeleteDuplicates[{b, a, b, c, a}]
        = {b, a, c}
        >> DeleteDuplicates[{1, -1, 2}, Abs[#1] == Abs[#2] &]
        = {1, 2}
    """
    given = items_of(term, "DeleteDuplicates")
    if test is None:
        return choose(term, first_places(term if type(term) is np.ndarray else given))
    return choose(term, places_by_test(given, sameness(kernel, test)))


@builtin("DeleteDuplicatesBy", category="Lists", curried="first")
def delete_duplicates_by(kernel: Kernel, term: Term, function: Term) -> Term:
    """DeleteDuplicatesBy[list, f] gives the list without elements whose value of f came before.

    Examples:
        >> DeleteDuplicatesBy[{1, -1, 2}, Abs]
        = {1, 2}
    """
    given = items_of(term, "DeleteDuplicatesBy", function)
    return choose(term, first_places(calls(kernel, function, given)))


@builtin("DuplicateFreeQ", category="Lists")
def duplicate_free_q(kernel: Kernel, term: Term) -> Term:
    """DuplicateFreeQ[list] tells whether no two elements are the same.

    Examples:
        >> DuplicateFreeQ[{a, b, a}]
        = False
    """
    given = items_of(term, "DuplicateFreeQ")
    return truth(len(first_places(given)) == len(given))


@builtin("SubsetQ", category="Lists", curried="first")
def subset_q(kernel: Kernel, whole: Term, part: Term) -> Term:
    """SubsetQ[list1, list2] tells whether every element of list2 is one of list1.

    Examples:
        >> SubsetQ[{a, b, c}, {a, c}]
        = True
    """
    known = {key(item) for item in items_of(whole, "SubsetQ", part)}
    return truth(all(key(item) in known for item in items_of(part, "SubsetQ", whole, position=2)))


@builtin("ContainsAny", category="Lists", curried="first")
def contains_any(kernel: Kernel, whole: Term, part: Term) -> Term:
    """ContainsAny[list1, list2] tells whether some element of list2 is one of list1.

    Examples:
        >> ContainsAny[{a, b, c}, {x, c}]
        = True
    """
    known = {key(item) for item in items_of(whole, "ContainsAny", part)}
    return truth(any(key(item) in known for item in items_of(part, "ContainsAny", whole, position=2)))
