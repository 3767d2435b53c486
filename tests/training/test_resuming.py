"""A training that goes on from a checkpoint gives, to the bit, what it would have given undisturbed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wlnet.errors import NetError
from wlnet.interchange.wlnet_file import read_wlnet
from wlnet.nets import Net
from wlnet.session import Session
from wlnet.training import Generator, Request, Snapshot, StoppingCriterion, TrainingResult, Watcher, train

ROOT = Path(__file__).parents[2]
DATA = {
    "Input": np.random.default_rng(0).normal(size=(37, 3)).astype(np.float32),
    "Output": np.random.default_rng(1).integers(1, 4, 37).astype(np.float32),
}
HELD = {name: values[:9] for name, values in DATA.items()}
CLASSIFIER = "NetChain[{5, BatchNormalizationLayer[], DropoutLayer[0.3], Tanh, 3, SoftmaxLayer[]}]"
LENGTHS = [2, 5, 3, 5, 2, 3, 4, 4, 5, 2, 3]
MANY = [2, 7, 9, 4, 1, 8, 5, 3, 12, 6, 10, 2, 7]


def sequences(lengths: list[int]) -> dict[str, Any]:
    return {
        "Input": [np.random.default_rng(n).normal(size=(size, 2)).astype(np.float32) for n, size in enumerate(lengths)],
        "Output": np.arange(len(lengths), dtype=np.float32)[:, None],
    }


RECURRENT = 'NetChain[{GatedRecurrentLayer[3, "Dropout" -> 0.2], SequenceLastLayer[], 1}, "Input" -> {"Varying", 2}]'


def net(text: str) -> Net:
    return Session().evaluate(text)


def drawn(size: int, number: int, absolute: int) -> dict[str, np.ndarray]:
    inputs = np.random.default_rng(absolute).normal(size=(size, 3)).astype(np.float32)
    return {"Input": inputs, "Output": inputs.sum(1, keepdims=True)}


SETTINGS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "dropout and moving statistics": (CLASSIFIER, DATA, {"batch_size": 8}),
    "validation and measurements": (
        CLASSIFIER, DATA, {"batch_size": 10, "validation": HELD, "measurements": ["Accuracy", "Recall", "ConfusionMatrix"]},
    ),
    "curves, functions, arrays and single batches": (
        CLASSIFIER, DATA,
        {"batch_size": 10, "validation": HELD, "batch_measurements": True, "measurements": [
            "ROCCurve", "AreaUnderROCCurve", Request("own", "", function=lambda ports: ports["Output"].max()),
            Request("biases", (("1",), "Biases")), Request("L2", (("1",), "Output"), aggregation="L2Norm"),
        ]},
    ),
    "a schedule, SGD, and patience": (
        CLASSIFIER, DATA,
        {"batch_size": 16, "method": ("SGD", {"LearningRateSchedule": "Polynomial"}), "stopping": StoppingCriterion(patience=2)},
    ),
    "double precision": (CLASSIFIER, DATA, {"batch_size": 16, "precision": "Real64", "validation": 0.25}),
    "sequences of different lengths": (RECURRENT, sequences(LENGTHS), {"batch_size": 4}),
    "sequences of many lengths": (RECURRENT, sequences(MANY), {"batch_size": 4, "validation": 0.3, "measurements": "MeanSquare"}),
    "measurements now and then": (
        CLASSIFIER, DATA,
        {"batch_size": 10, "validation": HELD, "batch_measurements": True, "measurements": [
            Request("a", "Accuracy", every=2, unit="Rounds"), Request("b", "Accuracy", every=3, unit="Batches"),
        ]},
    ),
    "generated data": ("NetChain[{4, Tanh, 1}]", Generator(drawn, 40), {"batch_size": 10}),
}  # fmt: skip


def whole(result: TrainingResult) -> dict[Any, Any]:
    """Gives all that must be equal."""
    arrays = {key: (array.dtype, array.tobytes()) for key, array in result.training_net.store.items()}
    measured = repr((result.measurements, result.validation_measurements, result.batch_measurements))
    losses = (result.batch_losses, result.round_losses, result.validation_losses)
    return {
        "arrays": arrays,
        "losses": losses,
        "measured": measured,
        "best": result.best_round,
        "why": result.reason_stopped,
    }


@pytest.mark.parametrize("name", SETTINGS)
def test_from_every_batch_and_round(name: str) -> None:
    text, data, settings = SETTINGS[name]
    start = net(text)
    taken: list[Snapshot] = []

    def take(progress: Any) -> None:
        taken.append(progress.snapshot())

    watchers = [Watcher(take, unit=unit) for unit in ("Batches", "Rounds")]
    expected = train(start, data, rounds=4, watchers=watchers, **settings)
    assert len(taken) == len(expected.batch_losses) + len(expected.round_losses)
    for snapshot in random.Random(3).sample(taken, min(20, len(taken))):
        assert whole(train(start, data, rounds=4, resume=snapshot, **settings)) == whole(expected)


def test_what_is_not_the_same_training_is_told() -> None:
    start = net(CLASSIFIER)
    taken: list[Snapshot] = []
    train(start, DATA, rounds=1, batch_size=8, watchers=[Watcher(lambda progress: taken.append(progress.snapshot()))])
    for said, settings in {
        "batch size was 8, not 4": {"batch_size": 4},
        "method was ADAM, not SGD": {"batch_size": 8, "method": "SGD"},
        "precision was float32, not float64": {"batch_size": 8, "precision": "Real64"},
    }.items():
        with pytest.raises(NetError, match=said):
            train(start, DATA, rounds=2, resume=taken[0], **settings)
    broken = Snapshot({**taken[0].facts, "order": {"state": "?"}}, taken[0].arrays)
    with pytest.raises(NetError, match="not whole"):
        train(start, DATA, rounds=2, batch_size=8, resume=broken)


PROGRAM = """
start = NetChain[{6, Tanh, DropoutLayer[0.2], 1}];
data = Table[N[{Sin[n], Cos[n]}] -> {Sin[2. n]}, {n, 64}];
from = If[FileExistsQ["half.wlnet"], File["half.wlnet"], start];
net = NetTrain[from, data, BatchSize -> 16, MaxTrainingRounds -> ROUNDS,
  TrainingProgressCheckpointing -> {"File", "half.wlnet", "Interval" -> Quantity[1, "Batches"]}];
