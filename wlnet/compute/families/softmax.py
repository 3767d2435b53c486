"""Softmax along an axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.rows import BY_ROWS, as_rows
from wlnet.compute.workspace import Workspace


def softmax_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 3)),), {"axis": -1}
    yield (generator.normal(size=(2, 3, 2)),), {"axis": 1}


def row_sums(work: Workspace, x: np.ndarray) -> np.ndarray:
    """Gives the sums along the last axis, kept with size 1, as a product with ones (several times faster)."""
    ones = work.once("ones", lambda: np.ones((x.shape[-1], 1), x.dtype))
    sums = work("sums", (*x.shape[:-1], 1), x.dtype)
    return np.matmul(x, ones, sums) if x.ndim > 1 else np.add.reduce(x, -1, out=sums, keepdims=True)


def shifted(work: Workspace, x: np.ndarray) -> np.ndarray:
    """Gives x less its maximum along the last axis."""
    rows = as_rows(x, (-1,))
    if rows is None:
        peak = np.maximum.reduce(x, -1, out=work("peak", (*x.shape[:-1], 1), x.dtype), keepdims=True)
    else:
        peak = BY_ROWS[np.maximum](work, "peak", rows).reshape(*x.shape[:-1], 1)
    return np.subtract(x, peak, work("y", x.shape, x.dtype))


def compose_log_softmax(anp: Any, x: Any, *, axis: int) -> Any:
    z = x - anp.max(x, axis=axis, keepdims=True)
    return z - anp.log(anp.sum(anp.exp(z), axis=axis, keepdims=True))


@operation(compose=lambda anp, x, *, axis: anp.exp(compose_log_softmax(anp, x, axis=axis)), sample=softmax_samples)
def softmax(work: Workspace, x: np.ndarray, *, axis: int) -> np.ndarray:
    """Gives exp(x) divided by its sum along an axis: x (...s); gives (...s)."""
    turned = x.swapaxes(axis, -1)
    y = shifted(work, turned)
    np.exp(y, y)
    np.divide(y, row_sums(work, y), y)
    return y.swapaxes(axis, -1)


@softmax.gradient
def softmax_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: np.ndarray, x: np.ndarray, *, axis: int
) -> tuple[Any, ...]:
    y, gradient = y.swapaxes(axis, -1), gradient.swapaxes(axis, -1)
    gx = np.multiply(gradient, y, work("gx", y.shape, y.dtype))
    sums = row_sums(work, gx)
    np.multiply(np.subtract(gradient, sums, gx), y, gx)
    return (gx.swapaxes(axis, -1),)


@operation(compose=compose_log_softmax, sample=softmax_samples)
def log_softmax(work: Workspace, x: np.ndarray, *, axis: int) -> np.ndarray:
    """Gives the logarithm of the softmax along an axis: x (...s); gives (...s)."""
    y = shifted(work, x.swapaxes(axis, -1))
    sums = row_sums(work, np.exp(y, work("exp", y.shape, y.dtype)))
    np.subtract(y, np.log(sums, sums), y)
    return y.swapaxes(axis, -1)


@log_softmax.gradient
def log_softmax_gradient(
    work: Workspace, needs: Any, gradient: np.ndarray, y: np.ndarray, x: np.ndarray, *, axis: int
) -> tuple[Any, ...]:
    y, gradient = y.swapaxes(axis, -1), gradient.swapaxes(axis, -1)
    gx = np.exp(y, work("gx", y.shape, y.dtype))
    np.subtract(gradient, np.multiply(gx, row_sums(work, gradient), gx), gx)
    return (gx.swapaxes(axis, -1),)
