"""Pictures of the graphs of MXNet."""

from __future__ import annotations

from wlnet.builtins.nets.information.pictures import Picture
from wlnet.drawings import Arrow, Drawing, Node
from wlnet.interchange.mxnet_symbol import MXNetSymbol
from wlnet.terms import Term, expression, list_of


def node_picture(symbol: MXNetSymbol, source: str, element: str) -> Term:
    """Gives a picture of the operations and variables of a graph; `element` is what Import calls it."""
    nodes = tuple(
        Node(str(number), node.name, "", "", "green", is_end=True)
        if node.is_variable
        else Node(str(number), node.operator, node.name, "", "blue")
        for number, node in enumerate(symbol.nodes)
    )
    arrows = dict.fromkeys(
        Arrow(str(source.node), str(number)) for number, node in enumerate(symbol.nodes) for source in node.inputs
    )
    origin = expression("Import", source, list_of("MXNet", element))
    return Picture(Drawing("operations", f"MXNet  {source}", nodes, tuple(arrows)), origin)
