"""Layers that rearrange arrays, and the layer that is an array."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.levels import axis_of
from wlnet.layers.settings import Unfit, argument, integer
from wlnet.nets.dimensions import VARYING, Disagreement, flat, show, size, unify, unify_dimension
from wlnet.nets.kinds import Array
from wlnet.terms import S, Symbol, Term, elements, is_list


def flatten_depth(term: Term) -> float:
    """Takes a level (negative from the end), or Infinity for all."""
    if type(term) is int and term != 0:
        return term
    if term is S.Infinity or (getattr(term, "head", None) is S.DirectedInfinity):
        return float("inf")
    raise Unfit("a positive or negative integer or Infinity")


def flattened(shape: tuple[Any, ...], depth: float) -> tuple[Any, ...]:
    """Gives the dimensions after flattening the first depth + 1 of them (negative: the last)."""
    count = min(len(shape), abs(depth) + 1)
    count = int(count)
    if depth > 0:
        return (flat(shape[:count]), *shape[count:])
    return (*shape[: len(shape) - count], flat(shape[len(shape) - count :]))


def solve_flatten(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    shape = known.get("...s")
    if shape is not None:
        known["...t"] = unify(known.get("...t"), flattened(shape, settings["depth"]))


@layer(
    "FlattenLayer",
    category="Structure layers",
    arguments=(argument("depth", flatten_depth, float("inf")),),
    ports="Input: ...s -> Output: ...t",
    solve=solve_flatten,
)
def flatten_layer(call: Call, x: Any) -> Any:
    """FlattenLayer[] flattens its input into a vector.
    FlattenLayer[n] makes one dimension of the first n + 1.
    FlattenLayer[-n] makes one dimension of the last n + 1.

    Examples:
        >> FlattenLayer[][{{1., 2.}, {3., 4.}}]
        = {1., 2., 3., 4.}
        >> NetExtract[FlattenLayer[1, "Input" -> {2, 3, 4}], "Output"]
        = {6, 4}
        >> NetExtract[FlattenLayer[-1, "Input" -> {2, 3, 4}], "Output"]
        = {2, 12}
    Options: "Input":
        >> NetExtract[FlattenLayer["Input" -> {2, 3, 4}], "Output"]
        = 24
    Options: "Output":
        >> NetExtract[FlattenLayer["Output" -> 4], "Output"]
        = 4
    Possible issues:
        >> FlattenLayer["Input" -> {2, 2}, "Output" -> 5]
        = $Failed
        message: FlattenLayer::dims
    Source: https://reference.wolfram.com/language/ref/FlattenLayer.html
    """
    return call.ops.reshape(x, shape=(call.batch, *flattened(x.shape[1:], call["depth"])))


def reshape_target(term: Term) -> tuple[Any, ...]:
    """Takes {n1, …} with integers, Inherited, Automatic (one at most) or All (one at most)."""
    names = {S.Inherited: "Inherited", S.Automatic: "Automatic", S.All: "All"}
    items = elements(term) if is_list(term) else None
    if items is None:
        raise Unfit("a list of dimensions")
    made = tuple(
        item if type(item) is int and item > 0 else names.get(item) if type(item) is Symbol else None for item in items
    )
    if None in made or made.count("Automatic") > 1 or made.count("All") > 1:
        raise Unfit("a list of positive integers, Inherited, and at most one Automatic and one All")
    return made


def reshaped(target: tuple[Any, ...], shape: tuple[Any, ...]) -> tuple[Any, ...]:
    """Gives the dimensions that a reshape target means for an input of these dimensions."""
    made: list[Any] = []
    for index, item in enumerate(target):
        if item == "Inherited":
            if index >= len(shape):
                raise DimensionError(f"the input {show(shape)} has no dimension {index + 1} to inherit")
            made.append(shape[index])
        elif item == "All":
            made.extend(shape[index:])
        else:
            made.append(item)
    if "Automatic" in made:
        total = size(shape)
        rest = size(tuple(item for item in made if item != "Automatic"))
        place = made.index("Automatic")
        if total is None or not rest:
            made[place] = VARYING if VARYING in shape else None
        elif total % rest:
            raise DimensionError(f"{total} elements cannot be arranged in rows of {rest}")
        else:
            made[place] = total // rest
    result = tuple(made)
    if size(shape) is not None and size(result) is not None and size(shape) != size(result):
        raise DimensionError(
            f"an input of dimensions {show(shape)} has {size(shape)} elements, and cannot become {show(result)} "
            f"with {size(result)}"
        )
    return result


def solve_reshape(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    shape = known.get("...s")
    target = settings["target"]
    if shape is not None:
        known["...t"] = unify(known.get("...t"), reshaped(target, shape))
    elif all(isinstance(item, int) for item in target):
        known["...t"] = unify(known.get("...t"), target)


@layer(
    "ReshapeLayer",
    category="Structure layers",
    arguments=(argument("target", reshape_target, required=True),),
    ports="Input: ...s -> Output: ...t",
    solve=solve_reshape,
)
def reshape_layer(call: Call, x: Any) -> Any:
    """ReshapeLayer[{n1, n2, …}] arranges the elements of its input in these dimensions.

    Details: A dimension may be Inherited (as in the input), Automatic (what is left) or All (all further dimensions of
    the input).

    Examples:
        >> ReshapeLayer[{2, 2}][{1., 2., 3., 4.}]
        = {{1., 2.}, {3., 4.}}
        >> NetExtract[ReshapeLayer[{Automatic, 2}, "Input" -> 6], "Output"]
        = {3, 2}
        >> NetExtract[ReshapeLayer[{Inherited, Automatic}, "Input" -> {2, 3, 4}], "Output"]
        = {2, 12}
    Options: "Input":
        >> NetExtract[ReshapeLayer[{1, All}, "Input" -> {1, 3}], "Output"]
        = {1, 3}
    Options: "Output":
        >> NetExtract[ReshapeLayer[{Automatic, 2}, "Output" -> {3, 2}], "Output"]
        = {3, 2}
    Possible issues:
        >> ReshapeLayer[{2, 2}, "Input" -> 5]
        = $Failed
        message: ReshapeLayer::dims
    Source: https://reference.wolfram.com/language/ref/ReshapeLayer.html
    """
    return call.ops.reshape(x, shape=(call.batch, *reshaped(call["target"], x.shape[1:])))


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
    arguments=(argument("level", integer, 1),),
    ports=catenate_ports,
    solve=solve_catenate,
    variadic=True,
)
def catenate_layer(call: Call, *inputs: Any) -> Any:
    """CatenateLayer[] joins its inputs along their first dimension.
    CatenateLayer[n] joins them at level n.

    Details: The number of inputs follows from the connections in a NetGraph, or from InputPorts. All other dimensions
    must agree; an input of lower rank is replicated.

    Examples:
        >> CatenateLayer[][{{1., 2.}, {3.}}]
        = {1., 2., 3.}
        >> CatenateLayer[2][{{{1.}, {2.}}, {{3.}, {4.}}}]
        = {{1., 3.}, {2., 4.}}
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


