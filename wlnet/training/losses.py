"""Losses: what training makes small. A training net is a net with loss nets attached to its outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from wlnet.errors import DimensionError, NetError
from wlnet.layers import construct, load_layers
from wlnet.layers.formula import Formula
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.containers import graph
from wlnet.nets.dimensions import VARYING, Disagreement, Port, Shape, show, unify
from wlnet.nets.net import Net
from wlnet.nets.structure import End, Structure
from wlnet.terms import Expression, S


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss: a net with the ports "Input" and perhaps "Target" on an output port, or (net None) a port itself.

    port None: the only output port. factor: what it counts for in the sum of losses.
    """

    net: Net | None = None
    port: str | None = None
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class TrainingNet:
    """A graph of the net (its layer "Net") and its losses.

    losses: output port → factor. targets: the input ports that are targets of losses, named as the net's outputs.
    """

    net: Net
    losses: Mapping[str, float]
    targets: tuple[str, ...]

    @property
    def inner(self) -> Net:
        """The net without its losses, with the dimensions that follow from the data."""
        return self.net.child((INNER,))


INNER = "Net"


def outer_key(key: Key) -> Key:
    """Gives the key in the training net of an array of the net."""
    return key if isinstance(key, Shared) else (INNER, *key)


def inner_key(key: Key) -> Key:
    """Gives the key in the net of one of its arrays in the training net."""
    return key if isinstance(key, Shared) else key[1:]


def read_losses(given: Any) -> list[Loss] | None:
    """Gives the losses of a setting: None (Automatic), a Loss, a Net, a port, (port, Net), or a list of these."""
    if given is None:
        return None
    if isinstance(given, Loss):
        return [given]
    if isinstance(given, Net):
        return [Loss(given)]
    if isinstance(given, str):
        return [Loss(None, given)]
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str) and isinstance(given[1], Net):
        return [Loss(given[1], given[0])]
    if isinstance(given, list) and given:
        return [loss for item in given for loss in read_losses(item) or []]
    raise NetError(
        "LossFunction must be Automatic, a loss layer or net, an output port, a rule from a port to a loss, or a list "
        "of these, not `1`",
        tag="loss",
        kind="NetTrain",
        terms=(given,),
    )


def attach_losses(net: Net, given: Any, shapes: Mapping[str, Shape]) -> TrainingNet:
    """Gives the training net for data with these shapes of one example: port → shape.

    Data name the net's input ports and, for targets, its output ports. Raises NetError and DimensionError.
    """
    net = net.with_ports(
        {name: fitted(name, port, shapes[name]) for name, port in net.structure.inputs.items() if name in shapes}
    )
    outputs = net.structure.outputs
    losses = read_losses(given)
    if losses is None:
        losses = [automatic(net, port, shapes) for port in outputs if closes(net, port, shapes)]
    layers, ports = {INNER: net}, {}
    connections = [(End(None, name), End(INNER, name)) for name in net.structure.inputs]
    factors: dict[str, float] = {}
    targets: dict[str, Port] = {}
    for index, loss in enumerate(losses, 1):
        port = chosen_output(loss, net)
        if loss.net is None:
            sources = [End(INNER, port)]
        else:
            name = f"Loss{index}"
            layers[name] = loss.net
            connections.append((End(INNER, port), End(name, "Input")))
            if "Target" in checked_loss(loss.net).structure.inputs:
                targets[port] = Port(target_shape(shapes.get(port), outputs[port].shape))
                require_targets(loss.net, port, outputs[port].shape, targets[port].shape)
                connections.append((End(None, port), End(name, "Target")))
            sources = [End(name, output) for output in loss.net.structure.outputs]
        for source in sources:
            label = f"Loss{len(factors) + 1}"
            connections.append((source, End(None, label)))
            factors[label] = loss.factor
    if not factors:
        raise NetError(
            "there is nothing to train towards: the net has no output that has a loss", tag="loss", kind="NetTrain"
        )
    ports = {name: replace(port, coder=None) for name, port in net.structure.inputs.items()} | targets
    made = graph(layers, connections, ports, named=True).complete
    return TrainingNet(made, factors, tuple(targets))


def fitted(name: str, port: Port, shape: Shape) -> Port:
    """Gives an input port with what the data say of it; what is specified already (lengths that vary) stays."""
    if port.shape is None or shape is None:
        return port.with_shape(shape if port.shape is None else port.shape)
    made = []
    for here, there in zip(port.shape, shape, strict=False):
        if here is not None and here is not VARYING and here != there:
            break
        made.append(there if here is None else here)
    if len(made) < len(port.shape) or len(port.shape) != len(shape):
        raise DimensionError(
            f'the port "{name}" takes arrays with dimensions {show(port.shape)}, but the data have {show(shape)}',
            kind="NetTrain",
        )
    return port.with_shape(tuple(made))


def require_targets(loss: Net, port: str, output: Shape, target: Shape) -> None:
    """Raises DimensionError where a loss of this output takes targets of other dimensions than those of the data."""
    try:
        expected = loss.with_ports({"Input": Port(output)}).structure.inputs["Target"].shape
    except DimensionError:
        return  # the loss does not take the output, whatever the targets are
    try:
        unify(expected, target)
    except Disagreement:
        told = "numbers" if not target else f"arrays of dimensions {show(target)}"
        raise DimensionError(
            f'the net gives {show(output)} at "{port}", for which {loss.kind.name} takes targets of dimensions '
            f"{show(expected)}, but those of the data are {told}{cure(expected, target)}",
            tag="target",
            kind="NetTrain",
        ) from None


