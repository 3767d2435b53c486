"""Reals of any precision: binary numbers, and how many of their decimal digits are known.

mpmath is imported when the first one is made.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from wlnet.terms.atoms import register
from wlnet.terms.symbols import S

BITS_PER_DIGIT = math.log2(10)
#: Binary digits kept beyond the known decimal ones, so that rounding does not add up to a digit.
GUARD_BITS = 10
#: Numbers with a greater exponent (to the base 2) are too large to be rounded to an integer.
EXPONENT_LIMIT = 1 << 26

#: mpmath's form of a number: sign, mantissa, exponent to the base 2, bits of the mantissa.
Raw = tuple[int, int, int, int]
NEAREST = "n"


@cache
def libmp() -> Any:
    """Gives mpmath's functions of raw numbers, which take the precision as an argument."""
    import mpmath

    return mpmath.libmp


def bits_of(digits: float) -> int:
    """Gives the number of binary digits kept of a number of so many decimal digits."""
    return max(math.ceil(digits * BITS_PER_DIGIT), 1) + GUARD_BITS


def size(raw: Raw) -> float:
    """Gives the decimal logarithm of the magnitude of a number that is not zero."""
    return math.log10(raw[1]) + raw[2] / BITS_PER_DIGIT


def raw_of(number: Any, bits: int) -> Raw:
    """Gives the raw form of a real number, a fraction to so many bits."""
    kind = type(number)
    if kind is BigReal:
        return number.raw
    if kind is int:
        return libmp().from_int(number)
    if kind is float:
        return libmp().from_float(number)
    return libmp().from_rational(number.numerator, number.denominator, bits, NEAREST)


class BigReal:
    """A real number of which `digits` decimal digits are known; of a zero, so many digits after the point.

    A sum is known as far after the point as the least known summand, a product to as many digits as the least known
    factor; together with a machine number either is a machine number. Python's operators do the arithmetic, with
    integers, fractions and machine numbers on the other side.
    """

    __slots__ = ("digits", "raw")

    def __init__(self, raw: Raw, digits: float) -> None:
        self.raw = libmp().mpf_pos(raw, bits_of(digits), NEAREST)
        self.digits = digits

    @classmethod
    def made(cls, raw: Raw, digits: float) -> BigReal:
        """Makes a number; one of which no digit is known is a zero known as far after the point."""
        if raw[1] and digits <= 0:
            return cls(libmp().fzero, digits - size(raw))
        return cls(raw, digits)

    @classmethod
    def of(cls, number: int | float | Fraction | BigReal, digits: float) -> BigReal:
        """Makes the number of so many digits of an exact or machine number, or of one of another precision."""
        return cls.made(raw_of(number, bits_of(digits)), digits)

    @property
    def precision(self) -> float:
        """The number of known digits."""
        return self.digits if self.raw[1] else 0.0

    @property
    def accuracy(self) -> float:
        """The number of known digits after the point."""
        return self.digits - size(self.raw) if self.raw[1] else self.digits

    @property
    def real(self) -> BigReal:
        return self

    @property
    def imag(self) -> int:
        return 0

    def __add__(self, other: Any) -> Any:
        if type(other) not in EXACT:
            return float(self) + other if type(other) is not BigReal else self._plus(other, other.accuracy)
        return self._plus(other, math.inf)

    __radd__ = __add__

    def _plus(self, other: Any, accuracy: float) -> BigReal:
        known = min(self.accuracy, accuracy)
        near = raw_of(other, 64)
        bits = bits_of(max((known + size(raw) for raw in (self.raw, near) if raw[1]), default=0.0))
        total = libmp().mpf_add(self.raw, raw_of(other, bits), bits, NEAREST)
        return BigReal.made(total, known + size(total) if total[1] else known)

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if type(other) is not BigReal and type(other) not in EXACT:
            return float(self) * other
        if type(other) is int and other == 0:
            return 0
        digits = min(self.digits, other.digits) if type(other) is BigReal else self.digits
        raw = raw_of(other, bits_of(digits) + GUARD_BITS)
        product = libmp().mpf_mul(self.raw, raw, bits_of(digits), NEAREST)
        if product[1]:
            return BigReal.made(product, digits)
        places = -size(self.raw) if self.raw[1] else self.digits
        return BigReal(product, places + (-size(raw) if raw[1] else other.digits))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if type(other) is float or type(other) is complex:
            return float(self) / other
        return self * (other.reciprocal() if type(other) is BigReal else 1 / Fraction(other))

    def __rtruediv__(self, other: Any) -> Any:
        return self.reciprocal() * other

    def reciprocal(self) -> BigReal:
        """Gives 1/x; ZeroDivisionError for a zero."""
        raw = libmp().mpf_div(libmp().fone, self.raw, bits_of(self.digits), NEAREST)
        return BigReal(raw, self.digits)

    def __pow__(self, exponent: int) -> BigReal:
        raw = libmp().mpf_pow_int(self.raw, exponent, bits_of(self.digits), NEAREST)
        return BigReal(raw, self.digits if raw[1] else self.digits * exponent)

    def __mod__(self, other: Any) -> Any:
        if type(other) is float:
            return float(self) % other
        return self - other * math.floor(self / other)

    def __rmod__(self, other: Any) -> Any:
        if type(other) is float:
            return other % float(self)
        return other - self * math.floor(other / self)

    def __neg__(self) -> BigReal:
        return BigReal(libmp().mpf_neg(self.raw), self.digits)

    def __abs__(self) -> BigReal:
        return BigReal(libmp().mpf_abs(self.raw), self.digits)

    def __bool__(self) -> bool:
        return bool(self.raw[1])

    def _order(self, other: Any) -> int:
        return libmp().mpf_cmp(self.raw, raw_of(other, bits_of(self.digits) + GUARD_BITS))

    def __eq__(self, other: object) -> bool:
        return (type(other) in REALS) and self._order(other) == 0

    def __lt__(self, other: Any) -> bool:
        return self._order(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._order(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._order(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._order(other) >= 0

    def __hash__(self) -> int:
        return hash(self.raw)

    def __float__(self) -> float:
        return libmp().to_float(self.raw)

    def _whole(self, rounding: str) -> int:
        if self.raw[2] > EXPONENT_LIMIT:
            raise OverflowError("the number is too large for an integer")
        return libmp().to_int(self.raw, rounding)

    def __floor__(self) -> int:
        return self._whole("f")

    def __ceil__(self) -> int:
        return self._whole("c")

    def __trunc__(self) -> int:
        return self._whole("d")

    def __round__(self) -> int:
        return self._whole(NEAREST)

    def __repr__(self) -> str:
        return f"{libmp().to_str(self.raw, max(round(self.digits), 1))}`{self.digits:g}"

    def __reduce__(self) -> tuple[Callable[..., BigReal], tuple[Raw, float]]:
        # The mantissa may be of another library's integers (gmpy2) here than there.
        sign, mantissa, exponent, bits = self.raw
        return BigReal, ((int(sign), int(mantissa), int(exponent), int(bits)), self.digits)


EXACT = frozenset({int, Fraction})
REALS = frozenset({int, Fraction, float, BigReal})

register(
    BigReal,
    S.Real,
    equal=lambda a, b: a.raw == b.raw and a.digits == b.digits,
    hash=lambda a: hash(("b", a.raw, a.digits)),
)
