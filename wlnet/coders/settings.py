"""What the arguments and options of coders take: terms to settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import NetError
from wlnet.nets.dimensions import VARYING, Dimension, Port
from wlnet.terms import FALSE, TRUE, S, Symbol, Term, elements, is_head, is_list

#: What a dimension that is not a number may be.
OPEN: Mapping[str | None, Dimension] = {"Varying": VARYING, "Automatic": None}


def word(term: Term) -> str | None:
    """Gives the text of a string, or the name of a symbol."""
    return term if type(term) is str else term.name if type(term) is Symbol else None


def unfit(head: str, name: str, wanted: str, term: Term) -> NetError:
    """Gives the error for a setting that a coder does not take."""
    return NetError(f'"{name}" must be {wanted}, not `1`', tag="option", kind=head, terms=(term,))


def boolean(options: Mapping[str, Term], name: str, head: str) -> bool:
    """Gives an option that is True or False (False where it is not given); raises NetError."""
    value = options.get(name, FALSE)
    if value is not TRUE and value is not FALSE:
        raise unfit(head, name, "True or False", value)
    return value is TRUE


def count(options: Mapping[str, Term], name: str, head: str, usual: Any) -> Any:
    """Gives an option that is a positive integer, or what stands for All or Automatic; raises NetError."""
    value = options.get(name, S.All)
    if value is S.All or value is S.Automatic:
        return usual
    if type(value) is not int or value < 1:
        raise unfit(head, name, "a positive integer or All", value)
    return value


def choice(options: Mapping[str, Term], name: str, head: str, *names: str) -> str:
    """Gives an option that is one of some names, the first of them where it is not given; raises NetError."""
    value = word(options.get(name, names[0]))
    if value not in names:
        shown = ", ".join(f'"{known}"' for known in names)
        raise unfit(head, name, f"one of {shown}", options[name])
    return value


def dimension(term: Term) -> Dimension:
    """Gives a positive integer, VARYING or None (for Automatic); 0 for anything else."""
    return term if type(term) is int and term > 0 else OPEN.get(word(term), 0)


def port_from(term: Term, head: str) -> Port:
    """Gives the port of "Real", "Integer", Restricted["Integer", n], n, {n1, …}, or Automatic; raises NetError."""
    if term is S.Automatic:
        return Port()
    items = elements(term) if is_list(term) else (term,)
    inner = Port(())
    if items and (word(items[-1]) in ("Real", "Integer") or is_head(items[-1], S.Restricted, 2)):
        last, items = items[-1], items[:-1]
        if word(last) != "Real":
            limit = last.args[1] if is_head(last, S.Restricted) else None
            inner = Port((), "Integer", limit if type(limit) is int else None)
    shape = tuple(map(dimension, items))
    if 0 in shape:
        raise NetError(
            'the dimensions must be "Real", "Integer", Restricted["Integer", n], n or {n1, n2, …} with "Varying" '
            "lengths, not `1`", tag="args", kind=head, terms=(term,),
        )  # fmt: skip
    return Port(shape, inner.element, inner.limit)
