"""Pictures of nets: layers, connections, and what is shared with what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.evaluation.pages import PAGES
from wlnet.builtins.graphs.value import Graph
from wlnet.builtins.nets.net_terms import skeleton
from wlnet.builtins.nets.text import call_text, heading
from wlnet.drawings import Arrow, Drawing, Link, Node, Shape, page_of, text_of
from wlnet.nets import Net, Port
from wlnet.nets.dimensions import show
from wlnet.nets.flow import flow
from wlnet.nets.sharing import Sharing, sharing
from wlnet.nets.structure import End, Path, Structure
from wlnet.nets.views import view_text
from wlnet.terms import S, Term, expression, register


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as a value of the language, and the term that gives it, such as a property of a net."""

    drawing: Shape
    origin: Term = field(compare=False)


def picture_text(picture: Picture) -> str:
    return text_of(picture.drawing) or f"{short_text(picture)}  (too large to draw here: Export it to a file.svg)"


def short_text(picture: Picture) -> str:
    drawing = picture.drawing
    return f"Graphics[<{drawing.subject}: {drawing.description}>]"


register(
    Picture,
    S.Graphics,
    full_form=lambda picture: picture.origin,
    text=short_text,
    equal=lambda a, b: a == b,
    hash=lambda picture: hash(picture.drawing.caption),
)
WHOLE[Picture] = picture_text
PAGES[Picture] = lambda picture: page_of(picture.drawing)

#: At most so many arrays that the same layers share have a link each.
FEW = 4

#: Category of a layer → the tone of its box.
TONES: Mapping[str, str] = {
    "Array layers": "teal",
    "Attention layers": "purple",
    "Basic layers": "blue",
    "Containers": "teal",
    "Convolution and filtering layers": "blue",
    "Custom layers": "teal",
    "Elementwise layers": "orange",
    "Loss layers": "red",
    "Operators": "teal",
    "Recurrent layers": "purple",
    "Sequence layers": "",
    "Training optimization layers": "green",
}


