"""Layers over images that crop, reflect and deform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument, fraction, option
from wlnet.nets.dimensions import show, unify
from wlnet.terms import Term, elements, is_list, list_of


def image_size(term: Term) -> tuple[int, int]:
    """Takes {h, w}."""
    items = elements(term) if is_list(term) else ()
    if len(items) == 2 and all(type(item) is int and item > 0 for item in items):
        return (items[0], items[1])
    raise Unfit("a list {h, w} of two positive integers")


def probabilities(term: Term) -> tuple[float, float]:
    """Takes {v, h}, or a number for both."""
    items = elements(term) if is_list(term) else (term, term)
    if len(items) != 2:
        raise Unfit("a list of two probabilities")
    return (fraction(items[0]), fraction(items[1]))


def solve_crop(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    known["...i"] = size = unify(known.get("...i"), (None, None)) or (None, None)
    for length, wanted in zip(size, settings["o"], strict=True):
        if isinstance(length, int) and length < wanted:
            raise DimensionError(f"images of size {show(size)} are too small to crop {show(settings['o'])} from them")


@layer(
    "ImageAugmentationLayer",
    category="Image layers",
    arguments=(argument("o", image_size, required=True, title="OutputSize"),),
    options={
        "ReflectionProbabilities": option("ReflectionProbabilities", probabilities, (0.0, 0.0), list_of(0, 0)),
    },
    ports="Input: c ...i -> Output: c ...o",
    solve=solve_crop,
)
def image_augmentation_layer(call: Call, x: Any) -> Any:
    """ImageAugmentationLayer[{h, w}] crops an image of height h and width w, in training at a random place.

    Details: Outside of training it takes the center. "ReflectionProbabilities" -> {v, h} turns images upside down with
    probability v, and left to right with probability h, in training. All channels are treated alike.

    Examples:
        >> ImageAugmentationLayer[{1, 2}][{{{1., 2., 3., 4.}}}]
        = {{{2., 3.}}}
        >> NetExtract[ImageAugmentationLayer[{5, 5}, "Input" -> {3, 8, 9}], "Output"]
        = {3, 5, 5}
        >> Dimensions[ImageAugmentationLayer[{2, 2}][{{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}}, NetEvaluationMode -> "Train"]]
        = {1, 2, 2}
    Options: "ReflectionProbabilities":
        >> ImageAugmentationLayer[{2, 2}, "ReflectionProbabilities" -> {1, 0}][{{{1., 2.}, {3., 4.}}}, NetEvaluationMode -> "Train"]
        = {{{3., 4.}, {1., 2.}}}
        >> ImageAugmentationLayer[{2, 2}, "ReflectionProbabilities" -> {0, 1}][{{{1., 2.}, {3., 4.}}}, NetEvaluationMode -> "Train"]
        = {{{2., 1.}, {4., 3.}}}
    Options: "Input":
        >> NetExtract[ImageAugmentationLayer[{2, 2}, "Input" -> {1, 4, 4}], "Output"]
        = {1, 2, 2}
    Options: "Output":
        >> NetExtract[ImageAugmentationLayer[{2, 2}, "Output" -> {3, 2, 2}], "Input"]
        = {3, Automatic, Automatic}
    Possible issues:
        >> ImageAugmentationLayer[{5, 5}, "Input" -> {1, 4, 4}]
        = $Failed
        message: ImageAugmentationLayer::dims
        >> ImageAugmentationLayer[5]
        = $Failed
        message: ImageAugmentationLayer::args
    Source: https://reference.wolfram.com/language/ref/ImageAugmentationLayer.html
    """
    size = call["o"]
    room = [length - wanted for length, wanted in zip(x.shape[2:], size, strict=True)]
    if not call.training:
        parts = [slice(spare // 2, spare // 2 + wanted) for spare, wanted in zip(room, size, strict=True)]
        return call.ops.part(x, index=(slice(None), slice(None), *parts))
    flips = call["ReflectionProbabilities"]

    def draw(generator: Any, shape: tuple[int, ...]) -> np.ndarray:
        places = generator.integers(0, room, (shape[0], 2), endpoint=True)
        return np.concatenate((places, generator.random((shape[0], 2)) < flips), axis=1)

    places = call.ops.random_numbers(np.empty(0, x.dtype), shape=(call.batch, 4), draw=draw, generator=call.random)
    return call.ops.crop(x, places, size=size)


@layer(
    "SpatialTransformationLayer",
    category="Image layers",
    arguments=(argument("o", image_size, required=True, title="OutputSize"),),
    ports="Input: c y x, Parameters: 6 -> Output: c ...o",
)
def spatial_transformation_layer(call: Call, x: Any, parameters: Any) -> Any:
    """SpatialTransformationLayer[{h, w}] gives an image of height h and width w that shows "Input", deformed affinely.

    Details: "Parameters" are {zh, sh, th, sv, zv, tv}: the pixel at the column x and the row y, both from -1 to 1, shows
    the input at the column zh x + sh y + th and the row sv x + zv y + tv. {1, 0, 0, 0, 1, 0} changes nothing but the size.
    Values between pixels are interpolated; outside of the input they are zero.

    Examples:
        >> SpatialTransformationLayer[{2, 2}][<|"Input" -> {{{1., 2.}, {3., 4.}}}, "Parameters" -> {1, 0, 0, 0, 1, 0}|>]
        = {{{1., 2.}, {3., 4.}}}
        >> SpatialTransformationLayer[{1, 3}][<|"Input" -> {{{1., 2.}, {3., 4.}}}, "Parameters" -> {1, 0, 0, 0, 1, 0}|>]
        = {{{2., 2.5, 3.}}}
        >> SpatialTransformationLayer[{2, 2}][<|"Input" -> {{{1., 2.}, {3., 4.}}}, "Parameters" -> {-1, 0, 0, 0, 1, 0}|>]
        = {{{2., 1.}, {4., 3.}}}
    Options: "Input":
        >> NetExtract[SpatialTransformationLayer[{5, 6}, "Input" -> {3, 8, 9}], "Output"]
        = {3, 5, 6}
    Options: "Parameters":
        >> NetExtract[SpatialTransformationLayer[{5, 6}], "Parameters"]
        = 6
    Options: "Output":
        >> NetExtract[SpatialTransformationLayer[{5, 6}, "Output" -> {3, 5, 6}], "Input"]
        = {3, Automatic, Automatic}
    Possible issues:
        >> SpatialTransformationLayer[{5, 6}, "Parameters" -> 4]
        = $Failed
        message: SpatialTransformationLayer::dims
    Source: https://reference.wolfram.com/language/ref/SpatialTransformationLayer.html, M. Jaderberg and others 2015
    """
    return call.ops.spatial_transform(x, parameters, size=call["o"])
