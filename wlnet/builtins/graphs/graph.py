"""Graph itself, its vertices and edges."""

from __future__ import annotations

from collections.abc import Mapping

from wlnet.builtins.graphics.options import GENERAL, OPTIONS, Option
from wlnet.builtins.graphics.values import name_of
from wlnet.builtins.graphs.networks import network, networkx
from wlnet.builtins.graphs.value import CATEGORY, Graph, graph_of, made_graph, not_a_graph
from wlnet.builtins.nets.information.pictures import layers_graph
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.kernel.calling import is_option, option_rules
from wlnet.kernel.declare import BUILTINS, Builtin
from wlnet.nets import Net
from wlnet.patterns import is_match
from wlnet.terms import NONE, TRUE, S, Term, elements, expression, is_list, list_of, symbol, truth
from wlnet.terms import attributes as flags

#: The options that only graphs have.
OWN: Mapping[str, Option] = {
    "DirectedEdges": Option("whether a -> b has a direction", "False", default=TRUE),
    "EdgeLabels": Option('the labels of edges: rules edge -> label, or "EdgeWeight"', '{(1 -> 2) -> "a"}', default=NONE),
    "EdgeStyle": Option("directives for all edges, or rules edge -> directive", "Red"),
    "EdgeWeight": Option("the weights of the edges, in their order", "{5}"),
    "GraphHighlight": Option("vertices and edges that stand out", "{1}", default=list_of()),
    "GraphHighlightStyle": Option("directives for what stands out", "Green"),
    "GraphLayout": Option('how vertices find their places, such as "CircularEmbedding"', '"CircularEmbedding"'),
    "VertexCoordinates": Option("the places of the vertices, in their order", "{{0, 0}, {1, 1}}"),
    "VertexLabels": Option('the labels of vertices: "Name", or rules vertex -> label', '"Name"', default=NONE),
    "VertexLabelStyle": Option("directives for the labels of vertices", "{Blue, 14}"),
    "VertexSize": Option("the sizes of vertices, in least distances; or Tiny to Large", "Large"),
    "VertexStyle": Option("directives for all vertices, or rules vertex -> directive", "Red"),
}  # fmt: skip
DEFAULTS: Mapping[str, Term] = {name: option.default for name, option in {**OWN, **GENERAL}.items()}


def chosen(options: Mapping[str, Term]) -> dict[str, Term]:
    """Gives the options that are not what they always are."""
    return {name: value for name, value in options.items() if value is not DEFAULTS.get(name)}


def graph(kernel: Kernel, first: Term, *rest: Term) -> Term:
    """Graph[{a -> b, c <-> d, …}] is the graph of some edges, with and without direction.
    Graph[{v1, v2, …}, {e1, e2, …}] is the graph of some vertices and edges.
    Graph[g, options] is a graph with other options.
    Graph[net] is the graph of the layers of a net.

    Details: A graph is an atom. VertexList and EdgeList give what is in it; DirectedEdge[a, b] and UndirectedEdge[a, b]
    stand for edges. Labeled[v, label] and Style[v, directive] may stand for a vertex or an edge. It is shown as a picture,
    which Export writes; trees and directed graphs without cycles lie in layers where nothing else is said.

    Examples:
        >> g = Graph[{1 -> 2, 2 -> 3, 1 -> 3}]; {VertexList[g], EdgeList[g]}
        = {{1, 2, 3}, {DirectedEdge[1, 2], DirectedEdge[2, 3], DirectedEdge[1, 3]}}
        >> {VertexCount[Graph[{a, b, c}, {a <-> b}]], Graph[{1 -> 2}] === Graph[{1, 2}, {1 -> 2}]}
        = {3, True}
        >> EdgeList[Graph[NetChain[<|"a" -> 2, "b" -> Ramp|>]]]
        = {DirectedEdge["a", "b"]}
        >> StringContainsQ[ExportString[Graph[{"start" -> "end"}, VertexLabels -> "Name"], "SVG"], "start"]
        = True
    Possible issues:
        >> Graph[{1, 2}]
        = Graph[{1, 2}]
        message: Graph::unfit
        >> Graph[{1 -> 2}, Colour -> Red];
        message: Graph::optx
    """
    # A list of rules is a list of edges here, never one of options.
    edges = rest[0] if rest and is_list(rest[0]) else None
    given: dict[str, Term] = {}
    for option in rest if edges is None else rest[1:]:
        if not is_option(option):
            raise not_a_graph(option)
        for left, value in option_rules(option):
            if name_of(left) not in DEFAULTS:
                raise Message("optx", left, expression("Graph", first, *rest), ", ".join(sorted(DEFAULTS)))
            given.setdefault(name_of(left), value)
    changed = chosen(given)
    if type(first) is Net:
        first = layers_graph(first)
        return first.with_options(changed) if changed else first
    if type(first) is Graph and edges is None:
        return first.with_options(changed)
    return made_graph(None, first, changed) if edges is None else made_graph(first, edges, changed)


