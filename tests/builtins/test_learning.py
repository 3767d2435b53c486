"""Clusters and fewer dimensions: what scikit-learn gives for the same vectors."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.session import Session
from wlnet.terms import Expression, S, pack

SESSION = Session()
GENERATOR = np.random.default_rng(5)
BLOBS = np.concatenate([GENERATOR.normal(center, 0.5, (12, 3)) for center in (0.0, 4.0, 9.0)])


def call(name: str, *args: object) -> np.ndarray:
    SESSION.evaluate_term(name)
    return np.asarray(SESSION.kernel.evaluate(Expression(getattr(S, name), (pack(BLOBS), *args))))


def test_the_number_of_clusters_is_found() -> None:
    np.testing.assert_array_equal(call("ClusteringComponents"), np.repeat([1, 2, 3], 12))


def test_means_of_clusters_agree_with_scikit_learn() -> None:
    cluster = pytest.importorskip("sklearn.cluster")
    wanted = cluster.KMeans(4, n_init=50, random_state=0).fit(BLOBS)
    chosen = call("ClusteringComponents", 4)
    spread = sum(((BLOBS[chosen == k] - BLOBS[chosen == k].mean(axis=0)) ** 2).sum() for k in (1, 2, 3, 4))
    assert spread <= wanted.inertia_ * 1.02


def test_principal_components_agree_with_scikit_learn() -> None:
    decomposition = pytest.importorskip("sklearn.decomposition")
    wanted = decomposition.PCA(2).fit_transform(BLOBS)
    np.testing.assert_allclose(np.abs(call("DimensionReduce", 2)), np.abs(wanted), atol=1e-9)
