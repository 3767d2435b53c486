"""Places for the vertices of a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, sqrt

import numpy as np

from wlnet.builtins.graphics.values import Unfit, array, name_of, unfit
from wlnet.builtins.graphs.networks import simple
from wlnet.builtins.graphs.value import Graph
from wlnet.drawings.layout import lay_out
from wlnet.kernel import Message
from wlnet.terms import S, Term, elements, is_list

#: Springs between all pairs are for graphs of at most so many vertices.
FEW = 120
SEED = 1


def circle(graph: Graph) -> np.ndarray:
    """Gives places on a circle, the first on top, clockwise."""
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(graph.vertices)) / max(len(graph.vertices), 1)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def star(graph: Graph) -> np.ndarray:
    """Gives the first vertex in the middle of the others."""
    rest = Graph(graph.vertices[1:], ())
    return np.concatenate([np.zeros((1, 2)), circle(rest)])


def grid(graph: Graph) -> np.ndarray:
    """Gives places row by row."""
    wide = ceil(sqrt(len(graph.vertices)))
    n = np.arange(len(graph.vertices))
    return np.stack([n % wide, -(n // wide)], axis=1).astype(float)


def line(graph: Graph) -> np.ndarray:
    n = np.arange(len(graph.vertices))
    return np.stack([n, 0 * n], axis=1).astype(float)


def spiral(graph: Graph) -> np.ndarray:
    turns = np.sqrt(np.arange(1, len(graph.vertices) + 1))
    return np.stack([turns * np.cos(2.4 * turns**2), turns * np.sin(2.4 * turns**2)], axis=1)


def random(graph: Graph) -> np.ndarray:
    return np.random.default_rng(SEED).random((len(graph.vertices), 2))


def layers(graph: Graph) -> np.ndarray:
    """Gives places in layers, downwards along the edges that do not lead back."""
    arrows, known = [], forwards(graph)
    for start, end in known:
        arrows.append((str(start), str(end)))
    sizes = {str(n): (0.5, 0.0) for n in range(len(graph.vertices))}
    found = lay_out(sizes, arrows, between=0.5, below=1.0).places
    return np.array([(found[str(n)].across, -found[str(n)].down) for n in range(len(graph.vertices))])


def forwards(graph: Graph) -> list[tuple[int, int]]:
    """Gives the edges without those that would close a circle, edges without direction away from where a walk began."""
    below: dict[int, list[int]] = {n: [] for n in range(len(graph.vertices))}
    pointed = set()
    for edge in graph.edges:
        below[edge.start].append(edge.end)
        pointed.add(edge.end)
        if not edge.is_directed:
            below[edge.end].append(edge.start)
    found: list[tuple[int, int]] = []
    finished: set[int] = set()
    for root in sorted(below, key=lambda n: n in pointed):
        if root in finished:
            continue
        on_path = {root}
        waiting = [(root, iter(below[root]))]
        while waiting:
            place, ends = waiting[-1]
            end = next(ends, None)
            if end is None:
                waiting.pop()
                on_path.discard(place)
                finished.add(place)
            elif end not in on_path:
                found.append((place, end))
                if end not in finished:
                    on_path.add(end)
                    waiting.append((end, iter(below[end])))
    return found


def springs(graph: Graph) -> np.ndarray:
    """Gives the places of springs at rest, connected parts side by side; on a circle without networkx."""
    try:
        made = simple(graph, directed=False)
    except Message:
        return circle(graph)
    import networkx as nx

    found = np.zeros((len(graph.vertices), 2))
    right = 0.0
    for part in sorted(nx.connected_components(made), key=lambda part: (-len(part), min(part))):
        ordered = sorted(part)
        inner = nx.Graph()
        inner.add_nodes_from(ordered)
        inner.add_edges_from(made.subgraph(part).edges())
        few = len(part) <= FEW
        known = nx.kamada_kawai_layout(inner) if few else nx.spring_layout(inner, seed=SEED, iterations=60)
        places = np.array([known[n] for n in ordered])
        size = sqrt(len(part)) if len(part) > 1 else 0.0
        reach = np.abs(places - places.mean(axis=0)).max()
        places = (places - places.mean(axis=0)) * (size / 2 / reach if reach > 0 else 0.0)
        places[:, 0] += right - places[:, 0].min()
        found[ordered] = places
        right = found[ordered][:, 0].max() + 1.0
    return found


def spectral(graph: Graph) -> np.ndarray:
    import networkx as nx

    known = nx.spectral_layout(simple(graph, directed=False))
    return np.array([known[n] for n in range(len(graph.vertices))])


def planar(graph: Graph) -> np.ndarray:
    import networkx as nx

    try:
        known = nx.planar_layout(simple(graph, directed=False))
    except nx.NetworkXException:
        raise Unfit("PlanarEmbedding: the edges of this graph cross wherever its vertices lie") from None
    return np.array([known[n] for n in range(len(graph.vertices))])


#: Name of a layout → function(graph) that gives a place (n, 2) for each vertex.
LAYOUTS: Mapping[str, Callable[[Graph], np.ndarray]] = {
    "CircularEmbedding": circle,
    "GridEmbedding": grid,
    "LayeredDigraphEmbedding": layers,
    "LayeredEmbedding": layers,
    "LinearEmbedding": line,
    "PlanarEmbedding": planar,
    "RandomEmbedding": random,
    "SpectralEmbedding": spectral,
    "SpiralEmbedding": spiral,
    "SpringElectricalEmbedding": springs,
    "SpringEmbedding": springs,
    "StarEmbedding": star,
}


def places_of(graph: Graph) -> np.ndarray:
    """Gives the place of each vertex, (n, 2); raises Unfit or Message."""
    given = graph.option("VertexCoordinates", S.Automatic)
    if given is not S.Automatic:
        found = array(given)
        if found is None or found.shape != (len(graph.vertices), 2):
            raise unfit("VertexCoordinates: a pair of numbers for each vertex", given)
        return found
    return layout_of(graph, graph.option("GraphLayout", S.Automatic))(graph)


def layout_of(graph: Graph, given: Term) -> Callable[[Graph], np.ndarray]:
    if is_list(given) and len(elements(given)):
        given = elements(given)[0]
    if given is S.Automatic:
        edges = [(edge.start, edge.end) for edge in graph.edges]
        is_layered = len(set(forwards(graph))) == len(edges) and (graph.is_directed or is_forest(graph))
        return layers if edges and is_layered else springs
    if name_of(given) not in LAYOUTS:
        raise unfit(f"GraphLayout: one of {', '.join(LAYOUTS)}", given)
    return LAYOUTS[name_of(given)]


def is_forest(graph: Graph) -> bool:
    """Tells whether no edge of an undirected graph closes a circle."""
    part = list(range(len(graph.vertices)))

    def root(n: int) -> int:
        while part[n] != n:
            n = part[n]
        return n

    for edge in graph.edges:
        start, end = root(edge.start), root(edge.end)
        if start == end:
            return False
        part[start] = end
    return True
