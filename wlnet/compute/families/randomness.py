"""Random arrays, drawn anew at every run."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.operation import operation
from wlnet.compute.workspace import Workspace


@operation(compose=None)
def random_mask(
    work: Workspace, like: np.ndarray, *, shape: tuple[int, ...], keep: float, generator: Any
) -> np.ndarray:
    """Gives an array of this shape, of the type of `like`: 1/keep with the probability `keep`, else 0."""
    made = work("y", shape, like.dtype)
    kept = generator.random(shape, np.float32) < keep
    np.multiply(kept, 1.0 / keep if keep else 0.0, out=made, casting="unsafe")
    return made
