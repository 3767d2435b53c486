"""Chains and graphs: nets made of nets."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.arrays import ArrayStore, Key, Shared
from wlnet.nets.dimensions import Port
from wlnet.nets.exposing import expose
from wlnet.nets.inference import infer
from wlnet.nets.kinds import KINDS
from wlnet.nets.net import Net
from wlnet.nets.notation import parse_ports
from wlnet.nets.structure import Edge, End, Structure


def chain(
    layers: Mapping[str, Net], ports: Mapping[str, Port] | None = None, *, named: bool = False, **more: Any
) -> Net:
    """Gives the net in which each layer takes what the one before it gives.

    The input ports are those of the first layer, the output ports those of the last; every layer between has one of
    each. Raises NetError and DimensionError.
    """
    names = list(layers)
    if not names:
        raise NetError("a NetChain needs at least one layer", tag="empty", kind="NetChain")
    layers = {name: with_inputs(net, 1) for name, net in layers.items()}
    return assemble("NetChain", layers, chain_edges(layers), ports or {}, named=named, **more)


def chain_edges(layers: Mapping[str, Net]) -> list[Edge]:
    """Gives the edges between the layers of a chain; raises NetError for a layer with several ports on the way."""
    edges = []
    for before, after in itertools.pairwise(layers):
        source = only_port(layers[before].structure.outputs, before, layers[before], "output")
        target = only_port(layers[after].structure.inputs, after, layers[after], "input")
        edges.append(Edge(End(before, source), End(after, target)))
    return edges


def only_port(ports: Mapping[str, Port], name: str, net: Net, side: str) -> str:
    """Gives the name of the only port on this side of a layer in a chain."""
    if len(ports) != 1:
        shown = ", ".join(f'"{port}"' for port in ports) or "none"
        raise NetError(
            f"Layer {name} ({net.kind.name}) must have exactly one {side} port to be inside a chain, but it has {shown}; "
            "use NetGraph to connect layers with several ports.",
            tag="ports",
            kind="NetChain",
        )
    return next(iter(ports))


def graph(
    layers: Mapping[str, Net],
    connections: Sequence[tuple[End, End]],
    ports: Mapping[str, Port] | None = None,
    *,
    muted: frozenset[End] = frozenset(),
    named: bool = False,
    **more: Any,
) -> Net:
    """Gives the net of these layers and connections.

    A connection goes from an output to an input. `End(None, name)` is a port of the graph. An `End` of a layer whose
    port is "" means its only (or next free) port. Layers' ports that stay unconnected become ports of the graph, but
    not the outputs that are muted.
    """
    wanted = {name: sum(1 for _, target in connections if target.child == name) for name in layers}
    layers = {name: with_inputs(net, wanted[name]) for name, net in layers.items()}
    for source, target in connections:
        for end, side in ((source, "outputs"), (target, "inputs")):
            if end.child in layers and end.port in states_of(layers[end.child]):
                layers[end.child], _ = expose(layers[end.child], ((), end.port), side)
    used = {target for _, target in connections if target.port}
    edges = [connect(layers, source, target, used) for source, target in connections]
    check_targets(edges)
    return assemble("NetGraph", layers, [*edges, *open_ports(layers, edges, muted)], ports or {}, named=named, **more)


def states_of(net: Net) -> tuple[str, ...]:
    """Gives the names of the states of a recurrent layer or operator."""
    return net.kind.state_ports(net.structure.settings)


def connect(layers: Mapping[str, Net], source: End, target: End, used: set[End]) -> Edge:
    """Gives the edge of a connection, with its ports found."""
    for end in (source, target):
        if end.child is not None and end.child not in layers:
            shown = ", ".join(layers)
            raise NetError(
                f"there is no layer {end.child} in this graph; its layers are {shown}", tag="nolayer", kind="NetGraph"
            )
    if source.child is not None:
        if source.port:
            check_port(source, layers[source.child], layers[source.child].structure.outputs, "output")
        else:
            source = End(source.child, only_output(source.child, layers[source.child]))
    if target.child is not None:
        name, net = target.child, layers[target.child]
        inputs = net.structure.inputs
        if not target.port:
            free = [port for port in inputs if End(name, port) not in used]
            if not free:
                raise NetError(
                    f"layer {name} ({net.kind.name}) has no free input port for another connection; its ports are "
                    f"{', '.join(inputs) or 'none'}",
                    tag="noinput",
                    kind="NetGraph",
                )
            target = End(name, free[0])
            used.add(target)
        else:
            check_port(target, net, inputs, "input")
    return Edge(source, target)


def check_targets(edges: Sequence[Edge]) -> None:
    """Raises NetError where two connections lead to one port."""
    met: set[End] = set()
    for _, target in edges:
        if target in met:
            whose = "the graph" if target.child is None else f"layer {target.child}"
            raise NetError(
                f'two connections lead to the port "{target.port}" of {whose}, which takes one; join them with a layer '
                "such as CatenateLayer or Plus first",
                tag="several",
                kind="NetGraph",
            )
        met.add(target)


def check_port(end: End, net: Net, ports: Mapping[str, Port], side: str) -> None:
    if end.port not in ports:
        shown = ", ".join(f'"{port}"' for port in ports) or "none"
        raise NetError(
            f'layer {end.child} ({net.kind.name}) has no {side} port "{end.port}"; its {side} ports are {shown}',
            tag="noport",
            kind="NetGraph",
        )


def only_output(name: str, net: Net) -> str:
    """Gives the output port that a connection from a layer without a port's name means."""
    outputs = list(net.structure.outputs)
    if len(outputs) == 1:
        return outputs[0]
    if "Output" in outputs:
        return "Output"
    shown = ", ".join(f'"{port}"' for port in outputs)
    raise NetError(
        f"layer {name} ({net.kind.name}) has the output ports {shown}; say which one with NetPort[{{{name}, …}}]",
        tag="whichport",
        kind="NetGraph",
    )


