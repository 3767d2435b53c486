"""NetPortGradient: gradients of what a net gives, in its inputs and arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wlnet.builtins.nets.batches import Batch, columns, inputs_from, whole
from wlnet.builtins.nets.constructors.containers import layer_name
from wlnet.builtins.nets.information.information import position_term
from wlnet.builtins.nets.net_terms import value_term
from wlnet.builtins.nets.paths import resolve_path
from wlnet.errors import DataError, NetError
from wlnet.kernel import Kernel, builtin
from wlnet.nets import Net, Port
from wlnet.nets.arrays import Shared
from wlnet.plans import gradients
from wlnet.plans.data import decode, decode_batch, encode
from wlnet.terms import Association, S, Term, elements, is_head, is_list


@builtin("NetPortGradient", category="Training and evaluation")
def net_port_gradient(kernel: Kernel, port: Term) -> Term | None:
    """NetPortGradient["port"] as the second argument of a net stands for the gradient in an input.
    NetPortGradient[{layer, "array"}] stands for the gradient in an array, NetPortGradient[NetArray["name"]] in a shared one.
    NetPortGradient[All] stands for the gradients in all inputs and arrays.

    Details: It is the gradient of the sum of all outputs; <|…, NetPortGradient["Output"] -> g|> as data imposes another
    weighting. Gradients in inputs are per example, gradients in arrays are summed over a batch, whatever BatchSize is;
    that in a shared array is summed over its uses. A list of these, and of NetPort[…], gives an association. The gradient
    in an input with an encoder is that in the array that the encoder makes.

    Examples:
        >> ElementwiseLayer[#^2 &][{1., 3.}, NetPortGradient["Input"]]
        = {2., 6.}
        >> LinearLayer[1, "Weights" -> {{2., 3.}}, "Biases" -> None][{1., 5.}, NetPortGradient["Weights"]] // Normal
        = {{1., 5.}}
        >> ElementwiseLayer[#^2 &][<|"Input" -> {1., 3.}, NetPortGradient["Output"] -> {1., 0.}|>, NetPortGradient["Input"]]
        = {2., 0.}
        >> layer = LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{2}}|>], "Biases" -> {0}];
        >> layer[{{1.}, {10.}}, NetPortGradient[NetArray["W"]]] // Normal
        = {{11.}}
        >> Map[Normal, NetChain[{layer, layer}][{3.}, NetPortGradient[All]]]
        = <|"Input" -> {4.}, NetArray["W"] -> {{12.}}, {1, "Biases"} -> {2.}, {2, "Biases"} -> {1.}|>
        >> layer[{3.}, {NetPort["Output"], NetPortGradient["Input"]}]
        = <|NetPort["Output"] -> {6.}, NetPortGradient["Input"] -> {2.}|>
        >> CrossEntropyLossLayer["Binary"][<|"Input" -> 0.5, "Target" -> 1.|>, NetPortGradient["Input"]] < 0
        = True
    Possible issues:
        >> LinearLayer[1, "Weights" -> {{2}}, "Biases" -> {0}][{1.}, NetPortGradient["Heights"]]
        = $Failed
        message: NetPortGradient::noport
        >> ElementwiseLayer[Tanh][<|"Input" -> {1.}, NetPortGradient["Result"] -> {1.}|>, NetPortGradient["Input"]]
        = $Failed
        message: NetPortGradient::noport
        >> EmbeddingLayer[2, 3, "Weights" -> {{1, 2}, {3, 4}, {5, 6}}][2, NetPortGradient["Input"]]
        = $Failed
        message: NetPortGradient::integer
    Source: https://reference.wolfram.com/language/ref/NetPortGradient.html
    """
    return None


def gradients_of(net: Net, data: Term, items: Sequence[Term], settings: Mapping[str, Any]) -> list[Term]:
    """Gives the gradients that each NetPortGradient[…] asks for; NetPortGradient[All] gives an association."""
    net, batch = inputs_from(net.complete, data)
    targets = [gradient_targets(net, item.args[0]) for item in items]
    keys = list(dict.fromkeys(key for named in targets for key in named.values()))
    found = all_gradients(net, batch, keys, imposed(net, data, batch), settings)
    made = [{name: gradient_term(net, batch, key, found[key]) for name, key in named.items()} for named in targets]
    return [
        Association(terms.items()) if item.args[0] is S.All else next(iter(terms.values()))
        for item, terms in zip(items, made, strict=True)
    ]


def all_gradients(
    net: Net, batch: Batch, keys: Sequence[Any], seeds: Batch | None, settings: Mapping[str, Any]
) -> dict[Any, Any]:
    """Gives input → a gradient for each example, key of an array → the gradient summed over the batch."""
    found: dict[Any, Any] = {key: [None] * batch.count for key in keys if type(key) is str}
    for members in batch.groups(settings["size"]):
        made = gradients(
            net, batch.take(members), len(members), keys, seeds=None if seeds is None else seeds.take(members),
            training=settings["training"], seed=settings["seed"], dtype=settings["dtype"],
        )  # fmt: skip
        for key, value in made.items():
            if type(key) is str:
                for row, index in enumerate(members):
                    found[key][index] = value[row]
            else:
                found[key] = found[key] + value if key in found else value
    return found


def gradient_term(net: Net, batch: Batch, key: Any, value: Any) -> Term:
    if type(key) is not str:
        return value_term(value)
    port = Port(net.structure.inputs[key].shape)
    return decode(port, value[0]) if batch.single else decode_batch(port, whole(value))


def imposed(net: Net, data: Term, batch: Batch) -> Batch | None:
    """Gives the gradients of the outputs that the data impose, None where they do not."""
    given = {key.args[0]: value for key, value in columns(data).items() if is_head(key, S.NetPortGradient, 1)}
    if not given:
        return None
    encoded = {}
    for name, value in given.items():
        port = net.structure.outputs.get(name) if type(name) is str else None
        if port is None:
            raise no_port(net, name, "output", list(net.structure.outputs))
        plain = replace(port, coder=None, element="Real", limit=None)
        encoded[name] = encode(name, plain, value, net.kind.name)
    seeds = Batch(encoded, net.kind.name)
    if not seeds.single and seeds.count != batch.count:
        raise DataError(
            f"{seeds.count} gradients of the output came for {batch.count} examples; one, or one for each, is expected",
            kind=net.kind.name,
        )
    seeds.count = batch.count
    return seeds


def gradient_targets(net: Net, wanted: Term) -> dict[Term, Any]:
    """Gives name → input port or key of an array for what NetPortGradient names; raises NetError."""
    if wanted is S.All:
        inputs = {name: name for name, port in net.structure.inputs.items() if port.element != "Integer"}
        return {**inputs, **{position_term(key): key for key in net.positions}}
    if type(wanted) is str and wanted in net.structure.inputs:
        if net.structure.inputs[wanted].element == "Integer":
            raise NetError(
                f'the input "{wanted}" takes integers, in which there is no gradient',
                tag="integer",
                kind="NetPortGradient",
            )
        return {wanted: wanted}
    if is_head(wanted, S.NetArray, 1):
        key: Any = Shared(wanted.args[0])
    else:
        names, rest = resolve_path(net, elements(wanted) if is_list(wanted) else (wanted,))
        key = net.keys.get((*names, *map(layer_name, rest)))
    if key not in net.positions:
        arrays = [write_name(key) for key in net.positions]
        raise no_port(net, wanted, "input or array", [*net.structure.inputs, *arrays])
    return {wanted: key}


def write_name(key: Any) -> str:
    return f'NetArray["{key.name}"]' if isinstance(key, Shared) else "{" + ", ".join(key) + "}"


def no_port(net: Net, name: Term, what: str, known: Sequence[str]) -> NetError:
    shown = ", ".join(known) or "none"
    return NetError(
        f"`1` is not an {what} of this {net.kind.name}; there are {shown}",
        tag="noport",
        kind="NetPortGradient",
        terms=(name,),
    )
