"""Training on sequences of many lengths, against sequences of one length and PyTorch's packed sequences.

    python benchmarks/sequences.py [--turns 3]

A round over 1000 sequences of 10 to 200 vectors, in batches of 16, through a long short-term memory, its last element
and a linear layer. The padding costs what is padded, and nothing else: the goal is twice the time of as many sequences
of the mean length.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import numpy as np
from race import installed, machine, race, show, timed

from wlnet import Session
from wlnet.training import train

COUNT, SIZE, UNITS, BATCH = 1000, 8, 32, 16
NET = f'NetChain[{{LongShortTermMemoryLayer[{UNITS}], SequenceLastLayer[], LinearLayer[3]}}, "Input" -> {{"Varying", {SIZE}}}]'


def torch_round(inputs: list[np.ndarray], targets: np.ndarray) -> Callable[[], Any]:
    """Gives a round in PyTorch, its batches sorted by length as wlnet's are."""
    import torch
    from torch.nn.utils.rnn import pack_sequence

    layer, last = torch.nn.LSTM(SIZE, UNITS, batch_first=True), torch.nn.Linear(UNITS, 3)
    optimizer = torch.optim.Adam([*layer.parameters(), *last.parameters()], fused=True)
    order = np.argsort([-len(x) for x in inputs])
    batches = [
        (pack_sequence([torch.from_numpy(inputs[n]) for n in part]), torch.from_numpy(targets[part]))
        for part in (order[start : start + BATCH] for start in range(0, COUNT, BATCH))
    ]

    def work() -> None:
        for x, y in batches:
            optimizer.zero_grad()
            (last(layer(x)[1][0][0]) - y).square().mean().backward()
            optimizer.step()

    return work


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=3)
    turns = parser.parse_args().turns
    random = np.random.default_rng(0)
    lengths = random.integers(10, 200, COUNT)
    inputs = [random.standard_normal((length, SIZE)).astype(np.float32) for length in lengths]
    targets = random.standard_normal((COUNT, 3)).astype(np.float32)
    alike = random.standard_normal((COUNT, round(lengths.mean()), SIZE)).astype(np.float32)
    net: Any = Session().evaluate(NET)

    def wlnet(given: Any) -> Callable[[], Any]:
        return lambda: train(net, {"Input": given, "Output": targets}, rounds=1, batch_size=BATCH)

    contenders = {"wlnet": timed(wlnet(inputs)), "wlnet, one length": timed(wlnet(alike))}
    if installed("torch") != "not installed":
        contenders["torch"] = timed(torch_round(inputs, targets))
    print(machine("torch"))
    show("one round, minimum / median", race(contenders, turns))


if __name__ == "__main__":
    main()
