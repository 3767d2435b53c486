"""Reading the nodes of a file one after the other: which layers they are, and how these are connected."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.errors import FormatError
from wlnet.interchange.onnx.reading.files import NodeFacts, OnnxFile, Shape
from wlnet.interchange.onnx.reading.flows import BATCH, FAULTS, TURN, Flow, Hidden, Planned, Stored, Unreadable
from wlnet.interchange.onnx.reading.folding import constant, filling, folded
from wlnet.interchange.onnx.reading.nodes import Node, load_rules
from wlnet.nets.net import Net
from wlnet.nets.structure import End
from wlnet.terms import Association, Term, list_of, pack, to_list


class Reader:
    """Reads the nodes of a file one after the other.

    titles: name of an input → name of its port, where another one. inner(file, titles) gives the net of the body of a
    loop, make(kind, arguments) a net as the language makes it. outer: the reader of the graph around a body, whose constants it sees.
    """

    def __init__(
        self,
        file: OnnxFile,
        inner: Callable[[OnnxFile, Mapping[str, str]], Net],
        make: Callable[[str, tuple[Any, ...]], Net],
        titles: Mapping[str, str],
        outer: Reader | None = None,
    ) -> None:
        self.file = file
        self.inner = inner
        self.make = make
        self.titles = titles
        self.layers: dict[str, Planned] = {}
        self.edges: list[tuple[End, End]] = []
        self.bases = dict(file.arrays)
        self.values: dict[str, Any] = {name: Stored(array, name, array.shape) for name, array in file.arrays.items()}
        if file.model.producer_name != "wlnet":
            self.values |= turned_copies(file.arrays)
        if outer is not None:
            self.bases = outer.bases
            self.values |= {name: outer.values[name] for name in file.arrays}
        self.node: NodeFacts | None = None
        self.values[""] = None

    def read(self) -> None:
        """Reads all nodes."""
        rules = load_rules()
        for port in self.file.inputs:
            if not port.shape:
                raise FormatError(f'{self.file.name}: the input "{port.name}" has no dimension of examples')
            self.values[port.name] = Flow(
                End(None, self.titles.get(port.name, port.name)), (BATCH, *range(len(port.shape) - 1))
            )
        for facts in self.file.nodes:
            self.node = facts
            given = tuple(self.values[name] for name in facts.inputs)
            layers, edges = dict(self.layers), list(self.edges)
            try:
                made = self.known(facts, given)
                if made is None:
                    rule = rules.get(facts.operator)
                    if rule is None:
                        raise Unreadable
                    made = rule(Node(self, facts, given))
            except FAULTS:
                self.layers, self.edges = layers, edges
                made = self.placeholder(facts, given)
            made = made if type(made) is tuple else (made,)
            self.values.update({name: value for name, value in zip(facts.outputs, made, strict=False) if name})
            for name in facts.outputs[len(made) :]:
                self.values[name] = None

    def known(self, facts: NodeFacts, given: Sequence[Any]) -> Any:
        """Gives what a node makes of constants alone; None where something flows into it."""
        if any(type(item) is Flow for item in given) or facts.operator in ("Loop", "Scan", "If"):
            shape = self.file.shapes.get(facts.inputs[0]) if facts.operator == "Shape" else None
            if facts.operator not in ("Shape", "Size"):
                return None
            return Hidden() if shape is None else self.dimensions(facts, shape, given[0])
        if facts.operator == "Range" and any(type(item) is Hidden and item.length is not None for item in given):
            return None
        if any(type(item) is Hidden for item in given) or facts.operator.startswith("Random"):
            return filling(facts, given)
        if facts.operator == "Constant":
            self.bases[facts.outputs[0]] = value = constant(facts)
            return Stored(value, facts.outputs[0], value.shape)
        return folded(self.file, facts, given)

    def dimensions(self, facts: NodeFacts, shape: Shape, flow: Flow) -> Any:
        """Gives the dimensions that a node tells, where they are all known, or what they are the length of."""
        start = facts.attributes.get("start", 0) % max(1, len(shape))
        chosen = shape[start : facts.attributes.get("end", len(shape))]
        if all(isinstance(size, int) for size in chosen) and start != 0:
            return Stored(np.asarray(chosen, np.int64))
        told = facts.operator == "Shape" and len(chosen) == 1 and flow.is_plain and start == 1 and not flow.maps
        return Hidden(length=flow if told else None)

    def placeholder(self, facts: NodeFacts, given: Sequence[Any]) -> Any:
        """Gives what comes from a layer that only says what would have to be there."""
        flows = [item for item in given if type(item) is Flow]
        ranks = [self.file.shapes.get(name) for name in facts.outputs]
        information = Association((name, term_of(value)) for name, value in facts.attributes.items())
        names = [name for name, item in zip(facts.inputs, given, strict=True) if type(item) is Stored and item.key]
        outputs = ["Output"] if len(ranks) == 1 else [f"Output{i}" for i in range(1, len(ranks) + 1)]
        inputs = ["Input"] if len(flows) == 1 else [f"Input{i}" for i in range(1, len(flows) + 1)]
        options: dict[str, Term] = {"OutputPorts": to_list(outputs)}
        if flows:
            options["InputPorts"] = to_list(inputs)
        if names:
            options["Arrays"] = to_list(names)
        made = []
        for name, shape in zip(outputs, ranks, strict=True):
            at = self.place_of_batch(shape or ())
            left = [size for place, size in enumerate(shape or ()) if place != at]
            if shape is not None:
                options[name] = to_list(size if isinstance(size, int) else "Varying" for size in left)
            numbers = list(range(len(left)))
            made.append((name, (*numbers[:at], BATCH, *numbers[at:])))
        label = self.add(Planned("PlaceholderLayer", (facts.operator, information), options, {}))
        for name, flow in zip(inputs, flows, strict=True):
            self.edges.append((flow.end, End(label, name)))
        return tuple(Flow(End(label, name), axes) for name, axes in made)

    def place_of_batch(self, shape: Shape) -> int:
        """Gives the place of the dimension of examples: the first, or the one that has its name."""
        names = {port.shape[0] for port in self.file.inputs if port.shape and type(port.shape[0]) is str}
        return next((place for place, size in enumerate(shape) if size in names), 0)

    def add(self, planned: Planned) -> str:
        """Gives the name of a new layer, which is that of its node."""
        wanted = self.label()
        label, number = wanted, 1
        while label in self.layers:
            number += 1
            label = f"{wanted}_{number}"
        self.layers[label] = planned
        return label

    def label(self) -> str:
        assert self.node is not None
        own = 2 if self.file.model.producer_name == "wlnet" else 1
        parts = [part for part in self.node.name.split("/") if part][:-own]
        while own == 2 and parts[-1:] == ["Net"]:  # what a NetMapOperator applies
            parts.pop()
        return ".".join(parts) or str(len(self.layers) + 1)


def turned_copies(arrays: Mapping[str, np.ndarray]) -> dict[str, Stored]:
    """Gives the matrices that are others transposed as views of those: PyTorch writes weights that are tied to those of
    an embedding as such a copy.
    """
    found: dict[str, Stored] = {}
    known: dict[tuple[tuple[int, ...], bytes], str] = {}
    for name, array in arrays.items():
        if array.ndim != 2 or min(array.shape) < 2 or array.dtype != np.float32:
            continue
        if (array == array[0, 0]).all() or np.array_equal(array, array.T):  # as others may be, too
            continue
        other = known.get((array.shape, hashlib.sha256(np.ascontiguousarray(array).data).digest()))
        if other is not None:
            found[name] = Stored(array, other, arrays[other].shape, (TURN,))
        else:
            known[array.shape[::-1], hashlib.sha256(np.ascontiguousarray(array.T).data).digest()] = name
    return found


def term_of(value: Any) -> Term:
    """Gives the term of an attribute."""
    if isinstance(value, np.ndarray):
        return pack(value.astype(np.float64 if value.dtype.kind == "f" else np.int64)) if value.ndim else value.item()
    if type(value) is bytes:
        return value.decode(errors="replace")
    if type(value) in (int, float, str):
        return value
    if isinstance(value, Sequence):
        return list_of(*map(term_of, value))
    return type(value).__name__
