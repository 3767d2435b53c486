"""Elementwise functions of several arrays, broadcast: sums, products, powers, maxima."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from wlnet.compute.broadcasting import blank, fold
from wlnet.compute.operation import Samples, operation
from wlnet.compute.workspace import Workspace


def broadcast_samples(low: float, high: float, counts: tuple[int, ...] = (2,)) -> Callable[..., Samples]:
    """Gives samples of uniform numbers for each count of inputs, with every kind of broadcasting."""
    shapes = ((2, 3), (3,), (2, 1), (4, 2, 3), ())

    def sample(generator: np.random.Generator) -> Samples:
        for count in counts:
            for first in range(len(shapes)):
                chosen = [shapes[(first + i) % len(shapes)] for i in range(count)]
                yield tuple(np.asarray(generator.uniform(low, high, shape)) for shape in chosen), {}
        yield tuple(generator.uniform(low, high, (3, 2)) for _ in range(2)), {}

    return sample


def accumulate(work: Workspace, function: np.ufunc, xs: tuple[Any, ...]) -> np.ndarray:
    """Gives function(function(x1, x2), x3) … ."""
    if len(xs) == 1:
        return xs[0]
    y = blank(work, xs)
    function(xs[0], xs[1], out=y)
    for x in xs[2:]:
        function(y, x, out=y)
    return y


@operation(compose=lambda anp, *xs: reduce(anp.add, xs), sample=broadcast_samples(-2, 2, (2, 3)), name="add")
def add(work: Workspace, *xs: Any) -> np.ndarray:
    """Gives the sum of arrays or numbers: xs each broadcastable to (...s); gives (...s)."""
    return accumulate(work, np.add, xs)


@add.gradient
def add_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, *xs: Any
) -> tuple[Any, ...]:
    return tuple(
        fold(work, f"g{i}", gradient, x.shape) if need else None
        for i, (x, need) in enumerate(zip(xs, needs, strict=True))
    )


@operation(compose=lambda anp, *xs: reduce(anp.multiply, xs), sample=broadcast_samples(-2, 2, (2, 3)))
def multiply(work: Workspace, *xs: Any) -> np.ndarray:
    """Gives the product of arrays or numbers: xs each broadcastable to (...s); gives (...s)."""
    return accumulate(work, np.multiply, xs)


@multiply.gradient
def multiply_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, *xs: Any
) -> tuple[Any, ...]:
    given: list[Any] = [None] * len(xs)
    for i, need in enumerate(needs):
        if need:
            part = gradient
            out = work.like(f"d{i}", gradient)
            for j, x in enumerate(xs):
                if j != i:
                    part = np.multiply(part, x, out)
            given[i] = fold(work, f"g{i}", part, xs[i].shape)
    return tuple(given)


def extreme_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, *xs: Any
) -> tuple[Any, ...]:
    """Gives the gradient of a maximum or minimum: inputs that are equal share it evenly."""
    hits = [np.equal(x, y, work.like(f"hit{i}", y)) for i, x in enumerate(xs)]
    count = work.like("count", y)
    reduce(lambda a, b: np.add(a, b, count), hits)
    share = np.divide(gradient, count, count)
    return tuple(
        fold(work, f"g{i}", np.multiply(hits[i], share, hits[i]), xs[i].shape) if need else None
        for i, need in enumerate(needs)
    )


@operation(compose=lambda anp, *xs: reduce(anp.maximum, xs), sample=broadcast_samples(-2, 2, (2, 3)))
def maximum(work: Workspace, *xs: Any) -> np.ndarray:
    """Gives the largest of arrays or numbers: xs each broadcastable to (...s); gives (...s)."""
    return accumulate(work, np.maximum, xs)


@operation(compose=lambda anp, *xs: reduce(anp.minimum, xs), sample=broadcast_samples(-2, 2, (2, 3)))
def minimum(work: Workspace, *xs: Any) -> np.ndarray:
    """Gives the smallest of arrays or numbers: xs each broadcastable to (...s); gives (...s)."""
    return accumulate(work, np.minimum, xs)


maximum.gradient(extreme_gradient)
minimum.gradient(extreme_gradient)

Run = Callable[[Any, Any, np.ndarray], np.ndarray]
Pull = Callable[[np.ndarray, Any, Any, np.ndarray, np.ndarray], np.ndarray]


class Binary(NamedTuple):
    """A function of two arrays: `run(a, b, out)`, and the gradient of each as `pull(gradient, a, b, y, out)`."""

    name: str
    meaning: str
    run: Run
    pull_a: Pull
    pull_b: Pull
    compose: Callable[..., Any]
    low: float = -2.0
    high: float = 2.0


def declare(row: Binary) -> None:
    """Declares the operation of one row."""
    run, pulls = row.run, (row.pull_a, row.pull_b)

    def forward(work: Workspace, a: Any, b: Any) -> np.ndarray:
        return run(a, b, blank(work, (a, b)))

    forward.__doc__ = f"Gives {row.meaning}: a, b arrays or numbers broadcastable to (...s); gives (...s)."
    made = operation(compose=row.compose, sample=broadcast_samples(row.low, row.high), name=row.name)(forward)

    @made.gradient
    def backward(
        work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, a: Any, b: Any
    ) -> tuple[Any, ...]:
        ga = gb = None
        if needs[0]:
            ga = fold(work, "ga", pulls[0](gradient, a, b, y, work.like("da", gradient)), a.shape)
        if needs[1]:
            gb = fold(work, "gb", pulls[1](gradient, a, b, y, work.like("db", gradient)), b.shape)
        return ga, gb


def nonzero(x: Any) -> Any:
    """Gives x with ones in place of zeros."""
    return np.where(np.equal(x, 0), np.ones_like(x), x)


def power_base_gradient(g: np.ndarray, a: Any, b: Any, y: np.ndarray, out: np.ndarray) -> np.ndarray:
    # The exponent 0 has slope 0 at the base 0 as well, where a^(b - 1) is infinite.
    slope = np.multiply(b, np.power(a, np.where(np.equal(b, 0), np.ones_like(b), np.subtract(b, 1))))
    return np.multiply(g, slope, out)


def run_surd(a: Any, b: Any, out: np.ndarray) -> np.ndarray:
    np.power(np.absolute(a), np.divide(1.0, b), out)
    odd = np.equal(np.mod(b, 2), 1)
    # A number below 0 has no real root of even order: the square root of -1 is NaN.
    sign = np.where(odd, np.sign(a), np.sqrt(np.sign(a)))
    return np.multiply(out, sign, out, casting="same_kind")


def compose_surd(anp: Any, a: Any, b: Any) -> Any:
    sign = anp.where(b % 2 == 1, anp.sign(a), anp.sqrt(anp.sign(a)))
    return sign * anp.abs(a) ** (1 / b)


for declared in (
    Binary(
        "subtract",
        "a - b",
        np.subtract,
        lambda g, a, b, y, out: g,
        lambda g, a, b, y, out: np.negative(g, out),
        lambda anp, a, b: anp.subtract(a, b),
    ),
    Binary(
        "divide",
        "a / b",
        np.divide,
        lambda g, a, b, y, out: np.divide(g, b, out),
        lambda g, a, b, y, out: np.negative(np.divide(np.multiply(g, y, out), b, out), out),
        lambda anp, a, b: anp.divide(a, b),
        0.5,
    ),
    Binary(
        "power",
        "a to the power of b",
        np.power,
        power_base_gradient,
        lambda g, a, b, y, out: np.multiply(np.multiply(g, y, out), np.log(nonzero(a)), out),
        lambda anp, a, b: anp.power(a, b),
        0.5,
    ),
    Binary(
        "mod",
        "the remainder of a / b, with the sign of b",
        np.mod,
        lambda g, a, b, y, out: g,
        lambda g, a, b, y, out: np.multiply(g, np.negative(np.floor(np.divide(a, b, out), out), out), out),
        lambda anp, a, b: anp.mod(a, b),
        0.3,
    ),
    Binary(
        "arctan2",
        "the angle of the point with abscissa b and ordinate a",
        np.arctan2,
        lambda g, a, b, y, out: np.multiply(g, np.divide(b, np.square(a) + np.square(b)), out),
        lambda g, a, b, y, out: np.multiply(g, np.divide(np.negative(a), np.square(a) + np.square(b)), out),
        lambda anp, a, b: anp.arctan2(a, b),
    ),
    Binary(
        "surd",
        "the real root of a of order b (below 0 of odd order alone, else NaN)",
        run_surd,
        lambda g, a, b, y, out: np.divide(np.multiply(g, y, out), np.multiply(a, b), out),
        lambda g, a, b, y, out: np.multiply(
            np.multiply(g, y, out), np.divide(np.negative(np.log(nonzero(np.absolute(a)))), np.square(b)), out
        ),
        compose_surd,
        0.5,
    ),
):
    declare(declared)
