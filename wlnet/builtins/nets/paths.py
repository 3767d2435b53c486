"""Part specifications of nets: names and numbers of layers as paths."""

from __future__ import annotations

from collections.abc import Sequence

from wlnet.errors import NetError
from wlnet.nets import Net
from wlnet.nets.kinds import Kind
from wlnet.nets.structure import Path
from wlnet.terms import S, Symbol, Term, elements, is_head, is_list


def port_path(term: Term) -> tuple[Term, ...]:
    """Gives the parts of NetPort[…], in any of its forms."""
    return tuple(item for arg in term.args for item in (elements(arg) if is_list(arg) else (arg,)))


def resolve_path(net: Net, specification: Sequence[Term]) -> tuple[Path, tuple[Term, ...]]:
    """Gives the path of the layers that a specification names, and what is left of it (a port, an array, …)."""
    structure = net.structure
    if len(specification) == 1 and is_head(specification[0], S.NetPort):
        specification = port_path(specification[0])
    names: list[str] = []
    for index, term in enumerate(specification):
        name = child_of(list(structure.children), term)
        if name is None:
            return tuple(names), (name_today(structure.kind, term), *specification[index + 1 :])
        names.append(name)
        structure = structure.children[name]
    return tuple(names), ()


def name_today(kind: Kind, term: Term) -> Term:
    """Gives today's name of an array or option in place of the one that it had in an earlier version."""
    return kind.earlier.get(term, term) if type(term) is str else term


def child_of(children: Sequence[str], term: Term) -> str | None:
    """Gives the name of the layer that a name or number (negative from the end) means, or None."""
    if type(term) is int:
        if str(term) in children:
            return str(term)
        return children[term - 1 if term > 0 else term] if 1 <= abs(term) <= len(children) else None
    name = term.name if type(term) is Symbol else term
    if type(name) is str and name not in children:
        name = OTHER_NAMES.get(name)
    return name if type(name) is str and name in children else None


#: A name that a net inside an operator has, too → the one that it goes by.
OTHER_NAMES = {"BackwardNet": "ReverseNet"}


def public_names(kind: Kind) -> list[str]:
    """Gives the names of the settings of a kind of net."""
    return [*(setting.title for setting in kind.arguments), *kind.options]


def no_part(net: Net, term: Term, path: Path, speaker: str) -> NetError:
    """Gives the error for a part that is not there."""
    structure = net.structure.at(path)
    ports = (*structure.inputs, *structure.outputs)
    there = [*structure.children, *structure.slots, *ports, *public_names(structure.kind)]
    where = f" at {{{', '.join(path)}}}" if path else ""
    shown = ", ".join(dict.fromkeys(there)) or "none"
    return NetError(
        f"{structure.kind.name}{where} has no part `1`; its parts are {shown}",
        tag="part",
        kind=speaker,
        terms=(term,),
    )