class Leaves:
    """The layers of a net as nodes and their connections as arrows; a node is called by its path.

    Containers are gone into where `deep`; the nets inside an operator take what the operator takes.
    """

    def __init__(self, deep: bool) -> None:
        self.deep = deep
        self.layers: dict[Path, Structure] = {}
        self.arrows: dict[Arrow, None] = {}

    def enter(self, path: Path, structure: Structure, inputs: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Adds a net whose input ports come from these nodes; gives the nodes that each of its outputs comes from."""
        if path and (structure.is_leaf or not self.deep or not structure.children):
            name = "/".join(path)
            self.layers[path] = structure
            self.arrows.update((Arrow(source, name), None) for source in joined(inputs.values()))
            return {port: [name] for port in structure.outputs}
        if structure.edges:
            return self.enter_container(path, structure, inputs)
        made = [
            self.enter(
                (*path, name), child, {port: inputs.get(port) or joined(inputs.values()) for port in child.inputs}
            )
            for name, child in structure.children.items()
        ]
        everything = joined(sources for outputs in made for sources in outputs.values())
        return dict.fromkeys(structure.outputs, everything)

    def enter_container(
        self, path: Path, structure: Structure, inputs: Mapping[str, list[str]]
    ) -> dict[str, list[str]]:
        found: dict[str, dict[str, list[str]]] = {}

        def sources(end: End) -> list[str]:
            return inputs.get(end.port, []) if end.child is None else found[end.child].get(end.port, [])

        children, outputs = flow(structure)
        for name, child, ends in children:
            found[name] = self.enter((*path, name), child, {port: sources(end) for port, end in ends.items()})
        return {port: sources(end) for port, end in outputs.items()}


def joined(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names))


def leaves_of(structure: Structure, deep: bool) -> tuple[Leaves, dict[str, list[str]]]:
    """Gives the layers of a net, a single layer as the only one, and the nodes that its outputs come from."""
    found = Leaves(deep)
    inputs = {port: [f"in:{port}"] for port in structure.inputs}
    if structure.is_leaf:
        name = structure.kind.name
        found.layers[(name,)] = structure
        found.arrows.update((Arrow(source, name), None) for source in joined(inputs.values()))
        return found, {port: [name] for port in structure.outputs}
    return found, found.enter((), structure, inputs)


def layer_node(path: Path, structure: Structure, *, sizes: bool) -> Node:
    """Gives the box of a layer: its name, its call, and the dimensions of what it gives."""
    call = call_text(structure)
    if structure.kind.container and structure.children:
        count = sum(inner.is_leaf for _, inner in structure.walk())
        call += f" ({count} layer{'s' if count != 1 else ''})"
    note = ", ".join(port_text(port) for port in structure.outputs.values()) if sizes else ""
    title = "/".join(path)
    if title == structure.kind.name:
        title, call = call, ""
    return Node(title if path else call, title, note, call, TONES.get(structure.kind.category, ""))


def port_text(port: Port) -> str:
    """Gives what a port carries in a few characters: 20×24×24, or "real"."""
    if port.shape is None:
        return ""
    return show(port.shape)[1:-1].replace(", ", "×").replace('"Varying"', "n") or port.element.lower()


def port_node(side: str, name: str, port: Port) -> Node:
    coder = port.coder.kind.name if port.coder is not None else ""
    return Node(f"{side}:{name}", name, "  ".join(filter(None, (port_text(port), coder))), "", "", is_end=True)


def links_of(net: Net, layers: Iterable[Path]) -> tuple[Link, ...]:
    """Gives what is shared by layers that are drawn; a part of a container that is drawn whole counts as the container's.

    Many arrays that the same layers share are one link.
    """
    drawn = {"/".join(path): path for path in layers}
    if not net.structure.children:
        return ()
    groups: dict[tuple[str, ...], list[Link]] = {}
    for entry in sharing(net):
        users: dict[tuple[str, str], None] = {}
        for position in entry.positions:
            owner = next((name for name, path in drawn.items() if position[: len(path)] == path), None)
            if owner is not None:
                called = "/".join(position[len(drawn[owner]) :])
                users[owner, f"{called} = {shown_name(entry)}{view_text(net.slots[position].view)}"] = None
        if len(users) > 1:
            groups.setdefault(tuple(name for name, _ in users), []).append(Link(tuple(users)))
    return tuple(link for names, links in groups.items() for link in together(names, links))


def together(names: tuple[str, ...], links: list[Link]) -> list[Link]:
    """Gives the links of the same nodes, more than a few of them as one."""
    if len(links) <= FEW:
        return links
    return [Link(tuple((name, f"{len(links)} shared arrays") for name in dict.fromkeys(names)))]


def shown_name(entry: Sharing) -> str:
    """Gives the name of a shared array; of one that was never named, the beginning of its random name."""
    return entry.name if len(entry.name) <= 24 else f"{entry.name[:8]}…"


def summary(net: Net, *, deep: bool, plain: bool = False) -> Drawing:
    """Gives the drawing of a net: its layers, or with `deep` those of its containers too; `plain`: layers alone."""
    structure = net.structure
    leaves, outputs = leaves_of(structure, deep)
    nodes = [layer_node(path, layer, sizes=not plain) for path, layer in leaves.layers.items()]
    names = ["/".join(path) for path in leaves.layers]
    nodes = [node._replace(name=name) for node, name in zip(nodes, names, strict=True)]
    arrows = list(leaves.arrows)
    if plain:
        known = set(names)
        arrows = [arrow for arrow in arrows if arrow.source in known]
        return Drawing("layers", heading(net), tuple(nodes), tuple(arrows))
    ends = [port_node("in", name, port) for name, port in structure.inputs.items()]
    ends += [port_node("out", name, port) for name, port in structure.outputs.items()]
    arrows += [Arrow(source, f"out:{port}") for port, sources in outputs.items() for source in sources]
    return Drawing("net", heading(net), (*ends, *nodes), tuple(arrows), links_of(net, leaves.layers))


def shared_arrays_drawing(net: Net) -> Drawing:
    """Gives the drawing of who shares what: each shared array with the places that use it."""
    nodes: list[Node] = []
    arrows: list[Arrow] = []
    entries = sharing(net)
    for entry in entries:
        array = f"array:{entry.name}"
        uses = len(entry.positions)
        saved = f"{uses} use{'s' if uses != 1 else ''}" + (f", saves {entry.saved:,} bytes" if entry.saved else "")
        size = "" if entry.shape is None else "×".join(map(str, entry.shape)) or "number"
        nodes.append(Node(array, f'NetArray["{shown_name(entry)}"]', size, saved, "green"))
        for position in entry.positions:
            place = "/".join(position)
            layer = net.structure.at(position[:-1])
            seen = view_text(net.slots[position].view).strip()
            tone = TONES.get(layer.kind.category, "")
            nodes.append(Node(place, place, seen, call_text(layer), tone))
            arrows.append(Arrow(array, place))
    spared = sum(entry.saved for entry in entries)
    caption = f"{len(entries)} shared array{'s' if len(entries) != 1 else ''}" + (
        f", {spared:,} bytes saved" if spared else ""
    )
    return Drawing("shared arrays", caption, tuple(nodes), tuple(arrows), sideways=True)


#: Property → (what it is, function(net) that draws it).
DRAWINGS: Mapping[str, tuple[str, Callable[[Net], Drawing]]] = {
    "FullSummaryGraphic": ("a picture of all layers, ports and sharing", lambda net: summary(net, deep=True)),
    "SharedArraysGraph": ("a picture of who shares what", shared_arrays_drawing),
    "SummaryGraphic": (
        "a picture of the net, containers inside as single boxes",
        lambda net: summary(net, deep=False),
    ),
}


def picture(net: Net, name: str) -> Picture:
    """Gives a picture of a net by the name of the property."""
    return Picture(DRAWINGS[name][1](net), expression("Information", skeleton(net), name))


def layers_graph(net: Net) -> Graph:
    """Gives the graph of the names of the layers, which is shown as their picture."""
    from wlnet.builtins.graphs.shown import drawn

    return drawn(summary(net, deep=True, plain=True))
