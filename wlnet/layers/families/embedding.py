"""Layers that make vectors of integers."""

from __future__ import annotations

from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument
from wlnet.nets.dimensions import Port
from wlnet.nets.kinds import Array
from wlnet.terms import S, Term


def size(term: Term) -> int | None:
    """Takes n or Automatic (None here)."""
    if term is S.Automatic:
        return None
    if type(term) is int and term > 0:
        return term
    raise Unfit("a positive integer or Automatic")


@layer(
    "UnitVectorLayer",
    category="Sequence layers",
    arguments=(argument("n", size, title="ClassCount"),),
    ports="Input: ...s -> Output: ...s n",
    elements={"Input": Port(element="Integer")},
    limits={"Input": ("Output", -1)},
)
def unit_vector_layer(call: Call, x: Any) -> Any:
    """UnitVectorLayer[n] makes of each integer k from 1 to n a vector of n zeros, with a one at position k.
    UnitVectorLayer[] takes n from what is around.

    Examples:
        >> UnitVectorLayer[3][2]
        = {0., 1., 0.}
        >> UnitVectorLayer[2, "Input" -> "Varying"][{1, 2, 2}]
        = {{1., 0.}, {0., 1.}, {0., 1.}}
        >> UnitVectorLayer["Input" -> NetEncoder[{"Class", {"a", "b", "c"}}]]["b"]
        = {0., 1., 0.}
        >> NetExtract[UnitVectorLayer[3, "Input" -> {2, 2}], "Output"]
        = {2, 2, 3}
    Options: "Input":
        >> NetExtract[UnitVectorLayer["Input" -> Restricted["Integer", 4]], "Output"]
        = 4
        >> NetExtract[UnitVectorLayer[4, "Input" -> 5], "Input"]
        = {5, Restricted["Integer", 4]}
    Options: "Output":
        >> UnitVectorLayer["Output" -> {2, 3}][{1, 3}]
        = {{1., 0., 0.}, {0., 0., 1.}}
    Possible issues:
        >> UnitVectorLayer[3][4]
        = $Failed
        message: UnitVectorLayer::data
        >> UnitVectorLayer[][4]
        = $Failed
        message: UnitVectorLayer::dims
    Source: https://reference.wolfram.com/language/ref/UnitVectorLayer.html
    """
    if call.shape("Output")[-1] is None:
        raise DimensionError("nothing says how long the vectors are; give their length n by UnitVectorLayer[n]")
    return call.ops.one_hot(x, size=call.shape("Output")[-1], dtype=x.dtype, first=1)


@layer(
    "EmbeddingLayer",
    category="Sequence layers",
    arguments=(argument("o", size, title="OutputSize"), argument("n", size, title="ClassCount")),
    ports="Input: ...s -> Output: ...s o",
    elements={"Input": Port(element="Integer")},
    limits={"Input": ("Weights", 0)},
    arrays={"Weights": Array("n o")},
)
def embedding_layer(call: Call, x: Any, weights: Any) -> Any:
    """EmbeddingLayer[size, n] has a trainable vector of a size for each integer from 1 to n, and gives those of its input.
    EmbeddingLayer[size] takes n from an encoder, or from what else is known of the input.
    EmbeddingLayer[] takes the size from what follows, too.

    Details: "Weights" is the matrix of the vectors, one in each row. The input is an integer or an array of integers.

    Examples:
        >> EmbeddingLayer["Weights" -> {{1, 2}, {3, 4}, {5, 6}}][3]
        = {5., 6.}
        >> EmbeddingLayer["Weights" -> {{1, 2}, {3, 4}}][{2, 1, 2}]
        = {{3., 4.}, {1., 2.}, {3., 4.}}
        >> NetExtract[EmbeddingLayer[8, 100, "Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3, 8}
        >> Information[EmbeddingLayer[2, "Input" -> NetEncoder[{"Class", {"a", "b", "c"}}]], "ArraysDimensions"]
        = <|{"Weights"} -> {3, 2}|>
    Options: "Weights":
        >> w = NetArray["W"]; Information[NetChain[{EmbeddingLayer[4, 9, "Weights" -> w], LinearLayer[9, "Weights" -> w]}], "SharedArraysCount"]
        = 1
    Options: LearningRateMultipliers:
        >> Information[EmbeddingLayer[2, 5, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]
        = <|{"Weights"} -> 0|>
    Options: "Input":
        >> NetExtract[EmbeddingLayer[2, 5, "Input" -> "Integer"], "Input"]
        = Restricted["Integer", 5]
    Options: "Output":
        >> NetExtract[EmbeddingLayer[Automatic, 5, "Output" -> {7, 3}], "Input"]
        = {7, Restricted["Integer", 5]}
    Possible issues:
        >> NetInitialize[EmbeddingLayer[2, 5]][6]
        = $Failed
        message: EmbeddingLayer::data
    Source: https://reference.wolfram.com/language/ref/EmbeddingLayer.html
    """
    return call.ops.take(weights, x, first=1)
