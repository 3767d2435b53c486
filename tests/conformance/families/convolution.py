"""Convolution, deconvolution and pooling, in one, two and three dimensions."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from tests.conformance.peers import Case, Draw, layer, peer

CONVOLUTIONS = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
DECONVOLUTIONS = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}


def padded(x, pairs, value=0.0):
    """Gives an array (b, c, *s) with a padding (before, after) of each dimension."""
    return F.pad(x, [n for pair in reversed(pairs) for n in pair], value=value)


def same(sizes, spread, stride):
    """Gives the padding with which the output has Ceiling[input/stride] places, the odd one after."""
    totals = [max(0, (-(-n // s) - 1) * s + k - n) for n, k, s in zip(sizes, spread, stride, strict=True)]
    return [(total // 2, total - total // 2) for total in totals]


def turned(draw: Draw, function, shape):
    """Gives a function of arrays with the channels first, its input's dimensions and option, maybe with them last."""
    if draw.one_of(True, True, False):
        return (lambda x, w: function(x["Input"], w)), {"Input": shape}
    return (lambda x, w: torch.movedim(function(torch.movedim(x["Input"], -1, 1), w), 1, -1)), {
        "Interleaving": True,
        "Input": (*shape[1:], shape[0]),
    }


def paddings(draw: Draw, sizes, spread, stride, most=2):
    """Gives a setting of PaddingSize, and what it means."""
    each = [(draw.size(0, most), draw.size(0, most)) for _ in sizes]
    number = draw.size(0, most)
    return draw.one_of(
        (number, [(number, number)] * len(sizes)),
        (each, each),
        ([before for before, _ in each], [(before, before) for before, _ in each]),
        ("Same", same(sizes, spread, stride)),
    )


@peer("ConvolutionLayer", "torch.nn.functional.conv", cases=60)
def convolution(draw: Draw) -> Case:
    rank, groups = draw.in_turn((1, 2, 2, 3)), draw.one_of(1, 1, 2, 3)
    channels, outputs = groups * draw.size(1, 3), groups * draw.size(1, 3)
    kernel, stride, dilation = draw.sizes(rank, 1, 3), draw.sizes(rank, 1, 3), draw.sizes(rank, 1, 2)
    spread = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    sizes = tuple(n + draw.size(0, 4) for n in spread)
    setting, pairs = paddings(draw, sizes, spread, stride)
    biases = draw.one_of({}, {"Biases": None})

    def function(x, w):
        run = CONVOLUTIONS[rank]
        return run(padded(x, pairs), w["Weights"], w.get("Biases"), stride, 0, dilation, groups)

    reference, options = turned(draw, function, (channels, *sizes))
    strides = {"Stride": stride} if draw.one_of(True, False) or len({*stride}) > 1 else {"Stride": stride[0]}
    settings = {"Dilation": dilation, "ChannelGroups": groups, "PaddingSize": setting, **strides, **biases}
    return Case(layer("ConvolutionLayer", outputs, kernel, **settings, **options), reference)


@peer("DeconvolutionLayer", "torch.nn.functional.conv_transpose", cases=48)
def deconvolution(draw: Draw) -> Case:
    rank, groups = draw.in_turn((1, 2, 2, 3)), draw.one_of(1, 1, 2)
    channels, outputs = groups * draw.size(1, 3), groups * draw.size(1, 3)
    kernel, stride, dilation = draw.sizes(rank, 1, 3), draw.sizes(rank, 1, 3), draw.sizes(rank, 1, 2)
    sizes = draw.sizes(rank, 2, 4)
    most = min(kernel) - 1
    each = [(draw.size(0, most), draw.size(0, most)) for _ in sizes]
    setting, cuts = draw.one_of((most, [(most, most)] * rank), (each, each))
    biases = draw.one_of({}, {"Biases": None})

    def function(x, w):
        run = DECONVOLUTIONS[rank]
        y = run(x, w["Weights"], w.get("Biases"), stride, 0, 0, groups, dilation)
        return padded(y, [(-before, -after) for before, after in cuts])

    reference, options = turned(draw, function, (channels, *sizes))
    settings = {"Stride": stride, "Dilation": dilation, "ChannelGroups": groups, "PaddingSize": setting, **biases}
    return Case(layer("DeconvolutionLayer", outputs, kernel, **settings, **options), reference)


@peer("DeconvolutionLayer", "torch.nn.functional.conv_transpose, Same", cases=12)
def deconvolution_of_the_same_size(draw: Draw) -> Case:
    """Stride times the input: what is too much is cut off, what is too little is filled in after."""
    stride, kernel = draw.size(1, 3), draw.size(1, 5)
    excess = max(0, kernel - stride)
    sizes = draw.sizes(2, 2, 4)

    def reference(x, w):
        y = F.conv_transpose2d(x["Input"], w["Weights"], None, stride, output_padding=max(0, stride - kernel))
        before = excess // 2
        y = y[:, :, before : before + stride * sizes[0], before : before + stride * sizes[1]]
        return y + w["Biases"][:, None, None]

    text = layer("DeconvolutionLayer", 2, kernel, Stride=stride, PaddingSize="Same", Input=(3, *sizes))
    return Case(text, reference)


#: Function → what PyTorch makes of a padded array, and what it is padded with.
POOLINGS = {
    "Max": ({1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}, float("-inf")),
    "Mean": ({1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}, 0.0),
    "Total": ({1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}, 0.0),
}


@peer("PoolingLayer", "torch.nn.functional.max_pool and avg_pool", cases=60)
def pooling(draw: Draw) -> Case:
    name, (runs, value) = draw.in_turn(POOLINGS.items())
    rank = draw.size(1, 3)
    kernel, stride = draw.sizes(rank, 1, 3), draw.sizes(rank, 1, 3)
    sizes = tuple(n + draw.size(0, 4) for n in kernel)
    setting, pairs = paddings(draw, sizes, kernel, stride, most=min(kernel) // 2)

    def function(x, w):
        y = runs[rank](padded(x, pairs, value), kernel, stride)
        return y * torch.tensor(kernel).prod() if name == "Total" else y

    reference, options = turned(draw, function, (draw.size(1, 3), *sizes))
    return Case(layer("PoolingLayer", kernel, stride, Function=name, PaddingSize=setting, **options), reference)
