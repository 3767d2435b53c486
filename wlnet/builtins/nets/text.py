"""Nets as text: a readable table of layers, ports and what is shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.nets.net_terms import net_term, same_nets
from wlnet.layers.specifications import constraint_term
from wlnet.nets import Net, Port
from wlnet.nets.dimensions import show, size
from wlnet.nets.exposing import source_of
from wlnet.nets.sharing import Sharing, sharing
from wlnet.nets.structure import Edge, Structure
from wlnet.nets.views import view_text
from wlnet.syntax import write
from wlnet.terms import register, symbol

#: At most this many rows of a table are shown, first and last ones.
ROWS = 40
#: A layer's call is cut off after so many characters.
WIDTH = 60


def net_text(net: Net) -> str:
    """Gives the printed form of a net: a heading, its ports and layers as a table, and what is shared with what."""
    shown = net.complete
    rows = list(container_rows(shown) if shown.structure.children else layer_rows(shown))
    if len(rows) > ROWS:
        left_out = len(rows) - ROWS + 1
        rows = [*rows[: ROWS // 2], ("…", f"{left_out} more", "", ""), *rows[left_out + ROWS // 2 :]]
    widths = [max(len(row[i]) for row in rows) if rows else 0 for i in range(4)]
    lines = [heading(shown)]
    for number, name, what, extra in rows:
        line = f"  {number:>{widths[0]}}  {name:<{widths[1]}}  {what:<{widths[2]}}  {extra}"
        lines.append(line.rstrip())
    lines.extend(sharing_lines(shown))
    return "\n".join(lines)


def heading(net: Net) -> str:
    """Gives the first line: the kind, how many layers and numbers, and whether it is initialized."""
    parts = []
    count = sum(1 for _, inner in net.structure.walk() if inner.is_leaf)
    if net.structure.children:
        parts.append(f"{count} layer{'s' if count != 1 else ''}")
    sizes = [size(net.shape_of(key)) for key in net.positions]
    if sizes:
        total = sum(s for s in sizes if s is not None)
        count_text = f"{total:,} number{'s' if total != 1 else ''} in " if None not in sizes else ""
        parts.append(f"{count_text}{len(sizes)} array{'s' if len(sizes) != 1 else ''}")
    if not net.is_initialized:
        parts.append("uninitialized")
    return call_text(net.structure) + (f"  ({', '.join(parts)})" if parts else "")


Row = tuple[str, str, str, str]


def port_rows(ports: Mapping[str, Port], side: str) -> Iterator[Row]:
    for name, port in ports.items():
        coder = f"{'encoder' if port.coder.encodes else 'decoder'}: {port.coder.kind.name}" if port.coder else ""
        yield side, name, str(port), coder


def layer_rows(net: Net) -> Iterator[Row]:
    """Gives the table of a single layer: ports and arrays."""
    structure = net.structure
    yield from port_rows(structure.inputs, "in")
    yield from port_rows(structure.outputs, "out")
    for name, slot in structure.slots.items():
        state = "" if net.keys[(name,)] in net.store else "no values yet"
        shared = f"shared as {slot.shared}" if slot.shared is not None else ""
        yield "array", name, show(slot.shape), ", ".join(filter(None, (shared, state)))


def container_rows(net: Net) -> Iterator[Row]:
    """Gives the table of a container: inputs, layers in order, outputs. A FunctionLayer shows the graph inside."""
    structure = net.structure
    if structure.kind.name == "FunctionLayer":
        yield from container_rows(net.child(("Net",)))
        return
    linear = structure.kind.name == "NetChain"
    yield from port_rows(structure.inputs, "in")
    for name, child in structure.children.items():
        seen = [port for port in child.outputs if source_of(child, port, "outputs") is None]
        outputs = ", ".join(
            str(child.outputs[port]) if len(seen) == 1 else f"{port}: {child.outputs[port]}" for port in seen
        )
        notes = [shared_text(child), training_text(child)]
        notes = notes if linear else [sources_text(structure.edges, name), *notes]
        yield name, call_text(child), outputs, "  ".join(filter(None, notes))
    yield from port_rows(structure.outputs, "out")


def sources_text(edges: tuple[Edge, ...], name: str) -> str:
    """Gives where a layer of a graph takes its inputs from, such as `<- 1, 2`."""
    sources = [edge.source for edge in edges if edge.target.child == name]
    shown = []
    for end in sources:
        plain = end.child is not None and end.port == "Output"
        shown.append(end.child if plain else end.port if end.child is None else f"{end.child}.{end.port}")
    return "<- " + ", ".join(str(item) for item in shown) if shown else ""


def call_text(structure: Structure) -> str:
    """Gives a layer as it was called, such as `ConvolutionLayer[8, 3, "Stride" -> 2]`; of a container its kind."""
    kind = structure.kind
    if kind.container:
        return kind.name
    texts = [write(term, "InputForm").strip() for term in structure.arguments]
    texts += [f"{name} -> {write(term, 'InputForm')}" for name, term in structure.options.items()]
    text = f"{kind.name}[{', '.join(texts)}]"
    return text if len(text) <= WIDTH else text[: WIDTH - 2] + "…]"


def shared_text(structure: Structure) -> str:
    """Gives which arrays of a layer are shared, such as `Weights = NetArray["W"]`; of many, how many."""
    shared = [(name, slot) for name, slot in structure.slots.items() if slot.shared is not None]
    if len(shared) > 2:
        return f"{len(shared)} shared arrays"
    return ", ".join(f'{name} = NetArray["{slot.shared}"]{view_text(slot.view)}' for name, slot in shared)


def training_text(structure: Structure) -> str:
    """Gives what a layer's arrays are trained otherwise than usual, such as `Weights not trained`."""
    return ", ".join(
        f"{name} {wish}"
        for name, slot in structure.slots.items()
        for wish in (
            "not trained" if slot.trainable is False else "",
            "" if slot.constraint is None else f"held to {write(constraint_term(slot.constraint), 'InputForm')}",
        )
        if wish
    )


