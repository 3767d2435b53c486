"""Sounds that are made: waves, noise, functions of time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet.builtins.numbers.numerical import machine_array, machine_real
from wlnet.builtins.sound.audio import NO_RATE, NO_TYPE, converted, rate_in, type_in
from wlnet.kernel import Kernel, Message, builtin
from wlnet.sounds.quantities import LONGEST, RATES, amount_of, length_of
from wlnet.terms import FAILED, Audio, Expression, S, Symbol, Term, elements, is_head, is_list, pack


def part_of_turn(turns: np.ndarray) -> np.ndarray:
    return turns - np.floor(turns)


#: Wave → function of the number of turns (and, for "Pulse", the part of one that is high) from -1 to 1.
WAVES: dict[str, Callable[..., np.ndarray]] = {
    "Sin": lambda turns: np.sin(2 * np.pi * turns),
    "Triangle": lambda turns: 1 - 4 * np.abs(part_of_turn(turns + 0.25) - 0.5),
    "Sawtooth": lambda turns: 2 * part_of_turn(turns + 0.5) - 1,
    "Square": lambda turns: np.where(part_of_turn(turns) < 0.5, 1.0, -1.0),
    "Pulse": lambda turns, width=0.25: np.where(part_of_turn(turns) < width, 1.0, -1.0),
}
#: Noise → the power of the frequency by which its power falls.
NOISES = {"White": 0, "Pink": 1, "Brown": 2, "Blue": -1}


def noise(generator: np.random.Generator, count: int, power: int) -> np.ndarray:
    """Gives noise from -1 to 1 whose power at a frequency f goes with f^-power."""
    if power == 0:
        return generator.uniform(-1, 1, count)
    spectrum = np.fft.rfft(generator.standard_normal(count))
    spectrum[1:] *= np.arange(1, len(spectrum)) ** (-power / 2)
    spectrum[0] = 0
    made = np.fft.irfft(spectrum, count) if count > 1 else np.zeros(count)
    return made / max(np.abs(made).max(), 1e-300)


@builtin(
    "AudioGenerator", category="Sound",
    options={"SampleRate": S.Automatic},
    messages={
        "model": f'`1` is not "Silence", a wave ({", ".join(WAVES)}) as "wave" or {{"wave", frequency, phase}}, a noise '
        f'({", ".join(NOISES)}), or a function of time in seconds.',
        "function": "`1` does not give a real number for each of the times (a list) that it is called with.",
        "time": f'`1` is not a positive time in seconds, a time as a Quantity or Quantity[n, "Samples"], up to {LONGEST} samples.',
        "rate": NO_RATE,
        "type": NO_TYPE,
    },
)  # fmt: skip
def audio_generator(
    kernel: Kernel, model: Term, time: Term = 1, kind: Term = None, *, options: dict[str, Term]
) -> Term | None:
    """AudioGenerator["wave"] gives one second of a wave of 440 hertz: "Sin", "Triangle", "Sawtooth", "Square", "Pulse".
    AudioGenerator[{"wave", f, phase}, t] gives t seconds of one of f hertz that begins at a phase in radians.
    AudioGenerator[{"Pulse", f, phase, w}] is high for the part w of each turn.
    AudioGenerator["noise", t] gives "White", "Pink", "Brown" or "Blue" noise, AudioGenerator["Silence", t] silence.
    AudioGenerator[f, t] takes samples of a function of the time in seconds.
    AudioGenerator[model, t, "type"] stores the samples as this type.

    Details: Waves and noise go from -1 to 1. Noise comes from the session's random numbers, which SeedRandom restarts.
    A function is called once, with the list of all times.

    Examples:
        >> AudioGenerator["Sin"]
        printed: Audio[1 s, 44100 Hz, 1 channel]
        >> Round[AudioData[AudioGenerator[{"Sin", 1}, 1, SampleRate -> 4]], 0.01]
        = {{0., 1., 0., -1.}}
        >> AudioData[AudioGenerator[{"Square", 2}, Quantity[4, "Samples"], SampleRate -> 8]]
        = {{1., 1., -1., -1.}}
        >> SeedRandom[1]; a = AudioGenerator["White", 0.1]; SeedRandom[1]; a === AudioGenerator["White", 0.1]
        = True
        >> AudioData[AudioGenerator[#^2 &, 1, SampleRate -> 4]]
        = {{0., 0.0625, 0.25, 0.5625}}
    Options: SampleRate:
        >> AudioLength[AudioGenerator["Silence", 0.5, SampleRate -> 8000]]
        = 4000
    Possible issues:
        >> AudioGenerator["Song"]
        = $Failed
        message: AudioGenerator::model
        >> AudioGenerator[f]
        = $Failed
        message: AudioGenerator::function
        >> AudioGenerator["Sin", -1]
        = $Failed
        message: AudioGenerator::time
        >> AudioGenerator["Sin", 1, "Real7"]
        = $Failed
        message: AudioGenerator::type
        >> AudioGenerator["Sin", SampleRate -> "high"]
        = $Failed
        message: AudioGenerator::rate
    Source: https://reference.wolfram.com/language/ref/AudioGenerator.html
    """
    rate, name = rate_in(options["SampleRate"]), type_in(kind)
    count = count_of(kernel, time, rate)
    return Audio(converted(samples_of(kernel, model, count, rate)[None], name), rate)


def count_of(kernel: Kernel, time: Term, rate: float) -> int:
    """Gives the number of samples of a time; a number counts seconds."""
    seconds = None if is_head(time, S.Quantity) else machine_real(kernel, time)
    found = length_of(time if seconds is None else Expression(S.Quantity, (seconds, "Seconds")), rate)
    if found is None or type(time) is str:
        raise Message("time", time, result=FAILED)
    return found


def samples_of(kernel: Kernel, model: Term, count: int, rate: float) -> np.ndarray:
    """Gives the samples (count,) of a model."""
    if type(model) is str and model in NOISES:
        return noise(kernel.random, count, NOISES[model])
    if type(model) is str and model == "Silence":
        return np.zeros(count)
    name, *numbers = elements(model) if is_list(model) and elements(model) else (model,)
    if type(name) is str and name in WAVES:
        return wave(kernel, name, numbers, count, rate, model)
    if is_list(model) or type(model) not in (Expression, Symbol):
        raise Message("model", model, result=FAILED)
    value = kernel.evaluate(Expression(model, (pack(np.arange(count) / rate),)))
    found = machine_array(kernel, value) if is_list(value) else machine_real(kernel, value)
    if (
        found is None
        or np.shape(found) not in ((), (count,))
        or not np.isrealobj(found)
        or not np.isfinite(found).all()
    ):
        raise Message("function", model, result=FAILED)
    return np.broadcast_to(found, (count,))


def wave(kernel: Kernel, name: str, given: list[Term], count: int, rate: float, model: Term) -> np.ndarray:
    """Gives the samples (count,) of a wave {"name", frequency, phase, width}."""
    numbers = [machine_real(kernel, item) for item in given]
    if given and is_head(given[0], S.Quantity):
        numbers[0] = amount_of(given[0], RATES)
    known = [x for x in numbers if x is not None and abs(x) < 1e12]
    if len(known) < len(numbers) or len(known) > (3 if name == "Pulse" else 2):
        raise Message("model", model, result=FAILED)
    frequency, phase, *width = known + [440.0, 0.0][len(known) :]
    turns = frequency * np.arange(count) / rate  # in this order, so that whole and half turns are exact
    return WAVES[name](turns + phase / (2 * np.pi), *width)
