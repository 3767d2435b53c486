"""The net that grows while a function is traced: layers, connections, and the dimensions that are known so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.builtins.nets.tracing.traced_terms import Wire, untraceable
from wlnet.compute.numpy_ops import numpy_ops
from wlnet.errors import NetError
from wlnet.layers import construct
from wlnet.layers.formula import Formula
from wlnet.nets import KINDS, Net, graph
from wlnet.nets.connecting import states_of
from wlnet.nets.containers import with_inputs
from wlnet.nets.dimensions import Disagreement, Shape, unify
from wlnet.nets.structure import End
from wlnet.terms import NONE, Association, Term, expression, symbol

#: The level of a ThreadingLayer at which arrays of lower rank get further dimensions: after all that they have, as lists do.
LAST_LEVEL = -1


class Wiring:
    """A net in the making.

    shapes: input port → its dimensions as far as known. captured: wires of an outer net → the input port at which they
    come in.
    """

    def __init__(self, shapes: Mapping[str, Shape] | None = None) -> None:
        self.layers: dict[str, Net] = {}
        self.connections: list[tuple[End, End]] = []
        self.captured: dict[Wire, str] = {}
        self.shapes = dict(shapes or {})

    def input(self, port: str) -> Wire:
        """Gives what comes in at a port."""
        return Wire(End(None, port), id(self), self.shapes.get(port))

    def capture(self, wire: Wire) -> Wire:
        """Gives what comes from outside the function that is traced, as a further input of its net."""
        port = self.captured.setdefault(wire, f"Outer{len(self.captured) + 1}")
        self.shapes[port] = wire.shape
        return self.input(port)

    def add(self, net: Net, sources: Sequence[tuple[Wire, str]]) -> Term:
        """Adds a layer fed by wires at ports ("" for the next one); gives its output, or port → output of several."""
        name = str(len(self.layers) + 1)
        net = with_inputs(net, len(sources))
        self.layers[name] = net
        ports = fill_ports(net, [port for _, port in sources])
        known: dict[str, Any] = {}
        for (wire, _), port in zip(sources, ports, strict=True):
            self.connections.append((wire.end, End(name, port)))
            if wire.shape is not None and port in net.structure.inputs:
                known[port] = narrowed(net.structure.inputs[port], wire.shape)
        outputs = (net.with_ports(known) if known else net).structure.outputs
        if len(outputs) == 1:
            return Wire(End(name, ""), id(self), next(iter(outputs.values())).shape)
        return Association((port, Wire(End(name, port), id(self), found.shape)) for port, found in outputs.items())

    def identity(self, wire: Wire) -> Wire:
        variable = symbol("System`Net`x1")
        return self.formula_layer(Formula(expression("Function", expression("Slot", 1)), (variable,), variable), [wire])

    def formula_layer(self, formula: Formula, wires: Sequence[Wire]) -> Wire:
        if len(wires) == 1:
            net = construct(KINDS["ElementwiseLayer"], (formula,))
        else:
            level = (NONE,) if self.fixes_array(wires) else (LAST_LEVEL,) if uneven(wires) else ()
            net = construct(KINDS["ThreadingLayer"], (lambda count: formula, *level), {"InputPorts": len(wires)})
        arguments = (formula.function, *net.structure.arguments[1:])
        return self.add(Net(replace(net.structure, arguments=arguments), net.store), [(wire, "") for wire in wires])

    def fixes_array(self, wires: Sequence[Wire]) -> bool:
        """Tells whether the dimensions of an array that is to be trained can only be those of what it is combined with."""
        open_ended = [wire for wire in wires if wire.shape is None and wire.end.child is not None]
        trained = any(self.layers[wire.end.child or ""].kind.name == "NetArrayLayer" for wire in open_ended)
        return trained and all(wire.shape != () for wire in wires)

    def finish(self, results: Mapping[str, Wire]) -> Net:
        """Gives the graph with these outputs, without the layers that they do not need."""
        taken: set[End] = set()
        for name, wire in results.items():
            if wire.end.child is None or wire.end in taken:
                wire = self.identity(wire)
            taken.add(wire.end)
            self.connections.append((wire.end, End(None, name)))
        needed = {end.child for end in taken}
        for source, target in reversed(self.connections):
            if target.child in needed:
                needed.add(source.child)
        names = {name: str(number) for number, name in enumerate((n for n in self.layers if n in needed), 1)}
        kept = [(a, b) for a, b in self.connections if b.child is None or b.child in names]
        connections = [tuple(End(names.get(end.child or ""), end.port) for end in ends) for ends in kept]
        return graph({new: self.layers[old] for old, new in names.items()}, connections)  # type: ignore[arg-type]


def try_out(formula: Formula) -> None:
    """Raises NetError where something in a formula is no function of numbers."""
    with np.errstate(all="ignore"):
        try:
            formula.apply(numpy_ops, "FunctionLayer", *[np.ones(1) for _ in formula.variables])
        except NetError as error:
            raise untraceable(error.terms[0]) if error.terms else error from None


def uneven(wires: Sequence[Wire]) -> bool:
    """Tells whether arrays may have different ranks, numbers aside."""
    ranks = {None if wire.shape is None else len(wire.shape) for wire in wires} - {0}
    return len(ranks) > 1 or None in ranks


def narrowed(port: Any, shape: Shape) -> Any:
    """Gives a port that takes an array of these dimensions; as it is, where they do not fit (inference will tell)."""
    try:
        return port.with_shape(unify(port.shape, shape))
    except Disagreement:
        return port


def fill_ports(net: Net, ports: Sequence[str]) -> list[str]:
    """Gives the names of the input ports meant, "" being the next one that is free; raises NetError for one too many."""
    inputs = net.structure.inputs
    free = iter([name for name in inputs if name not in ports])
    made = [port or next(free, None) for port in ports]
    if None in made or not all(port in inputs or port in states_of(net) for port in made):
        shown = ", ".join(f'"{name}"' for name in inputs) or "none"
        raise NetError(
            f"`1` has the inputs {shown}, and cannot take what it is applied to",
            tag="trace",
            kind="FunctionLayer",
            terms=(symbol(net.kind.name),),
        )
    return made  # type: ignore[return-value]
