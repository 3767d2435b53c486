"""All choices from lists: Subsets, Tuples, Permutations."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, islice, permutations, product

import numpy as np

from wlnet.builtins.lists.choosing import choose, items, items_of, size, under
from wlnet.builtins.lists.lists import from_full_array
from wlnet.builtins.lists.sets import first_places
from wlnet.kernel import Kernel, builtin
from wlnet.terms import S, Term, elements, expression, is_list, list_of, to_list
from wlnet.terms.same import key


@builtin("Subsets", category="Lists")
def subsets(kernel: Kernel, term: Term, sizes: Term = S.All, count: Term = S.All) -> Term | None:
    """Subsets[list] gives all sublists, the shortest first.
    Subsets[list, n] gives those of at most n elements, Subsets[list, {n}] of n, Subsets[list, {m, n}] of m to n.
    Subsets[list, {m, n, d}] goes from m to n in steps of d.
    Subsets[list, sizes, k] gives the first k of them, Subsets[list, sizes, {m, n}] those from the m-th to the n-th.

    Examples:
        >> Subsets[{a, b}]
        = {{}, {a}, {b}, {a, b}}
        >> {Subsets[{a, b, c}, {2}], Subsets[{a, b, c}, {1, 3, 2}]}
        = {{{a, b}, {a, c}, {b, c}}, {{a}, {b}, {c}, {a, b, c}}}
        >> Subsets[{a, b, c}, {2}, 1]
        = {{a, b}}
        >> Subsets[{a, b, c, d}, {2}, {3}]
        = {{a, d}}
    """
    if is_list(count):
        return expression("Take", expression("Subsets", term, sizes), count)
    length = len(items_of(term, "Subsets"))
    wanted = _lengths(sizes, length, 0)
    limit = count if type(count) is int else None
    if wanted is None or (limit is None and count is not S.All) or (limit or 0) < 0:
        return None
    chosen = (places for n in wanted if n <= length for places in combinations(range(length), n))
    return to_list(choose(term, places) for places in islice(chosen, limit))


def _lengths(sizes: Term, longest: int, least: int) -> Iterable[int] | None:
    """Gives the lengths that a specification n, {n}, {m, n}, {m, n, step} or All stands for."""
    if sizes is S.All:
        return range(least, longest + 1)
    if type(sizes) is int:
        return range(least, min(sizes, longest) + 1) if sizes >= 0 else None
    given = elements(sizes) if is_list(sizes) else ()
    if len(given) == 3 and type(given[2]) is int and given[2] and all(type(n) is int and n >= 0 for n in given[:2]):
        return [n for n in range(given[0], given[1] + (1 if given[2] > 0 else -1), given[2]) if n <= longest]
    if not given or len(given) > 2 or not all(type(n) is int and n >= 0 for n in given):
        return None
    return range(given[0], min(given[-1], longest) + 1)


@builtin("Tuples", category="Lists")
def tuples(kernel: Kernel, term: Term, count: Term = None) -> Term | None:
    """Tuples[list, n] gives all lists of n elements of list.
    Tuples[list, {n1, n2, …}] gives all arrays of these dimensions.
    Tuples[{list1, list2, …}] gives all lists with one element of each list.

    Examples:
        >> Tuples[{0, 1}, 2]
        = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}
        >> Tuples[{{a, b}, {c}}]
        = {{a, c}, {b, c}}
    """
    given = items_of(term, "Tuples")
    if count is None:
        if any(size(row) is None for row in given):
            return None
        return to_list(map(to_list, product(*map(items, given))))
    shape = [count] if type(count) is int else list(elements(count)) if is_list(count) else []
    if not shape or not all(type(n) is int and n >= 0 for n in shape):
        return None
    chosen = product(given, repeat=int(np.prod(shape)))
    if len(shape) == 1:
        return to_list(under(term, choice) for choice in chosen)
    return to_list(from_full_array(_objects(choice).reshape(shape)) for choice in chosen)


def _objects(choice: tuple[Term, ...]) -> np.ndarray:
    made = np.empty(len(choice), dtype=object)
    for index, item in enumerate(choice):
        made[index] = item
    return made


@builtin("Permutations", category="Lists")
def permutations_(kernel: Kernel, term: Term, sizes: Term = None) -> Term | None:
    """Permutations[list] gives the distinct orders of the elements.
    Permutations[list, n] gives those of at most n elements, Permutations[list, {n}] of exactly n.

    Examples:
        >> Permutations[{a, b, c}, {2}]
        = {{a, b}, {a, c}, {b, a}, {b, c}, {c, a}, {c, b}}
        >> Permutations[{a, a, b}]
        = {{a, a, b}, {a, b, a}, {b, a, a}}
    """
    given = items_of(term, "Permutations")
    wanted = _lengths(list_of(len(given)) if sizes is None else sizes, len(given), 0)
    if wanted is None:
        return None
    is_distinct = len(first_places(given)) == len(given)
    names = [key(item) for item in given]
    found: list[tuple[int, ...]] = []
    for length in wanted:
        orders = list(permutations(range(len(given)), length))
        if not is_distinct:
            orders = list({tuple(names[i] for i in order): order for order in reversed(orders)}.values())
            orders.sort()
        found += orders
    return to_list(choose(term, order) for order in found)
