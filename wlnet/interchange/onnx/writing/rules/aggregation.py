"""Reductions, order, normalization."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.interchange.onnx.writing.declare import Rule, says
from wlnet.interchange.onnx.writing.graph import REAL, WHOLE, Graph, Value
from wlnet.interchange.onnx.writing.numbers import Numbers
from wlnet.interchange.onnx.writing.sizes import Open, Unsayable


def reduction(function: str) -> Rule:
    def rule(g: Graph, x: Value, out: Any, axes: Sequence[int], keepdims: bool = False) -> Value:
        return g.reduce(function, x, axes, keepdims)

    return rule


for _operation, _function in {"sum": "Sum", "mean": "Mean", "max": "Max", "min": "Min", "product": "Prod"}.items():
    says(_operation)(reduction(_function))


def number(g: Graph, x: Value, axes: Sequence[int]) -> Value:
    """Gives the number of elements along axes, as a real."""
    total = g.value(g.size(x.dims[axes[0]]), REAL)
    for axis in axes[1:]:
        total = total * g.value(g.size(x.dims[axis]), REAL)
    return total


@says("variance")
def variance(g: Graph, x: Value, out: Any, axes: Sequence[int], keepdims: bool = False, correction: int = 0) -> Value:
    away = x - g.reduce("Mean", x, axes, keep=True)
    away.shape = x.dims
    if not correction:
        return mean_square(g, away, axes, keepdims)
    squares = away * away
    squares.shape = x.dims
    total = g.reduce("Sum", squares, axes, keepdims)
    return total / (number(g, x, axes) - correction)


def mean_square(g: Graph, x: Value, axes: Sequence[int], keep: bool) -> Value:
    squares = x * x
    squares.shape = x.dims
    return g.reduce("Mean", squares, axes, keep)


@says("standard_deviation")
def standard_deviation(g: Graph, x: Value, out: Any, **settings: Any) -> Value:
    return g.node("Sqrt", variance(g, x, out, **settings))


@says("ordering")
def ordering(g: Graph, x: Value, out: Any) -> Value:
    _, places = in_order(g, x)
    return g.value(places + 1, REAL)


def in_order(g: Graph, x: Value) -> tuple[Value, Value]:
    """Gives the elements sorted along the last axis, the smallest first, and their places."""
    values, places = g.node_of("TopK", (x, g.size(x.dims[-1])), 2, attributes={"largest": 0})
    places.kind = WHOLE
    return values, places


@says("quantile")
def quantile(g: Graph, x: Value, out: Any, axes: Sequence[int], p: float) -> Value:
    axes = [axis % x.ndim for axis in axes]
    others = [axis for axis in range(x.ndim) if axis not in axes]
    x = g.transpose(x, [*others, *axes])
    sizes = x.dims[len(others) :]
    if any(isinstance(size, Open) for size in sizes):
        raise Unsayable("it sorts a sequence whose length varies")
    count = math.prod(sizes)  # type: ignore[arg-type]
    values, _ = in_order(g, g.reshape(x, (*x.dims[: len(others)], count)))
    at = min(max(count * p - 0.5, 0.0), count - 1.0)
    low, share = math.floor(at), at - math.floor(at)
    places = (g.constant(place, WHOLE) for place in (low, min(low + 1, count - 1)))
    below, above = (g.node("Gather", values, place, axis=-1) for place in places)
    return below if not share else below * (1 - share) + above * share


@says("batch_normalization_test")
def batch_normalization(g: Graph, x: Value, *arrays: Value, out: Any, epsilon: float, axis: int) -> Value:
    axis %= x.ndim
    order = (0, axis, *(i for i in range(1, x.ndim) if i != axis))
    made = g.node("BatchNormalization", g.transpose(x, order), *arrays, epsilon=float(epsilon))
    return g.transpose(made, [order.index(i) for i in range(x.ndim)])


@says("standardize")
def standardize(
    g: Graph, x: Value, out: Any, axes: Sequence[int], epsilon: float, center: bool, correction: int
) -> Value:
    axes = sorted(axis % x.ndim for axis in axes)
    sizes = [x.dims[axis] for axis in axes]
    if center and not correction and axes == list(range(axes[0], x.ndim)) and all(type(size) is int for size in sizes):
        ones = g.constant(np.ones(sizes))
        return g.node("LayerNormalization", x, ones, axis=axes[0], epsilon=float(epsilon))
    away = x - g.reduce("Mean", x, axes, keep=True) if center else x
    away.shape = x.dims
    spread = mean_square(g, away, axes, keep=True)
    if correction:
        count = number(g, x, axes)
        spread = spread * (count / Numbers(g).maximum(count - correction, 1.0))
    return away / g.node("Sqrt", spread + epsilon)
