"""Numbers in both directions: the text of a number literal, and the number of a text."""

from __future__ import annotations

import re
from fractions import Fraction
from math import isfinite

from wlnet.terms import Term

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PARTS = re.compile(
    r"(?:(?P<base>\d+)\^\^)?(?P<digits>[0-9A-Za-z]*\.?[0-9A-Za-z]*)(?P<mark>`[`\d.+-]*)?(?:\*\^(?P<power>[-+]?\d+))?"
)
#: Reals from 1e-5 to this one are written without an exponent, as the language does.
PLAIN_LIMIT = 1e6
#: Beyond these an exact number would not fit into memory, or a real would be 0 or infinite anyway.
EXPONENT_LIMIT = 1_000_000


def read_number(text: str) -> Term:
    """Gives the number of a literal: int, float, or a Fraction for an integer with a negative exponent.

    Marks of precision are read and dropped, except that they make an integer real. Raises ValueError with a sentence
    for a digit that does not belong to the base and for an exact number that is too large.
    """
    if text.isdecimal():
        return _integer(text)
    found = PARTS.fullmatch(text)
    assert found is not None, text
    digits, power = found["digits"], int(found["power"] or 0)
    real = "." in digits or found["mark"] is not None
    if found["base"] is None and real:
        return float(f"{digits}e{power}")
    if abs(power) > EXPONENT_LIMIT:
        raise ValueError("this exponent is too large")
    base = int(found["base"] or 10)
    whole, _, rest = digits.partition(".")
    value = Fraction(_in_base(whole + rest, base)) * Fraction(base) ** (power - len(rest))
    if real:
        try:
            return float(value)
        except OverflowError:
            return float("inf")
    return value.numerator if value.denominator == 1 else value


def _integer(digits: str, base: int = 10) -> int:
    try:
        return int(digits, base)
    except ValueError:
        # Python refuses more than 4300 digits at once, to protect servers; in halves it is quick as well.
        half = len(digits) // 2
        return _integer(digits[:-half], base) * base**half + _integer(digits[-half:], base)


def _in_base(digits: str, base: int) -> int:
    if not 2 <= base <= 36:
        raise ValueError("a base is a number from 2 to 36")
    if not set(digits.lower()) <= set(DIGITS[:base]):
        raise ValueError(f"a number in base {base} has digits from 0 to {DIGITS[base - 1]}")
    return _integer(digits, base)


def write_real(value: float) -> str:
    """Gives the shortest literal that is read back as the same real; Infinity and Indeterminate for what is none."""
    if 1e-4 <= abs(value) < PLAIN_LIMIT or value == 0:
        text = repr(value)
        return text[:-1] if text.endswith(".0") else text
    if not isfinite(value):
        return "Indeterminate" if value != value else "Infinity" if value > 0 else "-Infinity"
    mantissa, _, exponent = f"{value!r}".partition("e")
    if not exponent:
        mantissa, exponent = _scientific(mantissa)
    return _with_exponent(mantissa, int(exponent))


def _scientific(text: str) -> tuple[str, str]:
    """Moves the point of a plain decimal behind its first digit that counts."""
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, rest = text.partition(".")
    digits = (whole + rest).lstrip("0")
    exponent = len(whole) - 1 if whole != "0" else len(digits) - len(rest) - 1
    digits = digits.rstrip("0")
    return f"{sign}{digits[0]}.{digits[1:]}", str(exponent)


def _with_exponent(mantissa: str, exponent: int) -> str:
    mantissa = mantissa.removesuffix(".0")
    mantissa = mantissa if "." in mantissa else mantissa + "."
    if exponent == -5:
        sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
        return f"{sign}0.0000{digits.replace('.', '')}"
    return f"{mantissa}*^{exponent}"


def show_real(value: float) -> str:
    """Gives a real with six significant digits, as results are shown."""
    if not isfinite(value) or value == 0:
        return write_real(value)
    return write_real(float(f"{value:.6g}"))


def write_integer(value: int) -> str:
    """Gives the digits of an integer of any size."""
    try:
        return str(value)
    except ValueError:
        # As in `_integer`: Python refuses to write more than 4300 digits at once.
        sign, value = ("-", -value) if value < 0 else ("", value)
        half = max(value.bit_length() * 3 // 20, 1)
        high, low = divmod(value, 10**half)
        return sign + write_integer(high) + write_integer(low).rjust(half, "0")
