"""Slabs: contiguous private memory of arrays that an optimizer updates alike.

Small arrays share a slab, because each call on a few numbers costs as much as on a thousand; a large array has one of
its own, updated block by block, so that what an optimizer reads and writes stays in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from wlnet.compute.threads import in_threads, portions
from wlnet.nets.arrays import Key
from wlnet.training.optimizers import Optimizer, State

#: Numbers in a block. Adam on 101 770 float32: see benchmarks/step.py.
BLOCK = 32_768
#: How many multiplications the update of a number counts for: some ten passes that wait for the memory.
PASSES = 32
#: Arrays of at most so many numbers share a slab.
SMALL = 4_096


@dataclass(frozen=True, slots=True)
class Treatment:
    """How an array is trained: the multiplier of its learning rate, and its limits (None: none).

    decay: L2Regularization; gradient_limit, value_limit: the largest magnitude of a gradient and of a number.
    groups: the groups of an update schedule that the array is in, None where it is trained in every step.
    """

    multiplier: float = 1.0
    decay: float | None = None
    gradient_limit: float | None = None
    value_limit: float | None = None
    groups: frozenset[int] | None = None


Block: TypeAlias = tuple[slice, np.ndarray, State]
"""Where a block is in its slab, its values, and its part of the optimizer's state."""


class Slab:
    """The values, the gradient and the optimizer's state of one or several arrays, flat."""

    def __init__(self, arrays: Mapping[Key, np.ndarray], treatment: Treatment, optimizer: Optimizer) -> None:
        self.treatment = treatment
        self.update = optimizer.update
        first = next(iter(arrays.values()))
        self.values = np.concatenate([array.reshape(-1) for array in arrays.values()], dtype=first.dtype)
        self.gradient = np.empty_like(self.values)
        self.steps = 0
        self.arrays: dict[Key, np.ndarray] = {}
        self.parts: list[tuple[Key, np.ndarray]] = []
        start = 0
        for key, array in arrays.items():
            end = start + array.size
            self.arrays[key] = self.values[start:end].reshape(array.shape)
            self.parts.append((key, self.gradient[start:end].reshape(array.shape)))
            start = end
        self.scratch = [np.empty((2, min(BLOCK, start)), first.dtype)]
        self.state = optimizer.init(self.values)
        self.blocks = [
            (block, self.values[block], tuple(part[block] for part in self.state))
            for block in (slice(at, min(at + BLOCK, start)) for at in range(0, start, BLOCK))
        ]

    def collect(self, gradients: Mapping[Key, np.ndarray], *, only: bool, first: bool) -> None:
        """Takes the gradients of a part of a batch; `only` says that it is the whole batch, `first` that it is new.

        The gradient of the only array of a slab is not copied: it is used before the plan runs again.
        """
        if only and len(self.parts) == 1:
            self.gradient = gradients[self.parts[0][0]].reshape(-1)
            return
        for key, part in self.parts:
            if first:
                np.copyto(part, gradients[key])
            else:
                np.add(part, gradients[key], part)
        if len(self.parts) == 1:
            self.gradient = self.parts[0][1].reshape(-1)

    def gradients(self) -> Iterator[tuple[Key, np.ndarray]]:
        """Yields a copy of the gradient of each array."""
        start = 0
        for key, array in self.arrays.items():
            yield key, self.gradient[start : start + array.size].reshape(array.shape).copy()
            start += array.size

    @property
    def is_finite(self) -> bool:
        """Whether the gradient, and its square, are numbers."""
        norm = float(np.dot(self.gradient, self.gradient))
        return norm - norm == 0.0

    def not_finite(self) -> Key | None:
        """Gives the first array whose gradient, or its square, is not a number; None where all are."""
        start = 0
        for key, array in self.arrays.items():
            part = self.gradient[start : start + array.size]
            if not np.isfinite(np.dot(part, part)):
                return key
            start += array.size
        return None

    def is_in(self, group: int) -> bool:
        """Tells whether these arrays are trained when it is the turn of this group."""
        return self.treatment.groups is None or group in self.treatment.groups

    def apply(self, rate: float, options: tuple[float, ...]) -> None:
        """Does one step of the optimizer; several threads take some blocks of a large array each."""
        self.steps += 1
        rate *= self.treatment.multiplier
        if len(self.blocks) == 1:
            self.apply_to(self.blocks, self.scratch[0], rate, options)
            return
        parts = portions(len(self.blocks), self.values.size * PASSES)
        while len(self.scratch) < len(parts):
            self.scratch.append(np.empty_like(self.scratch[0]))

        def run(number: int) -> None:
            self.apply_to(self.blocks[parts[number]], self.scratch[number], rate, options)

        in_threads(run, range(len(parts)))

    def apply_to(self, blocks: Sequence[Block], scratch: np.ndarray, rate: float, options: tuple[float, ...]) -> None:
        """Does one step of the optimizer on some blocks; `scratch` (2, numbers) is memory for one of them, twice."""
        treatment, update, step = self.treatment, self.update, self.steps
        plain = treatment.decay is None and treatment.gradient_limit is None
        for block, values, state in blocks:
            gradient = self.gradient[block]
            if not plain:
                gradient = self.limited(gradient, values, scratch[1, : len(values)])
            update(values, gradient, state, scratch[0, : len(values)], rate, step, *options)
            if treatment.value_limit is not None:
                np.clip(values, -treatment.value_limit, treatment.value_limit, out=values)

    def limited(self, gradient: np.ndarray, values: np.ndarray, made: np.ndarray) -> np.ndarray:
        """Gives the gradient of a block, clipped and with that of L2Regularization, in `made`."""
        limit, decay = self.treatment.gradient_limit, self.treatment.decay
        if decay is None:
            return np.clip(gradient, -limit, limit, out=made)  # type: ignore[operator]
        np.multiply(values, decay, made)
        return np.add(made, gradient if limit is None else np.clip(gradient, -limit, limit), made)


def make_slabs(
    arrays: Mapping[Key, np.ndarray], treatments: Mapping[Key, Treatment], optimizer: Optimizer
) -> list[Slab]:
    """Gives the slabs of these arrays (their values are copied)."""
    return [
        Slab({key: arrays[key] for key in keys}, treatments[keys[0]], optimizer) for keys in grouped(arrays, treatments)
    ]


def grouped(arrays: Mapping[Key, np.ndarray], treatments: Mapping[Key, Treatment]) -> Iterator[list[Key]]:
    """Gives the keys of each slab: a large array alone, small ones of one treatment together as far as a block goes."""
    open_groups: dict[Treatment, tuple[list[Key], int]] = {}
    for key, array in arrays.items():
        if array.size > SMALL:
            yield [key]
            continue
        keys, total = open_groups.get(treatments[key], ([], 0))
        if total + array.size > BLOCK:
            yield keys
            keys, total = [], 0
        open_groups[treatments[key]] = ([*keys, key], total + array.size)
    for keys, _ in open_groups.values():
        yield keys
