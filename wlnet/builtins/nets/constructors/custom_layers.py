"""The constructors of CompiledLayer and PlaceholderLayer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from wlnet.builtins.nets.constructors.containers import ports_from
from wlnet.builtins.nets.constructors.formulas import slots_of
from wlnet.builtins.nets.constructors.functions import trace_function
from wlnet.builtins.nets.constructors.layers import check_options, constructor
from wlnet.errors import DataError, NetError
from wlnet.kernel import Kernel
from wlnet.layers import construct
from wlnet.layers.construct import known_options, make_ports, read_arguments, read_settings
from wlnet.nets import Kind, Net, Port
from wlnet.nets.containers import unite
from wlnet.nets.inference import infer
from wlnet.nets.structure import Structure
from wlnet.terms import (
    NONE,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    is_head,
    is_list,
    list_of,
    numeric,
    pack,
    symbol,
)
from wlnet.terms.same import key


@dataclass(eq=False)
class Evaluated:
    """A function that the evaluator runs on one example after the other, or on whole batches, and its gradient.

    gradient: the function of the input, the gradient of the output and perhaps the output, None for no gradient.
    """

    kernel: Kernel
    function: Term
    gradient: Term | None
    batched: bool
    shapes: dict[tuple[int, ...], tuple[int, ...]] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return type(other) is Evaluated and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def key(self) -> tuple[Any, ...]:
        return key(self.function), None if self.gradient is None else key(self.gradient), self.batched

    def value(self, function: Term, *arrays: np.ndarray) -> np.ndarray:
        """Gives the value of a function of arrays; raises DataError where it is no array of numbers."""
        terms = tuple(pack(np.array(array, np.float64)) if np.ndim(array) else float(array) for array in arrays)
        found = self.kernel.evaluate(Expression(function, terms))
        array = numeric(found)
        if array is None:
            shown = (
                found.head if type(found) is Expression and type(found.head) is Symbol else symbol(type(found).__name__)
            )
            text = f"the function gives no number or array of numbers, but something with the head {shown.name}"
            raise DataError(text, kind="CompiledLayer")
        return array

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.value(self.function, x) if self.batched else np.stack([self.value(self.function, row) for row in x])

    @property
    def backward(self) -> Any:
        return None if self.gradient is None else self.gradients

    def gradients(self, x: np.ndarray, gradient: np.ndarray, y: np.ndarray) -> np.ndarray:
        assert self.gradient is not None
        _, count = slots_of(self.gradient)
        given = (x, gradient, y)[: 3 if count == 3 else 2]
        rows = [given] if self.batched else list(zip(*given, strict=True))
        made = [self.value(self.gradient, *row) for row in rows]
        found = made[0] if self.batched else np.stack(made)
        if found.shape != x.shape:
            text = f"the function for the gradient gives dimensions {found.shape[1:]}, but the input has {x.shape[1:]}"
            raise DataError(text, kind="CompiledLayer")
        return found

    def result_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Gives the dimensions of what comes of an input of these dimensions."""
        if shape not in self.shapes:
            self.shapes[shape] = self.forward(np.ones((1, *shape))).shape[1:]
        return self.shapes[shape]


@constructor("CompiledLayer")
def make_compiled(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    given = options.pop("Net", None)
    check_options(kind, options, known_options(kind))
    read_arguments(kind, arguments)
    function, rank = untyped(arguments[0])
    slope = arguments[1] if len(arguments) > 1 else S.Automatic
    options = ranked(options, rank)
    ports = ports_from(kind, options)
    shape = ports["Input"].shape if "Input" in ports else None
    batched = rank is not None and shape is not None and rank == len(shape) + 1
    inner = given if isinstance(given, Net) else None
    if inner is None and slope is S.Automatic and not batched:
        inner = traced(kernel, function, ports)
    gradient = None if slope is S.Automatic or slope is NONE else untyped(slope)[0]
    evaluated = Evaluated(kernel, function, gradient, batched)
    if inner is None and slope is S.Automatic:
        text = "the function cannot be differentiated, as FunctionLayer does not take it, and has no gradient; give one"
        kernel.message(kind.name, "nograd", text=f"{text} as the second argument, or None.")
    settings = {"Function": evaluated, "traced": inner is not None}
    inputs, outputs = make_ports(kind, settings, options)
    children = {} if inner is None else {"Net": inner}
    structure = Structure(
        kind,
        settings=settings,
        arguments=tuple(arguments),
        inputs=inputs,
        outputs=outputs,
        declared={name: port for name, port in {**inputs, **outputs}.items() if name in options},
        children={name: net.structure for name, net in children.items()},
        named=True,
        multiplier=options.get("LearningRateMultipliers"),
    )
    return Net(infer(structure), unite(children, kind.name))


def traced(kernel: Kernel, function: Term, ports: dict[str, Port]) -> Net | None:
    """Gives the net of a function of one array, None where it cannot be traced."""
    try:
        net = trace_function(kernel, function, ports)
    except NetError:
        return None
    return net if list(net.structure.inputs) == ["Input"] and list(net.structure.outputs) == ["Output"] else None


def ranked(options: dict[str, Term], rank: int | None) -> dict[str, Term]:
    """Gives the options with the number of dimensions that the type of the parameter says, where "Input" says nothing."""
    if rank is None or "Input" in options:
        return options
    return {**options, "Input": list_of(*[S.Automatic] * rank) if rank else "Real"}


#: Heads around a function that say how it is to be compiled.
AROUND = (S.Typed, S.KernelFunction, S.DownValuesFunction)


def untyped(function: Term) -> tuple[Term, int | None]:
    """Gives a function without the types of its parameters, and the number of dimensions of the first, None if unknown."""
    while type(function) is Expression and function.head in AROUND and function.args:
        function = function.args[0]
    if not is_head(function, S.Function) or len(function.args) < 2:
        return function, None
    given = function.args[0]
    parameters = elements(given) if is_list(given) else (given,)
    plain = tuple(item.args[0] if is_head(item, S.Typed, 2) else item for item in parameters)
    first = parameters[0] if parameters else None
    rank = rank_of(first.args[1]) if first is not None and is_head(first, S.Typed, 2) else None
    return Expression(S.Function, (list_of(*plain), *function.args[1:])), rank


def rank_of(kind: Term) -> int | None:
    """Gives the number of dimensions of a type: 0 of "Real32", n of TypeSpecifier["PackedArray"]["Real32", n]."""
    if type(kind) is str:
        return 0
    counts = [item for item in kind.args if type(item) is int] if type(kind) is Expression else []
    return counts[-1] if counts else None


@constructor("PlaceholderLayer")
def make_placeholder(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    settings = read_settings(kind, arguments, options)
    shapes: dict[str, Term] = {}
    for side in ("InputPorts", "OutputPorts"):
        given = options.get(side, S.Automatic)
        names = settings[side]
        if type(given) is Association:
            shapes.update({str(name): shape for name, shape in given.items()})
        elif is_list(given) and elements(given) != names:
            shapes.update(zip(names, elements(given), strict=True))
    options = {**shapes, **options}
    check_options(kind, options, known_options(kind, settings))
    net = construct(kind, arguments, options)
    declared = {name: port for name, port in net.structure.declared.items() if name not in shapes}
    return Net(replace(net.structure, declared=declared), net.store)
