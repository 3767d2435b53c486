"""Layers over sequences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.rearranging import longer
from wlnet.layers.settings import Unfit, option
from wlnet.nets.dimensions import Port, unify_dimension
from wlnet.terms import S, Term, expression, is_head


@layer(
    "SequenceLastLayer",
    category="Sequence layers",
    ports="Input: t ...s -> Output: ...s",
    passes=True,
)
def sequence_last_layer(call: Call, x: Any) -> Any:
    """SequenceLastLayer[] gives the last element of a sequence.

    Examples:
        >> SequenceLastLayer[][{{1., 2.}, {3., 4.}}]
        = {3., 4.}
        >> NetExtract[SequenceLastLayer["Input" -> {"Varying", 3}], "Output"]
        = 3
    Options: "Input":
        >> NetExtract[SequenceLastLayer["Input" -> {5, 2, 3}], "Output"]
        = {2, 3}
    Options: "Output":
        >> NetExtract[SequenceLastLayer["Output" -> {2, 3}], "Output"]
        = {2, 3}
    Possible issues:
        >> SequenceLastLayer["Input" -> "Real"]
        = $Failed
        message: SequenceLastLayer::dims
    Source: https://reference.wolfram.com/language/ref/SequenceLastLayer.html
    """
    return call.ops.part(x, index=(slice(None), -1))


def solve_shortened(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """The output is one element shorter than the input."""
    known["u"] = unify_dimension(known.get("u"), longer(known.get("t"), -1))
    known["t"] = unify_dimension(known.get("t"), longer(known["u"], 1))


def need_two(x: Any) -> None:
    """Raises DimensionError where a sequence has nothing left without one of its elements."""
    if x.shape[1] < 2:
        raise DimensionError("a sequence of at least two elements is needed, so that one is left")


@layer(
    "SequenceMostLayer",
    category="Sequence layers",
    ports="Input: t ...s -> Output: u ...s",
    solve=solve_shortened,
    passes=True,
)
def sequence_most_layer(call: Call, x: Any) -> Any:
    """SequenceMostLayer[] gives a sequence without its last element.

    Details: The sequence must have at least two elements.

    Examples:
        >> SequenceMostLayer[][{1., 2., 3.}]
        = {1., 2.}
        >> SequenceMostLayer[][{{1., 2.}, {3., 4.}}]
        = {{1., 2.}}
    Options: "Input":
        >> NetExtract[SequenceMostLayer["Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Output":
        >> NetExtract[SequenceMostLayer["Output" -> {4, 2}], "Input"]
        = {5, 2}
    Possible issues:
        >> SequenceMostLayer["Input" -> {1, 2}]
        = $Failed
        message: SequenceMostLayer::dims
        >> SequenceMostLayer["Input" -> "Varying"][{1.}]
        = $Failed
        message: SequenceMostLayer::dims
    Source: https://reference.wolfram.com/language/ref/SequenceMostLayer.html
    """
    need_two(x)
    return call.ops.part(x, index=(slice(None), slice(None, -1)))


@layer(
    "SequenceRestLayer",
    category="Sequence layers",
    ports="Input: t ...s -> Output: u ...s",
    solve=solve_shortened,
    passes=True,
)
def sequence_rest_layer(call: Call, x: Any) -> Any:
    """SequenceRestLayer[] gives a sequence without its first element.

    Details: The sequence must have at least two elements.

    Examples:
        >> SequenceRestLayer[][{1., 2., 3.}]
        = {2., 3.}
        >> SequenceRestLayer[][{{1., 2.}, {3., 4.}}]
        = {{3., 4.}}
    Options: "Input":
        >> NetExtract[SequenceRestLayer["Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Output":
        >> NetExtract[SequenceRestLayer["Output" -> {4, 2}], "Input"]
        = {5, 2}
    Possible issues:
        >> SequenceRestLayer["Input" -> {1, 2}]
        = $Failed
        message: SequenceRestLayer::dims
        >> SequenceRestLayer["Input" -> "Varying"][{1.}]
        = $Failed
        message: SequenceRestLayer::dims
    Source: https://reference.wolfram.com/language/ref/SequenceRestLayer.html
    """
    need_two(x)
    return call.ops.part(x, index=(slice(None), slice(1, None)))


@layer(
    "SequenceReverseLayer",
    category="Sequence layers",
    ports="Input: t ...s -> Output: t ...s",
    passes=True,
)
def sequence_reverse_layer(call: Call, x: Any) -> Any:
    """SequenceReverseLayer[] gives the elements of a sequence in the opposite order.

    Examples:
        >> SequenceReverseLayer[][{1., 2., 3.}]
        = {3., 2., 1.}
        >> SequenceReverseLayer[][{{1., 2.}, {3., 4.}}]
        = {{3., 4.}, {1., 2.}}
    Options: "Input":
        >> SequenceReverseLayer["Input" -> "Varying"][{{1., 2.}, {3., 4., 5.}}]
        = {{2., 1.}, {5., 4., 3.}}
    Options: "Output":
        >> NetExtract[SequenceReverseLayer["Output" -> {4, 2}], "Input"]
        = {4, 2}
    Possible issues:
        >> SequenceReverseLayer["Input" -> "Real"]
        = $Failed
        message: SequenceReverseLayer::dims
    Source: https://reference.wolfram.com/language/ref/SequenceReverseLayer.html
    """
    return call.ops.reverse(x, axis=1)


def largest(term: Term) -> int | None:
    """Takes a positive integer, or Infinity (None here)."""
    if type(term) is int and term > 0:
        return term
    if is_head(term, S.DirectedInfinity, 1) and term.args[0] == 1:
        return None
    raise Unfit("a positive integer or Infinity")


@layer(
    "SequenceIndicesLayer",
    category="Sequence layers",
    options={"Maximum": option("Maximum", largest, None, expression("DirectedInfinity", 1))},
    ports="Input: t ...s, State: -> Output: t, State:",
    elements=lambda settings: {"Output": Port(element="Integer", limit=settings["Maximum"])},
    states=("State",),
)
def sequence_indices_layer(call: Call, x: Any, past: Any) -> Any:
    """SequenceIndicesLayer[] gives the positions 1, 2, …, n of the elements of a sequence.

    Details: The state, "State", is how many elements came before; it begins as 0. With it, a language model goes on where
    it was (NetStateObject, NetUnfold).

    Examples:
        >> SequenceIndicesLayer[][{5., 7., 9.}]
        = {1, 2, 3}
        >> Information[NetChain[{SequenceIndicesLayer["Maximum" -> 9], EmbeddingLayer[2]}], "ArraysDimensions"]
        = <|{2, "Weights"} -> {9, 2}|>
        >> obj = NetStateObject[SequenceIndicesLayer["Input" -> {"Varying", "Real"}]]; {obj[{5., 7.}], obj[{9.}]}
        = {{1, 2}, {3}}
    Options: "Maximum":
        >> SequenceIndicesLayer["Maximum" -> 2][{5., 7., 9., 11.}]
        = {1, 2, 2, 2}
    Options: "Input":
        >> NetExtract[SequenceIndicesLayer["Input" -> {"Varying", 3}], "Output"]
        = {"Varying", "Integer"}
    Options: "State":
        >> SequenceIndicesLayer["Maximum" -> 6][<|"Input" -> {5., 7., 9.}, NetPort["State"] -> 4|>]
        = {5, 6, 6}
    Options: "Output":
        >> NetExtract[SequenceIndicesLayer["Output" -> 4, "Input" -> {Automatic, 3}], "Input"]
        = {4, 3}
    Possible issues:
        >> SequenceIndicesLayer["Maximum" -> 0]
        = $Failed
        message: SequenceIndicesLayer::option
    Source: https://reference.wolfram.com/language/ref/SequenceIndicesLayer.html
    """
    ops, count, maximum = call.ops, x.shape[1], call["Maximum"]
    indices = np.arange(1, count + 1, dtype=x.dtype)
    if past is None:
        limited = indices if maximum is None else np.minimum(indices, maximum).astype(x.dtype)
        return ops.broadcast(limited, shape=(call.batch, count)), np.full(call.batch, count, x.dtype)
    later = ops.add(ops.reshape(past, shape=(call.batch, 1)), indices)
    return later if maximum is None else ops.minimum(later, maximum), ops.add(past, x.dtype.type(count))
