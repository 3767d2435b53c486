"""What rearranges, joins, cuts and sums arrays."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch.nn import functional as F

from tests.conformance.peers import Case, Code, Draw, layer, peer


def inputs(x, count):
    return [x[f"Input{i}"] for i in range(1, count + 1)]


@peer("CatenateLayer", "torch.cat")
def catenate(draw: Draw) -> Case:
    rank, count = draw.size(1, 3), draw.size(2, 3)
    level = draw.one_of(*range(1, rank + 1), -1)
    axis = level if level > 0 else rank
    shape = draw.sizes(rank)
    shapes = [(*shape[: axis - 1], draw.size(), *shape[axis:]) for _ in range(count)]
    return Case(layer("CatenateLayer", level, InputPorts=shapes), lambda x, w: torch.cat(inputs(x, count), axis))


@peer("CatenateLayer", "torch.cat, expanded", cases=8)
def catenate_of_lower_rank(draw: Draw) -> Case:
    """The second input lacks the first dimension; the level counts in it."""
    shape, size = draw.sizes(3), draw.size()
    small = (size, shape[2])
    return Case(
        layer("CatenateLayer", 1, InputPorts=[shape, small]),
        lambda x, w: torch.cat([x["Input1"], x["Input2"][:, None].expand(-1, shape[0], -1, -1)], 2),
    )


@peer("AppendLayer", "torch.cat", cases=8)
def append(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3))
    return Case(layer("AppendLayer", Input=shape), lambda x, w: torch.cat([x["Input"], x["Element"][:, None]], 1))


@peer("PrependLayer", "torch.cat", cases=8)
def prepend(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3))
    return Case(layer("PrependLayer", Input=shape), lambda x, w: torch.cat([x["Element"][:, None], x["Input"]], 1))


@peer("FlattenLayer", "torch.flatten")
def flatten(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 4), 1, 3)
    if draw.one_of(True, False):
        return flatten_lists(draw, shape)
    depth = draw.one_of(None, 1, 2, -1, -2)
    first, last = {None: (1, -1), -1: (-2, -1), -2: (-3, -1)}.get(depth, (1, 1 + (depth or 0)))
    rank = len(shape)
    first, last = max(first, -rank), min(last, rank)
    levels = [] if depth is None else [depth]
    return Case(layer("FlattenLayer", *levels, Input=shape), lambda x, w: torch.flatten(x["Input"], first, last))


def flatten_lists(draw: Draw, shape: tuple[int, ...]) -> Case:
    """Lists of levels: the dimensions in the order of the lists, and the last of them together."""
    order = [int(n) for n in draw.random.permutation(len(shape))]
    place = draw.size(0, len(shape) - 1)
    levels = [[n + 1] for n in order[:place]] + [[n + 1 for n in order[place:]]]

    def reference(x, w):
        return torch.flatten(torch.permute(x["Input"], (0, *(n + 1 for n in order))), place + 1)

    return Case(layer("FlattenLayer", levels, Input=shape), reference)


@peer("ReshapeLayer", "torch.reshape")
def reshape(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3))
    n = math.prod(shape)
    target, made = draw.one_of(
        ((n, 1), (n, 1)),
        ((Code("Automatic"), 1, n), (1, 1, n)),
        ((Code("Inherited"), Code("Automatic")), (shape[0], n // shape[0])),
        ((1, Code("All")), None if shape[0] > 1 else (1, *shape[1:])),
    )
    target, made = (target, made) if made is not None else ((n,), (n,))
    return Case(layer("ReshapeLayer", target, Input=shape), lambda x, w: torch.reshape(x["Input"], (-1, *made)))


@peer("ReplicateLayer", "torch.Tensor.expand")
def replicate(draw: Draw) -> Case:
    shape, copies = draw.sizes(draw.size(0, 3)), draw.sizes(draw.size(1, 2))
    level = draw.size(1, len(shape) + 1)

    def reference(x, w):
        y = x["Input"].reshape(draw.batch, *shape[: level - 1], *(1 for _ in copies), *shape[level - 1 :])
        return y.expand(draw.batch, *shape[: level - 1], *copies, *shape[level - 1 :])

    return Case(layer("ReplicateLayer", copies, level, Input=shape), reference)


@peer("PaddingLayer", "torch.nn.functional.pad")
def padding(draw: Draw) -> Case:
    shape = (draw.size(), *draw.sizes(2, 3, 5))
    widths = [(draw.size(0, 2), draw.size(0, 2)) for _ in range(2)]
    padding, settings = draw.one_of(
        (1.5, {"value": 1.5}), ("Fixed", {"mode": "replicate"}), ("Reflected", {"mode": "reflect"})
    )
    flat = [n for pair in reversed(widths) for n in pair]
    return Case(
        layer("PaddingLayer", [(0, 0), *widths], Padding=padding, Input=shape),
        lambda x, w: F.pad(x["Input"], flat, **settings),
    )


@peer("PartLayer", "torch indexing", cases=36)
def part(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3), 2, 5)
    specifications, index = [], [slice(None)]
    for n in shape[: draw.size(1, len(shape))]:
        first, last = sorted(draw.sizes(2, 1, n))
        step = draw.size(1, 2)
        text, places = draw.one_of(
            ("All", slice(None)),
            (str(first), first - 1),
            (str(-first), n - first),
            (f"{first} ;; {last}", slice(first - 1, last)),
            (f"{first} ;; {last - n - 1} ;; {step}", slice(first - 1, last, step)),
            (f"{last} ;; {first} ;; -{step}", list(range(last - 1, first - 2, -step))),
        )
        specifications.append(Code(text))
        index.append(places)

    def reference(x, w):
        y = x["Input"]
        for axis in reversed(range(len(index))):
            place = index[axis]
            chosen = torch.arange(y.shape[axis])[place if isinstance(place, slice) else torch.tensor(place)]
            y = y.index_select(axis, chosen.reshape(-1)) if chosen.ndim else y.select(axis, int(chosen))
        return y

    return Case(layer("PartLayer", specifications, Input=shape), reference)


@peer("TransposeLayer", "torch.permute")
def transpose(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(2, 4))
    rank = len(shape)
    if draw.one_of(True, False):
        where = [int(n) for n in draw.random.permutation(rank)]
        return Case(
            layer("TransposeLayer", [n + 1 for n in where], Input=shape),
            lambda x, w: torch.permute(x["Input"], (0, *(int(n) + 1 for n in np.argsort(where)))),
        )
    swaps = [tuple(int(n) + 1 for n in draw.random.permutation(rank)[:2]) for _ in range(draw.size(1, 2))]

    def reference(x, w):
        y = x["Input"]
        for m, n in swaps:
            y = torch.transpose(y, m, n)
        return y

    return Case(layer("TransposeLayer", [Code(f"{m} <-> {n}") for m, n in swaps], Input=shape), reference)


@peer("ExtractLayer", "a loop")
def extract(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3), 2, 4)
    depth, outer = draw.size(1, len(shape)), draw.sizes(draw.size(0, 2))
    positions = np.stack([draw.integers(1, n, draw.batch, *outer) for n in shape[:depth]], -1)
    signs = draw.one_of(0, 1) * (np.array(shape[:depth]) + 1)

    def reference(x, w):
        rows = [
            row[tuple(int(n) - 1 for n in places)]
            for row, example in zip(x["Input"], positions, strict=True)
            for places in example.reshape(-1, depth)
        ]
        return torch.stack(rows).reshape(draw.batch, *outer, *shape[depth:])

    text = layer("ExtractLayer", Input=shape, Position=(*outer, depth))
    return Case(text, reference, {"Position": positions - signs})


@peer("OrderingLayer", "torch.argsort")
def ordering(draw: Draw) -> Case:
    length = draw.size(2, 9)
    count = draw.one_of(Code("All"), draw.size(1, length), -draw.size(1, length))
    given = {"Input": draw.integers(0, 4, draw.batch, length).astype(float)}

    def reference(x, w):
        order = torch.argsort(x["Input"].detach(), dim=-1, stable=True) + 1
        chosen = slice(None) if isinstance(count, str) else slice(count) if count > 0 else slice(count, None)
        return order[:, chosen]

    return Case(layer("OrderingLayer", count, Input=length), reference, given)


@peer("SummationLayer", "torch.sum", cases=8)
def summation(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(0, 3))
    return Case(layer("SummationLayer", Input=shape), lambda x, w: x["Input"].reshape(draw.batch, -1).sum(1))


@peer("TotalLayer", "torch.sum", cases=8)
def total(draw: Draw) -> Case:
    shape, count = draw.sizes(draw.size(0, 3)), draw.size(1, 4)
    return Case(layer("TotalLayer", InputPorts=[shape] * count), lambda x, w: torch.stack(inputs(x, count)).sum(0))


def mean_deviation(x, axes):
    return (x - x.mean(axes, keepdim=True)).abs().mean(axes)


def flat(function):
    """Gives a function of one axis as one of several: those are made one first."""

    def of_axes(x, axes):
        kept = [axis for axis in range(x.ndim) if axis not in axes]
        y = x.permute(*kept, *axes)
        return function(y.reshape(*y.shape[: len(kept)], -1))

    return of_axes


def quantile(x, p):
    """Gives Hazen's quantile along the last axis: element n p + 1/2 of the sorted ones, counted from 1, interpolated."""
    ordered, n = x.sort(-1).values, x.shape[-1]
    place = min(max(n * p - 0.5, 0), n - 1)
    low = math.floor(place)
    high = min(low + 1, n - 1)
    return ordered[..., low] + (ordered[..., high] - ordered[..., low]) * (place - low)


