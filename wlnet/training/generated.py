"""Training data that a function makes, batch by batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.errors import DataError
from wlnet.nets.dimensions import fits, show
from wlnet.training.data import Data
from wlnet.training.losses import TrainingNet, class_limits

#: Examples in a round where nothing else is said.
USUAL_LENGTH = 16_384


@dataclass(frozen=True, slots=True)
class Generator:
    """A function (examples wanted, round, batch over all rounds; both from 1) → port → array of so many examples.

    length: the number of examples that make a round. Each batch is asked for once.
    """

    make: Callable[[int, int, int], Mapping[str, Any]]
    length: int = USUAL_LENGTH


class GeneratedData:
    """The batches of a generator; in the place of `Data`. The first batch is made at once: it tells the dimensions."""

    def __init__(self, generator: Generator, size: int, dtype: Any) -> None:
        self.generator = generator
        self.size = size
        self.dtype = dtype
        self.count = self.batch_count(size) * size
        self.first = self.made(1, 1)
        self.training: TrainingNet | None = None
        """What the later batches have to fit, once it is known."""

    def batch_count(self, size: int) -> int:
        return -(-self.generator.length // size)

    def sample(self, size: int) -> tuple[Data, np.ndarray]:
        return self.first, np.arange(self.first.count)

    def round(
        self, size: int, done: int, generator: np.random.Generator, skip: int = 0
    ) -> Iterator[tuple[Data, np.ndarray]]:
        batches = self.batch_count(size)
        for absolute in range(done + skip + 1, done + batches + 1):
            data = self.first if absolute == 1 else self.checked(self.made((absolute - 1) // batches + 1, absolute))
            yield data, np.arange(data.count)

    def made(self, number: int, absolute: int) -> Data:
        """Gives a batch; raises DataError where it has not the number of examples that was asked for."""
        data = Data(self.generator.make(self.size, number, absolute), self.dtype)
        if data.count != self.size:
            raise DataError(
                f"the generator was asked for {self.size} examples and gave {data.count} (batch {absolute})",
                kind="NetTrain",
            )
        return data

    def checked(self, data: Data) -> Data:
        """Gives a batch, if it fits the net as the first one did; raises DataError."""
        if data.columns.keys() != self.first.columns.keys():
            raise DataError("a generated batch has other ports than the first one", kind="NetTrain")
        if self.training is None:
            return data
        inputs = self.training.net.structure.inputs
        for name, shape in data.shapes.items():
            wanted = inputs[name].shape
            if wanted is not None and not fits(wanted, shape):  # type: ignore[arg-type]
                raise DataError(
                    f'the port "{name}" takes arrays with dimensions {show(wanted)}, but a generated batch has '
                    f'{show(shape)}; where lengths differ between batches, give the port "Varying" as that dimension',
                    kind="NetTrain",
                )
        data.require_integers(class_limits(self.training))
        return data
