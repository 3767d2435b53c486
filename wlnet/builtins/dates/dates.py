"""Dates read, written and counted: DateObject, DateString, DatePlus, DateDifference and the like."""

from __future__ import annotations

import calendar
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from wlnet.builtins.dates.moments import (
    EPOCH,
    GRANULARITIES,
    NO_DATE,
    date_object,
    granularity,
    like,
    moment,
    numbers_of,
)
from wlnet.builtins.evaluation.forms import wraps
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import (
    Expression,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    is_number,
    list_of,
    symbol,
    to_list,
    truth,
)

NO_UNIT = '`1` is not a step of time; it is a number of days, {n, "unit"} or Quantity[n, "unit"] with one of: `2`.'
MESSAGES = {"date": NO_DATE}
STEPPING = {"date": NO_DATE, "unit": NO_UNIT}
#: Unit → its length in seconds, or in months.
SECONDS = {"Second": 1, "Minute": 60, "Hour": 3600, "Day": 86400, "Week": 604800}
MONTHS = {"Month": 1, "Quarter": 3, "Year": 12, "Decade": 120, "Century": 1200}
#: Element of DateString → its format; what is no element stands for itself.
ELEMENTS = {
    "Year": "%Y", "YearShort": "%y", "Month": "%m", "MonthName": "%B", "MonthNameShort": "%b", "Day": "%d",
    "DayName": "%A", "DayNameShort": "%a", "Hour": "%H", "Hour24": "%H", "Hour12": "%I", "AMPM": "%p",
    "Minute": "%M", "Second": "%S", "ISODate": "%Y-%m-%d", "ISODateTime": "%Y-%m-%dT%H:%M:%S",
    "Date": "%a %d %b %Y", "Time": "%H:%M:%S", "DateTime": "%a %d %b %Y %H:%M:%S",
    "MonthShort": "%m", "DayShort": "%d", "HourShort": "%H", "Hour24Short": "%H", "Hour12Short": "%I",
    "MinuteShort": "%M", "SecondShort": "%S",
}  # fmt: skip
#: Elements that are written without leading zeros.
UNPADDED = {"MonthShort", "DayShort", "HourShort", "Hour24Short", "Hour12Short", "MinuteShort", "SecondShort"}
VALUES: dict[str, Callable[[datetime], Term]] = {
    "Year": lambda when: when.year,
    "Quarter": lambda when: (when.month + 2) // 3,
    "Month": lambda when: when.month,
    "MonthName": lambda when: calendar.month_name[when.month],
    "Week": lambda when: when.isocalendar()[1],
    "Day": lambda when: when.day,
    "DayOfYear": lambda when: when.timetuple().tm_yday,
    "DayName": lambda when: calendar.day_name[when.weekday()],
    "Hour": lambda when: when.hour,
    "Minute": lambda when: when.minute,
    "Second": lambda when: when.second + when.microsecond / 1e6,
}


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


@wraps("DateObject")
def date_text(args: tuple[Term, ...]) -> str | None:
    """Gives a date as it is read."""
    try:
        when = moment(Expression(S.DateObject, args))
    except Message:
        return None
    forms = {
        "Year": "%Y",
        "Month": "%b %Y",
        "Day": ELEMENTS["Date"],
        "Hour": "%a %d %b %Y %Hh",
        "Minute": "%a %d %b %Y %H:%M",
    }
    return when.strftime(forms.get(granularity(Expression(S.DateObject, args)), ELEMENTS["DateTime"]))


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


