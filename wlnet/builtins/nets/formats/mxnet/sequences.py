"""Operators of MXNet that work along sequences, whose first axis is the time and whose second the batch, and their layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.rules import reads, writes
from wlnet.builtins.nets.formats.mxnet.table import Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_symbol import VARIABLE, Node, Source
from wlnet.nets.structure import End
from wlnet.terms import NumericArray, Term

#: Kind of layer → "mode" of the operator RNN, and its gates in the order of the operator.
MODES = {
    "LongShortTermMemoryLayer": ("lstm", ("InputGate", "ForgetGate", "MemoryGate", "OutputGate")),
    "GatedRecurrentLayer": ("gru", ("ResetGate", "InputGate", "MemoryGate")),
    "BasicRecurrentLayer": ("rnn_tanh", ("",)),
}
KINDS_OF_MODES = {mode: kind for kind, (mode, _) in MODES.items()}
PARTS = ("InputWeights", "StateWeights", "Biases")


@reads("RNN")
def read_recurrent(reader: Reader, node: Node) -> tuple[End, ...]:
    """One layer in one direction, which begins with zeros; all of its arrays are one array in the file."""
    kind = KINDS_OF_MODES.get(node.text("mode", ""))
    if kind is None or node.integer("num_layers", 1) != 1 or node.flag("bidirectional") or len(node.inputs) < 3:
        raise NoLayer
    if any(reader.node(source).operator != "_zeros" for source in node.inputs[2:]):
        raise NoLayer
    size = node.integer("state_size")
    values = reader.arrays.get(reader.node(node.inputs[1]).name)
    options = {} if values is None else split(node, kind, size, values.ravel())
    end = reader.layer(node, kind, Written((size,), options), [reader.sequence(node.inputs[0])])
    return reader.give_sequence(node, end)


def split(node: Node, kind: str, size: int, values: np.ndarray) -> dict[str, Term]:
    """Gives the arrays of a layer: all input weights, all state weights, and two biases for each gate.

    Raises NoLayer where the memory gate has a bias of its own on the state, which is multiplied by the reset gate.
    """
    gates = MODES[kind][1]
    unit = len(gates) * max(size, 1)
    width = len(values) // unit - size - 2
    if size < 1 or width < 1 or len(values) % unit:
        raise node.wrong("state_size", f"in line with the {len(values)} numbers of its array")
    ends = np.cumsum([unit * width, unit * size, unit])
    weights, states, biases, more = np.split(values, ends)
    more = more.reshape(len(gates), size)
    if kind == "GatedRecurrentLayer" and more[gates.index("MemoryGate")].any():
        raise NoLayer
    arrays = (weights.reshape(len(gates), size, width), states.reshape(len(gates), size, size))
    found = zip(PARTS, (*arrays, biases.reshape(len(gates), size) + more), strict=True)
    return {f"{gate}{part}": NumericArray(array[place]) for part, array in found for place, gate in enumerate(gates)}


@writes(*MODES)
def write_recurrent(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    if len(inputs) > 1:
        raise layer.refused("its state comes from outside")
    if any(slot.shared is not None for slot in layer.structure.slots.values()):
        raise layer.refused("it shares arrays, but the operator RNN has one array for all of them")
    mode, gates = MODES[layer.kind]
    (size,) = layer.structure.slots[f"{gates[0]}Biases"].shape or (None,)
    if not isinstance(size, int):
        raise layer.refused("its size is not known")
    slots = [[f"{gate}{part}" for gate in gates] for part in PARTS]
    values = [writer.net.store.get((*layer.path, slot)) for part in slots for slot in part]
    parameters = writer.add(Node(VARIABLE, f"{layer.name}_parameters"))
    found = [value.ravel() for value in values if value is not None]
    if len(found) == len(values):
        second_biases = np.zeros(len(gates) * size, np.float32)
        writer.arrays[f"arg:{writer.nodes[parameters.node].name}"] = np.concatenate([*found, second_biases])
    begin = writer.operation("_zeros", f"{layer.name}_state", [], {"shape": (1, 0, size)})
    states = [begin] * (2 if mode == "lstm" else 1)
    attributes = {"state_size": size, "num_layers": 1, "mode": mode}
    made = writer.operation("RNN", layer.name, [turned(writer, layer, inputs[0]), parameters, *states], attributes)
    return turned(writer, layer, made)


def turned(writer: Writer, layer: Layer, source: Source) -> Source:
    """Gives a sequence with the batch and the time, its first axes, in the other order."""
    return writer.operation("SwapAxis", f"{layer.name}_turned", [source], {"dim1": 0, "dim2": 1})


@reads("SequenceLast")
def read_last(reader: Reader, node: Node) -> End:
    return reader.layer(node, "SequenceLastLayer", Written(), [plain_sequence(reader, node)])


@reads("SequenceReverse")
def read_reverse(reader: Reader, node: Node) -> tuple[End, ...]:
    return reader.give_sequence(
        node, reader.layer(node, "SequenceReverseLayer", Written(), [plain_sequence(reader, node)])
    )


def plain_sequence(reader: Reader, node: Node) -> End:
    """Gives the sequence that a node takes; raises NoLayer where its length or its axis is said."""
    if node.flag("use_sequence_length") or node.integer("axis", 0) or len(node.inputs) != 1:
        raise NoLayer
    return reader.sequence(node.inputs[0])


@writes("SequenceLastLayer")
def write_last(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    return writer.operation("SequenceLast", layer.name, [turned(writer, layer, inputs[0])])


@writes("SequenceReverseLayer")
def write_reverse(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    made = writer.operation("SequenceReverse", layer.name, [turned(writer, layer, inputs[0])])
    return turned(writer, layer, made)


#: Kind of layer → what it leaves of a sequence.
SHORTENED: dict[str, dict[str, Any]] = {
    "SequenceMostLayer": {"begin": 0, "end": -1},
    "SequenceRestLayer": {"begin": 1, "end": "None"},
}


@writes(*SHORTENED)
def write_shortened(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    return writer.operation("slice_axis", layer.name, inputs, {"axis": 1, **SHORTENED[layer.kind]})