Export["DONE", net]
"""


def test_killed_twenty_times(tmp_path: Path) -> None:
    """`kill -9` at random moments after the first checkpoint of its own, each time taken up again."""
    chance = random.Random(5)
    checkpoint = tmp_path / "half.wlnet"
    script = PROGRAM.replace("ROUNDS", "1000")
    (tmp_path / "killed.wl").write_text(script.replace("DONE", "killed.wlnet"))
    command = [sys.executable, "-m", "wlnet", str(tmp_path / "killed.wl")]
    for _ in range(20):
        before = written(checkpoint)
        process = subprocess.Popen(command, cwd=tmp_path, env=environment())
        while written(checkpoint) == before:
            assert process.poll() is None, "ended before a checkpoint"
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.wait()
    training = read_wlnet(checkpoint.read_bytes(), "half.wlnet").training
    assert training is not None
    assert 1 < training[0]["number"] < 1000, "killed on its way"
    subprocess.run(command, cwd=tmp_path, env=environment(), check=True)
    checkpoint.unlink()
    (tmp_path / "whole.wl").write_text(script.replace("DONE", "whole.wlnet"))
    subprocess.run([*command[:3], str(tmp_path / "whole.wl")], cwd=tmp_path, env=environment(), check=True)
    assert (tmp_path / "killed.wlnet").read_bytes() == (tmp_path / "whole.wlnet").read_bytes()


def written(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
