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


class Patience:
    """What a stopping criterion remembers from round to round."""

    def __init__(self, criterion: StoppingCriterion) -> None:
        self.criterion = criterion
        self.best = math.inf
        self.best_round = 0
        self.rounds = 0

    def is_over(self, loss: float) -> bool:
        """Takes the loss of one more round, and tells whether to stop."""
        criterion = self.criterion
        self.rounds += 1
        change = criterion.relative_change * abs(self.best) if self.best < math.inf else 0.0
        if loss < self.best - max(criterion.absolute_change, change):
            self.best, self.best_round = loss, self.rounds
        return self.rounds > criterion.initial_patience and self.rounds - self.best_round > criterion.patience


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
    patience: Patience | None
    report: Report | None
    should_stop: Callable[[], bool] | None
    batch: int = 0
    loss: float = math.nan
    batch_losses: list[float] = field(default_factory=list)
    round_losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    examples: int = 0
    best_round: int | None = None
    best_loss: float = math.inf
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
            self.batch = number
            state.rate = method.rate * method.schedule(len(self.batch_losses), self.batches_in_all, method.rate)
            loss = state.step(self.data, indices)
            self.batch_losses.append(loss)
            seen += len(indices)
            self.examples += len(indices)
            total += loss * len(indices)
            self.loss = total / seen
            if self.should_stop is not None and self.should_stop():
                return "Interrupted"
            if self.clock.goal is not None and self.clock.elapsed >= self.clock.goal:
                return "TimeGoal"
            if self.report is not None and self.clock.is_due():
                self.tell()
        self.round_losses.append(self.loss)
        return ""

    def finish_round(self) -> str:
        """Validates; gives "Criterion" where training should end, or ""."""
        if self.validation is not None:
            loss = self.state.mean_loss(self.validation, self.size)
            self.validation_losses.append(loss)
            if loss < self.best_loss:
                self.best_loss, self.best_round = loss, len(self.validation_losses)
                self.best = self.state.whole_net()
        watched = self.round_losses if self.validation is None else self.validation_losses
        return "Criterion" if self.patience is not None and self.patience.is_over(watched[-1]) else ""

    def tell(self) -> None:
        """Reports how far the training is."""
        assert self.report is not None
        finished = len(self.round_losses)
        elapsed = self.clock.elapsed
        done = len(self.batch_losses) / (self.rounds * self.batches) if self.rounds else 0.0
        self.report(
            Progress(
                round=min(finished + 1, self.rounds or finished + 1),
                rounds=self.rounds,
                batch=self.batch,
                batches=self.batches,
                loss=self.loss,
                validation_loss=self.validation_losses[-1] if self.validation_losses else None,
                learning_rate=self.state.rate,
                examples_per_second=self.examples / elapsed,
                elapsed=elapsed,
                remaining=self.clock.remaining(done),
                net=self.state.net,
            )
        )