@builtin("DateString", category="Time", messages=MESSAGES)
def date_string(kernel: Kernel, date: Term = None, form: Term = None) -> Term | None:
    """DateString[] gives the present date and time as a text.
    DateString["ISODate"] gives it in a form; DateString[{"Year", "-", "Month", …}] puts it together.
    DateString[date, form] writes a date.

    Examples:
        >> StringLength[DateString["ISODate"]]
        = 10
        >> DateString[{2026, 11, 22}, {"Day", "/", "Month", "/", "Year"}]
        = "22/11/2026"
        >> DateString[{2026, 7, 4}, {"MonthName", " ", "DayShort", ", ", "Year", " ", "HourShort"}]
        = "July 4, 2026 0"
        >> DateString["2026-11-22", "MonthName"]
        = "November"
    Possible issues:
        >> DateString["no date", "ISODate"]
        = DateString["no date", "ISODate"]
        message: DateString::date
    """
    if form is None:
        is_form = date is None or all(type(part) is str for part in (elements(date) if is_list(date) else (date,)))
        is_form = is_form and not (type(date) is str and date not in ELEMENTS)
        date, form = (None, date) if is_form else (date, None)
    parts = elements(form) if is_list(form) else ("DateTime" if form is None else form,)
    if not all(type(part) is str for part in parts):
        return None
    when = datetime.now() if date is None else moment(date)
    return "".join(_date_part(when, str(part)) for part in parts)


def _date_part(when: datetime, part: str) -> str:
    if part == "Millisecond":
        return f"{when.microsecond // 1000:03d}"
    text = when.strftime(ELEMENTS[part]) if part in ELEMENTS else part
    return (text.lstrip("0") or "0") if part in UNPADDED else text


@builtin("DateValue", category="Time", messages={**MESSAGES, "value": "`1` is not one of the elements of a date: `2`."})
def date_value(kernel: Kernel, date: Term, wanted: Term = None) -> Term:
    """DateValue[date, "element"] gives "Year", "Quarter", "Month", "Week", "Day", "DayOfYear", "DayName", "Hour", … of a date.
    DateValue[date, {"element1", …}] gives several; DateValue["element"] gives that of now.

    Examples:
        >> DateValue[{2026, 11, 22}, {"Year", "DayOfYear", "DayName"}]
        = {2026, 326, "Sunday"}
    Possible issues:
        >> DateValue[{2026}, "Phase"]
        = DateValue[{2026}, "Phase"]
        message: DateValue::value
        >> DateValue[x, "Year"]
        = DateValue[x, "Year"]
        message: DateValue::date
    """
    when, wanted = (datetime.now(), date) if wanted is None else (moment(date), wanted)
    if is_list(wanted):
        return to_list([value_of(when, name) for name in elements(wanted)])
    return value_of(when, wanted)


def value_of(when: datetime, name: Term) -> Term:
    if type(name) is not str or name not in VALUES:
        raise Message("value", name, ", ".join(VALUES))
    return VALUES[name](when)


@builtin("DayName", category="Time", messages=MESSAGES)
def day_name(kernel: Kernel, date: Term = None) -> Term:
    """DayName[date] gives the day of the week of a date, such as Monday; DayName[] that of today.

    Examples:
        >> DayName[{2026, 11, 22}]
        = Sunday
    Possible issues:
        >> DayName[x]
        = DayName[x]
        message: DayName::date
    """
    when = datetime.now() if date is None else moment(date)
    return symbol(calendar.day_name[when.weekday()])


def _declare_day(name: str, day: int) -> None:
    def stands_for_a_day() -> None:
        pass

    stands_for_a_day.__doc__ = f"{name} is a day of the week, as DayName gives it.\n\nExamples:\n    >> DayName[{{2026, 6, {day}}}]\n    = {name}\n"
    constant(name, category="Time")(stands_for_a_day)


for _day, _name in enumerate(calendar.day_name, 1):  # the first of June 2026 is a Monday
    _declare_day(_name, _day)


@builtin("LeapYearQ", category="Time", messages=MESSAGES)
def leap_year_q(kernel: Kernel, date: Term) -> Term:
    """LeapYearQ[date] gives True if the year of a date has 366 days; an integer is a year.

    Examples:
        >> {LeapYearQ[{2024}], LeapYearQ[2023], LeapYearQ[{1900, 3}]}
        = {True, False, False}
    Possible issues:
        >> LeapYearQ[x]
        = LeapYearQ[x]
        message: LeapYearQ::date
    """
    return truth(calendar.isleap(moment(list_of(date) if type(date) is int else date).year))


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
