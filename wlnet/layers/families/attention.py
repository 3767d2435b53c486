"""Attention: sums of values, weighted by how well their keys fit to queries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.operators import Apply
from wlnet.layers.settings import Unfit, argument, boolean, choice, count, fraction, option, optional, text
from wlnet.nets.dimensions import VARYING, Port, show
from wlnet.nets.kinds import Array
from wlnet.terms import FALSE, NONE, S, Term, elements, is_head, is_list

SCORES = ("Dot", "Bilinear")
PORTS = ("Output", "AttentionWeights")


def output_ports(term: Term) -> tuple[str, ...]:
    """Takes "Output", "AttentionWeights", a list of those, or Automatic."""
    names = tuple(map(text, elements(term))) if is_list(term) else (text(term),)
    if term is S.Automatic:
        return PORTS[:1]
    if names and len(set(names)) == len(names) and all(name in PORTS for name in names):
        return names  # type: ignore[return-value]
    raise Unfit('"Output", "AttentionWeights" or a list of both')


def scoring(term: Term) -> str:
    """Takes "Dot" or "Bilinear", or a list of it."""
    found = text(elements(term)[0] if is_list(term) and len(elements(term)) == 1 else term)
    if found in SCORES:
        return found
    raise Unfit('"Dot", "Bilinear", or a net with the inputs "Input" and "Query" that gives a number')


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
    before, after = "", ""
    if settings["Mask"] is not None:
        before, after = (f", KeyState: {n} {h}k, ValueState: {n} {h}v" for n in ("p", "n"))
    outputs = {"Output": f"...m {h}v", "AttentionWeights": f"...m {h}...d"}
    right = ", ".join(f"{name}: {outputs[name]}" for name in settings["OutputPorts"])
    return f"Key: ...d {h}k, Value: ...d {h}v, Query: ...m {h}{q}{before} -> {right}{after}"


def attention_states(settings: Mapping[str, Any]) -> tuple[str, ...]:
    return ("KeyState", "ValueState") if settings["Mask"] is not None else ()


def attention_elements(settings: Mapping[str, Any]) -> dict[str, Port]:
    """Gives the states as what they are: sequences of any length."""
    rank = 2 if settings["MultiHead"] else 1
    return dict.fromkeys(attention_states(settings), Port((VARYING, *[None] * rank)))


def attention_inner(settings: Mapping[str, Any]) -> dict[str, str]:
    """The net that gives scores takes its inputs in whatever order it has them."""
    takes = {"Input": "k", "Query": "q"}
    left = ", ".join(f"{name}: {takes[name]}" for name in settings.get("inputs") or ())
    return {"Net": f"{left} -> Score:"} if left else {}


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


def causal_mask(reach: float, queries: int, keys: int, past: int, dtype: Any) -> np.ndarray:
    """Gives (queries, keys): 0 where query i sees key j, which is for i - reach < j <= i, else minus infinity.

    past: how many of the keys came before the first query, which is then number `past`.
    """
    if queries + past - keys >= reach:
        raise DimensionError(f"{keys} keys are too few for {queries + past} queries that see {reach} keys each")
    age = np.subtract.outer(np.arange(past, past + queries), np.arange(keys))
    return np.where((age >= 0) & (age < reach), 0.0, -np.inf).astype(dtype)


def by_head(call: Call, x: Any) -> Any:
    """Gives vectors (b, ...d, n), or (b, ...d, h, n) with several heads, as (b, h, product of d, n)."""
    if not call["MultiHead"]:
        return call.ops.reshape(x, shape=(call.batch, 1, math.prod(x.shape[1:-1]), x.shape[-1]))
    together = call.ops.reshape(x, shape=(call.batch, math.prod(x.shape[1:-2]), *x.shape[-2:]))
    return call.ops.transpose(together, axes=(0, 2, 1, 3))


def continued(call: Call, states: Sequence[Any], key: Any, value: Any) -> tuple[Any, Any, int]:
    """Gives the keys and values with those that came before (the states, None where not given), and how many these are."""
    if all(state is None for state in states):
        return key, value, 0
    if any(state is None for state in states) or states[0].shape[1] != states[1].shape[1]:
        raise DimensionError('"KeyState" and "ValueState" must be sequences of one length, given together')
    keys, values = (call.ops.concatenate(*pair, axis=1) for pair in zip(states, (key, value), strict=True))
    return keys, values, states[0].shape[1]


def net_scores(call: Call, apply: Apply, keys: Any, queries: Any) -> Any:
    """Gives (b, h, m, n), what a net says of each of n keys for each of m queries: keys (b, h, n, k), queries (b, h, m, q)."""
    ops, pairs = call.ops, (*keys.shape[:2], queries.shape[2], keys.shape[2])
    rows = math.prod(pairs)
    given = {}
    for name, vectors, axis in (("Input", keys, 2), ("Query", queries, 3)):
        one = ops.reshape(vectors, shape=(*vectors.shape[:axis], 1, *vectors.shape[axis:]))
        every = ops.broadcast(one, shape=(*pairs, vectors.shape[-1]))
        given[name] = ops.reshape(every, shape=(rows, vectors.shape[-1]))
    (scores,) = apply("Net", *(given[name] for name in call["inputs"]), batch=rows)
    return ops.reshape(scores, shape=pairs)


def bilinear(call: Call, query: Any, weights: Any) -> Any:
    """Gives W.query for each query: query (b, ...m, q), weights (k, q); gives (b, ...m, k)."""
    rows = call.ops.linear(call.ops.reshape(query, shape=(-1, query.shape[-1])), weights, None)
    return call.ops.reshape(rows, shape=(*query.shape[:-1], weights.shape[0]))


@layer(
    "AttentionLayer",
    category="Attention layers",
    arguments=(argument("ScoringNet", scoring, "Bilinear"),),
    options={
        "Dropout": option("Dropout", lambda term: optional(fraction)(term) or 0.0, 0.0, 0),
        "Mask": option("Mask", window, None, NONE),
        "MultiHead": option("MultiHead", boolean, False, FALSE),
        "OutputPorts": option("OutputPorts", output_ports, PORTS[:1], "Output"),
        "ScoreRescaling": option("ScoreRescaling", optional(choice("DimensionSqrt")), None, NONE),
    },
    ports=attention_ports,
    arrays=attention_arrays,
    elements=attention_elements,
    states=attention_states,
    inner=attention_inner,
    container=False,
    solve=solve_attention,
)
def attention_layer(call: Call, *inputs: Any) -> Any:
    """AttentionLayer[] gives for each query the sum of the values, weighted by a trainable score of key and query.
    AttentionLayer["Dot"] scores by key.query.
    AttentionLayer["Bilinear"] scores by key.W.query with a trainable matrix W, the default.
    AttentionLayer[net] scores by a net that takes a key as "Input" and a query as "Query" and gives a number.
    AttentionLayer[{"name", "Weights" -> w}] gives a named score its arrays.

    Details: The weights of a query are the softmax of its scores over all keys. "Key" has dimensions {d1, …, k}, "Value"
    {d1, …, v}, "Query" {q1, …, q} (or one vector), "Output" {q1, …, v}. With "MultiHead" -> True the last but one
    dimension of each counts heads, which are apart but for W, or for the net. With a causal mask, query i sees the keys up
    to i only. "OutputPorts" -> {"Output", "AttentionWeights"} also gives the weights: an array with the dimensions of the
    queries, of the heads, and of the keys. The states of a layer with a causal mask, "KeyState" and "ValueState", are the
    keys and values so far; they begin as empty sequences, and the queries come after them.

    Examples:
        >> AttentionLayer["Dot"][<|"Key" -> {{100., 0.}, {0., 100.}}, "Value" -> {{1.}, {2.}}, "Query" -> {0., 1.}|>]
        = {2.}
        >> AttentionLayer["Dot"][<|"Key" -> {{1.}, {1.}}, "Value" -> {{1.}, {2.}}, "Query" -> {{1.}, {3.}}|>]
        = {{1.5}, {1.5}}
        >> NetExtract[AttentionLayer["Key" -> {"Varying", 3}, "Value" -> {"Varying", 4}, "Query" -> {5, 2}], "Output"]
        = {5, 4}
        >> layer = AttentionLayer["Dot", "Mask" -> "Causal"]; whole = <|"Key" -> {{1}, {2}}, "Value" -> {{1}, {3}}, "Query" -> {{0}, {1}}|>;
        >> states = layer[Map[Take[#, 1] &, whole], NetPort[All, "States"]]
        = <|NetPort["KeyState"] -> {{1.}}, NetPort["ValueState"] -> {{1.}}|>
        >> layer[Append[Map[Rest, whole], NetPort[All, "States"] -> states]] == Rest[layer[whole]]
        = True
        >> score = NetGraph[{DotLayer[]}, {{NetPort["Input"], NetPort["Query"]} -> 1}];
        >> AttentionLayer[score][<|"Key" -> {{100., 0.}, {0., 100.}}, "Value" -> {{1.}, {2.}}, "Query" -> {0., 1.}|>]
        = {2.}
        >> net = NetGraph[{CatenateLayer[], LinearLayer[{}]}, {{NetPort["Query"], NetPort["Input"]} -> 1 -> 2}];
        >> Information[AttentionLayer[net, "Key" -> {7, 3}, "Query" -> {5, 2}], "ArraysDimensions"][{"Net", 2, "Weights"}]
        = {1, 5}
    Options: "Weights":
        >> Information[AttentionLayer["Key" -> {7, 3}, "Query" -> {5, 2}], "ArraysDimensions"]
        = <|{"Weights"} -> {3, 2}|>
        >> AttentionLayer["Bilinear", "Weights" -> {{0}}][<|"Key" -> {{1}, {2}}, "Value" -> {{1}, {2}}, "Query" -> {1}|>]
        = {1.5}
        >> AttentionLayer[{"Bilinear", "Weights" -> {{0}}}][<|"Key" -> {{1}, {2}}, "Value" -> {{1}, {2}}, "Query" -> {1}|>]
        = {1.5}
    Options: "OutputPorts":
        >> AttentionLayer["Dot", "OutputPorts" -> {"Output", "AttentionWeights"}][<|"Key" -> {{0}, {0}}, "Value" -> {{1}, {2}},
        "Query" -> {{1}}|>]
        = <|"Output" -> {{1.5}}, "AttentionWeights" -> {{0.5, 0.5}}|>
    Options: "AttentionWeights":
        >> NetExtract[AttentionLayer["Dot", "OutputPorts" -> "AttentionWeights", "AttentionWeights" -> {5, 7}, "Query" -> {5, 2}], "Key"]
        = {7, 2}
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
        message: AttentionLayer::ports
    Source: https://reference.wolfram.com/language/ref/AttentionLayer.html, A. Vaswani and others 2017
    """
    given = inputs if not call.settings.get("inputs") else inputs[1:]
    key, value, query, *rest = given
    ops, outer = call.ops, query.shape[1:-1]
    count = len(attention_states(call.settings))
    states, weights = rest[:count], rest[count:]
    key, value, past = continued(call, states, key, value)
    if weights:
        query = bilinear(call, query, weights[0])
    keys, values, queries = (by_head(call, x) for x in (key, value, query))
    if len(inputs) > len(given):
        scores = net_scores(call, inputs[0], keys, queries)
    else:
        scores = ops.matmul(queries, ops.transpose(keys, axes=(0, 1, 3, 2)))
    if call["ScoreRescaling"] is not None:
        scores = ops.multiply(scores, np.asarray(1 / math.sqrt(key.shape[-1]), scores.dtype))
    if call["Mask"] is not None:
        mask = causal_mask(call["Mask"], scores.shape[-2], scores.shape[-1], past, scores.dtype)
        scores = ops.add(scores, mask)
    if call.hidden is not None:
        scores = ops.add(scores, call.hidden)
    shares = ops.softmax(scores, axis=-1)
    if call.training and call["Dropout"]:
        keep = 1.0 - call["Dropout"]
        kept = ops.random_mask(np.empty(0, shares.dtype), shape=shares.shape, keep=keep, generator=call.random)
        shares = ops.multiply(shares, kept)
    made = {"Output": ops.matmul(shares, values), "AttentionWeights": shares}
    ends = {"Output": value.shape[-1:], "AttentionWeights": key.shape[1 : -2 if call["MultiHead"] else -1]}
    if call["MultiHead"]:
        made = {name: ops.transpose(made[name], axes=(0, 2, 1, 3)) for name in call["OutputPorts"]}
    outputs = (ops.reshape(made[name], shape=(call.batch, *outer, *ends[name])) for name in call["OutputPorts"])
    return (*outputs, key, value) if states else tuple(outputs)
