"""Drawings as text: boxes and arrows of line-drawing characters, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from wlnet.drawings.drawing import Drawing, Node
from wlnet.drawings.layout import Layout, Place, lay_out

#: A drawing wider or with more nodes than this is not laid out as boxes.
WIDTH = 110
NODES = 60

#: The sides that a line on a character touches: up, down, left, right.
UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
LINES = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"


def graph_text(drawing: Drawing) -> str | None:
    """Gives the drawing in lines of text, or None where it is too large for that."""
    if drawing.sideways:
        return "\n".join((drawing.caption, *branches(drawing)))
    if not 0 < len(drawing.nodes) <= NODES:
        return None
    marks = drawing.marks()
    inside = {node.name: node_lines(node, [text for _, text in marks[node.name]]) for node in drawing.nodes}
    sizes = {
        name: (float(2 * ((max(map(len, lines)) + 5) // 2) + 1), len(lines) + 2.0) for name, lines in inside.items()
    }
    layout = lay_out(sizes, drawing.arrows, between=3, below=0)
    if layout.width > WIDTH:
        return None
    page = Page()
    top = draw_arrows(page, layout)
    for name, lines in inside.items():
        place = layout.places[name]
        left = round(place.across - (place.width - 1) / 2)
        page.box(left, top[name], int(place.width), lines)
    return "\n".join((drawing.caption, "", *page.lines()))


def node_lines(node: Node, marks: list[str]) -> list[str]:
    first = "  ".join(filter(None, (node.title, node.note)))
    return [line for line in (first, node.subtitle, *marks) if line]


class Page:
    """Characters by place: lines that join where they meet, and texts over them."""

    def __init__(self) -> None:
        self.strokes: dict[tuple[int, int], int] = {}
        self.texts: dict[tuple[int, int], str] = {}

    def touch(self, x: int, y: int, sides: int) -> None:
        self.strokes[x, y] = self.strokes.get((x, y), 0) | sides

    def down(self, x: int, start: int, end: int) -> None:
        for y in range(start, end + 1):
            self.touch(x, y, (UP if y > start else 0) | (DOWN if y < end else 0))

    def across(self, y: int, start: int, end: int) -> None:
        for x in range(min(start, end), max(start, end) + 1):
            self.touch(x, y, (LEFT if x > min(start, end) else 0) | (RIGHT if x < max(start, end) else 0))

    def write(self, x: int, y: int, text: str) -> None:
        for place, character in enumerate(text):
            self.texts[x + place, y] = character

    def box(self, x: int, y: int, width: int, lines: list[str]) -> None:
        bottom = y + len(lines) + 1
        for edge in (y, bottom):
            self.across(edge, x, x + width - 1)
        for edge in (x, x + width - 1):
            self.down(edge, y, bottom)
        for number, line in enumerate(lines, 1):
            self.write(x + 1, y + number, f" {line}".ljust(width - 2))

    def lines(self) -> Iterator[str]:
        """Gives the rows of the page."""
        shown = {place: LINES[sides] for place, sides in self.strokes.items()} | self.texts
        last = max((x for x, _ in shown), default=-1)
        for y in range(max((y for _, y in shown), default=-1) + 1):
            yield "".join(shown.get((x, y), " ") for x in range(last + 1)).rstrip()


class Stretch(NamedTuple):
    """A part of an arrow from a rank to the next: the arrow, the columns where it starts and ends in them."""

    arrow: tuple[str, str]
    start: int
    end: int


def draw_arrows(page: Page, layout: Layout) -> dict[str, int]:
    """Draws the arrows rank by rank, each that turns on a row of its own; gives the upper row of each node."""
    tall = [max((int(layout.places[n].height) for n in row if isinstance(n, str)), default=1) for row in layout.ranks]
    stretches = stretches_of(layout)
    turns = [turns_of(found) for found in stretches]
    rows = [0]
    for height, turning in zip(tall, turns, strict=True):
        rows.append(rows[-1] + height + max(turning.values(), default=-1) + 2)
    rank = {name: i for i, row in enumerate(layout.ranks) for name in row}
    for i, found in enumerate(stretches):
        for stretch in found:
            source, target = stretch.arrow
            first = rows[i] + (int(layout.places[source].height) - 1 if rank[source] == i else 0)
            turn = rows[i] + tall[i] + turns[i].get((source, stretch.start), 0)
            page.down(stretch.start, first, turn)
            page.across(turn, stretch.start, stretch.end)
            page.down(stretch.end, turn, rows[i + 1] - (rank[target] == i + 1))
            if rank[target] == i + 1:
                page.write(stretch.end, rows[i + 1] - 1, "▼")
    return {name: rows[rank[name]] for name in layout.places}


def stretches_of(layout: Layout) -> list[list[Stretch]]:
    """Gives for each rank the parts of arrows that leave it; they go straight where the boxes at their ends allow."""
    rank = {name: i for i, row in enumerate(layout.ranks) for name in row}
    found: list[list[Stretch]] = [[] for _ in layout.ranks]
    for (source, target), points in layout.paths.items():
        columns = [round(x) for x, _ in (points[0], *points[1:-1:2], points[-1])]
        if len(columns) > 2 and is_under(columns[1], layout.places[source]):
            columns[0] = columns[1]
        if is_under(columns[-2], layout.places[target]):
            columns[-1] = columns[-2]
        for step, (start, end) in enumerate(pairwise(columns)):
            found[rank[source] + step].append(Stretch((source, target), start, end))
    return found


def is_under(column: int, place: Place) -> bool:
    """Tells whether a column meets the edge of a box, its corners aside."""
    return abs(column - place.across) <= place.width / 2 - 2


def turns_of(stretches: list[Stretch]) -> dict[tuple[str, int], int]:
    """Gives for each bundle of arrows that turn sideways a row of its own below its rank."""
    turning = dict.fromkeys((each.arrow[0], each.start) for each in stretches if each.start != each.end)
    return {bundle: row for row, bundle in enumerate(turning)}


def branches(drawing: Drawing) -> Iterator[str]:
    """Gives each node that nothing points at with those it points at below it, as a tree."""
    nodes = {node.name: node for node in drawing.nodes}
    targets: dict[str, list[Node]] = {name: [] for name in nodes}
    for source, target in drawing.arrows:
        targets[source].append(nodes[target])
    pointed = {target for _, target in drawing.arrows}
    for node in drawing.nodes:
        if node.name in pointed:
            continue
        yield "  ".join(filter(None, (node.title, node.note, node.subtitle)))
        for place, end in enumerate(targets[node.name], 1):
            stem = "└─ " if place == len(targets[node.name]) else "├─ "
            yield stem + "  ".join(filter(None, (end.title, end.subtitle, end.note)))
