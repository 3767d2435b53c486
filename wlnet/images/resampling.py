"""Images in other sizes: each new pixel is a weighted mean of the old ones around its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np


class Filter(NamedTuple):
    """The weight of a pixel by its distance (in pixels of the coarser image), which is 0 from `radius` on."""

    radius: float
    weight: Callable[[np.ndarray], np.ndarray]


def cubic(x: np.ndarray) -> np.ndarray:
    """Gives the cubic convolution of Keys (1981) with a = -1/2."""
    return np.where(x < 1, (1.5 * x - 2.5) * x * x + 1, ((-0.5 * x + 2.5) * x - 4) * x + 2)


def hamming(x: np.ndarray) -> np.ndarray:
    return np.sinc(x) * (0.54 + 0.46 * np.cos(np.pi * x))


FILTERS: dict[str, Filter] = {
    "Linear": Filter(1, lambda x: 1 - x),
    "Cubic": Filter(2, cubic),
    "Lanczos": Filter(3, lambda x: np.sinc(x) * np.sinc(x / 3)),
    "Hamming": Filter(1, hamming),
}
#: What a resampling may be called → its filter; None takes the nearest pixel.
RESAMPLINGS: dict[str, Filter | None] = {
    "Automatic": FILTERS["Linear"],
    "Nearest": None,
    "Linear": FILTERS["Linear"],
    "Bilinear": FILTERS["Linear"],
    "Cubic": FILTERS["Cubic"],
    "Bicubic": FILTERS["Cubic"],
    "Lanczos": FILTERS["Lanczos"],
    "Hamming": FILTERS["Hamming"],
}
#: Fewer rows than this are multiplied with all weights at once.
FEW_ROWS = 256


@lru_cache(maxsize=64)
def weights(old: int, new: int, name: str) -> np.ndarray:
    """Gives the matrix (new, old), float32, of the weights; a filter is made wider where the image shrinks."""
    chosen = RESAMPLINGS[name]
    if chosen is None:
        return np.eye(old, dtype=np.float32)[(2 * np.arange(new) + 1) * old // (2 * new)]
    stretch = max(old / new, 1.0)
    centers = (np.arange(new) + 0.5) * (old / new)
    away = np.abs((np.arange(old) + 0.5)[None, :] - centers[:, None]) / stretch
    found = np.where(away < chosen.radius, chosen.weight(away), 0)
    return (found / found.sum(axis=1, keepdims=True)).astype(np.float32)


def mixed(matrix: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Gives matrix @ rows: (new, old) and (n, old, m); where few weights of each row count, only these are used.

    Shrinking a photograph of 12 million pixels so takes a few percent of the time.
    """
    new, old = matrix.shape
    if old < FEW_ROWS or np.count_nonzero(matrix) * 8 > matrix.size:
        return np.matmul(matrix, rows)
    made = np.empty((len(rows), new, rows.shape[2]), rows.dtype)
    for place, row in enumerate(matrix):
        used = np.flatnonzero(row)
        band = slice(used[0], used[-1] + 1)
        np.matmul(row[band], rows[:, band], out=made[:, place])
    return made


def resized(pixels: np.ndarray, shape: Sequence[int], name: str = "Automatic") -> np.ndarray:
    """Gives pixels (...spatial, channels) resampled to the spatial dimensions `shape`, in the same number type.

    The axis that shrinks most goes first: what is left for the others is then smallest.
    """
    order = sorted(range(len(shape)), key=lambda axis: shape[axis] / pixels.shape[axis])
    for axis in order:
        old, new = pixels.shape[axis], shape[axis]
        if old == new:
            continue
        if RESAMPLINGS[name] is None:
            pixels = pixels.take((2 * np.arange(new) + 1) * old // (2 * new), axis=axis)
        else:
            rows = pixels.reshape(int(np.prod(pixels.shape[:axis])), old, -1)
            made = mixed(weights(old, new, name).astype(pixels.dtype, copy=False), rows)
            pixels = made.reshape(*pixels.shape[:axis], new, *pixels.shape[axis + 1 :])
    return pixels
