"""What the recurrent operations share: each takes a whole sequence, with its own gradient through time.

Inside, arrays are feature-major: step t of a sequence is a matrix (features, examples), so that each gate is one
contiguous block. `column[t]` holds the input, a row of ones and the state before step t, so one product with
(input weights | biases | state weights) gives all gates of a step; the weights' gradient is one product over all steps.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.compute.operation import Samples
from wlnet.compute.workspace import Workspace

Optional = np.ndarray | None


def fill_columns(work: Workspace, x: np.ndarray, state: np.ndarray, mask: Optional) -> np.ndarray:
    """Gives columns (t + 1, k + 1 + n, b) with inputs x (b, t, k), ones, and the first state (b, n) in place."""
    b, t, k = x.shape
    columns = work.once("columns", lambda: np.ones((t + 1, k + 1 + state.shape[1], b), x.dtype))
    columns[:t, :k] = x.transpose(1, 2, 0)
    np.copyto(columns[0, k + 1 :], state.T)
    if mask is not None:
        columns[0, k + 1 :] *= mask.T
    return columns


def arranged(
    work: Workspace, name: str, parts: tuple[np.ndarray, ...], order: tuple[int, ...], scale: tuple[float, ...]
) -> np.ndarray:
    """Gives matrices (gates n, …) side by side, their gates in another order and scaled: (gates n, sum of widths)."""
    gates, n = len(order), len(parts[0]) // len(order)
    joined = work(name, (gates, n, sum(part.shape[1] for part in parts)), parts[0].dtype)
    start = 0
    for part in parts:
        end = start + part.shape[1]
        for place, gate in enumerate(order):
            np.multiply(part[gate * n : (gate + 1) * n], scale[place], joined[place, :, start:end])
        start = end
    return joined.reshape(gates * n, -1)


def restored(
    gradient: np.ndarray, widths: tuple[int, ...], order: tuple[int, ...], scale: tuple[float, ...]
) -> list[np.ndarray]:
    """Gives the gradients of the matrices from that of what `arranged` made of them."""
    gates = gradient.reshape(len(order), -1, gradient.shape[1])
    back = np.empty_like(gates)
    for place, gate in enumerate(order):
        np.multiply(gates[place], scale[place], back[gate])
    whole = back.reshape(gradient.shape)
    return [np.ascontiguousarray(part) for part in np.split(whole, np.cumsum(widths)[:-1], 1)]


def over_steps(work: Workspace, name: str, steps: np.ndarray) -> np.ndarray:
    """Gives a copy of steps (t, rows, b) as one matrix (rows, t b)."""
    t, rows, b = steps.shape
    flat = work(name, (rows, t, b), steps.dtype)
    np.copyto(flat, steps.transpose(1, 0, 2))
    return flat.reshape(rows, t * b)


def recurrent_samples(gates: int, states: int) -> Any:
    """Gives samples without and with masks."""

    def sample(generator: np.random.Generator) -> Samples:
        for b, t, k, n in ((2, 3, 2, 3), (1, 1, 3, 2)):
            size = gates * n
            x = generator.normal(size=(b, t, k))
            given = [generator.normal(size=(b, n)) for _ in range(states)]
            arrays = [generator.normal(size=s) for s in ((size, k), (size, n), (size,))]
            masks = [generator.integers(0, 2, (b, n)) * 2.0 for _ in range(2)]
            yield (x, *given, *arrays, None, None), {}
            yield (x, *given, *arrays, *masks), {}

    return sample
