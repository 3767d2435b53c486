"""Nets that go along a sequence, turned into the net of a single step, with states as inputs and outputs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from wlnet.errors import NetError
from wlnet.layers.construct import construct
from wlnet.layers.levels import Levels, places
from wlnet.nets.assembly import CONTAINERS, Assembly, opened, put_together, take_apart
from wlnet.nets.connecting import distinct, sorted_by_flow
from wlnet.nets.containers import assemble
from wlnet.nets.dimensions import VARYING, Port
from wlnet.nets.exposing import expose
from wlnet.nets.inference import infer
from wlnet.nets.kinds import KINDS
from wlnet.nets.net import Net
from wlnet.nets.sharing import insert_shared_arrays
from wlnet.nets.structure import Edge, End, Path

Sequences: TypeAlias = Collection[str]
"""The ports of a net that take or give a sequence."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of the net of a step: the layer that has it, the port that takes it, and the one that gives it."""

    path: Path
    into: str
    out: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a net does in one step: its net, its states, and which of its outputs are elements of a sequence."""

    net: Net
    states: tuple[State, ...] = ()
    sequences: Sequences = ()


def unfold(net: Net) -> Net:
    """Gives the net of one step of a net that goes along a sequence; each state is an input and an output of one name.

    States are called as the layers call them, with a number where there are several: "State1", "State2". A layer that
    takes the last of a sequence is left out. Arrays are the very objects of the source. Raises NetError.
    """
    if net.kind.name in CONTAINERS:
        parts, states, _ = step_of_parts(take_apart(net), sequences_of(net), ())
    else:
        step = step_of(net, sequences_of(net), ())
        parts, states = opened(step.net), step.states
    if not states:
        raise NetError(
            "no layer of this net goes along a sequence with a state; there is nothing to unfold", tag="fold"
        )
    return put_together(with_states(parts, states))


def sequences_of(net: Net) -> set[str]:
    """Gives the inputs that are sequences: those of varying length, or all where no length varies."""
    inputs = net.structure.inputs
    varying = {name for name, port in inputs.items() if port.shape and port.shape[0] is VARYING}
    return varying or {name for name, port in inputs.items() if port.shape != ()}


def with_states(parts: Assembly, states: tuple[State, ...]) -> Assembly:
    """Gives the assembly of a graph with the states as inputs and outputs of its own."""
    layers, edges = dict(parts.layers), list(parts.edges)
    own = {state.into for state in states if not state.path}
    labels = distinct([state.into for state in states], parts.port_names - own)
    for state, label in zip(states, labels, strict=True):
        if state.path:
            child, *rest = state.path
            layers[child], into = expose(layers[child], (tuple(rest), state.into), "inputs")
            layers[child], out = expose(layers[child], (tuple(rest), state.out), "outputs")
            edges.append(Edge(End(None, label), End(child, into)))
            source = End(child, out)
        else:
            source = next(edge.source for edge in edges if edge.target == End(None, state.out))
        if End(None, label) not in (edge.target for edge in edges):
            edges.append(Edge(source, End(None, label)))
    return replace(parts, layers=layers, edges=tuple(edges), chain=False)


# The steps of nets of each kind: function(net, the inputs that are sequences, its path in the whole net) → Step


def step_of(net: Net, sequences: Sequences, path: Path) -> Step:
    """Gives one step of a net of any kind; raises NetError for one that does not go from element to element."""
    rule = STEPS.get(net.kind.name)
    if rule is None:
        raise refusal(net, path, "it does not go from one element of a sequence to the next")
    return rule(net, sequences, path)


def refusal(net: Net, path: Path, why: str) -> NetError:
    where = f" at {{{', '.join(path)}}}" if path else ""
    return NetError(f"{net.kind.name}{where} cannot be unfolded: {why}", tag="fold")


def step_of_parts(parts: Assembly, sequences: Sequences, path: Path) -> tuple[Assembly, tuple[State, ...], set[str]]:
    """Gives one step of a chain or graph that is taken apart, its states, and its outputs that are of a sequence."""
    flowing = {End(None, name) for name in sequences}
    bypassed: dict[End, End] = {}
    steps: dict[str, Step] = {}
    for name in sorted_by_flow(parts.layers, parts.edges):
        net = parts.layers[name]
        fed = {edge.target.port: edge.source for edge in parts.edges if edge.target.child == name}
        taken = {port for port, source in fed.items() if source in flowing}
        if net.kind.name == "SequenceLastLayer" and taken:
            bypassed[End(name, "Output")] = bypassed.get(fed["Input"], fed["Input"])
            continue
        steps[name] = step_of(net, taken, (*path, name)) if taken else Step(net)
        flowing |= {End(name, port) for port in steps[name].sequences}
    names = [name for name in parts.layers if name in steps]
    new = {name: name if parts.named else str(number) for number, name in enumerate(names, 1)}

    def moved(end: End) -> End:
        end = bypassed.get(end, end)
        return End(end.child and new[end.child], end.port)

    edges = {e: Edge(moved(e.source), moved(e.target)) for e in parts.edges if e.target.child in {None, *names}}
    ports = {
        edges[edge]: lowered(port) if edge.source in flowing else port
        for edge, port in parts.ports.items()
        if edge in edges
    }
    layers = {new[name]: steps[name].net for name in names}
    made = replace(parts, layers=layers, edges=tuple(edges.values()), ports=ports, multipliers={})
    states = tuple(replace(state, path=(new[name], *state.path)) for name in names for state in steps[name].states)
    return made, states, {edge.target.port for edge in parts.outputs if edge.source in flowing}


def step_of_container(net: Net, sequences: Sequences, path: Path) -> Step:
    parts, states, given = step_of_parts(take_apart(net), sequences, path)
    ports = {end.port: port for edge, port in parts.ports.items() for end in edge if end.child is None}
    return Step(assemble("NetGraph", parts.layers, parts.edges, ports, named=parts.named), states, given)


def step_of_function(net: Net, sequences: Sequences, path: Path) -> Step:
    return step_of(net.child(("Net",)), sequences, (*path, "Net"))


def lowered(port: Port) -> Port:
    """Gives the port for one element of the sequence at a port."""
    return replace(port, shape=port.shape[1:] if port.shape else None, coder=None)


def with_ports(net: Net, change: Callable[[str, Port], Port]) -> Net:
    """Gives a layer with other ports: function(name, port) → port; the dimensions of its arrays stay."""
    structure = net.structure
    changes: dict[str, Any] = {
        side: {name: change(name, port) for name, port in getattr(structure, side).items()}
        for side in ("inputs", "outputs", "declared")
    }
    return Net(infer(replace(structure, **changes)), net.store)


def elementwise(net: Net, sequences: Sequences, path: Path) -> Step:
    """Gives one step of a layer that treats each element by itself: the layer, for arrays of one dimension less."""
    if set(sequences) != set(net.structure.inputs):
        raise refusal(net, path, "some of its inputs are sequences, but not all")
    return Step(with_ports(net, lambda _, port: lowered(port)), (), set(net.structure.outputs))


def wrapped(net: Net, sequences: Sequences, path: Path) -> Step:
    """Gives one step of a layer for sequences: the layer for a sequence of one element, and the last of what it gives."""
    names = net.kind.state_ports(net.structure.settings)
    if any(name in net.structure.inputs for name in names):
        raise refusal(net, path, "its state is set by another layer or input; delete that with NetDelete first")

    def opened_port(name: str, port: Port) -> Port:
        if name in names or (name in net.structure.inputs and name not in sequences):
            return port
        return replace(port, shape=(VARYING, *port.shape[1:]) if port.shape else None, coder=None)

    layers = {"layer": with_ports(net, opened_port)}
    edges = []
    for name in net.structure.inputs:
        if name in sequences:
            label = "sequence" if len(sequences) == 1 else f"sequence{name}"
            layers[label] = construct(KINDS["ReplicateLayer"], (1,))
            edges += [Edge(End(None, name), End(label, "Input")), Edge(End(label, "Output"), End("layer", name))]
        else:
            edges.append(Edge(End(None, name), End("layer", name)))
    layers["last"] = construct(KINDS["SequenceLastLayer"])
    edges += [Edge(End("layer", "Output"), End("last", "Input")), Edge(End("last", "Output"), End(None, "Output"))]
    edges += [Edge(End("layer", name), End(None, name)) for name in names if name in net.structure.outputs]
    states = tuple(State(("layer",), name, name) for name in names)
    return Step(assemble("NetGraph", layers, edges, {}, named=True), states, {"Output"})


def step_of_attention(net: Net, sequences: Sequences, path: Path) -> Step:
    if not {"Key", "Value"} & set(sequences):
        change = {"Query", "Output"}
        return Step(with_ports(net, lambda name, port: lowered(port) if name in change else port), (), {"Output"})
    if net.structure.settings["Mask"] is None or set(sequences) != {"Key", "Value", "Query"}:
        raise refusal(net, path, 'it looks at elements that come later; use "Mask" -> "Causal"')
    return wrapped(net, sequences, path)


def step_of_map(net: Net, sequences: Sequences, path: Path) -> Step:
    settings = net.structure.settings
    mapped = dict(settings.get("mapped") or ()) or net.structure.inputs
    if (settings.get("depth") or 1) > 1 or set(sequences) != set(mapped):
        raise refusal(net, path, "it goes along more than one sequence of elements, or not along all of them")
    inner = net.child(("Net",))
    names = dict(zip(net.structure.inputs, inner.structure.inputs, strict=True))
    return renamed(inner, names, dict(zip(net.structure.outputs, inner.structure.outputs, strict=True)))


def renamed(inner: Net, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> Step:
    """Gives the step that is a net inside an operator, under the names of the operator's ports (new name → old one)."""
    if all(new == old for names in (inputs, outputs) for new, old in names.items()):
        return Step(inner, (), set(outputs))
    edges = [Edge(End(None, new), End("1", old)) for new, old in inputs.items()]
    edges += [Edge(End("1", old), End(None, new)) for new, old in outputs.items()]
    return Step(assemble("NetGraph", {"1": inner}, edges, {}, named=False), (), set(outputs))


