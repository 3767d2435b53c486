"""Shortest paths and distances."""

from __future__ import annotations

from typing import Any

from wlnet.builtins.graphs.networks import named, networkx, simple
from wlnet.builtins.graphs.value import CATEGORY, Graph, graph_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import S, Term, list_of, to_list
from wlnet.terms.same import key


def vertex(graph: Graph, term: Term) -> int:
    """Gives the number of a vertex; raises Message."""
    found = graph.places().get(key(term))
    if found is None:
        raise Message("novertex", term, text="`1` is no vertex of the graph.")
    return found


def weighing(nx: Any, made: Any) -> str:
    """Gives the attribute that is summed up along paths; raises Message for weights without shortest paths."""
    if any(known["weight"] < 0 for _, _, known in made.edges(data=True)):
        raise Message("weights", text="Weights of edges are expected to be 0 or more.")
    return "weight"


@builtin("FindShortestPath", category=CATEGORY)
def find_shortest_path(kernel: Kernel, graph: Term, start: Term, end: Term) -> Term | None:
    """FindShortestPath[g, s, t] gives the vertices of a path from s to t of least weight, {} where there is none.

    Details: Every edge counts 1 where EdgeWeight does not say otherwise.

    Examples:
        >> FindShortestPath[Graph[{1 -> 2, 2 -> 3, 3 -> 4, 1 -> 4}], 1, 3]
        = {1, 2, 3}
        >> FindShortestPath[Graph[{1 <-> 2, 2 <-> 3, 1 <-> 3}, EdgeWeight -> {1, 1, 5}], 1, 3]
        = {1, 2, 3}
        >> FindShortestPath[Graph[{1 -> 2}], 2, 1]
        = {}
    Possible issues:
        >> FindShortestPath[Graph[{1 -> 2}], 1, 7];
        message: FindShortestPath::novertex
    """
    found = graph_of(graph)
    if found is None:
        return None
    nx, made = networkx(), simple(found)
    try:
        path = nx.shortest_path(made, vertex(found, start), vertex(found, end), weight=weighing(nx, made))
    except nx.NetworkXNoPath:
        return list_of()
    return named(found, path)


@builtin("GraphDistance", category=CATEGORY)
def graph_distance(kernel: Kernel, graph: Term, start: Term, end: Term = None) -> Term | None:
    """GraphDistance[g, s, t] gives the weight of a shortest path from s to t, Infinity where there is none.
    GraphDistance[g, s] gives the distances to all vertices.

    Examples:
        >> {GraphDistance[PathGraph[{a, b, c}], a, c], GraphDistance[Graph[{1 -> 2, 2 -> 3}], 2]}
        = {2, {Infinity, 0, 1}}
    Possible issues:
        >> GraphDistance[Graph[{1 -> 2}, EdgeWeight -> {-1}], 1, 2];
        message: GraphDistance::weights
    """
    found = graph_of(graph)
    if found is None:
        return None
    nx, made = networkx(), simple(found)
    known = nx.single_source_dijkstra_path_length(made, vertex(found, start), weight=weighing(nx, made))
    distances = [known.get(n, S.Infinity) for n in range(len(found.vertices))]
    return list_of(*distances) if end is None else distances[vertex(found, end)]


@builtin("GraphDistanceMatrix", category=CATEGORY)
def graph_distance_matrix(kernel: Kernel, graph: Term) -> Term | None:
    """GraphDistanceMatrix[g] gives the distances from the vertex of the row to that of the column.

    Examples:
        >> GraphDistanceMatrix[Graph[{1 -> 2, 2 -> 3}]]
        = {{0, 1, 2}, {Infinity, 0, 1}, {Infinity, Infinity, 0}}
    """
    found = graph_of(graph)
    if found is None:
        return None
    return to_list(graph_distance(kernel, found, name) for name in found.vertices)
