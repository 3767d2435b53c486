"""Layers that PyTorch has not in the same form: what is random, states, and dropout in recurrent layers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from wlnet.errors import DimensionError
from wlnet.nets import Net
from wlnet.plans import evaluate, gradients
from wlnet.session import Session

MANY = 20000


def made(text: str) -> Net:
    session = Session()
    net = session.evaluate_term(text)
    assert isinstance(net, Net), session.messages
    return net


def run(net: Net, training: bool = False, seed: int = 1, **inputs: np.ndarray) -> dict[str, np.ndarray]:
    batch = len(next(iter(inputs.values()))) if inputs else 1
    return evaluate(net, inputs, batch, training=training, seed=seed, dtype=np.float64)[0]


def test_dropout_keeps_the_mean_and_tells_what_it_dropped() -> None:
    x = np.random.default_rng(0).normal(2, 1, (2, MANY))
    made_of = run(made('DropoutLayer[0.3, "OutputPorts" -> {"Output", "BinaryMask"}]'), training=True, Input=x)
    mask = made_of["BinaryMask"]
    assert set(np.unique(mask)) == {0.0, 1.0}
    np.testing.assert_allclose(made_of["Output"], x * mask / 0.7)
    assert abs(mask.mean() - 0.7) < 0.02
    assert not np.array_equal(mask[0], mask[1])


def test_alpha_dropout_keeps_mean_and_variance() -> None:
    x = np.random.default_rng(0).normal(0, 1, (1, 10 * MANY))
    y = run(made('DropoutLayer[0.4, Method -> "AlphaDropout"]'), training=True, Input=x)["Output"]
    assert abs(y.mean()) < 0.02
    assert abs(y.var() - 1) < 0.02


RECURRENT = ("BasicRecurrentLayer", "GatedRecurrentLayer", "LongShortTermMemoryLayer")


def recurrent(name: str, options: str = "") -> Net:
    net = made(f'NetInitialize[{name}[3, "Input" -> {{4, 2}}{options}]]')
    generator = np.random.default_rng(5)
    return net.with_arrays({key: generator.normal(size=value.shape) for key, value in net.store.items()})


def without(net: Net, part: str) -> Net:
    """Gives the net with zeros for the arrays whose name has this part."""
    return net.with_arrays({key: value * (part not in str(key[-1])) for key, value in net.store.items()})


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize(
    ("method", "lost"),
    [
        ("VariationalInput", "InputWeights"),
        ("VariationalState", "StateWeights"),
        ("VariationalWeights", "StateWeights"),
    ],
)
def test_dropping_everything_is_having_no_weights(name: str, method: str, lost: str) -> None:
    net = recurrent(name, f', "Dropout" -> {{"{method}" -> 1}}')
    x = np.random.default_rng(6).normal(size=(2, 4, 2))
    np.testing.assert_allclose(
        run(net, training=True, Input=x)["Output"], run(without(net, lost), Input=x)["Output"], atol=1e-12
    )
    assert not np.allclose(run(net, Input=x)["Output"], run(without(net, lost), Input=x)["Output"])


@pytest.mark.parametrize("name", RECURRENT)
def test_variational_dropout_drops_the_same_in_every_step(name: str) -> None:
    net = recurrent(name, ', "Dropout" -> {"VariationalInput" -> 0.5}')
    x = np.random.default_rng(6).normal(size=(1, 4, 2))
    masked = [run(net, Input=x * mask)["Output"] for mask in ([0, 0], [0, 2], [2, 0], [2, 2])]
    found = run(net, training=True, Input=x)["Output"]
    assert any(np.allclose(found, y) for y in masked)


@pytest.mark.parametrize("name", RECURRENT)
def test_a_sequence_may_be_taken_in_two_parts(name: str) -> None:
    session = Session()
    ports = ("State", "CellState") if name == "LongShortTermMemoryLayer" else ("State",)
    connections = [
        f'NetPort["First{p}"] -> NetPort[{{1, "{p}"}}], NetPort[{{1, "{p}"}}] -> NetPort["Last{p}"]' for p in ports
    ]
    session.evaluate(f'layer = NetInitialize[{name}[3, "Input" -> {{"Varying", 2}}]]')
    net = session.evaluate_term(f'NetGraph[{{layer}}, {{1 -> NetPort["Output"], {", ".join(connections)}}}]')
    assert isinstance(net, Net), session.messages
    x = np.random.default_rng(7).normal(size=(2, 5, 2))
    states = {f"First{p}": np.zeros((2, 3)) for p in ports}
    whole = run(net, Input=x, **states)
    first = run(net, Input=x[:, :2], **states)
    second = run(net, Input=x[:, 2:], **{f"First{p}": first[f"Last{p}"] for p in ports})
    np.testing.assert_allclose(np.concatenate((first["Output"], second["Output"]), axis=1), whole["Output"])
    np.testing.assert_allclose(whole["LastState"], whole["Output"][:, -1])


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("NormalDistribution[1, 2]", stats.norm(1, 2)),
        ("NormalDistribution[]", stats.norm()),
        ("UniformDistribution[{2, 5}]", stats.uniform(2, 3)),
        ("ExponentialDistribution[2]", stats.expon(scale=0.5)),
        ("GammaDistribution[2, 3]", stats.gamma(2, scale=3)),
        ("ErlangDistribution[2, 3]", stats.erlang(2, scale=1 / 3)),
        ("InverseGammaDistribution[3, 2]", stats.invgamma(3, scale=2)),
        ("ExpGammaDistribution[2, 3, 1]", stats.loggamma(2, loc=1, scale=3)),
        ("ChiSquareDistribution[3]", stats.chi2(3)),
        ("ChiDistribution[3]", stats.chi(3)),
        ("MaxwellDistribution[2]", stats.maxwell(scale=2)),
        ("RayleighDistribution[2]", stats.rayleigh(scale=2)),
        ("HalfNormalDistribution[2]", stats.halfnorm(scale=np.sqrt(np.pi / 2) / 2)),
        ("WeibullDistribution[2, 3]", stats.weibull_min(2, scale=3)),
        ("NakagamiDistribution[2, 3]", stats.nakagami(2, scale=np.sqrt(3))),
    ],
)
def test_random_numbers_are_distributed_as_said(text: str, reference: Any) -> None:
    values = run(made(f'RandomArrayLayer[{text}, "Output" -> {MANY}]'))["Output"]
    assert stats.kstest(values[0], reference.cdf).statistic < 0.015


def test_log_gamma_numbers() -> None:
    values = run(made(f'RandomArrayLayer[LogGammaDistribution[2, 0.5, 3], "Output" -> {MANY}]'))["Output"]
    assert stats.kstest(np.log(values[0] + 1 - 3), stats.gamma(2, scale=0.5).cdf).statistic < 0.015


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("PoissonDistribution[3]", stats.poisson(3)),
        ("BernoulliDistribution[0.3]", stats.bernoulli(0.3)),
        ("BinomialDistribution[5, 0.3]", stats.binom(5, 0.3)),
        ("NegativeBinomialDistribution[3, 0.4]", stats.nbinom(3, 0.4)),
        ("DiscreteUniformDistribution[{2, 5}]", stats.randint(2, 6)),
    ],
)
def test_random_integers_are_distributed_as_said(text: str, reference: Any) -> None:
    values = run(made(f'RandomArrayLayer[{text}, "Output" -> {MANY}]'))["Output"][0]
    for k in range(6):
        assert abs((values == k).mean() - reference.pmf(k)) < 0.015


def test_parameters_that_move_and_scale_have_gradients() -> None:
    net = made("RandomArrayLayer[NormalDistribution[#Mean, #Deviation] &]")
    inputs = {"Mean": np.full((1, 5), 3.0), "Deviation": np.full((1, 5), 2.0)}
    found = gradients(net, inputs, 1, list(inputs), dtype=np.float64)
    np.testing.assert_allclose(found["Mean"], 1)
    assert np.unique(found["Deviation"]).size == 5


def test_numbers_that_a_distribution_cannot_have() -> None:
    assert np.isnan(
        run(made("RandomArrayLayer[PoissonDistribution[#] &]"), Input=np.full((1, 1), -1.0))["Output"]
    ).all()


def test_crops_in_training_are_parts_of_the_image() -> None:
    net = made('ImageAugmentationLayer[{2, 3}, "ReflectionProbabilities" -> {0, 0.5}, "Input" -> {2, 4, 5}]')
    image = np.arange(40.0).reshape(1, 2, 4, 5)
    found = run(net, training=True, Input=np.repeat(image, 500, 0))["Output"]
    parts = {
        side[:, row : row + 2, column : column + 3].tobytes()
        for side in (image[0], image[0, :, :, ::-1])
        for row in range(3)
        for column in range(3)
    }
    assert {part.tobytes() for part in found} == parts


def test_a_target_that_no_path_gives_is_told_and_one_that_just_fits_is_not() -> None:
    net = made('CTCLossLayer["Input" -> {"Varying", 3}, "Target" -> {2, "Integer"}]')
    inputs = {"Input": np.full((2, 2, 3), 1 / 3), "Target": np.array([[1, 2], [1, 1]])}
    with pytest.raises(DimensionError, match=r"\{1, 1\} needs a sequence of 3 steps.* but one of 2 came"):
        run(net, **inputs)
    longer = {**inputs, "Input": np.full((2, 3, 3), 1 / 3)}  # 1 blank 1 is the only path to {1, 1}
    np.testing.assert_allclose(run(net, **longer)["Loss"], [np.log(27 / 5), np.log(27)], rtol=1e-6)
    found = gradients(net, longer, 2, ["Input"], dtype=np.float64)["Input"]
    np.testing.assert_allclose(found[1], [[-3, 0, 0], [0, 0, -3], [-3, 0, 0]])
