"""Activation functions that keep something for their gradient: ramp, gated units, clipping."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.compute.blocks import in_blocks, in_parts, row_of
from wlnet.compute.broadcasting import fold
from wlnet.compute.families.elementwise import run_sigmoid, uniform_samples
from wlnet.compute.operation import Samples, operation
from wlnet.compute.special import error_function
from wlnet.compute.workspace import Workspace


@operation(compose=lambda anp, x: anp.where(x > 0, x, 0.0), sample=uniform_samples(-2, 2))
def ramp(work: Workspace, x: np.ndarray) -> np.ndarray:
    """Gives the larger of each element and 0: x (...s); gives (...s). Its slope at 0 is 0."""
    return np.maximum(x, zeros(work, x), out=work.like("y", x))


def zeros(work: Workspace, x: np.ndarray) -> np.ndarray:
    """Gives zeros to compare x with, those of one example: with the number 0, maximum takes three times as long."""
    return work.once("zeros", lambda: np.zeros_like(x[:1] if x.ndim else x))


@ramp.gradient
def ramp_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: np.ndarray
) -> tuple[Any, ...]:
    # Multiplying by a boolean array is ten times faster than copying where it holds.
    out = work.like("gx", x)
    mask = work.once("mask", lambda: np.empty_like(x, bool))
    return (np.multiply(np.greater(x, 0.0, mask), gradient, out),)


def run_normal(x: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Gives the probability that a standard normal number is below x."""
    error_function(np.multiply(x, math.sqrt(0.5), out), out)
    return np.multiply(np.add(out, 1.0, out), 0.5, out)


def normal_density(x: np.ndarray, gate: np.ndarray, out: np.ndarray) -> np.ndarray:
    np.exp(np.multiply(np.multiply(x, x, out), -0.5, out), out)
    return np.multiply(out, 1 / math.sqrt(2 * math.pi), out)


def sigmoid_slope(x: np.ndarray, gate: np.ndarray, out: np.ndarray) -> np.ndarray:
    return np.multiply(np.subtract(1.0, gate, out), gate, out)


def declare_gated(
    name: str, gate: Callable[..., np.ndarray], slope: Callable[..., np.ndarray], compose: Callable[..., Any]
) -> None:
    """Declares x → x gate(x), of slope gate(x) + x gate'(x)."""

    def forward(work: Workspace, x: np.ndarray) -> np.ndarray:
        return in_blocks(gated, x, work.like("gate", x), work.like("y", x))

    def gated(x: np.ndarray, opened: np.ndarray, out: np.ndarray) -> None:
        np.multiply(x, gate(x, opened), out)

    forward.__doc__ = f"Gives the activation function {name} of each element: x (...s); gives (...s)."
    made = operation(compose=compose, sample=uniform_samples(-2, 2), name=name)(forward)

    @made.gradient
    def backward(
        work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: np.ndarray
    ) -> tuple[Any, ...]:
        return (in_blocks(sloped, x, work.like("gate", x), gradient, work.like("gx", x)),)

    def sloped(x: np.ndarray, opened: np.ndarray, gradient: np.ndarray, out: np.ndarray) -> None:
        np.multiply(slope(x, opened, out), x, out)
        np.multiply(np.add(out, opened, out), gradient, out)


declare_gated(
    "gelu",
    run_normal,
    normal_density,
    lambda anp, x: 0.5 * x * (1 + anp.special.erf(x * math.sqrt(0.5))),
)
declare_gated("swish", run_sigmoid, sigmoid_slope, lambda anp, x: x / (1 + anp.exp(-x)))


def compose_exponential_unit(anp: Any, x: Any, *, scale: float, slope: float) -> Any:
    return anp.where(x > 0, scale * x, slope * (anp.exp(anp.minimum(x, 0.0)) - 1))


def exponential_unit_samples(generator: np.random.Generator) -> Samples:
    for scale, slope in ((1.5, 0.7), (1.0, 1.0)):
        yield from uniform_samples(-2, 2, scale=scale, slope=slope)(generator)


