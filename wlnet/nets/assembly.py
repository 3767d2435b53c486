"""Chains and graphs taken apart, to be changed and put together again: what all surgery on layers is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from wlnet.errors import DimensionError, NetError
from wlnet.nets.connecting import chain_edges, end_edges, sorted_by_flow
from wlnet.nets.containers import assemble, unite, with_inputs
from wlnet.nets.dimensions import Port
from wlnet.nets.exposing import is_exposed, without_exposed
from wlnet.nets.inference import infer, infer_with
from wlnet.nets.multipliers import Value, array_values, read_rules
from wlnet.nets.net import Net
from wlnet.nets.structure import Edge, End, Structure
from wlnet.nets.surgery import forget_inferred
from wlnet.terms import NONE, list_of, rule

CONTAINERS = frozenset(("NetChain", "NetGraph"))

Multipliers: TypeAlias = dict[tuple[str, ...], Value]


@dataclass(frozen=True, slots=True)
class Assembly:
    """A chain or graph taken apart.

    edges: all of them, those from and to the ports of the container too. ports: what was specified of a port, by its
    edge, so that it is forgotten with the edge. chain: whether to make a chain again if the layers follow one another.
    multipliers: those of the learning rate that the container gives its arrays, where not 1.
    """

    layers: Mapping[str, Net]
    edges: tuple[Edge, ...]
    ports: Mapping[Edge, Port] = field(default_factory=dict)
    named: bool = False
    chain: bool = False
    multipliers: Multipliers = field(default_factory=dict)

    @property
    def inputs(self) -> list[Edge]:
        return [edge for edge in self.edges if edge.source.child is None]

    @property
    def outputs(self) -> list[Edge]:
        return [edge for edge in self.edges if edge.target.child is None]

    @property
    def port_names(self) -> set[str]:
        return {end.port for edge in self.edges for end in edge if end.child is None}


def take_apart(net: Net) -> Assembly:
    """Gives the layers and edges of a chain or graph; raises NetError for any other net."""
    structure = net.structure
    if structure.kind.name not in CONTAINERS:
        raise NetError(f"a NetChain or NetGraph is expected, not {structure.kind.name}", tag="container")
    ports = {}
    for edge in structure.edges:
        for end in edge:
            if end.child is None and end.port in structure.declared:
                ports[edge] = structure.declared[end.port]
    return Assembly(
        {name: net.child((name,)) for name in structure.children},
        structure.edges,
        ports,
        structure.named,
        structure.kind.name == "NetChain" and has_own_ports(net),
        own_multipliers(net),
    )


def has_own_ports(chain: Net) -> bool:
    """Tells whether the ports of a chain are its own, and none is there only for a layer inside."""
    sides = ("inputs", "outputs")
    return not any(is_exposed(chain.structure, port, side) for side in sides for port in getattr(chain.structure, side))


def own_multipliers(net: Net) -> Multipliers:
    """Gives position → multiplier, where it is not 1, that a container says of the arrays inside."""
    rules = read_rules(net.structure.multiplier, "LearningRateMultipliers")
    found = array_values(net, rules, 1.0) if rules else {}
    return {position: value for position, value in found.items() if value != 1}


def of_layer(net: Net, name: str = "1", *, named: bool = False) -> Assembly:
    """Gives the assembly of a single layer, whatever it is."""
    net = with_inputs(net, 1)
    return Assembly({name: net}, tuple(end_edges({name: net})), named=named, chain=True)


def opened(net: Net) -> Assembly:
    """Gives the assembly of a chain or graph, or that of a single layer."""
    return take_apart(net) if net.kind.name in CONTAINERS else of_layer(net)


def put_together(parts: Assembly) -> Net:
    """Gives the net of an assembly: layers without names are numbered anew, and coders between layers are taken off.

    Dimensions that were inferred, and do not fit any longer, are inferred anew. Raises NetError and DimensionError.
    """
    if not parts.layers:
        raise NetError("no layer is left; a net needs at least one", tag="empty")
    if not parts.outputs:
        raise NetError("no output is left; a net needs at least one", tag="empty")
    parts = without_remains(parts)
    linear = parts.chain and is_linear(parts)
    if linear:
        order = sorted_by_flow(parts.layers, parts.edges)
        parts = replace(parts, layers={name: parts.layers[name] for name in order})
    if not parts.named:
        parts = relabeled(parts, {name: str(number) for number, name in enumerate(parts.layers, 1)})
    layers = without_inner_coders(parts)
    ports = {}
    for edge, port in parts.ports.items():
        ports.update({end.port: port for end in edge if end.child is None})
    made: dict[str, Any] = {"named": parts.named, "multiplier": multiplier_term(parts)}
    kind, edges = ("NetChain", chain_edges(layers)) if linear else ("NetGraph", parts.edges)
    try:
        return assemble(kind, layers, edges, ports, **made)
    except DimensionError:
        loose = {name: Net(forget_inferred(net.structure, layers=True), net.store) for name, net in layers.items()}
        net = assemble(kind, loose, edges, ports, **made)
        return Net(infer_with(net.structure, {key: value.shape for key, value in net.store.items()}), net.store)


def without_remains(parts: Assembly) -> Assembly:
    """Gives the assembly without what is said of edges and layers that are not there any longer.

    Ports of layers that were there only for an edge go with it.
    """
    edges = set(parts.edges)
    used: dict[str | None, set[tuple[str, str]]] = {}
    for source, target in edges:
        used.setdefault(source.child, set()).add(("outputs", source.port))
        used.setdefault(target.child, set()).add(("inputs", target.port))
    return replace(
        parts,
        layers={name: without_exposed(net, used.get(name, ())) for name, net in parts.layers.items()},
        ports={edge: port for edge, port in parts.ports.items() if edge in edges},
        multipliers={at: value for at, value in parts.multipliers.items() if at[0] in parts.layers},
    )


def is_linear(parts: Assembly) -> bool:
    """Tells whether the layers follow one another as in a chain, with the ports of the first and the last."""
    order = sorted_by_flow(parts.layers, parts.edges)
    layers = {name: parts.layers[name] for name in order}
    try:
        return {*chain_edges(layers), *end_edges(layers)} == set(parts.edges)
    except NetError:
        return False


def relabeled(parts: Assembly, names: Mapping[str, str]) -> Assembly:
    """Gives the assembly with layers renamed: old name → new name."""
    made = with_ends(parts, lambda end: End(end.child and names.get(end.child, end.child), end.port))
    return replace(
        made,
        layers={names.get(name, name): net for name, net in parts.layers.items()},
        multipliers={(names.get(at[0], at[0]), *at[1:]): value for at, value in parts.multipliers.items()},
    )


def with_ends(parts: Assembly, change: Callable[[End], End]) -> Assembly:
    """Gives the assembly with the ends of all edges changed by a function."""

    def moved(edge: Edge) -> Edge:
        return Edge(change(edge.source), change(edge.target))

    return replace(
        parts, edges=tuple(map(moved, parts.edges)), ports={moved(edge): port for edge, port in parts.ports.items()}
    )


def with_children(net: Net, children: Mapping[str, Net]) -> Net:
    """Gives a net of any kind with other nets inside, which have the same ports."""
    inside = {name: child.structure for name, child in children.items()}
    return Net(infer(replace(net.structure, children=inside)), unite(children, net.kind.name))


def multiplier_term(parts: Assembly) -> Any:
    """Gives the setting LearningRateMultipliers of a container with these multipliers, None where all are 1."""
    if not parts.multipliers:
        return None
    by_layer: dict[str, Multipliers] = {name: {} for name in parts.layers}
    for name, net in parts.layers.items():
        by_layer[name] = {at: parts.multipliers.get((name, *at), 1.0) for at in net.keys}
    everything = {value for values in by_layer.values() for value in values.values()}
    if len(everything) == 1:
        only = everything.pop()
        return None if only == 1 else number_term(only)
    rules = []
    for name, values in by_layer.items():
        place = name if parts.named else int(name)
        if len(set(values.values())) == 1:
            values = {(): next(iter(values.values()))}
        for at, value in values.items():
            if value != 1:
                rules.append(rule(list_of(place, *at) if at else place, number_term(value)))
    return list_of(*rules)


def number_term(value: Value) -> Any:
    return NONE if value is None else int(value) if value == int(value) else value


def without_inner_coders(parts: Assembly) -> dict[str, Net]:
    """Gives the layers without encoders and decoders where they are connected to other layers."""
    layers = dict(parts.layers)
    for source, target in parts.edges:
        if source.child is not None and target.child is not None:
            layers[source.child] = without_coder(layers[source.child], "outputs", source.port)
            layers[target.child] = without_coder(layers[target.child], "inputs", target.port)
    return layers


def without_coder(net: Net, side: str, name: str) -> Net:
    """Gives the net without a coder at a port; the dimensions that it brought stay."""
    structure = coder_removed(net.structure, side, name)
    return net if structure is net.structure else Net(structure, net.store)


def coder_removed(structure: Structure, side: str, name: str) -> Structure:
    ports: Mapping[str, Port] = getattr(structure, side)
    if ports[name].coder is None:
        return structure
    prototype = structure.kind.prototypes(structure.settings).get(name, Port())
    children = dict(structure.children)
    for edge in structure.edges:
        outer, inner = (edge.source, edge.target) if side == "inputs" else (edge.target, edge.source)
        if outer == End(None, name) and inner.child is not None:
            children[inner.child] = coder_removed(children[inner.child], side, inner.port)
    declared = {**structure.declared}
    if name in declared:
        declared[name] = prototype.with_shape(declared[name].shape)
    changes: dict[str, Any] = {side: {**ports, name: prototype.with_shape(ports[name].shape)}}
    return replace(structure, children=children, declared=declared, **changes)
