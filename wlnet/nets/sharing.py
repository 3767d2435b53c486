"""Sharing: making the arrays of a net shared, and telling what is shared with what."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from wlnet.nets.arrays import ArrayStore, Key, Shared
from wlnet.nets.dimensions import size
from wlnet.nets.net import Net
from wlnet.nets.structure import Path, Structure


def insert_shared_arrays(net: Net, prefix: str = "") -> Net:
    """Gives the net with every ordinary array shared under its position, joined by "/" after the prefix as it is.

    Arrays that are shared already keep their names; moving statistics stay ordinary. Values are kept, uncopied.
    """
    renamed: dict[Key, Key] = {}
    structure = share_below(net.structure, (), prefix, renamed)
    return Net(structure, ArrayStore({renamed.get(key, key): value for key, value in net.store.items()}))


def share_below(structure: Structure, path: Path, prefix: str, renamed: dict[Key, Key]) -> Structure:
    slots = dict(structure.slots)
    declared = structure.kind.array_slots(structure.settings)
    for name, slot in slots.items():
        if slot.shared is None and declared[name].shareable:
            label = prefix + "/".join((*path, name))
            slots[name] = replace(slot, shared=label)
            renamed[(*path, name)] = Shared(label)
    children = {name: share_below(child, (*path, name), prefix, renamed) for name, child in structure.children.items()}
    return replace(structure, slots=slots, children=children)


class Sharing(NamedTuple):
    """One shared array: its name, all its positions, its dimensions, its bytes, and the bytes that sharing saves.

    Bytes are those it will have where it has no values yet, and 0 where its dimensions are not known.
    """

    name: str
    positions: tuple[tuple[str, ...], ...]
    shape: tuple[object, ...] | None
    bytes: int
    saved: int


def sharing(net: Net) -> tuple[Sharing, ...]:
    """Tells what is shared with what: one entry for each shared array, in the order of their first positions."""
    found = []
    for key, positions in net.positions.items():
        if not isinstance(key, Shared):
            continue
        array = net.store.get(key)
        shape = net.shape_of(key)
        taken = array.nbytes if array is not None else 4 * (size(shape) or 0)
        found.append(Sharing(key.name, positions, shape, taken, taken * (len(positions) - 1)))
    return tuple(found)
