"""Images as values: made of arrays, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.builtins.numbers.numerical import is_array, machine_array
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, FALSE, TRUE, Image, NumericArray, S, Term, elements, is_list, pack, to_list, truth
from wlnet.terms.image import IMAGE_TYPES, ONE, SPACES, TYPE_OF, stored

#: An image that would have more numbers than this is not made.
LARGEST = 2**27

NO_ARRAY = "`1` is not a rectangular array of numbers with `2`."
BAD_TYPE = "`1` is not a type of pixels. Types: `2`."
BAD_SPACE = "`1` is not a color space for an image of `2` channels. Color spaces: `3`."
MESSAGES = {"array": NO_ARRAY, "type": BAD_TYPE, "space": BAD_SPACE}
OPTIONS = {"ColorSpace": S.Automatic, "Interleaving": TRUE}


def not_an_image(term: Term) -> Message:
    return Message("imginv", term, text="An image is expected instead of `1`.")


def on_images(term: Term, function: Callable[[Image], Term]) -> Term:
    """Gives what a function makes of an image, or of each one in a list of images."""
    if type(term) is Image:
        return function(term)
    items = elements(term) if is_list(term) and type(term) is not np.ndarray else ()
    if not items or any(type(item) is not Image for item in items):
        raise not_an_image(term)
    return to_list([function(item) for item in items])


def kind_of(term: Term) -> str:
    """Gives the type of pixels that a name means; raises a message."""
    if type(term) is not str or term not in IMAGE_TYPES:
        raise Message("type", term, ", ".join(IMAGE_TYPES), result=FAILED, text=BAD_TYPE)
    return term


def space_of(term: Term, channels: int) -> str | None:
    """Gives the color space that a name means, None for Automatic; raises a message where it has other channels."""
    if term is S.Automatic:
        return None
    if type(term) is not str or term not in SPACES or channels not in (SPACES[term], SPACES[term] + 1):
        raise Message("space", term, channels, ", ".join(SPACES), result=FAILED)
    return term


def made(kernel: Kernel, data: Term, kind: Term, options: dict[str, Term], rank: int) -> Term | None:
    """Gives the image of an array with this number of spatial dimensions."""
    if type(data) is Image:
        return retyped(data, kind, options, rank)
    array = data.array if type(data) is NumericArray else machine_array(kernel, data) if is_array(data) else None
    if array is None and not is_array(data):
        return None
    if array is None or array.ndim not in (rank, rank + 1) or array.dtype.kind == "c" or not array.size:
        shown = f"{rank} dimensions, or one more for the channels"
        raise Message("array", data, shown, result=FAILED)
    if array.ndim == rank:
        array = array[..., None]
    elif options["Interleaving"] is FALSE:
        array = np.moveaxis(array, 0, -1)
    exact = type(data) is NumericArray and array.dtype in TYPE_OF
    name = TYPE_OF[array.dtype] if exact and kind is S.Automatic else "Real32" if kind is S.Automatic else kind_of(kind)
    return Image(raw(array, name), space_of(options["ColorSpace"], array.shape[-1]))


def raw(array: np.ndarray, name: str) -> np.ndarray:
    """Gives numbers as pixels of a type that stand for just these: those of "Byte" go from 0 to 255."""
    return stored(array if ONE[name] == 1 else array / ONE[name], name)


def retyped(image: Image, kind: Term, options: dict[str, Term], rank: int) -> Term | None:
    if image.is_solid != (rank == 3):
        return None
    name = image.type_name if kind is S.Automatic else kind_of(kind)
    space = options["ColorSpace"]
    chosen = image.space if space is S.Automatic else space_of(space, image.channels)
    return Image(image.pixels if name == image.type_name else stored(image.reals(), name), chosen)


@builtin("Image", category="Images", options=OPTIONS, messages=MESSAGES)
def image(kernel: Kernel, data: Term, kind: Term = S.Automatic, *, options: dict[str, Term]) -> Term | None:
    """Image[{{v11, v12, …}, …}] gives a gray image of an array of numbers from 0 (black) to 1 (white), rows from the top.
    Image[{{{r, g, b}, …}, …}] gives a color image.
    Image[data, "type"] has pixels of the type "Bit", "Byte" (0 to 255), "Bit16" (0 to 65535), "Real32" or "Real64".
    Image[image, "type"] gives an image with pixels of another type.

    Details: The type of a list is "Real32", that of a NumericArray follows its numbers. Images are atoms: two are the
    same if their pixels, types and color spaces are. One channel is taken for gray, three for RGB, one more for the opacity.

    Examples:
        >> Image[{{0, 0.5}, {1, 0.25}}]
        printed: Image[2×2, Grayscale]
        >> ImageData[Image[{{0, 128, 255}}, "Byte"]] * 255
        = {{0., 128., 255.}}
        >> Image[{{{1, 0, 0}, {0, 0, 1}}}, "Byte"]
        printed: Image[2×1, RGB]
        >> MatchQ[Image[{{0, 1}}], _Image]
        = True
        >> InputForm[Image[{{0, 1}}, "Bit"]]
        printed: Image[NumericArray[{{0, 1}}, "UnsignedInteger8"], "Bit", ColorSpace -> Automatic]
        >> Image[NumericArray[{{0, 1}}, "UnsignedInteger8"], "Bit", ColorSpace -> Automatic] === Image[{{0, 1}}, "Bit"]
        = True
        >> ImageData[Image[Image[{{0.2, 0.8}}], "Byte"], "Byte"]
        = {{51, 204}}
    Options: "ColorSpace":
        >> Image[{{{0.5, 1, 1}}}, ColorSpace -> "HSB"]
        printed: Image[1×1, HSB]
    Options: "Interleaving":
        >> ImageDimensions[Image[RandomReal[1, {3, 4, 5}], Interleaving -> False]]
        = {5, 4}
    Possible issues:
        >> Image[{{1, 2}, {3}}]
        = $Failed
        message: Image::array
        >> Image[{{1, 2}}, "Integer"]
        = $Failed
        message: Image::type
        >> Image[{{1, 2}}, ColorSpace -> "RGB"]
        = $Failed
        message: Image::space
    """
    return made(kernel, data, kind, options, 2)


@builtin("Image3D", category="Images", options=OPTIONS, messages=MESSAGES)
def image_3d(kernel: Kernel, data: Term, kind: Term = S.Automatic, *, options: dict[str, Term]) -> Term | None:
    """Image3D[array] gives a 3D image of an array of slices of rows of numbers, or of channels.
    Image3D[{image1, image2, …}] gives the 3D image with these images as slices, from the top.
    Image3D[data, "type"] has pixels of this type.

    Examples:
        >> Image3D[RandomReal[1, {2, 3, 4}]]
        printed: Image3D[4×3×2, Grayscale]
        >> Image3D[{Image[{{0, 1}}], Image[{{1, 1}}]}] // ImageData
        = {{{0., 1.}}, {{1., 1.}}}
        >> Head[Image3D[{{{1}}}, "Byte"]]
        = Image3D
    Options: "ColorSpace":
        >> ImageColorSpace[Image3D[{{{{0, 0, 0}}}}, ColorSpace -> "LAB"]]
        = "LAB"
    Options: "Interleaving":
        >> ImageChannels[Image3D[RandomReal[1, {3, 2, 2, 2}], Interleaving -> False]]
        = 3
    Possible issues:
        >> Image3D[{{1, 2}}]
        = $Failed
        message: Image3D::array
        >> Image3D[{{{1}}}, "Integer"]
        = $Failed
        message: Image3D::type
        >> Image3D[{{{1}}}, ColorSpace -> "No such space"]
        = $Failed
        message: Image3D::space
    """
    slices = elements(data) if is_list(data) and type(data) is not np.ndarray else ()
    if slices and all(type(item) is Image for item in slices):
        first = slices[0]
        if first.is_solid or any(item.pixels.shape != first.pixels.shape for item in slices):
            raise Message("array", data, "slices of equal size and channels", result=FAILED)
        values = np.stack([stored(item.reals(), first.type_name) for item in slices])
        return retyped(Image(values, first.space), kind, options, 3)
    return made(kernel, data, kind, options, 3)


@builtin("ImageQ", category="Images")
def image_q(kernel: Kernel, x: Term) -> Term:
    """ImageQ[x] gives True if x is an image or a 3D image.

    Examples:
        >> ImageQ[Image[{{0, 1}}]]
        = True
        >> ImageQ[{{0, 1}}]
        = False
    """
    return truth(type(x) is Image)


@builtin("ImageData", category="Images", options={"Interleaving": TRUE}, messages={"type": BAD_TYPE})
def image_data(kernel: Kernel, image: Term, kind: Term = S.Automatic, *, options: dict[str, Term]) -> Term | None:
    """ImageData[image] gives the array of the pixels as numbers from 0 to 1, rows from the top.
    ImageData[image, "type"] gives them as numbers of this type: those of "Byte" go from 0 to 255.

    Examples:
        >> ImageData[Image[{{0, 0.5}, {1, 0.25}}]]
        = {{0., 0.5}, {1., 0.25}}
        >> ImageData[Image[{{0, 51}}, "Byte"]]
        = {{0., 0.2}}
        >> ImageData[Image[{{0, 51}}, "Byte"], "Byte"]
        = {{0, 51}}
        >> ImageData[Image[{{1, 0}}, "Bit"]]
        = {{1, 0}}
    Options: "Interleaving":
        >> ImageData[Image[{{{1., 0., 0.5}, {0., 1., 0.25}}}], Interleaving -> False]
        = {{{1., 0.}}, {{0., 1.}}, {{0.5, 0.25}}}
    Possible issues:
        >> ImageData[Image[{{0}}], "Integer"]
        = $Failed
        message: ImageData::type
        >> ImageData[{{0}}]
        = ImageData[{{0}}]
        message: ImageData::imginv
    """
    if type(image) is not Image:
        raise not_an_image(image)
    name = image.type_name if kind is S.Automatic else kind_of(kind)
    if kind is S.Automatic and name != "Bit":
        values = image.reals()
    else:
        values = image.pixels if name == image.type_name else stored(image.reals(), name)
        values = values.astype(np.int64 if name in ("Bit", "Byte", "Bit16") else np.float64)
    if image.channels == 1:
        return pack(values[..., 0])
    return pack(np.moveaxis(values, -1, 0) if options["Interleaving"] is FALSE else values)


@builtin("ImageDimensions", category="Images")
def image_dimensions(kernel: Kernel, image: Term) -> Term | None:
    """ImageDimensions[image] gives {width, height}; of a 3D image {width, depth, height}.

    Examples:
        >> ImageDimensions[Image[RandomReal[1, {20, 30}]]]
        = {30, 20}
        >> ImageDimensions[Image3D[RandomReal[1, {2, 3, 4}]]]
        = {4, 3, 2}
    """
    return on_images(image, lambda one: pack(np.array(one.size)))


@builtin("ImageChannels", category="Images")
def image_channels(kernel: Kernel, image: Term) -> Term | None:
    """ImageChannels[image] gives the number of channels, opacity included.

    Examples:
        >> ImageChannels[Image[RandomReal[1, {2, 2, 3}]]]
        = 3
    """
    return on_images(image, lambda one: one.channels)


@builtin("ImageColorSpace", category="Images")
def image_color_space(kernel: Kernel, image: Term) -> Term | None:
    """ImageColorSpace[image] gives the name of the color space, Automatic where the image was made without one.

    Examples:
        >> ImageColorSpace[Image[{{0}}, ColorSpace -> "Grayscale"]]
        = "Grayscale"
        >> ImageColorSpace[Image[{{0}}]]
        = Automatic
    """
    return on_images(image, lambda one: one.space or S.Automatic)


@builtin("ImageType", category="Images")
def image_type(kernel: Kernel, image: Term) -> Term | None:
    """ImageType[image] gives the type of the pixels: "Bit", "Byte", "Bit16", "Real32" or "Real64".

    Examples:
        >> ImageType[Image[{{0.5}}]]
        = "Real32"
        >> ImageType[Image[NumericArray[{{7}}, "UnsignedInteger8"]]]
        = "Byte"
    """
    return on_images(image, lambda one: one.type_name)
