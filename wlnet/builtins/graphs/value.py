"""A graph as a value of the language, and how edges are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from wlnet.drawings import Shape
from wlnet.kernel import Message
from wlnet.syntax import write
from wlnet.terms import (
    FALSE,
    Expression,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    list_of,
    register,
    rule,
    symbol,
)
from wlnet.terms.same import key

CATEGORY = "Graphs"
#: Head of an edge → whether it has a direction.
EDGES: Mapping[Term, bool] = {S.Rule: True, S.DirectedEdge: True, S.TwoWayRule: False, S.UndirectedEdge: False}


class Edge(NamedTuple):
    """An edge between vertices of these numbers, from 0; tag: what tells it from others between them."""

    start: int
    end: int
    is_directed: bool
    tag: Term = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Vertices, edges, and options such as VertexLabels by name. drawing: what it is shown as, where that is known."""

    vertices: tuple[Term, ...]
    edges: tuple[Edge, ...]
    options: tuple[tuple[str, Term], ...] = ()
    drawing: Shape | None = field(default=None, compare=False)

    @property
    def is_directed(self) -> bool:
        return any(edge.is_directed for edge in self.edges)

    def option(self, name: str, default: Term) -> Term:
        return dict(self.options).get(name, default)

    def places(self) -> dict[object, int]:
        """Gives the number of each vertex by the key of its term."""
        return {key(vertex): n for n, vertex in enumerate(self.vertices)}

    def edge_term(self, edge: Edge) -> Term:
        args = [self.vertices[edge.start], self.vertices[edge.end]]
        made = S.DirectedEdge if edge.is_directed else S.UndirectedEdge
        return Expression(made, tuple(args if edge.tag is None else [*args, edge.tag]))

    def with_options(self, more: Mapping[str, Term]) -> Graph:
        return Graph(self.vertices, self.edges, tuple({**dict(self.options), **more}.items()))


def is_edge(term: Term) -> bool:
    return type(term) is Expression and term.head in EDGES and len(term.args) in (2, 3)


def unwrapped(items: Iterable[Term], styled: list[Term], labeled: list[Term]) -> list[Term]:
    """Gives things without Style and Labeled, for which rules are added to the lists."""
    found = []
    for item in items:
        wrappers = []
        while (is_head(item, S.Style) or is_head(item, S.Labeled)) and len(item.args) > 1:
            wrappers.append(item)
            item = item.args[0]
        for wrapper in wrappers:
            value = wrapper.args[1] if len(wrapper.args) == 2 else expression("Directive", *wrapper.args[1:])
            (styled if is_head(wrapper, S.Style) else labeled).append(rule(item, value))
        found.append(item)
    return found


def made_graph(vertices: Term | None, edges: Term, options: Mapping[str, Term]) -> Graph:
    """Gives the graph of a list of edges, the vertices first where they are given; raises Message."""
    if not is_list(edges) or not (vertices is None or is_list(vertices)):
        raise not_a_graph(edges)
    added: dict[str, list[Term]] = {name: [] for name in ("VertexStyle", "VertexLabels", "EdgeStyle", "EdgeLabels")}
    names = unwrapped(elements(vertices) if vertices is not None else (), added["VertexStyle"], added["VertexLabels"])
    lines = unwrapped(elements(edges), added["EdgeStyle"], added["EdgeLabels"])
    places: dict[object, tuple[int, Term]] = {}
    for name in names:
        places.setdefault(key(name), (len(places), name))
    found = []
    for line in lines:
        if not is_edge(line):
            raise not_a_graph(line)
        ends = []
        for end in line.args[:2]:
            places.setdefault(key(end), (len(places), end))
            ends.append(places[key(end)][0])
        is_directed = EDGES[line.head] and options.get("DirectedEdges") is not FALSE
        found.append(Edge(ends[0], ends[1], is_directed, line.args[2] if len(line.args) == 3 else None))
    given = {name: value for name, value in options.items() if name != "DirectedEdges"}
    given |= {name: list_of(*rules) for name, rules in added.items() if rules and name not in given}
    return Graph(tuple(name for _, name in places.values()), tuple(found), tuple(given.items()))


def not_a_graph(term: Term) -> Message:
    shown = write(term, "InputForm")
    return Message(
        "unfit", f"A list of edges such as a -> b or a <-> b is expected instead of {shown[:70]}", text="`1`."
    )


def graph_of(term: Term) -> Graph | None:
    """Gives a graph, or the one of a list of edges; None for anything else."""
    if type(term) is Graph:
        return term
    if is_list(term) and len(elements(term)) and all(map(is_edge, elements(term))):
        return made_graph(None, term, {})
    return None


def full_form(graph: Graph) -> Term:
    args = (list_of(*graph.vertices), list_of(*map(graph.edge_term, graph.edges)))
    return Expression(S.Graph, (*args, *(rule(symbol(name), value) for name, value in graph.options)))


def short_text(graph: Graph) -> str:
    counts = ((len(graph.vertices), "vertex", "vertices"), (len(graph.edges), "edge", "edges"))
    return f"Graph[<{', '.join(f'{count} {one if count == 1 else many}' for count, one, many in counts)}>]"


register(
    Graph,
    S.Graph,
    full_form=full_form,
    text=short_text,
    equal=lambda a, b: key(full_form(a)) == key(full_form(b)),
    hash=lambda graph: hash(key(full_form(graph))),
)
