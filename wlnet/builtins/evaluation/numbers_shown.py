"""Numbers shown with a given number of digits: NumberForm, PaddedForm, ScientificForm."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from wlnet.builtins.evaluation.forms import Shown, output_text, wraps
from wlnet.builtins.lists.choosing import items
from wlnet.kernel import constant
from wlnet.terms import Expression, S, Term, elements, is_list

Digits = tuple[int | None, int | None]


def digits_of(args: tuple[Term, ...]) -> Digits:
    """Gives the number of digits in all and after the point that `n` or `{n, f}` asks for."""
    given = elements(args[1]) if len(args) > 1 and is_list(args[1]) else args[1:2]
    counts = [item if type(item) is int and 0 <= item <= 300 else None for item in given]
    return (*counts, None, None)[0], (*counts, None, None)[1]


def each_number(term: Term, text: Callable[[Term], str]) -> Term:
    """Gives the term with every number in it replaced by its text."""
    if type(term) in (int, float, Fraction):
        return Shown(text(term))
    parts = items(term)
    if not parts:
        return term
    made = tuple(each_number(part, text) for part in parts)
    return Expression(term.head, made) if type(term) is Expression else _list(made)


def _list(made: tuple[Term, ...]) -> Term:
    return Expression(S.List, made)


def decimal_text(number: Term, digits: Digits) -> str:
    """Gives a number with so many digits, not in scientific notation."""
    total, after = digits
    if type(number) is not float or not math.isfinite(number):
        return output_text(number)
    if after is not None:
        return f"{number:.{after}f}".removesuffix(".") + ("." if after == 0 else "")
    if total is None:
        return output_text(number)
    if number == 0:
        return "0."
    exponent = math.floor(math.log10(abs(number))) + 1
    step = Decimal(1).scaleb(max(exponent - total, -340)) if total else Decimal(1)
    rounded = Decimal(repr(number)).quantize(step, rounding=ROUND_HALF_EVEN) if step < 1 else _rounded(number, total)
    text = format(rounded, "f")
    return text.rstrip("0") if "." in text else text + "."


def _rounded(number: float, total: int) -> Decimal:
    return Decimal(f"{number:.{max(total, 1) - 1}e}")


def scientific_text(number: Term, digits: Digits) -> str:
    """Gives a number as mantissa and power of ten."""
    total, after = digits
    value = float(number)
    if not math.isfinite(value) or type(number) is int:
        return output_text(number)
    places = after if after is not None else (total or 6) - 1
    mantissa, _, exponent = f"{value:.{max(places, 0)}e}".partition("e")
    if after is None and "." in mantissa:
        mantissa = mantissa.rstrip("0")
    mantissa = mantissa if "." in mantissa else mantissa + "."
    return mantissa if int(exponent) == 0 else f"{mantissa}*10^{int(exponent)}"


@wraps("NumberForm")
def _number_form(args: tuple[Term, ...]) -> str | None:
    digits = digits_of(args)
    return output_text(each_number(args[0], lambda number: decimal_text(number, digits))) if args else None


@wraps("PaddedForm")
def _padded_form(args: tuple[Term, ...]) -> str | None:
    total, after = digits_of(args)
    width = 1 + (total or 0) + (after is not None)

    def padded(number: Term) -> str:
        return decimal_text(number, (total, after)).rjust(width)

    return output_text(each_number(args[0], padded)) if args else None


@wraps("ScientificForm")
def _scientific_form(args: tuple[Term, ...]) -> str | None:
    digits = digits_of(args)
    return output_text(each_number(args[0], lambda number: scientific_text(number, digits))) if args else None


@constant("NumberForm", category="Output")
def number_form() -> None:
    """NumberForm[x, n] shows the numbers in x with n digits.
    NumberForm[x, {n, f}] shows them with f digits after the point.

    Examples:
        >> ToString[NumberForm[3.14159265, 4]]
        = "3.142"
        >> ToString[NumberForm[{1.5, 2.25}, {5, 2}]]
        = "{1.50, 2.25}"
    """


@constant("PaddedForm", category="Output")
def padded_form() -> None:
    """PaddedForm[x, n] shows numbers with room for n digits.
    PaddedForm[x, {n, f}] shows them with f digits after the point.

    Examples:
        >> ToString[PaddedForm[1.5, {6, 2}]]
        = "    1.50"
    """


@constant("ScientificForm", category="Output")
def scientific_form() -> None:
    """ScientificForm[x, n] shows numbers as a mantissa of n digits times a power of ten.

    Examples:
        >> ToString[ScientificForm[12345.678, 3]]
        = "1.23*10^4"
    """
