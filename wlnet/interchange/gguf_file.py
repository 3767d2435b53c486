"""The format GGUF of llama.cpp: facts by name, and arrays whose numbers may be quantized.

All numbers are little-endian:

    "GGUF", uint32 version, uint64 number of arrays, uint64 number of facts, the facts, what tells of the arrays, the data
    a text:  uint64 number of bytes, the bytes
    a fact:  its name, uint32 type, the value; a list is uint32 type, uint64 length, the values
    an array: its name, uint32 number of dimensions, a uint64 for each, uint32 type, uint64 place in the data

The data begin at a multiple of the fact "general.alignment". The first dimension is that of neighbors in memory, so that the
dimensions of the language are these from the last to the first.
Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import importlib
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from wlnet.errors import FormatError

MAGIC = b"GGUF"
VERSIONS = (2, 3)
ALIGNMENT = 32
MOST_DIMENSIONS = 8
#: Lists within lists, at most.
DEEPEST = 4

TEXT, LIST, BOOLEAN = 8, 9, 7
#: Type of a fact → its type in NumPy.
FACT_TYPES = {
    0: "u1", 1: "i1", 2: "<u2", 3: "<i2", 4: "<u4", 5: "<i4", 6: "<f4", BOOLEAN: "?", 10: "<u8", 11: "<i8", 12: "<f8",
}  # fmt: skip
#: Type of an array → its type in NumPy; the others are quantized.
ARRAY_TYPES = {0: "<f4", 1: "<f2", 24: "i1", 25: "<i2", 26: "<i4", 27: "<i8", 28: "<f8"}


class Stored(NamedTuple):
    """An array in the data: its dimensions, its type, and where it begins."""

    shape: tuple[int, ...]
    type: int
    place: int


@dataclass(frozen=True, slots=True)
class GGUFFile:
    """What a file holds: its facts, and its arrays, which are read when asked for."""

    name: str
    data: bytes
    facts: Mapping[str, Any]
    stored: Mapping[str, Stored]

    def array(self, name: str) -> np.ndarray:
        """Gives an array, dequantized to Real32 where it is quantized; raises FormatError."""
        shape, kind, place = self.stored[name]
        if kind in ARRAY_TYPES:
            dtype = np.dtype(ARRAY_TYPES[kind])
            made = np.frombuffer(self.taken(name, place, math.prod(shape) * dtype.itemsize), dtype).reshape(shape)
            return made.astype(dtype.newbyteorder("="), copy=False)
        return self.dequantized(name)

    def taken(self, name: str, place: int, count: int) -> bytes:
        if place + count > len(self.data):
            raise damaged(self.name, f'the array "{name}" is cut short')
        return self.data[place : place + count]

    def dequantized(self, name: str) -> np.ndarray:
        shape, kind, place = self.stored[name]
        try:
            package = importlib.import_module("gguf")
        except ImportError:
            raise FormatError(
                f'{self.name}: the array "{name}" is quantized, which needs the package gguf: pip install wlnet[gguf]'
            ) from None
        try:
            quantization = package.GGMLQuantizationType(kind)
            block, size = package.GGML_QUANT_SIZES[quantization]
        except (ValueError, KeyError):
            raise damaged(self.name, f'the array "{name}" has the unknown type {kind}') from None
        if not shape or shape[-1] % block:
            raise damaged(self.name, f'the rows of the array "{name}" are no multiples of {block}')
        rows = (*shape[:-1], shape[-1] // block * size)
        content = np.frombuffer(self.taken(name, place, math.prod(rows)), np.uint8).reshape(rows)
        try:
            return np.asarray(package.quants.dequantize(content, quantization), np.float32)
        except NotImplementedError:
            raise FormatError(
                f'{self.name}: the package gguf cannot dequantize {quantization.name}, the type of "{name}"'
            ) from None


def damaged(name: str, what: str) -> FormatError:
    return FormatError(f"{name}: the file is damaged: {what}")


def read_gguf(data: bytes, name: str) -> GGUFFile:
    """Gives what the content of the file called `name` holds; raises FormatError where it is none, or damaged."""
    if data[:4] != MAGIC:
        raise FormatError(f"{name}: this is not a .gguf file")
    content = Content(data, name)
    (version,) = content.numbers("<I")
    if version not in VERSIONS:
        raise FormatError(f"{name}: the file has version {version} of the format; this program reads 2 and 3")
    arrays, count = content.numbers("<QQ")
    facts = {content.text(): content.fact() for _ in content.counted(count, 13)}
    told = [(content.text(), content.stored()) for _ in content.counted(arrays, 24)]
    alignment = facts.get("general.alignment", ALIGNMENT)
    if type(alignment) is not int or not 1 <= alignment <= 1 << 20:
        raise damaged(name, f'"general.alignment" is {alignment}')
    begin = -(-content.place // alignment) * alignment
    return GGUFFile(name, data, facts, {label: found._replace(place=begin + found.place) for label, found in told})


class Content:
    """The content of a file, read from after the magic word; raises FormatError where it ends too soon."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self.place = len(MAGIC)

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.place:
            raise damaged(self.name, "it is cut short")
        self.place += count
        return self.data[self.place - count : self.place]

    def numbers(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))

    def counted(self, count: int, least: int) -> range:
        """Gives the range of things of so many bytes at least that follow."""
        if count * least > len(self.data) - self.place:
            raise damaged(self.name, f"it is too short for the {count} entries that it speaks of")
        return range(count)

    def text(self) -> str:
        (count,) = self.numbers("<Q")
        return self.take(count).decode("utf-8", "replace")

    def fact(self) -> Any:
        (kind,) = self.numbers("<I")
        return self.value(kind, 0)

    def value(self, kind: int, depth: int) -> Any:
        """Gives a value: a number, a text, True or False, or a list of those."""
        if kind == TEXT:
            return self.text()
        if kind == LIST and depth < DEEPEST:
            inner, count = self.numbers("<IQ")
            if inner in FACT_TYPES:
                dtype = np.dtype(FACT_TYPES[inner])
                return np.frombuffer(self.take(count * dtype.itemsize), dtype).tolist()
            return [self.value(inner, depth + 1) for _ in self.counted(count, 8)]
        if kind not in FACT_TYPES:
            raise damaged(self.name, f"a fact has the unknown type {kind}")
        dtype = np.dtype(FACT_TYPES[kind])
        return np.frombuffer(self.take(dtype.itemsize), dtype)[0].item()

    def stored(self) -> Stored:
        (count,) = self.numbers("<I")
        if count > MOST_DIMENSIONS:
            raise damaged(self.name, f"an array has {count} dimensions")
        sizes = self.numbers(f"<{count}Q")
        kind, place = self.numbers("<IQ")
        return Stored(tuple(reversed(sizes)), kind, place)
