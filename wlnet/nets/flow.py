"""The order in which the layers of a container run, and where each takes its inputs from."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from wlnet.nets.connecting import sorted_by_flow
from wlnet.nets.structure import End, Structure

Flow = tuple[tuple[tuple[str, Structure, dict[str, End]], ...], dict[str, End]]
"""For each child in order its name, its structure and port → source; and for each output of the container its source."""

_flows: WeakKeyDictionary[Structure, Flow] = WeakKeyDictionary()


def flow(structure: Structure) -> Flow:
    """Gives the order of a container (worked out once for each structure)."""
    found = _flows.get(structure)
    if found is None:
        sources: dict[str, dict[str, End]] = {name: {} for name in structure.children}
        outputs: dict[str, End] = {}
        for source, target in structure.edges:
            if target.child is None:
                outputs[target.port] = source
            else:
                sources[target.child][target.port] = source
        order = sorted_by_flow(structure.children, structure.edges)
        found = tuple((name, structure.children[name], sources[name]) for name in order), outputs
        _flows[structure] = found
    return found
