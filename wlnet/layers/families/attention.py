"""Attention: sums of values, weighted by how well their keys fit to queries."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument, boolean, choice, count, fraction, option, optional, text
from wlnet.nets.dimensions import show
from wlnet.nets.kinds import Array
from wlnet.terms import FALSE, NONE, S, Term, is_head


def scoring(term: Term) -> str:
    """Takes "Dot" or "Bilinear"."""
    found = text(term)
    if found in ("Dot", "Bilinear"):
        return found
    raise Unfit('"Dot" or "Bilinear" (scores cannot be given by a net yet)')


def window(term: Term) -> float | None:
    """Takes None, "Causal", or "Causal" -> n; gives how many keys a query sees at most, None for all there are."""
    if term is NONE:
        return None
    if text(term) == "Causal":
        return math.inf
    if is_head(term, S.Rule, 2) and text(term.args[0]) == "Causal":
        return count(term.args[1])
    raise Unfit('None, "Causal" or "Causal" -> n')


def attention_ports(settings: Mapping[str, Any]) -> str:
    h = "h " if settings["MultiHead"] else ""
    q = "k" if settings["ScoringNet"] == "Dot" else "q"
    return f"Key: ...d {h}k, Value: ...d {h}v, Query: ...m {h}{q} -> Output: ...m {h}v"


def attention_arrays(settings: Mapping[str, Any]) -> dict[str, Array]:
    return {"Weights": Array("k q")} if settings["ScoringNet"] == "Bilinear" else {}


def solve_attention(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    keys, queries = known.get("...d"), known.get("...m")
    if keys == ():
        raise DimensionError("the keys must be a list of vectors at least, but only one vector came")
    for name, shape in (("keys", keys), ("queries", queries)):
        if settings["Mask"] is not None and shape is not None and len(shape) != 1:
            raise DimensionError(
                f'"Mask" -> "Causal" is for sequences, but the {name} are arranged in dimensions {show(shape)}'
            )


def causal_mask(reach: float, queries: int, keys: int, dtype: Any) -> np.ndarray:
    """Gives (queries, keys): 0 where query i sees key j, which is for i - reach < j <= i, else minus infinity."""
    if queries - keys >= reach:
        raise DimensionError(f"{keys} keys are too few for {queries} queries that see {reach} keys each")
    age = np.subtract.outer(np.arange(queries), np.arange(keys))
    return np.where((age >= 0) & (age < reach), 0.0, -np.inf).astype(dtype)


def by_head(call: Call, x: Any) -> Any:
    """Gives vectors (b, ...d, n), or (b, ...d, h, n) with several heads, as (b, h, product of d, n)."""
    if not call["MultiHead"]:
        return call.ops.reshape(x, shape=(call.batch, 1, math.prod(x.shape[1:-1]), x.shape[-1]))
    together = call.ops.reshape(x, shape=(call.batch, math.prod(x.shape[1:-2]), *x.shape[-2:]))
    return call.ops.transpose(together, axes=(0, 2, 1, 3))


@layer(
    "AttentionLayer",
    category="Attention layers",
    arguments=(argument("ScoringNet", scoring, "Bilinear"),),
    options={
        "Dropout": option("Dropout", lambda term: optional(fraction)(term) or 0.0, 0.0, 0),
        "Mask": option("Mask", window, None, NONE),
        "MultiHead": option("MultiHead", boolean, False, FALSE),
        "ScoreRescaling": option("ScoreRescaling", optional(choice("DimensionSqrt")), None, NONE),
    },
    ports=attention_ports,
    arrays=attention_arrays,
    solve=solve_attention,
)
def attention_layer(call: Call, key: Any, value: Any, query: Any, weights: Any = None) -> Any:
    """AttentionLayer[] gives for each query the sum of the values, weighted by a trainable score of key and query.
    AttentionLayer["Dot"] scores by key.query.
    AttentionLayer["Bilinear"] scores by key.W.query with a trainable matrix W, the default.

    Details: The weights of a query are the softmax of its scores over all keys. "Key" has dimensions {d1, …, k}, "Value"
    {d1, …, v}, "Query" {q1, …, q} (or one vector), "Output" {q1, …, v}. With "MultiHead" -> True the last but one
    dimension of each counts heads, which are apart but for W. With a causal mask, query i sees the keys up to i only.

    Examples:
        >> AttentionLayer["Dot"][<|"Key" -> {{100., 0.}, {0., 100.}}, "Value" -> {{1.}, {2.}}, "Query" -> {0., 1.}|>]
        = {2.}
        >> AttentionLayer["Dot"][<|"Key" -> {{1.}, {1.}}, "Value" -> {{1.}, {2.}}, "Query" -> {{1.}, {3.}}|>]
        = {{1.5}, {1.5}}
        >> NetExtract[AttentionLayer["Key" -> {"Varying", 3}, "Value" -> {"Varying", 4}, "Query" -> {5, 2}], "Output"]
        = {5, 4}
    Options: "Weights":
        >> Information[AttentionLayer["Key" -> {7, 3}, "Query" -> {5, 2}], "ArraysDimensions"]
        = <|{"Weights"} -> {3, 2}|>
        >> AttentionLayer["Bilinear", "Weights" -> {{0}}][<|"Key" -> {{1}, {2}}, "Value" -> {{1}, {2}}, "Query" -> {1}|>]
        = {1.5}
    Options: "Dropout":
        >> AttentionLayer["Dot", "Dropout" -> 0.5][<|"Key" -> {{1}, {1}}, "Value" -> {{1}, {2}}, "Query" -> {1}|>]
        = {1.5}
    Options: "Mask":
        >> AttentionLayer["Dot", "Mask" -> "Causal"][<|"Key" -> {{0}, {0}}, "Value" -> {{1}, {2}}, "Query" -> {{1}, {1}}|>]
        = {{1.}, {1.5}}
        >> AttentionLayer["Dot", "Mask" -> ("Causal" -> 1)][<|"Key" -> {{0}, {0}}, "Value" -> {{1}, {2}}, "Query" -> {{1}, {1}}|>]
        = {{1.}, {2.}}
    Options: "MultiHead":
        >> AttentionLayer["Dot", "MultiHead" -> True][<|"Key" -> {{{99}, {0}}, {{0}, {99}}}, "Value" -> {{{1}, {2}}, {{3}, {4}}},
        "Query" -> {{1}, {1}}|>]
        = {{1.}, {4.}}
        >> NetExtract[AttentionLayer["MultiHead" -> True, "Key" -> {7, 2, 3}, "Value" -> {7, 2, 4}, "Query" -> {5, 2, 6}], "Output"]
        = {5, 2, 4}
    Options: "ScoreRescaling":
        >> AttentionLayer["Dot", "ScoreRescaling" -> "DimensionSqrt"][
        <|"Key" -> {{2., 2., 2., 2.}, {0., 0., 0., 0.}}, "Value" -> {{1.}, {0.}}, "Query" -> {1., 0., 0., 0.}|>]
        = {0.7310586}
    Options: LearningRateMultipliers:
        >> Information[AttentionLayer[LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]
        = <|{"Weights"} -> 0|>
    Options: "Key":
        >> NetExtract[AttentionLayer["Dot", "Key" -> {7, 3}], "Value"]
        = {7, Automatic}
    Options: "Value":
        >> NetExtract[AttentionLayer["Value" -> {7, 4}, "Query" -> 3], "Output"]
        = 4
    Options: "Query":
        >> NetExtract[AttentionLayer["Query" -> {2, 2, 3}, "Key" -> {4, 3}, "Value" -> {4, 3}], "Output"]
        = {2, 2, 3}
    Options: "Output":
        >> NetExtract[AttentionLayer["Dot", "Output" -> {5, 4}, "Key" -> {7, 3}], "Query"]
        = {5, 3}
    Possible issues:
        >> AttentionLayer["Dot", "Key" -> {7, 3}, "Query" -> {5, 2}]
        = $Failed
        message: AttentionLayer::dims
        >> AttentionLayer["Mask" -> "Causal", "Query" -> 3]
        = $Failed
        message: AttentionLayer::dims
        >> AttentionLayer[NetGraph[{}, {}]]
        = $Failed
        message: AttentionLayer::args
    Differs: Scores are "Dot" or "Bilinear"; they cannot be given by a net.
    Source: https://reference.wolfram.com/language/ref/AttentionLayer.html, A. Vaswani and others 2017
    """
    ops, outer = call.ops, query.shape[1:-1]
    if weights is not None:
        rows = ops.linear(ops.reshape(query, shape=(-1, query.shape[-1])), weights, None)
        query = ops.reshape(rows, shape=(call.batch, *outer, weights.shape[0]))
    if call["ScoreRescaling"] is not None:
        query = ops.multiply(query, np.asarray(1 / math.sqrt(key.shape[-1]), query.dtype))
    keys, values, queries = (by_head(call, x) for x in (key, value, query))
    scores = ops.matmul(queries, ops.transpose(keys, axes=(0, 1, 3, 2)))
    if call["Mask"] is not None:
        mask = causal_mask(call["Mask"], scores.shape[-2], scores.shape[-1], scores.dtype)
        scores = ops.add(scores, mask)
    shares = ops.softmax(scores, axis=-1)
    if call.training and call["Dropout"]:
        keep = 1.0 - call["Dropout"]
        kept = ops.random_mask(np.empty(0, shares.dtype), shape=shares.shape, keep=keep, generator=call.random)
        shares = ops.multiply(shares, kept)
    y = ops.matmul(shares, values)
    if call["MultiHead"]:
        y = ops.transpose(y, axes=(0, 2, 1, 3))
    return ops.reshape(y, shape=(call.batch, *outer, value.shape[-1]))
