"""Operations: a NumPy forward function with its gradient beside it, in one table.

@operation(compose=lambda ops, x, w, b: ops.dot(x, ops.transpose(w)) + b)
def linear(work, x, w, b):
    ...
    return y

@linear.gradient
def linear_gradient(work, needs, gradient, y, x, w, b):
    ...
    return gx, gw, gb
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from wlnet.compute.workspace import Workspace

OPERATIONS: dict[str, Operation] = {}

Samples = Iterator[tuple[tuple[Any, ...], dict[str, Any]]]
"""What `sample` gives: inputs and settings."""


class Operation:
    """One operation.

    forward(work, *inputs, **settings): inputs are arrays (or None where optional); settings are static. Gives an array
    or a tuple of arrays of the inputs' floating type. It may keep data for the gradient in `work.saved`. It never
    changes its inputs; what it gives may be a view of an input or live in `work`.

    backward(work, needs, gradient, output, *inputs, **settings): `gradient` and `output` have the structure of the
    output (an element of a tuple gradient may be None: no one used it); `needs` says for each input whether its
    gradient is wanted. Gives one array (or None) for each input, of that input's shape and type. It may give
    `gradient` itself or a view of it, and never changes it.

    add_gradient(target, gradient, **settings): for an operation of one input whose gradient is zero outside of a part of it;
    adds the gradient to `target`, which has the input's shape. Optional, and only used instead of `backward` where there
    is something to add to: many parts of one array would otherwise each cost as much as the whole.

    compose(anp, *inputs, **settings): the same function as a plain composition of autograd.numpy (passed as `anp`,
    with `anp.special` for autograd's copy of SciPy's special functions): the law that forward and backward are checked
    against, and what derivatives of higher order use. Operations without a backward side (rounding, comparisons) have
    gradient zero everywhere, and so has an input whose gradient is None though it is wanted.

    is_sequential: that it is done in many small steps, of which several threads would wait for each other.

    sample(generator): gives `(inputs, settings)` pairs to check the operation on, float64.
    """

    __slots__ = ("add_gradient", "backward", "compose", "forward", "is_sequential", "name", "sample")

    def __init__(
        self, name: str, forward: Callable[..., Any], compose: Any, sample: Any, is_sequential: bool = False
    ) -> None:
        self.name = name
        self.forward = forward
        self.backward: Callable[..., tuple[Any, ...]] | None = None
        self.add_gradient: Callable[..., None] | None = None
        self.compose = compose
        self.sample = sample
        self.is_sequential = is_sequential

    def __call__(self, *inputs: Any, **settings: Any) -> Any:
        """Runs the forward function on arrays, in memory of its own."""
        return self.forward(Workspace(), *inputs, **settings)

    def gradient(self, backward: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
        """Declares the backward function (a decorator)."""
        self.backward = backward
        return backward

    def adds_gradient(self, add: Callable[..., None]) -> Callable[..., None]:
        """Declares the function that adds the gradient to an array (a decorator)."""
        self.add_gradient = add
        return add

    def __repr__(self) -> str:
        return f"<operation {self.name}>"


class Record(NamedTuple):
    """One operation that was run: its inputs, output and settings on the namespace below; `sources` are the numbers of
    the inputs (None: does not depend on what was entered), `results` those of the outputs.
    """

    operation: Operation
    inputs: tuple[Any, ...]
    output: Any
    settings: dict[str, Any]
    sources: tuple[int | None, ...]
    results: tuple[int, ...]


def operation(
    *,
    compose: Callable[..., Any] | None,
    sample: Callable[..., Any] | None = None,
    name: str | None = None,
    is_sequential: bool = False,
) -> Callable[[Callable[..., Any]], Operation]:
    """Declares an operation under the name of its function (a decorator)."""

    def declare(forward: Callable[..., Any]) -> Operation:
        label = name or forward.__name__
        if label in OPERATIONS:
            raise ValueError(f"operation {label} is declared twice")
        made = OPERATIONS[label] = Operation(label, forward, compose, sample, is_sequential)
        return made

    return declare


def load_operations() -> dict[str, Operation]:
    """Imports every module of this package that may declare operations, and gives the table."""
    package = importlib.import_module("wlnet.compute.families")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    return OPERATIONS
