"""Columns of training data: the examples of one port as arrays, checked and converted, or as they are stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import DataError
from wlnet.nets.dimensions import VARYING, Shape
from wlnet.training.stored import Stored, StoredSequences, stored

Column: TypeAlias = np.ndarray | list[np.ndarray] | Stored | StoredSequences


def rounded_up(length: int) -> int:
    """Gives a length that is at most an eighth larger, so that plans for few lengths serve all."""
    step = 1 << max(0, length.bit_length() - 4)
    return -(-length // step) * step


def padded(sequences: Sequence[np.ndarray], length: int, out: np.ndarray | None = None) -> np.ndarray:
    """Gives sequences as one array, each made longer by its last element: a value that the net can surely take."""
    if out is None:
        out = np.empty((len(sequences), length, *sequences[0].shape[1:]), sequences[0].dtype)
    for row, sequence in zip(out, sequences, strict=True):
        row[: len(sequence)] = sequence
        row[len(sequence) :] = sequence[-1]
    return out


def blocks_of(values: Column) -> Iterator[tuple[int, np.ndarray]]:
    """Yields the examples of a column in arrays of at most 65 536, each with the index of its first one."""
    if isinstance(values, list):
        yield from ((index, value[None]) for index, value in enumerate(values))
        return
    if isinstance(values, StoredSequences):
        yield from ((index, values.take(np.array([index]))[0][None]) for index in range(len(values)))
        return
    for first in range(0, len(values), 65_536):
        chosen = np.arange(first, min(first + 65_536, len(values)))
        yield first, values.take(chosen) if isinstance(values, Stored) else values[chosen[0] : chosen[-1] + 1]


def column(name: str, values: Any, dtype: Any) -> Column:
    """Gives the examples of a port as one array, as a list where their dimensions differ, or as they are stored.

    A memory map stays on its disk. Raises DataError.
    """
    if isinstance(values, Stored | StoredSequences):
        return values.astype(dtype)
    if isinstance(values, np.memmap):
        return stored(f'the data for the port "{name}"', values).astype(dtype)
    if np.isscalar(values) or (isinstance(values, np.ndarray) and not values.ndim):
        raise DataError(f'the data for the port "{name}" are one value, not a list of examples', kind="NetTrain")
    try:
        with np.errstate(over="ignore"):
            made = converted(values, dtype)
    except (TypeError, ValueError):
        raise DataError(f'the data for the port "{name}" are not arrays of numbers', kind="NetTrain") from None
    example = first_not_finite(made)
    if example is not None:
        raise DataError(
            f'the data for the port "{name}" contain a number that is not finite, first in example {example + 1}',
            kind="NetTrain",
        )
    return made


def converted(values: Any, dtype: Any) -> np.ndarray | list[np.ndarray]:
    if isinstance(values, np.ndarray):
        return np.ascontiguousarray(values, dtype)
    parts = [np.ascontiguousarray(value, dtype).reshape(np.shape(value)) for value in values]
    return np.stack(parts) if parts and len({part.shape for part in parts}) == 1 else parts


def first_not_finite(values: np.ndarray | Sequence[np.ndarray]) -> int | None:
    """Gives the index of the first example with a NaN or an infinity, or None."""
    if isinstance(values, np.ndarray):
        good = np.isfinite(values).reshape(len(values), -1).all(1)
        return None if good.all() else int(np.argmin(good))
    return next((index for index, value in enumerate(values) if not np.isfinite(value).all()), None)


def common_shape(name: str, values: Column) -> Shape:
    """Gives the dimensions of one example; raises DataError where the ranks differ."""
    if isinstance(values, StoredSequences):
        return values.shape
    if not isinstance(values, list):
        return values.shape[1:]
    ranks = {value.ndim for value in values}
    if len(ranks) > 1:
        raise DataError(
            f'the examples for the port "{name}" have different numbers of dimensions: {sorted(ranks)}', kind="NetTrain"
        )
    return tuple(
        sizes[0] if len(set(sizes)) == 1 else VARYING for sizes in zip(*[v.shape for v in values], strict=True)
    )
