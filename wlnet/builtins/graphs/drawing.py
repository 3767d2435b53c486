"""Graphs as graphics: edges from border to border, vertices, labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from wlnet.builtins.evaluation.forms import output_text
from wlnet.builtins.graphics.options import GENERAL
from wlnet.builtins.graphics.schemes import CYCLE
from wlnet.builtins.graphics.values import color_term, is_symbol, label, name_of, number, unfit
from wlnet.builtins.graphs.layouts import places_of
from wlnet.builtins.graphs.matrices import weights_of
from wlnet.builtins.graphs.value import EDGES, Edge, Graph
from wlnet.drawings.marks import text_width
from wlnet.terms import NONE, Expression, S, Term, elements, expression, is_head, is_list, list_of, pack, rule, symbol
from wlnet.terms.same import key

#: Sizes of vertices by name, in least distances between two.
SIZES = {"Tiny": 0.1, "Small": 0.2, "Medium": 0.4, "Large": 0.6}
#: The radius of a vertex, as shares of the least distance and of the whole picture.
RADIUS, SMALLEST, LARGEST = 0.16, 0.006, 0.022
#: The longer side of a picture in pixels, the shorter one at least, and the size of letters.
LONG, SHORT, FONT = 360.0, 90.0, 11.0
LINE = expression("RGBColor", 0.45, 0.5, 0.57)
STANDS_OUT = expression("RGBColor", 0.86, 0.25, 0.2)
#: How far edges between the same vertices lie apart, as a share of their length.
BULGE = 0.18
#: Place of a label → its direction from the middle of the vertex.
SIDES = {"Above": (0, 1), "Top": (0, 1), "Below": (0, -1), "Bottom": (0, -1), "Left": (-1, 0), "Before": (-1, 0),
         "Right": (1, 0), "After": (1, 0), "Center": (0, 0)}  # fmt: skip


class Plan(NamedTuple):
    """A graph with its places, the radius of each vertex, and how much is in sight."""

    graph: Graph
    places: np.ndarray
    radii: np.ndarray
    extent: float


def graphic(graph: Graph) -> Term:
    """Gives Graphics[…]; raises Unfit or Message."""
    if not graph.vertices:
        return expression("Graphics", list_of())
    places = places_of(graph)
    extent = float(np.ptp(places, axis=0).max()) or 1.0
    plan = Plan(graph, places, radii_of(graph, places, extent), extent)
    primitives = [list_of(*edge_primitives(plan)), *vertex_primitives(plan)]
    options = {name: value for name, value in graph.options if name in GENERAL}
    for name, value in room(plan).items():
        options.setdefault(name, value)
    return expression("Graphics", list_of(*primitives), *(rule(symbol(name), value) for name, value in options.items()))


def radii_of(graph: Graph, places: np.ndarray, extent: float) -> np.ndarray:
    """Gives the radius of each vertex."""
    near = least_distance(places, extent)
    usual = min(max(RADIUS * near, SMALLEST * extent), LARGEST * extent)

    def radius(given: Term | None) -> float:
        if given is None or is_symbol(given, "Automatic"):
            return usual
        if is_list(given) and len(elements(given)) == 2 and elements(given)[0] == "Scaled":
            return number(elements(given)[1]) * extent / 2
        found = SIZES.get(name_of(given))
        return (number(given) if found is None else found) * near / 2

    return np.array([radius(given) for given in by_item(graph.option("VertexSize", S.Automatic), graph.vertices)])


def least_distance(places: np.ndarray, extent: float) -> float:
    if not 1 < len(places) <= 2000:
        return extent * 0.1
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    found = apart[apart > 1e-9 * extent]
    return float(found.min()) if len(found) else extent * 0.1


def by_item(given: Term, items: Sequence[Term]) -> list[Term | None]:
    """Gives what an option says of each item: the same of all, or by rules item -> value, None where nothing is said."""
    parts = elements(given) if is_list(given) else (given,)
    if not (parts and all(is_head(part, S.Rule, 2) for part in parts)):
        return [None if is_symbol(given, "Automatic", "None") else given] * len(items)
    known = {edge_key(part.args[0]): part.args[1] for part in parts}
    return [known.get(edge_key(item)) for item in items]


def edge_key(term: Term) -> object:
    """Gives a key that is the same for a -> b and DirectedEdge[a, b], and for both directions of an edge without one."""
    if type(term) is not Expression or term.head not in EDGES or len(term.args) < 2:
        return key(term)
    ends = tuple(map(key, term.args[:2]))
    tag = key(term.args[2]) if len(term.args) == 3 else None
    return ("edge", ends if EDGES[term.head] else frozenset(ends), EDGES[term.head], tag)


def highlights(graph: Graph) -> dict[object, Term]:
    """Gives the directive of each vertex and edge that stands out."""
    usual = graph.option("GraphHighlightStyle", S.Automatic)
    usual = STANDS_OUT if is_symbol(usual, "Automatic") else usual
    given = graph.option("GraphHighlight", list_of())
    found: dict[object, Term] = {}
    for item in elements(given) if is_list(given) else (given,):
        is_styled = is_head(item, S.Style) and len(item.args) > 1
        inner = item.args[0] if is_styled else item
        found[edge_key(inner)] = expression("Directive", *item.args[1:]) if is_styled else usual
    return found


def directives_in(given: Term | None) -> list[Term]:
    return [] if given is None else list(elements(given)) if is_list(given) else [given]


# Vertices


def vertex_primitives(plan: Plan) -> Iterator[Term]:
    graph = plan.graph
    outstanding = highlights(graph)
    styles = by_item(graph.option("VertexStyle", S.Automatic), graph.vertices)
    for n, vertex in enumerate(graph.vertices):
        stands_out = outstanding.get(edge_key(vertex))
        directives = [color_term(CYCLE[0]), *directives_in(styles[n]), *directives_in(stands_out)]
        x, y = plan.places[n].tolist()
        edge = expression("EdgeForm", expression("GrayLevel", 1))
        yield list_of(edge, *directives, expression("Disk", list_of(x, y), float(plan.radii[n])))
    style = graph.option("VertexLabelStyle", S.Automatic)
    for n, (text, side) in enumerate(labels_of(graph)):
        if text:
            usual = expression("GrayLevel", 1 if side == "Center" else 0)
            shown = expression("Style", text, *([usual] if is_symbol(style, "Automatic") else directives_in(style)))
            yield vertex_label(plan, n, shown, side)


def labels_of(graph: Graph) -> list[tuple[str, str]]:
    """Gives the label of each vertex, and its side."""
    given, side = graph.option("VertexLabels", NONE), "Above"
    if is_head(given, S.Placed, 2):
        given, side = given.args[0], side_of(given.args[1])
    found = []
    for vertex, said in zip(graph.vertices, by_item(given, graph.vertices), strict=True):
        where = side
        if said is not None and is_head(said, S.Placed, 2):
            said, where = said.args[0], side_of(said.args[1])
        if given is S.Automatic or said == "Name" or is_symbol(said, "All", "Automatic"):
            said = vertex
        found.append(("" if said is None else label(said), where))
    return found


def side_of(term: Term) -> str:
    name = name_of(term)
    if name not in SIDES:
        raise unfit(f"one of {', '.join(SIDES)}", term)
    return name


def vertex_label(plan: Plan, n: int, shown: Term, side: str) -> Term:
    across, up = SIDES[side]
    gap = plan.radii[n] + 0.012 * plan.extent if side != "Center" else 0.0
    if side == "Above":
        gap, (across, up) = 0.75 * gap, free_side(plan, n)
    x, y = (plan.places[n] + gap * np.array([across, up])).tolist()
    return expression("Text", shown, list_of(x, y), list_of(-across, -up))


def free_side(plan: Plan, n: int) -> tuple[int, int]:
    """Gives the corner where a label crosses the fewest edges."""
    ends = [edge.end if edge.start == n else edge.start for edge in plan.graph.edges if n in (edge.start, edge.end)]
    steps = np.array([away(plan, n) if end == n else plan.places[end] - plan.places[n] for end in ends]).reshape(-1, 2)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-300)
    along = steps / lengths[:, None]

    def crowded(side: tuple[int, int]) -> float:
        return float(np.maximum(along @ np.array(side), 0).max(initial=0.0))

    return min(((1, 1), (-1, 1), (1, -1), (-1, -1)), key=crowded)


# Edges


def edge_primitives(plan: Plan) -> Iterator[Term]:
    graph = plan.graph
    terms = list(map(graph.edge_term, graph.edges))
    styles = by_item(graph.option("EdgeStyle", S.Automatic), terms)
    outstanding = highlights(graph)
    labels = edge_labels(graph, terms)
    bends = bends_of(graph.edges)
    head = expression("Arrowheads", 0.028 if len(graph.edges) < 100 else 0.018)
    yield from (LINE, head)
    for n, edge in enumerate(graph.edges):
        points = edge_points(plan, edge, bends[n])
        stands_out = outstanding.get(edge_key(terms[n]))
        thick = [] if stands_out is None else [expression("AbsoluteThickness", 2.5)]
        drawn = expression("Arrow" if edge.is_directed else "Line", pack(points))
        yield list_of(*thick, *directives_in(styles[n]), *directives_in(stands_out), drawn)
        if labels[n]:
            middle = points[len(points) // 2] if len(points) > 2 else points.mean(axis=0)
            aside = across_of(points[0], points[-1]) * 0.028 * plan.extent
            yield list_of(
                expression("GrayLevel", 0), expression("Text", labels[n], list_of(*(middle + aside).tolist()))
            )


def edge_labels(graph: Graph, terms: Sequence[Term]) -> list[str]:
    given = graph.option("EdgeLabels", NONE)
    weights = weights_of(graph)
    found = []
    for n, said in enumerate(by_item(given, terms)):
        if said is not None and is_head(said, S.Placed, 2):
            said = said.args[0]
        if said == "EdgeWeight":
            said = None if weights is None else elements(graph.option("EdgeWeight", S.Automatic))[n]
        elif said == "EdgeTag":
            said = graph.edges[n].tag
        elif said == "Name" or is_symbol(said, "All") or given is S.Automatic:
            said = terms[n]
        found.append("" if said is None else output_text(said))
    return found


def bends_of(edges: Sequence[Edge]) -> list[float]:
    """Gives how much each edge bends to its left: those between the same vertices lie side by side."""
    count = Counter(frozenset((edge.start, edge.end)) for edge in edges)
    seen: Counter[frozenset[int]] = Counter()
    found = []
    for edge in edges:
        pair = frozenset((edge.start, edge.end))
        offset = seen[pair] - (count[pair] - 1) / 2
        found.append(BULGE * offset * (1 if edge.start < edge.end else -1) + (len(pair) == 1) * seen[pair])
        seen[pair] += 1
    return found


def edge_points(plan: Plan, edge: Edge, bend: float) -> np.ndarray:
    """Gives the points of an edge, from the border of one vertex to that of the other."""
    start, end = plan.places[edge.start], plan.places[edge.end]
    if edge.start == edge.end:
        return loop(plan, edge.start, bend)
    if not bend:
        points = np.array([start, end])
        length = float(np.hypot(*(end - start)))
        along = (end - start) / max(length, 1e-300)
        room = min(1.0, 0.9 * length / max(float(plan.radii[edge.start] + plan.radii[edge.end]), 1e-300))
        return points + room * np.outer([plan.radii[edge.start], -plan.radii[edge.end]], along)
    t = np.linspace(0, 1, 101)[:, None]
    corner = (start + end) / 2 + 2 * bend * np.hypot(*(end - start)) * across_of(start, end)
    points = (1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end
    outside = (np.hypot(*(points - start).T) >= plan.radii[edge.start]) & (
        np.hypot(*(points - end).T) >= plan.radii[edge.end]
    )
    return points[outside] if outside.sum() > 1 else np.array([start, end])


def loop(plan: Plan, n: int, bend: float) -> np.ndarray:
    """Gives a circle that begins and ends at a vertex, away from the middle of the picture."""
    direction = away(plan, n)
    radius = max(0.04 * plan.extent, 1.5 * plan.radii[n]) * (1 + 0.4 * bend)
    middle = plan.places[n] + direction * radius
    begin = float(np.arctan2(*(-direction)[::-1]))
    gap = min(plan.radii[n] / radius, 1.0)
    angles = begin + np.linspace(gap, 2 * np.pi - gap, 40)
    return middle + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def away(plan: Plan, n: int) -> np.ndarray:
    """Gives the direction from the middle of the picture to a vertex."""
    step = plan.places[n] - plan.places.mean(axis=0)
    length = float(np.hypot(*step))
    return step / length if length > 1e-9 * plan.extent else np.array([0.0, 1.0])


def across_of(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Gives the direction to the left of a line."""
    x, y = end - start
    length = max(float(np.hypot(x, y)), 1e-300)
    return np.array([-y, x]) / length


# The page


def room(plan: Plan) -> dict[str, Term]:
    """Gives the size of the picture, and room for what is written at its edges."""
    wide, high = (max(float(size), 0.12 * plan.extent) for size in np.ptp(plan.places, axis=0))
    width = max(LONG * min(1.0, wide / high), SHORT)
    texts = [text for text, side in labels_of(plan.graph) if side != "Center"]
    longest = max((text_width(text, FONT) for text in texts), default=0.0)
    has_loop = any(edge.start == edge.end for edge in plan.graph.edges)
    border = max(float(plan.radii.max()) / wide * width, 30.0 * has_loop) + 6
    across, up = border + longest, border + 16 * bool(longest)
    share = (across / width, up / (width * high / wide))
    low, high_end = plan.places.min(axis=0), plan.places.max(axis=0)
    middle = (low + high_end) / 2
    half = np.array([wide, high]) * (0.5 + np.array(share))
    spans = [list_of(float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True)]
    return {
        "PlotRange": list_of(*spans),
        "PlotRangePadding": NONE,
        "ImageSize": float(round(width + 2 * across)),
    }
