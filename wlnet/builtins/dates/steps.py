"""Dates counted in steps of time: DatePlus, DateDifference, DateRange."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta

from wlnet.builtins.dates.moments import MESSAGES, like, moment
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import S, Term, elements, expression, is_head, is_list, is_number, list_of, to_list

NO_UNIT = '`1` is not a step of time; it is a number of days, {n, "unit"} or Quantity[n, "unit"] with one of: `2`.'
STEPPING = {**MESSAGES, "unit": NO_UNIT}
#: Unit → its length in seconds, or in months.
SECONDS = {"Second": 1, "Minute": 60, "Hour": 3600, "Day": 86400, "Week": 604800}
MONTHS = {"Month": 1, "Quarter": 3, "Year": 12, "Decade": 120, "Century": 1200}


def step_of(term: Term) -> tuple[float, str]:
    """Gives the number and the unit (in the singular) of a step of time; raises the message that says what is expected."""
    number, unit = term, "Day"
    if is_head(term, S.Quantity, 2) or (is_list(term) and len(elements(term)) == 2):
        number, unit = elements(term) if is_list(term) else term.args
        unit = unit[:-3] + "y" if type(unit) is str and unit.endswith("ies") else unit
        unit = unit.removesuffix("s") if type(unit) is str else unit
    if not is_number(number) or type(number) is complex or unit not in {**SECONDS, **MONTHS}:
        raise Message("unit", term, ", ".join([*SECONDS, *MONTHS]))
    return number, unit


def stepped(when: datetime, step: Term) -> datetime:
    """Gives a moment moved by a step, or by several in a list; the last day of a month stays within it."""
    if is_list(step) and all(is_list(each) or is_head(each, S.Quantity) for each in elements(step)):
        for each in elements(step):
            when = stepped(when, each)
        return when
    number, unit = step_of(step)
    try:
        if unit in SECONDS:
            return when + timedelta(seconds=float(number) * SECONDS[unit])
        months = when.year * 12 + when.month - 1 + int(number * MONTHS[unit])
        last = calendar.monthrange(months // 12, months % 12 + 1)[1]
        return when.replace(year=months // 12, month=months % 12 + 1, day=min(when.day, last))
    except (ValueError, OverflowError, IndexError):
        raise Message("date", step) from None


@builtin("DatePlus", category="Time", messages=STEPPING)
def date_plus(kernel: Kernel, date: Term, step: Term = 1) -> Term:
    """DatePlus[date, n] gives the date n days later.
    DatePlus[date, {n, "Month"}] and DatePlus[date, Quantity[n, "Months"]] take another unit; a list of steps takes them all.

    Examples:
        >> DatePlus[{2026, 12, 30}, 3]
        = {2027, 1, 2}
        >> DatePlus[DateObject[{2026, 1, 31}], {1, "Month"}]
        = DateObject[{2026, 2, 28}, "Day"]
        >> DatePlus[{2026, 1, 1}, {{1, "Year"}, {-1, "Week"}}]
        = {2026, 12, 25}
    Possible issues:
        >> DatePlus[{2026}, {1, "Blink"}]
        = DatePlus[{2026}, {1, "Blink"}]
        message: DatePlus::unit
        >> DatePlus[x, 1]
        = DatePlus[x, 1]
        message: DatePlus::date
    """
    return like(date, stepped(moment(date), step))


@builtin("DateDifference", category="Time", messages=STEPPING)
def date_difference(kernel: Kernel, first: Term, second: Term, unit: Term = "Day") -> Term:
    """DateDifference[date1, date2] gives the time from one date to another in days.
    DateDifference[date1, date2, "unit"] gives it in another unit.

    Examples:
        >> DateDifference[{2026, 11, 22}, {2026, 12, 25}]
        = Quantity[33, "Days"]
        >> {DateDifference[{2026, 1, 1}, {2026, 1, 15}, "Week"], DateDifference[{2024}, {2026, 7}, "Month"]}
        = {Quantity[2, "Weeks"], Quantity[30, "Months"]}
    Possible issues:
        >> DateDifference[{2026}, {2027}, "Blink"]
        = DateDifference[{2026}, {2027}, "Blink"]
        message: DateDifference::unit
        >> DateDifference[x, {2027}]
        = DateDifference[x, {2027}]
        message: DateDifference::date
    """
    start, end = moment(first), moment(second)
    _, name = step_of(list_of(1, unit))
    if name in SECONDS:
        count: float = (end - start).total_seconds() / SECONDS[name]
    else:
        count = ((end.year - start.year) * 12 + end.month - start.month) / MONTHS[name]
    plural = name[:-1] + "ies" if name.endswith("y") and name != "Day" else name + "s"
    return expression("Quantity", int(count) if count == int(count) else count, plural)


@builtin("DateRange", category="Time", messages={**STEPPING, "long": "There would be more than `1` dates."})
def date_range(kernel: Kernel, first: Term, last: Term, step: Term = 1) -> Term:
    """DateRange[date1, date2] gives the list of the days from one date to another.
    DateRange[date1, date2, step] takes another step, such as {1, "Month"}.

    Examples:
        >> DateRange[{2026, 1, 30}, {2026, 2, 1}]
        = {{2026, 1, 30}, {2026, 1, 31}, {2026, 2, 1}}
        >> Length[DateRange[{2026, 1, 1}, {2026, 12, 31}, {1, "Month"}]]
        = 12
    Possible issues:
        >> DateRange[{2026}, {2027}, {1, "Blink"}]
        = DateRange[{2026}, {2027}, {1, "Blink"}]
        message: DateRange::unit
        >> DateRange[x, {2027}]
        = DateRange[x, {2027}]
        message: DateRange::date
        >> DateRange[{1}, {9999}, {1, "Second"}]
        = DateRange[{1}, {9999}, {1, "Second"}]
        message: DateRange::long
    """
    start, end = moment(first), moment(last)
    number, unit = step_of(step)
    dates = [start]
    while number > 0 and dates[-1] <= end:
        if len(dates) > LONGEST:
            raise Message("long", LONGEST)
        dates.append(stepped(start, list_of(number * len(dates), unit)))
    return to_list([like(first, when) for when in dates if when <= end])


#: How many dates DateRange gives at most.
LONGEST = 100_000
