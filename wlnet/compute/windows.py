"""Sliding windows over arrays with the channels last, for convolution and pooling.

At the borders of an operation arrays are channels first, (b, c, *s). Inside, and in memory, the channels come last: a
result (b, c, *o) is a view of an array (b, *o, c), and what follows keeps that layout, so nothing is turned between
two such operations.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from wlnet.compute.workspace import Workspace

Sizes = tuple[int, ...]
Padding = tuple[tuple[int, int], ...]


def channels_last(x: np.ndarray) -> np.ndarray:
    """Gives the view (b, *s, c) of x (b, c, *s)."""
    return x.transpose(0, *range(2, x.ndim), 1)


def channels_first(x: np.ndarray) -> np.ndarray:
    """Gives the view (b, c, *s) of x (b, *s, c)."""
    return x.transpose(0, x.ndim - 1, *range(1, x.ndim - 1))


def contiguous(work: Workspace, name: str, x: np.ndarray) -> np.ndarray:
    """Gives x itself if its memory is in order, else a copy."""
    if x.flags.c_contiguous:
        return x
    copy = work(name, x.shape, x.dtype)
    np.copyto(copy, x)
    return copy


@dataclass(frozen=True)
class Geometry:
    """Where the windows lie: `sizes` of the input without batch and channels, and the settings of each axis."""

    sizes: Sizes
    kernel: Sizes
    stride: Sizes
    padding: Padding
    dilation: Sizes

    @cached_property
    def padded(self) -> Sizes:
        """The sizes of the padded input."""
        return tuple(n + before + after for n, (before, after) in zip(self.sizes, self.padding, strict=True))

    @cached_property
    def output(self) -> Sizes:
        """The number of windows along each axis."""
        axes = zip(self.padded, self.kernel, self.stride, self.dilation, strict=True)
        return tuple((n - d * (k - 1) - 1) // s + 1 for n, k, s, d in axes)

    @cached_property
    def interior(self) -> tuple[slice, ...]:
        """The index of the input in its padded array (b, *padded, c)."""
        ends = (slice(before, before + n) for n, (before, _) in zip(self.sizes, self.padding, strict=True))
        return (slice(None), *ends)

    @cached_property
    def shifts(self) -> tuple[tuple[Sizes, tuple[slice, ...]], ...]:
        """For each place in the kernel, the index of the elements of (b, *padded, c) that it meets."""
        return tuple((place, self._met(place)) for place in itertools.product(*map(range, self.kernel)))

    def _met(self, place: Sizes) -> tuple[slice, ...]:
        axes = zip(place, self.output, self.stride, self.dilation, strict=True)
        return (slice(None), *(slice(i * d, i * d + s * (n - 1) + 1, s) for i, n, s, d in axes))

    def pad(self, work: Workspace, name: str, x: np.ndarray, value: float = 0.0) -> np.ndarray:
        """Gives x (b, *sizes, c) with its padding, contiguous; x itself where that is what it is."""
        if self.padded == self.sizes:
            return contiguous(work, name, x)
        shape = (len(x), *self.padded, x.shape[-1])
        whole = work.once(name, lambda: np.full(shape, value, x.dtype))
        whole[self.interior] = x
        return whole

    def windows(self, x: np.ndarray, joined: bool) -> np.ndarray:
        """Gives the view (b, *output, *kernel, c) of a contiguous x (b, *padded, c).

        `joined`: the last kernel axis and the channels as one axis, so that copies move longer runs (dilation 1).
        """
        one = x.itemsize
        batch, *steps = (one * math.prod(x.shape[i:]) for i in range(1, x.ndim))
        places: list[Any] = [(k, step * d) for k, step, d in zip(self.kernel, steps, self.dilation, strict=True)]
        places.append((x.shape[-1], one))
        if joined:
            places[-2:] = [(self.kernel[-1] * x.shape[-1], one)]
        moves = [(n, step * s) for n, step, s in zip(self.output, steps, self.stride, strict=True)]
        shape, strides = zip((len(x), batch), *moves, *places, strict=True)
        return np.ndarray(shape, x.dtype, x, 0, strides)
