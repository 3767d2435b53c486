"""Functions applied in a row, and tests of all elements: Fold, FoldList, FoldPair, AllTrue, Through, Comap."""

from __future__ import annotations

from collections.abc import Iterator

from wlnet.builtins.evaluation.compiled.loops import caller
from wlnet.builtins.lists.choosing import call, items, items_of, rebuild, size, under
from wlnet.kernel import Kernel, Message, builtin, operator_form
from wlnet.terms import FALSE, TRUE, Expression, S, Symbol, Term, elements, expression, is_list, same, to_list

FOLD = "`1` has no element to begin with."
PAIR = "A list of two elements is expected instead of `1`."


def _folding(kernel: Kernel, function: Term, given: tuple[Term, ...], name: str) -> Iterator[Term]:
    """Yields x, f[x, a], f[f[x, a], b], …"""
    *start, rows = given
    values = items_of(rows, name, function, *start, position=len(given) + 1)
    if start:
        state = start[0]
    else:
        if not values:
            raise Message("fold1", rows)
        state, values = values[0], values[1:]
    yield state
    apply = caller(kernel, function, 2, len(values))
    for value in values:
        state = apply(state, value)
        yield state


@builtin("Fold", category="Functional programming", messages={"fold1": FOLD})
def fold(kernel: Kernel, function: Term, start: Term = None, rows: Term = None) -> Term | None:
    """Fold[f, x, {a, b, …}] gives f[… f[f[x, a], b] …].
    Fold[f, {a, b, c, …}] begins with the first element.

    Examples:
        >> Fold[f, x, {a, b}]
        = f[f[x, a], b]
        >> Fold[Plus, {1, 2, 3}]
        = 6
        >> Fold[f][{a, b}]
        = f[a, b]
    Possible issues:
        >> Fold[f, {}]
        = Fold[f, {}]
        message: Fold::fold1
    """
    if start is None:
        return None
    *_, last = _folding(kernel, function, (start,) if rows is None else (start, rows), "Fold")
    return last


@builtin("FoldList", category="Functional programming")
def fold_list(kernel: Kernel, function: Term, start: Term = None, rows: Term = None) -> Term | None:
    """FoldList[f, x, {a, b, …}] gives {x, f[x, a], f[f[x, a], b], …}.
    FoldList[f, {a, b, c, …}] begins with the first element.

    Examples:
        >> FoldList[f, x, {a, b}]
        = {x, f[x, a], f[f[x, a], b]}
        >> FoldList[Plus, {1, 2, 3}]
        = {1, 3, 6}
        >> FoldList[f, x, g[a]]
        = g[x, f[x, a]]
        >> FoldList[Plus, <|"a" -> 1, "b" -> 2|>]
        = <|"a" -> 1, "b" -> 3|>
    """
    if start is None:
        return None
    if rows is not None:
        return under(rows, _folding(kernel, function, (start, rows), "FoldList"))
    return start if size(start) == 0 else rebuild(start, _folding(kernel, function, (start,), "FoldList"))


