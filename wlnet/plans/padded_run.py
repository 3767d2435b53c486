"""Runs of nets on sequences of different lengths that are padded to one, with rules for what layers do with padding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call
from wlnet.nets.structure import Path, Structure
from wlnet.plans.execute import Run

Outputs: TypeAlias = dict[str, Any]
Given: TypeAlias = Mapping[str, Any]
Plain: TypeAlias = Callable[[Structure, Given, Path], Outputs]
Rule: TypeAlias = Callable[["PaddedRun", Structure, Given, Path, Plain], Outputs]


class NotPadded(Exception):
    """A net has a layer that cannot tell the padding of a sequence from the sequence."""


def steps_there(lengths: np.ndarray, steps: int, dtype: Any) -> np.ndarray:
    """Gives (b, t): 1 for the steps that are there, 0 for the padding."""
    return (np.arange(steps) < lengths[:, None]).astype(dtype)


def backwards(lengths: np.ndarray, steps: int, dtype: Any) -> np.ndarray:
    """Gives (b, t): for each step, the row in all steps of all examples that takes its place in the reversed sequence."""
    there, step = steps_there(lengths, steps, bool), np.arange(steps)
    return np.where(there, lengths[:, None] - 1 - step, step) + steps * np.arange(len(lengths))[:, None]


#: What layers are told of lengths (b,) → function(lengths, steps, type) that makes it.
TOLD: dict[str, Callable[[np.ndarray, int, Any], np.ndarray]] = {
    "there": steps_there,
    "share": lambda lengths, steps, dtype: steps_there(lengths, steps, dtype) / lengths[:, None].astype(dtype),
    "floor": lambda lengths, steps, dtype: np.where(steps_there(lengths, steps, bool), 0, -np.inf).astype(dtype),
    "last": lambda lengths, steps, dtype: lengths - 1 + steps * np.arange(len(lengths)),
    "backwards": backwards,
}


def told(kind: str, short: int, lengths: np.ndarray, steps: int, dtype: Any) -> np.ndarray:
    """Gives what layers are told of sequences that are `short` steps shorter than those that came in; raises DimensionError."""
    if lengths.min() <= short:
        raise DimensionError("a sequence is too short: the net takes more steps off it than it has", kind="NetTrain")
    return TOLD[kind](lengths - short, steps - short, dtype)


class PaddedRun(Run):
    """A run whose inputs `names` are sequences of these lengths (b,), padded to `steps`.

    rules: kind of layer → how it runs where an input is padded. padded: slot of a value that is padded → by how many
    steps it is shorter than those inputs. entered: (what layers are told, how much shorter) → its value, which is one more
    input of the plan.
    """

    __slots__ = ("entered", "hidden", "lengths", "names", "padded", "rules", "steps")

    def __init__(
        self,
        ops: Any,
        array: Any,
        batch: int,
        *,
        lengths: np.ndarray,
        names: Iterable[str],
        steps: int,
        rules: Mapping[str, Rule],
        **settings: Any,
    ) -> None:
        super().__init__(ops, array, batch, **settings)
        self.lengths = lengths
        self.names = tuple(names)
        self.steps = steps
        self.rules = rules
        self.padded: dict[int, int] = {}
        self.entered: dict[Any, Any] = {}
        self.hidden: Any = None

    def net(self, structure: Structure, inputs: Given, path: Path = ()) -> Outputs:
        if not path:
            self.padded = {inputs[name].slot: 0 for name in self.names}
        return super().net(structure, inputs, path)

    def leaf(self, structure: Structure, inputs: Given, path: Path) -> Outputs:
        return self.ruled(structure, inputs, path, super().leaf)

    def operator(self, structure: Structure, inputs: Given, path: Path) -> Outputs:
        return self.ruled(structure, inputs, path, super().operator)

    def ruled(self, structure: Structure, inputs: Given, path: Path, plain: Plain) -> Outputs:
        """Runs a layer as the rule of its kind says if an input of it is padded; raises NotPadded."""
        if all(self.short(value) is None for value in inputs.values()):
            return plain(structure, inputs, path)
        rule = self.rules.get(structure.kind.name)
        if rule is None:
            raise NotPadded(structure.kind.name)
        return rule(self, structure, inputs, path, plain)

    def call(self, structure: Structure) -> Call:
        call = super().call(structure)
        call.hidden, self.hidden = self.hidden, None
        if structure.kind.name == "NetBidirectionalOperator":
            call.ops = Reversing(self)
        return call

    def short(self, value: Any) -> int | None:
        """Gives by how much a value is shorter than the padded inputs; None where it is not padded."""
        return self.padded.get(getattr(value, "slot", -1))

    def only_short(self, values: Iterable[Any]) -> int:
        """Gives by how much the padded ones of these values are shorter; raises NotPadded where they differ."""
        found = {self.short(value) for value in values} - {None}
        if len(found) != 1:
            raise NotPadded("sequences of different lengths")
        (short,) = found
        assert short is not None
        return short

    def told(self, kind: str, short: int) -> Any:
        """Gives what layers are told of the sequences, as an input of the plan."""
        if (kind, short) not in self.entered:
            value = told(kind, short, self.lengths, self.steps, self.dtype)
            self.entered[kind, short] = self.ops.enter(value)
        return self.entered[kind, short]

    def marked(self, value: Any, short: int) -> Any:
        """Gives a value that is padded, remembered as such; raises NotPadded where it has not that many steps."""
        if value.ndim < 2 or value.shape[1] != self.steps - short:
            raise NotPadded("steps have been put together")
        self.padded[value.slot] = short
        return value

    def each_step(self, kind: str, short: int, rank: int) -> Any:
        """Gives what layers are told of each step, for an array of this rank: (b, t, 1, …)."""
        found = self.told(kind, short)
        return self.ops.reshape(found, shape=(*found.shape, *(1,) * (rank - 2)))

    def rows(self, x: Any, kind: str, short: int, lead: tuple[int, ...]) -> Any:
        """Gives some of all steps of all examples, as `kind` tells which: (…lead, …s)."""
        flat = self.ops.reshape(x, shape=(x.shape[0] * x.shape[1], *x.shape[2:]))
        return self.ops.reshape(self.ops.take(flat, self.told(kind, short)), shape=(*lead, *x.shape[2:]))

    def reversed(self, x: Any) -> Any:
        """Gives each sequence backwards, its padding still at the end."""
        short = self.only_short([x])
        return self.marked(self.rows(x, "backwards", short, x.shape[:2]), short)


class Reversing:
    """The namespace of a run on which `reverse` reverses the sequences without their padding."""

    def __init__(self, run: PaddedRun) -> None:
        self.run = run

    def __getattr__(self, name: str) -> Any:
        return getattr(self.run.ops, name)

    def reverse(self, x: Any, *, axis: int) -> Any:
        return self.run.ops.reverse(x, axis=axis) if self.run.short(x) is None else self.run.reversed(x)
