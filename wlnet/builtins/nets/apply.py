"""Nets applied to data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.options import APPLIED
from wlnet.builtins.nets.approximating import approximated_inputs
from wlnet.builtins.nets.batches import Batch, inputs_from, whole
from wlnet.builtins.nets.constructors.layers import split
from wlnet.builtins.nets.gradients import gradients_of
from wlnet.builtins.nets.initializing import seed_number
from wlnet.builtins.nets.ports import is_all_states, place_at, state_terms
from wlnet.builtins.nets.states import names_state, with_given_states
from wlnet.errors import NetError
from wlnet.kernel import Kernel, applies
from wlnet.layers.settings import text
from wlnet.nets import Net, Port
from wlnet.nets.exposing import Place, expose_all
from wlnet.plans import evaluate
from wlnet.plans.data import decode, decode_batch
from wlnet.terms import NONE, Association, NumericArray, S, Term, elements, is_head, is_list

EVALUATION_OPTIONS: dict[str, Term] = {
    "BatchSize": S.Automatic,
    "NetEvaluationMode": "Test",
    "RandomSeeding": S.Automatic,
    "TargetDevice": "CPU",
    "WorkingPrecision": "Real32",
}
APPLIED[Net] = lambda net: EVALUATION_OPTIONS


@applies(Net)
def apply_net(kernel: Kernel, net: Net, arguments: tuple[Term, ...]) -> Term | None:
    """Gives what a net makes of data: `net[data, what, options…]`."""
    positional, options = split_evaluation(arguments)
    try:
        if len(positional) > 2:
            raise NetError("a net takes data and, at most, what to give of them", tag="args")
        settings = evaluation_settings(kernel, net, options)
        given = approximated_inputs(kernel, net.structure.inputs, positional[0]) if positional else Association()
        settings["numeric"] = is_numeric(given)
        net, data = with_given_states(net, given)
        return read_out(net, data, positional[1] if len(positional) > 1 else S.Automatic, settings)[0]
    except NetError as error:
        error.kind = error.kind or net.kind.name
        raise


def is_numeric(data: Term) -> bool:
    """Tells whether data are a NumericArray, or an association of those: then the outputs are NumericArrays too."""
    if type(data) is Association:
        return len(data) > 0 and all(type(value) is NumericArray for value in data.values())
    return type(data) is NumericArray


def split_evaluation(arguments: tuple[Term, ...]) -> tuple[tuple[Term, ...], dict[str, Term]]:
    """Parts the options from data and what to give; a rule that is no option, such as "Probability" -> c, is a property."""
    name = arguments[1].args[0] if len(arguments) > 1 and is_head(arguments[1], S.Rule, 2) else None
    if type(name) is str and name not in EVALUATION_OPTIONS:
        _, options = split(arguments[2:])
        return arguments[:2], options
    return split(arguments)


def evaluation_settings(kernel: Kernel, net: Net, options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the settings of an evaluation: batch size, mode, seed, number type; raises NetError."""
    kind = net.kind.name
    for name in options:
        if name not in EVALUATION_OPTIONS:
            shown = ", ".join(EVALUATION_OPTIONS)
            raise NetError(f'applying a net has no option "{name}"; its options are {shown}', tag="optx", kind=kind)
    if text(options.get("TargetDevice", "CPU")) != "CPU":
        raise NetError('nets run on the "CPU" only; leave TargetDevice as it is', tag="device", kind=kind)
    precision = text(options.get("WorkingPrecision", "Real32"))
    if precision not in PRECISIONS:
        raise NetError(
            'WorkingPrecision is "Real32" or "Real64" ("Mixed" is for other devices than the "CPU")',
            tag="option",
            kind=kind,
        )
    mode = text(options.get("NetEvaluationMode", "Test"))
    if mode not in ("Train", "Test"):
        raise NetError('NetEvaluationMode is "Test" or "Train"', tag="option", kind=kind)
    size = options.get("BatchSize", S.Automatic)
    if size is not S.Automatic and (type(size) is not int or size < 1):
        raise NetError("BatchSize is a positive integer or Automatic", tag="option", kind=kind)
    return {
        "size": size if type(size) is int else 256,
        "training": mode == "Train",
        "dtype": PRECISIONS[precision],
        "seed": seed_number(kernel, options.get("RandomSeeding", S.Automatic)),
    }


PRECISIONS = {"Real32": np.float32, "Real64": np.float64}


def read_out(
    net: Net, data: Term, wanted: Term, settings: dict[str, Any], extra: Sequence[Place] = ()
) -> tuple[Term, list[Term]]:
    """Gives what is wanted of a net for data (outputs, values inside, states, gradients), and the values at extra places."""
    several = is_list(wanted) and elements(wanted) and all(names_port(net, item) for item in elements(wanted))
    if several or names_port(net, wanted):
        items = elements(wanted) if several else (wanted,)
        values, more = read_ports(net, data, items, settings, extra)
        return Association(zip(items, values, strict=True)) if several else values[0], more
    outputs = list(net.structure.outputs)
    places, property = outputs_wanted(net, wanted)
    found = values_of(net, data, [*places, *extra], property, settings)
    if wanted is S.All or len(places) != 1:
        return Association(zip(outputs, found, strict=False)), found[len(places) :]
    return found[0], found[1:]


