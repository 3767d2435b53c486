"""Vectors of fewer dimensions that keep what matters of the distances."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.learning.vectors import EXAMPLES, rows_of
from wlnet.errors import NetError
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import S, Term, pack

MESSAGES = {
    "examples": EXAMPLES,
    "count": "The number of dimensions `1` is not an integer from 1 to `2`.",
    "method": "`1` is not a method here; the methods are `2`.",
}
#: t-SNE wants a perplexity below the number of examples.
PERPLEXITY = 30.0


def principal_components(rows: np.ndarray, count: int, seed: int) -> np.ndarray:
    return projected(rows - rows.mean(axis=0), count)


def latent_semantic_analysis(rows: np.ndarray, count: int, seed: int) -> np.ndarray:
    return projected(rows, count)


def projected(rows: np.ndarray, count: int) -> np.ndarray:
    """Gives the coordinates along the directions of the largest singular values; the largest part of each is positive."""
    _, _, directions = np.linalg.svd(rows, full_matrices=False)
    directions = directions[:count]
    largest = np.abs(directions).argmax(axis=1)
    signs = np.where(directions[np.arange(len(directions)), largest] < 0, -1.0, 1.0)
    return rows @ (directions * signs[:, None]).T


def tsne(rows: np.ndarray, count: int, seed: int) -> np.ndarray:
    if importlib.util.find_spec("sklearn") is None:
        raise NetError("the method TSNE needs the package scikit-learn: pip install wlnet[learning]", tag="pkg")
    from sklearn.manifold import TSNE

    perplexity = min(PERPLEXITY, max((len(rows) - 1) / 3, 0.5))
    return TSNE(
        count, perplexity=perplexity, random_state=seed, method="exact" if count > 3 else "barnes_hut"
    ).fit_transform(rows)


METHODS: dict[str, Callable[[np.ndarray, int, int], np.ndarray]] = {
    "PrincipalComponentsAnalysis": principal_components,
    "LatentSemanticAnalysis": latent_semantic_analysis,
    "TSNE": tsne,
}


@builtin(
    "DimensionReduce", category="Machine learning", messages=MESSAGES,
    options={"Method": "PrincipalComponentsAnalysis", "RandomSeeding": 1234},
)  # fmt: skip
def dimension_reduce(
    kernel: Kernel, data: Term, count: Term = S.Automatic, *, options: Mapping[str, Term]
) -> Term | None:
    """DimensionReduce[{e1, e2, …}, n] gives vectors of n dimensions for numbers, vectors or arrays.
    DimensionReduce[{e1, e2, …}] gives vectors of 2 dimensions, or of fewer where there are fewer.

    Details: The methods are "PrincipalComponentsAnalysis" (the examples less their mean, not scaled), "LatentSemanticAnalysis"
    (not less their mean) and "TSNE", by scikit-learn. RandomSeeding is the seed of TSNE.

    Examples:
        >> DimensionReduce[{{1, 2}, {2, 4}, {3, 6}}, 1]
        = {{-2.236068}, {0.}, {2.236068}}
        >> Dimensions[DimensionReduce[RandomReal[1, {20, 5}]]]
        = {20, 2}
    Options: Method:
        >> DimensionReduce[{{3, 4}, {6, 8}}, 1, Method -> "LatentSemanticAnalysis"]
        = {{5.}, {10.}}
    Options: RandomSeeding:
        >> DimensionReduce[{{3, 4}, {6, 8}}, 1, RandomSeeding -> 5]
        = {{-2.5}, {2.5}}
    Possible issues:
        >> DimensionReduce[{{1, 2}, {x}}]
        message: DimensionReduce::examples
        = DimensionReduce[{{1, 2}, {x}}]
        >> DimensionReduce[{{1, 2}, {3, 4}}, 5]
        message: DimensionReduce::count
        = DimensionReduce[{{1, 2}, {3, 4}}, 5]
        >> DimensionReduce[{{1, 2}, {3, 4}}, Method -> "UMAP"]
        message: DimensionReduce::method
        = DimensionReduce[{{1, 2}, {3, 4}}, Method -> "UMAP"]
    """
    rows = rows_of(kernel, data)
    name, seed = options["Method"], options["RandomSeeding"]
    name = "PrincipalComponentsAnalysis" if name is S.Automatic else name
    if type(name) is not str or name not in METHODS:
        raise Message("method", name, ", ".join(METHODS))
    most = min(rows.shape)
    wanted = min(2, most) if count is S.Automatic else count
    if type(wanted) is not int or not 1 <= wanted <= most:
        raise Message("count", count, most)
    return pack(
        np.asarray(METHODS[name](rows, wanted, seed if type(seed) is int and 0 <= seed < 2**32 else 0), np.float64)
    )
