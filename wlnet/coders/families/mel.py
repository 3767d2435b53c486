"""Encoders of sounds by what filters on the mel scale, the scale of pitch, let through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.coders.augmentation import chance_of, with_opened_files
from wlnet.coders.declare import encoder
from wlnet.coders.families.sound import given, is_sound, magnitudes_of
from wlnet.coders.sound_settings import CEPSTRUM_OPTIONS, MEL_OPTIONS, cepstrum_settings, mel_settings, target_count
from wlnet.errors import DataError
from wlnet.nets.dimensions import Port
from wlnet.sounds import signals
from wlnet.terms import Term

Settings = Mapping[str, Any]


def mel_spectrogram(settings: Settings, term: Term) -> np.ndarray:
    """Gives what the mel filters (n, filters) let through of the magnitudes."""
    limits = (settings["low"], settings["high"])
    filters = signals.mel_filters(settings["filters"], settings["size"], settings["rate"], *limits, warp_of(settings))
    return magnitudes_of(settings, term) @ filters


def warp_of(settings: Settings) -> float:
    """Gives the factor of "VTLP", drawn anew; 1 without it."""
    if settings["warp"] is None:
        return 1.0
    factor = settings["warp"](chance_of(settings["apply"]))
    if not 0.5 <= factor <= 2:
        raise DataError(
            f'the factor of "VTLP" has to be from 0.5 to 2 (0.9 to 1.1 is usual), but {factor:g} was drawn',
            tag="data", kind="NetEncoder",
        )  # fmt: skip
    return factor


@encoder(
    "AudioMelSpectrogram",
    construct=mel_settings,
    port=lambda settings: Port((target_count(settings), settings["filters"])),
    accepts=is_sound,
    options=MEL_OPTIONS,
    parameters=given,
    resolve=with_opened_files,
)
def encode_mel_spectrogram(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioMelSpectrogram"] gives what filters on the mel scale let through of short partitions, n×filters.
    NetEncoder[{"AudioMelSpectrogram", "parameter" -> value, …}] sets the filters, the partitions, and how the sound is
    prepared.

    Details: The parameters of partitions are those of "AudioSTFT". "NumberOfFilters" triangular filters, each from the
    center of the one before to that of the next, have their centers at equal steps of pitch, 2595 Log10[1 + f/700], between
    "MinimumFrequency" (usually 0) and "MaximumFrequency" (usually half the sample rate). They are 1 at their centers and
    are multiplied with the magnitudes of the Fourier transform. "Augmentation" also takes "VTLP" -> factor, which moves the
    filters as if the vocal tract of a speaker were shorter by the factor (0.9 to 1.1 is usual).

    Examples:
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; Dimensions[NetEncoder["AudioMelSpectrogram"][sound]]
        = {11, 40}
        >> loudest = First[Ordering[First[NetEncoder["AudioMelSpectrogram"][#]], -1]] &;
        >> loudest[AudioGenerator[{"Sin", #}, 0.1]] & /@ {200, 400, 800, 1600, 3200}
        = {4, 7, 12, 19, 28}
    Options: "NumberOfFilters":
        >> Dimensions[NetEncoder[{"AudioMelSpectrogram", "NumberOfFilters" -> 20}][AudioGenerator["Sin", 0.1]]]
        = {11, 20}
    Options: "MinimumFrequency":
        >> encoder = NetEncoder[{"AudioMelSpectrogram", "MinimumFrequency" -> 1000}];
        >> sound = AudioGenerator["Sin", 0.05, SampleRate -> 16000]; Max[encoder[sound][[1 ;; 2]]] < 1 < Max[NetEncoder["AudioMelSpectrogram"][sound]]
        = True
    Options: "MaximumFrequency":
        >> encoder = NetEncoder[{"AudioMelSpectrogram", "NumberOfFilters" -> 4, "MaximumFrequency" -> Quantity[0.5, "Kilohertz"]}];
        >> Ordering[First[encoder[AudioGenerator[{"Sin", 400}, 0.1]]], -1]
        = {4}
    Options: "SampleRate":
        >> NetExtract[NetEncoder[{"AudioMelSpectrogram", "SampleRate" -> 8000}], "MaximumFrequency"]
        = 4000.
    Options: "WindowSize":
        >> Dimensions[NetEncoder[{"AudioMelSpectrogram", "WindowSize" -> 512}][AudioGenerator["Sin", 0.1]]]
        = {8, 40}
    Options: "Offset":
        >> Dimensions[NetEncoder[{"AudioMelSpectrogram", "Offset" -> 400}][AudioGenerator["Sin", 0.1]]]
        = {4, 40}
    Options: "WindowFunction":
        >> encoder = NetEncoder[{"AudioMelSpectrogram", "WindowFunction" -> ConstantArray[0, 400]}];
        >> Max[encoder[AudioGenerator["Sin", 0.1]]]
        = 0.
    Options: "TargetLength":
        >> NetExtract[ElementwiseLayer[Ramp, "Input" -> NetEncoder[{"AudioMelSpectrogram", "TargetLength" -> 7}]], "Output"]
        = {7, 40}
    Options: "Normalization":
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; encoder = NetEncoder[{"AudioMelSpectrogram", "Normalization" -> {"Max", 0.5}}];
        >> Chop[Max[2 encoder[sound] - NetEncoder["AudioMelSpectrogram"][sound]], 10^-4]
        = 0
    Options: "Augmentation":
        >> sound = AudioGenerator[{"Sin", 2000}, 0.1]; encoder = NetEncoder[{"AudioMelSpectrogram", "Augmentation" -> {"VTLP" -> 1.2}}];
        >> {First[Ordering[First[encoder[sound]], -1]], First[Ordering[First[NetEncoder["AudioMelSpectrogram"][sound]], -1]]}
        = {20, 22}
    Possible issues:
        >> NetEncoder[{"AudioMelSpectrogram", "NumberOfFilters" -> 500}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"AudioMelSpectrogram", "MinimumFrequency" -> 9000}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"AudioMelSpectrogram", "Augmentation" -> {"VTLP" -> 5}}][AudioGenerator["Sin"]]
        = $Failed
        message: NetEncoder::data
    Source: https://reference.wolfram.com/language/ref/netencoder/AudioMelSpectrogram.html; S. Davis and P. Mermelstein,
    Comparison of parametric representations for monosyllabic word recognition (1980); N. Jaitly and G. Hinton, Vocal tract
    length perturbation improves speech recognition (2013). The scale of pitch is that of HTK.
    """
    return mel_spectrogram(settings, term).astype(np.float32)


