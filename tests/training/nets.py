"""Nets and data that the tests of training use."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.layers import construct, load_layers
from wlnet.nets import VARYING, Net, Port, chain, graph
from wlnet.nets.structure import End
from wlnet.terms import expression, symbol

KINDS = load_layers()
SHARED = expression(symbol("NetArray"), "W")


def layer(kind: str, *arguments: Any, **options: Any) -> Net:
    return construct(KINDS[kind], arguments, options)


def chained(*layers: Net, **more: Any) -> Net:
    return chain({str(number): net for number, net in enumerate(layers, 1)}, **more)


def linear_net() -> Net:
    return chained(layer("LinearLayer", 2))


def two_layers() -> Net:
    return chained(layer("LinearLayer", 5), layer("ElementwiseLayer", "GELU"), layer("LinearLayer", 2))


def classifier() -> Net:
    return chained(
        layer("LinearLayer", 5), layer("ElementwiseLayer", "ReLU"), layer("LinearLayer", 3), layer("SoftmaxLayer")
    )


def tied() -> Net:
    """Three layers of which the first and the last share their weights."""
    return chained(
        layer("LinearLayer", 3, Weights=SHARED),
        layer("ElementwiseLayer", "GELU"),
        layer("LinearLayer", 3, Weights=SHARED),
    )


def normalized() -> Net:
    return chained(layer("LinearLayer", 4), layer("BatchNormalizationLayer"), layer("LinearLayer", 2))


def reader() -> Net:
    """A net that takes sequences of any length."""
    net = chained(layer("LongShortTermMemoryLayer", 4), layer("SequenceLastLayer"), layer("LinearLayer", 2))
    return net.with_ports({"Input": Port((VARYING, 3))})


def branches() -> Net:
    """A graph that uses its input twice, and two outputs."""
    return graph(
        {"a": layer("LinearLayer", 3), "b": layer("LinearLayer", 2), "c": layer("LinearLayer", 2)},
        [(End("a", ""), End("b", "")), (End("a", ""), End("c", ""))],
    )


def data(examples: int, inputs: int = 3, outputs: int = 2, seed: int = 0) -> dict[str, Any]:
    generator = np.random.default_rng(seed)
    return {
        "Input": generator.normal(size=(examples, inputs)).astype(np.float32),
        "Output": generator.normal(size=(examples, outputs)).astype(np.float32),
    }


def classes(examples: int, seed: int = 0) -> dict[str, Any]:
    generator = np.random.default_rng(seed)
    return {"Input": generator.normal(size=(examples, 3)), "Output": generator.integers(1, 4, examples)}


def sequences(lengths: list[int], seed: int = 0) -> dict[str, Any]:
    generator = np.random.default_rng(seed)
    return {
        "Input": [generator.normal(size=(length, 3)).astype(np.float32) for length in lengths],
        "Output": generator.normal(size=(len(lengths), 2)).astype(np.float32),
    }


#: Nets with data that train them.
CASES = {
    "linear": (linear_net, lambda: data(7)),
    "two layers": (two_layers, lambda: data(7)),
    "classifier": (classifier, lambda: classes(7)),
    "tied": (tied, lambda: data(7, outputs=3)),
    "normalized": (normalized, lambda: data(7)),
    "reader": (reader, lambda: sequences([2, 4, 2, 4, 4, 3, 2])),
    "branches": (
        branches,
        lambda: {"Input": data(7)["Input"], "Output1": data(7)["Output"], "Output2": data(7, seed=1)["Output"]},
    ),
}
