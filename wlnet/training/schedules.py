"""Schedules of the learning rate: functions (batch, batches, initial rate) → factor.

`batch` counts finished batches from 0; `batches` is the number of batches of the whole training.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from wlnet.errors import NetError

Schedule: TypeAlias = Callable[[int, int, float], float]


def constant(batch: int, batches: int, initial: float) -> float:
    return 1.0


def linear(batch: int, batches: int, initial: float) -> float:
    return max(0.0, 1.0 - batch / max(batches, 1))


def polynomial(batch: int, batches: int, initial: float) -> float:
    """Falls with the square of what is left."""
    return linear(batch, batches, initial) ** 2


SCHEDULES: dict[str, Schedule] = {"Automatic": constant, "Linear": linear, "Polynomial": polynomial}


def schedule(given: str | Schedule | None) -> Schedule:
    """Gives the schedule of a name (None: constant), or a function as it is; raises NetError."""
    if callable(given):
        return given
    found = SCHEDULES.get(given or "Automatic") if given is None or isinstance(given, str) else None
    if found is None:
        shown = ", ".join(f'"{name}"' for name in SCHEDULES if name != "Automatic")
        raise NetError(
            f"the option LearningRateSchedule must be Automatic, {shown} or a function, not `1`",
            tag="method",
            kind="NetTrain",
            terms=(given,),
        )
    return found
