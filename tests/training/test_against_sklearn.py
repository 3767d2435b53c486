"""Measurements against scikit-learn: with ties, with classes that do not occur, averaged over classes."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.test_measurements import tallied
from wlnet.training import MEASUREMENTS
from wlnet.training.tallies import Confusion, Ranks, Scores, Surprise

metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed; pip install scikit-learn")

#: Measurement → function of scikit-learn of (targets, decisions, labels, average).
BY_CLASS = {
    "F1Score": lambda t, d, **more: metrics.f1_score(t, d, zero_division=0, **more),
    "JaccardIndex": lambda t, d, **more: metrics.jaccard_score(t, d, zero_division=0, **more),
    "Precision": lambda t, d, **more: metrics.precision_score(t, d, zero_division=0, **more),
    "Recall": lambda t, d, **more: metrics.recall_score(t, d, zero_division=0, **more),
}


@st.composite
def classifications(draw: Any) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of 2 to 4 classes with many ties, and targets that may leave out classes."""
    classes, count = draw(st.integers(2, 4)), draw(st.integers(1, 30))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    rows = random.integers(1, draw(st.sampled_from([3, 1000])), (count, classes)).astype(np.float32)
    targets = random.integers(0, draw(st.integers(1, classes)), count)
    return rows / rows.sum(1, keepdims=True), targets


def sized(kind: type, probabilities: np.ndarray, targets: np.ndarray) -> Any:
    return tallied(kind, probabilities, targets, probabilities.shape[1])


def value(name: str, tally: Any, average: str = "None") -> Any:
    declared = MEASUREMENTS[name]
    if average == "Micro":
        return declared.read(tally.pooled())[0]
    found = declared.read(tally) if declared.argument is None else declared.read(tally, declared.argument)
    return declared.mean(found) if average == "Macro" else found


@settings(deadline=None, max_examples=30)
@given(classifications())
def test_decisions(examples: tuple[np.ndarray, np.ndarray]) -> None:
    probabilities, targets = examples
    classes = np.arange(probabilities.shape[1])
    decisions = probabilities.argmax(1)
    tally = sized(Confusion, *examples)
    np.testing.assert_array_equal(
        value("ConfusionMatrix", tally), metrics.confusion_matrix(targets, decisions, labels=classes)
    )
    for name, peer in BY_CLASS.items():
        for average, called in {"None": None, "Macro": "macro", "Micro": "micro"}.items():
            expected = peer(targets, decisions, labels=classes, average=called)
            np.testing.assert_allclose(value(name, tally, average), expected, atol=1e-12, err_msg=f"{name} {average}")
    beta = metrics.fbeta_score(targets, decisions, beta=2, labels=classes, average=None, zero_division=0)
    np.testing.assert_allclose(MEASUREMENTS["FScore"].read(tally, 2), beta, atol=1e-12)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kappa = metrics.cohen_kappa_score(targets, decisions, labels=classes)
        correlations = [metrics.matthews_corrcoef(targets == n, decisions == n) for n in classes]
    if not np.isnan(kappa):
        assert value("CohenKappa", tally) == pytest.approx(kappa, abs=1e-9)
    np.testing.assert_allclose(value("MatthewsCorrelationCoefficient", tally), correlations, atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(classifications())
def test_probabilities(examples: tuple[np.ndarray, np.ndarray]) -> None:
    probabilities, targets = examples
    classes = np.arange(probabilities.shape[1])
    own = probabilities.astype(np.float64)
    own /= own.sum(1, keepdims=True)
    expected = metrics.log_loss(targets, own, labels=classes)
    assert value("Entropy", sized(Surprise, *examples)) == pytest.approx(expected, abs=1e-6)
    assert value("Accuracy", sized(Ranks, *examples)) == metrics.accuracy_score(targets, probabilities.argmax(1))


@settings(deadline=None, max_examples=40)
@given(classifications())
def test_curves(examples: tuple[np.ndarray, np.ndarray]) -> None:
    probabilities, targets = examples
    tally = sized(Scores, *examples)
    areas, curves = value("AreaUnderROCCurve", tally), value("ROCCurve", tally)
    for n, column in enumerate(probabilities.T):
        is_it = targets == n
        if is_it.all() or not is_it.any():
            assert np.isnan(areas[n])
            assert np.isnan(curves[n]).all()
            continue
        assert areas[n] == pytest.approx(metrics.roc_auc_score(is_it, column))
        expected = np.stack(metrics.roc_curve(is_it, column, drop_intermediate=False)[:2], 1)
        corners = curves[n][~np.isnan(curves[n][:, 0])]
        assert {tuple(point) for point in corners.round(9)} <= {tuple(point) for point in expected.round(9)}
        assert metrics.auc(*corners.T) == pytest.approx(areas[n])
    known = areas[~np.isnan(areas)]
    if known.size:
        assert value("AreaUnderROCCurve", tally, "Macro") == pytest.approx(known.mean())
        mean = value("ROCCurve", tally, "Macro")
        assert metrics.auc(*mean.T) == pytest.approx(known.mean()), "the area is linear in the curve"
    one_hot = np.eye(probabilities.shape[1])[targets]
    micro = metrics.roc_auc_score(one_hot.ravel(), probabilities.ravel())
    assert value("AreaUnderROCCurve", tally, "Micro") == pytest.approx(micro)
