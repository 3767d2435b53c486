"""Clusters of vectors: the means of clusters, or a tree of clusters, through SciPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.learning.classify import CLASSIFYING, train_classifier
from wlnet.builtins.learning.criteria import CLEAR, CRITERIA, ROOM
from wlnet.builtins.learning.vectors import EXAMPLES, rows_of
from wlnet.builtins.numbers.numerical import as_list, is_array
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import Association, S, Symbol, Term, elements, expression, is_head, list_of, pack, to_list

MESSAGES = {
    "examples": EXAMPLES,
    "criterion": "The criterion `1` is not one of `2`.",
    "count": "The number of clusters `1` is not an integer from 1 to the number of examples, `2`.",
    "method": "`1` is not a method here; the methods are `2`.",
    "distance": "The distance function `1` is not one of `2`; with the method KMeans only EuclideanDistance.",
}
#: Head of a distance → SciPy's name.
DISTANCES = {
    "EuclideanDistance": "euclidean", "SquaredEuclideanDistance": "sqeuclidean", "ManhattanDistance": "cityblock",
    "ChessboardDistance": "chebyshev", "CosineDistance": "cosine", "CorrelationDistance": "correlation",
}  # fmt: skip
OPTIONS: dict[str, Term] = {
    "CriterionFunction": S.Automatic, "DistanceFunction": S.Automatic, "Method": S.Automatic, "RandomSeeding": 1234,
}  # fmt: skip
#: Without a number of clusters at most so many are tried.
MOST = 10
TRIES, ROUNDS = 10, 100

Places = np.ndarray
Method = Callable[[np.ndarray, int, str, np.random.Generator], Places]


def k_means(rows: np.ndarray, count: int, distance: str, generator: np.random.Generator) -> Places:
    """Gives the cluster of each row by Lloyd's rounds from k-means++ starts, the best of some tries."""
    best, least = np.zeros(len(rows), int), np.inf
    for _ in range(TRIES):
        centers = spread_starts(rows, count, generator)
        for _ in range(ROUNDS):
            squares = ((rows[:, None] - centers[None]) ** 2).sum(axis=2)
            chosen = squares.argmin(axis=1)
            moved = np.array(
                [rows[chosen == k].mean(axis=0) if (chosen == k).any() else centers[k] for k in range(count)]
            )
            if np.array_equal(moved, centers):
                break
            centers = moved
        total = squares.min(axis=1).sum()
        if total < least:
            best, least = chosen, total
    return best


def spread_starts(rows: np.ndarray, count: int, generator: np.random.Generator) -> np.ndarray:
    """Gives rows drawn with probabilities proportional to the square of the distance from those drawn before."""
    centers = [rows[generator.integers(len(rows))]]
    while len(centers) < count:
        squares = ((rows[:, None] - np.array(centers)[None]) ** 2).sum(axis=2).min(axis=1)
        share = squares / squares.sum() if squares.sum() > 0 else None
        centers.append(rows[generator.choice(len(rows), p=share)])
    return np.array(centers)


