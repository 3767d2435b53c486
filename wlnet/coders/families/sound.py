"""Encoders of sounds: the samples, and what can be seen in short partitions of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.coders import signals
from wlnet.coders.augmentation import signal_from
from wlnet.coders.declare import encoder
from wlnet.coders.sound_settings import (
    CEPSTRUM_OPTIONS,
    MEL_OPTIONS,
    PARTITION_OPTIONS,
    SOUND_OPTIONS,
    cepstrum_settings,
    mel_settings,
    partition_settings,
    target_count,
    waveform_settings,
)
from wlnet.errors import DataError
from wlnet.nets.dimensions import Port
from wlnet.terms import NumericArray, Term, is_list

Settings = Mapping[str, Any]


def is_sound(settings: Settings, term: Term) -> bool:
    """Tells whether a term is to be encoded; arrays are taken for encoded sounds."""
    return not is_list(term) and type(term) is not NumericArray


def given(settings: Settings) -> dict[str, Term]:
    return settings["given"]


def samples_of(settings: Settings, term: Term) -> np.ndarray:
    """Gives the samples (n,) of a sound at the encoder's rate: channels made one, normalized, augmented, of its length."""
    samples = signal_from(term, settings["rate"])
    if samples is None:
        raise DataError(
            "a sound encoder takes an Audio object, a file, or what it has encoded before, but `1` came",
            tag="data", kind="NetEncoder", terms=(term,),
        )  # fmt: skip
    if settings["normalization"] is not None:
        samples = signals.normalized(samples, *settings["normalization"])
    if settings["augmentation"]:
        generator = settings["random"]()
        for step in settings["augmentation"]:
            samples = step(samples, generator)
    return samples if settings["length"] is None else signals.fitted(samples, settings["length"])


def magnitudes_of(settings: Settings, term: Term) -> np.ndarray:
    """Gives the magnitudes (n, size//2 + 1) of the Fourier transforms of the partitions of a sound."""
    return np.abs(signals.fourier(samples_of(settings, term), settings["offset"], settings["window"]))


def mel_spectrogram(settings: Settings, term: Term) -> np.ndarray:
    """Gives what the mel filters (n, filters) let through of the magnitudes."""
    limits = (settings["low"], settings["high"])
    filters = signals.mel_filters(settings["filters"], settings["size"], settings["rate"], *limits, warp_of(settings))
    return magnitudes_of(settings, term) @ filters


def warp_of(settings: Settings) -> float:
    """Gives the factor of "VTLP", drawn anew; 1 without it."""
    if settings["warp"] is None:
        return 1.0
    factor = settings["warp"](settings["random"]())
    if not 0.5 <= factor <= 2:
        raise DataError(
            f'the factor of "VTLP" has to be from 0.5 to 2 (0.9 to 1.1 is usual), but {factor:g} was drawn',
            tag="data", kind="NetEncoder",
        )  # fmt: skip
    return factor


@encoder(
    "Audio",
    construct=waveform_settings,
    port=lambda settings: Port((target_count(settings), 1)),
    accepts=is_sound,
    options=SOUND_OPTIONS,
    parameters=given,
)
def encode_audio(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["Audio"] turns a sound into the matrix of its samples, n×1."""
    return samples_of(settings, term)[:, None].astype(np.float32)


@encoder(
    "AudioSTFT",
    construct=partition_settings,
    port=lambda settings: Port((target_count(settings), settings["size"], 2)),
    accepts=is_sound,
    options=PARTITION_OPTIONS,
    parameters=given,
)
def encode_fourier(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioSTFT"] gives the Fourier transform of each partition."""
    half = signals.fourier(samples_of(settings, term), settings["offset"], settings["window"])
    whole = signals.with_conjugates(half, settings["size"])
    return np.stack([whole.real, whole.imag], axis=-1).astype(np.float32)


@encoder(
    "AudioSpectrogram",
    construct=partition_settings,
    port=lambda settings: Port((target_count(settings), settings["size"] // 2 + 1)),
    accepts=is_sound,
    options=PARTITION_OPTIONS,
    parameters=given,
)
def encode_spectrogram(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioSpectrogram"] gives the power of each partition at each frequency."""
    return np.square(magnitudes_of(settings, term)).astype(np.float32)


@encoder(
    "AudioMelSpectrogram",
    construct=mel_settings,
    port=lambda settings: Port((target_count(settings), settings["filters"])),
    accepts=is_sound,
    options=MEL_OPTIONS,
    parameters=given,
)
def encode_mel_spectrogram(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioMelSpectrogram"] gives what filters on the mel scale let through."""
    return mel_spectrogram(settings, term).astype(np.float32)


@encoder(
    "AudioMFCC",
    construct=cepstrum_settings,
    port=lambda settings: Port((target_count(settings), settings["coefficients"])),
    accepts=is_sound,
    options=CEPSTRUM_OPTIONS,
    parameters=given,
)
def encode_cepstrum(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioMFCC"] gives the mel-frequency cepstral coefficients."""
    return signals.cepstrum(mel_spectrogram(settings, term), settings["coefficients"]).astype(np.float32)
