"""Operators of MXNet with arrays or windows, and their layers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.rules import reads, rule, writes
from wlnet.builtins.nets.formats.mxnet.table import Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.layers.families.deconvolution import cut_off
from wlnet.layers.windows import pads, per_dimension
from wlnet.nets.structure import End
from wlnet.terms import NONE, S, Term, list_of

WEIGHTS = {"Weights": "weight", "Biases": "bias"}


# Full connections


@reads("FullyConnected")
def read_linear(reader: Reader, node: Node) -> End:
    """Without "flatten", the layer is applied to each element of a sequence."""
    biases = {"Biases": NONE} if node.flag("no_bias") else {}
    written = Written((node.integer("num_hidden"),), biases)
    slots = [slot for slot in WEIGHTS if slot not in biases]
    if len(node.inputs) != 1 + len(slots):
        raise NoLayer
    arrays = dict(zip(slots, node.inputs[1:], strict=True))
    return reader.layer(node, "LinearLayer", written, node.inputs[:1], arrays, mapped=not node.flag("flatten", True))


@writes("NetMapOperator")
def write_mapped(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    """A linear layer of vectors, applied to each element of a sequence."""
    inner = layer.structure.children["Net"]
    each = Layer(layer.name, (*layer.path, "Net"), inner)
    if each.kind != "LinearLayer" or len(each.shape("Input")) != 1 or len(each.shape("Output")) != 1:
        raise layer.refused("it is no LinearLayer of vectors that is applied to the elements of a sequence")
    attributes = {**linear_attributes(each), "flatten": False}
    return writer.operation("FullyConnected", layer.name, [*inputs, *writer.arrays_of(each, WEIGHTS)], attributes)


def linear_attributes(layer: Layer) -> Mapping[str, Any]:
    return {"num_hidden": math.prod(layer.shape("Output")), "no_bias": "Biases" not in layer.structure.slots}


@writes("LinearLayer")
def write_linear_layer(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    """A linear layer that gives no vector is a full connection, and its result in other dimensions."""
    shape = layer.shape("Output")
    given = [*inputs, *writer.arrays_of(layer, WEIGHTS)]
    made = writer.operation("FullyConnected", layer.name, given, linear_attributes(layer))
    if len(shape) == 1:
        return made
    return writer.operation("Reshape", f"{layer.name}_shape", [made], {"shape": (-1, *shape)})


# Convolutions and pooling

Pairs = tuple[tuple[int, int], ...]


def sizes_term(sizes: tuple[int, ...]) -> Term:
    return list_of(*sizes)


def spread(node: Node, name: str, rank: int, default: int) -> tuple[int, ...]:
    """Gives an attribute with a number for each dimension; what is missing is the default."""
    given = node.sizes(name) or (default,) * rank
    if len(given) != rank:
        raise node.wrong(name, f"a list of {rank} integers")
    return given


def kernel_of(node: Node) -> tuple[int, ...]:
    """Gives the size of the windows; raises NoLayer where the channels are not the first axis after the batch."""
    if not node.text("layout", "None").startswith(("None", "NC")):
        raise NoLayer
    kernel = node.sizes("kernel")
    if not kernel:
        raise node.wrong("kernel", "a list of integers")
    return kernel


def read_convolution(node: Node, no_bias: bool = False, pairs: Callable[[Node, int], Pairs] | None = None) -> Written:
    kernel = kernel_of(node)
    rank = len(kernel)
    pad = spread(node, "pad", rank, 0)
    moves = {"Stride": spread(node, "stride", rank, 1), "Dilation": spread(node, "dilate", rank, 1)}
    options: dict[str, Term] = {name: sizes_term(sizes) for name, sizes in moves.items() if set(sizes) != {1}}
    options |= padding_option(pairs(node, rank) if pairs else tuple(zip(pad, pad, strict=True)))
    if node.integer("num_group", 1) != 1:
        options["ChannelGroups"] = node.integer("num_group")
    if node.flag("no_bias", no_bias):
        options["Biases"] = NONE
    return Written((node.integer("num_filter"), sizes_term(kernel)), options)


def padding_option(pairs: Pairs) -> dict[str, Term]:
    """Gives PaddingSize as it is written shortly: nothing, a number for each dimension, or a pair."""
    if not any(map(any, pairs)):
        return {}
    if all(before == after for before, after in pairs):
        return {"PaddingSize": list_of(*(before for before, _ in pairs))}
    return {"PaddingSize": list_of(*map(sizes_term, pairs))}


def cut_pairs(node: Node, rank: int) -> Pairs:
    """Gives what a deconvolution cuts off: what "adj" adds at the end is cut off less."""
    if any(node.sizes("target_shape")):
        raise NoLayer
    pad, more = spread(node, "pad", rank, 0), spread(node, "adj", rank, 0)
    if any(after > before for before, after in zip(pad, more, strict=True)):
        raise NoLayer
    return tuple((size, size - less) for size, less in zip(pad, more, strict=True))


def window(layer: Layer) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Gives kernel, stride and dilation of a layer for each dimension; raises NetError where channels are last."""
    if layer["Interleaving"]:
        raise layer.refused("its channels are the last dimension (Interleaving -> True)")
    rank = len(layer.shape("Input")) - 1
    kernel = per_dimension("the kernel", layer["kernel"], rank)
    stride = per_dimension("the stride", layer["Stride"], rank)
    return kernel, stride, per_dimension("Dilation", layer.structure.settings.get("Dilation", 1), rank)


