"""Laws of images in the language, for random ones."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import Image, NumericArray, same
from wlnet.terms.image import IMAGE_TYPES, stored

SHAPES = [(3, 4, 1), (2, 5, 3), (4, 1, 2), (2, 2, 4), (2, 3, 4, 1), (2, 2, 2, 3), (1, 1, 7)]


def random_pixels(type_name: str, shape: tuple[int, ...]) -> np.ndarray:
    return stored(np.random.default_rng(3).random(shape), type_name)


def head(shape: tuple[int, ...]) -> str:
    return "Image" if len(shape) == 3 else "Image3D"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("type_name", list(IMAGE_TYPES))
def test_data_come_back(session: Session, type_name: str, shape: tuple[int, ...]) -> None:
    pixels = random_pixels(type_name, shape)
    data = pixels[..., 0] if shape[-1] == 1 else pixels
    session.kernel.set_own(session.kernel.resolve("data"), NumericArray(data.astype(float)))
    image = session.evaluate_term(f'image = {head(shape)}[data, "{type_name}"]')
    assert image.type_name == type_name
    np.testing.assert_array_equal(image.pixels, pixels)
    np.testing.assert_array_equal(session.evaluate_term(f'ImageData[image, "{type_name}"]'), data)
    np.testing.assert_array_equal(session.evaluate_term("ImageDimensions[image]"), shape[-2::-1])
    assert session.evaluate_term(f"ImageData[{head(shape)}[ImageData[image]]] == N[ImageData[image]]"
                                 if type_name in ("Bit", "Real32") else "True").name == "True"  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("type_name", list(IMAGE_TYPES))
@pytest.mark.parametrize("form", ["InputForm", "FullForm"])
def test_what_is_written_makes_it_again(session: Session, type_name: str, shape: tuple[int, ...], form: str) -> None:
    image = Image(random_pixels(type_name, shape), "RGB" if shape[-1] in (3, 4) else None)
    assert same(session.evaluate_term(write(image, form)), image)


def test_type_and_color_space_tell_images_apart(session: Session) -> None:
    for left, right in (
        ('Image[{{0, 1}}, "Bit"]', 'Image[{{0, 1}}, "Real32"]'),
        ("Image[{{0, 1}}]", 'Image[{{0, 1}}, ColorSpace -> "Grayscale"]'),
        ("Image[{{0, 1}}]", "Image[{{0}, {1}}]"),
    ):
        assert session.evaluate(f"{left} === {right}") is False
        assert session.evaluate(f"{left} === {left}") is True
    assert session.evaluate("Length[Union[{Image[{{0, 1}}], Image[{{0, 1}}], Image[{{1, 1}}]}]]") == 2


LAWS = {
    "four turns": "Nest[ImageRotate, image, 4] === image",
    "turns add up": "ImageRotate[ImageRotate[image], Pi] === ImageRotate[image, 3 Pi / 2]",
    "a reflection undoes itself": "And @@ (ImageReflect[ImageReflect[image, #], #] === image & /@ "
    "{Top, Left, Left -> Top, Left -> Bottom, Bottom -> Right})",
    "two reflections are a half turn": "ImageReflect[ImageReflect[image], Left] === ImageRotate[image, Pi]",
    "parts make the whole": "ImageAssemble[ImagePartition[image, {3, 2}]] === image",
    "rows and columns": "ImageAssemble[{{ImageTake[image, All, 2], ImageTake[image, All, {3, 6}]}}] === image",
    "channels": 'ColorCombine[ColorSeparate[image], "RGB"] === image',
    "negative of the negative": "ColorNegate[ColorNegate[image]] === image",
    "a margin taken away": "ImagePad[ImagePad[image, {{1, 2}, {3, 4}}], {{-1, -2}, {-3, -4}}] === image",
    "a crop undoes a margin": "ImageCrop[ImagePad[image, 2], {6, 4}] === image",
    "the same size": "ImageResize[image, {6, 4}] === image",
    "the same function": "ImageApply[Identity, image] === image",
    "turned as its rows": "ImageData[ImageReflect[image]] == Reverse[ImageData[image]]",
    "reversed in its columns": "ImageData[ImageReflect[image, Left]] == Map[Reverse, ImageData[image]]",
    "transposed": "ImageData[ImageReflect[image, Left -> Top]] == Transpose[ImageData[image]]",
    "taken as part of the data": "ImageData[ImageTake[image, {2, 3}, {-4, -2}]] == ImageData[image][[2 ;; 3, -4 ;; -2]]",
    "sum and difference": "Max[Abs[ImageData[ImageSubtract[ImageAdd[image, 0.], 0.]] - ImageData[image]]] == 0",
}


@pytest.mark.parametrize("law", list(LAWS))
def test_law(session: Session, law: str) -> None:
    session.evaluate('SeedRandom[1]; image = Image[RandomInteger[255, {4, 6, 3}], "Byte", ColorSpace -> "RGB"];')
    assert session.evaluate(LAWS[law]) is True
    assert not session.messages


def test_colors_have_values_from_the_start() -> None:
    assert repr(Session().evaluate_term("{Red, Black}")) == "List[RGBColor[1, 0, 0], GrayLevel[0]]"