def outputs_wanted(net: Net, wanted: Term) -> tuple[list[Place], Any]:
    """Gives the outputs that are wanted, and what their decoder shall give (None: its decision); raises NetError."""
    outputs = net.structure.outputs
    if wanted is S.Automatic or wanted is S.All or (wanted is NONE and len(outputs) > 1):
        return [((), name) for name in outputs], wanted if wanted is NONE else None
    if is_head(wanted, S.Rule, 2) and wanted.args[0] in list(outputs):
        return [((), wanted.args[0])], wanted.args[1]
    if len(outputs) == 1 and (wanted is NONE or next(iter(outputs.values())).coder is not None):
        return [((), next(iter(outputs)))], wanted
    shown = ", ".join(f'"{name}"' for name in outputs)
    inside = type(wanted) is str and wanted in net.structure.children
    hint = f'; NetPort["{wanted}"] gives what comes out of the layer' if inside else ""
    raise NetError(
        f"`1` is neither an output of this net (its outputs are {shown}) nor a property of its decoder{hint}",
        tag="prop",
        kind=net.kind.name,
        terms=(wanted,),
    )


def names_port(net: Net, term: Term) -> bool:
    """Tells whether a term names something that flows in a net: an output, a port inside, or a gradient."""
    if type(term) is str:
        return term in net.structure.outputs or names_state(net, term)
    return is_head(term, S.NetPort) or is_head(term, S.NetPortGradient, 1)


def read_ports(
    net: Net, data: Term, items: Sequence[Term], settings: dict[str, Any], extra: Sequence[Place]
) -> tuple[list[Term], list[Term]]:
    """Gives the values of ports and gradients, and those at extra places."""
    gradients = [item for item in items if is_head(item, S.NetPortGradient, 1)]
    ports = [item for item in items if not is_head(item, S.NetPortGradient, 1)]
    named = [places_of(net, item) for item in ports]
    places = [place for each in named for place in each.values()]
    found = values_of(net, data, [*places, *extra], None, settings) if places or extra else []
    values = iter(found)
    read = iter([{term: next(values) for term in each} for each in named])
    differentiated = iter(gradients_of(net, data, gradients, settings) if gradients else ())
    made: list[Term] = []
    for item in items:
        if is_head(item, S.NetPortGradient, 1):
            made.append(next(differentiated))
        else:
            terms = next(read)
            made.append(Association(terms.items()) if is_all_states(item) else next(iter(terms.values())))
    return made, found[len(places) :]


def places_of(net: Net, item: Term) -> dict[Term, Place]:
    """Gives term → place of what an item names: one port, or all states."""
    if is_all_states(item):
        return state_terms(net)
    return {item: ((), item) if type(item) is str else place_at(net, item, "outputs")}


def values_of(net: Net, data: Term, places: Sequence[Place], property: Any, settings: dict[str, Any]) -> list[Term]:
    """Gives the values at places, for one example or as lists over all; of states the final ones."""
    hidden = [place for place in places if place[1] not in net.structure.at(place[0]).outputs]
    net, _, names = expose_all(net, (), hidden)
    shown: dict[Place, Place] = {place: ((), name) for place, name in zip(hidden, names, strict=True)}
    net, batch = inputs_from(net.complete, data)
    return run(net, batch, [shown.get(place, place) for place in places], property, settings)


def run(net: Net, batch: Batch, places: list[Place], property: Any, settings: dict[str, Any]) -> list[Term]:
    """Gives the terms at places of a net, for one example or as lists over all."""
    found: dict[Place, Any] = {place: [None] * batch.count for place in places}
    inside = [place for place in places if place[0]]
    groups = batch.groups(settings["size"])
    for members in groups:
        outputs, values = evaluate(
            net, batch.take(members), len(members), training=settings["training"], seed=settings["seed"],
            dtype=settings["dtype"], places=inside,
        )  # fmt: skip
        for place in places:
            array = values[place] if place[0] else outputs[place[1]]
            if len(groups) == 1:
                found[place] = array
            else:
                for row, index in enumerate(members):
                    found[place][index] = array[row]
    made = []
    for path, name in places:
        port = net.structure.at(path).outputs[name]
        arrays = found[path, name]
        if path:
            port = Port(port.shape, port.element)
        row = arrays[0] if batch.single else whole(arrays)
        if settings.get("numeric") and port.coder is None and isinstance(row, np.ndarray) and row.ndim:
            made.append(NumericArray(row))
        else:
            made.append(decode(port, row, property) if batch.single else decode_batch(port, row, property))
    return made
