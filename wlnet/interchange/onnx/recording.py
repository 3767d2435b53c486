"""What a net does, as steps whose dimensions may be open: two traces, on inputs of two sizes, laid over each other.

A dimension that is the same in both traces is fixed; one that differs is open, and known by its two values. The same
holds for the settings of operations. What differs in any other way depends on the size of the input as no file can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import DataError, DimensionError, NetError
from wlnet.layers.declare import Call
from wlnet.layers.families.operators import first_states, folded_names
from wlnet.nets.arrays import Key
from wlnet.nets.dimensions import Port
from wlnet.nets.net import Net
from wlnet.nets.structure import Path, Structure, position_text
from wlnet.plans.execute import Inside, Run
from wlnet.plans.plan import NOTHING, Step, needed
from wlnet.plans.tracing import Traced, TracingOps

#: The sizes of a batch in the two traces, and of a length that varies: primes, so that products are told apart.
BATCHES = (2, 3)
LENGTHS = ((31, 37), (41, 43), (47, 53), (59, 61), (67, 71), (73, 79), (83, 89), (97, 101))
MOST_LENGTHS = 5
SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Open:
    """A number that depends on the input: what it was in the two traces."""

    first: int
    second: int


Size: TypeAlias = int | Open
Sizes: TypeAlias = tuple[Size, ...]


class Unsayable(NetError):
    """Something of a net that ONNX has no way to say."""

    def __init__(self, reason: str, path: Path = (), kind: str | None = None) -> None:
        where = f" (at {position_text(path)})" if path else ""
        super().__init__(f"{kind or 'the net'}{where} cannot be said in ONNX: {reason}", tag="onnx", kind=kind)


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
        return known.setdefault(key, known.get(key) or ops.enter(net.store[key]))

    run = PlacedRun(ops, lookup, batch)
    with np.errstate(all="ignore"):
        made = {name: entered(ops, value) for name, value in run.net(net.structure, given).items()}
    slots = {name: item.slot for name, item in made.items()}
    return Trace(
        ops._values,
        needed(ops._steps, set(slots.values())),
        {name: item.slot for name, item in given.items()},
        {key: item.slot for key, item in known.items()},
        slots,
        ops.origins,
    )


@dataclass
class Recording:
    """What a net does.

    shapes: slot → dimensions. constants: slot → its two values. steps: (operation, inputs, outputs, settings, place).
    """

    inputs: dict[str, int]
    arrays: dict[Key, int]
    outputs: dict[str, int]
    steps: list[Said]
    shapes: dict[int, Sizes]
    constants: dict[int, tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Said:
    """A step of both traces: its settings, in which a number that differs is `Open`; and where in the net it comes from."""

    operation: Any
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    settings: Mapping[str, Any]
    place: Path
    kind: str
    body: tuple[Said, ...] = field(default=())


def recorded(net: Net) -> Recording:
    """Gives what a net does; raises Unsayable, or what the net raises where it cannot run."""
    first, second = two_traces(net)
    steps = merged_steps(first, first.steps, second.steps)
    shapes = {
        slot: tuple(map(merged, a.shape, b.shape))
        for slot, (a, b) in enumerate(zip(first.values, second.values, strict=True))
        if np.ndim(a) == np.ndim(b)
    }
    made = {*first.inputs.values(), *first.arrays.values()}
    constants = {
        slot: (np.asarray(a), np.asarray(b))
        for slot, (a, b) in enumerate(zip(first.values, second.values, strict=True))
        if slot not in made
    }
    return Recording(first.inputs, first.arrays, first.outputs, steps, shapes, constants)


def two_traces(net: Net) -> tuple[Trace, Trace]:
    """Gives two runs, in which as many of the lengths that vary differ from each other as may."""
    varying = sum(not isinstance(size, int) for port in net.structure.inputs.values() for size in port.shape or ())
    error: Exception | None = None
    for chosen in groupings(varying):
        try:
            return both(net, chosen)
        except (DimensionError, DataError, ValueError) as raised:
            error = raised
    assert error is not None
    raise error


def groupings(count: int) -> list[tuple[int, ...]]:
    """Gives which group each of `count` things is in, for all ways to group them, those with the most groups first; of
    many things only that all are apart or together.
    """
    if count > MOST_LENGTHS:
        return [tuple(range(count)), (0,) * count]
    found: list[tuple[int, ...]] = [()]
    for _ in range(count):
        found = [(*groups, new) for groups in found for new in range(max(groups, default=-1) + 2)]
    return sorted(found, key=lambda groups: -max(groups, default=0))


def both(net: Net, groups: Sequence[int]) -> tuple[Trace, Trace]:
    runs = []
    for turn, batch in enumerate(BATCHES):
        lengths = iter([LENGTHS[group % len(LENGTHS)][turn] for group in groups])
        inputs = {name: sample(port, batch, lengths) for name, port in net.structure.inputs.items()}
        runs.append(traced(net, inputs, batch))
    if [name_of(step) for step in runs[0].steps] != [name_of(step) for step in runs[1].steps]:
        raise Unsayable("how many operations it takes depends on a length that varies; give its port a fixed length")
    return runs[0], runs[1]


def name_of(step: Step) -> Any:
    body = step.settings.get("body")
    return (step.operation.name, step.inputs, step.outputs, body and [name_of(inner) for inner in body.steps])


def sample(port: Port, batch: int, lengths: Iterator[int]) -> np.ndarray:
    """Gives a batch that fits a port."""
    shape = (batch, *(size if isinstance(size, int) else next(lengths) for size in port.shape or ()))
    return np.full(shape, port.least if port.element == "Integer" else 0.5, np.float32)


def merged_steps(trace: Trace, first: Sequence[Step], second: Sequence[Step]) -> list[Said]:
    found = []
    for a, b in zip(first, second, strict=True):
        place, kind = trace.places[a.outputs[0]]
        body = a.settings.get("body")
        inner = () if body is None else tuple(merged_steps(trace, body.steps, b.settings["body"].steps))
        settings = a.settings if body is not None else {
            name: merged(value, b.settings[name]) for name, value in a.settings.items()
        }  # fmt: skip
        found.append(Said(a.operation, a.inputs, a.outputs, settings, place, kind, inner))
    return found


def merged(a: Any, b: Any) -> Any:
    """Gives what two settings have in common; a number that differs is open."""
    if type(a) is tuple:
        return tuple(map(merged, a, b))
    if type(a) is slice:
        return slice(*(merged(getattr(a, end), getattr(b, end)) for end in ("start", "stop", "step")))
    if isinstance(a, int | np.integer) and isinstance(b, int | np.integer) and a != b:
        return Open(int(a), int(b))
    return a
