"""Layers that compare what a net gives with what it should give."""

from __future__ import annotations

from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import argument, choice, real
from wlnet.nets.dimensions import Port


@layer(
    "MeanSquaredLossLayer",
    category="Loss layers",
    ports="Input: ...s, Target: ...s -> Loss:",
    loss=True,
)
def mean_squared_loss_layer(call: Call, x: Any, target: Any) -> Any:
    """MeanSquaredLossLayer[] gives the mean of the squared differences between "Input" and "Target".

    Examples:
        >> MeanSquaredLossLayer[][<|"Input" -> {1., 2.}, "Target" -> {1., 4.}|>]
        = 2.
    Options: "Input":
        >> NetExtract[MeanSquaredLossLayer["Input" -> {2, 3}], "Target"]
        = {2, 3}
    Options: "Target":
        >> NetExtract[MeanSquaredLossLayer["Target" -> "Real"], "Input"]
        = "Real"
    Options: "Loss":
        >> NetExtract[MeanSquaredLossLayer["Loss" -> "Real"], "Loss"]
        = "Real"
    Source: https://reference.wolfram.com/language/ref/MeanSquaredLossLayer.html
    """
    return call.ops.mean_squared_loss(x, target)


@layer(
    "MeanAbsoluteLossLayer",
    category="Loss layers",
    ports="Input: ...s, Target: ...s -> Loss:",
    loss=True,
)
def mean_absolute_loss_layer(call: Call, x: Any, target: Any) -> Any:
    """MeanAbsoluteLossLayer[] gives the mean of the absolute differences between "Input" and "Target".

    Examples:
        >> MeanAbsoluteLossLayer[][<|"Input" -> {1., 2.}, "Target" -> {1., 4.}|>]
        = 1.
    Options: "Input":
        >> NetExtract[MeanAbsoluteLossLayer["Input" -> {2, 3}], "Target"]
        = {2, 3}
    Options: "Target":
        >> NetExtract[MeanAbsoluteLossLayer["Target" -> 3], "Input"]
        = 3
    Options: "Loss":
        >> NetExtract[MeanAbsoluteLossLayer["Loss" -> "Real"], "Loss"]
        = "Real"
    Source: https://reference.wolfram.com/language/ref/MeanAbsoluteLossLayer.html
    """
    return call.ops.mean_absolute_loss(x, target)


def cross_entropy_ports(settings: Any) -> str:
    if settings["form"] == "Index":
        return "Input: ...s c, Target: ...s -> Loss:"
    return "Input: ...s, Target: ...s -> Loss:"


#: Form → operation.
CROSS_ENTROPIES = {
    "Index": "cross_entropy_index",
    "Probabilities": "cross_entropy_probabilities",
    "Binary": "cross_entropy_binary",
}


