"""Parts of nets: taken out and replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.lists.parts import PARTS
from wlnet.builtins.nets.arrays import net_argument
from wlnet.builtins.nets.containers import layer_name
from wlnet.builtins.nets.layer_settings import array_term, has_setting, setting_term, with_setting
from wlnet.builtins.nets.layers import as_layer
from wlnet.builtins.nets.paths import no_part, resolve_path
from wlnet.builtins.nets.speaking import surgery
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import Unfit
from wlnet.layers.specifications import array_from, port_from, port_term
from wlnet.nets import Net, Port
from wlnet.nets.arrays import Shared
from wlnet.nets.coders import Coder
from wlnet.nets.exposing import without_exposed
from wlnet.nets.structure import Path
from wlnet.nets.surgery import array_value, replace_array, replace_child, replace_ports, replace_slot
from wlnet.terms import (
    NONE,
    Association,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    to_list,
)


@builtin("NetExtract", category="Surgery")
def net_extract(kernel: Kernel, net: Term, specification: Term) -> Term | None:
    """NetExtract[net, "array"] gives an array, port or setting of a layer.
    NetExtract[net, n] or NetExtract[net, "name"] gives a layer, NetExtract[net, {layer, …, "array"}] a part inside.
    NetExtract[net, {{…}, {…}, …}] gives several parts.
    NetExtract[net, NetArray["name"]] gives a shared array, NetExtract[net, NetArray[All]] all of them.
    NetExtract[net, All] gives all layers of a container, or all arrays, ports and settings of a layer.

    Details: Arrays come as NumericArray; what is not known yet comes as Automatic. {All, "part"} gives the part of all
    layers that have it. net[[spec1, spec2, …]] is NetExtract[net, {spec1, spec2, …}]; net[[{layer1, layer2, …}]] gives
    several layers.

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
        >> Map[Dimensions, NetExtract[net, {All, "Weights"}]]
        = <|"a" -> {2, 3}|>
        >> net[["a", "Biases"]] // Normal
        = {0., 0.}
        >> Head /@ net[[{1, -1}]]
        = {LinearLayer, ElementwiseLayer}
    Possible issues:
        >> NetExtract[LinearLayer[2], "Heights"]
        = $Failed
        message: NetExtract::part
    Source: https://reference.wolfram.com/language/ref/NetExtract.html
    """
    if isinstance(net, Coder):
        return coder_part(net, specification)
    if type(net) in EXTRACTORS:
        return EXTRACTORS[type(net)](net, specification)
    found = net_argument("NetExtract", net)
    if is_list(specification) and elements(specification) and all(map(is_list, elements(specification))):
        return to_list(extract(found, elements(item)) for item in elements(specification))
    return extract(found, elements(specification) if is_list(specification) else (specification,))


def extract(net: Net, path: Sequence[Term]) -> Term:
    """Gives the part of a net at a path of specifications; raises NetError."""
    if path and path[0] is S.All and len(path) > 1:
        return gathered(net, from_all(net, path[1:]))
    names, rest = resolve_path(net, path)
    inner = without_exposed(net.child(names)) if names else net
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
            return port_term(port) if len(rest) == 1 else coder_part(port.coder, rest[1])
    setting = setting_term(inner, name)
    if setting is None or len(rest) > 1:
        raise no_part(net, first, names, "NetExtract")
    return setting


def from_all(net: Net, path: Sequence[Term]) -> dict[str, Term]:
    """Gives layer → the part at a path, for all layers that have one; raises NetError where none has."""
    found: dict[str, Term] = {}
    missing: NetError | None = None
    for name in net.structure.children:
        try:
            found[name] = extract(net.child((name,)), path)
        except NetError as error:
            missing = error
    if not found:
        raise missing or no_part(net, path[0], (), "NetExtract")
    return found


def gathered(net: Net, parts: dict[str, Term]) -> Term:
    """Gives the parts of all layers: an association where the layers are named, else a list."""
    return Association(parts.items()) if net.structure.named else to_list(parts.values())


def shared_array(net: Net, name: Term) -> Term:
    """Gives the value of a shared array, or of all of them by name."""
    shared = [key for key in net.positions if isinstance(key, Shared)]
    if name is S.All:
        return Association((expression("NetArray", key.name), array_term(net, key)) for key in shared)
    if Shared(name) not in shared:
        raise no_shared_array(net, name, "NetExtract")
    return array_term(net, Shared(name))


def no_shared_array(net: Net, name: Term, speaker: str) -> NetError:
    shown = ", ".join(f'"{key.name}"' for key in net.positions if isinstance(key, Shared)) or "none"
    return NetError(
        f"there is no shared array `1`; the shared arrays are {shown}", tag="part", kind=speaker, terms=(name,)
    )


def everything(net: Net) -> Term:
    """Gives all layers of a container, or all arrays, settings and ports of a layer."""
    structure = net.structure
    if structure.children and structure.kind.name != "FunctionLayer":
        return gathered(net, {name: without_exposed(net.child((name,))) for name in structure.children})
    parts: dict[Term, Term] = {name: array_term(net, net.keys[(name,)]) for name in structure.slots}
    for name in (*(s.name for s in structure.kind.arguments), *structure.kind.options):
        found = setting_term(net, name)
        if found is not None:
            parts[name] = found
    for ports in (structure.inputs, structure.outputs):
        parts.update({name: port_term(port) for name, port in ports.items()})
    return Association(parts.items())


def coder_part(coder: Any, name: Term) -> Term:
    """Gives a parameter of an encoder or decoder; raises NetError."""
    if not isinstance(coder, Coder):
        raise NetError("this port has no encoder or decoder, so it has no part `1`", tag="part", terms=(name,))
    known = {"Type": coder.kind.name, "Name": coder.kind.name, **coder.kind.parameters(coder.settings)}
    if name is S.All:
        return Association(known.items())
    if layer_name(name) not in known:
        raise NetError(f"a coder has no part `1`; its parts are {', '.join(known)}", tag="part", terms=(name,))
    return known[layer_name(name)]


#: Type of what is no net but has parts → function(object, specification) that gives them.
EXTRACTORS: dict[type, Callable[[Any, Term], Term]] = {}


@builtin("NetReplacePart", category="Surgery")
def net_replace_part(kernel: Kernel, net: Term, rules: Term) -> Term | None:
    """NetReplacePart[net, "array" -> value] gives the net with another value for an array.
    NetReplacePart[net, {layer, "array"} -> value] replaces a part inside, NetReplacePart[net, layer -> new] a layer.
    NetReplacePart[net, NetArray["name"] -> value] replaces a shared array at all its uses.
    NetReplacePart[net, "port" -> shape] specifies a port anew.
    NetReplacePart[net, {rule1, rule2, …}] makes several replacements.

    Details: The value NetArray["name"] makes an array a shared one; Automatic takes a value away. A port that becomes
    Automatic is inferred anew; None takes an encoder or decoder away. A setting such as "Function" is a part too.
    {All, "part"} replaces it in all layers that have it. The net itself is never changed.

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
        >> NetExtract[NetReplacePart[NetInitialize[NetChain[{2, Ramp, 3}, "Input" -> 1]], {All, "Biases"} -> Automatic], {All, "Biases"}]
        = {Automatic, Automatic}
        >> NetReplacePart[SoftmaxLayer["Input" -> 2], "Output" -> NetDecoder[{"Class", {"a", "b"}}]][{1., 0.}]
        = "a"
    Possible issues:
        >> NetReplacePart[LinearLayer[1, "Weights" -> {{1, 2}}], "Weights" -> {{1, 2, 3}}]
        = $Failed
        message: NetReplacePart::dims
    Source: https://reference.wolfram.com/language/ref/NetReplacePart.html
    """
    found = net_argument("NetReplacePart", net)
    items = elements(rules) if is_list(rules) else (rules,)
    ports: dict[str, Port] = {}
    for item in items:
        if not (is_head(item, S.Rule, 2)):
            raise NetError("`1` is not a rule part -> value", tag="args", terms=(item,))
        left, right = item.args
        path = elements(left) if is_list(left) else (left,)
        names, rest = resolve_path(found, path)
        if not names and len(rest) == 1 and is_port(found, layer_name(rest[0])):
            ports[layer_name(rest[0])] = new_port(layer_name(rest[0]), right)
        else:
            with surgery(kernel, "NetReplacePart"):
                found = replaced(kernel, found, names, rest, right)
    with surgery(kernel, "NetReplacePart"):
        return replace_ports(found, ports) if ports else found


def is_port(net: Net, name: str) -> bool:
    return name in net.structure.inputs or name in net.structure.outputs


def new_port(name: str, term: Term) -> Port:
    if term is NONE:
        return Port()
    try:
        return port_from(term)
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
    if name not in inner.slots and len(rest) == 1:
        made = changed_layer(kernel, net.child(names), name, value)
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
    return replace_array(net, key, number_array(value))


def changed_layer(kernel: Kernel, layer: Net, name: str, value: Term) -> Net | None:
    """Gives a layer with another port or setting; None where it has none of this name."""
    if is_port(layer, name):
        return replace_ports(layer, {name: new_port(name, value)})
    return with_setting(kernel, layer, name, value) if has_setting(layer, name) else None


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
    except Unfit as unfit:
        raise NetError(f"the new value must be {unfit}, not `1`", tag="array", terms=(value,)) from None
    if array is None or not np.isfinite(array).all():
        raise NetError("the new value must be an array of finite numbers", tag="array")
    return array_value(array)


def part_of_net(kernel: Kernel, net: Net, specs: Sequence[Term]) -> Term:
    """Gives `net[[…]]`: the part at a path, a list of layers for one list, or of parts for several lists."""
    if not all(map(is_list, specs)):
        return extract(net, tuple(specs))
    paths = [(item,) for item in elements(specs[0])] if len(specs) == 1 else [elements(spec) for spec in specs]
    return to_list(extract(net, path) for path in paths)


def normal_of_net(kernel: Kernel, net: Net) -> Term:
    return everything(net)


PARTS[Net] = part_of_net
NORMALIZERS[Net] = normal_of_net
