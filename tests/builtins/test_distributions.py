"""Distributions: what their blocks say agrees with SciPy's, and with samples; quantiles undo probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.builtins.probability.facts import fact, numeric_form
from wlnet.session import Session
from wlnet.terms import Expression, S, Term, elements, numeric

SESSION = Session()
#: One of each univariate distribution, with exact parameters for which all moments that it may have are there.
CONTINUOUS = (
    "NormalDistribution[1, 3/2]", "LogNormalDistribution[1, 1/2]", "HalfNormalDistribution[2]", "StudentTDistribution[9]",
    "StudentTDistribution[1, 2, 7]", "CauchyDistribution[1, 2]", "LaplaceDistribution[1, 2]", "LogisticDistribution[1, 2]",
    "GumbelDistribution[1, 2]", "ExtremeValueDistribution[1, 2]", "VonMisesDistribution[0, 2]",
    "ExponentialDistribution[3]", "GammaDistribution[7/2, 2]", "ErlangDistribution[3, 2]",
    "InverseGammaDistribution[11/2, 2]", "InverseGaussianDistribution[2, 3]", "ChiSquareDistribution[5]",
    "ChiDistribution[3]", "FRatioDistribution[4, 9]", "RayleighDistribution[2]", "MaxwellDistribution[2]",
    "WeibullDistribution[2, 3]", "FrechetDistribution[5, 2]", "LogLogisticDistribution[5, 2]", "ParetoDistribution[2, 11/2]",
    "LevyDistribution[1, 2]", "UniformDistribution[{2, 5}]", "TriangularDistribution[{0, 4}, 1]", "BetaDistribution[2, 3]",
    "ArcSinDistribution[{0, 2}]",
)  # fmt: skip
DISCRETE = (
    "PoissonDistribution[5/2]", "BernoulliDistribution[3/10]", "BinomialDistribution[9, 3/10]",
    "GeometricDistribution[3/10]", "NegativeBinomialDistribution[4, 3/10]", "HypergeometricDistribution[4, 6, 15]",
    "DiscreteUniformDistribution[{2, 9}]", "ZipfDistribution[6]", "ZipfDistribution[5, 1]", "LogSeriesDistribution[1/2]",
    "BetaBinomialDistribution[2, 3, 8]",
)  # fmt: skip
UNBOUNDED = ("CauchyDistribution", "LevyDistribution")


def numbers(text: str) -> np.ndarray:
    return np.asarray(numeric(SESSION.evaluate_term(f"N[{text}]")), np.float64)


@pytest.mark.parametrize("name", [*CONTINUOUS, *DISCRETE])
def test_formulas_agree_with_scipy(name: str) -> None:
    distribution = SESSION.evaluate_term(name)
    form = numeric_form(SESSION.kernel, distribution)
    at = [int(x) for x in form.ppf((0.1, 0.5, 0.9))] if name in DISCRETE else None
    rational = at or [SESSION.evaluate_term(f"Rationalize[{x!r}, 0.01]") for x in form.ppf((0.1, 0.5, 0.9)).tolist()]
    for kind, method in (("density", "pmf" if name in DISCRETE else "pdf"), ("cumulative", "cdf")):
        for x in rational:
            found = fact(SESSION.kernel, kind, distribution, x)
            if found is not None:
                np.testing.assert_allclose(value_of(found), getattr(form, method)(float(x)), rtol=1e-9)
    inverse = fact(SESSION.kernel, "inverse", distribution, SESSION.evaluate_term("3/10"))
    if inverse is not None:
        np.testing.assert_allclose(value_of(inverse), form.ppf(0.3), rtol=1e-9)
    low, high = (value_of(end) for end in elements(fact(SESSION.kernel, "domain", distribution)))
    assert (low, high) == tuple(map(pytest.approx, form.support()))


def value_of(term: Term) -> float:
    found = SESSION.kernel.evaluate(Expression(S.N, (term,)))
    return float(found) if type(found) is not Expression else float("inf") * found.args[0]


@pytest.mark.parametrize("name", [*CONTINUOUS, *DISCRETE])
def test_moments_agree_with_scipy(name: str) -> None:
    if name.startswith(UNBOUNDED):
        return
    form = numeric_form(SESSION.kernel, SESSION.evaluate_term(name))
    skew, excess = form.stats("sk")
    found = numbers(f"{{Mean[{name}], Variance[{name}], Skewness[{name}], Kurtosis[{name}]}}")
    np.testing.assert_allclose(found, (form.mean(), form.var(), skew, excess + 3), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("name", [*CONTINUOUS, *DISCRETE])
def test_samples_follow_the_distribution(name: str) -> None:
    form = numeric_form(SESSION.kernel, SESSION.evaluate_term(name))
    sample = np.asarray(SESSION.evaluate_term(f"SeedRandom[1]; RandomVariate[{name}, 4000]"), np.float64)
    points = np.quantile(sample, (0.2, 0.5, 0.8), method="inverted_cdf")
    below = numbers(f"CDF[{name}, {{{', '.join(map(str, points))}}}]")
    assert (below > np.array((0.17, 0.47, 0.77))).all()
    assert (below - np.asarray(form.pmf(points) if name in DISCRETE else 0) < np.array((0.23, 0.53, 0.83))).all()


MADE = (
    "MixtureDistribution[{1, 2}, {NormalDistribution[0, 1], NormalDistribution[4, 1/2]}]",
    "TruncatedDistribution[{-1, 2}, NormalDistribution[0, 1]]", "ProbabilityDistribution[3 x^2, {x, 0, 1}]",
    r"TransformedDistribution[1 - 2 x, x \[Distributed] ExponentialDistribution[1]]",
    "OrderDistribution[{UniformDistribution[], 5}, 2]", "HistogramDistribution[{1., 2., 2.5, 4., 7.}]",
    "KernelMixtureDistribution[{1., 2., 6.}]", "TruncatedDistribution[{0, 4}, PoissonDistribution[2]]",
    "EmpiricalDistribution[{1, 2, 2, 5}]",
)  # fmt: skip


@pytest.mark.parametrize("name", MADE, ids=lambda name: name.partition("[")[0])
def test_what_is_made_of_others_is_of_one_piece(name: str) -> None:
    mean, variance = numbers(f"{{Mean[{name}], Variance[{name}]}}")
    sample = np.asarray(SESSION.evaluate_term(f"SeedRandom[2]; RandomVariate[{name}, 3000]"), np.float64)
    assert abs(sample.mean() - mean) < 5 * np.sqrt(variance / 3000)
    assert sample.var() == pytest.approx(variance, rel=0.15)
    for share in (0.3, 0.8):
        quantile = float(SESSION.evaluate_term(f"InverseCDF[{name}, {share}]"))
        assert float(numbers(f"CDF[{name}, {quantile!r} + 0.000001]")) >= share - 1e-9
        assert np.mean(sample <= quantile + 1e-9) >= share - 0.05
        assert np.mean(sample < quantile - 1e-9) <= share + 0.05


def test_ends() -> None:
    infinity = Expression(S.DirectedInfinity, (1,))
    assert SESSION.evaluate_term("InverseCDF[NormalDistribution[], 1.]") == infinity
    assert SESSION.evaluate_term("SurvivalFunction[ExponentialDistribution[1], 2.]") == pytest.approx(np.exp(-2))


def test_vectors_follow_the_distribution() -> None:
    for name in (
        "MultinormalDistribution[{1, 2}, {{2, 1}, {1, 3}}]", "DirichletDistribution[{1, 2, 3}]",
        "MultinomialDistribution[6, {1/2, 1/3, 1/6}]", "ProductDistribution[NormalDistribution[], PoissonDistribution[2]]",
        "MultivariateTDistribution[{{1, 1/2}, {1/2, 1}}, 9]",
    ):  # fmt: skip
        sample = np.asarray(numeric(SESSION.evaluate_term(f"SeedRandom[3]; RandomVariate[{name}, 20000]")))
        np.testing.assert_allclose(sample.mean(axis=0), numbers(f"Mean[{name}]"), atol=0.06)
        np.testing.assert_allclose(np.cov(sample.T), numbers(f"Covariance[{name}]"), atol=0.1)


def test_densities_of_vectors_agree_with_scipy() -> None:
    import scipy.stats as st

    x = [0.2, 0.3]
    wanted = {
        "MultinormalDistribution[{1, 2}, {{2, 1}, {1, 3}}]": st.multivariate_normal([1, 2], [[2, 1], [1, 3]]).pdf(x),
        "MultivariateTDistribution[{0, 1}, {{2, 1}, {1, 3}}, 4]": st.multivariate_t([0, 1], [[2, 1], [1, 3]], 4).pdf(x),
        "DirichletDistribution[{1, 2, 3}]": st.dirichlet([1, 2, 3]).pdf([0.2, 0.3, 0.5]),
    }
    for name, value in wanted.items():
        assert float(numbers(f"PDF[{name}, {{1/5, 3/10}}]")) == pytest.approx(value)
        assert float(numbers(f"PDF[{name}, {{0.2, 0.3}}]")) == pytest.approx(value)