def step_of_fold(net: Net, sequences: Sequences, path: Path) -> Step:
    settings = net.structure.settings
    fed = {target: source for source, target in settings["feedback"]}
    if any(name in net.structure.inputs for name in fed):
        raise refusal(net, path, "its state is set by another layer or input; delete that with NetDelete first")
    states = tuple(State((), target, source) for target, source in fed.items())
    return Step(net.child(("Net",)), states, set(settings["chosen"]))


def step_of_nest(net: Net, sequences: Sequences, path: Path) -> Step:
    """Gives one step of a net that is applied again and again: that of each application, after one another.

    Each application has states of its own, and all have the same arrays, which become shared ones.
    """
    inside = (*path, "Net")
    inner = insert_shared_arrays(net.child(("Net",)), "".join(f"{name}/" for name in inside))
    (taken,), (given,) = inner.structure.inputs, inner.structure.outputs
    step = step_of(inner, {taken}, inside)
    names = [str(number) for number in range(1, net.structure.settings["count"] + 1)]
    if given not in step.sequences:
        raise refusal(net, path, "the net inside does not give a sequence")
    edges = [Edge(End(a, given), End(b, taken)) for a, b in itertools.pairwise(names)]
    edges += [Edge(End(None, "Input"), End(names[0], taken)), Edge(End(names[-1], given), End(None, "Output"))]
    states = tuple(replace(state, path=(name, *state.path)) for name in names for state in step.states)
    return Step(assemble("NetGraph", dict.fromkeys(names, step.net), edges, {}, named=False), states, {"Output"})


