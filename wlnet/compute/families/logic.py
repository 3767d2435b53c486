"""Rounding, comparisons, logic and choice. Truth is 1 or 0, of the type of the numbers compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.compute.broadcasting import blank, fold
from wlnet.compute.families.arithmetic import broadcast_samples
from wlnet.compute.families.elementwise import uniform_samples
from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace


def declare_step(name: str, meaning: str, run: Callable[..., Any], compose: Callable[..., Any]) -> None:
    """Declares a piecewise constant function `run(x, out)` of each element."""

    def forward(work: Workspace, x: np.ndarray) -> np.ndarray:
        return run(x, work.like("y", x))

    forward.__doc__ = f"Gives {meaning} of each element: x (...s); gives (...s). Its slope is 0."
    operation(compose=compose, sample=uniform_samples(-2, 2), name=name)(forward)


def declare_test(name: str, run: np.ufunc) -> None:
    """Declares a test `run(a, b, out)` of two numbers."""

    def forward(work: Workspace, a: Any, b: Any) -> np.ndarray:
        return run(a, b, blank(work, (a, b)))

    forward.__doc__ = f"Gives 1 where the test {name} holds, else 0: a, b broadcastable to (...s); gives (...s)."
    label = run.__name__
    operation(compose=lambda anp, a, b: getattr(anp, label)(a, b) * 1.0, sample=broadcast_samples(-2, 2), name=name)(
        forward
    )


for step in (
    ("sign", "the sign", np.sign, lambda anp, x: anp.sign(x)),
    ("round", "the nearest integer (halves to the even one)", np.rint, lambda anp, x: anp.rint(x)),
    ("floor", "the largest integer below", np.floor, lambda anp, x: anp.floor(x)),
    ("ceiling", "the smallest integer above", np.ceil, lambda anp, x: anp.ceil(x)),
    ("integer_part", "the part before the decimal point", np.trunc, lambda anp, x: anp.trunc(x)),
    ("unitize", "1, or 0 for 0,", lambda x, y: np.not_equal(x, 0.0, y), lambda anp, x: anp.not_equal(x, 0) * 1.0),
    (
        "kronecker_delta",
        "0, or 1 for 0,",
        lambda x, y: np.equal(x, 0.0, y),
        lambda anp, x: anp.equal(x, 0) * 1.0,
    ),
    ("logical_not", "1 for 0, else 0,", np.logical_not, lambda anp, x: anp.logical_not(x) * 1.0),
):
    declare_step(*step)

for test in (
    ("greater", np.greater),
    ("greater_equal", np.greater_equal),
    ("less", np.less),
    ("less_equal", np.less_equal),
    ("equal", np.equal),
    ("unequal", np.not_equal),
    ("logical_and", np.logical_and),
    ("logical_or", np.logical_or),
):
    declare_test(*test)


@operation(compose=lambda anp, x: x - anp.trunc(x), sample=uniform_samples(-2, 2))
def fractional_part(work: Workspace, x: np.ndarray) -> np.ndarray:
    """Gives the part of each element after the decimal point, with its sign: x (...s); gives (...s)."""
    y = work.like("y", x)
    return np.subtract(x, np.trunc(x, y), y)


@fractional_part.gradient
def fractional_part_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: np.ndarray
) -> tuple[Any, ...]:
    return (gradient,)


def where_samples(generator: np.random.Generator) -> Samples:
    for a, b in (((2, 3), (2, 3)), ((3,), (2, 1)), ((1, 3), ())):
        condition = (generator.uniform(size=(2, 3)) > 0.5) * 1.0
        yield (condition, generator.normal(size=a), np.asarray(generator.normal(size=b))), {}


def compose_where(anp: Any, condition: Any, a: Any, b: Any) -> Any:
    """Broadcasts before choosing: autograd's choice does not sum gradients back."""
    zeros = np.zeros(np.broadcast_shapes(np.shape(condition), np.shape(a), np.shape(b)))
    return anp.where(condition, a + zeros, b + zeros)


@operation(compose=compose_where, sample=where_samples)
def where(work: Workspace, condition: np.ndarray, a: Any, b: Any) -> np.ndarray:
    """Gives a where the condition is not 0, else b: all broadcastable to (...s); gives (...s)."""
    return np.where(condition, a, b)


@where.gradient
def where_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, condition: Any, a: Any, b: Any
) -> tuple[Any, ...]:
    ga = gb = None
    holds = np.not_equal(condition, 0)
    if needs[1]:
        ga = fold(work, "ga", np.multiply(gradient, holds, work.like("da", gradient)), a.shape)
    if needs[2]:
        gb = fold(work, "gb", np.multiply(gradient, ~holds, work.like("db", gradient)), b.shape)
    return None, ga, gb
