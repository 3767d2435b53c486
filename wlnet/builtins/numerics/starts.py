"""Where searches begin: {x, x0}, {x, x0, x1}, {x, x0, min, max}, and lists of these; declares nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wlnet.builtins.numbers.numerical import is_array, machine, machine_array
from wlnet.builtins.numerics.formulas import listed
from wlnet.kernel import Kernel, Message
from wlnet.terms import Symbol, Term, elements, is_list, pack

BAD_START = "`1` does not say where to begin; {x, x0}, {x, x0, x1} or {x, x0, min, max} with numbers is expected."


class Start(NamedTuple):
    """A variable with its first value (a number or an array), a second one, and its range."""

    name: Symbol
    first: np.ndarray
    second: float | None = None
    low: float = -np.inf
    high: float = np.inf


def start(kernel: Kernel, spec: Term, usual: float | None) -> Start:
    """Gives what one specification says; raises Message. usual: the first value of `x` alone, None where there is none."""
    parts = elements(spec) if is_list(spec) else (spec,)
    if not parts or type(parts[0]) is not Symbol or len(parts) > 4 or (len(parts) == 1 and usual is None):
        raise Message("fdss", spec, text=BAD_START)
    given = [kernel.evaluate(part) for part in parts[1:]]
    if len(given) == 1 and is_array(given[0]):
        found = machine_array(kernel, given[0])
        if found is None or not np.isfinite(found).all():
            raise Message("fdss", spec, text=BAD_START)
        return Start(parts[0], found)
    numbers: list[Any] = [machine(kernel, part) for part in given] or [usual]
    if not all(number is not None and np.isfinite(number) for number in numbers):
        raise Message("fdss", spec, text=BAD_START)
    first = np.asarray(numbers[0])
    if len(numbers) < 3:
        return Start(parts[0], first, *numbers[1:])
    low, high = numbers[1:]
    if any(isinstance(number, complex) for number in numbers) or not low <= numbers[0] <= high:
        raise Message("fdss", spec, text=BAD_START)
    return Start(parts[0], first, None, low, high)


def starts(kernel: Kernel, specs: Sequence[Term], usual: float | None = None) -> list[Start]:
    """Gives what the specifications after a function say, one by one or in one list; raises Message."""
    specs = [listed(kernel, spec) for spec in specs]
    if len(specs) == 1 and is_list(specs[0]):
        parts = elements(specs[0])
        if parts and (is_list(parts[0]) or (usual is not None and all(type(part) is Symbol for part in parts))):
            specs = parts
    found = [start(kernel, spec, usual) for spec in specs]
    if not found or len({each.name for each in found}) < len(found):
        raise Message("fdss", *specs, text=BAD_START)
    return found


class Layout:
    """The way between the values of the variables, numbers and arrays, and one vector of all numbers."""

    def __init__(self, first: Sequence[Start]) -> None:
        self.shapes = [each.first.shape for each in first]
        self.vector = np.concatenate([np.ravel(each.first) for each in first])
        if self.vector.dtype.kind != "c":
            self.vector = self.vector.astype(np.float64)

    def values(self, vector: np.ndarray) -> list[Term]:
        """Gives the values of the variables."""
        made, place = [], 0
        for shape in self.shapes:
            size = int(np.prod(shape))
            made.append(pack(np.array(vector[place : place + size]).reshape(shape)))
            place += size
        return made
