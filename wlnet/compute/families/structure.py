"""Operations that move elements without computing: reshaping, joining, parts, rows of a table."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.broadcasting import fold
from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace
from wlnet.errors import DataError

Index = tuple[int | slice | None, ...]


def reshape_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 6)),), {"shape": (2, 3, 2)}
    yield (generator.normal(size=(2, 3, 2)),), {"shape": (-1, 6)}


@operation(compose=lambda anp, x, *, shape: anp.reshape(x, shape), sample=reshape_samples)
def reshape(work: Workspace, x: np.ndarray, *, shape: tuple[int, ...]) -> np.ndarray:
    """Gives the elements in row-major order in a new shape: x (...s); gives `shape`, where one size may be -1."""
    return np.reshape(x, shape)


@reshape.gradient
def reshape_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, x: np.ndarray, *, shape: Any
) -> tuple[Any, ...]:
    return (np.reshape(gradient, x.shape),)


def transpose_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 3)),), {"axes": (1, 0)}
    yield (generator.normal(size=(2, 3, 1, 2)),), {"axes": (0, 2, 3, 1)}


@operation(compose=lambda anp, x, *, axes: anp.transpose(x, axes), sample=transpose_samples)
def transpose(work: Workspace, x: np.ndarray, *, axes: tuple[int, ...]) -> np.ndarray:
    """Gives the array with its axes in another order: x (...s); axis i of the result is axis `axes[i]` of x."""
    return np.transpose(x, axes)


@transpose.gradient
def transpose_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, x: Any, *, axes: tuple[int, ...]
) -> tuple[Any, ...]:
    back = work.once("back", lambda: tuple(axes.index(i) for i in range(len(axes))))
    return (np.transpose(gradient, back),)


def concatenate_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 3)), generator.normal(size=(2, 1))), {"axis": 1}
    yield tuple(generator.normal(size=(2, n, 2)) for n in (1, 2, 3)), {"axis": -2}


@operation(compose=lambda anp, *xs, axis: anp.concatenate(xs, axis), sample=concatenate_samples)
def concatenate(work: Workspace, *xs: np.ndarray, axis: int) -> np.ndarray:
    """Gives arrays joined along an axis: xs (...s) alike but for that axis; gives (...s) with the sizes added."""
    return work.into("y", np.concatenate, xs, axis)


@concatenate.gradient
def concatenate_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, *xs: np.ndarray, axis: int
) -> tuple[Any, ...]:
    ends = work.once("ends", lambda: np.cumsum([x.shape[axis] for x in xs])[:-1])
    return tuple(np.split(gradient, ends, axis))


def stack_samples(generator: np.random.Generator) -> Samples:
    yield tuple(generator.normal(size=(2, 3)) for _ in range(3)), {"axis": 1}
    yield (generator.normal(size=(2,)),), {"axis": -1}


@operation(compose=lambda anp, *xs, axis: anp.stack(xs, axis), sample=stack_samples)
def stack(work: Workspace, *xs: np.ndarray, axis: int) -> np.ndarray:
    """Gives n arrays along a new axis: xs (...s) all alike; gives (...s) with n inserted at `axis`."""
    return work.into("y", np.stack, xs, axis)


@stack.gradient
def stack_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, *xs: np.ndarray, axis: int
) -> tuple[Any, ...]:
    return tuple(np.moveaxis(gradient, axis, 0))


def part_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(3, 4)),), {"index": (slice(None), 1)}
    yield (generator.normal(size=(3, 4, 2)),), {"index": (slice(None), slice(3, 0, -2))}
    yield (generator.normal(size=(3, 4)),), {"index": (slice(None), None, -1)}


@operation(compose=lambda anp, x, *, index: x[index], sample=part_samples)
def part(work: Workspace, x: np.ndarray, *, index: Index) -> np.ndarray:
    """Gives the part of x at a static index of integers (from 0), slices and None: a view."""
    return x[index]


@part.gradient
def part_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, x: np.ndarray, *, index: Index
) -> tuple[Any, ...]:
    # What lies outside the part stays zero from replay to replay.
    whole = work.once("gx", lambda: np.zeros_like(x))
    whole[index] = gradient
    return (whole,)


@part.adds_gradient
def add_part_gradient(target: np.ndarray, gradient: np.ndarray, *, index: Index) -> None:
    target[index] += gradient


def broadcast_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 1, 3)),), {"shape": (2, 4, 3)}
    yield (generator.normal(size=(3,)),), {"shape": (2, 3)}


@operation(compose=lambda anp, x, *, shape: x * np.ones(shape, np.asarray(x.shape).dtype), sample=broadcast_samples)
def broadcast(work: Workspace, x: np.ndarray, *, shape: tuple[int, ...]) -> np.ndarray:
    """Gives x repeated along new leading axes and those of size 1: x broadcastable to `shape`; a view."""
    return np.broadcast_to(x, shape)


@broadcast.gradient
def broadcast_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, x: np.ndarray, *, shape: tuple[int, ...]
) -> tuple[Any, ...]:
    return (fold(work, "gx", gradient, x.shape),)


def pad_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 3)),), {"widths": ((0, 0), (1, 2)), "value": 0.5}
    yield (generator.normal(size=(2, 2, 1)),), {"widths": ((0, 0), (1, 0), (0, 1)), "value": 0.0}


@operation(
    compose=lambda anp, x, *, widths, value: anp.pad(x, widths, mode="constant", constant_values=value),
    sample=pad_samples,
)
def pad(work: Workspace, x: np.ndarray, *, widths: tuple[tuple[int, int], ...], value: float) -> np.ndarray:
    """Gives x with (before, after) elements of one value put around it along each axis: x (...s)."""
    sizes = (n + before + after for n, (before, after) in zip(x.shape, widths, strict=True))
    y = work.once("y", lambda: np.full(tuple(sizes), value, x.dtype))
    y[interior(work, widths, x.shape)] = x
    return y


def interior(work: Workspace, widths: tuple[tuple[int, int], ...], shape: tuple[int, ...]) -> tuple[slice, ...]:
    """Gives the index of x in its padded array."""
    return work.once(
        "interior",
        lambda: tuple(slice(before, before + n) for (before, _), n in zip(widths, shape, strict=True)),
    )


@pad.gradient
def pad_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: Any,
    x: np.ndarray,
    *,
    widths: tuple[tuple[int, int], ...],
    value: float,
) -> tuple[Any, ...]:
    return (gradient[interior(work, widths, x.shape)],)


def reverse_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(2, 3)),), {"axis": 1}
    yield (generator.normal(size=(2, 3, 2)),), {"axis": -2}


@operation(
    compose=lambda anp, x, *, axis: x[(slice(None),) * (axis % x.ndim) + (slice(None, None, -1),)],
    sample=reverse_samples,
)
def reverse(work: Workspace, x: np.ndarray, *, axis: int) -> np.ndarray:
    """Gives x with its elements along one axis in the opposite order: x (...s); a view."""
    return np.flip(x, axis)


@reverse.gradient
def reverse_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, x: Any, *, axis: int
) -> tuple[Any, ...]:
    return (np.flip(gradient, axis),)


def take_samples(generator: np.random.Generator) -> Samples:
    yield (generator.normal(size=(4, 3)), np.array([[0.0, 2.0], [2.0, 1.0]])), {}
    yield (generator.normal(size=(3, 2)), np.array([3, 1, 3, 3])), {"first": 1}


@operation(
    compose=lambda anp, weights, indices, *, first=0: weights[np.asarray(indices).astype(int) - first],
    sample=take_samples,
)
def take(work: Workspace, weights: np.ndarray, indices: np.ndarray, *, first: int = 0) -> np.ndarray:
    """Gives the rows of these numbers: weights (v, ...s), indices (...i) whole numbers counted from `first`; gives
    (...i, ...s). Raises DataError where there is no such row. Indices have no gradient.
    """
    rows = work.once("rows", lambda: np.empty(indices.shape, np.intp))
    np.subtract(indices, first, out=rows, casting="unsafe")
    check_range(rows, 0, len(weights) - 1, first)
    return weights[rows]


def check_range(numbers: np.ndarray, low: int, high: int, offset: int = 0) -> None:
    """Raises DataError where a number lies outside the range; it speaks of them with the offset added."""
    wrong = (numbers < low) | (numbers > high)
    if wrong.any():
        came = int(numbers[wrong][0]) + offset
        raise DataError(f"integers from {low + offset} to {high + offset} are taken there, but {came} came")


@take.gradient
def take_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: Any,
    weights: np.ndarray,
    indices: np.ndarray,
    *,
    first: int = 0,
) -> tuple[Any, ...]:
    # Sorting the rows and adding runs of equal ones takes a third of the time of numpy.add.at.
    rows = work("rows", indices.shape, np.intp).reshape(-1)
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    gw = work.like("gw", weights)
    gw.fill(0)
    gw[ordered[starts]] = np.add.reduceat(gradient.reshape(len(rows), *weights.shape[1:])[order], starts, 0)
    return gw, None


def one_hot_samples(generator: np.random.Generator) -> Samples:
    yield (np.array([[0.0, 2.0], [1.0, 0.0]]),), {"size": 3, "dtype": "float64"}
    yield (np.array([3, 1]),), {"size": 3, "dtype": "float64", "first": 1}


@operation(
    compose=lambda anp, indices, *, size, dtype, first=0: np.eye(size, dtype=dtype)[
        np.asarray(indices).astype(int) - first
    ],
    sample=one_hot_samples,
)
def one_hot(work: Workspace, indices: np.ndarray, *, size: int, dtype: Any, first: int = 0) -> np.ndarray:
    """Gives the unit vectors of these numbers: indices (...i) whole numbers counted from `first`; gives (...i, size).
    Raises DataError where there is no such vector. It has no gradient.
    """
    check_range(indices, first, first + size - 1)
    y = work.once("y", lambda: np.zeros((*indices.shape, size), dtype))
    flat = y.reshape(-1)
    if work.saved is not None:
        flat[work.saved] = 0
    work.saved = work.once("starts", lambda: np.arange(0, y.size, size)) + indices.reshape(-1).astype(np.intp) - first
    flat[work.saved] = 1
    return y
