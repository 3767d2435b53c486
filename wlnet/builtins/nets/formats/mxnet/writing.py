"""Graphs of MXNet made of nets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wlnet.builtins.nets.formats.mxnet.table import WRITE, Layer
from wlnet.errors import NetError
from wlnet.interchange.mxnet_symbol import VARIABLE, MXNetSymbol, Node, Source
from wlnet.nets import Net, Shared
from wlnet.nets.arrays import Key
from wlnet.nets.connecting import distinct
from wlnet.nets.flow import flow
from wlnet.nets.structure import End, Path, Structure
from wlnet.nets.views import steps

#: Endings of the names of arrays that training moves otherwise than by gradients.
AUXILIARY = ("moving_mean", "moving_var")


@dataclass(eq=False)
class Writer:
    """The graph that a net becomes, node by node. arrays: name in the file of arrays → array."""

    net: Net
    nodes: list[Node] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    variables: dict[Key, Source] = field(default_factory=dict)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)

    def write(self) -> MXNetSymbol:
        """Gives the graph; raises NetError for a layer that has no counterpart."""
        structure = self.net.structure
        inputs = {name: self.add(Node(VARIABLE, name, shape_of(port.shape))) for name, port in structure.inputs.items()}
        outputs = self.enter((), structure, inputs)
        if list(outputs) != ["Output"]:
            outputs = {name: self.operation("identity", name, [source]) for name, source in outputs.items()}
        return MXNetSymbol(tuple(self.nodes), tuple(outputs.values()))

    def enter(self, path: Path, structure: Structure, inputs: Mapping[str, Source]) -> dict[str, Source]:
        """Adds a net with these inputs; gives its outputs."""
        if structure.edges:
            return self.enter_container(path, structure, inputs)
        layer = Layer("/".join(path) or structure.kind.name, path, structure)
        write = WRITE.get(structure.kind.name)
        if write is None:
            raise layer.refused("no operator does what it does")
        if list(structure.outputs) != ["Output"]:
            raise layer.refused(f"its outputs are {', '.join(structure.outputs)}")
        return {"Output": write(self, layer, list(inputs.values()))}

    def enter_container(self, path: Path, structure: Structure, inputs: Mapping[str, Source]) -> dict[str, Source]:
        found: dict[str, dict[str, Source]] = {}

        def source(end: End) -> Source:
            return inputs[end.port] if end.child is None else found[end.child][end.port]

        children, outputs = flow(structure)
        for name, child, ends in children:
            found[name] = self.enter((*path, name), child, {port: source(ends[port]) for port in child.inputs})
        return {port: source(end) for port, end in outputs.items()}

    def add(self, node: Node) -> Source:
        """Adds a node under a name that no other has."""
        name = distinct([node.name], self.names)[0]
        self.names.add(name)
        self.nodes.append(Node(node.operator, name, node.attributes, node.inputs))
        return Source(len(self.nodes) - 1)

    def operation(
        self, operator: str, name: str, inputs: Sequence[Source], attributes: Mapping[str, Any] | None = None
    ) -> Source:
        """Adds an operation with these attributes (None: left out), and gives its output."""
        told = {key: attribute_text(value) for key, value in (attributes or {}).items() if value is not None}
        return self.add(Node(operator, name, told, tuple(inputs)))

    def arrays_of(self, layer: Layer, endings: Mapping[str, str]) -> list[Source]:
        """Gives the variables of the arrays that a layer has, of these slots."""
        return [self.array(layer, slot, ending) for slot, ending in endings.items() if slot in layer.structure.slots]

    def array(self, layer: Layer, slot: str, ending: str) -> Source:
        """Gives a layer's array as the layer sees it: one variable for all the layers that share it, arranged by operations."""
        key = self.net.keys[*layer.path, slot]
        if key not in self.variables:
            self.variables[key] = self.variable(key, f"{layer.name}_{ending}", ending in AUXILIARY)
        source = self.variables[key]
        for kind, numbers in steps(layer.structure.slots[slot].view):
            if kind == "Reshape":
                source = self.operation("Reshape", f"{layer.name}_{ending}", [source], {"shape": numbers})
            else:
                rank = len(layer.structure.slots[slot].shape or ())
                levels = numbers or (2, 1, *range(3, rank + 1))
                axes = tuple(levels.index(level) for level in range(1, len(levels) + 1))
                source = self.operation("transpose", f"{layer.name}_{ending}", [source], {"axes": axes})
        return source

    def variable(self, key: Key, name: str, auxiliary: bool) -> Source:
        """Adds the variable of an array, under its name where it is shared, and keeps the value.

        A single number is an array of one: MXNet has others only where it is told to be like NumPy.
        """
        source = self.add(Node(VARIABLE, key.name if isinstance(key, Shared) else name))
        value = self.net.store.get(key)
        if value is not None:
            kind = "aux" if auxiliary else "arg"
            self.arrays[f"{kind}:{self.nodes[source.node].name}"] = np.atleast_1d(value)
        return source


def attribute_text(value: Any) -> str:
    """Gives a value as MXNet writes it: True, 5, 0.1, (5, 5), a text as it is."""
    return repr(float(value)) if isinstance(value, float) else str(value)


def shape_of(shape: Any) -> dict[str, str]:
    """Gives the attribute of the dimensions of an input, with 0 for the batch and for what is not known."""
    if shape is None:
        return {}
    return {"__shape__": str((0, *(size if isinstance(size, int) else 0 for size in shape)))}


def graph_of(net: Net) -> tuple[MXNetSymbol, dict[str, np.ndarray]]:
    """Gives the graph of a net, and the arrays by their names in the file of arrays; raises NetError."""
    if not net.structure.outputs:
        raise NetError("the net gives nothing", kind="Export")
    writer = Writer(net)
    return writer.write(), writer.arrays
