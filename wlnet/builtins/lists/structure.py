"""The shape of an expression: Level, Depth, LeafCount."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from operator import mul

import numpy as np

from wlnet.builtins.lists.choosing import items, size
from wlnet.builtins.lists.levels import levels_of, walk
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FALSE, TRUE, Association, Expression, Term, to_list


@builtin(
    "Level",
    category="Expressions",
    options={"Heads": FALSE},
    messages={"level": "Level specification `1` is not of the form n, {n}, or {m, n}."},
)
def level(kernel: Kernel, term: Term, levels: Term, head: Term = None, *, options: dict[str, Term]) -> Term:
    """Level[expr, levels] gives the list of the parts of expr at these levels, inner parts before outer ones.
    Level[expr, levels, f] gives f of these parts.

    Details: The level n stands for 1 through n, {n} for n alone, {m, n} for m through n; -1 for the parts without
    parts.

    Examples:
        >> Level[f[a, g[b]], {-1}]
        = {a, b}
        >> Level[f[a, g[b]], 2]
        = {a, b, g[b]}
    Options: "Heads":
        >> Level[f[a, g[b]], {-1}, Heads -> True]
        = {f, a, g, b}
    Possible issues:
        >> Level[f[a], x]
        = Level[f[a], x]
        message: Level::level
    """
    wanted = levels_of(levels)
    if wanted is None:
        raise Message("level", levels)
    found = [part for _, part in walk(term, wanted, heads=options["Heads"] is TRUE)]
    return to_list(found) if head is None else Expression(head, tuple(found))


@builtin("Length", category="Lists")
def length(kernel: Kernel, term: Term) -> Term:
    """Length[expr] gives the number of elements of a list or association, or of arguments of an expression.

    Examples:
        >> Length[{a, b, c}]
        = 3
        >> Length[<|"x" -> 1|>]
        = 1
        >> Length[5]
        = 0
    """
    return size(term) or 0


@builtin("Depth", category="Expressions")
def depth(kernel: Kernel, term: Term) -> Term:
    """Depth[expr] gives one more than the deepest level of expr.

    Examples:
        >> Depth[{{a}, b}]
        = 3
        >> Depth[5]
        = 1
    """
    return depth_of(term)


def depth_of(term: Term) -> int:
    """Gives `Depth[term]`."""
    deepest = 1
    stack = [(term, 1)]
    while stack:
        item, found = stack.pop()
        if type(item) is np.ndarray:
            found += item.ndim
        elif size(item) is not None:
            found += 1
            stack.extend((part, found) for part in items(item))
        deepest = max(deepest, found)
    return deepest


@builtin("LeafCount", category="Expressions")
def leaf_count(kernel: Kernel, term: Term) -> Term:
    """LeafCount[expr] gives how many atoms expr is made of, heads included.

    Examples:
        >> LeafCount[f[a, g[b]]]
        = 4
        >> LeafCount[{1, 2}]
        = 3
        >> {LeafCount[1/2], LeafCount[1 + I]}
        = {3, 3}
    """
    count, stack = 0, [term]
    while stack:
        item = stack.pop()
        if type(item) is np.ndarray:
            count += sum(accumulate(item.shape, mul, initial=1))
        elif type(item) is Expression:
            stack.append(item.head)
            stack.extend(item.args)
        elif type(item) is Association:
            count += 1
            stack.extend(item.rules())
        else:
            count += 3 if type(item) in (Fraction, complex) else 1
    return count
