"""The format .wlnet: a net in one file.

The file is a zip archive, its members uncompressed, so that any program can read it:

    format.json     {"format": "wlnet", "version": 1, "arrays": [{"position": ["1", "Weights"]} or {"shared": "name"},
                    each with "file", "type" and "dimensions"]}
    net.wl          the expression of the net without its arrays, in the language; numbers in full precision
    arrays/1.npy    the arrays, in the order of format.json, in NumPy's format of version 1, little-endian, C order
    training.json   only in the checkpoint of a training: where it is, and the names of its own arrays, which are
    training/1.npy  in the order of those names

A shared array is one member, whatever its positions. Nothing in the file is ever evaluated: the expression is read as
data, and arrays are read without pickle. A reader refuses a version above its own.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import FormatError
from wlnet.nets.arrays import Key, Shared

VERSION = 1
MANIFEST, NET = "format.json", "net.wl"
TRAINING = "training.json"
TYPES = ("float32", "float64")
TRAINING_TYPES = (*TYPES, "int64", "bool")
Training: TypeAlias = tuple[Mapping[str, Any], Mapping[str, np.ndarray]]
"""Where a training is: what JSON can hold, and arrays by name."""

#: The date of every member: equal nets make equal files.
DATE = (1980, 1, 1, 0, 0, 0)


def wlnet_bytes(text: str, arrays: Mapping[Key, np.ndarray], training: Training | None = None) -> bytes:
    """Gives the content of a file for a net: the text of its expression without arrays, and its arrays by key."""
    entries = []
    members: list[tuple[str, bytes]] = []
    for number, (key, array) in enumerate(arrays.items(), 1):
        name = f"arrays/{number}.npy"
        place = {"shared": key.name} if isinstance(key, Shared) else {"position": list(key)}
        entries.append({**place, "file": name, "type": array.dtype.name, "dimensions": list(array.shape)})
        members.append((name, array_bytes(array)))
    manifest = {"format": "wlnet", "version": VERSION, "arrays": entries}
    members += training_members(training) if training is not None else []
    members[:0] = [(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode()), (NET, text.encode())]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, DATE), content)
    return stream.getvalue()


def training_members(training: Training) -> list[tuple[str, bytes]]:
    facts, arrays = training
    members = [(f"training/{number}.npy", array_bytes(array)) for number, array in enumerate(arrays.values(), 1)]
    return [(TRAINING, json.dumps({"facts": facts, "arrays": list(arrays)}).encode()), *members]


def array_bytes(array: np.ndarray) -> bytes:
    """Gives an array in NumPy's format."""
    stream = io.BytesIO()
    little = array.astype(array.dtype.newbyteorder("<"), order="C", copy=False)
    np.lib.format.write_array(stream, little, version=(1, 0), allow_pickle=False)
    return stream.getvalue()


@dataclass(frozen=True)
class WlnetFile:
    """What a file holds: its version, the text of the net's expression, and the arrays (read when asked for)."""

    name: str
    version: int
    text: str
    entries: tuple[tuple[Key, str], ...]
    data: bytes

    @cached_property
    def arrays(self) -> dict[Key, np.ndarray]:
        """Key → array; raises FormatError."""
        with opened(self.data, self.name) as archive:
            return {key: array_in(member(archive, file, self.name), file, self.name) for key, file in self.entries}

    @cached_property
    def training(self) -> Training | None:
        """What a checkpoint says of its training; None for the file of a net alone. Raises FormatError."""
        with opened(self.data, self.name) as archive:
            if TRAINING not in archive.namelist():
                return None
            try:
                said = json.loads(member(archive, TRAINING, self.name))
                facts, names = dict(said["facts"]), [str(name) for name in said["arrays"]]
            except (ValueError, KeyError, TypeError, RecursionError):
                raise damaged(self.name, "what it says of the training cannot be read") from None
            files = {name: f"training/{number}.npy" for number, name in enumerate(names, 1)}
            return facts, {
                name: array_in(member(archive, file, self.name), file, self.name, TRAINING_TYPES)
                for name, file in files.items()
            }


def read_wlnet(data: bytes, name: str) -> WlnetFile:
    """Gives what the content of the file called `name` holds; raises FormatError where it is none, or damaged."""
    with opened(data, name) as archive:
        try:
            manifest = json.loads(member(archive, MANIFEST, name))
            text = member(archive, NET, name).decode()
        except (ValueError, RecursionError):
            raise damaged(name, "its text cannot be read") from None
        if not isinstance(manifest, dict) or manifest.get("format") != "wlnet":
            raise FormatError(f"{name}: this is not a .wlnet file")
        version = manifest.get("version")
        if type(version) is not int or not 1 <= version <= VERSION:
            raise FormatError(f"{name}: the file has version {version} of the format; this program reads {VERSION}")
        entries = manifest.get("arrays")
        if not isinstance(entries, list):
            raise damaged(name, "its list of arrays is missing")
        return WlnetFile(name, version, text, tuple(entry_of(entry, name) for entry in entries), data)


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise FormatError(f"{name}: this is not a .wlnet file, or it is cut short") from None


def member(archive: zipfile.ZipFile, file: str, name: str) -> bytes:
    """Gives the content of a member; raises FormatError, also where it would unpack to more than the file holds."""
    try:
        if archive.getinfo(file).compress_type != zipfile.ZIP_STORED:
            raise damaged(name, f"{file} is compressed")
        return archive.read(file)
    except KeyError:
        raise damaged(name, f"{file} is missing") from None
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise damaged(name, f"{file} cannot be read ({error})") from None


def entry_of(entry: Any, name: str) -> tuple[Key, str]:
    """Gives the key of an array and the member that holds it."""
    if isinstance(entry, dict) and isinstance(entry.get("file"), str):
        shared, position = entry.get("shared"), entry.get("position")
        if isinstance(shared, str):
            return Shared(shared), entry["file"]
        if isinstance(position, list) and position and all(isinstance(part, str) for part in position):
            return tuple(position), entry["file"]
    raise damaged(name, "its list of arrays has an entry that says nothing")


def array_in(content: bytes, file: str, name: str, types: tuple[str, ...] = TYPES) -> np.ndarray:
    """Gives the array in a member; raises FormatError."""
    try:
        array = np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
    except (ValueError, EOFError, MemoryError, TypeError, SyntaxError):
        raise damaged(name, f"{file} is no array of NumPy") from None
    if array.dtype.name not in types:
        raise damaged(name, f"{file} has the type {array.dtype}, not one of {', '.join(types)}")
    return array


def damaged(name: str, what: str) -> FormatError:
    return FormatError(f"{name}: the file is damaged: {what}")
