"""Images seen through a grid of places."""

from __future__ import annotations

from wlnet.interchange.onnx.reading.flows import Flow, Unreadable
from wlnet.interchange.onnx.reading.nodes import Node, function, reads
from wlnet.terms import S, Term, expression, list_of, symbol, to_list

#: A channel of the image, in the function below.
CHANNEL = symbol("ONNX`channel")


@reads("GridSample")
def grid_sample(node: Node) -> Flow:
    """Gives a FunctionLayer that weighs pixels by how near they are: 1 - |distance| along each axis, or nothing."""
    image, grid = node.flow(0), node.flow(1)
    sizes, places = ([size for size in node.shape(place)[1:] if isinstance(size, int)] for place in (0, 1))
    if node.attribute("mode", "bilinear") not in ("bilinear", "linear") or image.rank != 3 or image.maps:
        raise Unreadable
    ways = {"zeros": False, "border": True}
    clipped = ways.get(node.attribute("padding_mode", "zeros"))
    if clipped is None or (len(sizes), len(places)) != (3, 3):
        raise Unreadable
    corners = bool(node.attribute("align_corners", 0))
    # The grid tells the column first, then the row.
    columns, rows = (nearness(sizes[2 - place], place + 1, corners, clipped) for place in range(2))
    across = expression("Dot", CHANNEL, expression("Transpose", columns))
    weighed = expression("Total", expression("Times", across, expression("Transpose", rows)))
    each = expression("Map", expression("Function", CHANNEL, weighed), expression("Slot", "Input"))
    shape = to_list([sizes[0], *places[:2]])
    return node.layer(
        "FunctionLayer",
        function(expression("ArrayReshape", each, shape)),
        flows=[image, grid],
        ports=["Input", "Grid"],
        rank=3,
        Input=to_list(sizes),
        Grid=to_list(places),
    )


def nearness(size: int, coordinate: int, corners: bool, clipped: bool) -> Term:
    """Gives the matrix of how near each place of the grid is to each of `size` pixels along an axis.

    The grid counts from -1 to 1: from the middle of the first pixel to that of the last if `corners`, else from edge to edge.
    clipped: whether places outside count as the nearest one inside.
    """
    scale = (size - 1) / 2 if corners else size / 2
    of_grid = expression("Flatten", expression("Part", expression("Slot", "Grid"), S.All, S.All, coordinate))
    place = expression("Plus", expression("Times", scale, of_grid), (size - 1) / 2)
    if clipped:
        place = expression("Clip", place, list_of(0, size - 1))
    away = expression("Outer", S.Subtract, place, to_list(range(size)))
    return expression("Ramp", expression("Subtract", 1, expression("Abs", away)))
