"""Encoders of sounds: the samples, and what can be seen in short partitions of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.coders.augmentation import chance_of, signal_from, with_opened_files
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
from wlnet.sounds import signals
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
        chance = chance_of(settings["apply"])
        for step in settings["augmentation"]:
            samples = step(samples, chance)
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
    factor = settings["warp"](chance_of(settings["apply"]))
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
    resolve=with_opened_files,
)
def encode_audio(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["Audio"] turns a sound into the matrix of its samples, n×1.
    NetEncoder[{"Audio", "parameter" -> value, …}] sets how the sound is prepared.

    Details: A sound is an Audio object, a File or the name of a file; matrices of numbers stay as they are. Of several
    channels the mean is taken; then the sound is resampled to "SampleRate", normalized, augmented, and cut or filled with
    silence to "TargetLength": All, a number of samples, or a time as a Quantity.
    "Normalization" -> "Max" makes the largest magnitude 1, {"Max", v} makes it v, {"RMS", v} makes v of the root of the
    mean square.
    "Augmentation" takes rules for changes that are made, in this order, each time something is encoded:
    "TimeShift" -> t (later by t seconds, or by Scaled[s] of the sound), "Convolution" -> an impulse response or
    {mix, response}, "Volume" -> factor, "Noise" -> amplitude of white noise, a sound that is repeated from a random place,
    or {amplitude, sound}. Each number may be {min, max} or a distribution, from which the session's random numbers draw.
    NetTrain encodes its examples once, before the first round; a function that generates batches has them encoded anew.

    Examples:
        >> sound = Audio[{0., 0.5, -1., 0.25}, SampleRate -> 16000]; NetEncoder["Audio"][sound]
        = {{0.}, {0.5}, {-1.}, {0.25}}
        >> NetEncoder["Audio"][Audio[{{1., 0.5}, {0., 0.}}, SampleRate -> 16000]]
        = {{0.5}, {0.25}}
        >> Dimensions /@ NetEncoder["Audio"][{sound, AudioGenerator["Sin", 0.01]}]
        = {{4, 1}, {160, 1}}
        >> file = Export[FileNameJoin[{CreateDirectory[], "x.wav"}], sound]; NetEncoder["Audio"][File[file]]
        = {{0.}, {0.5}, {-1.}, {0.25}}
        >> NetChain[{SequenceLastLayer[]}, "Input" -> NetEncoder["Audio"]][sound]
        = {0.25}
    Options: "SampleRate":
        >> Dimensions[NetEncoder[{"Audio", "SampleRate" -> 8000}][AudioGenerator["Sin", 0.5]]]
        = {4000, 1}
        >> Dimensions[NetEncoder[{"Audio", "SampleRate" -> Quantity[4, "Kilohertz"]}][AudioGenerator["Sin", 0.5]]]
        = {2000, 1}
    Options: "TargetLength":
        >> sound = Audio[{0.5, -1., 0.25}, SampleRate -> 16000]; NetEncoder[{"Audio", "TargetLength" -> 2}][sound]
        = {{0.5}, {-1.}}
        >> NetEncoder[{"Audio", "TargetLength" -> Quantity[0.25, "Milliseconds"]}][sound]
        = {{0.5}, {-1.}, {0.25}, {0.}}
    Options: "Normalization":
        >> sound = Audio[{0.125, -0.5}, SampleRate -> 16000]; NetEncoder[{"Audio", "Normalization" -> "Max"}][sound]
        = {{0.25}, {-1.}}
        >> NetEncoder[{"Audio", "Normalization" -> {"Max", 0.25}}][sound]
        = {{0.0625}, {-0.25}}
        >> NetEncoder[{"Audio", "Normalization" -> {"RMS", 1}}][Audio[{0.3, -0.4}, SampleRate -> 16000]]
        = {{0.848528}, {-1.13137}}
    Options: "Augmentation":
        >> sound = Audio[{0.5, -1., 0.25, 0.}, SampleRate -> 16000];
        >> NetEncoder[{"Audio", "Augmentation" -> {"Volume" -> 2, "TimeShift" -> Scaled[0.25]}}][sound]
        = {{0.}, {1.}, {-2.}, {0.5}}
        >> response = Audio[{1., 0.5}, SampleRate -> 16000]; encoder = NetEncoder[{"Audio", "Augmentation" -> {"Convolution" -> response}}];
        >> Round[encoder[sound], 0.01]
        = {{0.5}, {-0.75}, {-0.25}, {0.12}}
        >> hum = Audio[{0.1}, SampleRate -> 16000]; NetEncoder[{"Audio", "Augmentation" -> {"Noise" -> {2, hum}}}][sound]
        = {{0.7}, {-0.8}, {0.45}, {0.2}}
        >> encoder = NetEncoder[{"Audio", "Augmentation" -> {"Noise" -> {0, 0.1}, "Volume" -> NormalDistribution[1, 0.2]}}];
        >> draws = (SeedRandom[#]; NetChain[{Ramp}, "Input" -> encoder][sound]) & /@ {1, 1, 2}; Length[Union[draws]]
        = 2
    Possible issues:
        >> NetEncoder["Audio"][x]
        = $Failed
        message: NetEncoder::data
        >> NetEncoder["Audio"][File["no such file.wav"]]
        = $Failed
        message: NetEncoder::file
        >> NetEncoder[{"Audio", "TargetLength" -> 0}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"Audio", 8000}]
        = $Failed
        message: NetEncoder::args
    Source: https://reference.wolfram.com/language/ref/netencoder/Audio.html
    """
    return samples_of(settings, term)[:, None].astype(np.float32)


