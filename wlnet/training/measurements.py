"""Measurements: how good a net is, in figures other than its loss. Each is one row or one decorated function.

    @measurement("Perplexity", Surprise, better=-1)
    def perplexity(surprise): ...

The function reads the measurement off its tally; with `argument`, it takes the default or given argument too.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from wlnet.errors import NetError
from wlnet.training.tallies import Confusion, Deviations, Overlaps, Ranks, Scores, Surprise

Reader = Callable[..., Any]

#: The tallies of classifications; the others are of regressions.
CLASSIFICATION = (Confusion, Ranks, Scores, Surprise)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The declaration of a measurement.

    better: 1 where more is better, -1 where less is, 0 where neither is. argument: the default argument, None where it
    takes none. by_class: it gives an array with a number for each class, or with `mean` what such a function takes the
    mean of. is_figure: it is a number, or numbers whose mean says something. of_classes: the measurement that has the
    same name where the loss is one of classes.
    """

    name: str
    tally: type
    better: int
    argument: float | None
    by_class: bool
    read: Reader
    mean: Callable[[np.ndarray], Any]
    is_figure: bool
    of_classes: str


MEASUREMENTS: dict[str, Measurement] = {}


def mean_of_some(values: np.ndarray) -> float:
    """Gives the mean of those that are numbers; NaN where none is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else math.nan


def measurement(
    name: str,
    tally: type,
    *,
    better: int = 0,
    argument: float | None = None,
    by_class: bool = False,
    mean: Callable[[np.ndarray], Any] = mean_of_some,
    is_figure: bool = True,
    of_classes: str = "",
) -> Callable[[Reader], Reader]:
    """Declares a measurement on the function that reads it off a tally (a decorator)."""

    def declare(function: Reader) -> Reader:
        MEASUREMENTS[name] = Measurement(name, tally, better, argument, by_class, function, mean, is_figure, of_classes)
        return function

    return declare


# Classification


@measurement("Accuracy", Ranks, better=1, argument=1)
def accuracy(ranks: Ranks, top: float) -> float:
    """The fraction of examples whose class is among the `top` most probable ones."""
    return float(ranks.counts[: int(top)].sum() / ranks.counts.sum())


@measurement("ErrorRate", Ranks, better=-1, argument=1)
def error_rate(ranks: Ranks, top: float) -> float:
    return 1.0 - accuracy(ranks, top)


@measurement("Entropy", Surprise, better=-1)
def entropy(surprise: Surprise) -> float:
    """The mean of -Log[p] over the probabilities p of the right classes: the cross entropy in nats."""
    return surprise.total / surprise.count


@measurement("Perplexity", Surprise, better=-1)
def perplexity(surprise: Surprise) -> float:
    return math.exp(entropy(surprise))


@measurement("ConfusionMatrix", Confusion, is_figure=False)
@measurement("ConfusionMatrixPlot", Confusion, is_figure=False)
def confusion_matrix(confusion: Confusion) -> np.ndarray:
    """Rows are the right classes, columns the decisions."""
    return confusion.counts


def agreement(confusion: Confusion) -> tuple[float, np.ndarray, np.ndarray]:
    """Gives the fraction of right decisions, and the fractions of each class among targets and among decisions."""
    counts = confusion.counts / confusion.counts.sum()
    return float(np.trace(counts)), counts.sum(1), counts.sum(0)


def beyond_chance(observed: float, expected: float) -> float:
    return (observed - expected) / (1 - expected) if expected < 1 else 0.0


@measurement("CohenKappa", Confusion, better=1)
def cohen_kappa(confusion: Confusion) -> float:
    """Agreement beyond chance (J. Cohen 1960)."""
    observed, targets, decisions = agreement(confusion)
    return beyond_chance(observed, float(targets @ decisions))


@measurement("ScottPi", Confusion, better=1)
def scott_pi(confusion: Confusion) -> float:
    """Agreement beyond chance where both sides have one distribution (W. Scott 1955)."""
    observed, targets, decisions = agreement(confusion)
    return beyond_chance(observed, float(np.square((targets + decisions) / 2).sum()))


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Gives the quotient; 0 where there is nothing to divide by."""
    return np.divide(above, below, out=np.zeros(np.shape(above)), where=below != 0)


Rates = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def correlation(tp: np.ndarray, fp: np.ndarray, fn: np.ndarray, tn: np.ndarray) -> np.ndarray:
    """B. Matthews 1975, of one class against the others."""
    return ratio(tp * tn - fp * fn, np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)))


#: Name → (better, function of the true and false positives and the false and true negatives of each class).
RATES: dict[str, tuple[int, Rates]] = {
    "F1Score": (1, lambda tp, fp, fn, tn: ratio(2 * tp, 2 * tp + fp + fn)),
    "FalseDiscoveryRate": (-1, lambda tp, fp, fn, tn: ratio(fp, tp + fp)),
    "FalseNegativeNumber": (-1, lambda tp, fp, fn, tn: fn),
    "FalseNegativeRate": (-1, lambda tp, fp, fn, tn: ratio(fn, tp + fn)),
    "FalseOmissionRate": (-1, lambda tp, fp, fn, tn: ratio(fn, tn + fn)),
    "FalsePositiveNumber": (-1, lambda tp, fp, fn, tn: fp),
    "FalsePositiveRate": (-1, lambda tp, fp, fn, tn: ratio(fp, tn + fp)),
    "Informedness": (1, lambda tp, fp, fn, tn: ratio(tp, tp + fn) + ratio(tn, tn + fp) - 1),
    "JaccardIndex": (1, lambda tp, fp, fn, tn: ratio(tp, tp + fp + fn)),
    "Markedness": (1, lambda tp, fp, fn, tn: ratio(tp, tp + fp) + ratio(tn, tn + fn) - 1),
    "MatthewsCorrelationCoefficient": (1, correlation),
    "NegativePredictiveValue": (1, lambda tp, fp, fn, tn: ratio(tn, tn + fn)),
    "Precision": (1, lambda tp, fp, fn, tn: ratio(tp, tp + fp)),
    "Recall": (1, lambda tp, fp, fn, tn: ratio(tp, tp + fn)),
    "Specificity": (1, lambda tp, fp, fn, tn: ratio(tn, tn + fp)),
    "TrueNegativeNumber": (1, lambda tp, fp, fn, tn: tn),
    "TruePositiveNumber": (1, lambda tp, fp, fn, tn: tp),
}


