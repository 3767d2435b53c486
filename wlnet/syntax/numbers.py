"""Numbers in both directions: the text of a number literal, and the number of a text."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from math import isfinite

import numpy as np

from wlnet.terms import BigReal, Term
from wlnet.terms.big_real import bits_of, libmp

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PARTS = re.compile(
    r"(?:(?P<base>\d+)\^\^)?(?P<digits>[0-9A-Za-z]*\.?[0-9A-Za-z]*)(?P<mark>`[`\d.+-]*)?(?:\*\^(?P<power>[-+]?\d+))?"
)
#: Reals from 1e-5 to this one are written without an exponent, as the language does.
PLAIN_LIMIT = 1e6
#: Beyond these an exact number would not fit into memory, or a real would be 0 or infinite anyway.
EXPONENT_LIMIT = 1_000_000
#: A real with more digits than this is not a machine number: 17 are what the shortest text of one may need.
MACHINE_DIGITS = 17
#: Nothing is known to more digits than this.
DIGITS_LIMIT = 1_000_000


def read_number(text: str) -> Term:
    """Gives the number of a literal: int, float, or a Fraction for an integer with a negative exponent.

    A mark of precision (1.5`20) or accuracy (1.5``20) makes a BigReal, as do more digits than machine numbers have; an
    empty mark makes a machine number. Raises ValueError with a sentence for a digit that does not belong to the base,
    for a mark that is no number, and for an exact number that is too large.
    """
    if text.isdecimal():
        return _integer(text)
    found = PARTS.fullmatch(text)
    assert found is not None, text
    digits, power, mark = found["digits"], int(found["power"] or 0), found["mark"] or ""
    real = "." in digits or mark != ""
    machine = mark == "`" or (mark == "" and len(digits.replace(".", "").lstrip("0")) <= MACHINE_DIGITS)
    if found["base"] is None and real and machine:
        return float(f"{digits}e{power}")
    if abs(power) > EXPONENT_LIMIT:
        raise ValueError("this exponent is too large")
    base = int(found["base"] or 10)
    whole, _, rest = digits.partition(".")
    counted = _in_base(whole + rest, base)
    value = Fraction(counted) * Fraction(base) ** (power - len(rest))
    if real and not machine:
        return _marked(value, mark or f"`{math.log10(counted)}")
    if real:
        try:
            return float(value)
        except OverflowError:
            return float("inf")
    return value.numerator if value.denominator == 1 else value


def _marked(value: Fraction, mark: str) -> BigReal:
    """Gives a number known as well as a mark says: `20 digits, or ``20 digits after the point."""
    try:
        digits = float(mark.lstrip("`"))
    except ValueError:
        raise ValueError("after ` comes a number of digits, such as 20 or 19.5") from None
    if mark.startswith("``") and value:
        digits += math.log10(abs(value.numerator)) - math.log10(value.denominator)
    if abs(digits) > DIGITS_LIMIT:
        raise ValueError(f"a number is known to at most {DIGITS_LIMIT} digits")
    return BigReal.of(value, digits)


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


def write_big(value: BigReal) -> str:
    """Gives the literal of a big real with its mark: as few digits as it is read back from as the same one."""
    known = np.format_float_positional(value.digits)
    if not value:
        return f"0``{known}"
    most = math.ceil(bits_of(value.digits) / math.log2(10)) + 2
    texts = (big_text(value, count) for count in range(max(math.ceil(value.digits), 1), most))
    text = next((text for text in texts if _is_read_as(text, value)), None) or big_text(value, most)
    mantissa, power, exponent = text.partition("*^")
    return f"{mantissa.rstrip('0')}`{known}{power}{exponent}"


def _is_read_as(text: str, value: BigReal) -> bool:
    return bool(BigReal.of(Fraction(text.replace("*^", "e")), value.digits).raw == value.raw)


def show_big(value: BigReal) -> str:
    """Gives a big real with the digits that are known of it."""
    if not value:
        return "0." if 0 <= value.digits < 1 else f"0.*^{-round(value.digits)}"
    return big_text(value, max(round(value.digits), 1))


def big_text(value: BigReal, count: int) -> str:
    """Gives a number with so many digits that count, with an exponent where reals have one."""
    text = libmp().to_str(value.raw, count, strip_zeros=False, min_fixed=0, max_fixed=0, show_zero_exponent=True)
    mantissa, _, exponent = text.partition("e")
    sign, mantissa = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    digits, place = mantissa.replace(".", "")[:count], int(exponent)
    if not -5 <= place < 6 or place >= count:
        return f"{sign}{digits[0]}.{digits[1:]}*^{place}"
    if place < 0:
        return f"{sign}0.{'0' * (-place - 1)}{digits}"
    return f"{sign}{digits[: place + 1]}.{digits[place + 1 :]}"


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
