"""Layers of the user's own: a function run by the evaluator, and a place to be filled later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import NetError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, anything, argument, option
from wlnet.nets.dimensions import unify
from wlnet.terms import NONE, Association, S, Term, elements, is_list


def compiled_inner(settings: Mapping[str, Any]) -> dict[str, str]:
    return {"Net": "Input: ...s -> Output: ...t"} if settings.get("traced") else {}


def solve_compiled(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """What comes out of a function that was not traced is found out by a trial with ones."""
    shape = known.get("...s")
    if not settings.get("traced") and shape is not None and all(isinstance(size, int) for size in shape):
        known["...t"] = unify(known.get("...t"), settings["Function"].result_shape(shape))


@layer(
    "CompiledLayer",
    category="Custom layers",
    arguments=(argument("Function", anything, required=True), argument("Gradient", anything, "Automatic")),
    ports="Input: ...s -> Output: ...t",
    inner=compiled_inner,
    container=False,
    solve=solve_compiled,
)
def compiled_layer(call: Call, *inputs: Any) -> Any:
    """CompiledLayer[f] is the layer that applies a function of one array to its input.
    CompiledLayer[f, None] has no gradient: whatever comes before it learns nothing through it.
    CompiledLayer[f, g] has the gradient g[input, gradient], or g[input, gradient, output], in its input.

    Details: Parameters may have types, as in Function[{Typed[x, TypeSpecifier["PackedArray"]["Real32", 1]]}, …]; Typed[f, type] and
    KernelFunction[f] stand for f. Where f is something that FunctionLayer takes, CompiledLayer[f] is run and differentiated
    as a net; otherwise, and with a second argument, the evaluator runs f, as slowly as it does, and without g there is no
    gradient. f takes one example; where the type of its parameter has one dimension more than the "Input" that is
    specified, it takes a batch. The dimensions of the output of a function that is evaluated are found by a trial.

    Examples:
        >> CompiledLayer[Function[{Typed[x, TypeSpecifier["PackedArray"]["Real32", 1]]}, x^2 + 1]][{1., 2.}]
        = {2., 5.}
        >> CompiledLayer[Function[x, x^2]][{1., 3.}, NetPortGradient["Input"]]
        = {2., 6.}
        >> CompiledLayer[Round, None][{1.2, 2.7}]
        = {1., 3.}
        >> CompiledLayer[Round, None, "Input" -> 2][{1.2, 2.7}, NetPortGradient["Input"]]
        = {0., 0.}
        >> CompiledLayer[Function[x, x^3], Function[{x, g}, 3 g x^2], "Input" -> 2][{1., 2.}, NetPortGradient["Input"]]
        = {3., 12.}
        >> CompiledLayer[Exp, Function[{x, g, y}, g y], "Input" -> "Real"][0., NetPortGradient["Input"]]
        = 1.
        >> CompiledLayer[Function[{Typed[x, "PackedArray"::["Real32", 2]]}, x - 1], #2 &, "Input" -> 2][{{1., 2.}, {3., 4.}}]
        = {{0., 1.}, {2., 3.}}
        >> NetExtract[CompiledLayer[Function[x, Append[x, StringLength["abc"]]], Most[#2] &, "Input" -> 2], "Output"]
        = 3
    Options: "Input":
        >> NetExtract[CompiledLayer[Total, "Input" -> {2, 3}], "Output"]
        = 3
    Options: "Output":
        >> NetExtract[CompiledLayer[Function[x, x + 1], "Output" -> 3], "Input"]
        = 3
    Options: LearningRateMultipliers:
        >> Head[CompiledLayer[Function[x, 2 x], LearningRateMultipliers -> 1]]
        = CompiledLayer
    Possible issues:
        >> CompiledLayer[Function[x, x + StringLength["a"]*Length[Select[x, # > 0 &]]]][{1., 2.}]
        = {3., 4.}
        message: CompiledLayer::nograd
        >> CompiledLayer[Function[x, "text"], None][{1., 2.}]
        = $Failed
        message: CompiledLayer::data
    Source: https://reference.wolfram.com/language/ref/CompiledLayer.html
    """
    if call["traced"]:
        apply, x = inputs
        return apply("Net", x)[0]
    function = call["Function"]
    return call.ops.run_function(*inputs, forward=function.forward, backward=function.backward)


def names_of_ports(default: str) -> Any:
    """Gives what reads InputPorts or OutputPorts: the names of the ports."""

    def convert(term: Term) -> tuple[str, ...]:
        if term is S.Automatic:
            return (default,)
        if type(term) is int and term > 0:
            return (default,) if term == 1 else tuple(f"{default}{i}" for i in range(1, term + 1))
        if type(term) is Association and term and all(type(name) is str for name in term.keys()):  # noqa: SIM118
            return tuple(term.keys())
        items = elements(term) if is_list(term) else ()
        if items and all(type(item) is str and item not in ("Real", "Integer", "Varying") for item in items):
            return tuple(items)
        if items:
            return (default,) if len(items) == 1 else tuple(f"{default}{i}" for i in range(1, len(items) + 1))
        raise Unfit("a number, a list of names or of shapes, an association of both, or Automatic")

    return convert


def placeholder_ports(settings: Mapping[str, Any]) -> str:
    sides = (settings.get("InputPorts") or ("Input",), settings.get("OutputPorts") or ("Output",))
    return " -> ".join(", ".join(f"{name}: *" for name in names) for names in sides)


@layer(
    "PlaceholderLayer",
    category="Custom layers",
    arguments=(argument("Tag", anything, NONE), argument("Information", anything, NONE)),
    options={
        "Arrays": option("Arrays", anything, None, NONE),
        "InputPorts": option("InputPorts", names_of_ports("Input"), ("Input",), S.Automatic),
        "OutputPorts": option("OutputPorts", names_of_ports("Output"), ("Output",), S.Automatic),
    },
    ports=placeholder_ports,
)
def placeholder_layer(call: Call, *inputs: Any) -> Any:
    """PlaceholderLayer[] stands in a net for a layer that is to be put there later.
    PlaceholderLayer["tag", information] says what it stands for.

    Details: Its ports may have any dimensions; none follow from others. A net that holds it can be built and changed, but
    neither evaluated nor trained. NetReplacePart and NetReplace put a layer in its place.

    Examples:
        >> net = NetChain[{Ramp, PlaceholderLayer[], 2}, "Input" -> 3];
        >> NetExtract[NetInitialize[NetReplacePart[net, 2 -> LinearLayer[4]]], {3, "Input"}]
        = 4
        >> NetReplace[NetChain[{Ramp, PlaceholderLayer["Roll"]}], _PlaceholderLayer -> ElementwiseLayer[2 # &]][{1., -1.}]
        = {2., 0.}
        >> NetExtract[PlaceholderLayer["Roll", <|"Shift" -> 1|>, "Input" -> 3, "Output" -> {2, 2}], "Output"]
        = {2, 2}
    Options: "Arrays":
        >> StringContainsQ[ToString[PlaceholderLayer["Dense", "Arrays" -> {"Weights"}], InputForm], "Weights"]
        = True
    Options: InputPorts:
        >> Information[PlaceholderLayer[InputPorts -> {"a", "b"}], "InputPortNames"]
        = {"a", "b"}
        >> NetExtract[PlaceholderLayer[InputPorts -> {3, {2, 2}}], "Input2"]
        = {2, 2}
    Options: OutputPorts:
        >> NetExtract[PlaceholderLayer[OutputPorts -> <|"Mean" -> 3, "Count" -> "Real"|>], "Mean"]
        = 3
        >> Information[PlaceholderLayer[OutputPorts -> 2], "OutputPortNames"]
        = {"Output1", "Output2"}
    Options: "Input":
        >> NetExtract[PlaceholderLayer["Input" -> {2, "Varying"}], "Input"]
        = {2, "Varying"}
    Options: "Output":
        >> NetExtract[NetChain[{PlaceholderLayer["Output" -> 5], 2}], {2, "Input"}]
        = 5
    Possible issues:
        >> PlaceholderLayer["Roll"][{1., 2.}]
        = $Failed
        message: PlaceholderLayer::placeholder
    Source: https://reference.wolfram.com/language/ref/PlaceholderLayer.html
    """
    shown = "" if call["Tag"] is NONE else " for `1`"
    raise NetError(
        f"there is only a placeholder{shown} here, which computes nothing; put a layer in its place with NetReplacePart "
        "or NetReplace",
        tag="placeholder",
        kind="PlaceholderLayer",
        terms=() if call["Tag"] is NONE else (call["Tag"],),
    )
