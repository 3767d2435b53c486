"""Time and what the system is: AbsoluteTiming, SessionTime."""

from __future__ import annotations

import time
from collections.abc import Callable

from wlnet.kernel import Kernel, builtin
from wlnet.terms import Term, list_of
from wlnet.terms import attributes as flags

STARTED = time.perf_counter()
#: How long RepeatedTiming repeats, in seconds, unless told otherwise.
REPEAT_FOR, LONGEST = 1.0, 3600.0


def timed(kernel: Kernel, term: Term, clock: Callable[[], float]) -> Term:
    """Gives `{seconds, value}`."""
    start = clock()
    value = kernel.evaluate(term)
    return list_of(clock() - start, value)


@builtin("AbsoluteTiming", category="Time", attributes=flags.HOLD_ALL)
def absolute_timing(kernel: Kernel, term: Term) -> Term:
    """AbsoluteTiming[expr] gives the seconds that the evaluation of expr took, and its value.

    Examples:
        >> AbsoluteTiming[1 + 1][[2]]
        = 2
    """
    return timed(kernel, term, time.perf_counter)


@builtin("Timing", category="Time", attributes=flags.HOLD_ALL)
def timing(kernel: Kernel, term: Term) -> Term:
    """Timing[expr] gives the seconds of processor time that the evaluation of expr took, and its value.

    Examples:
        >> Timing[1 + 1][[2]]
        = 2
    """
    return timed(kernel, term, time.process_time)


@builtin("RepeatedTiming", category="Time", attributes=flags.HOLD_FIRST)
def repeated_timing(kernel: Kernel, term: Term, seconds: Term = REPEAT_FOR) -> Term | None:
    """RepeatedTiming[expr] evaluates expr again and again and gives the average time of one evaluation, and the value.
    RepeatedTiming[expr, t] does so for about t seconds.

    Examples:
        >> RepeatedTiming[1 + 1, 0.01][[2]]
        = 2
    """
    if type(seconds) not in (int, float) or not 0 <= seconds <= LONGEST:
        return None
    end = time.perf_counter() + seconds
    times = []
    while True:
        took, value = timed(kernel, term, time.perf_counter).args
        times.append(took)
        if time.perf_counter() >= end:
            # The middle half: the first runs and interruptions by others do not count.
            quarter = len(times) // 4
            middle = sorted(times)[quarter : len(times) - quarter]
            return list_of(sum(middle) / len(middle), value)


@builtin("SessionTime", category="Time")
def session_time(kernel: Kernel) -> Term:
    """SessionTime[] gives the seconds since the start.

    Examples:
        >> SessionTime[] > 0
        = True
    """
    return time.perf_counter() - STARTED
