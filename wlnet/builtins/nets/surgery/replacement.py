"""NetReplacePart: parts of nets replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.builtins.nets.coders import coder_part, replace_parameters
from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.builtins.nets.constructors.layer_settings import has_setting, with_setting
from wlnet.builtins.nets.constructors.layers import as_layer, facing_right
from wlnet.builtins.nets.paths import no_part, resolve_path
from wlnet.builtins.nets.surgery.extracting import no_shared_array
from wlnet.builtins.nets.surgery.speaking import surgery
from wlnet.coders import at_port, with_parameter
from wlnet.errors import DimensionError, NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import Unfit
from wlnet.layers.specifications import array_from, port_from
from wlnet.nets import Net, Port
from wlnet.nets.arrays import Shared
from wlnet.nets.coders import Coder
from wlnet.nets.dimensions import is_known, show
from wlnet.nets.structure import Path, position_text
from wlnet.nets.surgery import array_value, replace_array, replace_child, replace_children, replace_ports, replace_slot
from wlnet.nets.views import unseen
from wlnet.terms import NONE, S, Term, elements, is_head, is_list


@builtin("NetReplacePart", category="Surgery")
def net_replace_part(kernel: Kernel, net: Term, rules: Term) -> Term | None:
    """NetReplacePart[net, "array" -> value] gives the net with another value for an array.
    NetReplacePart[net, {layer, "array"} -> value] replaces a part inside, NetReplacePart[net, layer -> new] a layer.
    NetReplacePart[net, NetArray["name"] -> value] replaces a shared array at all its uses.
    NetReplacePart[net, "port" -> shape] specifies a port anew.
    NetReplacePart[net, {rule1, rule2, …}] makes several replacements.

    Details: The value NetArray["name"] makes an array a shared one; Automatic takes a value away. A port that becomes
    Automatic or "Varying" is inferred anew, and so is all inside that nobody specified; None takes an encoder or decoder
    away. A setting such as "Function" is a part too. {All, "part"} replaces it in all layers that have it. The value of an
    array that a layer sees through a "View" is the one that the layer sees. The net itself is never changed.

    Examples:
        >> layer = LinearLayer[1, "Weights" -> {{1, 2}}, "Biases" -> {0}];
        >> NetReplacePart[layer, "Weights" -> {{3, 4}}][{1., 1.}]
        = {7.}
        >> layer[{1., 1.}]
        = {3.}
        >> chain = NetInitialize[NetChain[{LinearLayer[2, "Weights" -> NetArray["W"]], LinearLayer[2, "Weights" -> NetArray["W"]]}]];
        >> Normal[NetExtract[NetReplacePart[chain, NetArray["W"] -> {{1, 2}, {3, 4}}], {2, "Weights"}]]
        = {{1., 2.}, {3., 4.}}
        >> NetReplacePart[NetChain[{Ramp, Tanh}], 2 -> Ramp][{-1., 1.}]
        = {0., 1.}
        >> NetExtract[NetReplacePart[layer, "Weights" -> Automatic], "Weights"]
        = Automatic
        >> NetReplacePart[NetChain[{Ramp, Tanh}], {2, "Function"} -> Ramp][{-1., 1.}]
        = {0., 1.}
        >> NetExtract[NetReplacePart[NetChain[{2, Ramp}, "Input" -> 3], {1 -> LinearLayer[4], "Input" -> Automatic}], {{"Input"}, {"Output"}}]
        = {Automatic, 4}
        >> wider = NetReplacePart[NetInitialize[NetChain[{2, Ramp, 3}, "Input" -> 1]], {1 -> 4, 3 -> 5}]; NetExtract[wider, {3, "Input"}]
        = 4
        >> two = NetChain[{2, SoftmaxLayer[]}, "Output" -> NetDecoder[{"Class", {"a", "b"}}]];
        >> NetExtract[NetReplacePart[two, {1 -> 3, "Output" -> NetDecoder[{"Class", {"a", "b", "c"}}]}], {2, "Output"}]
        = 3
        >> NetExtract[NetReplacePart[NetChain[{Ramp, NetMapOperator[2]}, "Input" -> {4, 3}], "Input" -> {"Varying", 3}], {{1, "Output"}, {"Output"}}]
        = {{"Varying", 3}, {"Varying", 2}}
        >> NetExtract[NetReplacePart[NetInitialize[NetChain[{2, Ramp, 3}, "Input" -> 1]], {All, "Biases"} -> Automatic], {All, "Biases"}]
        = {Automatic, Automatic}
        >> transposed = LinearLayer[2, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{1, 2}}, "View" -> Transpose|>]];
        >> Normal[NetExtract[NetReplacePart[transposed, "Weights" -> {{3}, {4}}], NetArray["W"]]]
        = {{3., 4.}}
        >> NetReplacePart[SoftmaxLayer["Input" -> 2], "Output" -> NetDecoder[{"Class", {"a", "b"}}]][{1., 0.}]
        = "a"
    Possible issues:
        >> NetReplacePart[LinearLayer[1, "Weights" -> {{1, 2}}], "Weights" -> {{1, 2, 3}}]
        = $Failed
        message: NetReplacePart::dims
    Source: https://reference.wolfram.com/language/ref/NetReplacePart.html
    """
    if isinstance(net, Coder):
        return replace_parameters(net, rules)
    found = net_argument("NetReplacePart", net)
    items: Sequence[Term] = elements(rules) if is_list(rules) else (rules,)
    ports: dict[str, Port] = {}
    with surgery(kernel, "NetReplacePart"):
        found, items = with_layers(kernel, found, items)
    for item in items:
        path, right = path_and_value(item)
        names, rest = resolve_path(found, path)
        if not names and rest and is_port(found, layer_name(rest[0])):
            ports[layer_name(rest[0])] = changed_port(found, rest, right)
        else:
            with surgery(kernel, "NetReplacePart"):
                found = replaced(kernel, found, names, rest, right)
    with surgery(kernel, "NetReplacePart"):
        return facing_right(replace_ports(found, ports)) if ports else found


def path_and_value(item: Term) -> tuple[Sequence[Term], Term]:
    """Gives both sides of a rule part -> value; raises NetError."""
    if not is_head(item, S.Rule, 2):
        raise NetError("`1` is not a rule part -> value", tag="args", terms=(item,))
    left, right = item.args
    return elements(left) if is_list(left) else (left,), right


def with_layers(kernel: Kernel, net: Net, items: Sequence[Term]) -> tuple[Net, Sequence[Term]]:
    """Gives the net with all layers that rules replace replaced at once, so that they need fit only each other, and the
    other rules; if one of these layers is inside another, the net as it is and all rules.
    """
    layers: dict[Path, Net] = {}
    others = []
    anew: set[str] = set()
    for item in items:
        path, right = path_and_value(item)
        names, rest = resolve_path(net, path)
        if rest or not names:
            others.append(item)
            anew |= {layer_name(rest[0])} if not names and len(rest) == 1 else set()
        else:
            layers[names] = as_layer(kernel, right, "NetReplacePart")
    if not layers or any(a != b and a == b[: len(a)] for a in layers for b in layers):
        return net, items
    return replace_children(without_declared(net, anew), layers), others


def without_declared(net: Net, names: set[str]) -> Net:
    """Gives the net without what was specified of the ports of these names, which are about to be specified anew."""
    structure = net.structure
    kept = {name: port for name, port in structure.declared.items() if name not in names}
    return Net(replace(structure, declared=kept), net.store) if len(kept) < len(structure.declared) else net


def is_port(net: Net, name: str) -> bool:
    return name in net.structure.inputs or name in net.structure.outputs


def changed_port(net: Net, path: Sequence[Term], term: Term) -> Port:
    """Gives a port as specified anew, or with another parameter of its coder; raises NetError."""
    name, *inside = map(layer_name, path)
    if not inside:
        return new_port(name, term)
    coder = {**net.structure.inputs, **net.structure.outputs}[name].coder
    coder_part(coder, inside)
    return with_parameter(coder, inside[0], term).port


def new_port(name: str, term: Term) -> Port:
    if term is NONE:
        return Port()
    try:
        return port_from(at_port(name, term))
    except Unfit as unfit:
        raise NetError(
            f'the specification of the port "{name}" must be {unfit}, not `1`', tag="port", terms=(term,)
        ) from None


def replaced(kernel: Kernel, net: Net, names: Path, rest: Sequence[Term], value: Term) -> Net:
    """Gives the net with one part replaced."""
    if not rest:
        return replace_child(net, names, as_layer(kernel, value, "NetReplacePart"))
    first = rest[0]
    if first is S.All and len(rest) > 1:
        return replaced_in_all(kernel, net, names, rest[1:], value)
    if is_head(first, S.NetArray, 1):
        if Shared(first.args[0]) not in net.positions:
            raise no_shared_array(net, first.args[0], "NetReplacePart")
        return replace_array(net, Shared(first.args[0]), number_array(value))
    name = layer_name(first)
    inner = net.structure.at(names)
    if name not in inner.slots:
        made = changed_layer(kernel, net.child(names), rest, value)
        if made is not None:
            return replace_child(net, names, made) if names else made
    if name not in inner.slots or len(rest) > 1:
        raise no_part(net, first, names, "NetReplacePart")
    position = (*names, name)
    key = net.keys[position]
    if is_head(value, S.NetArray):
        specification = array_from(value)
        slot = specification.slot if specification.shape else replace(specification.slot, shape=inner.slots[name].shape)
        return replace_slot(
            net, position, slot, None if specification.value is None else array_value(specification.value)
        )
    return replace_array(net, key, as_stored(net, position, number_array(value)))


def as_stored(net: Net, position: tuple[str, ...], array: np.ndarray | None) -> np.ndarray | None:
    """Gives the array that a layer is to see at a position as its key stores it; raises NetError where it does not fit."""
    slot = net.slots[position]
    shape: Any = net.shape_of(net.keys[position])
    if array is None or slot.view is None or not is_known(shape):
        return array
    if slot.shape != array.shape:
        raise DimensionError(
            f"the layer sees the array {position_text(position)} with the dimensions {show(slot.shape)}, and it cannot be "
            f"replaced by one of dimensions {show(array.shape)}",
            kind="NetReplacePart",
        )
    return unseen(array, shape, slot.view)


def changed_layer(kernel: Kernel, layer: Net, path: Sequence[Term], value: Term) -> Net | None:
    """Gives a layer with another port, parameter of a port's coder, or setting; None where it has none at this path."""
    name = layer_name(path[0])
    if is_port(layer, name):
        return replace_ports(layer, {name: changed_port(layer, path, value)})
    return with_setting(kernel, layer, name, value) if len(path) == 1 and has_setting(layer, name) else None


