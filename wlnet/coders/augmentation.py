"""Random changes to a sound, such as noise and shifts, so that a net learns from more than what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from wlnet.coders.settings import word
from wlnet.errors import DataError, FormatError, NetError
from wlnet.sounds.files import read_file
from wlnet.sounds.quantities import TIMES, amount_or_number, real_of
from wlnet.sounds.signals import resampled
from wlnet.terms import NONE, Association, Audio, Expression, S, Symbol, Term, elements, is_head, is_list, list_of, rule
from wlnet.terms.paths import path_of


class Chance(NamedTuple):
    """Where random numbers come from: a generator, and what draws from a distribution (None where that fails)."""

    generator: np.random.Generator
    variate: Callable[[Term], float | None]


def chance_of(apply: Callable[[Term, tuple[Term, ...]], Term]) -> Chance:
    """Gives random numbers that depend on those of the session in which `apply` evaluates functions."""
    seed = apply(S.RandomInteger, (2**62,))
    generator = np.random.default_rng(seed if type(seed) is int else None)
    return Chance(generator, lambda distribution: real_of(apply(S.RandomVariate, (distribution,))))


Draw = Callable[[Chance], float]
"""draw(chance) gives a number."""
Step = Callable[[np.ndarray, Chance], np.ndarray]
"""step(samples, chance) gives samples, as many as there were."""

NUMBERS = "a number, {min, max} or a distribution"
SIGNAL = "an Audio object or a file"


def draw_from(term: Term, units: Mapping[str, float] | None = None) -> Draw | None:
    """Gives what draws a number (as it is), from {min, max} or from a distribution; None for anything else."""
    number = amount_or_number(term, units or {})
    if number is not None:
        return lambda chance: number
    if is_list(term):
        ends = [end for item in elements(term) if (end := amount_or_number(item, units or {})) is not None]
        if not len(ends) == len(elements(term)) == 2 or ends[0] > ends[1]:
            return None
        low, high = ends
        return lambda chance: float(chance.generator.uniform(low, high))
    return (lambda chance: variate(chance, term)) if is_distribution(term) else None


def is_distribution(term: Term) -> bool:
    return type(term) is Expression and type(term.head) is Symbol and term.head.name.endswith("Distribution")


def variate(chance: Chance, distribution: Term) -> float:
    value = chance.variate(distribution)
    if value is None:
        raise DataError(
            '`1` in "Augmentation" gives no random numbers', tag="data", kind="NetEncoder", terms=(distribution,)
        )
    return value


def opened(term: Term) -> Term:
    """Gives the sound of a file, and anything else as it is; raises NetError."""
    path = path_of(term)
    if path is None:
        return term
    try:
        return read_file(path)
    except FormatError as error:
        raise NetError(str(error), tag="file", kind="NetEncoder") from None


def signal_from(term: Term, rate: float) -> np.ndarray | None:
    """Gives the samples of a sound or sound file at this rate, its channels made one; None for anything else."""
    sound = opened(term)
    return resampled(sound.reals().mean(axis=0), sound.rate, rate) if type(sound) is Audio else None


def convolution_from(term: Term, rate: float) -> Step | None:
    mix, given = elements(term) if is_list(term) and len(elements(term)) == 2 else (1, term)
    share, signal = draw_from(mix), signal_from(given, rate)
    if share is None or signal is None:
        return None

    def convolve(samples: np.ndarray, chance: Chance) -> np.ndarray:
        from scipy.signal import fftconvolve

        part = share(chance)
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

    def add(samples: np.ndarray, chance: Chance) -> np.ndarray:
        if signal is None:
            noise = chance.generator.uniform(-1, 1, len(samples))
        else:
            start = chance.generator.integers(len(signal))
            noise = np.resize(np.roll(signal, -start), len(samples))
        return samples + amplitude(chance) * noise

    return add


def shift_from(term: Term, rate: float) -> Step | None:
    is_share = is_head(term, S.Scaled, 1)
    amount = draw_from(term.args[0] if is_share else term, TIMES)
    if amount is None:
        return None

    def shift(samples: np.ndarray, chance: Chance) -> np.ndarray:
        size = len(samples)
        places = amount(chance) * (size if is_share else rate)
        places = round(min(max(places, -size), size))
        made = np.zeros_like(samples)
        made[max(places, 0) : size + min(places, 0)] = samples[max(-places, 0) : size - max(places, 0)]
        return made

    return shift


def volume_from(term: Term, rate: float) -> Step | None:
    factor = draw_from(term)
    return None if factor is None else lambda samples, chance: factor(chance) * samples


#: Key of "Augmentation" → (function(term, rate) → step or None, what it takes), in the order in which they are done: the
#: sound is shifted, sounds in a room, is made louder or softer, and noise comes on top.
STEPS: dict[str, tuple[Callable[[Term, float], Step | None], str]] = {
    "TimeShift": (shift_from, f"seconds or Scaled[…], each {NUMBERS}"),
    "Convolution": (convolution_from, f"{SIGNAL}, or {{mix, signal}} with a mix that is {NUMBERS}"),
    "Volume": (volume_from, NUMBERS),
    "Noise": (noise_from, f"an amplitude, {SIGNAL}, or {{amplitude, signal}}; an amplitude is {NUMBERS}"),
}
WITH_SOUNDS = ("Convolution", "Noise")
WARP = "VTLP"


def with_opened_files(
    arguments: Sequence[Term], options: Mapping[str, Term]
) -> tuple[Sequence[Term], Mapping[str, Term]]:
    """Gives arguments and options with the sounds in the place of their files, where "Augmentation" names some."""
    given = options.get("Augmentation", NONE)
    pairs = [] if given is NONE else pairs_of(given)
    sounds = [value for key, value in pairs if word(key) in WITH_SOUNDS]
    if not any(path_of(item) for value in sounds for item in (*elements(value), value)):
        return arguments, options
    rules = (rule(key, opened_inside(value) if word(key) in WITH_SOUNDS else value) for key, value in pairs)
    return [*arguments], {**options, "Augmentation": list_of(*rules)}


def opened_inside(value: Term) -> Term:
    return list_of(*map(opened, elements(value))) if is_list(value) else opened(value)


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
        name = word(key)
        if name is None or (name not in STEPS and name != WARP):
            known = ", ".join(f'"{name}"' for name in (*STEPS, WARP))
            raise refused(f'"Augmentation" takes rules for {known}, but `1` came', key)
        given[name] = value
    return given


def refused(text: str, term: Term) -> NetError:
    return NetError(text, tag="option", kind="NetEncoder", terms=(term,))
