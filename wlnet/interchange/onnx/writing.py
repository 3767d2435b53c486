"""Files of ONNX: what a net does, as a model with its arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet import __version__
from wlnet.interchange.onnx.graph import REAL, WHOLE, Graph, Value
from wlnet.interchange.onnx.recording import SCAN, Body, Open, Recording, Said, Sizes, Unsayable, recorded
from wlnet.interchange.onnx.rules import TAKES_WHOLE, rule_of
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.net import Net
from wlnet.plans.evaluate import require_arrays

#: The versions of the set of operators that the rules are written for.
OPSETS = range(17, 24)
OPSET = 17
#: The version of the format itself that came with each of them.
FORMATS = {17: 8, 18: 8, 19: 9, 20: 9, 21: 10, 22: 10, 23: 11}
#: Arrays of this many bytes in total do not fit into one file.
LARGEST = 2_000_000_000


@dataclass(frozen=True)
class Sayings:
    """What a file says besides the net: the options of Export."""

    description: str = ""
    graph_name: str = "net"
    version: int = 0
    opset: int = OPSET
    external: bool | None = None


def onnx_files(net: Net, name: str, said: Sayings) -> dict[str, bytes]:
    """Gives name → content of the file of a net, after the file of its arrays where they are outside; raises NetError."""
    net = net.complete
    require_arrays(net)
    require_dimensions(net)
    graph, inputs, outputs = graph_of(net, said.opset)
    onnx = graph.onnx
    outside = name + ".data"
    external = said.external
    if external is None:
        external = sum(array.nbytes for array in graph.arrays.values()) > LARGEST
    content = bytearray()
    tensors = []
    for label, array in graph.arrays.items():
        if not external or array.ndim == 0 or array.dtype != np.float32:
            tensors.append(onnx.numpy_helper.from_array(array, label))
            continue
        tensors.append(outside_tensor(onnx, label, array, outside, len(content)))
        content += np.ascontiguousarray(array, "<f4").tobytes()
    made = onnx.helper.make_graph(graph.nodes, said.graph_name, inputs, outputs, tensors)
    model = onnx.helper.make_model(
        made,
        opset_imports=[onnx.helper.make_opsetid("", said.opset)],
        ir_version=FORMATS[said.opset],
        producer_name="wlnet",
        producer_version=__version__,
        model_version=said.version,
        doc_string=said.description,
    )
    files = {outside: bytes(content)} if external else {}
    return {**files, name: model.SerializeToString(deterministic=True)}


def outside_tensor(onnx: Any, label: str, array: np.ndarray, file: str, offset: int) -> Any:
    """Gives the entry of an array whose numbers are in another file."""
    tensor = onnx.TensorProto(
        name=label, data_type=onnx.TensorProto.FLOAT, dims=array.shape, data_location=onnx.TensorProto.EXTERNAL
    )
    for key, value in (("location", file), ("offset", offset), ("length", array.nbytes)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def require_dimensions(net: Net) -> None:
    unknown = net.unknown_ports()
    if unknown:
        shown = ", ".join(f'"{name}"' for name in unknown)
        raise Unsayable(f"the dimensions of the inputs {shown} are not known; specify them", (), net.kind.name)


def graph_of(net: Net, opset: int) -> tuple[Graph, list[Any], list[Any]]:
    """Gives the graph of a net, and the entries of its inputs and outputs."""
    recording = recorded(net)
    graph = Graph(opset)
    for name in (*net.structure.inputs, *net.structure.outputs):
        graph.names.add(name)
    values: dict[int, Value] = {}
    dimensions = Dimensions()
    inputs = []
    for name, slot in recording.inputs.items():
        kind = WHOLE if net.structure.inputs[name].element == "Integer" else REAL
        values[slot] = Value(graph, name, kind, recording.shapes[slot])
        graph.learn(values[slot])
        inputs.append(entry(graph, values[slot], dimensions.names(recording.shapes[slot])))
    for key, slot in recording.arrays.items():
        values[slot] = graph.array(name_of(key), np.asarray(net.store[key], np.float32))
    written = Writer(recording, values)
    written.write(graph, recording.steps)
    outputs = []
    for name, slot in recording.outputs.items():
        kind = WHOLE if net.structure.outputs[name].element == "Integer" else REAL
        given = graph.value(written.value(graph, slot), kind)
        final = Value(graph, name if name not in net.structure.inputs else graph.name(name), kind)
        graph.nodes.append(graph.onnx.helper.make_node("Identity", [given.name], [final.name]))
        outputs.append(entry(graph, final, dimensions.names(recording.shapes[slot])))
    graph.prune({item.name for item in outputs})
    return graph, inputs, outputs


def name_of(key: Key) -> str:
    return key.name if isinstance(key, Shared) else "/".join(key)


def entry(graph: Graph, value: Value, shape: Sequence[Any]) -> Any:
    return graph.onnx.helper.make_tensor_value_info(value.name, int(graph.element(value.kind)), shape)


class Dimensions:
    """Names of open dimensions: those that were alike in both traces have one name."""

    def __init__(self) -> None:
        self.known: dict[Open, str] = {}

    def names(self, shape: Sizes) -> list[int | str]:
        return [self.name(size) if isinstance(size, Open) else size for size in shape]

    def name(self, size: Open) -> str:
        return self.known.setdefault(size, "batch" if not self.known else f"length{len(self.known)}")


class Writer:
    """Says the steps of a recording. values: slot → value."""

    def __init__(self, recording: Recording, values: dict[int, Value]) -> None:
        self.recording = recording
        self.values = values

    def write(self, graph: Graph, steps: Sequence[Said]) -> None:
        for step in steps:
            graph.place = "/".join((*step.place, step.operation.name))
            try:
                made = self.fold(graph, step) if step.operation.name == SCAN else self.said(graph, step)
            except Unsayable as error:
                reason = error.message.rpartition("cannot be said in ONNX: ")[2]
                raise error if error.kind else Unsayable(reason, step.place, step.kind) from None
            for slot, value in zip(step.outputs, made, strict=True):
                value.shape = self.recording.shapes[slot]
                self.values[slot] = value
                graph.learn(value)

    def said(self, graph: Graph, step: Said) -> tuple[Value, ...]:
        whole = TAKES_WHOLE.get(step.operation.name, ())
        inputs = [
            None if slot < 0 else graph.value(self.value(graph, slot), WHOLE if place in whole else REAL)
            for place, slot in enumerate(step.inputs)
        ]
        out = [self.recording.shapes[slot] for slot in step.outputs]
        made = rule_of(step.operation)(graph, *inputs, out=out, **step.settings)
        made = made if type(made) is tuple else (made,)
        return tuple(renamed(value) for value in made)

    def value(self, graph: Graph, slot: int) -> Value:
        """Gives the value of a slot, which is made of a constant at its first use."""
        found = self.values.get(slot)
        if found is None:
            found = filled(graph, *self.recording.constants[slot])
            found.shape = self.recording.shapes[slot]
            self.values[slot] = found
        return found

    def fold(self, graph: Graph, step: Said) -> tuple[Value, ...]:
        """Gives the last states and the sequences of a fold."""
        body: Body = step.settings["body"]
        count = len(body.states)
        given = [graph.value(self.value(graph, slot), REAL) for slot in step.inputs[: count + len(body.elements)]]
        for slot in step.inputs[len(given) :]:  # a constant made in the body would not be known outside
            self.value(graph, slot)
        inner = Graph(graph.opset, graph)
        entries = []
        for slot in (*body.states, *body.elements):
            value = Value(inner, inner.name(f"{graph.place}/element"), REAL, self.recording.shapes[slot])
            self.values[slot] = value
            inner.learn(value)
            entries.append(entry(inner, value, [None] * value.ndim))
        self.write(inner, step.body)
        ends = []
        for slot in (*body.new_states, *body.results):
            last = inner.node("Identity", inner.value(self.value(inner, slot), REAL))
            ends.append(entry(inner, last, [None] * len(self.recording.shapes[slot])))
        helper = graph.onnx.helper
        settings = {
            "body": helper.make_graph(inner.nodes, "body", entries, ends),
            "num_scan_inputs": len(body.elements),
            "scan_input_axes": [1] * len(body.elements),
            "scan_output_axes": [1] * len(body.results),
        }
        return graph.node_of("Scan", given, count + len(body.results), REAL, settings)


def renamed(value: Value) -> Value:
    """Gives another reference to a value: where an operation changes nothing, its output is its input."""
    made = Value(value.graph, value.name, value.kind, value.shape)
    made.fill = value.fill
    return made


def filled(graph: Graph, a: np.ndarray, b: np.ndarray) -> Value:
    """Gives a constant that has these values in the two traces; raises Unsayable."""
    kind = REAL if a.dtype.kind == "f" else WHOLE
    if a.shape == b.shape:
        if not np.array_equal(a, b, equal_nan=True):
            raise Unsayable("it has numbers that depend on the size of the input")
        return graph.constant(a, kind)
    shape = tuple(Open(m, n) if m != n else m for m, n in zip(a.shape, b.shape, strict=True))
    small, other = (shrunk(array, shape) for array in (a, b))
    if small is not None and other is not None and np.array_equal(small, other):
        made = graph.node("Expand", graph.constant(small, kind), graph.sizes(shape))
        made.fill = float(small.reshape(-1)[0]) if (small == small.reshape(-1)[0]).all() else None
        return made
    if a.ndim == 1:
        return progression(graph, a, b, kind)
    if a.ndim == 2:
        return band(graph, a, b, shape)
    raise Unsayable("it has numbers that depend on the size of the input")


def shrunk(array: np.ndarray, shape: Sizes) -> np.ndarray | None:
    """Gives an array with one element along its open dimensions, if all along them are alike."""
    first = array[tuple(slice(0, 1) if isinstance(size, Open) else slice(None) for size in shape)]
    return first if np.array_equal(np.broadcast_to(first, array.shape), array) else None


def progression(graph: Graph, a: np.ndarray, b: np.ndarray, kind: str) -> Value:
    """Gives numbers at equal distances, as many as the input asks for."""
    step = a[1] - a[0] if len(a) > 1 else 1
    if not all(np.array_equal(array, a[0] + step * np.arange(len(array))) for array in (a, b)):
        raise Unsayable("it has numbers that depend on the size of the input")
    count = graph.squeeze(graph.size(Open(len(a), len(b))), 0)
    numbers = graph.node("Range", graph.constant(0, WHOLE), count, graph.constant(1, WHOLE))
    return graph.value(numbers, kind) * step.item() + a[0].item()


def band(graph: Graph, a: np.ndarray, b: np.ndarray, shape: Sizes) -> Value:
    """Gives a matrix of two numbers, one of them near its diagonal: what a causal mask is."""
    inside, outside = a[0, 0], a[0, -1]
    age = np.subtract.outer(np.arange(a.shape[0]), np.arange(a.shape[1]))
    reach = int(age[a == inside].max()) + 1
    reach = reach if reach < a.shape[0] else 2**31
    for array in (a, b):
        age = np.subtract.outer(np.arange(array.shape[0]), np.arange(array.shape[1]))
        if not np.array_equal(np.where((age >= 0) & (age < reach), inside, outside), array):
            raise Unsayable("it has numbers that depend on the size of the input")
    rows, columns = (
        graph.node("Range", graph.constant(0, WHOLE), graph.squeeze(graph.size(size), 0), graph.constant(1, WHOLE))
        for size in shape
    )
    past = graph.unsqueeze(rows, 1) - graph.unsqueeze(columns, 0)
    seen = graph.node(
        "And",
        graph.binary("GreaterOrEqual", past, 0, "truth"),
        graph.binary("Less", past, reach, "truth"),
    )
    return graph.where(seen, float(inside), float(outside))
