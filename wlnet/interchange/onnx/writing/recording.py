"""What a net does, as steps whose dimensions may be open: two traces, on inputs of two sizes, laid over each other.

A dimension that is the same in both traces is fixed; one that differs is open, and known by its two values. The same
holds for the settings of operations. What differs in any other way depends on the size of the input as no file can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wlnet.errors import DataError, DimensionError
from wlnet.interchange.onnx.writing.sizes import Open, Sizes, Unsayable
from wlnet.interchange.onnx.writing.tracing import Trace, traced
from wlnet.nets.arrays import Key
from wlnet.nets.dimensions import Port
from wlnet.nets.net import Net
from wlnet.nets.structure import Path
from wlnet.plans.plan import Step

#: The sizes of a batch in the two traces, and of a length that varies: primes at different distances, so that products
#: are told apart, and sums with a number.
BATCHES = (2, 3)
LENGTHS = ((29, 31), (37, 41), (47, 53), (59, 67), (73, 83), (89, 101), (97, 113), (107, 127))
MOST_LENGTHS = 5


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
    """Gives two runs, in which as many of the lengths that vary differ from each other as may; raises Unsayable."""
    varying = sum(not isinstance(size, int) for port in net.structure.inputs.values() for size in port.shape or ())
    reason = ""
    for chosen in groupings(varying):
        try:
            return both(net, chosen)
        except (DimensionError, DataError, ValueError) as raised:
            reason = str(raised)
    raise Unsayable(f"it does not run at the lengths that were tried: {reason}")


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
