"""Losses: one number for each example."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.interchange.onnx.writing.declare import says
from wlnet.interchange.onnx.writing.graph import Graph, Value
from wlnet.interchange.onnx.writing.numbers import Numbers
from wlnet.interchange.onnx.writing.sizes import Sizes

TINY = float(np.finfo(np.float32).tiny)


def example_means(g: Graph, values: Value, shape: Sizes) -> Value:
    """Gives the mean over all but the first axis."""
    values.shape = shape
    return g.reduce("Mean", values, range(1, len(shape)))


@says("mean_squared_loss")
def mean_squared_loss(g: Graph, x: Value, t: Value, out: Any) -> Value:
    away = x - t
    return example_means(g, away * away, x.dims)


@says("mean_absolute_loss")
def mean_absolute_loss(g: Graph, x: Value, t: Value, out: Any) -> Value:
    return example_means(g, g.node("Abs", x - t), x.dims)


@says("contrastive_loss")
def contrastive_loss(g: Graph, d: Value, t: Value, out: Any, margin: float) -> Value:
    return example_means(g, g.where(t, g.node("Relu", margin - d), d), d.dims)


def logarithm(g: Graph, p: Value) -> Value:
    """Gives the logarithm of probabilities, those of zero raised to the smallest number."""
    return g.node("Log", Numbers(g).maximum(p, TINY))


@says("cross_entropy_index", whole=(1,))
def cross_entropy_index(g: Graph, p: Value, t: Value, out: Any) -> Value:
    last = p.ndim - 1
    picked = g.node("GatherElements", p, g.unsqueeze(t - 1, last), axis=last)
    return example_means(g, -logarithm(g, g.squeeze(picked, last)), p.dims[:-1])


@says("cross_entropy_probabilities")
def cross_entropy_probabilities(g: Graph, p: Value, t: Value, out: Any) -> Value:
    products = t * logarithm(g, p)
    products.shape = p.dims
    return example_means(g, -g.reduce("Sum", products, [p.ndim - 1]), p.dims[:-1])


@says("cross_entropy_binary")
def cross_entropy_binary(g: Graph, p: Value, t: Value, out: Any) -> Value:
    values = t * logarithm(g, p) + (1 - t) * logarithm(g, 1 - p)
    return example_means(g, -values, p.dims)
