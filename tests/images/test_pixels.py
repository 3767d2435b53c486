"""Color spaces and sizes, against Pillow, the standard library, and formulas written down once more."""

from __future__ import annotations

import colorsys

import numpy as np
import pytest

from wlnet.images.fitting import METHODS, fitted, padded
from wlnet.images.resampling import RESAMPLINGS, resized, weights
from wlnet.images.spaces import WAYS, converted
from wlnet.terms.image import SPACES

COLORS = np.concatenate([np.random.default_rng(1).random((200, 3)), np.eye(3), 1 - np.eye(3), [[0, 0, 0], [1, 1, 1]]])


@pytest.mark.parametrize("space", [name for name in WAYS if name != "Grayscale"])
def test_a_color_comes_back_from_every_space(space: str) -> None:
    there = converted(COLORS, "RGB", space)
    assert there.shape[-1] == SPACES[space]
    np.testing.assert_allclose(converted(there, space, "RGB"), COLORS, atol=1e-9)


@pytest.mark.parametrize("space", list(WAYS))
def test_number_type_stays(space: str) -> None:
    assert converted(COLORS.astype(np.float32), "RGB", space).dtype == np.float32


def test_gray_of_a_gray_is_itself() -> None:
    gray = COLORS[:, :1]
    for space in WAYS:
        np.testing.assert_allclose(converted(converted(gray, "Grayscale", space), space, "Grayscale"), gray, atol=1e-9)


def test_gray_as_pillow_has_it() -> None:
    from PIL import Image

    pixels = np.rint(COLORS * 255).astype(np.uint8)[None]
    gray = np.asarray(Image.fromarray(pixels).convert("L")) / 255
    np.testing.assert_allclose(converted(pixels / 255, "RGB", "Grayscale")[..., 0], gray, atol=1 / 255)


def test_hue_as_the_standard_library_has_it() -> None:
    np.testing.assert_allclose(converted(COLORS, "RGB", "HSB"), [colorsys.rgb_to_hsv(*c) for c in COLORS], atol=1e-12)


def test_lab_as_color_management_has_it() -> None:
    from PIL import Image, ImageCms

    pixels = np.rint(COLORS * 255).astype(np.uint8)[None]
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    lab = ImageCms.applyTransform(Image.fromarray(pixels), ImageCms.buildTransform(*profiles, "RGB", "LAB"))
    light, a, b = np.moveaxis(np.asarray(lab).astype(float), -1, 0)
    expected = np.stack([light / 255, (a - 256 * (a > 127)) / 100, (b - 256 * (b > 127)) / 100], axis=-1)
    np.testing.assert_allclose(converted(pixels / 255, "RGB", "LAB"), expected, atol=0.012)


def test_luv_by_its_definition() -> None:
    white = converted(np.ones((1, 3)), "RGB", "XYZ")[0]
    for x, y, z in converted(COLORS[:50], "RGB", "XYZ"):
        light = 116 * (y / white[1]) ** (1 / 3) - 16 if y / white[1] > (6 / 29) ** 3 else (29 / 3) ** 3 * y / white[1]
        u, v = (
            (k * c / (x + 15 * y + 3 * z) - k * w / (white @ (1, 15, 3)))
            for k, c, w in ((4, x, white[0]), (9, y, white[1]))
        )
        found = converted(np.array([[x, y, z]]), "XYZ", "LUV")[0] * 100
        np.testing.assert_allclose(found, [light, 13 * light * u, 13 * light * v], atol=1e-3)


@pytest.mark.parametrize("name", ["Linear", "Cubic", "Lanczos", "Hamming"])
@pytest.mark.parametrize("old", [(20, 30), (300, 700)])
@pytest.mark.parametrize("shape", [(7, 11), (41, 64), (20, 3), (13, 90), (1, 1)])
def test_sizes_as_pillow_has_them(name: str, old: tuple[int, int], shape: tuple[int, int]) -> None:
    from PIL import Image

    filters = {"Linear": "BILINEAR", "Cubic": "BICUBIC", "Lanczos": "LANCZOS", "Hamming": "HAMMING"}
    pixels = np.random.default_rng(0).random(old, np.float32)
    expected = np.asarray(Image.fromarray(pixels).resize(shape[::-1], getattr(Image.Resampling, filters[name])))
    np.testing.assert_allclose(resized(pixels[..., None], shape, name)[..., 0], expected, atol=1e-5)


@pytest.mark.parametrize("name", list(RESAMPLINGS))
def test_weights_are_means(name: str) -> None:
    for old, new in ((5, 9), (9, 5), (4, 4), (1, 7), (7, 1)):
        np.testing.assert_allclose(weights(old, new, name).sum(axis=1), 1, rtol=1e-6)


def test_nearest_takes_the_pixel_under_the_middle() -> None:
    pixels = np.arange(4.0).reshape(1, 4, 1)
    for new in range(1, 12):
        expected = [int((i + 0.5) * 4 / new) for i in range(new)]
        np.testing.assert_array_equal(resized(pixels, (1, new), "Nearest")[0, :, 0], expected)


@pytest.mark.parametrize("method", list(METHODS))
@pytest.mark.parametrize("old", [(5, 9), (9, 5), (4, 4), (1, 7), (3, 2, 4)])
@pytest.mark.parametrize("alignment", [0.0, 0.5, 1.0])
def test_what_is_fitted_has_the_size(method: str, old: tuple[int, ...], alignment: float) -> None:
    pixels = np.ones((*old, 2), np.float32)
    for new in ((4, 6), (9, 3), (1, 1)):
        shape = (*new, 5)[: len(old)]
        made = fitted(pixels, shape, method=method, alignment=(alignment,) * 3, padding=np.zeros(2, np.float32))
        assert made.shape == (*shape, 2)
        assert made.dtype == np.float32
        if method != "Fit":
            np.testing.assert_allclose(made, 1, rtol=1e-6)


def test_a_margin_taken_away_is_what_was_there() -> None:
    pixels = np.random.default_rng(0).random((3, 4, 2))
    for padding in ("Fixed", "Periodic", np.zeros(2)):
        there = padded(pixels, [(1, 2), (3, 0)], padding)
        np.testing.assert_array_equal(padded(there, [(-1, -2), (-3, 0)], padding), pixels)
