"""A graph of ONNX in the making: values with arithmetic, the nodes that give them, and the arrays they start from."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from wlnet.interchange.onnx.writing.sizes import Open, Size, Sizes, Unsayable

REAL, WHOLE, TRUTH = "real", "whole", "truth"
TYPES = {REAL: np.float32, WHOLE: np.int64, TRUTH: np.bool_}


class Value:
    """What flows in the graph: its name, the kind of its numbers, and its dimensions where they are known.

    Arithmetic with values and numbers makes nodes; comparisons give truth values. fill: the number that it is all of.
    """

    __slots__ = ("fill", "graph", "kind", "name", "shape")

    def __init__(self, graph: Graph, name: str, kind: str = REAL, shape: Sizes | None = None) -> None:
        self.graph = graph
        self.name = name
        self.kind = kind
        self.shape = shape
        self.fill: float | None = None

    @property
    def dims(self) -> Sizes:
        """The dimensions, of a value whose dimensions are known."""
        assert self.shape is not None
        return self.shape

    @property
    def ndim(self) -> int:
        return len(self.dims)

    def __add__(self, other: Any) -> Value:
        return self.graph.binary("Add", self, other)

    def __radd__(self, other: Any) -> Value:
        return self.graph.binary("Add", other, self)

    def __sub__(self, other: Any) -> Value:
        return self.graph.binary("Sub", self, other)

    def __rsub__(self, other: Any) -> Value:
        return self.graph.binary("Sub", other, self)

    def __mul__(self, other: Any) -> Value:
        return self.graph.binary("Mul", self, other)

    def __rmul__(self, other: Any) -> Value:
        return self.graph.binary("Mul", other, self)

    def __truediv__(self, other: Any) -> Value:
        return self.graph.binary("Div", self, other)

    def __rtruediv__(self, other: Any) -> Value:
        return self.graph.binary("Div", other, self)

    def __pow__(self, other: Any) -> Value:
        return self.graph.binary("Pow", self, other)

    def __neg__(self) -> Value:
        return self.graph.node("Neg", self)

    def __mod__(self, other: Any) -> Value:
        return self - other * self.graph.node("Floor", self / other)

    def __gt__(self, other: Any) -> Value:
        return self.graph.binary("Greater", self, other, TRUTH)


class Graph:
    """The nodes and arrays of a graph, or the nodes of the body of a loop in it, which shares its constants and names.

    place: what the names of new nodes begin with. known: open dimension → the value and the axis that tell it.
    """

    def __init__(self, opset: int, parent: Graph | None = None) -> None:
        self.onnx = importlib.import_module("onnx")
        self.opset = opset
        self.nodes: list[Any] = []
        self.place = ""
        self.arrays: dict[str, np.ndarray] = {}
        self.constants: list[Any] = parent.constants if parent else []
        self.names: set[str] = parent.names if parent else set()
        self.numbers: dict[Any, Value] = parent.numbers if parent else {}
        self.known: dict[Open, tuple[Value, int]] = dict(parent.known) if parent else {}
        self.casts: dict[tuple[str, str], Value] = {}

    def name(self, wanted: str) -> str:
        """Gives a name that nothing has yet."""
        found, number = wanted, 1
        while found in self.names:
            found, number = f"{wanted}_{number}", number + 1
        self.names.add(found)
        return found

    def array(self, name: str, array: np.ndarray) -> Value:
        """Gives the value of an array of the file."""
        found = self.name(name)
        self.arrays[found] = array
        return Value(self, found, REAL, array.shape)

    def constant(self, given: Any, kind: str = REAL) -> Value:
        """Gives the value of numbers; the same numbers are one constant of the whole graph."""
        array: np.ndarray = np.asarray(given, TYPES[kind])
        key = (kind, array.shape, array.tobytes())
        found = self.numbers.get(key)
        if found is None:
            name = self.name("number")
            tensor = self.onnx.numpy_helper.from_array(array)
            self.constants.append(self.onnx.helper.make_node("Constant", [], [name], name=name, value=tensor))
            found = self.numbers[key] = Value(self, name, kind, array.shape)
        return found

    def value(self, given: Any, kind: str) -> Value:
        """Gives a value or number as a value of this kind."""
        if not isinstance(given, Value):
            return self.constant(given, kind)
        if given.kind == kind:
            return given
        key = (given.name, kind)
        if key not in self.casts:
            made = self.node("Cast", given, kind=kind, to=int(self.element(kind)))
            made.shape, self.casts[key] = given.shape, made
        return self.casts[key]

    def element(self, kind: str) -> Any:
        proto = self.onnx.TensorProto
        return {REAL: proto.FLOAT, WHOLE: proto.INT64, TRUTH: proto.BOOL}[kind]

    def node(self, operator: str, *inputs: Value | None, kind: str | None = None, **attributes: Any) -> Value:
        """Gives the value that one operator makes of others; None is an input left out."""
        return self.node_of(operator, inputs, 1, kind, attributes)[0]

    def node_of(
        self,
        operator: str,
        inputs: Sequence[Value | None],
        count: int,
        kind: str | None = None,
        attributes: dict[str, Any] | None = None,
    ) -> tuple[Value, ...]:
        """Gives the values of an operator with several outputs."""
        if contains_open(attributes or {}):
            raise Unsayable(f"a setting of {operator} depends on a length that varies")
        names = ["" if item is None else item.name for item in inputs]
        while names and not names[-1]:
            names.pop()
        label = self.name("/".join(filter(None, (self.place, operator))))
        outputs = [self.name(f"{label}.{place}") for place in range(count)]
        self.nodes.append(self.onnx.helper.make_node(operator, names, outputs, name=label, **(attributes or {})))
        kind = kind or next((item.kind for item in inputs if item is not None), REAL)
        return tuple(Value(self, name, kind) for name in outputs)

    def prune(self, wanted: set[str]) -> None:
        """Puts the constants in front, and forgets what nothing wanted depends on."""
        kept = []
        for node in reversed([*self.constants, *self.nodes]):
            if wanted.isdisjoint(node.output):
                continue
            kept.append(node)
            wanted |= names_in(node)
        self.nodes = kept[::-1]
        self.arrays = {name: array for name, array in self.arrays.items() if name in wanted}

    def binary(self, operator: str, a: Any, b: Any, kind: str | None = None) -> Value:
        whole = all(not isinstance(item, Value) or item.kind == WHOLE for item in (a, b))
        common = WHOLE if whole else REAL
        return self.node(operator, self.value(a, common), self.value(b, common), kind=kind)

    def learn(self, value: Value) -> None:
        """Remembers the open dimensions that a value tells."""
        for axis, size in enumerate(value.shape or ()):
            if isinstance(size, Open):
                self.known.setdefault(size, (value, axis))

    def size(self, size: Size) -> Value:
        """Gives a dimension as a vector of one whole number; raises Unsayable where nothing tells it."""
        if not isinstance(size, Open):
            return self.constant([size], WHOLE)
        if not self.known:  # a net without inputs gives one example
            return self.constant([1], WHOLE)
        if size in self.known:
            value, axis = self.known[size]
            return self.node("Shape", value, kind=WHOLE, start=axis, end=axis + 1)
        for known in self.known:
            factor = size.first // known.first
            if factor * known.first == size.first and factor * known.second == size.second:
                return self.size(known) * factor
        for known in self.known:
            more = size.first - known.first
            # The number of examples is never part of a sum: what seems so is a length divided.
            if more == size.second - known.second and known.second - known.first > 1:
                return self.size(known) + more
        for a in self.known:
            for b in self.known:
                if (a.first * b.first, a.second * b.second) == (size.first, size.second):
                    return self.size(a) * self.size(b)
        raise Unsayable("a dimension depends on the lengths of the input in a way that it has no operators for")

    def sizes(self, shape: Sizes) -> Value:
        """Gives dimensions as a vector of whole numbers."""
        if not contains_open(shape):
            return self.constant(shape, WHOLE)
        return self.node("Concat", *map(self.size, shape), axis=0)

    def reshape(self, x: Value, shape: Sizes) -> Value:
        """Gives the elements of x in other dimensions; those that both have in the same place need not be known."""
        if x.shape == shape:
            return x
        before = x.shape or ()
        plain: list[Any] = [
            0 if isinstance(size, Open) and axis < len(before) and before[axis] == size else size
            for axis, size in enumerate(shape)
        ]
        if sum(isinstance(size, Open) for size in plain) == 1:
            plain = [-1 if isinstance(size, Open) else size for size in plain]
        target = self.sizes(shape) if contains_open(plain) else self.constant(plain, WHOLE)
        made = self.node("Reshape", x, target)
        made.shape = shape
        return made

    def transpose(self, x: Value, axes: Sequence[int]) -> Value:
        if list(axes) == list(range(len(axes))):
            return x
        made = self.node("Transpose", x, perm=list(axes))
        made.shape = x.shape and tuple(x.shape[axis] for axis in axes)
        return made

    def reduce(self, function: str, x: Value, axes: Iterable[int], keep: bool = False) -> Value:
        """Gives a sum, mean, … over some axes."""
        axes = [axis % x.ndim for axis in axes]
        if not axes:
            return x
        if self.opset >= 18 or function == "Sum":
            return self.node(f"Reduce{function}", x, self.constant(axes, WHOLE), keepdims=int(keep))
        return self.node(f"Reduce{function}", x, axes=axes, keepdims=int(keep))

    def unsqueeze(self, x: Value, *axes: int) -> Value:
        return self.node("Unsqueeze", x, self.constant(axes, WHOLE))

    def squeeze(self, x: Value, *axes: int) -> Value:
        return self.node("Squeeze", x, self.constant(axes, WHOLE))

    def where(self, condition: Value, a: Any, b: Any) -> Value:
        return self.node("Where", self.truth(condition), self.value(a, REAL), self.value(b, REAL), kind=REAL)

    def truth(self, condition: Value) -> Value:
        return condition if condition.kind == TRUTH else self.value(condition, TRUTH)


def names_in(node: Any) -> set[str]:
    """Gives the names of what a node takes, and of all that the graphs inside it name."""
    found = set(node.input)
    for attribute in node.attribute:
        for inner in attribute.g.node:
            found |= names_in(inner)
    return found


def contains_open(settings: Any) -> bool:
    if isinstance(settings, dict):
        return any(map(contains_open, settings.values()))
    if isinstance(settings, tuple | list):
        return any(map(contains_open, settings))
    return isinstance(settings, Open)
