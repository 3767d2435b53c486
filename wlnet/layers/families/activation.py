"""Activations with arrays of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.layers.declare import Call, layer
from wlnet.layers.levels import levels, places
from wlnet.layers.settings import argument
from wlnet.nets.dimensions import unify
from wlnet.nets.kinds import Array


def solve_chosen(name: str, chosen: Any, known: dict[str, Any]) -> None:
    """Makes the dimensions `name` those that the input `...s` has at some levels, in both directions."""
    shape = known.get("...s")
    if shape is None:
        return
    at = places(chosen, len(shape))
    known[name] = unify(known.get(name), tuple(shape[i] for i in at))
    given = dict(zip(at, known[name], strict=True))
    known["...s"] = unify(shape, tuple(given.get(i, d) for i, d in enumerate(shape)))


def upright(call: Call, array: Any, at: tuple[int, ...], rank: int) -> Any:
    """Gives an array over some dimensions of the input with sizes 1 for the others."""
    sizes = dict(zip(at, array.shape, strict=True))
    return call.ops.reshape(array, shape=tuple(sizes.get(i, 1) for i in range(rank)))


def solve_ramp(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    solve_chosen("...p", settings["Levels"], known)


@layer(
    "ParametricRampLayer",
    category="Elementwise layers",
    arguments=(argument("Levels", levels, (1,)),),
    ports="Input: ...s -> Output: ...s",
    arrays={"Slope": Array("...p", initialize=0.1)},
    solve=solve_ramp,
)
def parametric_ramp_layer(call: Call, x: Any, slope: Any) -> Any:
    """ParametricRampLayer[] keeps positive numbers and multiplies negative ones by a trainable slope for each channel.
    ParametricRampLayer[levels] has a slope for each position at these levels.

    Details: levels is a level n, a span n1 ;; n2, a list of levels, All, or {} for a single slope. The slopes begin as
    0.1. ParametricRampLayer["Slope" -> v, LearningRateMultipliers -> 0] is a leaky Ramp whose slope stays; a number v is
    a single slope.

    Examples:
        >> NetInitialize[ParametricRampLayer["Input" -> 2]][{-1., 2.}]
        = {-0.1, 2.}
        >> Information[ParametricRampLayer["Input" -> {3, 4}], "ArraysDimensions"]
        = <|{"Slope"} -> {3}|>
        >> Information[ParametricRampLayer[{1, -1}, "Input" -> {3, 4, 5}], "ArraysDimensions"]
        = <|{"Slope"} -> {3, 5}|>
        >> Information[ParametricRampLayer[2 ;; All, "Input" -> {3, 4, 5}], "ArraysDimensions"]
        = <|{"Slope"} -> {4, 5}|>
        >> ParametricRampLayer[{}, "Slope" -> 0.5][{{-2., 4.}, {-6., 1.}}]
        = {{-1., 4.}, {-3., 1.}}
    Options: "Slope":
        >> ParametricRampLayer["Slope" -> {0.5, 2}][{-1., -1.}]
        = {-0.5, -2.}
        >> ParametricRampLayer["Slope" -> 0.5, LearningRateMultipliers -> 0][{{-1., 2.}, {-4., 1.}}]
        = {{-0.5, 2.}, {-2., 1.}}
    Options: LearningRateMultipliers:
        >> Information[ParametricRampLayer["Slope" -> {0.5}, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]
        = <|{"Slope"} -> 0|>
    Options: "Input":
        >> NetExtract[ParametricRampLayer[2, "Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Output":
        >> NetExtract[ParametricRampLayer["Output" -> {3, 4}], "Input"]
        = {3, 4}
    Possible issues:
        >> ParametricRampLayer[3, "Input" -> {2, 2}]
        = $Failed
        message: ParametricRampLayer::dims
        >> ParametricRampLayer["a"]
        = $Failed
        message: ParametricRampLayer::args
    Source: https://reference.wolfram.com/language/ref/ParametricRampLayer.html, K. He and others 2015
    """
    rank = x.ndim - 1
    return call.ops.parametric_ramp(x, upright(call, slope, places(call["Levels"], rank), rank))
