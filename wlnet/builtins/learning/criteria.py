"""Criteria: how well clusters part examples from each other; more is better.

Each takes the rows (n, dimensions), the number of the cluster of each, and the distance by the name that SciPy gives it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

#: There is one cluster only, where no other number of them has such a silhouette.
CLEAR = 0.5
#: Of numbers of clusters whose scores differ less from the best than by this share, the largest is taken.
ROOM = 0.05


def silhouette(rows: np.ndarray, chosen: np.ndarray, distance: str) -> float:
    """Gives how much nearer, on the average, examples are to their own cluster than to the next one: -1 to 1."""
    from scipy.spatial.distance import cdist

    between = np.nan_to_num(cdist(rows, rows, distance))
    labels = np.unique(chosen)
    means = np.stack([between[:, chosen == label].mean(axis=1) for label in labels], axis=1)
    sizes = np.array([(chosen == label).sum() for label in labels])
    own = np.searchsorted(labels, chosen)
    every = np.arange(len(rows))
    inside = means[every, own] * sizes[own] / np.maximum(sizes[own] - 1, 1)
    means[every, own] = np.inf
    outside = means.min(axis=1)
    largest = np.maximum(np.maximum(inside, outside), TINY)
    return float(np.where(sizes[own] > 1, (outside - inside) / largest, 0.0).mean())


def calinski_harabasz(rows: np.ndarray, chosen: np.ndarray, distance: str) -> float:
    """Gives the spread between clusters over that inside them, each for its degrees of freedom."""
    labels, sizes = np.unique(chosen, return_counts=True)
    centers = centers_of(rows, chosen, labels)
    between = (sizes * ((centers - rows.mean(axis=0)) ** 2).sum(axis=1)).sum() / max(len(labels) - 1, 1)
    inside = ((rows - centers[np.searchsorted(labels, chosen)]) ** 2).sum() / max(len(rows) - len(labels), 1)
    return float(between / max(inside, TINY))


def davies_bouldin(rows: np.ndarray, chosen: np.ndarray, distance: str) -> float:
    """Gives minus the mean, over clusters, of the size of two clusters over their distance, for the worst second one."""
    from scipy.spatial.distance import cdist

    labels = np.unique(chosen)
    centers = centers_of(rows, chosen, labels)
    sizes = np.array([cdist(rows[chosen == k], centers[n][None]).mean() for n, k in enumerate(labels)])
    apart = cdist(centers, centers)
    np.fill_diagonal(apart, np.inf)
    return float(-((sizes[:, None] + sizes) / np.maximum(apart, TINY)).max(axis=1).mean())


def dunn(rows: np.ndarray, chosen: np.ndarray, distance: str) -> float:
    """Gives the least distance between examples of two clusters over the largest inside one."""
    from scipy.spatial.distance import cdist

    between = cdist(rows, rows, distance)
    together = chosen[:, None] == chosen
    return float(between[~together].min() / max(between[together].max(), TINY))


def centers_of(rows: np.ndarray, chosen: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return np.stack([rows[chosen == label].mean(axis=0) for label in labels])


TINY = 1e-300
CRITERIA: dict[str, Callable[[np.ndarray, np.ndarray, str], float]] = {
    "CalinskiHarabasz": calinski_harabasz,
    "DaviesBouldin": davies_bouldin,
    "Dunn": dunn,
    "Silhouette": silhouette,
}
