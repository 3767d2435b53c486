"""The mathematics of sound: resampling, partitions, Fourier transforms, mel filters, cepstra. Samples are vectors."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import numpy as np

#: Rates are taken as this fine a fraction of each other.
FINEST_RATIO = 10_000
#: What a magnitude below it counts as under a logarithm, so that silence has one.
FLOOR = 1e-10


def resampled(samples: np.ndarray, old: float, new: float) -> np.ndarray:
    """Gives samples (…, n) taken at another rate, (…, ⌈n new/old⌉): a polyphase filter that leaves nothing to alias."""
    if old == new:
        return samples
    from scipy.signal import resample_poly

    ratio = Fraction(new).limit_denominator(FINEST_RATIO) / Fraction(old).limit_denominator(FINEST_RATIO)
    ratio = ratio.limit_denominator(FINEST_RATIO) or Fraction(1, FINEST_RATIO)
    return resample_poly(samples, ratio.numerator, ratio.denominator, axis=-1)


def fitted(samples: np.ndarray, length: int) -> np.ndarray:
    """Gives the first `length` samples, with silence after them where there are fewer."""
    missing = length - len(samples)
    return np.pad(samples, (0, missing)) if missing > 0 else samples[:length]


def normalized(samples: np.ndarray, measure: str, value: float) -> np.ndarray:
    """Gives samples whose largest magnitude ("Max") or root of the mean square ("RMS") is `value`; silence stays."""
    found = np.abs(samples).max() if measure == "Max" else np.sqrt(np.mean(np.square(samples)))
    return samples * (value / found) if found > 0 else samples


def frame_count(length: int, size: int, offset: int) -> int:
    """Gives the number of partitions of a signal: as many as it takes to cover all of it, and at least one."""
    return max(1, -(-(length - size) // offset) + 1)


def frames(samples: np.ndarray, size: int, offset: int) -> np.ndarray:
    """Gives the partitions (n, size) of a signal, each `offset` samples after the last; silence fills the last one."""
    count = frame_count(len(samples), size, offset)
    padded = fitted(samples, (count - 1) * offset + size)
    return np.lib.stride_tricks.sliding_window_view(padded, size)[::offset]


def fourier(samples: np.ndarray, offset: int, window: np.ndarray) -> np.ndarray:
    """Gives the discrete Fourier transforms (n, size//2 + 1) of the windowed partitions: the sums of x[k] e^(-2πijk/size),
    without a factor, for the frequencies from 0 to half the sample rate. The others are their conjugates.
    """
    return np.fft.rfft(frames(samples, len(window), offset) * window, axis=-1)


def with_conjugates(half: np.ndarray, size: int) -> np.ndarray:
    """Gives a Fourier transform of real numbers at all `size` frequencies from that at the lower half of them."""
    return np.concatenate([half, half[..., (size - 1) // 2 : 0 : -1].conj()], axis=-1)


def hertz_to_mel(frequency: np.ndarray | float) -> np.ndarray:
    """Gives the pitch of a frequency on the mel scale: 2595 log10(1 + f/700) (O'Shaughnessy 1987; as in HTK)."""
    return 2595.0 * np.log10(1.0 + np.asarray(frequency) / 700.0)


def mel_to_hertz(mel: np.ndarray | float) -> np.ndarray:
    return 700.0 * (10.0 ** (np.asarray(mel) / 2595.0) - 1.0)


@lru_cache(maxsize=64)
def mel_filters(count: int, size: int, rate: float, low: float, high: float, warp: float = 1.0) -> np.ndarray:
    """Gives the triangular filters (size//2 + 1, count) over the frequencies of a Fourier transform of `size` samples.

    Their corners are equally spaced on the mel scale from `low` to `high` hertz, then moved as `warped` does; each filter
    rises in a straight line over hertz from the center of the one before it to 1 at its own, and falls to 0 at that of
    the next (Davis and Mermelstein 1980). One that is narrower than the step of the transform may catch nothing.
    """
    edges = mel_to_hertz(np.linspace(hertz_to_mel(low), hertz_to_mel(high), count + 2))
    if warp != 1.0:
        edges = warped(edges, warp, rate)
    frequencies = np.arange(size // 2 + 1)[:, None] * (rate / size)
    rising = (frequencies - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - frequencies) / (edges[2:] - edges[1:-1])
    filters = np.maximum(0.0, np.minimum(rising, falling))
    filters.setflags(write=False)
    return filters


def warped(frequencies: np.ndarray, factor: float, rate: float, limit: float = 4800.0) -> np.ndarray:
    """Gives frequencies as a vocal tract that is shorter by `factor` would have them: stretched up to about `limit`
    hertz, and above that squeezed so that half the sample rate stays where it is (Jaitly and Hinton 2013).
    """
    top = rate / 2
    limit = min(limit, 0.9 * top) * min(factor, 1.0)
    knee = limit / factor
    above = top - (top - limit) / (top - knee) * (top - frequencies)
    return np.where(frequencies <= knee, frequencies * factor, above)


def cepstrum(magnitudes: np.ndarray, count: int) -> np.ndarray:
    """Gives the first `count` cosine coefficients (n, count) of the logarithms of rows of m magnitudes:
    c[i] = Σ_k log x[k] cos(π i (k + 1/2) / m) / √m, i from 0 (the FourierDCT of the language; Davis and Mermelstein 1980).
    """
    from scipy.fft import dct

    logs = np.log(np.maximum(magnitudes, FLOOR))
    return dct(logs, type=2, axis=-1)[..., :count] / (2.0 * np.sqrt(magnitudes.shape[-1]))
