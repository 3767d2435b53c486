"""Files of images, read and written by Pillow, and the frames of films, decoded by `av`."""

from __future__ import annotations

import importlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from wlnet.errors import FormatError
from wlnet.images.spaces import converted
from wlnet.terms import Image
from wlnet.terms.image import SPACES, stored

INSTALL = "pip install wlnet[images]"


class Kept(NamedTuple):
    """What a kind of file keeps.

    name: what Pillow calls it. types: the types of pixels that it holds, best first. has_opacity, has_frames: whether
    it holds opacity, and several images. is_exact: whether what is read is what was written.
    """

    name: str
    types: tuple[str, ...] = ("Byte",)
    has_opacity: bool = True
    has_frames: bool = False
    is_exact: bool = True


#: Format → what it keeps of an image.
KEPT: dict[str, Kept] = {
    "PNG": Kept("PNG", ("Bit16", "Byte", "Bit")),
    "JPEG": Kept("JPEG", has_opacity=False, is_exact=False),
    "GIF": Kept("GIF", has_opacity=False, has_frames=True, is_exact=False),
    "TIFF": Kept("TIFF", ("Real32", "Bit16", "Byte", "Bit"), has_frames=True),
    "BMP": Kept("BMP", ("Byte", "Bit"), has_opacity=False),
    "WebP": Kept("WEBP", has_frames=True),
    "TGA": Kept("TGA"),
    "PNM": Kept("PPM", ("Byte", "Bit"), has_opacity=False),
}

#: The extensions of films; any other file is taken for an image.
FILMS = {".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ogv", ".webm", ".wmv"}

#: Mode of Pillow → mode that it is turned into first (itself where it is not listed), and color space.
TURNED = {
    "P": "RGB", "PA": "RGBA", "YCbCr": "RGB", "LAB": "RGB", "HSV": "RGB", "RGBX": "RGB", "RGBa": "RGBA", "La": "LA",
}  # fmt: skip
MODE_SPACES = {
    "1": "Grayscale", "L": "Grayscale", "LA": "Grayscale", "F": "Grayscale",
    "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK",
}  # fmt: skip
#: Color space → mode of Pillow for so many channels of bytes.
MODES = {("Grayscale", 1): "L", ("Grayscale", 2): "LA", ("RGB", 3): "RGB", ("RGB", 4): "RGBA"}


def pillow() -> Any:
    """Gives Pillow's module; raises FormatError where it is not installed."""
    try:
        return importlib.import_module("PIL.Image")
    except ImportError:
        raise FormatError(f"files of images are read and written by Pillow, which is missing: {INSTALL}") from None


def read_images(source: str | Path | bytes) -> list[Image]:
    """Gives the images in a file, or in the bytes of one: one, or as many as it has frames; raises FormatError."""
    library = pillow()
    shown = "the data" if isinstance(source, bytes) else str(source)
    try:
        with library.open(io.BytesIO(source) if isinstance(source, bytes) else source) as opened:
            found = []
            for number in range(getattr(opened, "n_frames", 1)):
                opened.seek(number)
                found.append(from_pillow(opened))
            return found
    except FileNotFoundError:
        raise FormatError(f"there is no file {shown}") from None
    except library.UnidentifiedImageError:
        raise FormatError(f"{shown}: this is not an image of a kind that Pillow knows") from None
    except Exception as error:  # Pillow's readers raise anything at what is broken
        raise FormatError(f"{shown}: the image cannot be read: {error}") from None


def from_pillow(opened: Any) -> Image:
    """Gives one image of Pillow's; palettes become colors, and 16 or 32 bits of gray "Bit16"."""
    mode = TURNED.get(opened.mode, opened.mode)
    if opened.mode == "P" and "transparency" in opened.info:
        mode = "RGBA"
    if mode.startswith("I"):
        values = np.clip(np.asarray(opened).astype(np.int64), 0, 65535)
        return Image(values.astype(np.uint16)[..., None], "Grayscale")
    pixels = np.asarray(opened if mode == opened.mode else opened.convert(mode))
    if mode not in MODE_SPACES:
        raise ValueError(f"pixels of the kind {mode} are not known")
    return Image(pixels if pixels.ndim == 3 else pixels[..., None], MODE_SPACES[mode])


def to_pillow(image: Image, kept: Kept) -> Any:
    """Gives an image as Pillow's, with as much of it as the format keeps."""
    library = pillow()
    space = image.actual_space
    if space is None:
        raise ValueError(f"an image of {image.channels} channels has no color space, and cannot be written")
    if space == "Grayscale" and image.channels == 1 and image.type_name in kept.types:
        return library.fromarray(image.pixels[..., 0])
    target = space if space in ("Grayscale", "RGB") else "RGB"
    if target == space and image.type_name == "Byte":
        pixels = image.pixels
    else:
        values = image.reals(np.float32)
        colors = converted(values[..., : SPACES[space]], space, target)
        pixels = stored(np.concatenate([colors, values[..., SPACES[space] :]], axis=-1), "Byte")
    if not kept.has_opacity:
        pixels = pixels[..., : SPACES[target]]
    mode = MODES[target, pixels.shape[-1]]
    return library.fromarray(np.ascontiguousarray(pixels[..., 0] if mode == "L" else pixels))


def image_bytes(images: Sequence[Image], name: str) -> bytes:
    """Gives the content of a file of this format; raises ValueError where the images do not fit it."""
    kept = KEPT[name]
    if len(images) > 1 and not kept.has_frames:
        raise ValueError(f"a {name} file holds one image, not {len(images)}")
    first, *rest = (to_pillow(image, kept) for image in images)
    stream = io.BytesIO()
    several = {"save_all": True, "append_images": rest} if rest else {}
    try:
        first.save(stream, format=kept.name, **several)
    except Exception as error:  # as when reading
        raise ValueError(str(error)) from None
    return stream.getvalue()


def read_frames(path: Path) -> list[Image]:
    """Gives the frames of a film, or of an image with several; raises FormatError."""
    if path.suffix.lower() not in FILMS:
        return read_images(path)
    try:
        library = importlib.import_module("av")
    except ImportError:
        text = f"{path}: the frames of films are decoded by the Python package av, which is missing: pip install av"
        raise FormatError(text) from None
    try:
        with library.open(str(path)) as film:
            return [Image(frame.to_ndarray(format="rgb24"), "RGB") for frame in film.decode(video=0)]
    except FileNotFoundError:
        raise FormatError(f"there is no file {path}") from None
    except Exception as error:  # whatever the decoder says
        raise FormatError(f"{path}: the film cannot be read: {error}") from None
