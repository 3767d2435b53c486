"""Operations on images: crops that differ from example to example, and sampling between the pixels."""

from __future__ import annotations

import importlib
import math
from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
from wlnet.compute.windows import channels_first, channels_last, contiguous
from wlnet.compute.workspace import Workspace

Size = tuple[int, int]


def crop_samples(generator: np.random.Generator) -> Samples:
    places = np.array([[0.0, 2.0, 0.0, 1.0], [1.0, 0.0, 1.0, 0.0], [2.0, 1.0, 1.0, 1.0]])
    yield (generator.normal(size=(3, 2, 4, 5)), places), {"size": (2, 3)}


def crops(places: np.ndarray, size: Size) -> list[tuple[Any, ...]]:
    """Gives the index of each example's crop: places (b, 4)."""
    made = []
    for row in places.astype(int):
        axes = []
        for start, length, flip in zip(row[:2], size, row[2:], strict=True):
            last = start + length - 1
            axes.append(slice(last, start - 1 if start else None, -1) if flip else slice(start, last + 1))
        made.append((slice(None), *axes))
    return made


@operation(
    compose=lambda anp, x, places, *, size: anp.stack(
        [x[i][index] for i, index in enumerate(crops(np.asarray(places), size))]
    ),
    sample=crop_samples,
)
def crop(work: Workspace, x: np.ndarray, places: np.ndarray, *, size: Size) -> np.ndarray:
    """Gives a part of each image: x (b, c, h, w), places (b, 4) the first row and column, and whether (1 or 0) the rows
    and the columns are reversed; gives (b, c, *size). Places have no gradient.
    """
    work.saved = crops(places, size)
    y = work("y", (*x.shape[:2], *size), x.dtype)
    for image, part, index in zip(x, y, work.saved, strict=True):
        np.copyto(part, image[index])
    return y


@crop.gradient
def crop_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: Any, x: np.ndarray, places: Any, *, size: Size
) -> tuple[Any, ...]:
    gx = work.like("gx", x)
    gx.fill(0)
    for whole, part, index in zip(gx, gradient, work.saved, strict=True):
        whole[index] = part
    return gx, None


def transform_samples(generator: np.random.Generator) -> Samples:
    for shape, size in (((2, 2, 4, 5), (3, 3)), ((2, 1, 3, 2), (1, 4))):
        parameters = np.array([1.0, 0, 0, 0, 1, 0]) + generator.uniform(-0.5, 0.5, (2, 6))
        yield (generator.normal(size=shape), parameters), {"size": size}


def grid(size: Size, dtype: Any) -> np.ndarray:
    """Gives the places (x, y, 1) of the output's pixels, from -1 to 1: (3, h w)."""
    rows, columns = (np.linspace(-1, 1, n) if n > 1 else np.zeros(1) for n in size)
    y, x = np.meshgrid(rows, columns, indexing="ij")
    return np.stack((x.ravel(), y.ravel(), np.ones(x.size))).astype(dtype)


def sources(anp: Any, parameters: Any, places: np.ndarray, shape: tuple[int, ...]) -> tuple[Any, Any]:
    """Gives the columns and rows, counted from 0, of an image of this shape that the output's pixels show: (b, h w)."""
    met = anp.matmul(anp.reshape(parameters, (-1, 2, 3)), places)
    return (met[:, 0] + 1) * ((shape[3] - 1) / 2), (met[:, 1] + 1) * ((shape[2] - 1) / 2)


def compose_transform(anp: Any, x: Any, parameters: Any, *, size: Size) -> Any:
    """Weighs every pixel by how near it is: a product over rows and columns."""
    near = []
    for at, length in zip(sources(anp, parameters, grid(size, x.dtype), x.shape), x.shape[:1:-1], strict=True):
        near.append(anp.maximum(0.0, 1 - anp.abs(anp.reshape(at, (*at.shape, 1)) - np.arange(length))))
    return anp.reshape(anp.einsum("bpi,bpj,bcji->bcp", *near, x), (*x.shape[:2], *size))


