"""Ports of layers deep inside a net made ports of the net itself: states of recurrent layers, and outputs.

A port that is exposed is called `layer/port` in the container around the layer, and so on outwards: "2/lstm/State". An
exposed state has a port only where something is connected to it; all else in the net stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from wlnet.errors import NetError
from wlnet.nets.dimensions import Port
from wlnet.nets.inference import infer
from wlnet.nets.net import Net
from wlnet.nets.structure import Edge, End, Path, Structure, position_text

Place = tuple[Path, str]
"""A port inside a net: the path of the layer and the name of the port."""

#: The nets made of nets that run what is inside once for each example.
OPEN = frozenset(("FunctionLayer", "NetBidirectionalOperator", "NetChain", "NetGraph"))


def expose(net: Net, place: Place, side: str) -> tuple[Net, str]:
    """Gives the net with a port inside as a port of its own, and the name of that; raises NetError.

    side: "inputs" (only states can be set from outside) or "outputs". What is a port of the net already stays the one.
    """
    structure, name = exposed(net.structure, *place, side)
    return (net if structure is net.structure else Net(infer(structure), net.store)), name


def exposed(structure: Structure, path: Path, port: str, side: str) -> tuple[Structure, str]:
    if not path:
        return with_port(structure, port, side), port
    name = path[0]
    if structure.kind.name not in OPEN:
        raise NetError(
            f"the net inside {structure.kind.name} is applied many times, so that {position_text((*path, port))} in it is "
            "no single port",
            tag="noport",
        )
    child, inner = exposed(structure.children[name], path[1:], port, side)
    end = End(name, inner)
    for source, target in structure.edges:
        if side == "outputs" and source == end and target.child is None:
            return structure, target.port
        if side == "inputs" and target == end:
            if source.child is None:
                return structure, source.port
            raise NetError(f"{position_text((name, inner))} takes the output of another layer already", tag="noport")
    label = f"{name}/{inner}"
    ports = getattr(structure, side)
    if label in ports:
        raise NetError(f'there is another port "{label}" already; rename it first', tag="name")
    outside = End(None, label)
    edge = Edge(end, outside) if side == "outputs" else Edge(outside, end)
    changes: dict[str, Any] = {side: {**ports, label: Port()}}
    children = {**structure.children, name: child}
    return replace(structure, children=children, edges=(*structure.edges, edge), **changes), label


def with_port(structure: Structure, port: str, side: str) -> Structure:
    """Gives a layer with a state as a port of its own: an initial state (input) or a final one (output)."""
    ports = getattr(structure, side)
    if port in ports:
        return structure
    states = structure.kind.state_ports(structure.settings)
    if port not in states:
        shown = ", ".join(f'"{name}"' for name in dict.fromkeys((*ports, *states))) or "none"
        raise NetError(
            f'{structure.kind.name} has no {side[:-1]} port "{port}"; its {side[:-1]} ports are {shown}', tag="noport"
        )
    prototype = structure.kind.prototypes(structure.settings).get(port, Port())
    changes: dict[str, Any] = {side: {**ports, port: prototype}}
    return replace(structure, **changes)


_exposures: WeakKeyDictionary[Structure, dict[Any, tuple[Structure, tuple[str, ...], tuple[str, ...]]]] = (
    WeakKeyDictionary()
)


def expose_all(net: Net, inputs: Iterable[Place], outputs: Iterable[Place]) -> tuple[Net, list[str], list[str]]:
    """Gives the net with ports inside as its own, and their names, in order (worked out once for each structure)."""
    wanted = tuple(inputs), tuple(outputs)
    known = _exposures.setdefault(net.structure, {})
    found = known.get(wanted)
    if found is None:
        structure = net.structure
        names: dict[str, list[str]] = {"inputs": [], "outputs": []}
        for side, places in zip(names, wanted, strict=True):
            for path, port in places:
                structure, name = exposed(structure, path, port, side)
                names[side].append(name)
        made = structure if structure is net.structure else infer(structure)
        found = known[wanted] = made, tuple(names["inputs"]), tuple(names["outputs"])
    structure, into, out = found
    return (net if structure is net.structure else Net(structure, net.store)), list(into), list(out)


def states(net: Net) -> list[Place]:
    """Gives the states of all layers inside that nothing in the net sets, in order."""
    return [(path, port) for path, structure in reachable(net.structure) for port in loose_states(structure, path, net)]


def reachable(structure: Structure, path: Path = ()) -> Iterator[tuple[Path, Structure]]:
    """Yields the layers that run once for each example, in order, with their paths."""
    yield path, structure
    if structure.kind.name in OPEN:
        for name, child in structure.children.items():
            yield from reachable(child, (*path, name))


def loose_states(structure: Structure, path: Path, net: Net) -> list[str]:
    """Gives the states of a layer that no other layer and no input of the net sets."""
    names = structure.kind.state_ports(structure.settings)
    return [name for name in names if name not in structure.inputs or (path and not is_fed(net.structure, path, name))]


def is_fed(structure: Structure, path: Path, port: str) -> bool:
    """Tells whether an edge leads to an input of the layer at a path."""
    around = structure.at(path[:-1])
    return any(edge.target == End(path[-1], port) for edge in around.edges)


def source_of(structure: Structure, port: str, side: str) -> End | None:
    """Gives the layer inside whose port is exposed as this one; None for a port of the net's own."""
    if structure.kind.name not in OPEN:
        return None
    for source, target in structure.edges:
        outer, inner = (source, target) if side == "inputs" else (target, source)
        if outer == End(None, port) and inner.child is not None and port == f"{inner.child}/{inner.port}":
            # An input that is no state is a port of the net's own: nothing else could feed it.
            is_own = side == "inputs" and not is_exposed(structure.children[inner.child], inner.port, side)
            return None if is_own else inner
    return None