def sorted_by_flow(layers: Mapping[str, Net] | Mapping[str, Structure], edges: Iterable[Edge]) -> list[str]:
    """Gives the layers' names in an order in which each comes after those it depends on; raises NetError on a cycle."""
    before: dict[str, set[str]] = {name: set() for name in layers}
    after: dict[str, list[str]] = {name: [] for name in layers}
    for source, target in edges:
        if source.child is not None and target.child is not None and source.child not in before[target.child]:
            before[target.child].add(source.child)
            after[source.child].append(target.child)
    waiting = {name: len(sources) for name, sources in before.items()}
    ready = [name for name, count in waiting.items() if not count]
    order = []
    for name in ready:
        order.append(name)
        for follower in after[name]:
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    if len(order) < len(before):
        stuck = ", ".join(name for name in before if name not in order)
        raise NetError(
            f"the connections form a cycle through the layers {stuck}; a net must be acyclic",
            tag="cycle",
            kind="NetGraph",
        )
    return order


def open_ports(layers: Mapping[str, Net], edges: Sequence[Edge], muted: frozenset[End]) -> list[Edge]:
    """Gives the edges that make unconnected ports of the layers ports of the graph.

    Inputs of one name are one port, which feeds all of them; outputs are told apart by numbers: "Output1", "Output2", …
    """
    targets = {edge.target for edge in edges}
    sources = {edge.source for edge in edges} | muted
    inputs, outputs = (
        [
            End(name, port)
            for name, net in layers.items()
            for port in getattr(net.structure, side)
            if End(name, port) not in used
        ]
        for side, used in (("inputs", targets), ("outputs", sources))
    )
    made = [Edge(End(None, end.port), end) for end in inputs]
    names = {end.port for edge in (*edges, *made) for end in edge if end.child is None}
    labels = distinct([end.port for end in outputs], names)
    return made + [Edge(end, End(None, label)) for end, label in zip(outputs, labels, strict=True)]


def distinct(labels: Sequence[str], taken: Iterable[str]) -> list[str]:
    """Gives the labels told apart by numbers where several are one, or one is taken: "Output1", "Output2", …"""
    used = set(taken)
    made: list[str] = []
    for label in labels:
        numbered = (f"{label}{number}" for number in itertools.count(1))
        candidates = numbered if labels.count(label) > 1 else itertools.chain((label,), numbered)
        made.append(next(name for name in candidates if name not in used))
        used.add(made[-1])
    return made


def is_variadic(structure: Structure) -> bool:
    """Tells whether a layer, or the net that an operator applies, takes any number of inputs."""
    inside = structure.children.get("Net") if structure.kind.inner is not None else None
    return structure.kind.variadic or (inside is not None and is_variadic(inside))


def is_open(structure: Structure) -> bool:
    """Tells whether the number of inputs is still to follow from the connections."""
    return not structure.inputs and is_variadic(structure)


