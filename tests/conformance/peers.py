"""The peers of layers: what draws a net at random, and the function that PyTorch computes from the same arrays.

A peer is one block in a file under `families/`, which are found by walking the folder:

    @peer("SoftmaxLayer", "torch.softmax")
    def softmax(draw: Draw) -> Case:
        shape = draw.sizes(draw.size(1, 3))
        return Case(layer("SoftmaxLayer", Input=shape), lambda x, w: torch.softmax(x["Input"], -1))
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np

Tensors = dict[str, Any]
Reference = Callable[[Tensors, Tensors], Any]
"""(inputs by port, arrays by name or by "path/name") → the only output, or what comes out by the name of port or array."""


@dataclass(frozen=True)
class Case:
    """A net as text, and the function that is to give the same.

    given, arrays: the inputs by port and the arrays by name that are not to be drawn from a normal distribution. Where
    `measure` is there, what it makes of both outputs is compared instead, as for what is random; there are no gradients
    then. `tolerance` is allowed instead of that of the type.
    """

    text: str
    reference: Reference
    given: Mapping[str, np.ndarray] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    training: bool = False
    measure: Callable[[np.ndarray], np.ndarray] | None = None
    tolerance: float | None = None


@dataclass(frozen=True)
class Peer:
    """What confirms a layer: `by` names it, `draw` gives a case, `cases` of them are drawn."""

    layer: str
    by: str
    draw: Callable[[Draw], Case]
    cases: int

    def __str__(self) -> str:
        return f"{self.layer} by {self.by}"


#: All peers, those of a layer one after the other.
PEERS: list[Peer] = []

#: Layers without a peer → why.
ALONE = {
    "NetChain": "every peer of a loss or an operator is inside one",
    "NetGraph": "the same",
    "FunctionLayer": "becomes a NetGraph of other layers",
    "CompiledLayer": "its function is the user's; where it is traced, it is a FunctionLayer",
    "NetDerivative": "held against PyTorch's double backward in tests/layers",
    "NetGANOperator": "its gradients are held against PyTorch's in tests/training",
    "PlaceholderLayer": "computes nothing",
    "RandomArrayLayer": "its distributions are held against scipy's in tests/layers",
}


def peer(layer: str, by: str, cases: int = 24) -> Callable[[Callable[[Draw], Case]], Callable[[Draw], Case]]:
    """Declares the peer of a layer (a decorator). A name without `torch.` is a loop written from the formula."""

    def declare(draw: Callable[[Draw], Case]) -> Callable[[Draw], Case]:
        PEERS.append(Peer(layer, by, draw, cases))
        return draw

    return declare


def load_peers() -> list[Peer]:
    """Imports every module that may declare peers, and gives them in the order of the layers' names."""
    package = importlib.import_module("tests.conformance.families")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    return sorted(PEERS, key=lambda peer: peer.layer)


class Draw:
    """Random choices for one case: the same for the same peer and number. `turn` is that number, from 0."""

    def __init__(self, peer: Peer, turn: int) -> None:
        self.turn = turn
        self.random = np.random.default_rng([crc32(str(peer).encode()), turn])
        self.batch = self.size(1, 3)

    def size(self, low: int = 1, high: int = 5) -> int:
        return int(self.random.integers(low, high, endpoint=True))

    def sizes(self, rank: int, low: int = 1, high: int = 5) -> tuple[int, ...]:
        return tuple(self.size(low, high) for _ in range(rank))

    def one_of(self, *items: Any) -> Any:
        return items[self.size(0, len(items) - 1)]

    def in_turn(self, items: Any) -> Any:
        """Gives one item after the other as the cases go on, so that all of them are met."""
        listed = list(items)
        return listed[self.turn % len(listed)]

    def normal(self, *shape: int) -> np.ndarray:
        return self.random.normal(size=shape)

    def uniform(self, low: float, high: float, *shape: int) -> np.ndarray:
        return self.random.uniform(low, high, shape)

    def integers(self, low: int, high: int, *shape: int) -> np.ndarray:
        return self.random.integers(low, high, shape, endpoint=True)

    def probabilities(self, *shape: int) -> np.ndarray:
        made = self.uniform(0.1, 1, *shape)
        return made / made.sum(-1, keepdims=True)


class Code(str):
    """A text that stands in the language as it is."""


#: Options whose names are symbols.
SYMBOLS = {"Interleaving", "InputPorts", "Method", "Padding", "PaddingSize", "Resampling", "DistanceFunction"}


def written(value: Any) -> str:
    """Gives a value in the language."""
    if isinstance(value, Code) or value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, (tuple, list)):
        return "{" + ", ".join(map(written, value)) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def layer(name: str, *arguments: Any, **options: Any) -> str:
    """Gives the text of a layer."""
    shown = [written(argument) for argument in arguments]
    for key, value in options.items():
        shown.append(f"{key if key in SYMBOLS else written(key)} -> {written(value)}")
    return f"{name}[{', '.join(shown)}]"
