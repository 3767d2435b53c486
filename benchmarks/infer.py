"""Applying six nets to one example: wlnet against PyTorch, JAX, Keras and onnxruntime.

    python benchmarks/infer.py [--nets LeNet …] [--contenders wlnet torch …] [--threads 2] [--turns 5] [--seconds 0.2]

From an array to an array of probabilities, with the same arrays and number of threads for all; "wlnet, net[x]" is the
same in the language. Each contender has a process of its own, and they take turns; the ratio of the minima counts. Fails
where the outputs do not agree.
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
from six_nets import CONVOLUTIONAL, NETS

#: How far probabilities may differ.
AGREEMENT = 1e-4
#: Name of a contender → its module, function and settings.
CONTENDERS: dict[str, tuple[str, str, tuple[Any, ...]]] = {
    "wlnet": ("with_wlnet", "runner", ()),
    "wlnet, net[x]": ("with_wlnet", "language", ()),
    "torch": ("with_torch", "runner", ()),
    "torch, channels last": ("with_torch", "runner", (True,)),
    "jax": ("with_jax", "runner", ()),
    "keras on jax": ("with_keras", "runner", ("jax",)),
    "keras on torch": ("with_keras", "runner", ("torch",)),
    "onnxruntime": ("with_onnx", "runner", ()),
}


def tasks_of(net: str, folder: str, chosen: list[str]) -> dict[str, Task]:
    """Gives the tasks of those who apply a net."""
    return {
        name: Task(module, function, net, folder, settings)
        for name, (module, function, settings) in CONTENDERS.items()
        if name in chosen and (name != "torch, channels last" or net in CONVOLUTIONAL)
    }


def write_files(net: str, folder: str, chosen: list[str]) -> None:
    """Writes what the processes begin with: the arrays, and the ONNX file where it is asked for."""
    # Not above: the other processes import this file, too, and should not have wlnet in their memory.
    from with_wlnet import initialized

    np.savez(f"{folder}/{net}.npz", **initialized(net).to_arrays())
    if "onnxruntime" in chosen:
        for child in begin_all({"the file for onnxruntime": Task("with_torch", "export", net, folder)}).values():
            child.end()


def agree(children: dict[str, Child]) -> bool:
    """Tells whether the outputs agree, and prints which do not."""
    outputs = {name: np.asarray(child.ask("results", 1)[1][0]) for name, child in children.items()}
    (reference, expected), *others = outputs.items()
    apart = {name: float(np.abs(found - expected).max()) for name, found in others}
    for name, difference in apart.items():
        if not difference <= AGREEMENT:
            print(f"    {name} DISAGREES with {reference}: by {difference:.2g}")
    return all(difference <= AGREEMENT for difference in apart.values())


def compare(net: str, chosen: list[str], turns: int, seconds: float, patience: float) -> bool:
    """Prints the race of one net; gives whether the outputs agree."""
    print(f"{net}, batch 1", flush=True)
    with TemporaryDirectory() as folder:
        write_files(net, folder, chosen)
        children = begin_all(tasks_of(net, folder, chosen))
        try:
            agreed = agree(children)
            times = race_children(children, turns, seconds, patience)
        finally:
            for child in children.values():
                child.end()
    show_race(times)
    return agreed


def show_race(times: Times) -> None:
    """Prints a line for each contender, with how long wlnet takes to it."""
    low, middle = ({name: f(found) for name, found in times.items()} for f in (min, median))
    for name in times:
        ratios = f"wlnet takes {low['wlnet'] / low[name]:.2f} / {middle['wlnet'] / middle[name]:.2f} of it"
        print(f"    {name:20} {span(low[name], middle[name])}   {'' if name == 'wlnet' else ratios}".rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nets", nargs="+", choices=NETS, default=list(NETS))
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.2, help="of a turn")
    parser.add_argument("--patience", type=float, default=0.0, help="how many seconds a turn waits for an idle machine")
    chosen = parser.parse_args()
    use_threads(chosen.threads)
    packages = machine("torch", "jax", "keras", "onnxruntime")
    print(f"{packages}, {chosen.threads} threads, load {os.getloadavg()[0]:.1f}")
    agreements = [compare(net, chosen.contenders, chosen.turns, chosen.seconds, chosen.patience) for net in chosen.nets]
    return 0 if all(agreements) else 1


if __name__ == "__main__":
    sys.exit(main())
