"""Functions of lists, of nets: a chain or graph counts as the list, or the association, of its layers.

Length, First, Last, Keys and Values tell what is in it; Take, Drop, Most, Rest, Join, Append, Prepend, Insert, Delete and
ReplacePart give another net, as NetTake, NetDrop and so on do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wlnet.builtins.lists.choosing import items
from wlnet.builtins.nets.surgery.extracting import everything
from wlnet.kernel import extends
from wlnet.nets import Net
from wlnet.nets.assembly import CONTAINERS
from wlnet.terms import Association, S, Term, expression, is_head, list_of, to_list


def is_net(term: Term) -> bool:
    return isinstance(term, Net)


def is_container(term: Term) -> bool:
    return isinstance(term, Net) and term.kind.name in CONTAINERS


def names_in(net: Net, *head: Term) -> Term:
    """Gives what the layers of a container, or the parts of another net, are called, each with a head: names, or numbers."""
    parts = everything(net)
    names = parts if type(parts) is Association else range(1, len(net.structure.children) + 1)
    return to_list(expression(*head, name) if head else name for name in names)


def values_in(net: Net, *head: Term) -> Term:
    """Gives the layers of a container, or the parts of another net, each with a head."""
    return to_list(expression(*head, value) if head else value for value in items(everything(net)))


def taken(net: Net, spec: Term = S.All, *ports: Term) -> Term:
    """Gives NetTake[…] for Take[net, spec], in which -n means the last n layers, and UpTo[n] as many as there are."""
    if is_head(spec, S.UpTo, 1) and type(spec.args[0]) is int:
        spec = min(spec.args[0], len(net.structure.children))
    return expression("NetTake", net, list_of(spec, -1) if type(spec) is int and spec < 0 else spec, *ports)


#: Function of lists → what it gives of any net.
OF_NETS: dict[str, Callable[..., Term]] = {
    "Keys": names_in,
    "Values": values_in,
    **{name: partial(expression, f"Net{name}") for name in ("Join", "Append", "Prepend", "ReplacePart")},
}
#: Function of lists → what it gives of a container; of another net it says what it says of any atom.
OF_CONTAINERS: dict[str, Callable[..., Term]] = {
    "Length": lambda net: len(net.structure.children),
    "First": lambda net, *default: expression("NetExtract", net, 1),
    "Last": lambda net, *default: expression("NetExtract", net, -1),
    "Take": taken,
    "Most": lambda net: expression("NetDrop", net, -1),
    "Rest": lambda net: expression("NetDrop", net, 1),
    **{name: partial(expression, f"Net{name}") for name in ("Drop", "Insert", "Delete")},
}
for table, test in ((OF_NETS, is_net), (OF_CONTAINERS, is_container)):
    for name, function in table.items():
        extends(name, test)(function)