@layer(
    "CrossEntropyLossLayer",
    category="Loss layers",
    arguments=(argument("form", choice(*CROSS_ENTROPIES), required=True, title="TargetForm"),),
    ports=cross_entropy_ports,
    elements=lambda settings: {"Target": Port(element="Integer")} if settings["form"] == "Index" else {},
    limits={"Target": ("Input", -1)},
    loss=True,
)
def cross_entropy_loss_layer(call: Call, x: Any, target: Any) -> Any:
    """CrossEntropyLossLayer["Index"] gives -Log[p] of the class that "Target" numbers, from the probabilities "Input".
    CrossEntropyLossLayer["Probabilities"] gives -Total[target Log[input]].
    CrossEntropyLossLayer["Binary"] gives -(t Log[p] + (1 - t) Log[1 - p]) for probabilities of True.

    Details: Over several dimensions, the classes are the last one and the loss is the mean over the others. Classes
    count from 1. A probability of zero counts as the smallest positive number, so that the loss stays finite.

    Examples:
        >> CrossEntropyLossLayer["Index"][<|"Input" -> {0.25, 0.75}, "Target" -> 2|>]
        = 0.2876821
        >> CrossEntropyLossLayer["Probabilities"][<|"Input" -> {0.25, 0.75}, "Target" -> {0., 1.}|>]
        = 0.2876821
        >> CrossEntropyLossLayer["Binary"][<|"Input" -> 0.5, "Target" -> 1|>]
        = 0.6931472
        >> CrossEntropyLossLayer["Index"][<|"Input" -> {{0.5, 0.5}, {0.25, 0.75}}, "Target" -> {1, 2}|>]
        = 0.4904146
        >> CrossEntropyLossLayer["Probabilities"][<|"Input" -> {{0.5, 0.5}, {0.25, 0.75}}, "Target" -> {{1, 0}, {0, 1}}|>]
        = 0.4904146
        >> CrossEntropyLossLayer["Binary"][<|"Input" -> {0.5, 0.25}, "Target" -> {True, False}|>]
        = 0.4904146
    Options: "Input":
        >> NetExtract[CrossEntropyLossLayer["Probabilities", "Input" -> 3], "Target"]
        = 3
        >> NetExtract[CrossEntropyLossLayer["Index", "Input" -> {"Varying", 3}], "Target"]
        = {"Varying", Restricted["Integer", 3]}
    Options: "Target":
        >> NetExtract[CrossEntropyLossLayer["Binary", "Target" -> 3], "Input"]
        = 3
        >> CrossEntropyLossLayer["Index", "Target" -> NetEncoder[{"Class", {"a", "b"}}]][<|"Input" -> {0.25, 0.75}, "Target" -> "b"|>]
        = 0.2876821
    Options: "Loss":
        >> NetExtract[CrossEntropyLossLayer["Binary", "Loss" -> "Real"], "Loss"]
        = "Real"
    Possible issues:
        >> CrossEntropyLossLayer["Index"][<|"Input" -> {0.25, 0.75}, "Target" -> 3|>]
        = $Failed
        message: CrossEntropyLossLayer::data
        >> CrossEntropyLossLayer["Indices"]
        = $Failed
        message: CrossEntropyLossLayer::args
    Differs: A probability of zero counts as the smallest positive number, so that a loss is always finite.
    Source: https://reference.wolfram.com/language/ref/CrossEntropyLossLayer.html
    """
    return getattr(call.ops, CROSS_ENTROPIES[call["form"]])(x, target)


@layer(
    "ContrastiveLossLayer",
    category="Loss layers",
    arguments=(argument("margin", real, 0.5, title="Margin"),),
    ports="Input:, Target: -> Loss:",
    loss=True,
)
def contrastive_loss_layer(call: Call, x: Any, target: Any) -> Any:
    """ContrastiveLossLayer[] gives, for a distance "Input", the distance if "Target" is False, else Max[0.5 - distance, 0].
    ContrastiveLossLayer[margin] gives Max[margin - distance, 0] if "Target" is True.

    Details: "Target" tells whether two things are different, and so should be far from each other: True or False, or 1
    or 0.

    Examples:
        >> ContrastiveLossLayer[][<|"Input" -> 0.2, "Target" -> False|>]
        = 0.2
        >> ContrastiveLossLayer[][<|"Input" -> 0.2, "Target" -> True|>]
        = 0.3
        >> ContrastiveLossLayer[2][<|"Input" -> {0.5, 3., 3.}, "Target" -> {True, True, False}|>]
        = {1.5, 0., 3.}
        >> ContrastiveLossLayer[][<|"Input" -> {0.2, 0.2}, "Target" -> {0, 1}|>]
        = {0.2, 0.3}
    Options: "Input":
        >> NetExtract[ContrastiveLossLayer["Input" -> "Real"], "Input"]
        = "Real"
    Options: "Target":
        >> ContrastiveLossLayer["Target" -> NetEncoder["Boolean"]][<|"Input" -> 0.25, "Target" -> True|>]
        = 0.25
    Options: "Loss":
        >> NetExtract[ContrastiveLossLayer["Loss" -> "Real"], "Loss"]
        = "Real"
    Possible issues:
        >> ContrastiveLossLayer["a"]
        = $Failed
        message: ContrastiveLossLayer::args
        >> ContrastiveLossLayer["Input" -> 3]
        = $Failed
        message: ContrastiveLossLayer::dims
    Source: https://reference.wolfram.com/language/ref/ContrastiveLossLayer.html, R. Hadsell and others 2006
    """
    return call.ops.contrastive_loss(x, target, margin=call["margin"])


