"""Symbols that images give a meaning: names of options, and sides."""

from __future__ import annotations

from wlnet.kernel import constant


@constant("ColorSpace", category="Images")
def color_space() -> None:
    """ColorSpace is an option of images and of their encoders and decoders: "Grayscale", "RGB", "HSB", ….

    Examples:
        >> ImageColorSpace[Image[{{{0, 1, 1}}}, ColorSpace -> "HSB"]]
        = "HSB"
    """


@constant("Alignment", category="Images")
def alignment() -> None:
    """Alignment is an option of image encoders: where an image lies that does not fill its room, or what is cut from it.

    Examples:
        >> NetEncoder[{"Image", {1, 1}, "Grayscale", Method -> "Fill", Alignment -> Right}][Image[{{0, 1}}]]
        = {{{1.}}}
    """


SIDES = {"Center": "{0.25, 0.5}", "Left": "{0., 0.25}", "Right": "{0.5, 1.}"}
ENDS = {"Top": "{{0.}}", "Bottom": "{{1.}}"}


def declare(name: str, what: str, example: str, value: str) -> None:
    def stands_for_a_place() -> None:
        pass

    stands_for_a_place.__doc__ = f"{name} stands for {what}.\n\nExamples:\n    >> {example}\n    = {value}\n"
    constant(name, category="Images")(stands_for_a_place)


for _name, _value in SIDES.items():
    _what = "the middle" if _name == "Center" else f"the {_name.lower()} side"
    declare(_name, _what, f"ImageData[ImageCrop[Image[{{{{0, 0.25, 0.5, 1}}}}], {{2, 1}}, {_name}]]", f"{{{_value}}}")
for _name, _value in ENDS.items():
    declare(_name, f"the {_name.lower()}", f"ImageData[ImageCrop[Image[{{{{0}}, {{1}}}}], {{1, 1}}, {_name}]]", _value)
