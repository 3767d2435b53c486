"""What terms mean as moments: DateObject, lists, texts and counts of seconds, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from wlnet.builtins.dates.elements import read
from wlnet.kernel import Message
from wlnet.terms import Expression, S, Term, elements, is_head, is_list, is_number, to_list

EPOCH = datetime(1900, 1, 1)
#: From what a list of so many numbers says.
GRANULARITIES = ("Year", "Month", "Day", "Hour", "Minute", "Instant")
FORMATS = (
    "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y",
    "%a %d %b %Y %H:%M:%S", "%a %d %b %Y", "%Y-%m-%d %H:%M", "%d %b %Y %H:%M:%S", "%B %Y", "%b %Y", "%Y-%m", "%Y",
)  # fmt: skip
NO_DATE = 'A date is expected instead of `1`: a DateObject, a list {year, month, day, …}, a text such as "2026-11-22", or seconds.'


def moment(term: Term) -> datetime:
    """Gives the moment that a term stands for; raises the message that says what is expected."""
    found = None
    try:
        if is_head(term, S.DateObject) and term.args:
            return moment(term.args[0])
        if is_list(term):
            found = from_list(list(elements(term)))
        elif type(term) is str:
            found = from_text(term)
        elif is_number(term) and type(term) is not complex:
            found = EPOCH + timedelta(seconds=float(term))
    except (ValueError, OverflowError, TypeError):
        pass
    if found is None:
        raise Message("date", term, text=NO_DATE)
    return found


def from_list(numbers: list[Term]) -> datetime | None:
    """Gives the moment of {year, month, day, hour, minute, second}: what is left out is least, what is over carries on.

    Of {"text", {"element1", …}}, that of the text with these elements.
    """
    if is_text_with_elements(numbers):
        return read(numbers[0], elements(numbers[1]))
    if not 1 <= len(numbers) <= 6 or not all(is_number(number) and type(number) is not complex for number in numbers):
        return None
    year, month, day, hours, minutes, seconds = map(float, [*numbers, *(0, 1, 1, 0, 0, 0)[len(numbers) :]])
    months = int(year) * 12 + int(month) - 1
    first = datetime(months // 12, months % 12 + 1, 1)
    return first + timedelta(days=day - 1, hours=hours, minutes=minutes, seconds=seconds)


def is_text_with_elements(given: Sequence[Term]) -> bool:
    if len(given) != 2 or type(given[0]) is not str or not is_list(given[1]):
        return False
    return all(type(part) is str for part in elements(given[1]))


def says_whole_seconds(term: Term) -> bool:
    """Tells whether a date is said in texts and integers alone."""
    given = term.args[0] if is_head(term, S.DateObject) and term.args else term
    return type(given) is str or (is_list(given) and all(type(part) is int for part in elements(given)))


def from_text(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    for form in FORMATS:
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None


def numbers_of(when: datetime) -> tuple[Term, ...]:
    """Gives {year, month, day, hour, minute, second} of a moment, the seconds as a real number."""
    return (when.year, when.month, when.day, when.hour, when.minute, when.second + when.microsecond / 1e6)


def granularity(term: Term) -> str:
    """Gives how exactly a term says a date: "Year", "Month", "Day", "Hour", "Minute" or "Instant"."""
    if is_head(term, S.DateObject) and term.args:
        given = term.args[1] if len(term.args) > 1 else None
        return given if type(given) is str and given in GRANULARITIES else granularity(term.args[0])
    if is_list(term) and is_text_with_elements(elements(term)):
        return day_or_instant(moment(term))
    if is_list(term):
        return GRANULARITIES[min(len(elements(term)), 6) - 1]
    if type(term) is str and (found := from_text(term)) is not None:
        return day_or_instant(found)
    return "Instant"


def day_or_instant(when: datetime) -> str:
    return "Day" if (when.hour, when.minute, when.second) == (0, 0, 0) else "Instant"


def date_object(when: datetime, exact: str = "Instant") -> Expression:
    """Gives DateObject[{…}, granularity] of a moment."""
    return Expression(S.DateObject, (to_list(list(numbers_of(when)[: GRANULARITIES.index(exact) + 1])), exact))


def like(term: Term, when: datetime) -> Term:
    """Gives a moment in the form in which a term says one, as exactly as that or, with a time of day, to the instant."""
    exact = granularity(term)
    if exact in ("Year", "Month", "Day") and (when.hour, when.minute, when.second, when.microsecond) != (0, 0, 0, 0):
        exact = "Instant"
    if is_list(term):
        return to_list(list(numbers_of(when)[: GRANULARITIES.index(exact) + 1]))
    if is_number(term):
        return (when - EPOCH).total_seconds()
    return date_object(when, exact)
