"""Every layer, forward and forward with backward, at two sizes: wlnet against PyTorch eager.

    python benchmarks/layers.py [--turns 9] [--seconds 0.004] [layer …]

Each layer alone, with the same arrays, on the same number of threads (OMP_NUM_THREADS, else 2). wlnet replays its plan,
as training does; PyTorch runs its function without recording for the forward side, and `torch.autograd.grad` of all
inputs and arrays for both sides. A turn repeats the work for some milliseconds; the contenders take turns, and the ratio
of the minima counts. Rows are sorted by it, the worst last. Outputs must agree.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

THREADS = os.environ.setdefault("OMP_NUM_THREADS", "2")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np  # noqa: E402
import torch  # noqa: E402
from layers_table import LAYERS, Work  # noqa: E402
from race import machine, race  # noqa: E402

from wlnet import Session  # noqa: E402
from wlnet.nets import Net  # noqa: E402
from wlnet.plans import trace  # noqa: E402

torch.set_num_threads(int(THREADS))


@dataclass
class Row:
    """One layer at one size, in one mode: the minima in seconds."""

    layer: str
    size: str
    mode: str
    wlnet: float
    torch: float

    @property
    def ratio(self) -> float:
        return self.wlnet / self.torch


def repeated(work: Callable[[], Any], seconds: float) -> Callable[[], float]:
    """Gives the contender that does this work for so long, and gives the time of one."""
    start = perf_counter()
    work()
    count = max(1, int(seconds / (perf_counter() - start)))

    def contender() -> float:
        start = perf_counter()
        for _ in range(count):
            work()
        return (perf_counter() - start) / count

    work()
    return contender


def works(work: Work, size: str) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """Gives mode → (wlnet's work, PyTorch's work)."""
    session, generator = Session(), np.random.default_rng(1)
    net = session.evaluate_term(f"NetInitialize[{work.text(size)}]")
    assert isinstance(net, Net), (work.text(size), session.messages)
    batch, integers = work.sizes[size]["batch"], work.integers
    inputs = {
        name: (
            generator.integers(1, integers[name], (batch, *port.shape), endpoint=True)
            if name in integers
            else generator.uniform(work.low, 1, (batch, *port.shape)).astype(np.float32)
        )
        for name, port in net.structure.inputs.items()
    }
    arrays = {key: generator.normal(0, 0.1, value.shape).astype(np.float32) for key, value in net.store.items()}
    plan = trace(net, arrays, inputs, batch, training=work.training, random=generator)
    leaves = {
        key: torch.tensor(value, requires_grad=value.dtype.kind == "f") for key, value in {**inputs, **arrays}.items()
    }
    x = {name: leaves[name] for name in inputs}
    w = {"/".join(key): leaves[key] for key in arrays}
    outputs = {name: value.copy() for name, value in plan.forward(inputs).items()}
    (port,) = outputs
    expected = work.peer(x, w)
    if not work.training:
        found = expected.detach().numpy()
        assert np.allclose(outputs[port], found, rtol=1e-3, atol=1e-4), f"{work.layer} disagrees"
    seeds = {port: generator.normal(size=outputs[port].shape).astype(np.float32)}
    trained = [
        key
        for key, leaf in leaves.items()
        if leaf.requires_grad and not (key in arrays and key[-1].startswith("Moving"))
    ]
    plan.differentiate(seeds, trained)
    wanted, seed = [leaves[key] for key in trained], torch.tensor(seeds[port])

    def forward() -> None:
        with torch.no_grad():
            work.peer(x, w)

    def both() -> None:
        plan.forward(inputs)
        plan.backward(seeds)

    modes: dict[str, Any] = {"forward": (lambda: plan.forward(inputs), forward)}
    if expected.requires_grad:
        modes["with backward"] = (both, lambda: torch.autograd.grad(work.peer(x, w), wanted, seed, allow_unused=True))
    return modes


def measure(work: Work, size: str, turns: int, seconds: float) -> list[Row]:
    rows = []
    with np.errstate(all="ignore"):
        for mode, (ours, theirs) in works(work, size).items():
            times = race({"wlnet": repeated(ours, seconds), "torch": repeated(theirs, seconds)}, turns)
            rows.append(Row(work.layer, size, mode, *(min(found) for found in times.values())))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layers", nargs="*")
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.004)
    chosen = parser.parse_args()
    print(machine("torch") + f", {THREADS} threads")
    rows = []
    for work in LAYERS:
        if not chosen.layers or work.layer in chosen.layers:
            for size in work.sizes:
                rows += measure(work, size, chosen.turns, chosen.seconds)
    print(f"{'':34}{'size':7}{'mode':15}{'wlnet µs':>10}{'torch µs':>10}{'ratio':>8}")
    for row in sorted(rows, key=lambda row: row.ratio):
        figures = f"{row.wlnet * 1e6:10.1f}{row.torch * 1e6:10.1f}{row.ratio:8.2f}"
        print(f"    {row.layer:30}{row.size:7}{row.mode:15}{figures}")
    for mode in ("forward", "with backward"):
        found = {
            size: median(row.ratio for row in rows if (row.mode, row.size) == (mode, size))
            for size in ("small", "large")
            if any((row.mode, row.size) == (mode, size) for row in rows)
        }
        print(f"median of the ratios, {mode}: " + ", ".join(f"{size} {value:.2f}" for size, value in found.items()))


if __name__ == "__main__":
    main()
