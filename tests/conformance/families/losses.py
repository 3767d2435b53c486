"""Losses, by themselves and after the softmax or logistic sigmoid that they are fused with."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from tests.conformance.peers import Case, Draw, layer, peer


def per_example(loss):
    """Gives the mean over all axes but the batch's."""
    return loss.reshape(len(loss), -1).mean(1)


@peer("MeanSquaredLossLayer", "torch.nn.functional.mse_loss", cases=8)
def mean_squared_loss(draw: Draw) -> Case:
    text = layer("MeanSquaredLossLayer", Input=draw.sizes(draw.size(0, 3)))
    return Case(text, lambda x, w: per_example(F.mse_loss(x["Input"], x["Target"], reduction="none")))


@peer("MeanAbsoluteLossLayer", "torch.nn.functional.l1_loss", cases=8)
def mean_absolute_loss(draw: Draw) -> Case:
    text = layer("MeanAbsoluteLossLayer", Input=draw.sizes(draw.size(0, 3)))
    return Case(text, lambda x, w: per_example(F.l1_loss(x["Input"], x["Target"], reduction="none")))


@peer("CrossEntropyLossLayer", "torch.nn.functional.nll_loss")
def cross_entropy_of_classes(draw: Draw) -> Case:
    outer, classes = draw.sizes(draw.size(0, 2)), draw.size(2, 6)
    given = {
        "Input": draw.probabilities(draw.batch, *outer, classes),
        "Target": draw.integers(1, classes, draw.batch, *outer),
    }

    def reference(x, w):
        logs = x["Input"].log().reshape(-1, classes)
        loss = F.nll_loss(logs, x["Target"].reshape(-1) - 1, reduction="none")
        return per_example(loss.reshape(draw.batch, -1))

    return Case(layer("CrossEntropyLossLayer", "Index", Input=(*outer, classes)), reference, given)


@peer("CrossEntropyLossLayer", "torch.nn.functional.cross_entropy")
def cross_entropy_of_probabilities(draw: Draw) -> Case:
    """PyTorch's takes logits; that of the logarithms of probabilities is theirs, since they add up to one."""
    outer, classes = draw.sizes(draw.size(0, 2)), draw.size(2, 6)
    given = {name: draw.probabilities(draw.batch, *outer, classes) for name in ("Input", "Target")}

    def reference(x, w):
        loss = -(x["Target"] * x["Input"].log()).sum(-1)
        torch.testing.assert_close(
            loss, F.cross_entropy(*(torch.movedim(y, -1, 1) for y in (x["Input"].log(), x["Target"])), reduction="none")
        )
        return per_example(loss)

    return Case(layer("CrossEntropyLossLayer", "Probabilities", Input=(*outer, classes)), reference, given)


@peer("CrossEntropyLossLayer", "torch.nn.functional.binary_cross_entropy", cases=12)
def binary_cross_entropy(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(0, 2))
    given = {name: draw.uniform(0.05, 0.95, draw.batch, *shape) for name in ("Input", "Target")}

    def reference(x, w):
        p, t = x["Input"], x["Target"]
        loss = -(t * p.log() + (1 - t) * (1 - p).log())
        torch.testing.assert_close(loss, F.binary_cross_entropy(p, t, reduction="none"))
        return per_example(loss)

    return Case(layer("CrossEntropyLossLayer", "Binary", Input=shape), reference, given)


@peer("CrossEntropyLossLayer", "torch.nn.functional.cross_entropy of logits", cases=16)
def cross_entropy_after_softmax(draw: Draw) -> Case:
    outer, classes = draw.sizes(draw.size(0, 1)), draw.size(2, 6)
    text = (
        f'NetGraph[{{SoftmaxLayer[], {layer("CrossEntropyLossLayer", "Index")}}}, {{1 -> NetPort[{{2, "Input"}}]}}, '
        f'"Input" -> {{{", ".join(map(str, (*outer, classes)))}}}]'
    )
    given = {
        "Target": draw.integers(1, classes, draw.batch, *outer),
        "Input": 9 * draw.normal(draw.batch, *outer, classes),
    }

    def reference(x, w):
        return per_example(F.cross_entropy(torch.movedim(x["Input"], -1, 1), x["Target"] - 1, reduction="none"))

    return Case(text, reference, given)


@peer("CrossEntropyLossLayer", "torch.nn.functional.binary_cross_entropy_with_logits", cases=8)
def binary_cross_entropy_after_sigmoid(draw: Draw) -> Case:
    size = draw.size()
    text = (
        f'NetGraph[{{LogisticSigmoid, {layer("CrossEntropyLossLayer", "Binary")}}}, {{1 -> NetPort[{{2, "Input"}}]}}, '
        f'"Input" -> {size}]'
    )

    def reference(x, w):
        z, t = x["Input"], x["Target"]
        return per_example(z.clamp(min=0) - z * t + F.softplus(-z.abs()))

    return Case(text, reference, {"Target": draw.uniform(0, 1, draw.batch, size)})


@peer("ContrastiveLossLayer", "torch.nn.functional.hinge_embedding_loss", cases=12)
def contrastive_loss(draw: Draw) -> Case:
    margin = draw.one_of(0.5, 1, 2)
    given = {"Input": draw.uniform(0.01, 3, draw.batch), "Target": draw.integers(0, 1, draw.batch)}

    def reference(x, w):
        return F.hinge_embedding_loss(x["Input"], 1 - 2 * x["Target"], margin, reduction="none")

    return Case(layer("ContrastiveLossLayer", margin, Target="Integer"), reference, given)


@peer("CTCLossLayer", "torch.nn.functional.ctc_loss")
def ctc_loss(draw: Draw) -> Case:
    """After a softmax: PyTorch gives the gradient in its input, whatever made the logarithms."""
    labels, classes = draw.size(1, 3), draw.size(1, 4)
    steps = 2 * labels - 1 + draw.size(0, 3)  # the fewest for a target of equal labels
    text = (
        'NetGraph[{SoftmaxLayer[], CTCLossLayer[]}, {1 -> NetPort[{2, "Input"}]}, '
        f'"Input" -> {{{steps}, {classes + 1}}}, "Target" -> {{{labels}, "Integer"}}]'
    )

    def reference(x, w):
        logs = torch.log_softmax(x["Input"], -1).transpose(0, 1)
        lengths = torch.full((draw.batch,), steps), torch.full((draw.batch,), labels)
        return F.ctc_loss(logs, x["Target"] - 1, *lengths, blank=classes, reduction="none")

    return Case(text, reference, {"Target": draw.integers(1, classes, draw.batch, labels)})
