"""Running the layers of a net in order, on any namespace of operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from wlnet.compute.derivative import bare
from wlnet.errors import DataError, DimensionError, NetError
from wlnet.layers.declare import Call
from wlnet.nets.arrays import Key, Shared
from wlnet.nets.dimensions import VARYING, Shape, show
from wlnet.nets.flow import flow
from wlnet.nets.notation import parse_ports
from wlnet.nets.structure import Path, Structure, position_text
from wlnet.nets.views import seen

Lookup = Callable[[Key], Any]


class Run:
    """One run of a net.

    ops: the namespace. array(key): the value of an array. batch: the number of examples. values, where not None,
    receives everything that flows: (path, port) → array. updates receives key → new value of moving statistics. dtype:
    the type of numbers that come neither from an input nor from an array. entered: what it has added to the inputs.
    """

    entered: Mapping[Any, Any] = {}
    __slots__ = ("array", "batch", "dtype", "ops", "random", "training", "updates", "values")

    def __init__(
        self,
        ops: Any,
        array: Lookup,
        batch: int,
        *,
        training: bool = False,
        random: Any = None,
        values: dict[tuple[Path, str], Any] | None = None,
        dtype: Any = np.float32,
    ) -> None:
        self.ops = ops
        self.array = array
        self.batch = batch
        self.dtype = dtype
        self.training = training
        self.random = random
        self.values = values
        self.updates: dict[Key, Any] = {}

    def net(self, structure: Structure, inputs: Mapping[str, Any], path: Path = ()) -> dict[str, Any]:
        """Gives the outputs of a net for its inputs (each with the batch as its first axis)."""
        require_lengths(structure, inputs)
        if structure.is_leaf:
            outputs = self.leaf(structure, inputs, path)
        elif structure.kind.inner is not None:
            outputs = self.operator(structure, inputs, path)
        else:
            outputs = self.container(structure, inputs, path)
        if self.values is not None:
            for name, value in outputs.items():
                self.values[path, name] = value
        return outputs

    def kept(self, structure: Structure, places: Iterable[tuple[Path, str]]) -> dict[Any, Any]:
        """Gives what has flowed at these places; raises NetError where a net is applied to many elements at once."""
        values = self.values or {}
        for path, port in places:
            if (path, port) not in values:
                raise NetError(
                    f"the net at {position_text((*path, port))} is applied to many elements at once, so that there is no "
                    "one value; apply it by itself, taken out with NetExtract",
                    tag="noport",
                    kind=structure.kind.name,
                )
        return {place: values[place] for place in places}

    def container(self, structure: Structure, inputs: Mapping[str, Any], path: Path) -> dict[str, Any]:
        order, ends = flow(structure)
        done: dict[str | None, Mapping[str, Any]] = {None: inputs}
        for name, child, sources in order:
            given = {port: done[source.child][source.port] for port, source in sources.items()}
            done[name] = self.net(child, given, (*path, name))
        return {port: done[source.child][source.port] for port, source in ends.items()}

    def leaf(self, structure: Structure, inputs: Mapping[str, Any], path: Path) -> dict[str, Any]:
        kind = structure.kind
        call = self.call(structure)
        into, out = port_names(kind.port_notation(structure.settings))
        arrays = [
            self.slot(structure, path, name) if name in structure.slots else None
            for name in kind.array_slots(structure.settings)
        ]
        result = applied(structure, [inputs.get(name) for name in into], call, arrays)
        for name, value in call.updates.items():
            self.updates[(*path, name)] = value
        return named(result, out, structure)

    def operator(self, structure: Structure, inputs: Mapping[str, Any], path: Path) -> dict[str, Any]:
        kind = structure.kind
        into, out = port_names(kind.port_notation(structure.settings))
        given = [inputs.get(name) for name in into]
        inside = Inside(self, structure, path, inputs)
        result = applied(structure, given, self.call(structure), (), inside)
        return {**named(result, out, structure), **inside.outputs}

    def call(self, structure: Structure) -> Call:
        """Gives what a layer's function knows besides its inputs and arrays."""
        call = Call(self.ops, self.training, self.random)
        call.settings = structure.settings
        call.ports = structure.outputs
        call.batch = self.batch
        call.dtype = self.dtype
        return call

    def inside(self, batch: int, ops: Any) -> Run:
        """Gives the same run for another number of examples, on another namespace; nothing inside is kept as a value."""
        run = Run(ops, self.array, batch, training=self.training, random=self.random, dtype=self.dtype)
        run.updates = self.updates
        return run

    def slot(self, structure: Structure, path: Path, name: str) -> Any:
        """Gives the array of a slot as the layer sees it."""
        slot = structure.slots[name]
        if slot.shared is None:
            return self.array((*path, name))
        return seen(self.ops, self.array(Shared(slot.shared)), slot.view)


