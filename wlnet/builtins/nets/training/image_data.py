"""Images as training data: the encoder or decoder that a port gets, and the size of images that are targets."""

from __future__ import annotations

from collections.abc import Sequence

from wlnet.coders import make_coder, unevaluated, with_parameter
from wlnet.coders.image_arrays import plane_of
from wlnet.nets import Port
from wlnet.nets.coders import Coder
from wlnet.nets.dimensions import Shape
from wlnet.terms import Image, S, Term, is_head, list_of
from wlnet.terms.paths import path_of

#: The extensions by which a file is known to hold an image.
SUFFIXES = frozenset(
    {".bmp", ".gif", ".jpeg", ".jpg", ".pgm", ".png", ".pnm", ".ppm", ".tga", ".tif", ".tiff", ".webp"}
)
#: The encoders of images.
IMAGES = ("Image", "Image3D")
#: Number of channels of a port → the color space of its images.
CHANNEL_SPACES = {1: "Grayscale", 3: "RGB", 4: "CMYK"}


def shown_images(items: Sequence[Term]) -> Sequence[Image]:
    """Gives the images by which a port is made for these terms: all of them, or the first one if they are files of
    images; () where they are neither. Raises DataError where the first file cannot be read.
    """
    if all(type(item) is Image for item in items):
        return items
    if all(type(item) is Image or is_image_file(item) for item in items):
        return (plane_of(items[0]),)
    return ()


def is_image_file(term: Term) -> bool:
    path = path_of(term) if is_head(term, S.File, 1) else None
    return path is not None and path.suffix.lower() in SUFFIXES


def image_port(port: Port, images: Sequence[Image], head: str) -> Port | None:
    """Gives the port with a NetEncoder or NetDecoder (`head`) for such images; None where its dimensions do not suit.

    What the port leaves open is taken from the images: the size of the first one, and gray if all of them are.
    """
    first = images[0]
    shape = port.shape if port.shape is not None else (None,) * first.pixels.ndim
    if len(shape) != first.pixels.ndim:
        return None
    is_gray = all(image.actual_space == "Grayscale" for image in images)
    channels = shape[0] if type(shape[0]) is int else 1 if is_gray else 3
    if channels not in CHANNEL_SPACES:
        return None
    arguments: list[Term] = [CHANNEL_SPACES[channels]]
    if head == "NetEncoder":
        arguments.insert(0, list_of(*size_for(tuple(reversed(shape[1:])), first)))
    return make_coder(head, list_of("Image3D" if first.is_solid else "Image", *arguments), unevaluated).port


def size_for(size: tuple[object, ...], image: Image) -> tuple[object, ...]:
    """Gives a size with what is open in it taken from an image."""
    return tuple(n if type(n) is int else own for n, own in zip(size, image.size, strict=True))


def sized(encoder: Coder, shape: Shape, image: Image) -> Coder:
    """Gives an encoder of images, made for the arrays of an output of this shape: open dimensions are the image's own."""
    rank = image.pixels.ndim - 1
    spatial = (None,) * rank if shape is None else shape[:-1] if encoder.settings["interleaved"] else shape[1:]
    size = spatial if encoder.settings["transposed"] else tuple(reversed(spatial))
    return with_parameter(encoder, "ImageSize", list_of(*size_for(size, image)))
