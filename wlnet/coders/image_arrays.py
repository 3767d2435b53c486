"""Images to arrays and back, as the settings of an encoder or decoder say; images from their files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from wlnet.coders.image_settings import Settings, in_shape
from wlnet.errors import DataError, FormatError
from wlnet.images.files import read_images
from wlnet.images.fitting import fitted
from wlnet.images.spaces import colors_in
from wlnet.nets.dimensions import Dimension, Port
from wlnet.terms import Image, Term
from wlnet.terms.image import SPACES
from wlnet.terms.paths import path_of


def array_shape(settings: Settings, shape: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """Gives the dimensions of the array for these spatial dimensions: channels first, or last if interleaved."""
    spatial = tuple(reversed(shape)) if settings["transposed"] else tuple(shape)
    channels = SPACES[settings["space"]]
    return (*spatial, channels) if settings["interleaved"] else (channels, *spatial)


def encoder_port(settings: Settings) -> Port:
    return Port(array_shape(settings, settings["shape"]))


def decoder_port(rank: int) -> Callable[[Settings], Port]:
    return lambda settings: Port(array_shape(settings, (None,) * rank))


def is_image(settings: Settings, term: Term) -> bool:
    """Tells whether a term is an image, or names a file."""
    return type(term) is Image or path_of(term) is not None


def from_file(path: Path, read: Callable[[Path], list[Image]]) -> list[Image]:
    try:
        return read(path)
    except FormatError as error:
        raise DataError(str(error), tag="file", kind="NetEncoder") from None


def plane_of(term: Term) -> Image:
    """Gives the image that a term is or names; of several in a file the first one; raises DataError."""
    path = path_of(term)
    found = term if path is None else from_file(path, read_images)[0]
    if found.is_solid:
        raise DataError("an image is expected, but `1` came", tag="data", kind="NetEncoder", terms=(found,))
    return found


def solid_of(term: Term) -> Image:
    """Gives the 3D image that a term is, or whose slices are in a file; raises DataError."""
    path = path_of(term)
    if path is not None:
        slices = from_file(path, read_images)
        if any(each.pixels.shape != slices[0].pixels.shape for each in slices):
            raise DataError(f"{path}: the images in the file have different sizes", tag="file", kind="NetEncoder")
        return Image(np.stack([each.pixels for each in slices]), slices[0].space)
    if not term.is_solid:
        raise DataError("a 3D image is expected, but `1` came", tag="data", kind="NetEncoder", terms=(term,))
    return term


def array_of(settings: Settings, image: Image) -> np.ndarray:
    """Gives the array of an image: in the color space and size of the encoder, shifted and scaled; raises DataError."""
    colors = colors_in(image, settings["space"])
    if colors is None:
        text = "`1` has no known color space; give it one with the option ColorSpace of Image"
        raise DataError(text, tag="data", kind="NetEncoder", terms=(image,))
    pixels = fitted(
        colors, settings["shape"], method=settings["method"], resampling=settings["resampling"],
        alignment=settings["alignment"], padding=settings["padding"],
    )  # fmt: skip
    if settings["mean"] is not None:
        pixels = pixels - settings["mean"]
    if settings["deviation"] is not None:
        pixels = pixels / settings["deviation"]
    rank = pixels.ndim - 1
    if settings["transposed"]:
        pixels = pixels.transpose(*reversed(range(rank)), rank)
    return np.ascontiguousarray(pixels if settings["interleaved"] else np.moveaxis(pixels, -1, 0), np.float32)


def image_of(settings: Settings, array: np.ndarray) -> Image:
    """Gives the image of an array: what `array_of` undone gives."""
    pixels = array if settings["interleaved"] else np.moveaxis(array, 0, -1)
    rank = pixels.ndim - 1
    if settings["transposed"]:
        pixels = pixels.transpose(*reversed(range(rank)), rank)
    deviation, mean = (in_shape(settings[name], pixels.shape[:-1]) for name in ("deviation", "mean"))
    if deviation is not None:
        pixels = pixels * deviation
    if mean is not None:
        pixels = pixels + mean
    return Image(np.asarray(pixels, np.float32), settings["space"])
