"""Data that are encoded batch by batch train as those that are encoded at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wlnet.builtins.nets.training import encoding
from wlnet.kernel import MessageEvent
from wlnet.session import Session
from wlnet.training.state import TrainingState

pytest.importorskip("PIL")
SIZES = [(4, 5), (5, 4), (6, 6), (4, 4), (7, 5), (5, 5)]
READER = 'NetChain[{EmbeddingLayer[3], GatedRecurrentLayer[3], SequenceLastLayer[], 2, SoftmaxLayer[]}, "Input" -> NetEncoder["Characters"]]'
TEXTS = '{"ab" -> 1, "cde" -> 2, "ba" -> 2, "x" -> 1, "yzq" -> 2}'
SEER = "NetChain[{ConvolutionLayer[2, 2], FlattenLayer[], 2, SoftmaxLayer[]}]"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with the images 1.png, 2.png, …, and their texts as data."""
    from PIL import Image

    generator = np.random.default_rng(2)
    for number, size in enumerate(SIZES, 1):
        pixels = generator.integers(0, 256, (*size, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
    return tmp_path


def data_of(folder: Path) -> str:
    rules = (f'File["{folder / f"{n}.png"}"] -> "{"ab"[n % 2]}"' for n in range(1, len(SIZES) + 1))
    return "{" + ", ".join(rules) + "}"


def value_of(text: str) -> tuple[Any, list[str]]:
    """Gives the value of a text and the messages that came."""
    told: list[str] = []
    session = Session(lambda event: told.append(str(event.text)) if isinstance(event, MessageEvent) else None)
    *_, result = session.run(text, "test")
    return result.term, told


def arrays(net: Any) -> dict[Any, bytes]:
    return {key: array.tobytes() for key, array in net.store.items()}


def trained(net: str, data: str, options: str = "") -> Any:
    return value_of(
        f'NetTrain[{net}, {data}, {{"TrainedNet", "ReasonTrainingStopped"}}, MaxTrainingRounds -> 3, BatchSize -> 2{options}]'
    )


@pytest.mark.parametrize("seed", ["1", "2"])
def test_files_of_images_train_batch_by_batch_as_all_at_once(
    pictures: Path, seed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = f", RandomSeeding -> {seed}, ValidationSet -> Scaled[1/3]"
    whole, _ = trained(SEER, data_of(pictures), options)
    monkeypatch.setattr(encoding, "LARGE", 0)
    later, told = trained(SEER, data_of(pictures), options)
    assert not told
    assert arrays(whole.args[0]) == arrays(later.args[0])


def test_sequences_train_batch_by_batch_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = trained(READER, TEXTS)
    monkeypatch.setattr(encoding, "LARGE", 0)
    later, _ = trained(READER, TEXTS)
    assert arrays(whole.args[0]) == arrays(later.args[0])


def test_sequences_of_many_lengths_are_padded_when_they_have_been_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = "{" + ", ".join(f'"{"abc" * n}{"xy" * (n % 3)}" -> {n % 2 + 1}' for n in range(1, 8)) + "}"
    options = ', BatchSize -> 7, WorkingPrecision -> "Real64", TrainingProgressFunction -> ((seen = #BatchIndices) &)'
    whole, _ = value_of(f"NetTrain[{READER}, {texts}, MaxTrainingRounds -> 3{options}]")
    monkeypatch.setattr(encoding, "LARGE", 0)
    lengths: list[int] = []
    plain = TrainingState.new_runner

    def new_runner(self: Any, data: Any, group: Any, **settings: Any) -> Any:
        lengths.append(group.length)
        return plain(self, data, group, **settings)

    monkeypatch.setattr(TrainingState, "new_runner", new_runner)
    later, told = value_of(f"NetTrain[{READER}, {texts}, MaxTrainingRounds -> 3{options}]")
    assert not told
    assert lengths == [24]
    for key, array in whole.store.items():
        np.testing.assert_allclose(later.store[key], array, rtol=1e-9, atol=1e-12)


def test_a_file_that_cannot_be_read_ends_the_training_and_keeps_the_net(
    pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "LARGE", 0)
    gone = f'DeleteFile["{pictures / "3.png"}"]'
    options = f", TrainingProgressFunction -> (If[#Round == 1, {gone}] &)"
    found, told = trained(SEER, data_of(pictures), options)
    assert found.args[1] == "Data"
    assert any(np.frombuffer(array, np.float32).any() for array in arrays(found.args[0]).values())
    (message,) = told
    assert "3.png" in message
    assert "round 2" in message


def test_a_first_batch_that_cannot_be_read_is_a_failure(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "LARGE", 0)
    for n in range(2, len(SIZES) + 1):
        (pictures / f"{n}.png").write_bytes(b"no image")
    found, told = trained(SEER, data_of(pictures))
    assert str(found) == "$Failed"
    assert len(told) == 1
    assert ".png" in told[0]
