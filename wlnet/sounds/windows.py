"""Windows: functions of x from -1/2 to 1/2 that partitions of a signal are multiplied by; zero elsewhere.

Source: F. J. Harris, On the use of windows for harmonic analysis with the discrete Fourier transform (1978).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def cosines(*weights: float) -> Callable[[np.ndarray], np.ndarray]:
    """Gives the window Σ_k w[k] cos(2πkx)."""
    return lambda x: sum((w * np.cos(2 * np.pi * k * x) for k, w in enumerate(weights)), np.zeros_like(x))


WINDOWS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "BartlettWindow": lambda x: 1 - 2 * np.abs(x),
    "BlackmanWindow": cosines(0.42, 0.5, 0.08),
    "CosineWindow": lambda x: np.cos(np.pi * x),
    "DirichletWindow": np.ones_like,
    "GaussianWindow": lambda x: np.exp(-0.5 * (x / 0.3) ** 2),
    "HammingWindow": cosines(25 / 46, 21 / 46),
    "HannWindow": cosines(0.5, 0.5),
    "WelchWindow": lambda x: 1 - 4 * x**2,
}


def window_values(name: str, x: np.ndarray) -> np.ndarray:
    """Gives a window at x, an array of any shape."""
    return np.where(np.abs(x) <= 0.5, WINDOWS[name](x), 0.0)


def window_samples(name: str, size: int) -> np.ndarray:
    """Gives a window at `size` points from -1/2 to 1/2, both included."""
    return window_values(name, np.linspace(-0.5, 0.5, size)) if size > 1 else np.ones(1)
