"""Windows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.interchange.onnx.writing.declare import says
from wlnet.interchange.onnx.writing.graph import WHOLE, Graph, Value
from wlnet.interchange.onnx.writing.rules.moving import padded
from wlnet.interchange.onnx.writing.sizes import Open, Sizes


def ends(widths: Sequence[tuple[Any, Any]]) -> list[Any]:
    return [before for before, _ in widths] + [after for _, after in widths]


@says("convolution")
def convolution(
    g: Graph, x: Value, w: Value, b: Value | None, out: Any, stride: Any, padding: Any, dilation: Any, groups: int
) -> Value:
    sides: dict[str, Any] = {
        "strides": list(stride),
        "pads": ends(padding),
        "dilations": list(dilation),
        "group": groups,
    }
    return g.node("Conv", x, w, b, kernel_shape=list(w.dims[2:]), **sides)


@says("deconvolution")
def deconvolution(
    g: Graph,
    x: Value,
    w: Value,
    b: Value | None,
    out: Any,
    size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
) -> Value:
    kernel = w.dims[2:]
    more = []
    for axis, wanted in enumerate(out[0][2:]):
        before, made = at_first(x.dims[axis + 2]), at_first(wanted)
        natural = stride[axis] * (before - 1) + dilation[axis] * (kernel[axis] - 1) + 1 - sum(padding[axis])  # type: ignore[operator]
        more.append(made - natural)
    sides: dict[str, Any] = {
        "strides": list(stride),
        "pads": ends(padding),
        "dilations": list(dilation),
        "group": groups,
    }
    return g.node("ConvTranspose", x, w, b, kernel_shape=list(kernel), output_padding=more, **sides)


def at_first(size: Any) -> int:
    return size.first if isinstance(size, Open) else size


@says("pooling")
def pooling(g: Graph, x: Value, out: Any, function: str, kernel: Any, stride: Any, padding: Any) -> Value:
    around = ((0, 0), (0, 0), *padding)
    if any(max(width) >= size for width, size in zip(padding, kernel, strict=True)):
        x = padded(g, x, around, "constant", -np.inf if function == "Max" else 0.0)
        padding = ((0, 0),) * len(kernel)
    sides: dict[str, Any] = {"kernel_shape": list(kernel), "strides": list(stride), "pads": ends(padding)}
    if function == "Max":
        return g.node("MaxPool", x, **sides)
    means = g.node("AveragePool", x, count_include_pad=1, **sides)
    return means if function == "Mean" else means * float(math.prod(kernel))


@says("resize")
def resize(g: Graph, x: Value, out: Any, sizes: Sizes, bins: bool, nearest: bool) -> Value:
    settings: dict[str, Any] = {"coordinate_transformation_mode": "half_pixel" if bins else "align_corners"}
    if nearest:
        settings["nearest_mode"] = "round_prefer_ceil"
    mode = "nearest" if nearest else "linear"
    if x.ndim != 3 or nearest:
        return g.node("Resize", x, None, None, g.sizes(out[0]), mode=mode, **settings)
    flat = g.unsqueeze(x, 2)
    made = g.node("Resize", flat, None, None, g.sizes((*out[0][:2], 1, out[0][2])), mode=mode, **settings)
    return g.squeeze(made, 2)


@says("spatial_transform")
def spatial_transform(g: Graph, x: Value, parameters: Value, out: Any, size: tuple[int, int]) -> Value:
    height, width = (np.linspace(-1, 1, count) if count > 1 else np.zeros(1) for count in size)
    places = np.stack([np.tile(width, size[0]), np.repeat(height, size[1]), np.ones(math.prod(size))])
    rows = g.reshape(parameters, (out[0][0], 2, 3))
    grid = g.transpose(g.node("MatMul", rows, g.constant(places)), (0, 2, 1))
    grid = g.node("Reshape", grid, g.constant([0, *size, 2], WHOLE))
    return g.node("GridSample", x, grid, mode="bilinear", padding_mode="zeros", align_corners=1)