@operator_form("Fold")
def fold_operator(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    return Expression(head.head, head.args + args) if len(head.args) + len(args) <= 3 else None


@operator_form("FoldList")
def fold_list_operator(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    return Expression(head.head, head.args + args) if len(head.args) + len(args) <= 3 else None


@operator_form("MapAt")
def map_at_operator(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    if len(head.args) != 2 or len(args) != 1:
        return None
    return Expression(head.head, (head.args[0], args[0], head.args[1]))


def _pairs(kernel: Kernel, function: Term, start: Term, rows: Term, name: str) -> Iterator[Term]:
    state = start
    for value in items_of(rows, name, function, start, position=3):
        made = call(kernel, function, state, value)
        pair = elements(made)
        if not is_list(made) or len(pair) != 2:
            raise Message("pair", made)
        yield pair[0]
        state = pair[1]


@builtin("FoldPairList", category="Functional programming", messages={"pair": PAIR})
def fold_pair_list(kernel: Kernel, function: Term, start: Term, rows: Term) -> Term:
    """FoldPairList[f, y, {a, b, …}] gives the first parts of the pairs f[y, a], f[y1, b], …, where y1 is the second
    part of the pair before.

    Examples:
        >> FoldPairList[{#1 * #2, #1 + 1} &, 1, {5, 5, 5}]
        = {5, 10, 15}
    Possible issues:
        >> FoldPairList[Plus, 1, {2}]
        = FoldPairList[Plus, 1, {2}]
        message: FoldPairList::pair
    """
    return to_list(_pairs(kernel, function, start, rows, "FoldPairList"))


@builtin("FoldPair", category="Functional programming", messages={"pair": PAIR, "fold1": FOLD})
def fold_pair(kernel: Kernel, function: Term, start: Term, rows: Term) -> Term:
    """FoldPair[f, y, {a, b, …}] gives the last element of FoldPairList[f, y, {a, b, …}].

    Examples:
        >> FoldPair[{#1 * #2, #1 + 1} &, 1, {5, 5, 5}]
        = 15
    Possible issues:
        >> FoldPair[Plus, 1, {2}]
        = FoldPair[Plus, 1, {2}]
        message: FoldPair::pair
        >> FoldPair[Plus, 1, {}]
        = FoldPair[Plus, 1, {}]
        message: FoldPair::fold1
    """
    found = list(_pairs(kernel, function, start, rows, "FoldPair"))
    if not found:
        raise Message("fold1", rows)
    return found[-1]


def _junction(kernel: Kernel, term: Term, test: Term, name: str, head: Symbol, deciding: Symbol) -> Term:
    """Gives the junction (And, Or) of a test over all elements; ends at the first that decides it."""
    undecided = []
    neutral = FALSE if deciding is TRUE else TRUE
    for item in items_of(term, name, test):
        found = call(kernel, test, item)
        if found is deciding:
            return found
        if found is not neutral:
            undecided.append(found)
    return Expression(head, tuple(undecided)) if undecided else neutral


@builtin("AllTrue", category="Functional programming", curried="first")
def all_true(kernel: Kernel, term: Term, test: Term) -> Term:
    """AllTrue[list, test] tells whether test[x] is True for every element x.

    Examples:
        >> AllTrue[{2, 4}, EvenQ]
        = True
        >> AllTrue[{}, EvenQ]
        = True
    """
    return _junction(kernel, term, test, "AllTrue", S.And, FALSE)


@builtin("AnyTrue", category="Functional programming", curried="first")
def any_true(kernel: Kernel, term: Term, test: Term) -> Term:
    """AnyTrue[list, test] tells whether test[x] is True for some element x.

    Examples:
        >> AnyTrue[{1, 4}, EvenQ]
        = True
        >> AnyTrue[{}, EvenQ]
        = False
    """
    return _junction(kernel, term, test, "AnyTrue", S.Or, TRUE)


@builtin("NoneTrue", category="Functional programming", curried="first")
def none_true(kernel: Kernel, term: Term, test: Term) -> Term:
    """NoneTrue[list, test] tells whether test[x] is False for every element x.

    Examples:
        >> NoneTrue[{1, 3}, EvenQ]
        = True
    """
    return expression("Not", _junction(kernel, term, test, "NoneTrue", S.Or, TRUE))


@builtin("Through", category="Functional programming")
def through(kernel: Kernel, term: Term, head: Term = None) -> Term:
    """Through[p[f, g, …][x]] gives p[f[x], g[x], …].
    Through[expr, h] does so only where p is h.

    Examples:
        >> Through[{f, g}[x]]
        = {f[x], g[x]}
        >> Through[(f + g)[x, y]]
        = f[x, y] + g[x, y]
        >> Through[(f + g)[x], Times]
        = (f + g)[x]
    """
    if type(term) is not Expression or size(term.head) is None:
        return term
    if head is not None and not same(term.head.head, head):
        return term
    return rebuild(term.head, [Expression(function, term.args) for function in items(term.head)])


@builtin("Comap", category="Functional programming", curried="last")
def comap(kernel: Kernel, functions: Term, x: Term) -> Term:
    """Comap[{f, g, …}, x] gives {f[x], g[x], …}.

    Examples:
        >> Comap[{f, g}, x]
        = {f[x], g[x]}
        >> Comap[<|"a" -> f|>, 2]
        = <|"a" -> f[2]|>
    """
    new = [call(kernel, function, x) for function in items_of(functions, "Comap", x)]
    return rebuild(functions, new) if new else functions


@builtin("ComapApply", category="Functional programming", curried="last")
def comap_apply(kernel: Kernel, functions: Term, args: Term) -> Term:
    """ComapApply[{f, g, …}, {x, y, …}] gives {f[x, y, …], g[x, y, …], …}.

    Examples:
        >> ComapApply[{f, g}, {x, y}]
        = {f[x, y], g[x, y]}
    """
    new = [call(kernel, function, *items(args)) for function in items_of(functions, "ComapApply", args)]
    return rebuild(functions, new) if new else functions
