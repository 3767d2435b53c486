"""Structures: nets without the values of their arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from wlnet.errors import NetError
from wlnet.nets.arrays import Key, Shared
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
    method: how it is initialized where that is not the layer's own way (the name of a method).
    view: how the layer sees the shared array (see `wlnet.nets.views`).
    specified: whether its maker said the dimensions, so that they are not only inferred.
    trainable, constraint: whether training changes it, and a `Constraint` that its values are held to (None: not said).
    """

    shape: Shape = None
    shared: str | None = None
    method: Any = None
    view: Any = None
    specified: bool = False
    trainable: bool | None = None
    constraint: Any = None


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

    @property
    def is_known(self) -> bool:
        """Tells whether all dimensions of the ports and arrays inside are known."""
        return all(is_known(shape) for _, inner in self.walk() for shape in inner.shapes())

    def require_ports(self, names: Iterable[str]) -> None:
        """Raises NetError for a name that is no port of the net."""
        for name in names:
            if name not in self.inputs and name not in self.outputs:
                shown = ", ".join(f'"{port}"' for port in (*self.inputs, *self.outputs))
                raise NetError(f'there is no port "{name}"; the ports are {shown}', tag="noport", kind=self.kind.name)

    def ports(self) -> Iterator[tuple[str, str, Port]]:
        """Gives the side ("inputs" or "outputs"), name and specification of every port."""
        for side, ports in (("inputs", self.inputs), ("outputs", self.outputs)):
            for name, port in ports.items():
                yield side, name, port

    def shapes(self) -> Iterator[Shape]:
        """Gives the shapes of the ports and arrays of the net itself."""
        for port in (*self.inputs.values(), *self.outputs.values()):
            yield port.shape
        for slot in self.slots.values():
            yield slot.shape

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Structure]]:
        """Gives every net inside, this one first, with its path."""
        stack = [(path, self)]
        while stack:
            at, structure = stack.pop()
            yield at, structure
            stack.extend(((*at, name), child) for name, child in reversed(list(structure.children.items())))

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


def position_text(position: tuple[str, ...]) -> str:
    """Gives an array's position as the user would type it, such as {1, "Weights"}."""
    return "{" + ", ".join(part if part.isdecimal() else f'"{part}"' for part in position) + "}"
