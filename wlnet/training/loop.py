"""The loop: reducing a training state over the batches of round after round."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from wlnet.nets.net import Net
from wlnet.training.data import Data
from wlnet.training.progress import Clock, Progress, Report
from wlnet.training.state import NotFinite, TrainingState


@dataclass(frozen=True, slots=True)
class StoppingCriterion:
    """When a training is over although rounds are left: the validation loss has not improved for `patience` rounds.

    Counted after the first `initial_patience` rounds. An improvement is less than the best by more than
    `absolute_change`, and by more than this fraction `relative_change` of it.
    """

    patience: int = 0
    initial_patience: int = 0
    absolute_change: float = 0.0
    relative_change: float = 0.0

    def is_met(self, losses: list[float]) -> bool:
        """Tells whether the losses of the rounds so far say stop."""
        best, last = math.inf, 0
        for number, loss in enumerate(losses, 1):
            if loss < best - max(self.absolute_change, self.relative_change * abs(best) if best < math.inf else 0.0):
                best, last = loss, number
        return len(losses) > self.initial_patience and len(losses) - last > self.patience


@dataclass(slots=True)
class Loop:
    """One training on its way: the state, the data, and what has been recorded."""

    state: TrainingState
    data: Data
    size: int
    validation: Data | None
    rounds: int | None
    batches_in_all: int
    clock: Clock
    stopping: StoppingCriterion | None
    report: Report | None
    should_stop: Callable[[], bool] | None
    batch_losses: list[float] = field(default_factory=list)
    round_losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    examples: int = 0
    best_round: int | None = None
    best: Net | None = None
    warning: str = ""

    @property
    def batches(self) -> int:
        return self.data.batch_count(self.size)

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
            number, batch = len(self.round_losses) + 1, len(self.batch_losses) % self.batches + 1
            self.warning = (
                f"Training stopped in round {number}, batch {batch}, because {error}; the net before that batch is "
                "returned. A smaller LearningRate, GradientClipping, or data of a smaller scale may help."
            )
            return "NotFinite"
        return "MaxTrainingRounds"

    def round(self) -> str:
        """Trains on each example once; gives what ended the training meanwhile, or ""."""
        state, method = self.state, self.state.method
        total, seen = 0.0, 0
        for number, indices in enumerate(self.data.batches(self.size, state.order), 1):
            state.rate = method.rate * method.schedule(len(self.batch_losses), self.batches_in_all, method.rate)
            loss = state.step(self.data, indices)
            self.batch_losses.append(loss)
            seen += len(indices)
            self.examples += len(indices)
            total += loss * len(indices)
            if self.should_stop is not None and self.should_stop():
                return "Interrupted"
            if self.clock.goal is not None and self.clock.elapsed >= self.clock.goal:
                return "TimeGoal"
            if self.report is not None and self.clock.is_due():
                self.tell(number, total / seen)
        self.round_losses.append(total / self.data.count)
        return ""

    def finish_round(self) -> str:
        """Validates; gives "Criterion" where training should end, or ""."""
        if self.validation is not None:
            loss = self.state.mean_loss(self.validation, self.size)
            self.validation_losses.append(loss)
            if self.best_round is None or loss < self.validation_losses[self.best_round - 1]:
                self.best_round = len(self.validation_losses)
                self.best = self.state.whole_net()
        watched = self.round_losses if self.validation is None else self.validation_losses
        return "Criterion" if self.stopping is not None and self.stopping.is_met(watched) else ""

    def tell(self, batch: int, loss: float) -> None:
        """Reports how far the training is."""
        assert self.report is not None
        finished = len(self.round_losses)
        elapsed = self.clock.elapsed
        done = len(self.batch_losses) / (self.rounds * self.batches) if self.rounds else 0.0
        self.report(
            Progress(
                round=min(finished + 1, self.rounds or finished + 1),
                rounds=self.rounds,
                batch=batch,
                batches=self.batches,
                loss=loss,
                validation_loss=self.validation_losses[-1] if self.validation_losses else None,
                learning_rate=self.state.rate,
                examples_per_second=self.examples / elapsed,
                elapsed=elapsed,
                remaining=self.clock.remaining(done),
                net=self.state.net,
            )
        )
