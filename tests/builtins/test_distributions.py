"""Distributions: means and variances agree with SciPy's and with samples; quantiles undo probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.builtins.numbers.distribution_functions import FORMULAS, frozen
from wlnet.builtins.numbers.distributions import TABLE
from wlnet.session import Session
from wlnet.terms import Expression, S

SESSION = Session()
NUMBERS = {"BernoulliDistribution": "0.3", "GeometricDistribution": "0.3", "BinomialDistribution": "9, 0.3",
           "NegativeBinomialDistribution": "4, 0.3", "DiscreteUniformDistribution": "{2, 9}",
           "UniformDistribution": "{2, 4}", "ParetoDistribution": "2, 5.5", "FRatioDistribution": "3, 9"}  # fmt: skip


@pytest.mark.parametrize("head", TABLE, ids=lambda head: head.name)
def test_distribution(head: object) -> None:
    given = NUMBERS.get(head.name, "3.5, 2" if TABLE[head].count == 2 else "3.5")
    name = f"{head.name}[{given}]"
    made = frozen(SESSION.kernel, SESSION.evaluate_term(name))
    if head is not S.CauchyDistribution:
        mean, variance = (float(SESSION.evaluate_term(f"N[{f}[{name}]]")) for f in ("Mean", "Variance"))
        np.testing.assert_allclose((mean, variance), made.stats("mv"), rtol=1e-12)
    sample = SESSION.evaluate_term(f"SeedRandom[1]; RandomVariate[{name}, 4000]")
    points = np.quantile(sample, (0.2, 0.5, 0.8), method="inverted_cdf")
    below = np.asarray(SESSION.evaluate_term(f"CDF[{name}, {{{', '.join(map(str, points))}}}]"))
    assert (below > np.array((0.17, 0.47, 0.77))).all()
    assert (below - np.asarray(made.pmf(points) if hasattr(made, "pmf") else 0) < np.array((0.23, 0.53, 0.83))).all()
    back = np.asarray(SESSION.evaluate_term(f"InverseCDF[{name}, {{0.2, 0.9}}]"))
    np.testing.assert_allclose(back, made.ppf((0.2, 0.9)))


def test_every_distribution_has_formulas() -> None:
    assert set(TABLE) == set(FORMULAS)


def test_ends() -> None:
    infinity = Expression(S.DirectedInfinity, (1,))
    assert SESSION.evaluate_term("InverseCDF[NormalDistribution[], 1]") == infinity
    assert SESSION.evaluate_term("SurvivalFunction[ExponentialDistribution[1], 2.]") == pytest.approx(np.exp(-2))
