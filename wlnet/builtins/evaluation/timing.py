"""Time and what the system is: AbsoluteTiming, DateString, $Version and the like."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from wlnet.kernel import Kernel, builtin
from wlnet.terms import Term, elements, is_list, list_of
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


@builtin("AbsoluteTime", category="Time")
def absolute_time(kernel: Kernel) -> Term:
    """AbsoluteTime[] gives the seconds since the beginning of 1900.

    Examples:
        >> AbsoluteTime[] > 3*10^9
        = True
    """
    return (datetime.now() - datetime(1900, 1, 1)).total_seconds()


@builtin("UnixTime", category="Time")
def unix_time(kernel: Kernel) -> Term:
    """UnixTime[] gives the seconds since the beginning of 1970.

    Examples:
        >> UnixTime[] > 10^9
        = True
    """
    return int(time.time())


@builtin("DateList", category="Time")
def date_list(kernel: Kernel) -> Term:
    """DateList[] gives the present date and time as {year, month, day, hour, minute, second}.

    Examples:
        >> Length[DateList[]]
        = 6
    """
    now = datetime.now()
    return list_of(now.year, now.month, now.day, now.hour, now.minute, now.second + now.microsecond / 1e6)


#: Element of DateString → its format; what is no element stands for itself.
DATE_ELEMENTS = {
    "Year": "%Y", "YearShort": "%y", "Month": "%m", "MonthName": "%B", "MonthNameShort": "%b", "Day": "%d",
    "DayName": "%A", "DayNameShort": "%a", "Hour": "%H", "Hour24": "%H", "Hour12": "%I", "AMPM": "%p",
    "Minute": "%M", "Second": "%S", "ISODate": "%Y-%m-%d", "ISODateTime": "%Y-%m-%dT%H:%M:%S",
    "Date": "%a %d %b %Y", "Time": "%H:%M:%S", "DateTime": "%a %d %b %Y %H:%M:%S",
}  # fmt: skip


@builtin("DateString", category="Time")
def date_string(kernel: Kernel, given: Term = "DateTime") -> Term | None:
    """DateString[] gives the present date and time as a string.
    DateString["ISODate"] gives it in a form; DateString[{"Year", "-", "Month", …}] puts it together.

    Examples:
        >> StringLength[DateString["ISODate"]]
        = 10
        >> StringLength[DateString[{"Year", "/", "Month"}]]
        = 7
    """
    parts = elements(given) if is_list(given) else (given,)
    if not all(type(part) is str for part in parts):
        return None
    now = datetime.now()
    return "".join(_date_part(now, part) for part in parts)


def _date_part(now: datetime, part: str) -> str:
    if part == "Millisecond":
        return f"{now.microsecond // 1000:03d}"
    return now.strftime(DATE_ELEMENTS[part]) if part in DATE_ELEMENTS else part
