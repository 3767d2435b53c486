"""Recurrent layers, with their states as ports too, and attention."""

from __future__ import annotations

import math

import torch
from torch.nn import functional as F

from tests.conformance.peers import Case, Code, Draw, layer, peer

PARTS = ("InputWeights", "StateWeights", "Biases")


def run(function, x, w, gates, *states):
    """Gives PyTorch's results from the arrays of some gates, joined in its order."""
    weights, recurrent, biases = (torch.cat([w[gate + part] for gate in gates]) for part in PARTS)
    given = [weights, recurrent, biases, torch.zeros_like(biases)]
    first = tuple(state[None] for state in states)
    return function(x, first if len(first) > 1 else first[0], given, True, 1, 0.0, False, False, True)


def recurrent(draw: Draw, name: str, states: tuple[str, ...], function, gates: tuple[str, ...]) -> Case:
    """Gives a case of a layer; every other one is in a graph, with the first and last states as ports."""
    steps, width, size = draw.size(1, 6), draw.size(1, 4), draw.size(1, 5)
    text = layer(name, size, Input=(steps, width))
    apart = draw.turn % 2

    def reference(x, w):
        named = {key.rpartition("/")[2]: value for key, value in w.items()}
        first = [x.get(f"First{state}", torch.zeros(draw.batch, size, dtype=x["Input"].dtype)) for state in states]
        output, *last = run(function, x["Input"], named, gates, *first)
        made = {"Output": output}
        if apart:
            made.update({f"Last{state}": value[0] for state, value in zip(states, last, strict=True)})
        return made

    if apart:
        ends = [f'NetPort["First{s}"] -> NetPort[{{1, "{s}"}}]' for s in states]
        ends += [f'NetPort[{{1, "{s}"}}] -> NetPort["Last{s}"]' for s in states]
        text = f'NetGraph[{{{text}}}, {{1 -> NetPort["Output"], {", ".join(ends)}}}]'
    return Case(text, reference)


@peer("BasicRecurrentLayer", "torch.rnn_tanh")
def basic_recurrent(draw: Draw) -> Case:
    return recurrent(draw, "BasicRecurrentLayer", ("State",), torch.rnn_tanh, ("",))


@peer("GatedRecurrentLayer", "torch.gru")
def gated_recurrent(draw: Draw) -> Case:
    """PyTorch's gates come in the order reset, update (here: input), new (here: memory)."""
    return recurrent(draw, "GatedRecurrentLayer", ("State",), torch.gru, ("ResetGate", "InputGate", "MemoryGate"))


@peer("LongShortTermMemoryLayer", "torch.lstm")
def long_short_term_memory(draw: Draw) -> Case:
    gates = ("InputGate", "ForgetGate", "MemoryGate", "OutputGate")
    return recurrent(draw, "LongShortTermMemoryLayer", ("State", "CellState"), torch.lstm, gates)


def causal(queries: int, keys: int, reach: float):
    age = torch.arange(queries)[:, None] - torch.arange(keys)
    return (age >= 0) & (age < reach)


@peer("AttentionLayer", "torch.nn.functional.scaled_dot_product_attention", cases=60)
def attention(draw: Draw) -> Case:
    score, mask, many = draw.in_turn(
        [(score, mask, many) for score in ("Dot", "Bilinear") for mask in (False, True) for many in (False, True)]
    )
    queries, keys, heads = draw.size(), draw.size(), draw.size(1, 3)
    k, v = draw.size(), draw.size()
    q = k if score == "Dot" else draw.size()
    rescaled = draw.one_of({}, {"ScoreRescaling": "DimensionSqrt"})
    options = {"MultiHead": True} if many else {}
    reach = draw.one_of(math.inf, draw.size(1, keys))
    if mask:
        queries = min(queries, keys)
        options["Mask"] = "Causal" if reach == math.inf else Code(f'("Causal" -> {reach})')
    middle = (heads,) if many else ()

    def reference(x, w):
        query, key, value = (
            (x[name] if many else x[name].unsqueeze(2)).transpose(1, 2) for name in ("Query", "Key", "Value")
        )
        if score == "Bilinear":
            query = query @ w["Weights"].T
        seen = causal(queries, keys, reach) if mask else None
        y = F.scaled_dot_product_attention(query, key, value, seen, scale=k**-0.5 if rescaled else 1.0)
        return y.transpose(1, 2).reshape(draw.batch, queries, *middle, v)

    shapes = {"Key": (keys, *middle, k), "Value": (keys, *middle, v), "Query": (queries, *middle, q)}
    return Case(layer("AttentionLayer", score, **options, **rescaled, **shapes), reference)


@peer("AttentionLayer", "torch.nn.functional.multi_head_attention_forward", cases=12)
def attention_inside_projections(draw: Draw) -> Case:
    """Self-attention as of a transformer: linear layers before and after, as one net."""
    steps, heads, size = draw.size(1, 6), draw.size(1, 3), draw.size(1, 4)
    width, masked = heads * size, draw.one_of(True, False)
    options = {"MultiHead": True, "ScoreRescaling": "DimensionSqrt", **({"Mask": "Causal"} if masked else {})}
    projection = f"NetMapOperator[LinearLayer[{{{heads}, {size}}}]]"
    text = (
        f'NetGraph[<|"q" -> {projection}, "k" -> {projection}, "v" -> {projection}, '
        f'"dot" -> {layer("AttentionLayer", "Dot", **options)}, "o" -> NetMapOperator[LinearLayer[{width}]]|>, '
        '{"q" -> NetPort[{"dot", "Query"}], "k" -> NetPort[{"dot", "Key"}], "v" -> NetPort[{"dot", "Value"}], '
        'NetPort["Input"] -> "q", NetPort["Input"] -> "k", NetPort["Input"] -> "v", "dot" -> "o"}, '
        f'"Input" -> {{{steps}, {width}}}]'
    )

    def reference(x, w):
        row = x["Input"].transpose(0, 1)
        weights, biases = (torch.cat([w[f"{name}/Net/{part}"] for name in "qkv"]) for part in ("Weights", "Biases"))
        y, _ = F.multi_head_attention_forward(
            row, row, row, width, heads, weights, biases, None, None, False, 0.0,
            w["o/Net/Weights"], w["o/Net/Biases"], training=False, need_weights=False,
            attn_mask=~causal(steps, steps, math.inf) if masked else None,
        )  # fmt: skip
        return y.transpose(0, 1)

    return Case(text, reference)
