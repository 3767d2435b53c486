"""Initial values: their distributions, their seeds, and the numbers themselves, which stay from release to release."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from scipy import stats

from wlnet.nets import Net
from wlnet.session import Session

LARGE = 'LinearLayer[60, "Input" -> 150]'
FANS = 150, 60


def weights(method: str, net: str = LARGE, more: str = "") -> np.ndarray:
    session = Session()
    made = session.evaluate_term(f"NetInitialize[{net}, Method -> {method}{more}]")
    assert isinstance(made, Net), session.messages
    return made.store["Weights",]


#: Method → the distribution from which the weights of LARGE must come.
DISTRIBUTIONS: dict[str, Any] = {
    '"Kaiming"': stats.norm(0, (2 / 150) ** 0.5),
    "Automatic": stats.norm(0, (2 / 150) ** 0.5),
    '{"Kaiming", "Distribution" -> "Normal"}': stats.norm(0, (2 / 150) ** 0.5),
    '{"Kaiming", "Distribution" -> "Uniform"}': stats.uniform(-((6 / 150) ** 0.5), 2 * (6 / 150) ** 0.5),
    '"Xavier"': stats.norm(0, (2 / 210) ** 0.5),
    '{"Xavier", "Distribution" -> "Uniform"}': stats.uniform(-((6 / 210) ** 0.5), 2 * (6 / 210) ** 0.5),
    '{"Xavier", "FactorType" -> "In"}': stats.norm(0, (1 / 150) ** 0.5),
    '{"Xavier", "FactorType" -> "Out"}': stats.norm(0, (1 / 60) ** 0.5),
    '"Random"': stats.norm(0, 1),
    '{"Random", "Weights" -> 1/4}': stats.norm(0, 0.25),
    '{"Random", "Weights" -> NormalDistribution[2, 0.5]}': stats.norm(2, 0.5),
    '{"Random", "Weights" -> UniformDistribution[{-1, 3}]}': stats.uniform(-1, 4),
    '{"Random", "Weights" -> UniformDistribution[]}': stats.uniform(0, 1),
}


@pytest.mark.parametrize("method", DISTRIBUTIONS)
def test_weights_have_the_distribution_of_the_method(method: str) -> None:
    array, wanted = weights(method), DISTRIBUTIONS[method]
    count = array.size
    assert stats.kstest(array.reshape(-1), wanted.cdf).pvalue > 0.01
    assert abs(array.mean() - wanted.mean()) < 4 * wanted.std() / count**0.5
    assert array.std() == pytest.approx(wanted.std(), rel=0.03)


@pytest.mark.parametrize("net", ['LinearLayer[3, "Input" -> 5]', 'LinearLayer[5, "Input" -> 3]', 'LinearLayer[4, "Input" -> 4]',
                                 'ConvolutionLayer[6, 2, "Input" -> {3, 5, 5}]'])  # fmt: skip
def test_orthogonal_rows_or_columns(net: str) -> None:
    array = weights('"Orthogonal"', net).astype(np.float64)
    matrix = array.reshape(len(array), -1)
    product = matrix @ matrix.T if matrix.shape[0] <= matrix.shape[1] else matrix.T @ matrix
    np.testing.assert_allclose(product, np.eye(len(product)), atol=1e-6)


def test_orthogonal_matrices_prefer_no_direction() -> None:
    """With the signs of the triangular factor they are spread evenly: the first number of a 3×3 one is uniform."""
    first = [
        weights('"Orthogonal"', 'LinearLayer[3, "Input" -> 3]', f", RandomSeeding -> {i}")[0, 0] for i in range(150)
    ]
    assert stats.kstest(first, stats.uniform(-1, 2).cdf).pvalue > 0.01


def test_identity_and_its_noise() -> None:
    array = weights('"Identity"')
    noise = array - np.eye(60, 150)
    assert stats.kstest(noise.reshape(-1), stats.norm(0, 0.01).cdf).pvalue > 0.01
    kernel = weights('{"Identity", "Distribution" -> 0}', 'ConvolutionLayer[2, 3, "Input" -> {2, 5, 5}]')
    expected = np.zeros((2, 2, 3, 3))
    expected[[0, 1], [0, 1], 1, 1] = 1
    np.testing.assert_array_equal(kernel, expected)


#: Method → the checksum of the bits of a 4×3 array, and its first number; "Orthogonal" depends on the last bits of LAPACK.
PINNED = {
    '"Kaiming"': (1811662130, 0.1984209),
    '{"Kaiming", "Distribution" -> "Uniform"}': (558825592, -0.2562085),
    '"Xavier"': (2203675087, 0.129897),
    '{"Xavier", "FactorType" -> "In", "Distribution" -> "Uniform"}': (1685501166, -0.1811668),
    '"Orthogonal"': (None, 0.2067277),
    '"Random"': (4241430562, 0.243015),
    '"Identity"': (1392528372, 1.00243),
    '"Zeros"': (4069045141, 0),
    '"Ones"': (548541499, 1),
}


@pytest.mark.parametrize("method", PINNED)
def test_the_numbers_of_a_seed_stay(method: str) -> None:
    array = weights(method, 'LinearLayer[4, "Input" -> 3]', ', RandomSeeding -> "pin"')
    checksum, first = PINNED[method]
    assert array[0, 0] == pytest.approx(first, abs=1e-6)
    assert checksum in (None, zlib.crc32(np.ascontiguousarray(array, "<f4").tobytes()))


SEEDING = """net = NetChain[{3, Ramp, 2}, "Input" -> 4];
made[seed_] := NetInitialize[net, RandomSeeding -> seed];"""


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ("made[1] === made[1]", True),
        ("made[1] === made[2]", False),
        ('made["a"] === made["a"]', True),
        ('made["a"] === made["b"]', False),
        ("NetInitialize[net] === made[1234]", True),
        ("made[Automatic] === made[Automatic]", False),
        ("made[Inherited] === made[Inherited]", False),
        ("(SeedRandom[5]; made[Inherited]) === (SeedRandom[5]; made[Inherited])", True),
        ("(SeedRandom[5]; made[Inherited]) === (SeedRandom[6]; made[Inherited])", False),
        ("NetInitialize[made[1], RandomSeeding -> 2] === made[1]", True),
        ("NetInitialize[made[1], All, RandomSeeding -> 2] === made[2]", True),
        ("made[1][[1]] === NetInitialize[NetChain[{3, Tanh, 5}, \"Input\" -> 4], RandomSeeding -> 1][[1]]", True),
    ],
)  # fmt: skip
def test_seeds(session: Session, test: str, holds: bool) -> None:
    assert session.evaluate(f"{SEEDING} {test}") is holds
    assert session.messages == []


def test_random_biases_are_those_of_trained_arrays_alone(session: Session) -> None:
    """Moving statistics, and scalings, begin as they must."""
    session.evaluate(
        'layer = NetInitialize[BatchNormalizationLayer["Input" -> {3, 2}], Method -> {"Random", "Biases" -> 1}];'
    )
    parts = 'Normal[NetExtract[layer, #]] & /@ {"MovingMean", "MovingVariance", "Scaling"}'
    assert session.evaluate(f"{parts} === {{{{0., 0., 0.}}, {{1., 1., 1.}}, {{1., 1., 1.}}}}")
    assert session.evaluate('Min[Abs[Normal[NetExtract[layer, "Biases"]]]] > 0')


@pytest.mark.parametrize(
    "method",
    [
        '"Gauss"', "3", "{}", '{"Kaiming", 3}', '{"Kaiming", "FactorType" -> "In"}', '{"Xavier", "FactorType" -> "All"}',
        '{"Xavier", "Distribution" -> 2}', '{"Random", "Weights" -> None}', '{"Random", "Weights" -> "Normal"}',
        '{"Random", "Weights" -> NormalDistribution[a, 1]}', '{"Random", "Weights" -> NormalDistribution[0, -1]}',
        '{"Random", "Weights" -> UniformDistribution[3]}', '{"Random", "Weights" -> UniformDistribution[{2, 1}]}',
        '{"Identity", "Distribution" -> "Uniform"}', '{"Orthogonal", "Distribution" -> 1}',
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(session: Session, method: str) -> None:
    session.evaluate(f"NetInitialize[{LARGE}, Method -> {method}]")
    (message,) = session.messages
    assert message.startswith("NetInitialize::method: ")
