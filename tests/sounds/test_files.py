"""Sound files: what is written is read again, by others too; what is broken is told."""

from __future__ import annotations

import io
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from wlnet.errors import FormatError
from wlnet.session import Session
from wlnet.sounds.files import read_sound, sound_bytes
from wlnet.terms import FAILED, Audio, Expression, S, same, symbol
from wlnet.terms.audio import AUDIO_TYPES

LENGTH = 500
TONE = np.stack([np.sin(np.arange(LENGTH) / 9), 0.25 * np.cos(np.arange(LENGTH) / 5)])


def tone(type_name: str, channels: int, rate: int = 8000) -> Audio:
    """Gives a sound of this type."""
    return Audio(np.zeros((1, 1), AUDIO_TYPES[type_name]), rate).with_reals(TONE[:channels])


sounds = some.builds(
    lambda samples, rate: Audio(samples, rate),
    some.sampled_from(sorted(AUDIO_TYPES)).flatmap(
        lambda name: arrays.arrays(
            AUDIO_TYPES[name], some.tuples(some.integers(1, 3), some.integers(1, 20)),
            elements={} if "Signed" in name else {"min_value": -1, "max_value": 1},
        )
    ),
    some.integers(1, 96000),
)  # fmt: skip


@given(sound=sounds)
def test_wav_files_keep_a_sound_as_it_is(sound: Audio) -> None:
    assert same(read_sound(sound_bytes(sound, "WAV"), "x.wav"), sound)


@pytest.mark.parametrize("type_name", AUDIO_TYPES)
@pytest.mark.parametrize("channels", [1, 2])
def test_a_program_exports_and_imports(session: Session, tmp_path: Path, type_name: str, channels: int) -> None:
    sound, file = tone(type_name, channels), str(tmp_path / "x.wav")
    assert session.run_term(Expression(S.Export, (file, sound))).term == file
    assert [path.name for path in tmp_path.iterdir()] == ["x.wav"]
    assert same(session.run_term(Expression(S.Import, (file,))).term, sound)
    assert same(session.run_term(Expression(symbol("Audio"), (file,))).term, sound)


def test_others_read_our_wav_files() -> None:
    sound = tone("SignedInteger16", 2)
    with wave.open(io.BytesIO(sound_bytes(sound, "WAV"))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 2, 2)
        samples = np.frombuffer(file.readframes(LENGTH), np.int16).reshape(LENGTH, 2).T
    np.testing.assert_array_equal(samples, sound.samples)


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_we_read_the_wav_files_of_others(width: int) -> None:
    scale = 256**width // 2
    values = np.rint(TONE[0] * (scale - 1)).astype(np.int64) + (scale if width == 1 else 0)
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setparams((1, width, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(int(v).to_bytes(width, "little", signed=width > 1) for v in values))
    np.testing.assert_allclose(read_sound(stream.getvalue(), "x.wav").reals()[0], TONE[0], atol=1.5 / scale)


#: Format → (type of samples, how far off a sample may be).
OTHERS = [
    ("AIFF", "Real32", 0.0), ("AIFF", "SignedInteger8", 0.0), ("AIFF", "SignedInteger32", 0.0), ("AU", "Real64", 0.0),
    ("FLAC", "SignedInteger16", 0.0), ("FLAC", "Real32", 1e-6), ("FLAC", "SignedInteger32", 1e-6),
    ("OGG", "Real32", 0.1), ("MP3", "Real32", 0.1),
]  # fmt: skip


@pytest.mark.parametrize(("format", "type_name", "tolerance"), OTHERS)
def test_other_formats_keep_what_they_can(format: str, type_name: str, tolerance: float) -> None:
    pytest.importorskip("soundfile", reason="soundfile reads and writes all formats but WAV")
    sound = tone(type_name, 2)
    again = read_sound(sound_bytes(sound, format), f"x.{format}")
    assert (again.rate, again.channels) == (8000, 2)
    shown = slice(100, 400)
    np.testing.assert_allclose(again.reals()[:, shown], sound.reals()[:, shown], atol=tolerance)


def test_without_soundfile_wav_still_works_and_the_rest_says_what_to_do(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "soundfile", None)
    sound = tone("Real32", 1)
    assert same(read_sound(sound_bytes(sound, "WAV"), "x.wav"), sound)
    (tmp_path / "x.flac").write_bytes(b"fLaC")
    for call in (
        Expression(S.Export, (str(tmp_path / "y.flac"), sound)),
        Expression(S.Import, (str(tmp_path / "x.flac"),)),
        Expression(symbol("Audio"), (str(tmp_path / "x.flac"),)),
    ):
        assert session.run_term(call).term is FAILED
        assert "pip install wlnet[sound]" in session.messages[-1]


@given(keep=some.integers(0, 60), start=some.sampled_from([b"", b"RIFF\x10\0\0\0WAVEfmt ", b"fLaC", b"OggS", b"FORM"]))
def test_broken_files_are_told(keep: int, start: bytes) -> None:
    with pytest.raises(FormatError, match="broken file"):
        read_sound(start + bytes(range(keep)), "broken file")


def test_a_wav_file_cut_short_gives_what_is_there_or_is_told() -> None:
    whole = sound_bytes(tone("SignedInteger16", 1), "WAV")
    for size in range(len(whole)):
        try:
            assert read_sound(whole[:size], "x.wav").length <= LENGTH
        except FormatError as error:
            assert str(error).startswith("x.wav: ")  # noqa: PT017


def test_rates_that_no_file_can_have_are_told() -> None:
    with pytest.raises(FormatError, match="AudioResample"):
        sound_bytes(Audio(np.zeros((1, 3), np.float32), 8000.5), "WAV")