def with_inputs(net: Net, count: int) -> Net:
    """Gives a layer whose number of inputs follows from its connections, or a chain that begins with one, with that many."""
    structure = net.structure
    if structure.kind.name == "NetChain" and count > len(structure.inputs):
        return widened(net, count)
    if not is_open(structure) or count == 0:
        return net
    children = structure.children
    said: Any = count
    if not structure.kind.variadic:
        children = {**children, "Net": with_inputs(net.child(("Net",)), count).structure}
        said = tuple(children["Net"].inputs)
    settings = {**structure.settings, "inputs": said}
    prototype = input_ports(structure.kind.port_notation(settings))
    return Net(infer(replace(structure, settings=settings, inputs=prototype, children=children)), net.store)


def widened(chain: Net, count: int) -> Net:
    """Gives a chain with that many inputs, if its first layer may have them; otherwise the chain as it is."""
    structure = chain.structure
    layers = {name: chain.child((name,)) for name in structure.children}
    first, layer = next(iter(layers.items()))
    if is_variadic(layer.structure) and not layer.structure.declared:
        opened = replace(layer.structure, settings={**layer.structure.settings, "inputs": None}, inputs={})
        layer = Net(opened, layer.store)
    layer = with_inputs(layer, count)
    if len(layer.structure.inputs) != count:
        return chain
    layers[first] = layer
    ports = {name: port for name, port in structure.declared.items() if name in structure.outputs}
    made: dict[str, Any] = {"named": structure.named, "multiplier": structure.multiplier}
    return assemble("NetChain", layers, chain_edges(layers), ports, **made)


def input_ports(notation: str) -> dict[str, Port]:
    """Gives fresh ports for the left side of a port notation."""
    return {name: Port() for name in parse_ports(notation)[0]}


def assemble(
    kind: str,
    layers: Mapping[str, Net],
    edges: Sequence[Edge],
    ports: Mapping[str, Port],
    *,
    named: bool,
    multiplier: Any = None,
    settings: Mapping[str, Any] | None = None,
    arguments: tuple[Any, ...] = (),
) -> Net:
    """Makes a container of any kind: ports from its edges and end layers, arrays united, dimensions inferred."""
    edges = list(edges)
    if kind == "NetChain":
        edges.extend(end_edges(layers))
    inputs = {source.port: ports.get(source.port, Port()) for source, _ in edges if source.child is None}
    # Where an input and an output have one name, what is said of it is said of the input.
    said = {name: port for name, port in ports.items() if name not in inputs}
    outputs = {target.port: said.get(target.port, Port()) for _, target in edges if target.child is None}
    structure = Structure(
        KINDS[kind],
        settings=dict(settings or {}),
        arguments=arguments,
        inputs=inputs,
        outputs=outputs,
        declared=dict(ports),
        children={name: net.structure for name, net in layers.items()},
        edges=tuple(edges),
        named=named,
        multiplier=multiplier,
    )
    structure.require_ports(ports)
    sorted_by_flow(structure.children, structure.edges)
    return Net(infer(structure), unite(layers, kind))


def end_edges(layers: Mapping[str, Net]) -> list[Edge]:
    """Gives the edges from the ports of a chain to its first and last layer."""
    names = list(layers)
    first, last = names[0], names[-1]
    edges = [Edge(End(None, port), End(first, port)) for port in layers[first].structure.inputs]
    edges += [Edge(End(last, port), End(None, port)) for port in layers[last].structure.outputs]
    return edges


class SharedValuesWarning(UserWarning):
    """Two nets brought different values for one shared array."""


def unite(layers: Mapping[str, Net], kind: str) -> ArrayStore:
    """Gives the union of the layers' stores. Of two values of one shared array the first met is kept, with a warning."""
    arrays: dict[Key, np.ndarray] = {}
    for name, net in layers.items():
        for key, value in net.store.items():
            if not isinstance(key, Shared):
                arrays[(name, *key)] = value
                continue
            arrays.setdefault(key, value)
        warn_of_values(kind, name, net, arrays)
    return ArrayStore(arrays)


def warn_of_values(kind: str, name: str, net: Net, arrays: Mapping[Key, np.ndarray]) -> None:
    """Warns of shared arrays that have one value in these arrays and another in a layer that joins them."""
    for key, value in net.store.items():
        present = arrays.get(key) if isinstance(key, Shared) else None
        if isinstance(key, Shared) and not (present is None or present is value or np.array_equal(present, value)):
            warnings.warn(
                SharedValuesWarning(
                    f'{kind}::shval: The shared array NetArray["{key.name}"] has one value here and another in layer '
                    f"{name} ({net.kind.name}); the value met first is kept for all of its uses."
                ),
                stacklevel=3,
            )
