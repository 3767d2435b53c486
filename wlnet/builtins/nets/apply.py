"""Nets applied to data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.evaluation.options import APPLIED
from wlnet.builtins.nets.containers import layer_name
from wlnet.builtins.nets.layers import split
from wlnet.builtins.nets.paths import resolve_path
from wlnet.errors import DataError, NetError
from wlnet.kernel import Kernel, applies, builtin
from wlnet.layers.settings import text
from wlnet.nets import Net, Port
from wlnet.nets.arrays import Shared
from wlnet.nets.containers import with_inputs
from wlnet.nets.structure import Path
from wlnet.plans import evaluate, gradients
from wlnet.plans.data import Encoded, decode, decode_batch, encode
from wlnet.terms import NONE, Association, NumericArray, S, Term, elements, expression, is_head, is_list, to_list

EVALUATION_OPTIONS: dict[str, Term] = {
    "BatchSize": S.Automatic,
    "NetEvaluationMode": "Test",
    "RandomSeeding": S.Automatic,
    "TargetDevice": "CPU",
    "WorkingPrecision": "Real32",
}
APPLIED[Net] = lambda net: EVALUATION_OPTIONS


@builtin("NetPortGradient", category="Training and evaluation")
def net_port_gradient(kernel: Kernel, port: Term) -> Term | None:
    """NetPortGradient["port"] as the second argument of a net stands for the gradient in an input.
    NetPortGradient[{layer, "array"}] stands for the gradient in an array, NetPortGradient[All] for all of them.

    Details: It is the gradient of the sum of all outputs; <|…, NetPortGradient["Output"] -> g|> as data imposes another
    weighting. Gradients in inputs are per example, gradients in arrays are summed over a batch.

    Examples:
        >> ElementwiseLayer[#^2 &][{1., 3.}, NetPortGradient["Input"]]
        = {2., 6.}
        >> LinearLayer[1, "Weights" -> {{2., 3.}}, "Biases" -> None][{1., 5.}, NetPortGradient["Weights"]] // Normal
        = {{1., 5.}}
        >> ElementwiseLayer[#^2 &][<|"Input" -> {1., 3.}, NetPortGradient["Output"] -> {1., 0.}|>, NetPortGradient["Input"]]
        = {2., 0.}
    Source: https://reference.wolfram.com/language/ref/NetPortGradient.html
    """
    return None


@applies(Net)
def apply_net(kernel: Kernel, net: Net, arguments: tuple[Term, ...]) -> Term | None:
    """Gives what a net makes of data: `net[data, what, options…]`."""
    positional, options = split_evaluation(arguments)
    if len(positional) > 2:
        raise NetError("a net takes data and, at most, what to give of them", tag="args", kind=net.kind.name)
    settings = evaluation_settings(net, options)
    data = positional[0] if positional else Association()
    net, batch = inputs_from(net.complete, data)
    wanted: Term = positional[1] if len(positional) > 1 else S.Automatic
    if is_head(wanted, S.NetPortGradient, 1):
        return gradient(net, batch, wanted.args[0], data, settings)
    return read_out(net, batch, wanted, settings)


def split_evaluation(arguments: tuple[Term, ...]) -> tuple[tuple[Term, ...], dict[str, Term]]:
    """Parts the options from data and what to give; a rule that is no option, such as "Probability" -> c, is a property."""
    name = arguments[1].args[0] if len(arguments) > 1 and is_head(arguments[1], S.Rule, 2) else None
    if type(name) is str and name not in EVALUATION_OPTIONS:
        _, options = split(arguments[2:])
        return arguments[:2], options
    return split(arguments)


def evaluation_settings(net: Net, options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the settings of an evaluation: batch size, mode, seed, number type; raises NetError."""
    kind = net.kind.name
    for name in options:
        if name not in EVALUATION_OPTIONS:
            shown = ", ".join(EVALUATION_OPTIONS)
            raise NetError(f'applying a net has no option "{name}"; its options are {shown}', tag="optx", kind=kind)
    if text(options.get("TargetDevice", "CPU")) != "CPU":
        raise NetError('nets run on the "CPU" only', tag="device", kind=kind)
    precision = text(options.get("WorkingPrecision", "Real32"))
    if precision not in PRECISIONS:
        raise NetError('WorkingPrecision is "Real32" or "Real64"', tag="option", kind=kind)
    mode = text(options.get("NetEvaluationMode", "Test"))
    if mode not in ("Train", "Test"):
        raise NetError('NetEvaluationMode is "Test" or "Train"', tag="option", kind=kind)
    size = options.get("BatchSize", S.Automatic)
    if size is not S.Automatic and (type(size) is not int or size < 1):
        raise NetError("BatchSize is a positive integer or Automatic", tag="option", kind=kind)
    seed = options.get("RandomSeeding", S.Automatic)
    return {
        "size": size if type(size) is int else 256,
        "training": mode == "Train",
        "dtype": PRECISIONS[precision],
        "seed": seed if type(seed) is int and seed >= 0 else None,
    }


PRECISIONS = {"Real32": np.float32, "Real64": np.float64}


class Batch:
    """The encoded data of all inputs: port → Encoded; how many examples; whether there was only one, not a list."""

    def __init__(self, data: dict[str, Encoded], kind: str) -> None:
        self.data = data
        counts = {name: item.examples for name, item in data.items() if not item.single}
        if len(set(counts.values())) > 1:
            shown = ", ".join(f'"{name}": {count}' for name, count in counts.items())
            raise DataError(f"the inputs have different numbers of examples ({shown})", kind=kind)
        self.single = not counts
        self.count = next(iter(counts.values()), 1)

    def groups(self, size: int) -> list[list[int]]:
        """Gives the examples in groups of equal dimensions, at most `size` in each."""
        by_shape: dict[tuple[Any, ...], list[int]] = {}
        for index in range(self.count):
            by_shape.setdefault(self._shapes(index), []).append(index)
        return [
            members[start : start + size] for members in by_shape.values() for start in range(0, len(members), size)
        ]

    def _shapes(self, index: int) -> tuple[Any, ...]:
        return tuple(
            item.values[index].shape for item in self.data.values() if isinstance(item.values, list) and not item.single
        )

    def take(self, members: Sequence[int]) -> dict[str, np.ndarray]:
        """Gives port → array of these examples."""
        made = {}
        for name, item in self.data.items():
            if item.single:
                made[name] = np.repeat(item.values[:1], len(members), axis=0)
            elif isinstance(item.values, list):
                made[name] = np.stack([item.values[index] for index in members])
            else:
                made[name] = item.values[list(members)] if len(members) < self.count else item.values
        return made


def inputs_from(net: Net, data: Term) -> tuple[Net, Batch]:
    """Gives a net, its ports fixed by the data where they were open, and its encoded inputs; raises DataError."""
    kind = net.kind.name
    if net.kind.variadic and not net.structure.inputs and is_list(data):
        net = with_inputs(net, len(elements(data)))
        if not elements(data):
            raise DataError("a list with the data of each input is expected, but an empty list came", kind=kind)
    given = by_port(net, data)
    missing = [name for name in net.structure.inputs if name not in given]
    if missing:
        shown = ", ".join(f'"{name}"' for name in missing)
        raise DataError(f"no data came for the input {shown}", tag="noport", kind=kind)
    encoded = encode_all(net, given)
    found = {
        name: Port(np.shape(encoded[name].values[0]), net.structure.inputs[name].element)
        for name in net.unknown_ports()
        if isinstance(encoded[name].values, np.ndarray)
    }
    if found:
        net = net.with_ports(found).complete
        encoded = encode_all(net, given)
    return net, Batch(encoded, kind)


def encode_all(net: Net, given: Mapping[str, Term]) -> dict[str, Encoded]:
    return {name: encode(name, port, given[name], net.kind.name) for name, port in net.structure.inputs.items()}


def by_port(net: Net, data: Term) -> dict[str, Term]:
    """Gives port → data of an association, of a list of associations, or of the data of the only input."""
    ports = net.structure.inputs
    if type(data) is Association:
        given = {layer_name(key): value for key, value in data.items() if not is_head(key, S.NetPortGradient)}
    elif is_list(data) and elements(data) and all(type(item) is Association for item in elements(data)):
        rows = elements(data)
        given = {
            layer_name(key): to_list([row.get(key) for row in rows])
            for key in rows[0].keys()  # noqa: SIM118
        }
    elif len(ports) == 1:
        return {next(iter(ports)): data}
    elif net.kind.variadic and is_list(data) and len(elements(data)) == len(ports):
        return dict(zip(ports, elements(data), strict=True))
    else:
        shown = ", ".join(f'"{name}"' for name in ports) or "none"
        raise DataError(
            f"an association with the data of each input is expected; the inputs are {shown}",
            tag="data",
            kind=net.kind.name,
        )
    for name in given:
        if name not in ports:
            shown = ", ".join(f'"{port}"' for port in ports) or "none"
            raise DataError(f'there is no input "{name}"; the inputs are {shown}', tag="noport", kind=net.kind.name)
    return given


def read_out(net: Net, batch: Batch, wanted: Term, settings: dict[str, Any]) -> Term:
    """Gives the outputs that are wanted."""
    outputs = net.structure.outputs
    if wanted is S.Automatic or wanted is S.All or (wanted is NONE and len(outputs) > 1):
        places: dict[Term, tuple[Path, str]] = {name: ((), name) for name in outputs}
        results = run(net, batch, list(places.values()), wanted if wanted is NONE else None, settings)
        if len(outputs) == 1 and wanted is not S.All:
            return results[0]
        return Association(zip(places, results, strict=True))
    if is_list(wanted) and elements(wanted) and all(is_head(item, S.NetPort) for item in elements(wanted)):
        items = elements(wanted)
        results = run(net, batch, [interior(net, item) for item in items], None, settings)
        return Association(zip(items, results, strict=True))
    if is_head(wanted, S.NetPort):
        return run(net, batch, [interior(net, wanted)], None, settings)[0]
    if type(wanted) is str and wanted in outputs:
        return run(net, batch, [((), wanted)], None, settings)[0]
    if is_head(wanted, S.Rule, 2) and wanted.args[0] in list(outputs):
        return run(net, batch, [((), wanted.args[0])], wanted.args[1], settings)[0]
    if len(outputs) == 1 and (wanted is NONE or next(iter(outputs.values())).coder is not None):
        return run(net, batch, [((), next(iter(outputs)))], wanted, settings)[0]
    shown = ", ".join(f'"{name}"' for name in outputs)
    raise NetError(
        f"`1` is neither an output of this net (its outputs are {shown}) nor a property of its decoder",
        tag="prop",
        kind=net.kind.name,
        terms=(wanted,),
    )


def interior(net: Net, term: Term) -> tuple[Path, str]:
    """Gives the place inside a net that NetPort[…] means."""
    first = term.args[0]
    path = (first, *term.args[1:]) if len(term.args) > 1 else elements(first) if is_list(first) else (first,)
    names, rest = resolve_path(net, path)
    structure = net.structure.at(names)
    if not rest and names:
        return names, next(iter(structure.outputs))
    port = layer_name(rest[0]) if len(rest) == 1 else ""
    if port not in structure.outputs:
        shown = ", ".join(f'"{name}"' for name in structure.outputs)
        raise NetError(
            f"`1` is not an output in this net; the outputs there are {shown}",
            tag="noport",
            kind=net.kind.name,
            terms=(term,),
        )
    return names, port


def run(net: Net, batch: Batch, places: list[tuple[Path, str]], property: Any, settings: dict[str, Any]) -> list[Term]:
    """Gives the terms at places of a net, for one example or as lists over all."""
    found: dict[tuple[Path, str], Any] = {place: [None] * batch.count for place in places}
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
        made.append(decode(port, arrays[0], property) if batch.single else decode_batch(port, whole(arrays), property))
    return made


def whole(arrays: Any) -> Any:
    """Gives a list of arrays as one array where their dimensions agree."""
    if isinstance(arrays, list) and all(array.shape == arrays[0].shape for array in arrays):
        return np.stack(arrays)
    return arrays


def gradient(net: Net, batch: Batch, wanted: Term, data: Term, settings: dict[str, Any]) -> Term:
    """Gives the gradients that NetPortGradient[…] asks for."""
    targets = gradient_targets(net, wanted)
    seeds = None
    if type(data) is Association:
        imposed = {key.args[0]: value for key, value in data.items() if is_head(key, S.NetPortGradient, 1)}
        if imposed:
            given = {
                name: encode(name, net.structure.outputs[name], value, net.kind.name) for name, value in imposed.items()
            }
            seeds = {name: np.asarray(item.values) for name, item in given.items()}
    inputs: dict[str, list[Any]] = {key: [None] * batch.count for key in targets.values() if type(key) is str}
    arrays: dict[Any, np.ndarray] = {}
    for members in batch.groups(batch.count):
        chosen = None if seeds is None else {n: s if len(s) == 1 else s[list(members)] for n, s in seeds.items()}
        found = gradients(
            net, batch.take(members), len(members), list(targets.values()), seeds=chosen,
            training=settings["training"], dtype=settings["dtype"],
        )  # fmt: skip
        for key, value in found.items():
            if type(key) is str:
                for row, index in enumerate(members):
                    inputs[key][index] = value[row]
            else:
                arrays[key] = arrays[key] + value if key in arrays else value
    made: dict[Term, Term] = {}
    for name, key in targets.items():
        if type(key) is str:
            port = Port(net.structure.inputs[key].shape)
            rows = inputs[key]
            made[name] = decode(port, rows[0]) if batch.single else decode_batch(port, whole(rows))
        else:
            made[name] = NumericArray(arrays[key])
    return next(iter(made.values())) if wanted is not S.All else Association(made.items())


def gradient_targets(net: Net, wanted: Term) -> dict[Term, Any]:
    """Gives name → input port or key of an array for what NetPortGradient names."""
    if wanted is S.All:
        made: dict[Term, Any] = {name: name for name in net.structure.inputs}
        for key, positions in net.positions.items():
            slot = positions[0]
            label = expression("NetArray", key.name) if isinstance(key, Shared) else "/".join(slot)
            made[label] = key
        return made
    if type(wanted) is str and wanted in net.structure.inputs:
        return {wanted: wanted}
    if is_head(wanted, S.NetArray, 1):
        return {wanted: net.key(Shared(wanted.args[0]))}
    path = elements(wanted) if is_list(wanted) else (wanted,)
    names, rest = resolve_path(net, path)
    return {wanted: net.key((*names, *map(layer_name, rest)))}
