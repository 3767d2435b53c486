"""The encoder of the frames of films."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from wlnet.coders.declare import encoder
from wlnet.coders.image_arrays import array_of, array_shape, from_file, plane_of
from wlnet.coders.image_settings import FITTING_OPTIONS, PIXEL_OPTIONS, Settings, encoder_settings, parameters
from wlnet.coders.settings import count
from wlnet.errors import FormatError
from wlnet.images.files import read_frames, read_images
from wlnet.nets.dimensions import VARYING, Port
from wlnet.terms import Image, S, Term, elements, is_list
from wlnet.terms.paths import path_of


def film_settings(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    length = count(options, "TargetLength", "NetEncoder", None)
    settings = encoder_settings(2)(arguments, {k: v for k, v in options.items() if k != "TargetLength"})
    return {**settings, "length": length}


def film_port(settings: Settings) -> Port:
    return Port((settings["length"] or VARYING, *array_shape(settings, settings["shape"])))


def is_film(settings: Settings, term: Term) -> bool:
    """Tells whether a term is a list of images, or names a file or folder."""
    if is_list(term):
        items = () if isinstance(term, np.ndarray) else elements(term)
        return bool(items) and all(type(item) is Image for item in items)
    return path_of(term) is not None


def frames_in(path: Path) -> list[Image]:
    """Gives the frames of a film, or the images of a folder in the order of their names; raises FormatError."""
    if not path.is_dir():
        return read_frames(path)
    names = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
    if not names:
        raise FormatError(f"there is no file in {path}")
    return [read_images(name)[0] for name in names]


@encoder(
    "VideoFrames",
    construct=film_settings,
    port=film_port,
    accepts=is_film,
    arguments=("ImageSize", "ColorSpace"),
    options={**PIXEL_OPTIONS, **FITTING_OPTIONS, "TargetLength": S.All},
    parameters=parameters,
)
def encode_video_frames(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder[{"VideoFrames", {width, height}}] turns the frames of a film into a sequence of arrays, one for each.
    NetEncoder[{"VideoFrames", n}] does so for size {n, n}; NetEncoder["VideoFrames"] for {128, 128}.

    Details: A film is a list of images, File["name"] of a GIF, TIFF or WebP with several images, a folder of images in
    the order of their names, or a film that the Python package av decodes, if it is installed. Each frame is encoded as
    NetEncoder["Image"] does it, with the same options. The details of this kind are a choice of wlnet.

    Examples:
        >> NetEncoder[{"VideoFrames", 1, "Grayscale"}][{Image[{{0}}], Image[{{1}}]}]
        = {{{{0.}}}, {{{1.}}}}
        >> film = FileNameJoin[{CreateDirectory[], "x.tiff"}]; Export[film, {Image[{{0}}], Image[{{0.25}}], Image[{{1}}]}];
        >> NetEncoder[{"VideoFrames", 1, "Grayscale"}][File[film]]
        = {{{{0.}}}, {{{0.25}}}, {{{1.}}}}
    Options: "TargetLength":
        >> NetEncoder[{"VideoFrames", 1, "Grayscale", "TargetLength" -> 3}][{Image[{{0}}], Image[{{1}}]}]
        = {{{{0.}}}, {{{1.}}}, {{{1.}}}}
        >> Length[NetEncoder[{"VideoFrames", 1, "TargetLength" -> 1}][{Image[{{0}}], Image[{{1}}]}]]
        = 1
    Options: "ColorSpace":
        >> NetEncoder[{"VideoFrames", 1, ColorSpace -> "Grayscale"}][{Image[{{{1, 0, 0}}}]}]
        = {{{{0.299}}}}
    Options: "DataTransposed":
        >> Dimensions[NetEncoder[{"VideoFrames", {4, 2}, "DataTransposed" -> True}][{Image[{{0}}]}]]
        = {1, 3, 4, 2}
    Options: "Interleaving":
        >> Dimensions[NetEncoder[{"VideoFrames", {4, 2}, Interleaving -> True}][{Image[{{0}}]}]]
        = {1, 2, 4, 3}
    Options: "MeanImage":
        >> NetEncoder[{"VideoFrames", 1, "Grayscale", "MeanImage" -> 0.5}][{Image[{{1}}]}]
        = {{{{0.5}}}}
    Options: "VarianceImage":
        >> NetEncoder[{"VideoFrames", 1, "Grayscale", "VarianceImage" -> 4}][{Image[{{1}}]}]
        = {{{{0.5}}}}
    Options: "Method":
        >> NetEncoder[{"VideoFrames", {2, 1}, "Grayscale", Method -> "Fill"}][{Image[{{0, 0.25, 0.5, 1}}]}]
        = {{{{0.25, 0.5}}}}
    Options: "Resampling":
        >> NetEncoder[{"VideoFrames", {4, 1}, "Grayscale", Resampling -> "Nearest"}][{Image[{{0, 1}}]}]
        = {{{{0., 0., 1., 1.}}}}
    Options: "Alignment":
        >> NetEncoder[{"VideoFrames", {2, 1}, "Grayscale", Method -> "Fill", Alignment -> Right}][{Image[{{0, 0.25, 0.5, 1}}]}]
        = {{{{0.5, 1.}}}}
    Options: "Padding":
        >> NetEncoder[{"VideoFrames", {2, 1}, "Grayscale", Method -> "Fit", Alignment -> Left, Padding -> White}][{Image[{{0}}]}]
        = {{{{0., 1.}}}}
    Possible issues:
        >> NetEncoder["VideoFrames"][File["no such film.mp4"]]
        = $Failed
        message: NetEncoder::file
        >> NetEncoder[{"VideoFrames", 8, "TargetLength" -> 0}]
        = $Failed
        message: NetEncoder::option
    """
    path = path_of(term)
    frames = list(elements(term)) if path is None else from_file(path, frames_in)
    length = settings["length"]
    if length is not None:
        frames = frames[:length] + frames[-1:] * (length - len(frames))
    return np.stack([array_of(settings, plane_of(frame)) for frame in frames])
