"""Layers and ports of nets under new names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from wlnet.errors import NetError
from wlnet.nets.assembly import CONTAINERS, opened, put_together, relabeled, take_apart, with_children, with_ends
from wlnet.nets.net import Net
from wlnet.nets.structure import End, Structure


def rename_layers(net: Net, new_name: Callable[[Structure, str], str], first: int = 1, last: int = 1) -> Net:
    """Gives the net with the layers on some levels renamed; level 1 are the layers of the net itself.

    new_name(around, name) gives the new name of a layer of the container around it. Arrays that are shared stay so.
    Raises NetError for names that are the same.
    """
    if last < 1 or not net.structure.children:
        return net
    children = {name: net.child((name,)) for name in net.structure.children}
    inside = {name: rename_layers(child, new_name, first - 1, last - 1) for name, child in children.items()}
    changed = any(inside[name] is not child for name, child in children.items())
    if net.kind.name not in CONTAINERS:
        return with_children(net, inside) if changed else net
    names = {name: new_name(net.structure, name) if first <= 1 else name for name in children}
    require_distinct(names.values(), "layers")
    if not changed and all(old == new for old, new in names.items()):
        return net
    parts = replace(take_apart(net), layers=inside)
    named = parts.named or any(old != new for old, new in names.items())
    return put_together(replace(relabeled(parts, names), named=named))


def rename_ports(net: Net, names: Mapping[str, str]) -> Net:
    """Gives the net with ports of its own renamed, old → new; a net that is no graph becomes one. Raises NetError."""
    parts = opened(net)
    net.structure.require_ports(names)
    ports = [*net.structure.inputs, *net.structure.outputs]
    require_distinct([names.get(name, name) for name in ports], "ports")
    return put_together(
        with_ends(parts, lambda end: End(None, names.get(end.port, end.port)) if end.child is None else end)
    )


def require_distinct(names: Iterable[str], what: str) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise NetError(f'two {what} would have the name "{twice[0]}"', tag="name")
