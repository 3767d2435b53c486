"""Parts of chains and graphs taken out, and layers left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from wlnet.errors import DimensionError, NetError
from wlnet.nets.assembly import Assembly, put_together, take_apart
from wlnet.nets.connecting import check_port, distinct
from wlnet.nets.dimensions import Disagreement, show, unify
from wlnet.nets.exposing import is_state
from wlnet.nets.joining import chained, require_chain
from wlnet.nets.net import Net
from wlnet.nets.structure import Edge, End


def take(net: Net, start: Sequence[End] | None = None, end: Sequence[End] | None = None) -> Net:
    """Gives the part of a chain or graph on the way from some places (None: the inputs) to others (None: the outputs).

    A place is a layer (port ""), an output or input of a layer, or a port of the net (child None). Layers that depend
    on no input are taken along. What the part needs from outside becomes an input, one for each output that is cut
    off. Coders stay on the ports that stay. Raises NetError.
    """
    parts = take_apart(net)
    outputs = parts.outputs if end is None else outputs_at(parts, end)
    goals = [edge.source.child for edge in outputs if edge.source.child is not None]
    kept = reached(goals, before(parts))
    if start is not None:
        kept &= reached(roots(parts, start), after(parts))
        kept |= constants(parts) & reached(kept, before(parts))
        missing = [name for name in goals if name not in kept]
        if missing:
            raise NetError(f"no way leads from the start to layer {', '.join(missing)}", tag="path")
    return put_together(restricted(parts, kept, outputs))


def outputs_at(parts: Assembly, places: Sequence[End]) -> list[Edge]:
    """Gives the edges to the outputs of a part that ends at these places, those of the whole net where they are there."""
    edges: list[Edge] = []
    fresh: list[End] = []
    for place in places:
        if place.child is None:
            found = [edge for edge in parts.outputs if edge.target == place]
            require_port(found, place, parts.outputs, "output")
            edges.extend(found)
            continue
        net = parts.layers[place.child]
        for port in (place.port,) if place.port else net.structure.outputs:
            source = End(place.child, port)
            check_port(source, net, net.structure.outputs, "output")
            found = [edge for edge in parts.outputs if edge.source == source]
            edges.extend(found)
            fresh.extend([] if found else [source])
    fresh = list(dict.fromkeys(fresh))
    labels = distinct([end.port for end in fresh], {edge.target.port for edge in edges})
    made = [Edge(source, End(None, label)) for source, label in zip(fresh, labels, strict=True)]
    return [*dict.fromkeys(edges), *made]


def roots(parts: Assembly, places: Sequence[End]) -> set[str]:
    """Gives the first layers of a part that begins at these places."""
    found: set[str] = set()
    for place in places:
        if place.child is not None:
            net = parts.layers[place.child]
            if not place.port or place.port in net.structure.inputs:
                found.add(place.child)
                continue
            check_port(place, net, net.structure.outputs, "input or output")
        edges = [edge for edge in parts.edges if edge.source == place]
        if place.child is None:
            require_port(edges, place, parts.inputs, "input")
        found |= {edge.target.child for edge in edges if edge.target.child is not None}
    return found


def require_port(found: Sequence[Edge], place: End, edges: Iterable[Edge], side: str) -> None:
    if not found:
        ends = (edge.source if side == "input" else edge.target for edge in edges)
        shown = ", ".join(f'"{name}"' for name in dict.fromkeys(end.port for end in ends)) or "none"
        raise NetError(f'there is no {side} port "{place.port}"; the {side} ports are {shown}', tag="noport")


def after(parts: Assembly) -> dict[str, set[str]]:
    """Gives layer → the layers that its outputs go to."""
    found: dict[str, set[str]] = {name: set() for name in parts.layers}
    for source, target in parts.edges:
        if source.child is not None and target.child is not None:
            found[source.child].add(target.child)
    return found


def before(parts: Assembly) -> dict[str, set[str]]:
    """Gives layer → the layers that its inputs come from."""
    found: dict[str, set[str]] = {name: set() for name in parts.layers}
    for name, targets in after(parts).items():
        for target in targets:
            found[target].add(name)
    return found


def reached(seeds: Iterable[str], neighbors: Mapping[str, set[str]]) -> set[str]:
    """Gives the layers that are among the seeds or reached from them."""
    found: set[str] = set()
    waiting = list(seeds)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(neighbors[name])
    return found


def constants(parts: Assembly) -> set[str]:
    """Gives the layers that depend on no input of the net, such as arrays."""
    fed = {edge.target.child for edge in parts.inputs if edge.target.child is not None}
    return set(parts.layers) - reached(fed, after(parts))


def restricted(parts: Assembly, kept: set[str], outputs: Sequence[Edge]) -> Assembly:
    """Gives the assembly of some of the layers; an output that is cut off becomes an input of the layers it went to."""
    edges = [edge for edge in parts.edges if edge.target.child in kept and edge.source.child in {*kept, None}]
    cut: dict[End, list[End]] = {}
    for source, target in parts.edges:
        if target.child in kept and source.child not in {*kept, None}:
            cut.setdefault(source, []).append(target)
    return replace(
        parts,
        layers={name: net for name, net in parts.layers.items() if name in kept},
        edges=(*edges, *opened_inputs(list(cut.values()), edges), *outputs),
    )


def opened_inputs(targets: Sequence[Sequence[End]], edges: Sequence[Edge]) -> list[Edge]:
    """Gives the edges from new inputs of the net, one for each group of targets."""
    taken = {edge.source.port for edge in edges if edge.source.child is None}
    labels = distinct([group[0].port for group in targets], taken)
    return [Edge(End(None, label), end) for label, group in zip(labels, targets, strict=True) for end in group]


def drop(net: Net, first: str, last: str) -> Net:
    """Gives the chain without the layers from one to another.

    If layers stay on both sides, what the first of them took must have the dimensions of what the last of them gave.
    Coders stay where the layer at their end stays. Raises NetError and DimensionError.
    """
    parts = require_chain(net)
    names = list(parts.layers)
    run = names[names.index(first) : names.index(last) + 1]
    return put_together(without_run(parts, run))


def without_run(parts: Assembly, run: Sequence[str]) -> Assembly:
    """Gives the assembly of a chain without layers that follow one another."""
    names = list(parts.layers)
    if run and run[0] != names[0] and run[-1] != names[-1]:
        require_same(parts, run[0], run[-1])
    return chained(parts, {name: net for name, net in parts.layers.items() if name not in run})


def require_same(parts: Assembly, first: str, last: str) -> None:
    """Raises DimensionError where the input of one layer and the output of another differ in dimensions."""
    (before,) = (port.shape for port in parts.layers[first].structure.inputs.values())
    (behind,) = (port.shape for port in parts.layers[last].structure.outputs.values())
    try:
        unify(before, behind)
    except Disagreement:
        which = f"layer {first}" if first == last else f"the layers {first} to {last}"
        raise DimensionError(
            f"{which} cannot be left out between others: {show(before)} comes in, but {show(behind)} goes out"
        ) from None


def delete(net: Net, names: Sequence[str]) -> Net:
    """Gives the chain or graph without some layers; what came into each goes where its output went.

    A layer between others must have one input and one output of the same dimensions. In a chain, layers that follow one
    another are left out as one. Raises NetError and DimensionError.
    """
    parts = take_apart(net)
    if parts.chain:
        for run in runs(list(parts.layers), names):
            parts = without_run(parts, run)
    else:
        for name in dict.fromkeys(names):
            parts = without_layer(parts, name)
    return put_together(parts)


def runs(order: Sequence[str], names: Sequence[str]) -> list[list[str]]:
    """Gives the names grouped into those that follow one another."""
    found: list[list[str]] = [[]]
    for name in order:
        if name in names:
            found[-1].append(name)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def without_layer(parts: Assembly, name: str) -> Assembly:
    """Gives the assembly of a graph without a layer."""
    structure = parts.layers[name].structure
    into = [edge for edge in parts.edges if edge.target.child == name]
    out = [edge for edge in parts.edges if edge.source.child == name]
    rest = [edge for edge in parts.edges if edge not in into and edge not in out]
    simple = len(structure.inputs) == len(structure.outputs) == len(into) == 1
    fed = any(edge.source.child is not None for edge in into)
    used = any(edge.target.child is not None for edge in out)
    if fed and used:
        if not simple:
            raise NetError(
                f"layer {name} ({structure.kind.name}) is between others, and has not exactly one input and one output",
                tag="ports",
            )
        require_same(parts, name, name)
    if simple:
        rest += bypass(into[0].source, out, rest)
    elif used:
        groups: dict[End, list[End]] = {}
        for source, target in out:
            if target.child is not None:
                groups.setdefault(source, []).append(target)
        rest += opened_inputs(list(groups.values()), rest)
    else:
        rest += opened_outputs([edge.source for edge in into if edge.source.child is not None], rest)
    layers = {other: net for other, net in parts.layers.items() if other != name}
    return replace(parts, layers=layers, edges=tuple(rest))


def bypass(source: End, out: Sequence[Edge], rest: Sequence[Edge]) -> list[Edge]:
    """Gives the edges that lead from what fed a layer to where its output went."""
    is_output = any(edge.source == source and edge.target.child is None for edge in rest)
    return [
        Edge(source, edge.target)
        for edge in out
        if edge.target.child is not None or not (source.child is None or is_output)
    ]


def opened_outputs(sources: Sequence[End], edges: Sequence[Edge]) -> list[Edge]:
    """Gives the edges to new outputs of the net from those of these ends that nothing takes."""
    free = [end for end in dict.fromkeys(sources) if not any(edge.source == end for edge in edges)]
    labels = distinct([end.port for end in free], {edge.target.port for edge in edges if edge.target.child is None})
    return [Edge(end, End(None, label)) for end, label in zip(free, labels, strict=True)]


def delete_ports(net: Net, names: Sequence[str]) -> Net:
    """Gives the net without some of its outputs, or inputs that set the state of a layer; raises NetError."""
    parts = take_apart(net)
    edges = list(parts.edges)
    for name in names:
        gone = [edge for edge in edges if edge.target == End(None, name) or sets_state(parts, edge, name)]
        if not gone:
            shown = ", ".join(f'"{edge.target.port}"' for edge in parts.outputs)
            raise NetError(f'"{name}" is not an output (the outputs are {shown}) or a state of this net', tag="noport")
        edges = [edge for edge in edges if edge not in gone]
    return put_together(replace(parts, edges=tuple(edges)))


def sets_state(parts: Assembly, edge: Edge, name: str) -> bool:
    """Tells whether an edge leads from the input of this name to the state of a layer, however deep inside."""
    if edge.source != End(None, name) or edge.target.child is None:
        return False
    return is_state(parts.layers[edge.target.child].structure, edge.target.port)
