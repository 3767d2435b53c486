"""Ways out of an evaluation: Break, Continue, Return, Throw and Catch, Abort."""

from __future__ import annotations

import time

from wlnet.builtins.evaluation.matchers import matcher
from wlnet.kernel import Abort, Break, Continue, Kernel, ReturnValue, Throw, builtin
from wlnet.terms import NULL, Expression, Symbol, Term, is_number
from wlnet.terms import attributes as flags


@builtin("Break", category="Control")
def break_(kernel: Kernel) -> Term:
    """Break[] leaves the nearest Do, For or While.

    Examples:
        >> Do[If[i == 3, Break[]]; last = i, {i, 9}]; last
        = 2
    """
    raise Break


@builtin("Continue", category="Control")
def continue_(kernel: Kernel) -> Term:
    """Continue[] goes on with the next step of the nearest Do, For or While.

    Examples:
        >> s = 0; Do[If[EvenQ[i], Continue[]]; s = s + i, {i, 5}]; s
        = 9
    """
    raise Continue


@builtin("Return", category="Control")
def return_(kernel: Kernel, value: Term = NULL, head: Term = None) -> Term | None:
    """Return[expr] leaves the function or loop being evaluated, which then gives expr.
    Return[expr, h] leaves the nearest evaluation of h.

    Examples:
        >> f[x_] := (If[x > 5, Return[big]]; small); {f[9], f[1]}
        = {big, small}
        >> Do[If[i > 3, Return[i]], {i, 9}]
        = 4
    """
    if head is not None and type(head) is not Symbol:
        return None
    raise ReturnValue(value, head)


@builtin("Throw", category="Control")
def throw(kernel: Kernel, value: Term, tag: Term = None) -> Term:
    """Throw[value] leaves all evaluations up to the nearest Catch, which gives value.
    Throw[value, tag] leaves them up to a Catch whose form matches tag.

    Examples:
        >> Catch[Do[If[i^2 > 10, Throw[i]], {i, 9}]]
        = 4
        >> Catch[Throw[1, stop]; 2, stop]
        = 1
    """
    raise Throw(value, tag)


@builtin("Catch", category="Control", attributes=flags.HOLD_FIRST)
def catch(kernel: Kernel, term: Term, form: Term = None, function: Term = None) -> Term:
    """Catch[expr] gives the value of the first Throw[value] evaluated within expr, or the value of expr.
    Catch[expr, form] catches Throw[value, tag] if tag matches form.
    Catch[expr, form, f] then gives f[value, tag].

    Examples:
        >> Catch[1 + Throw[7]]
        = 7
        >> Catch[1 + 1]
        = 2
        >> Catch[Catch[Throw[a, one], two]; b, one]
        = a
        >> Catch[Throw[1, "t"], _String, f]
        = f[1, "t"]
    """
    try:
        return kernel.evaluate(term)
    except Throw as thrown:
        if form is None:
            if thrown.tag is not None:
                raise
            return thrown.value
        if thrown.tag is None or not matcher(kernel, form)(thrown.tag):
            raise
        return thrown.value if function is None else Expression(function, (thrown.value, thrown.tag))


@builtin("Abort", category="Control")
def abort(kernel: Kernel) -> Term:
    """Abort[] ends the whole evaluation, which gives $Aborted.

    Examples:
        >> CheckAbort[1 + Abort[], stopped]
        = stopped
    """
    raise Abort


@builtin("CheckAbort", category="Control", attributes=flags.HOLD_ALL)
def check_abort(kernel: Kernel, term: Term, otherwise: Term) -> Term:
    """CheckAbort[expr, otherwise] gives expr, or otherwise if its evaluation was aborted.

    Examples:
        >> CheckAbort[Abort[]; 1, 2]
        = 2
        >> CheckAbort[1, 2]
        = 1
    """
    try:
        return kernel.evaluate(term)
    except Abort:
        return otherwise


LONGEST_PAUSE = 1e6


@builtin("Pause", category="Control")
def pause(kernel: Kernel, seconds: Term) -> Term | None:
    """Pause[n] waits for n seconds.

    Examples:
        >> Pause[0.001]
        = Null
    """
    if not is_number(seconds) or type(seconds) is complex or not 0 <= seconds < LONGEST_PAUSE:
        return None
    time.sleep(float(seconds))
    return NULL
