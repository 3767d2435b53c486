"""The course of a training: all that its loop changes from batch to batch and from round to round."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wlnet.nets.net import Net
from wlnet.training.data import Data
from wlnet.training.generated import GeneratedData
from wlnet.training.meter import Meter
from wlnet.training.progress import Clock, Turn
from wlnet.training.state import TrainingState


@dataclass(frozen=True, slots=True)
class StoppingCriterion:
    """When a training is over although rounds are left: a measurement has not improved for `patience` rounds.

    measurement: "Loss" or the key of a measurement, taken on the validation data if there are any; sign: -1 where more
    of it is better. Counted after the first `initial_patience` rounds. An improvement is less than the best by more
    than `absolute_change`, and by more than this fraction `relative_change` of it.
    """

    measurement: Hashable = "Loss"
    sign: int = 1
    patience: int = 0
    initial_patience: int = 0
    absolute_change: float = 0.0
    relative_change: float = 0.0


class Patience:
    """What a stopping criterion remembers from round to round."""

    def __init__(self, criterion: StoppingCriterion) -> None:
        self.criterion = criterion
        self.best = math.inf
        self.best_round = 0
        self.rounds = 0

    def is_over(self, value: float) -> bool:
        """Takes the measurement of one more round, and tells whether to stop."""
        criterion = self.criterion
        value *= criterion.sign
        self.rounds += 1
        change = criterion.relative_change * abs(self.best) if self.best < math.inf else 0.0
        if value < self.best - max(criterion.absolute_change, change):
            self.best, self.best_round = value, self.rounds
        return self.rounds > criterion.initial_patience and self.rounds - self.best_round > criterion.patience


@dataclass(slots=True)
class Course:
    """How far a training has come: the state, the data, and what has been recorded.

    turns: the watchers and when it is the turn of each. validation_meter: what is measured on the validation data.
    Of the round that is not finished: done, seen, total are the batches, examples and the sum of losses so far, and order
    is the state of the generator that ordered its examples.
    """

    state: TrainingState
    data: Data | GeneratedData
    size: int
    validation: Data | None
    validation_meter: Meter | None
    rounds: int | None
    batches_in_all: int
    clock: Clock
    patience: Patience | None
    turns: list[Turn]
    number: int = 1
    batch: int = 0
    done: int = 0
    seen: int = 0
    total: float = 0.0
    order: Mapping[str, Any] = field(default_factory=dict)
    batch_losses: list[float] = field(default_factory=list)
    round_losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    measurements: list[Mapping[Hashable, Any]] = field(default_factory=list)
    validation_measurements: list[Mapping[Hashable, Any]] = field(default_factory=list)
    batch_measurements: list[Mapping[Hashable, Any]] = field(default_factory=list)
    examples: int = 0
    best_round: int | None = None
    best_loss: float = math.inf
    best: Net | None = None
    warning: str = ""

    @property
    def batches(self) -> int:
        return self.data.batch_count(self.size)

    @property
    def loss(self) -> float:
        """The mean loss of the examples of the round so far."""
        return self.total / self.seen if self.seen else math.nan
