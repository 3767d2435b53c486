"""Losses: one value for each example, the mean over all its elements.

Classes are whole numbers from 1; that they are in range is checked where targets enter a net, not here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace

Needs = tuple[bool, ...]


def example_means(work: Workspace, values: np.ndarray, examples: int) -> np.ndarray:
    """Gives for each example the mean of its values, as one product: values contiguous; gives (b,)."""
    if values.size == examples:
        return values.reshape(-1)
    rows = values.reshape(examples, -1)
    weights = work.once("mean weights", lambda: np.full(rows.shape[1], 1 / rows.shape[1], rows.dtype))
    return np.dot(rows, weights, work("loss", (examples,), rows.dtype))


def example_shares(gradient: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Gives the gradient of each element's value: gradient (b,); gives (b, 1, …) for values of this shape."""
    size = math.prod(shape[1:])
    return (gradient * (1 / size)).reshape(-1, *(1,) * (len(shape) - 1))


def compose_mean(anp: Any, values: Any) -> Any:
    return anp.mean(anp.reshape(values, (values.shape[0], -1)), axis=1)


def smallest(array: np.ndarray) -> float:
    """Gives the number that probabilities are raised to before their logarithm is taken."""
    return float(np.finfo(array.dtype).tiny)


def pair_samples(low: float, high: float, /, **settings: Any) -> Callable[..., Samples]:
    """Gives samples of two arrays of one shape."""

    def sample(generator: np.random.Generator) -> Samples:
        for shape in ((3,), (2, 3), (2, 2, 3)):
            yield (generator.uniform(low, high, shape), generator.uniform(low, high, shape)), settings

    return sample


@operation(compose=lambda anp, x, t: compose_mean(anp, (x - t) ** 2), sample=pair_samples(-2, 2))
def mean_squared_loss(work: Workspace, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives the mean squared difference: x, t (b, ...s); gives (b,)."""
    difference = np.subtract(x, t, work("difference", x.shape, x.dtype))
    return example_means(work, np.square(difference, work("square", x.shape, x.dtype)), len(x))


@mean_squared_loss.gradient
def mean_squared_loss_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, x: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    difference = work("difference", x.shape, x.dtype)
    shares = example_shares(2.0 * gradient, x.shape)
    gx = np.multiply(difference, shares, work("gx", x.shape, x.dtype))
    return gx, np.negative(gx) if needs[1] else None


@operation(compose=lambda anp, x, t: compose_mean(anp, anp.abs(x - t)), sample=pair_samples(-2, 2))
def mean_absolute_loss(work: Workspace, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Gives the mean absolute difference: x, t (b, ...s); gives (b,)."""
    difference = np.subtract(x, t, work("difference", x.shape, x.dtype))
    return example_means(work, np.absolute(difference, work("absolute", x.shape, x.dtype)), len(x))


@mean_absolute_loss.gradient
def mean_absolute_loss_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, x: np.ndarray, t: np.ndarray
) -> tuple[Any, ...]:
    gx = np.sign(work("difference", x.shape, x.dtype), work("gx", x.shape, x.dtype))
    np.multiply(gx, example_shares(gradient, x.shape), gx)
    return gx, np.negative(gx) if needs[1] else None


@operation(
    compose=lambda anp, d, t, *, margin: compose_mean(anp, anp.where(t, anp.maximum(margin - d, 0), d)),
    sample=lambda generator: iter([((np.array([0.2, 0.9, 0.3]), np.array([1.0, 1.0, 0.0])), {"margin": 0.5})]),
)
def contrastive_loss(work: Workspace, d: np.ndarray, t: np.ndarray, *, margin: float) -> np.ndarray:
    """Gives d where t is 0, else what d lacks of the margin: distances d, t (b, ...s); gives (b,)."""
    values = np.where(t, np.maximum(margin - d, 0.0), d)
    return example_means(work, np.ascontiguousarray(values), len(d))


@contrastive_loss.gradient
def contrastive_loss_gradient(
    work: Workspace, needs: Needs, gradient: np.ndarray, y: Any, d: np.ndarray, t: np.ndarray, *, margin: float
) -> tuple[Any, ...]:
    slope = np.where(t, -1.0 * np.less(d, margin), 1.0).astype(d.dtype)
    return np.multiply(slope, example_shares(gradient, d.shape), slope), None
