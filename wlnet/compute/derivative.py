"""Derivatives written in operations again: what they give may be differentiated, traced and trained like anything else.

`Watching` runs operations on another namespace and remembers those that depend on what was entered; going back over
them by the rules of `wlnet.compute.pullbacks`, on the same namespace, gives a derivative. Watching a namespace that
watches gives derivatives of higher order.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.compute.operation import OPERATIONS, Record, load_operations


class Watched:
    """An array that depends on what was entered: its value on the namespace below, and its number."""

    __slots__ = ("number", "owner", "value")

    def __init__(self, owner: Watching, value: Any, number: int) -> None:
        self.owner = owner
        self.value = value
        self.number = number

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    @property
    def ndim(self) -> int:
        return self.value.ndim

    @property
    def dtype(self) -> Any:
        return self.value.dtype


def bare(value: Any) -> Any:
    """Gives an array as it is on the namespace below all that watch."""
    while type(value) is Watched:
        value = value.value
    return value


class Watching:
    """The namespace that runs operations on `ops` and remembers what `pull` needs."""

    def __init__(self, ops: Any) -> None:
        load_operations()
        self.ops = ops
        self._count = 0
        self._records: list[Record] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        operation = OPERATIONS.get(name)
        if operation is None:
            raise AttributeError(f"no operation is called {name}")
        run = getattr(self.ops, name)

        def record(*inputs: Any, **settings: Any) -> Any:
            sources = tuple(self.number(value) for value in inputs)
            plain = tuple(self.plain(value) for value in inputs)
            output = run(*plain, **settings)
            if operation.backward is None or all(source is None for source in sources):
                return output
            several = type(output) is tuple
            made = tuple(self.enter(value) for value in (output if several else (output,)))
            results = tuple(item.number for item in made)
            self._records.append(Record(operation, plain, output, settings, sources, results))
            return made if several else made[0]

        setattr(self, name, record)
        return record

    def enter(self, value: Any) -> Watched:
        """Gives an array to differentiate in."""
        self._count += 1
        return Watched(self, value, self._count)

    def number(self, value: Any) -> int | None:
        return value.number if type(value) is Watched and value.owner is self else None

    def plain(self, value: Any) -> Any:
        """Gives an array as it is on the namespace below."""
        return value.value if type(value) is Watched and value.owner is self else value

    def pull(self, y: Watched, gradient: Any, x: Watched, ops: Any = None) -> Any:
        """Gives the gradient in x of the sum of gradient*y, run on `ops` (None: the namespace below); None for zeros."""
        from wlnet.compute.pullbacks import pull_back

        ops = self.ops if ops is None else ops
        found: dict[int, Any] = {y.number: gradient}
        for record in reversed(self._records):
            parts = tuple(found.pop(number, None) if number != x.number else None for number in record.results)
            if all(part is None for part in parts):
                continue
            given = pull_back(ops, record, parts)
            for source, part in zip(record.sources, given, strict=True):
                if source is not None and part is not None:
                    found[source] = ops.add(found[source], part) if source in found else part
        return found.get(x.number)


def jacobian(watch: Watching, y: Any, x: Watched) -> Any:
    """Gives the derivative of y (b, ...o) in x (b, ...s), each example by itself: (b, ...o, ...s), on the namespace
    below. As many passes as there are elements in the smaller of the two.
    """
    outer, inner = y.shape[1:], x.shape[1:]
    shape = (y.shape[0], *outer, *inner)
    rows, columns = math.prod(outer), math.prod(inner)
    if watch.number(y) is None or not rows * columns:
        return np.zeros(shape, y.dtype)
    passes = row_by_row if rows <= columns else column_by_column
    parts = passes(watch, y, x)
    if all(part is None for part in parts):
        return np.zeros(shape, y.dtype)
    if len(parts) == 1:
        return watch.ops.reshape(parts[0], shape=shape)
    axis, like = (1, x) if passes is row_by_row else (y.ndim, y)
    filled = [np.zeros(like.shape, y.dtype) if part is None else part for part in parts]
    return watch.ops.reshape(watch.ops.stack(*filled, axis=axis), shape=shape)


def units(array: Any) -> list[np.ndarray]:
    """Gives for each element of an example the arrays (b, ...s) that are 1 there and 0 elsewhere: views of one example."""
    dimensions = array.shape[1:]
    count = math.prod(dimensions)
    if count == 1:
        return [np.ones(array.shape, array.dtype)]
    rows = np.eye(count, dtype=array.dtype).reshape(count, 1, *dimensions)
    return [np.broadcast_to(row, array.shape) for row in rows]


def row_by_row(watch: Watching, y: Watched, x: Watched) -> list[Any]:
    """Gives the gradient of each element of y."""
    return [watch.pull(y, unit, x) for unit in units(y)]


def column_by_column(watch: Watching, y: Watched, x: Watched) -> list[Any]:
    """Gives the derivative of y in each element of x: the gradient is linear in the weights of y, and its own gradient
    in these weights is the derivative along a direction.
    """
    linear = Watching(watch.ops)
    weights = linear.enter(np.zeros(y.shape, y.dtype))
    gradient = watch.pull(y, weights, x, linear)
    if linear.number(gradient) is None:
        return [None] * len(units(x))
    return [linear.pull(gradient, unit, weights) for unit in units(x)]
