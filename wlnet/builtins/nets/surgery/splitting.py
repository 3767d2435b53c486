"""NetTake, NetDrop and NetDelete: parts of nets taken out, and layers left out."""

from __future__ import annotations

from collections.abc import Sequence

from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.constructors.layers import split
from wlnet.builtins.nets.surgery.places import layer_at, places_at, port_at, with_ports
from wlnet.builtins.nets.surgery.speaking import surgery
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.nets import Net
from wlnet.nets.joining import require_chain
from wlnet.nets.splitting import delete, delete_ports, drop, take
from wlnet.nets.structure import Path
from wlnet.nets.surgery import replace_child
from wlnet.terms import S, Term, elements, is_head, is_list


@builtin("NetTake", category="Surgery")
def net_take(kernel: Kernel, net: Term, part: Term, *ports: Term) -> Term | None:
    """NetTake[net, end] gives the part of a chain or graph up to a layer or port.
    NetTake[net, {start, end}] gives the part from a layer or port to another.
    NetTake[net, …, "port" -> shape, …] specifies ports of the part.

    Details: start and end are a layer's number or name, NetPort["port"], NetPort[{layer, "port"}], All, or a list of
    such, which counts as all of them; start ;; end is the same as {start, end}. The part has the layers on the way from
    start to end, and those that depend on no input. What comes into it from elsewhere becomes an input. Encoders and
    decoders stay on the ports that stay. Take[net, …] gives the same, but Take[net, -n] the last n layers.

    Examples:
        >> net = NetChain[{3, Ramp, 2, SoftmaxLayer[]}, "Input" -> 4];
        >> Information[NetTake[net, 2], "LayersCount"]
        = 2
        >> NetExtract[NetTake[net, {2, 3}], {{"Input"}, {"Output"}}]
        = {3, 2}
        >> NetTake[net, {2, -1}] === NetTake[net, {2, 4}] === NetTake[net, 2 ;;] === Take[net, -3]
        = True
        >> NetTake[NetChain[<|"a" -> 2, "b" -> Ramp, "c" -> Tanh|>], {"b", All}] // Normal // Keys
        = {"b", "c"}
        >> graph = NetGraph[<|"a" -> 3, "b" -> Ramp, "c" -> Tanh, "sum" -> Plus|>, {"a" -> {"b", "c"} -> "sum"}, "Input" -> 2];
        >> Keys[Normal[NetTake[graph, "c"]]]
        = {"a", "c"}
        >> NetTake[graph, {NetPort[{"a", "Output"}], "sum"}][{-1., 0., 1.}]
        = {-0.7615942, 0., 1.7615942}
        >> Information[NetTake[graph, {All, {"b", "c"}}], "OutputPortNames"]
        = {"Output1", "Output2"}
        >> NetTake[graph, NetPort["Output"]] === graph
        = True
        >> NetTake[net, 4, "Output" -> NetDecoder[{"Class", {"x", "y"}}]] // NetExtract[#, {"Output", "Labels"}] &
        = {"x", "y"}
    Possible issues:
        >> net = NetChain[{3, Ramp, 2}]; NetTake[net, {3, 2}]
        = $Failed
        message: NetTake::path
        >> NetTake[net, 5]
        = $Failed
        message: NetTake::nolayer
        >> NetTake[net, NetPort["Result"]]
        = $Failed
        message: NetTake::noport
        >> NetTake[LinearLayer[2], 1]
        = $Failed
        message: NetTake::container
    Source: https://reference.wolfram.com/language/ref/NetTake.html
    """
    found = net_argument("NetTake", net)
    rest, given = split(ports)
    if rest:
        raise NetError('`1` is not a specification "port" -> shape', tag="args", terms=(rest[0],))
    with surgery(kernel, "NetTake"):
        if not found.structure.children:
            return with_ports(take(found), given)
        bounds = bounds_of(part) or (S.All, part)
        start, end = (places_at(found, bound) for bound in bounds)
        return with_ports(take(found, start, end), given)


