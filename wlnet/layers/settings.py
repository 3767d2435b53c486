"""Arguments and options of layers: what each takes, and how its term becomes a setting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wlnet.terms import FALSE, NONE, TRUE, S, Symbol, Term, elements, is_list


class Unfit(Exception):
    """A term that an argument or option does not take; its text says what it does take."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An argument or option.

    convert(term) gives the value, or raises Unfit. default: the value where it is not given (REQUIRED: it must be).
    shown: the default as a term of the language, for Options and help. title: what the language calls it, where `name`
    is that of a dimension in the layer's notation.
    """

    name: str
    convert: Callable[[Term], Any]
    default: Any = None
    required: bool = False
    shown: Term = S.Automatic
    title: str = ""


def argument(
    name: str,
    convert: Callable[[Term], Any],
    default: Any = None,
    *,
    required: bool = False,
    shown: Term = S.Automatic,
    title: str = "",
) -> Setting:
    """Declares a positional argument (`shown`: the default as the language writes it, where it is not the same)."""
    return Setting(name, convert, default, required, shown, title or name)


def option(name: str, convert: Callable[[Term], Any], default: Any, shown: Term | None = None) -> Setting:
    """Declares an option with its default (`shown`: the default as the language writes it)."""
    return Setting(name, convert, default, False, default if shown is None else shown, name)


def text(term: Term) -> str | None:
    """Gives the text of a string, or the name of a symbol: option values may be written either way."""
    return term if type(term) is str else term.name if type(term) is Symbol else None


def count(term: Term) -> int:
    if type(term) is int and term > 0:
        return term
    raise Unfit("a positive integer")


def integer(term: Term) -> int:
    if type(term) is int:
        return term
    raise Unfit("an integer")


def real(term: Term) -> float:
    if type(term) in (int, float, Fraction):
        return float(term)
    raise Unfit("a real number")


def non_negative(term: Term) -> float:
    value = real(term)
    if value < 0:
        raise Unfit("a number that is not negative")
    return value


def fraction(term: Term) -> float:
    value = real(term)
    if not 0 <= value <= 1:
        raise Unfit("a number from 0 to 1")
    return value


def boolean(term: Term) -> bool:
    if term is TRUE or term is FALSE:
        return term is TRUE
    raise Unfit("True or False")


def dimensions(term: Term) -> tuple[int, ...] | None:
    """Takes n, {n1, n2, …}, {} or Automatic."""
    if term is S.Automatic:
        return None
    if type(term) is int and term > 0:
        return (term,)
    if is_list(term):
        items = elements(term)
        if all(type(item) is int and item > 0 for item in items):
            return tuple(items)
    raise Unfit("a positive integer, a list of positive integers or Automatic")


def sizes(term: Term) -> int | tuple[int, ...]:
    """Takes n (for every dimension), or {n1, n2, …}."""
    if type(term) is int and term > 0:
        return term
    if is_list(term):
        items = elements(term)
        if items and all(type(item) is int and item > 0 for item in items):
            return tuple(items)
    raise Unfit("a positive integer or a list of them, one for each dimension")


def padding(term: Term) -> Any:
    """Takes n, {n1, …}, {{before, after}, …} or "Same"."""
    if text(term) == "Same":
        return "Same"
    if type(term) is int and term >= 0:
        return term
    if is_list(term):
        made = [padding_pair(item) for item in elements(term)]
        if made and None not in made:
            return tuple(made)
    raise Unfit('a non-negative integer, {n1, n2, …}, {{before, after}, …} or "Same"')


def padding_pair(term: Term) -> tuple[int, int] | None:
    if type(term) is int and term >= 0:
        return (term, term)
    if is_list(term):
        items = elements(term)
        if len(items) == 2 and all(type(item) is int and item >= 0 for item in items):
            return (items[0], items[1])
    return None


def choice(*names: str) -> Callable[[Term], str]:
    """Takes one of these names, as a string or symbol."""

    def convert(term: Term) -> str:
        found = text(term)
        if found in names:
            return found
        raise Unfit("one of " + ", ".join(f'"{name}"' for name in names))

    return convert


def optional(convert: Callable[[Term], Any]) -> Callable[[Term], Any]:
    """Takes also None and Automatic, which both mean None."""

    def converted(term: Term) -> Any:
        return None if term is NONE or term is S.Automatic else convert(term)

    return converted


def anything(term: Term) -> Term:
    return term
