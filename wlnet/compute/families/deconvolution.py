"""Deconvolution: the transpose of a convolution. Its forward side is the gradient of one, and the other way round."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.families.convolution import convolution, input_gradient, weights_gradient
from wlnet.compute.operation import Samples, operation
from wlnet.compute.windows import Geometry, Padding, Sizes, channels_first, channels_last, contiguous
from wlnet.compute.workspace import Workspace


def deconvolution_samples(generator: np.random.Generator) -> Samples:
    cases = (
        # x, w, size, stride, padding, dilation, groups
        ((2, 2, 3), (2, 3, 2), (4,), (1,), ((0, 0),), (1,), 1),
        ((2, 1, 3, 2), (1, 2, 3, 2), (5, 4), (2, 3), ((1, 1), (0, 1)), (1, 1), 1),
        ((2, 3, 3, 2), (3, 1, 2, 2), (3, 4), (1, 2), ((1, 0), (0, 0)), (1, 1), 1),
        ((1, 4, 2, 3), (4, 2, 2, 2), (5, 5), (1, 2), ((0, 0), (1, 1)), (3, 2), 2),
        ((1, 2, 2, 1, 2), (2, 1, 2, 1, 2), (3, 2, 3), (1, 2, 1), ((0, 0),) * 3, (1, 1, 1), 1),
    )
    for i, (x, w, size, stride, padding, dilation, groups) in enumerate(cases):
        b = None if i % 3 == 1 else generator.normal(size=w[1] * groups)
        settings = {"size": size, "stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        yield (generator.normal(size=x), generator.normal(size=w), b), settings


def compose_deconvolution(
    anp: Any, x: Any, w: Any, b: Any, *, size: Sizes, stride: Sizes, padding: Padding, dilation: Sizes, groups: int
) -> Any:
    """Adds up, place by place of the kernel, products of a matrix with the image, put where they belong."""
    geometry = Geometry(size, w.shape[2:], stride, padding, dilation)
    images = anp.reshape(x, (len(x), groups, -1, *x.shape[2:]))
    kernels = anp.reshape(w, (groups, -1, *w.shape[1:]))
    y: Any = 0.0
    for place, (_, *slices) in geometry.shifts:
        part = anp.einsum("gio,bgi...->bgo...", kernels[(..., *place)], images)
        for axis, (met, length) in enumerate(zip(slices, geometry.padded, strict=True), 3):
            where = np.eye(length)[met]
            part = anp.moveaxis(anp.tensordot(part, where, (axis, 0)), -1, axis)
        y = y + part
    y = anp.reshape(y, (len(x), -1, *geometry.padded))[(slice(None), *geometry.interior)]
    return y if b is None else y + anp.reshape(b, (-1, *(1,) * len(stride)))


@operation(compose=compose_deconvolution, sample=deconvolution_samples)
def deconvolution(
    work: Workspace,
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray | None,
    *,
    size: Sizes,
    stride: Sizes,
    padding: Padding,
    dilation: Sizes,
    groups: int,
) -> np.ndarray:
    """Gives the transpose of the convolution with w (c, o / groups, *k), from images (n, o, *size) to such as x
    (n, c, *s), plus b (o) or None; stride and dilation of length d, padding ((before, after), …) of what is given,
    which is cut off; gives (n, o, *size), a view of memory with the channels last.
    """
    geometry = work.once("geometry", lambda: Geometry(size, w.shape[2:], stride, padding, dilation))
    kernels = work("kernels", (groups, *w.shape[2:], w.shape[1], len(w) // groups), w.dtype)
    np.copyto(kernels, np.moveaxis(w.reshape(groups, -1, *w.shape[1:]), (1, 2), (-1, -2)))
    y = input_gradient(work, geometry, contiguous(work, "last", channels_last(x)), w, groups)
    if b is not None:
        np.add(y, b, y)
    return channels_first(y)


@deconvolution.gradient
def deconvolution_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: Any,
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray | None,
    *,
    size: Sizes,
    stride: Sizes,
    padding: Padding,
    dilation: Sizes,
    groups: int,
) -> tuple[Any, ...]:
    gx = gw = gb = None
    inner = work.once("gradient", Workspace)
    if needs[0] or needs[1]:
        settings = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        gx = convolution.forward(inner, gradient, w, None, **settings)
    if needs[1]:
        rows = contiguous(work, "last", channels_last(x)).reshape(-1, len(w))
        gw = weights_gradient(inner, rows, w, groups)
    if needs[2]:
        gb = np.add.reduce(gradient, (0, *range(2, gradient.ndim)))
    return gx, gw, gb
