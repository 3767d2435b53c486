"""What happens at the edges: zeros, ties, large numbers, batches."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wlnet.compute import OPERATIONS, Workspace
from wlnet.compute.numpy_ops import numpy_ops as ops
from wlnet.compute.tape import TapeOps, gradients

BATCHED = [
    "batch_normalization_test",
    "contrastive_loss",
    "convolution",
    "cross_entropy_binary",
    "cross_entropy_index",
    "cross_entropy_probabilities",
    "log_softmax",
    "mean_absolute_loss",
    "mean_squared_loss",
    "pooling",
    "ramp",
    "sigmoid_cross_entropy",
    "softmax",
    "softmax_cross_entropy_index",
    "softmax_cross_entropy_probabilities",
    "tanh",
]


def per_example(name: str, place: int) -> bool:
    """Says whether an input of the operation comes with a batch (and is not an array of the net)."""
    return place == 0 or "loss" in name or "entropy" in name


@pytest.mark.parametrize("name", BATCHED)
def test_batch_is_its_examples(name: str) -> None:
    for inputs, settings in OPERATIONS[name].sample(np.random.default_rng(1)):
        together = OPERATIONS[name](*inputs, **settings)
        for i in range(len(inputs[0])):
            one = [x[i : i + 1] if per_example(name, p) and x is not None else x for p, x in enumerate(inputs)]
            np.testing.assert_allclose(OPERATIONS[name](*one, **settings)[0], together[i], rtol=1e-12, atol=1e-13)


def backward(name: str, gradient: np.ndarray, *inputs: Any, **settings: Any) -> tuple[Any, ...]:
    work, operation = Workspace(), OPERATIONS[name]
    output = operation.forward(work, *inputs, **settings)
    assert operation.backward is not None
    needs = tuple(x is not None for x in inputs)
    return operation.backward(work, needs, gradient, output, *inputs, **settings)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropy_of_impossible_class_is_finite(dtype: Any) -> None:
    p, one = np.array([[1, 0], [0, 1]], dtype), np.ones(2, dtype)
    for name, target in (
        ("cross_entropy_index", np.array([2, 2])),
        ("cross_entropy_probabilities", np.array([[0, 1], [0, 1]], dtype)),
        ("cross_entropy_binary", np.array([[0, 1], [0, 1]], dtype)),
    ):
        loss = ops.__getattr__(name)(p, target)
        assert np.isfinite(loss).all()
        assert loss[0] > 80
        assert loss[1] == pytest.approx(0)
        assert np.isfinite(backward(name, one, p, target)[0]).all()


def test_fused_cross_entropies_of_large_numbers() -> None:
    z, one = np.array([[1000.0, -1000.0]], np.float32), np.ones(1, np.float32)
    assert ops.softmax_cross_entropy_index(z, np.array([2]))[0] == 2000
    assert ops.softmax_cross_entropy_index(z, np.array([1]))[0] == 0
    assert ops.softmax_cross_entropy_probabilities(z, np.array([[0.0, 1.0]], np.float32))[0] == 2000
    assert ops.sigmoid_cross_entropy(z, np.array([[0.0, 1.0]], np.float32))[0] == 1000
    np.testing.assert_array_equal(backward("softmax_cross_entropy_index", one, z, np.array([2]))[0], [[1, -1]])


def test_sigmoid_is_accurate_where_small() -> None:
    x = np.array([-1000, -80, -20, 0, 20, 1000], np.float32)
    exact = 1 / (1 + np.exp(-x[1:].astype(float)))
    given = ops.sigmoid(x)
    assert given[0] < 1e-37
    np.testing.assert_allclose(given[1:], exact, rtol=1e-5)


def test_sigmoid_and_softmax_do_not_overflow() -> None:
    with np.errstate(all="raise", under="ignore"):
        big = np.array([-1e4, 1e4], np.float32)
        np.testing.assert_allclose(ops.sigmoid(big), [0, 1], atol=1e-30)
        np.testing.assert_array_equal(ops.softmax(big, axis=0), [0, 1])
        np.testing.assert_array_equal(ops.softplus(big), [0, 1e4])


def test_equal_inputs_share_the_gradient_of_a_maximum() -> None:
    ga, gb = backward("maximum", np.array([1.0, 1.0]), np.array([2.0, 3.0]), np.array([2.0, 1.0]))
    np.testing.assert_array_equal(ga, [0.5, 1])
    np.testing.assert_array_equal(gb, [0.5, 0])


def test_product_with_zeros() -> None:
    x = np.array([[2.0, 0.0, 3.0], [0.0, 0.0, 3.0]])
    (gx,) = backward("product", np.ones(2), x, axes=(1,))
    np.testing.assert_array_equal(gx, [[0, 6, 0], [0, 0, 0]])


def test_power_at_zero() -> None:
    ga, _ = backward("power", np.ones(3), np.zeros(3), np.array([0.0, 1.0, 2.0]))
    np.testing.assert_array_equal(ga, [0, 1, 0])


def test_numbers_as_inputs_keep_the_type() -> None:
    x = np.ones((2, 3), np.float32)
    for name in ("add", "multiply", "divide", "power", "maximum", "mod", "greater", "surd"):
        assert ops.__getattr__(name)(x, 2.0).dtype == np.float32
    assert ops.where(ops.less(x, 3), x, 0.0).dtype == np.float32


def test_surd_and_rounding() -> None:
    with np.errstate(invalid="ignore"):
        np.testing.assert_allclose(ops.surd(np.array([-8.0, 8.0]), 3), [-2, 2])
        np.testing.assert_array_equal(ops.surd(np.array([-4.0, 4.0]), 2), [np.nan, 2])
    np.testing.assert_array_equal(ops.round(np.array([0.5, 1.5, -2.5])), [0, 2, -2])
    np.testing.assert_array_equal(ops.mod(np.array([-1.0, 5.0]), 3), [2, 2])


def test_convolution_in_slabs_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(1)
    for shape in ((3, 4, 3, 3), (6, 4, 3, 2), (4, 2, 3, 3)):
        x, w = generator.normal(size=(6, 4, 7, 8)), generator.normal(size=shape)
        padding = ((1, 1), (1, 1))
        settings = {"stride": (1, 1), "padding": padding, "dilation": (1, 1), "groups": 4 // shape[1]}
        results = []
        for largest in (1 << 24, 4000, 1):
            monkeypatch.setattr("wlnet.compute.families.convolution.LARGEST", largest)
            y = OPERATIONS["convolution"](x, w, None, **settings)
            results.append((y, *backward("convolution", np.cos(y), x, w, None, **settings)[:2]))
        for other in results[1:]:
            for a, b in zip(results[0], other, strict=True):
                np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


def test_convolution_by_views_in_slabs_is_that_of_copied_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(1)
    x, w = generator.normal(size=(5, 8, 9, 17)), generator.normal(size=(9, 8, 2, 3))
    settings = {"stride": (1, 1), "padding": ((1, 0), (1, 1)), "dilation": (2, 1), "groups": 1}
    results = []
    for slab, vain in ((1 << 17, 0), (1 << 17, 1000), (10000, 1000), (1, 1000)):
        monkeypatch.setattr("wlnet.compute.by_views.SLAB", slab)
        monkeypatch.setattr("wlnet.compute.by_views.VAIN", vain)
        y = OPERATIONS["convolution"](x, w, None, **settings)
        results.append((y, *backward("convolution", np.cos(y), x, w, None, **settings)[:2]))
    for other in results[1:]:
        for a, b in zip(results[0], other, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)


def test_convolution_keeps_channels_last_in_memory() -> None:
    x, w = np.ones((2, 3, 6, 6), np.float32), np.ones((4, 3, 3, 3), np.float32)
    settings = {"stride": (1, 1), "padding": ((0, 0), (0, 0)), "dilation": (1, 1), "groups": 1}
    y = ops.ramp(ops.convolution(x, w, None, **settings))
    assert y.transpose(0, 2, 3, 1).flags.c_contiguous


def test_random_mask() -> None:
    work, generator = Workspace(), np.random.default_rng(1)
    settings = {"shape": (100, 100), "keep": 0.8, "generator": generator}
    first, second = (
        np.array(OPERATIONS["random_mask"].forward(work, np.empty(0, np.float32), **settings)) for _ in range(2)
    )
    assert first.dtype == np.float32
    assert set(np.unique(first)) == {np.float32(0), np.float32(1.25)}
    assert first.mean() == pytest.approx(1, abs=0.02)
    assert (first != second).any()


def test_tape_gradient_of_a_composition() -> None:
    tape = TapeOps()
    x, w = np.array([[1.0, 2.0]], np.float32), np.array([[0.5, -1.0]], np.float32)
    value, (gx, gw) = gradients(lambda x, w: tape.sum(tape.tanh(tape.linear(x, w, None)), axes=(0, 1)), (x, w))
    slope = 1 - np.tanh(-1.5) ** 2
    assert value == pytest.approx(np.tanh(-1.5))
    np.testing.assert_allclose(gx, slope * w, rtol=1e-5)
    np.testing.assert_allclose(gw, slope * x, rtol=1e-5)
    assert gx.dtype == gw.dtype == np.float32
