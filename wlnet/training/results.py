"""What a training gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wlnet.nets.net import Net


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """The trained net and how it came about.

    net: the trained net; training_net: with its losses. reason_stopped: "MaxTrainingRounds", "TimeGoal", "Interrupted",
    "Criterion", "NotFinite", "Data" (a batch that cannot be had) or what a watcher gave; warning: what to tell the user, or "". Losses are means over
    examples; round_losses and measurements (key → value, for each round) are of the net as it changed during the round,
    the others of the net after it. best_round counts from 1; None without a validation set.
    """

    net: Net
    training_net: Net
    reason_stopped: str
    warning: str
    batch_losses: tuple[float, ...]
    round_losses: tuple[float, ...]
    validation_losses: tuple[float, ...]
    measurements: tuple[Mapping[Any, Any], ...]
    validation_measurements: tuple[Mapping[Any, Any], ...]
    batch_measurements: tuple[Mapping[Any, Any], ...]
    best_round: int | None
    batch_size: int
    batches_per_round: int
    training_examples: int
    validation_examples: int
    examples_processed: int
    total_time: float
    optimization_method: str
    initial_learning_rate: float
    final_learning_rate: float
    multipliers: dict[tuple[str, ...], float]

    @property
    def total_rounds(self) -> int:
        """The number of finished rounds."""
        return len(self.round_losses)

    @property
    def total_batches(self) -> int:
        return len(self.batch_losses)

    @property
    def round_loss(self) -> float | None:
        """The loss of the last finished round."""
        return self.round_losses[-1] if self.round_losses else None

    @property
    def validation_loss(self) -> float | None:
        """The validation loss of the net that was returned."""
        return None if self.best_round is None else self.validation_losses[self.best_round - 1]

    @property
    def round_measurements(self) -> Mapping[Any, Any]:
        """The measurements of the last finished round."""
        return self.measurements[-1] if self.measurements else {}

    @property
    def best_measurements(self) -> Mapping[Any, Any]:
        """The measurements on the validation data of the net that was returned."""
        return (
            self.validation_measurements[self.best_round - 1]
            if self.best_round and self.validation_measurements
            else {}
        )

    @property
    def mean_examples_per_second(self) -> float:
        return self.examples_processed / self.total_time if self.total_time else 0.0

    @property
    def mean_batches_per_second(self) -> float:
        return self.total_batches / self.total_time if self.total_time else 0.0
