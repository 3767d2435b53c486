"""Convolution and pooling, in one, two and three dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import argument, boolean, choice, count, option, optional, padding, sizes
from wlnet.nets.dimensions import Dimension, show, unify
from wlnet.nets.kinds import Array
from wlnet.terms import FALSE, S


def per_dimension(name: str, value: Any, rank: int) -> tuple[Any, ...]:
    """Gives a setting as a tuple with an entry for each dimension; raises DimensionError."""
    if isinstance(value, int):
        return (value,) * rank
    if len(value) != rank:
        raise DimensionError(
            f"{name} has {len(value)} entries, but the input has {rank} dimensions besides the channels"
        )
    return tuple(value)


def pads(
    value: Any, size: tuple[Any, ...], kernel: tuple[int, ...], stride: tuple[int, ...]
) -> tuple[tuple[int, int], ...]:
    """Gives (before, after) for each dimension; "Same" gives an output of Ceiling[input/stride]."""
    if value == "Same":
        made = []
        for length, window, step in zip(size, kernel, stride, strict=True):
            total = max(0, (-(-length // step) - 1) * step + window - length) if isinstance(length, int) else window - 1
            made.append((total // 2, total - total // 2))
        return tuple(made)
    if isinstance(value, int):
        return ((value, value),) * len(kernel)
    return per_dimension("PaddingSize", value, len(kernel))


def windows(size: tuple[Dimension, ...], kernel: Any, stride: Any, padded: Any, dilation: Any) -> tuple[Dimension, ...]:
    """Gives the number of places of a window: Floor[(d + before + after - dilation (k - 1) - 1)/stride] + 1."""
    made: list[Dimension] = []
    for length, window, step, (before, after), spread in zip(size, kernel, stride, padded, dilation, strict=True):
        if not isinstance(length, int):
            made.append(length)
            continue
        room = length + before + after - spread * (window - 1) - 1
        if room < 0:
            raise DimensionError(
                f"a kernel of size {show(tuple(kernel))} does not fit into an input of size {show(size)}; enlarge the input "
                "or use PaddingSize"
            )
        made.append(room // step + 1)
    return tuple(made)


def dimensionality(settings: Mapping[str, Any], known: Mapping[str, Any]) -> int | None:
    """Gives in how many dimensions windows move, None where nothing tells; raises DimensionError."""
    size = known.get("...x")
    rank = len(size) if size is not None else None
    for value in (settings["kernel"], settings["Stride"], known.get("...k"), known.get("...y")):
        if rank is None and isinstance(value, tuple):
            rank = len(value)
    rank = settings["Dimensionality"] if rank is None else rank
    if rank == 0:
        raise DimensionError("the input has channels only, but windows need at least one dimension more")
    if rank is not None and settings["Dimensionality"] not in (None, rank):
        raise DimensionError(f'"Dimensionality" is {settings["Dimensionality"]}, but there are {rank} dimensions')
    return rank


def solve_window(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """Fills in the sizes of the output of a convolution or pooling."""
    size = known.get("...x")
    rank = dimensionality(settings, known)
    if rank is None:
        return
    kernel = per_dimension("the kernel", settings["kernel"], rank)
    stride = per_dimension("the stride", settings["Stride"], rank)
    dilation = per_dimension("Dilation", settings.get("Dilation", 1), rank)
    known["...k"] = unify(known.get("...k"), kernel)
    known["...x"] = size = unify(size, (None,) * rank) or ()
    spread = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    padded = pads(settings["PaddingSize"], size, spread, stride)
    known["...y"] = unify(known.get("...y"), windows(size, kernel, stride, padded, dilation))
    known["...x"] = unify(size, widened(known["...y"], spread, stride, padded))


def widened(size: Any, spread: Any, stride: Any, padded: Any) -> tuple[Dimension, ...]:
    """Gives the sizes of the input that follow from those of the output: where a window moves by one."""
    return tuple(
        length + window - 1 - before - after if isinstance(length, int) and step == 1 else None
        for length, window, step, (before, after) in zip(size, spread, stride, padded, strict=True)
    )


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


WINDOW_OPTIONS = {
    "Dimensionality": option("Dimensionality", optional(count), None, S.Automatic),
    "Interleaving": option("Interleaving", boolean, False, FALSE),
    "PaddingSize": option("PaddingSize", padding, 0, 0),
}


def padding_for(call: Call, x: Any, spread: Any, stride: Any) -> Any:
    """Gives the padding of an array; raises DimensionError where its length, which may vary, is too short."""
    size = x.shape[2:]
    made = pads(call["PaddingSize"], size, spread, stride)
    windows(size, spread, stride, made, (1,) * len(size))
    return made


def channels_first(call: Call, x: Any) -> Any:
    """Gives an array with its channels (last where Interleaving is True) as the first axis after the batch."""
    if not call["Interleaving"]:
        return x
    return call.ops.transpose(x, axes=(0, x.ndim - 1, *range(1, x.ndim - 1)))


def channels_back(call: Call, y: Any) -> Any:
    return y if not call["Interleaving"] else call.ops.transpose(y, axes=(0, *range(2, y.ndim), 1))


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
