"""Broadcasting: where the result of several arrays goes, and how its gradient is summed back."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wlnet.compute.rows import as_rows, row_sums
from wlnet.compute.workspace import Workspace


def blank(work: Workspace, inputs: tuple[Any, ...]) -> np.ndarray:
    """Gives the array for what an elementwise function of these arrays and numbers gives."""
    return work.once("y", lambda: make_blank(inputs))


def make_blank(inputs: tuple[Any, ...]) -> np.ndarray:
    """Gives an empty array of the inputs' common shape and type, in the memory layout of an input of that shape."""
    shape = np.broadcast_shapes(*map(np.shape, inputs))
    kind = np.result_type(*inputs)
    full = next((x for x in inputs if np.shape(x) == shape), None)
    return np.empty(shape, kind) if full is None else np.empty_like(full, kind)


def fold(work: Workspace, name: str, array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Gives `array` summed over the axes along which an input of this shape was repeated."""
    if array.shape == shape:
        return array
    axes = work.once(name + " axes", lambda: repeated_axes(array.shape, shape))
    last = trailing(axes, array.ndim)
    rows = as_rows(array, last) if last else None
    if rows is not None:
        axes = axes[: -len(last)]
        array = row_sums(work, name + " rows", rows).reshape(*array.shape[: -len(last)], *(1,) * len(last))
    if axes == tuple(range(len(axes))) and array.flags.c_contiguous:
        # A product with a row of ones is several times faster than a sum over the first axes.
        rows = array.reshape(-1, math.prod(shape))
        ones = work.once(name + " ones", lambda: np.ones(len(rows), array.dtype))
        return np.dot(ones, rows).reshape(shape)
    return np.add.reduce(array, axes, keepdims=True).reshape(shape)


def trailing(axes: tuple[int, ...], rank: int) -> tuple[int, ...]:
    """Gives those of some ascending axes that are the last ones of an array of this rank."""
    count = 0
    while count < len(axes) and axes[-1 - count] == rank - 1 - count:
        count += 1
    return axes[len(axes) - count :]


def repeated_axes(full: tuple[int, ...], shape: tuple[int, ...]) -> tuple[int, ...]:
    """Gives the axes of `full` along which an array of this shape is repeated."""
    lead = len(full) - len(shape)
    return tuple(i for i, size in enumerate(full) if i < lead or (shape[i - lead] == 1 and size != 1))
