"""Functions that are given from outside, as the steps of a net."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.compute.operation import operation
from wlnet.compute.workspace import Workspace

Forward = Callable[[np.ndarray], np.ndarray]
Backward = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


@operation(compose=None)
def run_function(work: Workspace, x: np.ndarray, *, forward: Forward, backward: Backward | None) -> np.ndarray:
    """Gives forward(x): x (b, ...s); gives (b, ...t). backward(x, gradient, y) gives the gradient in x, None being zero."""
    return np.asarray(forward(x), x.dtype)


@run_function.gradient
def run_function_gradient(
    work: Workspace,
    needs: tuple[bool, ...],
    gradient: np.ndarray,
    y: np.ndarray,
    x: np.ndarray,
    *,
    forward: Forward,
    backward: Backward | None,
) -> tuple[np.ndarray, ...]:
    if backward is None:
        return (np.zeros_like(x),)
    return (np.asarray(backward(x, gradient, y), x.dtype),)
