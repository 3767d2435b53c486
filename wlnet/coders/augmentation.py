"""Random changes to a sound, such as noise and shifts, so that a net learns from more than what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wlnet.coders.quantities import TIMES, amount_or_number
from wlnet.coders.signals import resampled
from wlnet.coders.sound_files import file_of, read_file
from wlnet.errors import FormatError, NetError
from wlnet.terms import NONE, Association, Audio, Expression, S, Symbol, Term, elements, is_head, is_list

#: draw(generator) gives a number.
Draw = Callable[[np.random.Generator], float]
#: step(samples, generator) gives samples, as many as there were.
Step = Callable[[np.ndarray, np.random.Generator], np.ndarray]

#: Distribution → (how many numbers it has, generator and these → a random number).
DISTRIBUTIONS: dict[str, tuple[int, Callable[..., float]]] = {
    "UniformDistribution": (2, lambda g, low, high: g.uniform(low, high)),
    "NormalDistribution": (2, lambda g, mean, deviation: g.normal(mean, deviation)),
    "LogNormalDistribution": (2, lambda g, mean, deviation: g.lognormal(mean, deviation)),
    "LaplaceDistribution": (2, lambda g, mean, scale: g.laplace(mean, scale)),
    "ExponentialDistribution": (1, lambda g, rate: g.exponential(1 / rate)),
}
NUMBERS = "a number, {min, max} or one of " + ", ".join(DISTRIBUTIONS)
SIGNAL = "an Audio object or a file"


def draw_from(term: Term, units: Mapping[str, float] | None = None) -> Draw | None:
    """Gives what draws from a number (drawn as it is), {min, max} or a distribution; None for anything else."""
    number = amount_or_number(term, units or {})
    if number is not None:
        return lambda generator: number
    name = term.head.name if type(term) is Expression and type(term.head) is Symbol else ""
    if is_list(term):
        name, given = "UniformDistribution", elements(term)
    elif name in DISTRIBUTIONS:
        given = elements(term.args[0]) if len(term.args) == 1 and is_list(term.args[0]) else term.args
    else:
        return None
    numbers = [amount_or_number(item, units or {}) for item in given]
    count, function = DISTRIBUTIONS[name]
    if len(numbers) != count or None in numbers or not is_valid(name, numbers):
        return None
    return lambda generator: float(function(generator, *numbers))


def is_valid(name: str, numbers: list[Any]) -> bool:
    return numbers[0] <= numbers[1] if name == "UniformDistribution" else numbers[-1] > 0


def signal_from(term: Term, rate: float) -> np.ndarray | None:
    """Gives the samples of a sound or sound file at this rate, its channels made one; None for anything else."""
    if type(term) is not Audio:
        path = file_of(term)
        if path is None:
            return None
        try:
            term = read_file(path)
        except FormatError as error:
            raise NetError(str(error), tag="file", kind="NetEncoder") from None
    return resampled(term.reals().mean(axis=0), term.rate, rate)


def convolution_from(term: Term, rate: float) -> Step | None:
    mix, given = elements(term) if is_list(term) and len(elements(term)) == 2 else (1, term)
    share, signal = draw_from(mix), signal_from(given, rate)
    if share is None or signal is None:
        return None

    def convolve(samples: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        from scipy.signal import fftconvolve

        part = share(generator)
        return (1 - part) * samples + part * fftconvolve(samples, signal)[: len(samples)]

    return convolve


def noise_from(term: Term, rate: float) -> Step | None:
    amplitude, given = draw_from(term), None
    if amplitude is None:
        level, given = elements(term) if is_list(term) and len(elements(term)) == 2 else (1, term)
        amplitude = draw_from(level)
    signal = None if given is None else signal_from(given, rate)
    if amplitude is None or (given is not None and signal is None):
        return None

    def add(samples: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        if signal is None:
            noise = generator.uniform(-1, 1, len(samples))
        else:
            start = generator.integers(len(signal))
            noise = np.resize(np.roll(signal, -start), len(samples))
        return samples + amplitude(generator) * noise

    return add


def shift_from(term: Term, rate: float) -> Step | None:
    is_share = is_head(term, S.Scaled, 1)
    amount = draw_from(term.args[0] if is_share else term, TIMES)
    if amount is None:
        return None

    def shift(samples: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        size = len(samples)
        places = amount(generator) * (size if is_share else rate)
        places = round(min(max(places, -size), size))
        made = np.zeros_like(samples)
        made[max(places, 0) : size + min(places, 0)] = samples[max(-places, 0) : size - max(places, 0)]
        return made

    return shift


def volume_from(term: Term, rate: float) -> Step | None:
    factor = draw_from(term)
    return None if factor is None else lambda samples, generator: factor(generator) * samples


#: Key of "Augmentation" → (function(term, rate) → step or None, what it takes), in the order in which they are done: the
#: sound is shifted, sounds in a room, is made louder or softer, and noise comes on top.
STEPS: dict[str, tuple[Callable[[Term, float], Step | None], str]] = {
    "TimeShift": (shift_from, f"seconds or Scaled[…], each {NUMBERS}"),
    "Convolution": (convolution_from, f"{SIGNAL}, or {{mix, signal}} with a mix that is {NUMBERS}"),
    "Volume": (volume_from, NUMBERS),
    "Noise": (noise_from, f"an amplitude, {SIGNAL}, or {{amplitude, signal}}; an amplitude is {NUMBERS}"),
}
WARP = "VTLP"


def augmentation_from(term: Term, rate: float) -> tuple[tuple[Step, ...], Draw | None]:
    """Gives the steps that change samples at this rate, and what draws the factor by which vocal tracts are shortened."""
    given = {} if term is NONE else named(pairs_of(term))
    steps = []
    for name, (step_from, wanted) in STEPS.items():
        value = given.get(name, NONE)
        step = None if value is NONE else step_from(value, rate)
        if step is not None:
            steps.append(step)
        elif value is not NONE:
            raise refused(f'"{name}" in "Augmentation" takes None, or {wanted}, but `1` came', value)
    value = given.get(WARP, NONE)
    warp = None if value is NONE else draw_from(value)
    if warp is None and value is not NONE:
        raise refused(f'"{WARP}" in "Augmentation" takes None, or a factor near 1: {NUMBERS}; but `1` came', value)
    return tuple(steps), warp


def pairs_of(term: Term) -> list[tuple[Term, Term]]:
    """Gives the pairs of an association, a rule or a list of rules."""
    if type(term) is Association:
        return list(term.items())
    rules = elements(term) if is_list(term) else (term,)
    if not all(is_head(item, S.Rule, 2) for item in rules):
        raise refused('"Augmentation" takes None or a list of rules such as {"Noise" -> 0.01}, but `1` came', term)
    return [(item.args[0], item.args[1]) for item in rules]


def named(pairs: list[tuple[Term, Term]]) -> dict[str, Term]:
    """Gives the values by their keys, each known."""
    given = {}
    for key, value in pairs:
        name = key.name if type(key) is Symbol else key
        if type(name) is not str or (name not in STEPS and name != WARP):
            known = ", ".join(f'"{name}"' for name in (*STEPS, WARP))
            raise refused(f'"Augmentation" takes rules for {known}, but `1` came', key)
        given[name] = value
    return given


def refused(text: str, term: Term) -> NetError:
    return NetError(text, tag="option", kind="NetEncoder", terms=(term,))
