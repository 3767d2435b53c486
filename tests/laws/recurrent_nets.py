"""Random nets that go along a sequence, for the laws of states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from wlnet import builtins
from wlnet.nets import Net, Port, chain, graph, initialize
from wlnet.nets.dimensions import VARYING
from wlnet.nets.structure import End
from wlnet.session import Session

builtins.load_rest()

SESSION = Session()
SIZE = 2
Draw = Callable[..., Any]


def net_of(code: str) -> Net:
    return SESSION.evaluate_term(code)


FOLD = (
    'NetFoldOperator[NetGraph[<|"join" -> CatenateLayer[], "linear" -> LinearLayer[2], "tanh" -> Tanh|>, '
    '{NetPort["Input"] -> "join", NetPort["State"] -> "join", "join" -> "linear" -> "tanh"}]]'
)
SELF = 'NetGraph[<|"self" -> AttentionLayer[{}]|>, {{NetPort["Input"] -> {{{}}}}}]'
ENDS = ", ".join(f'NetPort[{{"self", "{port}"}}]' for port in ("Key", "Value", "Query"))
#: Sequences of vectors of one size to the same; the first half has states.
STATEFUL = [
    net_of(code)
    for code in (
        "BasicRecurrentLayer[2]",
        'BasicRecurrentLayer[2, "StateWeights" -> NetArray["W"]]',
        "GatedRecurrentLayer[2]",
        "LongShortTermMemoryLayer[2]",
        FOLD,
        SELF.format('"Mask" -> "Causal"', ENDS),
        SELF.format('"Dot", "Mask" -> ("Causal" -> 2)', ENDS),
    )
]
STATELESS = [
    net_of(code)
    for code in (
        "ElementwiseLayer[Tanh]",
        "SoftmaxLayer[]",
        "NetMapOperator[LinearLayer[2]]",
        'NetMapOperator[NetChain[{LinearLayer[2, "Weights" -> NetArray["W"]], Ramp}]]',
        'NormalizationLayer[2 ;;, "Same"]',
        "FunctionLayer[2 # + 1 &]",
    )
]
PLUS = net_of("ThreadingLayer[Plus]")
LAST = net_of("SequenceLastLayer[]")


@st.composite
def blocks(draw: Draw, depth: int = 1) -> Net:
    """Gives a net from a sequence of vectors to a sequence of vectors of the same size."""
    kind = draw(st.sampled_from(["stateful", "stateful", "stateless", *(["chain", "graph"] if depth else [])]))
    if kind == "chain":
        return draw(chains(depth - 1))
    if kind == "graph":
        return draw(residual(depth - 1))
    return draw(st.sampled_from(STATEFUL if kind == "stateful" else STATELESS))


@st.composite
def chains(draw: Draw, depth: int) -> Net:
    layers = draw(st.lists(blocks(depth), min_size=1, max_size=3))
    return chain(dict(zip("abc", layers, strict=False)), {"Input": Port((VARYING, SIZE))}, named=True)


@st.composite
def residual(draw: Draw, depth: int) -> Net:
    """Gives a graph that adds its input to what a net makes of it."""
    edges = [
        (End(None, "Input"), End("net", "")),
        (End("net", ""), End("sum", "")),
        (End(None, "Input"), End("sum", "")),
    ]
    return graph({"net": draw(blocks(depth)), "sum": PLUS}, edges, {"Input": Port((VARYING, SIZE))}, named=True)


@st.composite
def recurrent_nets(draw: Draw) -> Net:
    """Gives a net with at least one state."""
    layers = [draw(st.sampled_from(STATEFUL)), *draw(st.lists(blocks(), max_size=2))]
    layers = draw(st.permutations(layers))
    net = chain({str(i): layer for i, layer in enumerate(layers, 1)}, {"Input": Port((VARYING, SIZE))})
    return initialize(net, seed=draw(st.integers(0, 3)))
