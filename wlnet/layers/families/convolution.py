"""Convolution and pooling, in one, two and three dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import argument, choice, count, option, optional, sizes
from wlnet.layers.windows import WINDOW_OPTIONS, channels_back, channels_first, padding_for, per_dimension, solve_window
from wlnet.nets.dimensions import unify
from wlnet.nets.kinds import Array
from wlnet.terms import S


def solve_convolution(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    solve_window(settings, known)
    groups = settings["ChannelGroups"]
    channels, outputs = known.get("c"), known.get("o")
    if isinstance(outputs, int) and outputs % groups:
        raise DimensionError(f"{outputs} output channels cannot be divided into {groups} groups")
    if isinstance(channels, int):
        if channels % groups:
            raise DimensionError(f"{channels} input channels cannot be divided into {groups} groups")
        known["g"] = unify((known.get("g"),), (channels // groups,))[0]  # type: ignore[index]
    elif isinstance(known.get("g"), int):
        known["c"] = known["g"] * groups


def convolution_ports(settings: Mapping[str, Any]) -> str:
    if settings["Interleaving"]:
        return "Input: ...x c -> Output: ...y o"
    return "Input: c ...x -> Output: o ...y"


@layer(
    "ConvolutionLayer",
    category="Convolution and filtering layers",
    arguments=(
        argument("o", optional(count), title="OutputChannels"),
        argument("kernel", sizes, required=True, title="KernelSize"),
    ),
    options={
        "ChannelGroups": option("ChannelGroups", count, 1, 1),
        "Dilation": option("Dilation", sizes, 1, 1),
        "Stride": option("Stride", sizes, 1, 1),
        **WINDOW_OPTIONS,
    },
    ports=convolution_ports,
    arrays={"Weights": Array("o g ...k"), "Biases": Array("o", initialize=0.0, optional=True)},
    solve=solve_convolution,
)
def convolution_layer(call: Call, x: Any, weights: Any, biases: Any) -> Any:
    """ConvolutionLayer[n, s] is a trainable convolution with n output channels and kernels of size s in every dimension.
    ConvolutionLayer[n, {s}] convolves in one dimension, {h, w} in two, {h, w, d} in three.

    Details: The first dimension of the input holds the channels (the last with Interleaving -> True). The kernel is not
    flipped (a cross-correlation). "Weights" has the dimensions {n, channels/groups, s…}.

    Examples:
        >> ConvolutionLayer[1, 2, "Weights" -> {{{{1, 0}, {0, 1}}}}, "Biases" -> {0.5}][{{{1., 2.}, {3., 4.}}}]
        = {{{5.5}}}
        >> NetExtract[ConvolutionLayer[8, 3, "Input" -> {1, 28, 28}], "Output"]
        = {8, 26, 26}
        >> NetExtract[ConvolutionLayer[8, {3}, "Input" -> {4, 10}], "Output"]
        = {8, 8}
        >> NetExtract[ConvolutionLayer[2, {3, 3, 3}, "Input" -> {1, 5, 6, 7}], "Output"]
        = {2, 3, 4, 5}
    Options: "Weights":
        >> Information[ConvolutionLayer[2, 3, "Input" -> {4, 9, 9}, "Weights" -> NetArray["K"]], "ArraysDimensions"]
        = <|NetArray["K"] -> {2, 4, 3, 3}, {"Biases"} -> {2}|>
    Options: "Biases":
        >> ConvolutionLayer[1, {1}, "Weights" -> {{{2}}}, "Biases" -> None][{{1., 2.}}]
        = {{2., 4.}}
    Options: "ChannelGroups":
        >> Information[ConvolutionLayer[4, {3}, "Input" -> {4, 9}, "ChannelGroups" -> 2], "ArraysDimensions"]
        = <|{"Weights"} -> {4, 2, 3}, {"Biases"} -> {4}|>
    Options: "Dilation":
        >> NetExtract[ConvolutionLayer[1, 3, "Dilation" -> 2, "Input" -> {1, 9, 9}], "Output"]
        = {1, 5, 5}
        >> ConvolutionLayer[1, {2, 1}, "Dilation" -> {2, 1}, "Weights" -> {{{{1}, {1}}}}, "Biases" -> None][{{{1., 2.}, {3., 4.}, {5., 6.}}}]
        = {{{6., 8.}}}
    Options: "Dimensionality":
        >> NetExtract[ConvolutionLayer[1, 3, "Dimensionality" -> 1, "Input" -> {1, 9}], "Output"]
        = {1, 7}
    Options: Interleaving:
        >> NetExtract[ConvolutionLayer[8, 3, Interleaving -> True, "Input" -> {28, 28, 1}], "Output"]
        = {26, 26, 8}
        >> ConvolutionLayer[2, {1}, Interleaving -> True, "ChannelGroups" -> 2, "Weights" -> {{{1}}, {{10}}}, "Biases" -> {0, 1}][
        {{1., 2.}, {3., 4.}}]
        = {{1., 21.}, {3., 41.}}
    Options: PaddingSize:
        >> NetExtract[ConvolutionLayer[8, 3, PaddingSize -> 1, "Input" -> {1, 28, 28}], "Output"]
        = {8, 28, 28}
        >> NetExtract[ConvolutionLayer[8, 3, PaddingSize -> "Same", "Stride" -> 2, "Input" -> {1, 9, 9}], "Output"]
        = {8, 5, 5}
        >> ConvolutionLayer[1, {2}, PaddingSize -> {{1, 0}}, "Weights" -> {{{1, 2}}}, "Biases" -> None][{{1., 2., 3.}}]
        = {{2., 5., 8.}}
        >> NetExtract[ConvolutionLayer[2, {2, 3}, PaddingSize -> {1, 0}, "Input" -> {1, 4, 5}], "Output"]
        = {2, 5, 3}
        >> NetExtract[ConvolutionLayer[2, 2, PaddingSize -> {{1, 0}, {0, 2}}, "Stride" -> {2, 1}, "Input" -> {1, 4, 3}], "Output"]
        = {2, 2, 4}
    Options: "Stride":
        >> NetExtract[ConvolutionLayer[8, 3, "Stride" -> 2, "Input" -> {1, 9, 9}], "Output"]
        = {8, 4, 4}
    Options: LearningRateMultipliers:
        >> Information[ConvolutionLayer[1, 2, LearningRateMultipliers -> 2], "ArraysLearningRateMultipliers"]
        = <|{"Weights"} -> 2, {"Biases"} -> 2|>
    Options: "Input":
        >> NetExtract[ConvolutionLayer[1, 2, "Input" -> {3, 8, 8}], "Input"]
        = {3, 8, 8}
        >> NetExtract[ConvolutionLayer[3, {2}, "Input" -> {2, "Varying"}], "Output"]
        = {3, "Varying"}
    Options: "Output":
        >> NetExtract[ConvolutionLayer[Automatic, 2, "Output" -> {3, 8, 8}], "Input"]
        = {Automatic, 9, 9}
    Possible issues:
        >> ConvolutionLayer[1, 5, "Input" -> {1, 3, 3}]
        = $Failed
        message: ConvolutionLayer::dims
    Source: https://reference.wolfram.com/language/ref/ConvolutionLayer.html
    """
    x = channels_first(call, x)
    rank = x.ndim - 2
    kernel = weights.shape[2:]
    stride = per_dimension("the stride", call["Stride"], rank)
    dilation = per_dimension("Dilation", call["Dilation"], rank)
    spread = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    y = call.ops.convolution(
        x,
        weights,
        biases,
        stride=stride,
        padding=padding_for(call, x, spread, stride),
        dilation=dilation,
        groups=call["ChannelGroups"],
    )
    return channels_back(call, y)


def pooling_ports(settings: Mapping[str, Any]) -> str:
    return "Input: ...x c -> Output: ...y c" if settings["Interleaving"] else "Input: c ...x -> Output: c ...y"


@layer(
    "PoolingLayer",
    category="Convolution and filtering layers",
    arguments=(argument("kernel", sizes, required=True, title="KernelSize"), argument("Stride", sizes, 1)),
    options={"Function": option("Function", choice("Max", "Mean", "Total"), "Max", S.Max), **WINDOW_OPTIONS},
    ports=pooling_ports,
    solve=solve_window,
)
def pooling_layer(call: Call, x: Any) -> Any:
    """PoolingLayer[n] gives the maximum of every window of size n, moved by one.
    PoolingLayer[n, s] moves the windows by s.
    PoolingLayer[{n1, n2, …}, {s1, s2, …}] sets size and step for each dimension.

    Details: The first dimension of the input holds the channels (the last with Interleaving -> True). Padding counts as
    zeros in Mean and Total, and not at all in Max.

    Examples:
        >> PoolingLayer[2, 2][{{{1., 2.}, {3., 4.}}}]
        = {{{4.}}}
        >> NetExtract[PoolingLayer[3, "Input" -> {2, 9, 9}], "Output"]
        = {2, 7, 7}
        >> NetExtract[PoolingLayer[{2, 3}, {2, 1}, "Input" -> {2, 8, 9}], "Output"]
        = {2, 4, 7}
        >> PoolingLayer[{2, 3}, "Stride" -> {2, 1}] === PoolingLayer[{2, 3}, {2, 1}]
        = True
        >> NetExtract[PoolingLayer[2, 2, "Input" -> {2, 2, 4, 4}], "Output"]
        = {2, 1, 2, 2}
        >> PoolingLayer[{2}, "Input" -> {1, "Varying"}][{{{1., 3., 2.}}, {{1., 2.}}}]
        = {{{3., 3.}}, {{2.}}}
    Options: "Dimensionality":
        >> NetExtract[PoolingLayer[2, "Dimensionality" -> 1, "Input" -> {1, 5}], "Output"]
        = {1, 4}
    Options: "Function":
        >> PoolingLayer[2, 2, "Function" -> Mean][{{{1., 2.}, {3., 4.}}}]
        = {{{2.5}}}
        >> PoolingLayer[{2}, "Function" -> Total][{{1., 2., 4.}}]
        = {{3., 6.}}
    Options: Interleaving:
        >> NetExtract[PoolingLayer[2, 2, Interleaving -> True, "Input" -> {8, 8, 3}], "Output"]
        = {4, 4, 3}
    Options: PaddingSize:
        >> NetExtract[PoolingLayer[3, 2, PaddingSize -> "Same", "Input" -> {1, 9, 9}], "Output"]
        = {1, 5, 5}
        >> PoolingLayer[{2}, "Function" -> Mean, PaddingSize -> {{1, 0}}][{{1., 2.}}]
        = {{0.5, 1.5}}
        >> PoolingLayer[2, PaddingSize -> {1, 0}][{{{-1., -2.}}}]
        = {{{-1.}, {-1.}}}
        >> PoolingLayer[{2}, "Function" -> Total, PaddingSize -> "Same"][{{1., 2., 3.}}]
        = {{3., 5., 3.}}
    Options: "Input":
        >> NetExtract[PoolingLayer[2, "Input" -> {1, 3, 3}], "Input"]
        = {1, 3, 3}
    Options: "Output":
        >> NetExtract[PoolingLayer[2, "Output" -> {1, 3, 3}], "Input"]
        = {1, 4, 4}
    Possible issues:
        >> PoolingLayer[5, "Input" -> {1, 3, 3}]
        = $Failed
        message: PoolingLayer::dims
    Source: https://reference.wolfram.com/language/ref/PoolingLayer.html
    """
    x = channels_first(call, x)
    rank = x.ndim - 2
    kernel = per_dimension("the kernel", call["kernel"], rank)
    stride = per_dimension("the stride", call["Stride"], rank)
    y = call.ops.pooling(
        x,
        function=call["Function"],
        kernel=kernel,
        stride=stride,
        padding=padding_for(call, x, kernel, stride),
    )
    return channels_back(call, y)
