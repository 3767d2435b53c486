"""Laws over all operations: their gradients, types, memory, and compositions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from autograd.test_util import check_grads

from wlnet.compute import OPERATIONS, Operation, Workspace, load_operations
from wlnet.compute.tape import TapeOps, unbox

load_operations()
OPS, COMPOSED = TapeOps(), TapeOps(composed=True)
LAWLESS = {"random_mask", "random_numbers", "reverse_gradient", "run_function"}
"""Operations that give something else each time, or what they are given to give."""
ALL = sorted(OPERATIONS.keys() - LAWLESS)
DIFFERENTIABLE = [name for name in ALL if OPERATIONS[name].backward is not None]
KINKS_EVERYWHERE = {"mod", "surd"}
"""Operations whose composition autograd cannot differentiate twice in every input."""


def samples(name: str) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Gives the samples of an operation, their arrays read-only: a change of an input is an exception."""
    for inputs, settings in OPERATIONS[name].sample(np.random.default_rng(1)):
        yield tuple(read_only(x) for x in inputs), settings


def read_only(x: Any) -> Any:
    if x is not None:
        x = np.array(x)
        x.setflags(write=False)
    return x


def single(x: Any) -> Any:
    """Gives floating arrays in float32."""
    return read_only(x.astype(np.float32)) if x is not None and x.dtype == np.float64 else x


def results(output: Any) -> list[np.ndarray]:
    return list(output) if type(output) is tuple else [output]


def like(output: Any, generator: np.random.Generator) -> Any:
    """Gives random gradients for an output."""
    made = tuple(read_only(generator.normal(size=y.shape).astype(y.dtype)) for y in results(output))
    return made if type(output) is tuple else made[0]


def moving(operation: Operation, inputs: tuple[Any, ...], settings: dict[str, Any]) -> list[int]:
    """Gives the inputs that have a gradient."""
    work = Workspace()
    output = operation.forward(work, *inputs, **settings)
    needs = tuple(x is not None and x.dtype.kind == "f" for x in inputs)
    given = operation.backward(work, needs, like(output, np.random.default_rng(2)), output, *inputs, **settings)
    return [i for i, g in enumerate(given) if needs[i] and g is not None]


def scalar(ops: Any, name: str, inputs: tuple[Any, ...], settings: dict[str, Any], places: list[int]) -> Any:
    """Gives the operation as a function of the inputs at these places, all its results together."""

    def function(*chosen: Any) -> Any:
        full = list(inputs)
        for place, x in zip(places, chosen, strict=True):
            full[place] = x
        output = getattr(ops, name)(*full, **settings)
        if type(unbox(output)) is not tuple:
            return output
        return sum(weighted(output[i]) for i in range(len(output)))

    return function


def weighted(y: Any) -> Any:
    return OPS.sum(y * np.arange(1.0, 1.0 + y.size).reshape(y.shape), axes=tuple(range(y.ndim)))


