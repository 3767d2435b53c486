"""The derivative of a net as a net."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from wlnet.compute.derivative import Watching, jacobian
from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.nets.dimensions import Port, is_known, show, unify


class Variable(NamedTuple):
    """What one derivative is taken in: an input, or one element of it (its position, from 1, negative from the end)."""

    port: str
    position: tuple[int, ...] | None = None


Function: TypeAlias = Callable[[Any, list[Any]], tuple[Any, ...]]
"""function(namespace, inputs) → outputs, all with the batch as the first axis."""


def derivative_inner(settings: Mapping[str, Any]) -> dict[str, str]:
    sides = (", ".join(f"{name}: ...{name}" for name in settings.get(side) or ()) for side in ("inputs", "outputs"))
    return {"Net": " -> ".join(sides)}


def derivative_ports(settings: Mapping[str, Any]) -> str:
    left = ", ".join(f"{name}: ...{name}" for name in settings.get("inputs") or ())
    return left + " -> " + ", ".join(f"{name}: ...{name}_derived" for name in settings.get("outputs") or ())


def derivative_elements(settings: Mapping[str, Any]) -> dict[str, Port]:
    return dict(settings.get("integers") or {})


def solve_derivative(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """The dimensions of a derivative are those of the output, then those of each variable."""
    shapes: list[Any] = []
    for variable in settings["variables"]:
        shape = known.get("..." + variable.port)
        if variable.position is not None:
            place(shape, variable)
            shape = ()
        shapes.append(shape)
    if any(shape is None for shape in shapes):
        return
    tail = tuple(dimension for shape in shapes for dimension in shape)
    for name in settings["outputs"]:
        plain, derived = "..." + name, f"...{name}_derived"
        whole = known.get(derived)
        if known.get(plain) is None and whole is not None and len(whole) >= len(tail):
            known[plain] = whole[: len(whole) - len(tail)]
        if known.get(plain) is not None:
            known[derived] = unify(whole, known[plain] + tail)


def place(shape: Any, variable: Variable) -> tuple[int, ...]:
    """Gives the index, from 0, of the element of an input that is meant, as far as its dimensions are known."""
    position = variable.position or ()
    if not is_known(shape):
        return ()
    index = []
    for number, size in zip(position, shape, strict=False):
        if isinstance(size, int):
            index.append(number - 1 if number > 0 else size + number)
            if not 0 <= index[-1] < size:
                break
    else:
        if len(position) == len(shape):
            return tuple(index)
    raise DimensionError(f'the input "{variable.port}" has dimensions {show(shape)}, and no element {show(position)}')


def derived(function: Function, number: int, variable: Variable) -> Function:
    """Gives the derivative of a function in its input of this number."""

    def derivative(ops: Any, inputs: list[Any]) -> tuple[Any, ...]:
        watch = Watching(ops)
        x = inputs[number]
        given = list(inputs)
        if variable.position is None:
            entered = given[number] = watch.enter(x)
        else:
            unit = np.zeros(x.shape[1:], x.dtype)
            unit[place(x.shape[1:], variable)] = 1
            entered = watch.enter(np.zeros((x.shape[0],), x.dtype))
            step = watch.reshape(entered, shape=(x.shape[0], *(1,) * unit.ndim))
            given[number] = watch.add(x, watch.multiply(step, unit))
        return tuple(jacobian(watch, y, entered) for y in function(watch, given))

    return derivative


@layer(
    "NetDerivative",
    category="Operators",
    ports=derivative_ports,
    inner=derivative_inner,
    elements=derivative_elements,
    solve=solve_derivative,
)
def net_derivative(call: Call, apply: Callable[..., tuple[Any, ...]], *inputs: Any) -> Any:
    """NetDerivative[net, "port"] is the net that gives the derivative of a net in an input.
    NetDerivative[net] takes the only input.
    NetDerivative[net, {"port", n}] gives the derivative of order n.
    NetDerivative[net, {"port", {i, j, …}}] gives the partial derivative in the elements i, j, … of the input.
    NetDerivative[net, v1, v2, …] gives the derivative in all of these, one after the other.

    Details: It has the inputs and the arrays of the net, and outputs of the same names. As in D, an output has the
    dimensions of the net's output, followed by those of the variable for each derivative in a whole input: a net that
    gives a number has the gradient and, of order 2, the matrix of second derivatives; a net of several numbers has the
    Jacobian. An element of an input of rank 2 or more is given as {i, j, …}. Where the net stands beside its
    derivative, name its arrays with NetInsertSharedArrays, so that they are the same; they are trained through the
    derivative as through any net. Where training makes the examples of a batch depend on each other (in
    BatchNormalizationLayer), the derivative is that of the sum over the batch.

    Examples:
        >> NetDerivative[ElementwiseLayer[#^3 &, "Input" -> "Real"]][2.]
        = 12.
        >> NetDerivative[ElementwiseLayer[#^3 &, "Input" -> "Real"], {"Input", 2}][{1., 2.}]
        = {6., 12.}
        >> energy = NetChain[{ElementwiseLayer[#^2 &], SummationLayer[]}, "Input" -> 3];
        >> NetDerivative[energy, "Input"][{1., 2., 3.}]
        = {2., 4., 6.}
        >> NetDerivative[energy, {"Input", 2}][{1., 2., 3.}]
        = {{2., 0., 0.}, {0., 2., 0.}, {0., 0., 2.}}
        >> area = FunctionLayer[#x * #y^2 &, "x" -> "Real", "y" -> "Real"];
        >> NetDerivative[area, "x", "y"][<|"x" -> 5., "y" -> 3.|>]
        = 6.
        >> product = FunctionLayer[#[[1]] * #[[2]]^2 &, "Input" -> 2];
        >> {NetDerivative[product, {"Input", {2}}][{5., 3.}], NetDerivative[product, {"Input", {1, 2}}][{5., 3.}]}
        = {30., 6.}
        >> NetDerivative[LinearLayer[2, "Weights" -> {{1, 2, 3}, {4, 5, 6}}, "Biases" -> None]][{0., 0., 0.}]
        = {{1., 2., 3.}, {4., 5., 6.}}
        >> u = NetInsertSharedArrays[NetChain[{8, Tanh, LinearLayer[{}]}, "Input" -> "Real"], "u/"];
        >> residual = NetGraph[{u, NetDerivative[u], Plus}, {NetPort["Input"] -> {1, 2} -> 3}];
        >> Information[residual, "ArraysTotalElementCount"] == Information[u, "ArraysTotalElementCount"]
        = True
    Options: "Input":
        >> NetExtract[NetDerivative[NetChain[{4, Tanh, 2}], "Input" -> 3], "Output"]
        = {2, 3}
    Options: "Output":
        >> NetExtract[NetDerivative[ElementwiseLayer[Sin], {"Input", {1}}, "Output" -> 4], {"Net", "Output"}]
        = 4
    Options: LearningRateMultipliers:
        >> Values[Information[NetDerivative[LinearLayer[2], LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"]]
        = {0, 0}
    Possible issues:
        >> NetDerivative[ElementwiseLayer[Sin], "x"]
        = $Failed
        message: NetDerivative::noport
        >> NetDerivative[ThreadingLayer[Plus]]
        = $Failed
        message: NetDerivative::ports
        >> NetDerivative[EmbeddingLayer[2, 5], "Input"]
        = $Failed
        message: NetDerivative::ports
        >> NetDerivative[ElementwiseLayer[Sin], {"Input", 0}]
        = $Failed
        message: NetDerivative::args
        >> NetDerivative[ElementwiseLayer[Sin, "Input" -> 3], {"Input", {4}}]
        = $Failed
        message: NetDerivative::dims
    Source: https://arxiv.org/abs/1711.10561
    """
    names = call["inputs"]

    def plain(ops: Any, given: list[Any]) -> tuple[Any, ...]:
        return apply("Net", *given, ops=ops)

    function: Function = plain
    for variable in call["variables"]:
        function = derived(function, names.index(variable.port), variable)
    results = function(call.ops, list(inputs))
    return results if len(results) > 1 else results[0]
