"""What keeps expressions unevaluated, and what lets them go again."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.evaluation.matchers import matcher
from wlnet.kernel import Kernel, builtin, constant, operator_form
from wlnet.terms import Association, Expression, S, Symbol, Term, elements, is_head
from wlnet.terms import attributes as flags

HOLDING = frozenset({S.Hold, S.HoldForm, S.HoldPattern, S.HoldComplete, S.Defer})


@constant("Hold", category="Evaluation", attributes=flags.HOLD_ALL)
def hold() -> None:
    """Hold[expr] keeps expr unevaluated.

    Examples:
        >> Hold[1 + 1]
        = Hold[1 + 1]
        >> Hold[Evaluate[1 + 1], 1 + 1]
        = Hold[2, 1 + 1]
    """


@constant("HoldForm", category="Evaluation", attributes=flags.HOLD_ALL)
def hold_form() -> None:
    """HoldForm[expr] keeps expr unevaluated and is not shown.

    Examples:
        >> ToString[HoldForm[1 + 1]]
        = "1 + 1"
    """


@constant("HoldComplete", category="Evaluation", attributes=flags.HOLD_ALL_COMPLETE)
def hold_complete() -> None:
    """HoldComplete[expr] keeps expr untouched, sequences and Evaluate included.

    Examples:
        >> HoldComplete[Evaluate[1 + 1], Sequence[a, b]]
        = HoldComplete[Evaluate[1 + 1], Sequence[a, b]]
    """


@constant("HoldPattern", category="Evaluation", attributes=flags.HOLD_ALL)
def hold_pattern() -> None:
    """HoldPattern[p] is the pattern p, unevaluated.

    Examples:
        >> Hold[1 + 1] /. HoldPattern[1 + 1] -> x
        = Hold[x]
    """


@constant("Defer", category="Evaluation", attributes=flags.HOLD_ALL)
def defer() -> None:
    """Defer[expr] is shown as expr, unevaluated.

    Examples:
        >> ToString[Defer[2 + 3]]
        = "2 + 3"
    """


@constant("Unevaluated", category="Evaluation", attributes=flags.HOLD_ALL_COMPLETE)
def unevaluated() -> None:
    """Unevaluated[expr] as an argument of a function gives it expr unevaluated.

    Examples:
        >> Length[Unevaluated[1 + 2 + 3]]
        = 3
        >> {Hold[#] &[Unevaluated[1 + 1]], f[a][x_] := Hold[x]; f[a][Unevaluated[1 + 1]]}
        = {Hold[1 + 1], Hold[1 + 1]}
        >> f[s[x_]] ^:= Hold[x]; f[Unevaluated[s[1 + 1]]]
        = Hold[1 + 1]
    """


@builtin("Evaluate", category="Evaluation")
def evaluate(kernel: Kernel, *args: Term) -> Term:
    """Evaluate[expr] is evaluated even where a function holds its arguments.

    Examples:
        >> Hold[Evaluate[1 + 2]]
        = Hold[3]
    """
    return args[0] if len(args) == 1 else Expression(S.Sequence, args)


@builtin("ReleaseHold", category="Evaluation")
def release_hold(kernel: Kernel, term: Term) -> Term:
    """ReleaseHold[expr] takes Hold, HoldForm, HoldPattern and HoldComplete away from expr and its parts.

    Examples:
        >> ReleaseHold[Hold[1 + 1]]
        = 2
        >> ReleaseHold[{Hold[1 + 2], x}]
        = {3, x}
    """
    return _released(term)


def _released(term: Term) -> Term:
    if type(term) is not Expression:
        return term
    if type(term.head) is Symbol and term.head in HOLDING:
        return term.args[0] if len(term.args) == 1 else Expression(S.Sequence, term.args)
    args = tuple(map(_released, term.args))
    changed = any(new is not old for new, old in zip(args, term.args, strict=True))
    return Expression(term.head, args) if changed else term


@constant("Sequence", category="Evaluation")
def sequence() -> None:
    """Sequence[a, b, …] as an argument stands for several arguments, or for none.
    Sequence[f][x] is f[x].

    Examples:
        >> f[Sequence[a, b], c]
        = f[a, b, c]
        >> {1, Sequence[], 2}
        = {1, 2}
        >> h[Plus][1, 2] /. h -> Sequence
        = 3
    """


@builtin("Nothing", category="Evaluation")
def nothing(kernel: Kernel, *args: Term) -> Term:
    """Nothing disappears from lists.
    Nothing[x, …] gives Nothing.

    Examples:
        >> {a, Nothing, b, Nothing[c]}
        = {a, b}
        >> {a, Sequence[Nothing, b]}
        = {a, b}
    """
    return S.Nothing


@constant("Splice", category="Evaluation")
def splice() -> None:
    """Splice[{a, b, …}] as an element of a list stands for several elements.

    Examples:
        >> {1, Splice[{a, b}], 2}
        = {1, a, b, 2}
    """


@builtin("Identity", category="Functions")
def identity(kernel: Kernel, term: Term) -> Term:
    """Identity[x] gives x.

    Examples:
        >> Map[Identity, {a, b}]
        = {a, b}
    """
    return term


def _composed(head: Symbol, functions: tuple[Term, ...]) -> Term | None:
    """Gives a composition without Identity and without compositions inside; None where there is none of these."""
    if not functions:
        return S.Identity
    flat: list[Term] = []
    for function in functions:
        flat += function.args if is_head(function, head) else [] if function is S.Identity else [function]
    if not flat:
        return S.Identity
    if len(flat) == 1:
        return flat[0]
    return None if tuple(flat) == functions else Expression(head, tuple(flat))


@builtin("Composition", category="Functions")
def composition(kernel: Kernel, *functions: Term) -> Term | None:
    """Composition[f, g, …] or f @* g is the function that applies g first and then f.

    Examples:
        >> (f @* g)[x]
        = f[g[x]]
        >> Composition[f, Identity]
        = f
    """
    return _composed(S.Composition, functions)


@builtin("RightComposition", category="Functions")
def right_composition(kernel: Kernel, *functions: Term) -> Term | None:
    """RightComposition[f, g, …] or f /* g is the function that applies f first and then g.

    Examples:
        >> (f /* g)[x, y]
        = g[f[x, y]]
    """
    return _composed(S.RightComposition, functions)


@operator_form("Composition")
def apply_composition(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term:
    """Gives `(f @* g)[args…]`."""
    *rest, first = head.args
    term = Expression(first, args)
    for function in reversed(rest):
        term = Expression(function, (term,))
    return term


@operator_form("RightComposition")
def apply_right_composition(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term:
    """Gives `(f /* g)[args…]`."""
    first, *rest = head.args
    term = Expression(first, args)
    for function in rest:
        term = Expression(function, (term,))
    return term


@constant("Inactive", category="Evaluation", attributes=flags.HOLD_FIRST)
def inactive() -> None:
    """Inactive[f] stands for f but does nothing.

    Examples:
        >> Inactive[Plus][1, 2]
        = Inactive[Plus][1, 2]
    """


@builtin("Activate", category="Evaluation")
def activate(kernel: Kernel, term: Term, pattern: Term = None) -> Term:
    """Activate[expr] puts f in place of each Inactive[f] in expr.
    Activate[expr, pattern] does so where f matches a pattern.

    Examples:
        >> Activate[Inactive[Plus][1, 2]]
        = 3
        >> Activate[Inactive[Plus][1, Inactive[Times][2, 3]], Times]
        = Inactive[Plus][1, 6]
    """
    return _activated(term, chooser(kernel, pattern))


def chooser(kernel: Kernel, pattern: Term) -> Callable[[Term], bool]:
    """Gives the test for what matches a pattern, or for anything where there is none."""
    return (lambda term: True) if pattern is None else matcher(kernel, pattern)


def _activated(term: Term, chosen: Callable[[Term], bool]) -> Term:
    if type(term) is Association:
        return term.with_values(_activated(value, chosen) for value in term.values())
    if type(term) is not Expression:
        return term
    if is_head(term, S.Inactive, 1) and chosen(term.args[0]):
        return term.args[0]
    return Expression(_activated(term.head, chosen), tuple(_activated(item, chosen) for item in elements(term)))


@builtin("Inactivate", category="Evaluation", attributes=flags.HOLD_FIRST)
def inactivate(kernel: Kernel, term: Term, pattern: Term = None) -> Term:
    """Inactivate[expr] puts Inactive[f] in place of each symbol f that is a head in expr.
    Inactivate[expr, pattern] does so for those that match a pattern.

    Examples:
        >> Inactivate[1 + 2]
        = Inactive[Plus][1, 2]
        >> Inactivate[{1 + 2, 3!}, Plus]
        = {Inactive[Plus][1, 2], 6}
    """
    return _inactivated(term, chooser(kernel, pattern))


def _inactivated(term: Term, chosen: Callable[[Term], bool]) -> Term:
    if type(term) is not Expression:
        return term
    head = term.head
    if type(head) is Symbol and head is not S.List and head is not S.Inactive and chosen(head):
        head = Expression(S.Inactive, (head,))
    return Expression(head, tuple(_inactivated(arg, chosen) for arg in term.args))
