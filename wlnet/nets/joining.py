"""Nets joined one after another, and layers put in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import reduce
from typing import TypeAlias

from wlnet.errors import NetError
from wlnet.nets.assembly import Assembly, of_layer, opened, put_together, relabeled, take_apart
from wlnet.nets.connecting import chain_edges, end_edges
from wlnet.nets.containers import with_inputs
from wlnet.nets.net import Net
from wlnet.nets.structure import Edge

Entry: TypeAlias = tuple[str | None, Net]
"""A layer to be put in, with its name or None."""


def join(nets: Sequence[Net]) -> Net:
    """Gives the net that applies these nets one after another: the layers of all in one chain, or in one graph.

    All but the first have one input, all but the last one output. Names that occur already get a number. Coders between
    the nets are taken off. Raises NetError and DimensionError.
    """
    if not nets:
        raise NetError("at least one net is expected", tag="args")
    parts = [opened(net) for net in nets]
    return nets[0] if len(nets) == 1 else put_together(reduce(joined, parts))


def append(net: Net, layers: Sequence[Entry]) -> Net:
    """Gives the net with layers after its end; raises NetError and DimensionError."""
    parts = opened(net)
    for entry in layers:
        parts = joined(parts, entered(entry, parts))
    return put_together(parts)


def prepend(net: Net, layers: Sequence[Entry]) -> Net:
    """Gives the net with layers before its beginning, the first of them at the front; raises NetError, DimensionError."""
    parts = opened(net)
    for entry in reversed(layers):
        parts = joined(entered(entry, parts), parts)
    return put_together(parts)


def insert(net: Net, name: str | None, layer: Net, index: int) -> Net:
    """Gives the chain with a layer before the one at an index (from 0; its length: at the end); raises NetError."""
    parts = require_chain(net)
    if not 0 <= index <= len(parts.layers):
        raise NetError(f"there is no place {index + 1} in a chain of {len(parts.layers)} layers", tag="place")
    label = chosen(name, parts)
    items = [*parts.layers.items()]
    items.insert(index, (label, with_inputs(layer, 1)))
    return put_together(chained(replace(parts, named=parts.named or name is not None), dict(items)))


def chained(parts: Assembly, layers: dict[str, Net]) -> Assembly:
    """Gives the assembly of a chain with these layers instead; raises NetError for one with several ports on the way."""
    edges = (*chain_edges(layers), *end_edges(layers)) if layers else ()
    return replace(parts, layers=layers, edges=edges)


def require_chain(net: Net, cure: str = "") -> Assembly:
    """Gives the assembly of a chain; raises NetError, with what to use instead for a graph."""
    if net.kind.name != "NetChain":
        hint = cure if net.kind.name == "NetGraph" else "NetChain[{…}] of the layer is one"
        raise NetError(f"a NetChain is expected, not {net.kind.name}; {hint}", tag="chain")
    return take_apart(net)


def entered(entry: Entry, parts: Assembly) -> Assembly:
    """Gives the assembly of one layer that is to join others."""
    name, net = entry
    return of_layer(net, chosen(name, parts), named=name is not None)


def chosen(name: str | None, parts: Assembly) -> str:
    """Gives the name for another layer, a free number if it has none; raises NetError for one that is there."""
    if name is None:
        return free(str(len(parts.layers) + 1), parts.layers)
    if name in parts.layers:
        raise NetError(f'there is a layer "{name}" already; the layers are {", ".join(parts.layers)}', tag="name")
    return name


def joined(first: Assembly, second: Assembly) -> Assembly:
    """Gives the assembly of two, the only output of the first connected to the only input of the second."""
    outputs, inputs = first.outputs, second.inputs
    only({edge.target.port for edge in outputs}, "output", "before another")
    only({edge.source.port for edge in inputs}, "input", "after another")
    second = relabeled(second, new_names(first, second))
    (output,) = outputs
    links = tuple(Edge(output.source, edge.target) for edge in second.inputs)
    return Assembly(
        {**first.layers, **second.layers},
        (*(edge for edge in first.edges if edge is not output), *links, *(e for e in second.edges if e.source.child)),
        {**first.ports, **second.ports},
        first.named or second.named,
        first.chain and second.chain,
        {**first.multipliers, **second.multipliers},
    )


def only(names: Collection[str], side: str, where: str) -> None:
    if len(names) != 1:
        shown = ", ".join(f'"{name}"' for name in sorted(names)) or "none"
        raise NetError(
            f"a net must have exactly one {side} port to stand {where}, but it has {shown}; take a part of it with "
            "NetTake, or connect the nets in a NetGraph",
            tag="ports",
        )


def new_names(first: Assembly, second: Assembly) -> dict[str, str]:
    """Gives old → new name of the second's layers: numbers go on after the first's, names that are there get a number."""
    taken = {*first.layers}
    names = {}
    for number, old in enumerate(second.layers, len(first.layers) + 1):
        label = old if second.named else str(number)
        names[old] = free(label, taken | set(second.layers)) if label in taken else label
        taken.add(names[old])
    return names


def free(label: str, taken: Collection[str]) -> str:
    """Gives a label that is not taken: the label itself, the next number, or the label with a number from 2."""
    number = int(label) if label.isdecimal() else 1
    stem = "" if label.isdecimal() else f"{label}_" if label[-1:].isdecimal() else label
    while label in taken:
        number += 1
        label = f"{stem}{number}"
    return label
