"""WXF, the binary form of expressions that programs exchange: terms to bytes, and back.

Source: https://reference.wolfram.com/language/tutorial/WXFFormatDescription.html
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import prod
from typing import Any

import numpy as np

from wlnet.syntax.letters import letters
from wlnet.syntax.numbers import read_number, write_big, write_integer
from wlnet.terms import (
    Association,
    BigReal,
    Expression,
    NumericArray,
    S,
    Symbol,
    Term,
    atom_type,
    is_head,
    pack,
    symbol,
)
from wlnet.terms.atoms import TYPE_NAMES

PLAIN, COMPRESSED = b"8:", b"8C:"
PACKED, NUMERIC = 0xC1, 0xC2
#: Code of a type of number → the type in NumPy, and back.
TYPES = {
    0x00: "<i1", 0x01: "<i2", 0x02: "<i4", 0x03: "<i8", 0x10: "<u1", 0x11: "<u2", 0x12: "<u4", 0x13: "<u8",
    0x22: "<f4", 0x23: "<f8", 0x33: "<c8", 0x34: "<c16",
}  # fmt: skip
CODES = {np.dtype(kind): code for code, kind in TYPES.items()}
#: Sign of an integer's size → its form in `struct`, smallest first.
INTEGERS = {b"C": "<b", b"j": "<h", b"i": "<i", b"L": "<q"}
RULES = {ord("-"): S.Rule, ord(":"): S.RuleDelayed}


# Writing -----------------------------------------------------------------------------------------------------------


def to_wxf(term: Term, *, compressed: bool = False) -> bytes:
    """Gives the WXF of a term; raises TypeError for an atom that no expression makes."""
    parts: list[bytes] = []
    stack: list[Any] = [term]
    while stack:
        item = stack.pop()
        if type(item) is bytes:
            parts.append(item)
        elif type(item) is Expression:
            data = _bytes_in(item)
            if data is not None:
                parts.append(b"B" + _sized(data))
                continue
            parts.append(b"f" + _count(len(item.args)))
            stack += reversed((item.head, *item.args))
        elif type(item) is Association:
            parts.append(b"A" + _count(len(item)))
            stack += reversed([piece for name, value in item.items() for piece in (b"-", name, value)])
        else:
            writer = WRITERS.get(type(item))
            made = _made_of(item) if writer is None else writer(item)
            if type(made) is bytes:
                parts.append(made)
            else:
                stack.append(made)
    content = b"".join(parts)
    return COMPRESSED + zlib.compress(content) if compressed else PLAIN + content


def _count(number: int) -> bytes:
    """Gives a count: seven bits a byte, the lowest first, the eighth tells that more follow."""
    made = bytearray()
    while number >= 0x80:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*made, number])


def _sized(data: bytes) -> bytes:
    return _count(len(data)) + data


def _text(text: str) -> bytes:
    return _sized(text.encode("utf-8", "surrogatepass"))


def _bytes_in(term: Expression) -> bytes | None:
    if not is_head(term, S.ByteArray, 1) or type(term.args[0]) is not str:
        return None
    try:
        data = base64.b64decode(term.args[0], validate=True)
    except ValueError:
        return None
    # Other spellings of the same bytes are other terms.
    return data if base64.b64encode(data).decode() == term.args[0] else None


def _integer(number: int) -> bytes:
    for sign, form in INTEGERS.items():
        try:
            return sign + struct.pack(form, number)
        except struct.error:
            continue
    return b"I" + _text(write_integer(number))


def _array(sign: int, array: np.ndarray) -> bytes:
    array = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
    head = bytes((sign, CODES[array.dtype])) + _count(array.ndim)
    return head + b"".join(map(_count, array.shape)) + array.tobytes()


def _numeric_array(term: NumericArray) -> bytes | Expression:
    if term.array.dtype in CODES and term.array.ndim:
        return _array(NUMERIC, term.array)
    return Expression(S.NumericArray, (pack(term.array), TYPE_NAMES[term.array.dtype.name]))


def _symbol(term: Symbol) -> bytes:
    return b"s" + _text(term.name if term.context == "System`" else term.full_name)


WRITERS: dict[type, Any] = {
    int: _integer,
    float: lambda number: b"r" + struct.pack("<d", number),
    complex: lambda number: Expression(S.Complex, (number.real, number.imag)),
    Fraction: lambda number: Expression(S.Rational, (number.numerator, number.denominator)),
    BigReal: lambda number: b"R" + _text(write_big(number)),
    str: lambda text: b"S" + _text(text),
    Symbol: _symbol,
    np.ndarray: lambda array: _array(PACKED, array),
    NumericArray: _numeric_array,
}


def _made_of(term: Term) -> Term:
    row = atom_type(term)
    if row.full_form is None:
        raise TypeError(f"{row.head(term).name} objects cannot be written")
    return row.full_form(term)


# Reading -----------------------------------------------------------------------------------------------------------


def from_wxf(data: bytes, resolve: Callable[[str], Symbol] = symbol) -> Term:
    """Gives the term of WXF; raises ValueError with a sentence for anything else.

    `resolve` gives the symbol of a full name; a name without a context is one of System`.
    """
    if data.startswith(COMPRESSED):
        try:
            data = zlib.decompress(data[len(COMPRESSED) :])
        except zlib.error:
            raise ValueError("the compressed content is damaged") from None
    elif data.startswith(PLAIN):
        data = data[len(PLAIN) :]
    else:
        raise ValueError('WXF begins with "8:" or "8C:"')
    reader = Reader(data, resolve)
    term = reader.term()
    if reader.position != len(data):
        raise ValueError(f"there are {len(data) - reader.position} more bytes behind the expression")
    return term


@cache
def name_pattern() -> re.Pattern[str]:
    """Gives the pattern of a symbol's name, with its contexts if it has any."""
    part = rf"(?![0-9]){letters()}+"
    return re.compile(rf"(?:{part}`)*{part}")


