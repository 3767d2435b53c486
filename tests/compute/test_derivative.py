"""Derivatives written in operations: each rule against the operation's own gradient, and derivatives of derivatives."""

from __future__ import annotations

import itertools
from typing import Any

import mpmath
import numpy as np
import pytest
from autograd.test_util import check_grads

from tests.compute.test_operations import ALL, KINKS_EVERYWHERE, like, moving, results, samples
from wlnet.compute import OPERATIONS, Workspace
from wlnet.compute.derivative import Watching, jacobian
from wlnet.compute.numpy_ops import numpy_ops
from wlnet.compute.pullbacks import PULLBACKS
from wlnet.compute.tape import TapeOps

pytestmark = pytest.mark.filterwarnings("ignore:Output seems independent of input")
SLOPED = [name for name in ALL if OPERATIONS[name].backward is not None]


def pulled(ops: Any, name: str, inputs: tuple[Any, ...], settings: Any, place: int, gradient: Any) -> Any:
    """Gives the gradient in the input at a place, by watching the operation run on a namespace."""
    watch = Watching(ops)
    given = list(inputs)
    given[place] = watch.enter(inputs[place])
    output = getattr(watch, name)(*given, **settings)
    total = None
    for y, g in zip(results(output), results(gradient), strict=True):
        part = watch.pull(y, g, given[place])
        total = part if total is None or part is None else ops.add(total, part)
    return np.zeros_like(inputs[place]) if total is None else total


@pytest.mark.parametrize("name", SLOPED)
def test_rules_agree_with_the_gradients_of_operations(name: str) -> None:
    operation = OPERATIONS[name]
    for inputs, settings in samples(name):
        for place in moving(operation, inputs, settings):
            work = Workspace()
            output = operation.forward(work, *inputs, **settings)
            gradient = like(output, np.random.default_rng(3))
            needs = tuple(i == place for i in range(len(inputs)))
            expected = operation.backward(work, needs, gradient, output, *inputs, **settings)[place]
            found = pulled(numpy_ops, name, inputs, settings, place, gradient)
            assert found.shape == inputs[place].shape
            np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", sorted(PULLBACKS.keys() - KINKS_EVERYWHERE))
def test_rules_can_be_differentiated(name: str) -> None:
    operation = OPERATIONS[name]
    for inputs, settings in itertools.islice(samples(name), 2):
        for place in moving(operation, inputs, settings):
            gradient = like(operation(*inputs, **settings), np.random.default_rng(3))

            def function(
                x: Any, inputs: Any = inputs, settings: Any = settings, place: Any = place, g: Any = gradient
            ) -> Any:
                full = (*inputs[:place], x, *inputs[place + 1 :])
                return pulled(TapeOps(), name, full, settings, place, g)

            check_grads(function, modes=["rev"], order=1)(np.array(inputs[place]))


@pytest.mark.parametrize(("rows", "columns"), [(1, 3), (3, 1), (2, 3), (3, 2)])
def test_a_jacobian_is_that_of_finite_differences(rows: int, columns: int) -> None:
    """Row by row and column by column alike."""
    generator = np.random.default_rng(0)
    x, w = generator.normal(size=(4, columns)), generator.normal(size=(rows, columns))

    def function(ops: Any, x: Any) -> Any:
        return ops.sin(ops.linear(ops.square(x), w, None))

    watch = Watching(numpy_ops)
    entered = watch.enter(x)
    found = jacobian(watch, function(watch, entered), entered)
    assert found.shape == (4, rows, columns)
    step = 1e-6
    for column, unit in enumerate(np.eye(columns)):
        slope = (function(numpy_ops, x + step * unit) - function(numpy_ops, x - step * unit)) / (2 * step)
        np.testing.assert_allclose(found[:, :, column], slope, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_derivatives_of_any_order(order: int) -> None:
    """Of an operation with a rule and of one without."""
    x = np.linspace(-0.5, 0.5, 5)

    def nested(ops: Any, x: Any, order: int) -> Any:
        if not order:
            return ops.sinh(ops.gudermannian(x))
        watch = Watching(ops)
        entered = watch.enter(x)
        return jacobian(watch, nested(watch, entered, order - 1), entered)

    expected = [float(mpmath.diff(lambda t: mpmath.sinh(2 * mpmath.atan(mpmath.tanh(t / 2))), t, order)) for t in x]
    np.testing.assert_allclose(nested(numpy_ops, x, order), expected, rtol=1e-6, atol=1e-8)
