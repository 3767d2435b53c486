"""Nets: an immutable structure and a store of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.arrays import EMPTY, ArrayStore, Key, Shared, freeze
from wlnet.nets.dimensions import Port, Shape, is_known
from wlnet.nets.inference import infer, infer_with
from wlnet.nets.kinds import Kind
from wlnet.nets.structure import Path, Slot, Structure
from wlnet.nets.views import stored


class Net:
    """A net: a structure and the arrays that its slots own. Immutable; every change gives a new one."""

    __slots__ = ("__dict__", "store", "structure")

    def __init__(self, structure: Structure, store: ArrayStore = EMPTY) -> None:
        self.structure = structure
        self.store = store

    def __repr__(self) -> str:
        return f"<{self.kind.name} with {len(self.keys)} arrays>"

    def __sizeof__(self) -> int:
        """Gives the bytes that its arrays take, and little else: what it shares with others counts, too."""
        return object.__sizeof__(self) + sum(array.nbytes for array in self.store.values())

    @property
    def kind(self) -> Kind:
        return self.structure.kind

    @cached_property
    def plans(self) -> dict[Any, Any]:
        """What has been prepared for applying this net again; see `wlnet.plans.kept`."""
        return {}

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
        """Gives the dimensions of an array as far as known; of one that is only seen reshaped they are not."""
        slot = self.slots[self.owner(key)]
        return stored(slot.shape, slot.view)

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
        if self.structure.is_known:
            return self
        structure = infer(self.structure, choose=True)
        return self if structure is self.structure else Net(structure, self.store)

    def unknown_ports(self) -> list[str]:
        """Gives the names of the input ports whose shapes are not all known."""
        return [name for name, port in self.structure.inputs.items() if not is_known(port.shape)]

    def with_ports(self, ports: Mapping[str, Port]) -> Net:
        """Gives the net with ports specified further; raises DimensionError where they do not fit.

        Where an input and an output have one name, the input is meant.
        """
        structure = self.structure
        structure.require_ports(ports)
        inputs = {name: ports.get(name, port) for name, port in structure.inputs.items()}
        outputs = {name: port if name in inputs else ports.get(name, port) for name, port in structure.outputs.items()}
        declared = {**structure.declared, **ports}
        return Net(infer(replace(structure, inputs=inputs, outputs=outputs, declared=declared)), self.store)
