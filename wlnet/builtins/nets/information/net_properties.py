"""The properties of nets that Information gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from wlnet.builtins.nets.information.information import PROPERTIES, bytes_of, place, position_term, property_of_net
from wlnet.builtins.nets.information.operation_pictures import operations_picture
from wlnet.builtins.nets.information.pictures import DRAWINGS, layers_graph, picture
from wlnet.builtins.nets.net_terms import array_term, net_term, skeleton
from wlnet.kernel import Kernel, builtin
from wlnet.layers.specifications import constraint_term, port_term, shape_term
from wlnet.nets import Net, Port
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.constraints import said
from wlnet.nets.dimensions import is_known, size
from wlnet.nets.multipliers import multipliers_by_key
from wlnet.nets.sharing import Sharing, sharing
from wlnet.nets.structure import Path, Structure
from wlnet.syntax import write
from wlnet.terms import NONE, Association, Expression, S, Term, expression, list_of, symbol, to_list

OfArray = Callable[[Net, Key], Term]


def path_term(path: Path) -> Term:
    return list_of(*map(place, path))


# Arrays


def dimensions_of(net: Net, key: Key) -> Term:
    shape = net.shape_of(key)
    return to_list(shape or ()) if is_known(shape) else S.Automatic


def count_of(net: Net, key: Key) -> int | None:
    return size(net.shape_of(key))


def number(value: int | None) -> Term:
    return S.Indeterminate if value is None else value


def quantity(count: int | None) -> Term:
    return expression("Quantity", number(count), "Bytes")


def total(net: Net, measure: Callable[[Net, Key], int | None]) -> int | None:
    """Gives the sum over all arrays, a shared one once; None where one of them is not known."""
    numbers = [measure(net, key) for key in net.positions]
    return None if None in numbers else sum(n for n in numbers if n is not None)


def by_key(net: Net, value: OfArray) -> Association:
    return Association((position_term(key), value(net, key)) for key in net.positions)


def constraint_of(net: Net, key: Key) -> Term:
    constraint = said(net, key, "constraint")
    return NONE if constraint is None else constraint_term(constraint)


def learning_rate_multipliers(net: Net) -> Association:
    found = multipliers_by_key(net)
    return by_key(net, lambda _, key: int(found[key]) if found[key].is_integer() else found[key])


def shared_arrays(net: Net) -> Association:
    return Association((expression("NetArray", entry.name), sharing_term(entry)) for entry in sharing(net))


def sharing_term(entry: Sharing) -> Association:
    told: dict[str, Term] = {
        "Positions": list_of(*map(path_term, entry.positions)),
        "Dimensions": S.Automatic if entry.shape is None else to_list(entry.shape),
        "ByteCount": entry.bytes,
        "BytesSaved": entry.saved,
    }
    return Association(told.items())


# Layers, ports, states


def layers_of(net: Net) -> list[tuple[Path, Net]]:
    return [(path, net.child(path)) for path, inner in net.structure.walk() if inner.is_leaf]


def layer_type_counts(net: Net) -> Association:
    counts = Counter(inner.kind.name for _, inner in net.structure.walk() if inner.is_leaf)
    return Association((symbol(name), count) for name, count in counts.items())


def ports_term(ports: Mapping[str, Port]) -> Association:
    return Association(
        (name, port_term(port) if port.coder is not None or port.element != "Real" else shape_term(port.shape))
        for name, port in ports.items()
    )


def states_of(structure: Structure, path: Path = ()) -> Iterable[Path]:
    """Yields the positions of the recurrent states: of layers and operators, and of layers in containers."""
    yield from ((*path, name) for name in structure.kind.state_ports(structure.settings))
    if structure.edges:
        for name, child in structure.children.items():
            yield from states_of(child, (*path, name))


def state_port(position: Path) -> Term:
    return expression("NetPort", path_term(position) if len(position) > 1 else position[0])


def topology_hash(net: Net) -> str:
    import hashlib

    return hashlib.sha256(write(skeleton(net), "FullForm").encode()).hexdigest()[:32]


for _name, _says, _read in (
    ("Arrays", "position → array; a shared one stands once, as NetArray[name]", lambda net: by_key(net, array_term)),
    ("ArraysList", "the arrays, Automatic where there are no values yet",
     lambda net: to_list(array_term(net, key) for key in net.positions)),
    ("ArraysPositionList", "the positions of the arrays", lambda net: to_list(map(position_term, net.positions))),
    ("ArraysCount", "the number of arrays; a shared one counts once", lambda net: len(net.positions)),
    ("ArraysDimensions", "position → dimensions", lambda net: by_key(net, dimensions_of)),
    ("ArraysElementCounts", "position → number of elements",
     lambda net: by_key(net, lambda net, key: number(count_of(net, key)))),
    ("ArraysTotalElementCount", "the number of elements in all arrays", lambda net: number(total(net, count_of))),
    ("ArraysByteCounts", "position → bytes", lambda net: by_key(net, lambda net, key: number(bytes_of(net, key)))),
    ("ArraysTotalByteCount", "the bytes of all arrays", lambda net: number(total(net, bytes_of))),
    ("ArraysSizes", "position → bytes with their unit",
     lambda net: by_key(net, lambda net, key: quantity(bytes_of(net, key)))),
    ("ArraysTotalSize", "the bytes of all arrays with their unit", lambda net: quantity(total(net, bytes_of))),
    ("ArraysLearningRateMultipliers", "position → multiplier", learning_rate_multipliers),
    ("ArraysConstraints", "position → what NetArray holds the values of the array to, or None",
     lambda net: by_key(net, constraint_of)),
    ("SharedArrays", "shared array → its positions, dimensions, bytes, and the bytes that sharing saves", shared_arrays),
    ("SharedArraysCount", "the number of shared arrays", lambda net: sum(isinstance(key, Shared) for key in net.positions)),
    ("InputForm", "the text of an expression that makes the net again", lambda net: write(net_term(net), "InputForm")),
    ("InputPorts", "input → shape or encoder", lambda net: ports_term(net.structure.inputs)),
    ("OutputPorts", "output → shape or decoder", lambda net: ports_term(net.structure.outputs)),
    ("InputPortNames", "the names of the inputs", lambda net: to_list(net.structure.inputs)),
    ("OutputPortNames", "the names of the outputs", lambda net: to_list(net.structure.outputs)),
    ("Layers", "position → layer; of containers, the layers inside",
     lambda net: Association((path_term(path), layer) for path, layer in layers_of(net))),
    ("LayersList", "the layers", lambda net: to_list(layer for _, layer in layers_of(net))),
    ("LayersCount", "the number of layers, containers not counted", lambda net: len(layers_of(net))),
    ("LayerTypeCounts", "kind of layer → how many there are", layer_type_counts),
    ("RecurrentStatesPositionList", "the positions of the recurrent states",
     lambda net: to_list(map(path_term, states_of(net.structure)))),
    ("RecurrentStatesList", "the recurrent states as NetPort[…]",
     lambda net: to_list(map(state_port, states_of(net.structure)))),
    ("RecurrentStatesCount", "the number of recurrent states", lambda net: len(list(states_of(net.structure)))),
    ("TopologyHash", "a text that is the same for nets that differ only in the values of their arrays", topology_hash),
):  # fmt: skip
    property_of_net(_name, _says)(_read)

property_of_net("LayersGraph", "the graph of the layers and their connections")(layers_graph)
for _name, (_says, _) in DRAWINGS.items():
    property_of_net(_name, _says)(partial(picture, name=_name))
for _name in ("MXNetNodeGraph", "MXNetNodeGraphPlot"):
    property_of_net(_name, "a picture of the operations that run")(partial(operations_picture, name=_name))


def net_information(kernel: Kernel, net: Term, *wanted: Term) -> Term:
    return Expression(S.Information, (net, *wanted))


net_information.__doc__ = f"""NetInformation[net, "property"] is the older name of Information[net, "property"].
    NetInformation[net] prints a report on a net.

    Details: The properties of nets: {"; ".join(f'"{name}": {row.says}' for name, row in sorted(PROPERTIES.items()))}.
    A list of nets gives a list of values.

    Examples:
        >> NetInformation[NetChain[{{2, Ramp}}], "LayersCount"]
        = 2
        >> NetInformation[{{LinearLayer[2], ElementwiseLayer[Ramp]}}, "ArraysCount"]
        = {{2, 0}}
        >> tied = NetInsertSharedArrays[LinearLayer[2, "Input" -> 2]];
        >> NetInformation[{{NetChain[{{tied, Ramp, tied}}], tied}}, "ArraysTotalByteCount"]
        = {{24, 24}}
    Possible issues:
        >> NetInformation[LinearLayer[2], "ArrayCounts"]
        = $Failed
        message: Information::prop
    Differs: "MXNetNodeGraph" and "MXNetNodeGraphPlot" show the operations that run here, as a picture.
    Source: https://reference.wolfram.com/language/ref/NetInformation.html
    """
builtin("NetInformation", category="Inspection")(net_information)
