"""Convolution with stride 1, of memory with the channels last, by matrix products with views of the image itself.

In a flat image, the windows along the last axis that begin a kernel apart follow each other without a gap: they are the
rows of a matrix, and no window need be copied. Kernel rows at other places of the leading axes read the same memory from
another point on, and their products are added. Windows that run over the end of a row are computed, too, and dropped.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np

from wlnet.compute.threads import Share, in_threads, shares, sum_into
from wlnet.compute.windows import Geometry
from wlnet.compute.workspace import Workspace

#: Products with narrower rows, or of fewer outputs, are not worth their calls.
NARROW, FEW = 16, 8
#: How many outputs may be computed in vain for each window that counts: of more, copying the windows costs less.
VAIN = 5
#: About how many numbers of the image and the output are taken at a time, so that they stay in the cache.
SLAB = 1 << 17


def suits_views(geometry: Geometry, channels: int, outputs: int) -> bool:
    """Tells whether a convolution without groups is better done by this module than by copied windows."""
    windows, computed = math.prod(geometry.output), math.prod(geometry.padded)
    return (
        set(geometry.stride) == {1}
        and geometry.dilation[-1] == 1
        and geometry.kernel[-1] * channels >= NARROW
        and outputs >= FEW
        and outputs * (computed - windows) <= VAIN * windows
    )


def positions(geometry: Geometry, examples: int) -> int:
    """Gives the number of windows in the flat image of some examples, those that are dropped included."""
    steps = (math.prod(geometry.padded[i + 1 :]) for i in range(len(geometry.padded)))
    axes = zip(geometry.kernel, geometry.dilation, steps, strict=True)
    return examples * math.prod(geometry.padded) - sum((k - 1) * d * step for k, d, step in axes)


def window_views(geometry: Geometry, whole: np.ndarray) -> Iterator[tuple[int, slice, np.ndarray]]:
    """Yields (number of a kernel row, positions a kernel apart, their windows as rows (rows, k c)) of whole (n, *padded, c)."""
    count, channels, width = positions(geometry, len(whole)), whole.shape[-1], geometry.kernel[-1]
    flat = whole.reshape(-1)
    for i, (_, (_, *lead)) in enumerate(geometry.shifts[::width]):
        begin = sum(at.start * math.prod(geometry.padded[axis + 1 :]) for axis, at in enumerate(lead))
        for phase in range(min(width, count)):
            rows = (count - phase - 1) // width + 1
            start = (begin + phase) * channels
            view = flat[start : start + rows * width * channels].reshape(rows, -1)
            yield i, slice(phase, count, width), view


def slabs(geometry: Geometry, whole: np.ndarray, outputs: int) -> Iterator[slice]:
    """Yields the examples that are taken at a time."""
    each = math.prod(geometry.padded) * (whole.shape[-1] + 2 * outputs)
    step = min(len(whole), max(1, SLAB // each))
    yield from (slice(start, start + step) for start in range(0, len(whole), step))


def framed(geometry: Geometry, frame: np.ndarray) -> np.ndarray:
    """Gives what is not dropped of a frame (n, *padded, o): the view (n, *output, o)."""
    return frame[(slice(None), *map(slice, geometry.output))]


def view_products(work: Workspace, geometry: Geometry, whole: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Gives the convolution (n, *output, o) of a contiguous whole (n, *padded, c) with kernels (*k, c, o)."""
    y = work("y", (len(whole), *geometry.output, kernels.shape[-1]), whole.dtype)

    def run(share: Share) -> None:
        some_products(share.work, geometry, whole[share.examples], kernels, y[share.examples])

    in_threads(run, shares(work, len(whole), y.size * kernels[..., 0].size))
    return y


def some_products(work: Workspace, geometry: Geometry, whole: np.ndarray, kernels: np.ndarray, y: np.ndarray) -> None:
    """Writes the convolution of some examples into y, slab by slab."""
    outputs = kernels.shape[-1]
    kernels = kernels.reshape(-1, geometry.kernel[-1] * whole.shape[-1], outputs)
    for chosen in slabs(geometry, whole, outputs):
        slab = whole[chosen]
        frame = work(f"frame {len(slab)}", (*slab.shape[:-1], outputs), whole.dtype)
        sums, count = frame.reshape(-1, outputs), positions(geometry, len(slab))
        term = work(f"term {len(slab)}", sums.shape, whole.dtype)
        for i, row in itertools.groupby(window_views(geometry, slab), lambda view: view[0]):
            into = term if i else sums
            for _, places, view in row:
                np.matmul(view, kernels[i], out=into[places])
            if i:
                np.add(sums[:count], term[:count], sums[:count])
        np.copyto(y[chosen], framed(geometry, frame))


def view_weights_gradient(work: Workspace, geometry: Geometry, whole: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Gives the gradient (*k, c, o) of the kernels: whole (n, *padded, c), last (n, *output, o)."""
    shape = (*geometry.kernel, whole.shape[-1], last.shape[-1])
    parts = shares(work, len(whole), last.size * math.prod(shape[:-1]))
    totals = [part.work("gk", shape, whole.dtype) for part in parts]

    def run(turn: tuple[Share, np.ndarray]) -> None:
        (inner, examples), total = turn
        add_weights_gradient(inner, geometry, whole[examples], last[examples], total)

    in_threads(run, list(zip(parts, totals, strict=True)))
    return sum_into(totals)


def add_weights_gradient(
    work: Workspace, geometry: Geometry, whole: np.ndarray, last: np.ndarray, total: np.ndarray
) -> None:
    """Writes the gradient that some examples give the kernels into `total`, slab by slab."""
    outputs = last.shape[-1]
    rows = total.reshape(-1, geometry.kernel[-1] * whole.shape[-1], outputs)
    term = work("gterm", rows.shape[1:], whole.dtype)
    rows.fill(0)
    for chosen in slabs(geometry, whole, outputs):
        slab = whole[chosen]
        # The windows that are dropped have a gradient of zero.
        shape = (*slab.shape[:-1], outputs)
        frame = work.once(f"gframe {len(slab)}", lambda shape=shape: np.zeros(shape, whole.dtype))  # type: ignore[misc]
        np.copyto(framed(geometry, frame), last[chosen])
        flat = frame.reshape(-1, outputs)
        for i, places, view in window_views(geometry, slab):
            rows[i] += np.matmul(view.T, flat[places], out=term)
