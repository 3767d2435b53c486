"""How operators of ONNX become layers: one rule each, a function of the node that gives what comes out of it.

A rule raises Unreadable where no layer does the same; a PlaceholderLayer stands there then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from wlnet.interchange.onnx.nets import BATCH, ONE, Flow, Hidden, Node, Stored, Unreadable, first_of, plain, shifted
from wlnet.terms import S, Symbol, Term, expression, list_of, to_list

Rule = Callable[[Node], Any]

RULES: dict[str, Rule] = {}


def reads(*operators: str) -> Callable[[Rule], Rule]:
    """Declares the rule of operators (a decorator)."""

    def declare(rule: Rule) -> Rule:
        for operator in operators:
            RULES[operator] = rule
        return rule

    return declare


def number(value: Any) -> Term:
    """Gives the term of a number; an infinite one is the largest that there is."""
    found = float(np.clip(float(value), np.finfo(np.float32).min, np.finfo(np.float32).max))
    return int(found) if found.is_integer() and abs(found) < 1e9 else found


def slot(place: int = 1) -> Term:
    return expression("Slot", place)


def function(body: Term) -> Term:
    return expression("Function", body)


#: The type of truth values in TensorProto.
BOOL = 9

# Functions of each element.


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
    reads(_operator)(lambda node, term=_term: each(node, term))


@reads("Gelu")
def gelu(node: Node) -> Flow:
    if node.attribute("approximate", "none") != "none":
        raise Unreadable
    return each(node, "GELU")


@reads("Elu")
def elu(node: Node) -> Flow:
    alpha = number(node.attribute("alpha", 1.0))
    below = expression("Times", alpha, expression("Plus", expression("Exp", slot()), -1))
    return each(node, "ELU" if alpha == 1 else function(expression("If", expression("Greater", slot(), 0), slot(), below)))


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


# Functions of several arrays.

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
    if len(flows) != 1 or len(constants) != 1 or not flows[0].is_plain or flows[0].end.child is None:
        return None
    flow, constant = flows[0], constants[0]
    plan = node.reader.layers[flow.end.child or ""]
    name = AFTER.get((plan.kind, node.facts.operator), "")
    value = constant.value
    if name not in plan.arrays or plan.arrays[name] is not None or (name == "Scaling" and plan.arrays["Biases"]):
        return None
    names = [item for facts in node.reader.file.nodes for item in facts.inputs] + node.reader.file.outputs
    if names.count(node.facts.inputs[node.inputs.index(flow)]) > 1:
        return None
    size = node.out[-value.ndim :] if value.ndim else ()
    if plan.kind == "ConvolutionLayer":
        weights = plan.arrays["Weights"]
        wanted = (len(weights.value), *(1,) * (flow.rank - 1)) if weights else ()
        fits = value.shape[-flow.rank :] == wanted and value.size == wanted[0]
        made = constant.shaped(value.size) if fits else None
    elif plan.kind == "LinearLayer":
        made = constant.shaped(value.size) if value.ndim and value.size == value.shape[-1] == size[-1] else None
    else:
        levels = len(plan.options["levels"].args) if "levels" in plan.options else 1  # type: ignore[union-attr]
        made = constant if value.shape == size and value.ndim == levels else None
    if made is None:
        return None
    plan.arrays = {**plan.arrays, name: made}
    return flow


def threaded(node: Node, body: Callable[[list[Term]], Term], head: Symbol | None = None) -> Flow:
    """Gives a function of flows and constants: numbers become part of the function, arrays become layers."""
    inputs = [item.stored if type(item) is Hidden else item for item in node.inputs]
    flows = [shifted(node, item) for item in inputs if type(item) is Flow]
    alike = {(flow.axes, flow.maps) for flow in flows}
    axes = flows[0].axes
    if len(alike) > 1 or any(type(item) is Stored and item.value.size > 1 for item in inputs):
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
    return replace(made, axes=axes, maps=flows[0].maps)


def standing(node: Node, stored: Stored, rank: int, depth: int) -> Flow:
    """Gives an array as a flow that meets one of this rank, of which `depth` dimensions are in the net."""
    value = stored.value
    if value.ndim > rank:
        if value.shape[: value.ndim - rank] != (1,) * (value.ndim - rank):
            raise Unreadable
        value = value.reshape(value.shape[value.ndim - rank :])
    shape = (*(1,) * (depth - value.ndim), *value.shape)
    return node.layer("NetArrayLayer", flows=[], rank=depth, arrays={"Array": stored.shaped(*shape)})


# Products.


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
        flow, weights = node.flow(0), second.turned()
        if not flow.rank:
            raise Unreadable
        arrays = {"Weights": weights, "Biases": None}
        return node.layer("LinearLayer", len(weights.value), flows=[flow], arrays=arrays, over=flow.rank - 1)
    flows = []
    for place, item in enumerate((first, second)):
        flows.append(node.flow(place) if type(item) is Flow else standing(node, node.array(place), 2, 2))
    if len({flow.rank for flow in flows}) > 1 or flows[0].rank < 2:
        raise Unreadable
    return node.layer("DotLayer", flows=flows, over=flows[0].rank - 2)


# Windows.


def window(node: Node, rank: int, kernel: Sequence[int]) -> tuple[list[int], list[list[int]], list[int]]:
    """Gives strides, padding before and after, and dilations."""
    strides = list(node.attribute("strides", [1] * rank))
    dilations = list(node.attribute("dilations", [1] * rank))
    pads = list(node.attribute("pads", [0] * 2 * rank))
    automatic = node.attribute("auto_pad", "NOTSET")
    around = [[pads[axis], pads[axis + rank]] for axis in range(rank)]
    if automatic.startswith("SAME"):
        around = []
        for axis, size in enumerate(node.shape(0)[2:]):
            if not isinstance(size, int):
                raise Unreadable
            reach = dilations[axis] * (kernel[axis] - 1) + 1
            total = max(0, (-(-size // strides[axis]) - 1) * strides[axis] + reach - size)
            small = total // 2
            around.append([small, total - small] if automatic == "SAME_UPPER" else [total - small, small])
    if any(width < 0 for pair in around for width in pair):
        raise Unreadable
    return strides, around, dilations


def nested(rows: Sequence[Sequence[int]]) -> Term:
    return list_of(*(to_list(row) for row in rows))


@reads("Conv", "ConvTranspose")
def convolution(node: Node) -> Flow:
    weights, turned = node.array(1), node.facts.operator == "ConvTranspose"
    kernel, groups = weights.value.shape[2:], node.attribute("group", 1)
    strides, around, dilations = window(node, len(kernel), kernel)
    more = node.attribute("output_padding", [0] * len(kernel))
    around = [[before, after - extra] for (before, after), extra in zip(around, more, strict=True)]
    same = turned and node.attribute("auto_pad", "NOTSET") not in ("NOTSET", "VALID")
    if same or "output_shape" in node.facts.attributes or min(map(min, around)) < 0:
        raise Unreadable
    size = weights.value.shape[1] * groups if turned else len(weights.value)
    return node.layer(
        "DeconvolutionLayer" if turned else "ConvolutionLayer",
        size,
        to_list(kernel),
        flows=[node.flow(0)],
        arrays={"Weights": weights, "Biases": node.stored(2)},
        PaddingSize=nested(around),
        Stride=to_list(strides),
        Dilation=to_list(dilations),
        ChannelGroups=groups,
    )


@reads("MaxPool", "AveragePool")
def pooling(node: Node) -> Flow:
    kernel = list(node.attribute("kernel_shape"))
    strides, around, dilations = window(node, len(kernel), kernel)
    means = node.facts.operator == "AveragePool"
    if set(dilations) != {1} or (means and not node.attribute("count_include_pad", 0) and np.any(around)):
        raise Unreadable
    if node.attribute("ceil_mode", 0):
        for size, reach, step, pair in zip(node.shape(0)[2:], kernel, strides, around, strict=True):
            if not isinstance(size, int) or (size + sum(pair) - reach) % step:
                raise Unreadable
    return node.layer(
        "PoolingLayer",
        to_list(kernel),
        to_list(strides),
        flows=[node.flow(0)],
        Function=S.Mean if means else S.Max,
        PaddingSize=nested(around),
    )


@reads("Resize", "Upsample")
def resize(node: Node) -> Flow:
    flow = node.flow(0)
    way = node.attribute("coordinate_transformation_mode", "asymmetric" if node.facts.operator == "Upsample" else "half_pixel")
    mode = node.attribute("mode", "nearest")
    before, after = node.shape(0)[1:], node.out[1:]
    if not all(isinstance(size, int) for size in (*before[1:], *after[1:])) or before[0] != after[0]:
        raise Unreadable
    whole = all(new % old == 0 for old, new in zip(before[1:], after[1:], strict=True))  # type: ignore[operator]
    scheme = {"half_pixel": "Bin", "pytorch_half_pixel": "Bin", "align_corners": "Point"}.get(way)
    if way == "asymmetric" and mode == "nearest" and whole:
        scheme = "Bin"
    if scheme is None or mode not in ("nearest", "linear"):
        raise Unreadable
    resampling = "Nearest" if mode == "nearest" else "Linear"
    return node.layer("ResizeLayer", to_list(after[1:]), flows=[flow], Resampling=resampling, Scheme=scheme)


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


# Normalization and softmax.


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


# What moves elements.


@reads("Transpose")
def transpose(node: Node) -> Flow:
    flow = node.raw(0)
    order = node.attribute("perm", list(range(len(flow.axes)))[::-1])
    return replace(flow, axes=tuple(flow.axes[axis] for axis in order))


@reads("Squeeze")
def squeeze(node: Node) -> Flow:
    flow = node.raw(0)
    rank = len(flow.axes)
    given = node.numbers(1, "axes")
    axes = [axis for axis in range(rank) if node.shape(0)[axis] == 1] if given is None else [a % rank for a in given]
    if any(flow.axes[axis] == BATCH for axis in axes):
        raise Unreadable
    if not all(flow.axes[axis] == ONE for axis in axes):
        flow = node.flow(0)
        parts = [1 if axis in axes else S.All for axis in range(1, rank)]
        return node.layer("PartLayer", to_list(parts), flows=[flow], rank=flow.rank - len(axes))
    return replace(flow, axes=tuple(axis for place, axis in enumerate(flow.axes) if place not in axes))


@reads("Unsqueeze")
def unsqueeze(node: Node) -> Flow:
    flow, given = node.raw(0), node.numbers(1, "axes") or []
    rank = len(flow.axes) + len(given)
    new = {axis % rank for axis in given}
    left = iter(flow.axes)
    return replace(flow, axes=tuple(ONE if axis in new else next(left) for axis in range(rank)))


@reads("Flatten")
def flatten(node: Node) -> Flow:
    flow = node.raw(0)
    if node.attribute("axis", 1) != 1 or flow.axes[0] != BATCH:
        raise Unreadable
    if sum(type(axis) is int for axis in flow.axes) == 1:
        return replace(flow, axes=(BATCH, 0))
    return node.layer("FlattenLayer", flows=[node.flow(0)], rank=1)


@reads("Reshape")
def reshape(node: Node) -> Flow:
    flow = node.raw(0)
    given = node.inputs[1] if len(node.inputs) > 1 else None
    target: list[Any] = list(node.out)
    if type(given) is Stored:
        target = [int(size) for size in given.value]
    before = node.shape(0)
    kept = 0
    while kept < min(len(target), len(before)) and copied(target[kept], before[kept]):
        kept += 1
    place = flow.axes.index(BATCH)
    if kept > place and not (place == 0 and kept == 1):
        return rest_reshaped(node, flow, target, kept)
    flow = node.flow(0)
    inner, wanted = before[1:], target[1:]
    if copied(target[0], before[0]):
        return rest_reshaped(node, flow, target, 1)
    if flow.maps and len(target) == len(before) + flow.maps and same_end(inner, wanted):
        return replace(flow, axes=(BATCH, *range(flow.rank + flow.maps)), maps=0)
    if keeps_batch(inner, target, before[0]):
        return rest_reshaped(node, flow, target, 1)
    joined = len(before) - len(target)
    if joined > 0 and same_end(inner, wanted):
        return replace(flow, axes=(BATCH, *range(flow.rank - joined)), maps=flow.maps + joined)
    raise Unreadable


def copied(target: Any, before: Any) -> bool:
    """Tells whether a dimension stays what it was."""
    return target == 0 or (target is not None and target != -1 and target == before)


def keeps_batch(inner: Sequence[Any], target: Sequence[Any], batch: Any) -> bool:
    """Tells whether as many elements belong to each example as before."""
    if not all(isinstance(size, int) for size in (*inner, *target[1:])):
        return target[0] in (batch, 1) and batch is not None
    if -1 in target[1:]:
        return target[0] == 1 or target[0] == batch
    return int(np.prod(inner)) == int(np.prod(target[1:]))


def same_end(inner: Sequence[Any], wanted: Sequence[Any]) -> bool:
    """Tells whether two lists of dimensions end with the same numbers, the shorter one being the end of the other."""
    count = min(len(inner), len(wanted))
    ends = inner[len(inner) - count :], wanted[len(wanted) - count :]
    return all(a == b or not isinstance(b, int) or b <= 0 for a, b in zip(*ends, strict=True))


def rest_reshaped(node: Node, flow: Flow, target: Sequence[Any], kept: int) -> Flow:
    """Gives a flow whose first axes, the batch among them, stay as they are."""
    if ONE in flow.axes[:kept]:
        raise Unreadable
    levels = sum(type(axis) is int for axis in flow.axes[:kept])
    inside = replace(flow, axes=(BATCH, *(axis for axis in flow.axes if type(axis) is int)))
    inside = plain(node, inside)
    sizes: list[Any] = []
    for size in target[kept:]:
        sizes.append(size if isinstance(size, int) and size > 0 else S.Automatic)
    if sizes.count(S.Automatic) > 1:
        raise Unreadable
    wanted = to_list([*(S.Inherited,) * levels, *sizes])
    made = node.layer("ReshapeLayer", wanted, flows=[inside], rank=levels + len(sizes))
    numbers = iter(range(levels + len(sizes)))
    axes = [BATCH if axis == BATCH else next(numbers) for axis in flow.axes[:kept]]
    return replace(made, axes=(*axes, *numbers))


@reads("Expand")
def expand(node: Node) -> Flow:
    flow, before, after = node.flow(0), node.shape(0), node.out
    if len(before) != len(after):
        raise Unreadable
    for axis, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new and old is not None:
            continue
        if old != 1 or not axis or not isinstance(new, int):
            raise Unreadable
        flow = parted(node, flow, {axis: 1})
        flow = node.layer("ReplicateLayer", new, axis, flows=[flow], rank=flow.rank + 1)
    return flow


@reads("Concat")
def concat(node: Node) -> Flow:
    flows = [node.flow(place) for place, item in enumerate(node.inputs) if type(item) is Flow]
    rank = flows[0].rank
    axis = node.attribute("axis") % (rank + 1)
    if not axis:
        raise Unreadable
    left = iter(flows)
    every = []
    for item in node.inputs:
        if type(item) is Stored:
            if len(item.value) != 1:
                raise Unreadable
            every.append(node.layer("NetArrayLayer", flows=[], rank=rank, arrays={"Array": first_of(item)}))
        else:
            every.append(next(left))
    return node.layer("CatenateLayer", axis, flows=every)


def span(start: int, stop: int, step: int) -> Term:
    """Gives the part from `start` (from 0) up to, but without, `stop`."""
    first = start + 1 if start >= 0 else start
    if step > 0:
        last = -1 if stop >= 2**30 else stop if stop >= 0 else stop - 1
        if stop == 0:
            raise Unreadable
    else:
        first = -1 if start >= 2**30 else first
        last = 1 if stop < -(2**30) else stop + 2 if stop >= 0 else stop + 1
    return expression("Span", first, last) if step == 1 else expression("Span", first, last, step)


def parted(node: Node, flow: Flow, parts: dict[int, Term]) -> Flow:
    """Gives parts of a flow: axis → part."""
    if not parts or min(parts) < 1:
        raise Unreadable
    rank = flow.rank - sum(type(item) is int for item in parts.values())
    chosen = to_list(parts.get(axis, S.All) for axis in range(1, max(parts) + 1))
    return node.layer("PartLayer", chosen, flows=[flow], rank=rank)


@reads("Slice")
def part(node: Node) -> Flow:
    flow = node.flow(0)
    starts, stops = node.numbers(1, "starts"), node.numbers(2, "ends")
    if starts is None or stops is None:
        raise Unreadable
    axes = node.numbers(3, "axes") or list(range(len(starts)))
    steps = node.numbers(4, "steps") or [1] * len(starts)
    rows = zip(axes, starts, stops, steps, strict=True)
    return parted(node, flow, {axis % (flow.rank + 1): span(a, b, step) for axis, a, b, step in rows})


@reads("Split")
def split(node: Node) -> tuple[Flow, ...]:
    flow = node.flow(0)
    axis = node.attribute("axis", 0) % (flow.rank + 1)
    sizes = node.numbers(1, "split") or [
        (node.reader.file.shapes.get(name) or (None,) * (axis + 1))[axis] for name in node.facts.outputs
    ]
    if not all(type(size) is int for size in sizes):
        raise Unreadable
    ends = [0, *np.cumsum(sizes).tolist()]  # type: ignore[arg-type]
    return tuple(parted(node, flow, {axis: span(a, b, 1)}) for a, b in pairwise(ends))


@reads("Gather")
def gather(node: Node) -> Flow:
    if type(node.inputs[0]) is Stored:
        weights, indices = node.array(0), plain(node, shifted(node, node.raw(1), by=1))
        if weights.value.ndim != 2 or node.attribute("axis", 0):
            raise Unreadable
        count, size = weights.value.shape
        return node.layer("EmbeddingLayer", size, count, flows=[indices], rank=indices.rank + 1, arrays={"Weights": weights})
    flow, places = node.flow(0), node.array(1).value
    if places.ndim:
        raise Unreadable
    place = int(places)
    return parted(node, flow, {node.attribute("axis", 0) % (flow.rank + 1): place + 1 if place >= 0 else place})


@reads("GatherND")
def extract(node: Node) -> Flow:
    if node.attribute("batch_dims", 0) != 1:
        raise Unreadable
    flow, places = node.flow(0), node.flow(1)
    one_up = expression("If", expression("Less", slot(), 0), slot(), expression("Plus", slot(), 1))
    positions = node.layer("ElementwiseLayer", function(one_up), flows=[places])
    depth = node.shape(1)[-1]
    if not isinstance(depth, int):
        raise Unreadable
    rank = places.rank - 1 + flow.rank - depth
    return node.layer("ExtractLayer", flows=[flow, positions], ports=["Input", "Position"], rank=rank)


@reads("TopK")
def ordering(node: Node) -> tuple[None, Flow]:
    flow, count = node.flow(0), node.inputs[1]
    whole = type(count) is Hidden or (type(count) is Stored and count.value.item() == node.shape(0)[-1])
    if flow.rank != 1 or node.attribute("largest", 1) or not whole or len(node.facts.outputs) < 2:
        raise Unreadable
    return None, replace(node.layer("OrderingLayer", flows=[flow]), less=1)


@reads("OneHot")
def unit_vectors(node: Node) -> Flow:
    indices, values = plain(node, shifted(node, node.raw(0), by=1)), node.array(2).value
    if node.attribute("axis", -1) not in (-1, indices.rank + 1) or values.tolist() != [0, 1]:
        raise Unreadable
    return node.layer("UnitVectorLayer", int(node.array(1).value.item()), flows=[indices], rank=indices.rank + 1)


@reads("Pad")
def pad(node: Node) -> Flow:
    flow, widths = node.flow(0), node.numbers(1, "pads") or []
    value, chosen = node.stored(2), node.numbers(3)
    ways: dict[str, Term] = {"reflect": "Reflected", "edge": "Fixed"}
    ways["constant"] = number(value.value.item() if value is not None else node.attribute("value", 0.0))
    if chosen is not None or widths[0] or widths[flow.rank + 1] or min(widths) < 0:
        raise Unreadable
    pairs = list(zip(widths[1 : flow.rank + 1], widths[flow.rank + 2 :], strict=True))
    return node.layer("PaddingLayer", nested(pairs), flows=[flow], Padding=ways[node.attribute("mode", "constant")])


# Recurrent layers.

#: Operator → the layer, its gates in the order of the file, and its states.
RECURRENT = {
    "RNN": ("BasicRecurrentLayer", ("",), ("State",)),
    "GRU": ("GatedRecurrentLayer", ("InputGate", "ResetGate", "MemoryGate"), ("State",)),
    "LSTM": (
        "LongShortTermMemoryLayer", ("InputGate", "OutputGate", "ForgetGate", "MemoryGate"), ("State", "CellState")
    ),
}  # fmt: skip
ACTIVATIONS = {"RNN": ["Tanh"], "GRU": ["Sigmoid", "Tanh"], "LSTM": ["Sigmoid", "Tanh", "Tanh"]}


@reads("RNN", "GRU", "LSTM")
def recurrent(node: Node) -> tuple[Flow, ...]:
    operator = node.facts.operator
    kind, _, states = RECURRENT[operator]
    flow, turned = node.raw(0), not node.attribute("layout", 0)
    directions = {"forward": 1, "reverse": 1, "bidirectional": 2}[node.attribute("direction", "forward")]
    usual = [item.decode() if type(item) is bytes else item for item in node.attribute("activations", [])]
    lengths = node.inputs[4] if len(node.inputs) > 4 else None
    if flow.axes != ((0, BATCH, 1) if turned else (BATCH, 0, 1)) or lengths is not None or node.attribute("clip"):
        raise Unreadable
    if usual not in ([], ACTIVATIONS[operator] * directions) or node.attribute("input_forget", 0):
        raise Unreadable
    if operator == "GRU" and not node.attribute("linear_before_reset", 0):
        raise Unreadable
    flow = plain(node, replace(flow, axes=(BATCH, 0, 1)))
    first = [beginning(node, place + 5) for place in range(len(states))]
    if (node.inputs[7] if len(node.inputs) > 7 else None) is not None or (directions == 2 and any(first)):
        raise Unreadable
    made = []
    for direction in range(directions):
        backwards = direction == 1 or node.attribute("direction", "forward") == "reverse"
        entry = node.layer("SequenceReverseLayer", flows=[flow]) if backwards else flow
        flows = [entry, *(item for item in first if item is not None)]
        ports = ["Input", *(name for name, item in zip(states, first, strict=True) if item is not None)]
        arrays = gates(node, operator, direction)
        size = int(node.attribute("hidden_size"))
        sequence = node.layer(kind, size, flows=flows, ports=ports, arrays=arrays, output="Output", rank=2)
        label = sequence.end
        out = node.layer("SequenceReverseLayer", flows=[sequence]) if backwards else sequence
        ends = [Flow(replace_port(label, name), (BATCH, 0)) for name in states]
        made.append([out, *ends])
    return outputs(node, made, turned)


def replace_port(end: Any, port: str) -> Any:
    return end._replace(port=port)


def beginning(node: Node, place: int) -> Flow | None:
    """Gives the state that a sequence begins with, None for zeros."""
    value = node.inputs[place] if place < len(node.inputs) else None
    if value is None or (type(value) is Hidden and value.fill == 0) or (type(value) is Stored and not value.value.any()):
        return None
    if type(value) is not Flow or value.axes != (ONE, BATCH, 0):
        raise Unreadable
    return replace(value, axes=(BATCH, 0))


def outputs(node: Node, made: list[list[Flow]], turned: bool) -> tuple[Flow, ...]:
    """Gives the sequence and the states of one direction, or of two side by side, as the file has their axes."""
    found = []
    for place in range(len(made[0])):
        flows, rank = [side[place] for side in made], made[0][place].rank
        if len(flows) == 1:
            axes: tuple[Any, ...] = (0, ONE, BATCH, 1) if rank == 2 else (ONE, BATCH, 0)
            straight = (BATCH, 0, ONE, 1) if rank == 2 else (BATCH, ONE, 0)
            found.append(replace(flows[0], axes=axes if turned else straight))
            continue
        both = node.layer("CatenateLayer", rank, flows=flows)
        sizes = [*(S.Inherited,) * (rank - 1), 2, S.Automatic]
        apart = node.layer("ReshapeLayer", to_list(sizes), flows=[both], rank=rank + 1)
        axes = (0, 1, BATCH, 2) if rank == 2 else (0, BATCH, 1)
        found.append(replace(apart, axes=axes) if turned else apart)
    return tuple(found)


def gates(node: Node, operator: str, direction: int) -> dict[str, Stored | None]:
    """Gives the arrays of a recurrent layer: input weights, state weights and biases of each gate."""
    _, names, _ = RECURRENT[operator]
    count = len(names)
    weights, states = (pieces(node, node.array(place), direction, names, place) for place in (1, 2))
    biases = sums(node, node.stored(3), direction, names, len(states[0].value), operator == "GRU")
    arrays: dict[str, Stored | None] = {}
    for place in range(count):
        arrays[f"{names[place]}InputWeights"] = weights[place]
        arrays[f"{names[place]}StateWeights"] = states[place]
        arrays[f"{names[place]}Biases"] = biases[place]
    return arrays


def pieces(node: Node, stored: Stored, direction: int, names: Sequence[str], place: int) -> Sequence[Stored]:
    """Gives the arrays of the gates, which may be arrays of their own in the file."""
    if len(stored.pieces) == len(names):
        return stored.pieces
    rows = stored.value[direction]
    if len(names) == 1 and len(stored.value) == 1:
        return [stored.shaped(*rows.shape)]
    made = np.split(rows, len(names))
    return [named(node, stored.key, f"{direction}/{name}/{place}", value) for name, value in zip(names, made, strict=True)]


def named(node: Node, key: str | None, part: str, value: np.ndarray) -> Stored:
    """Gives a part of an array of the file as an array of its own, which is the same for all that use the part."""
    if key is None:
        return Stored(value)
    name = f"{key}/{part}"
    node.reader.bases[name] = value
    return Stored(value, name, value.shape)


def sums(
    node: Node, stored: Stored | None, direction: int, names: Sequence[str], size: int, apart: bool
) -> Sequence[Stored]:
    """Gives the biases of the gates: the file has one for the input and one for the state. apart: whether that of the
    last gate's state is no mere summand.
    """
    count = len(names)
    if stored is None:
        return [Stored(np.zeros(size, np.float32)) for _ in names]
    if len(stored.pieces) == count + 1 and not stored.pieces[-1].value.any():
        return stored.pieces[:count]
    first, second = np.split(stored.value[direction].reshape(2, count, size), 2)
    if apart and second[0, -1].any():
        raise Unreadable
    total = first[0] + second[0]
    return [named(node, stored.key, f"{direction}/{name}", row) for name, row in zip(names, total, strict=True)]
