"""Data that stay in their files train as the same data in memory do, and are never read as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wlnet.errors import DataError
from wlnet.session import Session
from wlnet.training import train
from wlnet.training.stored import READERS, Stored, columns_in

COUNT = 50
INPUTS = np.random.default_rng(0).normal(size=(COUNT, 3))
TARGETS = np.random.default_rng(1).integers(1, 4, COUNT)
DATA = {"Input": INPUTS, "Output": TARGETS}
NET = 'NetChain[{4, Tanh, 3, SoftmaxLayer[]}, "Input" -> 3]'


def write_npz(path: Path, data: dict[str, np.ndarray]) -> None:
    np.savez(path, **data)


def write_compressed(path: Path, data: dict[str, np.ndarray]) -> None:
    np.savez_compressed(path, **data)


def write_hdf5(path: Path, data: dict[str, np.ndarray]) -> None:
    h5py = pytest.importorskip("h5py", reason="h5py is not installed; pip install wlnet[hdf5]")
    with h5py.File(path, "w") as file:
        for name, array in data.items():
            file[name] = array


WRITERS: dict[str, Any] = {"a.npz": write_npz, "b.npz": write_compressed, "c.h5": write_hdf5}


@pytest.fixture
def arrays(session: Session) -> Any:
    def trained(data: Any, **settings: Any) -> dict[Any, bytes]:
        result = train(session.evaluate(NET), data, rounds=3, batch_size=8, **settings)
        return {key: array.tobytes() for key, array in result.net.store.items()}

    return trained


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("settings", [{}, {"validation": 0.2}, {"precision": "Real64"}], ids=str)
def test_files_train_as_arrays_do(name: str, settings: dict[str, Any], arrays: Any, tmp_path: Path) -> None:
    WRITERS[name](tmp_path / name, DATA)
    assert arrays(columns_in(tmp_path / name), **settings) == arrays(DATA, **settings)


def test_a_memory_map_trains_as_an_array_does(arrays: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.asfortranarray(INPUTS))
    mapped = np.load(tmp_path / "x.npy", mmap_mode="r")
    assert arrays({"Input": mapped, "Output": TARGETS}) == arrays(DATA)


def test_no_more_than_a_batch_is_read_at_once(arrays: Any) -> None:
    most = 0

    def read(indices: np.ndarray) -> np.ndarray:
        nonlocal most
        most = max(most, len(indices))
        return INPUTS[indices]

    assert arrays({"Input": Stored("x", INPUTS.shape, read), "Output": TARGETS}) == arrays(DATA)
    assert most == 8


def test_a_bad_number_ends_the_training_and_loses_nothing(session: Session) -> None:
    spoiled = INPUTS.copy()
    spoiled[17, 1] = np.nan
    stored = Stored("x.npz, Input", spoiled.shape, spoiled.__getitem__)
    result = train(session.evaluate(NET), {"Input": stored, "Output": TARGETS}, rounds=3, batch_size=4)
    assert result.reason_stopped == "Data"
    assert "example 18" in result.warning
    assert all(np.isfinite(array).all() for array in result.net.store.values())
    with pytest.raises(DataError, match="example 1"):
        train(
            session.evaluate(NET),
            {"Input": Stored("x", (8, 3), lambda i: np.full((len(i), 3), np.inf)), "Output": TARGETS[:8]},
        )


def test_files_in_the_language(session: Session, tmp_path: Path) -> None:
    write_npz(tmp_path / "d.npz", DATA)
    np.save(tmp_path / "x.npy", INPUTS)
    session.evaluate(f'SetDirectory["{tmp_path}"]')
    both = [
        f"NetTrain[{NET}, {data}, MaxTrainingRounds -> 2]"
        for data in ('File["d.npz"]', '<|"Input" -> File["x.npy"], "Output" -> targets|>')
    ]
    session.evaluate("targets = {" + ", ".join(map(str, TARGETS.tolist())) + "}")
    assert session.evaluate(f"{both[0]} === {both[1]}") is session.evaluate("True"), session.messages


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('File["none.npz"]', "none.npz"),
        ('File["d.txt"]', ".npz"),
        ('<|"Input" -> File["d.npz"], "Output" -> {1}|>', '"Input", "Output"'),
        ('<|"Input" -> File["broken.npz"], "Output" -> {1}|>', "broken.npz"),
    ],
)
def test_files_that_are_no_data(text: str, said: str, session: Session, tmp_path: Path) -> None:
    write_npz(tmp_path / "d.npz", DATA)
    (tmp_path / "broken.npz").write_bytes((tmp_path / "d.npz").read_bytes()[:300])
    session.evaluate(f'SetDirectory["{tmp_path}"]')
    assert session.display(session.evaluate(f"NetTrain[{NET}, {text}]")) == "$Failed"
    assert said in session.messages[0]


def test_each_extension_has_a_reader_that_refuses_rubbish(tmp_path: Path) -> None:
    for extension in READERS:
        if extension in (".h5", ".hdf5"):
            pytest.importorskip("h5py", reason="h5py is not installed; pip install wlnet[hdf5]")
        path = tmp_path / f"rubbish{extension}"
        path.write_bytes(b"nothing of the kind")
        with pytest.raises(DataError, match="cannot be read"):
            columns_in(path)
