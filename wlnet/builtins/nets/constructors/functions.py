"""FunctionLayer: a function of the language traced into a graph of layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wlnet.builtins.nets.constructors.containers import ports_from
from wlnet.builtins.nets.constructors.formulas import slots_of
from wlnet.builtins.nets.constructors.layers import constructor
from wlnet.builtins.nets.tracing import loops, parts, scopes  # noqa: F401  what they declare is traced
from wlnet.builtins.nets.tracing.traced_terms import UNKNOWN
from wlnet.builtins.nets.tracing.tracer import Tracer
from wlnet.errors import AlreadyTold, DimensionError, NetError
from wlnet.kernel import Kernel
from wlnet.nets import Kind, Net, Port
from wlnet.nets.connecting import end_edges
from wlnet.nets.containers import assemble
from wlnet.nets.dimensions import is_known, show
from wlnet.terms import Association, Expression, S, Term, is_head, list_of


@constructor("FunctionLayer")
def make_function_layer(kernel: Kernel, kind: Kind, arguments: Sequence[Term], options: dict[str, Term]) -> Net:
    if len(arguments) != 1:
        raise NetError("one function is expected", tag="args", kind=kind.name)
    given = options.pop("Net", None)
    ports = ports_from(kind, options)
    inner = given if isinstance(given, Net) else trace_function(kernel, arguments[0], ports)
    return assemble(
        "FunctionLayer", {"Net": inner}, end_edges({"Net": inner}), ports, named=True,
        multiplier=options.get("LearningRateMultipliers"), arguments=tuple(arguments),
    )  # fmt: skip


def trace_function(kernel: Kernel, function: Term, ports: Mapping[str, Port]) -> Net:
    """Gives the graph that computes a function; raises NetError naming the first thing that cannot be traced."""
    try:
        return traced_net(kernel, function, ports)
    except AlreadyTold:
        raise
    except NetError as error:
        if error.tag == UNKNOWN:
            raise NetError(
                f"{error.message}; specify them: {ports_to_write(function, ports)}",
                tag="dims", kind="FunctionLayer", terms=error.terms,
            ) from None  # fmt: skip
        if error.kind == "FunctionLayer":
            raise
        named = error.message if error.kind is None or error.kind in error.message else f"{error.kind}: {error.message}"
        shown = ", ".join(f'"{name}": {show(port.shape)}' for name, port in ports.items())
        if isinstance(error, DimensionError) and shown:
            named = f"{named} (with the ports {shown})"
        raise type(error)(named, tag=error.tag, kind="FunctionLayer", terms=error.terms) from None


def ports_to_write(function: Term, ports: Mapping[str, Port]) -> str:
    """Gives options that would say the dimensions that are not known yet, as they could be typed."""
    names = input_names(function, ports)
    unknown = [name for name in names if name not in ports or not is_known(ports[name].shape)] or names
    shown = ", ".join(f'"{name}" -> {{3, 4}}' for name in unknown)
    return f"FunctionLayer[…, {shown}] for {'a matrix' if len(unknown) == 1 else 'matrices'} of 3 rows and 4 columns"


def traced_net(kernel: Kernel, function: Term, ports: Mapping[str, Port]) -> Net:
    tracer = Tracer(kernel, {name: port.shape for name, port in ports.items()})
    value = tracer.walk(applied(tracer, function, ports))
    if type(value) is not Association:
        return tracer.net({"Output": value})
    if not value or not all(type(name) is str for name in value.keys()):  # noqa: SIM118
        raise NetError(
            "an association as the result needs strings as keys, the names of the outputs",
            tag="ports",
            kind="FunctionLayer",
        )
    return tracer.net(dict(value.items()))


def applied(tracer: Tracer, function: Term, ports: Mapping[str, Port]) -> Expression:
    """Gives the function applied to what comes in at its ports; raises NetError."""
    names = input_names(function, ports)
    wires = {name: tracer.input(name) for name in names}
    if slots_of(function)[0]:
        return Expression(function, (Association(wires.items()),))
    return Expression(function, (wires["Input"] if "Input" in wires else list_of(*wires.values()),))


def input_names(function: Term, ports: Mapping[str, Port]) -> tuple[str, ...]:
    """Gives the inputs of a function: "Input", one for each named slot, or, for Apply[f], "1", "2", …; raises NetError."""
    names, count = slots_of(function)
    if names:
        return names
    if not is_head(function, S.Apply, 1):
        if count > 1:
            raise NetError(
                f"a function of {count} arguments came, and a FunctionLayer gives it one; write Apply[`1`] to have the inputs "
                '"1", "2", …, or a function of named slots such as #a + #b &',
                tag="args", kind="FunctionLayer", terms=(function,),
            )  # fmt: skip
        return ("Input",)
    if "Input" in ports:
        return ("Input",)
    _, count = slots_of(function.args[0])
    while str(count + 1) in ports:
        count += 1
    if not count:
        raise NetError(
            "how many arguments `1` takes is not known; specify the ports, as by FunctionLayer[Apply[`1`], "
            '"1" -> 3, "2" -> 3] for two vectors of size 3, or "Input" -> {2, 3} for both in one array',
            tag="args", kind="FunctionLayer", terms=(function.args[0],),
        )  # fmt: skip
    return tuple(map(str, range(1, count + 1)))
