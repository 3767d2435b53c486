"""Progress: what a training tells of itself while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import TypeAlias

from wlnet.nets.net import Net


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training is.

    round and batch count from 1; rounds is None where only a time is fixed. loss: mean over the round so far.
    elapsed, remaining: seconds; remaining is None before it can be estimated. `net()` gives the net as it is now, with
    arrays of its own.
    """

    round: int
    rounds: int | None
    batch: int
    batches: int
    loss: float
    validation_loss: float | None
    learning_rate: float
    examples_per_second: float
    elapsed: float
    remaining: float | None
    net: Callable[[], Net]


Report: TypeAlias = Callable[[Progress], object]


class Clock:
    """The time since the training began, its goal, and when the next report is due."""

    def __init__(self, goal: float | None, interval: float) -> None:
        self.start = perf_counter()
        self.goal = goal
        self.interval = interval
        self.due = interval

    @property
    def elapsed(self) -> float:
        return perf_counter() - self.start

    def is_due(self) -> bool:
        """Tells whether a report is due, and sets the time of the next one if so."""
        now = self.elapsed
        if now < self.due:
            return False
        self.due = now + self.interval
        return True

    def remaining(self, fraction: float) -> float | None:
        """Estimates the seconds left when this fraction of the rounds is done."""
        elapsed = self.elapsed
        by_rounds = elapsed * (1 - fraction) / fraction if fraction > 0 else None
        by_goal = max(0.0, self.goal - elapsed) if self.goal is not None else None
        known = [seconds for seconds in (by_rounds, by_goal) if seconds is not None]
        return min(known) if known else None
