"""Images: arrays of pixels with a type and a color space, plane or solid."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.terms.atoms import NumericArray, register
from wlnet.terms.expression import Expression, Term, rule
from wlnet.terms.symbols import TRUE, S

#: The types of pixels: how one number is stored. "Byte" and "Bit16" stand for the numbers from 0 to 1 in equal steps.
IMAGE_TYPES: dict[str, Any] = {
    "Bit": np.bool_, "Byte": np.uint8, "Bit16": np.uint16, "Real32": np.float32, "Real64": np.float64,
}  # fmt: skip
TYPE_OF = {np.dtype(dtype): name for name, dtype in IMAGE_TYPES.items()}
#: Type of pixels → the stored number that stands for 1.
ONE = {"Bit": 1, "Byte": 255, "Bit16": 65535, "Real32": 1, "Real64": 1}

#: Color space → how many channels it has; one more is the opacity.
SPACES = {"Grayscale": 1, "RGB": 3, "CMYK": 4, "HSB": 3, "XYZ": 3, "LAB": 3, "LUV": 3, "LCH": 3}
#: What images without a color space are taken for, by the number of their channels.
USUAL = {1: "Grayscale", 2: "Grayscale", 3: "RGB", 4: "RGB"}


class Image:
    """An image, or with one more dimension a 3D image; immutable.

    pixels: read-only, of shape (rows, columns, channels) or (slices, rows, columns, channels), of one of IMAGE_TYPES.
    space: the color space; None where it was left open (Automatic).
    """

    __slots__ = ("pixels", "space")

    def __init__(self, pixels: np.ndarray, space: str | None = None) -> None:
        pixels = np.ascontiguousarray(pixels)
        if pixels.flags.writeable:
            pixels = pixels.view()
            pixels.setflags(write=False)
        self.pixels = pixels
        self.space = space

    @property
    def size(self) -> tuple[int, ...]:
        """(width, height) or (width, depth, height): the dimensions of the pixels from the last to the first."""
        return self.pixels.shape[-2::-1]

    @property
    def is_solid(self) -> bool:
        return self.pixels.ndim == 4

    @property
    def channels(self) -> int:
        return self.pixels.shape[-1]

    @property
    def type_name(self) -> str:
        return TYPE_OF[self.pixels.dtype]

    @property
    def actual_space(self) -> str | None:
        """The color space, or what the number of channels suggests; None for a number that suggests nothing."""
        return self.space or USUAL.get(self.channels)

    @property
    def has_opacity(self) -> bool:
        """Whether the last channel says how opaque the pixels are."""
        return SPACES.get(self.actual_space or "", self.channels) < self.channels

    def reals(self, dtype: Any = np.float64) -> np.ndarray:
        """Gives the pixels as numbers, usually from 0 to 1."""
        name = self.type_name
        values = self.pixels.astype(dtype, copy=False)
        return values if ONE[name] == 1 else values / np.asarray(ONE[name], dtype)

    def with_reals(self, values: np.ndarray, space: str | None = None) -> Image:
        """Gives an image of these numbers, with the type of this one and its color space where none is given."""
        return Image(stored(values, self.type_name), space or self.space)

    def __repr__(self) -> str:
        return summary(self)

    def __reduce__(self) -> tuple[object, tuple[np.ndarray, str | None]]:
        return Image, (self.pixels, self.space)


def stored(values: np.ndarray, type_name: str) -> np.ndarray:
    """Gives numbers from 0 to 1 as a type of pixels stores them: the nearest of its steps, or just themselves."""
    dtype = IMAGE_TYPES[type_name]
    if type_name == "Bit":
        return values >= 0.5
    if ONE[type_name] == 1:
        return values.astype(dtype, copy=False)
    return np.rint(np.clip(values, 0, 1) * ONE[type_name]).astype(dtype)


def head_of(image: Image) -> Any:
    return S.Image3D if image.is_solid else S.Image


def summary(image: Image) -> str:
    """Gives what is shown of an image, such as Image[28×28, Grayscale]."""
    size = "×".join(map(str, image.size))
    space = image.actual_space or f"{image.channels} channels"
    opacity = " with opacity" if image.has_opacity else ""
    return f"{head_of(image).name}[{size}, {space}{opacity}]"


def making_call(image: Image) -> Term:
    """Gives the expression that makes the image again."""
    pixels = image.pixels[..., 0] if image.channels == 1 else image.pixels
    array = NumericArray(pixels.astype(np.uint8) if image.type_name == "Bit" else pixels)
    space = S.Automatic if image.space is None else image.space
    options = (rule(S.ColorSpace, space), rule(S.Interleaving, TRUE))
    return Expression(head_of(image), (array, image.type_name, *options[: 1 + (image.channels > 1)]))


register(
    Image,
    head_of,
    full_form=making_call,
    text=summary,
    equal=lambda a, b: (
        a.space == b.space and a.pixels.dtype == b.pixels.dtype and bool(np.array_equal(a.pixels, b.pixels))
    ),
    hash=lambda image: hash((image.space, image.pixels.shape, image.pixels.tobytes())),
)
