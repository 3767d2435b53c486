"""Layered graphs as pages: rounded boxes, curved arrows, and lanes of color at the side for what nodes have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from wlnet.drawings.drawing import Drawing, Node
from wlnet.drawings.layout import Layout, Place, lay_out
from wlnet.drawings.marks import Color, Dots, Mark, Page, Path, Words, hex_color, mapped, text_width

SIZE = 13.0
SMALL = 11.0
LINE = 17.0
PADDING = 11.0
MARGIN = 24.0
BETWEEN = 26.0
BELOW = 34.0
LANE = 16.0
COMMON = 300.0
INK, GRAY, ARROW = map(hex_color, ("#1f2933", "#6b7785", "#9aa5b1"))
#: Pieces of a curve or a quarter of a circle.
PIECES = 12

#: Tone → (border and bar, background).
TONES: dict[str, tuple[str, str]] = {
    "": ("#8492a6", "#f5f7fa"),
    "blue": ("#3b7dd8", "#eef4fc"),
    "orange": ("#e08a2b", "#fdf4e9"),
    "green": ("#3f9d5d", "#edf7f0"),
    "purple": ("#8a5cc7", "#f5f0fb"),
    "red": ("#d0494d", "#fcefef"),
    "teal": ("#2a9d9d", "#eaf7f7"),
}
#: The colors of links, used in turn.
LINKS = ("#c2255c", "#1864ab", "#2b8a3e", "#e8590c", "#6741d9", "#0b7285", "#a61e4d", "#5c940d")


def color_of(link: int) -> Color:
    return hex_color(LINKS[link % len(LINKS)])


def graph_page(drawing: Drawing) -> Page:
    """Gives the page of a graph."""
    marks = drawing.marks()
    sizes = node_sizes(drawing)
    if drawing.sideways:
        flat = {name: (height, width) for name, (width, height) in sizes.items()}
        layout = turned(lay_out(flat, drawing.arrows, between=10.0, below=90.0), drawing)
    else:
        layout = lay_out(sizes, drawing.arrows, between=BETWEEN, below=BELOW, bend=14.0)
    top = MARGIN + 30
    links = link_ends(drawing, layout)
    lanes = lanes_of(links)
    room = 14 + LANE * max(lanes.values()) if lanes else 0.0
    width = max(layout.width + room, text_width(drawing.caption, 12) * 1.05) + 2 * MARGIN
    left = (width - layout.width - room) / 2
    inside: list[Mark] = [
        *(mark for points in layout.paths.values() for mark in arrow(points, drawing.sideways)),
        *link_paths(links, lanes, layout.width),
        *(mark for node in drawing.nodes for mark in node_box(node, layout.places[node.name], marks[node.name])),
    ]
    corner = np.array([left, top])
    moved = (mapped(mark, lambda points: points + corner) for mark in inside)
    caption = label(drawing.caption, MARGIN, MARGIN + 8, 12, GRAY)
    return Page(width, layout.height + top + MARGIN, (caption, *moved))


def turned(layout: Layout, drawing: Drawing) -> Layout:
    """Gives a layout with its two directions exchanged, the nodes of each rank flush left."""
    rank_left = {
        name: min(layout.places[n].down for n in row if isinstance(n, str))
        for row in layout.ranks for name in row if isinstance(name, str)
    }  # fmt: skip
    places = {
        name: Place(rank_left[name] + place.height / 2, place.across - place.width / 2, place.height, place.width)
        for name, place in layout.places.items()
    }
    paths = {
        (source, target): [
            (places[source].across + places[source].width / 2, layout.places[source].across),
            (places[target].across - places[target].width / 2, layout.places[target].across),
        ]
        for source, target in layout.paths
    }
    return Layout(places, paths, layout.height, layout.width, layout.ranks)


def node_sizes(drawing: Drawing) -> dict[str, tuple[float, float]]:
    """Gives node → (width, height); the boxes of layers are all as wide as the widest that is not out of the common."""
    marks = drawing.marks()
    needed = {node.name: node_size(node, marks[node.name]) for node in drawing.nodes}
    most = max((needed[node.name][0] for node in drawing.nodes if not node.is_end), default=0.0)
    return {
        node.name: needed[node.name]
        if node.is_end
        else (max(needed[node.name][0], min(most, COMMON)), needed[node.name][1])
        for node in drawing.nodes
    }


def node_size(node: Node, marks: Sequence[tuple[int, str]]) -> tuple[float, float]:
    """Gives the width and the height that a node's texts need."""
    first = text_width(node.title, SIZE) * 1.06 + (text_width(node.note, SMALL) + 18 if node.note else 0)
    lines = [text_width(text, SMALL) for text in [node.subtitle, *(text for _, text in marks)] if text]
    height = 2 * PADDING + SIZE + LINE * len(lines) - (4 if node.is_end else 0)
    return max([first, *lines, 40.0]) + 2 * PADDING + 4, height


