"""Convolution in any number of dimensions: windows copied into rows, then one matrix product."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np

from wlnet.compute.by_channel import (
    channel_input_gradient,
    channel_products,
    channel_weights_gradient,
    has_own_kernels,
)
from wlnet.compute.by_views import suits_views, view_products, view_weights_gradient
from wlnet.compute.operation import Samples, operation
from wlnet.compute.threads import Share, at_once, in_threads, shares, sum_into
from wlnet.compute.windows import Geometry, Padding, Sizes, channels_first, channels_last, contiguous
from wlnet.compute.workspace import Workspace


def convolution_samples(generator: np.random.Generator) -> Samples:
    cases = (
        # x, w, stride, padding, dilation, groups
        ((2, 1, 5, 5), (2, 1, 3, 2), (1, 1), ((0, 0), (0, 0)), (1, 1), 1),
        ((2, 2, 5, 4), (3, 2, 2, 3), (1, 1), ((1, 0), (1, 2)), (1, 1), 1),
        ((2, 3, 5, 4), (2, 3, 3, 3), (1, 1), ((1, 1), (1, 1)), (1, 1), 1),
        ((1, 2, 6, 7), (3, 2, 2, 3), (2, 3), ((0, 1), (0, 0)), (2, 1), 1),
        ((1, 2, 6, 7), (2, 2, 2, 2), (1, 1), ((0, 1), (0, 0)), (1, 2), 1),
        ((2, 4, 4, 4), (6, 2, 2, 2), (1, 1), ((1, 0), (0, 0)), (1, 1), 2),
        ((2, 8, 7, 8), (8, 8, 2, 2), (1, 1), ((1, 0), (0, 1)), (1, 1), 1),
        ((2, 3, 5), (3, 1, 2), (2,), ((0, 0),), (1,), 3),
        ((2, 3, 5), (2, 3, 1), (1,), ((0, 0),), (1,), 1),
        ((2, 8, 9), (9, 8, 3), (1,), ((1, 1),), (1,), 1),
        ((2, 6, 2, 9, 12), (8, 6, 1, 2, 3), (1, 1, 1), ((0, 0), (1, 0), (1, 1)), (1, 2, 1), 1),
        ((2, 2, 3, 4, 3), (2, 2, 2, 2, 2), (1, 1, 1), ((0, 0), (1, 0), (0, 0)), (1, 1, 1), 1),
    )
    for i, (x, w, stride, padding, dilation, groups) in enumerate(cases):
        b = None if i % 3 == 1 else generator.normal(size=w[0])
        settings = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        yield (generator.normal(size=x), generator.normal(size=w), b), settings


def compose_convolution(
    anp: Any, x: Any, w: Any, b: Any, *, stride: Sizes, padding: Padding, dilation: Sizes, groups: int
) -> Any:
    """Adds up, place by place of the kernel, products of a matrix with a slice of the image."""
    geometry = Geometry(x.shape[2:], w.shape[2:], stride, padding, dilation)
    whole = anp.pad(x, ((0, 0), (0, 0), *padding), mode="constant")
    whole = anp.reshape(whole, (len(x), groups, -1, *geometry.padded))
    kernels = anp.reshape(w, (groups, -1, *w.shape[1:]))
    y: Any = 0.0
    for place, (batch, *slices) in geometry.shifts:
        met = whole[(batch, slice(None), slice(None), *slices)]
        y = y + anp.einsum("goc,bgc...->bgo...", kernels[(..., *place)], met)
    y = anp.reshape(y, (len(x), w.shape[0], *geometry.output))
    return y if b is None else y + anp.reshape(b, (-1, *(1,) * len(stride)))


@operation(compose=compose_convolution, sample=convolution_samples)
def convolution(
    work: Workspace,
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray | None,
    *,
    stride: Sizes,
    padding: Padding,
    dilation: Sizes,
    groups: int,
) -> np.ndarray:
    """Gives the cross-correlation of x (n, c, *s) with w (o, c / groups, *k), plus b (o) or None, for d = len(k)
    dimensions; stride and dilation of length d, padding ((before, after), …) with zeros; gives (n, o, *m), a view of
    memory with the channels last.
    """
    geometry = work.once("geometry", lambda: Geometry(x.shape[2:], w.shape[2:], stride, padding, dilation))
    whole = geometry.pad(work, "whole", channels_last(x))
    if has_own_kernels(w, groups):
        work.saved = geometry, whole, None
        own = channel_products(work, geometry, whole, w)
        return channels_first(own if b is None else np.add(own, b, own))
    out = len(w) // groups
    kernels = work("kernels", (groups, *w.shape[2:], w.shape[1], out), w.dtype)
    np.copyto(kernels, np.moveaxis(w.reshape(groups, out, *w.shape[1:]), (1, 2), (-1, -2)))
    if groups == 1 and suits_views(geometry, w.shape[1], len(w)):
        work.saved = geometry, whole, None
        y = view_products(work, geometry, whole, kernels[0])
        return channels_first(y if b is None else np.add(y, b, y))
    y, kept = window_products(work, geometry, whole, kernels.reshape(groups, -1, out))
    work.saved = geometry, whole, kept
    if groups > 1:
        joined = work("joined", (*y.shape[1:3], groups, out), x.dtype)
        np.copyto(joined, np.moveaxis(y, 0, 2))
        y = joined
    y = y.reshape(-1, len(w))
    if b is not None:
        np.add(y, b, y)
    return channels_first(y.reshape(len(x), *geometry.output, len(w)))


LARGEST = 1 << 20
"""How many numbers the rows of windows may take; of more, only those of some examples are kept at a time."""


def slabs(geometry: Geometry, whole: np.ndarray) -> list[slice]:
    """Gives the examples that are taken at a time."""
    each = math.prod(geometry.output) * math.prod(geometry.kernel) * whole.shape[-1]
    step = max(1, LARGEST // each)
    return [slice(start, start + step) for start in range(0, len(whole), step)]


def window_products(
    work: Workspace, geometry: Geometry, whole: np.ndarray, kernels: np.ndarray
) -> tuple[np.ndarray, list[tuple[Share, np.ndarray]]]:
    """Gives the products of all windows with kernels (groups, k c / groups, o / groups), (groups, n, windows,
    o / groups), and the shares of the batch, each with the rows of windows of its last slab.
    """
    groups, width, out = kernels.shape
    y = work("y", (groups, len(whole), math.prod(geometry.output), out), whole.dtype)
    parts = shares(work, len(whole), y.size * width)
    kept: list[Any] = [None] * len(parts)

    def run(number: int) -> None:
        share, own = parts[number], y[:, parts[number].examples]
        for chosen in slabs(geometry, whole[share.examples]):
            columns = window_rows(share.work, geometry, whole[share.examples][chosen], groups)
            kept[number] = share, columns
            for column, kernel, into in zip(columns, kernels, own[:, chosen], strict=True):
                np.dot(column, kernel, out=into.reshape(-1, out))

    in_threads(run, range(len(parts)))
    return y, kept


def window_rows(work: Workspace, geometry: Geometry, whole: np.ndarray, groups: int) -> np.ndarray:
    """Gives the elements of each window as a row: whole (n, *padded, c); gives (groups, rows, k c / groups)."""
    depth = whole.shape[-1] // groups
    rows = len(whole) * math.prod(geometry.output)
    width = depth * math.prod(geometry.kernel)
    if groups == 1 and width == depth and geometry.output == geometry.padded:
        return whole.reshape(1, rows, width)
    d = len(geometry.kernel)
    joined = groups == 1 and geometry.dilation[-1] == 1
    windows = geometry.windows(whole, joined)
    if groups > 1:
        windows = np.moveaxis(windows.reshape(*windows.shape[:-1], groups, depth), -2, 0)
    else:
        windows = windows[None]
    if depth == 1:
        # With one channel, rows of the image are longer than rows of the kernel: copy those, and turn the product.
        order = (0, *range(d + 2, windows.ndim), *range(1, d + 2))
        turned = work(f"columns {len(whole)}", tuple(windows.shape[i] for i in order), whole.dtype)
        np.copyto(turned, windows.transpose(order))
        return turned.reshape(groups, width, rows).transpose(0, 2, 1)
    columns = work(f"columns {len(whole)}", windows.shape, whole.dtype)
    np.copyto(columns, windows)
    return columns.reshape(groups, rows, width)


@convolution.gradient
def convolution_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: Any,
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray | None,
    *,
    stride: Sizes,
    padding: Padding,
    dilation: Sizes,
    groups: int,
) -> tuple[Any, ...]:
    geometry = work.saved[0]
    last = contiguous(work, "gy", channels_last(gradient))
    rows = last.reshape(-1, len(w))
    found: list[Any] = [None, None, None]

    def of_input() -> None:
        found[0] = channels_first(input_gradient(work, geometry, last, w, groups))

    def of_weights() -> None:
        found[1] = weights_gradient(work, rows, w, groups)

    wanted = [function for function, need in zip((of_input, of_weights), needs, strict=False) if need]
    at_once(lambda function: function(), wanted, rows.size * math.prod(w.shape[1:]))
    if needs[2]:
        ones = work.once("ones", lambda: np.ones(len(rows), rows.dtype))
        found[2] = np.dot(ones, rows, out=work("gb", (len(w),), rows.dtype))
    return tuple(found)


def weights_gradient(work: Workspace, rows: np.ndarray, w: np.ndarray, groups: int) -> np.ndarray:
    """Gives the gradient of w: rows (rows, o), the gradient of the output."""
    geometry, whole, kept = work.saved
    if has_own_kernels(w, groups):
        return channel_weights_gradient(work, geometry, whole, rows.reshape(len(whole), *geometry.output, -1), w)
    if groups == 1 and suits_views(geometry, w.shape[1], len(w)):
        gk = view_weights_gradient(work, geometry, whole, rows.reshape(len(whole), *geometry.output, -1))
        gw = work("gw", w.shape, w.dtype)
        np.copyto(gw, np.moveaxis(gk, (-1, -2), (0, 1)))
        return gw
    each, out, width = len(rows) // len(whole), len(w) // groups, math.prod(w.shape[1:])
    totals = [share.work("gk", (groups, width, out), w.dtype) for share, _ in kept]

    def run(number: int) -> None:
        ((inner, examples), columns), total = kept[number], totals[number]
        own, taken = rows.reshape(len(whole), each, -1)[examples], slabs(geometry, whole[examples])
        total.fill(0)
        term = inner("term", (width, out), w.dtype)
        for chosen in taken:
            found = columns if len(taken) == 1 else window_rows(inner, geometry, whole[examples][chosen], groups)
            for column, piece, into in zip(
                found, np.split(own[chosen].reshape(-1, len(w)), groups, 1), total, strict=True
            ):
                into += np.dot(column.T, piece, out=term)

    in_threads(run, range(len(kept)))
    gw = work("gw", w.shape, w.dtype)
    turned = sum_into(totals).reshape(groups, *w.shape[2:], w.shape[1], out)
    np.copyto(gw.reshape(groups, out, *w.shape[1:]), np.moveaxis(turned, (-1, -2), (1, 2)))
    return gw


def input_gradient(work: Workspace, geometry: Geometry, last: np.ndarray, w: np.ndarray, groups: int) -> np.ndarray:
    """Gives the gradient (n, *s, c) of the input: last (n, *m, o)."""
    if has_own_kernels(w, groups):
        return channel_input_gradient(work, geometry, last, w)[geometry.interior]
    mirror = work.once("mirror", lambda: mirrored(geometry, last.shape, w.shape, groups))
    if mirror is not None:
        return mirrored_gradient(work, mirror, last, w)
    depth, out = w.shape[1], len(w) // groups
    whole = work("gwhole", (len(last), *geometry.padded, depth * groups), last.dtype)
    kernels = work("kernels", (groups, *w.shape[2:], depth, out), w.dtype).reshape(groups, -1, out)
    add = add_runs if groups == 1 and geometry.stride[-1] == geometry.dilation[-1] == 1 else add_places

    def run(share: Share) -> None:
        mine, given = whole[share.examples], last[share.examples]
        mine.fill(0)
        for chosen in slabs(geometry, mine):
            part, slab = given[chosen].reshape(-1, len(w)), mine[chosen]
            columns = share.work(f"gcolumns {len(slab)}", (len(part), kernels.shape[1]), last.dtype)
            for piece, kernel, into in zip(
                np.split(part, groups, 1), kernels, np.split(slab, groups, slab.ndim - 1), strict=True
            ):
                add(geometry, np.dot(piece, kernel.T, out=columns), into)

    in_threads(run, shares(work, len(last), last.size * kernels.shape[1]))
    return whole[geometry.interior]


def add_places(geometry: Geometry, columns: np.ndarray, whole: np.ndarray) -> None:
    """Adds rows of windows where their elements came from, place by place of the kernel."""
    spread = columns.reshape(len(whole), *geometry.output, *geometry.kernel, whole.shape[-1])
    axes: tuple[Any, ...] = (slice(None),) * (1 + len(geometry.output))
    for place, met in geometry.shifts:
        whole[met] += spread[(*axes, *place)]


def add_runs(geometry: Geometry, columns: np.ndarray, whole: np.ndarray) -> None:
    """Adds rows of windows where their elements came from, whole kernel rows at once.

    Windows that are a kernel apart do not overlap, so along the last axis each k-th window is added in one call, in
    runs of k c numbers, a fraction of the runs that adding place by place makes.
    """
    n, depth, width = len(whole), whole.shape[-1], geometry.kernel[-1]
    *lead, last = geometry.output
    spread = columns.reshape(n, *lead, last, *geometry.kernel[:-1], width * depth)
    flat = whole.reshape(*whole.shape[:-2], -1)
    head: tuple[Any, ...] = (slice(None),) * (1 + len(lead))
    outer = Geometry(
        geometry.padded[:-1], geometry.kernel[:-1], geometry.stride[:-1], ((0, 0),) * len(lead), geometry.dilation[:-1]
    )
    for (place, met), phase in itertools.product(outer.shifts, range(min(width, last))):
        count = (last - phase - 1) // width + 1
        run = flat[(*met, slice(phase * depth, (phase + count * width) * depth))]
        runs = run.reshape(*run.shape[:-1], count, width * depth)
        runs += spread[(*head, slice(phase, None, width), *place)]


def mirrored(geometry: Geometry, shape: Sizes, w: Sizes, groups: int) -> Geometry | None:
    """Gives where the windows lie whose convolution with the mirrored kernels is the gradient of the input.

    None where that is not possible (strides, groups) or more work than adding up windows (which would be copied, and are
    wider than those of the input).
    """
    reach = [d * (k - 1) for k, d in zip(geometry.kernel, geometry.dilation, strict=True)]
    padding = tuple((r - before, r - after) for r, (before, after) in zip(reach, geometry.padding, strict=True))
    if groups > 1 or set(geometry.stride) != {1} or min(map(min, padding)) < 0:
        return None
    mirror = Geometry(shape[1:-1], geometry.kernel, geometry.stride, padding, geometry.dilation)
    return mirror if w[0] <= w[1] or suits_views(mirror, *w[:2]) else None


def mirrored_gradient(work: Workspace, mirror: Geometry, last: np.ndarray, w: np.ndarray) -> np.ndarray:
    inner = work.once("inner", Workspace)
    out, depth = w.shape[:2]
    kernels = inner("kernels", (*w.shape[2:], out, depth), w.dtype)
    flipped = np.flip(w, tuple(range(2, w.ndim)))
    np.copyto(kernels, np.moveaxis(flipped, (0, 1), (-2, -1)))
    whole = mirror.pad(inner, "whole", last)
    if suits_views(mirror, out, depth):
        return view_products(inner, mirror, whole, kernels)
    gx, _ = window_products(inner, mirror, whole, kernels.reshape(1, -1, depth))
    return gx.reshape(len(last), *mirror.output, depth)
