"""How large batches are, and how many rounds there are, where the user leaves it open."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from wlnet.errors import NetError
from wlnet.nets.dimensions import VARYING
from wlnet.training.data import Data
from wlnet.training.generated import GeneratedData
from wlnet.training.losses import TrainingNet
from wlnet.training.schedules import constant
from wlnet.training.state import NotFinite, TrainingState

#: Settings of PerformanceGoal.
GOALS = ("Automatic", "TrainingMemory", "TrainingSpeed")

#: Sizes of batches by default.
USUAL_SIZE, SAVING_SIZE = 64, 16

#: Seconds of training, and most rounds, where neither is given.
USUAL_TIME = 20.0
MOST_ROUNDS = 10_000


def is_saving(goal: str) -> bool:
    """Tells whether a PerformanceGoal asks for little memory; raises NetError."""
    if goal not in GOALS:
        shown = ", ".join(f'"{name}"' for name in GOALS)
        raise NetError(f'PerformanceGoal must be one of {shown}, not "{goal}"', tag="option", kind="NetTrain")
    return goal == "TrainingMemory"


def batch_size_for(training: TrainingNet, data: Data, given: int | None, saving: bool) -> int:
    """Gives the size of batches: by default 64, or 16 with varying dimensions or to save memory; never more than there
    are examples.
    """
    if given is None:
        ports = training.net.structure.inputs.values()
        given = SAVING_SIZE if saving or any(VARYING in (port.shape or ()) for port in ports) else USUAL_SIZE
    return min(count_of("BatchSize", given), data.count)


def count_of(option: str, given: Any) -> int:
    """Gives a number that counts something; raises NetError."""
    if not isinstance(given, int) or given < 1:
        raise NetError(
            f"the option {option} must be a positive integer or Automatic, not `1`",
            tag="option",
            kind="NetTrain",
            terms=(given,),
        )
    return given


def seconds(option: str, given: Any) -> float | None:
    """Gives a positive number of seconds, or None for none; raises NetError."""
    if given is None or (isinstance(given, int | float) and given > 0):
        return given
    raise NetError(
        f"the option {option} must be a positive number of seconds or Automatic, not `1`",
        tag="option",
        kind="NetTrain",
        terms=(given,),
    )


def planned_rounds(
    make_state: Callable[[], TrainingState],
    data: Data | GeneratedData,
    size: int,
    rounds: int | None,
    goal: float | None,
) -> tuple[int | None, int]:
    """Gives the number of rounds (None: until the goal), and how many batches that makes, as far as can be told."""
    batches = data.batch_count(size)
    if rounds is not None:
        return count_of("MaxTrainingRounds", rounds), rounds * batches
    state = make_state()
    if goal is not None:
        scheduled = state.method.schedule is not constant
        return None, max(1, round(goal / seconds_per_batch(state, data, size))) if scheduled else 0
    wanted = round(USUAL_TIME / (seconds_per_batch(state, data, size) * batches))
    wanted = max(1, min(MOST_ROUNDS, wanted))
    return wanted, wanted * batches


def seconds_per_batch(state: TrainingState, source: Data | GeneratedData, size: int) -> float:
    """Measures steps on a state that is thrown away."""
    data, indices = source.sample(size)
    times = []
    begin = perf_counter()
    try:
        for _ in range(6):
            start = perf_counter()
            state.step(data, indices)
            times.append(perf_counter() - start)
            if perf_counter() - begin > 1.0:
                break
    except NotFinite:
        pass
    return min(times, default=1.0)
