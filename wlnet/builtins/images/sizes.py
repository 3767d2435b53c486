"""Images in other sizes: resampled, cut, with margins."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from wlnet.builtins.images.images import LARGEST, on_images
from wlnet.images.fitting import PADDINGS, alignment_of, padded, padding_of, placed
from wlnet.images.resampling import RESAMPLINGS, resized
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, NONE, Image, S, Term, elements, is_head, is_list, is_number
from wlnet.terms.image import stored

BAD_SIZE = "`1` is not a size: n, {n}, {width, height} or Scaled[s] with positive numbers."


def is_count(term: Term) -> bool:
    return type(term) is int and 0 < term <= LARGEST


def check_size(image: Image, shape: Sequence[int], term: Term) -> None:
    """Raises a message where an image of this shape would be too large to be made."""
    if math.prod(shape) * image.channels > LARGEST:
        raise Message("size", term, result=FAILED, text="An image of size `1` is too large to be made.")


def new_shape(image: Image, term: Term) -> tuple[int, ...]:
    """Gives the spatial dimensions that a size means: n is the width, {n} the longer side; raises a message."""
    old = image.pixels.shape[:-1]
    items = elements(term) if is_list(term) else ()
    factors: list[float | None] = [None] * len(old)
    if is_head(term, S.Scaled, 1) and is_number(term.args[0]) and type(term.args[0]) is not complex:
        factors = [float(term.args[0])] * len(old)
    elif is_count(term):
        factors = [term / old[-1]] * len(old)
    elif len(items) == 1 and is_count(items[0]):
        factors = [items[0] / max(old)] * len(old)
    elif len(items) == len(old) and any(map(is_count, items)):
        known = [n / have if is_count(n) else None for n, have in zip(reversed(items), old, strict=True)]
        allowed = all(is_count(n) or n in (S.Automatic, S.All) for n in items if not isinstance(n, np.ndarray))
        rest = next(f for f in known if f is not None)
        factors = [rest if f is None else f for f in known] if allowed else factors
    if any(f is None or not 0 < f <= LARGEST for f in factors):
        raise Message("size", term, result=FAILED)
    shape = tuple(max(math.floor(n * f + 0.5), 1) for n, f in zip(old, factors, strict=True) if f is not None)
    check_size(image, shape, term)
    return shape


@builtin(
    "ImageResize",
    category="Images",
    options={"Resampling": S.Automatic},
    messages={"size": BAD_SIZE, "resampling": "`1` is not a resampling. Resamplings: `2`."},
)
def image_resize(kernel: Kernel, image: Term, size: Term, *, options: dict[str, Term]) -> Term | None:
    """ImageResize[image, width] gives the image with this width and its proportions.
    ImageResize[image, {width, height}] gives it with this size; Automatic for one of them keeps the proportions.
    ImageResize[image, {n}] makes the longer side n, and ImageResize[image, Scaled[s]] scales by a factor.

    Details: A filter is widened where the image shrinks, so that nothing is skipped. Automatic means "Linear".

    Examples:
        >> ImageResize[Image[{{0, 1}, {1, 0}}], {1, 1}] // ImageData
        = {{0.5}}
        >> ImageDimensions /@ {ImageResize[Image[RandomReal[1, {4, 8}]], 4], ImageResize[Image[RandomReal[1, {4, 8}]], {Automatic, 2}]}
        = {{4, 2}, {4, 2}}
        >> ImageDimensions[ImageResize[Image[RandomReal[1, {4, 8, 3}]], Scaled[0.5]]]
        = {4, 2}
    Options: "Resampling":
        >> ImageResize[Image[{{0., 1.}}], {4, 1}, Resampling -> "Nearest"] // ImageData
        = {{0., 0., 1., 1.}}
        >> ImageResize[Image[{{0., 1.}}], {4, 1}, Resampling -> "Linear"] // ImageData
        = {{0., 0.25, 0.75, 1.}}
    Possible issues:
        >> ImageResize[Image[{{0}}], -1]
        = $Failed
        message: ImageResize::size
        >> ImageResize[Image[{{0}}], 2, Resampling -> "No such"]
        = $Failed
        message: ImageResize::resampling
    """
    chosen = options["Resampling"]
    name = chosen.name if chosen is S.Automatic else chosen
    if type(name) is not str or name not in RESAMPLINGS:
        raise Message("resampling", chosen, ", ".join(RESAMPLINGS), result=FAILED)

    def in_size(one: Image) -> Image:
        shape = new_shape(one, size)
        if RESAMPLINGS[name] is None:
            return Image(resized(one.pixels, shape, name), one.space)
        dtype = np.float64 if one.type_name == "Real64" else np.float32
        return one.with_reals(resized(one.reals(dtype), shape, name))

    return on_images(image, in_size)


def span(term: Term, length: int) -> slice:
    """Gives the rows or columns that n (the first or, if negative, the last), {a, b} or All means; raises a message."""
    if term is S.All:
        return slice(0, length)
    items = elements(term) if is_list(term) else ()
    if type(term) is int and 0 < abs(term) <= length:
        return slice(0, term) if term > 0 else slice(length + term, length)
    if len(items) == 2 and all(type(item) is int and 0 < abs(item) <= length for item in items):
        first, last = (item - 1 if item > 0 else length + item for item in items)
        if first <= last:
            return slice(first, last + 1)
    raise Message("take", term, length, result=FAILED)


@builtin("ImageTake", category="Images", messages={"take": "`1` are not rows, columns or slices from 1 to `2`."})
def image_take(kernel: Kernel, image: Term, *parts: Term) -> Term | None:
    """ImageTake[image, n] gives the first n rows, or the last ones for a negative n; {a, b} are the rows from a to b.
    ImageTake[image, rows, columns] gives these columns of these rows; of a 3D image slices come first.

    Examples:
        >> ImageTake[Image[{{0, 1}, {1, 1}}], 1] // ImageData
        = {{0., 1.}}
        >> ImageTake[Image[{{0, 0.5, 1}}], All, {2, 3}] // ImageData
        = {{0.5, 1.}}
        >> ImageTake[Image[{{0, 0.5, 1}}], 1, -1] // ImageData
        = {{1.}}
    Possible issues:
        >> ImageTake[Image[{{0, 1}}], 2]
        = $Failed
        message: ImageTake::take
    """

    def taken(one: Image) -> Image:
        if not 0 < len(parts) < one.pixels.ndim:
            raise Message("args", result=FAILED, text="Rows and columns are expected, or slices, rows and columns.")
        spans = tuple(span(part, length) for part, length in zip(parts, one.pixels.shape, strict=False))
        return Image(one.pixels[spans], one.space)

    return on_images(image, taken)


def margin_of(image: Image, term: Term) -> str | np.ndarray:
    """Gives the pixel that a color means in an image, or the name of a way to continue it; raises a message."""
    found = padding_of(term, image.actual_space or "Grayscale")
    if found is None:
        raise Message("padding", term, ", ".join(PADDINGS), result=FAILED)
    if isinstance(found, str):
        return found
    values = found if image.actual_space else np.repeat(found, image.channels)
    return stored(np.append(values, [1.0] * (image.channels - len(values))), image.type_name)


PADDING_TEXT = "`1` is not a padding: a color, a number or one of `2` is expected."


def without_border(pixels: np.ndarray) -> np.ndarray:
    """Gives pixels without the margins that have the color of the first pixel; all of them where there is nothing else."""
    differs = (pixels != pixels[(0,) * (pixels.ndim - 1)]).any(axis=-1)
    if not differs.any():
        return pixels
    return pixels[tuple(slice(int(places.min()), int(places.max()) + 1) for places in np.nonzero(differs))]


@builtin(
    "ImageCrop",
    category="Images",
    options={"Padding": NONE},
    messages={
        "size": "`1` is not a size {width, height} of positive integers.",
        "align": "`1` is not an alignment: Center, Left, Right, Top, Bottom or two of them are expected.",
        "padding": PADDING_TEXT,
    },
)
def image_crop(
    kernel: Kernel, image: Term, size: Term = None, where: Term = S.Center, *, options: dict[str, Term]
) -> Term | None:
    """ImageCrop[image] gives an image without the border that has the color of its first pixel.
    ImageCrop[image, {width, height}] gives the middle of the image, with at most this size.
    ImageCrop[image, size, Left] gives its left part; Right, Top, Bottom and {Left, Top} work alike.

    Examples:
        >> ImageCrop[Image[{{0, 0, 0}, {0, 1, 0.5}, {0, 0, 0}}]] // ImageData
        = {{1., 0.5}}
        >> ImageCrop[Image[{{0, 0.25, 0.5, 1}}], {2, 1}] // ImageData
        = {{0.25, 0.5}}
        >> ImageCrop[Image[{{0, 0.25, 0.5, 1}}], {2, 1}, Right] // ImageData
        = {{0.5, 1.}}
    Options: "Padding":
        >> ImageCrop[Image[{{1}}], {3, 1}, Padding -> Black] // ImageData
        = {{0., 1., 0.}}
    Possible issues:
        >> ImageCrop[Image[{{1}}], "large"]
        = $Failed
        message: ImageCrop::size
        >> ImageCrop[Image[{{1}}], {1, 1}, "left"]
        = $Failed
        message: ImageCrop::align
        >> ImageCrop[Image[{{1}}], {2, 2}, Padding -> "No such"]
        = $Failed
        message: ImageCrop::padding
    """

    def cropped(one: Image) -> Image:
        old = one.pixels.shape[:-1]
        if size is None:
            return Image(without_border(one.pixels), one.space)
        items = elements(size) if is_list(size) else (size,) * len(old)
        if len(items) != len(old) or not all(map(is_count, items)):
            raise Message("size", size, result=FAILED)
        places = alignment_of(where, len(old))
        if places is None:
            raise Message("align", where, result=FAILED)
        shape = tuple(reversed(items))
        padding = options["Padding"]
        if padding is NONE:
            shape = tuple(map(min, shape, old))
        check_size(one, shape, size)
        color = "Fixed" if padding is NONE else margin_of(one, padding)
        return Image(placed(one.pixels, shape, places, color), one.space)

    return on_images(image, cropped)


def margins_of(term: Term, rank: int) -> list[tuple[int, int]] | None:
    """Gives (before, after) of each axis of the pixels for m or {{left, right}, {bottom, top}}; None for others."""
    if type(term) is int:
        return [(term, term)] * rank
    rows = [elements(item) for item in elements(term)] if is_list(term) else []
    if len(rows) != rank or any(len(row) != 2 or not all(type(x) is int for x in row) for row in rows):
        return None
    (left, right), *others = rows
    return [(after, before) for before, after in reversed(others)] + [(left, right)]


@builtin(
    "ImagePad",
    category="Images",
    messages={
        "margins": "`1` is not a margin: n or {{left, right}, {bottom, top}} is expected.",
        "padding": PADDING_TEXT,
    },
)
def image_pad(kernel: Kernel, image: Term, margins: Term, padding: Term = 0) -> Term | None:
    """ImagePad[image, m] gives an image with a black margin of m pixels on every side; a negative m takes pixels away.
    ImagePad[image, {{left, right}, {bottom, top}}] has a margin of its own on each side.
    ImagePad[image, m, color] fills the margin with a color or gray level, or by "Fixed", "Periodic", "Reflected", "Reversed".

    Examples:
        >> ImagePad[Image[{{1}}], 1] // ImageData
        = {{0., 0., 0.}, {0., 1., 0.}, {0., 0., 0.}}
        >> ImagePad[Image[{{0.5}}], {{1, 0}, {0, 1}}, White] // ImageData
        = {{1., 1.}, {1., 0.5}}
        >> ImagePad[Image[{{0., 1.}}], {{1, 1}, {0, 0}}, "Fixed"] // ImageData
        = {{0., 0., 1., 1.}}
    Possible issues:
        >> ImagePad[Image[{{1}}], "wide"]
        = $Failed
        message: ImagePad::margins
        >> ImagePad[Image[{{1}}], 1, "No such"]
        = $Failed
        message: ImagePad::padding
    """

    def with_margins(one: Image) -> Image:
        old = one.pixels.shape[:-1]
        found = margins_of(margins, len(old))
        shape = [n + a + b for n, (a, b) in zip(old, found, strict=True)] if found is not None else []
        if found is None or min(shape) < 1 or any(-min(pair) >= n for pair, n in zip(found, old, strict=True)):
            raise Message("margins", margins, result=FAILED)
        check_size(one, shape, margins)
        return Image(padded(one.pixels, found, margin_of(one, padding)), one.space)

    return on_images(image, with_margins)
