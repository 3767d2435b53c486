"""Operations by the order of elements, and by positions that are data themselves."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace
from wlnet.errors import DataError

Axes = tuple[int, ...]


def ordering_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 5)),), {}


@operation(
    compose=lambda anp, x: anp.argsort(x, axis=-1) + 1.0,
    sample=ordering_samples,
)
def ordering(work: Workspace, x: np.ndarray) -> np.ndarray:
    """Gives the positions (from 1) that sort the last axis, equal elements as they stand: x (...s). It has no gradient."""
    order = np.argsort(x, axis=-1, kind="stable")
    return np.add(order, 1, work.like("y", x), casting="unsafe")


def last(x: Any, axes: Axes) -> tuple[int, ...]:
    """Gives the order of axes in which those to be reduced come last."""
    chosen = sorted(axis % x.ndim for axis in axes)
    return (*(axis for axis in range(x.ndim) if axis not in chosen), *chosen)


def rows(anp: Any, x: Any, axes: Axes) -> Any:
    """Gives x as a matrix with one row for each result of a reduction over the axes."""
    count = math.prod(x.shape[axis] for axis in axes)
    return anp.reshape(anp.transpose(x, last(x, axes)), (-1, count))


def neighbors(count: int, p: float) -> tuple[int, int, float]:
    """Gives the two places (from 0) in sorted elements between which a quantile lies, and how far along it is.

    The definition with the parameters {{1/2, 0}, {0, 1}}: place count*p + 1/2, linear between elements.
    """
    where = min(max(count * p - 0.5, 0.0), count - 1.0)
    low = math.floor(where)
    return low, min(low + 1, count - 1), where - low


def quantile_samples(generator: np.random.Generator) -> Samples:
    for axes, p in (((1,), 0.5), ((-1,), 0.25), ((1, 2), 0.75), ((0, 2), 0.5), ((2,), 1.0)):
        yield (generator.normal(size=(2, 3, 4)),), {"axes": axes, "p": p}


def compose_quantile(anp: Any, x: Any, *, axes: Axes, p: float) -> Any:
    flat = rows(anp, x, axes)
    low, high, share = neighbors(flat.shape[1], p)
    order = np.asarray(anp.argsort(flat, axis=1))
    lines = np.arange(len(order))
    value = flat[lines, order[:, low]] * (1 - share) + flat[lines, order[:, high]] * share
    return anp.reshape(value, [x.shape[axis] for axis in last(x, axes)[: x.ndim - len(axes)]])


@operation(compose=compose_quantile, sample=quantile_samples)
def quantile(work: Workspace, x: np.ndarray, *, axes: Axes, p: float) -> np.ndarray:
    """Gives the quantile p over some axes (p = 1/2: the median): x (...s); gives (...s) without them."""
    flat = rows(np, x, axes)
    low, high, share = neighbors(flat.shape[1], p)
    order = np.argsort(flat, axis=1, kind="stable")
    lines = np.arange(len(flat))
    work.saved = lines, order[:, low], order[:, high]
    value = np.multiply(flat[lines, order[:, low]], 1 - share)
    value += np.multiply(flat[lines, order[:, high]], share)
    return value.reshape([x.shape[axis] for axis in last(x, axes)[: x.ndim - len(axes)]])


@quantile.gradient
def quantile_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, *, axes: Axes, p: float
) -> tuple[Any, ...]:
    order = last(x, axes)
    count = math.prod(x.shape[axis] for axis in axes)
    _, _, share = neighbors(count, p)
    lines, low, high = work.saved
    flat = np.zeros((len(lines), count), x.dtype)
    flat[lines, low] += gradient.reshape(-1) * (1 - share)
    flat[lines, high] += gradient.reshape(-1) * share
    back = flat.reshape([x.shape[axis] for axis in order])
    return (np.transpose(back, [order.index(axis) for axis in range(x.ndim)]),)


def places(x: Any, positions: np.ndarray) -> tuple[np.ndarray, ...]:
    """Gives the index into x of positions from 1 (negative: from the end); raises DataError where there is none."""
    index = [np.arange(x.shape[0]).reshape(-1, *(1,) * (positions.ndim - 2))]
    for level in range(positions.shape[-1]):
        size = x.shape[1 + level]
        given = np.asarray(positions[..., level]).astype(np.intp)
        wrong = (given == 0) | (np.abs(given) > size)
        if wrong.any():
            raise DataError(
                f"there is no position {given[wrong][0]} in {size} elements at level {level + 1}; positions go from 1 to "
                f"{size}, or from -1 to -{size}"
            )
        index.append(np.where(given < 0, given + size, given - 1))
    return tuple(index)


def extract_samples(generator: np.random.Generator) -> Samples:
    x = generator.normal(size=(2, 3, 4, 2))
    yield (x, np.array([[1], [-1]])), {}
    yield (x, np.array([[[1, 4], [2, -1], [1, 4]], [[3, 1], [-3, 2], [-1, -1]]])), {}


@operation(compose=lambda anp, x, positions: x[places(x, positions)], sample=extract_samples)
def extract(work: Workspace, x: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Gives the parts of each example at positions, whole numbers from 1 or negative from the end: x (b, ...s),
    positions (b, ...m, k); gives (b, ...m, ...s without the first k). Raises DataError. Positions have no gradient.
    """
    work.saved = places(x, positions)
    return x[work.saved]


@extract.gradient
def extract_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, positions: Any
) -> tuple[Any, ...]:
    whole = np.zeros_like(x)
    np.add.at(whole, work.saved, gradient)
    return whole, None
