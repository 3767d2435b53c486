"""Reductions, normalization, softmax."""

from __future__ import annotations

from dataclasses import replace

from wlnet.interchange.onnx.reading.flows import BATCH, ONE, Flow, Stored, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node, number, reads
from wlnet.terms import S, to_list


@reads("GlobalAveragePool", "GlobalMaxPool")
def pooled_whole(node: Node) -> Flow:
    flow = node.flow(0)
    head = S.Mean if node.facts.operator == "GlobalAveragePool" else S.Max
    made = node.layer("AggregationLayer", head, to_list(range(2, flow.rank + 1)), flows=[flow], rank=1)
    return replace(made, axes=(BATCH, 0, *(ONE,) * (flow.rank - 1)))


#: Operator → the function of an AggregationLayer.
AGGREGATES = {
    "ReduceMax": S.Max, "ReduceMean": S.Mean, "ReduceMin": S.Min, "ReduceProd": S.Times, "ReduceSum": S.Total
}  # fmt: skip


@reads(*AGGREGATES)
def aggregation(node: Node) -> Flow:
    flow = node.flow(0)
    axes = sorted(axis % (flow.rank + 1) for axis in node.numbers(1, "axes") or range(flow.rank + 1))
    if not axes or axes[0] == 0:
        raise Unreadable
    rank = flow.rank - len(axes)
    made = node.layer("AggregationLayer", AGGREGATES[node.facts.operator], to_list(axes), flows=[flow], rank=rank)
    if not node.attribute("keepdims", 1):
        return made
    left = iter(range(rank))
    return replace(made, axes=(BATCH, *(ONE if axis in axes else next(left) for axis in range(1, flow.rank + 1))))


@reads("BatchNormalization")
def batch_normalization(node: Node) -> Flow:
    scaling, biases, mean, variance = (node.array(place) for place in (1, 2, 3, 4))
    arrays = {
        "Scaling": scaling,
        "Biases": biases,
        "MovingMean": Stored(mean.value),
        "MovingVariance": Stored(variance.value),
    }
    epsilon = number(node.attribute("epsilon", 1e-5))
    return node.layer("BatchNormalizationLayer", flows=[node.flow(0)], arrays=arrays, Epsilon=epsilon)


@reads("LayerNormalization")
def layer_normalization(node: Node) -> Flow:
    flow, scaling = node.flow(0), node.stored(1)
    axis = node.attribute("axis", -1) % (flow.rank + 1)
    if not axis:
        raise Unreadable
    biases = node.stored(2)
    own = node.reader.file.model.producer_name == "wlnet"
    if own and biases is None and scaling is not None and (scaling.value == 1).all():
        scaling = None
    levels = to_list(range(axis, flow.rank + 1))
    return node.layer(
        "NormalizationLayer",
        levels,
        "Same",
        flows=[flow],
        arrays={"Scaling": scaling, "Biases": biases},
        Epsilon=number(node.attribute("epsilon", 1e-5)),
    )


@reads("InstanceNormalization")
def instance_normalization(node: Node) -> Flow:
    arrays = {"Scaling": node.array(1), "Biases": node.array(2)}
    epsilon = number(node.attribute("epsilon", 1e-5))
    return node.layer("NormalizationLayer", flows=[node.flow(0)], arrays=arrays, Epsilon=epsilon)


@reads("Softmax", "LogSoftmax")
def softmax(node: Node) -> Flow:
    flow = node.flow(0)
    newer = node.reader.file.opset >= 13
    axis = node.attribute("axis", -1 if newer else 1) % (flow.rank + 1)
    if not axis or (not newer and axis != flow.rank):
        raise Unreadable
    made = node.layer("SoftmaxLayer", axis, flows=[flow])
    return made if node.facts.operator == "Softmax" else node.layer("ElementwiseLayer", S.Log, flows=[made])
