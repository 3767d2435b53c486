"""Folds over a sequence."""

from __future__ import annotations

import importlib
from typing import Any

from wlnet.interchange.onnx.reading.files import NodeFacts, OnnxFile, PortFacts, find_shapes, node_facts
from wlnet.interchange.onnx.reading.flows import BATCH, Flow, Hidden, Stored, Unreadable, first_of
from wlnet.interchange.onnx.reading.nodes import Node, plain, reads
from wlnet.nets.structure import End
from wlnet.terms import list_of, rule, to_list


@reads("Scan")
def fold(node: Node) -> tuple[Flow, ...]:
    """Gives the last states and the sequences of a NetFoldOperator of the body."""
    body, count = node.attribute("body"), node.attribute("num_scan_inputs")
    states, results = len(node.inputs) - count, len(node.facts.outputs) - (len(node.inputs) - count)
    if (
        states < 1
        or any(node.attribute("scan_input_directions", []))
        or any(node.attribute("scan_output_directions", []))
    ):
        raise Unreadable
    before = node.attribute("scan_input_axes", [0] * count)
    after = node.attribute("scan_output_axes", [0] * results)
    sequences = [sequence(node, states + place, axis) for place, axis in enumerate(before)]
    firsts = [first_state(node, place) for place in range(states)]
    fed = numbered("State", states)
    elements, new, made = numbered("Input", count), numbered("NewState", states), numbered("Output", results)
    file = body_file(node, body, before)
    names = [*(port.name for port in file.inputs), *file.outputs]
    titles = dict(zip(names, (*fed, *elements, *new, *made), strict=True))
    inner = node.reader.inner(file, titles)
    out = node.layer(
        "NetFoldOperator",
        inner,
        list_of(*(rule(source, target) for source, target in zip(new, fed, strict=True))),
        list_of(),
        to_list(made),
        flows=[*(flow for flow in firsts if flow is not None), *sequences],
        ports=[*(name for name, flow in zip(fed, firsts, strict=True) if flow is not None), *elements],
        output=made[0] if made else fed[0],
    )
    label = out.end.child
    ends = [
        Flow(End(label, name), (BATCH, *range(rank_of(file, port))))
        for name, port in zip(fed, file.outputs, strict=False)
    ]
    for name, port, axis in zip(made, file.outputs[states:], after, strict=True):
        axes: list[Any] = [BATCH, *range(1, rank_of(file, port) + 1)]
        axes.insert(axis % (len(axes) + 1), 0)
        ends.append(Flow(End(label, name), tuple(axes)))
    return tuple(ends)


def numbered(name: str, count: int) -> list[str]:
    return [name] if count == 1 else [f"{name}{number}" for number in range(1, count + 1)]


def rank_of(file: OnnxFile, name: str) -> int:
    """Gives the number of dimensions of a value in the body, besides the batch."""
    shape = file.shapes.get(name)
    if not shape:
        raise Unreadable
    return len(shape) - 1


def sequence(node: Node, place: int, axis: int) -> Flow:
    """Gives a sequence whose elements are along an axis of the file's value."""
    flow = node.raw(place)
    axes = list(flow.axes)
    if flow.maps or flow.less or axes.pop(axis) != 0 or axes != [BATCH, *range(1, flow.rank)]:
        raise Unreadable
    return Flow(flow.end, (BATCH, *range(flow.rank)))


def first_state(node: Node, place: int) -> Flow | None:
    """Gives the state that the fold begins with, None for zeros."""
    value = node.inputs[place]
    if type(value) is Hidden and value.fill == 0:
        return None
    if type(value) is Hidden:
        value = value.stored
    if type(value) is Stored:
        if len(value.value) != 1:
            raise Unreadable
        rank = value.value.ndim - 1
        return node.layer("NetArrayLayer", flows=[], rank=rank, arrays={"Array": first_of(value)})
    return plain(node, node.raw(place))


def body_file(node: Node, body: Any, before: list[int]) -> OnnxFile:
    """Gives the body as a file of its own, which takes a batch of elements."""
    onnx = importlib.import_module("onnx")
    outer: OnnxFile = node.reader.file
    states = len(node.inputs) - len(before)
    inputs = []
    for place, item in enumerate(body.input):
        shape = list(node.shape(place))
        if place >= states:
            shape.pop(before[place - states])
        inputs.append(PortFacts(item.name, False, tuple(shape)))
    model = onnx.ModelProto(ir_version=outer.model.ir_version, opset_import=outer.model.opset_import)
    model.producer_name = outer.model.producer_name
    model.graph.CopyFrom(body)
    del model.graph.input[:]
    kind = onnx.TensorProto.FLOAT
    model.graph.input.extend(onnx.helper.make_tensor_value_info(port.name, kind, port.shape) for port in inputs)
    nodes: list[NodeFacts] = [node_facts(onnx, item, outer.name) for item in body.node]
    used = {name for facts in nodes for name in facts.inputs}
    values = node.reader.values
    if body.initializer or any(type(values.get(name)) in (Flow, Hidden) for name in used):
        raise Unreadable
    arrays = {name: values[name].value for name in used if type(values.get(name)) is Stored}
    outputs = [item.name for item in body.output]
    file = OnnxFile(outer.name, model, outer.opset, nodes, arrays, inputs, outputs)
    find_shapes(onnx, file)
    return file
