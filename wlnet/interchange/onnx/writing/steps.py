"""The graph of a net: its ports and arrays, and what each step of it is in nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.interchange.onnx.writing.constants import filled
from wlnet.interchange.onnx.writing.declare import TAKES_WHOLE, load_rules, rule_of
from wlnet.interchange.onnx.writing.graph import REAL, WHOLE, Graph, Value
from wlnet.interchange.onnx.writing.recording import Recording, Said, recorded
from wlnet.interchange.onnx.writing.sizes import Open, Sizes, Unsayable
from wlnet.interchange.onnx.writing.tracing import SCAN, Body
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.net import Net


def graph_of(net: Net, opset: int) -> tuple[Graph, list[Any], list[Any]]:
    """Gives the graph of a net, and the entries of its inputs and outputs."""
    load_rules()
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
                raise error if error.kind else Unsayable(error.reason, step.place, step.kind) from None
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
