"""Optimizers against steps written by hand, and against PyTorch where the definitions coincide."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.training.nets import data, linear_net
from wlnet.errors import NetError
from wlnet.training import OPTIMIZERS, train
from wlnet.training.method import read_method
from wlnet.training.optimizers import option_values
from wlnet.training.slabs import BLOCK, SMALL, Treatment, make_slabs

RATE = 0.01
SIZES = {("small",): (3, 4), ("other",): (5,), ("large",): (SMALL + 1,), ("blocks",): (2, BLOCK)}


def gradients_of(arrays: Any, seed: int) -> Any:
    generator = np.random.default_rng(seed)
    return {key: generator.normal(size=array.shape) for key, array in arrays.items()}


def run(name: str, arrays: Any, treatment: Treatment = Treatment(), steps: int = 5, **options: Any) -> Any:
    """Gives the arrays after some steps on gradients that do not depend on them."""
    chosen = OPTIMIZERS[name]
    slabs = make_slabs(arrays, dict.fromkeys(arrays, treatment), chosen)
    for step in range(1, steps + 1):
        gradients = gradients_of(arrays, step)
        for slab in slabs:
            slab.collect(gradients, only=True, first=True)
            slab.apply(RATE, option_values(chosen, options))
    return {key: array for slab in slabs for key, array in slab.arrays.items()}


@pytest.fixture
def arrays() -> Any:
    generator = np.random.default_rng(0)
    return {key: generator.normal(size=size) for key, size in SIZES.items()}


TORCH: dict[str, Any] = {
    "ADAM": lambda torch, v: torch.optim.Adam(v, lr=RATE, eps=1e-5),
    "SGD": lambda torch, v: torch.optim.SGD(v, lr=RATE, momentum=0.93),
    "RMSProp": lambda torch, v: torch.optim.RMSprop(v, lr=RATE, alpha=0.95, eps=1e-6, momentum=0.9),
}


@pytest.mark.parametrize("decay", [None, 0.1])
@pytest.mark.parametrize("name", TORCH)
def test_as_in_torch(name: str, decay: Any, arrays: Any) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    values = {key: torch.nn.Parameter(torch.from_numpy(array.copy())) for key, array in arrays.items()}
    peer = TORCH[name](torch, list(values.values()))
    peer.param_groups[0]["weight_decay"] = decay or 0.0
    for step in range(1, 6):
        for key, gradient in gradients_of(arrays, step).items():
            values[key].grad = torch.from_numpy(gradient)
        peer.step()
    for key, found in run(name, arrays, Treatment(decay=decay)).items():
        np.testing.assert_allclose(found, values[key].detach().numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_adam_w_as_in_torch(decay: float, arrays: Any) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    values = {key: torch.nn.Parameter(torch.from_numpy(array.copy())) for key, array in arrays.items()}
    peer = torch.optim.AdamW(list(values.values()), lr=RATE, eps=1e-8, weight_decay=decay)
    for step in range(1, 6):
        for key, gradient in gradients_of(arrays, step).items():
            values[key].grad = torch.from_numpy(gradient)
        peer.step()
    for key, found in run("AdamW", arrays, WeightDecay=decay).items():
        np.testing.assert_allclose(found, values[key].detach().numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_lion_as_in_its_paper(decay: float, arrays: Any) -> None:
    """Algorithm 2 of X. Chen et al. 2023, line by line."""
    values = {key: array.copy() for key, array in arrays.items()}
    means = {key: np.zeros_like(array) for key, array in arrays.items()}
    for step in range(1, 6):
        for key, gradient in gradients_of(arrays, step).items():
            direction = np.sign(0.9 * means[key] + 0.1 * gradient)
            means[key] = 0.99 * means[key] + 0.01 * gradient
            values[key] -= RATE * (direction + decay * values[key])
    for key, found in run("Lion", arrays, WeightDecay=decay).items():
        np.testing.assert_allclose(found, values[key], rtol=1e-9, atol=1e-12)


def test_sign_sgd_steps_by_the_rate(arrays: Any) -> None:
    found = run("SignSGD", arrays, steps=1)
    for key, gradient in gradients_of(arrays, 1).items():
        np.testing.assert_allclose(arrays[key] - found[key], RATE * np.sign(gradient), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_negative_multiplier_goes_the_other_way(name: str, arrays: Any) -> None:
    options = {"WeightDecay": 0.0} if "WeightDecay" in OPTIMIZERS[name].options else {}  # it shrinks either way
    down, up = (run(name, arrays, Treatment(multiplier=m), **options) for m in (1.0, -1.0))
    for key, array in arrays.items():
        np.testing.assert_allclose(array - down[key], up[key] - array, rtol=1e-7, atol=1e-12)


def test_limits(arrays: Any) -> None:
    plain = {"Momentum": 0}
    clipped = run("SGD", arrays, Treatment(gradient_limit=0.5), steps=1, **plain)
    for key, gradient in gradients_of(arrays, 1).items():
        step = RATE * np.clip(gradient, -0.5, 0.5)
        np.testing.assert_allclose(arrays[key] - clipped[key], step, rtol=1e-9, atol=1e-12)
    for array in run("SGD", arrays, Treatment(value_limit=0.25)).values():
        assert np.abs(array).max() == 0.25
    both = run("SGD", arrays, Treatment(decay=0.1, gradient_limit=0.5), steps=1, **plain)
    for key, gradient in gradients_of(arrays, 1).items():
        step = RATE * (np.clip(gradient, -0.5, 0.5) + 0.1 * arrays[key])
        np.testing.assert_allclose(arrays[key] - both[key], step, rtol=1e-9, atol=1e-12)


def test_one_step_of_a_linear_net_by_hand() -> None:
    given = data(5)
    net = train(linear_net(), given, rounds=1).net
    weights, biases = net.store["1", "Weights"], net.store["1", "Biases"]
    x, y = given["Input"], given["Output"]
    slope = 2 * (x @ weights.T + biases - y) / y.size
    moved = train(net, given, rounds=1, method=("SGD", {"Momentum": 0.0}), learning_rate=0.1)
    np.testing.assert_allclose(moved.net.store["1", "Weights"], weights - 0.1 * slope.T @ x, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(moved.net.store["1", "Biases"], biases - 0.1 * slope.sum(0), rtol=1e-5, atol=1e-6)
    assert moved.round_losses[0] == pytest.approx(np.mean((x @ weights.T + biases - y) ** 2), rel=1e-5)


def test_schedules() -> None:
    given = data(8)
    rates: list[float] = []

    def falling(batch: int, batches: int, initial: float) -> float:
        rates.append(initial)
        assert batches == 12
        return 1 - batch / batches

    mine, named = (
        train(
            linear_net(),
            given,
            rounds=3,
            batch_size=2,
            method=("SGD", {"LearningRateSchedule": schedule}),
            learning_rate=0.5,
        )
        for schedule in (falling, "Linear")
    )
    assert rates == [0.5] * 12
    assert mine.initial_learning_rate == 0.5
    assert mine.final_learning_rate == pytest.approx(0.5 / 12)
    np.testing.assert_array_equal(mine.net.store["1", "Weights"], named.net.store["1", "Weights"])


@pytest.mark.parametrize(
    ("method", "rate"),
    [
        ("Adam", None),
        (("SGD", {"Beta1": 0.9}), None),
        (("SGD", {"Momentum": "much"}), None),
        (("SGD", {"LearningRateSchedule": "Cosine"}), None),
        ("SGD", -1.0),
        ("SGD", float("nan")),
    ],
)
def test_methods_that_do_not_exist(method: Any, rate: Any) -> None:
    with pytest.raises(NetError):
        read_method(method, rate)