def option_examples() -> str:
    """Gives an example for each option of its own: what is drawn with it differs from what is drawn without."""
    needs = {"EdgeWeight": 'EdgeLabels -> "EdgeWeight", ', "VertexLabelStyle": 'VertexLabels -> "Name", ',
             "GraphHighlightStyle": "GraphHighlight -> {1}, "}  # fmt: skip
    lines = []
    for name, option in OWN.items():
        plain = f"Graph[{{1 -> 2}}, {needs.get(name, '')}ImageSize -> 300]"
        given = f"{plain[:-1]}, {name} -> {option.sample}]"
        if name == "GraphLayout":
            plain, given = plain.replace("1 -> 2", "1 -> 2, 2 -> 3"), given.replace("1 -> 2", "1 -> 2, 2 -> 3")
        lines.append(
            f'Options: "{name}":\n    >> ExportString[{given}, "SVG"] === ExportString[{plain}, "SVG"]\n    = False\n'
        )
    given = ", ".join(f"{name} -> {option.sample}" for name, option in GENERAL.items())
    return "".join(lines) + f"Options: those of Graphics:\n    >> GraphQ[Graph[{{1 -> 2}}, {given}]]\n    = True\n"


graph.__doc__ = f"{graph.__doc__}\n{option_examples()}"
BUILTINS[S.Graph] = Builtin(
    "Graph", CATEGORY, graph, attributes=flags.PROTECTED, minimum=1, maximum=None, options=dict(DEFAULTS),
    splits_options=False,
)  # fmt: skip


def declare(name: str, option: Option) -> None:
    def is_an_option() -> None:
        pass

    is_an_option.__doc__ = f"{name} is an option of graphs: {option.says}.\n\nExamples:\n    >> {name} -> {option.sample} // Head\n    = Rule\n"
    constant(name, category="Options of graphs")(is_an_option)


for _name, _option in OWN.items():
    if symbol(_name) not in BUILTINS and _name not in OPTIONS:
        declare(_name, _option)


@constant("UndirectedEdge", category=CATEGORY)
def undirected_edge() -> None:
    """UndirectedEdge[a, b] is the edge between a and b.

    Examples:
        >> EdgeList[Graph[{a <-> b}]]
        = {UndirectedEdge[a, b]}
    """


@builtin("GraphQ", category=CATEGORY)
def graph_q(kernel: Kernel, term: Term) -> Term:
    """GraphQ[g] gives True if g is a graph.

    Examples:
        >> {GraphQ[Graph[{1 -> 2}]], GraphQ[{1 -> 2}]}
        = {True, False}
    """
    return truth(type(term) is Graph)


