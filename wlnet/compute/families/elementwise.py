"""Elementwise functions of one array that have a derivative, one row of a table each."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from wlnet.compute.blocks import in_blocks, row_of
from wlnet.compute.operation import Samples, operation
from wlnet.compute.special import error_function
from wlnet.compute.workspace import Workspace

Slope = Callable[[np.ndarray, np.ndarray, np.ndarray], Any]


class Unary(NamedTuple):
    """A function of one number: `run(x, out)`, and its derivative as `slope(x, y, out)`.

    A slope gives an array of its own, a number, `y`, or what it wrote into `out`. Without `compose` the function of
    autograd.numpy has the name of `run`. Samples lie between `low` and `high`.
    """

    name: str
    run: Callable[[np.ndarray, np.ndarray], np.ndarray]
    slope: Slope
    compose: Callable[..., Any] | None = None
    low: float = -2.0
    high: float = 2.0


def declare(row: Unary) -> None:
    """Declares the operation of one row."""
    run, slope = row.run, row.slope

    def forward(work: Workspace, x: np.ndarray) -> np.ndarray:
        return in_blocks(run, x, work.like("y", x))

    forward.__doc__ = f"Gives the function {row.name} of each element: x (...s); gives (...s)."
    compose = row.compose
    if compose is None:
        label = run.__name__

        def compose(anp: Any, x: Any) -> Any:
            return getattr(anp, label)(x)

    made = operation(compose=compose, sample=uniform_samples(row.low, row.high), name=row.name)(forward)

    @made.gradient
    def backward(
        work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: np.ndarray
    ) -> tuple[Any, ...]:
        return (in_blocks(sloped, x, y, gradient, work.like("gx", x)),)

    def sloped(x: np.ndarray, y: np.ndarray, gradient: np.ndarray, out: np.ndarray) -> None:
        np.multiply(slope(x, y, out), gradient, out)


def uniform_samples(low: float, high: float, /, **settings: Any) -> Callable[..., Samples]:
    """Gives samples of one array with uniform elements."""

    def sample(generator: np.random.Generator) -> Samples:
        for shape in ((3,), (2, 3), (2, 1, 2)):
            yield (generator.uniform(low, high, shape),), settings

    return sample


def special(name: str) -> Callable[..., Any]:
    """Gives SciPy's special function of this name, imported at its first call."""

    def run(x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        return getattr(importlib.import_module("scipy.special"), name)(x, out)

    run.__name__ = name
    return run


def inverted(function: Callable[..., np.ndarray]) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Gives the function x → function(1 / x)."""
    return lambda x, out: function(np.divide(1.0, x, out), out)


def reciprocal_of(function: Callable[..., np.ndarray]) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Gives the function x → 1 / function(x)."""
    return lambda x, out: np.divide(1.0, function(x, out), out)


def run_sigmoid(x: np.ndarray, out: np.ndarray) -> np.ndarray:
    # tanh would be shorter, but gives 0 where the sigmoid is small; the bound keeps exp finite.
    largest = 88.0 if out.dtype.itemsize == 4 else 709.0
    np.exp(np.minimum(np.negative(x, out), row_of(largest, out.dtype, *out.shape[-1:]), out=out), out)
    # Dividing takes half the time of NumPy's reciprocal.
    return np.divide(1.0, np.add(out, 1.0, out), out)


def run_softplus(x: np.ndarray, out: np.ndarray) -> np.ndarray:
    np.log1p(np.exp(np.negative(np.absolute(x, out), out), out), out)
    return np.add(out, np.maximum(x, row_of(0.0, out.dtype, *out.shape[-1:])), out)


def compose_sigmoid(anp: Any, x: Any) -> Any:
    return 1 / (1 + anp.exp(-x))


ROOT_PI = math.sqrt(math.pi)
digamma = special("psi")

ROWS = (
    Unary("tanh", np.tanh, lambda x, y, out: np.subtract(1.0, np.multiply(y, y, out), out)),
    Unary("sigmoid", run_sigmoid, lambda x, y, out: np.multiply(np.subtract(1.0, y, out), y, out), compose_sigmoid),
    Unary("exp", np.exp, lambda x, y, out: y),
    Unary("log", np.log, lambda x, y, out: np.divide(1.0, x, out), low=0.3),
    Unary("sqrt", np.sqrt, lambda x, y, out: np.divide(0.5, y, out), low=0.3),
    Unary(
        "cube_root",
        np.cbrt,
        lambda x, y, out: np.divide(1.0, np.multiply(np.multiply(y, y, out), 3.0, out), out),
        lambda anp, x: anp.sign(x) * anp.abs(x) ** (1 / 3),
    ),
    Unary("absolute", np.absolute, lambda x, y, out: np.sign(x, out), lambda anp, x: anp.abs(x)),
    Unary("negative", np.negative, lambda x, y, out: -1.0),
    Unary(
        "reciprocal",
        np.reciprocal,
        lambda x, y, out: np.negative(np.multiply(y, y, out), out),
        lambda anp, x: 1 / x,
        0.3,
    ),
    Unary("square", np.square, lambda x, y, out: np.multiply(x, 2.0, out)),
    Unary("sin", np.sin, lambda x, y, out: np.cos(x, out)),
    Unary("cos", np.cos, lambda x, y, out: np.negative(np.sin(x, out), out)),
    Unary("tan", np.tan, lambda x, y, out: np.add(np.multiply(y, y, out), 1.0, out), low=-1.2, high=1.2),
    Unary("cot", reciprocal_of(np.tan), lambda x, y, out: -1 - y * y, lambda anp, x: 1 / anp.tan(x), 0.3),
    Unary("sec", reciprocal_of(np.cos), lambda x, y, out: y * np.tan(x, out), lambda anp, x: 1 / anp.cos(x), -1.2, 1.2),
    Unary("csc", reciprocal_of(np.sin), lambda x, y, out: -y / np.tan(x, out), lambda anp, x: 1 / anp.sin(x), 0.3),
    Unary("sinh", np.sinh, lambda x, y, out: np.cosh(x, out)),
    Unary("cosh", np.cosh, lambda x, y, out: np.sinh(x, out)),
    Unary("coth", reciprocal_of(np.tanh), lambda x, y, out: 1 - y * y, lambda anp, x: 1 / anp.tanh(x), 0.3),
    Unary("sech", reciprocal_of(np.cosh), lambda x, y, out: -y * np.tanh(x, out), lambda anp, x: 1 / anp.cosh(x)),
    Unary("csch", reciprocal_of(np.sinh), lambda x, y, out: -y / np.tanh(x, out), lambda anp, x: 1 / anp.sinh(x), 0.3),
    Unary("arcsin", np.arcsin, lambda x, y, out: 1 / np.sqrt(1 - x * x), low=-0.9, high=0.9),
    Unary("arccos", np.arccos, lambda x, y, out: -1 / np.sqrt(1 - x * x), low=-0.9, high=0.9),
    Unary("arctan", np.arctan, lambda x, y, out: 1 / (1 + x * x)),
    Unary("arccot", inverted(np.arctan), lambda x, y, out: -1 / (1 + x * x), lambda anp, x: anp.arctan(1 / x), 0.3),
    Unary(
        "arcsec",
        inverted(np.arccos),
        lambda x, y, out: 1 / (np.abs(x) * np.sqrt(x * x - 1)),
        lambda anp, x: anp.arccos(1 / x),
        1.2,
    ),
    Unary(
        "arccsc",
        inverted(np.arcsin),
        lambda x, y, out: -1 / (np.abs(x) * np.sqrt(x * x - 1)),
        lambda anp, x: anp.arcsin(1 / x),
        1.2,
    ),
    Unary("arcsinh", np.arcsinh, lambda x, y, out: 1 / np.sqrt(1 + x * x)),
    Unary("arccosh", np.arccosh, lambda x, y, out: 1 / np.sqrt(x * x - 1), low=1.2, high=3.0),
    Unary("arctanh", np.arctanh, lambda x, y, out: 1 / (1 - x * x), low=-0.8, high=0.8),
    Unary(
        "arccoth", inverted(np.arctanh), lambda x, y, out: 1 / (1 - x * x), lambda anp, x: anp.arctanh(1 / x), 1.2, 3.0
    ),
    Unary(
        "arcsech",
        inverted(np.arccosh),
        lambda x, y, out: -1 / (x * np.sqrt(1 - x * x)),
        lambda anp, x: anp.arccosh(1 / x),
        0.2,
        0.8,
    ),
    Unary(
        "arccsch",
        inverted(np.arcsinh),
        lambda x, y, out: -1 / (np.abs(x) * np.sqrt(1 + x * x)),
        lambda anp, x: anp.arcsinh(1 / x),
        0.3,
    ),
    Unary("erf", error_function, lambda x, y, out: 2 / ROOT_PI * np.exp(-x * x), lambda anp, x: anp.special.erf(x)),
    Unary("erfc", special("erfc"), lambda x, y, out: -2 / ROOT_PI * np.exp(-x * x), lambda anp, x: anp.special.erfc(x)),
    Unary(
        "inverse_erf",
        special("erfinv"),
        lambda x, y, out: ROOT_PI / 2 * np.exp(y * y),
        lambda anp, x: anp.special.erfinv(x),
        -0.8,
        0.8,
    ),
    Unary(
        "inverse_erfc",
        special("erfcinv"),
        lambda x, y, out: -ROOT_PI / 2 * np.exp(y * y),
        lambda anp, x: anp.special.erfcinv(x),
        0.3,
        1.7,
    ),
    Unary("gamma", special("gamma"), lambda x, y, out: y * digamma(x), lambda anp, x: anp.special.gamma(x), 0.5, 4.0),
    Unary(
        "log_gamma", special("gammaln"), lambda x, y, out: digamma(x), lambda anp, x: anp.special.gammaln(x), 0.5, 4.0
    ),
    Unary(
        "haversine",
        lambda x, out: np.square(np.sin(np.multiply(x, 0.5, out), out), out),
        lambda x, y, out: 0.5 * np.sin(x, out),
        lambda anp, x: (1 - anp.cos(x)) / 2,
    ),
    Unary(
        "inverse_haversine",
        lambda x, out: np.multiply(np.arcsin(np.sqrt(x, out), out), 2.0, out),
        lambda x, y, out: 1 / np.sqrt(x * (1 - x)),
        lambda anp, x: 2 * anp.arcsin(anp.sqrt(x)),
        0.2,
        0.8,
    ),
    Unary(
        "gudermannian",
        lambda x, out: np.multiply(np.arctan(np.tanh(np.multiply(x, 0.5, out), out), out), 2.0, out),
        lambda x, y, out: 1 / np.cosh(x, out),
        lambda anp, x: 2 * anp.arctan(anp.tanh(x / 2)),
    ),
    Unary(
        "inverse_gudermannian",
        lambda x, out: np.multiply(np.arctanh(np.tan(np.multiply(x, 0.5, out), out), out), 2.0, out),
        lambda x, y, out: 1 / np.cos(x, out),
        lambda anp, x: 2 * anp.arctanh(anp.tan(x / 2)),
        -1.2,
        1.2,
    ),
    Unary(
        "softplus",
        run_softplus,
        lambda x, y, out: run_sigmoid(x, out),
        lambda anp, x: anp.logaddexp(x, 0.0),
    ),
)

for declared in ROWS:
    declare(declared)
