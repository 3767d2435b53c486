"""How graphs are shown: small ones in characters, all as pages; and graphs that are drawn in a way of their own."""

from __future__ import annotations

from wlnet.builtins.evaluation.forms import WHOLE, output_text
from wlnet.builtins.evaluation.pages import PAGES, page_of
from wlnet.builtins.graphics.graphics import picture_text
from wlnet.builtins.graphs.drawing import graphic
from wlnet.builtins.graphs.layouts import layers, layout_of
from wlnet.builtins.graphs.value import Edge, Graph, short_text
from wlnet.drawings import Arrow, Drawing, Node, text_of
from wlnet.drawings import page_of as shape_page
from wlnet.drawings.marks import Page
from wlnet.kernel import Message
from wlnet.terms import NONE, S

#: Larger graphs are not drawn in a terminal.
MOST_IN_TEXT = 60


def drawn(drawing: Drawing) -> Graph:
    """Gives the graph of the nodes and arrows of a drawing, which is shown as that."""
    places = {node.name: n for n, node in enumerate(drawing.nodes)}
    edges = tuple(Edge(places[arrow.source], places[arrow.target], True) for arrow in drawing.arrows)
    return Graph(tuple(node.name for node in drawing.nodes), edges, drawing=drawing)


def whole_text(graph: Graph) -> str:
    """Gives a small graph drawn in characters, a large one as a line."""
    if graph.drawing is not None:
        return text_of(graph.drawing) or short_text(graph)
    if not 0 < len(graph.vertices) <= MOST_IN_TEXT:
        return short_text(graph)
    return characters(graph, short_text(graph))


def characters(graph: Graph, title: str) -> str:
    """Gives a picture in lines of text, boxes where layers do; with the names of the vertices, or it would say little."""
    try:
        return layer_boxes(graph, title) or f"{title}\n\n{braille(graph)}"
    except Message as error:
        return f"{title}  (cannot be drawn: {' '.join(map(str, error.arguments)) or error.text})"


def layer_boxes(graph: Graph, title: str) -> str | None:
    """Gives a directed graph without cycles as boxes and arrows, None where it is none or too wide."""
    if not graph.is_directed or layout_of(graph, graph.option("GraphLayout", S.Automatic)) is not layers:
        return None
    texts = [output_text(vertex) for vertex in graph.vertices]
    nodes = tuple(Node(str(n), text) for n, text in enumerate(texts))
    arrows = tuple(Arrow(str(edge.start), str(edge.end)) for edge in graph.edges)
    return text_of(Drawing("graph", title, nodes, arrows))


def braille(graph: Graph) -> str:
    if graph.option("VertexLabels", NONE) is NONE:
        graph = graph.with_options({"VertexLabels": "Name"})
    return picture_text(graphic(graph))


def page(graph: Graph) -> Page | None:
    return page_of(graphic(graph)) if graph.drawing is None else shape_page(graph.drawing)


WHOLE[Graph] = whole_text
PAGES[Graph] = page
