"""What the parameters of the sound encoders say: rates, lengths, windows, filters. All raise NetError for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.augmentation import augmentation_from
from wlnet.coders.settings import unfit, word
from wlnet.errors import NetError
from wlnet.nets.dimensions import VARYING, Dimension
from wlnet.sounds.quantities import (
    HIGHEST_RATE,
    LARGEST_PARTITION,
    LONGEST,
    RATES,
    amount_or_number,
    length_of,
    rate_of,
    real_of,
)
from wlnet.sounds.signals import frame_count
from wlnet.sounds.windows import WINDOWS, window_samples
from wlnet.terms import NONE, S, Term, elements, is_list

Options = Mapping[str, Term]
Settings = dict[str, Any]

SOUND_OPTIONS: dict[str, Term] = {
    "Augmentation": NONE, "Normalization": NONE, "SampleRate": 16000, "TargetLength": S.All,
}  # fmt: skip
PARTITION_OPTIONS = SOUND_OPTIONS | dict.fromkeys(("WindowSize", "Offset", "WindowFunction"), S.Automatic)
MEL_OPTIONS = PARTITION_OPTIONS | {
    "MinimumFrequency": S.Automatic, "MaximumFrequency": S.Automatic, "NumberOfFilters": 40,
}  # fmt: skip
CEPSTRUM_OPTIONS = MEL_OPTIONS | {"NumberOfCoefficients": 13}


def sound_settings(arguments: Sequence[Term], options: Options) -> Settings:
    """Gives the settings that all sound encoders have; `given`: what has become of Automatic, for NetExtract."""
    if arguments:
        raise NetError(
            'a sound encoder takes parameters only, such as "SampleRate" -> 8000, but `1` came',
            tag="args", kind="NetEncoder", terms=(arguments[0],),
        )  # fmt: skip
    term = options.get("SampleRate", 16000)
    rate = rate_of(term)
    if rate is None:
        raise unfit("NetEncoder", "SampleRate", f'a number from 1 to {HIGHEST_RATE} or Quantity[n, "Hertz"]', term)
    augmentation, warp = augmentation_from(options.get("Augmentation", NONE), rate)
    return {
        "rate": rate,
        "normalization": normalization_from(options.get("Normalization", NONE)),
        "augmentation": augmentation,
        "warp": warp,
        "length": None,
        "given": {"SampleRate": int(rate) if rate == int(rate) else rate},
    }


def normalization_from(term: Term) -> tuple[str, float] | None:
    if term is NONE:
        return None
    measure, value = elements(term) if is_list(term) and len(elements(term)) == 2 else (term, 1)
    level = real_of(value)
    if type(measure) is not str or measure not in ("Max", "RMS") or level is None or level <= 0:
        raise unfit("NetEncoder", "Normalization", 'None, "Max", {"Max", v} or {"RMS", v} with a positive v', term)
    return measure, level


def waveform_settings(arguments: Sequence[Term], options: Options) -> Settings:
    """Gives the settings of an encoder of the samples themselves: "TargetLength" counts them."""
    settings = no_warp(sound_settings(arguments, options))
    term = options.get("TargetLength", S.All)
    if term is not S.All:
        settings["length"] = length_of(term, settings["rate"])
        if settings["length"] is None:
            raise unfit("NetEncoder", "TargetLength", "All, a number of samples or a time as a Quantity", term)
    return settings


def no_warp(settings: Settings) -> Settings:
    """Gives the settings, where they do not ask for what needs mel filters."""
    if settings["warp"] is not None:
        raise NetError(
            'the augmentation "VTLP" needs the filters of "AudioMelSpectrogram" or "AudioMFCC"',
            tag="option", kind="NetEncoder",
        )  # fmt: skip
    return settings


def partition_settings(arguments: Sequence[Term], options: Options) -> Settings:
    """Gives the settings of an encoder without mel filters that takes a sound in partitions."""
    return no_warp(partitions(arguments, options))


def partitions(arguments: Sequence[Term], options: Options) -> Settings:
    """Gives the settings of partitions: "TargetLength" counts them. Their usual size is 25 ms, and each begins a third
    of it after the last.
    """
    settings = sound_settings(arguments, options)
    rate = settings["rate"]
    size = partition_length("WindowSize", options, rate, -(-round(25 * rate) // 1000))
    offset = partition_length("Offset", options, rate, max(1, round(size / 3)))
    settings |= {
        "size": size,
        "offset": offset,
        "window": window_from(options.get("WindowFunction", S.Automatic), size),
    }
    settings["given"] |= {"WindowSize": size, "Offset": offset}
    target = options.get("TargetLength", S.All)
    if target is not S.All:
        whole = length_of(target, rate)
        settings["length"] = (whole - 1) * offset + size if whole is not None and type(target) is int else whole
        if whole is None or settings["length"] > LONGEST:
            raise unfit("NetEncoder", "TargetLength", "All, a number of partitions or a time as a Quantity", target)
    return settings


def partition_length(option: str, options: Options, rate: float, usual: int) -> int:
    term = options.get(option, S.Automatic)
    found = usual if term is S.Automatic else length_of(term, rate)
    if found is None or found > LARGEST_PARTITION:
        raise unfit(
            "NetEncoder", option, f"Automatic, or a time or number of samples, up to {LARGEST_PARTITION} of them", term
        )
    return found


def window_from(term: Term, size: int) -> np.ndarray:
    """Gives the samples of a window: that of a name such as HannWindow, none of None, or those of a list."""
    if term is S.Automatic:
        return window_samples("HannWindow", size)
    if term is NONE:
        return np.ones(size)
    name = word(term)
    if name in WINDOWS:
        return window_samples(name, size)
    values = [real_of(item) for item in elements(term)] if is_list(term) else []
    if len(values) != size or None in values:
        shown = ", ".join(WINDOWS)
        raise unfit(
            "NetEncoder", "WindowFunction", f"Automatic, None, a list of {size} numbers, or one of {shown}", term
        )
    return np.array(values)


def mel_settings(arguments: Sequence[Term], options: Options) -> Settings:
    """Gives the settings of an encoder with mel filters, from 0 to half the sample rate where nothing else is said."""
    settings = partitions(arguments, options)
    low = frequency("MinimumFrequency", options, 0.0)
    high = frequency("MaximumFrequency", options, settings["rate"] / 2)
    if not 0 <= low < high <= settings["rate"] / 2:
        raise NetError(
            f"the filters need frequencies 0 ≤ minimum < maximum ≤ {settings['rate'] / 2:g} hertz (half the sample rate), "
            f"but {low:g} and {high:g} came",
            tag="option", kind="NetEncoder",
        )  # fmt: skip
    filters = options.get("NumberOfFilters", 40)
    bins = settings["size"] // 2 + 1
    if type(filters) is not int or not 0 < filters < bins:
        raise unfit(
            "NetEncoder",
            "NumberOfFilters",
            f'a positive integer below {bins} ("WindowSize" is {settings["size"]})',
            filters,
        )
    settings["given"] |= {"MinimumFrequency": low, "MaximumFrequency": high, "NumberOfFilters": filters}
    return settings | {"low": low, "high": high, "filters": filters}


def frequency(option: str, options: Options, usual: float) -> float:
    term = options.get(option, S.Automatic)
    if term is S.Automatic:
        return usual
    found = amount_or_number(term, RATES)
    if found is None:
        raise unfit("NetEncoder", option, 'Automatic, a number of hertz or Quantity[n, "Hertz"]', term)
    return found


def cepstrum_settings(arguments: Sequence[Term], options: Options) -> Settings:
    settings = mel_settings(arguments, options)
    count = options.get("NumberOfCoefficients", 13)
    if type(count) is not int or not 0 < count <= settings["filters"]:
        raise unfit(
            "NetEncoder", "NumberOfCoefficients", f"a positive integer up to the {settings['filters']} filters", count
        )
    settings["given"]["NumberOfCoefficients"] = count
    return settings | {"coefficients": count}


def target_count(settings: Mapping[str, Any]) -> Dimension:
    """Gives the number of samples or partitions of every example, or VARYING."""
    length = settings["length"]
    if length is None or "size" not in settings:
        return VARYING if length is None else length
    return frame_count(length, settings["size"], settings["offset"])
