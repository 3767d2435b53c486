"""Progress: what a training tells of itself while it runs, and to whom when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.net import Net
from wlnet.training.state import Step


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a training needs to go on later as if it had not been interrupted.

    facts: what JSON can hold; arrays: those with names such as "slab 1 state 2".
    """

    facts: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training is.

    event: "Batch", "Round" or "End". round and batch count from 1, absolute_batch over all rounds; rounds is None where
    only a time is fixed. loss: mean over the round so far. elapsed, remaining: seconds; remaining and fraction (of the
    whole training) are None before they can be estimated. The lists are the training's own, which go on growing;
    those of measurements hold what each round measured. figures: the keys of those that are single numbers, or means of
    them; validates: whether there are validation data; step: the latest batch, where a watcher looks back; those of batches
    are there where `train` was told to measure them. `net()` gives the net as it is now, with arrays of its own;
    `snapshot()` all that is needed to go on from here.
    """

    event: str
    round: int
    rounds: int | None
    batch: int
    batches: int
    absolute_batch: int
    batch_size: int
    loss: float
    batch_losses: Sequence[float]
    round_losses: Sequence[float]
    validation_losses: Sequence[float]
    measurements: Sequence[Mapping[Any, Any]]
    validation_measurements: Sequence[Mapping[Any, Any]]
    batch_measurements: Sequence[Mapping[Any, Any]]
    best_round: int | None
    figures: Sequence[Any]
    validates: bool
    learning_rate: float
    initial_rate: float
    method: str
    examples: int
    elapsed: float
    remaining: float | None
    fraction: float | None
    step: Step | None
    net: Callable[[], Net]
    snapshot: Callable[[], Snapshot]

    @property
    def batch_loss(self) -> float:
        return self.batch_losses[-1]

    @property
    def validation_loss(self) -> float | None:
        """The latest validation loss."""
        return self.validation_losses[-1] if self.validation_losses else None

    @property
    def examples_per_second(self) -> float:
        return self.examples / self.elapsed if self.elapsed else 0.0


#: Unit of an interval → how many of what is counted it is.
UNITS = {
    "Rounds": ("Rounds", 1.0), "Batches": ("Batches", 1.0), "Seconds": ("Seconds", 1.0), "Minutes": ("Seconds", 60.0),
    "Hours": ("Seconds", 3600.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Watcher:
    """A function that is called with the progress every so many "Rounds", "Batches", "Seconds", "Minutes" or "Hours".

    It is not called again sooner than `minimum` seconds after a call; with `at_end`, once more at the end if anything
    has happened since; looks_back: it uses `Progress.step`. A text that it gives ends the training and is the reason.
    """

    function: Callable[[Progress], object]
    every: float = 1.0
    unit: str = "Rounds"
    minimum: float = 0.0
    at_end: bool = False
    looks_back: bool = False

    def __post_init__(self) -> None:
        if self.unit not in UNITS or not self.every > 0 or self.minimum < 0:
            shown = ", ".join(f'"{unit}"' for unit in UNITS)
            raise NetError(f"an interval is a positive number of {shown}", tag="option", kind="NetTrain")


class Turn:
    """When it is the turn of a watcher."""

    def __init__(self, watcher: Watcher) -> None:
        self.function = watcher.function
        self.unit, factor = UNITS[watcher.unit]
        self.every = watcher.every * factor
        self.minimum = watcher.minimum
        self.at_end = watcher.at_end
        self.counted = 0.0
        self.called = float("-inf")
        self.seen = 0

    def is_due(self, count: float, elapsed: float) -> bool:
        """Tells whether to call it now, after so many rounds, batches or seconds; `minimum` seconds have passed."""
        passed = count - self.counted
        if passed < self.every:
            return False
        self.counted = count if self.unit == "Seconds" else count - passed % self.every
        self.called = elapsed
        return True

    def tell(self, progress: Progress) -> str:
        """Calls it; gives the reason to stop, or ""."""
        self.seen = progress.absolute_batch
        answer = self.function(progress)
        return answer if isinstance(answer, str) else ""


class Clock:
    """The time since the training began, and its goal."""

    def __init__(self, goal: float | None, elapsed: float = 0.0) -> None:
        self.start = perf_counter() - elapsed
        self.goal = goal

    @property
    def elapsed(self) -> float:
        return perf_counter() - self.start

    @property
    def is_over(self) -> bool:
        return self.goal is not None and self.elapsed >= self.goal

    def fraction(self, of_rounds: float | None) -> float | None:
        """Gives the fraction of the training that is done, from that of its rounds where their number is fixed."""
        of_time = min(1.0, self.elapsed / self.goal) if self.goal is not None else None
        known = [part for part in (of_rounds, of_time) if part is not None]
        return max(known) if known else None

    def remaining(self, fraction: float | None) -> float | None:
        """Estimates the seconds that are left when this fraction of the rounds is done."""
        elapsed = self.elapsed
        by_rounds = elapsed * (1 - fraction) / fraction if fraction else None
        by_goal = max(0.0, self.goal - elapsed) if self.goal is not None else None
        known = [seconds for seconds in (by_rounds, by_goal) if seconds is not None]
        return min(known) if known else None
