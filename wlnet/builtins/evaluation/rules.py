"""Rules and what applies them: ReplaceAll, Replace and their kin."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from wlnet.builtins.evaluation.matchers import Rules, rules_from
from wlnet.builtins.lists.choosing import rules_of
from wlnet.builtins.lists.levels import Levels, levels_of, map_levels
from wlnet.builtins.lists.parts import change_part, paths
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.patterns import NO_MATCH, compile_pattern, is_rule, replace, replace_all, replace_repeated
from wlnet.terms import FALSE, TRUE, S, Term, elements, is_list, list_of
from wlnet.terms import attributes as flags
from wlnet.terms.expression import rule as rule_of

REPS = "`1` is neither a list of replacement rules nor a valid dispatch table, and so cannot be used for replacing."
LEVEL = "Level specification `1` is not of the form n, {n}, or {m, n}."
WHOLE = Levels(0, 0)


def applied(kernel: Kernel, term: Term, rules: Term, use: Callable[[Rules], Term]) -> Term:
    """Gives `use(rules)`; for a list of lists of rules, the list of what each gives. Raises `reps`."""
    rows = elements(rules) if is_list(rules) else ()
    if rows and all(map(is_list, rows)):
        return list_of(*(applied(kernel, term, row, use) for row in rows))
    compiled = rules_from(rules)
    if compiled is None:
        raise Message("reps", rules)
    return use(compiled)


def level_argument(spec: Term) -> Levels:
    """Gives the levels of an argument; raises `level`."""
    found = levels_of(spec)
    if found is None:
        raise Message("level", spec, text=LEVEL)
    return found


@builtin("Rule", category="Rules", attributes=flags.SEQUENCE_HOLD)
def rule(kernel: Kernel, *args: Term) -> None:
    """Rule[lhs, rhs] or lhs -> rhs is a rule that replaces lhs by rhs, which is evaluated at once.

    Examples:
        >> x + 1 /. x -> 2
        = 3
        >> a -> 1 + 1
        = a -> 2
    """


@builtin("RuleDelayed", category="Rules", attributes=flags.HOLD_REST | flags.SEQUENCE_HOLD)
def rule_delayed(kernel: Kernel, *args: Term) -> None:
    """RuleDelayed[lhs, rhs] or lhs :> rhs is a rule whose right side is evaluated only when the rule is used.

    Examples:
        >> {1, 2} /. n_Integer :> n^2
        = {1, 4}
        >> a :> 1 + 1
        = a :> 1 + 1
    """


@builtin("ReplaceAll", category="Rules", curried="first", messages={"reps": REPS})
def replace_all_(kernel: Kernel, term: Term, rules: Term) -> Term:
    """ReplaceAll[expr, rules] or expr /. rules applies rules to each part of expr, the largest parts first.
    ReplaceAll[rules] is an operator form.

    Examples:
        >> {x, f[x]} /. x -> 3
        = {3, f[3]}
        >> {1, 2, 3} /. {1 -> a, n_ /; n > 2 :> b}
        = {a, 2, b}
        >> x /. {{x -> 1}, {x -> 2}}
        = {1, 2}
        >> f[x] /. <|x -> y|>
        = f[y]
    Possible issues:
        >> x /. y
        = x /. y
        message: ReplaceAll::reps
    """
    return applied(kernel, term, rules, lambda compiled: replace_all(term, compiled, kernel))


@builtin(
    "ReplaceRepeated",
    category="Rules",
    curried="first",
    options={"MaxIterations": 65536},
    messages={"reps": REPS, "rrlim": "Exiting after `1` scanned `2` times."},
)
def replace_repeated_(kernel: Kernel, term: Term, rules: Term, *, options: dict[str, Term]) -> Term:
    """ReplaceRepeated[expr, rules] or expr //. rules applies rules until nothing changes.

    Examples:
        >> f[f[f[x]]] //. f[y_] :> y
        = x
    Options: "MaxIterations":
        >> ReplaceRepeated[f[1], f[n_] :> f[n + 1], MaxIterations -> 3]
        = f[4]
        message: ReplaceRepeated::rrlim
    Possible issues:
        >> x //. y
        = x //. y
        message: ReplaceRepeated::reps
    """
    given = options["MaxIterations"]
    limit = given if type(given) is int and given >= 0 else 65536

    def use(compiled: Rules) -> Term:
        found, at_rest = replace_repeated(term, compiled, kernel, limit, kernel.evaluate)
        if not at_rest:
            kernel.message("ReplaceRepeated", "rrlim", term, limit)
        return found

    return applied(kernel, term, rules, use)


@builtin(
    "Replace",
    category="Rules",
    curried="first",
    options={"Heads": FALSE},
    messages={"reps": REPS, "level": LEVEL},
)
def replace_(kernel: Kernel, term: Term, rules: Term, *spec: Term, options: dict[str, Term]) -> Term | None:
    """Replace[expr, rules] applies rules to the whole of expr.
    Replace[expr, rules, levelspec] applies them to the parts at these levels.

    Examples:
        >> Replace[x, x -> 1]
        = 1
        >> Replace[{x, {x}}, x -> 1, {1}]
        = {1, {x}}
        >> Replace[{x, {x}}, x -> 1, All]
        = {1, {1}}
        >> Replace[{x}, x -> 1]
        = {x}
    Options: "Heads":
        >> Replace[x[x], x -> 1, All, Heads -> True]
        = 1[1]
    Possible issues:
        >> Replace[x, y]
        = Replace[x, y]
        message: Replace::reps
        >> Replace[x, x -> 1, a]
        = Replace[x, x -> 1, a]
        message: Replace::level
    """
    if len(spec) > 1:
        return None
    levels = level_argument(spec[0]) if spec else WHOLE
    heads = options["Heads"] is TRUE

    def use(compiled: Rules) -> Term:
        def change(part: Term, _: tuple[Term, ...]) -> Term:
            found = replace(part, compiled, kernel)
            return part if found is NO_MATCH else found

        return map_levels(change, term, levels, heads=heads)

    return applied(kernel, term, rules, use)


@builtin("ReplacePart", category="Rules", curried="first", messages={"reps": REPS})
def replace_part(kernel: Kernel, term: Term, rules: Term, position: Term = None) -> Term:
    """ReplacePart[expr, i -> new] gives expr with part i replaced.
    ReplacePart[expr, {i, j, …} -> new] replaces the part at a position.
    ReplacePart[expr, {pos1 -> new1, …}] replaces several; a position may be a pattern.
    ReplacePart[expr, new, pos] puts new at a position, or at several ones {pos1, …}.

    Examples:
        >> ReplacePart[{a, b, c}, 2 -> x]
        = {a, x, c}
        >> ReplacePart[{{a, b}, {c, d}}, {2, 1} -> x]
        = {{a, b}, {x, d}}
        >> ReplacePart[{a, b, c}, {1 -> x, -1 -> y}]
        = {x, b, y}
        >> ReplacePart[{a, b, c, d}, n_?EvenQ :> n^2]
        = {a, 4, c, 16}
        >> ReplacePart[<|"k" -> 1|>, "k" -> 2]
        = <|"k" -> 2|>
        >> ReplacePart[{a}, 5 -> x]
        = {a}
        >> {ReplacePart[{a, b, c}, x, 2], ReplacePart[{a, b, c}, x, {{1}, {-1}}]}
        = {{a, x, c}, {x, b, x}}
    Possible issues:
        >> ReplacePart[{a}, x]
        = ReplacePart[{a}, x]
        message: ReplacePart::reps
    """
    if position is not None:
        rules = rule_of(position, rules)
    pairs = rules_of(rules)
    if pairs is None:
        raise Message("reps", rules)
    given = [rules] if is_rule(rules) else list(elements(rules)) if is_list(rules) else list(rules.rules())
    plain = [row for row in given if is_rule(row) and compile_pattern(row.args[0]).node.literal]
    if len(plain) < len(given):
        return _replaced_by_pattern(kernel, term, rules)
    for position, new in reversed(pairs):
        for path in paths(position):
            with suppress(Message):  # a part that is not there is not replaced
                term = change_part(term, path, lambda old, new=new: new)  # type: ignore[misc]
    return term


def _replaced_by_pattern(kernel: Kernel, term: Term, rules: Term) -> Term:
    compiled = rules_from(rules) or ()

    def change(part: Term, place: tuple[Term, ...]) -> Term:
        positions = (place[0], list_of(*place)) if len(place) == 1 else (list_of(*place),)
        for position in positions:
            found = replace(position, compiled, kernel)
            if found is not NO_MATCH:
                return found
        return part

    return map_levels(change, term, Levels(1, -1))


@builtin("ReplaceList", category="Rules", curried="first", messages={"reps": REPS})
def replace_list(kernel: Kernel, term: Term, rules: Term, limit: Term = S.Infinity) -> Term:
    """ReplaceList[expr, rules] gives the results of all ways in which the rules apply to the whole of expr.
    ReplaceList[expr, rules, n] gives at most n of them.

    Examples:
        >> ReplaceList[{a, b, c}, {x__, y__} :> {{x}, {y}}]
        = {{{a}, {b, c}}, {{a, b}, {c}}}
        >> ReplaceList[{a, b, c}, {___, x_, ___} :> x, 2]
        = {a, b}
    Possible issues:
        >> ReplaceList[a, b]
        = ReplaceList[a, b]
        message: ReplaceList::reps
    """

    def use(compiled: Rules) -> Term:
        found: list[Term] = []
        for rule in compiled:
            for result in rule.results(term, kernel):
                if type(limit) is int and len(found) >= limit:
                    return list_of(*found)
                found.append(result)
        return list_of(*found)

    return applied(kernel, term, rules, use)


@builtin("Dispatch", category="Rules")
def dispatch(kernel: Kernel, rules: Term) -> None:
    """Dispatch[rules] stands for the rules, prepared for quick use.

    Examples:
        >> {a, b} /. Dispatch[{a -> 1, b -> 2}]
        = {1, 2}
    """


@constant("Heads", category="Rules")
def heads() -> None:
    """Heads is an option of Cases, Position, Replace and others: whether heads of expressions count as parts.

    Examples:
        >> Position[x[y], x, Heads -> True]
        = {{0}}
    """


@constant("MaxIterations", category="Rules")
def max_iterations() -> None:
    """MaxIterations is an option that says how many steps may be done at most.

    Examples:
        >> ReplaceRepeated[f[9], f[n_] :> n, MaxIterations -> 5]
        = 9
    """


__all__ = ["LEVEL", "REPS", "applied", "level_argument"]
