"""Refining: a net with the shapes and limits that inference has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wlnet.nets.dimensions import Port
from wlnet.nets.structure import Path, Structure
from wlnet.nets.unknowns import Unknowns, limiting_place, port_place


class Refining:
    """One writing back of what is known. refined: the layers that were written, by what they were and what was found."""

    def __init__(self, found: Unknowns) -> None:
        self.found = found
        self.refined: dict[Any, Structure] = {}

    def rebuilt(self, path: Path, structure: Structure) -> Structure:
        if not structure.is_leaf:
            return self._refined(path, structure)
        # Equal layers with equal dimensions become one again: a thousand copies cost hardly more than one.
        ports = [self.found.shape(port_place(path, structure, side, name)) for side, name, _ in structure.ports()]
        key = id(structure), tuple(ports), tuple(self.found.shape((path, "array", name)) for name in structure.slots)
        found = self.refined.get(key)
        if found is None:
            found = self.refined[key] = self._refined(path, structure)
        return found

    def _refined(self, path: Path, structure: Structure) -> Structure:
        """Gives a net with the shapes that were found."""
        children = {name: self.rebuilt((*path, name), child) for name, child in structure.children.items()}
        changes: dict[str, Any] = {}
        if any(children[name] is not child for name, child in structure.children.items()):
            changes["children"] = children
        for side in ("inputs", "outputs"):
            ports: Mapping[str, Port] = getattr(structure, side)
            made = {
                name: port.with_shape(self.found.shape(port_place(path, structure, side, name)))
                for name, port in ports.items()
            }
            for name in structure.kind.limits:
                if name in made and made[name].element == "Integer":
                    made[name] = self._limited(path, structure, name, made[name])
            made = {name: self._from_children(structure, children, side, name, port) for name, port in made.items()}
            if any(made[name] is not port for name, port in ports.items()):
                changes[side] = made
        slots = {}
        for name, slot in structure.slots.items():
            shape = self.found.shape((path, "array", name))
            slots[name] = slot if shape == slot.shape else replace(slot, shape=shape)
        if any(slots[name] is not slot for name, slot in structure.slots.items()):
            changes["slots"] = slots
        return replace(structure, **changes) if changes else structure

    def _limited(self, path: Path, structure: Structure, name: str, port: Port) -> Port:
        """Gives a port of integers with the limit that follows from the dimension of another port or of an array: it
        counts what is there, from 1.
        """
        other, axis, *extra = structure.kind.limits[name]
        shape = self.found.shape(limiting_place(path, structure, other))
        dimension = shape[axis] if shape else None
        limit = dimension - sum(extra) if isinstance(dimension, int) else port.limit
        return replace(port, limit=limit, least=1) if (limit, 1) != (port.limit, port.least) else port

    @staticmethod
    def _from_children(
        structure: Structure, children: Mapping[str, Structure], side: str, name: str, port: Port
    ) -> Port:
        """Gives a container's port with what the child's port behind it knows besides the shape."""
        if not children or (port.coder is not None and port.element != "Real"):
            return port
        for edge in structure.edges:
            outer, inner = (edge.source, edge.target) if side == "inputs" else (edge.target, edge.source)
            if outer.child is None and outer.port == name and inner.child is not None:
                ports = children[inner.child].inputs if side == "inputs" else children[inner.child].outputs
                behind = ports[inner.port]
                made = replace(behind, shape=port.shape, coder=port.coder or behind.coder)
                if side == "inputs":
                    made = restricted(made, structure.declared.get(name))
                return port if made == port else made
        return port


def restricted(port: Port, declared: Port | None) -> Port:
    """Gives a port with the integers that its maker declared, as far as the layer behind it takes them."""
    if declared is None or declared.element != "Integer":
        return port
    limits = [limit for limit in (port.limit, declared.limit) if limit is not None]
    least = max(port.least, declared.least) if port.element == "Integer" else declared.least
    return replace(port, element="Integer", limit=min(limits, default=None), least=least)
