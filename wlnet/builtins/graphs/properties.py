"""What graphs and their edges are given beside their shape: places, weights and other options."""

from __future__ import annotations

from wlnet.builtins.graphs.drawing import edge_key
from wlnet.builtins.graphs.graph import DEFAULTS
from wlnet.builtins.graphs.layouts import layout_of, places_of
from wlnet.builtins.graphs.value import CATEGORY, Graph, graph_of
from wlnet.kernel import Kernel, builtin
from wlnet.terms import FAILED, S, Symbol, Term, elements, is_list, pack


@builtin("GraphEmbedding", category=CATEGORY)
def graph_embedding(kernel: Kernel, graph: Term, layout: Term = None) -> Term | None:
    """GraphEmbedding[g] gives the places of the vertices of a graph, as it is drawn.
    GraphEmbedding[g, layout] gives those of a layout such as "CircularEmbedding".

    Examples:
        >> GraphEmbedding[Graph[{1 -> 2}, VertexCoordinates -> {{0, 0}, {1, 2}}]]
        = {{0., 0.}, {1., 2.}}
        >> Round[GraphEmbedding[CycleGraph[4], "CircularEmbedding"]]
        = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}}
    Possible issues:
        >> GraphEmbedding[Graph[{1 -> 2}], "Nowhere"];
        message: GraphEmbedding::unfit
    Source: https://reference.wolfram.com/language/ref/GraphEmbedding.html
    """
    found = graph_of(graph)
    if found is None:
        return None
    return pack((places_of(found) if layout is None else layout_of(found, layout)(found)).astype(float))


def value_of(graph: Graph, name: str) -> Term:
    """Gives an option of a graph, $Failed for one that graphs do not have."""
    return graph.option(name, DEFAULTS[name]) if name in DEFAULTS else FAILED


def value_at(graph: Graph, item: Term, name: str) -> Term:
    """Gives what an option with a value for each vertex or edge says of one, $Failed where it says nothing."""
    items = list(graph.vertices) if name.startswith("Vertex") else list(map(graph.edge_term, graph.edges))
    keys = [edge_key(each) for each in items]
    given = graph.option(name, S.Automatic)
    values = elements(given) if is_list(given) else ()
    if edge_key(item) not in keys or len(values) != len(items):
        return FAILED
    return values[keys.index(edge_key(item))]


@builtin("AnnotationValue", category=CATEGORY)
def annotation_value(kernel: Kernel, owner: Term, name: Term) -> Term | None:
    """AnnotationValue[g, option] gives what a graph has for an option such as EdgeWeight or VertexLabels.
    AnnotationValue[{g, x}, option] gives what it says of a vertex or an edge.

    Examples:
        >> g = Graph[{1 -> 2, 2 -> 3}, EdgeWeight -> {5, 7}];
        >> {AnnotationValue[g, EdgeWeight], AnnotationValue[{g, 2 -> 3}, EdgeWeight], AnnotationValue[{g, 5 -> 6}, EdgeWeight]}
        = {{5, 7}, 7, $Failed}
    Source: https://reference.wolfram.com/language/ref/AnnotationValue.html
    """
    parts = elements(owner) if is_list(owner) else (owner,)
    if type(parts[0] if parts else None) is not Graph or len(parts) > 2 or type(name) not in (Symbol, str):
        return None
    text = name.name if type(name) is Symbol else name
    return value_of(parts[0], text) if len(parts) == 1 else value_at(parts[0], parts[1], text)


@builtin("PropertyValue", category=CATEGORY)
def property_value(kernel: Kernel, owner: Term, name: Term) -> Term | None:
    """PropertyValue[g, option] gives what AnnotationValue gives, which is newer.

    Examples:
        >> PropertyValue[Graph[{1 -> 2}, VertexSize -> Large], VertexSize]
        = Large
    Source: https://reference.wolfram.com/language/ref/PropertyValue.html
    """
    return annotation_value(kernel, owner, name)
