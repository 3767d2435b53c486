"""Operators of MXNet that put arrays together, take parts of them, and pad and resize them."""

from __future__ import annotations

from collections.abc import Sequence

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.rules import level, reads, writes
from wlnet.builtins.nets.formats.mxnet.table import Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.layers.families.parts import Span
from wlnet.nets.structure import End
from wlnet.terms import S, Term, expression, list_of

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
