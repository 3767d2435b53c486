"""Operators of MXNet that arrange, join, take, sum up or repeat elements, and their layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.rules import level, reads, rule, writes
from wlnet.builtins.nets.formats.mxnet.table import Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.layers.families.parts import Span
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


# Joining, taking, padding


@reads("Concat", "concat")
def read_catenate(reader: Reader, node: Node) -> End:
    if len(node.inputs) == 1:
        return reader.end(node.inputs[0])
    return reader.layer(node, "CatenateLayer", Written((level(node.integer("dim", 1)),)), node.inputs)


@writes("CatenateLayer")
def write_catenate(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    if len({len(layer.shape(port)) for port in layer.structure.inputs}) > 1:
        raise layer.refused("its inputs have different ranks")
    return writer.operation("Concat", layer.name, inputs, {"num_args": len(inputs), "dim": layer["level"]})


@reads("add_n", "ElementWiseSum", "_sum")
def read_total(reader: Reader, node: Node) -> End:
    return reader.layer(node, "TotalLayer", Written(), node.inputs)


@writes("TotalLayer")
def write_total(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    return writer.operation("add_n", layer.name, inputs, {"num_args": len(inputs)})


#: A split gives at most so many parts.
MOST_PARTS = 4096


@reads("slice_axis")
def read_slice(reader: Reader, node: Node) -> End:
    axis = level(node.integer("axis"))
    if axis < 0:
        raise NoLayer
    begin = node.integer("begin")
    last = -1 if node.text("end", "None") == "None" else node.integer("end") - 1
    chosen = expression("Span", begin + 1 if begin >= 0 else begin, last + 1 if last >= 0 else last)
    return reader.layer(node, "PartLayer", Written((list_of(*[S.All] * (axis - 1), chosen),)), node.inputs)


@writes("PartLayer")
def write_part(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    """A slice for each level that is not taken whole, and a Reshape where single elements were taken."""
    source = inputs[0]
    for axis, (part, size) in enumerate(zip(layer["Parts"], layer.shape("Input"), strict=False), 1):
        span = part if isinstance(part, Span) else Span(part, part, 1)
        taken = span.slice(size)
        if span.step != 1:
            raise layer.refused("it takes elements in steps")
        if not span.is_everything:
            attributes = {"axis": axis, "begin": taken.start, "end": taken.stop or "None"}
            source = writer.operation("slice_axis", f"{layer.name}_{axis}", [source], attributes)
    if all(isinstance(part, Span) for part in layer["Parts"]):
        return writer.operation("identity", layer.name, [source]) if source == inputs[0] else source
    return writer.operation("Reshape", layer.name, [source], {"shape": (-1, *layer.shape("Output"))})


@reads("SliceChannel", "split")
def read_split(reader: Reader, node: Node) -> tuple[End, ...]:
    """Parts of equal size, or, where the axis goes, single elements; how large the parts are must follow from the file."""
    count, axis = node.integer("num_outputs"), level(node.integer("axis", 1))
    if axis < 0 or not 1 <= count <= MOST_PARTS or len(node.inputs) != 1:
        raise NoLayer
    chosen: list[Term] = list(range(1, count + 1))
    if not node.flag("squeeze_axis"):
        shape = reader.shape(node.inputs[0])
        size = shape[axis - 1] if shape is not None and len(shape) >= axis else None
        if not isinstance(size, int) or size % count:
            raise NoLayer
        width = size // count
        chosen = [expression("Span", first + 1, first + width) for first in range(0, size, width)]
    parts = [list_of(*[S.All] * (axis - 1), part) for part in chosen]
    return tuple(reader.layer(node, "PartLayer", Written((part,)), node.inputs) for part in parts)


@reads("Pad", "pad")
def read_pad(reader: Reader, node: Node) -> End:
    widths = node.sizes("pad_width")
    if node.text("mode", "constant") != "constant" or widths[:2] != (0, 0) or len(widths) % 2 or len(widths) < 4:
        raise NoLayer
    pairs = [list_of(*widths[place : place + 2]) for place in range(2, len(widths), 2)]
    written = Written((list_of(*pairs),), {"Padding": node.real("constant_value", 0.0)})
    return reader.layer(node, "PaddingLayer", written, node.inputs)


@writes("PaddingLayer")
def write_padding(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    shape, result = layer.shape("Input"), layer.shape("Output")
    pairs = [*layer["Widths"], *[(0, 0)] * (len(shape) - len(layer["Widths"]))]
    if (
        not isinstance(layer["Padding"], float)
        or len(shape) not in (3, 4)
        or pairs[0] != (0, 0)
        or shape[0] != result[0]
    ):
        raise layer.refused("MXNet pads with a number, and images and volumes only")
    widths = (0, 0, *(width for pair in pairs for width in pair))
    attributes = {"mode": "constant", "pad_width": widths, "constant_value": layer["Padding"]}
    return writer.operation("Pad", layer.name, inputs, attributes)


@reads("UpSampling")
def read_upsampling(reader: Reader, node: Node) -> End:
    if node.text("sample_type", "") != "nearest" or len(node.inputs) != 1:
        raise NoLayer
    scale = expression("Scaled", node.integer("scale"))
    return reader.layer(node, "ResizeLayer", Written((list_of(scale, scale),), {"Resampling": "Nearest"}), node.inputs)


@writes("ResizeLayer")
def write_resize(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    """Images whose pixels are repeated, as often in height as in width."""
    shape, result = layer.shape("Input"), layer.shape("Output")
    scales = {divmod(large, small) for small, large in zip(shape[1:], result[1:], strict=True)}
    scale, rest = next(iter(scales))
    nearest = layer["Resampling"] == "Nearest" and layer["Scheme"] in ("Automatic", "Bin")
    if not nearest or layer["Interleaving"] or len(shape) != 3 or len(scales) > 1 or rest:
        raise layer.refused("it is no repetition of the pixels of an image")
    return writer.operation("UpSampling", layer.name, inputs, {"scale": scale, "sample_type": "nearest", "num_args": 1})


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
