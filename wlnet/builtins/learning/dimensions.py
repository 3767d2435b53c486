"""Vectors of fewer dimensions that keep what matters of the distances."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from wlnet.builtins.learning.methods import sklearn
from wlnet.builtins.learning.vectors import EXAMPLES, rows_of
from wlnet.builtins.numbers.numerical import as_list, dimensions
from wlnet.kernel import Kernel, Message, applies, builtin
from wlnet.terms import Expression, S, Term, expression, list_of, pack, register, same, term_hash

MESSAGES = {
    "examples": EXAMPLES,
    "count": "The number of dimensions `1` is not an integer from 1 to `2`.",
    "method": "`1` is not a method here; the methods are `2`.",
}
#: t-SNE wants a perplexity below the number of examples.
PERPLEXITY = 30.0


@dataclass(frozen=True)
class Projection:
    """A linear map to fewer dimensions: less a center, along directions (dimensions, count)."""

    center: np.ndarray
    directions: np.ndarray

    def __call__(self, rows: np.ndarray) -> np.ndarray:
        return (rows - self.center) @ self.directions


def principal_components(rows: np.ndarray, count: int) -> Projection:
    return projection(rows, rows.mean(axis=0), count)


def latent_semantic_analysis(rows: np.ndarray, count: int) -> Projection:
    return projection(rows, np.zeros(rows.shape[1]), count)


def projection(rows: np.ndarray, center: np.ndarray, count: int) -> Projection:
    """Gives the map to the directions of the largest singular values; the largest part of each is positive."""
    _, _, directions = np.linalg.svd(rows - center, full_matrices=False)
    directions = directions[:count]
    largest = np.abs(directions).argmax(axis=1)
    signs = np.where(directions[np.arange(len(directions)), largest] < 0, -1.0, 1.0)
    return Projection(center, (directions * signs[:, None]).T)


def tsne(rows: np.ndarray, count: int, seed: int) -> np.ndarray:
    made = sklearn("manifold").TSNE
    perplexity = min(PERPLEXITY, max((len(rows) - 1) / 3, 0.5))
    return made(
        count, perplexity=perplexity, random_state=seed, method="exact" if count > 3 else "barnes_hut"
    ).fit_transform(rows)


#: The methods that make a map, which can be applied to other examples.
MAPS: dict[str, Callable[[np.ndarray, int], Projection]] = {
    "PrincipalComponentsAnalysis": principal_components,
    "LatentSemanticAnalysis": latent_semantic_analysis,
}
METHODS = (*MAPS, "TSNE")
OPTIONS: dict[str, Term] = {"Method": "PrincipalComponentsAnalysis", "RandomSeeding": 1234}


def method_of(given: Term, known: Collection[str]) -> str:
    name = "PrincipalComponentsAnalysis" if given is S.Automatic else given
    if type(name) is not str or name not in known:
        raise Message("method", name, ", ".join(known))
    return name


def count_of(given: Term, rows: np.ndarray) -> int:
    """Gives how many dimensions are wanted of rows; raises Message."""
    most = min(rows.shape)
    wanted = min(2, most) if given is S.Automatic else given
    if type(wanted) is not int or not 1 <= wanted <= most:
        raise Message("count", given, most)
    return wanted


@builtin(
    "DimensionReduce", category="Machine learning", messages=MESSAGES, options=OPTIONS,
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
    rows, name = rows_of(kernel, data), method_of(options["Method"], METHODS)
    wanted, seed = count_of(count, rows), options["RandomSeeding"]
    if name in MAPS:
        return pack(MAPS[name](rows, wanted)(rows))
    return pack(np.asarray(tsne(rows, wanted, seed if type(seed) is int and 0 <= seed < 2**32 else 0), np.float64))


@dataclass(frozen=True, eq=False)
class DimensionReducerFunction:
    """A map to fewer dimensions that was learned from examples; call: the term that makes it again."""

    call: Expression
    shape: tuple[int, ...]
    project: Projection


@builtin(
    "DimensionReduction", category="Machine learning", messages=MESSAGES,
    options={"Method": "PrincipalComponentsAnalysis"},
)  # fmt: skip
def dimension_reduction(
    kernel: Kernel, data: Term, count: Term = S.Automatic, *, options: Mapping[str, Term]
) -> Term | None:
    """DimensionReduction[{e1, e2, …}, n] gives a DimensionReducerFunction that makes vectors of n dimensions of examples,
    of these and of others.

    Details: The methods are "PrincipalComponentsAnalysis" and "LatentSemanticAnalysis", as in DimensionReduce.

    Examples:
        >> f = DimensionReduction[{{1, 2}, {2, 4}, {3, 6}}, 1]
        printed: DimensionReducerFunction[{2} -> 1]
        >> {f[{4, 8}], f[{{1, 2}, {2, 4}}], f === ToExpression[ToString[f, InputForm]]}
        = {{4.472135954}, {{-2.236067977}, {0.}}, True}
    Options: Method:
        >> DimensionReduction[{{3, 4}, {6, 8}}, 1, Method -> "LatentSemanticAnalysis"][{30, 40}]
        = {50.}
    Possible issues:
        >> DimensionReduction[{{1, 2}, {x}}]
        message: DimensionReduction::examples
        = DimensionReduction[{{1, 2}, {x}}]
        >> DimensionReduction[{{1, 2}, {3, 4}}, 5]
        message: DimensionReduction::count
        = DimensionReduction[{{1, 2}, {3, 4}}, 5]
        >> DimensionReduction[{{1, 2}, {3, 4}}, Method -> "TSNE"]
        message: DimensionReduction::method
        = DimensionReduction[{{1, 2}, {3, 4}}, Method -> "TSNE"]
    """
    return reducer(kernel, data, count, options["Method"])


def reducer(kernel: Kernel, data: Term, count: Term, method: Term) -> DimensionReducerFunction:
    """Gives the function that has learned to reduce examples; raises Message."""
    rows, name = rows_of(kernel, data), method_of(method, MAPS)
    wanted = count_of(count, rows)
    call = expression("DimensionReducerFunction", data, wanted, name)
    return DimensionReducerFunction(call, dimensions(as_list(data))[1:], MAPS[name](rows, wanted))


@builtin("DimensionReducerFunction", category="Machine learning", messages={"examples": EXAMPLES})
def dimension_reducer_function(kernel: Kernel, data: Term, count: Term, method: Term) -> Term | None:
    """DimensionReducerFunction[…] is what DimensionReduction gives; apply it to an example or to a list of examples.

    Examples:
        >> DimensionReducerFunction[{{1, 2}, {2, 4}, {3, 6}}, 1, "PrincipalComponentsAnalysis"][{2, 4}]
        = {0.}
    Possible issues:
        >> DimensionReduction[{{1, 2}, {2, 4}}][{1, 2, 3}];
        message: DimensionReducerFunction::examples
    """
    return reducer(kernel, data, count, method)


@applies(DimensionReducerFunction)
def apply_reducer(kernel: Kernel, made: DimensionReducerFunction, args: tuple[Term, ...]) -> Term | None:
    """Gives the vector of an example, or those of several."""
    if len(args) != 1:
        return None
    shape = dimensions(as_list(args[0]))
    is_one = shape == made.shape
    if not is_one and shape[1:] != made.shape:
        raise Message("examples", args[0], text=EXAMPLES)
    found = made.project(rows_of(kernel, list_of(args[0]) if is_one else args[0]))
    return pack(found[0] if is_one else found)


register(
    DimensionReducerFunction, S.DimensionReducerFunction, full_form=lambda made: made.call,
    text=lambda made: f"DimensionReducerFunction[{{{', '.join(map(str, made.shape))}}} -> {made.project.directions.shape[1]}]",
    equal=lambda a, b: same(a.call, b.call), hash=lambda made: term_hash(made.call),
)  # fmt: skip
