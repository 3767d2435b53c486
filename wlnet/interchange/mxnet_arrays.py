"""The files of arrays of MXNet (.params): a list of arrays, and a list of their names.

All numbers are little-endian:

    uint64 0x112, uint64 0, uint64 number of arrays, the arrays, uint64 number of names, the names
    a name:   uint64 number of bytes, the bytes
    an array: uint32 version; int32 storage (0: dense; versions 2 and 3 only); the dimensions; int32 kind and int32 number
              of the device that it was on; int32 type; the elements in C order

The dimensions are their number (uint32) and an int64 for each. Version 0 has the number of dimensions in place of the
version, and a uint32 for each. An array without dimensions has no values, and ends there; only in version 3 it is a single
number, and -1 dimensions are none. The names begin with "arg:", or with "aux:" for what training moves otherwise.
Source: the serialization of NDArray in Apache MXNet (Apache License 2.0).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping

import numpy as np

from wlnet.errors import FormatError

MAGIC = 0x112
V1, V2, V3 = 0xF993FAC8, 0xF993FAC9, 0xF993FACA
DENSE = 0
CPU = 1
MOST_DIMENSIONS = 32

#: Number of a type → the type of NumPy.
TYPES = {
    0: "float32", 1: "float64", 2: "float16", 3: "uint8", 4: "int32", 5: "int8", 6: "int64", 7: "bool", 8: "int16",
    9: "uint16", 10: "uint32", 11: "uint64",
}  # fmt: skip
NUMBERS = {name: number for number, name in TYPES.items()}


def is_array_file(data: bytes) -> bool:
    return data[:8] == struct.pack("<Q", MAGIC)


def array_bytes(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Gives the content of a file with these arrays, in version 2, which has no single numbers."""
    parts = [struct.pack("<QQQ", MAGIC, 0, len(arrays))]
    for array in arrays.values():
        parts.append(struct.pack(f"<IiI{array.ndim}q", V2, DENSE, array.ndim, *array.shape))
        parts.append(struct.pack("<iii", CPU, 0, NUMBERS[array.dtype.name]))
        parts.append(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    parts.append(struct.pack("<Q", len(arrays)))
    for name in arrays:
        text = name.encode()
        parts.append(struct.pack("<Q", len(text)) + text)
    return b"".join(parts)


def read_arrays(data: bytes, name: str) -> dict[str, np.ndarray]:
    """Gives name → array of the content of the file called `name`; arrays without names have numbers, from 1.

    Raises FormatError where it is none, or damaged, or holds sparse arrays.
    """
    if not is_array_file(data):
        raise FormatError(f"{name}: this is no file of arrays of MXNet")
    content = Content(data, name)
    _, _, count = content.numbers("<QQQ")
    arrays = [content.array() for _ in content.counted(count, 4)]
    (named,) = content.numbers("<Q")
    names = [content.text() for _ in content.counted(named, 8)]
    if names and (len(names) != len(arrays) or len(set(names)) < len(names)):
        raise content.damaged(f"{len(arrays)} arrays have {len(set(names))} different names")
    labels = names or [str(number) for number in range(1, len(arrays) + 1)]
    return {label: array for label, array in zip(labels, arrays, strict=True) if array is not None}


class Content:
    """The content of a file, read from its begin; raises FormatError where it ends too soon."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self.place = 0

    def damaged(self, what: str) -> FormatError:
        return FormatError(f"{self.name}: the file of arrays is damaged: {what}")

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.place:
            raise self.damaged("it is cut short")
        self.place += count
        return self.data[self.place - count : self.place]

    def numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))

    def counted(self, count: int, least: int) -> range:
        """Gives the range of things of so many bytes at least that follow."""
        if count * least > len(self.data) - self.place:
            raise self.damaged(f"it is too short for the {count} entries that it speaks of")
        return range(count)

    def text(self) -> str:
        (count,) = self.numbers("<Q")
        try:
            return self.take(count).decode()
        except UnicodeDecodeError:
            raise self.damaged("the name of an array is no text") from None

    def array(self) -> np.ndarray | None:
        """Gives the next array, or None of one without values."""
        (version,) = self.numbers("<I")
        if version in (V2, V3) and self.numbers("<i") != (DENSE,):
            raise FormatError(f"{self.name}: sparse arrays cannot be read")
        shape = self.shape(version)
        if shape is None or (not shape and version != V3):
            return None
        _, _, number = self.numbers("<iii")
        if number not in TYPES:
            raise self.damaged(f"an array has the unknown type {number}")
        kind = np.dtype(TYPES[number]).newbyteorder("<")
        array = np.frombuffer(self.take(math.prod(shape) * kind.itemsize), kind)
        return array.reshape(shape).astype(kind.newbyteorder("="), copy=False)

    def shape(self, version: int) -> tuple[int, ...] | None:
        """Gives the dimensions of an array; None where there are none yet."""
        if version in (V1, V2, V3):
            (count,) = self.numbers("<i")
            if version == V3 and count == -1:
                return None
            letter = "q"
        else:
            count, letter = version, "I"
        if not 0 <= count <= MOST_DIMENSIONS:
            raise self.damaged(f"an array has {count} dimensions")
        shape = self.numbers(f"<{count}{letter}")
        if any(size < 0 for size in shape):
            raise self.damaged(f"an array has the dimensions {shape}")
        return shape
