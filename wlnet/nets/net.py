"""Nets: an immutable structure and a store of arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.arrays import EMPTY, ArrayStore, Key, Shared, freeze
from wlnet.nets.dimensions import Port, Shape, is_known
from wlnet.nets.kinds import Kind

Path: TypeAlias = tuple[str, ...]
"""The names of the layers from the outermost net down to an inner one; () is the net itself."""


class End(NamedTuple):
    """One end of an edge: a port of a child, or of the container itself where `child` is None."""

    child: str | None
    port: str


class Edge(NamedTuple):
    """A connection, from an input of the container or an output of a child to an input of a child or an output."""

    source: End
    target: End


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of an array in a layer.

    shape: the dimensions that the layer sees, as far as known; shared: the name of the shared array it uses, or None;
    method: how it is initialized where that is not the layer's own way (a name of a method, or a number).
    view: how the layer sees the shared array: None (as it is), "Transpose", or dimensions to reshape it to.
    """

    shape: Shape = None
    shared: str | None = None
    method: Any = None
    view: Any = None


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Structure:
    """A net without the values of its arrays.

    kind: its declaration. settings: what its function sees, by name. arguments, options: the terms it was made of (for
    InputForm). inputs, outputs: its ports as far as inferred. declared: the ports that its maker specified. slots: its
    arrays. children, edges: the inside of a container, names in order; `named` tells whether the maker gave the names.
    multiplier: its LearningRateMultipliers, a term or None.
    """

    kind: Kind
    settings: Mapping[str, Any] = field(default_factory=dict)
    arguments: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Port] = field(default_factory=dict)
    outputs: Mapping[str, Port] = field(default_factory=dict)
    declared: Mapping[str, Port] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    children: Mapping[str, Structure] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    named: bool = False
    multiplier: Any = None

    @property
    def is_leaf(self) -> bool:
        return not self.children and not self.kind.container

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Structure]]:
        """Gives every net inside, this one first, with its path."""
        stack = [(path, self)]
        while stack:
            at, structure = stack.pop()
            yield at, structure
            stack.extend((at + (name,), child) for name, child in reversed(list(structure.children.items())))

    def at(self, path: Path) -> Structure:
        """Gives the inner net at a path."""
        found = self
        for name in path:
            found = found.children[name]
        return found

    def keys(self) -> dict[tuple[str, ...], Key]:
        """Gives position → key of every array slot, in order."""
        found: dict[tuple[str, ...], Key] = {}
        for path, structure in self.walk():
            for name, slot in structure.slots.items():
                position = (*path, name)
                found[position] = Shared(slot.shared) if slot.shared is not None else position
        return found


class Net:
    """A net: a structure and the arrays that its slots own. Immutable; every change gives a new one."""

    __slots__ = ("__dict__", "store", "structure")

    def __init__(self, structure: Structure, store: ArrayStore = EMPTY) -> None:
        self.structure = structure
        self.store = store

    def __repr__(self) -> str:
        return f"<{self.kind.name} with {len(self.keys)} arrays>"

    @property
    def kind(self) -> Kind:
        return self.structure.kind

    @cached_property
    def keys(self) -> dict[tuple[str, ...], Key]:
        """Position → key of every array slot."""
        return self.structure.keys()

    @cached_property
    def slots(self) -> dict[tuple[str, ...], Slot]:
        """Position → slot of every array."""
        return {
            (*path, name): slot for path, structure in self.structure.walk() for name, slot in structure.slots.items()
        }

    @cached_property
    def positions(self) -> dict[Key, tuple[tuple[str, ...], ...]]:
        """Key → all positions of it: more than one where an array is shared."""
        found: dict[Key, list[tuple[str, ...]]] = {}
        for position, key in self.keys.items():
            found.setdefault(key, []).append(position)
        return {key: tuple(places) for key, places in found.items()}

    @property
    def arrays(self) -> dict[Key, np.ndarray | None]:
        """Key → array (read-only), None where it is not initialized. A shared array occurs once."""
        return {key: self.store.get(key) for key in self.positions}

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Gives name → array of all arrays that have values: "1/Weights" for an ordinary one, its name for a shared one.

        The arrays are the net's own, read-only; `with_arrays` takes the same names.
        """
        return {
            key.name if isinstance(key, Shared) else "/".join(key): array
            for key, array in self.arrays.items()
            if array is not None
        }

    @property
    def is_initialized(self) -> bool:
        return all(key in self.store for key in self.positions)

    def owner(self, key: Key) -> tuple[str, ...]:
        """Gives the first position that uses an array as it is (not through a view), or else the first position."""
        places = self.positions[key]
        return next((place for place in places if self.slots[place].view is None), places[0])

    def shape_of(self, key: Key) -> Shape:
        """Gives the dimensions of an array as far as known."""
        slot = self.slots[self.owner(key)]
        return slot.shape if slot.view is None else None

    def child(self, path: Path) -> Net:
        """Gives the inner net at a path, with its arrays (the very same objects)."""
        inner = self.structure.at(path)
        depth = len(path)
        wanted = {}
        for position, key in inner.keys().items():
            wanted[key if isinstance(key, Shared) else path + position] = key if isinstance(key, Shared) else position
        return Net(inner, self.store.only(wanted)) if depth else self

    def with_arrays(self, arrays: Mapping[Key | str, Any]) -> Net:
        """Gives the net with these arrays; they are made Real32 (Real64 stays) and read-only, and must fit.

        A key is a position such as ("1", "Weights"), `Shared("W")`, or text like "1/Weights".
        """
        made: dict[Key, np.ndarray] = {}
        for given, value in arrays.items():
            key = self.key(given)
            array = np.asarray(value)
            array = freeze(array, array.dtype if array.dtype == np.float64 else np.float32)
            made[key] = array
        from wlnet.nets.inference import infer_with

        structure = infer_with(self.structure, {key: array.shape for key, array in made.items()})
        return Net(structure, self.store.with_arrays(made))

    def key(self, given: Key | str) -> Key:
        """Gives the key meant by a position, a `Shared`, or text such as "1/Weights" or a shared array's name."""
        if isinstance(given, str):
            if Shared(given) in self.positions:
                return Shared(given)
            given = tuple(given.split("/"))
        if isinstance(given, Shared):
            found: Key | None = given if given in self.positions else None
        else:
            found = self.keys.get(tuple(given))
        if found is None:
            raise NetError(
                f"there is no array {given!r} in this {self.kind.name}; it has {list(self.keys)}", tag="part"
            )
        return found

    @cached_property
    def complete(self) -> Net:
        """The net with the ranks that nothing fixes chosen: what a layer takes for a flat vector is one."""
        from wlnet.nets.inference import infer

        structure = infer(self.structure, choose=True)
        return self if structure is self.structure else Net(structure, self.store)

    def unknown_ports(self) -> list[str]:
        """Gives the names of the input ports whose shapes are not all known."""
        return [name for name, port in self.structure.inputs.items() if not is_known(port.shape)]

    def with_ports(self, ports: Mapping[str, Port]) -> Net:
        """Gives the net with ports specified further; raises DimensionError where they do not fit."""
        from wlnet.nets.inference import infer

        structure = self.structure
        inputs = {name: ports.get(name, port) for name, port in structure.inputs.items()}
        outputs = {name: ports.get(name, port) for name, port in structure.outputs.items()}
        declared = {**structure.declared, **ports}
        return Net(infer(replace(structure, inputs=inputs, outputs=outputs, declared=declared)), self.store)
