"""Nets of the layers that stand for the nodes of a file: what flows where, and which arrays are one."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import FormatError, NetError
from wlnet.interchange.onnx.reading import LARGEST, NodeFacts, OnnxFile, Shape, first_line
from wlnet.nets import KINDS, VARYING, Net, Port, chain, graph
from wlnet.nets.arrays import EMPTY, Key, Shared
from wlnet.nets.structure import End
from wlnet.nets.views import Step, view_of
from wlnet.terms import NONE, Association, Term, expression, list_of, pack, rule, to_list

BATCH, ONE = "batch", "one"
TURN: Step = ("Transpose", None)


class Unreadable(Exception):
    """A node that no layer stands for."""


#: What comes of nodes that are not as they should be: a file may hold anything.
FAULTS = (Unreadable, NetError, ArithmeticError, AssertionError, AttributeError, LookupError, StopIteration, TypeError,
          ValueError)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """A constant: an array of the file as it is, or as a node sees it (by steps of a view), or one worked out (no key).

    base: the dimensions of the array of the file. pieces: what it is made of, one after the other along the first axis.
    """

    value: np.ndarray
    key: str | None = None
    base: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    pieces: tuple[Stored, ...] = ()

    def through(self, value: np.ndarray, step: Step) -> Stored:
        """Gives the constant after a step; steps that undo each other are none."""
        steps = list(self.steps)
        kind, numbers = step
        if kind == "Reshape":
            while steps and steps[-1][0] == "Reshape":
                steps.pop()
            if steps or value.shape != self.base:
                steps.append(step)
        elif numbers == (2, 1):
            steps = steps[:-1] if steps and steps[-1] == TURN else [*steps, TURN]
        else:
            steps.append(step)
        return Stored(value, self.key, self.base, tuple(steps) if self.key is not None else ())

    def turned(self) -> Stored:
        """Gives a matrix transposed."""
        return self.through(self.value.T, ("Transpose", (2, 1)))

    def shaped(self, *shape: int) -> Stored:
        return self.through(self.value.reshape(shape), ("Reshape", shape))


@dataclass(frozen=True)
class Flow:
    """What flows from a layer or an input.

    axes: for each axis of the value in the file what it is of the value in the net: the batch, an axis of length one that
    the net has not, or the number of a dimension from 0. maps: how many of the first dimensions the file has joined with
    the batch, which stands for them. less: what the file has taken off whole numbers, which the net has not.
    """

    end: End
    axes: tuple[Any, ...]
    maps: int = 0
    less: int = 0

    @property
    def rank(self) -> int:
        """The number of dimensions of what a layer sees that is applied to it."""
        return sum(type(axis) is int for axis in self.axes)

    @property
    def is_plain(self) -> bool:
        return self.axes == (BATCH, *range(self.rank)) and not self.less


@dataclass(frozen=True)
class Hidden:
    """Numbers of which there are as many as the input asks for. fill: what they are all, where that is known; stored:
    what they are again and again.
    """

    fill: float | None = None
    stored: Stored | None = None


@dataclass
class Planned:
    """A layer to be made, `maps` times within a NetMapOperator. arrays: slot → its constant, None where it has none.
    inputs: how many.
    """

    kind: str
    arguments: tuple[Term, ...]
    options: dict[str, Term]
    arrays: dict[str, Stored | None]
    maps: int = 0
    inputs: int = 0


class Reader:
    """Reads the nodes of a file one after the other."""

    def __init__(self, file: OnnxFile) -> None:
        self.file = file
        self.layers: dict[str, Planned] = {}
        self.edges: list[tuple[End, End]] = []
        self.bases = dict(file.arrays)
        self.values: dict[str, Any] = {name: Stored(array, name, array.shape) for name, array in file.arrays.items()}
        self.values |= turned_copies(file.arrays)
        self.node: NodeFacts | None = None
        self.values[""] = None

    def read(self) -> None:
        from wlnet.interchange.onnx.layers import RULES

        for port in self.file.inputs:
            if not port.shape:
                raise FormatError(f'{self.file.name}: the input "{port.name}" has no dimension of examples')
            self.values[port.name] = Flow(End(None, port.name), (BATCH, *range(len(port.shape) - 1)))
        for facts in self.file.nodes:
            self.node = facts
            given = tuple(self.values[name] for name in facts.inputs)
            layers, edges = dict(self.layers), list(self.edges)
            try:
                made = self.known(facts, given)
                if made is None:
                    rule = RULES.get(facts.operator)
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
            return Hidden() if shape is None else self.dimensions(facts, shape)
        if any(type(item) is Hidden for item in given) or facts.operator.startswith("Random"):
            return filling(facts, given)
        if facts.operator == "Constant":
            self.bases[facts.outputs[0]] = value = constant(facts)
            return Stored(value, facts.outputs[0], value.shape)
        return folded(self.file, facts, given)

    def dimensions(self, facts: NodeFacts, shape: Shape) -> Any:
        """Gives the dimensions that a node tells, where they are all known."""
        chosen = shape[facts.attributes.get("start", 0) : facts.attributes.get("end", len(shape))]
        if all(isinstance(size, int) for size in chosen) and facts.attributes.get("start", 0) != 0:
            return Stored(np.asarray(chosen, np.int64))
        return Hidden()

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
        parts = [part for part in self.node.name.split("/") if part]
        return ".".join(parts[:-own]) or str(len(self.layers) + 1)


def turned_copies(arrays: Mapping[str, np.ndarray]) -> dict[str, Stored]:
    """Gives the matrices that are others transposed as views of those: PyTorch writes weights that are tied to those of
    an embedding as such a copy.
    """
    found: dict[str, Stored] = {}
    known: dict[tuple[tuple[int, ...], bytes], str] = {}
    for name, array in arrays.items():
        if array.ndim != 2 or min(array.shape) < 2 or array.dtype != np.float32 or (array == array[0, 0]).all():
            continue
        other = known.get((array.shape, hashlib.sha256(np.ascontiguousarray(array).data).digest()))
        if other is not None:
            found[name] = Stored(array, other, arrays[other].shape, (TURN,))
        else:
            known[array.shape[::-1], hashlib.sha256(np.ascontiguousarray(array.T).data).digest()] = name
    return found


@dataclass
class Node:
    """A node as its rule sees it."""

    reader: Reader
    facts: NodeFacts
    inputs: Sequence[Any]

    def attribute(self, name: str, default: Any = None) -> Any:
        value = self.facts.attributes.get(name, default)
        return value.decode(errors="replace") if type(value) is bytes else value

    def raw(self, place: int) -> Flow:
        """Gives what flows in at a place."""
        value = self.inputs[place] if place < len(self.inputs) else None
        if type(value) is not Flow:
            raise Unreadable
        return value

    def flow(self, place: int) -> Flow:
        """Gives what flows in at a place, with the batch first and all of its axes in the net."""
        return plain(self, self.raw(place))

    def stored(self, place: int) -> Stored | None:
        """Gives the constant at a place, None where nothing is there."""
        value = self.inputs[place] if place < len(self.inputs) else None
        if value is not None and type(value) is not Stored:
            raise Unreadable
        return value

    def array(self, place: int) -> Stored:
        found = self.stored(place)
        if found is None:
            raise Unreadable
        return found

    def numbers(self, place: int, name: str = "") -> list[int] | None:
        """Gives whole numbers that are an input, or an attribute in older versions."""
        if name and name in self.facts.attributes:
            return [int(item) for item in np.atleast_1d(self.facts.attributes[name])]
        found = self.stored(place)
        return None if found is None else [int(item) for item in np.atleast_1d(found.value)]

    def shape(self, place: int) -> Shape:
        """Gives the dimensions of an input as in the file."""
        found = self.reader.file.shapes.get(self.facts.inputs[place])
        if found is None:
            raise Unreadable
        return found

    @property
    def out(self) -> Shape:
        found = self.reader.file.shapes.get(self.facts.outputs[0])
        if found is None:
            raise Unreadable
        return found

    def layer(
        self,
        kind: str,
        *arguments: Term,
        flows: Sequence[Flow],
        rank: int | None = None,
        arrays: Mapping[str, Stored | None] | None = None,
        ports: Sequence[str] = (),
        output: str = "",
        over: int = 0,
        **options: Term,
    ) -> Flow:
        """Gives what comes from a new layer that takes these flows. rank: of its output, where not that of the first.
        over: how many of the first dimensions it is mapped over.
        """
        maps = {flow.maps for flow in flows}
        if len(maps) > 1:
            raise Unreadable
        count = maps.pop() if maps else 0
        label = self.reader.add(Planned(kind, arguments, dict(options), dict(arrays or {}), count + over, len(flows)))
        for place, flow in enumerate(flows):
            self.reader.edges.append((flow.end, End(label, ports[place] if ports else "")))
        rank = flows[0].rank if rank is None else rank
        return Flow(End(label, output), (BATCH, *range(rank)), count)


def plain(node: Node, flow: Flow) -> Flow:
    """Gives a flow with the batch first, and in the net each axis that the file has."""
    if flow.is_plain:
        return flow
    if flow.less:
        flow = replace(shifted(node, flow), less=0)
    order = [axis for axis in flow.axes if type(axis) is int]
    if flow.axes[0] != BATCH and BATCH in flow.axes and flow.axes.index(BATCH):
        raise Unreadable
    if order != sorted(order):
        levels = [order.index(axis) + 1 for axis in range(len(order))]
        moved = replace(flow, axes=(BATCH, *range(len(order))))
        flow = replace(
            node.layer("TransposeLayer", to_list(levels), flows=[moved]),
            axes=renumbered(flow.axes),
        )
    made = replace(flow, axes=(BATCH, *range(flow.rank)))
    for level, axis in enumerate(flow.axes[1:], 1):
        if axis == ONE:
            made = node.layer("ReplicateLayer", 1, level, flows=[made], rank=made.rank + 1)
    return made


def renumbered(axes: Iterable[Any]) -> tuple[Any, ...]:
    """Numbers the dimensions in the order in which they stand."""
    made, number = [], 0
    for axis in axes:
        made.append(number if type(axis) is int else axis)
        number += type(axis) is int
    return tuple(made)


def shifted(node: Node, flow: Flow, by: int = 0) -> Flow:
    """Gives whole numbers with what the file has taken off them, and `by` added."""
    amount = by - flow.less
    if not amount:
        return replace(flow, less=0)
    function = expression("Function", expression("Plus", expression("Slot", 1), amount))
    made = node.layer("ElementwiseLayer", function, flows=[replace(flow, axes=(BATCH, *range(flow.rank)))])
    return replace(made, axes=flow.axes)


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


def filling(facts: NodeFacts, given: Sequence[Any]) -> Hidden:
    """Gives what is known of numbers of which there are as many as the input asks for."""
    if facts.operator == "ConstantOfShape":
        value = facts.attributes.get("value")
        return Hidden(0.0 if value is None else float(np.ravel(value)[0]))
    if facts.operator == "Expand" and type(given[0]) is Stored and given[0].value.size:
        numbers = np.unique(given[0].value)
        return Hidden(float(numbers[0]) if len(numbers) == 1 else None, given[0])
    same = facts.operator in ("Cast", "Unsqueeze", "Squeeze", "Reshape", "Transpose", "Identity", "Concat")
    fills = {item.fill for item in given if type(item) is Hidden}
    return Hidden(fills.pop() if same and len(fills) == 1 else None)


#: Operators that only change how an array is seen.
VIEWS = ("Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose")


def folded(file: OnnxFile, facts: NodeFacts, given: Sequence[Any]) -> Any:
    """Gives what a node makes of constants."""
    values = [None if item is None else item.value for item in given]
    shape = file.shapes.get(facts.outputs[0])
    if shape is not None and np.prod([size for size in shape if isinstance(size, int)], dtype=float) > LARGEST:
        if facts.operator not in VIEWS:
            raise Unreadable
    first = given[0] if given else None
    made = evaluated(file, facts, values)
    if facts.operator == "Transpose":
        axes = [int(axis) for axis in facts.attributes.get("perm", range(values[0].ndim)[::-1])]
        return first.through(made[0], ("Transpose", tuple(axes.index(i) + 1 for i in range(len(axes)))))
    if facts.operator == "Identity":
        return first
    if facts.operator in VIEWS and made[0].ndim:
        pieces = Stored(made[0], pieces=first.pieces)
        return pieces if first.pieces else first.through(made[0], ("Reshape", made[0].shape))
    if facts.operator == "Concat" and facts.attributes.get("axis") == 0:
        return Stored(made[0], pieces=tuple(piece for item in given for piece in item.pieces or (item,)))
    return tuple(Stored(np.asarray(value)) for value in made)


#: Attribute of a constant → the type of its numbers.
CONSTANTS = {"value_float": np.float32, "value_floats": np.float32, "value_int": np.int64, "value_ints": np.int64}


def constant(facts: NodeFacts) -> np.ndarray:
    for name, dtype in CONSTANTS.items():
        if name in facts.attributes:
            return np.asarray(facts.attributes[name], dtype)
    value = facts.attributes.get("value")
    if not isinstance(value, np.ndarray):
        raise Unreadable
    return value


def evaluated(file: OnnxFile, facts: NodeFacts, values: Sequence[np.ndarray | None]) -> list[Any]:
    """Gives what ONNX's own evaluator in Python makes of a node."""
    onnx = importlib.import_module("onnx")
    reference = importlib.import_module("onnx.reference")
    helper = onnx.helper
    sides = {name: value for name, value in zip(facts.inputs, values, strict=True) if name and value is not None}
    entries = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
        for name, value in sides.items()
    ]
    graph = helper.make_graph([facts.proto], "node", entries, [helper.make_empty_tensor_value_info(n) for n in facts.outputs])
    model = helper.make_model(graph, opset_imports=file.model.opset_import, ir_version=file.model.ir_version)
    try:
        return list(reference.ReferenceEvaluator(model).run(None, sides))
    except Exception as error:  # each operator fails in its own way
        raise Unreadable(first_line(error)) from None


