"""Snapshots: how they are taken of a training on its way, and how another goes on from one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.arrays import freeze
from wlnet.nets.net import Net
from wlnet.training.course import Course
from wlnet.training.meter import Meter
from wlnet.training.progress import Snapshot
from wlnet.training.requests import ByClass

#: Fields of a course that are numbers, and those that are lists of numbers.
NUMBERS = ("number", "batch", "done", "seen", "total", "examples", "best_round", "best_loss")
LISTS = ("batch_losses", "round_losses", "validation_losses")
#: Those that are lists of measurements.
MEASURED = ("measurements", "validation_measurements", "batch_measurements")


def take_snapshot(course: Course) -> Snapshot:
    """Gives a copy of all that the rest of a training depends on, besides its data and settings."""
    state = course.state
    order = course.order if course.done else state.order.bit_generator.state
    facts = {
        **training_facts(course),
        **{name: getattr(course, name) for name in NUMBERS},
        "rounds": course.rounds,
        "steps": state.steps,
        "slab_steps": [slab.steps for slab in state.slabs],
        "order": order,
        "random": state.random.bit_generator.state,
        "elapsed": course.clock.elapsed,
        "patience": None if course.patience is None else vars_of(course.patience, ("best", "best_round", "rounds")),
    }
    return Snapshot(facts, {name: np.array(array) for name, array in arrays_of(course)})


def vars_of(holder: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(holder, name) for name in names}


def training_facts(course: Course) -> dict[str, Any]:
    """Gives what has to be the same when a training goes on."""
    return {
        "examples_in_a_round": course.data.count,
        "batch_size": course.size,
        "method": course.state.method.optimizer.name,
        "precision": next(iter(course.state.arrays.values()), np.zeros(0)).dtype.name,
        "measurements": [str(request.key) for request in requests_of(course)],
    }


def requests_of(course: Course) -> tuple[Any, ...]:
    return () if course.state.meter is None else course.state.meter.requests


def meter_of(course: Course, side: str) -> Meter | None:
    """Gives the meter that one of the lists of measurements comes from, or one with the same requests."""
    meter = course.state.meter
    return meter.each_batch if meter is not None and side == "batch_measurements" else meter


def arrays_of(course: Course) -> Iterator[tuple[str, np.ndarray]]:
    """Yields the arrays of a snapshot with their names; those of the state are the very ones in use."""
    yield from live_arrays(course)
    for name in LISTS:
        yield name, np.asarray(getattr(course, name), np.float64)
    if course.best is not None:
        for number, array in enumerate(course.best.store.values(), 1):
            yield f"best {number}", array
    for side in MEASURED:
        found, meter = getattr(course, side), meter_of(course, side)
        for number, request in enumerate(meter.requests if found and meter else (), 1):
            yield from stacked(f"{side} {number}", [plain(one[request.key]) for one in found])
    if course.done and course.state.meter is not None:
        for number, tally in enumerate(course.state.meter.tallies, 1):
            for field, value in vars(tally).items():
                yield f"tally {number} {field}", np.asarray(value)


def live_arrays(course: Course) -> Iterator[tuple[str, np.ndarray]]:
    """Yields the arrays that a training changes in place."""
    for number, array in enumerate(course.state.arrays.values(), 1):
        yield f"array {number}", array
    for number, slab in enumerate(course.state.slabs, 1):
        for part, array in enumerate(slab.state, 1):
            yield f"slab {number} state {part}", array


def plain(value: Any) -> np.ndarray:
    return np.asarray(value.values if isinstance(value, ByClass) else value)


def stacked(name: str, values: list[np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    """Yields these arrays as one, or, where their dimensions differ, each with its number."""
    if len({value.shape for value in values}) == 1:
        yield name, np.stack(values)
    else:
        yield from ((f"{name} of {n}", value) for n, value in enumerate(values, 1))


def unstacked(name: str, arrays: Mapping[str, np.ndarray]) -> Iterator[np.ndarray]:
    """Yields what `stacked` has named so."""
    if name in arrays:
        yield from arrays[name]
    number = 1
    while (found := arrays.get(f"{name} of {number}")) is not None:
        yield found
        number += 1


def restore(course: Course, snapshot: Snapshot) -> None:
    """Leads a loop that has not begun to where a snapshot was taken; raises NetError where it cannot be the same one."""
    facts, arrays = snapshot.facts, snapshot.arrays
    require_same(course, snapshot)
    try:
        for name, array in live_arrays(course):
            np.copyto(array, arrays[name], casting="no")
        for name in NUMBERS:
            setattr(course, name, facts[name])
        for name in LISTS:
            getattr(course, name).extend(arrays[name].tolist())
        state = course.state
        state.steps = facts["steps"]
        for slab, steps in zip(state.slabs, facts["slab_steps"], strict=True):
            slab.steps = steps
        state.order.bit_generator.state = course.order = facts["order"]
        state.random.bit_generator.state = facts["random"]
        if course.patience is not None:
            for name, value in (facts["patience"] or {}).items():
                setattr(course.patience, name, value)
        restore_best(course, arrays)
        restore_measurements(course, arrays)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise NetError(f"the checkpoint is not whole ({error})", tag="resume", kind="NetTrain") from None


def require_same(course: Course, snapshot: Snapshot) -> None:
    """Raises NetError that says in what a training differs from the one that is to go on."""
    for name, value in training_facts(course).items():
        before = snapshot.facts.get(name)
        if before != value:
            raise NetError(
                f"the training cannot go on where the checkpoint was written: its {name.replace('_', ' ')} was {before}, "
                f"not {value}; give the same data and options, or train Import[file] to begin anew",
                tag="resume",
                kind="NetTrain",
            )
    for name, array in live_arrays(course):
        if name not in snapshot.arrays or snapshot.arrays[name].shape != array.shape:
            raise NetError(
                "the training cannot go on where the checkpoint was written: other arrays are trained now; give the same "
                "loss and multipliers, or train Import[file] to begin anew",
                tag="resume",
                kind="NetTrain",
            )


def restore_best(course: Course, arrays: Mapping[str, np.ndarray]) -> None:
    if course.best_round is not None:
        net = course.state.training.net
        values = {key: freeze(arrays[f"best {number}"]) for number, key in enumerate(net.store, 1)}
        course.best = Net(net.structure, net.store.with_arrays(values))


def restore_measurements(course: Course, arrays: Mapping[str, np.ndarray]) -> None:
    """Gives a loop the measurements of the rounds before, and the tallies of the one that goes on."""
    meter = course.state.meter
    if meter is None:
        return
    for side in MEASURED:
        taking = meter_of(course, side)
        if taking is None:
            continue
        found = (unstacked(f"{side} {number}", arrays) for number in range(1, len(taking.requests) + 1))
        for values in zip(*found, strict=True):
            getattr(course, side).append(measured(taking, values))
    if course.done:
        meter.reset()
        for number, tally in enumerate(meter.tallies, 1):
            for field in vars(tally):
                value = arrays[f"tally {number} {field}"]
                setattr(tally, field, np.array(value) if value.ndim else value.item())


def measured(meter: Meter, values: Sequence[np.ndarray]) -> dict[Hashable, Any]:
    """Gives the measurements of one round, as `Meter.results` does, from what was kept of them."""
    asked = zip(meter.requests, values, meter.numbers, meter.declared, strict=True)
    return {request.key: meter.named(value, number, declared) for request, value, number, declared in asked}
