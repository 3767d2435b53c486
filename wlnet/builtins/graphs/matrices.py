"""The arrays that say what a graph does: weights of edges, adjacency matrices."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.graphics.values import array
from wlnet.builtins.graphs.value import CATEGORY, Graph, graph_of, not_a_graph
from wlnet.kernel import Kernel, builtin
from wlnet.terms import S, Term, is_list
from wlnet.terms.sparse import as_sparse


def weights_of(graph: Graph) -> list[float] | None:
    """Gives the weights of the edges in their order, None where there are none."""
    given = graph.option("EdgeWeight", S.Automatic)
    if not is_list(given):
        return None
    found = array(given)
    if found is None or found.shape != (len(graph.edges),):
        raise not_a_graph(given)
    return found.tolist()


def adjacency(graph: Graph, weights: list[float] | None) -> np.ndarray:
    """Gives how many edges lead from the vertex of the row to that of the column, or the sums of their weights."""
    size = len(graph.vertices)
    found = np.zeros((size, size), int if weights is None else float)
    for edge, weight in zip(graph.edges, weights or [1] * len(graph.edges), strict=True):
        found[edge.start, edge.end] += weight
        if not edge.is_directed and edge.start != edge.end:
            found[edge.end, edge.start] += weight
    return found


@builtin("AdjacencyMatrix", category=CATEGORY)
def adjacency_matrix(kernel: Kernel, graph: Term) -> Term | None:
    """AdjacencyMatrix[g] gives a matrix: how many edges lead from the vertex of the row to that of the column.

    Examples:
        >> AdjacencyMatrix[Graph[{1 -> 2, 2 <-> 3}]]
        = SparseArray[Automatic, {3, 3}, 0, {1, {{0, 1, 2, 3}, {{2}, {3}, {2}}}, {1, 1, 1}}]
    """
    found = graph_of(graph)
    return None if found is None else as_sparse(adjacency(found, None))


@builtin("WeightedAdjacencyMatrix", category=CATEGORY)
def weighted_adjacency_matrix(kernel: Kernel, graph: Term) -> Term | None:
    """WeightedAdjacencyMatrix[g] gives a matrix: the weight of the edge from the vertex of the row to that of the column.

    Examples:
        >> WeightedAdjacencyMatrix[Graph[{1 -> 2, 2 -> 3}, EdgeWeight -> {2.5, 4}]] // Normal
        = {{0., 2.5, 0.}, {0., 0., 4.}, {0., 0., 0.}}
    """
    found = graph_of(graph)
    return None if found is None else as_sparse(adjacency(found, weights_of(found)))
