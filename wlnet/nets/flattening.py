"""Nested chains and graphs made flat."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from wlnet.nets.assembly import CONTAINERS, Assembly, Multipliers, put_together, take_apart, with_children
from wlnet.nets.dimensions import Port
from wlnet.nets.net import Net
from wlnet.nets.structure import Edge, End


def flatten(net: Net, depth: int | None = None, heads: Collection[str] = CONTAINERS) -> Net:
    """Gives the net with the layers of the chains and graphs inside in their place, down to a depth (None: any).

    heads: the kinds to dissolve. Named layers have their paths, joined by "/", as names. The result is a chain where
    its layers follow one another; other nets made of nets stay, and the nets inside are made flat.
    """
    children = {name: net.child((name,)) for name in net.structure.children}
    if depth == 0 or not children:
        return net
    below = None if depth is None else depth - 1
    flat = {name: flatten(child, below, heads) for name, child in children.items()}
    if net.kind.name not in CONTAINERS:
        return net if flat == children else with_children(net, flat)
    parts = replace(take_apart(net), layers=flat)
    for name, child in children.items():
        if child.kind.name in heads:
            parts = dissolved(parts, name)
    is_flat = not any(layer.kind.name in CONTAINERS for layer in parts.layers.values())
    return put_together(replace(parts, chain=parts.chain or (is_flat and net.kind.name in heads)))


def dissolved(parts: Assembly, name: str) -> Assembly:
    """Gives the assembly with the layers of a chain or graph inside in place of it."""
    inner = take_apart(parts.layers[name])
    layers: dict[str, Net] = {}
    for other, net in parts.layers.items():
        if other == name:
            layers.update({f"{name}/{inside}": layer for inside, layer in inner.layers.items()})
        else:
            layers[other] = net
    ports: dict[Edge, Port] = {}
    edges: list[Edge] = []
    for edge, port in rewired(parts, inner, name):
        edges.append(edge)
        if port is not None:
            ports[edge] = port
    return replace(
        parts,
        layers=layers,
        edges=tuple(edges),
        ports=ports,
        named=parts.named or inner.named,
        multipliers=combined(parts, inner, name),
    )


def rewired(parts: Assembly, inner: Assembly, name: str) -> Iterator[tuple[Edge, Port | None]]:
    """Yields the edges around and inside a net that is dissolved, with what is specified of their ports."""
    sources = {edge.target.port: edge for edge in parts.edges if edge.target.child == name}
    outputs = {edge.target.port: edge for edge in inner.outputs}

    def inside(end: End) -> End:
        return End(f"{name}/{end.child}", end.port)

    for edge in parts.edges:
        port = parts.ports.get(edge)
        source, last = edge.source, None
        if source.child == name:
            last = outputs[source.port]
            source = inside(last.source) if last.source.child is not None else sources[last.source.port].source
        if edge.target.child != name:
            known = port if port is not None or last is None or edge.target.child is not None else inner.ports.get(last)
            yield Edge(source, edge.target), known
            continue
        for first in inner.inputs:
            if first.source.port == edge.target.port and first.target.child is not None:
                known = port if port is not None or source.child is not None else inner.ports.get(first)
                yield Edge(source, inside(first.target)), known
    for edge in inner.edges:
        if edge.source.child is not None and edge.target.child is not None:
            yield Edge(inside(edge.source), inside(edge.target)), None


def combined(parts: Assembly, inner: Assembly, name: str) -> Multipliers:
    """Gives the multipliers of both, multiplied inside the net that is dissolved."""
    found: Multipliers = {at: value for at, value in parts.multipliers.items() if at[0] != name}
    layer = parts.layers[name]
    for at in layer.keys:
        outer, own = parts.multipliers.get((name, *at), 1.0), inner.multipliers.get(at, 1.0)
        if (outer, own) != (1, 1):
            found[(f"{name}/{at[0]}", *at[1:])] = None if outer is None or own is None else outer * own
    return found
