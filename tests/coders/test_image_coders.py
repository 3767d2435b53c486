"""Encoders and decoders of images: there and back, against Pillow, in nets and in training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wlnet.session import Session
from wlnet.terms import Image, NumericArray

OPTIONS = [
    "",
    '"Grayscale"',
    'ColorSpace -> "LAB"',
    "Interleaving -> True",
    '"DataTransposed" -> True',
    'Interleaving -> True, "DataTransposed" -> True',
    '"MeanImage" -> 0.25, "VarianceImage" -> {0.1, 0.2, 0.3}',
    '"MeanImage" -> mean, "VarianceImage" -> mean, "DataTransposed" -> True',
]


def give(session: Session, name: str, array: np.ndarray, space: str = "RGB") -> Image:
    image = Image(array, space)
    session.kernel.set_own(session.kernel.resolve(name), image)
    return image


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("solid", [False, True])
def test_there_and_back(session: Session, options: str, solid: bool) -> None:
    shape = (2, 4, 5, 3) if solid else (4, 5, 3)
    generator = np.random.default_rng(4)
    image = give(session, "image", generator.random(shape, np.float32))
    give(session, "mean", 0.1 + generator.random(shape, np.float32))
    size, kind = ("{5, 4, 2}", "Image3D") if solid else ("{5, 4}", "Image")
    parts = f'"{kind}", {size}' + (f", {options}" if options else "")
    session.evaluate(f"encoder = NetEncoder[{{{parts}}}]; decoder = NetDecoder[encoder];")
    found = session.evaluate_term('ColorConvert[decoder[encoder[image]], "RGB"]')
    assert not session.messages
    if '"Grayscale"' in options:
        image = session.evaluate_term('ColorConvert[ColorConvert[image, "Grayscale"], "RGB"]')
    assert found.size == image.size
    np.testing.assert_allclose(found.pixels, image.pixels, atol=1e-5)


def test_the_array_that_pillow_gives(session: Session) -> None:
    from PIL import Image as Pillow

    pixels = np.random.default_rng(5).integers(0, 256, (40, 60, 3), np.uint8)
    give(session, "image", pixels)
    bands = [
        np.asarray(Pillow.fromarray(pixels[..., i].astype(np.float32)).resize((8, 9), Pillow.Resampling.BILINEAR))
        for i in range(3)
    ]
    found = session.evaluate_term('NetEncoder[{"Image", {8, 9}}][image]')
    np.testing.assert_allclose(found, np.stack(bands) / 255, atol=1e-5)
    gray = session.evaluate_term('NetEncoder[{"Image", {8, 9}, "Grayscale"}][image]')
    np.testing.assert_allclose(gray[0], np.tensordot([0.299, 0.587, 0.114], np.stack(bands) / 255, 1), atol=1e-5)


def test_a_file_is_the_image_in_it(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "x.png"
    session.evaluate(f'image = Image[RandomInteger[255, {{6, 5, 3}}], "Byte"]; Export["{file}", image];')
    session.evaluate('encoder = NetEncoder[{"Image", {3, 4}}];')
    assert session.evaluate(f'encoder[File["{file}"]] == encoder["{file}"] == encoder[image]') is True
    assert session.evaluate(f'encoder[{{image, "{file}"}}] == {{encoder[image], encoder[image]}}') is True
    session.evaluate(f'Export["{tmp_path / "y.png"}", ColorNegate[image]];')
    film = session.evaluate_term(f'NetEncoder[{{"VideoFrames", {{3, 4}}}}][File["{tmp_path}"]]')
    np.testing.assert_array_equal(film, session.evaluate_term("{encoder[image], encoder[ColorNegate[image]]}"))


def test_arrays_pass_by(session: Session) -> None:
    array = np.random.default_rng(6).random((3, 4, 5), np.float32)
    session.kernel.set_own(session.kernel.resolve("array"), NumericArray(array))
    np.testing.assert_allclose(session.evaluate_term('NetEncoder[{"Image", {5, 4}}][array]'), array)
    assert (
        session.evaluate('encoder = NetEncoder[{"Image", {5, 4}}]; encoder[encoder[array]] == encoder[array]') is True
    )


NETS = {
    "augmentation": ('ImageAugmentationLayer[{4, 3}, "Input" -> encoder]', (3, 4, 3)),
    "resizing": ('ResizeLayer[{5, 6}, "Input" -> encoder]', (3, 5, 6)),
    "convolution": ('NetInitialize[ConvolutionLayer[2, 3, "Input" -> encoder]]', (2, 6, 6)),
    "chain": ('NetInitialize[NetChain[{PoolingLayer[2, 2], FlattenLayer[], 5}, "Input" -> encoder]]', (5,)),
}


@pytest.mark.parametrize("name", list(NETS))
def test_nets_take_images(session: Session, name: str) -> None:
    code, shape = NETS[name]
    session.evaluate(
        f'encoder = NetEncoder[{{"Image", 8}}]; net = {code}; SeedRandom[1]; image = RandomImage[1, {{20, 9}}];'
    )
    found = session.evaluate_term("net[image]")
    assert found.shape == shape
    assert session.evaluate("net[image] == net[encoder[image]]") is True
    np.testing.assert_allclose(session.evaluate_term("net[{image, image}]"), [found, found], atol=1e-6)
    assert not session.messages


def test_training_attaches_an_encoder(session: Session) -> None:
    session.evaluate("""
        SeedRandom[2]; images = Table[RandomImage[If[OddQ[i], {0, 0.5}, {0.5, 1}], {5, 4}], {i, 20}];
        classes = Table[If[OddQ[i], "dark", "light"], {i, 20}];
        net = NetTrain[NetChain[{FlattenLayer[], LinearLayer[2], SoftmaxLayer[]}], images -> classes,
            MaxTrainingRounds -> 60, LearningRate -> 0.05];
    """)
    assert session.evaluate('NetExtract[net, "Input"] === NetEncoder[{"Image", {5, 4}, "Grayscale"}]') is True
    assert session.evaluate("net[images] === classes") is True
    assert not session.messages


def test_the_port_says_how_images_are_encoded(session: Session) -> None:
    session.evaluate("""
        images = Table[RandomImage[1, {5, 4}], 4];
        net = NetTrain[NetChain[{FlattenLayer[], 2, SoftmaxLayer[]}, "Input" -> {3, 7, 6}], images -> {"a", "b", "a", "b"},
            MaxTrainingRounds -> 1];
    """)
    assert session.evaluate('NetExtract[net, "Input"] === NetEncoder[{"Image", {6, 7}, "RGB"}]') is True


def test_images_as_targets(session: Session) -> None:
    session.evaluate("""
        SeedRandom[3]; images = Table[RandomImage[1, {9, 8}, ColorSpace -> "RGB"], 3]; inputs = IdentityMatrix[3];
        net = NetTrain[NetChain[{LinearLayer[{3, 4, 6}]}, "Output" -> NetDecoder["Image"]], inputs -> images,
            MaxTrainingRounds -> 400, LearningRate -> 0.1, BatchSize -> 3];
        plain = NetTrain[LinearLayer[{1, 2, 2}, "Input" -> 3], inputs -> (ImageResize[ColorConvert[#, "Grayscale"], {2, 2}] & /@ images),
            MaxTrainingRounds -> 1];
    """)
    found = session.evaluate_term('Max[Abs[net[{1, 0, 0}, None] - NetEncoder[{"Image", {6, 4}}][images[[1]]]]]')
    assert found < 0.02
    assert session.evaluate('NetExtract[plain, "Output"] === NetDecoder[{"Image", "Grayscale"}]') is True
    assert not session.messages


def test_a_net_with_image_coders_is_saved(session: Session, tmp_path: Path) -> None:
    session.evaluate(f"""
        encoder = NetEncoder[{{"Image", {{4, 3}}, "MeanImage" -> RandomImage[1, {{4, 3}}, ColorSpace -> "RGB"],
            Padding -> Red, Method -> "Fit", Alignment -> {{Left, Top}}}}];
        net = NetChain[{{FlattenLayer[]}}, "Input" -> encoder]; image = RandomImage[1, {{9, 3}}];
        new = Import[Export["{tmp_path / "x.wlnet"}", net]];
    """)
    assert session.evaluate("new === net && new[image] == net[image]") is True
    assert not session.messages


@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        ('NetEncoder[{"Image", 4, "Gray"}]', "NetEncoder::option", ["ColorSpace", '"Grayscale"', "Gray"]),
        ('NetEncoder[{"Image", {4, 0}}]', "NetEncoder::args", ["{width, height}", "{4, 0}"]),
        ('NetEncoder[{"Image", 4, Method -> "Squeeze"}]', "NetEncoder::option", ["Method", '"Fit"', "Squeeze"]),
        ('NetEncoder[{"Image", 4, "MeanImage" -> {1, 2}}]', "NetEncoder::option", ["MeanImage", "list of 3", "{1, 2}"]),
        ('NetEncoder[{"Image", 4, "VarianceImage" -> 0}]', "NetEncoder::option", ["VarianceImage", "greater than 0"]),
        ('NetEncoder[{"Image", 4, Alignment -> 3}]', "NetEncoder::option", ["Alignment", "Center", "3"]),
        ('NetEncoder[{"Image", 4, Padding -> foo}]', "NetEncoder::option", ["Padding", "color", "foo"]),
        ('NetEncoder[{"Image", 4}][Image3D[{{{1}}}]]', "NetEncoder::data", ["an image is expected", "Image3D[1×1×1"]),
        ('NetEncoder[{"Image", 4}][Image[{{{1, 1, 1, 1, 1}}}]]', "NetEncoder::data", ["color space"]),
        ('NetEncoder[{"Image", 4}][{Image[{{1}}], 7}]', "NetEncoder::data", ["3-tensor"]),
        ('NetEncoder[{"Image", 4}]["~nobodyhere/x.png"]', "NetEncoder::file", ["no file", "~nobodyhere/x.png"]),
        ('NetEncoder[{"SubwordTokens", File["~nobodyhere/x"]}]', "NetEncoder::file", ["~nobodyhere/x", "No such file"]),
        ('NetEncoder[{"SubwordTokens", File[""]}]', "NetEncoder::file", ["without the name of a file"]),
        ('Export["x.png", {{1, 2}}]', "Export::unfit", ["an image"]),
        ('ImportString["abc", "PNG"]', "ImportString::content", ["PNG", "not an image"]),
    ],
)  # fmt: skip
def test_a_mistake_is_explained(session: Session, code: str, message: str, words: list[str]) -> None:
    assert repr(session.evaluate_term(code)) == "$Failed"
    assert [text.partition(": ")[0] for text in session.messages] == [message]
    for word in words:
        assert word in session.messages[0]
