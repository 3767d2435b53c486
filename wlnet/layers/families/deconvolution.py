"""Deconvolution, in one, two and three dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.convolution import convolution_ports
from wlnet.layers.settings import argument, count, option, optional, sizes
from wlnet.layers.windows import WINDOW_OPTIONS, channels_back, channels_first, dimensionality, per_dimension
from wlnet.nets.dimensions import Dimension, unify
from wlnet.nets.kinds import Array

Cut = tuple[tuple[int, int], ...]


def cut_off(value: Any, spread: tuple[int, ...], stride: tuple[int, ...]) -> Cut:
    """Gives how much is cut off (before, after) along each dimension; "Same" leaves stride times the input."""
    if value == "Same":
        excess = [max(0, window - step) for window, step in zip(spread, stride, strict=True)]
        return tuple((total // 2, total - total // 2) for total in excess)
    if isinstance(value, int):
        return ((value, value),) * len(spread)
    return per_dimension("PaddingSize", value, len(spread))


def grown(size: tuple[Dimension, ...], spread: Any, stride: Any, cut: Cut, same: bool) -> tuple[Dimension, ...]:
    """Gives the sizes of the output: stride (d - 1) + dilation (k - 1) + 1 - before - after."""
    made: list[Dimension] = []
    for length, window, step, (before, after) in zip(size, spread, stride, cut, strict=True):
        if isinstance(length, int):
            length = length * step if same else step * (length - 1) + window - before - after
            if length < 1:
                raise DimensionError("PaddingSize cuts off the whole output; make it smaller")
        made.append(length)
    return tuple(made)


def shrunk(size: tuple[Dimension, ...], spread: Any, stride: Any, cut: Cut, same: bool) -> tuple[Dimension, ...]:
    """Gives the sizes of the input that have these sizes of the output."""
    made: list[Dimension] = []
    for length, window, step, (before, after) in zip(size, spread, stride, cut, strict=True):
        if isinstance(length, int):
            rest = length - step if same else length + before + after - window
            if rest < 0 or rest % step:
                raise DimensionError(f"no input gives an output of size {length} with this kernel, stride and padding")
            length = rest // step + 1
        made.append(length)
    return tuple(made)


def solve_deconvolution(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    groups = settings["ChannelGroups"]
    channels, outputs, share = known.get("c"), known.get("o"), known.get("g")
    for name, number in (("input", channels), ("output", outputs)):
        if isinstance(number, int) and number % groups:
            raise DimensionError(f"{number} {name} channels cannot be divided into {groups} groups")
    if isinstance(outputs, int):
        known["g"] = unify((share,), (outputs // groups,))[0]  # type: ignore[index]
    elif isinstance(share, int):
        known["o"] = share * groups
    rank = dimensionality(settings, known)
    if rank is None:
        return
    kernel = per_dimension("the kernel", settings["kernel"], rank)
    spread, stride, cut = geometry(settings, kernel)
    known["...k"] = unify(known.get("...k"), kernel)
    rule = (spread, stride, cut, settings["PaddingSize"] == "Same")
    known["...x"] = unify(known.get("...x"), (None,) * rank)
    known["...y"] = unify(known.get("...y"), grown(known["...x"], *rule))
    known["...x"] = unify(known["...x"], shrunk(known["...y"], *rule))


def geometry(settings: Mapping[str, Any], kernel: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...], Cut]:
    """Gives the reach of the kernel, the stride, and what is cut off, for each dimension."""
    rank = len(kernel)
    stride = per_dimension("the stride", settings["Stride"], rank)
    dilation = per_dimension("Dilation", settings["Dilation"], rank)
    spread = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    return spread, stride, cut_off(settings["PaddingSize"], spread, stride)


@layer(
    "DeconvolutionLayer",
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
    arrays={"Weights": Array("c g ...k"), "Biases": Array("o", initialize=0.0, optional=True)},
    solve=solve_deconvolution,
)
def deconvolution_layer(call: Call, x: Any, weights: Any, biases: Any) -> Any:
    """DeconvolutionLayer[n, s] is a trainable deconvolution with n output channels and kernels of size s.
    DeconvolutionLayer[n, {s}] works in one dimension, {h, w} in two, {h, w, d} in three.

    Details: It is the transpose of a convolution: each element of the input, times the kernel, is added to the output,
    moved by the stride. A dimension d becomes stride (d - 1) + dilation (s - 1) + 1 - 2 PaddingSize; PaddingSize is cut
    off, and "Same" leaves stride d. "Weights" has the dimensions {input channels, n/groups, s…}.

    Examples:
        >> DeconvolutionLayer[1, {2}, "Weights" -> {{{1, 10}}}, "Biases" -> {0}][{{1., 2., 3.}}]
        = {{1., 12., 23., 30.}}
        >> NetExtract[DeconvolutionLayer[8, 3, "Input" -> {4, 7, 7}], "Output"]
        = {8, 9, 9}
        >> NetExtract[DeconvolutionLayer[2, {2, 2, 2}, "Input" -> {1, 3, 4, 5}], "Output"]
        = {2, 4, 5, 6}
    Options: "Weights":
        >> Information[DeconvolutionLayer[2, 3, "Input" -> {4, 9, 9}, "Weights" -> NetArray["K"]], "ArraysDimensions"]
        = <|NetArray["K"] -> {4, 2, 3, 3}, {"Biases"} -> {2}|>
    Options: "Biases":
        >> DeconvolutionLayer[1, {1}, "Weights" -> {{{2}}}, "Biases" -> None][{{1., 2.}}]
        = {{2., 4.}}
        >> DeconvolutionLayer[1, {1}, "Weights" -> {{{2}}}, "Biases" -> {5}][{{1., 2.}}]
        = {{7., 9.}}
    Options: "ChannelGroups":
        >> Information[DeconvolutionLayer[6, {3}, "Input" -> {4, 5}, "ChannelGroups" -> 2], "ArraysDimensions"]
        = <|{"Weights"} -> {4, 3, 3}, {"Biases"} -> {6}|>
    Options: "Dilation":
        >> NetExtract[DeconvolutionLayer[1, 3, "Dilation" -> 2, "Input" -> {1, 5, 5}], "Output"]
        = {1, 9, 9}
    Options: "Dimensionality":
        >> NetExtract[DeconvolutionLayer[1, 3, "Dimensionality" -> 1, "Input" -> {1, 7}], "Output"]
        = {1, 9}
    Options: Interleaving:
        >> NetExtract[DeconvolutionLayer[8, 3, Interleaving -> True, "Input" -> {5, 5, 2}], "Output"]
        = {7, 7, 8}
    Options: PaddingSize:
        >> DeconvolutionLayer[1, {2}, PaddingSize -> 1, "Weights" -> {{{1, 10}}}, "Biases" -> None][{{1., 2., 3.}}]
        = {{12., 23.}}
        >> NetExtract[DeconvolutionLayer[2, 3, PaddingSize -> {{1, 0}, {0, 1}}, "Stride" -> {2, 1}, "Input" -> {1, 3, 3}], "Output"]
        = {2, 6, 4}
        >> NetExtract[DeconvolutionLayer[8, 3, PaddingSize -> "Same", "Stride" -> 2, "Input" -> {1, 5, 5}], "Output"]
        = {8, 10, 10}
    Options: "Stride":
        >> NetExtract[DeconvolutionLayer[8, 3, "Stride" -> 2, "Input" -> {1, 4, 4}], "Output"]
        = {8, 9, 9}
    Options: LearningRateMultipliers:
        >> Information[DeconvolutionLayer[1, 2, LearningRateMultipliers -> 2], "ArraysLearningRateMultipliers"]
        = <|{"Weights"} -> 2, {"Biases"} -> 2|>
    Options: "Input":
        >> NetExtract[DeconvolutionLayer[1, {3}, PaddingSize -> "Same", "Input" -> {3, "Varying"}], "Output"]
        = {1, "Varying"}
    Options: "Output":
        >> NetExtract[DeconvolutionLayer[Automatic, 3, "Stride" -> 2, "Output" -> {3, 9, 9}], "Input"]
        = {Automatic, 4, 4}
    Possible issues:
        >> DeconvolutionLayer[1, 2, "Stride" -> 2, "Output" -> {1, 5, 5}]
        = $Failed
        message: DeconvolutionLayer::dims
        >> DeconvolutionLayer[3, 2, "ChannelGroups" -> 2]
        = $Failed
        message: DeconvolutionLayer::dims
    Source: https://reference.wolfram.com/language/ref/DeconvolutionLayer.html
    """
    x = channels_first(call, x)
    kernel = weights.shape[2:]
    spread, stride, cut = geometry(call.settings, kernel)
    y = call.ops.deconvolution(
        x,
        weights,
        biases,
        size=grown(x.shape[2:], spread, stride, cut, call["PaddingSize"] == "Same"),
        stride=stride,
        padding=cut,
        dilation=per_dimension("Dilation", call["Dilation"], len(kernel)),
        groups=call["ChannelGroups"],
    )
    return channels_back(call, y)
