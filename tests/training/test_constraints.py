"""What NetArray says of the training of an array: it is frozen, or held to a constraint, whatever the method."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wlnet.builtins.nets.training.options import constraint_function
from wlnet.errors import NetError
from wlnet.nets import Net, Shared
from wlnet.nets.constraints import said
from wlnet.plans import gradients
from wlnet.session import Session
from wlnet.terms import FALSE, TRUE, Association, Term
from wlnet.training import OPTIMIZERS, Watcher, train

DATA = {"Input": np.random.default_rng(0).normal(size=(24, 3)), "Output": np.random.default_rng(1).normal(size=(24, 3))}
HARSH = {"L2Regularization": 0.1, "WeightClipping": 0.05, "GradientClipping": 0.5}


def net_of(properties: str) -> Net:
    """Gives a net with an array that has these properties, used twice, and one of its own that has them too."""
    return evaluated(f"""NetInitialize[NetChain[{{LinearLayer[3, "Weights" -> NetArray[<|"Name" -> "W", {properties}|>]], Tanh,
        LinearLayer[3, "Weights" -> NetArray["W"]], Tanh, LinearLayer[3, "Biases" -> NetArray[<|"Name" -> None, {properties}|>]]}},
        "Input" -> 3]]""")


def evaluated(text: str) -> Any:
    session = Session()
    found = session.evaluate_term(text)
    assert not session.messages, session.messages
    return found


WISHED = (Shared("W"), ("5", "Biases"))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("options", [{}, HARSH], ids=["plain", "limited"])
def test_a_frozen_array_stays_to_the_bit(optimizer: str, options: dict[str, float]) -> None:
    net = net_of('"Trainable" -> False')
    result = train(net, DATA, rounds=3, batch_size=8, method=(optimizer, options), multipliers=5, learning_rate=0.1)
    for key, array in net.store.items():
        assert (result.net.store[key].tobytes() == array.tobytes()) == (key in WISHED), key


def unit_lengths(array: np.ndarray) -> np.ndarray:
    return np.linalg.norm(array.reshape(len(array) if array.ndim > 1 else 1, -1), axis=1)


#: Constraint → whether an array obeys it.
OBEYS: dict[str, Callable[[np.ndarray], Any]] = {
    '"UnitNorm"': lambda a: np.allclose(unit_lengths(a), 1, atol=1e-6),
    '{"MaxNorm", 0.5}': lambda a: unit_lengths(a).max() <= 0.5 + 1e-6,
    '"NonNegative"': lambda a: a.min() >= 0,
    '{"Clip", {-1/100, 0.02}}': lambda a: a.min() >= -0.01 - 1e-8 and a.max() <= 0.02 + 1e-8,
    "(Round[#, 0.25] &)": lambda a: np.allclose(a * 4, np.round(a * 4)),
}


@pytest.mark.parametrize("constraint", OBEYS)
@pytest.mark.parametrize("optimizer", ["ADAM", "SGD"])
def test_a_constraint_holds_after_every_round(constraint: str, optimizer: str) -> None:
    net = net_of(f'"Constraint" -> {constraint}')
    seen: list[Net] = []
    session = Session()
    result = train(
        net, DATA, rounds=4, batch_size=8, method=optimizer, learning_rate=0.05, function=constraint_function(session.kernel),
        watchers=[Watcher(lambda progress: seen.append(progress.net()))],
    )  # fmt: skip
    assert len(seen) >= 4
    for made in (*seen, result.net):
        for key in WISHED:
            assert OBEYS[constraint](made.store[key]), (key, made.store[key])
    assert not np.array_equal(result.net.store[Shared("W")], net.store[Shared("W")])


@pytest.mark.parametrize("constraint", ['"UnitNorm"', '{"MaxNorm", 0.5}', '"NonNegative"', '{"Clip", {-0.1, 0.2}}'])
def test_a_step_ends_at_the_nearest_array_that_obeys(constraint: str) -> None:
    """One step without the constraint, and then the nearest point by a search over others that obey."""
    free, held = net_of('"Trainable" -> True'), net_of(f'"Constraint" -> {constraint}')
    settings: dict[str, Any] = {"rounds": 1, "batch_size": 24, "method": "SGD", "learning_rate": 0.5}
    loose, found = (train(net, DATA, **settings).net.store[Shared("W")] for net in (free, held))
    distance = np.linalg.norm(found - loose)
    generator = np.random.default_rng(3)
    for _ in range(300):
        other = found + generator.normal(scale=0.05, size=found.shape)
        rows = unit_lengths(other)[:, None]
        other = {
            '"UnitNorm"': other / rows,
            '{"MaxNorm", 0.5}': other * np.minimum(1, 0.5 / rows),
            '"NonNegative"': np.maximum(other, 0),
            '{"Clip", {-0.1, 0.2}}': np.clip(other, -0.1, 0.2),
        }[constraint]
        assert np.linalg.norm(other - loose) >= distance - 1e-6


def test_zeros_can_have_norm_one() -> None:
    net = evaluated(
        'LinearLayer[2, "Weights" -> NetArray[<|"Name" -> None, "Array" -> {{0, 0}, {0, 0}}, "Constraint" -> "UnitNorm"|>]]'
    )
    data = {"Input": np.zeros((2, 2)), "Output": np.ones((2, 2))}
    np.testing.assert_allclose(train(net, data, rounds=1).net.store["Weights",], np.full((2, 2), 0.5**0.5), rtol=1e-6)


def test_a_frozen_array_is_not_held_to_a_constraint() -> None:
    net = net_of('"Trainable" -> False, "Constraint" -> "NonNegative"')
    np.testing.assert_array_equal(train(net, DATA, rounds=1).net.store[Shared("W")], net.store[Shared("W")])


def test_constants_stay_when_everything_is_initialized_anew() -> None:
    """Those of NetArray, and those in the formula of a FunctionLayer."""
    for text in (
        'NetArrayLayer["Array" -> NetArray[<|"Name" -> None, "Array" -> {1, 2}, "Trainable" -> False|>]]',
        'FunctionLayer[{1, 2} + 0 * Total[#] &, "Input" -> 2]',
    ):
        net = evaluated(f"NetInitialize[{text}, All]")
        (array,) = net.store.values()
        np.testing.assert_array_equal(array, [1, 2])


def test_the_gradient_of_a_frozen_array_is_there() -> None:
    frozen, free = net_of('"Trainable" -> False'), net_of('"Trainable" -> True')
    inputs = {"Input": DATA["Input"]}
    found, expected = (gradients(net, inputs, 24, list(WISHED)) for net in (frozen, free))
    for key in WISHED:
        np.testing.assert_array_equal(found[key], expected[key])
        assert found[key].any()


PROPERTIES = '"Trainable" -> False, "Constraint" -> {"MaxNorm", 2}'


@pytest.mark.parametrize(
    "text",
    [
        "net",
        "ToExpression[Information[net, \"InputForm\"]]",
        "Import[Export[FileNameJoin[{CreateDirectory[], \"a.wlnet\"}], net]]",
        "NetTake[net, {1, 5}]",
        "NetAppend[net, Tanh]",
        "NetJoin[net, NetChain[{2}]]",
        "NetRename[net, 5 -> \"5\"]",
        "NetReplacePart[net, {5, \"Biases\"} -> {1, 2, 3}]",
        "NetInitialize[net, All]",
        "NetTrain[net, {{1, 2, 3} -> {1, 2, 3}}, MaxTrainingRounds -> 1]",
        "NetInsertSharedArrays[net]",
        "NetReplacePart[net, \"Input\" -> 3]",
    ],
)  # fmt: skip
def test_what_is_said_stays_said(text: str) -> None:
    session = Session()
    session.evaluate_term(f"""net = NetInitialize[NetChain[{{LinearLayer[3, "Weights" -> NetArray[<|"Name" -> "W", {PROPERTIES}|>]], Tanh,
        3, Tanh, LinearLayer[3, "Biases" -> NetArray[<|"Name" -> None, {PROPERTIES}|>]]}}, "Input" -> 3]]""")
    net = session.evaluate_term(text)
    assert isinstance(net, Net), (net, session.messages)
    wished = {key: (said(net, key, "trainable"), said(net, key, "constraint")) for key in net.positions}
    assert sum(value == (False, said(net, Shared("W"), "constraint")) for value in wished.values()) == 2
    assert said(net, Shared("W"), "constraint").numbers == (2.0,)


@pytest.mark.parametrize(
    "properties",
    [
        '"Trainable" -> 0', '"Constraint" -> "Orthogonal"', '"Constraint" -> {"MaxNorm", -1}', '"Constraint" -> {"MaxNorm"}',
        '"Constraint" -> {"Clip", {2, 1}}', '"Constraint" -> {"Clip", 1}', '"Constraint" -> 3', '"Constraint" -> {}',
        '"Constraint" -> {"NonNegative", 1}',
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told(properties: str) -> None:
    session = Session()
    session.evaluate_term(f'LinearLayer[2, "Weights" -> NetArray[<|"Name" -> "W", {properties}|>]]')
    (message,) = session.messages
    assert message.startswith("LinearLayer::array: ")
    assert '" of NetArray, not NetArray[' in message


def test_uses_that_disagree_are_named() -> None:
    session = Session()
    uses = ", ".join(
        f'LinearLayer[2, "Weights" -> NetArray[<|"Name" -> "W", "Constraint" -> {c}|>]]'
        for c in ("NonNegative", "UnitNorm")
    )
    session.evaluate_term(f"NetChain[{{{uses}}}]")
    assert session.messages[0].startswith('NetChain::shprop: the shared array NetArray["W"] has another "Constraint"')
    assert '{1, "Weights"}' in session.messages[0]
    assert '{2, "Weights"}' in session.messages[0]


def test_a_function_needs_the_language() -> None:
    with pytest.raises(NetError, match="kept by NetTrain"):
        train(net_of('"Constraint" -> Abs'), DATA, rounds=1)


def test_information_shows_it(tmp_path: Path) -> None:
    session = Session()
    session.evaluate_term(
        f'net = NetChain[{{LinearLayer[3, "Weights" -> NetArray[<|"Name" -> "W", {PROPERTIES}|>]], Tanh}}]'
    )
    shown = session.evaluate_term("ToString[net]")
    assert 'Weights = NetArray["W"]  Weights not trained, Weights held to {"MaxNorm", 2.}' in shown
    found: Term = session.evaluate_term('Information[net, "ArraysConstraints"]')
    assert type(found) is Association
    assert session.evaluate_term('Information[net, "ArraysConstraints"][NetArray["W"]] === {"MaxNorm", 2.}') is TRUE
    assert session.evaluate_term('Information[net, "ArraysLearningRateMultipliers"][NetArray["W"]] === 1') is FALSE
