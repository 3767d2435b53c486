"""NetJoin, NetAppend, NetPrepend and NetInsert: nets joined, and layers put in."""

from __future__ import annotations

from collections.abc import Mapping

from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.constructors.layers import split
from wlnet.builtins.nets.surgery.places import entries, entry, layer_at, with_ports
from wlnet.builtins.nets.surgery.speaking import surgery
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.nets.joining import append, insert, join, prepend, require_chain
from wlnet.terms import S, Term


@builtin("NetJoin", category="Surgery")
def net_join(kernel: Kernel, *nets: Term) -> Term | None:
    """NetJoin[net1, net2, …] gives one chain or graph that applies the nets one after another.
    NetJoin[net1, net2, …, "port" -> shape, …] specifies its ports.

    Details: Chains give a chain; where a graph is among them, the result is a graph. A single layer counts as a chain.
    All but the first need one input, all but the last one output. Encoders and decoders between the nets are taken off.
    A layer whose name is there already gets a number. Arrays shared under one name become one array.
    Join[net1, net2, …] gives the same, as Append, Prepend and Insert of a net do what NetAppend, NetPrepend and NetInsert do.

    Examples:
        >> Head /@ Normal[NetJoin[NetChain[{2, Ramp}], NetChain[{3}]]]
        = {LinearLayer, ElementwiseLayer, LinearLayer}
        >> Keys[Normal[NetJoin[NetChain[<|"a" -> 2, "b" -> Ramp|>], NetChain[<|"a" -> 3|>]]]]
        = {"a", "b", "a2"}
        >> graph = NetGraph[<|"f" -> Tanh, "sum" -> Plus|>, {NetPort["Input"] -> {"f", "sum"}, "f" -> "sum"}];
        >> NetJoin[graph, graph, NetChain[{Ramp}], "Input" -> 1] // {Head[#], Keys[Normal[#]]} &
        = {NetGraph, {"f", "sum", "f2", "sum2", "5"}}
        >> net = NetInsertSharedArrays[NetInitialize[NetChain[{2, Tanh}, "Input" -> 2]]];
        >> Information[NetJoin[net, net], "ArraysPositionList"]
        = {NetArray["1/Weights"], NetArray["1/Biases"]}
        >> NetJoin[NetChain[{Ramp}, "Input" -> NetEncoder["Boolean"]], NetChain[{Tanh}]][True]
        = 0.7615942
    Possible issues:
        >> NetJoin[NetGraph[{2, 3}, {NetPort["Input"] -> {1, 2}}], NetChain[{Ramp}]]
        = $Failed
        message: NetJoin::ports
        >> NetJoin[LinearLayer[2, "Output" -> 2], LinearLayer[1, "Input" -> 3]]
        = $Failed
        message: NetJoin::dims
        >> NetJoin[]
        = $Failed
        message: NetJoin::args
    Source: https://reference.wolfram.com/language/ref/NetJoin.html
    """
    given, ports = split(nets)
    found = [net_argument("NetJoin", net) for net in given]
    with surgery(kernel, "NetJoin"):
        return with_ports(join(found), ports)


PORTS = {"Input": S.Automatic, "Output": S.Automatic}


@builtin("NetAppend", category="Surgery", options=PORTS)
def net_append(kernel: Kernel, net: Term, layers: Term, *, options: Mapping[str, Term]) -> Term | None:
    """NetAppend[net, layer] gives the net with a layer after its end.
    NetAppend[net, "name" -> layer] gives the layer a name.
    NetAppend[net, {layer1, layer2, …}] puts several layers after the end, each with a name or without.

    Details: The net is a chain, a graph with one output, or a layer. A decoder at its end is taken off. The arrays of the
    net stay as they are.

    Examples:
        >> Head /@ Normal[NetAppend[NetChain[{2, Ramp}], 3]]
        = {LinearLayer, ElementwiseLayer, LinearLayer}
        >> Head /@ Values[Append[NetChain[{2, Ramp}], 3]]
        = {LinearLayer, ElementwiseLayer, LinearLayer}
        >> Keys[Normal[NetAppend[NetChain[<|"a" -> 2|>], {"b" -> Ramp, "c" -> 3}]]]
        = {"a", "b", "c"}
        >> NetAppend[Ramp // ElementwiseLayer, ElementwiseLayer[-# &]][{-1., 2.}]
        = {0., -2.}
        >> graph = NetGraph[<|"f" -> Tanh, "sum" -> Plus|>, {NetPort["Input"] -> {"f", "sum"}, "f" -> "sum"}];
        >> Keys[Normal[NetAppend[graph, "end" -> Ramp]]]
        = {"f", "sum", "end"}
    Options: "Input":
        >> NetExtract[NetAppend[NetChain[{Ramp}], Tanh, "Input" -> 3], "Output"]
        = 3
    Options: "Output":
        >> NetAppend[NetChain[{Ramp}], SoftmaxLayer[], "Output" -> NetDecoder[{"Class", {"a", "b"}}]][{0., 1.}]
        = "b"
    Possible issues:
        >> NetAppend[NetChain[{3}], LinearLayer[2, "Input" -> 4]]
        = $Failed
        message: NetAppend::dims
        >> NetAppend[NetChain[{3}], MeanSquaredLossLayer[]]
        = $Failed
        message: NetAppend::ports
        >> NetAppend[NetChain[<|"a" -> 2|>], "a" -> Ramp]
        = $Failed
        message: NetAppend::name
    Source: https://reference.wolfram.com/language/ref/NetAppend.html
    """
    found = net_argument("NetAppend", net)
    with surgery(kernel, "NetAppend"):
        return with_ports(append(found, entries(kernel, layers, "NetAppend")), options)


