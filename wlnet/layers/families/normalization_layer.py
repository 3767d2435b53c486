"""Normalization of each example by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.activation import solve_chosen, upright
from wlnet.layers.levels import Levels, levels, places
from wlnet.layers.settings import Unfit, argument, boolean, choice, count, non_negative, option, optional, real, sizes
from wlnet.layers.settings import text as name_of
from wlnet.nets.kinds import Array
from wlnet.terms import FALSE, NONE, S, Term, expression


def scaling_levels(term: Term) -> Levels | str:
    """Takes "Complement", "Same", or levels."""
    if name_of(term) in ("Complement", "Same"):
        return str(name_of(term))
    try:
        return levels(term)
    except Unfit as unfit:
        raise Unfit(f'"Complement", "Same", {unfit}') from None


def aggregated(settings: Mapping[str, Any], rank: int) -> tuple[int, ...]:
    """Gives the places of the dimensions over which the statistics are taken; raises DimensionError."""
    chosen = settings["AggregationLevels"]
    if isinstance(chosen, slice) and chosen.start > rank:
        raise DimensionError(
            f"an input of rank {rank} has no levels {chosen.start} ;; All to normalize over; give the levels, such as "
            "NormalizationLayer[1]"
        )
    return places(chosen, rank)


def scaled(settings: Mapping[str, Any], rank: int) -> tuple[int, ...]:
    """Gives the places of the dimensions that "Scaling" and "Biases" have."""
    chosen = settings["ScalingLevels"]
    if isinstance(chosen, str):
        over = aggregated(settings, rank)
        return over if chosen == "Same" else tuple(i for i in range(rank) if i not in over)
    return places(chosen, rank)


def group_numbers(settings: Mapping[str, Any], over: tuple[int, ...], shape: tuple[Any, ...]) -> dict[int, int]:
    """Gives place → number of groups; raises DimensionError where that does not fit."""
    given = settings["GroupNumber"]
    if given is None:
        return {}
    numbers = (given,) if isinstance(given, int) else given
    if len(numbers) != len(over):
        raise DimensionError(
            f'"GroupNumber" has {len(numbers)} entries, but there are {len(over)} levels to normalize over'
        )
    for place, number in zip(over, numbers, strict=True):
        dimension = shape[place]
        if isinstance(dimension, int) and dimension % number:
            raise DimensionError(f"{dimension} elements at level {place + 1} cannot be divided into {number} groups")
    return dict(zip(over, numbers, strict=True))


def solve_normalization(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    shape = known.get("...s")
    if shape is not None:
        rank = len(shape)
        group_numbers(settings, aggregated(settings, rank), shape)
        solve_chosen("...p", tuple(place + 1 for place in scaled(settings, rank)), known)


@layer(
    "NormalizationLayer",
    category="Training optimization layers",
    arguments=(
        argument("AggregationLevels", levels, slice(2, 0), shown=expression("Span", 2, S.All)),
        argument("ScalingLevels", scaling_levels, "Complement"),
    ),
    options={
        "Epsilon": option("Epsilon", non_negative, 0.001),
        "GroupNumber": option("GroupNumber", optional(sizes), None, NONE),
        "Method": option("Method", choice("Standardize", "RMS"), "Standardize"),
        "Unbiased": option("Unbiased", boolean, False, FALSE),
    },
    ports="Input: ...s -> Output: ...s",
    arrays={
        "Scaling": Array("...p", initialize=1.0, optional=True),
        "Biases": Array("...p", initialize=0.0, optional=True),
    },
    solve=solve_normalization,
)
def normalization_layer(call: Call, x: Any, scaling: Any, biases: Any) -> Any:
    """NormalizationLayer[] normalizes every channel of its input by its own mean and variance.
    NormalizationLayer[levels] takes the mean and variance over these levels.
    NormalizationLayer[levels, scaling] has a scaling and a bias for each position at the levels `scaling`.

    Details: It computes (x - mean)/Sqrt[variance + epsilon]*Scaling + Biases, in training and outside alike. levels is a
    level n, a span n1 ;; n2, a list of levels, or All; the default is 2 ;; All. The scaling levels are "Complement" (the
    others), "Same", or levels. "GroupNumber" -> {g1, …} takes the first of the levels in g1 groups, and so on.

    Examples:
        >> NetInitialize[NormalizationLayer["Epsilon" -> 0, "Input" -> {2, 2}]][{{1., 3.}, {10., 30.}}]
        = {{-1., 1.}, {-1., 1.}}
        >> NetInitialize[NormalizationLayer[1, "Same", "Epsilon" -> 0, "Input" -> 4]][{1., 3., 1., 3.}]
        = {-1., 1., -1., 1.}
        >> Information[NormalizationLayer["Input" -> {3, 8, 8}], "ArraysDimensions"]
        = <|{"Scaling"} -> {3}, {"Biases"} -> {3}|>
        >> Information[NormalizationLayer[2 ;; 3, "Same", "Input" -> {3, 4, 5}], "ArraysDimensions"][{"Scaling"}]
        = {4, 5}
        >> Information[NormalizationLayer[All, 1, "Input" -> {3, 4, 5}], "ArraysDimensions"][{"Scaling"}]
        = {3}
    Options: "Epsilon":
        >> NetInitialize[NormalizationLayer[1, "Same", "Epsilon" -> 3, "Input" -> 2]][{1., 3.}]
        = {-0.5, 0.5}
    Options: "GroupNumber":
        >> NetInitialize[NormalizationLayer[1, "Same", "GroupNumber" -> {2}, "Epsilon" -> 0, "Input" -> 4]][{1., 3., 10., 30.}]
        = {-1., 1., -1., 1.}
        >> NetExtract[NormalizationLayer[{1, 2}, 1, "GroupNumber" -> {2, 1}, "Input" -> {4, 3}], "Output"]
        = {4, 3}
    Options: Method:
        >> NetInitialize[NormalizationLayer[1, "Same", Method -> "RMS", "Epsilon" -> 0, "Input" -> 2]][{3., 3.}]
        = {1., 1.}
    Options: "Unbiased":
        >> NetInitialize[NormalizationLayer[1, "Same", "Unbiased" -> True, "Epsilon" -> 2, "Input" -> 2]][{1., 3.}]
        = {-0.5, 0.5}
    Options: "Scaling":
        >> NormalizationLayer["Scaling" -> {2}, "Biases" -> None, "Epsilon" -> 0][{{1., 3.}}]
        = {{-2., 2.}}
    Options: "Biases":
        >> NormalizationLayer["Scaling" -> None, "Biases" -> {5}, "Epsilon" -> 0][{{1., 3.}}]
        = {{4., 6.}}
    Options: LearningRateMultipliers:
        >> Information[NormalizationLayer[LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"][{"Biases"}]
        = 0
    Options: "Input":
        >> NetExtract[NormalizationLayer[2, "Same", "Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Output":
        >> NetExtract[NormalizationLayer["Output" -> {3, 4}], "Input"]
        = {3, 4}
    Possible issues:
        >> NormalizationLayer["Input" -> 3]
        = $Failed
        message: NormalizationLayer::dims
        >> NormalizationLayer[1, "GroupNumber" -> 2, "Input" -> {3, 4}]
        = $Failed
        message: NormalizationLayer::dims
    Source: https://reference.wolfram.com/language/ref/NormalizationLayer.html, J. Ba and others 2016, D. Ulyanov and
        others 2016, Y. Wu and K. He 2018, B. Zhang and R. Sennrich 2019
    """
    ops, rank = call.ops, x.ndim - 1
    over = aggregated(call.settings, rank)
    groups = group_numbers(call.settings, over, x.shape[1:])
    shape, axes = [call.batch], []
    for place, dimension in enumerate(x.shape[1:]):
        if groups.get(place, 1) > 1:
            shape.append(groups[place])
            dimension //= groups[place]
        if place in over:
            axes.append(len(shape))
        shape.append(dimension)
    y = ops.standardize(
        ops.reshape(x, shape=tuple(shape)) if groups else x,
        axes=tuple(axes),
        epsilon=call["Epsilon"],
        center=call["Method"] == "Standardize",
        correction=int(call["Unbiased"]),
    )
    y = ops.reshape(y, shape=x.shape) if groups else y
    at = scaled(call.settings, rank)
    y = y if scaling is None else ops.multiply(y, upright(call, scaling, at, rank))
    return y if biases is None else ops.add(y, upright(call, biases, at, rank))


def solve_response(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    least = 2 * settings["ChannelWindowSize"] + 1
    channels = known.get("c")
    if isinstance(channels, int) and channels < least:
        raise DimensionError(
            f'{channels} channels are too few: a "ChannelWindowSize" of {settings["ChannelWindowSize"]} needs {least}'
        )


@layer(
    "LocalResponseNormalizationLayer",
    category="Training optimization layers",
    options={
        "Alpha": option("Alpha", real, 1.0),
        "Beta": option("Beta", real, 0.5),
        "Bias": option("Bias", real, 1.0),
        "ChannelWindowSize": option("ChannelWindowSize", count, 2),
    },
    ports="Input: c h w -> Output: c h w",
    solve=solve_response,
)
def local_response_normalization_layer(call: Call, x: Any) -> Any:
    """LocalResponseNormalizationLayer[] divides each element of an image by a mean over the channels next to its own.

    Details: With a = "Alpha", b = "Beta", k = "Bias" and c = "ChannelWindowSize", x[[i]] is divided by
    (k + a/(2 c + 1) Total[x[[i - c ;; i + c]]^2])^b, the sum over the channels that there are. The input has at least
    2 c + 1 channels.

    Examples:
        >> LocalResponseNormalizationLayer["ChannelWindowSize" -> 1][{{{3.}}, {{0.}}, {{0.}}}]
        = {{{1.5}}, {{0.}}, {{0.}}}
        >> NetExtract[LocalResponseNormalizationLayer["Input" -> {5, 4, 3}], "Output"]
        = {5, 4, 3}
    Options: "Alpha":
        >> LocalResponseNormalizationLayer["Alpha" -> 3, "ChannelWindowSize" -> 1][{{{1.}}, {{1.}}, {{1.}}}]
        = {{{0.5773503}}, {{0.5}}, {{0.5773503}}}
    Options: "Beta":
        >> LocalResponseNormalizationLayer["Beta" -> 1, "ChannelWindowSize" -> 1, "Alpha" -> 3][{{{1.}}, {{1.}}, {{1.}}}]
        = {{{0.3333333}}, {{0.25}}, {{0.3333333}}}
    Options: "Bias":
        >> LocalResponseNormalizationLayer["Bias" -> 4, "Alpha" -> 0][ConstantArray[1., {5, 1, 1}]][[1]]
        = {{0.5}}
    Options: "ChannelWindowSize":
        >> NetExtract[LocalResponseNormalizationLayer["ChannelWindowSize" -> 1, "Input" -> {3, 2, 2}], "ChannelWindowSize"]
        = 1
    Options: "Input":
        >> NetExtract[LocalResponseNormalizationLayer["Input" -> {6, 2, 2}], "Output"]
        = {6, 2, 2}
    Options: "Output":
        >> NetExtract[LocalResponseNormalizationLayer["Output" -> {6, 2, 2}], "Input"]
        = {6, 2, 2}
    Possible issues:
        >> LocalResponseNormalizationLayer["Input" -> {3, 8, 8}]
        = $Failed
        message: LocalResponseNormalizationLayer::dims
    Source: https://reference.wolfram.com/language/ref/LocalResponseNormalizationLayer.html, A. Krizhevsky and others 2012
    """
    ops, channels, window = call.ops, x.shape[1], call["ChannelWindowSize"]
    near = np.abs(np.subtract.outer(np.arange(channels), np.arange(channels))) <= window
    band = (near * (call["Alpha"] / (2 * window + 1))).astype(x.dtype)
    squares = ops.reshape(ops.square(x), shape=(call.batch, channels, -1))
    means = ops.reshape(ops.matmul(band, squares), shape=x.shape)
    base = ops.add(means, np.asarray(call["Bias"], x.dtype))
    return ops.multiply(x, ops.power(base, np.asarray(-call["Beta"], x.dtype)))