AGGREGATES = {
    "Mean": torch.mean,
    "Min": torch.amin,
    "Max": torch.amax,
    "Total": torch.sum,
    "Times": flat(lambda x: x.prod(-1)),
    "Median": flat(lambda x: (x.sort(-1).values[..., [(x.shape[-1] - 1) // 2, x.shape[-1] // 2]]).mean(-1)),
    "Variance": torch.var,
    "StandardDeviation": torch.std,
    "MeanDeviation": mean_deviation,
    "InterquartileRange": flat(lambda x: quantile(x, 0.75) - quantile(x, 0.25)),
}


@peer("AggregationLayer", "torch", cases=60)
def aggregation(draw: Draw) -> Case:
    name, function = draw.in_turn(AGGREGATES.items())
    shape = draw.sizes(draw.size(1, 3), 2, 5)
    rank = len(shape)
    first, last = sorted(draw.sizes(2, 1, rank))
    levels, axes = draw.one_of(
        (Code("All"), tuple(range(1, rank + 1))),
        (first, (first,)),
        (-first, (rank + 1 - first,)),
        (Code(f"{first} ;; {last}"), tuple(range(first, last + 1))),
        ((first, last), tuple(sorted({first, last}))),
    )
    return Case(layer("AggregationLayer", Code(name), levels, Input=shape), lambda x, w: function(x["Input"], axes))


@peer("DotLayer", "torch.tensordot")
def dot(draw: Draw) -> Case:
    count = draw.size(2, 3)
    inner = draw.sizes(count + 1)
    shapes = [
        (*inner[i : i + 1], *draw.sizes(draw.size(0, 1)), inner[i + 1])
        if 0 < i < count - 1
        else ((*draw.sizes(draw.size(0, 2)), inner[1]) if i == 0 else (inner[i], *draw.sizes(draw.size(0, 2))))
        for i in range(count)
    ]

    orders = [[int(n) for n in draw.random.permutation(len(shape))] for shape in shapes]
    levels = draw.one_of([], [[[n + 1 for n in order] for order in orders]])
    if levels:
        shapes = [tuple(shape[n] for n in order) for shape, order in zip(shapes, orders, strict=True)]

    def reference(x, w):
        rows = []
        for example in zip(*inputs(x, count), strict=True):
            if levels:
                example = [
                    torch.permute(array, [int(n) for n in np.argsort(order)])
                    for array, order in zip(example, orders, strict=True)
                ]
            y = example[0]
            for right in example[1:]:
                y = torch.tensordot(y, right, 1)
            rows.append(y)
        return torch.stack(rows)

    return Case(layer("DotLayer", *levels, InputPorts=shapes), reference)


@peer("ImageAugmentationLayer", "torch indexing", cases=12)
def image_augmentation(draw: Draw) -> Case:
    """Outside of training: the center."""
    size = draw.sizes(2, 1, 4)
    shape = (draw.size(), *(n + draw.size(0, 4) for n in size))
    top, left = ((n - wanted) // 2 for n, wanted in zip(shape[1:], size, strict=True))
    return Case(
        layer("ImageAugmentationLayer", size, Input=shape),
        lambda x, w: x["Input"][:, :, top : top + size[0], left : left + size[1]],
    )


MODES = {1: "linear", 2: "bilinear", 3: "trilinear"}


@peer("ResizeLayer", "torch.nn.functional.interpolate", cases=48)
def resize(draw: Draw) -> Case:
    rank = draw.size(1, 3)
    shape, size = draw.sizes(rank + 1, 1, 5), draw.sizes(rank, 1, 7)
    options, settings = draw.one_of(
        ({}, {"mode": MODES[rank], "align_corners": True}),
        ({"Scheme": "Bin"}, {"mode": MODES[rank], "align_corners": False}),
        ({"Resampling": "Nearest"}, {"mode": "nearest-exact"}),
    )
    factor = draw.one_of(None, 1, 2, 3)
    size, text = (size, size) if factor is None else (
        tuple(n * factor for n in shape[1:]), (Code(f"Scaled[{factor}]"),) * rank
    )  # fmt: skip
    last = draw.one_of(False, True)
    turned = (*shape[1:], shape[0]) if last else shape

    def reference(x, w):
        y = torch.movedim(x["Input"], -1, 1) if last else x["Input"]
        y = F.interpolate(y, size, **settings)
        return torch.movedim(y, 1, -1) if last else y

    return Case(layer("ResizeLayer", text, **options, Interleaving=last, Input=turned), reference)


@peer("SpatialTransformationLayer", "torch.nn.functional.grid_sample")
def spatial_transformation(draw: Draw) -> Case:
    shape, size = (draw.size(1, 3), *draw.sizes(2, 2, 6)), draw.sizes(2, 2, 6)
    given = {"Parameters": np.array([1.0, 0, 0, 0, 1, 0]) + draw.uniform(-0.6, 0.6, draw.batch, 6)}

    def reference(x, w):
        target = (draw.batch, shape[0], *size)
        places = F.affine_grid(x["Parameters"].reshape(-1, 2, 3), target, align_corners=True)
        return F.grid_sample(x["Input"], places, align_corners=True)

    return Case(layer("SpatialTransformationLayer", size, Input=shape), reference, given)


@peer("SequenceLastLayer", "torch indexing", cases=6)
def sequence_last(draw: Draw) -> Case:
    return Case(layer("SequenceLastLayer", Input=draw.sizes(draw.size(1, 3))), lambda x, w: x["Input"][:, -1])


@peer("SequenceMostLayer", "torch indexing", cases=6)
def sequence_most(draw: Draw) -> Case:
    return Case(layer("SequenceMostLayer", Input=draw.sizes(draw.size(1, 3), 2)), lambda x, w: x["Input"][:, :-1])


@peer("SequenceRestLayer", "torch indexing", cases=6)
def sequence_rest(draw: Draw) -> Case:
    return Case(layer("SequenceRestLayer", Input=draw.sizes(draw.size(1, 3), 2)), lambda x, w: x["Input"][:, 1:])


@peer("SequenceReverseLayer", "torch.flip", cases=6)
def sequence_reverse(draw: Draw) -> Case:
    return Case(layer("SequenceReverseLayer", Input=draw.sizes(draw.size(1, 3))), lambda x, w: x["Input"].flip(1))


@peer("SequenceIndicesLayer", "torch.arange", cases=6)
def sequence_indices(draw: Draw) -> Case:
    shape, most = draw.sizes(draw.size(1, 3)), draw.one_of(None, 2, 4)
    options = {} if most is None else {"Maximum": most}
    return Case(
        layer("SequenceIndicesLayer", **options, Input=shape),
        lambda x, w: torch.arange(1, shape[0] + 1).clamp(max=most or shape[0]).expand(draw.batch, -1),
    )


@peer("UnitVectorLayer", "torch.nn.functional.one_hot", cases=12)
def unit_vector(draw: Draw) -> Case:
    shape, classes = draw.sizes(draw.size(0, 2)), draw.size(1, 6)
    given = {"Input": draw.integers(1, classes, draw.batch, *shape)}
    return Case(layer("UnitVectorLayer", classes, Input=shape), lambda x, w: F.one_hot(x["Input"] - 1, classes), given)


@peer("EmbeddingLayer", "torch.nn.functional.embedding", cases=12)
def embedding(draw: Draw) -> Case:
    shape, size, classes = draw.sizes(draw.size(0, 2)), draw.size(), draw.size(1, 6)
    given = {"Input": draw.integers(1, classes, draw.batch, *shape)}
    text = layer("EmbeddingLayer", size, classes, Input=shape)
    return Case(text, lambda x, w: F.embedding(x["Input"] - 1, w["Weights"]), given)
