"""Drawings as SVG: rounded boxes, curved arrows, and lanes of color at the side for what nodes have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from wlnet.drawings.drawing import Drawing, Node
from wlnet.drawings.layout import Layout, Place, lay_out

SIZE = 13.0
SMALL = 11.0
LINE = 17.0
PADDING = 11.0
MARGIN = 24.0
BETWEEN = 26.0
BELOW = 34.0
LANE = 16.0
COMMON = 300.0
SANS = "font-family=\"Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif\""
INK, GRAY, ARROW, PAPER = "#1f2933", "#6b7785", "#9aa5b1", "#ffffff"

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

#: Widths of characters in sizes of the font, a little more than those of the widest of the fonts above.
NARROW = dict.fromkeys("iljt.,:;|!'()[]{}/ ", 0.4)
WIDE = dict.fromkeys("mwMW@%—→", 1.0)
WIDTHS = NARROW | WIDE


def text_width(text: str, size: float = SIZE) -> float:
    """Gives about how wide a text is."""
    return size * sum(WIDTHS.get(c, 0.72 if c.isupper() else 0.63) for c in text)


def color_of(link: int) -> str:
    return LINKS[link % len(LINKS)]


def graph_svg(drawing: Drawing) -> str:
    """Gives the text of an SVG file."""
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
    parts = [
        label(drawing.caption, MARGIN, MARGIN + 8, 12, GRAY, ""),
        f'<g transform="translate({left:.1f} {top:g})">',
        *(arrow_path(points, drawing.sideways) for points in layout.paths.values()),
        *link_paths(links, lanes, layout.width),
        *(box for node in drawing.nodes for box in node_box(node, layout.places[node.name], marks[node.name])),
        "</g>",
    ]
    return page(width, layout.height + top + MARGIN, parts)


def page(width: float, height: float, parts: Sequence[str]) -> str:
    """Gives the text of an SVG file of this size, with these elements."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" {SANS}>\n'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


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


def node_box(node: Node, place: Place, marks: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Gives the elements of a node: its box, a bar in its color, its texts."""
    border, background = TONES[node.tone]
    x, y, width, height = place.across - place.width / 2, place.down, place.width, place.height
    radius = height / 2 if node.is_end else 5
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" '
        f'fill="{background}" stroke="{border}"/>'
    )
    if not node.is_end:
        yield (
            f'<path d="M{x + 5:.1f},{y:.1f} h-0.5 a4.5,4.5 0 0 0 -4.5,4.5 v{height - 9:.1f} a4.5,4.5 0 0 0 4.5,4.5 '
            f'h0.5 z" fill="{border}"/>'
        )
    left, right, base = x + PADDING + 4, x + width - PADDING, y + PADDING + SIZE - 2 - (2 if node.is_end else 0)
    if node.is_end and not node.note:
        yield label(node.title, place.across, base, SIZE, INK, 'text-anchor="middle" font-weight="600"')
    else:
        yield label(node.title, left, base, SIZE, INK, 'font-weight="600"')
    if node.note:
        yield label(node.note, right, base, SMALL, GRAY, 'text-anchor="end"')
    lines = [(GRAY, node.subtitle)] if node.subtitle else []
    lines += [(color_of(link), text) for link, text in marks]
    for number, (color, text) in enumerate(lines, 1):
        yield label(text, left, base + LINE * number, SMALL, color, "")


def label(text: str, x: float, y: float, size: float, color: str, more: str) -> str:
    from html import escape

    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{color}" {more}>{escape(text)}</text>'


def arrow_path(points: Sequence[tuple[float, float]], sideways: bool) -> str:
    """Gives an arrow: a curve between ranks, straight where it passes one, with a tip at its end."""
    (x, y), *rest = points
    tip = 7.0
    d = f"M{x:.1f},{y:.1f}"
    for number, (u, v) in enumerate(rest, 1):
        if number == len(rest):
            u, v = (u - tip, v) if sideways else (u, v - tip)
        if sideways:
            d += f" C{(x + u) / 2:.1f},{y:.1f} {(x + u) / 2:.1f},{v:.1f} {u:.1f},{v:.1f}"
        elif abs(u - x) < 0.05:
            d += f" L{u:.1f},{v:.1f}"
        else:
            d += f" C{x:.1f},{(y + v) / 2:.1f} {u:.1f},{(y + v) / 2:.1f} {u:.1f},{v:.1f}"
        x, y = u, v
    head = f"M{x:.1f},{y - 4:.1f} l7,4 l-7,4 z" if sideways else f"M{x - 4:.1f},{y:.1f} h8 l-4,7 z"
    return f'<path d="{d}" fill="none" stroke="{ARROW}" stroke-width="1.4"/><path d="{head}" fill="{ARROW}"/>'


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


def link_paths(links: Sequence[Ends], lanes: Mapping[int, int], right: float) -> Iterator[str]:
    """Gives for each link a line from each of its nodes to its lane, or where they are level from node to node."""
    for number, ends in enumerate(links):
        color = color_of(number)
        x = right + 14 + lanes[number] * LANE if number in lanes else max(x for x, _ in ends) - 5
        for start, y in ends:
            yield f'<path d="M{start:.1f},{y:.1f} H{x:.1f}" stroke="{color}" stroke-width="1.3" opacity="0.75"/>'
            yield f'<circle cx="{start:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>'
        if number in lanes:
            top, bottom = min(y for _, y in ends), max(y for _, y in ends)
            yield (
                f'<path d="M{x:.1f},{top:.1f} V{bottom:.1f}" stroke="{color}" stroke-width="2.4" '
                f'stroke-linecap="round"/>'
            )
