"""Parts of nets: taken out and replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.lists.parts import PARTS
from wlnet.builtins.nets.arrays import net_argument
from wlnet.builtins.nets.coders import coder_part, coder_parts, replace_parameters
from wlnet.builtins.nets.containers import layer_name
from wlnet.builtins.nets.layers import as_layer, telling_of_values
from wlnet.builtins.nets.paths import no_part, resolve_path
from wlnet.coders import at_port, with_parameter
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import Unfit
from wlnet.layers.specifications import array_from, port_from, port_term
from wlnet.nets import Net, Port
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.coders import Coder
from wlnet.nets.structure import Path
from wlnet.nets.surgery import array_value, replace_array, replace_child, replace_ports, replace_slot
from wlnet.terms import (
    NONE,
    Association,
    NumericArray,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    pack,
    to_list,
    truth,
)


@builtin("NetExtract", category="Surgery")
def net_extract(kernel: Kernel, net: Term, specification: Term) -> Term | None:
    """NetExtract[net, "array"] gives an array, port or setting of a layer.
    NetExtract[net, n] or NetExtract[net, "name"] gives a layer, NetExtract[net, {layer, …, "array"}] a part inside.
    NetExtract[net, {{…}, {…}, …}] gives several parts.
    NetExtract[net, NetArray["name"]] gives a shared array, NetExtract[net, NetArray[All]] all of them.
    NetExtract[net, All] gives all layers of a container, or all arrays, ports and settings of a layer.

    Details: Arrays come as NumericArray; what is not known yet comes as Automatic.

    Examples:
        >> net = NetInitialize[NetChain[<|"a" -> 2, "b" -> Ramp|>, "Input" -> 3]];
        >> Dimensions[NetExtract[net, {"a", "Weights"}]]
        = {2, 3}
        >> NetExtract[net, {1, "Input"}]
        = 3
        >> Head[NetExtract[net, -1]]
        = ElementwiseLayer
        >> Head /@ NetExtract[net, {{"a"}, {"b"}}]
        = {LinearLayer, ElementwiseLayer}
        >> Head /@ NetExtract[net, All]
        = <|"a" -> LinearLayer, "b" -> ElementwiseLayer|>
        >> Normal[NetExtract[LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{2}}|>]], NetArray[All]]]
        = {NetArray["W"] -> NumericArray[{{2.}}, "Real32"]}
        >> NetExtract[LinearLayer[2], "Weights"]
        = Automatic
    Possible issues:
        >> NetExtract[LinearLayer[2], "Heights"]
        = $Failed
        message: NetExtract::part
    Source: https://reference.wolfram.com/language/ref/NetExtract.html
    """
    if isinstance(net, Coder):
        return coder_parts(net, specification)
    found = net_argument("NetExtract", net)
    if is_list(specification) and elements(specification) and all(map(is_list, elements(specification))):
        return to_list(extract(found, elements(item)) for item in elements(specification))
    return extract(found, elements(specification) if is_list(specification) else (specification,))


def extract(net: Net, path: Sequence[Term]) -> Term:
    """Gives the part of a net at a path of specifications; raises NetError."""
    if path and path[0] is S.All and len(path) > 1:
        children = net.structure.children
        return gathered(net, {name: extract(net.child((name,)), path[1:]) for name in children})
    names, rest = resolve_path(net, path)
    inner = net.child(names)
    if not rest:
        return inner
    if rest[0] is S.All and len(rest) > 1:
        return extract(inner, rest)
    first = rest[0]
    if is_head(first, S.NetArray, 1) and len(rest) == 1:
        return shared_array(inner, first.args[0])
    if first is S.All and len(rest) == 1:
        return everything(inner)
    name = layer_name(first)
    if name in inner.structure.slots and len(rest) == 1:
        return array_term(inner, inner.keys[(name,)])
    for ports in (inner.structure.outputs, inner.structure.inputs):
        if name in ports:
            port = ports[name]
            return port_term(port) if len(rest) == 1 else coder_part(port.coder, rest[1:])
    setting = setting_term(inner, name)
    if setting is None or len(rest) > 1:
        raise no_part(net, first, names, "NetExtract")
    return setting


def gathered(net: Net, parts: dict[str, Term]) -> Term:
    """Gives the parts of all layers: an association where the layers are named, else a list."""
    return Association(parts.items()) if net.structure.named else to_list(parts.values())


def array_term(net: Net, key: Key) -> Term:
    value = net.store.get(key)
    return S.Automatic if value is None else NumericArray(value)


def shared_array(net: Net, name: Term) -> Term:
    """Gives the value of a shared array, or of all of them by name."""
    shared = [key for key in net.positions if isinstance(key, Shared)]
    if name is S.All:
        return Association((expression("NetArray", key.name), array_term(net, key)) for key in shared)
    if Shared(name) not in shared:
        shown = ", ".join(f'"{key.name}"' for key in shared) or "none"
        raise NetError(
            f"there is no shared array `1`; the shared arrays are {shown}", tag="part", kind="NetExtract", terms=(name,)
        )
    return array_term(net, Shared(name))


def everything(net: Net) -> Term:
    """Gives all layers of a container, or all arrays, settings and ports of a layer."""
    structure = net.structure
    if structure.children and structure.kind.name != "FunctionLayer":
        return gathered(net, {name: net.child((name,)) for name in structure.children})
    parts: dict[Term, Term] = {name: array_term(net, net.keys[(name,)]) for name in structure.slots}
    for name in (*(s.name for s in structure.kind.arguments), *structure.kind.options):
        found = setting_term(net, name)
        if found is not None:
            parts[name] = found
    for ports in (structure.inputs, structure.outputs):
        parts.update({name: port_term(port) for name, port in ports.items()})
    return Association(parts.items())


def setting_term(net: Net, name: str) -> Term | None:
    """Gives a setting of a layer as the term that it was given as, or its default; None where there is none."""
    structure = net.structure
    if name == "LearningRateMultipliers":
        return S.Automatic if structure.multiplier is None else structure.multiplier
    if name == "Arrays":
        return Association((slot, array_term(net, net.keys[(slot,)])) for slot in structure.slots)
    for index, setting in enumerate(structure.kind.arguments):
        if setting.name == name:
            return structure.arguments[index] if index < len(structure.arguments) else plain(setting.default)
    if structure.kind.name == "FunctionLayer" and name == "Function" and structure.arguments:
        return structure.arguments[0]
    if name in structure.kind.options:
        given = structure.options.get(name)
        return structure.kind.options[name].shown if given is None else given
    return None


def plain(value: Any) -> Term:
    """Gives a default setting as a term."""
    if value is None:
        return S.Automatic
    if isinstance(value, bool):
        return truth(value)
    if value == float("inf"):
        return S.Infinity
    return pack(np.asarray(value)) if isinstance(value, tuple) else value


@builtin("NetReplacePart", category="Surgery")
def net_replace_part(kernel: Kernel, net: Term, rules: Term) -> Term | None:
    """NetReplacePart[net, "array" -> value] gives the net with another value for an array.
    NetReplacePart[net, {layer, "array"} -> value] replaces a part inside, NetReplacePart[net, layer -> new] a layer.
    NetReplacePart[net, NetArray["name"] -> value] replaces a shared array at all its uses.
    NetReplacePart[net, "port" -> shape] specifies a port anew.
    NetReplacePart[net, {rule1, rule2, …}] makes several replacements.

    Details: The value NetArray["name"] makes an array a shared one; Automatic takes a value away. The net itself is
    never changed.

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
    items = elements(rules) if is_list(rules) else (rules,)
    ports: dict[str, Port] = {}
    for item in items:
        if not (is_head(item, S.Rule, 2)):
            raise NetError("`1` is not a rule part -> value", tag="args", terms=(item,))
        left, right = item.args
        path = elements(left) if is_list(left) else (left,)
        names, rest = resolve_path(found, path)
        if not names and rest and is_port(found, layer_name(rest[0])):
            ports[layer_name(rest[0])] = changed_port(found, rest, right)
        else:
            found = replaced(kernel, found, names, rest, right)
    return replace_ports(found, ports) if ports else found


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
        with telling_of_values(kernel):
            return replace_child(net, names, as_layer(kernel, value, "NetReplacePart"))
    first = rest[0]
    if is_head(first, S.NetArray, 1):
        return replace_array(net, net.key(Shared(first.args[0])), number_array(value))
    name = layer_name(first)
    inner = net.structure.at(names)
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
    return replace_array(net, key, number_array(value))


def number_array(value: Term) -> np.ndarray | None:
    """Gives the array that a term means, None for Automatic; raises NetError."""
    if value is S.Automatic:
        return None
    try:
        array = array_from(value).value
    except Unfit as unfit:
        raise NetError(f"the new value must be {unfit}, not `1`", tag="array", terms=(value,)) from None
    if array is None or not np.isfinite(array).all():
        raise NetError("the new value must be an array of finite numbers", tag="array")
    return array_value(array)


def part_of_net(kernel: Kernel, net: Net, specs: Sequence[Term]) -> Term:
    """Gives `net[[…]]`."""
    return extract(net, tuple(specs))


def normal_of_net(kernel: Kernel, net: Net) -> Term:
    return everything(net)


PARTS[Net] = part_of_net
NORMALIZERS[Net] = normal_of_net
