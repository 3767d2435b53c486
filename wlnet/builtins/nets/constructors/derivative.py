"""What the arguments of NetDerivative mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wlnet.builtins.nets.constructors.layers import as_layer
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.layers.families.derivative import Variable
from wlnet.nets import Kind, Net
from wlnet.terms import Term, elements, is_list

Position = tuple[int, ...]


def derivative(
    kernel: Kernel, kind: Kind, arguments: Sequence[Term]
) -> tuple[dict[str, Net], Sequence[Term], dict[str, Any]]:
    """Takes a net, and what to differentiate it in: by default its only input."""
    if not arguments:
        raise NetError("the net to differentiate is expected as the first argument", tag="args", kind=kind.name)
    net = as_layer(kernel, arguments[0], kind.name)
    inputs = net.structure.inputs
    if len(arguments) == 1 and len(inputs) != 1:
        raise NetError(
            f'{net.kind.name} has the inputs {shown(inputs)}; give the one to differentiate in: NetDerivative[net, "port"]',
            tag="ports",
            kind=kind.name,
        )
    given = arguments[1:] or (next(iter(inputs)),)
    variables = tuple(variable for term in given for variable in variables_of(term, kind))
    for variable in variables:
        check_variable(net, variable, kind)
    settings = {
        "inputs": tuple(inputs),
        "outputs": tuple(net.structure.outputs),
        "variables": variables,
        "integers": tuple((name, port) for name, port in inputs.items() if port.element == "Integer"),
    }
    return {"Net": net}, (), settings


def shown(names: Any) -> str:
    return ", ".join(f'"{name}"' for name in names) or "none"


def check_variable(net: Net, variable: Variable, kind: Kind) -> None:
    """Raises NetError where a net has no input of reals of this name."""
    port = net.structure.inputs.get(variable.port)
    if port is None:
        ports = shown(net.structure.inputs)
        raise NetError(
            f'the net inside has no input port "{variable.port}"; its input ports are {ports}',
            tag="noport",
            kind=kind.name,
        )
    if port.element != "Real":
        raise NetError(
            f'the input "{variable.port}" of {net.kind.name} takes integers, in which there is no derivative',
            tag="ports",
            kind=kind.name,
        )


def variables_of(term: Term, kind: Kind) -> tuple[Variable, ...]:
    """Gives the variables that one argument means, in order; raises NetError."""
    port, *rest = elements(term) if is_list(term) else (term,)
    if type(port) is str and len(rest) <= 1:
        if not rest:
            return (Variable(port),)
        if type(rest[0]) is int and rest[0] > 0:
            return (Variable(port),) * rest[0]
        positions = positions_of(rest[0])
        if positions:
            return tuple(Variable(port, position) for position in positions)
    raise NetError(
        'a derivative is taken in "port", {"port", n} with a positive integer n, or {"port", {i, j, …}} with positions of '
        "elements, not in `1`",
        tag="args",
        kind=kind.name,
        terms=(term,),
    )


def positions_of(term: Term) -> tuple[Position, ...]:
    """Gives the positions {i, j, …} or {{i1, i2, …}, …}; () where the term is something else."""
    if not is_list(term):
        return ()
    found = tuple(tuple(elements(item)) if is_list(item) else (item,) for item in elements(term))
    valid = all(position and all(type(number) is int and number for number in position) for position in found)
    return found if valid else ()
