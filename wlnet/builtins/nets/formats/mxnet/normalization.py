"""Operators of MXNet that normalize, and their layers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.rules import level, reads, rule, writes
from wlnet.builtins.nets.formats.mxnet.table import Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.nets.structure import End
from wlnet.terms import TRUE, NumericArray, Term, list_of
from wlnet.terms import rule as rule_term


@reads("BatchNorm", "BatchNorm_v1", "CuDNNBatchNorm", "SyncBatchNorm")
def read_batch_normalization(reader: Reader, node: Node) -> End:
    """The scaling is that of the file, or 1 where "fix_gamma" says so; "axis" may be the last one."""
    axis = node.integer("axis", 1)
    if axis not in (1, -1) or len(node.inputs) != 5:
        raise NoLayer
    options: dict[str, Term] = {"Epsilon": node.real("eps", 1e-3), "Momentum": node.real("momentum", 0.9)}
    if axis == -1:
        options["Interleaving"] = TRUE
    slots = ("Scaling", "Biases", "MovingMean", "MovingVariance")
    arrays = dict(zip(slots, node.inputs[1:], strict=True))
    if node.flag("fix_gamma", True):
        name = reader.node(arrays.pop("Scaling")).name
        options["LearningRateMultipliers"] = list_of(rule_term("Scaling", 0))
        if name in reader.arrays:
            options["Scaling"] = NumericArray(np.ones_like(reader.arrays[name]))
    return reader.layer(node, "BatchNormalizationLayer", Written((), options), node.inputs[:1], arrays)


rule(
    "BatchNorm",
    "BatchNormalizationLayer",
    None,
    lambda layer: {
        "eps": layer["Epsilon"],
        "momentum": layer["Momentum"],
        "fix_gamma": False,
        "axis": -1 if layer["Interleaving"] else None,
    },
    arrays={"Scaling": "gamma", "Biases": "beta", "MovingMean": "moving_mean", "MovingVariance": "moving_var"},
)

SCALES = {"Scaling": "gamma", "Biases": "beta"}


@reads("InstanceNorm")
def read_instance_norm(reader: Reader, node: Node) -> End:
    written = Written((), {"Epsilon": node.real("eps", 1e-3)})
    return read_normalization(reader, node, written)


@reads("LayerNorm")
def read_layer_norm(reader: Reader, node: Node) -> End:
    axis = list_of(level(node.integer("axis", -1)))
    return read_normalization(reader, node, Written((axis, "Same"), {"Epsilon": node.real("eps", 1e-5)}))


def read_normalization(reader: Reader, node: Node, written: Written) -> End:
    arrays = dict(zip(SCALES, node.inputs[1:], strict=False))
    return reader.layer(node, "NormalizationLayer", written, node.inputs[:1], arrays)


@writes("NormalizationLayer")
def write_normalization(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    """Over all levels but the first with a scaling for that: InstanceNorm; over one level with its own: LayerNorm."""
    if layer["GroupNumber"] is not None or layer["Unbiased"] or layer["Method"] != "Standardize":
        raise layer.refused("it has groups, or a method or variance of its own")
    if len(layer.structure.slots) < len(SCALES):
        raise layer.refused('it lacks "Scaling" or "Biases"')
    rank = len(layer.shape("Input"))
    levels, scaling = layer["AggregationLevels"], layer["ScalingLevels"]
    arrays = writer.arrays_of(layer, SCALES)
    if levels in (slice(2, 0), slice(2, rank)) and scaling in ("Complement", (1,)):
        return writer.operation("InstanceNorm", layer.name, [*inputs, *arrays], {"eps": layer["Epsilon"]})
    if isinstance(levels, tuple) and len(levels) == 1 and scaling in ("Same", levels):
        attributes = {"axis": levels[0], "eps": layer["Epsilon"]}
        return writer.operation("LayerNorm", layer.name, [*inputs, *arrays], attributes)
    raise layer.refused("it normalizes over other levels than InstanceNorm and LayerNorm do")


def read_response(node: Node) -> Written:
    width = node.integer("nsize")
    if width < 3 or width % 2 == 0:
        raise NoLayer
    return Written(
        (),
        {
            "Alpha": node.real("alpha", 1e-4),
            "Beta": node.real("beta", 0.75),
            "Bias": node.real("knorm", 2.0),
            "ChannelWindowSize": width // 2,
        },
    )


rule(
    "LRN",
    "LocalResponseNormalizationLayer",
    read_response,
    lambda layer: {
        "alpha": layer["Alpha"],
        "beta": layer["Beta"],
        "knorm": layer["Bias"],
        "nsize": 2 * layer["ChannelWindowSize"] + 1,
    },
)
