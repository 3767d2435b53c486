"""Recurrent layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.interchange.onnx.reading.flows import BATCH, ONE, Flow, Hidden, Stored, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node, function, plain, reads
from wlnet.terms import S, Term, expression, list_of, rule, to_list

#: Operator → the layer, its gates in the order of the file, and its states.
RECURRENT = {
    "RNN": ("BasicRecurrentLayer", ("",), ("State",)),
    "GRU": ("GatedRecurrentLayer", ("InputGate", "ResetGate", "MemoryGate"), ("State",)),
    "LSTM": (
        "LongShortTermMemoryLayer", ("InputGate", "OutputGate", "ForgetGate", "MemoryGate"), ("State", "CellState")
    ),
}  # fmt: skip
ACTIVATIONS = {"RNN": ["Tanh"], "GRU": ["Sigmoid", "Tanh"], "LSTM": ["Sigmoid", "Tanh", "Tanh"]}


@reads("RNN", "GRU", "LSTM")
def recurrent(node: Node) -> tuple[Flow, ...]:
    operator = node.facts.operator
    kind, _, states = RECURRENT[operator]
    flow, turned = node.raw(0), not node.attribute("layout", 0)
    directions = {"forward": 1, "reverse": 1, "bidirectional": 2}[node.attribute("direction", "forward")]
    usual = [item.decode() if type(item) is bytes else item for item in node.attribute("activations", [])]
    lengths = node.inputs[4] if len(node.inputs) > 4 else None
    if flow.axes != ((0, BATCH, 1) if turned else (BATCH, 0, 1)) or lengths is not None or node.attribute("clip"):
        raise Unreadable
    if usual not in ([], ACTIVATIONS[operator] * directions) or node.attribute("input_forget", 0):
        raise Unreadable
    if operator == "GRU" and not node.attribute("linear_before_reset", 0):
        raise Unreadable
    flow = plain(node, replace(flow, axes=(BATCH, 0, 1)))
    first = [beginning(node, place + 5) for place in range(len(states))]
    if (node.inputs[7] if len(node.inputs) > 7 else None) is not None or (directions == 2 and any(first)):
        raise Unreadable
    made = []
    for direction in range(directions):
        backwards = direction == 1 or node.attribute("direction", "forward") == "reverse"
        entry = node.layer("SequenceReverseLayer", flows=[flow]) if backwards else flow
        flows = [entry, *(item for item in first if item is not None)]
        ports = ["Input", *(name for name, item in zip(states, first, strict=True) if item is not None)]
        size = int(node.attribute("hidden_size"))
        if operator == "GRU" and resets_biases(node, direction, size):
            sequence = folded(node, direction, size, flows)
        else:
            arrays = gates(node, operator, direction)
            sequence = node.layer(kind, size, flows=flows, ports=ports, arrays=arrays, output="Output", rank=2)
        out = node.layer("SequenceReverseLayer", flows=[sequence]) if backwards else sequence
        ends = [Flow(sequence.end._replace(port=name), (BATCH, 0)) for name in states]
        made.append([out, *ends])
    return outputs(node, made, turned)


def resets_biases(node: Node, direction: int, size: int) -> bool:
    """Tells whether the reset gate of a GRU multiplies biases, too, which that of a GatedRecurrentLayer does not."""
    stored = node.stored(3)
    return stored is not None and bool(stored.value[direction, -size:].any())


def folded(node: Node, direction: int, size: int, flows: Sequence[Flow]) -> Flow:
    """Gives the sequence of a GRU whose reset gate multiplies biases, by a fold of a function over the elements."""
    weights, states, biases = (node.array(place) for place in (1, 2, 3))
    of_input, of_state = np.split(biases.value[direction], 2)
    given = {
        "Weights": named(node, weights.key, f"{direction}", weights.value[direction]),
        "Biases": named(node, biases.key, f"{direction}/Input", of_input),
    }
    constants = {
        "StateWeights": named(node, states.key, f"{direction}", states.value[direction]),
        "StateBiases": named(node, biases.key, f"{direction}/State", of_state),
    }
    entry = node.layer("LinearLayer", 3 * size, flows=flows[:1], arrays=given, over=1)
    fixed = [
        node.layer("NetArrayLayer", flows=[], rank=stored.value.ndim, arrays={"Array": stored})
        for stored in constants.values()
    ]
    shapes = {"Input": 3 * size, "State": size, "StateWeights": list_of(3 * size, size), "StateBiases": 3 * size}
    cell = node.reader.make("FunctionLayer", (step(size), *(rule(name, shape) for name, shape in shapes.items())))
    return node.layer(
        "NetFoldOperator",
        cell,
        list_of(rule("Output", "State")),
        to_list(constants),
        flows=[entry, *fixed, *flows[1:]],
        ports=["Input", *constants, *(("State",) if len(flows) > 1 else ())],
        output="Output",
        rank=2,
    )


def step(size: int) -> Term:
    """Gives the function that makes the next state of a GRU of the products with an element, the state and its arrays."""
    state = expression("Slot", "State")
    product = expression(
        "Plus", expression("Dot", expression("Slot", "StateWeights"), state), expression("Slot", "StateBiases")
    )
    rows = [expression("Span", size * gate + 1, size * (gate + 1)) for gate in range(3)]
    element, recurrent = (
        [expression("Part", each, row) for row in rows] for each in (expression("Slot", "Input"), product)
    )
    keep, reset = (
        expression("LogisticSigmoid", expression("Plus", element[gate], recurrent[gate])) for gate in range(2)
    )
    new = expression("Tanh", expression("Plus", element[2], expression("Times", reset, recurrent[2])))
    return function(expression("Plus", new, expression("Times", keep, expression("Subtract", state, new))))


def beginning(node: Node, place: int) -> Flow | None:
    """Gives the state that a sequence begins with, None for zeros."""
    value = node.inputs[place] if place < len(node.inputs) else None
    if (
        value is None
        or (type(value) is Hidden and value.fill == 0)
        or (type(value) is Stored and not value.value.any())
    ):
        return None
    if type(value) is not Flow or value.axes != (ONE, BATCH, 0):
        raise Unreadable
    return replace(value, axes=(BATCH, 0))


def outputs(node: Node, made: list[list[Flow]], turned: bool) -> tuple[Flow, ...]:
    """Gives the sequence and the states of one direction, or of two side by side, as the file has their axes."""
    found = []
    for place in range(len(made[0])):
        flows, rank = [side[place] for side in made], made[0][place].rank
        if len(flows) == 1:
            axes: tuple[Any, ...] = (0, ONE, BATCH, 1) if rank == 2 else (ONE, BATCH, 0)
            straight = (BATCH, 0, ONE, 1) if rank == 2 else (BATCH, ONE, 0)
            found.append(replace(flows[0], axes=axes if turned else straight))
            continue
        both = node.layer("CatenateLayer", rank, flows=flows)
        sizes = [*(S.Inherited,) * (rank - 1), 2, S.Automatic]
        apart = node.layer("ReshapeLayer", to_list(sizes), flows=[both], rank=rank + 1)
        axes = (0, 1, BATCH, 2) if rank == 2 else (0, BATCH, 1)
        found.append(replace(apart, axes=axes) if turned else apart)
    return tuple(found)


def gates(node: Node, operator: str, direction: int) -> dict[str, Stored | None]:
    """Gives the arrays of a recurrent layer: input weights, state weights and biases of each gate."""
    _, names, _ = RECURRENT[operator]
    count = len(names)
    weights, states = (pieces(node, node.array(place), direction, names, place) for place in (1, 2))
    biases = sums(node, node.stored(3), direction, names, len(states[0].value))
    arrays: dict[str, Stored | None] = {}
    for place in range(count):
        arrays[f"{names[place]}InputWeights"] = weights[place]
        arrays[f"{names[place]}StateWeights"] = states[place]
        arrays[f"{names[place]}Biases"] = biases[place]
    return arrays


def pieces(node: Node, stored: Stored, direction: int, names: Sequence[str], place: int) -> Sequence[Stored]:
    """Gives the arrays of the gates, which may be arrays of their own in the file."""
    if len(stored.pieces) == len(names):
        return stored.pieces
    rows = stored.value[direction]
    if len(names) == 1 and len(stored.value) == 1:
        return [stored.shaped(*rows.shape)]
    made = np.split(rows, len(names))
    return [
        named(node, stored.key, f"{direction}/{name}/{place}", value) for name, value in zip(names, made, strict=True)
    ]


def named(node: Node, key: str | None, part: str, value: np.ndarray) -> Stored:
    """Gives a part of an array of the file as an array of its own, which is the same for all that use the part."""
    if key is None:
        return Stored(value)
    name = f"{key}/{part}"
    node.reader.bases[name] = value
    return Stored(value, name, value.shape)


def sums(node: Node, stored: Stored | None, direction: int, names: Sequence[str], size: int) -> Sequence[Stored]:
    """Gives the biases of the gates: the file has one for the input and one for the state."""
    count = len(names)
    if stored is None:
        return [Stored(np.zeros(size, np.float32)) for _ in names]
    if len(stored.pieces) == count + 1 and not stored.pieces[-1].value.any():
        return stored.pieces[:count]
    first, second = np.split(stored.value[direction].reshape(2, count, size), 2)
    total = first[0] + second[0]
    return [named(node, stored.key, f"{direction}/{name}", row) for name, row in zip(names, total, strict=True)]
