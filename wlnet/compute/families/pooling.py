"""Pooling in any number of dimensions, one axis after the other: extremes and sums over boxes are separable."""

from __future__ import annotations

import math
from functools import partial, reduce
from typing import Any, Literal

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.windows import Geometry, Padding, Sizes, channels_first, channels_last, contiguous
from wlnet.compute.workspace import Workspace

Function = Literal["Max", "Mean", "Total"]


def pooling_samples(generator: np.random.Generator) -> Samples:
    cases: tuple[tuple[Sizes, Sizes, Sizes, Padding], ...] = (
        ((2, 2, 4, 6), (2, 2), (2, 2), ((0, 0), (0, 0))),
        ((1, 2, 5, 5), (3, 2), (2, 1), ((1, 0), (0, 1))),
        ((2, 1, 5), (2,), (3,), ((0, 0),)),
        ((1, 2, 3, 4, 3), (2, 2, 3), (1, 2, 1), ((0, 0), (0, 0), (1, 1))),
    )
    for function in ("Max", "Mean", "Total"):
        for x, kernel, stride, padding in cases:
            yield (
                (generator.normal(size=x),),
                {"function": function, "kernel": kernel, "stride": stride, "padding": padding},
            )


def compose_pooling(anp: Any, x: Any, *, function: Function, kernel: Sizes, stride: Sizes, padding: Padding) -> Any:
    geometry = Geometry(x.shape[2:], kernel, stride, padding, (1,) * len(kernel))
    value = -math.inf if function == "Max" else 0.0
    whole = anp.pad(x, ((0, 0), (0, 0), *padding), mode="constant", constant_values=value)
    met = [whole[(batch, slice(None), *slices)] for _, (batch, *slices) in geometry.shifts]
    y = reduce(anp.maximum if function == "Max" else anp.add, met)
    return y / math.prod(kernel) if function == "Mean" else y


@operation(compose=compose_pooling, sample=pooling_samples)
def pooling(
    work: Workspace, x: np.ndarray, *, function: Function, kernel: Sizes, stride: Sizes, padding: Padding
) -> np.ndarray:
    """Gives the maximum, mean or total of each window: x (n, c, *s); kernel and stride of length d, padding
    ((before, after), …); gives (n, c, *m). Padding is -infinity for "Max", else 0 and counted in the mean.
    """
    value = -math.inf if function == "Max" else 0.0
    geometry = work.once("geometry", lambda: Geometry(x.shape[2:], kernel, stride, padding, (1,) * len(kernel)))
    y = geometry.pad(work, "whole", channels_last(x), value)
    combine = np.maximum if function == "Max" else np.add
    work.saved = stages = [y]
    for axis in range(1, 1 + len(kernel)):
        y = pool_axis(work, y, combine, axis, geometry)
        stages.append(y)
    if function == "Mean":
        y = np.multiply(y, 1 / math.prod(kernel), work("mean", y.shape, y.dtype))
    return channels_first(y)


def axis_slices(geometry: Geometry, axis: int) -> list[tuple[slice, ...]]:
    """Gives for each place along the kernel's axis the index of the elements that it meets."""
    count, step = geometry.output[axis - 1], geometry.stride[axis - 1]
    lead = (slice(None),) * axis
    return [(*lead, slice(i, i + step * (count - 1) + 1, step)) for i in range(geometry.kernel[axis - 1])]


def pool_axis(work: Workspace, x: np.ndarray, combine: np.ufunc, axis: int, geometry: Geometry) -> np.ndarray:
    slices = work.once(f"slices {axis}", partial(axis_slices, geometry, axis))
    if len(slices) == 1:
        return x[slices[0]]
    y = work(f"y {axis}", (*x.shape[:axis], geometry.output[axis - 1], *x.shape[axis + 1 :]), x.dtype)
    combine(x[slices[0]], x[slices[1]], out=y)
    for index in slices[2:]:
        combine(y, x[index], out=y)
    return y


@pooling.gradient
def pooling_gradient(
    work: Workspace,
    needs: Any,
    gradient: np.ndarray,
    y: Any,
    x: np.ndarray,
    *,
    function: Function,
    kernel: Sizes,
    stride: Sizes,
    padding: Padding,
) -> tuple[Any, ...]:
    geometry = work.once("geometry", lambda: Geometry(x.shape[2:], kernel, stride, padding, (1,) * len(kernel)))
    g = contiguous(work, "gy", channels_last(gradient))
    if function == "Mean":
        g = np.multiply(g, 1 / math.prod(kernel), work("gmean", g.shape, g.dtype))
    unpool = unpool_maximum if function == "Max" else unpool_total
    for axis in range(len(kernel), 0, -1):
        before, after = work.saved[axis - 1 : axis + 1]
        into = work(f"g {axis}", before.shape, g.dtype)
        slices = work.once(f"slices {axis}", partial(axis_slices, geometry, axis))
        apart = kernel[axis - 1] <= stride[axis - 1]
        if not (apart and kernel[axis - 1] * after.shape[axis] == before.shape[axis]):
            into.fill(0)
        unpool(work, g, before, after, into, slices, apart)
        g = into
    return (channels_first(g[geometry.interior]),)


def unpool_total(
    work: Workspace,
    g: np.ndarray,
    before: np.ndarray,
    after: np.ndarray,
    into: np.ndarray,
    slices: list[tuple[slice, ...]],
    apart: bool,
) -> None:
    for index in slices:
        if apart:
            into[index] = g
        else:
            into[index] += g


def unpool_maximum(
    work: Workspace,
    g: np.ndarray,
    before: np.ndarray,
    after: np.ndarray,
    into: np.ndarray,
    slices: list[tuple[slice, ...]],
    apart: bool,
) -> None:
    """Gives each gradient to the first place that has the maximum: each place takes its part of what is left."""
    axis = len(slices[0]) - 1
    mask = work(f"mask {axis}", g.shape, bool)
    left = work(f"left {axis}", g.shape, g.dtype)
    part = None if apart else work(f"part {axis}", g.shape, g.dtype)
    rest = g
    for index in slices[:-1]:
        np.equal(before[index], after, mask)
        taken = np.multiply(mask, rest, into[index] if part is None else part)
        if part is not None:
            into[index] += part
        rest = np.subtract(rest, taken, left)
    if apart:
        into[slices[-1]] = rest
    else:
        into[slices[-1]] += rest