def node_box(node: Node, place: Place, marks: Sequence[tuple[int, str]]) -> Iterator[Mark]:
    """Yields the marks of a node: its box, a bar in its color, its texts."""
    border, background = map(hex_color, TONES[node.tone])
    x, y, width, height = place.across - place.width / 2, place.down, place.width, place.height
    outline = rounded(x, y, width, height, height / 2 if node.is_end else 5.0)
    yield Path((outline,), border, 1.0, fill=background)
    if not node.is_end:
        yield Path((np.minimum(outline, (x + 5, y + height)),), None, fill=border)
    left, right, base = x + PADDING + 4, x + width - PADDING, y + PADDING + SIZE - 2 - (2 if node.is_end else 0)
    if node.is_end and not node.note:
        yield label(node.title, place.across, base, SIZE, INK, across=0.0, bold=True)
    else:
        yield label(node.title, left, base, SIZE, INK, bold=True)
    if node.note:
        yield label(node.note, right, base, SMALL, GRAY, across=1.0)
    lines = [(GRAY, node.subtitle)] if node.subtitle else []
    lines += [(color_of(link), text) for link, text in marks]
    for number, (color, text) in enumerate(lines, 1):
        yield label(text, left, base + LINE * number, SMALL, color)


def rounded(x: float, y: float, width: float, height: float, radius: float) -> np.ndarray:
    """Gives the outline of a rectangle with round corners, from the right one at the bottom on."""
    angles = np.linspace(0, 2 * np.pi, 4 * PIECES, endpoint=False).reshape(4, PIECES)
    angles = np.concatenate([angles, angles[:, -1:] + np.pi / 2 / PIECES], axis=1)
    middles = np.array([(x + width - radius, y + height - radius), (x + radius, y + height - radius),
                        (x + radius, y + radius), (x + width - radius, y + radius)])  # fmt: skip
    found = middles[:, None] + radius * np.stack([np.cos(angles), np.sin(angles)], axis=2)
    return np.concatenate([found.reshape(-1, 2), found[0, :1]])


def label(
    text: str, x: float, base: float, size: float, color: Color, *, across: float = -1.0, turn: float = 0.0,
    bold: bool = False,
) -> Words:  # fmt: skip
    """Gives words with their base line at a height; `across`: -1 where they begin at x, 0 for their middle, 1 for the end."""
    return Words(text, (x, base - (0.0 if turn else 0.36 * size)), color, size, (across, 0.0), turn, bold)


def arrow(points: Sequence[tuple[float, float]], sideways: bool) -> Iterator[Mark]:
    """Yields an arrow: a curve between ranks, straight where it passes one, with a tip at its end."""
    (x, y), *rest = points
    tip = 7.0
    line = [np.array([(x, y)])]
    for number, (u, v) in enumerate(rest, 1):
        if number == len(rest):
            u, v = (u - tip, v) if sideways else (u, v - tip)
        if sideways:
            line.append(curve((x, y), ((x + u) / 2, y), ((x + u) / 2, v), (u, v)))
        elif abs(u - x) < 0.05:
            line.append(np.array([(u, v)]))
        else:
            line.append(curve((x, y), (x, (y + v) / 2), (u, (y + v) / 2), (u, v)))
        x, y = u, v
    yield Path((np.concatenate(line),), ARROW, 1.4)
    corners = [(x, y - 4), (x + tip, y), (x, y + 4)] if sideways else [(x - 4, y), (x + 4, y), (x, y + tip)]
    yield Path((np.array([*corners, corners[0]]),), None, fill=ARROW)


def curve(*corners: tuple[float, float]) -> np.ndarray:
    """Gives points of the cubic curve with these control points, without the first."""
    t = np.linspace(0, 1, PIECES + 1)[1:, None]
    start, first, second, end = map(np.array, corners)
    return (1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3 * end


Ends: TypeAlias = list[tuple[float, float]]
"""Where the line of a link meets each of its nodes: the right edge, at the height of the node's words."""


def link_ends(drawing: Drawing, layout: Layout) -> list[Ends]:
    """Gives the ends of every link."""
    marks = drawing.marks()
    nodes = {node.name: node for node in drawing.nodes}
    found: list[Ends] = []
    for number, link in enumerate(drawing.links):
        ends: Ends = []
        for name in dict.fromkeys(name for name, _ in link.nodes):
            place = layout.places[name]
            lines = bool(nodes[name].subtitle) + [link for link, _ in marks[name]].index(number) + 1
            ends.append((place.across + place.width / 2, place.down + PADDING + SIZE - 6 + LINE * lines))
        found.append(ends)
    return found


def lanes_of(links: Sequence[Ends]) -> dict[int, int]:
    """Gives number of a link → lane, short links in the inner ones; a link whose ends are level needs none."""
    spans = {number: (min(y for _, y in ends), max(y for _, y in ends)) for number, ends in enumerate(links)}
    lanes: dict[int, int] = {}
    taken: list[list[tuple[float, float]]] = []
    for number, (top, bottom) in sorted(spans.items(), key=lambda item: item[1][1] - item[1][0]):
        if top == bottom:
            continue
        room = (lane for lane, used in enumerate(taken) if all(b + LINE < top or bottom + LINE < a for a, b in used))
        lanes[number] = next(room, len(taken))
        if lanes[number] == len(taken):
            taken.append([])
        taken[lanes[number]].append((top, bottom))
    return lanes


def link_paths(links: Sequence[Ends], lanes: Mapping[int, int], right: float) -> Iterator[Mark]:
    """Yields for each link a line from each of its nodes to its lane, or where they are level from node to node."""
    for number, ends in enumerate(links):
        color = color_of(number)
        x = right + 14 + lanes[number] * LANE if number in lanes else max(x for x, _ in ends) - 5
        for start, y in ends:
            yield Path((np.array([(start, y), (x, y)]),), (*color[:3], 0.75), 1.3)
        yield Dots(np.array(ends), color, 6.0)
        if number in lanes:
            top, bottom = min(y for _, y in ends), max(y for _, y in ends)
            yield Path((np.array([(x, top), (x, bottom)]),), color, 2.4)
