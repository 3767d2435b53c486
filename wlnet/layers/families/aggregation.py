"""Layers that make one number of many, and the order of elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.structure import names_of_inputs
from wlnet.layers.levels import Levels, levels, places
from wlnet.layers.settings import Unfit, argument, choice
from wlnet.nets.dimensions import Dimension, Port, unify, unify_dimension
from wlnet.terms import S, Term, expression


@layer(
    "SummationLayer",
    category="Array operation layers",
    ports="Input: ...s -> Output:",
)
def summation_layer(call: Call, x: Any) -> Any:
    """SummationLayer[] gives the sum of all elements of its input, whatever its dimensions.

    Examples:
        >> SummationLayer[][{{1., 2.}, {3., 4.}}]
        = 10.
    Options: "Input":
        >> SummationLayer["Input" -> "Varying"][{{1., 2.}, {1., 2., 3.}}]
        = {3., 6.}
    Options: "Output":
        >> NetExtract[SummationLayer["Output" -> "Real"], "Output"]
        = "Real"
    Possible issues:
        >> SummationLayer["Output" -> 2]
        = $Failed
        message: SummationLayer::dims
    Source: https://reference.wolfram.com/language/ref/SummationLayer.html
    """
    return call.ops.sum(x, axes=tuple(range(1, x.ndim)))


def total_ports(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: ...s" for name in names_of_inputs(settings)) + " -> Output: ...s"


@layer(
    "TotalLayer",
    category="Array operation layers",
    ports=total_ports,
    variadic=True,
)
def total_layer(call: Call, *inputs: Any) -> Any:
    """TotalLayer[] gives the sum of its inputs, which all have the same dimensions.

    Details: The number of inputs follows from the connections in a NetGraph, or from InputPorts.

    Examples:
        >> TotalLayer[][{{1., 2.}, {10., 20.}, {100., 200.}}]
        = {111., 222.}
        >> NetGraph[{Ramp, Tanh, TotalLayer[]}, {NetPort["Input"] -> {1, 2} -> 3}][{0., -1000.}]
        = {0., -1.}
    Options: InputPorts:
        >> NetExtract[TotalLayer[InputPorts -> {3, 3}], "Output"]
        = 3
        >> TotalLayer[InputPorts -> {"a", "b"}][<|"a" -> {1.}, "b" -> {2.}|>]
        = {3.}
        >> TotalLayer[InputPorts -> <|"a" -> 1, "b" -> 1|>][<|"a" -> {1.}, "b" -> {2.}|>]
        = {3.}
    Options: "Output":
        >> NetExtract[TotalLayer[InputPorts -> 2, "Output" -> {2, 3}], "Input2"]
        = {2, 3}
    Possible issues:
        >> TotalLayer[InputPorts -> {2, 3}]
        = $Failed
        message: TotalLayer::dims
    Source: https://reference.wolfram.com/language/ref/TotalLayer.html
    """
    return call.ops.add(*inputs) if len(inputs) > 1 else inputs[0]


def mean_deviation(ops: Any, x: Any, axes: tuple[int, ...]) -> Any:
    return ops.mean(ops.absolute(ops.subtract(x, ops.mean(x, axes=axes, keepdims=True))), axes=axes)


def interquartile_range(ops: Any, x: Any, axes: tuple[int, ...]) -> Any:
    return ops.subtract(ops.quantile(x, axes=axes, p=0.75), ops.quantile(x, axes=axes, p=0.25))


def check_size(function: str, sizes: Iterable[Dimension]) -> None:
    """Raises DimensionError where there are too few elements for a function."""
    if function in ("Variance", "StandardDeviation") and all(size == 1 for size in sizes):
        raise DimensionError(f"{function} needs at least two elements of the input, not one")


#: Name of a function → function(namespace, array, axes).
AGGREGATES: dict[str, Callable[..., Any]] = {
    "Mean": lambda ops, x, axes: ops.mean(x, axes=axes),
    "Min": lambda ops, x, axes: ops.min(x, axes=axes),
    "Max": lambda ops, x, axes: ops.max(x, axes=axes),
    "Total": lambda ops, x, axes: ops.sum(x, axes=axes),
    "Times": lambda ops, x, axes: ops.product(x, axes=axes),
    "Median": lambda ops, x, axes: ops.quantile(x, axes=axes, p=0.5),
    "Variance": lambda ops, x, axes: ops.variance(x, axes=axes, correction=1),
    "StandardDeviation": lambda ops, x, axes: ops.standard_deviation(x, axes=axes, correction=1),
    "MeanDeviation": mean_deviation,
    "InterquartileRange": interquartile_range,
}


def solve_aggregation(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    chosen: Levels = settings["Levels"]
    shape, result = known.get("...s"), known.get("...t")
    if shape is not None:
        gone = places(chosen, len(shape))
        check_size(settings["Function"], [shape[place] for place in gone])
        known["...t"] = result = unify(result, tuple(n for place, n in enumerate(shape) if place not in gone))
    elif isinstance(chosen, slice) and chosen.start > 0 and chosen.stop in (0, -1):
        known["...t"] = unify(result, (None,) * (chosen.start - 1))
    if result is not None and isinstance(chosen, tuple):
        rank = len(result) + len(chosen)
        gone = places(chosen, rank)
        rest = iter(result)
        if len(gone) == len(chosen):
            known["...s"] = unify(shape, tuple(None if place in gone else next(rest) for place in range(rank)))


@layer(
    "AggregationLayer",
    category="Array operation layers",
    arguments=(
        argument("Function", choice(*AGGREGATES), required=True),
        argument("Levels", levels, slice(2, 0), shown=expression("Span", 2, S.All)),
    ),
    ports="Input: ...s -> Output: ...t",
    solve=solve_aggregation,
)
def aggregation_layer(call: Call, x: Any) -> Any:
    """AggregationLayer[f] applies f to all numbers of each element of its input.
    AggregationLayer[f, n] aggregates over level n.
    AggregationLayer[f, n1 ;; n2] aggregates over the levels n1 to n2, AggregationLayer[f, {n1, n2, …}] over these levels.
    AggregationLayer[f, All] makes one number of the input.

    Details: f is Mean, Min, Max, Total, Times, Median, Variance, StandardDeviation, MeanDeviation or InterquartileRange.
    The default is 2 ;; All. Negative levels count from the last. Variance divides by the number of elements less one, as
    in the language.

    Examples:
        >> AggregationLayer[Mean][{{1., 3.}, {5., 6.}}]
        = {2., 5.5}
        >> AggregationLayer[Max, 1][{{1., 6.}, {5., 3.}}]
        = {5., 6.}
        >> AggregationLayer[Total, All][{{1., 2.}, {3., 4.}}]
        = 10.
        >> NetExtract[AggregationLayer[Total], "Levels"]
        = 2 ;; All
        >> NetExtract[AggregationLayer[Min, {1, 3}, "Input" -> {2, 3, 4, 5}], "Output"]
        = {3, 5}
        >> NetExtract[AggregationLayer[Min, 2 ;; 3, "Input" -> {2, 3, 4, 5}], "Output"]
        = {2, 5}
        >> AggregationLayer[Times, -1][{{1., 2.}, {3., 4.}}]
        = {2., 12.}
        >> AggregationLayer[Median, 1][{5., 1., 2., 7.}]
        = 3.5
        >> {AggregationLayer[Variance, 1][{1., 2., 4.}], AggregationLayer[StandardDeviation, 1][{1., 2., 4.}]}
        = {2.3333333, 1.5275252}
        >> {AggregationLayer["MeanDeviation", 1][{1., 2., 6.}], AggregationLayer["InterquartileRange", 1][{1., 2., 3., 4., 7.}]}
        = {2., 3.}
    Options: "Input":
        >> NetExtract[AggregationLayer[Mean, 1, "Input" -> {"Varying", 3}], "Output"]
        = 3
    Options: "Output":
        >> NetExtract[AggregationLayer[Mean, 1, "Output" -> {2, 3}], "Input"]
        = {Automatic, 2, 3}
    Possible issues:
        >> AggregationLayer[Mean, "Input" -> 3]
        = $Failed
        message: AggregationLayer::dims
        >> AggregationLayer[Sin]
        = $Failed
        message: AggregationLayer::args
    Source: https://reference.wolfram.com/language/ref/AggregationLayer.html
    """
    axes = tuple(place + 1 for place in places(call["Levels"], x.ndim - 1))
    check_size(call["Function"], [x.shape[axis] for axis in axes])
    return AGGREGATES[call["Function"]](call.ops, x, axes)


def how_many(term: Term) -> int | None:
    """Takes n (not 0), or All (None here)."""
    if term is S.All:
        return None
    if type(term) is int and term:
        return term
    raise Unfit("a positive or negative integer, or All")


def solve_ordering(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    length, count = known.get("t"), settings["Count"]
    if count is None:
        known["t"] = known["u"] = unify_dimension(known.get("u"), length)
        return
    if isinstance(length, int) and abs(count) > length:
        raise DimensionError(f"{abs(count)} positions are to be given, but the input has {length} elements")
    known["u"] = unify_dimension(known.get("u"), abs(count))


@layer(
    "OrderingLayer",
    category="Structure layers",
    arguments=(argument("Count", how_many),),
    ports="Input: t -> Output: u",
    elements={"Output": Port(element="Integer")},
    limits={"Output": ("Input", 0)},
    solve=solve_ordering,
)
def ordering_layer(call: Call, x: Any) -> Any:
    """OrderingLayer[] gives the positions, from 1, that sort its input: that of the smallest element first.
    OrderingLayer[n] gives the positions of the n smallest elements.
    OrderingLayer[-n] gives the positions of the n largest elements, that of the largest last.

    Examples:
        >> OrderingLayer[][{3., 1., 2.}]
        = {2, 3, 1}
        >> OrderingLayer[1][{3., 1., 2.}]
        = {2}
        >> OrderingLayer[-2][{3., 1., 2., 9.}]
        = {1, 4}
        >> OrderingLayer[All][{2., 2., 1.}]
        = {3, 1, 2}
    Options: "Input":
        >> NetExtract[OrderingLayer["Input" -> "Varying"], "Output"]
        = {"Varying", "Integer"}
    Options: "Output":
        >> NetExtract[OrderingLayer["Output" -> 5], "Input"]
        = 5
    Possible issues:
        >> OrderingLayer[0]
        = $Failed
        message: OrderingLayer::args
        >> OrderingLayer[4, "Input" -> 3]
        = $Failed
        message: OrderingLayer::dims
    Source: https://reference.wolfram.com/language/ref/OrderingLayer.html
    """
    order, count = call.ops.ordering(x), call["Count"]
    if count is None:
        return order
    if abs(count) > x.shape[1]:
        raise DimensionError(f"{abs(count)} positions are to be given of {x.shape[1]} elements")
    return call.ops.part(order, index=(slice(None), slice(count) if count > 0 else slice(count, None)))
