"""The namespace that runs operations under autograd's tape: gradients of anything, to any order.

The one module that imports autograd. An operation becomes an autograd primitive whose gradient is its own backward
function; differentiated again, it is run as its plain composition.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

import autograd.numpy
import numpy as np
from autograd.core import make_vjp
from autograd.extend import defvjp_argnums, primitive
from autograd.tracer import isbox

from wlnet.compute.operation import Operation, load_operations
from wlnet.compute.workspace import Workspace


class Primitives:
    """autograd.numpy's functions, and `special` for those of autograd.scipy.special."""

    def __getattr__(self, name: str) -> Any:
        if name == "special":
            found = importlib.import_module("autograd.scipy.special")
        else:
            found = getattr(autograd.numpy, name)
        setattr(self, name, found)
        return found


anp = Primitives()


class TapeOps:
    """`ops.linear(x, w, b)` records the operation; with `composed=True` its plain composition instead."""

    def __init__(self, *, composed: bool = False) -> None:
        self._composed = composed

    def __getattr__(self, name: str) -> Any:
        found = load_operations().get(name)
        if found is None:
            raise AttributeError(f"no operation is called {name}")
        bound = composition(found) if self._composed and found.compose is not None else taped(found)
        setattr(self, name, bound)
        return bound


def composition(operation: Operation) -> Callable[..., Any]:
    """Gives the operation as a function of autograd arrays made of autograd.numpy's own primitives."""

    def composed(*inputs: Any, **settings: Any) -> Any:
        return operation.compose(anp, *inputs, **settings)

    return composed


def taped(operation: Operation) -> Callable[..., Any]:
    """Gives the operation as one primitive of autograd, with its own backward function."""
    works: dict[int, Workspace] = {}

    def run(*inputs: Any, **settings: Any) -> Any:
        work = Workspace()
        output = operation.forward(work, *inputs, **settings)
        works[id(output)] = work
        return output

    run.__name__ = operation.name
    wrapped = primitive(run)

    def vjp(argnums: Sequence[int], output: Any, inputs: Sequence[Any], settings: dict[str, Any]) -> Any:
        value = unbox(output)
        work = works.pop(id(value), None)
        needs = tuple(index in argnums for index in range(len(inputs)))

        def backward(gradient: Any) -> tuple[Any, ...]:
            boxed = [gradient, *inputs]
            if work is None or any(isbox(item) for item in boxed if item is not None):
                return through_composition(operation, argnums, inputs, settings, gradient)
            if operation.backward is None:
                return tuple(np.zeros_like(inputs[index]) for index in argnums)
            given = operation.backward(work, needs, gradient, value, *inputs, **settings)
            return tuple(np.zeros_like(inputs[i]) if given[i] is None else given[i] for i in argnums)

        return backward

    defvjp_argnums(wrapped, vjp)

    def call(*inputs: Any, **settings: Any) -> Any:
        result = wrapped(*inputs, **settings)
        if not isbox(result):
            works.pop(id(result), None)
            return result
        value = unbox(result)
        return tuple(result[i] for i in range(len(value))) if type(value) is tuple else result

    return call


def through_composition(
    operation: Operation, argnums: Sequence[int], inputs: Sequence[Any], settings: dict[str, Any], gradient: Any
) -> tuple[Any, ...]:
    """Gives the gradients through the plain composition, so that they can be differentiated again."""
    if operation.compose is None:
        return tuple(anp.zeros_like(inputs[index]) for index in argnums)

    def weighted(chosen: tuple[Any, ...]) -> Any:
        full = list(inputs)
        for index, value in zip(argnums, chosen, strict=True):
            full[index] = value
        result = operation.compose(anp, *full, **settings)
        if type(result) is not tuple:
            return anp.sum(result * gradient)
        return sum(anp.sum(y * gradient[i]) for i, y in enumerate(result) if gradient[i] is not None)

    # The gradient of the sum weighted by `gradient` is the product wanted, also where the result is a tuple.
    vjp, _ = make_vjp(weighted, tuple(inputs[index] for index in argnums))
    return tuple(vjp(1.0))


def unbox(value: Any) -> Any:
    """Gives the array under any number of autograd's boxes."""
    while isbox(value):
        value = value._value
    return value


def gradients(function: Callable[..., Any], arrays: Sequence[np.ndarray]) -> tuple[Any, list[np.ndarray]]:
    """Gives the value of a scalar function of arrays and its gradient in each, by the tape."""
    vjp, value = make_vjp(lambda given: function(*given), tuple(arrays))
    return unbox(value), [np.asarray(item) for item in vjp(np.ones_like(value))]
