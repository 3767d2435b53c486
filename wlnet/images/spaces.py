"""Color spaces: pixels from one to another, by way of RGB (that is, sRGB with numbers from 0 to 1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from wlnet.terms import Expression, Image, S, Symbol, Term, elements, is_list, is_number
from wlnet.terms.image import SPACES

Convert: TypeAlias = Callable[[np.ndarray], np.ndarray]

#: The share of red, green and blue in the brightness of a color (ITU-R BT.601).
LUMA = np.array([0.299, 0.587, 0.114])

#: Linear sRGB to XYZ with the white of D50, as the profiles of the ICC have it (adapted from D65 after Bradford).
RGB_TO_XYZ = np.array(
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
XYZ_TO_RGB = np.linalg.inv(RGB_TO_XYZ)
WHITE = RGB_TO_XYZ.sum(axis=1)
#: u' and v' of the white in the LUV space.
WHITE_U = 4 * WHITE[0] / (WHITE @ (1, 15, 3))
WHITE_V = 9 * WHITE[1] / (WHITE @ (1, 15, 3))
#: Below this brightness, LAB and LUV go straight instead of along a cube root (CIE 1976).
EPSILON, KAPPA = 216 / 24389, 24389 / 27


def gray_to_rgb(x: np.ndarray) -> np.ndarray:
    return np.repeat(x, 3, axis=-1)


def rgb_to_gray(x: np.ndarray) -> np.ndarray:
    return (x @ LUMA.astype(x.dtype))[..., None]


def rgb_to_cmyk(x: np.ndarray) -> np.ndarray:
    black = 1 - x.max(axis=-1, keepdims=True)
    rest = np.where(black < 1, 1 - black, 1)
    return np.concatenate([np.where(black < 1, (1 - x - black) / rest, 0), black], axis=-1)


def cmyk_to_rgb(x: np.ndarray) -> np.ndarray:
    return (1 - x[..., :3]) * (1 - x[..., 3:])


def rgb_to_hsb(x: np.ndarray) -> np.ndarray:
    high, low = x.max(axis=-1), x.min(axis=-1)
    spread = high - low
    safe = np.where(spread > 0, spread, 1)
    red, green, blue = np.moveaxis(x, -1, 0)
    sector = np.where(
        high == red, (green - blue) / safe, np.where(high == green, 2 + (blue - red) / safe, 4 + (red - green) / safe)
    )
    hue = np.where(spread > 0, sector / 6 % 1, 0)
    return np.stack([hue, np.where(high > 0, spread / np.where(high > 0, high, 1), 0), high], axis=-1)


def hsb_to_rgb(x: np.ndarray) -> np.ndarray:
    hue, saturation, brightness = (x[..., i : i + 1] for i in range(3))
    away = (hue * 6 + np.array([5, 3, 1], x.dtype)) % 6
    return brightness * (1 - saturation * np.clip(np.minimum(away, 4 - away), 0, 1))


def rgb_to_xyz(x: np.ndarray) -> np.ndarray:
    linear = np.where(x <= 0.04045, x / 12.92, ((np.maximum(x, 0) + 0.055) / 1.055) ** 2.4)
    return linear @ RGB_TO_XYZ.T.astype(x.dtype)


def xyz_to_rgb(x: np.ndarray) -> np.ndarray:
    linear = x @ XYZ_TO_RGB.T.astype(x.dtype)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055)


def lightness(share: np.ndarray) -> np.ndarray:
    """Gives 116 f - 16 for a share of the white."""
    return np.where(share > EPSILON, 116 * np.cbrt(share) - 16, KAPPA * share)


def share_of(light: np.ndarray) -> np.ndarray:
    """Undoes `lightness`."""
    return np.where(light > 8, ((light + 16) / 116) ** 3, light / KAPPA)


def xyz_to_lab(x: np.ndarray) -> np.ndarray:
    root = (lightness(x / WHITE) + 16) / 116
    fx, fy, fz = np.moveaxis(root, -1, 0)
    return np.stack([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)], axis=-1) / 100


def lab_to_xyz(x: np.ndarray) -> np.ndarray:
    light, a, b = np.moveaxis(x * 100, -1, 0)
    middle = (light + 16) / 116
    roots = np.stack([middle + a / 500, middle, middle - b / 200], axis=-1)
    return share_of(116 * roots - 16) * WHITE


def xyz_to_luv(x: np.ndarray) -> np.ndarray:
    total = x @ np.array([1, 15, 3], x.dtype)
    safe = np.where(total > 0, total, 1)
    light = lightness(x[..., 1] / WHITE[1])
    u = np.where(total > 0, 13 * light * (4 * x[..., 0] / safe - WHITE_U), 0)
    v = np.where(total > 0, 13 * light * (9 * x[..., 1] / safe - WHITE_V), 0)
    return np.stack([light, u, v], axis=-1) / 100


def luv_to_xyz(x: np.ndarray) -> np.ndarray:
    light, u, v = np.moveaxis(x * 100, -1, 0)
    safe = np.where(light > 0, 13 * light, 1)
    u, v = u / safe + WHITE_U, v / safe + WHITE_V
    y = share_of(light) * WHITE[1]
    xyz = np.stack([y * 9 * u / (4 * v), y, y * (12 - 3 * u - 20 * v) / (4 * v)], axis=-1)
    return np.where(light[..., None] > 0, xyz, 0)


def lab_to_lch(x: np.ndarray) -> np.ndarray:
    light, a, b = np.moveaxis(x, -1, 0)
    return np.stack([light, np.hypot(a, b), np.arctan2(b, a) / (2 * np.pi) % 1], axis=-1)


def lch_to_lab(x: np.ndarray) -> np.ndarray:
    light, chroma, hue = np.moveaxis(x, -1, 0)
    return np.stack([light, chroma * np.cos(2 * np.pi * hue), chroma * np.sin(2 * np.pi * hue)], axis=-1)


#: Color space → what takes it to RGB, and what takes RGB to it, one step after the other.
WAYS: dict[str, tuple[tuple[Convert, ...], tuple[Convert, ...]]] = {
    "Grayscale": ((gray_to_rgb,), (rgb_to_gray,)),
    "RGB": ((), ()),
    "CMYK": ((cmyk_to_rgb,), (rgb_to_cmyk,)),
    "HSB": ((hsb_to_rgb,), (rgb_to_hsb,)),
    "XYZ": ((xyz_to_rgb,), (rgb_to_xyz,)),
    "LAB": ((lab_to_xyz, xyz_to_rgb), (rgb_to_xyz, xyz_to_lab)),
    "LUV": ((luv_to_xyz, xyz_to_rgb), (rgb_to_xyz, xyz_to_luv)),
    "LCH": ((lch_to_lab, lab_to_xyz, xyz_to_rgb), (rgb_to_xyz, xyz_to_lab, lab_to_lch)),
}


def converted(colors: np.ndarray, source: str, target: str) -> np.ndarray:
    """Gives colors (..., channels), as reals and without opacity, in another color space, in the same number type."""
    if source == target:
        return colors
    values = colors
    for step in (*WAYS[source][0], *WAYS[target][1]):
        values = step(values)
    return values.astype(colors.dtype, copy=False)


def colors_in(image: Image, space: str, dtype: Any = np.float32) -> np.ndarray | None:
    """Gives the pixels of an image in a color space as reals, without opacity; None where the image has no known one."""
    actual = image.actual_space
    if actual is None:
        return None
    return converted(image.reals(dtype)[..., : SPACES[actual]], actual, space)


#: Head of a color → its color space.
COLORS: dict[Symbol, str] = {
    S.GrayLevel: "Grayscale", S.RGBColor: "RGB", S.CMYKColor: "CMYK", S.Hue: "HSB",
    S.XYZColor: "XYZ", S.LABColor: "LAB", S.LUVColor: "LUV", S.LCHColor: "LCH",
}  # fmt: skip


def color_of(term: Term) -> tuple[str, tuple[float, ...]] | None:
    """Gives space and values of a color such as RGBColor[1, 0, 0] or of a gray level as a number; None for no color.

    Hue[h] is fully saturated and bright. What follows the values, the opacity, is left out.
    """
    if is_number(term) and type(term) is not complex:
        return "Grayscale", (float(term),)
    if type(term) is not Expression or term.head not in COLORS:
        return None
    space = COLORS[term.head]
    args = elements(term.args[0]) if len(term.args) == 1 and is_list(term.args[0]) else term.args
    if not args or any(not is_number(item) or type(item) is complex for item in args):
        return None
    values = tuple(map(float, args))
    if space == "HSB" and len(values) < 3:
        values = (*values, 1.0, 1.0)[:3]
    count = SPACES[space]
    return (space, values[:count]) if count <= len(values) <= count + 1 else None
