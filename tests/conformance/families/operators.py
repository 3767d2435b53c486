"""Operators against loops written by hand."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from tests.conformance.families.sequences import run
from tests.conformance.peers import Case, Code, Draw, layer, peer


def linear(x, w, path):
    return F.linear(x, w[f"{path}/Weights"], w[f"{path}/Biases"])


@peer("NetMapOperator", "a loop", cases=12)
def net_map(draw: Draw) -> Case:
    steps, width, size = draw.sizes(3)

    def reference(x, w):
        return torch.stack([torch.tanh(linear(x["Input"][:, t], w, "Net/1")) for t in range(steps)], 1)

    return Case(f'NetMapOperator[NetChain[{{LinearLayer[{size}], Tanh}}], "Input" -> {{{steps}, {width}}}]', reference)


@peer("NetMapThreadOperator", "a loop", cases=12)
def net_map_thread(draw: Draw) -> Case:
    depth = draw.size(1, 2)
    outer, width = draw.sizes(depth), draw.size()
    inner = layer("ThreadingLayer", Code("#1 - Tanh[#2] &"), InputPorts=[width, width])
    shapes = {f"Input{i}": (*outer, width) for i in (1, 2)}

    def reference(x, w):
        a, b = (x[name].reshape(-1, width) for name in ("Input1", "Input2"))
        rows = [first - torch.tanh(second) for first, second in zip(a, b, strict=True)]
        return torch.stack(rows).reshape(draw.batch, *outer, width)

    given = {name: draw.normal(draw.batch, *shape) for name, shape in shapes.items()}
    ports = ", ".join(f'"{name}" -> {{{", ".join(map(str, shape))}}}' for name, shape in shapes.items())
    return Case(f"NetMapThreadOperator[{inner}, {depth}, {ports}]", reference, given)


@peer("NetNestOperator", "a loop", cases=12)
def net_nest(draw: Draw) -> Case:
    width, count = draw.size(), draw.size(1, 4)

    def reference(x, w):
        y = x["Input"]
        for _ in range(count):
            y = torch.tanh(linear(y, w, "Net/1"))
        return y

    return Case(f'NetNestOperator[NetChain[{{LinearLayer[], Tanh}}], {count}, "Input" -> {width}]', reference)


@peer("NetFoldOperator", "a loop", cases=12)
def net_fold(draw: Draw) -> Case:
    """A recurrent net written out: the state is the output of the step before; every other case begins with a given one."""
    steps, width, size = draw.sizes(3)
    step = (
        f'NetGraph[{{CatenateLayer[], LinearLayer[{size}], Tanh}}, {{{{NetPort["Input"], NetPort["State"]}} -> 1 -> 2 -> 3}}, '
        f'"Input" -> {width}, "State" -> {size}]'
    )
    fold = f'NetFoldOperator[{step}, "Input" -> {{{steps}, {width}}}]'
    apart = draw.turn % 2
    inside = "1/Net/2" if apart else "Net/2"

    def reference(x, w):
        state, rows = x.get("First", torch.zeros(draw.batch, size, dtype=x["Input"].dtype)), []
        for t in range(steps):
            state = torch.tanh(linear(torch.cat([x["Input"][:, t], state], 1), w, inside))
            rows.append(state)
        made = {"Output": torch.stack(rows, 1)}
        return {**made, "Last": state} if apart else made

    if apart:
        fold = (
            f'NetGraph[{{{fold}}}, {{1 -> NetPort["Output"], NetPort["First"] -> NetPort[{{1, "State"}}], '
            'NetPort[{1, "State"}] -> NetPort["Last"]}]'
        )
    return Case(fold, reference)


@peer("NetBidirectionalOperator", "torch.rnn_tanh, run twice", cases=12)
def net_bidirectional(draw: Draw) -> Case:
    steps, width, size = draw.size(1, 5), draw.size(), draw.size()
    name, function = draw.in_turn(
        [("Catenate", lambda a, b: torch.cat([a, b], -1)), ("Total", torch.add), ("Mean", lambda a, b: (a + b) / 2)]
    )

    def reference(x, w):
        first, made = torch.zeros(draw.batch, size, dtype=x["Input"].dtype), []
        for net, row in (("ForwardNet", x["Input"]), ("ReverseNet", x["Input"].flip(1))):
            arrays = {key.partition("/")[2]: value for key, value in w.items() if key.startswith(net)}
            made.append(run(torch.rnn_tanh, row, arrays, ("",), first)[0])
        return function(made[0], made[1].flip(1))

    text = f'NetBidirectionalOperator[BasicRecurrentLayer[{size}], {name}, "Input" -> {{{steps}, {width}}}]'
    return Case(text, reference)


@peer("NetPairEmbeddingOperator", "torch.nn.functional.pairwise_distance", cases=12)
def net_pair_embedding(draw: Draw) -> Case:
    width, size = draw.size(), draw.size(2, 4)
    name, function = draw.in_turn(
        [
            ("EuclideanDistance", lambda a, b: F.pairwise_distance(a, b, eps=0)),
            ("CosineDistance", lambda a, b: 1 - F.cosine_similarity(a, b)),
        ]
    )

    def reference(x, w):
        return function(*(linear(x["Input"][:, i], w, "Net") for i in (0, 1)))

    text = f'NetPairEmbeddingOperator[LinearLayer[{size}], DistanceFunction -> {name}, "Input" -> {width}]'
    return Case(text, reference)
