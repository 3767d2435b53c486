"""Nearest, NearestTo, and the functions of one set of points that they give."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wlnet.builtins.arrays.nearest_points import MESSAGES, OF_VECTORS, PROPERTIES, NearestFunction, Wanted, rows_of
from wlnet.builtins.numbers.numerical import (
    INFINITY,
    as_list,
    dimensions,
    is_array,
    machine_real,
)
from wlnet.kernel import Kernel, Message, applies, builtin, constant, operator_form
from wlnet.terms import (
    Association,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_head,
    same,
    to_list,
)

OPTIONS: dict[str, Term] = {"DistanceFunction": S.Automatic}


def parts_of(data: Term) -> tuple[tuple[Term, ...], tuple[Term, ...], Term] | None:
    """Gives points, their values and the properties wanted; None for what has no points."""
    if type(data) is Association:
        return tuple(data.values()), tuple(data.keys()), "Value"
    if is_head(data, S.Rule, 2):
        points, given = data.args
        if not is_array(points) and type(points) is not Association:
            return None
        items = elements(as_list(points))
        if is_array(given) and elements(given) and not all(name in PROPERTIES for name in texts(given)):
            values = elements(as_list(given))
            return (items, values, "Value") if len(values) == len(items) else None
        wanted = {S.Automatic: "Index", S.All: to_list(("Element", "Index", "Distance"))}.get(given, given)
        if not texts(wanted) or not all(name in PROPERTIES for name in texts(wanted)):
            raise Message("property", given, text=MESSAGES["property"])
        return items, items, wanted
    if not is_array(data):
        return None
    items = elements(as_list(data))
    if items and all(is_head(item, S.Rule, 2) for item in items):
        return tuple(item.args[0] for item in items), tuple(item.args[1] for item in items), "Value"
    return items, items, "Element"


def texts(term: Term) -> tuple[str, ...]:
    """Gives a text, or the elements of a list, as texts; "" for what is none."""
    items = elements(term) if is_array(term) and type(term) is Expression else (term,)
    return tuple(item if type(item) is str else "" for item in items)


def finder_of(kernel: Kernel, data: Term, distance: Term) -> NearestFunction:
    """Gives the finder of points; raises Message."""
    parts = parts_of(data)
    if parts is None:
        raise Message("data", data, text=MESSAGES["data"])
    points, values, wanted = parts
    rule = () if distance is S.Automatic else (expression("Rule", S.DistanceFunction, distance),)
    call = Expression(S.NearestFunction, (data, *rule))
    if distance is S.Automatic:
        distance = S.EditDistance if points and all(type(point) is str for point in points) else S.EuclideanDistance
    is_known = type(distance) is Symbol and distance in OF_VECTORS
    return NearestFunction(call, points, values, wanted, distance, rows_of(kernel, points) if is_known else None)


def wanted_of(kernel: Kernel, given: Term) -> Wanted:
    """Gives what a number of points, All or {number, radius} means; raises Message."""
    parts = elements(given) if is_array(given) and len(elements(as_list(given))) == 2 else (given,)
    count, radius = parts[0], np.inf if len(parts) == 1 else machine_real(kernel, parts[1])
    if is_head(count, S.UpTo, 1):
        count = count.args[0]
    is_count = type(count) is int and count > 0
    if radius is None or not (is_count or count is S.All or count is S.Automatic or same(count, INFINITY)):
        raise Message("count", given, text=MESSAGES["count"])
    return Wanted(count if is_count else None if count is S.Automatic else np.inf, radius)


def found_by(kernel: Kernel, finder: NearestFunction, x: Term, count: Term = S.Automatic) -> Term:
    """Gives the nearest points of x, or of each of a list of x."""
    wanted = wanted_of(kernel, count)
    depth = len(dimensions(x)) if is_array(x) else 0
    if depth > finder.rank and finder.points:
        return to_list(finder.find(kernel, each, wanted) for each in elements(as_list(x)))
    return finder.find(kernel, x, wanted)


@constant("DistanceFunction", category="Symbols")
def distance_function() -> None:
    """DistanceFunction is an option of Nearest, FindClusters and others: the function that tells how far two things are apart.

    Examples:
        >> Nearest[{1, 4, 6}, 3, DistanceFunction -> (Mod[#1 - #2, 5] &)]
        = {4}
    """


@builtin("Nearest", category="Statistics", options=OPTIONS, messages=MESSAGES, takes_rules=True)
def nearest(
    kernel: Kernel, data: Term, x: Term = None, count: Term = S.Automatic, *, options: Mapping[str, Term]
) -> Term | None:
    """Nearest[list, x] gives the elements of a list that are nearest to x.
    Nearest[list, x, n] gives the n nearest, All of them, or those of {n, r} within the radius r.
    Nearest[{e1 -> v1, …}, x] and Nearest[{e1, …} -> {v1, …}, x] give the v of the nearest e; of an association, the keys.
    Nearest[list -> "property", x] gives "Index", "Distance" or "Element" of the nearest, or a list of these.
    Nearest[list, {x1, x2, …}] does so for each x.
    Nearest[list] gives a NearestFunction, to be applied to x, or to x and n.

    Details: Numbers and vectors are compared by EuclideanDistance, texts by EditDistance. Elements that are equally near
    come in their order. -> Automatic is -> "Index", -> All is {"Element", "Index", "Distance"}.

    Examples:
        >> {Nearest[{1, 4, 6}, 5.2], Nearest[{1, 4, 6}, 5], Nearest[{1, 4, 6}][0]}
        = {{6}, {4, 6}, {1}}
        >> Nearest[{{0, 0}, {1, 1}} -> {"a", "b"}, {0.9, 0.8}]
        = {"b"}
        >> {Nearest[{1, 5, 2}, 0, 2], Nearest[{1, 5, 2}, 0, {2, 1}], Nearest[{1, 5, 2}, 0, {All, 4}]}
        = {{1, 2}, {1}, {1, 2}}
        >> {Nearest[{"cat", "dog"}, "cut"], Nearest[{1, 4, 6}, {0, 7}], Nearest[{{0, 0}, {1, 1}}, {{0.9, 0.8}, {0, 0}}]}
        = {{"cat"}, {{1}, {6}}, {{{1, 1}}, {{0, 0}}}}
        >> {Nearest[{1, 4, 6} -> "Index", 5], Nearest[{1, 4, 6} -> {"Element", "Distance"}, 7, 2], Nearest[<|a -> 1, b -> 4|>, 3]}
        = {{2, 3}, {{6, 1}, {4, 3}}, {b}}
    Options: DistanceFunction:
        >> Nearest[{{0, 3}, {2, 2}}, {0, 0}, DistanceFunction -> ManhattanDistance]
        = {{0, 3}}
        >> Nearest[{1, 4, 6}, 3, DistanceFunction -> (Mod[#1 - #2, 5] &)]
        = {4}
    Possible issues:
        >> Nearest[5, 1]
        message: Nearest::data
        = Nearest[5, 1]
        >> Nearest[{1, 2}, 1, 0.5]
        message: Nearest::count
        = Nearest[{1, 2}, 1, 0.5]
        >> Nearest[{1, 2}, x]
        message: Nearest::distance
        = Nearest[{1, 2}, x]
        >> Nearest[{1, 2} -> "Color", 1]
        message: Nearest::property
        = Nearest[{1, 2} -> "Color", 1]
    """
    finder = finder_of(kernel, data, options["DistanceFunction"])
    return finder if x is None else found_by(kernel, finder, x, count)


@builtin(
    "NearestFunction", category="Statistics", options=OPTIONS, messages={"data": MESSAGES["data"]}, takes_rules=True
)
def nearest_function(kernel: Kernel, data: Term, *, options: Mapping[str, Term]) -> Term | None:
    """NearestFunction[data] is what Nearest[data] gives: a function that finds the nearest points fast, again and again.

    Details: f[x], f[x, n] and f[x, {n, r}] are as in Nearest, a list of points gives a list of results.

    Examples:
        >> f = Nearest[{{0, 0}, {3, 4}, {6, 8}}]
        printed: NearestFunction[3 points]
        >> {f[{1, 1}], f[{3, 3}, 2], f[{{1, 1}, {5, 9}}]}
        = {{{0, 0}}, {{3, 4}, {0, 0}}, {{{0, 0}}, {{6, 8}}}}
    Options: DistanceFunction:
        >> NearestFunction[{{1, 1}, {9, 0}}, DistanceFunction -> CosineDistance][{5, 1}]
        = {{9, 0}}
    Possible issues:
        >> NearestFunction[5]
        message: NearestFunction::data
        = NearestFunction[5]
    """
    return finder_of(kernel, data, options["DistanceFunction"])


@applies(NearestFunction)
def apply_finder(kernel: Kernel, finder: NearestFunction, args: tuple[Term, ...]) -> Term | None:
    """Gives what is nearest to a point."""
    return found_by(kernel, finder, *args) if 1 <= len(args) <= 2 else None


@builtin("NearestTo", category="Statistics", options=OPTIONS)
def nearest_to(kernel: Kernel, x: Term, count: Term = S.Automatic, *, options: Mapping[str, Term]) -> Term | None:
    """NearestTo[x] is the function that finds what is nearest to x in a list.
    NearestTo[x, n] finds the n nearest, NearestTo[x, {n, r}] those within the radius r.

    Examples:
        >> {NearestTo[5][{1, 4, 6}], NearestTo[5, 1][{1, 4, 6}]}
        = {{4, 6}, {4}}
    Options: DistanceFunction:
        >> NearestTo[{0, 0}, DistanceFunction -> ManhattanDistance][{{0, 3}, {2, 2}}]
        = {{0, 3}}
    """
    return None


@operator_form("NearestTo")
def find_in(kernel: Kernel, head: Term, args: tuple[Term, ...]) -> Term | None:
    """Gives what is nearest in a list."""
    rules = tuple(arg for arg in head.args if is_head(arg, S.Rule, 2))
    return Expression(S.Nearest, (args[0], *head.args)) if len(args) == 1 and len(rules) < len(head.args) else None
