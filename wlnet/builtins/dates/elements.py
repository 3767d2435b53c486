"""Elements of dates in texts: how each is written, and texts read by a list of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

#: Element of DateString → its format; what is no element stands for itself.
ELEMENTS = {
    "Year": "%Y", "YearShort": "%y", "Month": "%m", "MonthName": "%B", "MonthNameShort": "%b", "Day": "%d",
    "DayName": "%A", "DayNameShort": "%a", "Hour": "%H", "Hour24": "%H", "Hour12": "%I", "AMPM": "%p",
    "Minute": "%M", "Second": "%S", "Time": "%H:%M:%S", "ISODate": "%Y-%m-%d", "ISODateTime": "%Y-%m-%dT%H:%M:%S",
    "Week": "%V", "MonthShort": "%m", "DayShort": "%d", "HourShort": "%H", "Hour24Short": "%H", "Hour12Short": "%I",
    "MinuteShort": "%M", "SecondShort": "%S",
}  # fmt: skip
#: Elements that are written without leading zeros.
UNPADDED = {"MonthShort", "DayShort", "HourShort", "Hour24Short", "Hour12Short", "MinuteShort", "SecondShort"}
#: Element → the elements that it is put together of.
COMPOSED = {
    "Date": ("DayName", " ", "DayShort", " ", "MonthName", " ", "Year"),
    "DateShort": ("DayNameShort", " ", "DayShort", " ", "MonthNameShort", " ", "Year"),
    "DateTime": ("Date", " ", "Time"),
    "DateTimeShort": ("DateShort", " ", "Time"),
}


def is_element(text: str) -> bool:
    return text in ELEMENTS or text in COMPOSED


def written(when: datetime, part: str) -> str:
    """Gives an element of a moment as text; other text as it is."""
    if part in COMPOSED:
        return "".join(written(when, each) for each in COMPOSED[part])
    if part == "Millisecond":
        return f"{when.microsecond // 1000:03d}"
    text = when.strftime(ELEMENTS[part]) if part in ELEMENTS else part
    return (text.lstrip("0") or "0") if part in UNPADDED else text


def read(text: str, parts: Sequence[str]) -> datetime:
    """Gives the moment of a text that has these elements, whatever stands between them; raises ValueError."""
    words = re.findall(r"\d+|[^\W\d_]+", text)
    return datetime.strptime(" ".join(words), " ".join(ELEMENTS[part] for part in parts if part in ELEMENTS))
