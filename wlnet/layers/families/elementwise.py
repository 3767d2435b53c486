"""Layers that apply a function to each element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.structure import names_of_inputs
from wlnet.layers.formula import ACTIVATIONS, Formula
from wlnet.layers.settings import Unfit, argument, text
from wlnet.nets.dimensions import Dimension, Disagreement, show, unify_dimension
from wlnet.terms import NONE, S, Term, elements, is_list


def elementwise_function(term: Term) -> Any:
    """Takes a Formula (made by the language of a function), or the name of an activation."""
    if type(term) is Formula:
        return term
    if type(term) is str and term in ACTIVATIONS:
        return term
    raise Unfit("a function of one number, such as Ramp or (2 # + 1 &), or one of " + ", ".join(sorted(ACTIVATIONS)))


@layer(
    "ElementwiseLayer",
    category="Elementwise layers",
    arguments=(argument("Function", elementwise_function, required=True),),
    ports="Input: ...s -> Output: ...s",
)
def elementwise_layer(call: Call, x: Any) -> Any:
    """ElementwiseLayer[f] applies the function f to every element of its input.
    ElementwiseLayer["name"] applies the activation of this name, such as "ReLU", "GELU", "ELU" or "Swish".

    Details: f is a symbol such as Ramp, Tanh or LogisticSigmoid, or a function made of numbers, arithmetic, elementary
    functions, comparisons, If, Which, Piecewise, Max, Min, Clip and Mod.

    Examples:
        >> ElementwiseLayer[Ramp][{-1., 2.}]
        = {0., 2.}
        >> ElementwiseLayer[2 # + 1 &][{{1., 2.}}]
        = {{3., 5.}}
        >> ElementwiseLayer[If[# > 0, #, 0.1 #] &][{-1., 2.}]
        = {-0.1, 2.}
        >> ElementwiseLayer["ELU"][{-1., 2.}]
        = {-0.6321206, 2.}
        >> names = {"SELU", "GELU", "Swish", "HardSwish", "Mish", "SoftSign", "SoftPlus", "HardTanh", "HardSigmoid"};
        >> Through[Map[ElementwiseLayer, names][-1.]]
        = {-1.1113307, -0.1586553, -0.2689414, -0.3333333, -0.3034015, -0.5, 0.3132617, -1., 0.}
        >> ElementwiseLayer["Swish"[2 #] - 1 &][{0.}]
        = {-1.}
        >> ElementwiseLayer[Which[# < 0, Surd[#, 3], # < 1, Mod[#, 0.4], True, Clip[#, {0, 2}]] &][{-8., 0.5, 3.}]
        = {-2., 0.1, 2.}
        >> ElementwiseLayer[Piecewise[{{1, Positive[#]}, {-1, Negative[#]}}] &][{-8., 0., 3.}]
        = {-1., 0., 1.}
        >> ElementwiseLayer[Threshold[#, 0.5] + Chop[#, 0.3] + If[PossibleZeroQ[#], 5, 0] &][{0.2, 0.4, 0.7, 0.}]
        = {0., 0.4, 1.4, 5.}
        >> NetExtract[ElementwiseLayer[Tanh], "Function"]
        = Tanh
    Options: "Input":
        >> NetExtract[ElementwiseLayer[Tanh, "Input" -> {2, 3}], "Output"]
        = {2, 3}
    Options: "Output":
        >> NetExtract[ElementwiseLayer[Tanh, "Output" -> "Real"], "Input"]
        = "Real"
    Possible issues:
        >> ElementwiseLayer[StringLength][{1., 2.}]
        = $Failed
        message: ElementwiseLayer::function
        >> ElementwiseLayer["NoSuchActivation"]
        = $Failed
        message: ElementwiseLayer::args
    Source: https://reference.wolfram.com/language/ref/ElementwiseLayer.html
    """
    function = call["Function"]
    if type(function) is str:
        return ACTIVATIONS[function](call.ops, x)
    return function.apply(call.ops, "ElementwiseLayer", x)


def threading_ports(settings: Mapping[str, Any]) -> str:
    inputs = names_of_inputs(settings)
    return ", ".join(f"{name}: ...s{i}" for i, name in enumerate(inputs)) + " -> Output: ...t"


def replication(term: Term) -> Any:
    """Takes None (no replication), Automatic (axes of size 1), a level at which dimensions are inserted, or a list of
    those, one for each input.
    """
    if is_list(term) and elements(term):
        return tuple(map(replication_of_one, elements(term)))
    return replication_of_one(term)


def replication_of_one(term: Term) -> Any:
    if term is S.Automatic or term is NONE:
        return text(term)
    if type(term) is int and term != 0:
        return term
    raise Unfit("None, Automatic, a level (an integer), or a list of those, one for each input")


def levels_of(settings: Mapping[str, Any], count: int) -> tuple[Any, ...]:
    """Gives the replication of each input; raises DimensionError."""
    level = settings["Replication"]
    if not isinstance(level, tuple):
        return (level,) * count
    if count and len(level) != count:
        raise DimensionError(f"there are {len(level)} specifications of replication, but {count} inputs")
    return level


def aligned(shape: tuple[Any, ...], rank: int, level: Any) -> tuple[Any, ...]:
    """Gives the dimensions with ones inserted where the replication level says, up to the rank."""
    missing = rank - len(shape)
    if level == "Automatic" and not shape:
        return (1,) * rank
    if not missing or not isinstance(level, int):
        return shape
    place = level - 1 if level > 0 else len(shape) + level + 1
    place = max(0, min(len(shape), place))
    return shape[:place] + (1,) * missing + shape[place:]


def common_rank(ranks: Sequence[int], levels: Sequence[Any]) -> int:
    """Gives the rank that all inputs get: the highest, or one more where all have that and levels that are not the same."""
    apart = len(set(ranks)) == 1 and len(set(levels)) > 1 and all(isinstance(level, int) for level in levels)
    return max(ranks) + apart


def replicated(dimensions: Sequence[Dimension], levels: Sequence[Any]) -> Dimension:
    """Gives the dimension that some become: a 1 takes the size of the others, unless its input is not to be replicated."""
    given = [size for size, level in zip(dimensions, levels, strict=True) if size != 1 or level == "None"]
    return reduce(unify_dimension, given) if given else 1


def solve_threading(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """All dimensions agree; with replication, dimensions of size 1 (or missing ones) take the size of the others."""
    count = settings.get("inputs") or 0
    shapes = [known.get(f"...s{i}") for i in range(count)]
    levels = [level for level, shape in zip(levels_of(settings, count), shapes, strict=False) if shape is not None]
    present = [shape for shape in shapes if shape is not None]
    output = known.get("...t")
    if not present:
        if output is not None and settings["Replication"] == "None":
            known.update({f"...s{i}": output for i in range(count)})
        return
    rank = common_rank([len(shape) for shape in present], levels)
    spread = [aligned(shape, rank, level) for shape, level in zip(present, levels, strict=True)]
    if any(len(shape) != rank for shape in spread):
        shown = " and ".join(show(shape) for shape in present)
        raise DimensionError(
            f"the inputs {shown} have different ranks; ThreadingLayer[f, n] inserts dimensions at level n, and "
            "ThreadingLayer[f, -1] at the deepest one"
        )
    common = list(map(replicated, zip(*spread, strict=True), [levels] * rank)) if rank else []
    if len(present) < count and None not in common and settings["Replication"] == "None":
        known.update({f"...s{i}": tuple(common) for i in range(count) if shapes[i] is None})
    elif len(present) < count:
        return
    if output is not None:
        if len(output) != rank:
            raise Disagreement
        common = [unify_dimension(a, b) for a, b in zip(output, common, strict=True)]
    known["...t"] = tuple(common)
    for index, given in enumerate(shapes):
        if given is not None and len(given) == rank:
            known[f"...s{index}"] = tuple(d if isinstance(d, int) else c for d, c in zip(given, common, strict=True))


def threading_function(term: Term) -> Any:
    """Takes a function of the number of arguments that gives a Formula (made by the language)."""
    if callable(term) and not isinstance(term, type):
        return term
    raise Unfit("a function of several numbers, such as Plus or (#1 - #2 &)")


@layer(
    "ThreadingLayer",
    category="Elementwise layers",
    arguments=(
        argument("Function", threading_function, required=True),
        argument("Replication", replication, "Automatic"),
    ),
    ports=threading_ports,
    solve=solve_threading,
    variadic=True,
)
def threading_layer(call: Call, *inputs: Any) -> Any:
    """ThreadingLayer[f] applies the function f to the corresponding elements of its inputs.
    ThreadingLayer[f, n] replicates an input of lower rank by inserting dimensions at level n.
    ThreadingLayer[f, -n] counts the level from the end; -1 replicates at the deepest level, as Plus does with lists.
    ThreadingLayer[f, {spec1, spec2, …}] has a level, None or Automatic for each input.

    Details: f is Plus, Times, Subtract, Divide, Power, Max, Min, … or any function of several arguments made of what
    ElementwiseLayer takes. By default, numbers and dimensions of size 1 are replicated; None replicates nothing. Inputs
    of one rank with different levels all get a dimension: {1, 2} combines each element with each, as Outer does. The ports
    are "Input1", "Input2", …, or have the names of the slots of f, or those of InputPorts. A ConstantArrayLayer[] among
    the inputs gets their dimensions when the net is initialized.

    Examples:
        >> ThreadingLayer[Plus][{{1., 2.}, {3., 4.}}]
        = {4., 6.}
        >> ThreadingLayer[#1 #2 + 1 &][{{1., 2.}, {3., 4.}}]
        = {4., 9.}
        >> ThreadingLayer[Plus, -1][{{{1., 2.}, {3., 4.}}, {10., 20.}}]
        = {{11., 12.}, {23., 24.}}
        >> ThreadingLayer[Plus, 1][{{{1., 2.}, {3., 4.}}, {10., 20.}}]
        = {{11., 22.}, {13., 24.}}
        >> ThreadingLayer[Plus, {1, 2}][{{1., 2.}, {{10.}, {20.}}}]
        = {{11., 12.}, {21., 22.}}
        >> ThreadingLayer[Plus, {1, 2}][{{1., 2., 3.}, {10., 20.}}]
        = {{11., 12., 13.}, {21., 22., 23.}}
        >> ThreadingLayer[Plus, {None, -1}][{{{1., 2.}, {3., 4.}}, {10., 20.}}]
        = {{11., 12.}, {23., 24.}}
        >> ThreadingLayer[Plus][{{{1., 2.}, {3., 4.}}, {{10., 20.}}}]
        = {{11., 22.}, {13., 24.}}
        >> net = NetInitialize[NetGraph[{Tanh, ConstantArrayLayer[], ThreadingLayer[Times]}, {{1, 2} -> 3}, "Input" -> {2, 3}]]
        >> Dimensions[NetExtract[net, {2, "Array"}]]
        = {2, 3}
        >> ThreadingLayer["Swish"[#1] + Clip[#1, {-#2, #2}] &][{{0., -5.}, {1., 0.}}]
        = {0., -0.0334643}
        >> {ThreadingLayer[Surd[#1, 3] + #2 &][{{8.}, {2.}}], ThreadingLayer[ArcTan][{{1.}, {1.}}], ThreadingLayer[Erf][{{0.}, {1.}}]}
        = {{4.}, {0.7853982}, {0.8427008}}
        >> ThreadingLayer[Which[#1 > #2, 1, #1 == #2, 0, True, -1] &][{{5., 2., 1.}, {2., 2., 2.}}]
        = {1., 0., -1.}
        >> ThreadingLayer[#a - #b &][<|"a" -> {3.}, "b" -> {1.}|>]
        = {2.}
    Options: InputPorts:
        >> NetExtract[ThreadingLayer[Plus, InputPorts -> {3, 3}], "Output"]
        = 3
        >> NetExtract[ThreadingLayer[Plus, 1, InputPorts -> <|"a" -> {"Varying", 3}, "b" -> 3|>], "Output"]
        = {"Varying", 3}
        >> NetExtract[ThreadingLayer[Plus, "Input1" -> 3, "Input2" -> 3], "Output"]
        = 3
    Options: "Output":
        >> NetExtract[ThreadingLayer[Plus, InputPorts -> 2, "Output" -> 3], "Output"]
        = 3
    Possible issues:
        >> ThreadingLayer[Plus, InputPorts -> {2, 3}]
        = $Failed
        message: ThreadingLayer::dims
        >> ThreadingLayer[Plus, None, InputPorts -> {{2, 3}, {1, 3}}]
        = $Failed
        message: ThreadingLayer::dims
        >> ThreadingLayer[Plus, {1, None}, InputPorts -> {2, 2, 2}]
        = $Failed
        message: ThreadingLayer::dims
    Source: https://reference.wolfram.com/language/ref/ThreadingLayer.html
    """
    levels = levels_of(call.settings, len(inputs))
    rank = common_rank([x.ndim - 1 for x in inputs], levels)
    arrays = []
    for x, level in zip(inputs, levels, strict=True):
        if x.ndim <= rank:
            x = call.ops.reshape(x, shape=(call.batch, *aligned(x.shape[1:], rank, level)))
        arrays.append(x)
    return call["Function"](len(inputs)).apply(call.ops, "ThreadingLayer", *arrays)
