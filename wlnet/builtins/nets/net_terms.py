"""Nets and their arrays as terms: what gives a net again, and what tells two of them apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wlnet.compute.numpy_ops import numpy_ops
from wlnet.layers.specifications import constraint_term, port_term, shape_term, view_term
from wlnet.nets import Net
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.dimensions import is_known
from wlnet.nets.exposing import is_exposed, place_of, source_of
from wlnet.nets.structure import End, Structure
from wlnet.nets.views import seen
from wlnet.terms import NONE, Association, Expression, NumericArray, S, Term, list_of, rule, symbol, truth

SIDES = ("inputs", "outputs")


def net_term(net: Net) -> Expression:
    """Gives the expression that makes the same net again when it is evaluated. A shared array's value stands once."""
    return term_of(net, set())


def term_of(net: Net, written: set[str]) -> Expression:
    structure = net.structure
    head = symbol(structure.kind.name)
    ports = {**structure.inputs, **structure.outputs}
    shown = {name for side in SIDES for name in getattr(structure, side) if not is_exposed(structure, name, side)}
    options: list[Expression] = [
        rule(name, port_term(port)) for name, port in ports.items() if name in shown and
        (name in structure.declared or (port.coder is None and is_known(port.shape) and port.shape is not None))
    ]  # fmt: skip
    if structure.kind.name in ("FunctionLayer", "CompiledLayer"):
        inner = [rule("Net", term_of(net.child((name,)), written)) for name in structure.children]
        return Expression(head, (*structure.arguments, *inner, *options, *multiplier_option(structure)))
    settings = [rule(name, term) for name, term in structure.options.items()]
    if structure.kind.inner is not None and structure.children:
        nets = tuple(term_of(net.child((name,)), written) for name in structure.children)
        inside = nets if len(nets) == 1 else (list_of(*nets),)
        return Expression(head, (*inside, *structure.arguments, *settings, *options, *multiplier_option(structure)))
    if structure.children:
        arguments: tuple[Term, ...] = (children_term(net, written),)
        if structure.kind.name == "NetGraph":
            arguments = (*arguments, list_of(*edge_terms(structure)))
        return Expression(head, (*arguments, *options, *multiplier_option(structure)))
    arrays = [rule(name, array_value(net, name, written)) for name in structure.slots]
    for name, declared in structure.kind.array_slots(structure.settings).items():
        if declared.optional and name not in structure.slots:
            arrays.append(rule(name, NONE))
    arrays = [item for item in arrays if item.args[1] is not S.Automatic]
    inputs = input_ports_option(structure)
    if inputs:
        options = [option for option in options if option.args[0] not in structure.inputs]
    return Expression(
        head, (*structure.arguments, *settings, *arrays, *inputs, *options, *multiplier_option(structure))
    )


def input_ports_option(structure: Structure) -> tuple[Expression, ...]:
    """Gives the ports of a layer with a free number of inputs."""
    if not structure.kind.variadic or not structure.inputs:
        return ()
    shapes = [(name, shape_term(port.shape)) for name, port in structure.inputs.items()]
    return (rule(S.InputPorts, Association(shapes)),)


def multiplier_option(structure: Structure) -> tuple[Expression, ...]:
    return () if structure.multiplier is None else (rule(S.LearningRateMultipliers, structure.multiplier),)


def children_term(net: Net, written: set[str]) -> Term:
    parts = [(name, term_of(net.child((name,)), written)) for name in net.structure.children]
    if net.structure.named:
        return Association(parts)
    return list_of(*(term for _, term in parts))


def edge_terms(structure: Structure) -> Iterator[Expression]:
    """Yields the connections of a graph, with both ports of each named, and its muted outputs.

    A port of a layer that is there only for a layer deep inside stands as the port of that layer.
    """
    used = {edge.source for edge in structure.edges}
    for source, target in structure.edges:
        if not is_exposed_edge(structure, source, target):
            yield rule(end_term(structure, source, "outputs"), end_term(structure, target, "inputs"))
    for name, child in structure.children.items():
        for port in child.outputs:
            if End(name, port) not in used and not is_exposed(child, port, "outputs"):
                yield rule(end_term(structure, End(name, port), "outputs"), NONE)


def is_exposed_edge(structure: Structure, source: End, target: End) -> bool:
    """Tells whether a connection is there only because the net around this one uses a port inside."""
    side, outer = ("inputs", source) if source.child is None else ("outputs", target)
    return outer.child is None and source_of(structure, outer.port, side) in (source, target)


def end_term(structure: Structure, end: End, side: str) -> Expression:
    """Gives the end of a connection as a term."""
    if end.child is None:
        return Expression(S.NetPort, (end.port,))
    path, port = place_of(structure.children[end.child], end.port, side)
    inner = structure
    parts: list[Term] = []
    for name in (end.child, *path):
        parts.append(name if inner.named else int(name))
        inner = inner.children[name]
    return Expression(S.NetPort, (list_of(*parts, port),))


def array_value(net: Net, name: str, written: set[str]) -> Term:
    """Gives the value of an array option: numbers, or NetArray with the numbers at its first occurrence."""
    slot = net.structure.slots[name]
    key = net.keys[(name,)]
    value = net.store.get(key)
    numbers = None if value is None else NumericArray(value) if value.ndim else float(value)
    plain = slot.trainable is slot.constraint is slot.method is None and not slot.specified
    if not isinstance(key, Shared) and plain:
        return S.Automatic if numbers is None else numbers
    pairs: list[tuple[Term, Term]] = [("Name", key.name if isinstance(key, Shared) else NONE)]
    if slot.view is not None:
        pairs.append(("View", view_term(slot.view)))
    if numbers is not None and (not isinstance(key, Shared) or key.name not in written):
        if isinstance(key, Shared):
            written.add(key.name)
        pairs.append(("Array", numbers))
    if slot.specified:
        pairs.append(("Dimensions", shape_term(slot.shape)))
    if slot.method is not None:
        pairs.append(("Method", slot.method))
    if slot.trainable is not None:
        pairs.append(("Trainable", truth(slot.trainable)))
    if slot.constraint is not None:
        pairs.append(("Constraint", constraint_term(slot.constraint)))
    return Expression(S.NetArray, (pairs[0][1] if len(pairs) == 1 else Association(pairs),))


def same_nets(a: Net, b: Net) -> bool:
    """Tells whether two nets are the same: made alike, with equal arrays under equal keys."""
    if a is b:
        return True
    if set(a.keys.items()) != set(b.keys.items()) or set(a.store) != set(b.store):
        return False
    if any(not np.array_equal(a.store[key], b.store[key]) for key in a.store):
        return False
    return skeleton(a) == skeleton(b)


def skeleton(net: Net) -> Term:
    return net_term(Net(net.structure))


def array_term(net: Net, key: Key) -> Term:
    """Gives an array as it is stored: a NumericArray, a number where it has no dimensions, Automatic without values."""
    return value_term(net.store.get(key))


def slot_term(layer: Net, name: str) -> Term:
    """Gives an array as the layer sees it: a shared one through its view."""
    value = layer.store.get(layer.keys[(name,)])
    return value_term(value if value is None else seen(numpy_ops, value, layer.structure.slots[name].view))


def value_term(value: np.ndarray | None) -> Term:
    return S.Automatic if value is None else NumericArray(value) if value.ndim else value.item()