def agglomerate(rows: np.ndarray, count: int, distance: str, generator: np.random.Generator) -> Places:
    """Gives the cluster of each row by joining the two clusters that are nearest on the average, again and again."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(rows) == 1:
        return np.zeros(1, int)
    return fcluster(linkage(rows, "average", distance), count, "maxclust") - 1


METHODS: dict[str, Method] = {"KMeans": k_means, "Agglomerate": agglomerate}


def clusters(kernel: Kernel, data: Term, count: Term, options: Mapping[str, Term]) -> Places:
    """Gives the number of the cluster of each example, in the order in which they first come."""
    rows = rows_of(kernel, data)
    name, distance = method_of(options), distance_of(options)
    if name == "KMeans" and distance not in ("euclidean", "sqeuclidean"):
        raise Message("distance", options["DistanceFunction"], ", ".join(DISTANCES))
    seed, wanted = options["RandomSeeding"], options["CriterionFunction"]
    method = METHODS[name]

    def found(k: int) -> Places:
        return method(rows, k, distance, np.random.default_rng(seed if type(seed) is int and seed >= 0 else None))

    if is_head(count, S.UpTo, 1) and type(count.args[0]) is int and count.args[0] > 0:
        return in_order(automatic(rows, found, distance, min(count.args[0], MOST), wanted))
    if count is S.Automatic:
        return in_order(automatic(rows, found, distance, MOST, wanted))
    if type(count) is not int or not 1 <= count <= len(rows):
        raise Message("count", count, len(rows))
    return in_order(found(count))


def automatic(rows: np.ndarray, found: Callable[[int], Places], distance: str, most: int, wanted: Term) -> Places:
    """Gives the clusters that are best by a criterion; raises Message."""
    name = "Silhouette" if wanted is S.Automatic else wanted
    if type(name) is not str or name not in CRITERIA:
        raise Message("criterion", wanted, ", ".join(CRITERIA))
    different = len(np.unique(rows, axis=0))
    tried = [found(k) for k in range(2, min(most, different, len(rows) - 1) + 1)]
    scores = np.array([CRITERIA[name](rows, chosen, distance) for chosen in tried])
    if not tried or (name == "Silhouette" and scores.max() <= CLEAR):
        return np.zeros(len(rows), int)
    return tried[int(np.flatnonzero(scores >= scores.max() - ROOM * abs(scores.max()))[-1])]


def in_order(chosen: Places) -> Places:
    _, first, numbers = np.unique(chosen, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[numbers]


def method_of(options: Mapping[str, Term]) -> str:
    given = options["Method"]
    name = elements(given)[0] if is_array(given) and elements(given) else given
    if type(name) is str and name in METHODS:
        return name
    if name is S.Automatic:
        return "KMeans" if distance_of(options) == "euclidean" else "Agglomerate"
    raise Message("method", given, ", ".join(METHODS))


def distance_of(options: Mapping[str, Term]) -> str:
    given = options["DistanceFunction"]
    if given is S.Automatic:
        return "euclidean"
    if type(given) is not Symbol or given.name not in DISTANCES:
        raise Message("distance", given, ", ".join(DISTANCES))
    return DISTANCES[given.name]


@builtin("FindClusters", category="Machine learning", options=OPTIONS, messages=MESSAGES)
def find_clusters(kernel: Kernel, data: Term, count: Term = S.Automatic, *, options: Mapping[str, Term]) -> Term | None:
    """FindClusters[{e1, e2, …}] gives lists of examples, numbers or vectors, that are near each other.
    FindClusters[data, n] gives n of them, FindClusters[data, UpTo[n]] at most n.
    FindClusters[{e1 -> v1, …}] and FindClusters[{e1, …} -> {v1, …}] give the v; of an association, associations.

    Details: The methods are "KMeans" and "Agglomerate". Without n, the number of clusters is the one that the criterion finds best, of
    those that are less than 5% worse than the best the largest: "Silhouette" (one cluster where it is below 1/2),
    "CalinskiHarabasz", "DaviesBouldin" or "Dunn". RandomSeeding is the seed of the starts of KMeans.

    Examples:
        >> FindClusters[{1., 9., 1.2, 8.8, 1.1}]
        = {{1., 1.2, 1.1}, {9., 8.8}}
        >> {FindClusters[{1, 2, 10, 12, 3, 1, 13, 25}], FindClusters[{1, 2, 10, 11, 100}]}
        = {{{1, 2, 3, 1}, {10, 12, 13}, {25}}, {{1, 2}, {10, 11}, {100}}}
        >> FindClusters[{{0, 0}, {5, 5}, {0, 1}} -> {"a", "b", "c"}, 2]
        = {{"a", "c"}, {"b"}}
        >> FindClusters[<|a -> 1, b -> 7, c -> 2|>, 2]
        = {<|a -> 1, c -> 2|>, <|b -> 7|>}
    Options: Method:
        >> FindClusters[{1, 2, 10, 12, 25}, 3, Method -> "Agglomerate"]
        = {{1, 2}, {10, 12}, {25}}
    Options: DistanceFunction:
        >> FindClusters[{{1, 1}, {9, 9}, {1, 0}}, 2, DistanceFunction -> CosineDistance]
        = {{{1, 1}, {9, 9}}, {{1, 0}}}
    Options: CriterionFunction:
        >> FindClusters[{1, 2, 10, 12, 25}, CriterionFunction -> "Dunn"]
        = {{1, 2}, {10, 12}, {25}}
    Options: RandomSeeding:
        >> FindClusters[{1, 2, 10, 12}, 2, RandomSeeding -> 3]
        = {{1, 2}, {10, 12}}
    Possible issues:
        >> FindClusters[{1, x}]
        message: FindClusters::examples
        = FindClusters[{1, x}]
        >> FindClusters[{1, 2}, 3]
        message: FindClusters::count
        = FindClusters[{1, 2}, 3]
        >> FindClusters[{1, 2}, Method -> "DBSCAN"]
        message: FindClusters::method
        = FindClusters[{1, 2}, Method -> "DBSCAN"]
        >> FindClusters[{1, 2, 5}, CriterionFunction -> "Color"]
        message: FindClusters::criterion
        = FindClusters[{1, 2, 5}, CriterionFunction -> "Color"]
        >> FindClusters[{1, 2}, DistanceFunction -> f]
        message: FindClusters::distance
        = FindClusters[{1, 2}, DistanceFunction -> f]
    Source: D. Arthur and S. Vassilvitskii, k-means++, 2007; P. Rousseeuw, Silhouettes, 1987.
    """
    keys, values = with_values(data)
    chosen = clusters(kernel, keys, count, options)
    groups = [np.flatnonzero(chosen == number) for number in range(chosen.max() + 1)]
    if type(data) is Association:
        pairs = list(zip(data.keys(), data.values(), strict=True))
        return list_of(*(Association([pairs[int(place)] for place in group]) for group in groups))
    items = elements(values)
    return list_of(*(to_list(items[int(place)] for place in group) for group in groups))


def with_values(data: Term) -> tuple[Term, Term]:
    """Gives the examples and what is to be given for them."""
    if is_head(data, S.Rule, 2) and is_array(data.args[0]) and is_array(data.args[1]):
        keys, values = data.args
        if len(elements(as_list(keys))) != len(elements(as_list(values))):
            raise Message("examples", data)
        return keys, as_list(values)
    data = as_list(data)
    items = elements(data) if is_array(data) else ()
    if items and all(is_head(item, S.Rule, 2) for item in items):
        return to_list(item.args[0] for item in items), to_list(item.args[1] for item in items)
    return data, data


@builtin("ClusteringComponents", category="Machine learning", options=OPTIONS, messages=MESSAGES)
def clustering_components(
    kernel: Kernel, data: Term, count: Term = S.Automatic, *, options: Mapping[str, Term]
) -> Term | None:
    """ClusteringComponents[{e1, e2, …}] gives for each example the number of its cluster.
    ClusteringComponents[data, n] finds n clusters.

    Details: As FindClusters.

    Examples:
        >> ClusteringComponents[{1., 9., 1.2, 8.8, 1.1}]
        = {1, 2, 1, 2, 1}
    Options: Method:
        >> ClusteringComponents[{1, 2, 10, 12, 25}, 3, Method -> "Agglomerate"]
        = {1, 1, 2, 2, 3}
    Options: DistanceFunction:
        >> ClusteringComponents[{{1, 1}, {9, 9}, {1, 0}}, 2, DistanceFunction -> CosineDistance]
        = {1, 1, 2}
    Options: CriterionFunction:
        >> ClusteringComponents[{1, 2, 10, 12, 25}, CriterionFunction -> "Dunn"]
        = {1, 1, 2, 2, 3}
    Options: RandomSeeding:
        >> ClusteringComponents[{1, 2, 10, 12}, 2, RandomSeeding -> 3]
        = {1, 1, 2, 2}
    Possible issues:
        >> ClusteringComponents["a"]
        message: ClusteringComponents::examples
        = ClusteringComponents["a"]
        >> ClusteringComponents[{1, 2}, 0]
        message: ClusteringComponents::count
        = ClusteringComponents[{1, 2}, 0]
        >> ClusteringComponents[{1, 2, 5}, CriterionFunction -> 5]
        message: ClusteringComponents::criterion
        = ClusteringComponents[{1, 2, 5}, CriterionFunction -> 5]
        >> ClusteringComponents[{1, 2}, Method -> 5]
        message: ClusteringComponents::method
        = ClusteringComponents[{1, 2}, Method -> 5]
        >> ClusteringComponents[{1, 2}, DistanceFunction -> ManhattanDistance, Method -> "KMeans"]
        message: ClusteringComponents::distance
        = ClusteringComponents[{1, 2}, DistanceFunction -> ManhattanDistance, Method -> "KMeans"]
    """
    return pack(clusters(kernel, data, count, options) + 1)


@builtin("ClusterClassify", category="Machine learning", options=OPTIONS, messages=MESSAGES)
def cluster_classify(
    kernel: Kernel, data: Term, count: Term = S.Automatic, *, options: Mapping[str, Term]
) -> Term | None:
    """ClusterClassify[{e1, e2, …}] gives a ClassifierFunction that tells the number of the cluster of an example, old or new.
    ClusterClassify[data, n] finds n clusters.

    Details: As FindClusters; a new example is in the cluster of the nearest one, by the EuclideanDistance of standardized examples.

    Examples:
        >> c = ClusterClassify[{1., 9., 1.2, 8.8, 1.1}, 2];
        >> {c[2.5], c[{8, 0}], Information[c, "Classes"]}
        = {1, {2, 1}, {1, 2}}
    Options: Method:
        >> ClusterClassify[{1, 2, 10, 12, 25}, 3, Method -> "Agglomerate"][{3, 30}]
        = {1, 3}
    Options: DistanceFunction:
        >> ClusterClassify[{{1, 1}, {9, 9}, {1, 0}}, 2, DistanceFunction -> CosineDistance][{{1, 0}}]
        = {2}
    Options: CriterionFunction:
        >> ClusterClassify[{1, 2, 10, 12, 25}, CriterionFunction -> "Dunn"][24]
        = 3
    Options: RandomSeeding:
        >> ClusterClassify[{1, 2, 10, 12}, 2, RandomSeeding -> 3][11]
        = 2
    Possible issues:
        >> ClusterClassify["a"]
        message: ClusterClassify::examples
        = ClusterClassify["a"]
        >> ClusterClassify[{1, 2}, 0]
        message: ClusterClassify::count
        = ClusterClassify[{1, 2}, 0]
        >> ClusterClassify[{1, 2, 5}, CriterionFunction -> 5]
        message: ClusterClassify::criterion
        = ClusterClassify[{1, 2, 5}, CriterionFunction -> 5]
        >> ClusterClassify[{1, 2}, Method -> 5]
        message: ClusterClassify::method
        = ClusterClassify[{1, 2}, Method -> 5]
        >> ClusterClassify[{1, 2}, DistanceFunction -> f]
        message: ClusterClassify::distance
        = ClusterClassify[{1, 2}, DistanceFunction -> f]
    """
    chosen = clusters(kernel, data, count, options) + 1
    nearest = list_of("NearestNeighbors", expression("Rule", "NeighborsNumber", 1))
    return train_classifier(kernel, expression("Rule", as_list(data), pack(chosen)), {**CLASSIFYING, "Method": nearest})
