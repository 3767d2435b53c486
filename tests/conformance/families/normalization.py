"""Normalization and dropout."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional as F

from tests.conformance.peers import Case, Code, Draw, layer, peer


@peer("BatchNormalizationLayer", "torch.nn.functional.batch_norm")
def batch_normalization(draw: Draw) -> Case:
    """In both modes, with the moving statistics.

    PyTorch's momentum is what the new value counts, and its moving variance that of a sample: n/(n - 1) of the variance
    of the batch, which is what the layer keeps.
    """
    shape, training, last = draw.sizes(draw.size(1, 3), 2), draw.one_of(True, False), draw.one_of(True, False)
    momentum, epsilon = draw.one_of(0.9, 0.5, 1), draw.one_of(0.001, 0.1)
    draw.batch += 1

    def reference(x, w):
        y = torch.movedim(x["Input"], -1, 1) if last else x["Input"]
        mean, variance = (w[name].detach().clone() for name in ("MovingMean", "MovingVariance"))
        kept = [mean, variance]
        count = y.numel() // y.shape[1]
        made = F.batch_norm(y, mean, variance, w["Scaling"], w["Biases"], training, 1 - momentum, epsilon)
        if training:
            before = w["MovingVariance"].detach()
            kept[1] = before * momentum + (variance - before * momentum) * (count - 1) / count
        made = torch.movedim(made, 1, -1) if last else made
        return {"Output": made, "MovingMean": kept[0], "MovingVariance": kept[1]} if training else made

    channels = shape[-1 if last else 0]
    text = layer("BatchNormalizationLayer", Interleaving=last, Momentum=momentum, Epsilon=epsilon, Input=shape)
    return Case(text, reference, arrays={"MovingVariance": draw.uniform(0.5, 2, channels)}, training=training)


@peer("NormalizationLayer", "torch.nn.functional.instance_norm", cases=8)
def instance_normalization(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(2, 4), 2)
    return Case(
        layer("NormalizationLayer", Input=shape),
        lambda x, w: F.instance_norm(x["Input"], weight=w["Scaling"], bias=w["Biases"], eps=0.001),
    )


@peer("NormalizationLayer", "torch.nn.functional.layer_norm")
def layer_normalization(draw: Draw) -> Case:
    shape, epsilon = draw.sizes(draw.size(1, 3), 2), draw.one_of(0.001, 0.01)
    over = draw.size(1, len(shape))
    levels = draw.one_of(*([-1] if over == 1 else []), Code(f"{-over} ;; All"))
    return Case(
        layer("NormalizationLayer", levels, "Same", Epsilon=epsilon, Input=shape),
        lambda x, w: F.layer_norm(x["Input"], shape[-over:], w["Scaling"], w["Biases"], epsilon),
    )


@peer("NormalizationLayer", "torch.nn.functional.group_norm", cases=12)
def group_normalization(draw: Draw) -> Case:
    groups = draw.size(1, 3)
    shape = (groups * draw.size(1, 3), *draw.sizes(draw.size(1, 2), 2, 4))
    numbers = (groups, *(1 for _ in shape[1:]))
    return Case(
        layer("NormalizationLayer", Code("All"), 1, GroupNumber=numbers, Input=shape),
        lambda x, w: F.group_norm(x["Input"], groups, w["Scaling"], w["Biases"], 0.001),
    )


@peer("NormalizationLayer", "torch.nn.functional.rms_norm", cases=8)
def root_mean_square_normalization(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3), 2)
    text = layer("NormalizationLayer", -1, "Same", Method="RMS", Biases=None, Input=shape)
    return Case(text, lambda x, w: F.rms_norm(x["Input"], shape[-1:], w["Scaling"], 0.001))


@peer("NormalizationLayer", "torch.var_mean", cases=16)
def normalization_over_any_levels(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(2, 4), 2, 4)
    rank = len(shape)
    over = sorted({draw.size(1, rank) for _ in range(2)})
    options = draw.one_of({}, {"Unbiased": True})
    plain = draw.one_of({}, {"Scaling": None}, {"Scaling": None, "Biases": None})
    at = [n for n in range(1, rank + 1) if n not in over]

    def reference(x, w):
        variance, mean = torch.var_mean(x["Input"], tuple(over), correction=int("Unbiased" in options), keepdim=True)
        scaling, biases = (
            w[name].reshape([n if i in at else 1 for i, n in enumerate(shape, 1)]) if name in w else other
            for name, other in (("Scaling", 1), ("Biases", 0))
        )
        return (x["Input"] - mean) / torch.sqrt(variance + 0.001) * scaling + biases

    return Case(layer("NormalizationLayer", tuple(over), **options, **plain, Input=shape), reference)


@peer("LocalResponseNormalizationLayer", "torch.nn.functional.local_response_norm", cases=12)
def local_response_normalization(draw: Draw) -> Case:
    window = draw.size(1, 3)
    shape = (2 * window + draw.size(), *draw.sizes(2))
    alpha, beta, bias = draw.one_of(1, 0.5, 2.5), draw.one_of(0.5, 0.75), draw.one_of(1, 2)
    text = layer(
        "LocalResponseNormalizationLayer", Alpha=alpha, Beta=beta, Bias=bias, ChannelWindowSize=window, Input=shape
    )
    return Case(text, lambda x, w: F.local_response_norm(x["Input"], 2 * window + 1, alpha, beta, bias))


#: How many numbers what is random is judged by, and how far its statistics may be apart.
MANY, NEAR = 40_000, 0.03


def statistics_of(values: np.ndarray) -> np.ndarray:
    """Gives mean, deviation, and how many numbers are the most frequent one: those dropped."""
    counts = np.unique(values.round(4), return_counts=True)[1]
    return np.array([values.mean(), values.std(), counts.max() / values.size])


@peer("DropoutLayer", "torch.nn.functional.dropout", cases=6)
def dropout(draw: Draw) -> Case:
    probability, training = draw.in_turn((0.2, 0.5, 0.7)), draw.turn < 3
    return Case(
        layer("DropoutLayer", probability, Input=MANY // draw.batch),
        lambda x, w: F.dropout(x["Input"], probability, training),
        training=training,
        measure=statistics_of if training else None,
        tolerance=NEAR if training else None,
    )


@peer("DropoutLayer", "torch.nn.functional.alpha_dropout", cases=3)
def alpha_dropout(draw: Draw) -> Case:
    probability = draw.in_turn((0.2, 0.5, 0.7))
    return Case(
        layer("DropoutLayer", probability, Method="AlphaDropout", Input=MANY // draw.batch),
        lambda x, w: F.alpha_dropout(x["Input"], probability, True),
        training=True,
        measure=statistics_of,
        tolerance=NEAR,
    )
