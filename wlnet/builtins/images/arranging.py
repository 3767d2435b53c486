"""Images turned, and put together of others or cut into parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from wlnet.builtins.images.images import not_an_image, on_images
from wlnet.builtins.images.sizes import is_count
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Image, S, Symbol, Term, elements, is_head, is_list, to_list
from wlnet.terms.image import stored

OPPOSITE = {S.Top: S.Bottom, S.Bottom: S.Top, S.Left: S.Right, S.Right: S.Left}


def is_side(term: Term) -> bool:
    return type(term) is Symbol and term in OPPOSITE


def across(pixels: np.ndarray) -> np.ndarray:
    return np.swapaxes(pixels, -3, -2)


def turned(pixels: np.ndarray) -> np.ndarray:
    return np.flip(pixels, (-3, -2))


#: Two sides → what takes the pixels where one side lies at the place of the other.
REFLECTIONS: dict[tuple[Term, Term], Callable[[np.ndarray], np.ndarray]] = {
    (S.Top, S.Bottom): lambda pixels: np.flip(pixels, -3),
    (S.Left, S.Right): lambda pixels: np.flip(pixels, -2),
    (S.Left, S.Top): across,
    (S.Right, S.Bottom): across,
    (S.Left, S.Bottom): lambda pixels: turned(across(pixels)),
    (S.Right, S.Top): lambda pixels: turned(across(pixels)),
}


@builtin(
    "ImageReflect",
    category="Images",
    messages={"side": "`1` is not a side or a rule between two of Left, Right, Top and Bottom."},
)
def image_reflect(kernel: Kernel, image: Term, side: Term = S.Top) -> Term | None:
    """ImageReflect[image] gives an image upside down.
    ImageReflect[image, Left] exchanges left and right, and ImageReflect[image, Left -> Top] these two sides.

    Examples:
        >> ImageReflect[Image[{{0, 1}, {0.5, 0.5}}]] // ImageData
        = {{0.5, 0.5}, {0., 1.}}
        >> ImageReflect[Image[{{0, 1}}], Left] // ImageData
        = {{1., 0.}}
        >> ImageReflect[Image[{{0, 1}}], Left -> Top] // ImageData
        = {{0.}, {1.}}
        >> ImageReflect[Image[{{0, 1}}], Left -> Bottom] // ImageData
        = {{1.}, {0.}}
    Possible issues:
        >> ImageReflect[Image[{{0, 1}}], "up"]
        = $Failed
        message: ImageReflect::side
    """
    first, second = side.args if is_head(side, S.Rule, 2) else (side, OPPOSITE[side] if is_side(side) else None)
    known = is_side(first) and is_side(second)
    reflect = REFLECTIONS.get((first, second)) or REFLECTIONS.get((second, first)) if known else None
    if reflect is None:
        raise Message("side", side, result=FAILED)
    return on_images(image, lambda one: Image(reflect(one.pixels), one.space))


@builtin(
    "ImageRotate",
    category="Images",
    messages={"angle": "`1` is not a multiple of a right angle: images are turned by 0, 90, 180 or 270 degrees."},
)
def image_rotate(kernel: Kernel, image: Term, angle: Term = None) -> Term | None:
    """ImageRotate[image] gives an image turned counterclockwise by a right angle.
    ImageRotate[image, angle] turns it by a multiple of a right angle, in radians.

    Examples:
        >> ImageRotate[Image[{{0, 1}}]] // ImageData
        = {{1.}, {0.}}
        >> ImageRotate[Image[{{0, 1}}], 180 Degree] // ImageData
        = {{1., 0.}}
        >> ImageRotate[Image[{{0, 1}}], -Pi/2] // ImageData
        = {{0.}, {1.}}
    Possible issues:
        >> ImageRotate[Image[{{0, 1}}], 1]
        = $Failed
        message: ImageRotate::angle
    """
    radians = np.pi / 2 if angle is None else machine_real(kernel, angle)
    turns = np.nan if radians is None else radians / (np.pi / 2)
    if not np.isfinite(turns) or abs(turns - round(turns)) > 1e-6:
        raise Message("angle", angle, result=FAILED)
    return on_images(image, lambda one: Image(np.rot90(one.pixels, round(turns) % 4, axes=(-3, -2)), one.space))


def joined(pixels: Sequence[np.ndarray], axis: int) -> np.ndarray:
    """Gives arrays of pixels side by side; raises a message where they do not fit."""
    try:
        return np.concatenate(pixels, axis=axis)
    except ValueError:
        sizes = ", ".join("×".join(map(str, array.shape[-2::-1])) for array in pixels)
        raise Message("sizes", sizes, result=FAILED) from None


@builtin(
    "ImageAssemble",
    category="Images",
    messages={"sizes": "Images of the sizes `1` do not fit side by side; ImageResize makes them fit."},
)
def image_assemble(kernel: Kernel, images: Term) -> Term | None:
    """ImageAssemble[{{image11, image12, …}, …}] gives one image of rows of images of fitting sizes.
    ImageAssemble[{image1, image2, …}] puts them side by side.

    Examples:
        >> ImageAssemble[{{Image[{{0}}], Image[{{0.5}}]}, {Image[{{1}}], Image[{{0}}]}}] // ImageData
        = {{0., 0.5}, {1., 0.}}
        >> ImageAssemble[{Image[{{0}}], Image[{{1}}]}] // ImageData
        = {{0., 1.}}
    Possible issues:
        >> ImageAssemble[{Image[{{0}}], Image[{{1}, {1}}]}]
        = $Failed
        message: ImageAssemble::sizes
    """
    items = elements(images) if is_list(images) else ()
    rows = [elements(item) if is_list(item) else None for item in items]
    table = [items] if rows and rows[0] is None else rows
    flat = [one for row in table for one in row or (None,)]
    wrong = next((one for one in flat if type(one) is not Image), None)
    if not flat or wrong is not None:
        raise not_an_image(images if wrong is None else wrong)
    first = flat[0]
    lines = [joined([stored(one.reals(), first.type_name) for one in row or ()], -2) for row in table]
    return Image(joined(lines, -3), first.space)


@builtin(
    "ImagePartition",
    category="Images",
    messages={"size": "`1` is not the size of parts of the image `2`: n or {width, height} is expected."},
)
def image_partition(kernel: Kernel, image: Term, size: Term, offset: Term = None) -> Term | None:
    """ImagePartition[image, n] gives the rows of the n×n parts of an image; what is left over at the end is dropped.
    ImagePartition[image, {width, height}] gives parts of this size.
    ImagePartition[image, size, offset] gives parts that begin every so many pixels.

    Examples:
        >> Map[ImageData, ImagePartition[Image[{{0, 0.5}, {1, 0}}], 1], {2}]
        = {{{{0.}}, {{0.5}}}, {{{1.}}, {{0.}}}}
        >> Dimensions[ImagePartition[Image[RandomReal[1, {6, 8}]], {3, 2}]]
        = {3, 2}
        >> ImageAssemble[ImagePartition[Image[{{0, 0.5}, {1, 0}}], 1]] === Image[{{0, 0.5}, {1, 0}}]
        = True
        >> Length[First[ImagePartition[Image[{{1, 2, 3, 4}}], {2, 1}, {1, 1}]]]
        = 3
    Possible issues:
        >> ImagePartition[Image[{{0}}], 2]
        = $Failed
        message: ImagePartition::size
    """
    if type(image) is not Image or image.is_solid:
        raise not_an_image(image)
    width, height = pair_of(size, image)
    across, down = (width, height) if offset is None else pair_of(offset, image)
    rows, columns, _ = image.pixels.shape
    if width > columns or height > rows:
        raise Message("size", size, image, result=FAILED)
    tops, lefts = range(0, rows - height + 1, down), range(0, columns - width + 1, across)
    parts = {
        (top, left): Image(image.pixels[top : top + height, left : left + width], image.space)
        for top, left in product(tops, lefts)
    }
    return to_list(to_list(parts[top, left] for left in lefts) for top in tops)


def pair_of(term: Term, image: Image) -> tuple[int, int]:
    items = elements(term) if is_list(term) else (term, term)
    if len(items) != 2 or not all(map(is_count, items)):
        raise Message("size", term, image, result=FAILED)
    return items[0], items[1]