def bounds_of(part: Term) -> tuple[Term, ...]:
    """Gives start and end of {start, end} or start ;; end; nothing for any other specification."""
    span = elements(part) if is_list(part) else part.args if is_head(part, S.Span) else ()
    return span if len(span) == 2 else ()


@builtin("NetDrop", category="Surgery")
def net_drop(kernel: Kernel, net: Term, part: Term, *ports: Term) -> Term | None:
    """NetDrop[chain, n] gives a chain without its first n layers, NetDrop[chain, -n] without its last n.
    NetDrop[chain, {start, end}] leaves out the layers from one to another, by number or name.
    NetDrop[chain, …, "port" -> shape, …] specifies ports of the result.

    Details: Layers between others can be left out where what they take and what they give have the same dimensions. An
    encoder or decoder stays where the first or the last layer stays. Drop[chain, …] gives the same, Rest[chain] and
    Most[chain] the chain without its first or last layer.

    Examples:
        >> net = NetChain[{3, Ramp, Tanh, 2}, "Input" -> 4];
        >> NetExtract[NetDrop[net, 2], "Input"]
        = 3
        >> NetExtract[NetDrop[net, -1], "Output"]
        = 3
        >> NetDrop[net, -1] === Drop[net, -1] === Most[net]
        = True
        >> Head /@ Normal[NetDrop[net, {2, 3}]]
        = {LinearLayer, LinearLayer}
        >> Normal[NetDrop[NetChain[<|"a" -> 2, "b" -> Ramp, "c" -> Tanh|>], {"b", -1}]] // Keys
        = {"a"}
        >> NetDrop[NetChain[{Ramp, Tanh}], {1}, "Input" -> 3] // NetExtract[#, "Output"] &
        = 3
    Possible issues:
        >> NetDrop[NetChain[{3, 2, 4}, "Input" -> 5], {2, 2}]
        = $Failed
        message: NetDrop::dims
        >> net = NetChain[{3, Ramp, Tanh, 2}]; NetDrop[net, 4]
        = $Failed
        message: NetDrop::empty
        >> NetDrop[net, 5]
        = $Failed
        message: NetDrop::count
        >> NetDrop[NetGraph[{Ramp, Tanh}, {1 -> 2}], 1]
        = $Failed
        message: NetDrop::chain
    Source: https://reference.wolfram.com/language/ref/NetDrop.html
    """
    found = net_argument("NetDrop", net)
    rest, given = split(ports)
    if rest:
        raise NetError('`1` is not a specification "port" -> shape', tag="args", terms=(rest[0],))
    with surgery(kernel, "NetDrop"):
        require_chain(found, "NetTake and NetDelete leave layers out of a graph")
        bounds = dropped(found, part)
        return with_ports(found if bounds is None else drop(found, *bounds), given)


def dropped(net: Net, part: Term) -> tuple[str, str] | None:
    """Gives the first and the last layer to leave out, None for no layer at all; raises NetError."""
    bounds = bounds_of(part) or (elements(part) if is_list(part) else ())
    if len(bounds) in (1, 2):
        return layer_at(net, bounds[0]), layer_at(net, -1 if bounds[-1] is S.All else bounds[-1])
    names = list(net.structure.children)
    if type(part) is not int:
        name = layer_at(net, part)
        return name, name
    if abs(part) > len(names):
        raise NetError(f"{abs(part)} layers cannot be left out of a chain of {len(names)}", tag="count")
    run = names[:part] if part > 0 else names[part:] if part else []
    return (run[0], run[-1]) if run else None


