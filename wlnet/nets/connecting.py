"""Edges between layers: how the connections of chains and graphs find their ports, and in which order data flows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from wlnet.errors import NetError
from wlnet.nets.dimensions import Port
from wlnet.nets.net import Net
from wlnet.nets.structure import Edge, End, Structure


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


def end_edges(layers: Mapping[str, Net]) -> list[Edge]:
    """Gives the edges from the ports of a chain to its first and last layer."""
    names = list(layers)
    first, last = names[0], names[-1]
    edges = [Edge(End(None, port), End(first, port)) for port in layers[first].structure.inputs]
    edges += [Edge(End(last, port), End(None, port)) for port in layers[last].structure.outputs]
    return edges