@operation(compose=compose_exponential_unit, sample=exponential_unit_samples)
def exponential_unit(work: Workspace, x: np.ndarray, *, scale: float, slope: float) -> np.ndarray:
    """Gives scale*x for positive elements, slope*(exp(x) - 1) for the others: x (...s); gives (...s)."""

    def run(x: np.ndarray, low: np.ndarray, y: np.ndarray) -> None:
        nothing = row_of(0.0, y.dtype, *y.shape[-1:])
        # The exponential never sees a positive number, which could overflow.
        np.exp(np.minimum(x, nothing, out=low), low)
        if scale == slope == 1:
            # exp(x) - 1 is larger than x where x is negative.
            np.maximum(np.subtract(low, 1.0, y), x, out=y)
            return
        np.multiply(low, slope, low)
        np.multiply(np.maximum(x, nothing, out=y), scale, y)
        np.subtract(np.add(y, low, y), slope, y)

    return in_blocks(run, x, work.like("low", x), work.like("y", x))


@exponential_unit.gradient
def exponential_unit_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: np.ndarray,
    x: np.ndarray,
    *,
    scale: float,
    slope: float,
) -> tuple[Any, ...]:
    # `low` is slope*exp(x), and for positive elements slope.
    low, out = work.like("low", x), work.like("gx", x)
    if scale == slope:
        return (np.multiply(low, gradient, out),)

    def run(x: np.ndarray, low: np.ndarray, gradient: np.ndarray, out: np.ndarray) -> None:
        np.multiply(np.greater(x, 0.0), scale - slope, out)
        np.multiply(np.add(out, low, out), gradient, out)

    return (in_blocks(run, x, low, gradient, out),)


def parametric_samples(generator: np.random.Generator) -> Samples:
    for x, slope in (((3, 2), (2,)), ((3, 2, 4), (2, 1)), ((2, 2, 3), (1, 1)), ((2, 3), ())):
        yield (generator.uniform(-2, 2, x), np.asarray(generator.normal(size=slope))), {}


@operation(compose=lambda anp, x, slope: anp.where(x > 0, x, x * slope), sample=parametric_samples)
def parametric_ramp(work: Workspace, x: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Gives x where it is positive, else x*slope: x (b, ...s), slope broadcastable to (...s); gives (b, ...s)."""
    y = work.like("y", x)
    if np.max(slope) <= 1:
        return np.maximum(np.multiply(x, slope, y), x, out=y)
    nothing, low = zeros(work, x), work.like("low", x)
    np.multiply(np.minimum(x, nothing, out=low), slope, low)
    return np.add(np.maximum(x, nothing, out=y), low, y)


@parametric_ramp.gradient
def parametric_ramp_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: np.ndarray, slope: np.ndarray
) -> tuple[Any, ...]:
    low, out = work.like("low", x), work.like("gx", x)
    gx = gs = None
    if needs[1]:
        np.minimum(x, zeros(work, x), out=low)
        gs = fold(work, "slope", np.multiply(low, gradient, low), slope.shape)
    if needs[0]:

        def run(x: np.ndarray, gradient: np.ndarray, out: np.ndarray) -> None:
            np.multiply(np.greater(x, 0.0), 1 - slope, out)
            np.multiply(np.add(out, slope, out), gradient, out)

        gx = in_parts(run, x, gradient, out)
    return gx, gs


@operation(
    compose=lambda anp, x, *, low, high: anp.minimum(anp.maximum(x, low), high),
    sample=uniform_samples(-2, 2, low=-1.0, high=0.5),
)
def clip(work: Workspace, x: np.ndarray, *, low: float, high: float) -> np.ndarray:
    """Gives each element brought between low and high: x (...s); gives (...s). The slope at the ends is 1."""
    y = work.like("y", x)
    return np.minimum(np.maximum(x, low, out=y), high, out=y)


@clip.gradient
def clip_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: np.ndarray,
    x: np.ndarray,
    *,
    low: float,
    high: float,
) -> tuple[Any, ...]:
    mask = np.equal(x, y, work.once("mask", lambda: np.empty_like(x, bool)))
    return (np.multiply(mask, gradient, work.like("gx", x)),)


@operation(
    compose=lambda anp, x, *, level: anp.where(anp.abs(x) > level, x, 0.0),
    sample=uniform_samples(-2, 2, level=0.7),
)
def threshold(work: Workspace, x: np.ndarray, *, level: float) -> np.ndarray:
    """Gives each element, or 0 where its absolute value is at most `level`: x (...s); gives (...s)."""
    y = work.like("y", x)
    mask = np.greater(np.absolute(x, y), level, work.once("mask", lambda: np.empty_like(x, bool)))
    return np.multiply(mask, x, y)


@threshold.gradient
def threshold_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: np.ndarray, *, level: float
) -> tuple[Any, ...]:
    mask = work.once("mask", lambda: np.empty_like(x, bool))
    return (np.multiply(mask, gradient, work.like("gx", x)),)
