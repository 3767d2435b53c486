"""Standardizing parts of arrays: subtracting their mean and dividing by their deviation."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.families.reduction import count
from wlnet.compute.operation import Samples, operation
from wlnet.compute.rows import Axes, as_rows, row_products, row_sums
from wlnet.compute.workspace import Workspace


def standardize_samples(generator: np.random.Generator) -> Samples:
    for axes, center, correction in (((1,), True, 0), ((-2, -1), True, 1), ((2,), False, 0), ((1, 3), True, 0)):
        settings = {"axes": axes, "center": center, "correction": correction, "epsilon": 0.01}
        yield (generator.normal(size=(2, 3, 2, 2)),), settings


def total(work: Workspace, name: str, x: np.ndarray, axes: Axes) -> np.ndarray:
    """Gives the sum over some axes, kept with size 1."""
    rows = as_rows(x, axes)
    if rows is None:
        return np.add.reduce(x, axes, keepdims=True)
    return row_sums(work, name, rows).reshape(*x.shape[: x.ndim - len(axes)], *(1,) * len(axes))


def total_of_products(work: Workspace, name: str, a: np.ndarray, b: np.ndarray, axes: Axes) -> np.ndarray:
    """Gives the sum of a*b over some axes, kept with size 1."""
    rows, others = as_rows(a, axes), as_rows(b, axes)
    if rows is None or others is None:
        return np.add.reduce(np.multiply(a, b, work.like("products", b)), axes, keepdims=True)
    return row_products(work, name, rows, others).reshape(*a.shape[: a.ndim - len(axes)], *(1,) * len(axes))


def compose_standardize(anp: Any, x: Any, *, axes: Axes, epsilon: float, center: bool, correction: int) -> Any:
    if center:
        x = x - anp.mean(x, axis=axes, keepdims=True)
    number = max(1, count(x, axes) - correction)
    return x / anp.sqrt(anp.sum(x**2, axis=axes, keepdims=True) / number + epsilon)


@operation(compose=compose_standardize, sample=standardize_samples)
def standardize(
    work: Workspace, x: np.ndarray, *, axes: Axes, epsilon: float, center: bool, correction: int
) -> np.ndarray:
    """Gives (x - m)/sqrt(v + epsilon) with the mean m and variance v over some axes, the number n of elements taken as
    n - `correction` (at least 1): x (...s); gives (...s). Without `center`, m is 0.
    """
    n = count(x, axes)
    deviation = work.like("deviation", x)
    if center:
        np.subtract(x, np.multiply(total(work, "mean", x, axes), 1 / n), deviation)
    else:
        np.copyto(deviation, x)
    inverse = np.multiply(total_of_products(work, "squares", deviation, deviation, axes), 1 / max(1, n - correction))
    work.saved = inverse = np.reciprocal(np.sqrt(np.add(inverse, epsilon, inverse), inverse), inverse)
    return np.multiply(deviation, inverse, deviation)


@standardize.gradient
def standardize_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: np.ndarray,
    x: np.ndarray,
    *,
    axes: Axes,
    epsilon: float,
    center: bool,
    correction: int,
) -> tuple[Any, ...]:
    n = count(x, axes)
    gx = work.like("gx", x)
    along = np.multiply(total_of_products(work, "along", gradient, y, axes), 1 / max(1, n - correction))
    np.subtract(gradient, np.multiply(y, along, gx), gx)
    if center:
        np.subtract(gx, np.multiply(total(work, "slope", gradient, axes), 1 / n), gx)
    return (np.multiply(gx, work.saved, gx),)
