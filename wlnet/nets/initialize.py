"""Initial values of arrays.

Sources: K. He et al. 2015 ("Kaiming": standard deviation √(2/in)), X. Glorot and Y. Bengio 2010 ("Xavier":
√(2/(in+out))), A. Saxe et al. 2013 ("Orthogonal").
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.arrays import Key, freeze
from wlnet.nets.constraints import is_frozen
from wlnet.nets.dimensions import is_known
from wlnet.nets.net import Net
from wlnet.nets.structure import Slot, Structure, position_text


class Draws(Protocol):
    """What random values are drawn from, as from NumPy's Generator."""

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Any = None) -> Any:
        """Gives values of a normal distribution."""

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = None) -> Any:
        """Gives values of a uniform distribution."""


Initializer = Callable[[Draws, tuple[int, ...], Mapping[str, Any]], np.ndarray]
"""function(generator, dimensions, suboptions) → array; the first dimension is the output, the rest the input."""


def initialize(
    net: Net,
    *,
    method: str = "Kaiming",
    suboptions: Mapping[str, Any] | None = None,
    seed: int | str | None = 1234,
    everything: bool = False,
    draws: Draws | None = None,
) -> Net:
    """Gives the net with every array that has no value filled in (with `everything`, all anew that are trainable).

    Each array draws from a generator of its own, seeded by `seed` and its (first) position: the same seed gives the
    same arrays, whatever else is in the net, in every run and on every machine. A shared array is filled once. seed None:
    from the system's entropy. suboptions: see SUBOPTIONS. draws: what values are drawn from in place of these generators.
    """
    net = net.complete
    if method not in METHODS:
        raise NetError(f'"{method}" is no method of initialization; the methods are {", ".join(METHODS)}', tag="method")
    root = np.random.SeedSequence().entropy if seed is None else seed
    made: dict[Key, np.ndarray] = {}
    for key, positions in net.positions.items():
        if key in net.store and not (everything and not is_frozen(net, key)):
            continue
        owner = net.owner(key)
        path, name = owner[:-1], owner[-1]
        structure = net.structure.at(path)
        slot = structure.slots[name]
        shape: Any = net.shape_of(key)
        if not is_known(shape):
            raise NetError(
                f"the dimensions of the array at {position_text(owner)} are not known; {cure_of(net, slot)}",
                tag="unknown",
                kind="NetInitialize",
            )
        generator = generator_for(root, positions[0]) if draws is None else draws
        array = fill_slot(structure, slot, name, shape, generator, method, suboptions or {})
        made[key] = freeze(array, np.float32)
    return Net(net.structure, net.store.with_arrays(made))


def cure_of(net: Net, slot: Slot) -> str:
    """Gives what makes the dimensions of an array known, in words."""
    inputs = net.structure.inputs
    if not inputs or net.unknown_ports():
        shown = ", ".join(f'"{name}": {port}' for name, port in inputs.items())
        return f'specify the input of the net, for instance with "Input" -> n (its ports: {shown})'
    if slot.shared is not None:
        return f'give them, as by NetArray[<|"Name" -> "{slot.shared}", "Dimensions" -> {{n, …}}|>]'
    return "the inputs of the net do not tell them: specify the ports of its layer, or of the layers before it"


def generator_for(root: Any, position: tuple[str, ...]) -> np.random.Generator:
    """Gives the generator of one array: PCG64 seeded by checksums of the seed and of the position."""
    words = [zlib.crc32(part.encode()) for part in (str(root), "/".join(position))]
    return np.random.Generator(np.random.PCG64(words))


