"""NetChain and NetGraph: layers and connections as terms."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from wlnet.builtins.nets.constructors.layers import as_layer, constructor
from wlnet.builtins.nets.ports import direction_of, place_at
from wlnet.coders.making import coder_at
from wlnet.errors import DimensionError, NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import Unfit
from wlnet.layers.specifications import port_from
from wlnet.nets import Kind, Net, Port, chain, graph
from wlnet.nets.connecting import only_output, states_of
from wlnet.nets.exposing import expose
from wlnet.nets.structure import End
from wlnet.terms import NONE, Association, S, Symbol, Term, elements, expression, is_head, is_list, list_of


@builtin("NetPort", category="Containers")
def net_port(kernel: Kernel, port: Term, name: Term = None) -> Term | None:
    """NetPort["port"] stands for a port of a net.
    NetPort[{layer, "port"}] stands for a port of a layer inside; NetPort[layer, "port"] is the same.
    NetPort[{layer1, layer2, …, "port"}] stands for a port of a layer deep inside.
    NetPort[All, "States"] stands for all states of recurrent layers.

    Details: As the second argument of a net, NetPort[…] gives the value at an output, in a list several; without a port's
    name that of a layer. net[data, NetPort[All, "States"]] gives the states after the data, as an association, and
    net[<|"Input" -> …, NetPort[All, "States"] -> states|>] begins with states; others begin as zeros. A net inside
    NetNestOperator or NetFoldOperator gives the value of its last application. The states of the nets inside
    NetBidirectionalOperator are called "Forward…" and "Backward…". In the connections of a graph NetPort stands for an
    output on the left and an input, such as a state, on the right; a port deep inside becomes an output of the graph by
    NetPort[{layer1, …, "port"}] -> NetPort["name"].

    Examples:
        >> NetGraph[{Ramp}, {NetPort["x"] -> 1 -> NetPort["y"]}][<|"x" -> {-1., 2.}|>]
        = {0., 2.}
        >> NetChain[{Ramp, Tanh}][{0., 2.}, NetPort[{1, "Output"}]]
        = {0., 2.}
        >> NetChain[{Ramp, {Tanh, Ramp}}][{-1., 0.}, {NetPort[1], NetPort[{2, 1}], NetPort["Output"]}]
        = <|NetPort[1] -> {0., 0.}, NetPort[{2, 1}] -> {0., 0.}, NetPort["Output"] -> {0., 0.}|>
        >> rnn = BasicRecurrentLayer[1, "InputWeights" -> {{1}}, "StateWeights" -> {{1}}, "Biases" -> {0}];
        >> states = NetChain[{rnn, Ramp}][{{1.}}, NetPort[All, "States"]]
        = <|NetPort[{1, "State"}] -> {0.7615942}|>
        >> NetChain[{rnn, Ramp}][<|"Input" -> {{1.}}, NetPort[All, "States"] -> states|>]
        = {{0.9426808}}
        >> NetGraph[<|"chain" -> {Ramp, Tanh}|>, {NetPort[{"chain", 1, "Output"}] -> NetPort["ramp"]}][{2.}, "ramp"]
        = {2.}
        >> NetGraph[<|"chain" -> {rnn, Ramp}|>, {NetPort["s"] -> NetPort[{"chain", 1, "State"}]}][<|"Input" -> {{0.}}, "s" -> {1.}|>]
        = {{0.7615942}}
    Possible issues:
        >> NetChain[{Ramp, Tanh}][{0., 2.}, NetPort[{2, "Input"}]]
        = $Failed
        message: NetChain::noport
        >> NetMapOperator[NetChain[{Tanh, Ramp}]][{{1.}}, NetPort[{"Net", 1}]]
        = $Failed
        message: NetMapOperator::noport
        >> NetChain[{Ramp}][<|"Input" -> {1.}, NetPort[All, "States"] -> <|NetPort[{1, "State"}] -> {0.}|>|>]
        = $Failed
        message: NetChain::noport
    Source: https://reference.wolfram.com/language/ref/NetPort.html
    """
    return None


def layers_from(kernel: Kernel, term: Term, kind: Kind) -> tuple[dict[str, Net], bool]:
    """Gives name → layer of the first argument of a container, and whether the names were given."""
    if type(term) is Association:
        return {layer_name(key): as_layer(kernel, value, kind.name) for key, value in term.items()}, True
    if is_list(term):
        items = elements(term)
        if items and all(is_head(item, S.Rule, 2) for item in items):
            names = [layer_name(item.args[0]) for item in items]
            if len(set(names)) < len(names):
                raise NetError("two layers have the same name", tag="names", kind=kind.name)
            return {
                name: as_layer(kernel, item.args[1], kind.name) for name, item in zip(names, items, strict=True)
            }, True
        return {str(i): as_layer(kernel, item, kind.name) for i, item in enumerate(items, 1)}, False
    raise NetError("`1` is not a list or association of layers", tag="layers", kind=kind.name, terms=(term,))


def layer_name(term: Term) -> str:
    """Gives the name of a layer in a specification: a string, a symbol's name, or a number."""
    return term if type(term) is str else term.name if type(term) is Symbol else str(term)


