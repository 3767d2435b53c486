"""Images fitted into a rectangle of another shape: stretched, shown whole with a margin, or filling it and cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wlnet.images.resampling import resized
from wlnet.images.spaces import color_of, converted
from wlnet.terms import S, Symbol, Term, elements, is_list

#: Where an image lies in a room that is not of its size, as a fraction of what is left over. The axis is the one from
#: the right (1: left to right, 2: top to bottom); None: every one.
PLACES: dict[Symbol, tuple[int | None, float]] = {
    S.Center: (None, 0.5), S.Left: (1, 0.0), S.Right: (1, 1.0), S.Top: (2, 0.0), S.Bottom: (2, 1.0),
}  # fmt: skip
#: What a margin is filled with instead of a color → the mode of np.pad.
PADDINGS = {"Fixed": "edge", "Periodic": "wrap", "Reflected": "reflect", "Reversed": "symmetric"}


def alignment_of(term: Term, rank: int) -> tuple[float, ...] | None:
    """Gives where along each axis something lies, from 0 to 1, as Center, Left or {Left, Top} says; None for others."""
    found = [0.5] * rank
    for item in elements(term) if is_list(term) else (term,):
        if type(item) is not Symbol or item not in PLACES:
            return None
        axis, share = PLACES[item]
        if axis is not None:
            found[-axis] = share
    return tuple(found)


def padding_of(term: Term, space: str) -> str | np.ndarray | None:
    """Gives the values in a color space of a color or gray level, or a key of PADDINGS; None for other terms."""
    if type(term) is str and term in PADDINGS:
        return term
    color = color_of(term)
    return None if color is None else converted(np.array(color[1], np.float32), color[0], space)


def padded(pixels: np.ndarray, margins: Sequence[tuple[int, int]], padding: str | np.ndarray) -> np.ndarray:
    """Gives pixels with margins (before, after) along each spatial axis; negative ones take pixels away.

    padding: the values of the channels, or a key of PADDINGS.
    """
    kept = tuple(slice(max(-a, 0), n - max(-b, 0)) for (a, b), n in zip(margins, pixels.shape, strict=False))
    grown = [(max(a, 0), max(b, 0)) for a, b in margins]
    pixels = pixels[kept]
    if isinstance(padding, str):
        return np.pad(pixels, [*grown, (0, 0)], mode=PADDINGS[padding])  # type: ignore[call-overload]
    shape = tuple(n + a + b for n, (a, b) in zip(pixels.shape, grown, strict=False))
    made = np.empty((*shape, pixels.shape[-1]), pixels.dtype)
    made[...] = padding
    made[tuple(slice(a, a + n) for n, (a, _) in zip(pixels.shape, grown, strict=False))] = pixels
    return made


def placed(
    pixels: np.ndarray, shape: Sequence[int], alignment: Sequence[float], padding: str | np.ndarray
) -> np.ndarray:
    """Gives pixels cut or padded to a shape; what is added or taken lies around them as `alignment` says."""
    margins = []
    for new, old, share in zip(shape, pixels.shape, alignment, strict=False):
        before = int(np.floor((new - old) * share + 0.5)) if new >= old else -int(np.floor((old - new) * share + 0.5))
        margins.append((before, new - old - before))
    return padded(pixels, margins, padding)


def scaled(pixels: np.ndarray, factor: float, resampling: str) -> np.ndarray:
    shape = [max(int(np.floor(n * factor + 0.5)), 1) for n in pixels.shape[:-1]]
    return resized(pixels, shape, resampling)


def stretch(pixels: np.ndarray, shape: Sequence[int], resampling: str) -> np.ndarray:
    return resized(pixels, shape, resampling)


def fit(pixels: np.ndarray, shape: Sequence[int], resampling: str) -> np.ndarray:
    return scaled(pixels, min(new / old for new, old in zip(shape, pixels.shape, strict=False)), resampling)


def fill(pixels: np.ndarray, shape: Sequence[int], resampling: str) -> np.ndarray:
    return scaled(pixels, max(new / old for new, old in zip(shape, pixels.shape, strict=False)), resampling)


#: Method of fitting → function(pixels, spatial dimensions, resampling); what it gives is then placed.
METHODS: dict[str, Callable[[np.ndarray, Sequence[int], str], np.ndarray]] = {
    "Stretch": stretch, "Fit": fit, "Fill": fill,
}  # fmt: skip


def fitted(
    pixels: np.ndarray,
    shape: Sequence[int],
    *,
    method: str = "Stretch",
    resampling: str = "Automatic",
    alignment: Sequence[float] = (0.5, 0.5, 0.5),
    padding: str | np.ndarray = "Fixed",
) -> np.ndarray:
    """Gives pixels (...spatial, channels) made to have the spatial dimensions `shape`; alignment: one for each axis."""
    if pixels.shape[:-1] == tuple(shape):
        return pixels
    return placed(METHODS[method](pixels, shape, resampling), shape, alignment, padding)
