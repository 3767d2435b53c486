"""Decisions and loops: If, Which, Switch, CompoundExpression, While, For."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

from wlnet.builtins.evaluation.compiled.loops import quick_loop
from wlnet.builtins.evaluation.matchers import matcher
from wlnet.kernel import Break, Continue, Goto, Kernel, ReturnValue, builtin
from wlnet.terms import FALSE, NULL, TRUE, Expression, S, Symbol, Term, is_head, list_of, same
from wlnet.terms import attributes as flags


@builtin("If", category="Control", attributes=flags.HOLD_REST)
def if_(kernel: Kernel, test: Term, yes: Term, no: Term = NULL, otherwise: Term = None) -> Term | None:
    """If[test, yes, no] gives yes if test is True, and no if it is False; only that one is evaluated.
    If[test, yes] gives Null if test is False.
    If[test, yes, no, otherwise] gives otherwise if test is neither.

    Examples:
        >> If[1 < 2, a, b]
        = a
        >> If[x, a, b]
        = If[x, a, b]
        >> If[x, a, b, c]
        = c
    """
    if test is TRUE:
        return yes
    return no if test is FALSE else otherwise


@builtin("Piecewise", category="Control", attributes=flags.HOLD_ALL)
def piecewise(kernel: Kernel, cases: Term, default: Term = 0) -> Term | None:
    """Piecewise[{{value1, test1}, {value2, test2}, …}] gives the value of the first test that is True, 0 if none is.
    Piecewise[cases, default] gives another default.

    Examples:
        >> Piecewise[{{a, 1 > 2}, {b, 2 > 1}}]
        = b
        >> Piecewise[{{a, 1 > 2}}, c]
        = c
        >> Piecewise[{{1, x > 0}, {2, 1 > 2}}]
        = Piecewise[{{1, x > 0}}, 0]
    """
    cases = cases if is_head(cases, S.List) else kernel.evaluate(cases)
    if not is_head(cases, S.List) or not all(is_head(case, S.List, 2) for case in cases.args):
        return None
    left: list[Term] = []
    for case in cases.args:
        test = kernel.evaluate(case.args[1])
        if test is FALSE:
            continue
        if test is TRUE and not left:
            return case.args[0]
        left.append(list_of(kernel.evaluate(case.args[0]), test))
        if test is TRUE:
            break
    if not left:
        return default
    made = Expression(S.Piecewise, (list_of(*left), kernel.evaluate(default)))
    return None if same(made, Expression(S.Piecewise, (cases, default))) else made


@builtin("Which", category="Control", attributes=flags.HOLD_ALL, messages={"argctu": "Which needs pairs of arguments."})
def which(kernel: Kernel, *args: Term) -> Term | None:
    """Which[test1, value1, test2, value2, …] gives the value that follows the first test that is True.

    Examples:
        >> Which[1 > 2, a, 2 > 1, b, True, c]
        = b
        >> Which[False, a]
        = Null
        >> Which[False, a, x, b]
        = Which[x, b]
    Possible issues:
        >> Which[True]
        = Which[True]
        message: Which::argctu
    """
    if len(args) % 2:
        kernel.message("Which", "argctu")
        return None
    for place in range(0, len(args), 2):
        test = kernel.evaluate(args[place])
        if test is TRUE:
            return args[place + 1]
        if test is not FALSE:
            if place == 0 and same(test, args[0]):
                return None
            return Expression(S.Which, (test, *args[place + 1 :]))
    return NULL


@builtin(
    "Switch", category="Control", attributes=flags.HOLD_REST, messages={"argct": "Switch needs pairs of arguments."}
)
def switch(kernel: Kernel, term: Term, *cases: Term) -> Term | None:
    """Switch[expr, pattern1, value1, pattern2, value2, …] gives the value after the first pattern that expr matches.

    Examples:
        >> Switch[3, _String, "text", _Integer, "number", _, "else"]
        = "number"
        >> Switch[x, 1, a]
        = Switch[x, 1, a]
    Possible issues:
        >> Switch[x, 1]
        = Switch[x, 1]
        message: Switch::argct
    """
    if len(cases) % 2:
        kernel.message("Switch", "argct")
        return None
    for pattern, value in zip(cases[::2], cases[1::2], strict=True):
        if matcher(kernel, kernel.evaluate(pattern))(term):
            return value
    return None


@builtin("CompoundExpression", category="Control", attributes=flags.HOLD_ALL)
def compound_expression(kernel: Kernel, *steps: Term) -> Term:
    """CompoundExpression[a, b, …] or a; b; … evaluates one after the other and gives the last.

    Examples:
        >> x = 2; y = 3; x y
        = 6
        >> 1;
        = Null
    """
    if not steps:
        return NULL
    if any(type(step) is Expression and step.head is LABEL for step in steps):
        return with_labels(kernel, steps)
    evaluate = kernel.evaluate
    for step in steps[:-1]:
        evaluate(step)
    return steps[-1]


LABEL = S.Label


def with_labels(kernel: Kernel, steps: tuple[Term, ...]) -> Term:
    """Evaluates steps, some of which are labels, and goes on after one of these where Goto says so."""
    labels = [(step.args[0], place) for place, step in enumerate(steps, 1) if is_head(step, LABEL, 1)]
    at, value = 0, NULL
    while at < len(steps):
        try:
            value = kernel.evaluate(steps[at])
            at += 1
        except Goto as going:
            found = next((place for tag, place in labels if same(tag, going.tag)), None)
            if found is None:
                raise
            at, value = found, NULL
    return value


def looped(kernel: Kernel, head: Symbol, test: Term, step: Term, body: Term) -> Term:
    """Evaluates body and then step as long as test is True; Return gives its value, all else Null."""
    evaluate = kernel.evaluate
    try:
        for turn in count(1):
            if quick_loop(kernel, test, body, step, turn) or evaluate(test) is not TRUE:
                break
            with suppress(Continue):
                evaluate(body)
            evaluate(step)
    except Break:
        return NULL
    except ReturnValue as returned:
        if returned.head not in (None, head):
            raise
        return returned.value
    return NULL


@builtin("While", category="Control", attributes=flags.HOLD_ALL)
def while_(kernel: Kernel, test: Term, body: Term = NULL) -> Term:
    """While[test, body] evaluates body again and again as long as test is True.

    Examples:
        >> n = 1; While[n < 50, n = 2 n]; n
        = 64
        >> n = 0; While[True, If[n > 3, Break[]]; n++]; n
        = 4
    """
    return looped(kernel, S.While, test, NULL, body)


@builtin("For", category="Control", attributes=flags.HOLD_ALL)
def for_(kernel: Kernel, start: Term, test: Term, step: Term, body: Term = NULL) -> Term:
    """For[start, test, step, body] evaluates start, and then body and step as long as test is True.

    Examples:
        >> s = 0; For[k = 1, k <= 4, k++, s = s + k]; s
        = 10
    """
    kernel.evaluate(start)
    return looped(kernel, S.For, test, step, body)
