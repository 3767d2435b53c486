"""L2Regularization, GradientClipping and WeightClipping of parts of a net."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wlnet.nets import Net
from wlnet.session import Session

RULES = '{1 -> 1/20, "last" -> None}'
START = (
    'before = NetInitialize[NetChain[<|"first" -> 2, "act" -> Tanh, "last" -> 2|>, "Input" -> 2], RandomSeeding -> 2]; '
)
STEP = "NetTrain[before, {{3., 1.} -> {20., -20.}}, MaxTrainingRounds -> 1, LearningRate -> 1, "


def step(limits: str) -> tuple[Net, Net]:
    """Gives a net before and after a step of plain gradient descent."""
    session = Session()
    after = session.evaluate_term(f'{START}{STEP}Method -> {{"SGD", "Momentum" -> 0{limits}}}]')
    before = session.evaluate_term("before")
    assert isinstance(before, Net)
    assert isinstance(after, Net), session.messages
    return before, after


def gradients() -> dict[Any, np.ndarray]:
    before, after = step("")
    return {key: before.store[key] - after.store[key] for key in before.store}


#: Suboption → function(gradient, value before the step) → value after it, for a limit of 0.05.
EXPECTED = {
    "L2Regularization": lambda gradient, value: value - (gradient + 0.05 * value),
    "GradientClipping": lambda gradient, value: value - np.clip(gradient, -0.05, 0.05),
    "WeightClipping": lambda gradient, value: np.clip(value - gradient, -0.05, 0.05),
}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize(
    ("given", "limited"), [("1/20", {"first", "last"}), (RULES, {"first"}), ('"last" -> 0.05', {"last"})]
)
def test_each_part_has_its_limit(name: str, given: str, limited: set[str]) -> None:
    before, after = step(f', "{name}" -> {given}')
    for key, gradient in gradients().items():
        plain = before.store[key] - gradient
        wanted = EXPECTED[name](gradient, before.store[key]) if key[0] in limited else plain
        np.testing.assert_allclose(after.store[key], wanted, rtol=1e-5, atol=1e-5)


def test_the_discriminator_alone_is_clipped() -> None:
    session = Session()
    net = session.evaluate_term(
        'NetTrain[NetGANOperator[{NetChain[{3, Tanh, 2}, "Input" -> 2], NetChain[{4, Tanh, LinearLayer[{}]}, "Input" -> 2]}, '
        '"Wasserstein"], <|"Sample" -> {{1., 2.}, {2., 1.}}, "Latent" -> {{0., 1.}, {1., 0.}}|>, MaxTrainingRounds -> 3, '
        'Method -> {"ADAM", "Beta1" -> 0.5, "LearningRate" -> 10^-2, "WeightClipping" -> {"Discriminator" -> 0.01}}]'
    )
    assert isinstance(net, Net), session.messages
    largest = {
        side: max(np.abs(a).max() for key, a in net.store.items() if key[0] == side)
        for side in ("Generator", "Discriminator")
    }
    assert largest["Discriminator"] <= np.float32(0.01)
    assert largest["Generator"] > 0.1


@pytest.mark.parametrize("given", ["-1", '{"first" -> -0.1}', '"much"', '{"no such part" -> 1}', "Infinity"])
def test_limits_that_do_not_fit(given: str) -> None:
    session = Session()
    value = session.evaluate_term(f'{START}{STEP}Method -> {{"SGD", "WeightClipping" -> {given}}}]')
    assert str(value) == "$Failed"
    assert len(session.messages) == 1


def test_a_shared_array_has_the_limit_of_its_first_use() -> None:
    session = Session()
    net = session.evaluate_term(
        'NetTrain[NetChain[{LinearLayer[2, "Weights" -> NetArray["W"]], LinearLayer[2, "Weights" -> NetArray["W"]]}, '
        '"Input" -> 2], {{3., 1.} -> {20., -20.}}, MaxTrainingRounds -> 2, Method -> {"ADAM", "WeightClipping" -> {1 -> 0.05}}]'
    )
    assert isinstance(net, Net)
    assert max(np.abs(array).max() for key, array in net.store.items() if "W" in str(key)) <= np.float32(0.05)
    (message,) = map(str, session.messages)
    assert "shmult" in message
    assert "WeightClipping" in message
