"""Operators that join corresponding elements, and products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.interchange.onnx.reading.flows import BATCH, ONE, Flow, Hidden, Planned, Stored, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node, fronted, function, number, plain, put_back, reads, shifted, slot
from wlnet.terms import S, Symbol, Term, elements, expression

#: Operator → the head that joins its inputs.
HEADS: dict[str, Symbol] = {
    "Add": S.Plus, "And": S.And, "Div": S.Divide, "Equal": S.Equal, "Greater": S.Greater,
    "GreaterOrEqual": S.GreaterEqual, "Less": S.Less, "LessOrEqual": S.LessEqual, "Max": S.Max, "Min": S.Min,
    "Mod": S.Mod, "Mul": S.Times, "Or": S.Or, "Pow": S.Power, "Sub": S.Subtract, "Sum": S.Plus,
}  # fmt: skip

#: (layer, operator) → the array of the layer that does what the operator does after it.
AFTER = {
    ("LinearLayer", "Add"): "Biases",
    ("ConvolutionLayer", "Add"): "Biases",
    ("NormalizationLayer", "Mul"): "Scaling",
    ("NormalizationLayer", "Add"): "Biases",
}


def joined(node: Node) -> Flow:
    """Gives a function of the corresponding elements of flows and constants."""
    head = HEADS[node.facts.operator]
    # Whole numbers are divided without a rest, and a remainder may have the other sign.
    if (node.facts.operator == "Div" and node.facts.outputs[0] in node.reader.file.whole) or node.attribute("fmod", 0):
        raise Unreadable
    return taken_off(node) or within(node) or threaded(node, lambda terms: expression(head.name, *terms), head)


for _operator in HEADS:
    reads(_operator)(joined)


@reads("Where")
def where(node: Node) -> Flow:
    return threaded(node, lambda terms: expression("If", expression("Unequal", terms[0], 0), *terms[1:]))


def taken_off(node: Node) -> Flow | None:
    """Gives whole numbers less a number, which a layer that counts from one may not need taken off."""
    sign = {"Sub": 1, "Add": -1}.get(node.facts.operator)
    flow, by = node.inputs[0], node.inputs[-1]
    if sign is None or type(flow) is not Flow or type(by) is not Stored or by.value.size != 1:
        return None
    if node.facts.inputs[0] not in node.reader.file.whole:
        return None
    return replace(flow, less=flow.less + sign * int(by.value.reshape(-1)[0]))


def within(node: Node) -> Flow | None:
    """Gives what comes from the layer before where that can take the constant as an array of its own."""
    flows = [item for item in node.inputs if type(item) is Flow]
    constants = [item for item in node.inputs if type(item) is Stored]
    if len(flows) != 1 or len(constants) != 1 or flows[0].end.child is None:
        return None
    flow, constant = flows[0], constants[0]
    is_vector = constant.value.size == (constant.value.shape or (1,))[-1]
    along_last = is_vector and flow.axes[-1:] == (flow.rank - 1,) and in_order(flow)
    if not flow.is_plain and not along_last:
        return None
    plan = node.reader.layers[flow.end.child or ""]
    name = AFTER.get((plan.kind, node.facts.operator), "")
    value = constant.value
    if name not in plan.arrays or plan.arrays[name] is not None or (name == "Scaling" and plan.arrays["Biases"]):
        return None
    names = [item for facts in node.reader.file.nodes for item in facts.inputs] + node.reader.file.outputs
    if names.count(node.facts.inputs[node.inputs.index(flow)]) > 1:
        return None
    shape = shape_within(node, plan, flow, value)
    if not shape:
        return None
    plan.arrays = {**plan.arrays, name: constant.shaped(*shape)}
    return flow


def in_order(flow: Flow) -> bool:
    """Tells whether a flow has the axes of the net in their order, and the batch anywhere among them."""
    return [axis for axis in flow.axes if axis != BATCH] == list(range(flow.rank)) and not flow.less


def shape_within(node: Node, plan: Planned, flow: Flow, value: np.ndarray) -> tuple[int, ...]:
    """Gives the dimensions of an array of a layer that these numbers can be, () for none."""
    if plan.kind == "NormalizationLayer":
        levels = len(elements(plan.arguments[0])) if plan.arguments else 0
        shape = value.shape[-levels:] if 0 < levels <= value.ndim <= flow.rank else ()
        return shape if shape == node.out[-levels:] and value.size == np.prod(shape) else ()
    weights = plan.arrays["Weights"]
    count = len(weights.value) if weights else 0
    after = flow.rank - 1 if plan.kind == "ConvolutionLayer" else 0
    return (count,) if value.size == count and value.shape[-1 - after :] == (count, *(1,) * after) else ()


def threaded(node: Node, body: Callable[[list[Term]], Term], head: Symbol | None = None) -> Flow:
    """Gives a function of flows and constants: numbers become part of the function, arrays become layers."""
    inputs = [item.stored if type(item) is Hidden else item for item in node.inputs]
    flows = aligned([shifted(node, item) for item in inputs if type(item) is Flow])
    alike = {(flow.axes, flow.maps) for flow in flows}
    axes, at = flows[0].axes, 0
    if len(alike) > 1 or any(type(item) is Stored and item.value.size > 1 for item in inputs):
        at = place_of_batch(flows, inputs)
        flows = [replace(flow, axes=(BATCH, *(axis for axis in flow.axes if axis != BATCH))) for flow in flows]
        flows = [plain(node, flow) for flow in flows]
        axes = (BATCH, *range(max(flow.rank for flow in flows)))
    maps = {flow.maps for flow in flows}
    if len(maps) > 1 or len({flow.rank for flow in flows}) > 1:
        raise Unreadable
    depth = flows[0].rank + flows[0].maps
    left = iter(flows)
    terms, sources = [], []
    for item in inputs:
        if type(item) is Stored and item.value.size == 1:
            terms.append(number(item.value.reshape(-1)[0]))
            continue
        if type(item) is Stored:
            sources.append(standing(node, item, flows[0].rank, depth))
        elif type(item) is Flow:
            sources.append(replace(next(left), axes=(BATCH, *range(depth)), maps=0))
        else:
            raise Unreadable
        terms.append(slot(len(sources)))
    if len(sources) == 1:
        made = node.layer("ElementwiseLayer", function(body(terms)), flows=sources)
    else:
        term = head if head is not None and len(terms) == len(sources) else function(body(terms))
        made = node.layer("ThreadingLayer", term, flows=sources)
    if all(BATCH not in item.axes for item in inputs if type(item) is Flow):
        axes = tuple(axis for axis in axes if axis != BATCH)
    made = replace(made, axes=axes, maps=flows[0].maps, joined=flows[0].joined, ahead=flows[0].ahead)
    return put_back(made, at) if at else made


def place_of_batch(flows: Sequence[Flow], inputs: Sequence[Any]) -> int:
    """Gives where all flows have the batch; raises Unreadable where an array would differ from example to example."""
    places = {flow.axes.index(BATCH) for flow in flows}
    rank = {len(flow.axes) for flow in flows}
    if places == {0}:
        return 0
    if len(places) > 1 or len(rank) > 1:
        raise Unreadable
    at = places.pop()
    behind = max(rank) - at
    if any(type(item) is Stored and item.value.ndim >= behind for item in inputs):
        raise Unreadable
    return at


def aligned(flows: list[Flow]) -> list[Flow]:
    """Gives flows with a batch and as many axes each, where one of them has a batch or they differ."""
    if len({flow.axes for flow in flows}) < 2 or all(BATCH in flow.axes for flow in flows):
        return flows
    rank = max(len(flow.axes) - (BATCH in flow.axes) for flow in flows)
    return [
        flow if BATCH in flow.axes else replace(flow, axes=(BATCH, *(ONE,) * (rank - len(flow.axes)), *flow.axes))
        for flow in flows
    ]


def standing(node: Node, stored: Stored, rank: int, depth: int) -> Flow:
    """Gives an array as a flow that meets one of this rank, of which `depth` dimensions are in the net."""
    value = stored.value
    if value.ndim > rank:
        if value.shape[: value.ndim - rank] != (1,) * (value.ndim - rank):
            raise Unreadable
        value = value.reshape(value.shape[value.ndim - rank :])
    shape = (*(1,) * (depth - value.ndim), *value.shape)
    return node.layer("NetArrayLayer", flows=[], rank=depth, arrays={"Array": stored.shaped(*shape)})


@reads("Gemm")
def gemm(node: Node) -> Flow:
    flow, weights, biases = node.flow(0), node.array(1), node.stored(2)
    if flow.rank != 1 or node.attribute("transA", 0):
        raise Unreadable
    alpha, beta = node.attribute("alpha", 1.0), node.attribute("beta", 1.0)
    weights = weights if alpha == 1 else Stored(weights.value * alpha)
    weights = weights if node.attribute("transB", 0) else weights.turned()
    size = len(weights.value)
    if biases is not None:
        biases = biases if beta == 1 else Stored(biases.value * beta)
        biases = biases.shaped(size) if biases.value.size == size else Stored(np.full(size, biases.value.item()))
    return node.layer("LinearLayer", size, flows=[flow], arrays={"Weights": weights, "Biases": biases})


@reads("MatMul")
def matmul(node: Node) -> Flow:
    first, second = (node.inputs[place] for place in (0, 1))
    if type(first) is Flow and type(second) is Stored and second.value.ndim == 2:
        (flow, at), weights = fronted(node, 0), second.turned()
        if not flow.rank or at == flow.rank:
            raise Unreadable
        arrays = {"Weights": weights, "Biases": None}
        return put_back(
            node.layer("LinearLayer", len(weights.value), flows=[flow], arrays=arrays, over=flow.rank - 1), at
        )
    flows = []
    for place, item in enumerate((first, second)):
        flows.append(node.flow(place) if type(item) is Flow else standing(node, node.array(place), 2, 2))
    if len({flow.rank for flow in flows}) > 1 or flows[0].rank < 2:
        raise Unreadable
    return node.layer("DotLayer", flows=flows, over=flows[0].rank - 2)