def is_exposed(structure: Structure, port: str, side: str) -> bool:
    """Tells whether a port is one that is there only because it was connected: a state, or a port of a layer inside."""
    return port in structure.kind.state_ports(structure.settings) or source_of(structure, port, side) is not None


def place_of(structure: Structure, port: str, side: str) -> Place:
    """Gives the layer, however deep, that an exposed port belongs to, and its port there; of other ports ((), port)."""
    inner = source_of(structure, port, side)
    if inner is None or inner.child is None:
        return (), port
    path, name = place_of(structure.children[inner.child], inner.port, side)
    return (inner.child, *path), name


def is_state(structure: Structure, port: str) -> bool:
    """Tells whether an input port sets a state, here or of a layer inside."""
    path, name = place_of(structure, port, "inputs")
    inner = structure.at(path)
    return name in inner.kind.state_ports(inner.settings)


def concealed(structure: Structure, port: str, side: str) -> Structure:
    """Gives the structure without an exposed port."""
    inner = source_of(structure, port, side)
    changes: dict[str, Any] = {side: {name: value for name, value in getattr(structure, side).items() if name != port}}
    if inner is not None and inner.child is not None:
        outer = End(None, port)
        gone = Edge(outer, inner) if side == "inputs" else Edge(inner, outer)
        changes["edges"] = tuple(edge for edge in structure.edges if edge != gone)
        child = concealed(structure.children[inner.child], inner.port, side)
        changes["children"] = {**structure.children, inner.child: child}
    return replace(structure, **changes)


def without_exposed(net: Net, keep: Iterable[tuple[str, str]] = ()) -> Net:
    """Gives the net without exposed ports, but for those to keep, each given as (side, name)."""
    structure, kept = net.structure, set(keep)
    for side in ("inputs", "outputs"):
        for port in getattr(structure, side):
            if (side, port) not in kept and is_exposed(structure, port, side):
                structure = concealed(structure, port, side)
    return net if structure is net.structure else Net(structure, net.store)


def exposed_like(net: Net, before: Structure) -> Net:
    """Gives the net with the ports exposed that another one has exposed, as far as it has them too."""
    for side in ("inputs", "outputs"):
        for port in getattr(before, side):
            if port not in getattr(net.structure, side) and is_exposed(before, port, side):
                with suppress(NetError, KeyError):
                    net, _ = expose(net, place_of(before, port, side), side)
    return net
