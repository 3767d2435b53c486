"""One training step with Adam of six nets: wlnet against PyTorch, JAX and Keras.

    python benchmarks/train.py [--nets LeNet …] [--contenders wlnet torch …] [--threads 2] [--turns 5] [--seconds 0.3]

The same initial arrays, batches and number of threads for all; the loss is read back in every step. Each contender has a
process of its own, and they take turns; the ratio of the minima counts. Fails where the losses of the first steps do not
agree. "NetTrain" is a whole round of it for each step: what it takes longer than "wlnet" goes to data, order and progress.
"""

from __future__ import annotations

import argparse
import os
import sys
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from processes import Child, Task, begin_all, race_children, use_threads
from race import Times, machine, span
from six_nets import BATCHES, CONVOLUTIONAL, NETS

#: How far losses may differ.
AGREEMENT = 1e-3
#: Name of a contender → its module and settings.
CONTENDERS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "wlnet": ("with_wlnet", ()),
    "torch": ("with_torch", ()),
    "torch, channels last": ("with_torch", (True,)),
    "jax": ("with_jax", ()),
    "keras on jax": ("with_keras", ("jax",)),
    "keras on torch": ("with_keras", ("torch",)),
}


def tasks_of(net: str, folder: str, chosen: list[str]) -> dict[str, Task]:
    """Gives the tasks of those who train a net, and of whole rounds of NetTrain."""
    found = {
        name: Task(CONTENDERS[name][0], "trainer", net, folder, CONTENDERS[name][1])
        for name in chosen
        if name != "torch, channels last" or net in CONVOLUTIONAL
    }
    return {**found, "NetTrain": Task("with_wlnet", "rounds", net, folder)} if "wlnet" in found else found


def first_steps(children: dict[str, Child], steps: int) -> tuple[dict[str, float], bool]:
    """Gives the seconds of each first step, and whether the losses of the first steps agree."""
    seconds, losses = {}, {}
    for name, child in children.items():
        seconds[name], losses[name] = child.ask("results", 1 if name == "NetTrain" else steps)
    (reference, expected), *others = ((name, found) for name, found in losses.items() if name != "NetTrain")
    agree = True
    for name, found in others:
        apart = [abs(a - b) / max(1.0, abs(b)) for a, b in zip(found, expected, strict=True)]
        at = next((i for i, difference in enumerate(apart) if not difference <= AGREEMENT), None)
        if at is not None:
            agree = False
            print(f"    {name} DISAGREES with {reference}: {found[at]:.5f} for {expected[at]:.5f} in step {at + 1}")
    print(
        f"    losses {expected[0]:.4f} to {expected[-1]:.4f} in {steps} steps{', agreed on' if agree and others else ''}"
    )
    return seconds, agree


def compare(net: str, chosen: list[str], steps: int, turns: int, seconds: float, patience: float) -> bool:
    """Prints the race of one net; gives whether the losses agree."""
    # Not above: the other processes import this file, too, and should not have wlnet in their memory.
    from with_wlnet import initialized

    print(f"{net}, batch {NETS[net].batch}", flush=True)
    with TemporaryDirectory() as folder:
        np.savez(f"{folder}/{net}.npz", **initialized(net).to_arrays())
        children = begin_all(tasks_of(net, folder, chosen))
        try:
            begun, agree = first_steps(children, steps)
            times = race_children(children, turns, seconds, patience)
            memory = {name: child.ask("memory") for name, child in children.items()}
        finally:
            for child in children.values():
                child.end()
    if "NetTrain" in times:
        times["NetTrain"] = [found / BATCHES for found in times["NetTrain"]]
    show_race(times, begun, memory)
    return agree


def show_race(times: Times, begun: dict[str, float], memory: dict[str, int]) -> None:
    """Prints a line for each contender, and how wlnet stands to the best of the others."""
    low, middle = ({name: f(found) for name, found in times.items()} for f in (min, median))
    for name in times:
        first = f"first {begun[name]:6.3f} s, " if name != "NetTrain" else " " * 16
        print(f"    {name:20} {span(low[name], middle[name])}   {first}{memory[name] / 1e6:6.0f} MB")
    peers = [name for name in times if name not in ("wlnet", "NetTrain")]
    if "wlnet" not in times:
        return
    if peers:
        best, calmest = min(peers, key=low.__getitem__), min(peers, key=middle.__getitem__)
        print(
            f"    wlnet takes {low['wlnet'] / low[best]:.2f} of {best} by the minimum, "
            f"{middle['wlnet'] / middle[calmest]:.2f} of {calmest} by the median"
        )
    beyond = [f"{found['NetTrain'] / found['wlnet'] - 1:+.1%}" for found in (low, middle)]
    print(f"    a round of {BATCHES} steps in NetTrain beyond its steps: {' / '.join(beyond)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nets", nargs="+", choices=NETS, default=list(NETS))
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=50, help="first steps whose losses must agree")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3, help="of a turn")
    parser.add_argument("--patience", type=float, default=0.0, help="how many seconds a turn waits for an idle machine")
    chosen = parser.parse_args()
    use_threads(chosen.threads)
    print(machine("torch", "jax", "keras") + f", {chosen.threads} threads, load {os.getloadavg()[0]:.1f}")
    agreements = [
        compare(net, chosen.contenders, chosen.steps, chosen.turns, chosen.seconds, chosen.patience)
        for net in chosen.nets
    ]
    return 0 if all(agreements) else 1


if __name__ == "__main__":
    sys.exit(main())
