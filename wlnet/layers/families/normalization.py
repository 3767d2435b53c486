"""Normalization over batches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import boolean, fraction, non_negative, option
from wlnet.nets.kinds import Array
from wlnet.terms import FALSE


def normalization_ports(settings: Mapping[str, Any]) -> str:
    return "Input: ...s c -> Output: ...s c" if settings["Interleaving"] else "Input: c ...s -> Output: c ...s"


@layer(
    "BatchNormalizationLayer",
    category="Training optimization layers",
    options={
        "Epsilon": option("Epsilon", non_negative, 0.001),
        "Interleaving": option("Interleaving", boolean, False, FALSE),
        "Momentum": option("Momentum", fraction, 0.9),
    },
    ports=normalization_ports,
    arrays={
        "Scaling": Array("c", initialize=1.0),
        "Biases": Array("c", initialize=0.0),
        "MovingMean": Array("c", initialize=0.0, shareable=False, trainable=False),
        "MovingVariance": Array("c", initialize=1.0, shareable=False, trainable=False),
    },
    earlier={"Gamma": "Scaling", "Beta": "Biases"},
)
def batch_normalization_layer(call: Call, x: Any, scaling: Any, biases: Any, mean: Any, variance: Any) -> Any:
    """BatchNormalizationLayer[] normalizes every channel of its input by the mean and variance over the batch.

    Details: In training it uses the statistics of the batch, and moves "MovingMean" and "MovingVariance" towards them:
    momentum*moving + (1 - momentum)*batch. Otherwise it uses the moving statistics:
    (x - MovingMean) Scaling/Sqrt[MovingVariance + Epsilon] + Biases. The first dimension holds the channels (the last
    with Interleaving -> True). The moving statistics cannot be shared. In version 11.0 "Scaling" was
    called "Gamma" and "Biases" "Beta", which are understood.

    Examples:
        >> NetInitialize[BatchNormalizationLayer["Input" -> 2, "Epsilon" -> 0]][{1., 2.}]
        = {1., 2.}
        >> Information[BatchNormalizationLayer["Input" -> {3, 8, 8}], "ArraysDimensions"][{"Scaling"}]
        = {3}
        >> earlier = BatchNormalizationLayer["Gamma" -> {2}, "Beta" -> {5}]; Normal[NetExtract[earlier, "Scaling"]]
        = {2.}
        >> Normal /@ NetExtract[NetReplacePart[earlier, "Beta" -> {7}], {{"Beta"}, {"Biases"}}]
        = {{7.}, {7.}}
    Options: "Epsilon":
        >> NetInitialize[BatchNormalizationLayer["Input" -> 1, "Epsilon" -> 3]][{2.}]
        = {1.}
    Options: "Momentum":
        >> NetExtract[BatchNormalizationLayer["Momentum" -> 0.5], "Momentum"]
        = 0.5
    Options: Interleaving:
        >> Information[BatchNormalizationLayer[Interleaving -> True, "Input" -> {8, 3}], "ArraysDimensions"][{"Scaling"}]
        = {3}
    Options: "Scaling":
        >> NetInitialize[BatchNormalizationLayer["Scaling" -> {2}, "Epsilon" -> 0]][{3.}]
        = {6.}
    Options: "Biases":
        >> NetInitialize[BatchNormalizationLayer["Biases" -> {2}, "Epsilon" -> 0]][{3.}]
        = {5.}
    Options: "MovingMean":
        >> NetInitialize[BatchNormalizationLayer["MovingMean" -> {2}, "Epsilon" -> 0]][{3.}]
        = {1.}
    Options: "MovingVariance":
        >> NetInitialize[BatchNormalizationLayer["MovingVariance" -> {4}, "Epsilon" -> 0]][{3.}]
        = {1.5}
    Options: LearningRateMultipliers:
        >> Information[BatchNormalizationLayer[LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"][{"Biases"}]
        = 0
    Options: "Input":
        >> NetExtract[BatchNormalizationLayer["Input" -> {3, 4}], "Output"]
        = {3, 4}
    Options: "Output":
        >> NetExtract[BatchNormalizationLayer["Output" -> {3, 4}], "Input"]
        = {3, 4}
    Possible issues:
        >> BatchNormalizationLayer["MovingMean" -> NetArray["M"]]
        = $Failed
        message: BatchNormalizationLayer::noshare
    Source: https://reference.wolfram.com/language/ref/BatchNormalizationLayer.html, S. Ioffe and C. Szegedy 2015
    """
    axis = x.ndim - 1 if call["Interleaving"] else 1
    ops = call.ops
    epsilon = call["Epsilon"]
    if not call.training:
        return ops.batch_normalization_test(x, scaling, biases, mean, variance, epsilon=epsilon, axis=axis)
    y, batch_mean, batch_variance = ops.batch_normalization_train(x, scaling, biases, epsilon=epsilon, axis=axis)
    momentum = call["Momentum"]
    for name, moving, batch in (("MovingMean", mean, batch_mean), ("MovingVariance", variance, batch_variance)):
        kept = ops.multiply(moving, np.asarray(momentum, moving.dtype))
        call.update(name, ops.add(kept, ops.multiply(batch, np.asarray(1 - momentum, moving.dtype))))
    return y
