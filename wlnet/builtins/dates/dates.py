"""Dates made of numbers and texts, and numbered: DateObject, AbsoluteTime, DateList and the like."""

from __future__ import annotations

import time
from datetime import datetime

from wlnet.builtins.dates.moments import EPOCH, GRANULARITIES, MESSAGES, date_object, granularity, moment, numbers_of
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import Expression, S, Term, elements, expression, is_list, is_number, list_of


@builtin("DateObject", category="Time", messages=MESSAGES)
def date_object_(kernel: Kernel, given: Term = None, exact: Term = None) -> Term | None:
    """DateObject[] gives the present moment.
    DateObject[{year, month, day, …}], DateObject["text"] and DateObject[seconds since 1900] give dates.

    Details: The second argument is how exact the date is: "Year", "Month", "Day", "Hour", "Minute" or "Instant". Times are local.

    Examples:
        >> DateObject["2026-11-22"]
        = DateObject[{2026, 11, 22}, "Day"]
        >> DateObject[{2026, 14, 1}]
        = DateObject[{2027, 2, 1}, "Day"]
        >> DateObject["22 Nov 2026"] == DateObject[{2026, 11, 22}]
        = True
        >> DateObject[{2026, 11, 22}]
        printed: Sun 22 Nov 2026
    Possible issues:
        >> DateObject["no date"]
        = DateObject["no date"]
        message: DateObject::date
    """
    if given is None:
        return date_object(datetime.now())
    if exact is not None and not (type(exact) is str and exact in GRANULARITIES):
        return None
    made = date_object(moment(given), granularity(given) if exact is None else exact)
    already = exact is not None and is_list(given) and elements(given) == elements(made.args[0])
    return None if already else made


@constant("Now", category="Time", value=Expression(S.DateObject, ()))
def now() -> None:
    """Now is the present moment as a DateObject.

    Examples:
        >> Head[Now]
        = DateObject
    """


def _day_from_today(days: int) -> Expression:
    return expression("DatePlus", expression("DateObject", Expression(S.DateObject, ()), "Day"), days)


@constant("Today", category="Time", value=_day_from_today(0))
def today() -> None:
    """Today is the present day as a DateObject.

    Examples:
        >> DateDifference[Today, Tomorrow]
        = Quantity[1, "Days"]
    """


@constant("Tomorrow", category="Time", value=_day_from_today(1))
def tomorrow() -> None:
    """Tomorrow is the next day as a DateObject.

    Examples:
        >> Tomorrow[[2]]
        = "Day"
    """


@constant("Yesterday", category="Time", value=_day_from_today(-1))
def yesterday() -> None:
    """Yesterday is the day before as a DateObject.

    Examples:
        >> DateDifference[Yesterday, Today]
        = Quantity[1, "Days"]
    """


@builtin("AbsoluteTime", category="Time", messages=MESSAGES)
def absolute_time(kernel: Kernel, date: Term = None) -> Term:
    """AbsoluteTime[] gives the seconds since the beginning of 1900.
    AbsoluteTime[date] gives those of a date.

    Examples:
        >> AbsoluteTime[] > 3*10^9
        = True
        >> AbsoluteTime[{1900, 1, 2}]
        = 86400.
    Possible issues:
        >> AbsoluteTime[x]
        = AbsoluteTime[x]
        message: AbsoluteTime::date
    """
    return ((datetime.now() if date is None else moment(date)) - EPOCH).total_seconds()


@builtin("UnixTime", category="Time", messages=MESSAGES)
def unix_time(kernel: Kernel, date: Term = None) -> Term:
    """UnixTime[] gives the seconds since the beginning of 1970 in universal time.
    UnixTime[date] gives those of a date.

    Examples:
        >> UnixTime[] > 10^9
        = True
        >> FromUnixTime[UnixTime[{2026, 11, 22, 8, 30, 0}]][[1, 4]]
        = 8
    Possible issues:
        >> UnixTime[x]
        = UnixTime[x]
        message: UnixTime::date
    """
    try:
        return int(time.time() if date is None else moment(date).timestamp())
    except (ValueError, OverflowError):
        raise Message("date", date) from None


@builtin("FromUnixTime", category="Time", messages=MESSAGES)
def from_unix_time(kernel: Kernel, seconds: Term) -> Term | None:
    """FromUnixTime[n] gives the date n seconds after the beginning of 1970 in universal time.

    Examples:
        >> UnixTime[FromUnixTime[1000000000]]
        = 1000000000
    Possible issues:
        >> FromUnixTime[10.^30]
        = FromUnixTime[1.*^30]
        message: FromUnixTime::date
    """
    if not is_number(seconds) or type(seconds) is complex:
        return None
    try:
        return date_object(datetime.fromtimestamp(float(seconds)))
    except (ValueError, OverflowError, OSError):
        raise Message("date", seconds) from None


@builtin("DateList", category="Time", messages=MESSAGES)
def date_list(kernel: Kernel, date: Term = None) -> Term:
    """DateList[] gives the present date and time as {year, month, day, hour, minute, second}.
    DateList[date] gives that of a date.

    Examples:
        >> Length[DateList[]]
        = 6
        >> DateList["2026-11-22 08:30"]
        = {2026, 11, 22, 8, 30, 0.}
    Possible issues:
        >> DateList["?"]
        = DateList["?"]
        message: DateList::date
    """
    return list_of(*numbers_of(datetime.now() if date is None else moment(date)))