def dot_ports(settings: Mapping[str, Any]) -> str:
    inputs = names_of_inputs(settings)
    return ", ".join(f"{name}: ...s{i}" for i, name in enumerate(inputs)) + " -> Output: ...t"


def solve_dot(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """The last dimension of each input is the first of the next; the others stay."""
    shapes = [known.get(f"...s{i}") for i in range(settings.get("inputs") or 0)]
    for index, (left, right) in enumerate(itertools.pairwise(shapes)):
        if left is None or right is None:
            return
        if not left or not right:
            raise DimensionError("a number cannot be multiplied by Dot; use Times")
        try:
            inner = unify_dimension(left[-1], right[0])
        except Disagreement:
            raise DimensionError(
                f"the last dimension of input {index + 1} {show(left)} must be the first dimension of input {index + 2} "
                f"{show(right)}"
            ) from None
        shapes[index] = (*left[:-1], inner)
        shapes[index + 1] = (inner, *right[1:])
    for index, shape in enumerate(shapes):
        known[f"...s{index}"] = shape
    if shapes and None not in shapes:
        result: tuple[Any, ...] = shapes[0] or ()
        for shape in shapes[1:]:
            assert shape is not None
            result = (*result[:-1], *shape[1:])
        known["...t"] = unify(known.get("...t"), result)


@layer(
    "DotLayer",
    category="Array operation layers",
    ports=dot_ports,
    solve=solve_dot,
    variadic=True,
)
def dot_layer(call: Call, *inputs: Any) -> Any:
    """DotLayer[] multiplies its inputs by Dot: the last dimension of each is the first of the next.

    Examples:
        >> DotLayer[][{{{1., 2.}, {3., 4.}}, {1., 1.}}]
        = {3., 7.}
        >> DotLayer[][{{1., 2.}, {3., 4.}}]
        = 11.
    Options: InputPorts:
        >> NetExtract[DotLayer[InputPorts -> {{2, 3}, {3, 4}}], "Output"]
        = {2, 4}
    Options: "Output":
        >> NetExtract[DotLayer[InputPorts -> 2, "Output" -> {2, 4}], "Output"]
        = {2, 4}
    Possible issues:
        >> DotLayer[InputPorts -> {{2, 3}, {2, 3}}]
        = $Failed
        message: DotLayer::dims
    Source: https://reference.wolfram.com/language/ref/DotLayer.html
    """
    ops, batch = call.ops, call.batch
    result = inputs[0]
    for right in inputs[1:]:
        inner = right.shape[1]
        outer = (*result.shape[1:-1], *right.shape[2:])
        rows = ops.reshape(result, shape=(batch, -1, inner))
        columns = ops.reshape(right, shape=(batch, inner, -1))
        result = ops.reshape(ops.matmul(rows, columns), shape=(batch, *outer))
    return result
