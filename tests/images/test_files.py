"""Files of images: what is written is read, and what cannot be says why."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from wlnet.errors import FormatError
from wlnet.images.files import KEPT, image_bytes, read_frames, read_images
from wlnet.session import Session
from wlnet.terms import Image, same
from wlnet.terms.image import stored

RANDOM = np.random.default_rng(2)


def random_image(type_name: str, channels: int, space: str) -> Image:
    return Image(stored(RANDOM.random((5, 7, channels), np.float32), type_name), space)


EXACT = [
    (name, type_name, channels, space)
    for name, kept in KEPT.items()
    if kept.is_exact and name != "WebP"
    for type_name in kept.types
    for channels, space in ((1, "Grayscale"), (3, "RGB"), (2, "Grayscale"), (4, "RGB"))
    if (type_name == "Byte" or channels == 1) and (kept.has_opacity or channels in (1, 3))
]


@pytest.mark.parametrize(("name", "type_name", "channels", "space"), EXACT)
def test_what_is_written_is_read(name: str, type_name: str, channels: int, space: str) -> None:
    image = random_image(type_name, channels, space)
    (found,) = read_images(image_bytes([image], name))
    assert same(found, image)


@pytest.mark.parametrize("name", [name for name, kept in KEPT.items() if not kept.is_exact or name == "WebP"])
def test_other_formats_keep_size_and_the_look(name: str) -> None:
    ramp = np.linspace(0, 1, 16, dtype=np.float32).reshape(1, 16, 1).repeat(16, axis=0).repeat(3, axis=2)
    (found,) = read_images(image_bytes([Image(ramp, "RGB")], name))
    assert found.size == (16, 16)
    np.testing.assert_allclose(found.reals().mean(axis=-1), ramp[..., 0], atol=0.05)


@pytest.mark.parametrize("name", [name for name, kept in KEPT.items() if kept.has_frames])
def test_several_images_in_one_file(name: str) -> None:
    frames = [Image(np.full((4, 4, 3), value, np.uint8), "RGB") for value in (0, 100, 200)]
    found = read_images(image_bytes(frames, name))
    assert [round(float(frame.reals().mean()) * 255, -1) for frame in found] == [0, 100, 200]


def test_a_file_of_one_image_takes_no_more() -> None:
    with pytest.raises(ValueError, match="one image"):
        image_bytes([random_image("Byte", 1, "Grayscale")] * 2, "PNG")


def test_a_broken_file_says_so(tmp_path: Path) -> None:
    content = image_bytes([random_image("Byte", 3, "RGB")], "PNG")
    for broken in (b"", b"no image", content[:40], content[:-30]):
        file = tmp_path / "x.png"
        file.write_bytes(broken)
        with pytest.raises(FormatError, match=r"x\.png"):
            read_images(file)


def test_without_pillow_the_cure_is_named(monkeypatch: pytest.MonkeyPatch, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "x.png"
    file.write_bytes(image_bytes([random_image("Byte", 1, "Grayscale")], "PNG"))
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    for code in (
        f'Import["{file}"]',
        f'Export["{file}", Image[{{{{1}}}}]]',
        f'NetEncoder["Image"]["{file}"]',
        'ExportString[Image[{{1}}], "PNG"]',
    ):
        assert repr(session.evaluate_term(code)) == "$Failed"
        assert "pip install wlnet[images]" in session.messages[-1]
    assert same(session.evaluate_term("NetEncoder[{\"Image\", 1, \"Grayscale\"}][Image[{{1.}}]]"),
                session.evaluate_term("{{{1.}}}"))  # fmt: skip


def test_a_film_is_decoded(tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    file = tmp_path / "x.mp4"
    with av.open(str(file), "w") as film:
        stream = film.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 16, "yuv420p"
        for value in (0, 128, 255):
            frame = av.VideoFrame.from_ndarray(np.full((16, 32, 3), value, np.uint8), format="rgb24")
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
    found = read_frames(file)
    assert [frame.size for frame in found] == [(32, 16)] * 3
    np.testing.assert_allclose([frame.reals().mean() for frame in found], [0, 0.5, 1], atol=0.05)


def test_a_film_without_its_decoder_names_the_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(FormatError, match="pip install av"):
        read_frames(tmp_path / "x.mp4")
