"""One training step with Adam, the loss read back: wlnet against plain autograd.numpy and against PyTorch eager.

    python benchmarks/step.py [seconds]

The same net, batch and initial arrays for all. The contenders take turns in one process, on the same number of threads;
what counts is the ratio of the minima (and of the medians), not the times. The first five losses must agree to 1e-4.
PyTorch runs with its fused Adam, where it is installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import perf_counter

THREADS = os.environ.setdefault("OMP_NUM_THREADS", "2")
sys.path.insert(0, str(Path(__file__).parents[1]))

import autograd.numpy as anp  # noqa: E402
import numpy as np  # noqa: E402
from autograd import value_and_grad  # noqa: E402

from wlnet.layers import construct, load_layers  # noqa: E402
from wlnet.nets import chain  # noqa: E402
from wlnet.training import Data, attach_losses  # noqa: E402
from wlnet.training.losses import outer_key  # noqa: E402
from wlnet.training.method import read_method  # noqa: E402
from wlnet.training.slabs import Treatment  # noqa: E402
from wlnet.training.state import TrainingState  # noqa: E402

#: name → (sizes of input, hidden and output layer, batch).
NETS = {"2-3-2, batch 3": ((2, 3, 2), 3), "784-128-10, batch 64": ((784, 128, 10), 64)}
RATE, BETA1, BETA2, EPSILON = 0.001, 0.9, 0.999, 1e-5

Step = Callable[[], float]
Arrays = list[np.ndarray]
"""Weights and biases of the first layer, then of the second."""


def wlnet_step(x: np.ndarray, t: np.ndarray, arrays: Arrays) -> Step:
    kinds = load_layers()
    names = ("Weights", "Biases")
    first, second = (construct(kinds["LinearLayer"], (len(b),)) for b in arrays[1::2])
    ramp, softmax = construct(kinds["ElementwiseLayer"], ("ReLU",)), construct(kinds["SoftmaxLayer"])
    net = chain({"1": first, "2": ramp, "3": second, "4": softmax})
    keys = [(layer, name) for layer in ("1", "3") for name in names]
    net = net.with_arrays(dict(zip(keys, arrays, strict=True)))
    data = Data({"Input": x, "Output": t})
    training = attach_losses(net, None, data.shapes)
    treatments = {outer_key(key): Treatment() for key in net.positions}
    state = TrainingState(training, read_method("ADAM"), treatments, 1, np.float32)
    indices = np.arange(len(x))

    def step() -> float:
        return state.step(data, indices)

    return step


def autograd_step(x: np.ndarray, t: np.ndarray, arrays: Arrays) -> Step:
    values = [array.copy() for array in arrays]
    moments = [(np.zeros_like(v), np.zeros_like(v)) for v in values]
    rows, classes = np.arange(len(x)), t - 1
    count = 0

    def loss_of(values: Arrays) -> float:
        w1, b1, w2, b2 = values
        z = anp.dot(anp.maximum(anp.dot(x, w1.T) + b1, 0), w2.T) + b2
        z = z - anp.max(z, axis=1, keepdims=True)
        return anp.mean(anp.log(anp.sum(anp.exp(z), axis=1)) - z[rows, classes])

    gradient_of = value_and_grad(loss_of)

    def step() -> float:
        nonlocal count
        loss, gradients = gradient_of(values)
        count += 1
        for value, g, (first, second) in zip(values, gradients, moments, strict=True):
            first += (1 - BETA1) * (g - first)
            second += (1 - BETA2) * (g * g - second)
            value -= RATE * (first / (1 - BETA1**count)) / (np.sqrt(second / (1 - BETA2**count)) + EPSILON)
        return float(loss)

    return step


def torch_step(x: np.ndarray, t: np.ndarray, arrays: Arrays) -> Step:
    import torch

    torch.set_num_threads(int(THREADS))
    layers = [torch.nn.Linear(w.shape[1], w.shape[0]) for w in arrays[::2]]
    with torch.no_grad():
        for layer, w, b in zip(layers, arrays[::2], arrays[1::2], strict=True):
            layer.weight.copy_(torch.from_numpy(w))
            layer.bias.copy_(torch.from_numpy(b))
    net = torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1])
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=True)
    cross_entropy = torch.nn.CrossEntropyLoss()
    inputs, targets = torch.from_numpy(x), torch.from_numpy(t - 1)

    def step() -> float:
        optimizer.zero_grad()
        loss = cross_entropy(net(inputs), targets)
        loss.backward()
        optimizer.step()
        return float(loss.item())

    return step


CONTENDERS = {"wlnet": wlnet_step, "autograd": autograd_step, "torch": torch_step}


def race(steps: dict[str, Step], seconds: float) -> dict[str, np.ndarray]:
    """Gives the times of each contender's steps; turns of 0.2 s, each begun by three steps that do not count."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    begin = perf_counter()
    while perf_counter() - begin < seconds * len(steps):
        for name, step in steps.items():
            for _ in range(3):
                step()
            turn = perf_counter()
            while perf_counter() - turn < 0.2:
                start = perf_counter()
                step()
                times[name].append(perf_counter() - start)
    return {name: np.array(found) for name, found in times.items()}


def compare(title: str, sizes: tuple[int, ...], batch: int, seconds: float) -> bool:
    """Prints one race; gives whether the first losses agree."""
    generator = np.random.default_rng(1)
    x = generator.normal(size=(batch, sizes[0])).astype(np.float32)
    t = generator.integers(1, sizes[-1] + 1, batch)
    arrays = []
    for into, out in pairwise(sizes):
        weights = generator.normal(size=(out, into)) * (2 / into) ** 0.5
        arrays += [weights.astype(np.float32), np.zeros(out, np.float32)]
    steps: dict[str, Step] = {}
    for name, make in CONTENDERS.items():
        try:
            steps[name] = make(x, t, arrays)
        except ImportError:
            print(f"{name} is not installed")
    losses = {name: np.array([step() for _ in range(5)]) for name, step in steps.items()}
    agree = all(np.allclose(found, losses["autograd"], rtol=1e-4, atol=1e-4) for found in losses.values())
    print(f"{title}: first losses {'agree' if agree else 'DISAGREE: ' + str(losses)}")
    with np.errstate(all="ignore"):
        times = race(steps, seconds)
    low, middle = ({name: float(f(found)) * 1e6 for name, found in times.items()} for f in (np.min, np.median))
    for name in times:
        ratios = f"{low['wlnet'] / low[name]:.2f} / {middle['wlnet'] / middle[name]:.2f}"
        print(f"    {name:9} {low[name]:8.1f} / {middle[name]:8.1f} µs    wlnet takes {ratios} of it")
    return agree


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    print(f"minimum / median of one step, {THREADS} threads")
    agreements = [compare(title, sizes, batch, seconds) for title, (sizes, batch) in NETS.items()]
    return 0 if all(agreements) else 1


if __name__ == "__main__":
    sys.exit(main())
