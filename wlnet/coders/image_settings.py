"""The settings that image encoders and decoders have in common: each option from its term to its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.settings import boolean, choice, unfit
from wlnet.errors import NetError
from wlnet.images.fitting import METHODS, PADDINGS, alignment_of, padding_of
from wlnet.images.resampling import RESAMPLINGS, resized
from wlnet.images.spaces import colors_in
from wlnet.terms import (
    FALSE,
    NONE,
    Expression,
    Image,
    S,
    Term,
    elements,
    is_list,
    is_number,
    list_of,
    same,
)
from wlnet.terms.image import SPACES

Settings = Mapping[str, Any]

#: Option of decoders and encoders → default.
PIXEL_OPTIONS: dict[str, Term] = {
    "ColorSpace": "RGB", "DataTransposed": FALSE, "Interleaving": FALSE, "MeanImage": NONE, "VarianceImage": NONE,
}  # fmt: skip
#: Option of encoders → default.
FITTING_OPTIONS: dict[str, Term] = {
    "Method": "Stretch", "Resampling": S.Automatic, "Alignment": S.Center, "Padding": Expression(S.GrayLevel, (0,)),
}  # fmt: skip
USUAL_SIZE = 128


def constant_pixels(options: Settings, option: str, space: str, head: str) -> np.ndarray | None:
    """Gives what None, a number, a list with one number for each channel or an image says: None, (c,) or (…, c)."""
    term = options[option]
    if term is NONE:
        return None
    count = SPACES[space]
    if type(term) is Image:
        return colors_in(term, space)
    items = elements(term) if is_list(term) else (term,) * count
    if len(items) != count or any(not is_number(item) or type(item) is complex for item in items):
        wanted = f"None, a number, a list of {count} of them (one for each channel) or an image"
        raise unfit(head, option, wanted, term)
    return np.array(items, np.float64).astype(np.float32)


def pixel_settings(options: Mapping[str, Term], head: str) -> dict[str, Any]:
    """Gives the settings of pixels, which encoders and decoders share; raises NetError."""
    space = choice(options, "ColorSpace", head, *SPACES)
    variance = constant_pixels(options, "VarianceImage", space, head)
    if variance is not None and not (variance > 0).all():
        raise unfit(head, "VarianceImage", "greater than 0 everywhere", options["VarianceImage"])
    return {
        "space": space,
        "transposed": boolean(options, "DataTransposed", head),
        "interleaved": boolean(options, "Interleaving", head),
        "mean": constant_pixels(options, "MeanImage", space, head),
        "deviation": None if variance is None else np.sqrt(variance),
        "terms": dict(options),
    }


def size_from(term: Term, rank: int) -> tuple[int, ...]:
    """Gives the spatial dimensions of the array for n or {width, height} or {width, depth, height}; raises NetError."""
    if term is S.Automatic:
        term = USUAL_SIZE
    items = elements(term) if is_list(term) else (term,) * rank
    if len(items) != rank or any(type(item) is not int or item < 1 for item in items):
        names = "{width, height}" if rank == 2 else "{width, depth, height}"
        raise NetError(
            f"the size of images must be n or {names} with positive integers, not `1`",
            tag="args", kind="NetEncoder", terms=(term,),
        )  # fmt: skip
    return tuple(reversed(items))


def alignment_from(options: Settings, rank: int) -> tuple[float, ...]:
    found = alignment_of(options["Alignment"], rank)
    if found is None:
        wanted = "Center, Left, Right, Top, Bottom or a pair of them"
        raise unfit("NetEncoder", "Alignment", wanted, options["Alignment"])
    return found


def padding_from(options: Settings, space: str) -> str | np.ndarray:
    found = padding_of(options["Padding"], space)
    if found is None:
        names = ", ".join(f'"{name}"' for name in PADDINGS)
        raise unfit("NetEncoder", "Padding", f"a color, a number or one of {names}", options["Padding"])
    return found


def encoder_settings(rank: int) -> Callable[[Sequence[Term], Mapping[str, Term]], dict[str, Any]]:
    """Gives what makes the settings of an encoder of images with so many spatial dimensions."""

    def construct(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
        if len(arguments) > 2:
            raise NetError("an image encoder takes a size and a color space", tag="args", kind="NetEncoder")
        chosen = {**PIXEL_OPTIONS, **FITTING_OPTIONS, **options}
        if len(arguments) > 1 and arguments[1] is not S.Automatic:
            chosen["ColorSpace"] = arguments[1]
        shape = size_from(arguments[0] if arguments else S.Automatic, rank)
        settings = pixel_settings(chosen, "NetEncoder")
        for name in ("mean", "deviation"):
            settings[name] = in_shape(settings[name], shape)
        return {
            **settings,
            "shape": shape,
            "method": choice(chosen, "Method", "NetEncoder", *METHODS),
            "resampling": choice(chosen, "Resampling", "NetEncoder", *RESAMPLINGS),
            "alignment": alignment_from(chosen, rank),
            "padding": padding_from(chosen, settings["space"]),
        }

    return construct


def decoder_settings(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the settings of a decoder; raises NetError."""
    if len(arguments) > 1:
        raise NetError("an image decoder takes a color space", tag="args", kind="NetDecoder")
    chosen = {**PIXEL_OPTIONS, **options}
    if arguments and arguments[0] is not S.Automatic:
        chosen["ColorSpace"] = arguments[0]
    return pixel_settings(chosen, "NetDecoder")


def in_shape(pixels: np.ndarray | None, shape: Sequence[int]) -> np.ndarray | None:
    """Gives a constant, or an image resampled to these spatial dimensions."""
    return pixels if pixels is None or pixels.ndim == 1 else resized(pixels, shape)


def parameters(settings: Settings) -> dict[str, Term]:
    """Gives the terms that NetExtract finds in an image encoder or decoder."""
    found = {**settings["terms"], "ColorSpace": settings["space"], "ColorChannels": SPACES[settings["space"]]}
    return found if "shape" not in settings else {**found, "ImageSize": list_of(*reversed(settings["shape"]))}


def counterpart_of(name: str) -> Callable[[Settings], tuple[str, tuple[Term, ...], dict[str, Term]]]:
    """Gives what tells name, arguments and options of the coder of this name that undoes one: its pixels are alike."""

    def counterpart(settings: Settings) -> tuple[str, tuple[Term, ...], dict[str, Term]]:
        terms = settings["terms"]
        return name, (), {key: terms[key] for key, usual in PIXEL_OPTIONS.items() if not same(terms[key], usual)}

    return counterpart