@encoder(
    "AudioMFCC",
    construct=cepstrum_settings,
    port=lambda settings: Port((target_count(settings), settings["coefficients"])),
    accepts=is_sound,
    options=CEPSTRUM_OPTIONS,
    parameters=given,
    resolve=with_opened_files,
)
def encode_cepstrum(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioMFCC"] gives the mel-frequency cepstral coefficients of short partitions of a sound, n×coefficients.
    NetEncoder[{"AudioMFCC", "parameter" -> value, …}] sets their number, the filters, the partitions, and how the sound is
    prepared.

    Details: They are the first "NumberOfCoefficients" values of FourierDCT of the logarithm of each row of
    "AudioMelSpectrogram", whose parameters it takes; what is below 10^-10 there counts as 10^-10, so that silence has a
    logarithm.

    Examples:
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; Dimensions[NetEncoder["AudioMFCC"][sound]]
        = {11, 13}
        >> First[NetEncoder["AudioMFCC"][AudioGenerator["Silence", 0.01]]][[1 ;; 2]] // Chop[#, 10^-4] & (* Sqrt[40] Log[10^-10] *)
        = {-145.628, 0}
        >> NetChain[{SequenceLastLayer[]}, "Input" -> NetEncoder["AudioMFCC"]][{sound, sound}] // Dimensions
        = {2, 13}
    Options: "NumberOfCoefficients":
        >> Dimensions[NetEncoder[{"AudioMFCC", "NumberOfCoefficients" -> 28}][AudioGenerator["Sin", 0.1]]]
        = {11, 28}
    Options: "NumberOfFilters":
        >> First[NetEncoder[{"AudioMFCC", "NumberOfFilters" -> 16}][AudioGenerator["Silence", 0.01]]][[1]]
        = -92.1034
    Options: "MinimumFrequency":
        >> NetExtract[NetEncoder[{"AudioMFCC", "MinimumFrequency" -> 100}], "MinimumFrequency"]
        = 100.
        >> sound = AudioGenerator["White", 0.1]; NetEncoder[{"AudioMFCC", "MinimumFrequency" -> 100}][sound] === NetEncoder["AudioMFCC"][sound]
        = False
    Options: "MaximumFrequency":
        >> sound = AudioGenerator["White", 0.1]; NetEncoder[{"AudioMFCC", "MaximumFrequency" -> 4000}][sound] === NetEncoder["AudioMFCC"][sound]
        = False
    Options: "SampleRate":
        >> NetExtract[NetEncoder[{"AudioMFCC", "SampleRate" -> 8000}], {{"WindowSize"}, {"Offset"}}]
        = {200, 67}
    Options: "WindowSize":
        >> Dimensions[NetEncoder[{"AudioMFCC", "WindowSize" -> 1024}][AudioGenerator["Sin", 0.1]]]
        = {3, 13}
    Options: "Offset":
        >> Dimensions[NetEncoder[{"AudioMFCC", "Offset" -> 400}][AudioGenerator["Sin", 0.1]]]
        = {4, 13}
    Options: "WindowFunction":
        >> sound = AudioGenerator["Sin", 0.1]; NetEncoder[{"AudioMFCC", "WindowFunction" -> HannWindow}][sound] === NetEncoder["AudioMFCC"][sound]
        = True
    Options: "TargetLength":
        >> Dimensions[NetEncoder[{"AudioMFCC", "TargetLength" -> 20}][{AudioGenerator["Sin", 0.1], AudioGenerator["Sin", 1]}]]
        = {2, 20, 13}
    Options: "Normalization":
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; encoder = NetEncoder[{"AudioMFCC", "Normalization" -> {"Max", 10}}];
        >> Round[First[encoder[sound] - NetEncoder["AudioMFCC"][sound]][[1 ;; 2]]/(Sqrt[40] Log[10]), 0.01]
        = {1., 0.}
    Options: "Augmentation":
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; encoder = NetEncoder[{"AudioMFCC", "Augmentation" -> {"Volume" -> 0}}];
        >> First[encoder[sound]][[1]]
        = -145.628
    Possible issues:
        >> NetEncoder[{"AudioMFCC", "NumberOfCoefficients" -> 41}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"AudioMFCC", "Augmentation" -> {"Smell" -> 1}}]
        = $Failed
        message: NetEncoder::option
    Source: https://reference.wolfram.com/language/ref/netencoder/AudioMFCC.html; Davis and Mermelstein (1980).
    """
    return signals.cepstrum(mel_spectrogram(settings, term), settings["coefficients"]).astype(np.float32)
