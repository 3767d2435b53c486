"""The functions of sounds: whatever stands beside a sound gives a term or a message; parts put together give the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from wlnet import builtins
from wlnet.kernel import BUILTINS, Builtin
from wlnet.session import Session
from wlnet.syntax import parse, write
from wlnet.terms import NONE, Audio, Expression, S, Term, expression, list_of, pack, rule, same
from wlnet.terms.atoms import TABLE

builtins.load_rest()
SESSION = Session()
FUNCTIONS = [declared for declared in BUILTINS.values() if declared.category == "Sound" and not declared.symbol_only]
SOUNDS = [
    Audio(np.array([[0.5, -1.0, 0.25], [0.0, 0.0, 0.0]], np.float32), 8000),
    Audio(np.array([[0, 5, -5, 0, 0]], np.int16), 44100),
    Audio(np.zeros((1, 1)), 3.5),
]
VALUES: list[Term] = [
    0, 1, -1, 2, 10**30, 0.0, 2.5, -1e-4, 1e308, float("nan"), float("inf"), "", "Max", "Mono", "Real32", "SignedInteger8", NONE,
    S.All, S.Automatic, list_of(), list_of(1e-4, 2e-4), list_of("RMS", 0.1), list_of("Sin", 1e300), list_of("Pulse", 1, 2, -3),
    pack(np.ones((2, 2))), pack(np.array([2, 1])), expression("Quantity", 1, "Samples"), expression("Quantity", 2, "Kilohertz"),
    expression("Quantity", "x", 3), rule(S.SampleRate, 0), rule(S.SampleRate, 8000), rule("x", 1), S.Sin, *SOUNDS,
]  # fmt: skip


@pytest.mark.parametrize("declared", FUNCTIONS, ids=lambda declared: declared.name)
@given(data=some.data())
def test_anything_beside_a_sound_gives_a_term(declared: Builtin, data: some.DataObject) -> None:
    SESSION.messages.clear()
    first = data.draw(some.sampled_from(SOUNDS))
    rest = data.draw(some.lists(some.sampled_from(VALUES), max_size=2))
    result = SESSION.run_term(Expression(declared.symbol, (first, *rest)))
    assert not result.interrupted
    assert type(result.term) in TABLE or type(result.term) in (Expression, np.ndarray)
    assert "::internal" not in "".join(SESSION.messages)
    SESSION.display(result.term)


@pytest.mark.parametrize("sound", SOUNDS, ids=repr)
def test_a_sound_is_read_as_it_is_written(sound: Audio, session: Session) -> None:
    for form in ("InputForm", "FullForm"):
        assert same(session.run_term(parse(write(sound, form), session.kernel.resolve)).term, sound)


@given(length=some.integers(2, 50), data=some.data())
def test_what_is_cut_is_joined_again(length: int, data: some.DataObject) -> None:
    sound = Audio(np.arange(1.0, 2 * length + 1).reshape(2, length), 10)
    cut = data.draw(some.integers(1, length - 1)) / 10
    parts = [expression("AudioTrim", sound, time) for time in (cut, cut - length / 10)]
    assert same(SESSION.run_term(expression("AudioJoin", *parts)).term, sound)


@pytest.mark.parametrize("wave", ["Sin", "Triangle", "Sawtooth", "Square", "Pulse"])
def test_waves_repeat_with_their_frequency_and_fill_their_range(wave: str, session: Session) -> None:
    """Within a sample; the strongest frequency is the one asked for."""
    call = f'AudioData[AudioGenerator[{{"{wave}", 100}}, 1, SampleRate -> 8000]][[1]]'
    samples = np.asarray(session.evaluate_term(call))
    np.testing.assert_allclose(samples[:-80], samples[80:], atol=1e-4)
    assert (samples.min(), samples.max()) == pytest.approx((-1, 1), abs=0.05)
    assert np.argmax(np.abs(np.fft.rfft(samples))[1:]) + 1 == 100


@pytest.mark.parametrize(("kind", "power"), [("White", 0), ("Pink", 1), ("Brown", 2), ("Blue", -1)])
def test_noise_has_its_color(kind: str, power: int, session: Session) -> None:
    """The power of twice the frequency is 2^-power times as high."""
    samples = np.asarray(session.evaluate_term(f'SeedRandom[1]; AudioData[AudioGenerator["{kind}", 3]][[1]]'))
    assert np.abs(samples).max() <= 1
    powers = np.abs(np.fft.rfft(samples)) ** 2
    low, high = powers[1000:2000].mean(), powers[2000:4000].mean()
    assert np.log2(low / high) == pytest.approx(power, abs=0.2)
