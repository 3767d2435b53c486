"""Random arrays, drawn anew at every run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.compute.operation import operation
from wlnet.compute.workspace import Workspace

Draw = Callable[..., Any]
"""draw(generator, shape, *numbers) gives random numbers."""


@operation(compose=None)
def random_mask(
    work: Workspace, like: np.ndarray, *, shape: tuple[int, ...], keep: float, generator: Any
) -> np.ndarray:
    """Gives an array of this shape, of the type of `like`: 1/keep with the probability `keep`, else 0."""
    made = work("y", shape, like.dtype)
    kept = generator.random(shape, np.float32) < keep
    np.multiply(kept, 1.0 / keep if keep else 0.0, out=made, casting="unsafe")
    return made


@operation(compose=None)
def random_numbers(
    work: Workspace, like: np.ndarray, *numbers: np.ndarray, shape: tuple[int, ...], draw: Draw, generator: Any
) -> np.ndarray:
    """Gives an array of this shape, of the type of `like`: draw(generator, shape, *numbers), the numbers broadcastable to
    it. NaN where the numbers are not such as the distribution can have.
    """
    made = work("y", shape, like.dtype)
    try:
        np.copyto(made, draw(generator, shape, *numbers), casting="unsafe")
    except ValueError:
        made.fill(np.nan)
    return made
