"""Measurements against plain formulas over all examples at once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.nets import CASES, chained, classes, classifier, data, layer, linear_net, two_layers
from wlnet.errors import NetError
from wlnet.plans import evaluate
from wlnet.training import MEASUREMENTS, ByClass, Request, StoppingCriterion, measure, train
from wlnet.training.comparisons import by_truth
from wlnet.training.tallies import Confusion, Deviations, Ranks, Scores

CLASSES = 4


def one(probabilities: np.ndarray, targets: np.ndarray, chosen: int) -> tuple[int, int, int, int]:
    """True and false positives, false and true negatives of a class, counted one example after the other."""
    counts = [0, 0, 0, 0]
    for row, target in zip(probabilities, targets, strict=True):
        taken, is_it = int(row.argmax()) == chosen, target == chosen
        counts[{(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[taken, is_it]] += 1
    return counts[0], counts[1], counts[2], counts[3]


def over(above: float, below: float) -> float:
    return above / below if below else 0.0


#: Measurement → its formula as a textbook has it.
BY_CLASS = {
    "Precision": lambda tp, fp, fn, tn: over(tp, tp + fp),
    "Recall": lambda tp, fp, fn, tn: over(tp, tp + fn),
    "Specificity": lambda tp, fp, fn, tn: over(tn, tn + fp),
    "F1Score": lambda tp, fp, fn, tn: over(
        2 * over(tp, tp + fp) * over(tp, tp + fn), over(tp, tp + fp) + over(tp, tp + fn)
    ),
    "FScore": lambda tp, fp, fn, tn: over(
        2 * over(tp, tp + fp) * over(tp, tp + fn), over(tp, tp + fp) + over(tp, tp + fn)
    ),
    "JaccardIndex": lambda tp, fp, fn, tn: over(tp, tp + fp + fn),
    "FalsePositiveRate": lambda tp, fp, fn, tn: over(fp, fp + tn),
    "FalseNegativeRate": lambda tp, fp, fn, tn: over(fn, fn + tp),
    "FalseDiscoveryRate": lambda tp, fp, fn, tn: over(fp, fp + tp),
    "FalseOmissionRate": lambda tp, fp, fn, tn: over(fn, fn + tn),
    "NegativePredictiveValue": lambda tp, fp, fn, tn: over(tn, tn + fn),
    "Informedness": lambda tp, fp, fn, tn: over(tp, tp + fn) + over(tn, tn + fp) - 1,
    "Markedness": lambda tp, fp, fn, tn: over(tp, tp + fp) + over(tn, tn + fn) - 1,
    "TruePositiveNumber": lambda tp, fp, fn, tn: tp,
    "FalsePositiveNumber": lambda tp, fp, fn, tn: fp,
    "FalseNegativeNumber": lambda tp, fp, fn, tn: fn,
    "TrueNegativeNumber": lambda tp, fp, fn, tn: tn,
    "MatthewsCorrelationCoefficient": lambda tp, fp, fn, tn: over(
        tp * tn - fp * fn, ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) ** 0.5
    ),
}


@st.composite
def classifications(draw: Any) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities with many ties, and targets."""
    count = draw(st.integers(1, 12))
    rows = draw(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=count, max_size=count))
    targets = draw(st.lists(st.integers(0, CLASSES - 1), min_size=count, max_size=count))
    return np.array(rows, np.float32), np.array(targets)


def tallied(kind: Any, probabilities: np.ndarray, targets: np.ndarray, classes: int = CLASSES) -> Any:
    """A tally that took the examples in two batches."""
    tally = kind(classes)
    middle = len(targets) // 2
    for part in (slice(middle), slice(middle, None)):
        tally.add(probabilities[part], targets[part])
    return tally


def test_every_measurement_by_class_has_a_formula_here() -> None:
    assert BY_CLASS.keys() == {
        name for name, declared in MEASUREMENTS.items() if declared.tally is Confusion and declared.by_class
    }


@settings(deadline=None, max_examples=40)
@given(classifications())
def test_measurements_by_class(examples: tuple[np.ndarray, np.ndarray]) -> None:
    tally = tallied(Confusion, *examples)
    for name, formula in BY_CLASS.items():
        declared = MEASUREMENTS[name]
        found = declared.read(tally) if declared.argument is None else declared.read(tally, declared.argument)
        expected = [formula(*one(*examples, chosen)) for chosen in range(CLASSES)]
        np.testing.assert_allclose(found, expected, atol=1e-12, err_msg=name)


