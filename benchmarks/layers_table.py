"""What `layers.py` races: the text of each layer, two sizes, and what PyTorch does instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.nn import functional as F

Tensors = dict[str, Any]


@dataclass(frozen=True)
class Work:
    """A layer: its name, its text with `$name` for the sizes, those sizes, and the peer of (inputs, arrays).

    integers: input → the largest integer in it. training: whether it runs as in training. low: the smallest number in an
    input (the largest is 1); -1 where a function treats negative numbers differently, and has nothing to do without them.
    """

    layer: str
    template: str
    sizes: Mapping[str, Mapping[str, int]]
    peer: Callable[[Tensors, Tensors], Any]
    integers: Mapping[str, int] = field(default_factory=dict)
    training: bool = False
    low: float = 0.1

    def text(self, size: str) -> str:
        made = self.template
        for name, value in self.sizes[size].items():
            made = made.replace(f"${name}", str(value))
        return made


def two(batch: tuple[int, int], **pairs: tuple[int, int]) -> dict[str, dict[str, int]]:
    """Gives the small and the large sizes."""
    every = {"batch": batch, **pairs}
    return {size: {name: pair[i] for name, pair in every.items()} for i, size in enumerate(("small", "large"))}


VECTORS = two((8, 64), n=(64, 1024))
MATRICES = two((8, 64), n=(8, 128), m=(16, 64))
IMAGES = two((4, 32), c=(4, 16), n=(8, 28))
SEQUENCES = two((8, 32), t=(8, 64), n=(16, 128))
INPUT = '"Input" -> '
MATRIX, IMAGE = INPUT + "{$n, $m}", INPUT + "{$c, $n, $n}"
PAIR = "InputPorts -> {{$n, $m}, {$n, $m}}"


def elementwise(function: str, peer: Callable[[Any], Any], label: str, low: float = -1.0) -> Work:
    template = f"ElementwiseLayer[{function}, {INPUT}$n]"
    return Work(f"ElementwiseLayer[{label}]", template, VECTORS, lambda x, w: peer(x["Input"]), low=low)


def recurrent(name: str, function: Any, gates: tuple[str, ...], states: int) -> Work:
    """The arrays of the gates are joined outside of the time that counts, as PyTorch keeps them joined."""
    joined: dict[int, Any] = {}

    def peer(x: Tensors, w: Tensors) -> Any:
        if id(w) not in joined:
            joined.clear()
            parts = ("InputWeights", "StateWeights", "Biases")
            held = [torch.cat([w[gate + part] for gate in gates]) for part in parts]
            start = torch.zeros(1, len(x["Input"]), held[1].shape[1])
            joined[id(w)] = ([*held, torch.zeros_like(held[2])], (start,) * states if states > 1 else start)
        arrays, start = joined[id(w)]
        if torch.is_grad_enabled():
            arrays = [
                torch.cat([w[gate + part] for gate in gates]) for part in ("InputWeights", "StateWeights", "Biases")
            ]
            arrays.append(torch.zeros_like(arrays[2]))
        return function(x["Input"], start, arrays, True, 1, 0.0, False, False, True)[0]

    return Work(name, f"{name}[$n, {INPUT}{{$t, $n}}]", SEQUENCES, peer)


def attend(x: Tensors, masked: bool = False) -> Any:
    query, key, value = (x[name].transpose(1, 2) for name in ("Query", "Key", "Value"))
    return F.scaled_dot_product_attention(query, key, value, is_causal=masked, scale=1.0).transpose(1, 2)


def cross_entropy(x: Tensors, w: Tensors) -> Any:
    return F.nll_loss(x["Input"].log(), x["Target"] - 1, reduction="none")


def connectionist(x: Tensors, w: Tensors) -> Any:
    logs = torch.log_softmax(x["Input"], -1).transpose(0, 1)
    batch = len(x["Input"])
    lengths = torch.full((batch,), len(logs)), torch.full((batch,), x["Target"].shape[1])
    return F.ctc_loss(logs, x["Target"] - 1, *lengths, blank=logs.shape[-1] - 1, reduction="none")


def batch_norm(training: bool) -> Callable[[Tensors, Tensors], Any]:
    def peer(x: Tensors, w: Tensors) -> Any:
        mean, variance = (w[name].detach() for name in ("MovingMean", "MovingVariance"))
        return F.batch_norm(x["Input"], mean, variance.abs(), w["Scaling"], w["Biases"], training, 0.1, 0.001)

    return peer


def spatial(x: Tensors, w: Tensors) -> Any:
    grid = F.affine_grid(x["Parameters"].reshape(-1, 2, 3), x["Input"].shape, align_corners=True)
    return F.grid_sample(x["Input"], grid, align_corners=True)


def fold(x: Tensors, w: Tensors) -> Any:
    state, rows = torch.zeros_like(x["Input"][:, 0]), []
    for row in x["Input"].unbind(1):
        state = torch.tanh(row + state)
        rows.append(state)
    return torch.stack(rows, 1)


HEADS = ", ".join(f'"{name}" -> {{$t, 4, $n}}' for name in ("Key", "Value", "Query"))
ATTENTION = two((4, 16), t=(8, 64), n=(8, 32))

LAYERS = [
    Work("LinearLayer", f"LinearLayer[$n, {INPUT}$n]", VECTORS, lambda x, w: F.linear(x["Input"], w["Weights"], w["Biases"])),
    Work("SoftmaxLayer", f"SoftmaxLayer[{INPUT}$n]", VECTORS, lambda x, w: torch.softmax(x["Input"], -1)),
    elementwise("Ramp", torch.relu, "Ramp"),
    elementwise("Tanh", torch.tanh, "Tanh"),
    elementwise("LogisticSigmoid", torch.sigmoid, "LogisticSigmoid"),
    elementwise('"GELU"', F.gelu, "GELU"),
    elementwise('"Swish"', F.silu, "Swish"),
    elementwise('"ELU"', F.elu, "ELU"),
    elementwise("Log", torch.log, "Log", 0.1),
    elementwise("2 #^2 - # + 1 &", lambda x: 2 * x**2 - x + 1, "polynomial"),
    Work("ThreadingLayer", f"ThreadingLayer[Plus, {PAIR}]", MATRICES, lambda x, w: x["Input1"] + x["Input2"]),
    Work("ParametricRampLayer", f"ParametricRampLayer[{IMAGE}]", IMAGES, lambda x, w: F.prelu(x["Input"], w["Slope"]),
         low=-1.0),
    Work("CatenateLayer", f"CatenateLayer[{PAIR}]", MATRICES, lambda x, w: torch.cat([x["Input1"], x["Input2"]], 1)),
    Work("AppendLayer", f"AppendLayer[{MATRIX}]", MATRICES, lambda x, w: torch.cat([x["Input"], x["Element"][:, None]], 1)),
    Work("PrependLayer", f"PrependLayer[{MATRIX}]", MATRICES, lambda x, w: torch.cat([x["Element"][:, None], x["Input"]], 1)),
    Work("FlattenLayer", f"FlattenLayer[{MATRIX}]", MATRICES, lambda x, w: x["Input"].flatten(1)),
    Work("ReshapeLayer", f"ReshapeLayer[{{$m, $n}}, {MATRIX}]", MATRICES,
         lambda x, w: x["Input"].reshape(-1, x["Input"].shape[2], x["Input"].shape[1])),
    Work("ReplicateLayer", f"ReplicateLayer[4, {MATRIX}]", MATRICES, lambda x, w: x["Input"][:, None].expand(-1, 4, -1, -1)),
    Work("PaddingLayer", f"PaddingLayer[{{{{0, 0}}, {{1, 1}}, {{1, 1}}}}, {IMAGE}]", IMAGES,
         lambda x, w: F.pad(x["Input"], (1, 1, 1, 1))),
    Work("PartLayer", f"PartLayer[2 ;; -2, {MATRIX}]", MATRICES, lambda x, w: x["Input"][:, 1:-1]),
    Work("TransposeLayer", f"TransposeLayer[{MATRIX}]", MATRICES, lambda x, w: x["Input"].transpose(1, 2)),
    Work("ExtractLayer", 'ExtractLayer["Input" -> {$n, $m}, "Position" -> {16, 1}]', MATRICES,
         lambda x, w: x["Input"].gather(1, (x["Position"] - 1).expand(-1, -1, x["Input"].shape[2])), {"Position": 8}),
    Work("OrderingLayer", f"OrderingLayer[{INPUT}$n]", VECTORS, lambda x, w: torch.argsort(x["Input"].detach()) + 1),
    Work("SummationLayer", f"SummationLayer[{MATRIX}]", MATRICES, lambda x, w: x["Input"].sum((1, 2))),
    Work("TotalLayer", f"TotalLayer[{PAIR}]", MATRICES, lambda x, w: x["Input1"] + x["Input2"]),
    Work("AggregationLayer[Mean]", f"AggregationLayer[Mean, {MATRIX}]", MATRICES, lambda x, w: x["Input"].mean(2)),
    Work("AggregationLayer[Max]", f"AggregationLayer[Max, {MATRIX}]", MATRICES, lambda x, w: x["Input"].amax(2)),
    Work("AggregationLayer[Variance]", f"AggregationLayer[Variance, {MATRIX}]", MATRICES, lambda x, w: x["Input"].var(2)),
    Work("DotLayer", "DotLayer[InputPorts -> {{$n, $m}, {$m, $n}}]", MATRICES, lambda x, w: x["Input1"] @ x["Input2"]),
    Work("ConvolutionLayer", f"ConvolutionLayer[$c, 3, {IMAGE}]", IMAGES,
         lambda x, w: F.conv2d(x["Input"], w["Weights"], w["Biases"])),
    Work("ConvolutionLayer 1D", f"ConvolutionLayer[$c, 3, {INPUT}{{$c, $n}}]", IMAGES,
         lambda x, w: F.conv1d(x["Input"], w["Weights"], w["Biases"])),
    Work("ConvolutionLayer by channel", f'ConvolutionLayer[$c, 3, "ChannelGroups" -> $c, {IMAGE}]', IMAGES,
         lambda x, w: F.conv2d(x["Input"], w["Weights"], w["Biases"], groups=x["Input"].shape[1])),
    Work("DeconvolutionLayer", f'DeconvolutionLayer[$c, 2, "Stride" -> 2, {IMAGE}]', IMAGES,
         lambda x, w: F.conv_transpose2d(x["Input"], w["Weights"], w["Biases"], 2)),
    Work("PoolingLayer[Max]", f"PoolingLayer[2, 2, {IMAGE}]", IMAGES, lambda x, w: F.max_pool2d(x["Input"], 2)),
    Work("PoolingLayer[Mean]", f'PoolingLayer[3, 2, "Function" -> Mean, {IMAGE}]', IMAGES,
         lambda x, w: F.avg_pool2d(x["Input"], 3, 2)),
    Work("ResizeLayer", f"ResizeLayer[{{Scaled[2], Scaled[2]}}, {IMAGE}]", IMAGES,
         lambda x, w: F.interpolate(x["Input"], scale_factor=2, mode="bilinear", align_corners=True)),
    Work("SpatialTransformationLayer", f"SpatialTransformationLayer[{{$n, $n}}, {IMAGE}]", IMAGES, spatial),
    recurrent("BasicRecurrentLayer", torch.rnn_tanh, ("",), 1),
    recurrent("GatedRecurrentLayer", torch.gru, ("ResetGate", "InputGate", "MemoryGate"), 1),
    recurrent("LongShortTermMemoryLayer", torch.lstm, ("InputGate", "ForgetGate", "MemoryGate", "OutputGate"), 2),
    Work("UnitVectorLayer", f"UnitVectorLayer[$m, {INPUT}$n]", MATRICES,
         lambda x, w: F.one_hot(x["Input"] - 1, 16 if x["Input"].shape[1] == 8 else 64), {"Input": 16}),
    Work("EmbeddingLayer", f"EmbeddingLayer[$m, 256, {INPUT}$n]", MATRICES,
         lambda x, w: F.embedding(x["Input"] - 1, w["Weights"]), {"Input": 256}),
    Work("AttentionLayer", f'AttentionLayer["Dot", "MultiHead" -> True, {HEADS}]', ATTENTION, lambda x, w: attend(x)),
    Work("AttentionLayer, causal", f'AttentionLayer["Dot", "MultiHead" -> True, "Mask" -> "Causal", {HEADS}]', ATTENTION,
         lambda x, w: attend(x, True)),
    Work("SequenceLastLayer", f"SequenceLastLayer[{MATRIX}]", MATRICES, lambda x, w: x["Input"][:, -1]),
    Work("SequenceMostLayer", f"SequenceMostLayer[{MATRIX}]", MATRICES, lambda x, w: x["Input"][:, :-1]),
    Work("SequenceRestLayer", f"SequenceRestLayer[{MATRIX}]", MATRICES, lambda x, w: x["Input"][:, 1:]),
    Work("SequenceReverseLayer", f"SequenceReverseLayer[{MATRIX}]", MATRICES, lambda x, w: x["Input"].flip(1)),
    Work("DropoutLayer", f"DropoutLayer[0.5, {MATRIX}]", MATRICES, lambda x, w: F.dropout(x["Input"], 0.5, True), training=True),
    Work("BatchNormalizationLayer", f"BatchNormalizationLayer[{IMAGE}]", IMAGES, batch_norm(True), training=True),
    Work("NormalizationLayer[2 ;; All]", f"NormalizationLayer[{IMAGE}]", IMAGES,
         lambda x, w: F.instance_norm(x["Input"], weight=w["Scaling"], bias=w["Biases"], eps=0.001)),
    Work("NormalizationLayer[-1]", f'NormalizationLayer[-1, "Same", {MATRIX}]', MATRICES,
         lambda x, w: F.layer_norm(x["Input"], x["Input"].shape[2:], w["Scaling"], w["Biases"], 0.001)),
    Work("LocalResponseNormalizationLayer", f'LocalResponseNormalizationLayer["ChannelWindowSize" -> 1, {IMAGE}]', IMAGES,
         lambda x, w: F.local_response_norm(x["Input"], 3, 1.0, 0.5, 1.0)),
    Work("MeanSquaredLossLayer", f"MeanSquaredLossLayer[{MATRIX}]", MATRICES,
         lambda x, w: F.mse_loss(x["Input"], x["Target"], reduction="none").mean((1, 2))),
    Work("MeanAbsoluteLossLayer", f"MeanAbsoluteLossLayer[{MATRIX}]", MATRICES,
         lambda x, w: F.l1_loss(x["Input"], x["Target"], reduction="none").mean((1, 2))),
    Work("CrossEntropyLossLayer[Index]", f'CrossEntropyLossLayer["Index", {INPUT}$n]', VECTORS, cross_entropy, {"Target": 64}),
    Work("CrossEntropyLossLayer[Probabilities]", f'CrossEntropyLossLayer["Probabilities", {INPUT}$n]', VECTORS,
         lambda x, w: -(x["Target"] * x["Input"].log()).sum(1)),
    Work("CrossEntropyLossLayer[Binary]", f'CrossEntropyLossLayer["Binary", {INPUT}$n]', VECTORS,
         lambda x, w: F.binary_cross_entropy(x["Input"], x["Target"], reduction="none").mean(1)),
    Work("ContrastiveLossLayer", 'ContrastiveLossLayer["Target" -> "Integer"]', VECTORS,
         lambda x, w: F.hinge_embedding_loss(x["Input"], 1 - 2 * x["Target"], 0.5, reduction="none"), {"Target": 1}),
    Work("CTCLossLayer", 'NetGraph[{SoftmaxLayer[], CTCLossLayer[]}, {1 -> NetPort[{2, "Input"}]}, '
         '"Input" -> {$t, $n}, "Target" -> {4, "Integer"}]', SEQUENCES, connectionist, {"Target": 15}),
    Work("NetMapOperator", f"NetMapOperator[LinearLayer[$n], {INPUT}{{$t, $n}}]", SEQUENCES,
         lambda x, w: F.linear(x["Input"], w["Net/Weights"], w["Net/Biases"])),
    Work("NetFoldOperator", f'NetFoldOperator[FunctionLayer[Tanh[#Input + #State] &, "State" -> $n], {INPUT}{{$t, $n}}]', SEQUENCES, fold),
    Work("NetNestOperator", f"NetNestOperator[Tanh, 4, {INPUT}$n]", VECTORS,
         lambda x, w: x["Input"].tanh().tanh().tanh().tanh()),
]  # fmt: skip