def sharing_lines(net: Net) -> Iterator[str]:
    """Tells what is shared with what: a line for all arrays that the same layers share."""
    groups: dict[tuple[tuple[str, ...], ...], list[Sharing]] = {}
    for entry in sharing(net):
        if len(entry.positions) > 1:
            groups.setdefault(tuple(place[:-1] for place in entry.positions), []).append(entry)
    for places, entries in list(groups.items())[:ROWS]:
        who = ", ".join(path_text(place) for place in places[:6]) + (
            f", … ({len(places)} uses)" if len(places) > 6 else ""
        )
        what = ", ".join(f'NetArray["{entry.name}"] {show(entry.shape)}' for entry in entries[:4])  # type: ignore[arg-type]
        more = f", … ({len(entries)} arrays)" if len(entries) > 4 else ""
        yield f"  shared by {who}: {what}{more}"


def path_text(path: tuple[str, ...]) -> str:
    """Gives the path of a layer as a reader names it: 3, or {block, 1}."""
    return path[0] if len(path) == 1 else "{" + ", ".join(path) + "}"


def short_text(net: Net) -> str:
    """Gives the form of a net inside other terms, such as `LinearLayer[<{3} -> {2}>]`."""
    structure = net.complete.structure
    sides = [", ".join(show(port.shape) for port in ports.values()) for ports in (structure.inputs, structure.outputs)]
    return f"{structure.kind.name}[<{sides[0]} -> {sides[1]}>]"


register(
    Net,
    lambda net: symbol(net.kind.name),
    full_form=net_term,
    text=short_text,
    equal=same_nets,
    hash=lambda net: hash((net.kind.name, tuple(net.keys))),
)
WHOLE[Net] = net_text