# From what was planned to nets.


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

    def __init__(self, file: OnnxFile, make: Make) -> None:
        self.file = file
        self.make = make
        self.reader = Reader(file)
        self.reader.read()
        self.outputs = {name: self.final(name) for name in file.outputs}
        self.prune()
        slots = [(stored.key, stored) for plan in self.reader.layers.values() for stored in plan.arrays.values() if stored]
        counts: dict[str, int] = {}
        for key, _ in slots:
            if key is not None:
                counts[key] = counts.get(key, 0) + 1
        self.shared = {key for key, count in counts.items() if count > 1}

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
        ports = {port.name: port_of(port.is_whole, port.shape or ()) for port in self.file.inputs}
        try:
            layers = {name: self.layer(plan) for name, plan in self.reader.layers.items()}
            ends = [(flow.end, End(None, name)) for name, flow in self.outputs.items()]
            named = list(layers) != [str(number) for number in range(1, len(layers) + 1)]
            if self.is_chain(layers, ends):
                return chain(layers, {"Input": port for port in ports.values()}, named=named)
            connections = [*self.reader.edges, *ends]
            used = {source for source, _ in connections}
            muted = {
                End(name, port)
                for name, net in layers.items()
                for port in net.structure.outputs
                if End(name, port) not in used and (End(name, "") not in used or len(net.structure.outputs) > 1)
            }
            fed = {source.port for source in used if source.child is None}
            return graph(layers, connections, {n: p for n, p in ports.items() if n in fed}, muted=frozenset(muted), named=named)
        except FAULTS as error:
            raise FormatError(f"{self.file.name}: its layers do not fit together: {error}") from None

    def is_chain(self, layers: Mapping[str, Net], ends: Sequence[tuple[End, End]]) -> bool:
        """Tells whether each layer takes what the one before it gives."""
        names = [None, *layers]
        plain = all(
            len(net.structure.inputs) <= 1 and len(net.structure.outputs) == 1 for net in layers.values()
        ) and not any(net.kind.variadic for net in layers.values())
        follows = [(source.child, target.child) for source, target in self.reader.edges]
        wanted = list(zip(names, names[1:], strict=False))
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


def first_of(stored: Stored) -> Stored:
    """Gives the constant for each example, where the file has it for one example or for all."""
    return stored.through(stored.value[0], ("Reshape", stored.value.shape[1:]))


def port_of(is_whole: bool, shape: Shape) -> Port:
    """Gives the port of an input, whose first dimension is that of the examples."""
    sizes = tuple(size if isinstance(size, int) else VARYING for size in shape[1:])
    return Port(sizes, "Integer" if is_whole else "Real")
