"""Layers that rearrange, resample and look up, against PyTorch's: outputs and gradients."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is the reference of these tests")

from tests.layers.test_against_torch_layers import BATCH, compare  # noqa: E402

F = torch.nn.functional


@pytest.mark.parametrize(
    ("layer", "shape", "mode", "settings"),
    [
        ("ResizeLayer[{7}]", (2, 4), "linear", {"size": 7, "align_corners": True}),
        ("ResizeLayer[{3}]", (2, 8), "linear", {"size": 3, "align_corners": True}),
        ("ResizeLayer[{1}]", (2, 8), "linear", {"size": 1, "align_corners": True}),
        ('ResizeLayer[{7}, "Scheme" -> "Bin"]', (2, 4), "linear", {"size": 7, "align_corners": False}),
        ('ResizeLayer[{3}, "Scheme" -> "Bin"]', (2, 8), "linear", {"size": 3, "align_corners": False}),
        ("ResizeLayer[{5, 9}]", (2, 4, 3), "bilinear", {"size": (5, 9), "align_corners": True}),
        ('ResizeLayer[{5, Scaled[3]}, "Scheme" -> "Bin"]', (2, 4, 3), "bilinear", {"size": (5, 9), "align_corners": False}),
        ("ResizeLayer[{3, 4, 5}]", (2, 2, 3, 4), "trilinear", {"size": (3, 4, 5), "align_corners": True}),
        ("ResizeLayer[{Scaled[2], Scaled[3]}, Resampling -> Nearest]", (2, 4, 3), "nearest", {"size": (8, 9)}),
        ("ResizeLayer[{7, 2}, Resampling -> Nearest]", (2, 4, 5), "nearest-exact", {"size": (7, 2)}),
    ],
)  # fmt: skip
def test_resize_layer(layer: str, shape: tuple[int, ...], mode: str, settings: dict[str, Any]) -> None:
    text = f'{layer[:-1]}, "Input" -> {{{", ".join(map(str, shape))}}}]'
    compare(text, lambda x, w: F.interpolate(x["Input"], mode=mode, **settings))


def test_resize_layer_with_the_channels_last() -> None:
    def reference(x: Any, w: Any) -> Any:
        channels_first = x["Input"].permute(0, 3, 1, 2)
        return F.interpolate(channels_first, (5, 6), mode="bilinear", align_corners=True).permute(0, 2, 3, 1)

    compare('ResizeLayer[{5, 6}, Interleaving -> True, "Input" -> {4, 3, 2}]', reference)


@pytest.mark.parametrize(
    ("padding", "settings"),
    [
        ("2.5", {"mode": "constant", "value": 2.5}),
        ('"Fixed"', {"mode": "replicate"}),
        ('"Reflected"', {"mode": "reflect"}),
    ],
)
def test_padding_layer(padding: str, settings: dict[str, Any]) -> None:
    text = f'PaddingLayer[{{{{0, 0}}, {{1, 2}}, {{3, 0}}}}, Padding -> {padding}, "Input" -> {{2, 4, 5}}]'
    compare(text, lambda x, w: F.pad(x["Input"], (3, 0, 1, 2), **settings))


def test_embedding_layer() -> None:
    numbers = np.array([[1, 4, 1], [5, 5, 5], [2, 3, 4]])
    assert len(numbers) == BATCH
    compare('EmbeddingLayer[2, 5, "Input" -> 3]', lambda x, w: F.embedding(x["Input"] - 1, w["Weights"]), Input=numbers)


def test_transpose_layer() -> None:
    compare(
        'TransposeLayer[{1 <-> 3, 1 <-> 4}, "Input" -> {3, 4, 5, 6}]', lambda x, w: x["Input"].permute(0, 4, 2, 1, 3)
    )
    compare('TransposeLayer[{3, 1, 2}, "Input" -> {4, 5, 6}]', lambda x, w: x["Input"].permute(0, 2, 3, 1))


@pytest.mark.parametrize(
    ("function", "reference"),
    [
        ("Mean", torch.mean),
        ("Total", torch.sum),
        ("Max", torch.amax),
        ("Min", torch.amin),
        ("Variance", torch.var),
        ("StandardDeviation", torch.std),
    ],
)
def test_aggregation_layer(function: str, reference: Any) -> None:
    compare(f'AggregationLayer[{function}, "Input" -> {{2, 3, 4}}]', lambda x, w: reference(x["Input"], dim=(2, 3)))
    compare(
        f'AggregationLayer[{function}, {{1, -1}}, "Input" -> {{2, 3, 4}}]',
        lambda x, w: reference(x["Input"], dim=(1, 3)),
    )
    compare(f'AggregationLayer[{function}, All, "Input" -> {{2, 3}}]', lambda x, w: reference(x["Input"], dim=(1, 2)))


def test_quantiles() -> None:
    """PyTorch's quantile has another definition, which agrees for the median of any number of elements."""
    for count in (4, 5):
        compare(
            f'AggregationLayer[Median, 1, "Input" -> {{{count}, 2}}]',
            lambda x, w: torch.quantile(x["Input"], 0.5, dim=1),
        )


def test_parts() -> None:
    compare('PartLayer[{2 ;; -1, All, -2}, "Input" -> {3, 4, 5}]', lambda x, w: x["Input"][:, 1:, :, -2])
    compare('PartLayer[1 ;; -1 ;; 2, "Input" -> {5, 2}]', lambda x, w: x["Input"][:, ::2])
    compare('PartLayer[-1 ;; 2 ;; -2, "Input" -> {6, 2}]', lambda x, w: x["Input"].flip(1)[:, :5:2])


def test_extract_layer() -> None:
    positions = np.array([[[1, 4], [3, -1]], [[2, 2], [2, 2]], [[-1, -4], [1, 1]]])

    def reference(x: Any, w: Any) -> Any:
        return torch.stack([torch.stack([row[i - (i > 0), j - (j > 0)] for i, j in p]) for row, p in
                            zip(x["Input"], positions.tolist(), strict=True)])  # fmt: skip

    compare('ExtractLayer["Input" -> {3, 4, 2}, "Position" -> {2, 2}]', reference, Position=positions)


def test_append_and_prepend() -> None:
    compare('AppendLayer["Input" -> {3, 2}]', lambda x, w: torch.cat([x["Input"], x["Element"][:, None]], 1))
    compare('PrependLayer["Input" -> {3, 2}]', lambda x, w: torch.cat([x["Element"][:, None], x["Input"]], 1))


def test_replicate_layer() -> None:
    compare(
        'ReplicateLayer[{2, 3}, 2, "Input" -> {4, 5}]',
        lambda x, w: x["Input"][:, :, None, None].expand(-1, -1, 2, 3, -1),
    )