def require_room(labels: int, steps: int) -> None:
    """Raises DimensionError where there are more labels than steps."""
    if labels > steps:
        raise DimensionError(f"the target has more labels ({labels}) than the input has steps ({steps})")


def solve_labels(settings: Any, known: dict[str, Any]) -> None:
    steps, labels, classes = known.get("t"), known.get("l"), known.get("c")
    if isinstance(steps, int) and isinstance(labels, int):
        require_room(labels, steps)
    if classes == 1:
        raise DimensionError("the input needs at least two classes, the last of which is the blank")


@layer(
    "CTCLossLayer",
    category="Loss layers",
    ports="Input: t c, Target: l -> Loss:",
    elements={"Target": Port(element="Integer")},
    limits={"Target": ("Input", -1, 1)},
    solve=solve_labels,
    loss=True,
)
def ctc_loss_layer(call: Call, x: Any, target: Any) -> Any:
    """CTCLossLayer[] gives -Log[p] of the probability that a sequence of labels, not aligned with the input, is the target.

    Details: "Input" is a sequence of probability vectors over c classes and, as the last one, the blank; "Target" is a
    sequence of classes from 1 to c, for which the input must be long enough: a step for each, and one more between two that
    are equal. The probability of the target is the sum over all ways to give each step a class or the blank that become
    the target when repetitions are merged and blanks dropped.

    Examples:
        >> CTCLossLayer[][<|"Input" -> {{0.25, 0.75}, {0.5, 0.5}}, "Target" -> {1}|>]
        = 0.4700036
        >> CTCLossLayer[][<|"Input" -> {{0.5, 0.25, 0.25}, {0.25, 0.5, 0.25}}, "Target" -> {1, 2}|>]
        = 1.3862944
        >> NetExtract[CTCLossLayer["Input" -> {"Varying", 4}], "Target"]
        = {Automatic, Restricted["Integer", 3]}
    Options: "Input":
        >> CTCLossLayer["Input" -> {"Varying", 2}, "Target" -> {"Varying", "Integer"}][
        {<|"Input" -> {{0.5, 0.5}}, "Target" -> {1}|>, <|"Input" -> {{0.5, 0.5}, {0.5, 0.5}}, "Target" -> {1}|>}]
        = {0.6931472, 0.2876821}
    Options: "Target":
        >> NetExtract[CTCLossLayer["Target" -> {3, Restricted["Integer", 4]}], "Target"]
        = {3, Restricted["Integer", 4]}
        >> NetExtract[CTCLossLayer["Target" -> RepeatingElement[Restricted["Integer", 4]]], "Target"]
        = {"Varying", Restricted["Integer", 4]}
        >> CTCLossLayer["Target" -> NetEncoder[{"Characters", {"a", "b"}}]][<|"Input" -> {{0.5, 0.25, 0.25}, {0.25, 0.5, 0.25}}, "Target" -> "ab"|>]
        = 1.3862944
    Options: "Loss":
        >> NetExtract[CTCLossLayer["Loss" -> "Real"], "Loss"]
        = "Real"
    Possible issues:
        >> CTCLossLayer["Input" -> {2, 5}, "Target" -> {3, "Integer"}]
        = $Failed
        message: CTCLossLayer::dims
        >> CTCLossLayer["Input" -> {"Varying", 2}, "Target" -> {"Varying", "Integer"}][<|"Input" -> {{0.5, 0.5}}, "Target" -> {1, 1}|>]
        = $Failed
        message: CTCLossLayer::dims
        >> CTCLossLayer[][<|"Input" -> {{0.25, 0.75}, {0.5, 0.5}}, "Target" -> {1, 1}|>]
        = $Failed
        message: CTCLossLayer::dims
        >> CTCLossLayer[][<|"Input" -> {{0.25, 0.75}, {0.5, 0.5}}, "Target" -> {2}|>]
        = $Failed
        message: CTCLossLayer::data
    Source: https://reference.wolfram.com/language/ref/CTCLossLayer.html, A. Graves and others 2006
    """
    require_room(target.shape[1], x.shape[1])
    return call.ops.connectionist_loss(x, target)
