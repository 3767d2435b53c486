"""Gradients that turn round on their way."""

from __future__ import annotations

import numpy as np

from wlnet.compute.operation import operation
from wlnet.compute.workspace import Workspace


@operation(compose=None)
def reverse_gradient(work: Workspace, x: np.ndarray) -> np.ndarray:
    """Gives x as it is; its gradient is the negative of what comes back: x (...s); gives (...s)."""
    return x


@reverse_gradient.gradient
def reverse_gradient_gradient(
    work: Workspace, needs: tuple[bool, ...], gradient: np.ndarray, y: np.ndarray, x: np.ndarray
) -> tuple[np.ndarray, ...]:
    return (np.negative(gradient, out=work.like("gx", x)),)
