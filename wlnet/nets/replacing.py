"""Layers replaced wherever they are in a net."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.assembly import CONTAINERS, Assembly, put_together, take_apart, with_children
from wlnet.nets.containers import with_inputs
from wlnet.nets.exposing import exposed_like
from wlnet.nets.flattening import dissolved
from wlnet.nets.joining import chained
from wlnet.nets.net import Net
from wlnet.nets.splitting import runs, without_layer, without_run
from wlnet.nets.structure import Edge, End
from wlnet.terms import same

Find: TypeAlias = Callable[[Net], Net | None]
"""Gives what is to stand in place of a layer: the layer itself, another net, or None for nothing."""


def replace_layers(net: Net, find: Find, *, splice: bool = True) -> Net:
    """Gives the net with each layer inside, at any depth, replaced by what `find` gives for it; the outermost first.

    With `splice`, the layers of a chain that comes into a chain take the place of it. A layer that is replaced by nothing
    is left out as by `delete`. Raises NetError and DimensionError.
    """
    if not net.structure.children:
        found = find(net)
        if found is None:
            raise NetError("no layer is left; a net needs at least one", tag="empty")
        return found
    children = {name: net.child((name,)) for name in net.structure.children}
    new: dict[str, Net | None] = {}
    for name, child in children.items():
        found = find(child)
        new[name] = replace_layers(child, find, splice=splice) if found is child and child.structure.children else found
    changes = {name: layer for name, layer in new.items() if layer is not children[name]}
    if not changes:
        return net
    if net.kind.name not in CONTAINERS:
        return with_children(net, {name: required(net, name, layer) for name, layer in new.items()})
    return put_together(changed(take_apart(net), changes, splice))


def required(net: Net, name: str, layer: Net | None) -> Net:
    """Gives what takes the place of the net inside an operator; raises NetError for nothing, and for other ports."""
    if layer is None:
        raise NetError(f"the net inside a {net.kind.name} cannot be left out", tag="empty")
    before = net.structure.children[name]
    layer = with_inputs(layer, len(before.inputs))
    for side in ("inputs", "outputs"):
        if set(getattr(layer.structure, side)) != set(getattr(before, side)):
            shown = ", ".join(getattr(before, side)) or "none"
            raise NetError(f"the new net inside the {net.kind.name} must have the {side} {shown}", tag="ports")
    return layer


def changed(parts: Assembly, changes: dict[str, Net | None], splice: bool) -> Assembly:
    """Gives the assembly with layers replaced, or left out where there is nothing in place of them."""
    was_chain = parts.chain
    before = parts.layers
    for name, layer in changes.items():
        if layer is not None:
            parts = swapped(parts, name, layer)
    gone = [name for name, layer in changes.items() if layer is None]
    for run in runs(list(parts.layers), gone) if was_chain else [[name] for name in gone]:
        parts = without_run(parts, run) if was_chain else without_layer(parts, run[0])
    for name, layer in changes.items():
        is_new = layer is not None and layer.kind.name == "NetChain" and before[name].kind.name != "NetChain"
        if splice and was_chain and is_new:
            parts = dissolved(parts, name)
    return parts


def swapped(parts: Assembly, name: str, layer: Net) -> Assembly:
    """Gives the assembly with another layer at a name: it is connected at ports of the same names, or the same order."""
    old = parts.layers[name]
    layer = exposed_like(with_inputs(layer, len(old.structure.inputs)), old.structure)
    layers = {**parts.layers, name: layer}
    multipliers = {at: value for at, value in parts.multipliers.items() if at[0] != name or at[1:] in layer.keys}
    parts = replace(parts, layers=layers, multipliers=multipliers)
    if parts.chain:
        return chained(parts, layers)
    names = {side: port_names(old, layer, side, name) for side in ("inputs", "outputs")}

    def moved(edge: Edge) -> Edge:
        source, target = edge
        if source.child == name:
            source = End(name, names["outputs"][source.port])
        if target.child == name:
            target = End(name, names["inputs"][target.port])
        return Edge(source, target)

    ports = {moved(edge): port for edge, port in parts.ports.items()}
    return replace(parts, edges=tuple(map(moved, parts.edges)), ports=ports)


def port_names(old: Net, new: Net, side: str, name: str) -> dict[str, str]:
    """Gives port of the old layer → port of the new one; raises NetError where they do not correspond."""
    before, there = list(getattr(old.structure, side)), list(getattr(new.structure, side))
    if set(before) == set(there):
        return {port: port for port in before}
    if len(before) != len(there):
        raise NetError(f"the new layer {name} must have {len(before)} {side}, not {len(there)}", tag="ports")
    return dict(zip(before, there, strict=True))


def is_like(net: Net, pattern: Net) -> bool:
    """Tells whether a layer is what another one says of itself: its arguments, options and arrays, not its ports."""
    a, b = net.structure, pattern.structure
    if a.kind is not b.kind or a.edges != b.edges or list(a.children) != list(b.children):
        return False
    arguments = len(b.arguments) <= len(a.arguments) and all(map(same, a.arguments, b.arguments))
    options = all(same(value, a.options.get(name, a.kind.options[name].shown)) for name, value in b.options.items())
    return (
        arguments
        and options
        and set(a.slots) == set(b.slots)
        and all(has_like(net, pattern, name) for name in b.slots)
        and all(is_like(net.child((name,)), pattern.child((name,))) for name in b.children)
    )


def has_like(net: Net, pattern: Net, name: str) -> bool:
    """Tells whether a layer's array has the name and the value that another layer says, if it says any."""
    said = pattern.structure.slots[name].shared
    value = pattern.store.get(pattern.keys[(name,)])
    own = net.store.get(net.keys[(name,)])
    if said is not None and said != net.structure.slots[name].shared:
        return False
    return value is None or (own is not None and np.array_equal(own, value))
