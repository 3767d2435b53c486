"""Operators of MXNet that arrange, sum up or repeat elements, and their layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.rules import level, reads, rule, writes
from wlnet.builtins.nets.formats.mxnet.table import Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.layers.families.rearranging import place_of_copies, transposed
from wlnet.layers.levels import places
from wlnet.nets.structure import End
from wlnet.terms import NONE, S, Term, expression, list_of

# Nothing changes


@reads("identity", "_copy", "BlockGrad", "stop_gradient", "MakeLoss", "make_loss", "LinearRegressionOutput")
def read_identity(reader: Reader, node: Node) -> End:
    """These change nothing but gradients."""
    if not node.inputs:
        raise NoLayer
    return reader.end(node.inputs[0])


@reads("Cast", "cast")
def read_cast(reader: Reader, node: Node) -> End:
    """All numbers are reals here; those that become integers lose what is after the point."""
    if len(node.inputs) != 1:
        raise NoLayer
    if node.text("dtype", "float32").startswith("float"):
        return reader.end(node.inputs[0])
    return reader.function(node, "IntegerPart", *node.inputs)


# Probabilities


rule(
    "softmax",
    "SoftmaxLayer",
    lambda node: Written(() if node.text("axis", "-1") == "-1" else (level(node.integer("axis")),)),
    lambda layer: {"axis": layer["level"]},
)


@reads("SoftmaxOutput", "Softmax", "SoftmaxActivation")
def read_softmax_output(reader: Reader, node: Node) -> End:
    """The labels, which matter in training only, are left out."""
    by_channel = node.flag("multi_output") or node.text("mode", "instance") == "channel"
    return reader.layer(node, "SoftmaxLayer", Written((1,) if by_channel else ()), node.inputs[:1])


# Dimensions


@reads("Flatten", "flatten")
def read_flatten(reader: Reader, node: Node) -> End:
    return reader.layer(node, "FlattenLayer", Written(), node.inputs)


#: Codes in the attribute "shape" → what they are in a ReshapeLayer: as before, what is left, all that follow.
CODES: Mapping[int, Term] = {0: S.Inherited, -1: S.Automatic, -2: S.All}


@reads("Reshape", "reshape")
def read_reshape(reader: Reader, node: Node) -> End:
    batch, *shape = node.sizes("shape") or (1,)
    if batch not in (0, -1) or node.flag("reverse") or any(size < min(CODES) for size in shape):
        raise NoLayer
    if batch == -1 and any(size < 1 for size in shape):
        raise NoLayer
    target = list_of(*(CODES.get(size, size) for size in shape))
    return reader.layer(node, "ReshapeLayer", Written((target,)), node.inputs)


@writes("FlattenLayer", "ReshapeLayer")
def write_reshape(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    if len(inputs) > 1:
        raise layer.refused("it takes its dimensions from a second input")
    if layer.kind == "FlattenLayer" and layer["Levels"] == float("inf"):
        return writer.operation("Flatten", layer.name, inputs)
    if layer.kind == "FlattenLayer" and isinstance(layer["Levels"], tuple):
        raise layer.refused("it joins lists of levels")
    return writer.operation("Reshape", layer.name, inputs, {"shape": (-1, *layer.shape("Output"))})


@reads("transpose")
def read_transpose(reader: Reader, node: Node) -> End | tuple[End, ...]:
    axes = node.sizes("axes")
    if axes[:2] == (1, 0) and axes[2:] == tuple(range(2, len(axes))) and len(node.inputs) == 1:
        return reader.turn(node)
    if axes[:1] != (0,) or sorted(axes) != list(range(len(axes))):
        raise NoLayer
    becomes = [axes.index(place) for place in range(1, len(axes))]
    return reader.layer(node, "TransposeLayer", Written((list_of(*becomes),)), node.inputs)


@reads("SwapAxis", "swapaxes")
def read_swap(reader: Reader, node: Node) -> End | tuple[End, ...]:
    if {node.integer("dim1", 0), node.integer("dim2", 0)} == {0, 1} and len(node.inputs) == 1:
        return reader.turn(node)
    swap = expression("TwoWayRule", level(node.integer("dim1", 0)), level(node.integer("dim2", 0)))
    return reader.layer(node, "TransposeLayer", Written((swap,)), node.inputs)


@writes("TransposeLayer")
def write_transpose(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    order = transposed(layer["Specification"], len(layer.shape("Input")))
    return writer.operation("transpose", layer.name, inputs, {"axes": (0, *(place + 1 for place in order))})


@reads("expand_dims")
def read_expand(reader: Reader, node: Node) -> End:
    """An array with an axis for the batch is the output of a layer that has it."""
    if node.integer("axis") == 0 and node.inputs and reader.node(node.inputs[0]).is_variable:
        return reader.layer(node, "NetArrayLayer", Written(), (), {"Array": node.inputs[0]})
    return reader.layer(node, "ReplicateLayer", Written((1, level(node.integer("axis")))), node.inputs)


@writes("ReplicateLayer")
def write_replicate(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    """New dimensions of size 1, which are then repeated."""
    shape, result = layer.shape("Input"), layer.shape("Output")
    count = len(result) - len(shape)
    place = place_of_copies(layer["Level"], len(shape), count)
    ones = (-1, *shape[:place], *[1] * count, *shape[place:])
    made = writer.operation("Reshape", f"{layer.name}_shape", inputs, {"shape": ones})
    return writer.operation("broadcast_to", layer.name, [made], {"shape": (0, *result)})


@reads("broadcast_to")
def read_broadcast(reader: Reader, node: Node) -> End:
    """Where the dimensions before are known to be of size 1, by a Reshape, they become copies."""
    shape = node.sizes("shape")
    before = reader.node(node.inputs[0]) if node.inputs else node
    ones = before.sizes("shape") if before.operator in ("Reshape", "reshape") else ()
    if len(shape) < 2 or shape[0] != 0 or len(ones) != len(shape) or any(size < 1 for size in ones[1:]):
        raise NoLayer
    if any(one not in (size, 1) for one, size in zip(ones[1:], shape[1:], strict=True)):
        raise NoLayer
    copied = [place for place, one in enumerate(ones[1:]) if one == 1 and shape[place + 1] != 1]
    rest = [one for place, one in enumerate(ones[1:]) if place not in copied]
    end = reader.layer(node, "ReshapeLayer", Written((list_of(*rest),)), before.inputs)
    for place in copied:
        end = reader.layer(node, "ReplicateLayer", Written((shape[place + 1], place + 1)), [end])
    return end


@reads("add_n", "ElementWiseSum", "_sum")
def read_total(reader: Reader, node: Node) -> End:
    return reader.layer(node, "TotalLayer", Written(), node.inputs)


@writes("TotalLayer")
def write_total(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    return writer.operation("add_n", layer.name, inputs, {"num_args": len(inputs)})


# Sums and products


#: Operator → function of an AggregationLayer.
AGGREGATIONS = {"mean": "Mean", "sum": "Total", "max": "Max", "min": "Min", "prod": "Times"}
AGGREGATION_NAMES = {function: operator for operator, function in AGGREGATIONS.items()}


@reads(*AGGREGATIONS)
def read_aggregation(reader: Reader, node: Node) -> End:
    axes = node.sizes("axis")
    if node.flag("exclude") or node.flag("keepdims") or not axes:
        raise NoLayer
    chosen = list_of(*map(level, axes))
    return reader.layer(node, "AggregationLayer", Written((AGGREGATIONS[node.operator], chosen)), node.inputs)


@writes("AggregationLayer")
def write_aggregation(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    operator = AGGREGATION_NAMES.get(layer["Function"])
    if operator is None:
        raise layer.refused(f"no operator gives the {layer['Function']}")
    axes = tuple(place + 1 for place in places(layer["Levels"], len(layer.shape("Input"))))
    return writer.operation(operator, layer.name, inputs, {"axis": axes})


@writes("SummationLayer")
def write_summation(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    return writer.operation("sum", layer.name, inputs, {"axis": tuple(range(1, len(layer.shape("Input")) + 1))})


@reads("batch_dot")
def read_dot(reader: Reader, node: Node) -> End:
    flags = (node.flag("transpose_a"), node.flag("transpose_b"))
    swap = expression("TwoWayRule", 1, 2)
    written = Written((list_of(*(swap if flag else NONE for flag in flags)),) if any(flags) else ())
    return reader.layer(node, "DotLayer", written, node.inputs)


@writes("DotLayer")
def write_dot(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    if [len(layer.shape(port)) for port in layer.structure.inputs] != [2, 2] or layer["Transpositions"]:
        raise layer.refused("MXNet multiplies two matrices, as they are")
    return writer.operation("batch_dot", layer.name, inputs)


@writes("NetArrayLayer")
def write_array(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    source = writer.array(layer, "Array", "array")
    return writer.operation("expand_dims", layer.name, [source], {"axis": 0}) if layer.shape("Output") else source
