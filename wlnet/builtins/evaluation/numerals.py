"""Numbers as texts of any shape: so many digits, in blocks, padded, with signs and exponents of one's choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

#: Greater than any number of digits that is ever asked for, so that nothing is rounded twice.
EXACT = Context(prec=20_000, rounding=ROUND_HALF_EVEN)
#: Beyond this power of ten a number is never written without an exponent.
LARGEST_PLAIN = 5000
Pair = tuple[str, str]


def threshold(lowest: int = -5, highest: int = 6) -> Callable[[int], int | None]:
    """Gives the exponents that are written: those below the first bound, and from the second one on."""
    return lambda exponent: None if lowest <= exponent < highest else exponent


USUAL = threshold()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a number is written.

    exponent: power of ten of the number → the one written behind it, or None. digits: how many in all (None: as many as
    there are). places: how many after the point, filled up with the right padding. blocks: the sizes of groups of digits
    before and after the point. signs: what stands before and behind a negative number, and a positive one. width: the
    digits before the point are padded to as many as `digits` leaves room for. form: function(mantissa, base, exponent)
    that gives the text instead.
    """

    exponent: Callable[[int], int | None] = USUAL
    digits: int | None = 6
    places: int | None = None
    blocks: tuple[int | None, int | None] = (None, None)
    separators: Pair = (",", " ")
    point: str = "."
    padding: Pair = ("", "0")
    signs: tuple[Pair, Pair] = (("-", ""), ("", ""))
    signs_first: bool = False
    multiplier: str = "*"
    form: Callable[[str, str, str], str] | None = None


def whole_text(digits: str, negative: bool, shape: Shape) -> str:
    """Gives an integer, whose digits all count, in this shape."""
    return _finished(digits, None, negative, "", shape)


def real_text(value: Decimal, shape: Shape) -> str:
    """Gives a finite number in this shape."""
    negative, size = value.is_signed(), value.copy_abs()
    if size and shape.digits is not None:
        size = _rounded(size, size.adjusted() - max(shape.digits, 1) + 1)
    power = size.adjusted() if size else 0
    shown = shape.exponent(power)
    if shown is None and abs(power) > LARGEST_PLAIN:
        shown = power
    if shown is not None:
        size = size.scaleb(-shown, EXACT)
    if shape.places is not None:
        size = _rounded(size, -shape.places)
    whole, _, rest = format(size, "f").partition(".")
    rest = rest.rstrip("0")
    if shape.places is not None:
        rest = (rest + (shape.padding[1] or "") * shape.places)[: max(shape.places, len(rest))]
    return _finished(whole, rest, negative, "" if not shown else str(shown), shape)


def _rounded(value: Decimal, place: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(place), context=EXACT) if value.as_tuple().exponent < place else value  # type: ignore[operator]


def _finished(whole: str, rest: str | None, negative: bool, exponent: str, shape: Shape) -> str:
    before, behind = shape.signs[0 if negative else 1]
    room = (shape.digits or 0) - (len(rest or "") if shape.places is None else shape.places)
    slot = max(len(sign[0]) for sign in shape.signs)
    separators = (room - 1) // shape.blocks[0] if shape.blocks[0] and room > 0 else 0
    width = room + separators * len(shape.separators[0])
    digits = shape.separators[0].join(_blocks(whole[::-1], shape.blocks[0]))[::-1]
    if shape.padding[0] and shape.signs_first:
        digits = before + digits.rjust(width, shape.padding[0][0])
    elif shape.padding[0]:
        digits = (before + digits).rjust(width + slot, shape.padding[0][0])
    else:
        digits = before + digits
    if rest is not None:
        digits += shape.point + shape.separators[1].join(_blocks(rest, shape.blocks[1]))
    if shape.form is not None:
        return shape.form(digits, "10", exponent) + behind
    return digits + (f"{shape.multiplier}10^{exponent}" if exponent else "") + behind


def _blocks(digits: str, size: int | None) -> list[str]:
    return [digits[start : start + size] for start in range(0, len(digits), size)] if size else [digits]
