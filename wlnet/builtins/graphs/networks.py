"""What the package networkx finds in graphs: paths, components, trees, cycles, centralities, communities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.graphs.graph import CATEGORY, adjacency, weights_of
from wlnet.builtins.graphs.value import Edge, Graph, graph_of
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, S, Term, list_of, to_list, truth
from wlnet.terms.same import key

INSTALL = "This asks the package networkx, which is not installed (pip install networkx)."
#: Steps after which a vector has settled.
ITERATIONS = 2000
NO_VERTEX = "`1` is no vertex of the graph."


def networkx() -> Any:
    try:
        import networkx
    except ImportError:
        raise Message("package", result=FAILED, text=INSTALL) from None
    return networkx


def network(graph: Graph, *, directed: bool | None = None) -> Any:
    """Gives a graph of networkx: vertices are numbers, an edge knows its number and its weight.

    directed: whether edges keep their direction; None where some have one. Then one without leads both ways.
    """
    nx = networkx()
    keeps = graph.is_directed if directed is None else directed
    made = nx.MultiDiGraph() if keeps else nx.MultiGraph()
    made.add_nodes_from(range(len(graph.vertices)))
    weights = weights_of(graph) or [1] * len(graph.edges)
    for n, (edge, weight) in enumerate(zip(graph.edges, weights, strict=True)):
        made.add_edge(edge.start, edge.end, number=n, weight=weight)
        if keeps and not edge.is_directed:
            made.add_edge(edge.end, edge.start, number=n, weight=weight)
    return made


def simple(graph: Graph, *, directed: bool | None = None) -> Any:
    """Gives the same with one edge between two vertices at most, the lightest."""
    many = network(graph, directed=directed)
    nx = networkx()
    made = nx.DiGraph() if many.is_directed() else nx.Graph()
    made.add_nodes_from(many)
    for start, end, known in sorted(many.edges(data=True), key=lambda edge: -edge[2]["weight"]):
        made.add_edge(start, end, **known)
    return made


def vertex(graph: Graph, term: Term) -> int:
    """Gives the number of a vertex; raises Message."""
    found = graph.places().get(key(term))
    if found is None:
        raise Message("novertex", term, text=NO_VERTEX)
    return found


def named(graph: Graph, numbers: Iterable[int]) -> Term:
    return list_of(*(graph.vertices[n] for n in numbers))


def asks(name: str, doc: str, find: Callable[[Graph], Term]) -> None:
    """Declares a function of a graph alone, a list of edges being one too."""

    def answered(kernel: Kernel, graph: Term) -> Term | None:
        found = graph_of(graph)
        if found is None:
            return None
        try:
            return find(found)
        except networkx().NetworkXException as error:
            raise Message("none", text=f"The graph has no answer to this: {error}") from None

    answered.__doc__ = doc
    builtin(name, category=CATEGORY)(answered)


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


def is_acyclic(graph: Graph) -> bool:
    nx, made = networkx(), network(graph)
    if made.is_directed():
        return bool(nx.is_directed_acyclic_graph(made))
    return not len(made) or bool(nx.is_forest(made))


def is_tree(graph: Graph) -> bool:
    nx, made = networkx(), network(graph, directed=False)
    return len(made) > 0 and bool(nx.is_tree(made))


def ordered(graph: Graph) -> Term:
    nx, made = networkx(), network(graph)
    if graph.edges and not (made.is_directed() and nx.is_directed_acyclic_graph(made)):
        raise Message("acyclic", text="The graph has no such order: it has a cycle, or edges without a direction.")
    return named(graph, nx.lexicographical_topological_sort(made) if graph.edges else made)


def scores(values: dict[int, float]) -> Term:
    return list_of(*(float(values[n]) for n in sorted(values)))


def closeness(graph: Graph) -> Term:
    """Gives 1 over the mean distance to the vertices that can be reached."""
    found = networkx().closeness_centrality(
        simple(graph).reverse() if graph.is_directed else simple(graph), wf_improved=False
    )
    return scores(found)


def important(graph: Graph) -> Term:
    """Gives the vector that the matrix of the edges only makes longer, by iteration; 1 on its diagonal settles it."""
    matrix = np.minimum(adjacency(graph, None), 1).T + np.eye(len(graph.vertices))
    found = np.ones(len(graph.vertices))
    for _ in range(ITERATIONS):
        found = matrix @ found
        found /= max(found.sum(), 1e-300)
    return list_of(*found.tolist())


def spanning_tree(graph: Graph) -> Term:
    tree = networkx().minimum_spanning_edges(network(graph, directed=False), data=True)
    kept = sorted(known["number"] for *_, known in tree)
    return part_of(graph, [graph.edges[n] for n in kept])


def part_of(graph: Graph, edges: Sequence[Edge]) -> Graph:
    options = tuple((name, value) for name, value in graph.options if name != "EdgeWeight")
    return Graph(graph.vertices, tuple(edges), options)


def cycle(graph: Graph) -> Term:
    nx = networkx()
    try:
        found = nx.find_cycle(network(graph))
    except nx.NetworkXNoCycle:
        return list_of()
    edges = [graph.edge_term(Edge(start, end, graph.is_directed)) for start, end, _ in found]
    return list_of(list_of(*edges))


def communities(graph: Graph) -> Term:
    return components(graph, networkx().community.greedy_modularity_communities(simple(graph, directed=False)))


TREE = "Graph[{1 <-> 2, 2 <-> 3, 2 <-> 4}]"

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
asks("AcyclicGraphQ", """AcyclicGraphQ[g] gives True if a graph has no cycle.

    Examples:
        >> {AcyclicGraphQ[Graph[{1 -> 2, 1 -> 3, 2 -> 3}]], AcyclicGraphQ[Graph[{1 <-> 2, 1 <-> 3, 2 <-> 3}]]}
        = {True, False}
    """, lambda graph: truth(is_acyclic(graph)))  # fmt: skip
asks("TreeGraphQ", f"""TreeGraphQ[g] gives True if a graph is a tree: connected, and without a cycle.

    Examples:
        >> {{TreeGraphQ[{TREE}], TreeGraphQ[CycleGraph[3]]}}
        = {{True, False}}
    """, lambda graph: truth(is_tree(graph)))  # fmt: skip
asks("TopologicalSort", """TopologicalSort[g] gives the vertices in an order in which every edge leads on.

    Examples:
        >> TopologicalSort[Graph[{3 -> 1, 1 -> 2, 3 -> 2}]]
        = {3, 1, 2}
    Possible issues:
        >> TopologicalSort[CycleGraph[3]];
        message: TopologicalSort::acyclic
    """, ordered)  # fmt: skip
asks("FindSpanningTree", """FindSpanningTree[g] gives a tree with all vertices of a connected graph and edges of least weight.

    Examples:
        >> EdgeList[FindSpanningTree[Graph[{1 <-> 2, 2 <-> 3, 3 <-> 1}, EdgeWeight -> {1, 5, 2}]]]
        = {UndirectedEdge[1, 2], UndirectedEdge[3, 1]}
    """, spanning_tree)  # fmt: skip
asks("FindCycle", """FindCycle[g] gives a list with the edges of a cycle, {} where there is none.

    Examples:
        >> FindCycle[{1 -> 2, 2 -> 3, 3 -> 2}]
        = {{DirectedEdge[2, 3], DirectedEdge[3, 2]}}
        >> FindCycle[Graph[{1 -> 2}]]
        = {}
    """, cycle)  # fmt: skip
asks("BetweennessCentrality", f"""BetweennessCentrality[g] gives for each vertex how many shortest paths between others lead through it.

    Examples:
        >> BetweennessCentrality[{TREE}]
        = {{0., 3., 0., 0.}}
    """, lambda graph: scores(networkx().betweenness_centrality(simple(graph), normalized=False)))  # fmt: skip
asks("ClosenessCentrality", f"""ClosenessCentrality[g] gives for each vertex 1 over its mean distance to those that it reaches.

    Examples:
        >> ClosenessCentrality[{TREE}]
        = {{0.6, 1., 0.6, 0.6}}
    """, closeness)  # fmt: skip
asks("EigenvectorCentrality", """EigenvectorCentrality[g] gives the weight of each vertex when it is proportional to those of its neighbors.

    Details: The weights add up to 1.

    Examples:
        >> EigenvectorCentrality[CompleteGraph[4]]
        = {0.25, 0.25, 0.25, 0.25}
    """, important)  # fmt: skip
asks("FindGraphCommunities", """FindGraphCommunities[g] gives groups of vertices with many edges inside and few between them.

    Examples:
        >> FindGraphCommunities[Graph[{1 <-> 2, 2 <-> 3, 3 <-> 1, 3 <-> 4, 4 <-> 5, 5 <-> 6, 6 <-> 4}]]
        = {{1, 2, 3}, {4, 5, 6}}
    Source: A. Clauset, M. E. J. Newman, C. Moore: Finding community structure in very large networks (2004)
    """, communities)  # fmt: skip


@builtin("PageRankCentrality", category=CATEGORY)
def page_rank_centrality(kernel: Kernel, graph: Term, share: Term = 0.85) -> Term | None:
    """PageRankCentrality[g] gives how often a walk along random edges visits each vertex; the numbers add up to 1.
    PageRankCentrality[g, a] begins the walk anew with probability 1 - a at each step; a is 0.85 where it is left out.

    Examples:
        >> Round[PageRankCentrality[Graph[{1 -> 2, 3 -> 2, 2 -> 1}]], 0.001]
        = {0.464, 0.486, 0.05}
    Possible issues:
        >> PageRankCentrality[Graph[{1 -> 2}], 2];
        message: PageRankCentrality::share
    """
    found, wanted = graph_of(graph), machine_real(kernel, share)
    if found is None:
        return None
    if wanted is None or not 0 <= wanted < 1:
        raise Message("share", share, text="A number from 0 to 1, less than 1, is expected instead of `1`.")
    return scores(networkx().pagerank(simple(found), alpha=wanted, tol=1e-12, max_iter=1000))


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


def weighing(nx: Any, made: Any) -> str:
    """Gives the attribute that is summed up along paths; raises Message for weights without shortest paths."""
    if any(known["weight"] < 0 for _, _, known in made.edges(data=True)):
        raise Message("weights", text="Weights of edges are expected to be 0 or more.")
    return "weight"


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


@builtin("IsomorphicGraphQ", category=CATEGORY)
def isomorphic_graph_q(kernel: Kernel, first: Term, second: Term) -> Term | None:
    """IsomorphicGraphQ[g, h] gives True if two graphs are the same but for the names of the vertices.

    Examples:
        >> {IsomorphicGraphQ[CycleGraph[4], Graph[{a <-> b, c <-> b, c <-> d, d <-> a}]], IsomorphicGraphQ[CycleGraph[4], PathGraph[Range[4]]]}
        = {True, False}
    """
    one, other = graph_of(first), graph_of(second)
    if one is None or other is None:
        return None
    if one.is_directed != other.is_directed:
        return truth(not one.edges and not other.edges)
    return truth(networkx().is_isomorphic(network(one), network(other)))


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
