"""The constructors of operators: nets made of one or two nets that they apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from wlnet.builtins.nets.constructors.derivative import derivative
from wlnet.builtins.nets.constructors.layers import as_layer, check_options, constructor, make_layer
from wlnet.coders import mapped
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.layers.construct import converted, make_ports, read_arguments
from wlnet.layers.settings import Unfit
from wlnet.layers.specifications import port_from
from wlnet.nets import Kind, Net
from wlnet.nets.containers import is_open, unite, with_inputs
from wlnet.nets.dimensions import VARYING, Disagreement, Port, unify
from wlnet.nets.inference import infer
from wlnet.nets.structure import Structure
from wlnet.terms import NONE, Association, S, Term, elements, is_head, is_list, list_of

Inner = Callable[[Kernel, Kind, Sequence[Term]], tuple[dict[str, Net], Sequence[Term], dict[str, Any]]]
"""function(kernel, kind, arguments) → (nets inside by name, arguments left, settings)."""


def one_net(
    kernel: Kernel, kind: Kind, arguments: Sequence[Term]
) -> tuple[dict[str, Net], Sequence[Term], dict[str, Any]]:
    """Takes a net with one input and one output as the first argument."""
    if not arguments:
        raise NetError("the net to apply is expected as the first argument", tag="args", kind=kind.name)
    net = as_layer(kernel, arguments[0], kind.name)
    for side, ports in (("input", net.structure.inputs), ("output", net.structure.outputs)):
        if len(ports) != 1:
            shown = ", ".join(f'"{name}"' for name in ports) or "none"
            raise NetError(
                f"the net inside must have one {side}, but {net.kind.name} has {shown}", tag="ports", kind=kind.name
            )
    return {"Net": net}, arguments[1:], {}


def two_directions(
    kernel: Kernel, kind: Kind, arguments: Sequence[Term]
) -> tuple[dict[str, Net], Sequence[Term], dict[str, Any]]:
    """Takes a net, or a list of two, as the first argument."""
    items = elements(arguments[0]) if arguments and is_list(arguments[0]) else (*arguments[:1], *arguments[:1])
    if len(items) != 2:
        raise NetError("a net, or a list of two nets, is expected as the first argument", tag="args", kind=kind.name)
    nets = [one_net(kernel, kind, (item,))[0]["Net"] for item in items]
    sequences = {gives_sequence(net.structure) for net in nets}
    if len(sequences) > 1:
        text = "one of the nets gives a sequence, the other does not, so that their results cannot be joined"
        raise NetError(text, tag="ports", kind=kind.name)
    return {"ForwardNet": nets[0], "ReverseNet": nets[1]}, arguments[1:], {"sequences": sequences.pop()}


def gives_sequence(structure: Structure) -> bool:
    """Tells whether a net makes of a sequence one of the same length, as far as its dimensions tell."""
    ((name, port),) = structure.inputs.items()
    free = loosened(structure)
    for shape in [port.shape] if port.shape else [(None,) * rank for rank in (2, 1, 3, 4)]:
        varying = replace(port, shape=(VARYING, *shape[1:]), coder=None)
        with suppress(NetError):
            (result,) = infer(replace(free, inputs={name: varying})).outputs.values()
            if result.shape is not None:
                return bool(result.shape) and result.shape[0] is VARYING
    return True


def loosened(structure: Structure) -> Structure:
    """Gives a net without what is known of the dimensions of its ports."""
    inputs, outputs = (
        {name: Port(None, port.element) for name, port in side.items()}
        for side in (structure.inputs, structure.outputs)
    )
    children = {name: loosened(child) for name, child in structure.children.items()}
    return replace(structure, inputs=inputs, outputs=outputs, children=children, declared={})


def adversaries(
    kernel: Kernel, kind: Kind, arguments: Sequence[Term]
) -> tuple[dict[str, Net], Sequence[Term], dict[str, Any]]:
    """Takes a list of a generator and a discriminator; the loss follows from the discriminator where it is left open."""
    items = elements(arguments[0]) if arguments and is_list(arguments[0]) else ()
    if len(items) != 2:
        text = "a list of two nets, the generator and the discriminator, is expected as the first argument"
        raise NetError(text, tag="args", kind=kind.name)
    generator, discriminator = (one_net(kernel, kind, (item,))[0]["Net"] for item in items)
    settings = read_arguments(kind, arguments[1:])
    if settings["loss"] == "Automatic":
        from wlnet.training.losses import is_sigmoid, producer

        last, _ = producer(discriminator.structure, next(iter(discriminator.structure.outputs)))
        settings["loss"] = "JensenShannon" if is_sigmoid(last) else "Wasserstein"
    return {"Generator": generator, "Discriminator": discriminator}, arguments[1:], settings


def scored(
    kernel: Kernel, kind: Kind, arguments: Sequence[Term]
) -> tuple[dict[str, Net], Sequence[Term], dict[str, Any]]:
    """Takes the net that gives the scores of an AttentionLayer."""
    net = as_layer(kernel, arguments[0], kind.name)
    inputs, outputs = net.structure.inputs, net.structure.outputs
    if set(inputs) != {"Input", "Query"} or len(outputs) != 1:
        raise NetError(
            'the net must have the inputs "Input" and "Query", and one output; it has the inputs '
            f"{', '.join(inputs) or 'none'} and the outputs {', '.join(outputs) or 'none'}",
            tag="ports",
            kind=kind.name,
        )
    return {"Net": net}, arguments[1:], {"ScoringNet": "Net", "inputs": tuple(inputs)}


def port_settings(net: Net) -> dict[str, Any]:
    return {"inputs": tuple(net.structure.inputs), "outputs": tuple(net.structure.outputs)}


def threaded(
    kernel: Kernel, kind: Kind, arguments: Sequence[Term]
) -> tuple[dict[str, Net], Sequence[Term], dict[str, Any]]:
    """Takes a net with any inputs and outputs, and how many levels to map over: of all inputs, or of those named."""
    if not arguments:
        raise NetError("the net to apply is expected as the first argument", tag="args", kind=kind.name)
    net = as_layer(kernel, arguments[0], kind.name)
    levels = arguments[1] if len(arguments) == 2 and type(arguments[1]) is Association else None
    if levels is not None:
        net = with_inputs(net, len(levels))
    settings = port_settings(net)
    names = settings["inputs"]
    if not names and not is_open(net.structure):
        raise NetError(f"the net inside must have inputs, but {net.kind.name} has none", tag="ports", kind=kind.name)
    if levels is None:
        return {"Net": net}, arguments[1:], settings
    mapped = tuple(levels.items())
    for name, depth in mapped:
        if name not in names:
            shown = ", ".join(f'"{port}"' for port in names)
            text = f"the net inside has no input port `1`; its input ports are {shown}"
            raise NetError(text, tag="noport", kind=kind.name, terms=(name,))
        if type(depth) is not int or depth < 1:
            text = "how many levels to map over is a positive integer, not `1`"
            raise NetError(text, tag="args", kind=kind.name, terms=(depth,))
    if not mapped:
        raise NetError("at least one input must be mapped over", tag="args", kind=kind.name)
    return {"Net": net}, (), {**settings, "mapped": mapped, "depth": max(depth for _, depth in mapped)}


def folded(
    kernel: Kernel, kind: Kind, arguments: Sequence[Term]
) -> tuple[dict[str, Net], Sequence[Term], dict[str, Any]]:
    """Takes a net, the outputs that are fed back, the inputs that are constant, and the outputs that are given."""
    if not arguments or len(arguments) > 4:
        raise NetError("a net and at most three lists are expected", tag="args", kind=kind.name)
    net = as_layer(kernel, arguments[0], kind.name)
    settings = port_settings(net)
    feedback = read_feedback(arguments[1]) if len(arguments) > 1 else (("Output", "State"),)
    constants = names_of(arguments[2]) if len(arguments) > 2 and arguments[2] is not NONE else ()
    chosen = names_of(arguments[3]) if len(arguments) > 3 else settings["outputs"]
    for side, names in (
        ("output", [source for source, _ in feedback] + list(chosen)),
        ("input", [target for _, target in feedback] + list(constants)),
    ):
        for name in names:
            if name not in settings[side + "s"]:
                shown = ", ".join(f'"{port}"' for port in settings[side + "s"]) or "none"
                raise NetError(
                    f'the net inside has no {side} port "{name}"; its {side} ports are {shown}',
                    tag="noport",
                    kind=kind.name,
                )
    left = [name for name in settings["inputs"] if name not in constants and name not in [t for _, t in feedback]]
    if not left:
        raise NetError("the net inside needs an input to take the sequence", tag="ports", kind=kind.name)
    settings.update(feedback=feedback, constants=constants, chosen=chosen)
    return {"Net": net}, (), settings


def read_feedback(term: Term) -> tuple[tuple[str, str], ...]:
    rules = elements(term) if is_list(term) else (term,)
    pairs = tuple(tuple(rule.args) for rule in rules if is_head(rule, S.Rule, 2))
    if len(pairs) != len(rules) or not all(type(name) is str for pair in pairs for name in pair):
        raise NetError(
            'rules "output" -> "input" are expected, not `1`', tag="args", kind="NetFoldOperator", terms=(term,)
        )
    return pairs


def names_of(term: Term) -> tuple[str, ...]:
    names = tuple(elements(term)) if is_list(term) else (term,)
    if not all(type(name) is str for name in names):
        raise NetError("names of ports are expected, not `1`", tag="args", kind="NetFoldOperator", terms=(term,))
    return names


INSIDE: dict[str, Inner] = {
    "NetMapOperator": one_net,
    "NetNestOperator": one_net,
    "NetPairEmbeddingOperator": one_net,
    "NetBidirectionalOperator": two_directions,
    "NetMapThreadOperator": threaded,
    "NetFoldOperator": folded,
    "NetGANOperator": adversaries,
    "AttentionLayer": scored,
    "NetDerivative": derivative,
}


@constructor("AttentionLayer")
def make_attention(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    """Makes a layer with a score by name, `{"name", rules…}` for one with its arrays, or an operator with a net."""
    if arguments and isinstance(arguments[0], Net):
        return make_operator(kernel, kind, arguments, options)
    given = elements(arguments[0]) if arguments and is_list(arguments[0]) else ()
    if len(given) > 1 and all(is_head(rule, S.Rule, 2) and type(rule.args[0]) is str for rule in given[1:]):
        options = {**{rule.args[0]: rule.args[1] for rule in given[1:]}, **options}
        arguments = (given[0], *arguments[1:])
    return make_layer(kernel, kind, arguments, options)


@constructor("NetPairEmbeddingOperator")
def make_pair_operator(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    """Makes the operator; its option "Input" is the shape of each member of a pair."""
    if arguments and "Input" in options:
        net = one_net(kernel, kind, arguments)[0]["Net"]
        (inside,) = net.structure.inputs.values()
        arguments = (net, *arguments[1:])
        options["Input"] = pair_term(options["Input"], inside)
    return make_operator(kernel, kind, arguments, options)


def pair_term(term: Term, inside: Port) -> Term:
    """Gives the shape of a pair for that of a member; where only a pair would fit the net inside, it is one already."""
    with suppress(Unfit, Disagreement):
        given = port_from(term)
        unify(given.shape, inside.shape)
        if given.coder is not None:
            return mapped(given.coder, (2,))
        if given.shape is not None:
            return list_of(2, *(elements(term) if is_list(term) else (term,)))
    return term


#: Operator → the dimensions that its input has, and those that its output has, beyond those of the net inside.
FURTHER: dict[str, tuple[tuple[Term, ...], tuple[Term, ...] | None]] = {
    "NetMapOperator": (("Varying",), ("Varying",)),
    "NetPairEmbeddingOperator": ((2,), None),
}


def coded(kind: Kind, net: Net, inputs: dict[str, Port], outputs: dict[str, Port]) -> None:
    """Gives the ports of an operator the coders of the net inside, mapped over what the operator maps over."""
    sides = ((inputs, net.structure.inputs), (outputs, net.structure.outputs))
    for lengths, (ports, inner) in zip(FURTHER[kind.name], sides, strict=True):
        for (name, port), behind in zip(ports.items(), inner.values(), strict=True):
            if lengths is not None and port == Port() and behind.coder is not None:
                ports[name] = mapped(behind.coder, lengths).port


@constructor(*(name for name in INSIDE if name not in ("AttentionLayer", "NetPairEmbeddingOperator")))
def make_operator(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    nets, rest, inside = INSIDE[kind.name](kernel, kind, arguments)
    settings = {**read_arguments(kind, rest), **inside}
    for name, setting in kind.options.items():
        settings[name] = setting.default if name not in options else converted(kind, name, setting, options[name])
    inputs, outputs = make_ports(kind, settings, options)
    check_options(kind, options, [*kind.options, *inputs, *outputs, "LearningRateMultipliers"])
    if kind.name in FURTHER:
        coded(kind, nets["Net"], inputs, outputs)
    structure = Structure(
        kind,
        settings=settings,
        arguments=tuple(arguments[1:]),
        options={name: options[name] for name in kind.options if name in options},
        inputs=inputs,
        outputs=outputs,
        declared={name: port for name, port in {**inputs, **outputs}.items() if name in options},
        children={name: net.structure for name, net in nets.items()},
        named=True,
        multiplier=options.get("LearningRateMultipliers"),
    )
    return Net(infer(structure), unite(nets, kind.name))
