"""Elementwise functions of several steps, taken over so few numbers at a time that what they need stays in the cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from wlnet.compute.threads import in_threads, portions

#: How many numbers are taken at a time: a handful of such arrays stays near; fewer would cost more calls than they save.
BLOCK = 1 << 16
#: How many multiplications the function of a number counts for: at least some ten passes that wait for the memory.
STEPS = 32


def in_blocks(function: Callable[..., Any], *arrays: np.ndarray) -> np.ndarray:
    """Runs `function(*arrays)`, which writes into the last array, and gives that array.

    Arrays that lie in memory alike are taken in blocks, as flat arrays; other ones at once.
    """
    target = arrays[-1]
    if (target.ndim == 1 and target.size <= BLOCK) or any(array.strides != target.strides for array in arrays):
        function(*arrays)
        return target
    # What lies like an array without gaps is flat as a view.
    flat = [array.ravel(order="K") for array in arrays]
    if flat[-1].base is None:
        function(*arrays)
        return target

    def run(some: slice) -> None:
        for start in range(some.start, some.stop, BLOCK):
            block = slice(start, min(start + BLOCK, some.stop))
            function(*[array[block] for array in flat])

    in_threads(run, portions(target.size, target.size * STEPS))
    return target


def in_parts(function: Callable[..., Any], *arrays: np.ndarray) -> np.ndarray:
    """Runs `function(*arrays)`, which writes into the last array, some rows of the first axis at a time; gives that array."""
    target = arrays[-1]
    step = max(1, BLOCK * len(target) // target.size) if target.size > BLOCK else len(target)
    for start in range(0, len(target), step):
        function(*[array[start : start + step] for array in arrays])
    return target


@lru_cache(64)
def row_of(value: float, dtype: Any, *length: int) -> np.ndarray:
    """Gives a row of equal numbers: with one number, minimum and maximum take three times as long."""
    return np.full(length, value, dtype)