def fill_slot(
    structure: Structure,
    slot: Slot,
    name: str,
    shape: tuple[int, ...],
    generator: Draws,
    method: str,
    suboptions: Mapping[str, Any],
) -> np.ndarray:
    """Gives the initial value of one array, of the dimensions that it is stored with."""
    declared = structure.kind.array_slots(structure.settings)[name]
    way = slot.method if slot.method is not None else declared.initialize
    if isinstance(way, int | float):
        if way == 0 and declared.trainable and suboptions.get("Biases") is not None:
            return draw(generator, suboptions["Biases"], shape)
        return np.full(shape, way, np.float32)
    chosen = method if way == "Method" else way
    if chosen not in METHODS:
        raise NetError(f'"{chosen}" is no method of initialization; the methods are {", ".join(METHODS)}', tag="method")
    return METHODS[chosen](generator, shape, suboptions if way == "Method" else {})


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Gives (in, out) of an array: the first dimension is out, the product of the others in; a vector counts as both."""
    if len(shape) < 2:
        return max(1, *shape, 1), max(1, *shape, 1)
    receptive = int(np.prod(shape[2:], dtype=np.int64))
    return int(np.prod(shape[1:], dtype=np.int64)), shape[0] * receptive


def scaled(generator: Draws, shape: tuple[int, ...], deviation: float, distribution: Any) -> np.ndarray:
    """Gives random values of mean 0 and this standard deviation, normal or uniform."""
    if distribution == "Uniform":
        bound = deviation * 3**0.5
        return generator.uniform(-bound, bound, shape)
    return generator.normal(0.0, deviation, shape)


def draw(generator: Draws, distribution: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Gives values of a distribution given as (name, …parameters): ("Normal", mean, deviation), ("Uniform", low, high)."""
    name, first, second = distribution
    if name == "Uniform":
        return generator.uniform(first, second, shape)
    return generator.normal(first, second, shape)


def kaiming(generator: Draws, shape: tuple[int, ...], suboptions: Mapping[str, Any]) -> np.ndarray:
    return scaled(generator, shape, (2.0 / fans(shape)[0]) ** 0.5, suboptions.get("Distribution", "Normal"))


def xavier(generator: Draws, shape: tuple[int, ...], suboptions: Mapping[str, Any]) -> np.ndarray:
    into, out = fans(shape)
    factor = {"In": into, "Out": out, "Mean": (into + out) / 2}[suboptions.get("FactorType", "Mean")]
    return scaled(generator, shape, (1.0 / factor) ** 0.5, suboptions.get("Distribution", "Normal"))


def orthogonal(generator: Draws, shape: tuple[int, ...], suboptions: Mapping[str, Any]) -> np.ndarray:
    rows = shape[0] if len(shape) > 1 else 1
    columns = int(np.prod(shape, dtype=np.int64)) // max(rows, 1)
    basis, triangle = np.linalg.qr(generator.normal(0.0, 1.0, (max(rows, columns), min(rows, columns))))
    basis = basis * np.sign(np.diag(triangle))
    return (basis if rows >= columns else basis.T).reshape(shape)


def random(generator: Draws, shape: tuple[int, ...], suboptions: Mapping[str, Any]) -> np.ndarray:
    return draw(generator, suboptions.get("Weights", ("Normal", 0.0, 1.0)), shape)


def identity(generator: Draws, shape: tuple[int, ...], suboptions: Mapping[str, Any]) -> np.ndarray:
    noise = draw(generator, suboptions.get("Distribution", ("Normal", 0.0, 0.01)), shape)
    if len(shape) < 2:
        return noise
    center = tuple(length // 2 for length in shape[2:])
    for index in range(min(shape[:2])):
        noise[(index, index, *center)] += 1.0
    return noise


def zeros(generator: Draws, shape: tuple[int, ...], suboptions: Mapping[str, Any]) -> np.ndarray:
    return np.zeros(shape)


def ones(generator: Draws, shape: tuple[int, ...], suboptions: Mapping[str, Any]) -> np.ndarray:
    return np.ones(shape)


#: Method → suboption → what it takes: one of these words, or a distribution, as (name, …parameters).
SUBOPTIONS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "Kaiming": {"Distribution": ("Normal", "Uniform")},
    "Xavier": {"Distribution": ("Normal", "Uniform"), "FactorType": ("Mean", "In", "Out")},
    "Random": {"Weights": None, "Biases": None},
    "Identity": {"Distribution": None},
}

METHODS: dict[str, Initializer] = {
    "Kaiming": kaiming,
    "Xavier": xavier,
    "Orthogonal": orthogonal,
    "Random": random,
    "Identity": identity,
    "Zeros": zeros,
    "Ones": ones,
}
