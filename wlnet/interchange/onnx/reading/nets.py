"""Nets of the layers that stand for the nodes of a file: the layers made and connected, arrays that are one shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import FormatError
from wlnet.interchange.onnx.reading.files import NodeFacts, OnnxFile, Shape
from wlnet.interchange.onnx.reading.flows import (
    FAULTS,
    Flow,
    Planned,
    Stored,
    Unreadable,
    first_of,
)
from wlnet.interchange.onnx.reading.nodes import Node
from wlnet.interchange.onnx.reading.reader import Reader
from wlnet.nets import KINDS, VARYING, Net, Port, chain, graph
from wlnet.nets.arrays import EMPTY, Key, Shared
from wlnet.nets.structure import End
from wlnet.nets.views import view_of
from wlnet.terms import NONE, expression, rule

Make: TypeAlias = Callable[[str, tuple[Any, ...]], Net]
"""make(kind, arguments and rules of options) gives the net that the language makes of them."""


def net_of(file: OnnxFile, make: Make) -> Net:
    """Gives the net of a file with its arrays; raises FormatError."""
    return Maker(file, make).net()


def uninitialized_net(file: OnnxFile, make: Make) -> Net:
    """Gives the net of a file without the values of its arrays."""
    return Net(net_of(file, make).structure, EMPTY)


class Maker:
    """Makes the layers that a reader has planned, and connects them."""

    def __init__(
        self, file: OnnxFile, make: Make, titles: Mapping[str, str] | None = None, outer: Reader | None = None
    ) -> None:
        self.file = file
        self.make = make
        self.titles = titles or {}
        self.reader = Reader(file, self.inner, make, self.titles, outer)
        self.reader.read()
        self.outputs = {self.titles.get(name, name): self.final(name) for name in file.outputs}
        self.prune()
        slots = [
            (stored.key, stored) for plan in self.reader.layers.values() for stored in plan.arrays.values() if stored
        ]
        counts: dict[str, int] = {}
        for key, _ in slots:
            if key is not None:
                counts[key] = counts.get(key, 0) + 1
        around = file if outer is None else outer.file
        elsewhere = inside(around.model.graph, set()) if outer is None else mentioned(around.model.graph.node)
        self.shared = {key for key, count in counts.items() if count > 1 or key in elsewhere}

    def inner(self, file: OnnxFile, titles: Mapping[str, str]) -> Net:
        """Gives the net of the body of a loop."""
        return Maker(file, self.make, titles, self.reader).net()

    def final(self, name: str) -> Flow:
        """Gives what flows to an output."""
        value = self.reader.values[name]
        self.reader.node = NodeFacts("", "", (), (), {})
        node = Node(self.reader, self.reader.node, (value,))
        if type(value) is Stored and value.value.ndim:
            return node.layer("NetArrayLayer", flows=[], rank=value.value.ndim - 1, arrays={"Array": first_of(value)})
        try:
            flow = node.flow(0)
        except Unreadable:
            made = next((facts for facts in self.file.nodes if name in facts.outputs), None)
            if made is None:
                raise FormatError(f'{self.file.name}: the output "{name}" is nothing that a net gives') from None
            given = [self.reader.values[item] for item in made.inputs]
            flow = self.reader.placeholder(made, given)[made.outputs.index(name)]
        if flow.maps or flow.end.child is None:
            function = expression("Function", expression("Slot", 1))
            flow = node.layer("ElementwiseLayer", function, flows=[replace(flow, maps=0)])
        return flow

    def prune(self) -> None:
        """Forgets the layers that no output needs."""
        wanted = {flow.end.child for flow in self.outputs.values()}
        for source, target in reversed(self.reader.edges):
            if target.child in wanted:
                wanted.add(source.child)
        self.reader.layers = {name: plan for name, plan in self.reader.layers.items() if name in wanted}
        self.reader.edges = [edge for edge in self.reader.edges if edge[1].child in wanted]

    def net(self) -> Net:
        """Gives a chain where one layer follows the other, else a graph."""
        ports = {
            self.titles.get(port.name, port.name): port_of(port.is_whole, port.shape or ()) for port in self.file.inputs
        }
        try:
            layers = {name: self.layer(plan) for name, plan in self.reader.layers.items()}
            ends = [(flow.end, End(None, name)) for name, flow in self.outputs.items()]
            named = list(layers) != [str(number) for number in range(1, len(layers) + 1)]
            if self.is_chain(layers, ends):
                return chain(layers, dict(zip(("Input",), ports.values(), strict=True)), named=named)
            connections = [*self.reader.edges, *ends]
            used = {source for source, _ in connections}
            muted = {
                End(name, port)
                for name, net in layers.items()
                for port in net.structure.outputs
                if End(name, port) not in used and (End(name, "") not in used or len(net.structure.outputs) > 1)
            }
            fed = {source.port for source in used if source.child is None}
            return graph(
                layers, connections, {n: p for n, p in ports.items() if n in fed}, muted=frozenset(muted), named=named
            )
        except FAULTS as error:
            raise FormatError(f"{self.file.name}: its layers do not fit together: {error}") from None

    def is_chain(self, layers: Mapping[str, Net], ends: Sequence[tuple[End, End]]) -> bool:
        """Tells whether each layer takes what the one before it gives."""
        names = [None, *layers]
        plain = all(
            len(net.structure.inputs) <= 1 and len(net.structure.outputs) == 1 for net in layers.values()
        ) and not any(net.kind.variadic for net in layers.values())
        follows = [(source.child, target.child) for source, target in self.reader.edges]
        wanted = list(pairwise(names))
        return plain and len(self.file.inputs) == len(ends) == 1 and follows == wanted and ends[0][0].child == names[-1]

    def layer(self, plan: Planned) -> Net:
        """Gives a layer with its arrays."""
        options = {**plan.options, **{name: NONE for name, stored in plan.arrays.items() if stored is None}}
        if KINDS[plan.kind].variadic:
            options["InputPorts"] = plan.inputs
        net = self.make(plan.kind, (*plan.arguments, *(rule(name, value) for name, value in options.items())))
        slots, values = dict(net.structure.slots), {}
        for name, stored in plan.arrays.items():
            if stored is None:
                continue
            if stored.key in self.shared:
                slots[name] = replace(slots[name], shared=stored.key, view=view_of(stored.steps))
                key: Key = Shared(stored.key or "")
                values[key] = np.asarray(self.reader.bases[stored.key or ""], np.float32)
            else:
                values[(name,)] = np.asarray(stored.value, np.float32)
        net = Net(replace(net.structure, slots=slots), net.store).with_arrays(values)  # type: ignore[arg-type]
        for _ in range(plan.maps):
            net = self.make("NetMapOperator" if len(net.structure.inputs) == 1 else "NetMapThreadOperator", (net,))
        return net


def port_of(is_whole: bool, shape: Shape) -> Port:
    """Gives the port of an input, whose first dimension is that of the examples."""
    sizes = tuple(size if isinstance(size, int) else VARYING for size in shape[1:])
    return Port(sizes, "Integer" if is_whole else "Real")


def mentioned(nodes: Iterable[Any]) -> set[str]:
    """Gives the names of what nodes take."""
    return {name for node in nodes for name in node.input}


def inside(graph: Any, found: set[str]) -> set[str]:
    """Gives the names of what the nodes in the bodies of a graph take."""
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                found |= mentioned(attribute.g.node)
                inside(attribute.g, found)
    return found
