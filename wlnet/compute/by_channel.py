"""Convolution where each output channel sees one input channel only: products of shifted images, with the channels last.

Rows of windows would be as wide as the kernel is large, too narrow for a matrix product to be worth their copies. Here
`einsum` multiplies and adds in one pass over rows of the image, for all places of the kernel while a row is in the cache.
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from wlnet.compute.windows import Geometry
from wlnet.compute.workspace import Workspace


def has_own_kernels(w: np.ndarray, groups: int) -> bool:
    """Tells whether weights (o, c / groups, *k) are one kernel for each channel."""
    return 1 < groups == len(w) and w.shape[1] == 1


def in_runs(geometry: Geometry) -> bool:
    """Tells whether a row of the output meets one run of the image at each place of the kernel."""
    return geometry.stride[-1] == 1


def kernel_rows(work: Workspace, geometry: Geometry, w: np.ndarray) -> np.ndarray:
    """Gives for each place of the kernel what a row of the output is multiplied by: (*k, n c) for n numbers in a row, or
    (*k, c) where the stride keeps the row from being one run.
    """
    width = geometry.output[-1] if in_runs(geometry) else 1
    rows = work("kernel rows", (*geometry.kernel, width, len(w)), w.dtype)
    np.copyto(rows, np.moveaxis(w[:, 0], 0, -1)[..., None, :])
    return rows.reshape(*geometry.kernel, -1)


def met(geometry: Geometry, whole: np.ndarray) -> np.ndarray:
    """Gives what each place of the kernel meets of a contiguous (n, *padded, c): the view (*k, n, *m), the last two axes
    of m and the channels one where they are a run.
    """
    d = len(geometry.kernel)
    windows = geometry.windows(whole, joined=False)
    view = windows.transpose(*range(d + 1, 2 * d + 1), *range(d + 1), 2 * d + 1)
    if not in_runs(geometry):
        return view
    *shape, width, channels = view.shape
    return np.ndarray((*shape, width * channels), whole.dtype, whole, 0, (*view.strides[:-2], whole.itemsize))


def like_rows(geometry: Geometry, output: np.ndarray) -> np.ndarray:
    """Gives (n, *m, c) with its last two axes one where they are one in `met`."""
    return output.reshape(*output.shape[:-2], -1) if in_runs(geometry) else output


def channel_products(work: Workspace, geometry: Geometry, whole: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Gives the convolution (n, *m, c) of whole (n, *padded, c)."""
    y = work("y", (len(whole), *geometry.output, len(w)), whole.dtype)
    view, d = met(geometry, whole), len(geometry.kernel)
    places, others = range(d), range(d, view.ndim)
    kernels = kernel_rows(work, geometry, w)
    np.einsum(view, [*places, *others], kernels, [*places, others[-1]], others, out=like_rows(geometry, y))
    return y


def channel_input_gradient(work: Workspace, geometry: Geometry, last: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Gives the gradient (n, *padded, c) of `whole` from that of the output, last (n, *m, c)."""
    if set(geometry.stride) == {1}:
        inner, mirror = work.once("inner", Workspace), work.once("mirror", lambda: mirrored(geometry))
        return channel_products(inner, mirror, mirror.pad(inner, "whole", last), np.flip(w, tuple(range(2, w.ndim))))
    whole = work("gwhole", (len(last), *geometry.padded, len(w)), last.dtype)
    whole.fill(0)
    kernels = w.reshape(len(w), -1).T
    for (_, there), kernel in zip(geometry.shifts, kernels, strict=True):
        whole[there] += last * kernel
    return whole


def mirrored(geometry: Geometry) -> Geometry:
    """Gives where the windows lie whose convolution with the mirrored kernels is the gradient of the padded input."""
    reach = [d * (k - 1) for k, d in zip(geometry.kernel, geometry.dilation, strict=True)]
    return Geometry(geometry.output, geometry.kernel, geometry.stride, tuple((r, r) for r in reach), geometry.dilation)


def channel_weights_gradient(
    work: Workspace, geometry: Geometry, whole: np.ndarray, last: np.ndarray, w: np.ndarray
) -> np.ndarray:
    """Gives the gradient (c, 1, *k) of the weights."""
    view, rows = met(geometry, whole), like_rows(geometry, last)
    axes = range(rows.ndim)
    total = work("gk", (len(w), math.prod(geometry.kernel)), w.dtype)
    for i, place in enumerate(itertools.product(*map(range, geometry.kernel))):
        sums = np.einsum(view[place], axes, rows, axes, axes[-1:])
        np.add.reduce(sums.reshape(-1, len(w)), 0, out=total[:, i])
    return total.reshape(w.shape)
