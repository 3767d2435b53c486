"""Information about nets: one row of a table for each property."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from wlnet.builtins.evaluation.help import INFORMATION
from wlnet.builtins.nets.text import net_term, net_text, skeleton
from wlnet.errors import NetError
from wlnet.kernel import Kernel, Printed, builtin, constant
from wlnet.layers.specifications import constraint_term, port_term, shape_term
from wlnet.nets import Net
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.constraints import said
from wlnet.nets.dimensions import is_known, size
from wlnet.nets.multipliers import multipliers_by_key
from wlnet.nets.sharing import sharing
from wlnet.syntax import write
from wlnet.terms import NONE, NULL, Association, Expression, NumericArray, S, Term, expression, list_of, symbol, to_list

Property = Callable[[Net], Term]

PROPERTIES: dict[str, Property] = {}


def property_of_net(name: str) -> Callable[[Property], Property]:
    """Declares a property of nets (a decorator)."""

    def declare(function: Property) -> Property:
        PROPERTIES[name] = function
        return function

    return declare


def place(part: str) -> Term:
    return int(part) if part.isdigit() else part


def position_term(key: Key) -> Term:
    """Gives the position of an array: a list of names, or NetArray["name"] of a shared one."""
    return expression("NetArray", key.name) if isinstance(key, Shared) else list_of(*map(place, key))


def by_key(net: Net, value: Callable[[Key], Term]) -> Association:
    return Association((position_term(key), value(key)) for key in net.positions)


def array_of(net: Net, key: Key) -> Term:
    value = net.store.get(key)
    return S.Automatic if value is None else NumericArray(value)


def elements_of(net: Net, key: Key) -> int | None:
    return size(net.shape_of(key))


def bytes_of(net: Net, key: Key) -> int | None:
    value = net.store.get(key)
    count = elements_of(net, key)
    return value.nbytes if value is not None else None if count is None else 4 * count


def total(numbers: list[int | None]) -> Term:
    return S.Indeterminate if None in numbers else sum(n for n in numbers if n is not None)


def quantity(count: Term) -> Term:
    return expression("Quantity", count, "Bytes")


def number(value: int | None) -> Term:
    return S.Indeterminate if value is None else value


def layers_of(net: Net) -> list[tuple[tuple[str, ...], Net]]:
    return [(path, net.child(path)) for path, inner in net.structure.walk() if inner.is_leaf]


def path_term(path: tuple[str, ...]) -> Term:
    return list_of(*map(place, path))


property_of_net("Arrays")(lambda net: by_key(net, lambda key: array_of(net, key)))
property_of_net("ArraysList")(lambda net: to_list(array_of(net, key) for key in net.positions))
property_of_net("ArraysPositionList")(lambda net: to_list(position_term(key) for key in net.positions))
property_of_net("ArraysCount")(lambda net: len(net.positions))
property_of_net("ArraysDimensions")(
    lambda net: by_key(
        net, lambda key: to_list(net.shape_of(key) or ()) if is_known(net.shape_of(key)) else S.Automatic
    )
)
property_of_net("ArraysElementCounts")(lambda net: by_key(net, lambda key: number(elements_of(net, key))))
property_of_net("ArraysTotalElementCount")(lambda net: total([elements_of(net, key) for key in net.positions]))
property_of_net("ArraysByteCounts")(lambda net: by_key(net, lambda key: number(bytes_of(net, key))))
property_of_net("ArraysTotalByteCount")(lambda net: total([bytes_of(net, key) for key in net.positions]))
property_of_net("ArraysSizes")(lambda net: by_key(net, lambda key: quantity(number(bytes_of(net, key)))))
property_of_net("ArraysTotalSize")(lambda net: quantity(total([bytes_of(net, key) for key in net.positions])))
property_of_net("SharedArraysCount")(lambda net: sum(isinstance(key, Shared) for key in net.positions))
property_of_net("InputForm")(lambda net: write(net_term(net), "InputForm"))
property_of_net("InputPorts")(lambda net: ports_term(net.structure.inputs))
property_of_net("OutputPorts")(lambda net: ports_term(net.structure.outputs))
property_of_net("InputPortNames")(lambda net: to_list(net.structure.inputs))
property_of_net("OutputPortNames")(lambda net: to_list(net.structure.outputs))
property_of_net("Layers")(lambda net: Association((path_term(path), layer) for path, layer in layers_of(net)))
property_of_net("LayersList")(lambda net: to_list(layer for _, layer in layers_of(net)))
property_of_net("LayersCount")(lambda net: len(layers_of(net)))
property_of_net("TopologyHash")(lambda net: hashlib.sha256(write(skeleton(net), "FullForm").encode()).hexdigest()[:32])
property_of_net("Properties")(lambda net: to_list(sorted(PROPERTIES)))


@property_of_net("ArraysLearningRateMultipliers")
def multipliers(net: Net) -> Term:
    """Position → the multiplier that the options LearningRateMultipliers of the layers and containers give."""
    found = multipliers_by_key(net)
    return by_key(net, lambda key: int(found[key]) if found[key].is_integer() else found[key])


@property_of_net("ArraysConstraints")
def constraints(net: Net) -> Term:
    """Position → what NetArray holds the values of the array to, or None."""
    found = {key: said(net, key, "constraint") for key in net.positions}
    return by_key(net, lambda key: NONE if found[key] is None else constraint_term(found[key]))


@property_of_net("LayerTypeCounts")
def layer_types(net: Net) -> Term:
    counts: dict[str, int] = {}
    for _, layer in layers_of(net):
        counts[layer.kind.name] = counts.get(layer.kind.name, 0) + 1
    return Association((symbol(name), count) for name, count in counts.items())


@property_of_net("SharedArrays")
def shared_arrays(net: Net) -> Term:
    """Name → all positions, dimensions, bytes and the bytes that sharing saves."""
    return Association(
        (
            expression("NetArray", entry.name),
            Association(
                {
                    "Positions": list_of(*(path_term(place) for place in entry.positions)),
                    "Dimensions": S.Automatic if entry.shape is None else to_list(entry.shape),
                    "Bytes": entry.bytes,
                    "BytesSaved": entry.saved,
                }.items()
            ),
        )
        for entry in sharing(net)
    )


def ports_term(ports: Any) -> Association:
    return Association(
        (name, port_term(port) if port.coder is not None or port.element != "Real" else shape_term(port.shape))
        for name, port in ports.items()
    )


def information(kernel: Kernel, net: Net, wanted: Term | None) -> Term:
    """Gives a property of a net, or prints a report of it."""
    if wanted is None:
        kernel.emit(Printed(net_text(net)))
        return NULL
    reader = PROPERTIES.get(wanted) if type(wanted) is str else None
    if reader is None:
        shown = ", ".join(f'"{name}"' for name in sorted(PROPERTIES))
        raise NetError(
            f"`1` is not a property of nets; the properties are {shown}",
            tag="prop",
            kind="Information",
            terms=(wanted,),
        )
    return reader(net.complete)


INFORMATION[Net] = information


@builtin("NetInformation", category="Inspection")
def net_information(kernel: Kernel, net: Term, *wanted: Term) -> Term | None:
    """NetInformation[net, "property"] is the older name of Information[net, "property"].

    Examples:
        >> NetInformation[NetChain[{2, Ramp}], "LayersCount"]
        = 2
    Source: https://reference.wolfram.com/language/ref/NetInformation.html
    """
    return Expression(S.Information, (net, *wanted))


@constant("Quantity", category="Numbers")
def quantity_constant() -> None:
    """Quantity[n, "unit"] stands for a number of units; Information gives sizes in it.

    Examples:
        >> Information[LinearLayer[2, "Input" -> 2], "ArraysTotalSize"]
        = Quantity[24, "Bytes"]
    """
