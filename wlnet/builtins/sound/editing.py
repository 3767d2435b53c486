"""Sounds cut, joined, normalized and taken at another rate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wlnet.builtins.sound.audio import NO_AUDIO, NO_RATE, audio_in, rate_in
from wlnet.kernel import Kernel, Message, builtin
from wlnet.sounds.quantities import TIMES, amount_or_number, real_of
from wlnet.sounds.signals import normalized, resampled
from wlnet.terms import FAILED, Audio, Expression, S, Term, elements, is_head, is_list


@builtin("AudioResample", category="Sound", messages={"audio": NO_AUDIO, "rate": NO_RATE})
def audio_resample(kernel: Kernel, sound: Term, rate: Term) -> Term:
    """AudioResample[audio, rate] gives the sound with another number of samples per second.

    Details: What is too high for the new rate is filtered out first (scipy.signal.resample_poly).

    Examples:
        >> sound = AudioResample[AudioGenerator["Sin", 1, SampleRate -> 8000], 16000];
        >> {AudioLength[sound], AudioSampleRate[sound]}
        = {16000, Quantity[16000, "Hertz"]}
    Possible issues:
        >> AudioResample[Audio[{0., 1.}], 0]
        = $Failed
        message: AudioResample::rate
        >> AudioResample[1, 8000]
        = $Failed
        message: AudioResample::audio
    """
    audio, wanted = audio_in(sound), rate_in(rate)
    return audio.with_reals(resampled(audio.reals(), audio.rate, wanted), wanted)


@builtin(
    "AudioNormalize", category="Sound",
    messages={"audio": NO_AUDIO, "measure": '`1` is not "Max", "RMS", {"Max", v} or {"RMS", v} with a positive v.'},
)  # fmt: skip
def audio_normalize(kernel: Kernel, sound: Term, measure: Term = "Max") -> Term:
    """AudioNormalize[audio] makes the largest magnitude of all samples 1.
    AudioNormalize[audio, {"Max", v}] makes it v, AudioNormalize[audio, {"RMS", v}] the root of their mean square.

    Details: Silence stays silence.

    Examples:
        >> AudioData[AudioNormalize[Audio[{0., 0.25, -0.5}]]]
        = {{0., 0.5, -1.}}
        >> AudioData[AudioNormalize[Audio[{0.6, 0.8}], {"RMS", 0.5}]]
        = {{0.424264, 0.565685}}
    Possible issues:
        >> AudioNormalize[Audio[{0., 1.}], "Loudness"]
        = $Failed
        message: AudioNormalize::measure
        >> AudioNormalize[1]
        = $Failed
        message: AudioNormalize::audio
    """
    audio = audio_in(sound)
    name, value = elements(measure) if is_list(measure) and len(elements(measure)) == 2 else (measure, 1)
    level = real_of(value)
    if type(name) is not str or name not in ("Max", "RMS") or level is None or level <= 0:
        raise Message("measure", measure, result=FAILED)
    return audio.with_reals(normalized(audio.reals(), name, level))


@builtin(
    "AudioTrim", category="Sound",
    messages={"audio": NO_AUDIO, "times": "`1` is not a time in the sound `2`, nor a list {t1, t2} of two that leave some."},
)  # fmt: skip
def audio_trim(kernel: Kernel, sound: Term, part: Term = None) -> Term:
    """AudioTrim[audio] leaves out silence (samples that are exactly 0) at the beginning and the end.
    AudioTrim[audio, t] gives the first t seconds, AudioTrim[audio, -t] the last.
    AudioTrim[audio, {t1, t2}] gives what is between two times.

    Details: A time is a number of seconds or a Quantity. Silence only is left as it is.

    Examples:
        >> sound = Audio[{0., 0.5, 0.25, 1., 0.}, SampleRate -> 2]; AudioData[AudioTrim[sound]]
        = {{0.5, 0.25, 1.}}
        >> AudioData /@ {AudioTrim[sound, 1], AudioTrim[sound, -1], AudioTrim[sound, {0.5, Quantity[1500, "Milliseconds"]}]}
        = {{{0., 0.5}}, {{1., 0.}}, {{0.5, 0.25}}}
    Possible issues:
        >> AudioTrim[Audio[{0., 1.}], {2, 1}]
        = $Failed
        message: AudioTrim::times
        >> AudioTrim[1]
        = $Failed
        message: AudioTrim::audio
    """
    audio = audio_in(sound)
    if part is None:
        loud = np.flatnonzero(audio.samples.any(axis=0))
        start, end = (loud[0], loud[-1] + 1) if len(loud) else (0, audio.length)
    else:
        start, end = ends_of(audio, part)
    if not 0 <= start < end <= audio.length:
        raise Message("times", part, audio, result=FAILED)
    return Audio(audio.samples[:, start:end], audio.rate)


def ends_of(audio: Audio, part: Term) -> tuple[int, int]:
    """Gives the places of the first sample and of that after the last; (0, 0) for what says none."""
    times = [amount_or_number(item, TIMES) for item in (elements(part) if is_list(part) else (part,))]
    if None in times or not 1 <= len(times) <= 2:
        return 0, 0
    # Times may be off by less than a sample, or far out of range.
    places = [round(min(max(time * audio.rate, -audio.length), audio.length + 1)) for time in times if time is not None]
    if len(places) == 2:
        return places[0], places[1]
    return (0, places[0]) if places[0] >= 0 else (audio.length + places[0], audio.length)


@builtin(
    "AudioJoin", category="Sound",
    messages={"audio": NO_AUDIO, "unlike": "The sounds have different `1`: `2`. `3` makes them agree."},
)  # fmt: skip
def audio_join(kernel: Kernel, *sounds: Term) -> Term:
    """AudioJoin[audio1, audio2, …] gives the sounds one after the other.
    AudioJoin[{audio1, audio2, …}] joins those of a list.

    Details: All need the same sample rate and number of channels. The type of samples is that of the first.

    Examples:
        >> AudioData[AudioJoin[Audio[{0., 0.5}], Audio[{1.}]]]
        = {{0., 0.5, 1.}}
    Possible issues:
        >> AudioJoin[Audio[{0., 0.5}], Audio[{1.}, SampleRate -> 8000]]
        = $Failed
        message: AudioJoin::unlike
        >> AudioJoin[Audio[{0., 0.5}], 2]
        = $Failed
        message: AudioJoin::audio
    """
    given: Sequence[Term] = sounds
    if len(sounds) == 1 and is_head(sounds[0], S.List):
        given = sounds[0].args
    parts = [audio_in(sound) for sound in given]
    if not parts:
        raise Message("audio", Expression(S.List, ()), result=FAILED)
    for name, values, cure in (
        ("sample rates", {part.rate for part in parts}, "AudioResample"),
        ("numbers of channels", {part.channels for part in parts}, "AudioChannelMix"),
    ):
        if len(values) > 1:
            raise Message("unlike", name, ", ".join(map(str, sorted(values))), cure, result=FAILED)
    return parts[0].with_reals(np.concatenate([part.reals() for part in parts], axis=1))


#: Name of a mix → how many channels it has.
MIXES = {"Mono": 1, "Stereo": 2}


@builtin(
    "AudioChannelMix", category="Sound", messages={"audio": NO_AUDIO, "mix": '`1` is neither "Mono" nor "Stereo".'}
)
def audio_channel_mix(kernel: Kernel, sound: Term, mix: Term = "Stereo") -> Term:
    """AudioChannelMix[audio, "Mono"] gives one channel, the mean of all.
    AudioChannelMix[audio] and AudioChannelMix[audio, "Stereo"] give two, each of which is that mean; a sound that has two
    stays as it is.

    Examples:
        >> AudioData[AudioChannelMix[Audio[{{0., 1.}, {0.5, 0.}}], "Mono"]]
        = {{0.25, 0.5}}
        >> AudioChannels[AudioChannelMix[Audio[{0., 1.}]]]
        = 2
    Possible issues:
        >> AudioChannelMix[Audio[{0., 1.}], "Surround"]
        = $Failed
        message: AudioChannelMix::mix
        >> AudioChannelMix[1]
        = $Failed
        message: AudioChannelMix::audio
    """
    audio = audio_in(sound)
    count = MIXES.get(mix) if type(mix) is str else None
    if count is None:
        raise Message("mix", mix, result=FAILED)
    if count == audio.channels:
        return audio
    return audio.with_reals(np.repeat(audio.reals().mean(axis=0, keepdims=True), count, axis=0))