def replaced_in_all(kernel: Kernel, net: Net, names: Path, rest: Sequence[Term], value: Term) -> Net:
    """Gives the net with a part replaced in all layers at a path that have it; raises NetError where none has."""
    count = 0
    for name in net.structure.at(names).children:
        try:
            net = replaced(kernel, net, *resolved(net, (*names, name), rest), value)
            count += 1
        except NetError as error:
            if error.tag != "part":
                raise
    if not count:
        raise no_part(net, rest[0], names, "NetReplacePart")
    return net


def resolved(net: Net, names: Path, rest: Sequence[Term]) -> tuple[Path, tuple[Term, ...]]:
    deeper, left = resolve_path(net.child(names), rest)
    return (*names, *deeper), left


def number_array(value: Term) -> np.ndarray | None:
    """Gives the array that a term means, None for Automatic; raises NetError."""
    if value is S.Automatic:
        return None
    try:
        array = array_from(value).value
    except Unfit:
        text = "the new value must be an array of numbers, NetArray[…] or Automatic, not `1`"
        cure = "; to do without the array, put a layer in place that is made without it" if value is NONE else ""
        raise NetError(text + cure, tag="array", terms=(value,)) from None
    if array is None or not np.isfinite(array).all():
        raise NetError("the new value must be an array of finite numbers", tag="array")
    return array_value(array)
