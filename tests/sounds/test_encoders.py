"""Laws of the sound encoders: counts of partitions, batches, files, random changes, and parameters of any value."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from wlnet import builtins
from wlnet.nets.coders import ENCODERS
from wlnet.plans.data import fits
from wlnet.session import Session
from wlnet.sounds.files import sound_bytes
from wlnet.terms import (
    FAILED,
    NONE,
    TRUE,
    Association,
    Audio,
    Expression,
    NumericArray,
    S,
    Term,
    elements,
    expression,
    list_of,
    pack,
    rule,
    same,
)

builtins.load_rest()
SESSION = Session()
KINDS = [name for name in ENCODERS if name.startswith("Audio")]
GENERATOR = np.random.default_rng(0)


def sound(length: int, rate: float = 16000, channels: int = 1) -> Audio:
    """Gives noise."""
    return Audio(GENERATOR.uniform(-1, 1, (channels, length)).astype(np.float32), rate)


def encoder(kind: str, **options: Term) -> Term:
    """Gives NetEncoder[{"kind", options…}]."""
    rules = (rule(name, value) for name, value in options.items())
    return SESSION.run_term(Expression(S.NetEncoder, (list_of(kind, *rules),))).term


def encode(coder: Term, data: Term) -> np.ndarray:
    """Gives what an encoder makes of one sound."""
    SESSION.messages.clear()  # those of another test
    result = SESSION.run_term(Expression(coder, (data,))).term
    assert not SESSION.messages, SESSION.messages
    return np.asarray(result)


every_kind = pytest.mark.parametrize("kind", KINDS)


def test_there_are_five() -> None:
    assert len(KINDS) == 5


@every_kind
def test_a_batch_gives_what_each_gives(kind: str) -> None:
    coder = encoder(kind)
    for sounds in ([sound(900), sound(900)], [sound(900), sound(2000, 44100, 2), sound(30)]):
        batch = SESSION.run_term(Expression(coder, (list_of(*sounds),))).term
        for item, made in zip(sounds, elements(batch), strict=True):
            np.testing.assert_array_equal(np.asarray(made), encode(coder, item))


@every_kind
def test_what_is_encoded_stays_as_it_is(kind: str) -> None:
    coder = encoder(kind)
    made = encode(coder, sound(900))
    np.testing.assert_array_equal(encode(coder, pack(made)), made)
    np.testing.assert_array_equal(encode(coder, NumericArray(made)), made)


@every_kind
def test_files_and_sounds_are_encoded_alike(kind: str, tmp_path: Path) -> None:
    coder, item, file = encoder(kind), sound(900, 8000, 2), tmp_path / "x.wav"
    file.write_bytes(sound_bytes(item, "WAV"))
    for data in (str(file), expression("File", str(file))):
        np.testing.assert_array_equal(encode(coder, data), encode(coder, item))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "Audio"])
@given(length=some.integers(1, 1500), size=some.integers(90, 500), offset=some.integers(1, 600))
def test_there_are_as_many_partitions_as_documented(kind: str, length: int, size: int, offset: int) -> None:
    made = encode(encoder(kind, WindowSize=size, Offset=offset), sound(length))
    assert len(made) == max(1, math.ceil((length - size) / offset) + 1)


@every_kind
@pytest.mark.parametrize("length", [1, 399, 400, 401, 5000])
@pytest.mark.parametrize(
    ("target", "count"),
    [(1, {1: 1}), (7, {7: 7}), (expression("Quantity", 0.1, "Seconds"), {1600: 11})],
    ids=["1", "7", "0.1 s"],
)  # fmt: skip
def test_sounds_are_made_as_long_as_they_shall_be(kind: str, length: int, target: Term, count: dict[int, int]) -> None:
    """A net knows beforehand how long. Partitions that are whole in both stay the same."""
    coder, item = encoder(kind, TargetLength=target), sound(length)
    made, free = encode(coder, item), encode(encoder(kind), item)
    ((samples, partitions),) = count.items()
    assert len(made) == (samples if kind == "Audio" else partitions)
    assert fits(coder.port.shape, made.shape)
    assert coder.port.shape == made.shape
    kept = min(len(made) - (type(target) is not int), len(free) - 1)
    np.testing.assert_array_equal(made[:kept], free[:kept])


@every_kind
def test_the_port_has_the_dimensions_of_what_comes(kind: str) -> None:
    coder = encoder(kind)
    assert fits(coder.port.shape, encode(coder, sound(777)).shape)


def test_coefficients_are_those_of_librosa() -> None:
    librosa = pytest.importorskip("librosa", reason="librosa is the reference of this test")
    item = sound(16000)
    made = encode(encoder("AudioMFCC"), item)
    padded = np.pad(item.reals()[0], (0, (len(made) - 1) * 133 + 400 - 16000))
    window = np.hanning(400)
    spectrum = np.abs(librosa.stft(padded, n_fft=400, hop_length=133, window=window, center=False))
    filtered = librosa.filters.mel(sr=16000, n_fft=400, n_mels=40, htk=True, norm=None) @ spectrum
    wanted = librosa.feature.mfcc(S=np.log(filtered), n_mfcc=13, dct_type=2, norm="ortho").T
    np.testing.assert_allclose(made[:, 0], wanted[:, 0], rtol=1e-4)
    np.testing.assert_allclose(made[:, 1:] * math.sqrt(2), wanted[:, 1:], atol=1e-4)


def test_an_encoder_keeps_the_sounds_of_the_files_that_it_was_made_of(tmp_path: Path) -> None:
    hum, file = sound(9), tmp_path / "hum.wav"
    file.write_bytes(sound_bytes(hum, "WAV"))
    changes = list_of(
        rule("Volume", 2), rule("Noise", list_of(0, str(file))), rule("Convolution", expression("File", str(file)))
    )
    coder = encoder("Audio", Augmentation=changes)
    wanted = encode(coder, hum)
    file.unlink()
    net = Expression(S.ElementwiseLayer, (S.Ramp, rule("Input", coder)))
    saved = SESSION.run_term(expression("Import", expression("Export", str(tmp_path / "net.wlnet"), net))).term
    np.testing.assert_array_equal(encode(saved, hum), np.maximum(wanted, 0))
    assert encoder("Audio", Augmentation=rule("Noise", str(file))) is FAILED
    assert "hum.wav" in SESSION.messages[-1]
    SESSION.messages.clear()


# Random changes ----------------------------------------------------------------------------------------------------


def changed(item: Audio, **changes: Term) -> np.ndarray:
    """Gives the samples of a sound after these changes."""
    return encode(encoder("Audio", Augmentation=list_of(*(rule(*pair) for pair in changes.items()))), item)[:, 0]


def test_shifted_sounds_are_filled_with_silence() -> None:
    item = sound(1000)
    samples = item.samples[0]
    for shift, places in ((0.01, 160), (-0.01, -160), (expression("Scaled", 0.5), 500), (100, 1000), (-100, -1000)):
        made = changed(item, TimeShift=shift)
        wanted = np.zeros(1000, np.float32)
        for k in range(1000):
            if 0 <= k - places < 1000:
                wanted[k] = samples[k - places]
        np.testing.assert_allclose(made, wanted, atol=1e-7)


def test_convolution_is_the_sum_of_echoes() -> None:
    item, response = sound(50), sound(7)
    x, h = item.samples[0], response.samples[0]
    wet = np.array([sum(h[j] * x[k - j] for j in range(7) if k >= j) for k in range(50)])
    np.testing.assert_allclose(changed(item, Convolution=response), wet, atol=1e-6)
    np.testing.assert_allclose(changed(item, Convolution=list_of(0.25, response)), 0.75 * x + 0.25 * wet, atol=1e-6)


def test_noise_has_its_amplitude() -> None:
    item = Audio(np.zeros((1, 5000), np.float32), 16000)
    white = changed(item, Noise=0.5)
    assert 0.49 < np.abs(white).max() <= 0.5
    assert abs(white.mean()) < 0.03
    hum = sound(37)
    made = changed(item, Noise=list_of(2, hum))
    np.testing.assert_allclose(made[37:], made[:-37])
    np.testing.assert_allclose(np.sort(made[:37]), np.sort(2 * hum.samples[0]), atol=1e-6)


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [
        (list_of(2, 3), 2, 3),
        (expression("UniformDistribution", list_of(-1, 1)), -1, 1),
        (expression("BetaDistribution", 2, 3), 0, 1),
    ],
)
def test_numbers_are_drawn_and_a_seed_brings_them_again(term: Term, low: float, high: float) -> None:
    item = Audio(np.ones((1, 1), np.float32), 16000)
    drawn = [float(changed(item, Volume=term)[0]) for _ in range(30)]
    assert len(set(drawn)) == 30
    assert low <= min(drawn) < low + (high - low) / 2 < max(drawn) <= high
    coder = encoder("Audio", Augmentation=list_of(rule("Volume", term), rule("Noise", 0.1)))
    again = []
    for seed in (5, 5, 6):
        SESSION.run_term(expression("SeedRandom", seed))
        again.append(encode(coder, sound_of_ones()))
    assert np.array_equal(again[0], again[1])
    assert not np.array_equal(again[0], again[2])


def sound_of_ones() -> Audio:
    return Audio(np.ones((1, 20), np.float32), 16000)


@pytest.mark.parametrize("kind", ["AudioMelSpectrogram", "AudioMFCC"])
def test_a_vocal_tract_of_the_same_length_changes_nothing(kind: str) -> None:
    item = sound(2000)
    plain = encode(encoder(kind), item)
    np.testing.assert_array_equal(encode(encoder(kind, Augmentation=rule("VTLP", 1)), item), plain)
    assert not np.array_equal(encode(encoder(kind, Augmentation=rule("VTLP", 1.1)), item), plain)


# In nets -----------------------------------------------------------------------------------------------------------


def test_a_net_learns_from_sounds_of_different_lengths() -> None:
    """As it does from what the encoder makes of them."""
    list(SESSION.run(
        'SeedRandom[1]; make[k_] := AudioGenerator[{"Sin", 300 k}, 0.05 + 0.01 k]; '
        'data = Flatten[Table[make[k] -> If[k > 2, "high", "low"], {k, 4}, {2}]]; '
        'encoder = NetEncoder["AudioMelSpectrogram"]; '
        'net[input_] := NetInitialize[NetChain[{GatedRecurrentLayer[3], SequenceLastLayer[], LinearLayer[2], SoftmaxLayer[]}, '
        '"Input" -> input, "Output" -> NetDecoder[{"Class", {"low", "high"}}]], RandomSeeding -> 3]; '
        "a = NetTrain[net[encoder], data, MaxTrainingRounds -> 3, RandomSeeding -> 1]; "
        'b = NetTrain[net[{"Varying", 40}], (encoder[#[[1]]] -> #[[2]]) & /@ data, MaxTrainingRounds -> 3, RandomSeeding -> 1]; '
    ))  # fmt: skip
    assert not SESSION.messages
    (result,) = SESSION.run('a[make[2], "Probabilities"] == b[encoder[make[2]], "Probabilities"]')
    assert result.term is TRUE


# Any value ---------------------------------------------------------------------------------------------------------

VALUES: list[Term] = [
    0, 1, -1, 2, 7, 400, 10**30, 2.5, -0.5, 1e308, float("nan"), float("inf"), "", "Max", "HannWindow", "no file", NONE,
    S.All, S.Automatic, S.HannWindow, TRUE, list_of(), list_of(1, 2), list_of("Max", 2), list_of("RMS", -1),
    pack(np.ones((2, 2))), pack(np.ones(400)), expression("Quantity", 10, "Milliseconds"), expression("Scaled", 2),
    expression("Quantity", -1, "Seconds"), expression("Quantity", "x", 3), expression("NormalDistribution", 0, -1),
    Association([("Noise", 0.1), ("Volume", list_of(1, 2))]), rule("Noise", "no file"), rule("VTLP", 0), rule(1, 2),
    list_of(rule("TimeShift", expression("Scaled", list_of(2, 1)))), rule("Convolution", list_of(1, 2, 3)),
    rule("Volume", expression("NormalDistribution", 0, -1)), expression("f", 1),
]  # fmt: skip


@every_kind
@given(data=some.data())
def test_a_parameter_of_any_value_works_or_is_told(kind: str, data: some.DataObject) -> None:
    names = data.draw(
        some.lists(some.sampled_from(sorted(ENCODERS[kind].options)), min_size=1, max_size=2, unique=True)
    )
    options = {name: data.draw(some.sampled_from(VALUES)) for name in names}
    SESSION.messages.clear()
    made = encoder(kind, **options)
    if made is not FAILED:
        assert not SESSION.messages
        made = SESSION.run_term(Expression(made, (sound(300),))).term
        if made is not FAILED:
            assert np.isfinite(np.asarray(made)).all()
            return
    assert SESSION.messages
    assert "::internal" not in "".join(SESSION.messages)


def test_equal_encoders_are_the_same() -> None:
    assert same(encoder("AudioMFCC", SampleRate=8000), encoder("AudioMFCC", SampleRate=8000))
    assert not same(encoder("AudioMFCC", SampleRate=8000), encoder("AudioMFCC", SampleRate=8001))
