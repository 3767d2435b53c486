"""Layers that join arrays, and the layer that is an array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.levels import axis_of
from wlnet.layers.settings import argument, integer
from wlnet.nets.dimensions import VARYING, Disagreement, unify_dimension
from wlnet.nets.kinds import Array


def names_of_inputs(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Gives the names of the inputs of a layer with a free number of them."""
    named = settings.get("names")
    return named or tuple(f"Input{i}" for i in range(1, (settings.get("inputs") or 0) + 1))


def catenate_ports(settings: Mapping[str, Any]) -> str:
    inputs = names_of_inputs(settings)
    return ", ".join(f"{name}: ...s{i}" for i, name in enumerate(inputs)) + " -> Output: ...t"


def solve_catenate(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """Off the level all dimensions agree; on it they add up. An input of lower rank is replicated."""
    count = settings.get("inputs") or 0
    shapes = [known.get(f"...s{i}") for i in range(count)]
    ranks = [len(shape) for shape in shapes if shape is not None]
    output = known.get("...t")
    if not ranks or len(ranks) < count:
        return
    rank = max(ranks)
    axis = rank - min(ranks) + settings["level"] - 1 if settings["level"] > 0 else rank + settings["level"]
    if not 0 <= axis < rank:
        raise DimensionError(f"there is no level {settings['level']} in inputs of rank {min(ranks)}")
    common: list[Any] = [None] * rank if output is None else list(output)
    if len(common) != rank:
        raise Disagreement
    for shape in shapes:
        assert shape is not None
        for place, dimension in enumerate(shape, rank - len(shape)):
            if place != axis:
                common[place] = unify_dimension(common[place], dimension)
    lengths = [shape[axis - rank + len(shape)] for shape in shapes if shape is not None]
    total = VARYING if VARYING in lengths else None if None in lengths else sum(lengths)
    common[axis] = unify_dimension(common[axis] if output is not None else None, total)
    known["...t"] = tuple(common)
    for index, shape in enumerate(shapes):
        assert shape is not None
        known[f"...s{index}"] = tuple(
            dimension if place == axis else common[place] for place, dimension in enumerate(shape, rank - len(shape))
        )


@layer(
    "CatenateLayer",
    category="Structure layers",
    arguments=(argument("level", integer, 1, title="Level"),),
    ports=catenate_ports,
    solve=solve_catenate,
    variadic=True,
)
def catenate_layer(call: Call, *inputs: Any) -> Any:
    """CatenateLayer[] joins its inputs along their first dimension.
    CatenateLayer[n] joins them at level n.

    Details: The number of inputs follows from the connections in a NetGraph, or from InputPorts. All other dimensions
    must agree; an input of lower rank is replicated, and the level is one of the input of lowest rank. A negative level
    counts from the last.

    Examples:
        >> CatenateLayer[][{{1., 2.}, {3.}}]
        = {1., 2., 3.}
        >> CatenateLayer[2][{{{1.}, {2.}}, {{3.}, {4.}}}]
        = {{1., 3.}, {2., 4.}}
        >> CatenateLayer[-1][{{{1.}, {2.}}, {{3.}, {4.}}}]
        = {{1., 3.}, {2., 4.}}
        >> CatenateLayer[][{{{1., 2.}, {3., 4.}}, {5.}}]
        = {{1., 2., 5.}, {3., 4., 5.}}
        >> NetExtract[CatenateLayer[2, InputPorts -> {{"Varying", 3}, {"Varying", 2}}], "Output"]
        = {"Varying", 5}
        >> CatenateLayer[InputPorts -> {"Varying", "Varying"}][<|"Input1" -> {1.}, "Input2" -> {2., 3.}|>]
        = {1., 2., 3.}
    Options: InputPorts:
        >> NetExtract[CatenateLayer[InputPorts -> {2, 3}], "Output"]
        = 5
        >> CatenateLayer[InputPorts -> {"a", "b"}][<|"a" -> {1.}, "b" -> {2.}|>]
        = {1., 2.}
    Options: "Output":
        >> NetExtract[CatenateLayer[InputPorts -> 2, "Output" -> 5], "Output"]
        = 5
    Possible issues:
        >> CatenateLayer[InputPorts -> {{2, 3}, {2, 4}}]
        = $Failed
        message: CatenateLayer::dims
    Differs: Dimensions that vary may be joined, also along the level where they do.
    Source: https://reference.wolfram.com/language/ref/CatenateLayer.html
    """
    rank = max(x.ndim for x in inputs)
    lowest = min(x.ndim for x in inputs)
    axis = axis_of(call["level"], lowest, "CatenateLayer") + rank - lowest
    widest = next(x for x in inputs if x.ndim == rank)
    full = []
    for x in inputs:
        if x.ndim < rank:
            missing = rank - x.ndim
            x = call.ops.reshape(x, shape=(call.batch, *(1,) * missing, *x.shape[1:]))
            x = call.ops.broadcast(x, shape=(call.batch, *widest.shape[1 : 1 + missing], *x.shape[1 + missing :]))
        full.append(x)
    return call.ops.concatenate(*full, axis=axis)


@layer(
    "NetArrayLayer",
    category="Structure layers",
    ports="-> Output: ...o",
    arrays={"Array": Array("...o")},
)
def net_array_layer(call: Call, array: Any) -> Any:
    """NetArrayLayer[] is a layer without input whose output is a trainable array.

    Examples:
        >> NetArrayLayer["Array" -> {1., 2.}][]
        = {1., 2.}
    Options: "Array":
        >> Information[NetArrayLayer["Array" -> NetArray["A"], "Output" -> 2], "ArraysPositionList"]
        = {NetArray["A"]}
    Options: "Output":
        >> NetInitialize[NetArrayLayer["Output" -> {2, 2}, "Array" -> NetArray[<|"Array" -> {{1, 2}, {3, 4}}|>]]][]
        = {{1., 2.}, {3., 4.}}
    Options: LearningRateMultipliers:
        >> Information[NetArrayLayer["Output" -> 2, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]
        = <|{"Array"} -> 0|>
    Possible issues:
        >> NetArrayLayer["Array" -> {1., 2.}, "Output" -> 3]
        = $Failed
        message: NetArrayLayer::dims
    Source: https://reference.wolfram.com/language/ref/NetArrayLayer.html
    """
    shaped = call.ops.reshape(array, shape=(1, *array.shape))
    return call.ops.broadcast(shaped, shape=(call.batch, *array.shape))
