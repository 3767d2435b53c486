"""Plans: what a net does to arrays of fixed dimensions, as a flat list of steps, forward and backward.

Replaying a plan costs the operations and a loop; their memory is reused from replay to replay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from wlnet.compute.operation import Operation
from wlnet.compute.workspace import Workspace
from wlnet.nets.arrays import Key

NOTHING = -1
"""The slot of an input that is None."""


class Step(NamedTuple):
    """One operation: the slots it reads (NOTHING for None) and writes (a tuple for several outputs)."""

    operation: Operation
    inputs: tuple[int, ...]
    output: int | tuple[int, ...]
    settings: dict[str, Any]

    @property
    def outputs(self) -> tuple[int, ...]:
        return self.output if isinstance(self.output, tuple) else (self.output,)


class Backward(NamedTuple):
    """The backward side of a step; `targets` are (position in the result, slot, buffer or None, first)."""

    function: Callable[..., Any]
    work: Workspace
    needs: tuple[bool, ...]
    step: Step
    targets: tuple[tuple[int, int, np.ndarray | None, bool], ...]


class Plan:
    """A traced net.

    values: slot → array; steps: in order. inputs, outputs: port → slot; arrays, updates: key → slot. What `forward` and
    `backward` give lives in the plan's memory until the next replay: copy it to keep it.
    """

    def __init__(
        self,
        values: list[Any],
        steps: Iterable[Step],
        inputs: Mapping[Any, int],
        arrays: Mapping[Key, int],
        outputs: Mapping[Any, int],
        updates: Mapping[Key, int],
    ) -> None:
        self.values = [*values, None]
        self.inputs = dict(inputs)
        self.arrays = dict(arrays)
        self.outputs = dict(outputs)
        self.updates = dict(updates)
        self.steps = needed(steps, {*outputs.values(), *updates.values()})
        self.works = [Workspace() for _ in self.steps]
        self.program = [
            (step.operation.forward, work, step.inputs, step.output, step.settings)
            for step, work in zip(self.steps, self.works, strict=True)
        ]
        self.backwards: list[Backward] = []
        self.gradient_slots: dict[Any, int] = {}
        self.gradients: list[Any] = []
        self._buffers: dict[int, np.ndarray] = {}

    def forward(self, inputs: Mapping[Any, np.ndarray]) -> dict[Any, np.ndarray]:
        """Runs the steps on inputs of the dimensions it was traced with; gives port → output."""
        values = self.values
        for name, slot in self.inputs.items():
            values[slot] = inputs[name]
        for function, work, sources, output, settings in self.program:
            result = function(work, *[values[source] for source in sources], **settings)
            if isinstance(output, int):
                values[output] = result
            else:
                for slot, value in zip(output, result, strict=True):
                    values[slot] = value
        return {name: values[slot] for name, slot in self.outputs.items()}

    @property
    def nbytes(self) -> int:
        """How many bytes the plan keeps from replay to replay, besides its inputs and arrays; all after the first one."""
        given = {*self.inputs.values(), *self.arrays.values()}
        values = (v for slot, v in enumerate(self.values) if slot not in given and isinstance(v, np.ndarray))
        kept = max(sum(work.nbytes for work in self.works), sum(value.nbytes for value in values))
        return kept + sum(buffer.nbytes for buffer in self._buffers.values())

    def updated(self) -> dict[Key, np.ndarray]:
        """Gives the new values of moving statistics, after `forward`."""
        return {key: self.values[slot] for key, slot in self.updates.items()}

    def differentiate(self, seeds: Iterable[str], wanted: Iterable[Any]) -> None:
        """Prepares `backward` from these outputs to these arrays (by key) and inputs (by port)."""
        self.gradient_slots = {name: self.inputs[name] if name in self.inputs else self.arrays[name] for name in wanted}
        active = set(self.gradient_slots.values())
        for step in self.steps:
            if step.operation.backward is not None and not active.isdisjoint(step.inputs):
                active.update(step.outputs)
        reached = {self.outputs[name] for name in seeds} & active
        chosen: list[tuple[Step, Workspace, tuple[bool, ...]]] = []
        for step, work in zip(reversed(self.steps), reversed(self.works), strict=True):
            if step.operation.backward is None or reached.isdisjoint(step.outputs) or active.isdisjoint(step.inputs):
                continue
            needs = tuple(source in active for source in step.inputs)
            chosen.append((step, work, needs))
            reached.update(source for source, need in zip(step.inputs, needs, strict=True) if need)
        self._compile(chosen)

    def _compile(self, chosen: list[tuple[Step, Workspace, tuple[bool, ...]]]) -> None:
        """Fixes for each contribution to a gradient whether it is the only one, the first, or one to add."""
        count: dict[int, int] = dict.fromkeys(self.outputs.values(), 1)
        for step, _, needs in chosen:
            for source, need in zip(step.inputs, needs, strict=True):
                if need:
                    count[source] = count.get(source, 0) + 1
        for slot in set(self.outputs.values()):
            if count[slot] == 1:
                del count[slot]
        buffers: dict[int, np.ndarray] = {}
        met: set[int] = set(self.outputs.values())
        self.backwards = []
        for step, work, needs in chosen:
            targets = []
            for position, (source, need) in enumerate(zip(step.inputs, needs, strict=True)):
                if not need:
                    continue
                buffer = None
                if count[source] > 1:
                    buffer = buffers.setdefault(source, np.empty_like(self.values[source]))
                targets.append((position, source, buffer, source not in met))
                met.add(source)
            self.backwards.append(Backward(step.operation.backward, work, needs, step, tuple(targets)))  # type: ignore[arg-type]
        self.gradients = [None] * len(self.values)
        self._buffers = buffers

    def backward(self, seeds: Mapping[str, np.ndarray]) -> dict[Any, np.ndarray]:
        """Gives the gradient of the sum of seed*output in each wanted array and input, after `forward`.

        An array that no seeded output depends on has a gradient of zeros.
        """
        values, gradients = self.values, self.gradients
        for index in range(len(gradients)):
            gradients[index] = None
        for name, seed in seeds.items():
            slot = self.outputs[name]
            if gradients[slot] is not None:  # two outputs that are one value
                seed = gradients[slot] + seed
            if slot in self._buffers:
                np.copyto(self._buffers[slot], seed)
                seed = self._buffers[slot]
            gradients[slot] = seed
        for function, work, needs, step, targets in self.backwards:
            output = step.output
            if isinstance(output, int):
                gradient, value = gradients[output], values[output]
                if gradient is None:
                    continue
            else:
                gradient = tuple(gradients[slot] for slot in output)
                value = tuple(values[slot] for slot in output)
                if all(part is None for part in gradient):
                    continue
            _, slot, buffer, first = targets[0]
            if buffer is not None and step.operation.add_gradient is not None:
                if first or gradients[slot] is None:
                    buffer.fill(0)
                    gradients[slot] = buffer
                step.operation.add_gradient(buffer, gradient, **step.settings)
                continue
            given = function(work, needs, gradient, value, *[values[i] for i in step.inputs], **step.settings)
            for position, slot, buffer, first in targets:
                part = given[position]
                if part is None:
                    continue
                if buffer is None:
                    gradients[slot] = part
                elif first or gradients[slot] is None:
                    np.copyto(buffer, part)
                    gradients[slot] = buffer
                else:
                    buffer += part
        return {
            name: gradients[slot] if gradients[slot] is not None else np.zeros_like(values[slot])
            for name, slot in self.gradient_slots.items()
        }


def needed(steps: Iterable[Step], wanted: set[int]) -> list[Step]:
    """Gives the steps that the wanted slots depend on, in order."""
    kept = []
    wanted = set(wanted)
    for step in reversed(list(steps)):
        if not wanted.isdisjoint(step.outputs):
            kept.append(step)
            wanted.update(step.inputs)
    return kept[::-1]
