"""Chains and graphs: nets made of nets."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.arrays import ArrayStore, Key, Shared
from wlnet.nets.connecting import chain_edges, check_targets, connect, end_edges, open_ports, sorted_by_flow, states_of
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
