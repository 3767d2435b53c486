"""Colors, and images in other color spaces."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.images.images import on_images
from wlnet.images.spaces import COLORS, color_of, converted
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import FAILED, Expression, Image, S, Term, elements, expression, is_list, is_number, rule, to_list
from wlnet.terms.image import SPACES, stored

HEADS = {space: head for head, space in COLORS.items()}

#: Head of a color → what stands inside and what it stands for, and a gray level or color to show it on.
MODELS = {
    "GrayLevel": ("GrayLevel[g] is a gray from 0 (black) to 1 (white).", "GrayLevel[0.5]", "RGBColor[0.5, 0.5, 0.5]"),
    "RGBColor": ("RGBColor[r, g, b] is a color of red, green and blue from 0 to 1.", "RGBColor[0, 1, 0]", "RGBColor[0., 1., 0.]"),
    "CMYKColor": ("CMYKColor[c, m, y, k] is a color of cyan, magenta, yellow and black.", "CMYKColor[0, 0, 1, 0]", "RGBColor[1., 1., 0.]"),
    "Hue": ("Hue[h] is the color with this hue; Hue[h, s, b] has a saturation and a brightness too.", "Hue[0.5]", "RGBColor[0., 1., 1.]"),
    "XYZColor": ("XYZColor[x, y, z] is a color in the space of CIE 1931, white D50.", "XYZColor[0, 0, 0]", "RGBColor[0., 0., 0.]"),
    "LABColor": ("LABColor[l, a, b] is a color in CIELAB, each number divided by 100.", "LABColor[0, 0, 0]", "RGBColor[0., 0., 0.]"),
    "LUVColor": ("LUVColor[l, u, v] is a color in CIELUV, each number divided by 100.", "LUVColor[0, 0, 0]", "RGBColor[0., 0., 0.]"),
    "LCHColor": ("LCHColor[l, c, h] is a color in CIELAB by lightness, chroma and hue.", "LCHColor[0, 0, 0]", "RGBColor[0., 0., 0.]"),
}  # fmt: skip

#: Name of a color → the color.
NAMED = {
    "Black": (0,), "White": (1,), "Gray": (0.5,), "LightGray": (0.85,), "Red": (1, 0, 0), "Green": (0, 1, 0),
    "Blue": (0, 0, 1), "Cyan": (0, 1, 1), "Magenta": (1, 0, 1), "Yellow": (1, 1, 0), "Orange": (1, 0.5, 0),
    "Purple": (0.5, 0, 0.5), "Pink": (1, 0.5, 0.5), "Brown": (0.6, 0.4, 0.2),
}  # fmt: skip


def declare(name: str, docstring: str, value: Term | None = None) -> None:
    def stands_for_a_color() -> None:
        pass

    stands_for_a_color.__doc__ = docstring
    constant(name, category="Colors", value=value)(stands_for_a_color)


for _name, (_usage, _color, _rgb) in MODELS.items():
    declare(_name, f'{_usage}\n\nExamples:\n    >> ColorConvert[{_color}, "RGB"] \n    = {_rgb}\n')
for _name, _values in NAMED.items():
    _head = "GrayLevel" if len(_values) == 1 else "RGBColor"
    _shown = f"{_head}[{', '.join(map(str, _values))}]"
    declare(
        _name,
        f"{_name} is the color {_shown}.\n\nExamples:\n    >> {_name}\n    = {_shown}\n",
        expression(_head, *_values),
    )


def color_term(space: str, values: np.ndarray) -> Term:
    return Expression(HEADS[space], tuple(values.tolist()))


def image_in(image: Image, space: str) -> Image:
    """Gives an image in another color space, its opacity kept; raises a message where it has no known one."""
    actual = image.actual_space
    if actual is None:
        raise Message("nospace", image, result=FAILED)
    if actual == space:
        return Image(image.pixels, space)
    values = image.reals(np.float32 if image.type_name != "Real64" else np.float64)
    count = SPACES[actual]
    colors = converted(values[..., :count], actual, space)
    return image.with_reals(np.concatenate([colors, values[..., count:]], axis=-1), space)


@builtin(
    "ColorConvert",
    category="Images",
    messages={
        "space": "`1` is not a color space. Color spaces: `2`.",
        "nospace": "`1` has no color space to be converted from.",
    },
)
def color_convert(kernel: Kernel, data: Term, space: Term) -> Term | None:
    """ColorConvert[image, "space"] gives an image in the color space "Grayscale", "RGB", "CMYK", "HSB", "XYZ", "LAB", ….
    ColorConvert[color, "space"] gives a color in it; a list of images or colors is converted one by one.

    Details: Gray is 0.299 red + 0.587 green + 0.114 blue. RGB means sRGB; XYZ, LAB, LUV and LCH have the white of D50.

    Examples:
        >> ColorConvert[Image[{{{1, 0, 0}, {0, 1, 0}}}], "Grayscale"] // ImageData
        = {{0.299, 0.587}}
        >> ColorConvert[Image[{{0.25}}], "RGB"] // ImageData
        = {{{0.25, 0.25, 0.25}}}
        >> ColorConvert[{Red, GrayLevel[0.5]}, "HSB"]
        = {Hue[0., 1., 1.], Hue[0., 0., 0.5]}
        >> ColorConvert[Red, "LAB"]
        = LABColor[0.5429173, 0.8081245, 0.6988504]
    Possible issues:
        >> ColorConvert[Red, "No such space"]
        = $Failed
        message: ColorConvert::space
        >> ColorConvert[Image[RandomReal[1, {1, 1, 7}]], "RGB"]
        = $Failed
        message: ColorConvert::nospace
    """
    if type(space) is not str or space not in SPACES:
        raise Message("space", space, ", ".join(SPACES), result=FAILED)
    color = None if is_number(data) else color_of(data)
    if color is not None:
        return color_term(space, converted(np.array(color[1]), color[0], space))
    if is_list(data) and all(type(item) is Expression for item in elements(data)):
        return to_list([Expression(S.ColorConvert, (item, space)) for item in elements(data)])
    return on_images(data, lambda image: image_in(image, space))


@builtin("ColorNegate", category="Images")
def color_negate(kernel: Kernel, image: Term) -> Term | None:
    """ColorNegate[image] gives the negative: each number v becomes 1 - v, the opacity stays.

    Examples:
        >> ColorNegate[Image[{{0, 0.25}}]] // ImageData
        = {{1., 0.75}}
        >> ColorNegate[Image[{{0, 255}}, "Byte"]] === Image[{{255, 0}}, "Byte"]
        = True
    """

    def negated(one: Image) -> Image:
        values = one.reals()
        count = one.channels - one.has_opacity
        return one.with_reals(np.concatenate([1 - values[..., :count], values[..., count:]], axis=-1))

    return on_images(image, negated)


@builtin("ColorSeparate", category="Images")
def color_separate(kernel: Kernel, image: Term) -> Term | None:
    """ColorSeparate[image] gives the list of the channels, each as a gray image.

    Examples:
        >> ImageData /@ ColorSeparate[Image[{{{1., 0.5, 0.}}}]]
        = {{{1.}}, {{0.5}}, {{0.}}}
    """
    return on_images(
        image, lambda one: to_list([Image(one.pixels[..., i : i + 1], "Grayscale") for i in range(one.channels)])
    )


@builtin("ColorCombine", category="Images", messages={"sizes": "The channels `1` are not gray images of one size."})
def color_combine(kernel: Kernel, images: Term, space: Term = S.Automatic) -> Term | None:
    """ColorCombine[{image1, …}, "space"] gives the image with these gray images as channels.

    Examples:
        >> ColorCombine[{Image[{{1}}], Image[{{0.5}}], Image[{{0}}]}, "RGB"] // ImageData
        = {{{1., 0.5, 0.}}}
    Possible issues:
        >> ColorCombine[{Image[{{1}}], Image[{{1, 1}}]}]
        = $Failed
        message: ColorCombine::sizes
        >> ColorCombine[{Image[{{1}}]}, "RGB"]
        = $Failed
        message: Image::space
    """
    items = elements(images) if is_list(images) and type(images) is not np.ndarray else ()
    if not items or any(type(item) is not Image or item.channels != 1 or item.size != items[0].size for item in items):
        raise Message("sizes", images, result=FAILED)
    pixels = np.concatenate([stored(item.reals(), items[0].type_name) for item in items], axis=-1)
    return Expression(S.Image3D if pixels.ndim == 4 else S.Image, (Image(pixels), rule(S.ColorSpace, space)))
