"""Gradients of operations, written in operations: the rules by which derivatives are made that have derivatives.

    @pullback("tanh")
    def tanh(ops, needs, gradient, y, x): ...

A rule gets the namespace, which inputs need a gradient, the gradient of the output, the output and the inputs, and gives
a gradient for each input (None: zeros). An operation without a rule is differentiated by its own backward function, in
the one operation `gradient_of`, whose derivatives come from the plain composition.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.compute.broadcasting import repeated_axes
from wlnet.compute.operation import Record

Rule = Callable[..., tuple[Any, ...]]
PULLBACKS: dict[str, Rule] = {}


def pullback(*names: str) -> Callable[[Rule], Rule]:
    """Declares the rule of these operations (a decorator)."""

    def declare(rule: Rule) -> Rule:
        PULLBACKS.update(dict.fromkeys(names, rule))
        return rule

    return declare


def pull_back(ops: Any, record: Record, gradients: tuple[Any, ...]) -> tuple[Any, ...]:
    """Gives the gradients in the inputs of an operation that was run, for those of its outputs (None: zeros)."""
    needs = tuple(source is not None for source in record.sources)
    several = type(record.output) is tuple
    rule = PULLBACKS.get(record.operation.name)
    if rule is not None:
        gradient = gradients if several else gradients[0]
        return rule(ops, needs, gradient, record.output, *record.inputs, **record.settings)
    given = ops.gradient_of(
        *gradients,
        *record.inputs,
        of=record.operation.name,
        count=len(gradients) if several else None,
        wanted=needs,
        settings=record.settings,
    )
    parts = iter(given if type(given) is tuple else (given,))
    return tuple(next(parts) if need else None for need in needs)


def folded(ops: Any, gradient: Any, x: Any) -> Any:
    """Gives a gradient summed over the axes along which the input x was repeated."""
    if gradient.shape == x.shape:
        return gradient
    total = ops.sum(gradient, axes=repeated_axes(gradient.shape, x.shape), keepdims=True)
    return ops.reshape(total, shape=x.shape)


def spread(ops: Any, gradient: Any, x: Any, axes: tuple[int, ...]) -> Any:
    """Gives the gradient of what was reduced over `axes` of x, repeated along them."""
    gone = {axis % x.ndim for axis in axes}
    kept = ops.reshape(gradient, shape=tuple(1 if i in gone else n for i, n in enumerate(x.shape)))
    return ops.broadcast(kept, shape=x.shape)


def number(value: float, x: Any) -> np.ndarray:
    """Gives a number of the type of x."""
    return np.asarray(value, x.dtype)


# Arithmetic


@pullback("add")
def add(ops: Any, needs: Any, gradient: Any, y: Any, *xs: Any) -> tuple[Any, ...]:
    return tuple(folded(ops, gradient, x) if need else None for x, need in zip(xs, needs, strict=True))


@pullback("subtract")
def subtract(ops: Any, needs: Any, gradient: Any, y: Any, a: Any, b: Any) -> tuple[Any, ...]:
    return (
        folded(ops, gradient, a) if needs[0] else None,
        folded(ops, ops.negative(gradient), b) if needs[1] else None,
    )


@pullback("multiply")
def multiply(ops: Any, needs: Any, gradient: Any, y: Any, *xs: Any) -> tuple[Any, ...]:
    return tuple(
        folded(ops, ops.multiply(gradient, *xs[:i], *xs[i + 1 :]), x) if needs[i] else None for i, x in enumerate(xs)
    )


@pullback("divide")
def divide(ops: Any, needs: Any, gradient: Any, y: Any, a: Any, b: Any) -> tuple[Any, ...]:
    share = ops.divide(gradient, b)
    return (
        folded(ops, share, a) if needs[0] else None,
        folded(ops, ops.negative(ops.multiply(share, y)), b) if needs[1] else None,
    )


@pullback("power")
def power(ops: Any, needs: Any, gradient: Any, y: Any, a: Any, b: Any) -> tuple[Any, ...]:
    one = number(1, y)
    ga = gb = None
    if needs[0]:
        # The exponent 0 has slope 0 at the base 0 as well, where a^(b - 1) is infinite.
        slope = ops.multiply(b, ops.power(a, ops.where(b, ops.subtract(b, one), one)))
        ga = folded(ops, ops.multiply(gradient, slope), a)
    if needs[1]:
        gb = folded(ops, ops.multiply(gradient, y, ops.log(ops.where(a, a, one))), b)
    return ga, gb


@pullback("where")
def where(ops: Any, needs: Any, gradient: Any, y: Any, condition: Any, a: Any, b: Any) -> tuple[Any, ...]:
    zero = number(0, y)
    return (
        None,
        folded(ops, ops.where(condition, gradient, zero), a) if needs[1] else None,
        folded(ops, ops.where(condition, zero, gradient), b) if needs[2] else None,
    )


# Functions of one number: name → slope(ops, x, y)

SLOPES: dict[str, Callable[[Any, Any, Any], Any]] = {
    "tanh": lambda ops, x, y: ops.subtract(number(1, y), ops.square(y)),
    "sigmoid": lambda ops, x, y: ops.multiply(y, ops.subtract(number(1, y), y)),
    "softplus": lambda ops, x, y: ops.sigmoid(x),
    "exp": lambda ops, x, y: y,
    "log": lambda ops, x, y: ops.reciprocal(x),
    "sqrt": lambda ops, x, y: ops.divide(number(0.5, y), y),
    "absolute": lambda ops, x, y: ops.sign(x),
    "negative": lambda ops, x, y: number(-1, y),
    "reciprocal": lambda ops, x, y: ops.negative(ops.square(y)),
    "square": lambda ops, x, y: ops.multiply(x, number(2, x)),
    "sin": lambda ops, x, y: ops.cos(x),
    "cos": lambda ops, x, y: ops.negative(ops.sin(x)),
    "tan": lambda ops, x, y: ops.add(ops.square(y), number(1, y)),
    "sinh": lambda ops, x, y: ops.cosh(x),
    "cosh": lambda ops, x, y: ops.sinh(x),
    "arctan": lambda ops, x, y: ops.reciprocal(ops.add(ops.square(x), number(1, x))),
    "ramp": lambda ops, x, y: ops.greater(x, number(0, x)),
    "erf": lambda ops, x, y: ops.multiply(ops.exp(ops.negative(ops.square(x))), number(2 / np.sqrt(np.pi), x)),
}


def sloped(slope: Callable[[Any, Any, Any], Any]) -> Rule:
    def rule(ops: Any, needs: Any, gradient: Any, y: Any, x: Any) -> tuple[Any, ...]:
        return (ops.multiply(gradient, slope(ops, x, y)),)

    return rule


for name, slope in SLOPES.items():
    pullback(name)(sloped(slope))


# Matrix products


@pullback("linear")
def linear(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, w: Any, b: Any) -> tuple[Any, ...]:
    return (
        ops.dot(gradient, w) if needs[0] else None,
        ops.dot(ops.transpose(gradient, axes=(1, 0)), x) if needs[1] else None,
        ops.sum(gradient, axes=(0,)) if needs[2] else None,
    )


@pullback("dot")
def dot(ops: Any, needs: Any, gradient: Any, y: Any, a: Any, b: Any) -> tuple[Any, ...]:
    size = a.shape[-1]
    order = tuple(range(b.ndim)) if b.ndim == 1 else (b.ndim - 2, *range(b.ndim - 2), b.ndim - 1)
    turned = ops.reshape(ops.transpose(b, axes=order), shape=(size, -1))
    flat = ops.reshape(a, shape=(-1, size))
    rows = ops.reshape(gradient, shape=(flat.shape[0], turned.shape[1]))
    ga = gb = None
    if needs[0]:
        ga = ops.reshape(ops.dot(rows, ops.transpose(turned, axes=(1, 0))), shape=a.shape)
    if needs[1]:
        columns = ops.dot(ops.transpose(flat, axes=(1, 0)), rows)
        shaped = ops.reshape(columns, shape=tuple(b.shape[i] for i in order))
        gb = ops.transpose(shaped, axes=tuple(order.index(i) for i in range(b.ndim)))
    return ga, gb


@pullback("matmul")
def matmul(ops: Any, needs: Any, gradient: Any, y: Any, a: Any, b: Any) -> tuple[Any, ...]:
    def turned(x: Any) -> Any:
        return ops.transpose(x, axes=(*range(x.ndim - 2), x.ndim - 1, x.ndim - 2))

    return (
        folded(ops, ops.matmul(gradient, turned(b)), a) if needs[0] else None,
        folded(ops, ops.matmul(turned(a), gradient), b) if needs[1] else None,
    )


# Structure and reduction


@pullback("reshape")
def reshape(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, shape: Any) -> tuple[Any, ...]:
    return (ops.reshape(gradient, shape=x.shape),)


@pullback("transpose")
def transpose(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, axes: tuple[int, ...]) -> tuple[Any, ...]:
    return (ops.transpose(gradient, axes=tuple(axes.index(i) for i in range(len(axes)))),)


@pullback("broadcast")
def broadcast(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, shape: Any) -> tuple[Any, ...]:
    return (folded(ops, gradient, x),)


@pullback("reverse")
def reverse(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, axis: int) -> tuple[Any, ...]:
    return (ops.reverse(gradient, axis=axis),)


def along(axis: int, index: Any, ndim: int) -> tuple[Any, ...]:
    """Gives the index of a part along one axis."""
    return (*(slice(None),) * (axis % ndim), index)


@pullback("concatenate")
def concatenate(ops: Any, needs: Any, gradient: Any, y: Any, *xs: Any, axis: int) -> tuple[Any, ...]:
    given, start = [], 0
    for x, need in zip(xs, needs, strict=True):
        stop = start + x.shape[axis]
        given.append(ops.part(gradient, index=along(axis, slice(start, stop), y.ndim)) if need else None)
        start = stop
    return tuple(given)


@pullback("stack")
def stack(ops: Any, needs: Any, gradient: Any, y: Any, *xs: Any, axis: int) -> tuple[Any, ...]:
    return tuple(ops.part(gradient, index=along(axis, i, y.ndim)) if need else None for i, need in enumerate(needs))


@pullback("part")
def part(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, index: Any) -> tuple[Any, ...]:
    return (ops.place(gradient, shape=x.shape, index=index),)


@pullback("place")
def place(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, shape: Any, index: Any) -> tuple[Any, ...]:
    return (ops.part(gradient, index=index),)


@pullback("sum")
def total(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, axes: Any, keepdims: bool = False) -> tuple[Any, ...]:
    return (spread(ops, gradient, x, axes),)


@pullback("mean")
def mean(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, axes: Any, keepdims: bool = False) -> tuple[Any, ...]:
    count = int(np.prod([x.shape[axis] for axis in axes]))
    return (spread(ops, ops.multiply(gradient, number(1 / count, x)), x, axes),)


@pullback("softmax")
def softmax(ops: Any, needs: Any, gradient: Any, y: Any, x: Any, *, axis: int) -> tuple[Any, ...]:
    weighted = ops.multiply(gradient, y)
    total = ops.sum(weighted, axes=(axis,), keepdims=True)
    return (ops.subtract(weighted, ops.multiply(y, total)),)
