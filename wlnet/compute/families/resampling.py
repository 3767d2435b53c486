"""Operations that change how finely an array is sampled, or continue it beyond its ends."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace

Widths = tuple[tuple[int, int], ...]
Sizes = tuple[int, ...]


def points(old: int, new: int, bins: bool) -> np.ndarray:
    """Gives where in `old` samples (counted from 0) each of `new` samples lies.

    bins: the samples are the centers of equal cells of one interval; otherwise the first and last ones coincide.
    """
    if bins:
        return np.clip((np.arange(new) + 0.5) * (old / new) - 0.5, 0, old - 1)
    return np.arange(new) * ((old - 1) / (new - 1) if new > 1 else 0.0)


def interpolation(old: int, new: int, bins: bool, nearest: bool, dtype: Any) -> np.ndarray:
    """Gives the matrix (new, old) that takes samples to samples."""
    if nearest and bins:
        # In whole numbers, so that the middle of a cell is never lost to rounding.
        return np.eye(old, dtype=dtype)[(2 * np.arange(new) + 1) * old // (2 * new)]
    where = points(old, new, bins)
    if nearest:
        return np.eye(old, dtype=dtype)[np.floor(where + 0.5).astype(int)]
    low = np.floor(where).astype(int)
    share = (where - low)[:, None]
    eye = np.eye(old)
    return ((1 - share) * eye[low] + share * eye[np.minimum(low + 1, old - 1)]).astype(dtype)


def along(x: np.ndarray, axis: int, matrix: np.ndarray) -> np.ndarray:
    """Gives x with a matrix (new, old) applied along one axis."""
    shape = (*x.shape[:axis], len(matrix), *x.shape[axis + 1 :])
    if axis == x.ndim - 1:
        return np.dot(x.reshape(-1, x.shape[axis]), matrix.T).reshape(shape)
    return np.matmul(matrix, x.reshape(int(np.prod(x.shape[:axis])), x.shape[axis], -1)).reshape(shape)


def matrices(x: np.ndarray, sizes: Sizes, bins: bool, nearest: bool) -> list[tuple[int, np.ndarray]]:
    """Gives (axis, matrix) of the axes that change, those that shrink most first."""
    changed = [axis for axis, size in enumerate(sizes) if size != x.shape[axis]]
    changed.sort(key=lambda axis: sizes[axis] / x.shape[axis])
    return [(axis, interpolation(x.shape[axis], sizes[axis], bins, nearest, x.dtype)) for axis in changed]


def resize_samples(generator: np.random.Generator) -> Samples:
    x = generator.normal(size=(2, 4, 3))
    for bins in (False, True):
        for nearest in (False, True):
            yield (x,), {"sizes": (2, 7, 2), "bins": bins, "nearest": nearest}
    yield (x,), {"sizes": (2, 1, 5), "bins": False, "nearest": False}


def compose_resize(anp: Any, x: Any, *, sizes: Sizes, bins: bool, nearest: bool) -> Any:
    for axis, size in enumerate(sizes):
        matrix = interpolation(x.shape[axis], size, bins, nearest, x.dtype)
        x = anp.moveaxis(anp.dot(anp.moveaxis(x, axis, -1), matrix.T), -1, axis)
    return x


@operation(compose=compose_resize, sample=resize_samples)
def resize(work: Workspace, x: np.ndarray, *, sizes: Sizes, bins: bool, nearest: bool) -> np.ndarray:
    """Gives x resampled to a new size along each axis, linearly or to the nearest sample: x (...s); gives `sizes`."""
    y = x
    for axis, matrix in work.once("matrices", lambda: matrices(x, sizes, bins, nearest)):
        y = along(y, axis, matrix)
    return y


@resize.gradient
def resize_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, *, sizes: Sizes, **settings: Any
) -> tuple[Any, ...]:
    for axis, matrix in reversed(work.once("matrices", lambda: matrices(x, sizes, **settings))):
        gradient = along(gradient, axis, matrix.T)
    return (gradient,)


def continued(size: int, before: int, after: int, mirrored: bool) -> np.ndarray:
    """Gives the number (from 0) of the sample that stands at each place from -before to size + after - 1."""
    places = np.arange(-before, size + after)
    if not mirrored:
        return np.clip(places, 0, size - 1)
    period = max(2 * (size - 1), 1)
    places %= period
    return np.minimum(places, period - places) if size > 1 else np.zeros_like(places)


def pad_from_inside_samples(generator: np.random.Generator) -> Samples:
    x = generator.normal(size=(2, 3, 1))
    for mirrored in (False, True):
        yield (x,), {"widths": ((0, 0), (1, 2), (2, 0)), "mirrored": mirrored}
        yield (x,), {"widths": ((0, 0), (5, 6), (0, 0)), "mirrored": mirrored}


def compose_pad_from_inside(anp: Any, x: Any, *, widths: Widths, mirrored: bool) -> Any:
    for axis, (before, after) in enumerate(widths):
        x = x[(slice(None),) * axis + (continued(x.shape[axis], before, after, mirrored),)]
    return x


@operation(compose=compose_pad_from_inside, sample=pad_from_inside_samples)
def pad_from_inside(work: Workspace, x: np.ndarray, *, widths: Widths, mirrored: bool) -> np.ndarray:
    """Gives x continued by (before, after) elements along each axis: x (...s). They repeat its first and last elements,
    or mirror it there (those not said twice).
    """
    for axis, (before, after) in enumerate(widths):
        if before or after:
            x = np.take(x, continued(x.shape[axis], before, after, mirrored), axis)
    return x


@pad_from_inside.gradient
def pad_from_inside_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, *, widths: Widths, mirrored: bool
) -> tuple[Any, ...]:
    for axis, (before, after) in reversed(list(enumerate(widths))):
        if before or after:
            size = x.shape[axis]
            lines = np.moveaxis(gradient, axis, 0)
            folded = np.array(lines[before : before + size])
            sources = continued(size, before, after, mirrored)
            for place in (*range(before), *range(before + size, len(sources))):
                folded[sources[place]] += lines[place]
            gradient = np.moveaxis(folded, 0, axis)
    return (gradient,)