@encoder(
    "AudioSTFT",
    construct=partition_settings,
    port=lambda settings: Port((target_count(settings), settings["size"], 2)),
    accepts=is_sound,
    options=PARTITION_OPTIONS,
    parameters=given,
    resolve=with_opened_files,
)
def encode_fourier(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioSTFT"] gives the discrete Fourier transform of short partitions of a sound, n×size×2.
    NetEncoder[{"AudioSTFT", "parameter" -> value, …}] sets the partitions, and how the sound is prepared.

    Details: A sound is prepared as by "Audio". A partition has "WindowSize" samples (usually 25 ms, rounded up), begins
    "Offset" samples (usually a third of that) after the one before, and is multiplied by "WindowFunction" (usually
    HannWindow): the name of a window, None, or the list of its samples. Lengths are numbers of samples or times as a
    Quantity. Of a sound of m samples there are Max[1, Ceiling[(m - size)/offset] + 1] partitions; silence fills the last.
    "TargetLength" is All, a number of partitions, or a time as a Quantity. Row j is the sum over k of
    x[k] Exp[-2 Pi I j k/size], with j and k from 0; the last dimension has its real and imaginary part. The window,
    offset and factor of the transform are those of ShortTimeFourier and not otherwise documented.

    Examples:
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; Dimensions[NetEncoder["AudioSTFT"][sound]]
        = {11, 400, 2}
        >> encoder = NetEncoder[{"AudioSTFT", "SampleRate" -> 8, "WindowSize" -> 4, "WindowFunction" -> None}];
        >> encoder[Audio[{1., 2., 3., 4.}, SampleRate -> 8]]
        = {{{10., 0.}, {-2., 2.}, {-2., 0.}, {-2., -2.}}}
        >> NetExtract[NetEncoder["AudioSTFT"], {{"WindowSize"}, {"Offset"}}]
        = {400, 133}
    Options: "SampleRate":
        >> Dimensions[NetEncoder[{"AudioSTFT", "SampleRate" -> 8000}][AudioGenerator["Sin", 0.1]]]
        = {10, 200, 2}
    Options: "WindowSize":
        >> Dimensions[NetEncoder[{"AudioSTFT", "WindowSize" -> Quantity[50, "Milliseconds"]}][AudioGenerator["Sin", 0.1]]]
        = {4, 800, 2}
    Options: "Offset":
        >> Dimensions[NetEncoder[{"AudioSTFT", "Offset" -> 100}][AudioGenerator["Sin", 0.1]]]
        = {13, 400, 2}
    Options: "WindowFunction":
        >> sound = Audio[{1., 2., 3., 4.}, SampleRate -> 8]; specification = {"AudioSTFT", "SampleRate" -> 8, "WindowSize" -> 4};
        >> NetEncoder[Append[specification, "WindowFunction" -> {1, 0, 0, 0}]][sound]
        = {{{1., 0.}, {1., 0.}, {1., 0.}, {1., 0.}}}
        >> NetEncoder[Append[specification, "WindowFunction" -> DirichletWindow]][sound][[1, 1]]
        = {10., 0.}
    Options: "TargetLength":
        >> NetExtract[ElementwiseLayer[Ramp, "Input" -> NetEncoder[{"AudioSTFT", "TargetLength" -> 7}]], "Output"]
        = {7, 400, 2}
        >> Dimensions[NetEncoder[{"AudioSTFT", "TargetLength" -> Quantity[1, "Seconds"]}][AudioGenerator["Sin", 0.1]]]
        = {119, 400, 2}
    Options: "Normalization":
        >> encoder = NetEncoder[{"AudioSTFT", "SampleRate" -> 8, "WindowSize" -> 2, "WindowFunction" -> None, "Normalization" -> "Max"}];
        >> encoder[Audio[{0.25, 0.5}, SampleRate -> 8]]
        = {{{1.5, 0.}, {-0.5, 0.}}}
    Options: "Augmentation":
        >> encoder = NetEncoder[{"AudioSTFT", "SampleRate" -> 8, "WindowSize" -> 2, "WindowFunction" -> None, "Augmentation" -> {"Volume" -> 4}}];
        >> encoder[Audio[{0.25, 0.5}, SampleRate -> 8]]
        = {{{3., 0.}, {-1., 0.}}}
    Possible issues:
        >> NetEncoder[{"AudioSTFT", "WindowSize" -> 0}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"AudioSTFT", "Augmentation" -> {"VTLP" -> 1.1}}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder["AudioSTFT"][x]
        = $Failed
        message: NetEncoder::data
    Source: https://reference.wolfram.com/language/ref/netencoder/AudioSTFT.html and ref/ShortTimeFourier.html
    """
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
    resolve=with_opened_files,
)
def encode_spectrogram(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder["AudioSpectrogram"] gives the power of short partitions of a sound at each frequency, n×(size/2 + 1).
    NetEncoder[{"AudioSpectrogram", "parameter" -> value, …}] sets the partitions, and how the sound is prepared.

    Details: The parameters are those of "AudioSTFT", and so are the partitions. The power is the square of the magnitude
    of the Fourier transform, at its frequencies from 0 to half the sample rate.

    Examples:
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; Dimensions[NetEncoder["AudioSpectrogram"][sound]]
        = {11, 201}
        >> powers = First[NetEncoder["AudioSpectrogram"][sound]]; First[Ordering[powers, -1]] (* 440 Hz is 11 steps of 40 Hz *)
        = 12
        >> encoder = NetEncoder[{"AudioSpectrogram", "SampleRate" -> 8, "WindowSize" -> 4, "WindowFunction" -> None}];
        >> encoder[Audio[{1., 2., 3., 4.}, SampleRate -> 8]]
        = {{100., 8., 4.}}
    Options: "SampleRate":
        >> Dimensions[NetEncoder[{"AudioSpectrogram", "SampleRate" -> 8000}][AudioGenerator["Sin", 0.1]]]
        = {10, 101}
    Options: "WindowSize":
        >> Dimensions[NetEncoder[{"AudioSpectrogram", "WindowSize" -> 512}][AudioGenerator["Sin", 0.1]]]
        = {8, 257}
    Options: "Offset":
        >> Dimensions[NetEncoder[{"AudioSpectrogram", "Offset" -> Quantity[10, "Milliseconds"]}][AudioGenerator["Sin", 0.1]]]
        = {9, 201}
    Options: "WindowFunction":
        >> encoder = NetEncoder[{"AudioSpectrogram", "SampleRate" -> 8, "WindowSize" -> 3, "WindowFunction" -> "BartlettWindow"}];
        >> encoder[Audio[{1., 2., 3.}, SampleRate -> 8]]
        = {{4., 4.}}
    Options: "TargetLength":
        >> Dimensions[NetEncoder[{"AudioSpectrogram", "TargetLength" -> 5}][{AudioGenerator["Sin", 0.1], AudioGenerator["Sin", 0.01]}]]
        = {2, 5, 201}
    Options: "Normalization":
        >> sound = AudioGenerator["Sin", 0.1, SampleRate -> 16000]; encoder = NetEncoder[{"AudioSpectrogram", "Normalization" -> {"Max", 0.5}}];
        >> Chop[Max[encoder[sound]/NetEncoder["AudioSpectrogram"][sound] - 0.25], 10^-4]
        = 0
    Options: "Augmentation":
        >> encoder = NetEncoder[{"AudioSpectrogram", "SampleRate" -> 8, "WindowSize" -> 2, "WindowFunction" -> None,
        "Augmentation" -> {"Volume" -> 2}}];
        >> encoder[Audio[{0.25, 0.5}, SampleRate -> 8]]
        = {{2.25, 0.25}}
    Possible issues:
        >> NetEncoder[{"AudioSpectrogram", "WindowFunction" -> {1, 2}}]
        = $Failed
        message: NetEncoder::option
        >> NetEncoder[{"AudioSpectrogram", "Normalization" -> "Loudness"}]
        = $Failed
        message: NetEncoder::option
    Source: https://www.wolfram.com/language/12/machine-learning-for-audio/net-encoders-for-audio.html
    """
    return np.square(magnitudes_of(settings, term)).astype(np.float32)


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