@settings(deadline=None, max_examples=40)
@given(classifications(), st.integers(1, CLASSES))
def test_the_best_n(examples: tuple[np.ndarray, np.ndarray], top: int) -> None:
    probabilities, targets = examples
    best = np.argsort(-probabilities, 1, kind="stable")[:, :top]
    expected = np.mean([target in row for target, row in zip(targets, best, strict=True)])
    tally = tallied(Ranks, *examples)
    assert MEASUREMENTS["Accuracy"].read(tally, top) == pytest.approx(expected)
    assert MEASUREMENTS["ErrorRate"].read(tally, top) == pytest.approx(1 - expected)


@settings(deadline=None, max_examples=40)
@given(classifications())
def test_agreement_beyond_chance(examples: tuple[np.ndarray, np.ndarray]) -> None:
    probabilities, targets = examples
    decisions = probabilities.argmax(1)
    observed = np.mean(decisions == targets)
    fractions = [[np.mean(side == chosen) for chosen in range(CLASSES)] for side in (decisions, targets)]
    kappa = sum(a * b for a, b in zip(*fractions, strict=True))
    pi = sum(((a + b) / 2) ** 2 for a, b in zip(*fractions, strict=True))
    tally = tallied(Confusion, *examples)
    for name, chance in (("CohenKappa", kappa), ("ScottPi", pi)):
        assert MEASUREMENTS[name].read(tally) == pytest.approx(over(observed - chance, 1 - chance), abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=20), st.floats(-1e4, 1e4))
def test_regression(pairs: list[tuple[float, float]], offset: float) -> None:
    prediction, target = (np.array(side) + offset for side in zip(*pairs, strict=True))
    tally = Deviations()
    middle = len(pairs) // 2
    for part in filter(lambda part: len(target[part]), (slice(middle), slice(middle, None))):
        tally.add(prediction[part], target[part])
    difference = prediction - target
    expected = {
        "MeanSquare": np.mean(difference**2),
        "MeanDeviation": np.mean(abs(difference)),
        "StandardDeviation": np.sqrt(np.mean(difference**2)),
    }
    if np.var(target) > 1e-6:
        expected["FractionVarianceUnexplained"] = np.mean(difference**2) / np.var(target)
        expected["RSquared"] = 1 - np.mean(difference**2) / np.var(target)
    for name, value in expected.items():
        assert MEASUREMENTS[name].read(tally) == pytest.approx(value, rel=1e-6, abs=1e-6), name


def test_a_classifier() -> None:
    examples = classes(50)
    net = train(classifier(), examples, rounds=3).net
    outputs, _ = evaluate(net, {"Input": examples["Input"]}, 50)
    targets = examples["Output"] - 1
    found = measure(
        net, examples, ["Accuracy", "Entropy", "Perplexity", "Loss", "Precision", ("Accuracy", 2)], batch_size=7
    )
    own = outputs["Output"][np.arange(50), targets].astype(np.float64)
    assert found["Accuracy"] == pytest.approx(np.mean(outputs["Output"].argmax(1) == targets))
    assert found["Accuracy", 2] > found["Accuracy"]
    assert found["Entropy"] == pytest.approx(-np.log(own).mean(), rel=1e-5)
    assert found["Loss"] == pytest.approx(found["Entropy"], rel=1e-5)
    assert found["Perplexity"] == pytest.approx(np.exp(found["Entropy"]))
    assert isinstance(found["Precision"], ByClass)
    macro = measure(net, examples, [Request("P", "Precision", average="Macro")])
    assert macro["P"] == pytest.approx(found["Precision"].values.mean())


def test_a_place_inside() -> None:
    examples = data(9)
    net = train(two_layers(), examples, rounds=1).net
    inside = (("2",), "Output")
    _, values = evaluate(net, {"Input": examples["Input"]}, 9, places=[inside])
    found = measure(net, examples, [Request("inside", inside)], batch_size=4)["inside"]
    np.testing.assert_allclose(found, values[inside].mean(0), rtol=1e-5)


def test_rounds_and_validation_are_measured() -> None:
    result = train(classifier(), classes(30), rounds=4, validation=classes(9, 1), measurements=["ErrorRate", "Loss"])
    assert [len(r) for r in (result.measurements, result.validation_measurements)] == [4, 4]
    np.testing.assert_allclose([m["Loss"] for m in result.measurements], result.round_losses, rtol=1e-5)
    np.testing.assert_allclose([m["Loss"] for m in result.validation_measurements], result.validation_losses, rtol=1e-5)
    expected = measure(result.net, classes(9, 1), "ErrorRate")
    assert result.best_measurements["ErrorRate"] == pytest.approx(expected["ErrorRate"])


