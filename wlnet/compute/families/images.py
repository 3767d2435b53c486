"""Operations on images: crops that differ from example to example, and sampling between the pixels."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.operation import Samples, operation
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
    columns, rows = sources(np, parameters, places, x.shape)
    left, top = np.floor(columns), np.floor(rows)
    shares = columns - left, rows - top
    corners = [corner(x, left + right, top + below) for below in (0, 1) for right in (0, 1)]
    work.saved = places, shares, corners
    y = weighted(shares, [values for _, _, values in corners])
    return y.reshape(*x.shape[:2], *size)


def corner(x: np.ndarray, columns: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gives for pixels (b, p) their number in the image, whether they lie in it, and their values (b, c, p)."""
    height, width = x.shape[2:]
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    numbers = np.where(inside, rows * width + columns, 0).astype(np.intp)
    flat = x.reshape(*x.shape[:2], -1)
    return numbers, inside, np.take_along_axis(flat, numbers[:, None, :], 2) * inside[:, None, :]


def weighted(shares: tuple[np.ndarray, np.ndarray], corners: list[np.ndarray]) -> np.ndarray:
    """Gives the corners' mean: shares (b, p) of the right and of the lower ones."""
    right, below = (share[:, None, :] for share in shares)
    upper = corners[0] + right * (corners[1] - corners[0])
    lower = corners[2] + right * (corners[3] - corners[2])
    return upper + below * (lower - upper)


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
    places, (right, below), corners = work.saved
    g = gradient.reshape(*x.shape[:2], -1)
    gx = gp = None
    if needs[0]:
        gx = np.zeros(x.shape, x.dtype).reshape(*x.shape[:2], -1)
        examples, channels = np.arange(len(x))[:, None, None], np.arange(x.shape[1])[:, None]
        factors = ((1 - below) * (1 - right), (1 - below) * right, below * (1 - right), below * right)
        for (numbers, inside, _), factor in zip(corners, factors, strict=True):
            np.add.at(gx, (examples, channels, numbers[:, None, :]), g * (factor * inside)[:, None, :])
        gx = gx.reshape(x.shape)
    if needs[1]:
        (nw, ne, sw, se) = (values for _, _, values in corners)
        across = np.sum(g * ((ne - nw) + below[:, None, :] * (se - sw - ne + nw)), axis=1) * ((x.shape[3] - 1) / 2)
        down = np.sum(g * ((sw - nw) + right[:, None, :] * (se - ne - sw + nw)), axis=1) * ((x.shape[2] - 1) / 2)
        gp = np.matmul(np.stack((across, down), 1), places.T).reshape(parameters.shape)
    return gx, gp
