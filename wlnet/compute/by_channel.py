"""Convolution where each output channel sees one input channel only: sums of shifted images, with the channels last.

Rows of windows would be as wide as the kernel is large, too narrow for a matrix product to be worth their copies. Here a
product and a sum per place of the kernel run over whole rows of the image at a time, some examples at once, so that what
they read stays in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from wlnet.compute.windows import Geometry
from wlnet.compute.workspace import Workspace

#: About how many numbers of the output are taken at a time.
SLAB = 1 << 18


def has_own_kernels(w: np.ndarray, groups: int) -> bool:
    """Tells whether weights (o, c / groups, *k) are one kernel for each channel."""
    return 1 < groups == len(w) and w.shape[1] == 1


def kernel_rows(work: Workspace, geometry: Geometry, w: np.ndarray) -> np.ndarray:
    """Gives for each place of the kernel what a row of the output is multiplied by: (places, n c) for n numbers in a row,
    or (places, c) where the stride keeps the row from being one run.
    """
    width = geometry.output[-1] if geometry.stride[-1] == 1 else 1
    rows = work("kernel rows", (w[0].size, width, len(w)), w.dtype)
    np.copyto(rows, w.reshape(len(w), -1).T[:, None])
    return rows.reshape(len(rows), -1)


def shifted(geometry: Geometry, whole: np.ndarray) -> Iterator[np.ndarray]:
    """Yields for each place of the kernel the view of (n, *padded, c) that it meets, its last axes one where they can be."""
    if geometry.stride[-1] != 1:
        yield from (whole[met] for _, met in geometry.shifts)
        return
    channels = whole.shape[-1]
    flat = whole.reshape(*whole.shape[:-2], -1)
    for _, (*lead, last) in geometry.shifts:
        yield flat[(*lead, slice(last.start * channels, last.stop * channels))]


def in_slabs(geometry: Geometry, whole: np.ndarray, output: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yields some examples of (n, *padded, c) and of (n, *output, c) at a time, the latter's last axes one as above."""
    step = max(1, SLAB * len(output) // output.size)
    if geometry.stride[-1] == 1:
        output = output.reshape(*output.shape[:-2], -1)
    for start in range(0, len(output), step):
        yield whole[start : start + step], output[start : start + step]


def channel_products(work: Workspace, geometry: Geometry, whole: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Gives the convolution (n, *output, c) of whole (n, *padded, c)."""
    y = work("y", (len(whole), *geometry.output, len(w)), whole.dtype)
    kernels = kernel_rows(work, geometry, w)
    for slab, into in in_slabs(geometry, whole, y):
        term = work(f"term {len(into)}", into.shape, into.dtype)
        for place, (met, kernel) in enumerate(zip(shifted(geometry, slab), kernels, strict=True)):
            if place == 0:
                np.multiply(met, kernel, into)
            else:
                into += np.multiply(met, kernel, term)
    return y


def channel_input_gradient(work: Workspace, geometry: Geometry, last: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Gives the gradient (n, *padded, c) of `whole` from that of the output, last (n, *output, c)."""
    whole = work("gwhole", (len(last), *geometry.padded, len(w)), last.dtype)
    whole.fill(0)
    kernels = kernel_rows(work, geometry, w)
    for slab, gradient in in_slabs(geometry, whole, last):
        term = work(f"term {len(gradient)}", gradient.shape, gradient.dtype)
        for met, kernel in zip(shifted(geometry, slab), kernels, strict=True):
            met += np.multiply(gradient, kernel, term)
    return whole


def channel_weights_gradient(
    work: Workspace, geometry: Geometry, whole: np.ndarray, last: np.ndarray, w: np.ndarray
) -> np.ndarray:
    """Gives the gradient (c, 1, *k) of the weights."""
    total: Any = np.zeros((w[0].size, len(w)), w.dtype)
    for slab, gradient in in_slabs(geometry, whole, last):
        term = work(f"term {len(gradient)}", gradient.shape, gradient.dtype)
        ones = np.ones(gradient.size // len(w), w.dtype)
        for met, into in zip(shifted(geometry, slab), total, strict=True):
            into += np.dot(ones, np.multiply(met, gradient, term).reshape(-1, len(w)))
    return total.T.reshape(w.shape)
