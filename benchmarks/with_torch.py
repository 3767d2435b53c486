"""The six nets in PyTorch, eager, with the arrays that wlnet begins with."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from six_nets import BETA1, BETA2, EPSILON, NETS, RATE, VARIANCE_EPSILON, Arrays, gates
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def fill(parameters: Iterable[nn.Parameter], values: Iterable[np.ndarray]) -> None:
    with torch.no_grad():
        for parameter, value in zip(parameters, values, strict=True):
            parameter.copy_(torch.from_numpy(np.array(value)))


def in_order(net: nn.Module, arrays: Arrays) -> nn.Module:
    """Gives a net whose parameters are wlnet's arrays, in the same order (moving statistics begin alike)."""
    fill(net.parameters(), (value for name, value in arrays.items() if "Moving" not in name))
    return net


def lenet(arrays: Arrays) -> nn.Module:
    convolutions = nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2)
    return in_order(nn.Sequential(*convolutions, nn.Flatten(), *dense(800, 500, 10)), arrays)


def dense(*sizes: int) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for into, out in pairwise(sizes):
        layers += [nn.Linear(into, out), nn.ReLU()]
    return layers[:-1]


class LSTM(nn.Module):
    """One long short-term memory; of its two vectors of biases, one stays zero."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self.recurrent, self.linear = nn.LSTM(32, 64, batch_first=True), nn.Linear(64, 10)
        found = gates(arrays, ("Input", "Forget", "Memory", "Output"))
        fill(self.recurrent.parameters(), [*found, np.zeros(256)])
        fill(self.linear.parameters(), [arrays["3/Weights"], arrays["3/Biases"]])
        self.recurrent.bias_hh_l0.requires_grad_(False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(self.recurrent(x)[0][:, -1])


class Block(nn.Module):
    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self.norm1, self.norm2 = (nn.LayerNorm(128, eps=VARIANCE_EPSILON) for _ in range(2))
        self.project, self.join = nn.Linear(128, 384), nn.Linear(128, 128)
        self.widen, self.narrow = nn.Linear(128, 512), nn.Linear(512, 128)
        places = ("norm1", *(f"attention/{part}/Net" for part in ("query", "key", "value", "join")), "norm2")
        found = [arrays[f"{place}/{name}"] for place in places for name in WEIGHTS[place.startswith("norm")]]
        *norm1, qw, qb, kw, kb, vw, vb, jw, jb = found[:10]
        project = [np.concatenate([part.reshape(128, -1) for part in (qw, kw, vw)])]
        project.append(np.concatenate([part.reshape(128) for part in (qb, kb, vb)]))
        fill(self.norm1.parameters(), norm1)
        fill(self.project.parameters(), project)
        fill(self.join.parameters(), (jw.reshape(128, 128), jb))
        fill(self.norm2.parameters(), found[10:])
        for layer, place in ((self.widen, "feed/Net/1"), (self.narrow, "feed/Net/3")):
            fill(layer.parameters(), (arrays[f"{place}/{name}"] for name in WEIGHTS[False]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        heads = (part.unflatten(-1, (4, 32)).transpose(1, 2) for part in self.project(self.norm1(x)).split(128, -1))
        attended = F.scaled_dot_product_attention(*heads, is_causal=True)
        x = x + self.join(attended.transpose(1, 2).flatten(-2))
        return x + self.narrow(F.gelu(self.widen(self.norm2(x))))


#: Whether it is a normalization → the names of a layer's arrays.
WEIGHTS = {False: ("Weights", "Biases"), True: ("Scaling", "Biases")}


class Transformer(nn.Module):
    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self.embedding, self.positions = nn.Embedding(256, 128), nn.Embedding(64, 128)
        self.blocks = nn.ModuleList(
            Block({name.removeprefix(f"blocks/{i}/"): value for name, value in arrays.items()}) for i in range(1, 5)
        )
        self.norm = nn.LayerNorm(128, eps=VARIANCE_EPSILON)
        fill(self.embedding.parameters(), [arrays["Embedding"]])
        fill(self.positions.parameters(), [arrays["positions/Weights"]])
        fill(self.norm.parameters(), [arrays["norm/Scaling"], arrays["norm/Biases"]])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.embedding(x) + self.positions.weight
        for block in self.blocks:
            y = block(y)
        return F.linear(self.norm(y), self.embedding.weight)


class Residual(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        parts = [
            part
            for _ in range(2)
            for part in (nn.Conv2d(16, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16, eps=VARIANCE_EPSILON))
        ]
        self.first, self.second = nn.Sequential(*parts[:2], nn.ReLU()), nn.Sequential(*parts[2:])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(self.second(self.first(x)) + x)


def residual(arrays: Arrays) -> nn.Module:
    blocks = [Residual() for _ in range(6)]
    return in_order(nn.Sequential(*blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10)), arrays)


MAKERS: dict[str, Callable[[Arrays], nn.Module]] = {
    "2-3-2": lambda arrays: in_order(nn.Sequential(*dense(2, 3, 2)), arrays),
    "784-500-500-10": lambda arrays: in_order(nn.Sequential(*dense(784, 500, 500, 10)), arrays),
    "LeNet": lenet,
    "LSTM": LSTM,
    "transformer": Transformer,
    "residual": residual,
}


def prepared(name: str, folder: str, channels_last: bool) -> tuple[nn.Module, torch.Tensor, torch.Tensor]:
    """Gives the net, the inputs and the targets (classes from 0)."""
    with np.load(f"{folder}/{name}.npz") as stored:
        net = MAKERS[name](dict(stored))
    x, t = NETS[name].data()
    inputs = torch.from_numpy(x if x.dtype.kind == "f" else x - 1)
    if channels_last:
        net, inputs = net.to(memory_format=torch.channels_last), inputs.to(memory_format=torch.channels_last)
    return net, inputs, torch.from_numpy(t - 1)


def trainer(name: str, folder: str, channels_last: bool = False) -> Callable[[], float]:
    """Gives the work of one step of training, on one batch after the other."""
    net, inputs, targets = prepared(name, folder, channels_last)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=True)
    batches = [(inputs[chosen], targets[chosen].flatten()) for chosen in NETS[name].batches()]
    steps = 0

    def step() -> float:
        nonlocal steps
        x, t = batches[steps % len(batches)]
        steps += 1
        optimizer.zero_grad()
        y: Any = net(x)
        loss = F.cross_entropy(y.flatten(0, -2), t)
        loss.backward()
        optimizer.step()
        return float(loss.item())

    return step


def runner(name: str, folder: str, channels_last: bool = False) -> Callable[[], np.ndarray]:
    """Gives the work of applying the net to one example, as an array."""
    net, inputs, _ = prepared(name, folder, channels_last)
    net.eval()
    x = inputs[:1]

    def run() -> np.ndarray:
        with torch.inference_mode():
            return net(x).softmax(-1).numpy()

    return run


def export(name: str, folder: str) -> None:
    """Writes the net as an ONNX file, for one example at a time."""
    net, inputs, _ = prepared(name, folder, False)
    net.eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net, (inputs[:1],), f"{folder}/{name}.onnx", dynamo=False, opset_version=17)
