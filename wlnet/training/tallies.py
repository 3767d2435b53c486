"""Tallies: what is counted and summed, batch by batch, so that measurements can be read off at the end.

A tally takes the predictions and targets of any number of batches with `add`; all sums are in double precision.
"""

from __future__ import annotations

import numpy as np

#: The smallest probability that a logarithm is taken of.
TINY = float(np.finfo(np.float32).tiny)

#: The most probabilities that are kept of a round: 128 MB.
MOST = 1 << 25


class Confusion:
    """counts[i, j]: the number of examples of class i that were taken for class j (both from 0)."""

    def __init__(self, classes: int) -> None:
        self.counts = np.zeros((classes, classes), np.int64)

    def add(self, probabilities: np.ndarray, targets: np.ndarray) -> None:
        """probabilities: (n, classes); targets: (n,) integers from 0."""
        size = len(self.counts)
        places = targets * size + probabilities.argmax(1)
        self.counts += np.bincount(places, minlength=size * size).reshape(size, size)

    def decisions(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Gives the true and false positives, and the false and true negatives, of each class against the others."""
        counts = self.counts.astype(np.float64)
        right = np.diag(counts)
        false_positives, false_negatives = counts.sum(0) - right, counts.sum(1) - right
        return right, false_positives, false_negatives, counts.sum() - right - false_positives - false_negatives

    def pooled(self) -> Confusion:
        """Gives the tally of the two classes "this one" and "another", where each example is asked of every class."""
        found = Confusion(2)
        tp, fp, fn, tn = (int(part.sum()) for part in self.decisions())
        found.counts[:] = (tp, fn), (fp, tn)
        return found


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


class Scores:
    """The probabilities of examples and their classes: the first `count` rows, of what is made larger as needed.

    Where all would be more than MOST numbers, they are those of every `step`-th example: what is read off is an estimate.
    """

    def __init__(self, classes: int) -> None:
        self.count = self.seen = 0
        self.step = 1
        self.probabilities = np.zeros((0, classes), np.float32)
        self.targets = np.zeros(0, np.int64)

    def add(self, probabilities: np.ndarray, targets: np.ndarray) -> None:
        wanted = slice(-self.seen % self.step, None, self.step)
        self.seen += len(targets)
        self.keep(probabilities[wanted], targets[wanted])
        while self.count > max(1, MOST // self.probabilities.shape[1]):
            kept = slice(0, self.count, 2)
            self.step *= 2
            self.probabilities, self.targets = self.probabilities[kept].copy(), self.targets[kept].copy()
            self.count = len(self.targets)

    def keep(self, probabilities: np.ndarray, targets: np.ndarray) -> None:
        end = self.count + len(targets)
        if end > len(self.targets):
            more = max(end, 2 * len(self.targets)) - len(self.targets)
            kind = np.result_type(self.probabilities, probabilities)
            self.probabilities = np.pad(self.probabilities.astype(kind, copy=False), ((0, more), (0, 0)))
            self.targets = np.pad(self.targets, (0, more))
        self.probabilities[self.count : end] = probabilities
        self.targets[self.count : end] = targets
        self.count = end

    def curves(self) -> list[np.ndarray]:
        """Gives for each class against the others the corners (false, true positive rate) of its curve, from (0, 0).

        Without any where all examples or none are of the class. T. Fawcett 2006: equal probabilities are one step.
        """
        targets = self.targets[: self.count]
        return [curve(column, targets == n) for n, column in enumerate(self.probabilities[: self.count].T)]

    def pooled(self) -> Scores:
        """Gives the tally of the two classes "this one" and "another", where each example is asked of every class."""
        classes = self.probabilities.shape[1]
        own = self.probabilities[: self.count].reshape(-1)
        is_other = self.targets[: self.count, None] != np.arange(classes)
        found = Scores(2)
        found.keep(np.stack([own, -own], 1), is_other.reshape(-1))
        return found


def curve(scores: np.ndarray, is_it: np.ndarray) -> np.ndarray:
    """Gives the corners of a curve: (n, 2)."""
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    hits = np.cumsum(is_it[order])[ends]
    points = np.concatenate([np.zeros((1, 2), np.int64), np.stack([ends + 1 - hits, hits], 1)])
    if not points[-1].all():
        return np.zeros((0, 2))
    steps = np.diff(points, axis=0)
    turns = steps[:-1, 0] * steps[1:, 1] != steps[:-1, 1] * steps[1:, 0]
    return points[np.concatenate([[True], turns, [True]])] / points[-1]


class Overlaps:
    """The sum of the intersections of boxes over their unions. A box is two opposite corners {{x, y}, {x, y}}."""

    def __init__(self) -> None:
        self.count = 0
        self.total = 0.0

    def add(self, prediction: np.ndarray, target: np.ndarray) -> None:
        """prediction, target: (n, …, 2, 2) or (n, …, 4)"""
        boxes = [np.sort(np.asarray(side, np.float64).reshape(-1, 2, 2), axis=1) for side in (prediction, target)]
        low, high = (pick(boxes[0][:, n], boxes[1][:, n]) for n, pick in enumerate((np.maximum, np.minimum)))
        common = np.maximum(high - low, 0.0).prod(1)
        union = sum((box[:, 1] - box[:, 0]).prod(1) for box in boxes) - common
        self.count += len(common)
        self.total += float(np.divide(common, union, out=np.zeros_like(common), where=union > 0).sum())


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
