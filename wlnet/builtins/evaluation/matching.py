"""Questions about patterns: MatchQ, Cases, Count, Position and their kin."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from wlnet.builtins.evaluation.matchers import matcher, rules_from
from wlnet.builtins.evaluation.rules import LEVEL, level_argument
from wlnet.builtins.lists.choosing import choose, items, size
from wlnet.builtins.lists.levels import INFINITE, Levels, walk
from wlnet.builtins.lists.parts import REMOVED, change_part, headless
from wlnet.kernel import Kernel, builtin
from wlnet.patterns import NO_MATCH, is_rule, replace
from wlnet.terms import FALSE, TRUE, Expression, S, Term, list_of, to_list, truth
from wlnet.terms import attributes as flags

FIRST = Levels(1, 1)
EVERYWHERE = Levels(0, INFINITE)


def limit_of(term: Term) -> int | None:
    """Gives how many results are wanted; None for all of them."""
    return term if type(term) is int and term >= 0 else None


@builtin("MatchQ", category="Patterns", curried="first")
def match_q(kernel: Kernel, term: Term, pattern: Term) -> Term:
    """MatchQ[expr, pattern] tells whether expr matches a pattern.
    MatchQ[pattern] is an operator form.

    Examples:
        >> MatchQ[{1, 2}, {_Integer, _}]
        = True
        >> MatchQ[f[a], g[_]]
        = False
        >> MatchQ[_String]["text"]
        = True
    """
    return truth(matcher(kernel, pattern)(term))


@builtin("FreeQ", category="Patterns", curried="first", options={"Heads": TRUE}, messages={"level": LEVEL})
def free_q(kernel: Kernel, term: Term, pattern: Term, spec: Term = S.All, *, options: dict[str, Term]) -> Term:
    """FreeQ[expr, pattern] tells whether no part of expr, heads included, matches a pattern.
    FreeQ[expr, pattern, levelspec] looks at these levels only.

    Examples:
        >> FreeQ[x^2 + 1, x]
        = False
        >> FreeQ[{1, 2}, _Symbol?(# === y &)]
        = True
    Options: "Heads":
        >> {FreeQ[f[x], f], FreeQ[f[x], f, Heads -> False]}
        = {False, True}
    Possible issues:
        >> FreeQ[x, y, z]
        = FreeQ[x, y, z]
        message: FreeQ::level
    """
    matches = matcher(kernel, pattern)
    levels = EVERYWHERE if spec is S.All else level_argument(spec)
    return truth(not any(matches(part) for _, part in walk(term, levels, heads=options["Heads"] is TRUE)))


@builtin("MemberQ", category="Patterns", curried="first", messages={"level": LEVEL})
def member_q(kernel: Kernel, term: Term, pattern: Term, spec: Term = 1) -> Term:
    """MemberQ[list, pattern] tells whether an element of list matches a pattern.
    MemberQ[list, pattern, levelspec] looks at the parts at these levels.

    Examples:
        >> MemberQ[{1, x, 3}, x]
        = True
        >> MemberQ[{1, {x}}, x]
        = False
        >> MemberQ[{1, {x}}, x, Infinity]
        = True
    Possible issues:
        >> MemberQ[{x}, x, y]
        = MemberQ[{x}, x, y]
        message: MemberQ::level
    """
    matches = matcher(kernel, pattern)
    if type(spec) is int and spec == 1:
        return truth(any(map(matches, items(term))))
    return truth(any(matches(part) for _, part in walk(term, level_argument(spec))))


def found_cases(kernel: Kernel, term: Term, wanted: Term, levels: Levels, heads: bool) -> Iterator[Term]:
    """Yields the parts that match a pattern, or what a rule makes of those that match its left side."""
    parts: Iterator[Term] = (part for _, part in walk(term, levels, heads=heads))
    if levels == FIRST and not heads:
        parts = iter(items(term))
    compiled = rules_from(wanted) if is_rule(wanted) else None
    if compiled is None:
        yield from filter(matcher(kernel, wanted), parts)
        return
    for part in parts:
        result = replace(part, compiled, kernel)
        if result is not NO_MATCH:
            yield result


@builtin(
    "Cases",
    category="Patterns",
    curried="first",
    options={"Heads": FALSE},
    messages={"level": LEVEL},
)
def cases(kernel: Kernel, term: Term, pattern: Term, *more: Term, options: dict[str, Term]) -> Term | None:
    """Cases[list, pattern] gives the elements that match a pattern.
    Cases[list, pattern -> rhs] gives what the rule makes of them.
    Cases[expr, pattern, levelspec] looks at these levels; a fourth argument n stops after n results.

    Examples:
        >> Cases[{1, x, 2.5, "s"}, _Integer | _Real]
        = {1, 2.5}
        >> Cases[{f[1], g[2], f[3]}, f[n_] :> n^2]
        = {1, 9}
        >> Cases[{1, {2, {3}}}, _Integer, Infinity, 2]
        = {1, 2}
        >> Cases[_Integer][{a, 4}]
        = {4}
    Options: "Heads":
        >> Cases[f[x], _Symbol, Infinity, Heads -> True]
        = {f, x}
    Possible issues:
        >> Cases[{a}, a, b]
        = Cases[{a}, a, b]
        message: Cases::level
    """
    return _cases(kernel, term, pattern, more, options)


def _cases(kernel: Kernel, term: Term, pattern: Term, more: tuple[Term, ...], options: dict[str, Term]) -> Term | None:
    if len(more) > 2:
        return None
    levels = level_argument(more[0]) if more else FIRST
    found = found_cases(kernel, term, pattern, levels, options["Heads"] is TRUE)
    return to_list(islice(found, limit_of(more[1]) if len(more) > 1 else None))


@builtin("FirstCase", category="Patterns", curried="first", attributes=flags.HOLD_REST, options={"Heads": FALSE})
def first_case(
    kernel: Kernel,
    term: Term,
    pattern: Term,
    default: Term = Expression(S.Missing, ("NotFound",)),
    spec: Term = 1,
    *,
    options: dict[str, Term],
) -> Term:
    """FirstCase[list, pattern] gives the first element that matches, or Missing["NotFound"].
    FirstCase[list, pattern -> rhs, default, levelspec] also takes a rule, another default and levels.

    Examples:
        >> FirstCase[{a, 1, 2}, _Integer]
        = 1
        >> FirstCase[{a}, _Integer]
        = Missing["NotFound"]
        >> FirstCase[{f[1]}, f[x_] :> x + 1, none]
        = 2
    Options: "Heads":
        >> FirstCase[f[x], _Symbol, none, All, Heads -> True]
        = f
    """
    levels = level_argument(kernel.evaluate(spec))
    found = found_cases(kernel, term, kernel.evaluate(pattern), levels, options["Heads"] is TRUE)
    return next(found, default)


@builtin("Count", category="Patterns", curried="first", options={"Heads": FALSE}, messages={"level": LEVEL})
def count(kernel: Kernel, term: Term, pattern: Term, spec: Term = 1, *, options: dict[str, Term]) -> Term:
    """Count[list, pattern] gives how many elements match a pattern.
    Count[expr, pattern, levelspec] counts the parts at these levels.

    Examples:
        >> Count[{1, x, 2}, _Integer]
        = 2
        >> Count[{1, {2}}, _Integer, Infinity]
        = 2
    Options: "Heads":
        >> Count[f[f], f, 1, Heads -> True]
        = 2
    Possible issues:
        >> Count[{a}, a, b]
        = Count[{a}, a, b]
        message: Count::level
    """
    found = walk(term, level_argument(spec), heads=options["Heads"] is TRUE)
    matches = matcher(kernel, pattern)
    return sum(1 for _, part in found if matches(part))


def found_places(kernel: Kernel, term: Term, pattern: Term, spec: Term, heads: bool) -> Iterator[Term]:
    matches = matcher(kernel, pattern)
    levels = EVERYWHERE if spec is S.All else level_argument(spec)
    return (to_list(place) for place, part in walk(term, levels, heads=heads) if matches(part))


@builtin("Position", category="Patterns", curried="first", options={"Heads": TRUE}, messages={"level": LEVEL})
def position(
    kernel: Kernel, term: Term, pattern: Term, spec: Term = S.All, limit: Term = S.Infinity, *, options: dict[str, Term]
) -> Term:
    """Position[expr, pattern] gives the positions of the parts that match a pattern.
    Position[expr, pattern, levelspec, n] gives the first n on these levels.

    Examples:
        >> Position[{a, b, {a}}, a]
        = {{1}, {3, 1}}
        >> Position[{a, b, {a}}, a, {1}]
        = {{1}}
        >> Position[<|"k" -> 1|>, 1]
        = {{Key["k"]}}
    Options: "Heads":
        >> Position[f[f], f, Heads -> False]
        = {{1}}
    Possible issues:
        >> Position[{a}, a, b]
        = Position[{a}, a, b]
        message: Position::level
    """
    return list_of(*islice(found_places(kernel, term, pattern, spec, options["Heads"] is TRUE), limit_of(limit)))


@builtin("FirstPosition", category="Patterns", curried="first", attributes=flags.HOLD_REST, options={"Heads": TRUE})
def first_position(
    kernel: Kernel,
    term: Term,
    pattern: Term,
    default: Term = Expression(S.Missing, ("NotFound",)),
    spec: Term = S.All,
    *,
    options: dict[str, Term],
) -> Term:
    """FirstPosition[expr, pattern] gives the position of the first part that matches, or Missing["NotFound"].
    FirstPosition[expr, pattern, default, levelspec] gives a default of one's own.

    Examples:
        >> FirstPosition[{a, b, c}, b]
        = {2}
        >> FirstPosition[{a}, z]
        = Missing["NotFound"]
    Options: "Heads":
        >> FirstPosition[f[f], f, none, Heads -> False]
        = {1}
    """
    heads = options["Heads"] is TRUE
    return next(found_places(kernel, term, kernel.evaluate(pattern), kernel.evaluate(spec), heads), default)


@builtin("DeleteCases", category="Patterns", curried="first", options={"Heads": FALSE}, messages={"level": LEVEL})
def delete_cases(
    kernel: Kernel, term: Term, pattern: Term, spec: Term = 1, limit: Term = S.Infinity, *, options: dict[str, Term]
) -> Term:
    """DeleteCases[list, pattern] gives list without the elements that match a pattern.
    DeleteCases[expr, pattern, levelspec, n] deletes the first n on these levels.

    Examples:
        >> DeleteCases[{1, a, 2, b}, _Integer]
        = {a, b}
        >> DeleteCases[{1, {1, a}}, 1, {2}]
        = {1, {a}}
        >> DeleteCases[<|"x" -> 1, "y" -> 2|>, 1]
        = <|"y" -> 2|>
    Options: "Heads":
        >> DeleteCases[f[g[a]], g, Infinity, Heads -> True]
        = f[a]
        >> DeleteCases[g[f][x] :> g[y + y], g, Infinity, Heads -> True]
        = f[x] :> y + y
    Possible issues:
        >> DeleteCases[{a}, a, b]
        = DeleteCases[{a}, a, b]
        message: DeleteCases::level
    """
    matches, levels = matcher(kernel, pattern), level_argument(spec)
    most, heads = limit_of(limit), options["Heads"] is TRUE
    if levels == FIRST and not heads and most is None:
        if size(term) is None:
            return term
        return choose(term, [index for index, part in enumerate(items(term)) if not matches(part)])
    places = (place for place, part in walk(term, levels, heads=heads) if place and matches(part))
    for place in reversed(list(islice(places, most))):
        term = _without(term, place)
    return term


def _without(term: Term, place: tuple[Term, ...]) -> Term:
    if place[-1] == 0 and type(place[-1]) is int:
        return change_part(term, place[:-1], headless)
    return change_part(term, place, lambda old: REMOVED)