@builtin("NetDelete", category="Surgery")
def net_delete(kernel: Kernel, net: Term, parts: Term) -> Term | None:
    """NetDelete[net, layer] gives a chain or graph without a layer, by name or number.
    NetDelete[net, {layer1, layer2, …}] leaves out several layers; of these, {layer, …} is one deep inside.
    NetDelete[graph, NetPort["port"]] leaves out an output, or an input that sets a state; {NetPort[…], …} several.

    Details: What came into the layer goes to where its output went. A layer between others must have one input and one
    output of the same dimensions. Delete[net, …] gives the same.

    Examples:
        >> Head /@ Normal[NetDelete[NetChain[{3, Ramp, 2}], 2]]
        = {LinearLayer, LinearLayer}
        >> Keys[Normal[NetDelete[NetChain[<|"a" -> 3, "b" -> Ramp, "c" -> 2|>], {"b", "c"}]]]
        = {"a"}
        >> Head /@ Normal[NetDelete[NetChain[{3, {Ramp, Tanh, 2}}], {{2, 1}, {2, 2}}][[2]]]
        = {LinearLayer}
        >> graph = NetGraph[<|"a" -> ElementwiseLayer[2 # &], "b" -> Tanh, "sum" -> Plus|>, {"a" -> "b", {"a", "b"} -> "sum"}, "Input" -> 1];
        >> NetDelete[graph, "b"][{1.}]
        = {4.}
        >> two = NetGraph[{Ramp, Tanh}, {NetPort["Input"] -> {1, 2}, 1 -> NetPort["x"], 2 -> NetPort["y"]}];
        >> Information[NetDelete[two, NetPort["y"]], "OutputPortNames"]
        = {"x"}
        >> lstm = NetGraph[{LongShortTermMemoryLayer[2]}, {NetPort["s"] -> NetPort[{1, "State"}]}];
        >> Information[NetDelete[lstm, NetPort["s"]], "InputPortNames"]
        = {"Input"}
        >> deep = NetGraph[<|"chain" -> {LongShortTermMemoryLayer[2], Ramp}|>, {NetPort["s"] -> NetPort[{"chain", 1, "State"}]}];
        >> NetDelete[deep, NetPort["s"]] === NetGraph[<|"chain" -> {LongShortTermMemoryLayer[2], Ramp}|>, {}]
        = True
    Possible issues:
        >> NetDelete[NetChain[{2, 3, 4}, "Input" -> 5], 2]
        = $Failed
        message: NetDelete::dims
        >> NetDelete[NetGraph[<|"a" -> 3, "b" -> 3, "sum" -> Plus, "c" -> 2|>, {{"a", "b"} -> "sum" -> "c"}], "sum"]
        = $Failed
        message: NetDelete::ports
        >> two = NetGraph[{Ramp, Tanh}, {1 -> NetPort["x"], 2 -> NetPort["y"]}]; NetDelete[two, {NetPort["x"], NetPort["y"]}]
        = $Failed
        message: NetDelete::empty
        >> NetDelete[two, NetPort["z"]]
        = $Failed
        message: NetDelete::noport
        >> NetDelete[two, "b"]
        = $Failed
        message: NetDelete::nolayer
    Source: https://reference.wolfram.com/language/ref/NetDelete.html
    """
    found = net_argument("NetDelete", net)
    items = elements(parts) if is_list(parts) else (parts,)
    with surgery(kernel, "NetDelete"):
        ports = [port_at(found, item).port for item in items if is_head(item, S.NetPort)]
        paths = [path_at(found, item) for item in items if not is_head(item, S.NetPort)]
        if ports:
            found = delete_ports(found, ports)
        return delete_at(found, paths)


def path_at(net: Net, item: Term) -> Path:
    """Gives the path of a layer, by a name or number, or by a list of these; raises NetError."""
    path: Path = ()
    for part in elements(item) if is_list(item) else (item,):
        path = (*path, layer_at(net.child(path), part))
    if not path:
        raise NetError("`1` is not a layer", tag="nolayer", terms=(item,))
    return path


def delete_at(net: Net, paths: Sequence[Path]) -> Net:
    """Gives the net without the layers at paths, the deepest first; raises NetError."""
    for around in sorted({path[:-1] for path in paths}, key=len, reverse=True):
        inner = delete(net.child(around), [path[-1] for path in paths if path[:-1] == around])
        net = replace_child(net, around, inner) if around else inner
    return net
