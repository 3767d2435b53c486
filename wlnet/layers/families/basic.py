"""Fully connected layers and the softmax."""

from __future__ import annotations

from typing import Any

from wlnet.layers.declare import Call, layer
from wlnet.layers.levels import axis_of
from wlnet.layers.settings import argument, dimensions, integer
from wlnet.nets.kinds import Array


@layer(
    "LinearLayer",
    category="Basic layers",
    arguments=(argument("o", dimensions, title="OutputDimensions"),),
    ports="Input: ...s -> Output: ...o",
    arrays={
        "Weights": Array("(...o) (...s)"),
        "Biases": Array("(...o)", initialize=0.0, optional=True),
    },
)
def linear_layer(call: Call, x: Any, weights: Any, biases: Any) -> Any:
    """LinearLayer[n] is a trainable layer that computes w.x + b, a vector of size n.
    LinearLayer[{n1, n2, …}] gives an array of these dimensions.
    LinearLayer[{}] gives a number.
    LinearLayer[] takes the size of its output from what follows.

    Details: The input may have any dimensions; it is flattened. "Weights" is a matrix with a row for each output and a
    column for each input; "Biases" is a vector, or None.

    Examples:
        >> LinearLayer[1, "Weights" -> {{2., 3.}}, "Biases" -> {1.}][{1., 1.}]
        = {6.}
        >> NetExtract[LinearLayer[{2, 3}, "Input" -> 4], "Output"]
        = {2, 3}
        >> NetExtract[LinearLayer[{}, "Input" -> 4], "Output"]
        = "Real"
        >> NetChain[{LinearLayer[], SoftmaxLayer[]}, "Input" -> 2, "Output" -> 3][[1, "Output"]]
        = 3
    Options: "Weights":
        >> LinearLayer[1, "Weights" -> {{2., 3.}}, "Biases" -> None][{1., 1.}]
        = {5.}
        >> Information[LinearLayer[2, "Weights" -> NetArray["W"], "Input" -> 2], "ArraysPositionList"]
        = {NetArray["W"], {"Biases"}}
    Options: "Biases":
        >> LinearLayer[1, "Weights" -> {{2., 3.}}, "Biases" -> {0.5}][{0., 0.}]
        = {0.5}
    Options: LearningRateMultipliers:
        >> Information[LinearLayer[2, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]
        = <|{"Weights"} -> 0, {"Biases"} -> 0|>
    Options: "Input":
        >> Information[LinearLayer[2, "Input" -> {3, 4}], "ArraysDimensions"]
        = <|{"Weights"} -> {2, 12}, {"Biases"} -> {2}|>
    Options: "Output":
        >> NetExtract[LinearLayer["Output" -> {2, 2}], "Output"]
        = {2, 2}
    Possible issues:
        >> LinearLayer[3, "Weights" -> {{1, 2}, {3, 4}}]
        = $Failed
        message: LinearLayer::dims
    Source: https://reference.wolfram.com/language/ref/LinearLayer.html
    """
    rows = x if x.ndim == 2 else call.ops.reshape(x, shape=(call.batch, -1))
    y = call.ops.linear(rows, weights, biases)
    shape = call.shape("Output")
    return y if len(shape) == 1 else call.ops.reshape(y, shape=(call.batch, *shape))


@layer(
    "SoftmaxLayer",
    category="Basic layers",
    arguments=(argument("level", integer, -1, title="Level"),),
    ports="Input: ...s -> Output: ...s",
)
def softmax_layer(call: Call, x: Any) -> Any:
    """SoftmaxLayer[] turns the last dimension of its input into probabilities: Exp[x]/Total[Exp[x]].
    SoftmaxLayer[n] normalizes over level n.

    Examples:
        >> SoftmaxLayer[][{0., 0.}]
        = {0.5, 0.5}
        >> SoftmaxLayer[1][{{0., 1.}, {0., 1.}}]
        = {{0.5, 0.5}, {0.5, 0.5}}
        >> SoftmaxLayer[][{1000., 0.}]
        = {1., 0.}
    Options: "Input":
        >> NetExtract[SoftmaxLayer["Input" -> 3], "Output"]
        = 3
    Options: "Output":
        >> SoftmaxLayer["Output" -> NetDecoder[{"Class", {"a", "b"}}]][{2., 1.}]
        = "a"
    Possible issues:
        >> SoftmaxLayer[3][{1., 2.}]
        = $Failed
        message: SoftmaxLayer::level
    Source: https://reference.wolfram.com/language/ref/SoftmaxLayer.html
    """
    return call.ops.softmax(x, axis=axis_of(call["level"], x.ndim, "SoftmaxLayer"))
