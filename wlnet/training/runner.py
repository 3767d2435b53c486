"""Plans at work on groups of examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from wlnet.plans import Plan
from wlnet.plans.padded_run import told
from wlnet.training.data import Data
from wlnet.training.meter import Meter


class Runner:
    """A plan with the arrays that it reads a group of examples from, and what each loss counts for.

    length: what sequences are padded to (0: they are not); padded: outputs that are, with by how much they are shorter.
    """

    __slots__ = ("factors", "flat", "given", "inputs", "length", "outputs", "padded", "plan", "seeds", "share", "told")

    def __init__(
        self,
        plan: Plan,
        inputs: dict[str, np.ndarray],
        factors: Mapping[str, float],
        length: int = 0,
        padded: Mapping[Any, int] | None = None,
    ) -> None:
        self.plan = plan
        self.length = length
        self.padded = padded or {}
        self.told: list[tuple[str, int]] = [name for name in plan.inputs if type(name) is tuple]
        self.inputs = inputs
        self.factors = factors
        self.share = 0
        self.given: dict[str, np.ndarray] = {}
        self.outputs: dict[Any, np.ndarray] = {}
        outputs = {name: plan.values[plan.outputs[name]] for name in factors}
        self.seeds = {name: np.empty_like(value, order="C") for name, value in outputs.items()}
        self.flat = [(name, seed.reshape(-1)) for name, seed in self.seeds.items()]

    def loss(self, data: Data, indices: np.ndarray, total: int, meter: Meter | None = None) -> float:
        """Gives the sum of the losses of these examples, divided by `total`; the meter takes its measurements."""
        self.read(data, indices, total)
        loss = self.run()
        if meter is not None:
            self.measure(meter, data, indices)
        return loss

    def read(self, data: Data, indices: np.ndarray, total: int) -> None:
        """Reads these examples, whose losses will be divided by `total`."""
        if self.share != total:
            self.share = total
            for name, seed in self.flat:
                seed.fill(self.factors[name] / total)
        self.given = data.take(indices, self.inputs, self.length)
        if self.told:
            self.given |= self.told_of(data, indices)

    def run(self) -> float:
        """Gives the sum of the losses of the examples that were read."""
        self.outputs = self.plan.forward(self.given)
        return float(sum(np.dot(seed, self.outputs[name].reshape(-1)) for name, seed in self.flat))

    def measure(self, meter: Meter, data: Data, indices: np.ndarray) -> None:
        """Lets the meter take its measurements of the examples that went through last."""
        inputs = {name: self.given[name] for name in data.columns}
        if not self.length:
            meter.add(self.outputs, inputs)
            return
        for example in self.singly(data, indices, self.outputs, inputs):
            meter.add(*example)

    def told_of(self, data: Data, indices: np.ndarray) -> dict[Any, np.ndarray]:
        """Gives what the plan is told of the lengths of these examples."""
        assert data.lengths is not None
        return {name: told(*name, data.lengths[indices], self.length, data.dtype) for name in self.told}

    def singly(
        self, data: Data, indices: np.ndarray, outputs: Mapping[Any, np.ndarray], inputs: Mapping[str, np.ndarray]
    ) -> Iterator[tuple[dict[Any, np.ndarray], dict[str, np.ndarray]]]:
        """Yields the outputs and inputs of each example, as batches of one without padding."""
        assert data.lengths is not None
        for n, length in enumerate(data.lengths[indices].tolist()):
            yield (
                {
                    name: value[n : n + 1, : length - self.padded[name]] if name in self.padded else value[n : n + 1]
                    for name, value in outputs.items()
                },
                {
                    name: value[n : n + 1, :length] if name in data.sequences else value[n : n + 1]
                    for name, value in inputs.items()
                },
            )

    def example_losses(self) -> np.ndarray:
        """Gives the loss of each of the examples that went through last."""
        found = [(factor, self.plan.values[self.plan.outputs[name]]) for name, factor in self.factors.items()]
        return np.sum([factor * value.reshape(len(value), -1).sum(1) for factor, value in found], 0)
