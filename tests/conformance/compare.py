"""Comparing a net with its peer: outputs, and the gradients of all inputs and arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from tests.conformance.peers import Case, Draw, Peer
from wlnet.nets import Net
from wlnet.nets.arrays import Shared
from wlnet.plans import evaluate, trace
from wlnet.session import Session

#: Type → the largest deviation allowed, relative to the largest number where that is larger than 1.
TOLERANCES: dict[Any, float] = {np.float64: 1e-9, np.float32: 2e-4}

SESSION = Session()

# The arrays are small: two threads that wait for each other cost ten times the work where the machine is shared.
torch.set_num_threads(1)


class Mismatch(AssertionError):
    """A net gives something else than its peer."""


@dataclass
class Confirmation:
    """How far a layer and its peer were apart at most, over how many cases."""

    peer: Peer
    cases: int
    deviations: dict[Any, float]


def confirm(peer: Peer) -> Confirmation:
    """Compares all cases of a peer in every type; raises Mismatch."""
    largest = dict.fromkeys(TOLERANCES, 0.0)
    for turn in range(peer.cases):
        draw = Draw(peer, turn)
        case = peer.draw(draw)
        net = made(case, draw)
        for dtype in TOLERANCES:
            largest[dtype] = max(largest[dtype], compared(case, net, draw, dtype))
    return Confirmation(peer, peer.cases, largest)


def made(case: Case, draw: Draw) -> Net:
    """Gives the net of a case, with random arrays where none are given."""
    SESSION.messages.clear()
    net = SESSION.evaluate_term(f"NetInitialize[{case.text}]")
    if not isinstance(net, Net) or SESSION.messages:
        raise Mismatch(f"{case.text} gives {net} with the messages {SESSION.messages}")
    store = {key: case.arrays.get(name_of(key), draw.normal(*array.shape)) for key, array in net.store.items()}
    return net.with_arrays(store)


def name_of(key: Any) -> str:
    return key.name if isinstance(key, Shared) else "/".join(key)


def compared(case: Case, net: Net, draw: Draw, dtype: Any) -> float:
    """Gives the largest deviation of one case in one type; raises Mismatch where it is too large."""
    inputs = {
        name: cast(case.given[name] if name in case.given else draw.normal(draw.batch, *port.shape), dtype)
        for name, port in net.structure.inputs.items()
    }
    arrays = {key: array.astype(dtype) for key, array in net.store.items()}
    largest, tolerance = 0.0, case.tolerance or TOLERANCES[dtype]
    with np.errstate(all="ignore"):
        for what, found, expected in pairs(case, net, inputs, arrays, draw, dtype):
            apart = deviation(found, expected)
            if not apart <= tolerance:
                raise Mismatch(
                    f"{case.text}, batch {draw.batch}, {dtype.__name__}: {what} is apart by {apart:.2g}\n"
                    f"found {found}\nexpected {expected}"
                )
            largest = max(largest, apart)
    return largest


def cast(array: np.ndarray, dtype: Any) -> np.ndarray:
    return array.astype(dtype) if array.dtype.kind == "f" else array


def deviation(found: np.ndarray, expected: np.ndarray) -> float:
    """Gives how far two arrays are apart at most; infinity where their dimensions differ."""
    if found.shape != expected.shape:
        return np.inf
    return float(np.max(np.abs(found - expected), initial=0.0) / max(1.0, np.max(np.abs(expected), initial=0.0)))


def pairs(
    case: Case, net: Net, inputs: dict[str, Any], arrays: dict[Any, Any], draw: Draw, dtype: Any
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Yields what is compared: its name, what the net gives and what the peer gives."""
    leaves = {key: leaf(value) for key, value in {**inputs, **arrays}.items()}
    expected = case.reference({name: leaves[name] for name in inputs}, {name_of(key): leaves[key] for key in arrays})
    named = expected if isinstance(expected, dict) else {next(iter(net.structure.outputs)): expected}
    at_once, _ = evaluate(net, inputs, draw.batch, training=case.training, seed=draw.turn, dtype=dtype)
    if case.measure is not None:
        for name, value in named.items():
            yield name, case.measure(at_once[name]), case.measure(value.detach().numpy())
        return
    plan = trace(
        net, arrays, inputs, draw.batch, training=case.training, random=np.random.default_rng(draw.turn), dtype=dtype
    )
    replayed = plan.forward(inputs)
    updated = {name_of(key): value for key, value in plan.updated().items()}
    for name, value in named.items():
        for way, found in (("at once", at_once), ("replayed", replayed)):
            if name in found:
                yield f"{name} {way}", found[name], value.detach().numpy()
        if name in updated:
            yield f"{name} updated", updated[name], value.detach().numpy()
    seeds = {name: draw.normal(*replayed[name].shape).astype(dtype) for name in named if name in replayed}
    rows = [named[name] for name in seeds if named[name].requires_grad]
    if not rows:
        return
    torch.autograd.backward(rows, [torch.tensor(seed) for name, seed in seeds.items() if named[name].requires_grad])
    wanted = [key for key, value in leaves.items() if value.requires_grad and is_trainable(net, key)]
    plan.differentiate(seeds, wanted)
    for key, gradient in plan.backward(seeds).items():
        given = leaves[key].grad
        name = key if isinstance(key, str) else name_of(key)
        yield f"the gradient of {name}", gradient, np.zeros_like(gradient) if given is None else given.numpy()


def is_trainable(net: Net, key: Any) -> bool:
    """Tells whether an input or array has a gradient: a moving statistic has none in PyTorch."""
    if isinstance(key, (str, Shared)):
        return True
    layer = net.structure.at(key[:-1])
    return layer.kind.array_slots(layer.settings)[key[-1]].trainable


def leaf(value: np.ndarray) -> Any:
    return torch.tensor(value, requires_grad=value.dtype.kind == "f")
