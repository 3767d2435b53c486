"""Operations that reduce axes: sums, means, extremes, products, deviations."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.rows import BY_ROWS, Axes, as_rows
from wlnet.compute.workspace import Workspace


def reduction_samples(**settings: Any) -> Callable[..., Samples]:
    """Gives samples over one and several axes, kept or not."""

    def sample(generator: np.random.Generator) -> Samples:
        for axes, keepdims in (((1,), False), ((-1,), True), ((1, 2), False), ((0, 2), True)):
            yield (generator.uniform(0.5, 2, (2, 3, 2)),), {"axes": axes, "keepdims": keepdims, **settings}

    return sample


def count(x: np.ndarray, axes: Axes) -> int:
    """Gives how many elements the reduction takes together."""
    return math.prod(x.shape[axis] for axis in axes)


def spread(work: Workspace, array: np.ndarray, x: np.ndarray, axes: Axes) -> np.ndarray:
    """Gives what was reduced over `axes` of x, with those axes of size 1 again: a view."""
    axis_set = {axis % x.ndim for axis in axes}
    shape = work.once("spread", lambda: tuple(1 if i in axis_set else n for i, n in enumerate(x.shape)))
    return np.reshape(array, shape)


def reduced(work: Workspace, function: np.ufunc, x: np.ndarray, axes: Axes, keepdims: bool) -> np.ndarray:
    """Gives the reduction, in the same memory at each replay."""
    by_rows, rows = BY_ROWS.get(function), as_rows(x, axes)
    if by_rows is None or rows is None:
        return work.into("y", function.reduce, x, axes, keepdims=keepdims)
    return by_rows(work, "y", rows).reshape(*x.shape[: x.ndim - len(axes)], *(1,) * len(axes) * keepdims)


@operation(
    name="sum",
    compose=lambda anp, x, *, axes, keepdims=False: anp.sum(x, axis=axes, keepdims=keepdims),
    sample=reduction_samples(),
)
def total(work: Workspace, x: np.ndarray, *, axes: Axes, keepdims: bool = False) -> np.ndarray:
    """Gives the sum over some axes: x (...s); gives (...s) without them, or with size 1 there."""
    return reduced(work, np.add, x, axes, keepdims)


@total.gradient
def total_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, *, axes: Axes, keepdims: bool = False
) -> tuple[Any, ...]:
    return (np.broadcast_to(spread(work, gradient, x, axes), x.shape),)


@operation(
    compose=lambda anp, x, *, axes, keepdims=False: anp.mean(x, axis=axes, keepdims=keepdims),
    sample=reduction_samples(),
)
def mean(work: Workspace, x: np.ndarray, *, axes: Axes, keepdims: bool = False) -> np.ndarray:
    """Gives the mean over some axes: x (...s); gives (...s) without them, or with size 1 there."""
    y = reduced(work, np.add, x, axes, keepdims)
    return np.multiply(y, 1 / count(x, axes), y)


@mean.gradient
def mean_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, *, axes: Axes, keepdims: bool = False
) -> tuple[Any, ...]:
    share = np.multiply(gradient, 1 / count(x, axes), work.like("share", gradient))
    return (np.broadcast_to(spread(work, share, x, axes), x.shape),)


def extreme_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, *, axes: Axes, keepdims: bool = False
) -> tuple[Any, ...]:
    """Gives the gradient of a maximum or minimum: elements that are equal share it evenly."""
    hits = np.equal(x, spread(work, y, x, axes), work.like("gx", x))
    share = np.divide(spread(work, gradient, x, axes), np.add.reduce(hits, axes, keepdims=True))
    return (np.multiply(hits, share, hits),)


@operation(
    name="max",
    compose=lambda anp, x, *, axes, keepdims=False: anp.max(x, axis=axes, keepdims=keepdims),
    sample=reduction_samples(),
)
def largest(work: Workspace, x: np.ndarray, *, axes: Axes, keepdims: bool = False) -> np.ndarray:
    """Gives the maximum over some axes: x (...s); gives (...s) without them, or with size 1 there."""
    return reduced(work, np.maximum, x, axes, keepdims)


@operation(
    name="min",
    compose=lambda anp, x, *, axes, keepdims=False: anp.min(x, axis=axes, keepdims=keepdims),
    sample=reduction_samples(),
)
def smallest(work: Workspace, x: np.ndarray, *, axes: Axes, keepdims: bool = False) -> np.ndarray:
    """Gives the minimum over some axes: x (...s); gives (...s) without them, or with size 1 there."""
    return reduced(work, np.minimum, x, axes, keepdims)


largest.gradient(extreme_gradient)
smallest.gradient(extreme_gradient)


def compose_product(anp: Any, x: Any, *, axes: Axes, keepdims: bool = False) -> Any:
    for axis in sorted((axis % x.ndim for axis in axes), reverse=True):
        x = anp.prod(x, axis=axis, keepdims=keepdims)
    return x


@operation(compose=compose_product, sample=reduction_samples())
def product(work: Workspace, x: np.ndarray, *, axes: Axes, keepdims: bool = False) -> np.ndarray:
    """Gives the product over some axes: x (...s); gives (...s) without them, or with size 1 there."""
    return reduced(work, np.multiply, x, axes, keepdims)


@product.gradient
def product_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: Any, x: np.ndarray, *, axes: Axes, keepdims: bool = False
) -> tuple[Any, ...]:
    # One zero leaves a slope at its own place alone, two leave none anywhere.
    zero = np.equal(x, 0)
    filled = np.where(zero, np.ones_like(x), x)
    zeros = np.add.reduce(zero, axes, np.intp, keepdims=True)
    others = np.multiply.reduce(filled, axes, keepdims=True) / filled
    slope = np.where(zeros == zero, others, np.zeros_like(x))
    return (np.multiply(slope, spread(work, gradient, x, axes), slope),)


@operation(
    compose=lambda anp, x, *, axes, keepdims=False, correction=0: (
        anp.sum((x - anp.mean(x, axis=axes, keepdims=True)) ** 2, axis=axes, keepdims=keepdims)
        / (count(x, axes) - correction)
    ),
    sample=reduction_samples(correction=1),
)
def variance(work: Workspace, x: np.ndarray, *, axes: Axes, keepdims: bool = False, correction: int = 0) -> np.ndarray:
    """Gives the mean squared deviation over some axes, the number n of elements taken as n - `correction`: x (...s);
    gives (...s) without them, or with size 1 there.
    """
    n = count(x, axes)
    center = np.add.reduce(x, axes, keepdims=True)
    deviation = np.subtract(x, np.multiply(center, 1 / n, center), work.like("deviation", x))
    squares = np.square(deviation, work.like("squares", x))
    y = reduced(work, np.add, squares, axes, keepdims)
    return np.divide(y, n - correction, y)


@variance.gradient
def variance_gradient(
    work: Workspace,
    needs: Any,
    gradient: np.ndarray,
    y: Any,
    x: np.ndarray,
    *,
    axes: Axes,
    keepdims: bool = False,
    correction: int = 0,
) -> tuple[Any, ...]:
    scale = np.multiply(spread(work, gradient, x, axes), 2 / (count(x, axes) - correction))
    return (np.multiply(work.like("deviation", x), scale, work.like("gx", x)),)


@operation(
    compose=lambda anp, x, **settings: anp.sqrt(variance.compose(anp, x, **settings)),
    sample=reduction_samples(correction=1),
)
def standard_deviation(
    work: Workspace, x: np.ndarray, *, axes: Axes, keepdims: bool = False, correction: int = 0
) -> np.ndarray:
    """Gives the square root of the variance over some axes: x (...s); gives (...s) without them, or with size 1."""
    y = variance.forward(work, x, axes=axes, keepdims=keepdims, correction=correction)
    return np.sqrt(y, y)


@standard_deviation.gradient
def standard_deviation_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: np.ndarray, x: np.ndarray, **settings: Any
) -> tuple[Any, ...]:
    return variance_gradient(work, needs, np.divide(gradient, 2 * y), y, x, **settings)
