"""Graphs as those of the package networkx, and how a function that asks it is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wlnet.builtins.graphs.matrices import weights_of
from wlnet.builtins.graphs.value import CATEGORY, Graph, graph_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Term, list_of

INSTALL = "This asks the package networkx, which is not installed (pip install networkx)."


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
