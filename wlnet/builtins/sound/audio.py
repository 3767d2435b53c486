"""Audio objects, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.evaluation.help import INFORMATION
from wlnet.builtins.numbers.numerical import is_array, machine_array
from wlnet.errors import FormatError
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.sounds.files import read_file
from wlnet.sounds.quantities import HIGHEST_RATE, rate_of
from wlnet.terms import FAILED, Association, Audio, NumericArray, S, Term, expression, pack, truth
from wlnet.terms.audio import AUDIO_TYPES, stored
from wlnet.terms.paths import path_of

USUAL_RATE = 44100
NO_AUDIO = "`1` is not an Audio object; Audio[data] and Import make one."
NO_RATE = f'The sample rate `1` is not a number from 1 to {HIGHEST_RATE} or Quantity[n, "Hertz"].'
NO_TYPE = f"`1` is not a type of samples. Types: {', '.join(AUDIO_TYPES)}."


def audio_in(term: Term) -> Audio:
    """Gives the sound that an argument is; raises the message `audio` for anything else."""
    if type(term) is not Audio:
        raise Message("audio", term, result=FAILED)
    return term


def rate_in(term: Term) -> float:
    """Gives the sample rate that an option says; raises the message `rate`."""
    found = USUAL_RATE if term is S.Automatic else rate_of(term)
    if found is None:
        raise Message("rate", term, result=FAILED)
    return found


def type_in(term: Term) -> str:
    """Gives the type of samples that an argument names, the usual one for none; raises the message `type`."""
    if term is None or term is S.Automatic:
        return "Real32"
    if type(term) is not str or term not in AUDIO_TYPES:
        raise Message("type", term, result=FAILED)
    return term


@builtin(
    "Audio", category="Sound",
    options={"SampleRate": S.Automatic},
    messages={
        "data": "`1` is neither a list of samples, nor a list of equally long channels, nor the name of a sound file.",
        "file": "`1`",
        "rate": NO_RATE,
        "type": NO_TYPE,
    },
)  # fmt: skip
def audio(kernel: Kernel, data: Term, kind: Term = None, *, options: dict[str, Term]) -> Term:
    """Audio[{x1, x2, …}] is a sound of one channel with these samples, usually from -1 to 1.
    Audio[{channel1, channel2, …}] is a sound of several channels.
    Audio["file"] and Audio[File["file"]] are the sound of a file.
    Audio[data, "type"] stores the samples as "Real32" (the usual), "Real64", "SignedInteger8", "SignedInteger16" or
    "SignedInteger32", rounded and clipped where that is one of integers.

    Details: A file is read at once. WAV files always work, all others (FLAC, OGG, MP3, AIFF, AU) where the package
    soundfile is installed: pip install wlnet[sound]. Audio is an atom: `_Audio` matches it, SameQ compares samples, type
    and sample rate.

    Examples:
        >> Audio[{0., 0.5, -0.5, 0.}, SampleRate -> 8000]
        printed: Audio[0.0005 s, 8000 Hz, 1 channel]
        >> sound = Audio[{{0., 0.25}, {0.5, 1.}}]; {AudioChannels[sound], AudioLength[sound], AudioData[sound]}
        = {2, 2, {{0., 0.25}, {0.5, 1.}}}
        >> MatchQ[sound, _Audio] && ToExpression[ToString[sound, InputForm]] === sound
        = True
        >> AudioData[Audio[{0, 16384, 40000}, "SignedInteger16"]]
        = {{0., 0.5, 0.999969}}
        >> file = FileNameJoin[{CreateDirectory[], "x.wav"}]; Export[file, sound]; Audio[File[file]] === sound
        = True
    Options: SampleRate:
        >> AudioSampleRate[Audio[{0., 1.}, SampleRate -> Quantity[16, "Kilohertz"]]]
        = Quantity[16000, "Hertz"]
    Possible issues:
        >> Audio[{{1., 2.}, {3.}}]
        = $Failed
        message: Audio::data
        >> Audio["no such file.wav"]
        = $Failed
        message: Audio::file
        >> Audio[{1.}, SampleRate -> 0]
        = $Failed
        message: Audio::rate
        >> Audio[{1.}, "Real7"]
        = $Failed
        message: Audio::type
    Source: https://reference.wolfram.com/language/ref/Audio.html
    """
    rate, name = rate_in(options["SampleRate"]), type_in(kind)
    path = path_of(data)
    if path is not None:
        try:
            return read_file(path)
        except FormatError as error:
            raise Message("file", str(error), result=FAILED) from None
    samples = data.array if type(data) is NumericArray else machine_array(kernel, data) if is_array(data) else None
    if samples is None or not 1 <= samples.ndim <= 2 or not samples.size or samples.dtype.kind not in "iuf":
        raise Message("data", data, result=FAILED)
    if not np.isfinite(samples).all():
        raise Message("data", data, result=FAILED)
    return Audio(stored(samples[None] if samples.ndim == 1 else samples, name), rate)


@builtin("AudioQ", category="Sound")
def audio_q(kernel: Kernel, x: Term) -> Term:
    """AudioQ[x] gives True if x is an Audio object.

    Examples:
        >> {AudioQ[Audio[{0., 1.}]], AudioQ[{0., 1.}]}
        = {True, False}
    """
    return truth(type(x) is Audio)


def seconds_term(seconds: float) -> Term:
    return expression("Quantity", int(seconds) if seconds == int(seconds) else seconds, "Seconds")


#: Property → function(sound): what `Information[sound, "property"]` gives.
PROPERTIES: dict[str, Callable[[Audio], Term]] = {
    "AudioChannels": lambda audio: audio.channels,
    "AudioLength": lambda audio: audio.length,
    "AudioSampleRate": lambda audio: expression("Quantity", audio.rate, "Hertz"),
    "AudioType": lambda audio: audio.type_name,
    "Duration": lambda audio: seconds_term(audio.seconds),
}


def audio_information(kernel: Kernel, term: Term, wanted: Term | None) -> Term | None:
    if wanted is None:
        return Association((name, give(term)) for name, give in PROPERTIES.items())
    give = PROPERTIES.get(wanted) if type(wanted) is str else None
    return None if give is None else give(term)


INFORMATION[Audio] = audio_information
NORMALIZERS[Audio] = lambda kernel, term: pack(term.reals())


@builtin("AudioChannels", category="Sound", messages={"audio": NO_AUDIO})
def audio_channels(kernel: Kernel, sound: Term) -> Term:
    """AudioChannels[audio] gives the number of channels.

    Examples:
        >> AudioChannels[Audio[{{0., 1.}, {1., 0.}}]]
        = 2
    Possible issues:
        >> AudioChannels[1]
        = $Failed
        message: AudioChannels::audio
    """
    return PROPERTIES["AudioChannels"](audio_in(sound))


@builtin("AudioLength", category="Sound", messages={"audio": NO_AUDIO})
def audio_length(kernel: Kernel, sound: Term) -> Term:
    """AudioLength[audio] gives the number of samples of a channel.

    Examples:
        >> AudioLength[AudioGenerator["Sin", 2, SampleRate -> 8000]]
        = 16000
    Possible issues:
        >> AudioLength[1]
        = $Failed
        message: AudioLength::audio
    """
    return PROPERTIES["AudioLength"](audio_in(sound))


@builtin("AudioSampleRate", category="Sound", messages={"audio": NO_AUDIO})
def audio_sample_rate(kernel: Kernel, sound: Term) -> Term:
    """AudioSampleRate[audio] gives the number of samples per second.

    Examples:
        >> AudioSampleRate[Audio[{0., 1.}]]
        = Quantity[44100, "Hertz"]
    Possible issues:
        >> AudioSampleRate[1]
        = $Failed
        message: AudioSampleRate::audio
    """
    return PROPERTIES["AudioSampleRate"](audio_in(sound))


@builtin("AudioType", category="Sound", messages={"audio": NO_AUDIO})
def audio_type(kernel: Kernel, sound: Term) -> Term:
    """AudioType[audio] gives the type of the samples.

    Examples:
        >> {AudioType[Audio[{0., 1.}]], AudioType[Audio[{0, 1}, "SignedInteger16"]]}
        = {"Real32", "SignedInteger16"}
    Possible issues:
        >> AudioType[1]
        = $Failed
        message: AudioType::audio
    """
    return PROPERTIES["AudioType"](audio_in(sound))


@builtin("Duration", category="Sound", messages={"audio": NO_AUDIO})
def duration(kernel: Kernel, sound: Term) -> Term:
    """Duration[audio] gives the time that a sound takes.

    Examples:
        >> Duration[Audio[{0., 1., 0., -1.}, SampleRate -> 8]]
        = Quantity[0.5, "Seconds"]
    Possible issues:
        >> Duration[1]
        = $Failed
        message: Duration::audio
    """
    return PROPERTIES["Duration"](audio_in(sound))


@builtin("AudioData", category="Sound", messages={"audio": NO_AUDIO, "type": NO_TYPE})
def audio_data(kernel: Kernel, sound: Term, kind: Term = None) -> Term:
    """AudioData[audio] gives the list of the channels, each a list of real samples from -1 to 1.
    AudioData[audio, "type"] gives them as that type stores them.

    Examples:
        >> AudioData[Audio[{0., 0.5}]]
        = {{0., 0.5}}
        >> AudioData[Audio[{0., 0.5}], "SignedInteger16"]
        = {{0, 16384}}
    Possible issues:
        >> AudioData[1]
        = $Failed
        message: AudioData::audio
        >> AudioData[Audio[{0., 0.5}], "Real7"]
        = $Failed
        message: AudioData::type
    """
    values = audio_in(sound).reals()
    return pack(values if kind is None else converted(values, type_in(kind)))


def converted(values: np.ndarray, name: str) -> np.ndarray:
    """Gives reals from -1 to 1 as a type of samples stores them."""
    silence = Audio(np.zeros((1, 1), AUDIO_TYPES[name]), USUAL_RATE)
    return silence.with_reals(values).samples


@constant("SampleRate", category="Sound")
def sample_rate() -> None:
    """SampleRate is an option for the number of samples per second.

    Examples:
        >> AudioSampleRate[Audio[{0.}, SampleRate -> 8000]]
        = Quantity[8000, "Hertz"]
    """
