"""The mathematics of sound against SciPy, against loops written from the formulas, and against librosa."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import signal

from wlnet.sounds import signals
from wlnet.sounds.windows import WINDOWS, window_samples, window_values

NOISE = np.random.default_rng(0).standard_normal(3000)


@pytest.mark.parametrize(("size", "offset"), [(400, 133), (256, 256), (301, 100), (3000, 10)])
def test_fourier_transforms_are_those_of_scipy(size: int, offset: int) -> None:
    window = signal.windows.hann(size) + 0.1
    _, _, wanted = signal.stft(NOISE, window=window, nperseg=size, noverlap=size - offset, boundary=None)
    made = signals.fourier(NOISE, offset, window)
    np.testing.assert_allclose(made, wanted.T * window.sum(), atol=1e-9)


@pytest.mark.parametrize(("size", "offset"), [(400, 133), (64, 64), (101, 10)])
def test_powers_are_those_of_scipy(size: int, offset: int) -> None:
    window = window_samples("HammingWindow", size)
    made = np.abs(signals.fourier(NOISE, offset, window)) ** 2
    _, _, wanted = signal.spectrogram(
        NOISE, window=window, noverlap=size - offset, detrend=False, scaling="spectrum", mode="psd"
    )
    wanted[1 : (size + 1) // 2] /= 2  # it adds up the powers of both halves
    np.testing.assert_allclose(made[: wanted.shape[1]], wanted.T * window.sum() ** 2, atol=1e-9)


@pytest.mark.parametrize("size", [1, 2, 7, 8])
def test_the_whole_transform_is_that_of_numpy(size: int) -> None:
    values = NOISE[:size]
    np.testing.assert_allclose(signals.with_conjugates(np.fft.rfft(values), size), np.fft.fft(values), atol=1e-12)


@given(length=some.integers(1, 300), size=some.integers(1, 60), offset=some.integers(1, 80))
def test_partitions_cover_the_sound_and_no_more(length: int, size: int, offset: int) -> None:
    samples = np.arange(1.0, length + 1)
    made = signals.frames(samples, size, offset)
    count = 1 if length <= size else math.ceil((length - size) / offset) + 1
    assert made.shape == (count, size)
    for number, part in enumerate(made):
        np.testing.assert_array_equal(part, signals.fitted(samples[number * offset :], size))
    assert (count - 1) * offset + size >= length


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("BartlettWindow", "bartlett"), ("BlackmanWindow", "blackman"), ("DirichletWindow", "boxcar"),
        ("GaussianWindow", ("gaussian", 0.3 * 24)), ("HammingWindow", ("general_hamming", 25 / 46)), ("HannWindow", "hann"),
    ],
)  # fmt: skip
def test_windows_are_those_of_scipy(name: str, reference: object) -> None:
    np.testing.assert_allclose(window_samples(name, 25), signal.get_window(reference, 25, fftbins=False), atol=1e-12)


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_are_even_highest_in_the_middle_and_zero_outside(name: str) -> None:
    values = window_values(name, np.linspace(-0.75, 0.75, 61))
    np.testing.assert_allclose(values, values[::-1], atol=1e-12)
    assert values[30] == pytest.approx(1)
    assert values.max() == values[30]
    assert not values[:10].any()


def mel(frequency: float) -> float:
    return 1127.0 * math.log(1 + frequency / 700)  # the same scale, written with the natural logarithm


def filter_at(number: int, frequency: float, count: int, low: float, high: float) -> float:
    """Gives the height of a triangular filter at a frequency, from the definition."""
    step = (mel(high) - mel(low)) / (count + 1)
    left, center, right = (700 * (math.exp((mel(low) + (number + k) * step) / 1127) - 1) for k in range(3))
    if left < frequency <= center:
        return (frequency - left) / (center - left)
    return (right - frequency) / (right - center) if center < frequency < right else 0.0


@pytest.mark.parametrize(
    ("count", "size", "rate", "low", "high"),
    [(40, 400, 16000, 0, 8000), (20, 201, 8000, 100, 3900), (3, 1024, 44100, 1, 22050)],
)
def test_mel_filters_are_triangles(count: int, size: int, rate: int, low: float, high: float) -> None:
    made = signals.mel_filters(count, size, rate, low, high)
    wanted = [[filter_at(n, k * rate / size, count, low, high) for n in range(count)] for k in range(size // 2 + 1)]
    np.testing.assert_allclose(made, wanted, atol=2e-5)


def test_mel_filters_are_those_of_librosa() -> None:
    librosa = pytest.importorskip("librosa", reason="librosa is the reference of this test")
    for size, rate, count, low, high in ((400, 16000, 40, 0, 8000), (1024, 44100, 64, 50, 20000)):
        wanted = librosa.filters.mel(
            sr=rate, n_fft=size, n_mels=count, fmin=low, fmax=high, htk=True, norm=None, dtype=np.float64
        )
        np.testing.assert_allclose(signals.mel_filters(count, size, rate, low, high), wanted.T, atol=1e-9)


def test_cepstra_are_sums_of_cosines() -> None:
    magnitudes = np.abs(NOISE[:120]).reshape(4, 30)
    wanted = [
        [
            sum(math.log(x) * math.cos(math.pi * i * (k + 0.5) / 30) for k, x in enumerate(row)) / math.sqrt(30)
            for i in range(13)
        ]
        for row in magnitudes
    ]
    np.testing.assert_allclose(signals.cepstrum(magnitudes, 13), wanted, atol=1e-9)
    assert np.isfinite(signals.cepstrum(np.zeros((1, 30)), 13)).all()


@pytest.mark.parametrize(("old", "new"), [(44100, 16000), (8000, 44100), (16000, 16000), (22050, 8000.5)])
def test_a_tone_is_the_same_tone_at_another_rate(old: float, new: float) -> None:
    tone = np.sin(2 * np.pi * 300 * np.arange(4000) / old)
    made = signals.resampled(tone, old, new)
    wanted = np.sin(2 * np.pi * 300 * np.arange(len(made)) / new)
    assert abs(len(made) - 4000 * new / old) <= 1
    np.testing.assert_allclose(made[200:-200], wanted[200:-200], atol=0.01)


def test_what_is_too_high_for_a_rate_is_gone() -> None:
    tone = np.sin(2 * np.pi * 6000 * np.arange(8000) / 16000)
    assert np.abs(signals.resampled(tone, 16000, 8000)[100:-100]).max() < 0.01


@given(level=some.floats(0.01, 10), measure=some.sampled_from(["Max", "RMS"]))
def test_normalized_sounds_have_their_level(level: float, measure: str) -> None:
    made = signals.normalized(NOISE, measure, level)
    found = np.abs(made).max() if measure == "Max" else math.sqrt(np.mean(made**2))
    assert found == pytest.approx(level)
    assert not signals.normalized(np.zeros(5), measure, level).any()


@pytest.mark.parametrize("factor", [0.8, 0.9, 1.1, 1.25])
def test_warped_frequencies_stay_in_order_and_in_range(factor: float) -> None:
    """Jaitly and Hinton: a straight line through 0 up to a limit, another from there to half the sample rate."""
    frequencies = np.linspace(0, 8000, 801)
    made = signals.warped(frequencies, factor, 16000)
    assert (np.diff(made) > 0).all()
    assert (made[0], made[-1]) == pytest.approx((0, 8000))
    np.testing.assert_allclose(made[:380], factor * frequencies[:380])