@pytest.mark.parametrize("name", ALL)
def test_documented_and_sampled(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.forward.__doc__
    assert operation.forward.__doc__.startswith("Gives ")
    assert operation.compose is not None
    assert list(samples(name))


@pytest.mark.parametrize("name", ALL)
def test_forward_is_composition(name: str) -> None:
    for inputs, settings in samples(name):
        expected = getattr(COMPOSED, name)(*inputs, **settings)
        given = OPERATIONS[name](*inputs, **settings)
        for a, b in zip(results(given), results(expected), strict=True):
            assert a.shape == np.shape(b)
            np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_gradients(name: str) -> None:
    for inputs, settings in samples(name):
        places = moving(OPERATIONS[name], inputs, settings)
        check_grads(scalar(OPS, name, inputs, settings, places), modes=["rev"], order=1)(
            *(np.array(inputs[i]) for i in places)
        )


@pytest.mark.parametrize("name", [name for name in DIFFERENTIABLE if name not in KINKS_EVERYWHERE])
def test_gradients_of_gradients(name: str) -> None:
    for inputs, settings in itertools.islice(samples(name), 2):
        places = moving(OPERATIONS[name], inputs, settings)
        check_grads(scalar(OPS, name, inputs, settings, places), modes=["rev"], order=2)(
            *(np.array(inputs[i]) for i in places)
        )


@pytest.mark.parametrize("name", [name for name in DIFFERENTIABLE if OPERATIONS[name].add_gradient is not None])
def test_adding_a_gradient_is_the_gradient(name: str) -> None:
    operation = OPERATIONS[name]
    for (x,), settings in samples(name):
        work, target = Workspace(), np.ones_like(x)
        y = operation.forward(work, x, **settings)
        gradient = like(y, np.random.default_rng(3))
        operation.add_gradient(target, gradient, **settings)
        (expected,) = operation.backward(work, (True,), gradient, y, x, **settings)
        assert np.allclose(target, expected + 1, rtol=1e-12)


@pytest.mark.parametrize("name", DIFFERENTIABLE)
def test_needs_are_met(name: str) -> None:
    """Gradients asked for one by one are those asked for together, and have their input's shape."""
    operation = OPERATIONS[name]
    for inputs, settings in samples(name):
        places = moving(operation, inputs, settings)

        def run(
            needs: tuple[bool, ...], inputs: tuple[Any, ...] = inputs, settings: dict[str, Any] = settings
        ) -> tuple[Any, ...]:
            work = Workspace()
            output = operation.forward(work, *inputs, **settings)
            gradient = like(output, np.random.default_rng(3))
            given = operation.backward(work, needs, gradient, output, *inputs, **settings)
            assert len(given) == len(inputs)
            return given

        together = run(tuple(i in places for i in range(len(inputs))))
        for place in places:
            alone = run(tuple(i == place for i in range(len(inputs))))
            assert alone[place].shape == inputs[place].shape
            np.testing.assert_allclose(alone[place], together[place], rtol=1e-12)


@pytest.mark.parametrize("name", ALL)
def test_single_precision_stays(name: str) -> None:
    operation = OPERATIONS[name]
    for inputs, settings in samples(name):
        inputs = tuple(single(x) for x in inputs)
        if "dtype" in settings:
            settings = {**settings, "dtype": "float32"}
        work = Workspace()
        output = operation.forward(work, *inputs, **settings)
        assert {y.dtype for y in results(output)} == {np.dtype("float32")}
        if operation.backward is not None:
            needs = tuple(x is not None and x.dtype.kind == "f" for x in inputs)
            gradient = like(output, np.random.default_rng(4))
            given = operation.backward(work, needs, gradient, output, *inputs, **settings)
            assert {g.dtype for g in given if g is not None} == {np.dtype("float32")}


@pytest.mark.parametrize("name", ALL)
def test_replay_is_fresh(name: str) -> None:
    """A workspace used before, with other inputs, gives what a new one gives."""
    operation = OPERATIONS[name]
    for inputs, settings in samples(name):
        others = tuple(read_only(x[::-1]) if x is not None and x.ndim and x.dtype.kind == "f" else x for x in inputs)
        used = Workspace()
        both(operation, used, others, settings)
        for a, b in zip(
            both(operation, used, inputs, settings), both(operation, Workspace(), inputs, settings), strict=True
        ):
            np.testing.assert_array_equal(a, b)


def both(operation: Operation, work: Workspace, inputs: tuple[Any, ...], settings: dict[str, Any]) -> list[np.ndarray]:
    """Gives copies of the outputs and gradients."""
    output = operation.forward(work, *inputs, **settings)
    copies = [np.array(y) for y in results(output)]
    if operation.backward is None:
        return copies
    needs = tuple(x is not None and x.dtype.kind == "f" for x in inputs)
    given = operation.backward(work, needs, like(output, np.random.default_rng(5)), output, *inputs, **settings)
    return copies + [np.array(g) for g in given if g is not None]
