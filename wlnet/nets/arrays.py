"""The store of a net's arrays: key → read-only array. Sharing is one key that several slots own.

An ordinary array is keyed by its position, the tuple of layer names down to it and its own name; a shared one by
`Shared(name)`, whatever its positions. An array that is not in the store is not initialized yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """The key of a shared array: `NetArray["name"]`."""

    name: str


Key: TypeAlias = Shared | tuple[str, ...]


def freeze(array: np.ndarray, dtype: np.dtype | type | None = None) -> np.ndarray:
    """Gives the array read-only and contiguous, without copying where it already is."""
    made = np.ascontiguousarray(array, dtype=dtype)
    if made.ndim != np.ndim(array):
        made = made.reshape(np.shape(array))
    if made.flags.writeable:
        if made is array:
            made = made.copy()
        made.setflags(write=False)
    return made


class ArrayStore(Mapping[Key, np.ndarray]):
    """An immutable mapping from key to read-only array. No operation on it copies an array."""

    __slots__ = ("_arrays",)

    def __init__(self, arrays: Mapping[Key, np.ndarray] | None = None) -> None:
        self._arrays: dict[Key, np.ndarray] = dict(arrays or {})

    def __getitem__(self, key: Key) -> np.ndarray:
        return self._arrays[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def with_arrays(self, arrays: Mapping[Key, np.ndarray]) -> ArrayStore:
        """Gives a store with these arrays added or replaced."""
        return ArrayStore({**self._arrays, **arrays}) if arrays else self

    def under(self, name: str) -> ArrayStore:
        """Gives the store as part of a container, in which this one's net is called `name`."""
        return ArrayStore(
            {key if isinstance(key, Shared) else (name, *key): value for key, value in self._arrays.items()}
        )

    def only(self, keys: Mapping[Key, Key]) -> ArrayStore:
        """Gives the store of the arrays at these keys that it has, each under its new key."""
        return ArrayStore({new: self._arrays[old] for old, new in keys.items() if old in self._arrays})


EMPTY = ArrayStore()
