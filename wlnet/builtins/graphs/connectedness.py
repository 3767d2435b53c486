"""Which vertices of a graph belong together: connected parts, communities, cliques."""

from __future__ import annotations

from collections.abc import Iterable

from wlnet.builtins.graphs.networks import asks, named, network, networkx, simple
from wlnet.builtins.graphs.value import CATEGORY, Graph, graph_of
from wlnet.kernel import Kernel, builtin
from wlnet.terms import Term, list_of, to_list, truth


def components(graph: Graph, found: Iterable[Iterable[int]]) -> Term:
    """Gives sets of vertices, the largest first."""
    ordered = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))
    return to_list(named(graph, part) for part in ordered)


def connected(graph: Graph) -> Term:
    nx, made = networkx(), network(graph)
    find = nx.strongly_connected_components if made.is_directed() else nx.connected_components
    return components(graph, find(made))


def is_connected(graph: Graph, *, weakly: bool = False) -> bool:
    nx, made = networkx(), network(graph, directed=False if weakly else None)
    if not len(made):
        return True
    return bool(nx.is_strongly_connected(made) if made.is_directed() else nx.is_connected(made))


def communities(graph: Graph) -> Term:
    return components(graph, networkx().community.greedy_modularity_communities(simple(graph, directed=False)))


asks("ConnectedComponents", """ConnectedComponents[g] gives the vertices of each connected part of a graph, the largest first.

    Details: In a directed graph those belong together that can be reached from one another.

    Examples:
        >> ConnectedComponents[Graph[{1 <-> 2, 3 <-> 4, 4 <-> 5}]]
        = {{3, 4, 5}, {1, 2}}
        >> ConnectedComponents[{1 -> 2, 2 -> 1, 2 -> 3}]
        = {{1, 2}, {3}}
    """, connected)  # fmt: skip
asks("WeaklyConnectedComponents", """WeaklyConnectedComponents[g] gives the parts that are connected when edges have no direction.

    Examples:
        >> WeaklyConnectedComponents[{1 -> 2, 3 -> 2, 4 -> 5}]
        = {{1, 2, 3}, {4, 5}}
    """, lambda graph: components(graph, networkx().connected_components(network(graph, directed=False))))  # fmt: skip
asks("ConnectedGraphQ", """ConnectedGraphQ[g] gives True if every vertex can be reached from every other.

    Examples:
        >> {ConnectedGraphQ[Graph[{1 <-> 2, 2 <-> 3}]], ConnectedGraphQ[Graph[{1 -> 2}]]}
        = {True, False}
    """, lambda graph: truth(is_connected(graph)))  # fmt: skip
asks("WeaklyConnectedGraphQ", """WeaklyConnectedGraphQ[g] gives True if the graph is connected when edges have no direction.

    Examples:
        >> {WeaklyConnectedGraphQ[Graph[{1 -> 2}]], WeaklyConnectedGraphQ[Graph[{1, 2}, {}]]}
        = {True, False}
    """, lambda graph: truth(is_connected(graph, weakly=True)))  # fmt: skip
asks("FindGraphCommunities", """FindGraphCommunities[g] gives groups of vertices with many edges inside and few between them.

    Examples:
        >> FindGraphCommunities[Graph[{1 <-> 2, 2 <-> 3, 3 <-> 1, 3 <-> 4, 4 <-> 5, 5 <-> 6, 6 <-> 4}]]
        = {{1, 2, 3}, {4, 5, 6}}
    Source: A. Clauset, M. E. J. Newman, C. Moore: Finding community structure in very large networks (2004)
    """, communities)  # fmt: skip


@builtin("FindClique", category=CATEGORY)
def find_clique(kernel: Kernel, graph: Term) -> Term | None:
    """FindClique[g] gives a list with a largest set of vertices that are all connected with one another.

    Examples:
        >> FindClique[Graph[{1 <-> 2, 2 <-> 3, 3 <-> 1, 3 <-> 4}]]
        = {{1, 2, 3}}
    """
    found = graph_of(graph)
    if found is None:
        return None
    cliques = networkx().find_cliques(simple(found, directed=False))
    best = max(map(sorted, cliques), key=lambda part: (len(part), [-n for n in part]), default=[])
    return list_of(named(found, best)) if best else list_of()
