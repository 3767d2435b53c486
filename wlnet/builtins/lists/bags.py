"""Bags of the context Internal`: lists that grow in place, as programs use them to collect results."""

from __future__ import annotations

from dataclasses import dataclass

from wlnet.builtins.lists.parts import part
from wlnet.kernel import Kernel, builtin
from wlnet.terms import NULL, Term, elements, is_list, register, symbol, to_list


@dataclass(slots=True, eq=False)
class Bag:
    """A bag: what was put into it, in order."""

    items: list[Term]


register(Bag, symbol("Internal`Bag"), text=lambda bag: f"Internal`Bag[<{len(bag.items)}>]")


@builtin("Internal`Bag", category="Lists")
def bag(kernel: Kernel, items: Term = None) -> Term | None:
    """Internal`Bag[] gives an empty bag, to which elements are added in place.
    Internal`Bag[list] gives one with the elements of a list.

    Examples:
        >> bag = Internal`Bag[{1}]; Do[Internal`StuffBag[bag, i^2], {i, 2, 4}]; Internal`BagPart[bag, All]
        = {1, 4, 9, 16}
        >> Internal`Bag[]
        printed: Internal`Bag[<0>]
    """
    if items is None:
        return Bag([])
    return Bag(list(elements(items))) if is_list(items) else None


@builtin("Internal`StuffBag", category="Lists")
def stuff_bag(kernel: Kernel, bag: Term, item: Term, level: Term = 0) -> Term | None:
    """Internal`StuffBag[bag, x] adds x to a bag; Internal`StuffBag[bag, list, 1] adds the elements of a list.

    Examples:
        >> bag = Internal`Bag[]; Internal`StuffBag[bag, {a, b}, 1]; Internal`StuffBag[bag, {c}]; Internal`BagPart[bag, All]
        = {a, b, {c}}
    """
    if not isinstance(bag, Bag) or level not in (0, 1):
        return None
    bag.items.extend(elements(item) if level == 1 and is_list(item) else (item,))
    return NULL


@builtin("Internal`BagPart", category="Lists")
def bag_part(kernel: Kernel, bag: Term, place: Term) -> Term | None:
    """Internal`BagPart[bag, i] gives the i-th element of a bag; Internal`BagPart[bag, All] the list of all.

    Examples:
        >> bag = Internal`Bag[{a, b, c}]; {Internal`BagPart[bag, -1], Internal`BagPart[bag, 1 ;; 2]}
        = {c, {a, b}}
    """
    return part(kernel, to_list(list(bag.items)), (place,)) if isinstance(bag, Bag) else None


@builtin("Internal`BagLength", category="Lists")
def bag_length(kernel: Kernel, bag: Term) -> Term | None:
    """Internal`BagLength[bag] gives the number of elements of a bag.

    Examples:
        >> Internal`BagLength[Internal`Bag[{a, b}]]
        = 2
    """
    return len(bag.items) if isinstance(bag, Bag) else None
