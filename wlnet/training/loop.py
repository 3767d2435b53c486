"""The loop: reducing a training state over the batches of round after round."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wlnet.errors import DataError
from wlnet.nets.net import Net
from wlnet.training.data import Data
from wlnet.training.generated import GeneratedData
from wlnet.training.meter import Meter
from wlnet.training.progress import Clock, Progress, Turn
from wlnet.training.requests import figure
from wlnet.training.snapshot import take_snapshot
from wlnet.training.state import NotFinite, TrainingState


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
class Loop:
    """One training on its way: the state, the data, and what has been recorded.

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

    def run(self) -> str:
        """Trains until something ends it; gives what did."""
        try:
            while self.rounds is None or len(self.round_losses) < self.rounds:
                reason = self.round() or self.finish_round()
                if reason:
                    return reason
        except KeyboardInterrupt:
            return "Interrupted"
        except NotFinite as error:
            self.warning = (
                f"Training stopped in round {self.number}, batch {self.batch}, because {error}; the net before that "
                "batch is returned. A smaller LearningRate, GradientClipping, or data of a smaller scale may help."
            )
            return "NotFinite"
        except DataError as error:
            if not self.batch_losses:
                raise
            self.warning = f"Training stopped in round {self.number}, after batch {self.batch}: {error}. The net so far is returned."
            return "Data"
        return "MaxTrainingRounds"

    def round(self) -> str:
        """Trains on each example once; gives what ended the training meanwhile, or ""."""
        # What is looked up here and not in the loop would be a twentieth of the time of a tiny net.
        state, meter, losses, clock = self.state, self.state.meter, self.batch_losses, self.clock
        rate, schedule = state.method.rate, state.method.schedule
        self.number = len(self.round_losses) + 1
        if not self.done:
            self.begin_round()
        if meter is not None:
            meter.at(self.number)
        watched = [turn for turn in self.turns if turn.unit != "Rounds"]
        for data, indices in self.data.round(self.size, len(losses) - self.done, state.order, self.done):
            self.batch = self.done + 1
            state.rate = rate * schedule(len(losses), self.batches_in_all, rate)
            if meter is not None:
                meter.at(self.number, self.batch)
            loss, count = state.step(data, indices), len(indices)
            losses.append(loss)
            self.done = self.batch
            self.seen += count
            self.examples += count
            self.total += loss * count
            if meter is not None and meter.each_batch is not None:
                self.batch_measurements.append(meter.batch_results(self.batch_measurements))
            reason = self.tell(watched, "Batch") if watched else ""
            if reason:
                return reason
            if clock.goal is not None and clock.is_over:
                return "TimeGoal"
        self.done = 0
        self.round_losses.append(self.loss)
        return ""

    def begin_round(self) -> None:
        self.total, self.seen = 0.0, 0
        self.order = self.state.order.bit_generator.state
        if self.state.meter is not None:
            self.state.meter.reset()

    def finish_round(self) -> str:
        """Measures and validates; gives what ends the training, or ""."""
        if self.state.meter is not None:
            self.measurements.append(self.state.meter.results(self.measurements))
        if self.validation is not None:
            self.validate(self.validation)
        if self.patience is not None and self.patience.is_over(self.watched(self.patience.criterion.measurement)):
            return "Criterion"
        return self.tell([turn for turn in self.turns if turn.unit == "Rounds"], "Round") if self.turns else ""

    def validate(self, data: Data) -> None:
        meter = self.validation_meter
        if meter is not None:
            meter.reset()
            meter.values = self.state.arrays
            meter.at(self.number)
        loss = self.state.mean_loss(data, self.size, meter)
        self.validation_losses.append(loss)
        if meter is not None:
            self.validation_measurements.append(meter.results(self.validation_measurements))
        if loss < self.best_loss:
            self.best_loss, self.best_round = loss, len(self.validation_losses)
            self.best = self.state.whole_net()

    def watched(self, measurement: Hashable) -> float:
        """Gives the latest value of what a stopping criterion watches."""
        if measurement == "Loss":
            return (self.round_losses if self.validation is None else self.validation_losses)[-1]
        return figure((self.measurements if self.validation is None else self.validation_measurements)[-1][measurement])

    def tell(self, turns: list[Turn], event: str) -> str:
        """Reports to those whose turn it is; gives the reason to stop that one of them has, or ""."""
        elapsed = self.clock.elapsed
        rested = [turn for turn in turns if elapsed - turn.called >= turn.minimum]
        if not rested:
            return ""
        counts = {"Rounds": len(self.round_losses), "Batches": len(self.batch_losses), "Seconds": elapsed}
        due = [turn for turn in rested if turn.is_due(counts[turn.unit], elapsed)]
        if not due:
            return ""
        progress = self.progress(event)
        reasons = [turn.tell(progress) for turn in due]
        return next(filter(None, reasons), "")

    def finish(self) -> None:
        """Reports to those who want to know of the end."""
        for turn in self.turns:
            if turn.at_end and self.batch_losses and turn.seen < len(self.batch_losses):
                turn.tell(self.progress("End"))

    def progress(self, event: str) -> Progress:
        done = len(self.batch_losses) / (self.rounds * self.batches) if self.rounds else None
        return Progress(
            event=event,
            round=self.number,
            rounds=self.rounds,
            batch=self.batch,
            batches=self.batches,
            absolute_batch=len(self.batch_losses),
            batch_size=self.size,
            loss=self.loss,
            batch_losses=self.batch_losses,
            round_losses=self.round_losses,
            validation_losses=self.validation_losses,
            measurements=self.measurements,
            validation_measurements=self.validation_measurements,
            batch_measurements=self.batch_measurements,
            best_round=self.best_round,
            figures=() if self.state.meter is None else self.state.meter.figures,
            validates=self.validation is not None,
            learning_rate=self.state.rate,
            initial_rate=self.state.method.rate,
            method=self.state.method.optimizer.name,
            examples=self.examples,
            elapsed=self.clock.elapsed,
            remaining=self.clock.remaining(done),
            fraction=self.clock.fraction(done),
            step=self.state.latest,
            net=self.state.net,
            snapshot=lambda: take_snapshot(self),
        )
