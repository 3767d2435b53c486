"""Random nets with shared arrays, nested, and random surgery on them, for the laws of surgery."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from wlnet import builtins
from wlnet.builtins.nets.constructors.containers import as_graph
from wlnet.nets import Net, Port, chain, graph, initialize
from wlnet.nets.exposing import expose, reachable
from wlnet.nets.flattening import flatten
from wlnet.nets.joining import append, insert, join, prepend
from wlnet.nets.renaming import rename_layers, rename_ports
from wlnet.nets.replacing import replace_layers
from wlnet.nets.splitting import delete, delete_ports, drop, take
from wlnet.nets.structure import End
from wlnet.nets.surgery import replace_child
from wlnet.session import Session
from wlnet.terms import expression

builtins.load_rest()

SESSION = Session()
SIZES = (2, 3)
VIEW = ', "View" -> Transpose'
Draw = Callable[..., Any]


def net_of(code: str) -> Net:
    return SESSION.evaluate_term(code)


ELEMENTWISE = [net_of(f"ElementwiseLayer[{name}]") for name in ("Tanh", "Ramp", "LogisticSigmoid")]
PLUS = net_of("ThreadingLayer[Plus]")
#: (inputs, outputs) → layers: with arrays of their own, and with shared ones.
LINEAR = {
    (a, b): [
        net_of(f'LinearLayer[{b}, "Input" -> {a}{option}]')
        for option in (
            "",
            f', "Weights" -> NetArray["W{a}{b}"]',
            f', "Biases" -> NetArray["b{b}"]',
            f', "Weights" -> NetArray[<|"Name" -> "V{min(a, b)}{max(a, b)}"{VIEW if a > b else ""}|>]',
        )
    ]
    for a in SIZES
    for b in SIZES
}


#: Layers made of functions, with an array of their own or a shared one.
FUNCTIONS = {
    2: net_of('FunctionLayer[Tanh[#] + # NetArray[<|"Name" -> "f", "Dimensions" -> 2|>] &, "Input" -> 2]'),
    3: net_of(
        'FunctionLayer[# . {{1, 2, 3}, {0, 1, 0}, {1, 0, 0}} + NetArray[<|"Name" -> None, "Dimensions" -> 3|>] &, "Input" -> 3]'
    ),
}


@st.composite
def chains(draw: Draw, size: int = 3, last: int | None = None, depth: int = 2) -> Net:
    """Gives a chain of vectors from one size to another."""
    layers: list[Net] = []
    for _ in range(draw(st.integers(0, 3))):
        layers.append(draw(single(size, depth)))
        size = layers[-1].structure.outputs["Output"].shape[0]  # type: ignore[index]
    layers.append(draw(st.sampled_from(LINEAR[size, last or draw(st.sampled_from(SIZES))])))
    return put(draw, layers)


def put(draw: Draw, layers: list[Net]) -> Net:
    named = draw(st.booleans())
    names = ["abcdefgh"[i] if named else str(i + 1) for i in range(len(layers))]
    return chain(dict(zip(names, layers, strict=True)), named=named)


@st.composite
def single(draw: Draw, size: int, depth: int) -> Net:
    """Gives something for one place in a net."""
    kinds = ["linear", "elementwise", "function"] + (["chain", "graph", "operator"] if depth else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "linear":
        return draw(st.sampled_from(LINEAR[size, draw(st.sampled_from(SIZES))]))
    if kind == "elementwise":
        return draw(st.sampled_from(ELEMENTWISE)).with_ports({"Input": Port((size,))})
    if kind == "function":
        return FUNCTIONS[size]
    if kind == "chain":
        return draw(chains(size, depth=depth - 1))
    if kind == "operator":
        return SESSION.kernel.evaluate(expression("NetNestOperator", draw(chains(size, size, depth - 1)), 2))
    return draw(graphs(size, depth - 1, outputs=1))


@st.composite
def graphs(draw: Draw, size: int = 3, depth: int = 2, outputs: int | None = None) -> Net:
    """Gives a graph of vectors of one size: each sum takes what two places before it give."""
    named = draw(st.booleans())
    layers: dict[str, Net] = {}
    connections: list[tuple[End, End]] = []
    places = [End(None, "Input")]

    def add(layer: Net, inputs: int) -> None:
        name = "abcdef"[len(layers)] if named else str(len(layers) + 1)
        layers[name] = layer
        connections.extend((draw(st.sampled_from(places)), End(name, "")) for _ in range(inputs))
        places.append(End(name, "Output"))

    for _ in range(draw(st.integers(1, 3))):
        add(draw(chains(size, size, depth)), 1)
        if draw(st.booleans()):
            add(PLUS, 2)
    if (outputs or draw(st.integers(1, 2))) == 2 and len(places) > 2:
        connections.append((places[1], End(None, "First")))
    used = {source for source, _ in connections}
    loose = [place for place in places[1:-1] if place not in used]
    connections.append((places[-1], End(None, "Output")))
    ports = {"Input": Port((size,))}
    return graph(layers, connections, ports, muted=frozenset(loose), named=named)


@st.composite
def nets(draw: Draw) -> Net:
    return initialize(draw(st.one_of(chains(), graphs())), seed=draw(st.integers(0, 3)))


# Surgery


def a_layer(draw: Draw, net: Net) -> str:
    return draw(st.sampled_from(list(net.structure.children)))


def taken(draw: Draw, net: Net) -> Net:
    places = [[End(a_layer(draw, net), "")] if draw(st.booleans()) else None for _ in range(2)]
    return take(net, *places)


def shortened(draw: Draw, net: Net) -> Net:
    return drop(net, a_layer(draw, net), a_layer(draw, net))


def without(draw: Draw, net: Net) -> Net:
    return delete(net, [a_layer(draw, net) for _ in range(draw(st.integers(1, 2)))])


def without_port(draw: Draw, net: Net) -> Net:
    return delete_ports(net, [draw(st.sampled_from(list(net.structure.outputs)))])


def doubled(draw: Draw, net: Net) -> Net:
    return join([net, net])


def longer(draw: Draw, net: Net) -> Net:
    name = draw(st.sampled_from([None, "new", "a"]))
    put_in = draw(st.sampled_from([append, prepend]))
    return put_in(net, [(name, draw(st.sampled_from(ELEMENTWISE)))])


def inserted(draw: Draw, net: Net) -> Net:
    return insert(net, None, draw(st.sampled_from(ELEMENTWISE)), draw(st.integers(0, len(net.structure.children))))


def flattened(draw: Draw, net: Net) -> Net:
    return flatten(net, draw(st.sampled_from([None, 1])))


def renamed(draw: Draw, net: Net) -> Net:
    return rename_layers(net, lambda around, name: f"n{name}", draw(st.integers(1, 2)), 2)


def renamed_port(draw: Draw, net: Net) -> Net:
    return rename_ports(net, {draw(st.sampled_from(list(net.structure.outputs))): "Result"})


def grafted(draw: Draw, net: Net) -> Net:
    """Gives the net with one elementwise layer, however deep, replaced by another."""
    paths = [path for path, inner in net.structure.walk() if path and inner.kind.name == "ElementwiseLayer"]
    assume(paths)
    return replace_child(net, draw(st.sampled_from(paths)), draw(st.sampled_from(ELEMENTWISE)))


def nested(draw: Draw, net: Net) -> Net:
    return chain({"1": net}) if len(net.structure.outputs) == 1 else graph({"1": net}, [])


def as_a_graph(draw: Draw, net: Net) -> Net:
    return as_graph(net)


def with_inner_output(draw: Draw, net: Net) -> Net:
    """Gives the net with what flows somewhere inside as an output of its own."""
    paths = [path for path, _ in reachable(net.structure) if path]
    path = draw(st.sampled_from(paths))
    return expose(net, (path, next(iter(net.structure.at(path).outputs))), "outputs")[0]


def replaced(draw: Draw, net: Net) -> Net:
    new = draw(st.sampled_from([*ELEMENTWISE, None]))
    return replace_layers(net, lambda layer: new if layer.kind.name == "ElementwiseLayer" else layer)


ANYWHERE = [
    taken, without, flattened, renamed, renamed_port, replaced, grafted, nested, as_a_graph, with_inner_output
]  # fmt: skip


def surgery_for(net: Net) -> list[Callable[[Draw, Net], Net]]:
    """Gives the kinds of surgery that a net may survive."""
    structure = net.structure
    found = list(ANYWHERE)
    if structure.kind.name == "NetChain":
        found += [shortened, inserted]
    if len(structure.outputs) > 1:
        return [*found, without_port]
    ends = [next(iter(side.values())).shape for side in (structure.inputs, structure.outputs)]
    return [*found, longer, doubled] if ends[0] == ends[1] else [*found, longer]


def quietly(operate: Callable[[], Net]) -> Net:
    """Gives a result without warnings of two values of a shared array."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return operate()


def vectors(net: Net, examples: int = 2) -> dict[str, np.ndarray]:
    """Gives data for the inputs of a net."""
    generator = np.random.default_rng(5)
    return {
        name: generator.normal(size=(examples, *port.shape)).astype(np.float32)  # type: ignore[misc]
        for name, port in net.complete.structure.inputs.items()
    }
