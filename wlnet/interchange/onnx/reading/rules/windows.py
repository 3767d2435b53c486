"""Convolution, pooling, resizing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wlnet.interchange.onnx.reading.flows import Flow, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node, nested, reads
from wlnet.terms import S, to_list


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
    way = node.attribute(
        "coordinate_transformation_mode", "asymmetric" if node.facts.operator == "Upsample" else "half_pixel"
    )
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