@operation(compose=compose_transform, sample=transform_samples)
def spatial_transform(work: Workspace, x: np.ndarray, parameters: np.ndarray, *, size: Size) -> np.ndarray:
    """Gives images of this size that show x (b, c, h, w) at affine images of their own places: parameters (b, 6), the rows
    of a matrix that gives the column and the row from (column, row, 1), all from -1 to 1; gives (b, c, *size).

    Between pixels it is interpolated in both directions; outside, x is zero. M. Jaderberg and others 2015.
    """
    places = work.once("places", lambda: grid(size, x.dtype))
    pixels = contiguous(work, "pixels", channels_last(x))
    columns, rows = (at[..., None] for at in sources(np, parameters, places, x.shape))
    left, top = np.floor(columns), np.floor(rows)
    right, below = columns - left, rows - top
    shares = np.concatenate((1 - right, right), -1), np.concatenate((1 - below, below), -1)
    numbers, inside = corners(left, top, x.shape)
    matrix = work.once("matrix", lambda: by_pixels(numbers.shape, x))
    np.copyto(matrix.indices, numbers.reshape(-1))
    factors = (shares[1][..., :, None] * shares[0][..., None, :]).reshape(inside.shape)
    np.copyto(matrix.data, np.multiply(factors, inside, factors).reshape(-1))
    work.saved = places, shares, inside, matrix, pixels
    return channels_first((matrix @ pixels.reshape(-1, x.shape[1])).reshape(len(x), *size, -1))


def corners(left: np.ndarray, top: np.ndarray, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Gives for places between four pixels (b, p, 1) the number of each in the batch, and 1 where it is in the image, else
    0: both (b, p, 4), the upper ones first.
    """
    height, width = shape[2:]
    columns, rows = left + np.array((0, 1, 0, 1), left.dtype), top + np.array((0, 0, 1, 1), top.dtype)
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    # What lies far outside may be no integer at all.
    columns, rows = (np.where(inside, at, 0).astype(np.int32) for at in (columns, rows))
    first = np.arange(0, len(left) * height * width, height * width, dtype=np.int32)
    return first[:, None, None] + rows * np.int32(width) + columns, inside.astype(left.dtype)


def by_pixels(shape: tuple[int, ...], x: np.ndarray) -> Any:
    """Gives a sparse matrix, to be filled in, from all pixels of x to places (b, p) that show some pixels each: (b, p, n)."""
    sparse = importlib.import_module("scipy.sparse")
    rows, each = math.prod(shape[:2]), shape[2]
    starts = np.arange(0, rows * each + 1, each, dtype=np.int32)
    entries = np.zeros(rows * each, x.dtype), np.zeros(rows * each, np.int32), starts
    return sparse.csr_array(entries, shape=(rows, x.size // x.shape[1]))


@spatial_transform.gradient
def spatial_transform_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: Any,
    x: np.ndarray,
    parameters: Any,
    *,
    size: Size,
) -> tuple[Any, ...]:
    places, shares, inside, matrix, pixels = work.saved
    g = contiguous(work, "g", channels_last(gradient)).reshape(-1, x.shape[1])
    gx = gp = None
    if needs[0]:
        gx = channels_first((matrix.T @ g).reshape(pixels.shape))
    if needs[1]:
        # The gradient in the share of each of the four pixels, then in how far right and how far below the place lies.
        met = pixels.reshape(-1, x.shape[1])[matrix.indices].reshape(len(g), -1, x.shape[1])
        slopes = (np.matmul(met, g[:, :, None]).reshape(inside.shape) * inside).reshape(*inside.shape[:2], 2, 2)
        across = np.sum((slopes[..., 1] - slopes[..., 0]) * shares[1], -1) * ((x.shape[3] - 1) / 2)
        down = np.sum((slopes[..., 1, :] - slopes[..., 0, :]) * shares[0], -1) * ((x.shape[2] - 1) / 2)
        gp = np.matmul(np.stack((across, down), 1), places.T).reshape(parameters.shape)
    return gx, gp
