"""Elements that pass a test: Select, SelectFirst, Pick, TakeWhile, LengthWhile."""

from __future__ import annotations

from itertools import takewhile

from wlnet.builtins.lists.choosing import choose, items, items_of, predicate, rebuild, size
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import is_match
from wlnet.terms import TRUE, S, Term, expression, is_head

SHAPE = "Expressions `1` and `2` have incompatible shapes."


@builtin("Select", category="Lists", curried="first")
def select(kernel: Kernel, term: Term, criterion: Term, count: Term = S.Infinity) -> Term | None:
    """Select[list, crit] gives the elements for which crit is True; of an association the pairs by their values.
    Select[list, crit, n] gives at most n of them.

    Examples:
        >> Select[{1, 2, 3, 4}, EvenQ]
        = {2, 4}
        >> Select[{1, 2, 3, 4}, # > 1 &, 2]
        = {2, 3}
        >> Select[<|"x" -> 1, "y" -> 2|>, EvenQ]
        = <|"y" -> 2|>
    """
    given = items_of(term, "Select", criterion)
    limit = len(given) if count is S.Infinity or is_head(count, S.DirectedInfinity) else count
    if type(limit) is not int or limit < 0:
        return None
    passes = predicate(kernel, criterion, len(given))
    chosen: list[int] = []
    for index, item in enumerate(given):
        if len(chosen) >= limit:
            break
        if passes(item):
            chosen.append(index)
    return choose(term, chosen)


@builtin("SelectFirst", category="Lists", curried="first")
def select_first(kernel: Kernel, term: Term, criterion: Term, default: Term = None) -> Term:
    """SelectFirst[list, crit] gives the first element for which crit is True, or Missing["NotFound"].
    SelectFirst[list, crit, default] gives default if there is none.

    Examples:
        >> SelectFirst[{1, 2, 4}, EvenQ]
        = 2
        >> SelectFirst[{1, 3}, EvenQ]
        = Missing["NotFound"]
        >> SelectFirst[{1, 3}, EvenQ, none]
        = none
    """
    passes = predicate(kernel, criterion)
    for item in items_of(term, "SelectFirst", criterion):
        if passes(item):
            return item
    return expression("Missing", "NotFound") if default is None else default


@builtin("Pick", category="Lists", messages={"incomp": SHAPE})
def pick(kernel: Kernel, term: Term, selectors: Term, pattern: Term = TRUE) -> Term:
    """Pick[list, sel] gives the elements for which the element of sel at the same place is True.
    Pick[list, sel, patt] gives those for which it matches the pattern patt.

    Examples:
        >> Pick[{a, b, c}, {True, False, True}]
        = {a, c}
        >> Pick[{a, b, c}, {1, 0, 1}, 1]
        = {a, c}
    Possible issues:
        >> Pick[{a, b}, {1}]
        = Pick[{a, b}, {1}]
        message: Pick::incomp
    """
    given, wanted = items_of(term, "Pick", selectors), items(selectors)
    if len(given) != len(wanted):
        raise Message("incomp", term, selectors)
    chosen: list[int] = []
    kept = list(given)
    for index, selector in enumerate(wanted):
        if is_match(pattern, selector, kernel):
            chosen.append(index)
        elif size(given[index]) is not None and size(selector) is not None:
            kept[index] = pick(kernel, given[index], selector, pattern)
            chosen.append(index)
    if all(kept[i] is given[i] for i in chosen):
        return choose(term, chosen)
    return rebuild(choose(term, chosen), [kept[i] for i in chosen])


def _run_length(kernel: Kernel, term: Term, criterion: Term, name: str) -> int:
    passes = predicate(kernel, criterion)
    return sum(1 for _ in takewhile(passes, items_of(term, name, criterion)))


@builtin("TakeWhile", category="Lists")
def take_while(kernel: Kernel, term: Term, criterion: Term) -> Term:
    """TakeWhile[list, crit] gives the elements up to the first for which crit is not True.

    Examples:
        >> TakeWhile[{2, 4, 5, 6}, EvenQ]
        = {2, 4}
    """
    return choose(term, slice(_run_length(kernel, term, criterion, "TakeWhile")))


@builtin("LengthWhile", category="Lists")
def length_while(kernel: Kernel, term: Term, criterion: Term) -> Term:
    """LengthWhile[list, crit] gives how many elements stand before the first for which crit is not True.

    Examples:
        >> LengthWhile[{2, 4, 5, 6}, EvenQ]
        = 2
    """
    return _run_length(kernel, term, criterion, "LengthWhile")
