"""Functions of elements, and products."""

from __future__ import annotations

import math
from typing import Any

from wlnet.interchange.onnx.writing.declare import Rule, says
from wlnet.interchange.onnx.writing.graph import WHOLE, Graph, Value
from wlnet.interchange.onnx.writing.numbers import Numbers


def alike(operator: str, *names: str) -> Rule:
    """Gives the rule of an operation for which there is one operator; its settings have the operator's names for them."""

    def rule(g: Graph, *inputs: Value, out: Any, **settings: Any) -> Value:
        return g.node(operator, *inputs, **{name: settings[name] for name in names})

    return rule


for _operation, _rule in {
    "log_softmax": alike("LogSoftmax", "axis"),
    "matmul": alike("MatMul"),
    "parametric_ramp": alike("PRelu"),
    "ramp": alike("Relu"),
    "sigmoid": alike("Sigmoid"),
    "softmax": alike("Softmax", "axis"),
    "softplus": alike("Softplus"),
}.items():
    says(_operation)(_rule)


@says("swish")
def swish(g: Graph, x: Value, out: Any) -> Value:
    return x * g.node("Sigmoid", x)


@says("clip")
def clip(g: Graph, x: Value, out: Any, low: float, high: float) -> Value:
    return g.node("Clip", x, g.constant(low), g.constant(high))


@says("exponential_unit")
def exponential_unit(g: Graph, x: Value, out: Any, scale: float, slope: float) -> Value:
    if scale == 1:
        return g.node("Elu", x, alpha=float(slope))
    return g.node("Selu", x, gamma=float(scale), alpha=float(slope / scale))


@says("where")
def where(g: Graph, condition: Value, a: Value, b: Value, out: Any) -> Value:
    return g.where(condition, a, b)


@says("arctan2")
def arctan2(g: Graph, a: Value, b: Value, out: Any) -> Value:
    numbers = Numbers(g)
    angle = numbers.arctan(a / b)
    half_turn = g.where(numbers.less(a, 0.0), -math.pi, math.pi)
    upright = numbers.sign(a) * (math.pi / 2)
    turned = g.where(numbers.less(b, 0.0), angle + half_turn, angle)
    return g.where(numbers.equal(b, 0.0), upright, turned)


@says("surd")
def surd(g: Graph, a: Value, b: Value, out: Any) -> Value:
    numbers = Numbers(g)
    sign = numbers.sign(a)
    return numbers.abs(a) ** (1 / b) * g.where(numbers.equal(b % 2, 1.0), sign, numbers.sqrt(sign))


@says("linear")
def linear(g: Graph, x: Value, w: Value, b: Value | None, out: Any) -> Value:
    return g.node("Gemm", x, w, b, transB=1)


@says("dot")
def dot(g: Graph, a: Value, b: Value, out: Any) -> Value:
    if b.ndim <= 2:
        return g.node("MatMul", a, b)
    turned = g.transpose(b, (b.ndim - 2, *range(b.ndim - 2), b.ndim - 1))
    rows = g.node("Reshape", turned, g.constant([0, -1], WHOLE))
    return g.reshape(g.node("MatMul", a, rows), out[0])
