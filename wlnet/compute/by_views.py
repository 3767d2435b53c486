"""Convolution with stride 1, of memory with the channels last, by matrix products with views of the image itself.

In a flat image, the windows along the last axis that begin a kernel apart follow each other without a gap: they are the
rows of a matrix, and no window need be copied. Kernel rows at other places of the leading axes read the same memory from
another point on, and their products are added. Windows that run over the end of a row are computed, too, and dropped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from wlnet.compute.threads import Share, in_threads, shares, sum_into
from wlnet.compute.windows import Geometry, Sizes
from wlnet.compute.workspace import Workspace, scratch

#: Products with narrower rows, or of fewer outputs, are not worth their calls.
NARROW, FEW = 16, 8
#: How many outputs may be computed in vain for each window that counts: of more, copying the windows costs less.
VAIN = 5
#: About how many numbers of the image and the output are taken at a time, so that they stay in the cache.
SLAB = 1 << 18


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


@dataclass(frozen=True)
class Run:
    """Windows that begin a kernel apart, as rows of matrices (*lead, phases, rows, k c) that are views of an image.

    There is a matrix for each kernel row and each phase of the beginnings; `places`: of these in the flat image.
    """

    shape: Sizes
    strides: Sizes
    places: slice

    def windows(self, whole: np.ndarray) -> np.ndarray:
        """Gives the matrices of whole (n, *padded, c)."""
        start = self.places.start * whole.shape[-1] * whole.itemsize
        return np.ndarray(self.shape, whole.dtype, whole, start, self.strides)

    def of(self, flat: np.ndarray) -> np.ndarray:
        """Gives the view (…, phases, rows, o) of what flat (…, positions, o) holds where the windows begin."""
        chosen = flat[..., self.places, :]
        phases, rows = self.shape[-3:-1]
        return chosen.reshape(*chosen.shape[:-2], rows, phases, -1).swapaxes(-2, -3)


@lru_cache(256)
def runs(geometry: Geometry, examples: int, channels: int, one: int) -> list[Run]:
    """Gives the windows of some examples, each once: those of all phases together, and the few after them.

    one: the bytes of a number.
    """
    *steps, pixel = (one * channels * math.prod(geometry.padded[axis:]) for axis in range(1, 1 + len(geometry.padded)))
    moves = [step * d for step, d in zip(steps, geometry.dilation[:-1], strict=True)]
    last = sum((k - 1) * move for k, move in zip(geometry.kernel, (*moves, pixel), strict=True)) // pixel
    width, count = geometry.kernel[-1], examples * math.prod(geometry.padded) - last
    rows, rest = divmod(count, width)
    return [
        Run(
            (*geometry.kernel[:-1], phases, number, width * channels),
            (*moves, pixel, phases * pixel, one),
            slice(start, start + phases * number),
        )
        for phases, number, start in ((width, rows, 0), (1, rest, count - rest))
        if number
    ]


def slabs(geometry: Geometry, whole: np.ndarray, outputs: int) -> Iterator[slice]:
    """Yields the examples that are taken at a time, about equally many each."""
    each = math.prod(geometry.padded) * (whole.shape[-1] + math.prod(geometry.kernel[:-1]) * outputs)
    count = -(-len(whole) * each // SLAB)
    step = -(-len(whole) // min(count, len(whole)))
    yield from (slice(start, start + step) for start in range(0, len(whole), step))


def framed(geometry: Geometry, frame: np.ndarray) -> np.ndarray:
    """Gives what is not dropped of a frame (…, *padded, o): the view (…, *output, o)."""
    chosen: tuple[Any, ...] = (..., *map(slice, geometry.output), slice(None))
    return frame[chosen]


def view_products(work: Workspace, geometry: Geometry, whole: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Gives the convolution (n, *output, o) of a contiguous whole (n, *padded, c) with kernels (*k, c, o)."""
    y = work("y", (len(whole), *geometry.output, kernels.shape[-1]), whole.dtype)

    def run(share: Share) -> None:
        some_products(share.work, geometry, whole[share.examples], kernels, y[share.examples])

    in_threads(run, shares(work, len(whole), y.size * kernels[..., 0].size))
    return y


def some_products(work: Workspace, geometry: Geometry, whole: np.ndarray, kernels: np.ndarray, y: np.ndarray) -> None:
    """Writes the convolution of some examples into y, slab by slab."""
    *lead, width, channels, outputs = kernels.shape
    kernels = kernels.reshape(*lead, 1, width * channels, outputs)
    for chosen in slabs(geometry, whole, outputs):
        slab = whole[chosen]
        frames = scratch((*lead, *slab.shape[:-1], outputs), whole.dtype)
        flat = frames.reshape(*lead, -1, outputs)
        for run in runs(geometry, len(slab), channels, whole.itemsize):
            np.matmul(run.windows(slab), kernels, out=run.of(flat))
        np.add.reduce(framed(geometry, frames), tuple(range(len(lead))), out=y[chosen])


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
    total.fill(0)
    kernels = total.reshape(*geometry.kernel[:-1], -1, outputs)
    for chosen in slabs(geometry, whole, outputs):
        slab = whole[chosen]
        # The windows that are dropped have a gradient of zero.
        shape = (*slab.shape[:-1], outputs)
        frame = work.once(f"gframe {len(slab)}", lambda shape=shape: np.zeros(shape, whole.dtype))  # type: ignore[misc]
        np.copyto(framed(geometry, frame), last[chosen])
        flat = frame.reshape(-1, outputs)
        for run in runs(geometry, len(slab), whole.shape[-1], whole.itemsize):
            kernels += np.add.reduce(np.matmul(run.windows(slab).swapaxes(-1, -2), run.of(flat)), -3)
