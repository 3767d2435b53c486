"""Operators: nets that apply another net, over the elements of a sequence, again and again, or in two directions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import argument, choice, count

Apply = Callable[..., tuple[Any, ...]]
"""apply(child, *inputs, batch=None) gives the outputs of an inner net, in the order of its ports."""


@layer(
    "NetMapOperator",
    category="Operators",
    ports="Input: t ...s -> Output: t ...o",
    inner={"Net": "Input: ...s -> Output: ...o"},
)
def net_map_operator(call: Call, apply: Apply, x: Any) -> Any:
    """NetMapOperator[net] applies a net to each element of a sequence; the elements share its arrays.

    Details: An encoder or decoder of the net becomes one for each element of the sequence.

    Examples:
        >> NetMapOperator[ElementwiseLayer[#^2 &]][{{1.}, {2.}, {3.}}]
        = {{1.}, {4.}, {9.}}
        >> NetMapOperator[LinearLayer[1, "Weights" -> {{1, 1}}, "Biases" -> {0}]][{{1., 2.}, {3., 4.}}]
        = {{3.}, {7.}}
        >> NetExtract[NetMapOperator[LinearLayer[2, "Input" -> 3]], "Input"]
        = {Automatic, 3}
        >> Information[NetMapOperator[LinearLayer[2, "Input" -> 3]], "ArraysPositionList"]
        = {{"Net", "Weights"}, {"Net", "Biases"}}
        >> NetMapOperator[NetChain[{2 # &}, "Input" -> NetEncoder["Boolean"]]][{True, False, True}]
        = {2., 0., 2.}
        >> NetMapOperator[NetChain[{SoftmaxLayer[]}, "Output" -> NetDecoder[{"Class", {1, 2}}]]][{{0.9, 0.1}, {0.2, 0.8}}]
        = {1, 2}
    Options: "Input":
        >> NetExtract[NetMapOperator[LinearLayer[2], "Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 2}
    Options: "Output":
        >> NetExtract[NetMapOperator[Ramp, "Output" -> {5, 2}], "Input"]
        = {5, 2}
    Options: LearningRateMultipliers:
        >> Values[Information[NetMapOperator[LinearLayer[2], LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]]
        = {0, 0}
    Possible issues:
        >> NetMapOperator[CatenateLayer[InputPorts -> 2]]
        = $Failed
        message: NetMapOperator::ports
    Source: https://reference.wolfram.com/language/ref/NetMapOperator.html
    """
    length = x.shape[1]
    rows = call.batch * length
    (y,) = apply("Net", call.ops.reshape(x, shape=(rows, *x.shape[2:])), batch=rows)
    return call.ops.reshape(y, shape=(call.batch, length, *y.shape[1:]))


@layer(
    "NetNestOperator",
    category="Operators",
    arguments=(argument("count", count, required=True, title="Count"),),
    ports="Input: ...s -> Output: ...s",
    inner={"Net": "Input: ...s -> Output: ...s"},
)
def net_nest_operator(call: Call, apply: Apply, x: Any) -> Any:
    """NetNestOperator[net, n] applies a net n times to its own output, with the same arrays each time.

    Examples:
        >> NetNestOperator[ElementwiseLayer[2 # &], 3][{1.}]
        = {8.}
        >> Information[NetNestOperator[LinearLayer[2, "Input" -> 2], 5], "ArraysTotalElementCount"]
        = 6
    Options: "Input":
        >> NetExtract[NetNestOperator[LinearLayer[], 2, "Input" -> 3], "Output"]
        = 3
    Options: "Output":
        >> NetExtract[NetNestOperator[LinearLayer[], 2, "Output" -> 3], "Input"]
        = 3
    Options: LearningRateMultipliers:
        >> Values[Information[NetNestOperator[LinearLayer[], 2, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]]
        = {0, 0}
    Possible issues:
        >> NetNestOperator[LinearLayer[3, "Input" -> 2], 2]
        = $Failed
        message: NetNestOperator::dims
    Source: https://reference.wolfram.com/language/ref/NetNestOperator.html
    """
    for _ in range(call["count"]):
        (x,) = apply("Net", x)
    return x


#: How NetBidirectionalOperator joins the two directions: setting → operation.
AGGREGATIONS = ("Catenate", "Total", "Mean")


def bidirectional_ports(settings: Mapping[str, Any]) -> str:
    return f"Input: t ...s -> Output: {results(settings, 'd')}"


def results(settings: Mapping[str, Any], name: str) -> str:
    """Gives the notation of an output whose last dimension has this name, where it matters."""
    length = "t " if settings.get("sequences", True) else ""
    return length + (f"...o {name}" if settings["aggregation"] == "Catenate" else "...o")


def bidirectional_inner(settings: Mapping[str, Any]) -> dict[str, str]:
    nets = {"ForwardNet": "f", "ReverseNet": "r"}
    return {net: f"Input: t ...s -> Output: {results(settings, name)}" for net, name in nets.items()}


def solve_bidirectional(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    if settings["aggregation"] == "Catenate" and isinstance(known.get("f"), int) and isinstance(known.get("r"), int):
        known["d"] = known["f"] + known["r"]


@layer(
    "NetBidirectionalOperator",
    category="Operators",
    arguments=(argument("aggregation", choice(*AGGREGATIONS), "Catenate", title="Aggregation"),),
    ports=bidirectional_ports,
    inner=bidirectional_inner,
    solve=solve_bidirectional,
)
def net_bidirectional_operator(call: Call, apply: Apply, x: Any) -> Any:
    """NetBidirectionalOperator[net] applies a net to a sequence, and a copy of it to the reversed sequence.
    NetBidirectionalOperator[{fnet, bnet}] applies two different nets.
    NetBidirectionalOperator[nets, f] joins the results by Catenate (the default), Total or Mean.

    Details: The two copies train independently unless their arrays are shared by name. What the second net gives is
    reversed back if it is a sequence of the length of the input. NetExtract takes "BackwardNet" for "ReverseNet", too.

    Examples:
        >> op = NetInitialize[NetBidirectionalOperator[LongShortTermMemoryLayer[2, "Input" -> {"Varying", 3}]]];
        >> NetExtract[op, "Output"]
        = {"Varying", 4}
        >> Keys[Information[op, "Arrays"]][[1]]
        = {"ForwardNet", "InputGateInputWeights"}
        >> NetBidirectionalOperator[NetMapOperator[ElementwiseLayer[# &]], Total][{{1.}, {2.}}]
        = {{2.}, {4.}}
        >> NetBidirectionalOperator[{NetMapOperator[Ramp], NetMapOperator[Tanh]}, Mean][{{0.}, {0.}}]
        = {{0.}, {0.}}
        >> NetBidirectionalOperator[{SequenceLastLayer[], SequenceLastLayer[]}][{{1., 2.}, {3., 4.}, {5., 6.}}]
        = {5., 6., 1., 2.}
        >> NetExtract[NetBidirectionalOperator[NetChain[{GatedRecurrentLayer[5], SequenceLastLayer[]}], "Input" -> {5, 3}], "Output"]
        = 10
        >> NetExtract[NetBidirectionalOperator[{GatedRecurrentLayer[2], BasicRecurrentLayer[3]}], "BackwardNet"]
        = BasicRecurrentLayer[3]
    Options: "Input":
        >> NetExtract[NetBidirectionalOperator[LongShortTermMemoryLayer[2], "Input" -> {5, 3}], "Output"]
        = {5, 4}
    Options: "Output":
        >> NetExtract[NetBidirectionalOperator[NetMapOperator[Ramp], Total, "Output" -> {5, 3}], "Input"]
        = {5, 3}
    Options: LearningRateMultipliers:
        >> Head[NetBidirectionalOperator[LongShortTermMemoryLayer[2], LearningRateMultipliers -> 0]]
        = NetBidirectionalOperator
    Source: https://reference.wolfram.com/language/ref/NetBidirectionalOperator.html
    """
    ops = call.ops
    (forward,) = apply("ForwardNet", x)
    (backward,) = apply("ReverseNet", ops.reverse(x, axis=1))
    if call["sequences"]:
        backward = ops.reverse(backward, axis=1)
    if call["aggregation"] == "Catenate":
        return ops.concatenate(forward, backward, axis=forward.ndim - 1)
    total = ops.add(forward, backward)
    return total if call["aggregation"] == "Total" else ops.multiply(total, np.asarray(0.5, total.dtype))


def mapped_levels(settings: Mapping[str, Any]) -> dict[str, int]:
    """Gives input → how many levels of it are mapped over, of the inputs that are: of all the same, unless they are named."""
    mapped, depth = settings.get("mapped"), settings.get("depth") or 1
    return dict.fromkeys(settings.get("inputs") or (), depth) if mapped is None else dict(mapped)


def thread_ports(settings: Mapping[str, Any]) -> str:
    """Each mapped input has as many of the dimensions of the outputs in front as levels of it are mapped over."""
    levels = [f"t{i}" for i in range(settings.get("depth") or 1)]
    mapped = mapped_levels(settings)
    left = ", ".join(
        f"{name}: {' '.join(levels[: mapped.get(name, 0)])} ...{name}" for name in settings.get("inputs") or ()
    )
    right = ", ".join(f"{name}: {' '.join(levels)} ...{name}" for name in settings.get("outputs") or ())
    return f"{left} -> {right}"


def thread_inner(settings: Mapping[str, Any]) -> dict[str, str]:
    sides = (", ".join(f"{name}: ...{name}" for name in settings[side]) for side in ("inputs", "outputs"))
    return {"Net": " -> ".join(sides)}


@layer(
    "NetMapThreadOperator",
    category="Operators",
    arguments=(argument("depth", count, 1, title="Depth"),),
    ports=thread_ports,
    inner=thread_inner,
)
def net_map_thread_operator(call: Call, apply: Apply, *inputs: Any) -> Any:
    """NetMapThreadOperator[net] applies a net with several inputs to the corresponding elements of sequences.
    NetMapThreadOperator[net, n] goes n levels deep.
    NetMapThreadOperator[net, <|"input1" -> n1, …|>] goes n1 levels deep into "input1", …, and gives every application the
    whole of the inputs that are not named.

    Details: The outputs have as many more dimensions as the deepest of the inputs is mapped over; an input that is mapped
    over fewer levels is the same for all that is further inside. Where the net takes any number of inputs, as
    CatenateLayer[] does, so does the operator, and the connections tell.

    Examples:
        >> NetMapThreadOperator[ThreadingLayer[Plus, InputPorts -> 2]][<|"Input1" -> {{1.}, {2.}}, "Input2" -> {{10.}, {20.}}|>]
        = {{11.}, {22.}}
        >> NetMapThreadOperator[Plus][{{{1.}, {2.}}, {{10.}, {20.}}}]
        = {{11.}, {22.}}
        >> joining = NetGraph[{NetMapThreadOperator[CatenateLayer[]]}, {{NetPort["a"], NetPort["b"]} -> 1}];
        >> NetExtract[NetReplacePart[joining, {"a" -> {5, 3}, "b" -> {5, 4}}], "Output"]
        = {5, 7}
        >> NetExtract[NetMapThreadOperator[LinearLayer[2, "Input" -> 3], 2], "Output"]
        = {Automatic, Automatic, 2}
        >> NetMapThreadOperator[ThreadingLayer[Plus, InputPorts -> 2], <|"Input1" -> 1|>][<|"Input1" -> {{1.}, {2.}}, "Input2" -> {10.}|>]
        = {{11.}, {12.}}
        >> add = ThreadingLayer[Plus, InputPorts -> {"a", "b"}];
        >> NetMapThreadOperator[add, <|"a" -> 2, "b" -> 1|>][<|"a" -> {{1., 2.}, {3., 4.}}, "b" -> {10., 20.}|>]
        = {{11., 12.}, {23., 24.}}
    Options: LearningRateMultipliers:
        >> Values[Information[NetMapThreadOperator[LinearLayer[2], LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]]
        = {0, 0}
    Possible issues:
        >> NetMapThreadOperator[ThreadingLayer[Plus, InputPorts -> 2], <|"a" -> 1|>]
        = $Failed
        message: NetMapThreadOperator::noport
    Source: https://reference.wolfram.com/language/ref/NetMapThreadOperator.html
    """
    ops, depth, mapped = call.ops, call["depth"] or 1, mapped_levels(call.settings)
    deepest = next(x for name, x in zip(call["inputs"], inputs, strict=True) if mapped.get(name) == depth)
    outer = deepest.shape[1 : 1 + depth]
    rows = call.batch * math.prod(outer)
    flat = []
    for name, x in zip(call["inputs"], inputs, strict=True):
        levels = mapped.get(name, 0)
        element = x.shape[1 + levels :]
        if levels < depth:
            x = ops.reshape(x, shape=(call.batch, *outer[:levels], *(1,) * (depth - levels), *element))
            x = ops.broadcast(x, shape=(call.batch, *outer, *element))
        flat.append(ops.reshape(x, shape=(rows, *element)))
    results = apply("Net", *flat, batch=rows)
    shaped = tuple(ops.reshape(y, shape=(call.batch, *outer, *y.shape[1:])) for y in results)
    return shaped if len(shaped) > 1 else shaped[0]
