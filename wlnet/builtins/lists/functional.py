"""Functions applied to parts: Map and its family, Apply, Scan."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

from wlnet.builtins.evaluation.compiled.loops import caller, quick_calls, quick_rows
from wlnet.builtins.lists.choosing import calls, items, rebuild, size
from wlnet.builtins.lists.levels import Levels, levels_of, map_levels, steps, walk
from wlnet.builtins.lists.parts import change_part, paths
from wlnet.kernel import Kernel, Message, ReturnValue, builtin
from wlnet.kernel.applying import by_compound_head
from wlnet.terms import (
    FALSE,
    NONE,
    NULL,
    TRUE,
    Association,
    Expression,
    NumericArray,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    list_of,
    pack,
    to_list,
)
from wlnet.terms import attributes as flags
from wlnet.terms.sparse import SparseArray

UNEQUAL = "Objects of unequal length in `1` cannot be combined."
LEVEL = "Level specification `1` is not of the form n, {n}, or {m, n}."


def required_levels(spec: Term) -> Levels:
    """Gives the levels of a specification; raises `level` where it is none."""
    found = levels_of(spec)
    if found is None:
        raise Message("level", spec)
    return found


def is_held(kernel: Kernel, term: Term) -> bool:
    """Tells whether the head of a term holds its arguments, so that nothing inside may be evaluated."""
    if type(term) is not Expression or type(term.head) is not Symbol:
        return False
    return bool(kernel.attributes(term.head) & (flags.HOLD_ALL | flags.HOLD_ALL_COMPLETE))


def applied(kernel: Kernel, function: Term, term: Term, count: int = 1) -> Callable[..., Term]:
    """Gives what applies a function to so many parts of a term: at once, or only written down where the term is held."""
    if is_held(kernel, term):
        return lambda *args: Expression(function, args)
    return caller(kernel, function, count, size(term) or 0)


@builtin("Map", category="Functional programming", options={"Heads": FALSE}, messages={"level": LEVEL}, curried="last")
def map_(kernel: Kernel, function: Term, term: Term, levels: Term = None, *, options: dict[str, Term]) -> Term:
    """Map[f, expr] or f /@ expr applies f to each element of expr, and to each value of an association.
    Map[f, expr, levels] applies f to the parts at these levels.

    Examples:
        >> Map[f, {a, b}]
        = {f[a], f[b]}
        >> #^2 & /@ {1, 2, 3}
        = {1, 4, 9}
        >> Map[f, <|"x" -> 1|>]
        = <|"x" -> f[1]|>
        >> Map[f, {{a}, {b}}, {2}]
        = {{f[a]}, {f[b]}}
    Options: "Heads":
        >> Map[f, g[a], Heads -> True]
        = f[g][f[a]]
    Possible issues:
        >> Map[f, {a}, x]
        = Map[f, {a}, x]
        message: Map::level
    """
    heads = options["Heads"] is TRUE
    if levels is None and not heads:
        return _map_elements(kernel, function, term)
    wanted = Levels(1, 1) if levels is None else required_levels(levels)
    apply = applied(kernel, function, term)
    return map_levels(lambda part, place: apply(part), term, wanted, heads=heads)


def _map_elements(kernel: Kernel, function: Term, term: Term) -> Term:
    if type(term) is Association:
        return term.map_values(calls(kernel, function, term.values()))
    if type(term) is NumericArray:
        term = pack(term.array)
    if size(term) is None:
        return term
    if not is_list(term):
        return Expression(term.head, tuple(Expression(function, (item,)) for item in term.args))
    given = elements(term)
    values = quick_calls(kernel, function, given)
    return begun(values, (Expression(function, (item,)) for item in given[len(values) :]))


def begun(values: list[Term], rest: Iterable[Term]) -> Term:
    """Gives the list of values and of what is still to be evaluated; packed where there is nothing left to do."""
    left = tuple(rest)
    return Expression(S.List, (*values, *left)) if left else to_list(values)


def list_of_calls(kernel: Kernel, function: Term, rows: Sequence[tuple[Term, ...]]) -> Term:
    """Gives the list of `function[a, b, …]` for rows of arguments, the first of them as values."""
    values = quick_rows(kernel, function, rows)
    return begun(values, (Expression(function, row) for row in rows[len(values) :]))


@builtin("MapApply", category="Functional programming", curried="last")
def map_apply(kernel: Kernel, function: Term, term: Term) -> Term:
    """MapApply[f, {{a, b}, …}] or f @@@ {{a, b}, …} gives {f[a, b], …}.

    Examples:
        >> f @@@ {{1, 2}, {3}}
        = {f[1, 2], f[3]}
        >> MapApply[f, <|"k" -> {1, 2}|>]
        = <|"k" -> f[1, 2]|>
    """
    if type(term) is Association:
        return term.map_values([kernel.evaluate(headed(function, value)) for value in term.values()])
    if size(term) is None:
        return term
    given = items(term)
    if not is_list(term):
        head = term.head if type(term) is Expression else S.List
        return Expression(head, tuple(headed(function, item) for item in given))
    values = quick_rows(kernel, function, [items(item) for item in itertools.takewhile(is_list, given)])
    return begun(values, (headed(function, item) for item in given[len(values) :]))


def headed(function: Term, term: Term) -> Term:
    """Gives the term with another head; an atom as it is."""
    return term if size(term) is None else Expression(function, items(term))


@builtin("Apply", category="Functional programming", messages={"level": LEVEL}, curried="last")
def apply_(kernel: Kernel, function: Term, term: Term, levels: Term = None) -> Term:
    """Apply[f, expr] or f @@ expr puts f in place of the head of expr; of an association it takes the values.
    Apply[f, expr, levels] does so with the parts at these levels.

    Examples:
        >> Plus @@ {1, 2, 3}
        = 6
        >> Apply[f, <|"x" -> 1, "y" -> 2|>]
        = f[1, 2]
        >> Apply[f, {{a, b}, {c}}, {1}]
        = {f[a, b], f[c]}
    Possible issues:
        >> Apply[f, {a}, x]
        = Apply[f, {a}, x]
        message: Apply::level
    """
    if levels is None:
        return headed(function, term)
    wanted = required_levels(levels)
    if is_held(kernel, term):
        return map_levels(lambda part, place: headed(function, part), term, wanted)
    return map_levels(lambda part, place: kernel.evaluate(headed(function, part)), term, wanted)


@builtin("MapIndexed", category="Functional programming", messages={"level": LEVEL}, curried="last")
def map_indexed(kernel: Kernel, function: Term, term: Term, levels: Term = None) -> Term:
    """MapIndexed[f, expr] applies f to each element and its position: f[element, {i}].
    MapIndexed[f, expr, levels] does so with the parts at these levels.

    Details: The position of a value of an association is {Key[key]}.

    Examples:
        >> MapIndexed[f, {a, b}]
        = {f[a, {1}], f[b, {2}]}
        >> MapIndexed[f, <|"x" -> 5|>]
        = <|"x" -> f[5, {Key["x"]}]|>
        >> MapIndexed[f, {{a}, {b}}, {2}]
        = {{f[a, {1, 1}]}, {f[b, {2, 1}]}}
    Possible issues:
        >> MapIndexed[f, {a}, x]
        = MapIndexed[f, {a}, x]
        message: MapIndexed::level
    """
    wanted = Levels(1, 1) if levels is None else required_levels(levels)
    if wanted == Levels(1, 1) and size(term):
        apply = applied(kernel, function, term, 2)
        return rebuild(term, [apply(item, list_of(step)) for item, step in zip(items(term), steps(term), strict=True)])
    apply = applied(kernel, function, term)
    return map_levels(lambda part, place: apply(part, list_of(*place)), term, wanted)


@builtin("MapAt", category="Functional programming")
def map_at(kernel: Kernel, function: Term, term: Term = None, position: Term = None) -> Term | None:
    """MapAt[f, expr, n] applies f to the n-th element of expr; MapAt[f, assoc, key] to the value of a key.
    MapAt[f, expr, {i, j, …}] applies f to the part at a position, with All and i;;j as in Part.
    MapAt[f, expr, {{i1, …}, {i2, …}, …}] applies f at several positions.

    Examples:
        >> MapAt[f, {a, b, c}, 2]
        = {a, f[b], c}
        >> MapAt[f, {{a, b}, {c, d}}, {All, 1}]
        = {{f[a], b}, {f[c], d}}
        >> MapAt[f, {a, b, c}, {{1}, {-1}}]
        = {f[a], b, f[c]}
        >> MapAt[f, <|"x" -> 1|>, "x"]
        = <|"x" -> f[1]|>
        >> MapAt[f, -1][{a, b}]
        = {a, f[b]}
    """
    if term is None or position is None:
        return None
    apply = applied(kernel, function, term)
    for specs in paths(position):
        term = change_part(term, specs, apply)
    return term


@builtin("Scan", category="Functional programming", messages={"level": LEVEL}, curried="last")
def scan(kernel: Kernel, function: Term, term: Term, levels: Term = None) -> Term:
    """Scan[f, expr] evaluates f for each element of expr and gives Null, or what a Return in f says.
    Scan[f, expr, levels] does so for the parts at these levels.

    Examples:
        >> s = 0; Scan[(s = s + #) &, {1, 2, 3}]; s
        = 6
        >> Scan[If[# > 2, Return[#]] &, {1, 3, 5}]
        = 3
    Possible issues:
        >> Scan[f, {a}, x]
        = Scan[f, {a}, x]
        message: Scan::level
    """
    found = items(term) if levels is None else [item for _, item in walk(term, required_levels(levels))]
    try:
        for item in found:
            _apply_without_leaving(kernel, Expression(function, (item,)))
    except ReturnValue as returned:
        if returned.head not in (None, S.Scan):
            raise
        return returned.value
    return NULL


def _apply_without_leaving(kernel: Kernel, call: Expression) -> None:
    """Evaluates f[x]; a Return in a pure function f leaves what the call stands in."""
    body = by_compound_head(kernel, call) if is_head(call.head, S.Function) else None
    kernel.evaluate(call if body is None else body)


SEQUENCE = "The arguments to thread over are expected as All, None, n, {n} or {m, n} instead of `1`."


@builtin("Thread", category="Functional programming", messages={"tdlen": UNEQUAL, "seqs": SEQUENCE})
def thread(kernel: Kernel, term: Term, head: Term = S.List, wanted: Term = S.All) -> Term:
    """Thread[f[lists]] applies f to corresponding elements of the lists; other arguments are repeated.
    Thread[f[args], h] threads over arguments with head h.
    Thread[f[args], h, n] threads over the first n arguments, those at {n}, or from {m, n}.

    Examples:
        >> Thread[f[{a, b}, {c, d}]]
        = {f[a, c], f[b, d]}
        >> Thread[{a, b} -> x]
        = {a -> x, b -> x}
        >> Thread[f[{a, b}, {c, d}], List, 1]
        = {f[a, {c, d}], f[b, {c, d}]}
    Possible issues:
        >> Thread[f[{a, b}, {c}]]
        = f[{a, b}, {c}]
        message: Thread::tdlen
        >> Thread[f[{a}], List, x]
        = Thread[f[{a}], List, x]
        message: Thread::seqs
    """
    if type(term) is not Expression:
        return term

    places = set(chosen_places(wanted, len(term.args)))

    def threads(at: int, arg: Term) -> bool:
        fits = is_list(arg) if head is S.List else type(arg) is Expression and arg.head is head
        return fits and at in places

    lengths = {len(items(arg)) for at, arg in enumerate(term.args) if threads(at, arg)}
    if not lengths:
        return term
    if len(lengths) > 1:
        raise Message("tdlen", term, result=term)
    length = lengths.pop()
    columns = [items(arg) if threads(at, arg) else (arg,) * length for at, arg in enumerate(term.args)]
    return Expression(head, tuple(Expression(term.head, row) for row in zip(*columns, strict=True)))


def chosen_places(wanted: Term, count: int) -> range:
    """Gives the places that All, None, n, -n, {n}, {m, n} or {m, n, step} choose of so many, from 0."""
    if wanted is S.All or wanted is NONE:
        return range(count if wanted is S.All else 0)
    if type(wanted) is int:
        return range(count)[:wanted] if wanted >= 0 else range(count)[wanted:]
    ends = elements(wanted) if is_list(wanted) else ()
    if not 1 <= len(ends) <= 3 or not all(type(end) is int and end for end in ends):
        raise Message("seqs", wanted)
    first, last = ends[0], ends[min(len(ends) - 1, 1)]
    return range(count)[first - (first > 0) : (last + (last < 0)) or None : ends[2] if len(ends) > 2 else 1]


@builtin(
    "MapThread",
    category="Functional programming",
    messages={"mptc": "The lists in `1` have different lengths.", "list": "A list is expected instead of `1`."},
    curried="last",
)
def map_thread(kernel: Kernel, function: Term, rows: Term, level: Term = 1) -> Term | None:
    """MapThread[f, {{a1, a2, …}, {b1, b2, …}, …}] gives {f[a1, b1, …], f[a2, b2, …], …}.
    MapThread[f, lists, n] does so at level n.

    Examples:
        >> MapThread[f, {{a, b}, {c, d}}]
        = {f[a, c], f[b, d]}
        >> MapThread[f, {{{a, b}}, {{c, d}}}, 2]
        = {{f[a, c], f[b, d]}}
        >> MapThread[f, {<|"x" -> 1|>, <|"x" -> 2|>}]
        = <|"x" -> f[1, 2]|>
    Possible issues:
        >> MapThread[f, {{a, b}, {c}}]
        = MapThread[f, {{a, b}, {c}}]
        message: MapThread::mptc
        >> MapThread[f, {a}]
        = MapThread[f, {a}]
        message: MapThread::list
    """
    if type(level) is not int or level < 0 or not is_list(rows):
        return None
    return _map_rows(kernel, function, items(rows), level, rows)


def _map_rows(kernel: Kernel, function: Term, rows: tuple[Term, ...], level: int, given: Term) -> Term:
    if not rows:
        return Expression(S.List, ())
    if level == 0:
        return Expression(function, rows)
    rows = tuple(row.dense() if type(row) is SparseArray else row for row in rows)
    first = rows[0]
    if type(first) is Association:
        return _map_associations(kernel, function, rows, level, given)
    for row in rows:
        if not is_list(row):
            raise Message("list", row)
        if len(items(row)) != len(items(first)):
            raise Message("mptc", given)
    columns = list(zip(*map(items, rows), strict=True))
    if level == 1:
        return list_of_calls(kernel, function, columns)
    return Expression(S.List, tuple(_map_rows(kernel, function, column, level - 1, given) for column in columns))


def _map_associations(kernel: Kernel, function: Term, rows: tuple[Term, ...], level: int, given: Term) -> Term:
    first = rows[0]
    if any(type(row) is not Association or row.entries.keys() != first.entries.keys() for row in rows):
        raise Message("mptc", given)
    columns = (tuple(row.get(name) for row in rows) for name in first)
    return first.map_values(
        [kernel.evaluate(_map_rows(kernel, function, column, level - 1, given)) for column in columns]
    )