def declare_rate(name: str, better: int, rates: Rates) -> None:
    measurement(name, Confusion, better=better, by_class=True)(lambda confusion: rates(*confusion.decisions()))


for _name, (_better, _rates) in RATES.items():
    declare_rate(_name, _better, _rates)


@measurement("FScore", Confusion, better=1, argument=1.0, by_class=True)
def f_score(confusion: Confusion, beta: float) -> np.ndarray:
    """(1 + β²) precision recall/(β² precision + recall)"""
    tp, fp, fn, _ = confusion.decisions()
    return ratio((1 + beta**2) * tp, (1 + beta**2) * tp + beta**2 * fn + fp)


@measurement("AreaUnderROCCurve", Scores, better=1, by_class=True)
def area_under_roc_curve(scores: Scores) -> np.ndarray:
    """The area under the curve of each class; NaN where all examples or none are of it."""
    return np.array([area(curve) if len(curve) else math.nan for curve in scores.curves()])


def area(curve: np.ndarray) -> float:
    return float(np.dot(np.diff(curve[:, 0]), (curve[1:, 1] + curve[:-1, 1]) / 2))


def mean_curve(curves: np.ndarray) -> np.ndarray:
    """Gives the mean of the true positive rates at every false positive rate where one of the curves has a corner."""
    known = [curve[~np.isnan(curve[:, 0])] for curve in curves]
    known = [curve for curve in known if len(curve)]
    if not known:
        return np.zeros((0, 2))
    rates = np.unique(np.concatenate([curve[:, 0] for curve in known]))
    ends = [np.mean([heights(curve, rates, side) for curve in known], 0) for side in ("left", "right")]
    return np.stack([np.repeat(rates, 2), np.stack(ends, 1).reshape(-1)], 1)


def heights(curve: np.ndarray, rates: np.ndarray, side: Literal["left", "right"]) -> np.ndarray:
    """Gives the height of a curve at each rate: where it rises upright, the lower ("left") or the upper end."""
    x, y = curve.T
    after = np.searchsorted(x, rates, side="left")
    before = np.searchsorted(x, rates, side="right") - 1
    part = ratio(rates - x[before], x[after] - x[before])
    between = y[before] + part * (y[after] - y[before])
    return np.where(x[after] == rates, y[after] if side == "left" else y[before], between)


@measurement("ROCCurve", Scores, by_class=True, mean=mean_curve, is_figure=False)
@measurement("ROCCurvePlot", Scores, by_class=True, mean=mean_curve, is_figure=False)
def roc_curve(scores: Scores) -> np.ndarray:
    """The corners {false, true positive rate} of the curve of each class: (classes, n, 2), NaN after the last one."""
    curves = scores.curves()
    found = np.full((len(curves), max(map(len, curves)), 2), math.nan)
    for row, curve in zip(found, curves, strict=True):
        row[: len(curve)] = curve
    return found


# Regression


@measurement("IntersectionOverUnion", Overlaps, better=1, of_classes="JaccardIndex")
def intersection_over_union(overlaps: Overlaps) -> float:
    """The mean over boxes; where the loss is one of classes, the Jaccard index of each class."""
    return overlaps.total / overlaps.count


@measurement("MeanSquare", Deviations, better=-1)
def mean_square(deviations: Deviations) -> float:
    return deviations.squares / deviations.count


@measurement("MeanDeviation", Deviations, better=-1)
def mean_deviation(deviations: Deviations) -> float:
    """The mean of the absolute differences."""
    return deviations.absolute / deviations.count


@measurement("StandardDeviation", Deviations, better=-1)
def standard_deviation(deviations: Deviations) -> float:
    """The root of the mean of the squared differences."""
    return math.sqrt(mean_square(deviations))


@measurement("FractionVarianceUnexplained", Deviations, better=-1)
def fraction_variance_unexplained(deviations: Deviations) -> float:
    """The mean square over the variance of the targets; NaN where they are all equal."""
    return deviations.squares / deviations.spread if deviations.spread else math.nan


@measurement("RSquared", Deviations, better=1)
def r_squared(deviations: Deviations) -> float:
    return 1.0 - fraction_variance_unexplained(deviations)


def measurement_named(name: str) -> Measurement:
    """Gives the declaration of a measurement; raises NetError."""
    found = MEASUREMENTS.get(name)
    if found is None:
        shown = ", ".join(f'"{known}"' for known in sorted([*MEASUREMENTS, "Loss"]))
        raise NetError(
            f'there is no measurement "{name}"; the measurements are {shown}', tag="measurement", kind="NetTrain"
        )
    return found
