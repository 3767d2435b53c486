"""Memory that an operation uses again at every replay."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

import numpy as np


class Workspace:
    """The arrays of one step of a plan, kept from replay to replay.

    `work("y", shape, dtype)` gives the same uninitialized array at each replay: what an operation returns in it lives
    only until the next one. `work.once(name, make)` keeps what `make()` gave the first time (index tables and the
    like). What the forward side leaves for the gradient goes into `work.saved`.
    """

    __slots__ = ("_arrays", "saved")

    def __init__(self) -> None:
        self._arrays: dict[str, Any] = {}
        self.saved: Any = None

    def __call__(self, name: str, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = np.empty(shape, dtype)
        return found

    @property
    def nbytes(self) -> int:
        """How many bytes the arrays take."""
        return sum(found.nbytes for found in self._arrays.values() if isinstance(found, np.ndarray | Workspace))

    def like(self, name: str, array: np.ndarray) -> np.ndarray:
        """Gives the array kept under this name, made at first with the shape, type and memory layout of `array`."""
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = np.empty_like(array)
        return found

    def into(self, name: str, function: Callable[..., Any], *args: Any, **settings: Any) -> np.ndarray:
        """Gives `function(*args, **settings)`, written into the array that it gave at the first call."""
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = np.asarray(function(*args, **settings))
            return found
        return function(*args, out=found, **settings)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Gives what `make()` gave at the first call with this name."""
        found = self._arrays.get(name)
        if found is None:
            found = self._arrays[name] = make()
        return found


class Scratch(threading.local):
    """Memory of a thread that all operations write over: what is taken of it lasts until the next one takes some.

    Because it is the same for all of them, it stays near the processor.
    """

    #: The most bytes that are kept.
    KEPT = 1 << 24

    def __init__(self) -> None:
        self.memory = np.empty(0, np.uint8)

    def __call__(self, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        """Gives an uninitialized array."""
        size = math.prod(shape) * np.dtype(dtype).itemsize
        if size > self.KEPT:
            return np.empty(shape, dtype)
        if size > self.memory.size:
            self.memory = np.empty(size, np.uint8)
        return self.memory[:size].view(dtype).reshape(shape)


scratch = Scratch()
