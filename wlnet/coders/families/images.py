"""Coders of images and 3D images."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.coders.declare import decoder, encoder
from wlnet.coders.image_arrays import array_of, decoder_port, encoder_port, image_of, is_image, plane_of, solid_of
from wlnet.coders.image_settings import (
    FITTING_OPTIONS,
    PIXEL_OPTIONS,
    Settings,
    counterpart_of,
    decoder_settings,
    encoder_settings,
    parameters,
)
from wlnet.terms import Term


@encoder(
    "Image",
    construct=encoder_settings(2),
    port=encoder_port,
    accepts=is_image,
    arguments=("ImageSize", "ColorSpace"),
    options={**PIXEL_OPTIONS, **FITTING_OPTIONS},
    parameters=parameters,
    counterpart=counterpart_of("Image"),
)
def encode_image(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder[{"Image", {width, height}}] turns an image, or the file of one, into an array of channels of rows.
    NetEncoder[{"Image", n}] does so for size {n, n}; NetEncoder["Image"] for {128, 128}.
    NetEncoder[{"Image", size, "Grayscale"}] takes another color space than "RGB".

    Details: Values go from 0 to 1 before the mean is subtracted. Opacity is left out. File["name"] or a string names a
    file, whose first image is taken. An array of the right dimensions stays as it is.

    Examples:
        >> NetEncoder[{"Image", {2, 1}, "Grayscale"}][Image[{{0, 0.25}}]]
        = {{{0., 0.25}}}
        >> Dimensions[NetEncoder[{"Image", {3, 4}}][Image[{{0, 0.25}}]]]
        = {3, 4, 3}
        >> Dimensions[NetEncoder["Image"][{Image[{{0}}], Image[{{1}}]}]]
        = {2, 3, 128, 128}
        >> NetEncoder[{"Image", 1, ColorSpace -> "Grayscale"}][{{{0.5}}}]
        = {{{0.5}}}
        >> chain = NetChain[{FlattenLayer[]}, "Input" -> NetEncoder[{"Image", {2, 2}, "Grayscale"}]];
        >> chain[Image[{{0, 0.25}, {0.5, 1}}]]
        = {0., 0.25, 0.5, 1.}
        >> NetExtract[chain, {"Input", "ImageSize"}]
        = {2, 2}
        >> NetDecoder[NetEncoder[{"Image", 1, "Grayscale"}]][{{{0.5}}}] // ImageData
        = {{0.5}}
    Options: "ColorSpace":
        >> NetEncoder[{"Image", 1, ColorSpace -> "HSB"}][Image[{{{0, 1, 0}}}]]
        = {{{0.333333}}, {{1.}}, {{1.}}}
    Options: "DataTransposed":
        >> NetEncoder[{"Image", {2, 1}, "Grayscale", "DataTransposed" -> True}][Image[{{0, 1}}]]
        = {{{0.}, {1.}}}
    Options: "Interleaving":
        >> NetEncoder[{"Image", {2, 1}, Interleaving -> True}][Image[{{{1, 0, 0}, {0, 0, 1}}}]]
        = {{{1., 0., 0.}, {0., 0., 1.}}}
    Options: "MeanImage":
        >> NetEncoder[{"Image", 1, "MeanImage" -> {0.5, 0.25, 0}}][Image[{{{1, 1, 1}}}]]
        = {{{0.5}}, {{0.75}}, {{1.}}}
        >> NetEncoder[{"Image", {2, 1}, "Grayscale", "MeanImage" -> Image[{{0, 0.5}}]}][Image[{{1, 1}}]]
        = {{{1., 0.5}}}
    Options: "VarianceImage":
        >> NetEncoder[{"Image", 1, "MeanImage" -> 0.5, "VarianceImage" -> 0.25}][Image[{{{1, 0, 0.5}}}]]
        = {{{1.}}, {{-1.}}, {{0.}}}
    Options: "Method":
        >> ones = Image[{{1, 1}}]; encoder[how_] := NetEncoder[{"Image", 2, "Grayscale", Method -> how}];
        >> {encoder["Stretch"][ones], encoder["Fit"][Image[{{1, 1}, {1, 1}, {1, 1}, {1, 1}}]]}
        = {{{{1., 1.}, {1., 1.}}}, {{{0., 1.}, {0., 1.}}}}
        >> encoder["Fill"][Image[{{0, 0.25, 0.5, 1}, {0, 0.25, 0.5, 1}}]]
        = {{{0.25, 0.5}, {0.25, 0.5}}}
    Options: "Resampling":
        >> NetEncoder[{"Image", {4, 1}, "Grayscale", Resampling -> "Nearest"}][Image[{{0, 1}}]]
        = {{{0., 0., 1., 1.}}}
    Options: "Alignment":
        >> NetEncoder[{"Image", {3, 1}, "Grayscale", Method -> "Fit", Alignment -> Left}][Image[{{1}}]]
        = {{{1., 0., 0.}}}
    Options: "Padding":
        >> NetEncoder[{"Image", {3, 1}, "Grayscale", Method -> "Fit", Padding -> Gray}][Image[{{1}}]]
        = {{{0.5, 1., 0.5}}}
    Possible issues:
        >> NetEncoder[{"Image", 8, ColorSpace -> "Smell"}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"Image", {2, 3, 4}}]
        = $Failed
        message: NetEncoder::args
        >> NetEncoder[{"Image", 8}]["no such file.png"]
        = $Failed
        message: NetEncoder::file
        >> NetEncoder[{"Image", 8}][{1, 2, 3}]
        = $Failed
        message: NetEncoder::data
    Source: https://reference.wolfram.com/language/ref/netencoder/Image.html
    """
    return array_of(settings, plane_of(term))


