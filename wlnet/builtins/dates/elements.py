"""The elements of dates, as values and as texts: DateValue, DateString, and how a date is shown."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import datetime

from wlnet.builtins.dates.moments import MESSAGES, granularity, moment
from wlnet.builtins.evaluation.forms import wraps
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import Expression, S, Term, elements, is_list, list_of, symbol, to_list, truth

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
