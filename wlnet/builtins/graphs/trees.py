"""Trees, cycles, and orders in which every edge leads on."""

from __future__ import annotations

from collections.abc import Sequence

from wlnet.builtins.graphs.networks import asks, named, network, networkx
from wlnet.builtins.graphs.value import Edge, Graph
from wlnet.kernel import Message
from wlnet.terms import Term, list_of, truth


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


asks("AcyclicGraphQ", """AcyclicGraphQ[g] gives True if a graph has no cycle.

    Examples:
        >> {AcyclicGraphQ[Graph[{1 -> 2, 1 -> 3, 2 -> 3}]], AcyclicGraphQ[Graph[{1 <-> 2, 1 <-> 3, 2 <-> 3}]]}
        = {True, False}
    """, lambda graph: truth(is_acyclic(graph)))  # fmt: skip
asks("TreeGraphQ", """TreeGraphQ[g] gives True if a graph is a tree: connected, and without a cycle.

    Examples:
        >> {TreeGraphQ[Graph[{1 <-> 2, 2 <-> 3, 2 <-> 4}]], TreeGraphQ[CycleGraph[3]]}
        = {True, False}
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
