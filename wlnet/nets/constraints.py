"""What NetArray says of the training of an array: whether it trains, and what its values are held to.

A constraint is kept by projection: after each step of training the array becomes the nearest one that obeys it. The
norms are Euclidean, and taken for each unit: for each element of the first dimension, of a vector as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.arrays import Key
from wlnet.nets.net import Net
from wlnet.terms import Term, same

Projection = Callable[..., None]
"""function(array, *numbers) changes an array in place."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint: the name of one of CONSTRAINTS with its numbers, or (name None) a function of the language."""

    name: str | None
    numbers: tuple[float, ...] = ()
    function: Term = None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Constraint)
            and (self.name, self.numbers) == (other.name, other.numbers)
            and same(self.function, other.function)
        )

    def __hash__(self) -> int:
        return hash((self.name, self.numbers))


def units(array: np.ndarray) -> np.ndarray:
    """Gives the numbers of each unit as a row: a view of an array in C order."""
    return array.reshape(array.shape[0] if array.ndim > 1 else 1, -1)


def norms(rows: np.ndarray) -> np.ndarray:
    return np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]


def unit_norm(array: np.ndarray) -> None:
    """Scales every unit to norm 1; one of zeros becomes equal numbers."""
    rows = units(array)
    length = norms(rows)
    rows[:] = np.where(length > 0, rows / np.where(length > 0, length, 1), 1 / math.sqrt(max(rows.shape[1], 1)))


def max_norm(array: np.ndarray, largest: float) -> None:
    """Scales down every unit whose norm is larger."""
    rows = units(array)
    rows *= np.minimum(1, largest / np.maximum(norms(rows), np.finfo(rows.dtype).tiny))


def non_negative(array: np.ndarray) -> None:
    np.maximum(array, 0, out=array)


def clip(array: np.ndarray, low: float, high: float) -> None:
    np.clip(array, low, high, out=array)


#: Name → (how it is written, projection).
CONSTRAINTS: dict[str, tuple[str, Projection]] = {
    "UnitNorm": ('"UnitNorm"', unit_norm),
    "NonNegative": ('"NonNegative"', non_negative),
    "MaxNorm": ('{"MaxNorm", r}', max_norm),
    "Clip": ('{"Clip", {min, max}}', clip),
}
FORMS = ", ".join(form for form, _ in CONSTRAINTS.values()) + ", None or a function"

Function = Callable[[Term, np.ndarray], np.ndarray]
"""function(term, array) gives what a function of the language makes of an array."""


def projection(constraint: Constraint, function: Function | None) -> Callable[[np.ndarray], None]:
    """Gives the function that makes an array obey, in place; raises NetError where no function can be applied."""
    if constraint.name is not None:
        _, project = CONSTRAINTS[constraint.name]
        return lambda array: project(array, *constraint.numbers)
    if function is None:
        raise NetError("a constraint that is a function of the language is kept by NetTrain only", tag="constraint")

    def apply(array: np.ndarray) -> None:
        np.copyto(array, function(constraint.function, array), casting="same_kind")

    return apply


def said(net: Net, key: Key, what: str) -> Any:
    """Gives what the slots of an array say of it: the property "trainable" or "constraint", or None."""
    values = (getattr(net.slots[position], what) for position in net.positions[key])
    return next((value for value in values if value is not None), None)


def is_frozen(net: Net, key: Key) -> bool:
    """Tells whether an array never trains."""
    return said(net, key, "trainable") is False
