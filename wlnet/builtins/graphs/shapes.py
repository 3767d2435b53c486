"""What vertices and edges of graphs are drawn as: shapes by name, or what a function of the program's gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.evaluation.formatting import asking
from wlnet.builtins.graphics.values import pair, unfit
from wlnet.terms import Expression, Term, expression, list_of, pack


def regular(corners: int) -> Callable[[Term, float, Term], Term]:
    return lambda place, radius, vertex: expression("RegularPolygon", place, 1.2 * radius, corners)


def square(place: Term, radius: float, vertex: Term) -> Term:
    x, y = pair(place)
    low, high = list_of(x - radius, y - radius), list_of(x + radius, y + radius)
    return expression("Rectangle", low, high)


#: Name of the shape of a vertex → function(place, radius, vertex) that gives its primitive.
VERTEX_SHAPES: Mapping[str, Callable[[Term, float, Term], Term]] = {
    "Circle": lambda place, radius, vertex: expression("Disk", place, radius),
    "Square": square,
    "Triangle": regular(3),
    "Pentagon": regular(5),
    "Hexagon": regular(6),
    "Point": lambda place, radius, vertex: expression("Point", place),
    "Name": lambda place, radius, vertex: expression("Text", vertex, place),
}
#: Name of the shape of an edge → function(points) that gives its primitives.
EDGE_SHAPES: Mapping[str, Callable[[Term], Term]] = {
    "Line": lambda points: expression("Line", points),
    "Arrow": lambda points: expression("Arrow", points),
    "DashedLine": lambda points: list_of(expression("Dashing", list_of(0.02, 0.02)), expression("Line", points)),
    "DottedLine": lambda points: list_of(expression("Dashing", list_of(0.004, 0.012)), expression("Line", points)),
}


def vertex_shape(said: Term | None, place: np.ndarray, radius: float, vertex: Term) -> Term:
    """Gives what a vertex is drawn as, by what VertexShapeFunction says of it: a name, or a function f[place, vertex, size]."""
    x, y = place.tolist()
    middle = list_of(x, y)
    if said is None:
        return VERTEX_SHAPES["Circle"](middle, radius, vertex)
    if type(said) is str:
        if said not in VERTEX_SHAPES:
            raise unfit(f"VertexShapeFunction: a function, or one of {', '.join(VERTEX_SHAPES)}", said)
        return VERTEX_SHAPES[said](middle, radius, vertex)
    return called(said, middle, vertex, list_of(radius, radius))


def edge_shape(said: Term | None, points: np.ndarray, edge: Term, is_directed: bool) -> Term:
    """Gives what an edge is drawn as, by what EdgeShapeFunction says of it: a name, or a function f[points, edge]."""
    line = pack(points)
    if said is None:
        return EDGE_SHAPES["Arrow" if is_directed else "Line"](line)
    if type(said) is str:
        if said not in EDGE_SHAPES:
            raise unfit(f"EdgeShapeFunction: a function, or one of {', '.join(EDGE_SHAPES)}", said)
        return EDGE_SHAPES[said](line)
    return called(said, line, edge)


def called(function: Term, *args: Term) -> Term:
    """Gives what a function gives; the expression itself where nothing evaluates."""
    kernel = asking()
    made = Expression(function, args)
    return made if kernel is None else kernel.evaluate(made)
