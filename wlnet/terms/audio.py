"""Sounds: samples of one or more channels, and how many of them make a second."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.terms.atoms import NumericArray, register
from wlnet.terms.expression import Expression, Term, rule
from wlnet.terms.symbols import S

#: The types of samples: how one number is stored. Integers stand for the numbers from -1 to 1 in equal steps.
AUDIO_TYPES: dict[str, Any] = {
    "SignedInteger8": np.int8, "SignedInteger16": np.int16, "SignedInteger32": np.int32,
    "Real32": np.float32, "Real64": np.float64,
}  # fmt: skip
TYPE_OF = {np.dtype(dtype): name for name, dtype in AUDIO_TYPES.items()}


class Audio:
    """A sound; immutable.

    samples: read-only, of shape (channels, length), both at least 1, of one of AUDIO_TYPES.
    rate: samples per second.
    """

    __slots__ = ("rate", "samples")

    def __init__(self, samples: np.ndarray, rate: float) -> None:
        samples = np.ascontiguousarray(samples)
        if samples.flags.writeable:
            samples = samples.view()
            samples.setflags(write=False)
        self.samples = samples
        self.rate = int(rate) if rate == int(rate) else rate

    @property
    def channels(self) -> int:
        return len(self.samples)

    @property
    def length(self) -> int:
        """The number of samples of a channel."""
        return self.samples.shape[1]

    @property
    def seconds(self) -> float:
        return self.length / self.rate

    @property
    def type_name(self) -> str:
        return TYPE_OF[self.samples.dtype]

    def reals(self) -> np.ndarray:
        """Gives the samples as float64, those of integers from -1 to 1."""
        return self.samples.astype(np.float64) / full_scale(self.samples.dtype)

    def with_reals(self, values: np.ndarray, rate: float | None = None) -> Audio:
        """Gives a sound of these numbers, of the type of this one, and of its sample rate where none is given."""
        scaled = values * full_scale(self.samples.dtype)
        return Audio(stored(scaled, self.type_name), self.rate if rate is None else rate)

    def __repr__(self) -> str:
        return summary(self)

    def __reduce__(self) -> tuple[object, tuple[np.ndarray, float]]:
        return Audio, (self.samples, self.rate)


def full_scale(dtype: Any) -> float:
    """Gives the stored number that stands for 1."""
    return 1.0 if np.dtype(dtype).kind == "f" else -float(np.iinfo(dtype).min)


def stored(values: np.ndarray, type_name: str) -> np.ndarray:
    """Gives numbers in a type of samples: rounded to integers and clipped where the type is one of integers."""
    dtype = AUDIO_TYPES[type_name]
    if np.dtype(dtype).kind == "i":
        limits = np.iinfo(dtype)
        values = np.clip(np.rint(values), limits.min, limits.max)
    return values.astype(dtype, copy=False)


def summary(audio: Audio) -> str:
    """Gives what is shown of a sound, such as Audio[1.5 s, 44100 Hz, 2 channels]."""
    channels = "1 channel" if audio.channels == 1 else f"{audio.channels} channels"
    return f"Audio[{audio.seconds:.4g} s, {audio.rate:g} Hz, {channels}]"


def making_call(audio: Audio) -> Term:
    """Gives the expression that makes the sound again."""
    samples = NumericArray(audio.samples)
    return Expression(S.Audio, (samples, audio.type_name, rule(S.SampleRate, audio.rate)))


register(
    Audio,
    S.Audio,
    full_form=making_call,
    text=summary,
    equal=lambda a, b: (
        a.rate == b.rate and a.samples.dtype == b.samples.dtype and bool(np.array_equal(a.samples, b.samples))
    ),
    hash=lambda audio: hash((audio.rate, audio.samples.shape, audio.samples.tobytes())),
)