def applied(structure: Structure, inputs: Sequence[Any], call: Call, arrays: Sequence[Any], *inside: Inside) -> Any:
    """Gives what the function of a layer makes; raises DimensionError where the dimensions that came do not fit,
    DataError where the numbers do not.
    """
    try:
        return structure.kind.function(call, *inside, *inputs, *arrays)
    except DataError as error:
        raise DataError(error.message, tag=error.tag, kind=error.kind or structure.kind.name) from None
    except (DimensionError, ValueError, IndexError) as error:
        raise misfit(structure, inputs, error) from None


def require_lengths(structure: Structure, inputs: Mapping[str, Any]) -> None:
    """Raises DataError where lengths that a net calls by one name differ."""
    seen: dict[str, tuple[str, int]] = {}
    for port, specified in structure.inputs.items():
        for axis, name in enumerate(specified.lengths, 1):
            if not name or inputs.get(port) is None:
                continue
            length = inputs[port].shape[axis]
            before, known = seen.setdefault(name, (port, length))
            if known != length:
                raise DataError(
                    f'the length "{name}" is {known} at the port "{before}" and {length} at "{port}"; lengths of one name '
                    "must be equal in each example",
                    tag="data",
                    kind=structure.kind.name,
                )


def is_open(shape: Shape, array: Any) -> bool:
    """Tells whether the dimensions of an input were not known, or other ones came: of a sequence whose length varies."""
    return shape is None or VARYING in shape or (array is not None and tuple(shape) != array.shape[1:])


def misfit(structure: Structure, inputs: Sequence[Any], error: Exception) -> Exception:
    """Gives the error to raise where a layer cannot take arrays whose dimensions only the data could tell."""
    if isinstance(error, DimensionError):
        if error.kind is not None:
            return error
        text = error.message
    elif structure.kind.variadic and not structure.inputs:
        return DimensionError(
            f"{structure.kind.name} has no inputs; connect some to it, or specify InputPorts", kind=structure.kind.name
        )
    elif any(is_open(port.shape, array) for port, array in zip(structure.inputs.values(), inputs, strict=False)):
        text = "the lengths do not fit together there, or a sequence is too short"
    else:
        return error
    pairs = zip(structure.inputs, inputs, strict=False)
    shown = " and ".join(f'{show(array.shape[1:])} at "{name}"' for name, array in pairs if array is not None)
    return DimensionError(
        f"{structure.kind.name} cannot take inputs of the dimensions {shown}: {text}", kind=structure.kind.name
    )


class Inside:
    """The nets inside an operator, as its function runs them: `inside(name, *inputs, batch=None, ops=None)` gives the
    outputs, for another number of examples or on another namespace than the operator's.

    given: the inputs of the operator; those that edges lead on are no business of its function. outputs: what edges
    lead out.
    """

    __slots__ = ("given", "outputs", "path", "run", "structure")

    def __init__(self, run: Run, structure: Structure, path: Path, given: Mapping[str, Any]) -> None:
        self.run = run
        self.structure = structure
        self.path = path
        self.given = given
        self.outputs: dict[str, Any] = {}

    def __call__(self, name: str, *inputs: Any, batch: int | None = None, ops: Any = None) -> tuple[Any, ...]:
        child = self.structure.children[name]
        run = self.run
        if batch is not None or ops is not None:
            run = run.inside(run.batch if batch is None else batch, run.ops if ops is None else ops)
        led = {target.port: self.given[source.port] for source, target in self.structure.edges if target.child == name}
        names = [port for port in child.inputs if port not in led]
        results = run.net(child, {**dict(zip(names, inputs, strict=True)), **led}, (*self.path, name))
        if ops is not None:
            run.updates.update({key: bare(value) for key, value in run.updates.items()})
        for source, target in self.structure.edges:
            if source.child == name:
                self.outputs[target.port] = results.pop(source.port)
        return tuple(results.values())

    def shape(self, name: str, port: str) -> Shape:
        """Gives the dimensions of an input port of a net inside, None where not even their number is known."""
        return self.structure.children[name].inputs[port].shape


def named(result: Any, names: tuple[str, ...], structure: Structure) -> dict[str, Any]:
    """Gives port → array of what a function gave, for the ports that the net has."""
    results = result if type(result) is tuple else (result,)
    return {name: value for name, value in zip(names, results, strict=False) if name in structure.outputs}


@cache
def port_names(notation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    inputs, outputs = parse_ports(notation)
    return tuple(inputs), tuple(outputs)


def execute(
    structure: Structure,
    arrays: Mapping[Key, Any],
    inputs: Mapping[str, Any],
    ops: Any,
    batch: int,
    *,
    training: bool = False,
    random: Any = None,
    dtype: Any = np.float32,
) -> dict[str, Any]:
    """Gives the outputs of a net for its inputs, run on the namespace `ops`."""
    run = Run(ops, arrays.__getitem__, batch, training=training, random=random, dtype=dtype)
    return run.net(structure, inputs)