def test_measuring_does_not_change_the_training() -> None:
    plain = train(classifier(), classes(30), rounds=3)
    measured = train(classifier(), classes(30), rounds=3, measurements=["Accuracy", "F1Score"])
    for key, array in plain.net.store.items():
        np.testing.assert_array_equal(array, measured.net.store[key])


@pytest.mark.parametrize("name", ["reader", "branches", "linear", "two layers", "tied"])
def test_by_default_only_classifiers_are_measured(name: str) -> None:
    make, examples = CASES[name]
    assert train(make(), examples(), rounds=1, measurements="Automatic").measurements == ()
    assert list(train(classifier(), classes(6), rounds=1, measurements="Automatic").round_measurements) == ["ErrorRate"]


def test_a_loss_layer_of_the_user_is_measured_too() -> None:
    net = chained(layer("LinearLayer", 3), layer("SoftmaxLayer"))
    loss = layer("CrossEntropyLossLayer", "Probabilities")
    examples = {"Input": classes(8)["Input"], "Output": np.eye(3)[classes(8)["Output"] - 1]}
    result = train(net, examples, loss=loss, rounds=1, measurements="Accuracy")
    outputs, _ = evaluate(result.net, {"Input": examples["Input"]}, 8)
    expected = np.mean(outputs["Output"].argmax(1) + 1 == classes(8)["Output"])
    assert measure(result.net, examples, "Accuracy", loss=loss)["Accuracy"] == pytest.approx(expected)


def test_truth_values_are_classes() -> None:
    probabilities, targets = by_truth(np.array([0.2, 0.9], np.float32), np.array([0.0, 0.0]))
    np.testing.assert_allclose(probabilities, [[0.8, 0.2], [0.1, 0.9]], rtol=1e-6)
    assert list(targets) == [0, 0]


def test_a_measurement_can_end_the_training() -> None:
    stopping = StoppingCriterion("Accuracy", -1, patience=2)
    result = train(classifier(), classes(20), rounds=100, multipliers=0, stopping=stopping)
    assert (result.reason_stopped, result.total_rounds) == ("Criterion", 4)


@pytest.mark.parametrize("wrong", ["Beauty", "Accuracy", 7])
def test_what_cannot_be_measured(wrong: Any) -> None:
    net = train(linear_net(), data(4), rounds=1).net
    with pytest.raises(NetError) as caught:
        measure(net, data(4), wrong)
    assert caught.value.tag == "measurement"


def test_a_net_without_values_cannot_be_measured() -> None:
    with pytest.raises(NetError):
        measure(linear_net(), data(4), "MeanSquare")


def test_intervals_count_batches_and_rounds() -> None:
    seen: list[float] = []

    def output(ports: Any) -> Any:
        seen.append(float(ports["Input"][0]))
        return ports["Output"]

    data = {"Input": np.arange(6.0)[:, None], "Output": np.zeros((6, 1))}
    requests = [
        Request("f", "", function=output, every=2, unit="Batches"),
        Request("Loss", "Loss", every=3, unit="Rounds"),
    ]
    found = train(layer("LinearLayer", 1), data, rounds=5, batch_size=2, measurements=requests, batch_measurements=True)
    assert len(seen) == 2 * 5 * 4  # two of three batches with two examples, for the round and for the batch
    losses = [one["Loss"] for one in found.measurements]
    assert losses[:3] == pytest.approx([found.round_losses[0]] * 3)
    assert losses[3:] == pytest.approx([found.round_losses[3]] * 2)
    each = [one["f"] for one in found.batch_measurements]
    assert [np.array_equal(a, b) for a, b in pairwise(each)] == ([True, False, False] * 5)[:-1]


def test_curves_of_very_many_examples_are_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(1)
    targets = generator.integers(0, 2, 4000)
    chances = np.clip(0.3 + 0.4 * targets + generator.normal(size=4000) * 0.3, 0, 1)
    probabilities = np.stack([1 - chances, chances], 1)
    whole, few = Scores(2), Scores(2)
    whole.add(probabilities, targets)
    monkeypatch.setattr("wlnet.training.tallies.MOST", 1000)
    for start in range(0, 4000, 30):
        few.add(probabilities[start : start + 30], targets[start : start + 30])
    assert few.count <= 500
    assert np.array_equal(few.targets[: few.count], targets[:: few.step])
    exact, estimate = (MEASUREMENTS["AreaUnderROCCurve"].read(tally) for tally in (whole, few))
    np.testing.assert_allclose(estimate, exact, atol=0.03)