class Reader:
    """Reads the terms in some bytes, the next one at `position`."""

    def __init__(self, data: bytes, resolve: Callable[[str], Symbol]) -> None:
        self.data = data
        self.resolve = resolve
        self.position = 0

    def take(self, size: int) -> bytes:
        part = self.data[self.position : self.position + size]
        if len(part) < size:
            raise ValueError("the content ends too early")
        self.position += size
        return part

    def count(self) -> int:
        number, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7
            if shift > 63:
                raise ValueError("a count is too large")

    def text(self) -> str:
        return self.take(self.count()).decode("utf-8", "surrogatepass")

    def term(self) -> Term:
        """Reads one term. Open expressions and associations lie on a stack: (how many parts, those there are)."""
        stack: list[tuple[int, list[Term], bool]] = []
        while True:
            sign = self.take(1)
            made: Term
            if sign == b"f":
                stack.append((self.count() + 1, [], False))
                continue
            if sign == b"A":
                stack.append((2 * self.count(), [], True))
                made = None
            else:
                made = self.atom(sign)
                if stack:
                    stack[-1][1].append(made)
            while stack and len(stack[-1][1]) >= stack[-1][0]:
                _, parts, is_association = stack.pop()
                made = associated(parts) if is_association else joined(parts)
                if stack:
                    stack[-1][1].append(made)
            if not stack:
                return made
            if stack[-1][2] and len(stack[-1][1]) % 2 == 0:
                self.rule()

    def rule(self) -> None:
        sign = self.take(1)[0]
        if sign not in RULES:
            raise ValueError(f"a rule of an association is expected, not byte {sign}")

    def atom(self, sign: bytes) -> Term:
        if sign in INTEGERS:
            form = INTEGERS[sign]
            return struct.unpack(form, self.take(struct.calcsize(form)))[0]
        if sign[0] in (PACKED, NUMERIC):
            array = self.array()
            return pack(array) if sign[0] == PACKED else NumericArray(array)
        if sign == b"r":
            return struct.unpack("<d", self.take(8))[0]
        if sign == b"S":
            return self.text()
        if sign == b"s":
            return self.symbol(self.text())
        if sign in (b"I", b"R"):
            return self.number()
        if sign == b"B":
            data = self.take(self.count())
            return Expression(S.ByteArray, (base64.b64encode(data).decode(),))
        raise ValueError(f"byte {sign[0]} begins no expression")

    def number(self) -> Term:
        text = self.text()
        try:
            value = read_number(text.removeprefix("-"))
        except AssertionError:
            raise ValueError(f"{text[:40]} is no number") from None
        return -value if text.startswith("-") else value

    def symbol(self, name: str) -> Symbol:
        if not name_pattern().fullmatch(name):
            raise ValueError(f"{name[:40]!r} is no name of a symbol")
        return self.resolve(name)

    def array(self) -> np.ndarray:
        code, rank = self.take(1)[0], self.count()
        if code not in TYPES or rank > 32:
            raise ValueError("an array has an unknown type of numbers, or more than 32 dimensions")
        shape = tuple(self.count() for _ in range(rank))
        kind = np.dtype(TYPES[code])
        return np.frombuffer(self.take(prod(shape) * kind.itemsize), kind).reshape(shape)


def joined(parts: list[Term]) -> Term:
    """Gives the expression of a head and arguments, which for numbers is an atom."""
    head, *args = parts
    kinds = tuple(map(type, args))
    if head is S.Rational and kinds == (int, int) and args[1]:
        fraction = Fraction(args[0], args[1])
        return fraction if fraction.denominator > 1 else fraction.numerator
    if head is S.Complex and kinds == (float, float):
        return complex(args[0], args[1])
    return Expression(head, tuple(args))


def associated(parts: list[Term]) -> Association:
    return Association(zip(parts[::2], parts[1::2], strict=True))