def reach(kernel: tuple[int, ...], dilation: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(step * (size - 1) + 1 for size, step in zip(kernel, dilation, strict=True))


def common_attributes(layer: Layer) -> dict[str, Any]:
    kernel, stride, dilation = window(layer)
    return {
        "kernel": kernel,
        "stride": stride,
        "dilate": dilation,
        "num_filter": layer.shape("Output")[0],
        "num_group": layer["ChannelGroups"],
        "no_bias": "Biases" not in layer.structure.slots,
    }


def write_deconvolution(layer: Layer) -> Mapping[str, Any]:
    kernel, stride, dilation = window(layer)
    reached = reach(kernel, dilation)
    before = tuple(first for first, _ in cut_off(layer["PaddingSize"], reached, stride))
    sizes = zip(layer.shape("Input")[1:], layer.shape("Output")[1:], stride, reached, before, strict=True)
    more = tuple(result - (step * (size - 1) + window - 2 * cut) for size, result, step, window, cut in sizes)
    if any(size < 0 or size >= step for size, step in zip(more, stride, strict=True)):
        raise layer.refused("its PaddingSize cuts off more at the end than at the begin, or too much less")
    return {**common_attributes(layer), "pad": before, "adj": more}


def padded(writer: Writer, layer: Layer, source: Source, filling: float) -> tuple[Source, tuple[int, ...]]:
    """Gives the input of a layer with windows and its padding; one that differs at both ends is an operation before."""
    kernel, stride, dilation = window(layer)
    pairs = pads(layer["PaddingSize"], layer.shape("Input")[1:], reach(kernel, dilation), stride)
    if all(before == after for before, after in pairs):
        return source, tuple(before for before, _ in pairs)
    if len(pairs) not in (2, 3):
        raise layer.refused(
            "its padding is not the same at both ends, which is possible in two and three dimensions only"
        )
    widths = (0, 0, 0, 0, *(width for pair in pairs for width in pair))
    attributes = {"mode": "constant", "pad_width": widths, "constant_value": filling}
    return writer.operation("Pad", f"{layer.name}_pad", [source], attributes), (0,) * len(pairs)


@writes("ConvolutionLayer")
def write_convolution(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    source, pad = padded(writer, layer, inputs[0], 0.0)
    arrays = writer.arrays_of(layer, WEIGHTS)
    attributes = {**common_attributes(layer), "pad": pad}
    return writer.operation("Convolution", layer.name, [source, *arrays], attributes)


rule("Convolution", "ConvolutionLayer", read_convolution, None, arrays=WEIGHTS)
rule(
    "Deconvolution",
    "DeconvolutionLayer",
    lambda node: read_convolution(node, True, cut_pairs),
    write_deconvolution,
    arrays=WEIGHTS,
)

POOLINGS = {"max": "Max", "avg": "Mean", "sum": "Total"}
POOLING_NAMES = {function: name for name, function in POOLINGS.items()}
#: What padding counts as where the largest element is taken.
LEAST = -3.0e38


@reads("Pooling", "Pooling_v1")
def read_pooling(reader: Reader, node: Node) -> End:
    function = POOLINGS.get(node.text("pool_type", "max"))
    if function is None:
        raise NoLayer
    if node.flag("global_pool"):
        return read_global_pooling(reader, node, function)
    kernel = kernel_of(node)
    rank = len(kernel)
    pad, stride = spread(node, "pad", rank, 0), spread(node, "stride", rank, 1)
    convention = node.text("pooling_convention", "valid")
    # The last window may reach over the end: so many more elements are there that it has room.
    room = {"valid": 0, "full": 1}.get(convention)
    if room is None or (function != "Max" and (room or (any(pad) and not node.flag("count_include_pad", True)))):
        raise NoLayer
    pairs = tuple((size, size + room * (step - 1)) for size, step in zip(pad, stride, strict=True))
    options = {**({} if function == "Max" else {"Function": function}), **padding_option(pairs)}
    written = Written((sizes_term(kernel), sizes_term(stride)), options)
    return reader.layer(node, "PoolingLayer", written, node.inputs[:1])


def read_global_pooling(reader: Reader, node: Node, function: str) -> End:
    """One number for each channel, which keeps the rank of the input: two dimensions where no kernel says it."""
    rank = len(node.sizes("kernel")) or 2
    made = reader.layer(node, "AggregationLayer", Written((function,)), node.inputs[:1])
    return reader.layer(node, "ReshapeLayer", Written((list_of(S.Inherited, *[1] * rank),)), [made])


@writes("PoolingLayer")
def write_pooling(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    source, pad = padded(writer, layer, inputs[0], LEAST if layer["Function"] == "Max" else 0.0)
    kernel, stride, _ = window(layer)
    attributes = {"kernel": kernel, "stride": stride, "pad": pad, "pool_type": POOLING_NAMES[layer["Function"]]}
    return writer.operation("Pooling", layer.name, [source], attributes)


# Dropout, embedding, slopes


def write_dropout(layer: Layer) -> Mapping[str, Any]:
    if layer["Method"] != "Dropout":
        raise layer.refused('its method is "AlphaDropout"')
    return {"p": layer["p"]}


rule("Dropout", "DropoutLayer", lambda node: Written((node.real("p", 0.5),)), write_dropout)


@reads("Embedding")
def read_embedding(reader: Reader, node: Node) -> End:
    """MXNet counts from 0, an EmbeddingLayer from 1: one is added, or the subtraction before is left out."""
    source = node.inputs[0] if len(node.inputs) == 2 else None
    if source is None:
        raise NoLayer
    before = reader.node(source)
    less = before.operator == "_minus_scalar" and before.real("scalar") == 1 and len(before.inputs) == 1
    given = before.inputs[0] if less else reader.function(node, "# + 1 &", source)
    written = Written((node.integer("output_dim"), node.integer("input_dim")))
    return reader.layer(node, "EmbeddingLayer", written, [given], {"Weights": node.inputs[1]})


@writes("EmbeddingLayer")
def write_embedding(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    source = writer.operation("_minus_scalar", f"{layer.name}_position", inputs, {"scalar": 1})
    count, size = layer.structure.slots["Weights"].shape or (None, None)
    if count is None or size is None:
        raise layer.refused("the dimensions of its array are not known")
    attributes = {"input_dim": count, "output_dim": size}
    return writer.operation("Embedding", layer.name, [source, writer.array(layer, "Weights", "weight")], attributes)


def write_slopes(layer: Layer) -> Mapping[str, Any]:
    if layer["Levels"] not in ((), (1,)):
        raise layer.refused("its slopes belong to other levels than the first")
    return {"act_type": "prelu"}


rule("LeakyReLU", "ParametricRampLayer", None, write_slopes, arrays={"Slope": "gamma"})