@encoder(
    "Image3D",
    construct=encoder_settings(3),
    port=encoder_port,
    accepts=is_image,
    arguments=("ImageSize", "ColorSpace"),
    options={**PIXEL_OPTIONS, **FITTING_OPTIONS},
    parameters=parameters,
    counterpart=counterpart_of("Image3D"),
)
def encode_image_3d(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder[{"Image3D", {width, depth, height}}] turns a 3D image into an array of channels of slices of rows.
    NetEncoder[{"Image3D", n}] does so for size {n, n, n}; NetEncoder["Image3D"] for {128, 128, 128}.
    NetEncoder[{"Image3D", size, "Grayscale"}] takes another color space than "RGB".

    Details: The options are those of NetEncoder["Image"]; Alignment has no word for the slices, which stay centered.
    The images in a file, such as the pages of a TIFF, are the slices from the top.

    Examples:
        >> Dimensions[NetEncoder[{"Image3D", {4, 3, 2}}][Image3D[RandomReal[1, {2, 3, 4}]]]]
        = {3, 2, 3, 4}
        >> NetEncoder[{"Image3D", {1, 1, 2}, "Grayscale"}][Image3D[{{{0.25}}, {{0.5}}}]]
        = {{{{0.25}}, {{0.5}}}}
    Options: "ColorSpace":
        >> NetExtract[Ramp // NetChain[{#}, "Input" -> NetEncoder[{"Image3D", 4, ColorSpace -> "Grayscale"}]] &, {"Input", "ColorChannels"}]
        = 1
    Options: "DataTransposed":
        >> Dimensions[NetEncoder[{"Image3D", {4, 3, 2}, "DataTransposed" -> True}][Image3D[{{{1}}}]]]
        = {3, 4, 3, 2}
    Options: "Interleaving":
        >> Dimensions[NetEncoder[{"Image3D", {4, 3, 2}, Interleaving -> True}][Image3D[{{{1}}}]]]
        = {2, 3, 4, 3}
    Options: "MeanImage":
        >> NetEncoder[{"Image3D", 1, "Grayscale", "MeanImage" -> 0.25}][Image3D[{{{1}}}]]
        = {{{{0.75}}}}
    Options: "VarianceImage":
        >> NetEncoder[{"Image3D", 1, "Grayscale", "VarianceImage" -> 0.25}][Image3D[{{{1}}}]]
        = {{{{2.}}}}
    Options: "Method":
        >> NetEncoder[{"Image3D", {1, 1, 3}, "Grayscale", Method -> "Fit"}][Image3D[{{{1}}}]]
        = {{{{0.}}, {{1.}}, {{0.}}}}
    Options: "Resampling":
        >> NetEncoder[{"Image3D", {1, 1, 4}, "Grayscale", Resampling -> "Nearest"}][Image3D[{{{0}}, {{1}}}]]
        = {{{{0.}}, {{0.}}, {{1.}}, {{1.}}}}
    Options: "Alignment":
        >> NetEncoder[{"Image3D", {2, 1, 1}, "Grayscale", Method -> "Fit", Alignment -> Right}][Image3D[{{{1}}}]]
        = {{{{0., 1.}}}}
    Options: "Padding":
        >> NetEncoder[{"Image3D", {1, 1, 3}, "Grayscale", Method -> "Fit", Padding -> 0.5}][Image3D[{{{1}}}]]
        = {{{{0.5}}, {{1.}}, {{0.5}}}}
    Possible issues:
        >> NetEncoder[{"Image3D", 2}][Image[{{1}}]]
        = $Failed
        message: NetEncoder::data
    Source: https://reference.wolfram.com/language/ref/netencoder/Image3D.html
    """
    return array_of(settings, solid_of(term))


@decoder(
    "Image",
    construct=decoder_settings,
    port=decoder_port(2),
    properties=(),
    arguments=("ColorSpace",),
    options=PIXEL_OPTIONS,
    parameters=parameters,
    counterpart=counterpart_of("Image"),
)
def decode_image(settings: Settings, array: np.ndarray, property: Any) -> Term:
    """NetDecoder["Image"] turns an array of channels of rows into an image.
    NetDecoder[{"Image", "Grayscale"}] takes another color space than "RGB".

    Details: Values outside of 0 to 1 stay as they are; ImageAdjust or Clip brings them there.

    Examples:
        >> NetDecoder[{"Image", "Grayscale"}][{{{0., 0.5}}}]
        printed: Image[2×1, Grayscale]
        >> ImageData[NetDecoder["Image"][{{{1.}}, {{0.5}}, {{0.}}}]]
        = {{{1., 0.5, 0.}}}
        >> net = LinearLayer[{1, 2, 2}, "Weights" -> {{1}, {2}, {3}, {4}} / 4., "Biases" -> None, "Output" -> NetDecoder[{"Image", "Grayscale"}]];
        >> ImageData[net[{1.}]]
        = {{0.25, 0.5}, {0.75, 1.}}
        >> net[{1.}, None]
        = {{{0.25, 0.5}, {0.75, 1.}}}
    Options: "ColorSpace":
        >> ImageColorSpace[NetDecoder[{"Image", ColorSpace -> "LAB"}][{{{1.}}, {{0.5}}, {{0.}}}]]
        = "LAB"
    Options: "DataTransposed":
        >> ImageDimensions[NetDecoder[{"Image", "Grayscale", "DataTransposed" -> True}][{{{0.}, {1.}}}]]
        = {2, 1}
    Options: "Interleaving":
        >> ImageDimensions[NetDecoder[{"Image", Interleaving -> True}][{{{1., 0., 0.}, {0., 0., 1.}}}]]
        = {2, 1}
    Options: "MeanImage":
        >> ImageData[NetDecoder[{"Image", "Grayscale", "MeanImage" -> 0.5}][{{{0.25}}}]]
        = {{0.75}}
    Options: "VarianceImage":
        >> ImageData[NetDecoder[{"Image", "Grayscale", "VarianceImage" -> 0.25}][{{{1.}}}]]
        = {{0.5}}
    Possible issues:
        >> NetDecoder[{"Image", "Smell"}]
        = $Failed
        message: NetDecoder::option
    Source: https://reference.wolfram.com/language/ref/netdecoder/Image.html
    """
    return image_of(settings, array)


@decoder(
    "Image3D",
    construct=decoder_settings,
    port=decoder_port(3),
    properties=(),
    arguments=("ColorSpace",),
    options=PIXEL_OPTIONS,
    parameters=parameters,
    counterpart=counterpart_of("Image3D"),
)
def decode_image_3d(settings: Settings, array: np.ndarray, property: Any) -> Term:
    """NetDecoder["Image3D"] turns an array of channels of slices of rows into a 3D image.
    NetDecoder[{"Image3D", "Grayscale"}] takes another color space than "RGB".

    Examples:
        >> NetDecoder[{"Image3D", "Grayscale"}][{{{{0.}}, {{1.}}}}]
        printed: Image3D[1×1×2, Grayscale]
    Options: "ColorSpace":
        >> ImageData[NetDecoder[{"Image3D", ColorSpace -> "Grayscale"}][{{{{0.}}, {{1.}}}}]]
        = {{{0.}}, {{1.}}}
    Options: "DataTransposed":
        >> ImageDimensions[NetDecoder[{"Image3D", "Grayscale", "DataTransposed" -> True}][{{{{0.}}, {{1.}}}}]]
        = {2, 1, 1}
    Options: "Interleaving":
        >> ImageDimensions[NetDecoder[{"Image3D", "Grayscale", Interleaving -> True}][{{{{0.}, {1.}}}}]]
        = {2, 1, 1}
    Options: "MeanImage":
        >> ImageData[NetDecoder[{"Image3D", "Grayscale", "MeanImage" -> {0.5}}][{{{{0.}}}}]]
        = {{{0.5}}}
    Options: "VarianceImage":
        >> ImageData[NetDecoder[{"Image3D", "Grayscale", "VarianceImage" -> 4}][{{{{0.5}}}}]]
        = {{{1.}}}
    Possible issues:
        >> NetDecoder[{"Image3D", "MeanImage" -> {1, 2}}]
        = $Failed
        message: NetDecoder::option
    Source: https://reference.wolfram.com/language/ref/netdecoder/Image3D.html
    """
    return image_of(settings, array)
