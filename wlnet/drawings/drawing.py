"""What is drawn, before anything has a place."""

from __future__ import annotations

from typing import NamedTuple


class Node(NamedTuple):
    """A box.

    name: what arrows call it. title, note: the left and the right text of its first line. subtitle: its second line.
    tone: the name of its color. is_end: a place where something comes in or goes out, drawn round.
    """

    name: str
    title: str
    note: str = ""
    subtitle: str = ""
    tone: str = ""
    is_end: bool = False


class Arrow(NamedTuple):
    """An arrow between the nodes of these names."""

    source: str
    target: str


class Link(NamedTuple):
    """What several nodes have in common: (node, the line that it says of it) for each."""

    nodes: tuple[tuple[str, str], ...]


class Drawing(NamedTuple):
    """A graph without cycles, to be drawn downwards, or to the right where `sideways`.

    caption: the line above it. subject: what it is a picture of, in a word or two.
    """

    subject: str
    caption: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...] = ()
    links: tuple[Link, ...] = ()
    sideways: bool = False

    @property
    def description(self) -> str:
        return f"{len(self.nodes)} boxes, {len(self.arrows)} arrows"

    def marks(self) -> dict[str, list[tuple[int, str]]]:
        """Gives for each node the links it belongs to: the number of the link, and the line that the node says of it."""
        found: dict[str, list[tuple[int, str]]] = {node.name: [] for node in self.nodes}
        for number, link in enumerate(self.links):
            for name, line in link.nodes:
                found[name].append((number, line))
        return found
