"""Batch normalization."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.windows import contiguous
from wlnet.compute.workspace import Workspace


def train_samples(generator: np.random.Generator) -> Samples:
    for shape, axis in (((4, 3), 1), ((4, 2, 3, 2), 1), ((4, 3, 2), -1)):
        c = shape[axis]
        yield (
            (generator.normal(size=shape), generator.normal(size=c), generator.normal(size=c)),
            {
                "epsilon": 0.001,
                "axis": axis,
            },
        )


def upright(anp: Any, vector: Any, x: Any, axis: int) -> Any:
    """Gives a vector (c) with the shape (1, …, c, …, 1) that meets an axis of x."""
    return anp.reshape(vector, tuple(-1 if i == axis % x.ndim else 1 for i in range(x.ndim)))


def compose_train(anp: Any, x: Any, scaling: Any, biases: Any, *, epsilon: float, axis: int) -> Any:
    others = tuple(i for i in range(x.ndim) if i != axis % x.ndim)
    mean = anp.mean(x, axis=others)
    variance = anp.mean((x - upright(anp, mean, x, axis)) ** 2, axis=others)
    y = compose_test(anp, x, scaling, biases, mean, variance, epsilon=epsilon, axis=axis)
    return y, mean, variance


def compose_test(
    anp: Any, x: Any, scaling: Any, biases: Any, mean: Any, variance: Any, *, epsilon: float, axis: int
) -> Any:
    scale = scaling / anp.sqrt(variance + epsilon)
    return (x - upright(anp, mean, x, axis)) * upright(anp, scale, x, axis) + upright(anp, biases, x, axis)


def rows_of(work: Workspace, name: str, x: np.ndarray, axis: int) -> np.ndarray:
    """Gives x as a matrix whose rows hold the channels one or more times.

    Few channels are taken several times in a row: operations on rows of some hundred numbers are faster.
    """
    turned = contiguous(work, name, np.moveaxis(x, axis, -1))
    channels = x.shape[axis]
    times = math.gcd(turned.size // channels, 1 << max(0, (256 // channels).bit_length() - 1))
    return turned.reshape(-1, channels * times)


def column_sums(work: Workspace, rows: np.ndarray, channels: int) -> np.ndarray:
    """Gives the sums over all but the channels, as a product with ones (many times faster than a sum)."""
    ones = work.once("ones", lambda: np.ones(len(rows), rows.dtype))
    return np.add.reduce(np.dot(ones, rows).reshape(-1, channels), 0)


def tiled(vector: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Gives a vector of channels as often as a row holds them."""
    return np.tile(vector, rows.shape[1] // len(vector))


def turned_back(rows: np.ndarray, x: np.ndarray, axis: int) -> np.ndarray:
    """Gives rows as a view in the shape of x."""
    axis %= x.ndim
    return np.moveaxis(rows.reshape(*x.shape[:axis], *x.shape[axis + 1 :], x.shape[axis]), -1, axis)


@operation(compose=compose_train, sample=train_samples)
def batch_normalization_train(
    work: Workspace, x: np.ndarray, scaling: np.ndarray, biases: np.ndarray, *, epsilon: float, axis: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gives (y, mean, variance), the statistics over all axes but `axis`: x (b, …, c, …), scaling and biases (c);
    y like x, a view of memory with the channels last; mean and variance (c). The variance divides by the number.
    """
    channels = len(scaling)
    rows = rows_of(work, "rows", x, axis)
    share = channels / x.size
    mean = np.multiply(column_sums(work, rows, channels), share)
    centered = np.subtract(rows, tiled(mean, rows), work("centered", rows.shape, x.dtype))
    y = np.square(centered, work("y", rows.shape, x.dtype))
    variance = np.multiply(column_sums(work, y, channels), share)
    inverse = 1.0 / np.sqrt(variance + epsilon)
    work.saved = inverse
    np.multiply(centered, tiled(scaling * inverse, rows), y)
    np.add(y, tiled(biases, rows), y)
    return turned_back(y, x, axis), mean, variance


@batch_normalization_train.gradient
def batch_normalization_train_gradient(
    work: Workspace,
    needs: Any,
    gradient: tuple[Any, ...],
    y: Any,
    x: np.ndarray,
    scaling: np.ndarray,
    biases: np.ndarray,
    *,
    epsilon: float,
    axis: int,
) -> tuple[Any, ...]:
    channels, inverse = len(scaling), work.saved
    g = rows_of(work, "grows", gradient[0], axis)
    centered = work("centered", g.shape, g.dtype)
    gx = np.multiply(g, centered, work("gx", g.shape, g.dtype))
    gs = column_sums(work, gx, channels) * inverse
    gb = column_sums(work, g, channels)
    if not needs[0]:
        return None, gs, gb
    share, scale = channels / x.size, scaling * inverse
    slope, level = scale * inverse * gs * share, scale * gb * share
    if gradient[1] is not None:
        level = level - gradient[1] * share
    if gradient[2] is not None:
        slope = slope - gradient[2] * (2 * share)
    np.multiply(g, tiled(scale, g), gx)
    lost = np.multiply(centered, tiled(slope, g), work("lost", g.shape, g.dtype))
    np.subtract(gx, np.add(lost, tiled(level, g), lost), gx)
    return turned_back(gx, x, axis), gs, gb


def test_samples(generator: np.random.Generator) -> Samples:
    for (x, scaling, biases), settings in train_samples(generator):
        mean, variance = generator.normal(size=len(scaling)), generator.uniform(0.5, 2, len(scaling))
        yield (x, scaling, biases, mean, variance), settings


@operation(compose=compose_test, sample=test_samples)
def batch_normalization_test(
    work: Workspace,
    x: np.ndarray,
    scaling: np.ndarray,
    biases: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    *,
    epsilon: float,
    axis: int,
) -> np.ndarray:
    """Gives (x - mean) scaling / sqrt(variance + epsilon) + biases: x (b, …, c, …), the others (c); gives y like x."""
    scale = scaling / np.sqrt(variance + epsilon)
    y = np.multiply(x, upright(np, scale, x, axis), work.like("y", x))
    return np.add(y, upright(np, biases - mean * scale, x, axis), y)


@batch_normalization_test.gradient
def batch_normalization_test_gradient(
    work: Workspace,
    needs: Any,
    gradient: np.ndarray,
    y: Any,
    x: np.ndarray,
    scaling: np.ndarray,
    biases: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
    *,
    epsilon: float,
    axis: int,
) -> tuple[Any, ...]:
    others = tuple(i for i in range(x.ndim) if i != axis % x.ndim)
    inverse = 1.0 / np.sqrt(variance + epsilon)
    gb = np.add.reduce(gradient, others)
    gs = np.add.reduce(gradient * (x - upright(np, mean, x, axis)), others) * inverse
    gx = np.multiply(gradient, upright(np, scaling * inverse, x, axis), work.like("gx", x)) if needs[0] else None
    return gx, gs, gb, -scaling * inverse * gb, -0.5 * scaling * gs * np.square(inverse)
