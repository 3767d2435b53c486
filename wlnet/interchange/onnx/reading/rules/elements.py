"""Operators that are functions of each element."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from wlnet.interchange.onnx.reading.flows import BATCH, Flow, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node, function, number, reads, shifted, slot
from wlnet.terms import S, Term, expression, list_of, to_list

#: The type of truth values in TensorProto.
BOOL = 9


def each(node: Node, term: Term, place: int = 0) -> Flow:
    """Gives a function of each element, whatever the order of the axes."""
    flow = shifted(node, node.raw(place))
    made = node.layer("ElementwiseLayer", term, flows=[replace(flow, axes=(BATCH, *range(flow.rank)))])
    return replace(made, axes=flow.axes)


#: Operator → the function of an ElementwiseLayer.
FUNCTIONS: dict[str, Term] = {
    "Abs": S.Abs, "Acos": S.ArcCos, "Acosh": S.ArcCosh, "Asin": S.ArcSin, "Asinh": S.ArcSinh, "Atan": S.ArcTan,
    "Atanh": S.ArcTanh, "Ceil": S.Ceiling, "Cos": S.Cos, "Cosh": S.Cosh, "Erf": S.Erf, "Exp": S.Exp, "Floor": S.Floor,
    "HardSwish": "HardSwish", "Log": S.Log, "Mish": "Mish", "Neg": function(expression("Times", -1, slot())),
    "Not": function(expression("Boole", expression("PossibleZeroQ", slot()))),
    "Reciprocal": function(expression("Power", slot(), -1)), "Relu": S.Ramp, "Round": S.Round,
    "Sigmoid": S.LogisticSigmoid, "Sign": S.Sign, "Sin": S.Sin, "Sinh": S.Sinh, "Softplus": "SoftPlus",
    "Softsign": "SoftSign", "Sqrt": S.Sqrt, "Tan": S.Tan, "Tanh": S.Tanh,
}  # fmt: skip
for _operator, _term in FUNCTIONS.items():
    reads(_operator)(partial(each, term=_term))


@reads("Gelu")
def gelu(node: Node) -> Flow:
    if node.attribute("approximate", "none") != "none":
        raise Unreadable
    return each(node, "GELU")


@reads("Elu")
def elu(node: Node) -> Flow:
    alpha = number(node.attribute("alpha", 1.0))
    below = expression("Times", alpha, expression("Plus", expression("Exp", slot()), -1))
    return each(
        node, "ELU" if alpha == 1 else function(expression("If", expression("Greater", slot(), 0), slot(), below))
    )


@reads("Selu")
def selu(node: Node) -> Flow:
    alpha, gamma = node.attribute("alpha", 1.6732632), node.attribute("gamma", 1.0507010)
    if abs(alpha - 1.6732632) < 1e-5 and abs(gamma - 1.050701) < 1e-5:
        return each(node, "SELU")
    below = expression("Times", number(alpha), expression("Plus", expression("Exp", slot()), -1))
    branches = expression("If", expression("Greater", slot(), 0), slot(), below)
    return each(node, function(expression("Times", number(gamma), branches)))


@reads("LeakyRelu")
def leaky_ramp(node: Node) -> Flow:
    below = expression("Times", number(node.attribute("alpha", 0.01)), expression("Min", slot(), 0))
    return each(node, function(expression("Plus", expression("Max", slot(), 0), below)))


@reads("HardSigmoid")
def hard_sigmoid(node: Node) -> Flow:
    line = expression(
        "Plus", expression("Times", number(node.attribute("alpha", 0.2)), slot()), number(node.attribute("beta", 0.5))
    )
    return each(node, function(expression("Clip", line, list_of(0, 1))))


@reads("Clip")
def clip(node: Node) -> Flow:
    ends = []
    for place, name in ((1, "min"), (2, "max")):
        found = node.stored(place)
        ends.append(node.attribute(name, np.inf if place == 2 else -np.inf) if found is None else float(found.value))
    return each(node, function(expression("Clip", slot(), list_of(*map(number, ends)))))


@reads("Cast")
def cast(node: Node) -> Flow:
    whole = node.reader.file.whole
    if node.attribute("to") == BOOL:
        return each(node, function(expression("Boole", expression("Unequal", slot(), 0))))
    if node.facts.outputs[0] in whole and node.facts.inputs[0] not in whole:
        return each(node, S.IntegerPart)
    return node.raw(0)


@reads("Identity", "Dropout")
def identity(node: Node) -> Flow:
    return node.raw(0)


@reads("PRelu")
def parametric_ramp(node: Node) -> Flow:
    flow, slope = node.flow(0), node.array(1)
    shape = (1,) * (flow.rank - slope.value.ndim) + slope.value.shape
    levels = [level for level, size in enumerate(shape, 1) if size != 1]
    made = slope.shaped(*(size for size in shape if size != 1))
    return node.layer("ParametricRampLayer", to_list(levels), flows=[flow], arrays={"Slope": made})