def ports_from(kind: Kind, options: Mapping[str, Term]) -> dict[str, Port]:
    """Gives the ports that options of a container specify."""
    ports = {}
    for name, term in options.items():
        if name == "LearningRateMultipliers":
            continue
        try:
            ports[name] = port_from(term)
        except Unfit as unfit:
            raise NetError(
                f'the specification of the port "{name}" must be {unfit}, not `1`',
                tag="port",
                kind=kind.name,
                terms=(term,),
            ) from None
    return ports


def fitted(make: Callable[[dict[str, Port]], Net], kind: Kind, options: Mapping[str, Term]) -> Net:
    """Gives the net made with the ports of the options; where "Scalar" does not fit, it means a vector of length one."""
    try:
        return make(ports_from(kind, options))
    except DimensionError:
        scalars = [name for name, term in options.items() if type(term) is str and term == "Scalar"]
        vectors = {name: coder_at(name, "Scalar") for name in scalars}
        if vectors:
            with suppress(DimensionError):
                return make(ports_from(kind, {**options, **vectors}))
        raise


@constructor("NetChain")
def make_chain(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    if len(arguments) != 1:
        raise NetError("one list or association of layers is expected", tag="args", kind=kind.name)
    layers, named = layers_from(kernel, arguments[0], kind)
    more: dict[str, Any] = {"named": named, "multiplier": options.get("LearningRateMultipliers")}
    return fitted(lambda ports: chain(layers, ports, **more), kind, options)


@constructor("NetGraph")
def make_graph(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    if len(arguments) == 1 and isinstance(arguments[0], Net):
        return fitted(as_graph(arguments[0]).with_ports, kind, options)
    if len(arguments) != 2 or not is_list(arguments[1]):
        raise NetError(
            "a list or association of layers and a list of connections are expected", tag="args", kind=kind.name
        )
    layers, named = layers_from(kernel, arguments[0], kind)
    connections: list[tuple[End, End]] = []
    muted: set[End] = set()
    for term in elements(arguments[1]):
        read_connections(term, layers, connections, muted)
    more: dict[str, Any] = {
        "named": named,
        "muted": frozenset(muted),
        "multiplier": options.get("LearningRateMultipliers"),
    }
    return fitted(lambda ports: graph(layers, connections, ports, **more), kind, options)


def read_connections(term: Term, layers: dict[str, Net], connections: list[tuple[End, End]], muted: set[End]) -> None:
    """Reads a -> b -> …, where each place is a layer, a port, or a list of them, or a list of such connections.

    What follows a place may part into connections, too: a -> {b -> c, d}.
    """
    if is_list(term):
        for item in elements(term):
            read_connections(item, layers, connections, muted)
        return
    if not is_connection(term):
        raise NetError("`1` is not a connection such as 1 -> 2", tag="edge", kind="NetGraph", terms=(term,))
    before, after = term.args
    for source in members(before):
        for target in itertools.chain.from_iterable(members(first_place(follower)) for follower in members(after)):
            if target is NONE:
                end = end_of(source, layers, "output")
                muted.add(end if end.port else End(end.child, only_output(end.child or "", layers[end.child or ""])))
            else:
                connections.append((end_of(source, layers, "output"), end_of(target, layers, "input")))
    for follower in members(after):
        if is_connection(follower):
            read_connections(follower, layers, connections, muted)


def is_connection(term: Term) -> bool:
    return is_head(term, S.Rule, 2) or is_head(term, S.DirectedEdge, 2)


def first_place(term: Term) -> Term:
    """Gives the place at which a connection begins; a place alone as it is."""
    return term.args[0] if is_connection(term) else term


def members(place: Term) -> tuple[Term, ...]:
    return elements(place) if is_list(place) else (place,)


def end_of(term: Term, layers: dict[str, Net], side: str) -> End:
    """Gives the end of a connection that a term stands for; a port inside a layer becomes a port of the layer."""
    if is_head(term, S.NetPort) and term.args:
        first = term.args[0]
        path = (first, *term.args[1:]) if len(term.args) > 1 else elements(first) if is_list(first) else (first,)
        if len(path) == 1:
            return End(None, layer_name(path[0]))
        child = child_name(path[0], layers)
        net = layers[child]
        ports, elsewhere = net.structure.outputs, net.structure.inputs
        if side == "input":
            ports, elsewhere = elsewhere, ports
        if len(path) == 2 and type(path[1]) is str and (path[1] in ports or path[1] not in net.structure.children):
            port = path[1]
            if port in elsewhere and port not in ports and port not in states_of(net):
                return End(child, "")
            if port in ports or direction_of(net, (), port) is None:
                return End(child, port)
        return End(child, deep_port(layers, child, expression("NetPort", list_of(*path[1:])), side))
    if type(term) in (int, str, Symbol):
        return End(child_name(term, layers), "")
    raise NetError("`1` is not a layer or port of this graph", tag="edge", kind="NetGraph", terms=(term,))


def deep_port(layers: dict[str, Net], child: str, term: Term, side: str) -> str:
    """Gives the name of a port inside a layer of a graph, made a port of the layer itself; raises NetError."""
    try:
        place = place_at(layers[child], term, side + "s")
        layers[child], port = expose(layers[child], place, side + "s")
    except NetError as error:
        error.kind = "NetGraph"
        raise
    return port


def child_name(term: Term, layers: Mapping[str, Net]) -> str:
    """Gives the name of a layer from its name or number (negative from the end); raises NetError."""
    name = layer_name(term)
    if name in layers:
        return name
    if type(term) is int and 1 <= abs(term) <= len(layers):
        return list(layers)[term - 1 if term > 0 else term]
    raise NetError(
        f"there is no layer `1`; the layers are {', '.join(layers)}", tag="nolayer", kind="NetGraph", terms=(term,)
    )


def as_graph(net: Net) -> Net:
    """Gives the graph that computes what a net does."""
    kind = net.kind.name
    if kind == "NetGraph":
        return net
    if kind == "FunctionLayer":
        return as_graph(net.child(("Net",)))
    ports = dict(net.structure.declared.items())
    if kind == "NetChain":
        layers = {name: net.child((name,)) for name in net.structure.children}
        inner = [edge for edge in net.structure.edges if edge.source.child and edge.target.child]
        return graph(layers, [(edge.source, edge.target) for edge in inner], ports, named=net.structure.named)
    return graph({"1": net}, [], ports)
