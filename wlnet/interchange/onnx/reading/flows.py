"""What stands for the values of a file while its net is made: constants, flows, and layers to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.structure import End
from wlnet.nets.views import Step
from wlnet.terms import Term

BATCH, ONE = "batch", "one"
TURN: Step = ("Transpose", None)


class Unreadable(Exception):
    """A node that no layer stands for."""


#: What comes of nodes that are not as they should be: a file may hold anything.
FAULTS = (Unreadable, NetError, ArithmeticError, AssertionError, AttributeError, LookupError, StopIteration, TypeError,
          ValueError)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """A constant: an array of the file as it is, or as a node sees it (by steps of a view), or one worked out (no key).

    base: the dimensions of the array of the file. pieces: what it is made of, one after the other along the first axis.
    """

    value: np.ndarray
    key: str | None = None
    base: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    pieces: tuple[Stored, ...] = ()

    def through(self, value: np.ndarray, step: Step) -> Stored:
        """Gives the constant after a step; steps that undo each other are none."""
        steps = list(self.steps)
        kind, numbers = step
        if kind == "Reshape":
            while steps and steps[-1][0] == "Reshape":
                steps.pop()
            if steps or value.shape != self.base:
                steps.append(step)
        elif numbers == (2, 1):
            steps = steps[:-1] if steps and steps[-1] == TURN else [*steps, TURN]
        else:
            steps.append(step)
        return Stored(value, self.key, self.base, tuple(steps) if self.key is not None else ())

    def turned(self) -> Stored:
        """Gives a matrix transposed."""
        return self.through(self.value.T, ("Transpose", (2, 1)))

    def shaped(self, *shape: int) -> Stored:
        return self.through(self.value.reshape(shape), ("Reshape", shape))


@dataclass(frozen=True)
class Flow:
    """What flows from a layer or an input.

    axes: for each axis of the value in the file what it is of the value in the net: the batch, an axis of length one that
    the net has not, or the number of a dimension from 0; without the batch it is the same for all examples. maps: how many
    of the first dimensions the file has joined with the batch, which stands for them. less: what the file has taken off
    whole numbers, which the net has not. joined: the sizes of the dimensions joined with the batch, where they are known,
    and ahead: how many of them the file counts more slowly than the examples.
    """

    end: End
    axes: tuple[Any, ...]
    maps: int = 0
    less: int = 0
    joined: tuple[int, ...] = ()
    ahead: int = 0

    @property
    def rank(self) -> int:
        """The number of dimensions of what a layer sees that is applied to it."""
        return sum(type(axis) is int for axis in self.axes)

    @property
    def is_plain(self) -> bool:
        return self.axes == (BATCH, *range(self.rank)) and not self.less


@dataclass(frozen=True)
class Hidden:
    """Numbers of which there are as many as the input asks for. fill: what they are all, where that is known; stored:
    what they are again and again; length: the flow whose number of elements they are.
    """

    fill: float | None = None
    stored: Stored | None = None
    length: Flow | None = None


@dataclass
class Planned:
    """A layer to be made, `maps` times within a NetMapOperator. arrays: slot → its constant, None where it has none.
    inputs: how many.
    """

    kind: str
    arguments: tuple[Term, ...]
    options: dict[str, Term]
    arrays: dict[str, Stored | None]
    maps: int = 0
    inputs: int = 0


def first_of(stored: Stored) -> Stored:
    """Gives the constant for each example, where the file has it for one example or for all."""
    return stored.through(stored.value[0], ("Reshape", stored.value.shape[1:]))
