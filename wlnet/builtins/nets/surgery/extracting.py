"""NetExtract: parts of nets taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.lists.parts import PARTS, part
from wlnet.builtins.nets.coders import coder_part, coder_parts
from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.builtins.nets.constructors.layer_settings import setting_term
from wlnet.builtins.nets.net_terms import array_term, slot_term
from wlnet.builtins.nets.paths import no_part, public_names, resolve_path
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.specifications import port_term
from wlnet.nets import Net
from wlnet.nets.arrays import Shared
from wlnet.nets.assembly import CONTAINERS
from wlnet.nets.coders import Coder
from wlnet.nets.exposing import without_exposed
from wlnet.terms import Association, S, Term, elements, expression, is_head, is_list, to_list


@builtin("NetExtract", category="Surgery")
def net_extract(kernel: Kernel, net: Term, specification: Term) -> Term | None:
    """NetExtract[net, "array"] gives an array, port or setting of a layer.
    NetExtract[net, n] or NetExtract[net, "name"] gives a layer, NetExtract[net, {layer, …, "array"}] a part inside.
    NetExtract[net, {{…}, {…}, …}] gives several parts.
    NetExtract[net, NetArray["name"]] gives a shared array, NetExtract[net, NetArray[All]] all of them.
    NetExtract[net, All] gives all layers of a container, or all arrays, ports and settings of a layer or operator.

    Details: Arrays come as NumericArray; what is not known yet comes as Automatic. {All, "part"} gives the part of all
    layers that have it. A port may be told by NetPort[…], too. An array that a layer sees through a "View" comes as the
    layer sees it; NetArray["name"] gives it as it is stored. net[[spec1, spec2, …]] is NetExtract[net, {spec1, spec2, …}];
    net[[{layer1, layer2, …}]] and net[[i ;; j]] give several layers.

    Examples:
        >> net = NetInitialize[NetChain[<|"a" -> 2, "b" -> Ramp|>, "Input" -> 3]];
        >> Dimensions[NetExtract[net, {"a", "Weights"}]]
        = {2, 3}
        >> NetExtract[net, {1, "Input"}]
        = 3
        >> NetExtract[net, NetPort[{"a", "Output"}]]
        = 2
        >> Head[NetExtract[net, -1]]
        = ElementwiseLayer
        >> Head /@ NetExtract[net, {{"a"}, {"b"}}]
        = {LinearLayer, ElementwiseLayer}
        >> Head /@ NetExtract[net, All]
        = <|"a" -> LinearLayer, "b" -> ElementwiseLayer|>
        >> NetExtract[DropoutLayer[0.3], All]
        = <|"Probability" -> 0.3, "Method" -> "Dropout", "OutputPorts" -> "Output", "Input" -> Automatic, "Output" -> Automatic|>
        >> NetExtract[NetNestOperator[Ramp, 3], {{"Count"}, {"Net", "Function"}}]
        = {3, Ramp}
        >> Normal[NetExtract[LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{2}}|>]], NetArray[All]]]
        = {NetArray["W"] -> NumericArray[{{2.}}, "Real32"]}
        >> NetExtract[LinearLayer[2], "Weights"]
        = Automatic
        >> transposed = NetArray[<|"Name" -> "W", "Array" -> {{1, 2}}, "View" -> Transpose|>];
        >> Normal /@ NetExtract[LinearLayer[2, "Weights" -> transposed], {{"Weights"}, {NetArray["W"]}}]
        = {{{1.}, {2.}}, {{1., 2.}}}
        >> Map[Dimensions, NetExtract[net, {All, "Weights"}]]
        = <|"a" -> {2, 3}|>
        >> net[["a", "Biases"]] // Normal
        = {0., 0.}
        >> Head /@ net[[{1, -1}]]
        = {LinearLayer, ElementwiseLayer}
        >> Head /@ net[[2 ;;]]
        = {ElementwiseLayer}
    Possible issues:
        >> NetExtract[LinearLayer[2], "Heights"]
        = $Failed
        message: NetExtract::part
    Source: https://reference.wolfram.com/language/ref/NetExtract.html
    """
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
        return slot_term(inner, name)
    for ports in (inner.structure.outputs, inner.structure.inputs):
        if name in ports:
            port = ports[name]
            return port_term(port) if len(rest) == 1 else coder_part(port.coder, rest[1:])
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
    """Gives all layers of a container, or all nets inside, arrays, settings and ports of a layer or operator."""
    structure = net.structure
    nets: dict[str, Term] = {name: without_exposed(net.child((name,))) for name in structure.children}
    if structure.kind.name in CONTAINERS:
        return gathered(net, nets)
    parts: dict[Term, Term] = {**nets, **{name: slot_term(net, name) for name in structure.slots}}
    if structure.kind.name == "FunctionLayer":
        parts["Function"] = setting_term(net, "Function")
    for name in public_names(structure.kind):
        found = setting_term(net, name)
        if found is not None:
            parts[name] = found
    for ports in (structure.inputs, structure.outputs):
        parts.update({name: port_term(port) for name, port in ports.items()})
    return Association(parts.items())


#: Type of what has parts besides nets → function(object, specification) that gives them.
EXTRACTORS: dict[type, Callable[[Any, Term], Term]] = {Coder: coder_parts}


def part_of_net(kernel: Kernel, net: Net, specs: Sequence[Term]) -> Term:
    """Gives `net[[…]]`: the part at a path, a list of layers for one list, or of parts for several lists."""
    if len(specs) == 1 and is_head(specs[0], S.Span) and net.structure.children:
        layers = to_list(without_exposed(net.child((name,))) for name in net.structure.children)
        return part(kernel, layers, tuple(specs))
    if not all(map(is_list, specs)):
        return extract(net, tuple(specs))
    paths = [(item,) for item in elements(specs[0])] if len(specs) == 1 else [elements(spec) for spec in specs]
    return to_list(extract(net, path) for path in paths)


def normal_of_net(kernel: Kernel, net: Net) -> Term:
    return everything(net)


PARTS[Net] = part_of_net
NORMALIZERS[Net] = normal_of_net
