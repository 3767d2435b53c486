"""Disks that are full, places that cannot be written, files that are broken: a message, and the training goes on."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wlnet.nets import Net
from wlnet.session import Session

TRAIN = "NetTrain[NetChain[{3, Tanh, 1}], Table[{N[n]} -> {Sin[1. n]}, {n, 8}], BatchSize -> 4, "


def run(options: str, start: str = TRAIN) -> tuple[Any, list[str]]:
    session = Session()
    value = session.evaluate_term(f"{start}{options}]")
    return value, [str(message) for message in session.messages]


def saving(place: Path, rounds: int) -> str:
    return f'MaxTrainingRounds -> {rounds}, TrainingProgressCheckpointing -> {{"File", "{place}"}}'


def fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every file take its first hundred bytes only."""

    class Full:
        def __init__(self, handle: int, mode: str) -> None:
            self.stream = io.FileIO(handle, mode)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *error: object) -> None:
            self.stream.close()

        def write(self, data: bytes) -> None:
            self.stream.write(data[:100])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("wlnet.builtins.files.files.os.fdopen", Full)


def test_a_full_disk_leaves_the_checkpoint_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "net.wlnet"
    run(saving(file, 2))
    before = file.read_bytes()
    expected, _ = run("MaxTrainingRounds -> 6")
    with monkeypatch.context() as full:
        fill_the_disk(full)
        net, told = run(saving(file, 6))
    assert isinstance(net, Net)
    assert all(np.array_equal(net.store[key], expected.store[key]) for key in net.store)
    (message,) = told
    assert str(file) in message
    assert os.strerror(errno.ENOSPC) in message
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file], "nothing is left behind"
    taken_up, told = run("MaxTrainingRounds -> 6", TRAIN.replace("NetChain[{3, Tanh, 1}]", f'File["{file}"]'))
    assert not told
    assert all(np.array_equal(taken_up.store[key], expected.store[key]) for key in net.store)


@pytest.mark.parametrize(
    "option",
    [
        'TrainingProgressCheckpointing -> {"File", "PLACE/net.wlnet"}',
        'TrainingProgressCheckpointing -> {"Directory", "PLACE"}',
        'TrainingProgressCheckpointing -> {"Directory", "PLACE", "Interval" -> Quantity[1, "Batches"]}',
        'TrainingProgressReporting -> File["PLACE/log.csv"]',
        'TrainingProgressReporting -> {File["PLACE/log.json"], "Interval" -> Quantity[1, "Batches"]}',
    ],
)
@pytest.mark.parametrize("place", ["no such folder", "a file"])
def test_a_place_that_cannot_be_written_is_told_once(option: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("kept")
    net, told = run(f"MaxTrainingRounds -> 4, {option.replace('PLACE', str(tmp_path / place))}")
    assert isinstance(net, Net)
    assert len(told) == 1
    assert str(tmp_path / place) in told[0]
    assert (tmp_path / "a file").read_text() == "kept"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".json", ".wl"])
def test_a_report_to_a_full_disk_is_told_once(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"log{suffix}").symlink_to("/dev/full")
    net, told = run(f'MaxTrainingRounds -> 4, TrainingProgressReporting -> File["{tmp_path / f"log{suffix}"}"]')
    assert isinstance(net, Net)
    (message,) = told
    assert os.strerror(errno.ENOSPC) in message


def test_a_broken_checkpoint_is_told(tmp_path: Path) -> None:
    file = tmp_path / "net.wlnet"
    run(saving(file, 2))
    whole = file.read_bytes()
    resumed = TRAIN.replace("NetChain[{3, Tanh, 1}]", f'File["{file}"]')
    expected, _ = run("MaxTrainingRounds -> 3")
    parts = [whole[:size] for size in (0, 1, 7, 8, 50, len(whole) // 2, len(whole) - 1)]
    for broken in (*parts, b"a text", bytes(len(whole))):
        file.write_bytes(broken)
        value, told = run("MaxTrainingRounds -> 3", resumed)
        assert str(value) == "$Failed"
        assert len(told) == 1
    for place in np.random.default_rng(1).integers(0, len(whole), 25):
        flipped = bytearray(whole)
        flipped[place] ^= 255
        file.write_bytes(flipped)
        value, told = run("MaxTrainingRounds -> 3", resumed)
        if isinstance(value, Net):  # a byte that nobody reads
            assert all(np.array_equal(value.store[key], expected.store[key]) for key in value.store)
        else:
            assert len(told) == 1
