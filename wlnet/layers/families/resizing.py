"""Layers that pad arrays, or sample them anew."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.rearranging import longer
from wlnet.layers.settings import Unfit, argument, boolean, choice, option, padding_pair, text
from wlnet.nets.dimensions import Dimension, show, unify
from wlnet.terms import FALSE, S, Term, elements, is_head, is_list

Pairs = tuple[tuple[int, int], ...]


def widths(term: Term) -> Pairs:
    """Takes {{before, after}, …}, one pair for each level."""
    made = [padding_pair(item) if is_list(item) else None for item in elements(term)] if is_list(term) else []
    if not made or None in made:
        raise Unfit("{{m1, n1}, {m2, n2}, …}: how many elements to put before and after at each level")
    return tuple(made)  # type: ignore[arg-type]


def filling(term: Term) -> float | str:
    """Takes a number, "Fixed" or "Reflected"."""
    if type(term) in (int, float, Fraction):
        return float(term)
    if text(term) in ("Fixed", "Reflected"):
        return str(text(term))
    raise Unfit('a number, "Fixed" (the outermost elements) or "Reflected" (the array mirrored)')


def solve_padding(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    pairs: Pairs = settings["Widths"]
    shape, result = known.get("...s"), known.get("...t")
    rank = next((len(given) for given in (shape, result) if given is not None), len(pairs))
    if rank < len(pairs):
        raise DimensionError(f"{len(pairs)} levels are to be padded, but the input has {rank}")
    added = [before + after for before, after in pairs] + [0] * (rank - len(pairs))
    if shape is not None:
        result = known["...t"] = unify(result, tuple(map(longer, shape, added)))
    if result is not None:
        known["...s"] = unify(shape, tuple(longer(length, -by) for length, by in zip(result, added, strict=True)))


@layer(
    "PaddingLayer",
    category="Structure layers",
    arguments=(argument("Widths", widths, required=True),),
    options={"Padding": option("Padding", filling, 0.0)},
    ports="Input: ...s -> Output: ...t",
    solve=solve_padding,
)
def padding_layer(call: Call, x: Any) -> Any:
    """PaddingLayer[{{m1, n1}, {m2, n2}, …}] puts m1 zeros before and n1 after its input at level 1, and so on.

    Examples:
        >> PaddingLayer[{{1, 2}}][{1., 2., 3.}]
        = {0., 1., 2., 3., 0., 0.}
        >> PaddingLayer[{{1, 0}, {0, 1}}][{{1., 2.}}]
        = {{0., 0., 0.}, {1., 2., 0.}}
    Options: Padding:
        >> PaddingLayer[{{1, 1}}, Padding -> 7][{1., 2.}]
        = {7., 1., 2., 7.}
        >> PaddingLayer[{{1, 1}, {1, 0}}, Padding -> "Fixed"][{{1., 2.}, {3., 4.}}]
        = {{1., 1., 2.}, {1., 1., 2.}, {3., 3., 4.}, {3., 3., 4.}}
        >> PaddingLayer[{{2, 1}}, Padding -> "Reflected"][{1., 2., 3.}]
        = {3., 2., 1., 2., 3., 2.}
    Options: "Input":
        >> NetExtract[PaddingLayer[{{1, 1}}, "Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Output":
        >> NetExtract[PaddingLayer[{{1, 1}, {0, 2}}, "Output" -> {4, 4}], "Input"]
        = {2, 2}
    Possible issues:
        >> PaddingLayer[{{1, 1}, {1, 1}}, "Input" -> 3]
        = $Failed
        message: PaddingLayer::dims
        >> PaddingLayer[{{-1, 1}}]
        = $Failed
        message: PaddingLayer::args
    Source: https://reference.wolfram.com/language/ref/PaddingLayer.html
    """
    pairs: Pairs = call["Widths"]
    around = ((0, 0), *pairs, *((0, 0),) * (x.ndim - 1 - len(pairs)))
    value = call["Padding"]
    if isinstance(value, str):
        return call.ops.pad_from_inside(x, widths=around, mirrored=value == "Reflected")
    return call.ops.pad(x, widths=around, value=value)


def new_sizes(term: Term) -> tuple[int | float | None, ...]:
    """Takes {d1, d2, …}, where each is a size n (an int here), Scaled[r] (a float) or All (None)."""
    made: list[int | float | None] = []
    for item in elements(term) if is_list(term) else ():
        if type(item) is int and item > 0:
            made.append(item)
        elif item is S.All:
            made.append(None)
        elif is_head(item, S.Scaled, 1) and type(item.args[0]) in (int, float, Fraction) and item.args[0] > 0:
            made.append(float(item.args[0]))
        else:
            raise Unfit("a list of sizes: positive integers, Scaled[r] or All")
    if not made:
        raise Unfit("a list of sizes, such as {32} for one dimension or {32, 32} for two")
    return tuple(made)


def resized(length: Dimension, size: int | float | None) -> Dimension:
    """Gives the new length; a scaled one is rounded down, but not to nothing."""
    if isinstance(size, int):
        return size
    if size is None or not isinstance(length, int):
        return length
    # 0.29 × 100 is a little less than 29 in binary.
    return max(1, math.floor(length * size + 1e-9))


def solve_resize(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    sizes = settings["Sizes"]
    every = (*sizes, None) if settings["Interleaving"] else (None, *sizes)
    unknown = (None,) * len(every)
    for name in ("...s", "...t"):
        shape = known.get(name)
        if shape is not None and len(shape) != len(every):
            raise DimensionError(
                f"an array of channels with {len(sizes)} more dimension{'s' * (len(sizes) > 1)} is resized to "
                f"{len(sizes)} size{'s' * (len(sizes) > 1)}, not an array of dimensions {show(shape)}"
            )
    result = unify(known.get("...t"), tuple(map(resized, known.get("...s") or unknown, every)))
    known["...t"] = result
    kept = tuple(length if size is None else None for length, size in zip(result or unknown, every, strict=True))
    known["...s"] = unify(known.get("...s"), kept)


@layer(
    "ResizeLayer",
    category="Convolution and filtering layers",
    arguments=(argument("Sizes", new_sizes, required=True),),
    options={
        "Interleaving": option("Interleaving", boolean, False, FALSE),
        "Resampling": option("Resampling", choice("Automatic", "Linear", "Nearest"), "Automatic", S.Automatic),
        "Scheme": option("Scheme", choice("Automatic", "Point", "Bin"), "Automatic", S.Automatic),
    },
    ports="Input: ...s -> Output: ...t",
    solve=solve_resize,
)
def resize_layer(call: Call, x: Any) -> Any:
    """ResizeLayer[{d}] resamples each channel of its input, a matrix, to the length d.
    ResizeLayer[{d1, d2, …}] resamples channels of several dimensions; each is a size, Scaled[r], or All for no change.

    Details: The first dimension holds the channels (the last with Interleaving -> True). The "Scheme" "Point" takes the
    elements as points, so that the first and last ones stay where they are; "Bin" takes them as cells of one interval.
    Automatic is "Point" for Resampling -> "Linear" (the default), and "Bin" for "Nearest". A scaled size is rounded down.

    Examples:
        >> ResizeLayer[{5}][{{1., 2., 3.}}]
        = {{1., 1.5, 2., 2.5, 3.}}
        >> NetExtract[ResizeLayer[{8, Scaled[2]}, "Input" -> {3, 4, 5}], "Output"]
        = {3, 8, 10}
        >> NetExtract[ResizeLayer[{All, 7}, "Input" -> {3, 4, 5}], "Output"]
        = {3, 4, 7}
    Options: Resampling:
        >> ResizeLayer[{Scaled[2]}, Resampling -> "Nearest"][{{1., 2.}}]
        = {{1., 1., 2., 2.}}
    Options: "Scheme":
        >> ResizeLayer[{4}, "Scheme" -> "Bin"][{{1., 2.}}]
        = {{1., 1.25, 1.75, 2.}}
        >> ResizeLayer[{5}, Resampling -> "Nearest", "Scheme" -> "Point"][{{1., 2.}}]
        = {{1., 1., 2., 2., 2.}}
        >> ResizeLayer[{3, All, 2}][{{{{1., 2., 3.}}, {{4., 5., 6.}}}}]
        = {{{{1., 3.}}, {{2.5, 4.5}}, {{4., 6.}}}}
    Options: Interleaving:
        >> NetExtract[ResizeLayer[{8, 9}, Interleaving -> True, "Input" -> {4, 5, 3}], "Output"]
        = {8, 9, 3}
    Options: "Input":
        >> NetExtract[ResizeLayer[{Scaled[0.5]}, "Input" -> {3, "Varying"}], "Output"]
        = {3, "Varying"}
    Options: "Output":
        >> NetExtract[ResizeLayer[{8, All}, "Output" -> {3, 8, 9}], "Input"]
        = {3, Automatic, 9}
    Possible issues:
        >> ResizeLayer[{8, 8}, "Input" -> {28, 28}]
        = $Failed
        message: ResizeLayer::dims
        >> ResizeLayer[8]
        = $Failed
        message: ResizeLayer::args
    Differs: With Resampling -> "Nearest", any size may be given, not only Scaled[m] with a positive integer m.
    Source: https://reference.wolfram.com/language/ref/ResizeLayer.html
    """
    nearest = call["Resampling"] == "Nearest"
    bins = call["Scheme"] == "Bin" or (call["Scheme"] == "Automatic" and nearest)
    every = (*call["Sizes"], None) if call["Interleaving"] else (None, *call["Sizes"])
    sizes = (call.batch, *map(resized, x.shape[1:], every))
    return call.ops.resize(x, sizes=sizes, bins=bins, nearest=nearest)
