"""Tallies: what is counted and summed, batch by batch, so that measurements can be read off at the end.

A tally takes the predictions and targets of any number of batches with `add`; all sums are in double precision.
"""

from __future__ import annotations

import numpy as np

#: The smallest probability that a logarithm is taken of.
TINY = float(np.finfo(np.float32).tiny)


class Confusion:
    """counts[i, j]: the number of examples of class i that were taken for class j (both from 0)."""

    def __init__(self, classes: int) -> None:
        self.counts = np.zeros((classes, classes), np.int64)

    def add(self, probabilities: np.ndarray, targets: np.ndarray) -> None:
        """probabilities: (n, classes); targets: (n,) integers from 0."""
        size = len(self.counts)
        places = targets * size + probabilities.argmax(1)
        self.counts += np.bincount(places, minlength=size * size).reshape(size, size)


class Ranks:
    """counts[r]: the number of examples for which r classes were thought more probable than the right one."""

    def __init__(self, classes: int) -> None:
        self.counts = np.zeros(classes, np.int64)

    def add(self, probabilities: np.ndarray, targets: np.ndarray) -> None:
        own = probabilities[np.arange(len(targets)), targets][:, None]
        earlier = np.arange(probabilities.shape[1]) < targets[:, None]  # of equals, the first one is the decision
        ranks = ((probabilities > own) | ((probabilities == own) & earlier)).sum(1)
        self.counts += np.bincount(ranks, minlength=len(self.counts))


class Surprise:
    """The sum of -Log[p] over the probabilities p of the right classes."""

    def __init__(self, classes: int) -> None:
        self.count = 0
        self.total = 0.0

    def add(self, probabilities: np.ndarray, targets: np.ndarray) -> None:
        own = probabilities[np.arange(len(targets)), targets].astype(np.float64)
        self.count += len(targets)
        self.total -= float(np.log(np.maximum(own, TINY)).sum())


class Deviations:
    """Sums over the differences between prediction and target, and the spread of the targets about their mean."""

    def __init__(self) -> None:
        self.count = 0
        self.squares = self.absolute = 0.0
        self.mean = self.spread = 0.0

    def add(self, prediction: np.ndarray, target: np.ndarray) -> None:
        target = np.asarray(target, np.float64).reshape(-1)
        difference = np.asarray(prediction, np.float64).reshape(-1) - target
        self.squares += float(np.dot(difference, difference))
        self.absolute += float(np.abs(difference).sum())
        count, mean = len(target), float(target.mean())
        spread = float(np.square(target - mean).sum())
        # Joining two means (T. Chan et al. 1979) keeps what one sum of squares would lose.
        both, shift = self.count + count, mean - self.mean
        self.spread += spread + shift * shift * self.count * count / both
        self.mean += shift * count / both
        self.count = both


class Mean:
    """The sum of arrays over examples: of losses, or of the values at a port. Their dimensions agree."""

    def __init__(self) -> None:
        self.count = 0
        self.total: np.ndarray | float = 0.0

    def add(self, values: np.ndarray) -> None:
        """values: (n, …)"""
        self.count += len(values)
        self.total = self.total + np.asarray(values, np.float64).sum(0)

    def mean(self) -> np.ndarray | float:
        return self.total / self.count if self.count else float("nan")