@builtin("NetPrepend", category="Surgery", options=PORTS)
def net_prepend(kernel: Kernel, net: Term, layers: Term, *, options: Mapping[str, Term]) -> Term | None:
    """NetPrepend[net, layer] gives the net with a layer before its beginning.
    NetPrepend[net, "name" -> layer] gives the layer a name.
    NetPrepend[net, {layer1, layer2, …}] puts several layers before the beginning, layer1 first.

    Details: The net is a chain, a graph with one input, or a layer. An encoder at its beginning is taken off.

    Examples:
        >> Head /@ Normal[NetPrepend[NetChain[{2, Ramp}], FlattenLayer[]]]
        = {FlattenLayer, LinearLayer, ElementwiseLayer}
        >> Keys[Normal[NetPrepend[NetChain[<|"c" -> 2|>], {"a" -> Ramp, "b" -> 3}]]]
        = {"a", "b", "c"}
        >> NetPrepend[Ramp // ElementwiseLayer, ElementwiseLayer[-# &]][{-1., 2.}]
        = {1., 0.}
        >> graph = NetGraph[<|"f" -> Tanh, "sum" -> Plus|>, {NetPort["Input"] -> {"f", "sum"}, "f" -> "sum"}];
        >> NetPrepend[graph, "start" -> Ramp][{-1., 0.}]
        = {0., 0.}
    Options: "Input":
        >> NetPrepend[NetChain[{Tanh}], Ramp, "Input" -> NetEncoder["Boolean"]][False]
        = 0.
    Options: "Output":
        >> NetExtract[NetPrepend[NetChain[{Ramp}], Tanh, "Output" -> 3], "Input"]
        = 3
    Possible issues:
        >> NetPrepend[MeanSquaredLossLayer[], Ramp]
        = $Failed
        message: NetPrepend::ports
        >> NetPrepend[LinearLayer[2, "Input" -> 3], 4]
        = $Failed
        message: NetPrepend::dims
    Source: https://reference.wolfram.com/language/ref/NetPrepend.html
    """
    found = net_argument("NetPrepend", net)
    with surgery(kernel, "NetPrepend"):
        return with_ports(prepend(found, entries(kernel, layers, "NetPrepend")), options)


#: How a layer gets into a graph.
IN_GRAPH = "in a graph, NetReplacePart[graph, layer -> {new, layer, …}] puts layers before or after one that is there"


@builtin("NetInsert", category="Surgery")
def net_insert(kernel: Kernel, net: Term, layer: Term, place: Term) -> Term | None:
    """NetInsert[chain, layer, n] gives the chain with a layer before the one at position n.
    NetInsert[chain, "name" -> layer, "place"] puts a layer with a name before the one called "place".

    Details: As in Insert, -1 is the place after the last layer. An encoder or decoder stays where the layer at its end
    stays at the end.

    Examples:
        >> Head /@ Normal[NetInsert[NetChain[{2, 3}], Ramp, 2]]
        = {LinearLayer, ElementwiseLayer, LinearLayer}
        >> Keys[Normal[NetInsert[NetChain[<|"a" -> 2, "c" -> 3|>], "b" -> Ramp, "c"]]]
        = {"a", "b", "c"}
        >> Head[NetInsert[NetChain[{2, 3}], SoftmaxLayer[], -1][[-1]]]
        = SoftmaxLayer
    Possible issues:
        >> NetInsert[NetChain[<|"a" -> 2, "c" -> 3|>], "a" -> Ramp, "c"]
        = $Failed
        message: NetInsert::name
        >> NetInsert[NetChain[{2, 3}], Ramp, 4]
        = $Failed
        message: NetInsert::place
        >> NetInsert[NetChain[{2, 3}], Ramp, "b"]
        = $Failed
        message: NetInsert::nolayer
        >> NetInsert[LinearLayer[2], Ramp, 1]
        = $Failed
        message: NetInsert::chain
    Source: https://reference.wolfram.com/language/ref/NetInsert.html
    """
    found = net_argument("NetInsert", net)
    with surgery(kernel, "NetInsert"):
        names = list(require_chain(found, IN_GRAPH).layers)
        if type(place) is not int:
            index = names.index(layer_at(found, place))
        elif 1 <= abs(place) <= len(names) + 1:
            index = place - 1 if place > 0 else len(names) + 1 + place
        else:
            raise NetError(f"there is no place `1` in a chain of {len(names)} layers", tag="place", terms=(place,))
        name, made = entry(kernel, layer, "NetInsert")
        return insert(found, name, made, index)
