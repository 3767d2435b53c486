"""The format of .safetensors: arrays by name, as PyTorch and others exchange them.

    uint64 size of the head, the head in JSON (name → dtype, shape, data_offsets from the end of the head), the data

Numbers are little-endian, rows first. Description: https://github.com/huggingface/safetensors
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from wlnet.errors import FormatError

#: The format's name of a type of number → how it is stored here; BF16 is the upper half of a Real32.
TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "u1", "BOOL": "u1",
}  # fmt: skip
NAMES = {np.dtype(stored): name for name, stored in TYPES.items() if name not in ("BF16", "BOOL")}
METADATA = "__metadata__"


def read_safetensors(data: bytes, source: str) -> dict[str, np.ndarray]:
    """Gives name → array; raises FormatError. Numbers of 16 bits become Real32."""
    size = int.from_bytes(data[:8], "little")
    if len(data) < 8 or size > len(data) - 8:
        raise FormatError(f"{source}: the file is too short for the head that it announces")
    try:
        head = json.loads(data[8 : 8 + size])
        rows = [(name, facts) for name, facts in head.items() if name != METADATA]
        return {name: array_in(data, 8 + size, facts) for name, facts in rows}
    except (AttributeError, KeyError, RecursionError, TypeError, UnicodeDecodeError, ValueError) as error:
        raise FormatError(f"{source}: its head is damaged: {error}") from None


def array_in(data: bytes, begin: int, facts: Mapping[str, Any]) -> np.ndarray:
    """Gives the array that an entry of the head describes; raises ValueError and the like where it does not fit."""
    kind, shape, (start, end) = facts["dtype"], tuple(facts["shape"]), facts["data_offsets"]
    stored = np.dtype(TYPES[kind])
    if not all(type(size) is int and size >= 0 for size in (*shape, start, end)) or begin + end > len(data):
        raise ValueError("an array lies outside of the file")
    if end - start != prod(shape) * stored.itemsize:
        raise ValueError(f"an array of dimensions {list(shape)} has {end - start} bytes")
    array = np.frombuffer(data, stored, prod(shape), begin + start).reshape(shape)
    if kind == "BF16":
        return (array.astype(np.uint32) << 16).view(np.float32)
    return array.astype(np.float32) if kind == "F16" else array


def safetensors_bytes(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Gives the content of the file of these arrays; raises TypeError for numbers of a type that it has not."""
    head: dict[str, Any] = {}
    parts: list[bytes] = []
    place = 0
    for name, array in arrays.items():
        stored = array.dtype.newbyteorder("<")
        if stored not in NAMES:
            raise TypeError(f"numbers of the type {array.dtype} cannot be written")
        parts.append(np.ascontiguousarray(array, stored).tobytes())
        head[name] = {
            "dtype": NAMES[stored],
            "shape": list(array.shape),
            "data_offsets": [place, place + len(parts[-1])],
        }
        place += len(parts[-1])
    text = json.dumps(head, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)  # the data begin at a multiple of 8
    return b"".join((len(text).to_bytes(8, "little"), text, *parts))
