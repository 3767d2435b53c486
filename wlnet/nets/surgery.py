"""Surgery: parts of nets replaced. Every function gives a new net; arrays that stay are the very same objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.errors import DimensionError, NetError
from wlnet.nets.arrays import ArrayStore, Key, Shared, freeze
from wlnet.nets.containers import warn_of_values
from wlnet.nets.dimensions import VARYING, Port, is_known, show
from wlnet.nets.exposing import exposed_like
from wlnet.nets.inference import infer, infer_with
from wlnet.nets.net import Net
from wlnet.nets.structure import Path, Slot, Structure, position_text


def replace_array(net: Net, key: Key, value: np.ndarray | None) -> Net:
    """Gives the net with another value for one array (None: not initialized); of a shared one, at all its uses."""
    if value is None:
        return Net(net.structure, ArrayStore({k: v for k, v in net.store.items() if k != key}))
    shape = net.shape_of(key)
    if is_known(shape) and shape != value.shape:
        name = f'NetArray["{key.name}"]' if isinstance(key, Shared) else position_text(key)
        raise DimensionError(
            f"the array {name} has dimensions {show(shape)}, and cannot be replaced by one of dimensions "
            f"{show(value.shape)}",
            kind="NetReplacePart",
        )
    return net.with_arrays({key: value})


def replace_slot(net: Net, position: tuple[str, ...], slot: Slot, value: np.ndarray | None) -> Net:
    """Gives the net in which the array at a position is another one: of its own, or shared under another name."""
    path, name = position[:-1], position[-1]
    structure = change_at(net.structure, path, lambda inner: replace(inner, slots={**inner.slots, name: slot}))
    key = Shared(slot.shared) if slot.shared is not None else position
    kept = ArrayStore({k: v for k, v in net.store.items() if k != position})
    made = Net(infer(structure), kept)
    known = set(made.positions)
    made = Net(made.structure, ArrayStore({k: v for k, v in made.store.items() if k in known}))
    return made if value is None else made.with_arrays({key: value})


def change_at(structure: Structure, path: Path, change: Any) -> Structure:
    """Gives the structure with the inner net at a path changed by a function."""
    if not path:
        return change(structure)
    name = path[0]
    child = change_at(structure.children[name], path[1:], change)
    return replace(structure, children={**structure.children, name: child})


def replace_child(net: Net, path: Path, child: Net) -> Net:
    """Gives the net with the inner net at a path replaced by another with the same ports; raises NetError."""
    return replace_children(net, {path: child})


def replace_children(net: Net, children: Mapping[Path, Net]) -> Net:
    """Gives the net with inner nets at paths, none inside another, replaced all at once; raises NetError."""
    kept = dict(net.store.items())
    added: dict[Key, np.ndarray] = {}
    structures: dict[Path, Structure] = {}
    for path, child in children.items():
        before = net.structure.at(path)
        child = exposed_like(child, before)
        for side in ("inputs", "outputs"):
            if set(getattr(child.structure, side)) != set(getattr(before, side)):
                shown = ", ".join(getattr(before, side))
                raise NetError(f"the new layer must have the {side} {shown}", tag="ports", kind="NetReplacePart")
        kept = {k: v for k, v in kept.items() if isinstance(k, Shared) or k[: len(path)] != path}
        warn_of_values("NetReplacePart", path[0] if len(path) == 1 else position_text(path), child, {**added, **kept})
        for key, value in child.store.items():
            added.setdefault(key if isinstance(key, Shared) else (*path, *key), value)
        structures[path] = child.structure
    store = ArrayStore({**added, **kept})
    try:
        return refitted(net.structure, structures, store, layers=False)
    except DimensionError:
        return refitted(net.structure, structures, store, layers=True)


def refitted(structure: Structure, children: Mapping[Path, Structure], store: ArrayStore, *, layers: bool) -> Net:
    """Gives the net with children put in and dimensions inferred anew; with `layers` also those inside its layers."""
    made = forget_inferred(structure, layers=layers)
    for path, child in children.items():
        made = change_at(made, path, lambda _, child=child: child)
    known = set(made.keys().values())
    kept = ArrayStore({k: v for k, v in store.items() if k in known})
    shapes = {key: value.shape for key, value in kept.items()}
    return Net(infer_with(made, shapes) if shapes else infer(made), kept)


def forget_inferred(structure: Structure, *, layers: bool) -> Structure:
    """Gives the structure with ports as they were declared, of its containers or, with `layers`, everywhere."""
    if structure.is_leaf and not layers:
        return structure
    prototypes = structure.kind.prototypes(structure.settings)

    def ports(side: Mapping[str, Port]) -> dict[str, Port]:
        return {name: structure.declared.get(name, prototypes.get(name, Port())) for name in side}

    return replace(
        structure,
        inputs=ports(structure.inputs),
        outputs=ports(structure.outputs),
        slots={name: slot if slot.specified else replace(slot, shape=None) for name, slot in structure.slots.items()},
        children={name: forget_inferred(child, layers=layers) for name, child in structure.children.items()},
    )


def replace_ports(net: Net, ports: Mapping[str, Port]) -> Net:
    """Gives the net with ports specified anew (a Port() forgets what was specified)."""
    structure = net.structure
    structure.require_ports(ports)
    changed = replace(
        structure,
        declared={**structure.declared, **ports},
        inputs={name: ports.get(name, port) for name, port in structure.inputs.items()},
        outputs={name: ports.get(name, port) for name, port in structure.outputs.items()},
    )
    # A length that was only inferred would stay where one that varies is specified, as it is the more special of both.
    if all(port.shape is not None and VARYING not in port.shape for port in ports.values()):
        try:
            return Net(infer(changed), net.store)
        except DimensionError:
            pass
    shapes = {key: value.shape for key, value in net.store.items()}
    fresh = forget_inferred(changed, layers=True)
    return Net(infer_with(fresh, shapes) if shapes else infer(fresh), net.store)


def array_value(value: Any) -> np.ndarray:
    """Gives an array as nets hold it: Real32, read-only."""
    return freeze(np.asarray(value), np.float32)
