"""The scripts in benchmarks still run; how fast what they measure is, is no business of tests."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
#: Script → the package that it does not run without.
PEERS = {
    "layers": "torch", "layers_table": "torch", "with_torch": "torch", "with_jax": "jax", "with_keras": "keras",
    "with_onnx": "onnxruntime",
}  # fmt: skip


def run(*arguments: str) -> str:
    """Gives what Python prints, run in the folder of the benchmarks on one thread."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=FOLDER,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_scripts_can_be_imported() -> None:
    names = sorted(path.stem for path in FOLDER.glob("*.py"))
    found = [name for name in names if importlib.util.find_spec(PEERS.get(name, "wlnet")) is not None]
    assert run("-c", f"import {', '.join(found)}; print({found[0]}.__name__)").strip() == found[0]


@pytest.mark.parametrize("script", ["train", "infer"])
def test_a_race_without_peers(script: str) -> None:
    steps = ("--steps", "2") if script == "train" else ()
    few = ("--turns", "1", "--seconds", "0.01", "--threads", "1")
    table = run(f"{script}.py", "--nets", "2-3-2", "--contenders", "wlnet", *steps, *few)
    assert "2-3-2, batch" in table
    assert "    wlnet  " in table
