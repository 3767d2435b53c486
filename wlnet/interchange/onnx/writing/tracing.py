"""One run of a net, recorded as steps that know which layer they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call
from wlnet.layers.families.folding import first_states, folded_names
from wlnet.nets.arrays import Key
from wlnet.nets.net import Net
from wlnet.nets.structure import Path, Structure
from wlnet.plans.execute import Inside, Run
from wlnet.plans.plan import NOTHING, Step, needed
from wlnet.plans.tracing import Traced, TracingOps

SCAN = "scan"


@dataclass(frozen=True)
class Body:
    """One step of a fold: the slots of the states it gets, of the elements of sequences, and of the states and elements
    it gives, and its own steps.
    """

    states: tuple[int, ...]
    elements: tuple[int, ...]
    new_states: tuple[int, ...]
    results: tuple[int, ...]
    steps: tuple[Step, ...]


class Recorder(TracingOps):
    """The namespace that records operations and where in the net they come from."""

    def __init__(self) -> None:
        super().__init__()
        self.at: tuple[Path, str] = ((), "")
        self.origins: dict[int, tuple[Path, str]] = {}

    def _fused(self, operation: Any, inputs: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        return operation, inputs

    def _record(self, operation: Any, inputs: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        before = len(self._steps)
        made = super()._record(operation, inputs, settings)
        for step in self._steps[before:]:
            self.origins[step.outputs[0]] = self.at
        return made

    def nested(self) -> tuple[list[Step], dict[Any, Any]]:
        """Begins a list of steps of its own; gives what `back` takes to end it."""
        kept = self._steps, dict(self._done)
        self._steps = []
        return kept

    def back(self, kept: tuple[list[Step], dict[Any, Any]]) -> list[Step]:
        steps, (self._steps, self._done) = self._steps, kept
        return steps

    def trace(self, inputs: dict[str, int], arrays: dict[Key, int], outputs: dict[str, int]) -> Trace:
        """Gives what was recorded."""
        steps = needed(self._steps, set(outputs.values()))
        return Trace(self._values, steps, inputs, arrays, outputs, self.origins)

    def append(self, step: Step) -> None:
        self._steps.append(step)
        self.origins[step.outputs[0]] = self.at


class PlacedRun(Run):
    """A run that tells its recorder which layer is at work."""

    __slots__ = ()

    def net(self, structure: Structure, inputs: Mapping[str, Any], path: Path = ()) -> dict[str, Any]:
        before = self.ops.at
        self.ops.at = (path, structure.kind.name)
        try:
            return super().net(structure, inputs, path)
        finally:
            self.ops.at = before

    def inside(self, batch: int, ops: Any) -> Run:
        made = super().inside(batch, ops)
        if ops is not self.ops:
            return made
        run = PlacedRun(ops, self.array, batch, dtype=self.dtype)
        run.updates = made.updates
        return run

    def operator(self, structure: Structure, inputs: Mapping[str, Any], path: Path) -> dict[str, Any]:
        if structure.kind.name != "NetFoldOperator":
            return super().operator(structure, inputs, path)
        return self.fold(structure, inputs, path)

    def fold(self, structure: Structure, inputs: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """Records a fold as one step, whose body is the net inside: its length may be open then."""
        ops: Recorder = self.ops
        call: Call = self.call(structure)
        inside = Inside(self, structure, path, inputs)
        fed, mapped = folded_names(call)
        given = first_states(call, inside, dict(inputs), fed, mapped)
        states = [entered(ops, given[name]) for name in fed]
        sequences = [entered(ops, given[name]) for name in mapped]
        if len({value.shape[1] for value in sequences}) > 1:
            raise DimensionError("the sequences must have the same length", kind="NetFoldOperator")
        kept = ops.nested()
        body = dict(given)
        body |= {name: ops.enter(value.value) for name, value in zip(fed, states, strict=True)}
        body |= {name: ops.enter(np.asarray(value.value[:, 0])) for name, value in zip(mapped, sequences, strict=True)}
        results = dict(zip(call["outputs"], inside("Net", *(body[name] for name in call["inputs"])), strict=True))
        new = [entered(ops, results[source]) for source in fed.values()]
        made = [entered(ops, results[name]) for name in call["chosen"]]
        steps = tuple(needed(ops.back(kept), {item.slot for item in (*new, *made)}))
        length = sequences[0].shape[1]
        last = [ops.enter(item.value) for item in new]
        whole = [ops.enter(np.repeat(item.value[:, None], length, axis=1)) for item in made]
        own = {slot for step in steps for slot in step.outputs} | {body[name].slot for name in (*fed, *mapped)}
        used = {slot for step in steps for slot in step.inputs} | {item.slot for item in (*new, *made)}
        captured = sorted(used - own - {NOTHING})
        outer = tuple(item.slot for item in (*states, *sequences)) + tuple(captured)
        settings = {
            "body": Body(
                tuple(body[name].slot for name in fed),
                tuple(body[name].slot for name in mapped),
                tuple(item.slot for item in new),
                tuple(item.slot for item in made),
                steps,
            )
        }
        ops.append(Step(FOLD, outer, tuple(item.slot for item in (*last, *whole)), settings))
        ports = [*call["chosen"], *fed]
        return {name: value for name, value in zip(ports, (*whole, *last), strict=True) if name in structure.outputs}


def entered(ops: Recorder, value: Any) -> Traced:
    return value if type(value) is Traced else ops.enter(np.asarray(value))


class Fold:
    """Stands for the operation of a fold, which has a body instead of a function."""

    name = SCAN
    backward = None


FOLD: Any = Fold()


@dataclass
class Trace:
    """One run of a net: slot → value, the steps, the slots of inputs, arrays and outputs, and slot → where it is made."""

    values: list[Any]
    steps: list[Step]
    inputs: dict[str, int]
    arrays: dict[Key, int]
    outputs: dict[str, int]
    places: dict[int, tuple[Path, str]]


def traced(net: Net, inputs: Mapping[str, np.ndarray], batch: int) -> Trace:
    """Gives one run of a net on these inputs."""
    ops = Recorder()
    given = {name: ops.enter(value) for name, value in inputs.items()}
    known: dict[Key, Traced] = {}

    def lookup(key: Key) -> Traced:
        if key not in known:
            known[key] = ops.enter(net.store[key])
        return known[key]

    run = PlacedRun(ops, lookup, batch)
    with np.errstate(all="ignore"):
        made = {name: entered(ops, value) for name, value in run.net(net.structure, given).items()}
    slots = {name: item.slot for name, item in made.items()}
    inside = {name: item.slot for name, item in given.items()}
    return ops.trace(inside, {key: item.slot for key, item in known.items()}, slots)
