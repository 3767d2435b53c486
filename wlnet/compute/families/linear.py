"""Matrix products."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.broadcasting import fold
from wlnet.compute.operation import Samples, operation
from wlnet.compute.threads import at_once, in_threads, is_enough, portions
from wlnet.compute.workspace import Workspace


def linear_samples(generator: np.random.Generator) -> Samples:
    for rows, width, size in ((1, 1, 1), (3, 4, 2)):
        x, w = generator.normal(size=(rows, width)), generator.normal(size=(size, width))
        yield (x, w, generator.normal(size=size)), {}
        yield (x, w, None), {}


@operation(compose=lambda anp, x, w, b: anp.dot(x, w.T) if b is None else anp.dot(x, w.T) + b, sample=linear_samples)
def linear(work: Workspace, x: np.ndarray, w: np.ndarray, b: np.ndarray | None) -> np.ndarray:
    """Gives w.x + b for each row: x (rows, k), w (o, k), b (o) or None; gives (rows, o)."""
    return product(x, w.T, work("y", (x.shape[0], w.shape[0]), x.dtype), b)


def product(a: np.ndarray, b: np.ndarray, y: np.ndarray, row: np.ndarray | None = None) -> np.ndarray:
    """Writes a.b, plus a row, into y; of large matrices, several threads take some rows each, or some columns."""
    (rows, columns), effort = y.shape, y.size * len(b)

    def write(to: tuple[slice, slice]) -> None:
        np.matmul(a[to[0]], b[:, to[1]], y[to])
        if row is not None:
            np.add(y[to], row[to[1]], y[to])

    if not is_enough(effort):
        np.dot(a, b, out=y)
        return y if row is None else np.add(y, row, y)
    if rows >= columns:
        in_threads(write, [(some, slice(None)) for some in portions(rows, effort)])
    else:
        in_threads(write, [(slice(None), some) for some in portions(columns, effort)])
    return y


@linear.gradient
def linear_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: Any, w: Any, b: Any
) -> tuple[Any, ...]:
    gx = work("gx", x.shape, x.dtype) if needs[0] else None
    gw = work("gw", w.shape, w.dtype) if needs[1] else None
    wanted: list[Any] = [(gradient, w, gx), (gradient.T, x, gw)]
    at_once(
        lambda parts: product(*parts), [parts for parts in wanted if parts[2] is not None], gradient.size * w.shape[1]
    )
    gb = None
    if needs[2]:
        ones = work.once("ones", lambda: np.ones(len(gradient), gradient.dtype))
        gb = np.dot(ones, gradient, out=work("gb", b.shape, b.dtype))
    return gx, gw, gb


def dot_samples(generator: np.random.Generator) -> Samples:
    for a, b in (((2, 3), (3, 2)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 2, 3), (2, 3, 4))):
        yield (generator.normal(size=a), generator.normal(size=b)), {}


@operation(compose=lambda anp, a, b: anp.dot(a, b), sample=dot_samples)
def dot(work: Workspace, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Gives the sum over the last axis of a and the second last (or only) one of b: a (...s, k), b (k) or
    (...t, k, m); gives (...s) or (...s, ...t, m). No axis is a batch axis.
    """
    return np.asarray(np.dot(a, b))


@dot.gradient
def dot_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, a: np.ndarray, b: np.ndarray
) -> tuple[Any, ...]:
    size = a.shape[-1]
    rows = np.reshape(gradient, (a.size // size, b.size // size))
    turned = b if b.ndim == 1 else np.moveaxis(b, -2, 0)
    ga = gb = None
    if needs[0]:
        ga = np.dot(rows, turned.reshape(size, -1).T).reshape(a.shape)
    if needs[1]:
        gb = np.dot(a.reshape(-1, size).T, rows).reshape(turned.shape)
        gb = gb if b.ndim == 1 else np.moveaxis(gb, 0, -2)
    return ga, gb


def matmul_samples(generator: np.random.Generator) -> Samples:
    for a, b in (((2, 3, 4), (2, 4, 2)), ((3, 4), (2, 4, 2)), ((2, 1, 3, 4), (3, 4, 1)), ((2, 3), (3, 2))):
        yield (generator.normal(size=a), generator.normal(size=b)), {}


@operation(compose=lambda anp, a, b: anp.matmul(a, b), sample=matmul_samples)
def matmul(work: Workspace, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Gives a product of matrices for each example: a (...b, m, k), b (...b, k, n) with ...b broadcast; gives
    (...b, m, n). Strided views (heads, transposes) need no copy.
    """
    y = work.once("y", lambda: np.empty(matmul_shape(a.shape, b.shape), np.result_type(a, b)))
    return products(a, b, y)


def products(a: np.ndarray, b: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Writes the products of many matrices into y; several threads take some of them each."""
    if not a.ndim == b.ndim == y.ndim > 2 or not len(a) == len(b) == len(y):
        return np.matmul(a, b, y)
    in_threads(lambda some: np.matmul(a[some], b[some], y[some]), portions(len(y), y.size * a.shape[-1]))
    return y


def matmul_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    return (*np.broadcast_shapes(a[:-2], b[:-2]), a[-2], b[-1])


@matmul.gradient
def matmul_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, a: np.ndarray, b: np.ndarray
) -> tuple[Any, ...]:
    lead, swapped = gradient.shape[:-2], np.swapaxes
    da = work("da", (*lead, *a.shape[-2:]), a.dtype) if needs[0] else None
    db = work("db", (*lead, *b.shape[-2:]), b.dtype) if needs[1] else None
    wanted: list[Any] = [(gradient, swapped(b, -1, -2), da), (swapped(a, -1, -2), gradient, db)]
    at_once(lambda parts: products(*parts), [parts for parts in wanted if parts[2] is not None], y.size * a.shape[-1])
    ga = fold(work, "ga", da, a.shape) if da is not None else None
    gb = fold(work, "gb", db, b.shape) if db is not None else None
    return ga, gb