def cure(expected: Shape, target: Shape) -> str:
    """Gives what helps where targets are numbers and the net gives vectors, or the other way round."""
    if target == () and expected == (1,):
        return "; let the net end with LinearLayer[], which gives a number, or write each target as a list of one"
    if target == () and expected is not None and len(expected) == 1:
        return "; if they are classes, let the net end with SoftmaxLayer[]"
    if expected == () and target is not None and len(target) == 1:
        return "; targets that are the numbers of classes go with this loss, vectors of probabilities with another"
    return ""


def target_shape(target: Shape, output: Shape) -> Shape:
    """Gives the dimensions of a target: lengths vary where the output's do, whatever those of the data happen to be."""
    if target is None or output is None:
        return target
    return tuple(VARYING if there is VARYING else here for here, there in zip_longest(target, output[: len(target)]))


def chosen_output(loss: Loss, net: Net) -> str:
    """Gives the output port that a loss is for; raises NetError."""
    outputs = list(net.structure.outputs)
    shown = ", ".join(f'"{name}"' for name in outputs)
    if loss.port is None:
        if len(outputs) != 1:
            raise NetError(
                f'the net has the output ports {shown}; say with "port" -> loss which one the loss is for',
                tag="loss",
                kind="NetTrain",
            )
        return outputs[0]
    if loss.port not in outputs:
        raise NetError(
            f'the net has no output port "{loss.port}" for a loss; it has {shown}', tag="loss", kind="NetTrain"
        )
    return loss.port


def checked_loss(net: Net) -> Net:
    """Gives a loss net as it is; raises NetError where it lacks an "Input" or has other inputs."""
    inputs = set(net.structure.inputs)
    if "Input" not in inputs or inputs - {"Input", "Target"}:
        shown = ", ".join(f'"{name}"' for name in net.structure.inputs)
        raise NetError(
            f'a loss must have the input port "Input" and may have "Target"; this {net.kind.name} has {shown}',
            tag="loss",
            kind="NetTrain",
        )
    return net


def producer(structure: Structure, port: str) -> tuple[Structure, str]:
    """Gives the layer that makes an output of a net, and the name of its port."""
    while structure.children:
        source = next((edge.source for edge in structure.edges if edge.target == End(None, port)), None)
        if source is None or source.child is None:
            break
        structure, port = structure.children[source.child], source.port
    return structure, port


def closes(net: Net, port: str, shapes: Mapping[str, Shape]) -> bool:
    """Tells whether an output has a loss by default: loss layers do, and what there are targets for. A net without
    loss layers has one on every output.
    """
    has_losses = any(is_loss(*producer(net.structure, name)) for name in net.structure.outputs)
    return is_loss(*producer(net.structure, port)) or port in shapes or not has_losses


def is_loss(layer: Structure, port: str) -> bool:
    """Tells whether an output of a layer is a loss."""
    loss = layer.kind.loss
    return port in loss if isinstance(loss, tuple) else loss


def automatic(net: Net, port: str, shapes: Mapping[str, Shape]) -> Loss:
    """Gives the loss of an output port by its decoder, the layer that makes it, and the rank of the targets."""
    layer, name = producer(net.structure, port)
    if is_loss(layer, name):
        return Loss(None, port)
    if layer.kind.name == "NetPairEmbeddingOperator":
        return Loss(loss_layer("ContrastiveLossLayer"), port)
    coder = net.structure.outputs[port].coder
    if coder is not None and coder.kind.name == "CTCBeamSearch":
        return Loss(loss_layer("CTCLossLayer"), port)
    target = shapes.get(port)
    rank = None if layer.outputs[name].shape is None else len(layer.outputs[name].shape or ())
    while layer.kind.name == "NetMapOperator":
        layer, name = producer(layer.children["Net"], next(iter(layer.children["Net"].outputs)))
    if layer.kind.name == "SoftmaxLayer":
        is_index = target is None or (len(target) == 0 if rank is None else len(target) == rank - 1)
        return Loss(loss_layer("CrossEntropyLossLayer", "Index" if is_index else "Probabilities"), port)
    if is_sigmoid(layer):
        return Loss(loss_layer("CrossEntropyLossLayer", "Binary"), port)
    return Loss(loss_layer("MeanSquaredLossLayer"), port)


def loss_layer(kind: str, *arguments: Any) -> Net:
    return construct(load_layers()[kind], arguments)


def is_sigmoid(layer: Structure) -> bool:
    """Tells whether a layer is ElementwiseLayer[LogisticSigmoid], in any spelling."""
    function = layer.settings.get("Function")
    if layer.kind.name != "ElementwiseLayer":
        return False
    if isinstance(function, Formula):
        body = function.body
        return isinstance(body, Expression) and body.head is S.LogisticSigmoid and body.args == function.variables
    return function in ("LogisticSigmoid", "Sigmoid")


def class_limits(training: TrainingNet) -> dict[str, int | None]:
    """Gives the input ports that take whole numbers from 1, with the largest one (None: any)."""
    structure = training.net.structure
    found = {name: port.limit for name, port in structure.inputs.items() if port.element == "Integer"}
    for name in structure.inputs:
        for layer, port in consumers(structure, name):
            if port == "Target" and layer.kind.name == "CrossEntropyLossLayer" and layer.settings["form"] == "Index":
                shape = layer.inputs["Input"].shape
                found[name] = shape[-1] if shape and isinstance(shape[-1], int) else None
    return found


def consumers(structure: Structure, port: str) -> Iterator[tuple[Structure, str]]:
    """Gives the layers that an input of a net goes to, each with the name of its port."""
    if not structure.children:
        yield structure, port
    for edge in structure.edges:
        if edge.source == End(None, port) and edge.target.child is not None:
            yield from consumers(structure.children[edge.target.child], edge.target.port)