@builtin("DirectedGraphQ", category=CATEGORY)
def directed_graph_q(kernel: Kernel, term: Term) -> Term:
    """DirectedGraphQ[g] gives True if g is a graph whose edges all have a direction.

    Examples:
        >> {DirectedGraphQ[Graph[{1 -> 2}]], DirectedGraphQ[Graph[{1 <-> 2}]]}
        = {True, False}
    """
    return truth(type(term) is Graph and bool(term.edges) and all(edge.is_directed for edge in term.edges))


@builtin("UndirectedGraphQ", category=CATEGORY)
def undirected_graph_q(kernel: Kernel, term: Term) -> Term:
    """UndirectedGraphQ[g] gives True if g is a graph without directed edges.

    Examples:
        >> {UndirectedGraphQ[Graph[{1 -> 2}]], UndirectedGraphQ[Graph[{1 <-> 2}]]}
        = {False, True}
    """
    return truth(type(term) is Graph and not term.is_directed)


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


@builtin("VertexList", category=CATEGORY)
def vertex_list(kernel: Kernel, graph: Term, pattern: Term = None) -> Term | None:
    """VertexList[g] gives the vertices of a graph, in the order in which they came.
    VertexList[g, pattern] gives those that match a pattern.

    Examples:
        >> VertexList[Graph[{b -> a, a -> c}]]
        = {b, a, c}
        >> VertexList[{1 -> 2, 2 -> "x"}, _String]
        = {"x"}
    """
    found = graph_of(graph)
    return None if found is None else matching(kernel, found.vertices, pattern)


@builtin("EdgeList", category=CATEGORY)
def edge_list(kernel: Kernel, graph: Term, pattern: Term = None) -> Term | None:
    """EdgeList[g] gives the edges of a graph as DirectedEdge and UndirectedEdge.
    EdgeList[g, pattern] gives those that match a pattern.

    Examples:
        >> EdgeList[Graph[{1 -> 2, 2 <-> 3}]]
        = {DirectedEdge[1, 2], UndirectedEdge[2, 3]}
        >> EdgeList[Graph[{1 -> 2, 2 -> 3}], DirectedEdge[_, 3]]
        = {DirectedEdge[2, 3]}
    """
    found = graph_of(graph)
    return None if found is None else matching(kernel, tuple(map(found.edge_term, found.edges)), pattern)


def matching(kernel: Kernel, items: tuple[Term, ...], pattern: Term | None) -> Term:
    if pattern is None:
        return list_of(*items)
    return list_of(*(item for item in items if is_match(pattern, item, kernel)))


@builtin("HighlightGraph", category=CATEGORY, options=DEFAULTS)
def highlight_graph(kernel: Kernel, graph: Term, items: Term, *, options: dict[str, Term]) -> Term | None:
    """HighlightGraph[g, {x1, x2, …}] gives a graph in which vertices, edges and graphs inside it stand out.

    Details: Style[x, directive] says how x stands out.

    Examples:
        >> g = HighlightGraph[Graph[{1 -> 2, 2 -> 3}], {1, 2 -> 3}]; EdgeCount[g]
        = 2
        >> StringContainsQ[ExportString[HighlightGraph[Graph[{1 -> 2}], {Style[1, RGBColor[0, 1, 0]]}], "SVG"], "#00ff00"]
        = True
    Options: those of Graph:
        >> GraphQ[HighlightGraph[Graph[{1 -> 2}], {1}, OPTIONS]]
        = True
    """
    found = graph_of(graph)
    if found is None:
        return None
    given: list[Term] = []
    for item in elements(items) if is_list(items) else (items,):
        if type(item) is Graph:
            given += [*item.vertices, *map(item.edge_term, item.edges)]
        else:
            given.append(item)
    return found.with_options({**chosen(options), "GraphHighlight": list_of(*given)})


highlight_graph.__doc__ = str(highlight_graph.__doc__).replace(
    "OPTIONS", ", ".join(f"{name} -> {option.sample}" for name, option in {**OWN, **GENERAL}.items())
)
