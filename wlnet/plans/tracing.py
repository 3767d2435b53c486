"""Tracing: running a net once on real arrays while every operation is recorded as a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wlnet.compute.operation import OPERATIONS, Operation, load_operations
from wlnet.nets.arrays import Key
from wlnet.nets.net import Net
from wlnet.nets.structure import Path
from wlnet.plans.execute import Run
from wlnet.plans.plan import NOTHING, Plan, Step


class Traced:
    """An array on its way through a net that is being traced: its value here, and its slot in the plan."""

    __slots__ = ("slot", "value")

    def __init__(self, value: np.ndarray, slot: int) -> None:
        self.value = value
        self.slot = slot

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    @property
    def ndim(self) -> int:
        return self.value.ndim

    @property
    def dtype(self) -> np.dtype:
        return self.value.dtype


#: (operation, operation that made its first input) → the operation that does both, from the input of the second; for
#: speed and because it is exact where the first alone under- or overflows.
FUSIONS: dict[tuple[str, str], str] = {
    ("cross_entropy_index", "softmax"): "softmax_cross_entropy_index",
    ("cross_entropy_probabilities", "softmax"): "softmax_cross_entropy_probabilities",
    ("cross_entropy_binary", "sigmoid"): "sigmoid_cross_entropy",
}


class TracingOps:
    """The namespace that runs operations and records them."""

    def __init__(self, fused: bool = True) -> None:
        load_operations()
        self._fusions = FUSIONS if fused else {}
        self._values: list[Any] = []
        self._steps: list[Step] = []
        self._makers: dict[int, Step] = {}
        self._constants: dict[Any, tuple[int, Any]] = {}
        self._done: dict[Any, Any] = {}

    def __getattr__(self, name: str) -> Any:
        found = OPERATIONS.get(name)
        if found is None:
            raise AttributeError(f"no operation is called {name}")

        def record(*inputs: Any, **settings: Any) -> Any:
            return self._record(found, inputs, settings)

        setattr(self, name, record)
        return record

    def enter(self, value: np.ndarray) -> Traced:
        """Gives an array a slot of its own."""
        self._values.append(value)
        return Traced(value, len(self._values) - 1)

    def _slot(self, value: Any) -> int:
        if value is None:
            return NOTHING
        if type(value) is Traced:
            return value.slot
        array = np.asarray(value)
        name = (array.dtype, array.tobytes()) if not array.ndim else id(value)
        known = self._constants.get(name)
        if known is None:
            known = self._constants[name] = (self.enter(array).slot, value)
        return known[0]

    def _record(self, operation: Operation, inputs: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        operation, inputs = self._fused(operation, inputs)
        slots = tuple(self._slot(value) for value in inputs)
        same = same_step(operation, slots, settings)
        made: Any = self._done.get(same)
        if made is not None:
            return made
        result = operation(*[value.value if type(value) is Traced else value for value in inputs], **settings)
        if type(result) is tuple:
            made = tuple(self.enter(value) for value in result)
            step = Step(operation, slots, tuple(item.slot for item in made), settings)
        else:
            made = self.enter(result)
            step = Step(operation, slots, made.slot, settings)
        self._steps.append(step)
        for slot in step.outputs:
            self._makers[slot] = step
        if same is not None:
            self._done[same] = made
        return made

    def _fused(self, operation: Operation, inputs: tuple[Any, ...]) -> tuple[Operation, tuple[Any, ...]]:
        first = inputs[0]
        maker = self._makers.get(first.slot) if type(first) is Traced else None
        shape = None
        if maker is not None and maker.operation.name == "reshape":  # of rows that are put together or apart
            before = self._values[maker.inputs[0]]
            shape = first.shape
            maker = self._makers.get(maker.inputs[0]) if before.shape[-1:] == shape[-1:] else None
        if maker is None:
            return operation, inputs
        fused = self._fusions.get((operation.name, maker.operation.name))
        source = maker.inputs[0]
        found = Traced(self._values[source], source)
        if fused is None or maker.settings.get("axis", -1) not in (-1, found.ndim - 1):
            return operation, inputs
        return OPERATIONS[fused], (found if shape is None else self.reshape(found, shape=shape), *inputs[1:])

    def plan(
        self,
        inputs: Mapping[Any, Traced],
        arrays: Mapping[Key, Traced],
        outputs: Mapping[Any, Any],
        updates: Mapping[Key, Any],
    ) -> Plan:
        """Gives what was recorded as a plan."""
        return Plan(
            self._values,
            self._steps,
            {name: item.slot for name, item in inputs.items()},
            {key: item.slot for key, item in arrays.items()},
            {name: self._slot(item) for name, item in outputs.items()},
            {key: self._slot(item) for key, item in updates.items()},
        )


def same_step(operation: Operation, slots: tuple[int, ...], settings: dict[str, Any]) -> Any:
    """Gives what steps that give the same have in common (a net and its derivative have most of theirs), or None."""
    if "generator" in settings:
        return None
    key = (operation.name, slots, tuple(settings.items()))
    try:
        hash(key)
    except TypeError:
        return None
    return key


def trace(
    net: Net,
    arrays: Mapping[Key, np.ndarray],
    inputs: Mapping[str, np.ndarray],
    batch: int,
    *,
    outputs: tuple[str, ...] | None = None,
    places: tuple[tuple[Path, str], ...] = (),
    training: bool = False,
    random: Any = None,
    dtype: Any = None,
    make_run: Callable[..., Run] = Run,
    fused: bool = True,
) -> Plan:
    """Gives the plan of a net for inputs of these dimensions, computing only `outputs` (None: all), and the values at
    interior places (path, port), which the plan gives among its outputs.

    The plan reads the very arrays given: change them in place, and the next replay uses the new values. dtype: of numbers
    that come neither from an input nor from an array; None for that of an array. make_run: makes the run that is traced, of
    what `Run` takes. fused: whether a loss and what is before it are done at once (see FUSIONS), which may differ from a
    run in the last digits.
    """
    if dtype is None:
        dtype = next((array.dtype for array in arrays.values()), np.float32)
    ops = TracingOps(fused)
    entered = {name: ops.enter(value) for name, value in inputs.items()}
    known: dict[Key, Traced] = {}

    def lookup(key: Key) -> Traced:
        found = known.get(key)
        if found is None:
            found = known[key] = ops.enter(arrays[key])
        return found

    values: dict[tuple[Path, str], Any] | None = {} if places else None
    run = make_run(ops, lookup, batch, training=training, random=random, values=values, dtype=dtype)
    made = run.net(net.structure, entered)
    chosen: dict[Any, Any] = {name: value for name, value in made.items() if outputs is None or name in outputs}
    chosen |= run.kept(net.structure, places)
    return ops.plan({**entered, **run.entered}, known, chosen, run.updates)
