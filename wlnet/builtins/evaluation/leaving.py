"""Ways out of an evaluation: Break, Continue, Return, Throw and Catch, Abort; CheckAll, which meets all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from wlnet.builtins.evaluation.matchers import matcher
from wlnet.kernel import Abort, Break, Continue, Goto, Kernel, ReturnValue, Throw, builtin, constant
from wlnet.kernel.control import ControlFlow
from wlnet.terms import NULL, Expression, S, Symbol, Term, is_number
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
        >> Block[{x = 1}, Return[x, Block]; 2]
        = 1
    """
    if head is not None and type(head) is not Symbol:
        return None
    raise ReturnValue(value, head)


@builtin("Goto", category="Control")
def goto(kernel: Kernel, tag: Term) -> Term:
    """Goto[tag] goes on after Label[tag], in the nearest sequence of steps a; b; … around it that has it.

    Examples:
        >> k = 1; Label[again]; k = 2 k; If[k < 50, Goto[again]]; k
        = 64
    Possible issues:
        >> Goto[nowhere]
        = Hold[Goto[nowhere]]
        message: Goto::nolabel
    """
    raise Goto(tag)


@constant("Label", category="Control", attributes=flags.HOLD_FIRST)
def label() -> None:
    """Label[tag] is the step of a; b; … to which Goto[tag] goes.

    Examples:
        >> Goto[end]; x = 1; Label[end]; x
        = x
    """


@builtin("Throw", category="Control")
def throw(kernel: Kernel, value: Term, tag: Term = None, function: Term = None) -> Term:
    """Throw[value] leaves all evaluations up to the nearest Catch, which gives value.
    Throw[value, tag] leaves them up to a Catch whose form matches tag.
    Throw[value, tag, f] gives f[value, tag] where there is no such Catch.

    Examples:
        >> Catch[Do[If[i^2 > 10, Throw[i]], {i, 9}]]
        = 4
        >> Catch[Throw[1, stop]; 2, stop]
        = 1
        >> Throw[1, stop, f]; 2
        = f[1, stop]
    """
    raise Throw(value, tag, function)


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
    if kernel.state.get(PROTECTED):
        kernel.state[ABORTED] = True
        return NULL
    raise Abort


#: How many AbortProtect there are around an evaluation, and whether an Abort waits for their end.
PROTECTED, ABORTED = "protected from Abort", "Abort waits"


@contextmanager
def protected(kernel: Kernel, depth: int) -> Iterator[None]:
    """Sets how many AbortProtect there are, for a while."""
    before = kernel.state.get(PROTECTED, 0)
    kernel.state[PROTECTED] = depth
    try:
        yield
    finally:
        kernel.state[PROTECTED] = before


#: What leaves an evaluation → function that gives the expression which left it.
LEFT_BY: dict[type[ControlFlow], Callable[[Any], Term]] = {
    Abort: lambda left: Expression(S.Abort, ()),
    Break: lambda left: Expression(S.Break, ()),
    Continue: lambda left: Expression(S.Continue, ()),
    Goto: lambda left: Expression(S.Goto, (left.tag,)),
    ReturnValue: lambda left: Expression(S.Return, given(left.value, left.head)),
    Throw: lambda left: Expression(S.Throw, given(left.value, left.tag, left.function)),
}


def given(*args: Term | None) -> tuple[Term, ...]:
    return tuple(arg for arg in args if arg is not None)


@builtin("CheckAll", category="Control", attributes=flags.HOLD_FIRST)
def check_all(kernel: Kernel, term: Term, function: Term) -> Term:
    """CheckAll[expr, f] gives f[value of expr, HoldComplete[]].
    Where a Throw, Return, Break, Continue, Goto or Abort leaves expr, it gives f[Null, HoldComplete[Throw[…]]], and so on.

    Details: ReleaseHold of the second argument goes on with leaving. No page describes it; this is what programs rely on.

    Examples:
        >> CheckAll[1 + 1, f]
        = f[2, HoldComplete[]]
        >> CheckAll[Throw[1, tag]; 2, f]
        = f[Null, HoldComplete[Throw[1, tag]]]
        >> Catch[CheckAll[Throw[a], (done = True; ReleaseHold[#2]) &]; b]
        = a
        >> done
        = True
    """
    try:
        return Expression(function, (kernel.evaluate(term), Expression(S.HoldComplete, ())))
    except tuple(LEFT_BY) as left:
        return Expression(function, (NULL, Expression(S.HoldComplete, (LEFT_BY[type(left)](left),))))


@builtin("AbortProtect", category="Control", attributes=flags.HOLD_FIRST)
def abort_protect(kernel: Kernel, term: Term) -> Term:
    """AbortProtect[expr] gives expr; an Abort[] in it waits until expr is finished.

    Details:
        A CheckAbort in expr meets the Abort[] in it at once. Ctrl-C does not wait.

    Examples:
        >> {CheckAbort[AbortProtect[Abort[]; x = 7], stopped], x}
        = {stopped, 7}
        >> AbortProtect[CheckAbort[Abort[]; 1, 2]]
        = 2
    """
    depth = kernel.state.get(PROTECTED, 0)
    try:
        with protected(kernel, depth + 1):
            value = kernel.evaluate(term)
    finally:
        waits = not depth and kernel.state.pop(ABORTED, False)
    if waits:
        raise Abort
    return value


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
        with protected(kernel, 0):
            return kernel.evaluate(term)
    except Abort:
        return otherwise


@builtin("WithCleanup", category="Control", attributes=flags.HOLD_ALL)
def with_cleanup(kernel: Kernel, first: Term, second: Term, third: Term = None) -> Term:
    """WithCleanup[expr, cleanup] gives expr, and evaluates cleanup afterward, however expr is left.
    WithCleanup[start, expr, cleanup] evaluates start before.

    Examples:
        >> {Catch[WithCleanup[Throw[1], done = True]], done}
        = {1, True}
        >> {CheckAbort[WithCleanup[open = 1, Abort[], open = 0], stopped], open}
        = {stopped, 0}
    """
    term, cleanup = (first, second) if third is None else (second, third)
    if third is not None:
        kernel.evaluate(first)
    try:
        return kernel.evaluate(term)
    finally:
        kernel.evaluate(cleanup)


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
