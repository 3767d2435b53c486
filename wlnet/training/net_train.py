"""Training a net on data: everything around the loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.compute.threads import taken_over
from wlnet.errors import DataError, NetError
from wlnet.nets.constraints import Function
from wlnet.nets.dimensions import VARYING, Dimension, Shape
from wlnet.nets.initialize import initialize
from wlnet.nets.net import Net
from wlnet.training.course import Patience, StoppingCriterion
from wlnet.training.data import Data
from wlnet.training.generated import GeneratedData, Generator
from wlnet.training.loop import Loop
from wlnet.training.losses import INNER, TrainingNet, attach_losses, class_limits, outer_key
from wlnet.training.measurements import measurement_named
from wlnet.training.meter import Meter, usual_requests
from wlnet.training.method import read_method
from wlnet.training.planning import (
    SAVING_SIZE,
    USUAL_SIZE,
    batch_size_for,
    count_of,
    is_saving,
    planned_rounds,
    seconds,
)
from wlnet.training.progress import Clock, Snapshot, Turn, Watcher
from wlnet.training.requests import Request, read_requests
from wlnet.training.results import TrainingResult
from wlnet.training.slabs import Treatment
from wlnet.training.snapshot import restore
from wlnet.training.state import PLANS, TrainingState, seeded
from wlnet.training.update_schedule import read_update_schedule

PRECISIONS = {"Real32": np.float32, "Real64": np.float64}


def train(
    net: Net,
    data: Mapping[str, Any] | Generator,
    *,
    loss: Any = None,
    method: Any = None,
    learning_rate: float | None = None,
    multipliers: Any = None,
    update_schedule: Any = None,
    batch_size: int | None = None,
    rounds: int | None = None,
    time_goal: float | None = None,
    validation: Mapping[str, Any] | float | None = None,
    stopping: StoppingCriterion | None = None,
    measurements: Any = None,
    batch_measurements: bool = False,
    seed: int | str | None = 1234,
    precision: str = "Real32",
    goal: str = "Automatic",
    watchers: Sequence[Watcher] = (),
    function: Function | None = None,
    resume: Snapshot | None = None,
) -> TrainingResult:
    """Trains a net; gives the trained net and how it came about. The net given is not changed.

    data: port → array whose first axis counts examples, or a list of arrays (of different lengths where the port is of
    varying length); targets go under the name of the net's output port; or a `Generator` of batches. validation: data,
    or the fraction of the examples to hold out; with it, the net of the round with the smallest validation loss is given.
    loss: see `losses.read_losses`; method: a name, or (name, suboptions); multipliers: see `multipliers`;
    update_schedule: see `update_schedule`; measurements: see `requests.read_requests`, or "Automatic"; batch_measurements:
    whether those that are numbers are taken of each batch too.
    rounds None: as many as about 20 seconds take, from 1 to 10 000; with time_goal (seconds), the shorter one wins.
    goal "TrainingMemory": batches of 16 unless their size is given, and the memory of one plan at a time.
    watchers are told of the progress. resume: a snapshot of a training with the same data and settings, to go on from;
    `rounds` counts those before it too. function: applies a constraint of an array that is a function of the language.
    Raises NetError; a warning of what went wrong on the way is in the result.
    """
    dtype = precision_of(precision)
    time_goal = seconds("TimeGoal", time_goal)
    chosen = read_method(method, learning_rate)
    turns = read_update_schedule(update_schedule)
    saving = is_saving(goal)
    training, examples, held, size = arranged(net, data, loss, validation, batch_size, seed, dtype, saving)
    inner = chosen.treatments(training.inner, multipliers, turns)
    treatments = dict.fromkeys(training.net.positions, Treatment())
    treatments.update({outer_key(key): treatment for key, treatment in inner.items()})
    effective = {position: inner[key].multiplier for position, key in training.inner.keys.items()}
    requests = asked_for(training, measurements, stopping)
    meters = [
        Meter(requests, training, each_batch=batches) if requests else None for batches in (batch_measurements, False)
    ]
    remembers = any(watcher.looks_back for watcher in watchers)

    def make_state() -> TrainingState:
        plans = 1 if saving else PLANS
        return TrainingState(
            training, chosen, treatments, seed, dtype, schedule=turns, meter=meters[0], plans=plans, function=function,
            remembers=remembers,
        )  # fmt: skip

    with np.errstate(all="ignore"), taken_over():
        if resume is not None and rounds is None:
            rounds = resume.facts.get("rounds")
        wanted, in_all = planned_rounds(make_state, examples, size, rounds, time_goal)
        clock = Clock(time_goal, 0.0 if resume is None else resume.facts.get("elapsed", 0.0))
        patience = None if stopping is None else Patience(stopping)
        told = [Turn(watcher) for watcher in watchers]
        loop = Loop(make_state(), examples, size, held, meters[1], wanted, in_all, clock, patience, told)
        if resume is not None:
            restore(loop, resume)
        reason = loop.run()
        elapsed = clock.elapsed
        loop.finish()
    return result(loop, reason, elapsed, effective)


def arranged(
    net: Net, data: Any, loss: Any, validation: Any, batch_size: int | None, seed: Any, dtype: Any, saving: bool
) -> tuple[TrainingNet, Data | GeneratedData, Data | None, int]:
    """Gives the training net, the training data, the validation data and the size of batches."""
    if not isinstance(data, Generator):
        examples, held = split(Data(data, dtype), validation, seed, dtype)
        training = prepared(net, loss, [examples, *([held] if held else [])], seed)
        return training, examples, held, batch_size_for(training, examples, batch_size, saving)
    if isinstance(validation, float):
        raise NetError(
            "no fraction of data that are generated can be held out; give data as ValidationSet",
            tag="option",
            kind="NetTrain",
        )
    size = count_of("BatchSize", (SAVING_SIZE if saving else USUAL_SIZE) if batch_size is None else batch_size)
    generated = GeneratedData(data, size, dtype)
    held = None if validation is None else Data(validation, dtype)
    generated.training = prepared(net, loss, [generated.first, *([held] if held else [])], seed)
    return generated.training, generated, held, size


def asked_for(training: TrainingNet, measurements: Any, stopping: StoppingCriterion | None) -> tuple[Request, ...]:
    """Gives the measurements to take: those asked for, and the one that the stopping criterion watches."""
    requests = usual_requests(training) if measurements == "Automatic" else read_requests(measurements or [])
    if stopping is None or stopping.measurement in ("Loss", *(request.key for request in requests)):
        return requests
    name = str(stopping.measurement)
    return (*requests, Request(name, name, average="Macro" if measurement_named(name).by_class else "None"))


def result(loop: Loop, reason: str, elapsed: float, multipliers: dict[tuple[str, ...], float]) -> TrainingResult:
    """Gives the record of a training that has ended."""
    method = loop.state.method
    whole_net = loop.best or loop.state.whole_net()
    return TrainingResult(
        net=whole_net.child((INNER,)),
        training_net=whole_net,
        reason_stopped=reason,
        warning=loop.warning,
        batch_losses=tuple(loop.batch_losses),
        round_losses=tuple(loop.round_losses),
        validation_losses=tuple(loop.validation_losses),
        measurements=tuple(loop.measurements),
        validation_measurements=tuple(loop.validation_measurements),
        batch_measurements=tuple(loop.batch_measurements),
        best_round=loop.best_round,
        batch_size=loop.size,
        batches_per_round=loop.batches,
        training_examples=loop.data.count,
        validation_examples=loop.validation.count if loop.validation else 0,
        examples_processed=loop.examples,
        total_time=elapsed,
        optimization_method=method.optimizer.name,
        initial_learning_rate=method.rate,
        final_learning_rate=loop.state.rate,
        multipliers=multipliers,
    )


def precision_of(name: str) -> Any:
    found = PRECISIONS.get(name)
    if found is None:
        raise NetError(f'WorkingPrecision must be "Real32" or "Real64", not "{name}"', tag="option", kind="NetTrain")
    return found


def split(data: Data, validation: Any, seed: Any, dtype: Any) -> tuple[Data, Data | None]:
    """Gives the training and the validation data: `validation` is None, data, or the fraction to hold out."""
    if validation is None:
        return data, None
    if isinstance(validation, Mapping):
        return data, Data(validation, dtype)
    held = round(data.count * validation) if isinstance(validation, int | float) else 0
    if not 0 < held < data.count:
        raise NetError(
            "ValidationSet must be data, or a fraction between 0 and 1 that leaves examples on both sides, not `1`",
            tag="option",
            kind="NetTrain",
            terms=(validation,),
        )
    order = seeded(seed, "validation").permutation(data.count)
    return data.part(np.sort(order[held:])), data.part(np.sort(order[:held]))


def data_shapes(parts: list[Data]) -> dict[str, Shape]:
    """Gives the dimensions of one example at each port; those that differ anywhere are VARYING."""
    shapes = parts[0].shapes
    for part in parts[1:]:
        if part.shapes.keys() != shapes.keys():
            both = f"{port_names(part.shapes)}, but the training data for {port_names(shapes)}"
            raise DataError(f"the validation set has data for {both}", kind="NetTrain")
        shapes = {name: joined(name, shape, part.shapes[name]) for name, shape in shapes.items()}
    return shapes


def joined(name: str, first: Shape, second: Shape) -> Shape:
    """Gives the dimensions that stand for both; raises DataError where their number differs."""
    if first is None or second is None or len(first) != len(second):
        raise DataError(
            f'the validation data for the port "{name}" have another rank than the training data', kind="NetTrain"
        )
    made: list[Dimension] = [a if a == b else VARYING for a, b in zip(first, second, strict=True)]
    return tuple(made)


def port_names(names: Any) -> str:
    return ", ".join(f'"{name}"' for name in names) or "no port"


def check_ports(training: TrainingNet, data: Data) -> None:
    """Raises DataError where the data are for other ports than those that need data."""
    wanted, given = list(training.net.structure.inputs), list(data.columns)
    if set(wanted) != set(given):
        raise DataError(
            f"the training needs data for the ports {port_names(wanted)}, but there are data for {port_names(given)}",
            kind="NetTrain",
        )


def prepared(net: Net, loss: Any, parts: list[Data], seed: Any) -> TrainingNet:
    """Gives the training net for data, checked and initialized."""
    training = attach_losses(net, loss, data_shapes(parts))
    limits = class_limits(training)
    for part in parts:
        check_ports(training, part)
        part.require_integers(limits)
    return initialized(training, seed)


def initialized(training: TrainingNet, seed: Any) -> TrainingNet:
    """Gives the training net with every array filled in: those of the net as `initialize` of the net alone does."""
    inner = initialize(training.inner, seed=seed)
    net = training.net
    net = Net(net.structure, net.store.with_arrays(inner.store.under(INNER)))
    return TrainingNet(initialize(net, seed=seed), training.losses, training.targets)
