"""Ports inside nets as terms: which place NetPort[…] means, and the states of a net."""

from __future__ import annotations

from collections.abc import Sequence

from wlnet.builtins.nets.paths import port_path, resolve_path
from wlnet.errors import NetError
from wlnet.nets import Net
from wlnet.nets.exposing import Place, states
from wlnet.terms import S, Term, expression, is_head, list_of

#: What the states of the nets inside NetBidirectionalOperator are called → the net inside.
DIRECTIONS = {"Forward": "ForwardNet", "Backward": "ReverseNet"}
SIDES = {"outputs": "output", "inputs": "input"}


def is_all_states(term: Term) -> bool:
    """Tells whether a term is NetPort[All, "States"]."""
    return is_head(term, S.NetPort) and port_path(term) == (S.All, "States")


def place_at(net: Net, term: Term, side: str) -> Place:
    """Gives the place that NetPort[…] means: a port of a layer or of the net; a layer alone means its output.

    Raises NetError where there is no such port on this side, or state.
    """
    path = port_path(term)
    names, rest = resolve_path(net, path)
    structure = net.structure.at(names)
    ports = list(getattr(structure, side))
    if not rest and names:
        if side == "outputs" and ports:
            return names, "Output" if "Output" in ports else ports[0]
        rest = tuple(ports[:1])
    if len(rest) > 1:
        shown = ", ".join(structure.children) or "none"
        raise NetError(
            f"there is no layer `1` in the {structure.kind.name}; its layers are {shown}",
            tag="nolayer", kind=net.kind.name, terms=(rest[0],),
        )  # fmt: skip
    port = rest[0] if len(rest) == 1 and type(rest[0]) is str else ""
    direction = direction_of(net, names, port)
    if direction is not None:
        return direction
    known = [*ports, *(name for name in structure.kind.state_ports(structure.settings) if name not in ports)]
    if port not in known:
        raise no_port(net, term, names, known, side)
    return names, port


def interior(net: Net, term: Term) -> Place:
    """Gives the output, however deep, that NetPort[…] means; raises NetError, also for a state that has no port."""
    place = place_at(net, term, "outputs")
    outputs = net.structure.at(place[0]).outputs
    if place[1] not in outputs:
        raise no_port(net, term, place[0], list(outputs), "outputs")
    return place


def direction_of(net: Net, names: tuple[str, ...], port: str) -> Place | None:
    """Gives the place of a state such as "ForwardState" of an operator of two directions, None for anything else."""
    structure = net.structure.at(names)
    for prefix, child in DIRECTIONS.items():
        if child in structure.children and port.startswith(prefix):
            inner = structure.children[child]
            if port[len(prefix) :] in inner.kind.state_ports(inner.settings):
                return (*names, child), port[len(prefix) :]
    return None


def no_port(net: Net, term: Term, names: Sequence[str], known: Sequence[str], side: str) -> NetError:
    structure = net.structure.at(tuple(names))
    shown = ", ".join(f'"{name}"' for name in known) or "none"
    inputs = structure.inputs if side == "outputs" else {}
    is_input = any(name in inputs for name in port_path(term)[-1:] if type(name) is str)
    hint = "; a value comes out at an output: ask for that of the layer before" if is_input else ""
    return NetError(
        f"`1` is not an {SIDES[side]} in this net; the {SIDES[side]}s there are {shown}{hint}",
        tag="noport",
        kind=net.kind.name,
        terms=(term,),
    )


def place_term(net: Net, place: Place) -> Term:
    """Gives NetPort[…] for a place, as a user would type it."""
    path, port = place
    for prefix, child in DIRECTIONS.items():
        if path and path[-1] == child and net.structure.at(path[:-1]).kind.name == "NetBidirectionalOperator":
            path, port = path[:-1], prefix + port
    parts: list[Term] = []
    for depth, name in enumerate(path):
        parts.append(name if net.structure.at(path[:depth]).named else int(name))
    return expression("NetPort", list_of(*parts, port) if parts else port)


def state_terms(net: Net) -> dict[Term, Place]:
    """Gives NetPort[…] → place of all states that nothing in the net sets."""
    return {place_term(net, place): place for place in states(net)}
