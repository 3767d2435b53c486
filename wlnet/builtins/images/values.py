"""Images with other values at their pixels: adjusted, combined, by a function, at random."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from wlnet.builtins.images.images import LARGEST, not_an_image, on_images
from wlnet.builtins.images.sizes import is_count
from wlnet.builtins.numbers.numerical import machine_array, machine_real
from wlnet.builtins.numbers.random import ends_of
from wlnet.builtins.probability.facts import is_distribution
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Expression, Image, Term, elements, expression, is_list, numeric, pack, to_list
from wlnet.terms.image import SPACES, stored


@builtin("ImageAdjust", category="Images")
def image_adjust(kernel: Kernel, image: Term) -> Term | None:
    """ImageAdjust[image] gives an image with its values spread over the range from 0 to 1.

    Details: The opacity stays; an image with one value everywhere is cut to the range.

    Examples:
        >> ImageAdjust[Image[{{2, 3, 6}}]] // ImageData
        = {{0., 0.25, 1.}}
        >> ImageAdjust[Image[{{7}}]] // ImageData
        = {{1.}}
    """

    def adjusted(one: Image) -> Image:
        values = one.reals()
        count = one.channels - one.has_opacity
        colors = values[..., :count]
        low, high = colors.min(), colors.max()
        colors = (colors - low) / (high - low) if high > low else np.clip(colors, 0, 1)
        return one.with_reals(np.concatenate([colors, values[..., count:]], axis=-1))

    return on_images(image, adjusted)


@builtin(
    "ImageApply",
    category="Images",
    messages={"function": "The function gives no number or list of numbers at a pixel."},
)
def image_apply(kernel: Kernel, function: Term, image: Term) -> Term | None:
    """ImageApply[f, image] applies f to the value of each pixel: a number, or the list of its channels.
    ImageApply[f, {image1, image2, …}] applies f to the values of several images of one size.

    Examples:
        >> ImageApply[1 - # &, Image[{{0, 0.25}}]] // ImageData
        = {{1., 0.75}}
        >> ImageApply[Mean, Image[{{{0, 0.5, 1.}}}]] // ImageData
        = {{0.5}}
        >> ImageApply[Max, {Image[{{0, 1}}], Image[{{0.5, 0.5}}]}] // ImageData
        = {{0.5, 1.}}
    Possible issues:
        >> ImageApply[f, Image[{{0}}]]
        = $Failed
        message: ImageApply::function
    """
    items = elements(image) if is_list(image) else (image,)
    if not items or any(type(item) is not Image or item.size != items[0].size for item in items):
        raise not_an_image(image)
    shape = items[0].pixels.shape[:-1]
    columns = [pixel_terms(one) for one in items]
    found = [kernel.evaluate(Expression(function, values)) for values in zip(*columns, strict=True)]
    array = machine_array(kernel, to_list(found))
    if array is None or array.dtype.kind == "c" or array.ndim > 2:
        raise Message("function", result=FAILED)
    made = array.reshape(*shape, -1)
    first = items[0]
    space = first.space if made.shape[-1] == first.channels else None
    return Image(stored(made, "Real32" if first.type_name == "Bit" else first.type_name), space)


def pixel_terms(image: Image) -> list[Term]:
    """Gives the values of the pixels, row by row: numbers for one channel, else lists."""
    values = image.reals().reshape(-1, image.channels)
    return values[:, 0].tolist() if image.channels == 1 else [pack(row) for row in values]


Combine = Callable[[np.ndarray, np.ndarray], np.ndarray]


def combined(combine: Combine, kernel: Kernel, image: Term, others: tuple[Term, ...]) -> Term:
    """Gives an image combined with images of its size, or with numbers, one after the other."""

    def with_all(one: Image) -> Image:
        values = one.reals()
        for other in others:
            number = None if type(other) is Image else machine_real(kernel, other)
            if number is None and type(other) is not Image:
                raise not_an_image(other)
            fits = number is not None or (
                other.size == one.size and (other.channels in (1, one.channels) or one.channels == 1)
            )
            if not fits:
                raise Message("size", other, one, result=FAILED)
            values = combine(values, other.reals() if number is None else np.asarray(number))
        space = next((i.space for i in (one, *others) if type(i) is Image and i.channels == values.shape[-1]), None)
        return Image(stored(values, "Real32" if one.type_name == "Bit" else one.type_name), space)

    return on_images(image, with_all)


#: Function → what it does to the values, in words, and an example.
COMBINATIONS: dict[str, tuple[Combine, str, str, str]] = {
    "ImageAdd": (np.add, "the sum of", "{{0.5, 0.25}}", "{{0.75, 0.75}}"),
    "ImageSubtract": (np.subtract, "the difference of", "{{0.25, 0.5}}", "{{0., 0.}}"),
    "ImageMultiply": (np.multiply, "the product of", "{{1, 0.5}}", "{{0.25, 0.25}}"),
    "ImageDifference": (
        lambda a, b: np.abs(a - b), "the absolute difference of", "{{0.5, 0.25}}", "{{0.25, 0.25}}",
    ),
}  # fmt: skip


def declare(name: str, combine: Combine, what: str, other: str, result: str) -> None:
    def combination(kernel: Kernel, image: Term, *others: Term) -> Term | None:
        return combined(combine, kernel, image, others)

    combination.__doc__ = f"""{name}[image1, image2] gives {what} the values of two images of one size.
    {name}[image, x] takes the number x at every pixel.

    Examples:
        >> {name}[Image[{{{{0.25, 0.5}}}}], Image[{other}]] // ImageData
        = {result}
    Possible issues:
        >> {name}[Image[{{{{0}}}}], Image[{{{{0, 0}}}}]]
        = $Failed
        message: {name}::size
    """
    builtin(name, category="Images", messages={"size": "`1` has not the size and channels of `2`."})(combination)


for _name, _row in COMBINATIONS.items():
    declare(_name, *_row)


@builtin(
    "RandomImage",
    category="Images",
    options={"ColorSpace": "Grayscale"},
    messages={
        "range": "`1` is not a largest value, a pair {min, max} or a distribution.",
        "size": "`1` is not a size {width, height} or {width, depth, height}.",
        "space": "`1` is not a color space. Color spaces: `2`.",
    },
)
def random_image(kernel: Kernel, limits: Term = 1, size: Term = 150, *, options: dict[str, Term]) -> Term | None:
    """RandomImage[max, {width, height}] gives an image of random values from 0 to max.
    RandomImage[{min, max}, size] takes other limits, RandomImage[distribution, size] draws from a distribution.
    RandomImage[] gives an image of size {150, 150}; three numbers as a size give a 3D image.

    Examples:
        >> RandomImage[1, {4, 3}]
        printed: Image[4×3, Grayscale]
        >> Max[ImageData[RandomImage[{0.2, 0.4}, 5]]] <= 0.4
        = True
        >> RandomImage[NormalDistribution[0.5, 0.1], {2, 3, 4}]
        printed: Image3D[2×3×4, Grayscale]
    Options: "ColorSpace":
        >> RandomImage[1, {4, 3}, ColorSpace -> "RGB"]
        printed: Image[4×3, RGB]
    Possible issues:
        >> RandomImage["bright", 3]
        = $Failed
        message: RandomImage::range
        >> RandomImage[1, {2, 3}, ColorSpace -> "No such space"]
        = $Failed
        message: RandomImage::space
        >> RandomImage[1, -3]
        = $Failed
        message: RandomImage::size
    """
    items = elements(size) if is_list(size) else (size, size)
    if len(items) not in (2, 3) or not all(map(is_count, items)) or math.prod(items) > LARGEST // 5:
        raise Message("size", size, result=FAILED)
    space = options["ColorSpace"]
    if type(space) is not str or space not in SPACES:
        raise Message("space", space, ", ".join(SPACES), result=FAILED)
    shape = (*reversed(items), SPACES[space])
    if is_distribution(kernel, limits):
        values = numeric(kernel.evaluate(expression("RandomVariate", limits, pack(np.array(shape)))))
        if values is None:
            raise Message("range", limits, result=FAILED)
    else:
        ends = ends_of(kernel, limits, 0)
        found = [machine_real(kernel, end) for end in ends] if ends is not None else [None]
        if any(end is None or not math.isfinite(end) for end in found):
            raise Message("range", limits, result=FAILED)
        low, high = found
        values = low + (high - low) * kernel.random.random(shape)  # type: ignore[operator]
    return Image(np.asarray(values, np.float32), space)