def within(levels: Callable[[Mapping[str, Any], int], Levels]) -> Callable[[Net, Sequences, Path], Step]:
    """Gives the rule for a layer that acts over some levels of its inputs, which must not be that of the sequence."""

    def rule(net: Net, sequences: Sequences, path: Path) -> Step:
        shapes = [port.shape for port in net.structure.inputs.values()]
        if set(sequences) != set(net.structure.inputs) or None in shapes:
            raise refusal(net, path, "the dimensions of its inputs must be known, and all be sequences")
        rank = min(len(shape) for shape in shapes if shape is not None)
        if 0 in places(levels(net.structure.settings, rank), rank):
            raise refusal(net, path, "it acts over the whole sequence")
        return wrapped(net, sequences, path)

    return rule


def level_of(settings: Mapping[str, Any], rank: int) -> Levels:
    return (settings["level"],)


def normalized_levels(settings: Mapping[str, Any], rank: int) -> Levels:
    """Gives the levels over which a NormalizationLayer normalizes, and those at which it scales."""
    over = places(settings["AggregationLevels"], rank)
    chosen = settings["ScalingLevels"]
    if chosen == "Complement":
        return (1,)
    at = over if chosen == "Same" else places(chosen, rank)
    return tuple(place + 1 for place in {*over, *at})


STEPS: dict[str, Callable[[Net, Sequences, Path], Step]] = {
    **dict.fromkeys(
        ("BasicRecurrentLayer", "GatedRecurrentLayer", "LongShortTermMemoryLayer", "SequenceIndicesLayer"), wrapped
    ),
    **dict.fromkeys(
        ("DropoutLayer", "ElementwiseLayer", "EmbeddingLayer", "ThreadingLayer", "TotalLayer", "UnitVectorLayer"),
        elementwise,
    ),
    **dict.fromkeys(("CatenateLayer", "SoftmaxLayer"), within(level_of)),
    **dict.fromkeys(("NetMapOperator", "NetMapThreadOperator"), step_of_map),
    **dict.fromkeys(("NetChain", "NetGraph"), step_of_container),
    "AttentionLayer": step_of_attention,
    "FunctionLayer": step_of_function,
    "NetFoldOperator": step_of_fold,
    "NetNestOperator": step_of_nest,
    "NormalizationLayer": within(normalized_levels),
}
"""Kind of net → how it does one step."""
