"""What Information tells of nets: a report, and one row of a table for each property."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from wlnet.builtins.evaluation.help import INFORMATION
from wlnet.builtins.nets.text import net_text
from wlnet.errors import NetError
from wlnet.kernel import Kernel, Printed
from wlnet.nets import Net
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.dimensions import size
from wlnet.nets.sharing import sharing
from wlnet.terms import NULL, Term, elements, expression, is_list, list_of, to_list

Read = Callable[[Net], Term]


class Property(NamedTuple):
    """A property of nets: what it is, in words, and what gives it."""

    says: str
    read: Read

    def __call__(self, net: Net) -> Term:
        return self.read(net)


#: Units of a thousand, a million, … bytes.
UNITS = ("kB", "MB", "GB", "TB")

PROPERTIES: dict[str, Property] = {}


def property_of_net(name: str, says: str) -> Callable[[Read], Read]:
    """Declares a property of nets (a decorator)."""

    def declare(function: Read) -> Read:
        PROPERTIES[name] = Property(says, function)
        return function

    return declare


def place(part: str) -> Term:
    return int(part) if part.isdecimal() else part


def position_term(key: Key) -> Term:
    """Gives the position of an array: a list of names, or NetArray["name"] of a shared one."""
    return expression("NetArray", key.name) if isinstance(key, Shared) else list_of(*map(place, key))


def bytes_of(net: Net, key: Key) -> int | None:
    """Gives the bytes of an array, those it will have where it has no values yet, or None where nothing tells."""
    value = net.store.get(key)
    count = size(net.shape_of(key))
    return value.nbytes if value is not None else None if count is None else 4 * count


def report(net: Net) -> str:
    """Gives the report on a net: its printed form, then what kinds of layers it has and what its arrays take."""
    lines = [net_text(net)]
    if net.structure.children:
        counts = PROPERTIES["LayerTypeCounts"](net)
        lines.append("  layers: " + ", ".join(f"{count} {kind.name}" for kind, count in counts.items()))
    sizes = [bytes_of(net, key) for key in net.positions]
    if sizes and None not in sizes:
        saved = sum(entry.saved for entry in sharing(net))
        spared = f"; sharing saves {size_text(saved)}" if saved else ""
        lines.append(f"  arrays: {size_text(sum(n for n in sizes if n is not None))}{spared}")
    states = PROPERTIES["RecurrentStatesCount"](net)
    if states:
        lines.append(f"  recurrent states: {states}")
    return "\n".join(lines)


def size_text(count: int) -> str:
    """Gives a number of bytes as a reader takes it in, such as 1.7 MB."""
    if count < 1000:
        return f"{count} bytes"
    power = min(int(math.log10(count)) // 3, len(UNITS))
    return f"{count / 1000**power:.3g} {UNITS[power - 1]}"


def information(kernel: Kernel, net: Net, wanted: Term | None) -> Term:
    """Gives a property of a net, or prints a report of it."""
    if wanted is None:
        kernel.emit(Printed(report(net.complete)))
        return NULL
    if is_list(wanted):
        return to_list([information(kernel, net, item) for item in elements(wanted)])
    reader = PROPERTIES.get(wanted) if type(wanted) is str else None
    if reader is None:
        raise no_property(wanted)
    return reader(net.complete)


def no_property(wanted: Term) -> NetError:
    from difflib import get_close_matches

    near = get_close_matches(wanted, PROPERTIES, n=3) if type(wanted) is str else []
    names = ", ".join(f'"{name}"' for name in near)
    shown = f"; names like it: {names}" if near else ""
    return NetError(
        f'`1` is not a property of nets{shown}; Information[net, "Properties"] lists all',
        tag="prop",
        kind="Information",
        terms=(wanted,),
    )


INFORMATION[Net] = information
property_of_net("Properties", "the names of all properties")(lambda net: to_list(sorted(PROPERTIES)))
