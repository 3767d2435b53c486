"""Arrays of nets: NetArray, sharing, initialization."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import AlreadyTold, NetError
from wlnet.kernel import Kernel, Message, builtin
from wlnet.layers.settings import text
from wlnet.nets import Net, initialize, insert_shared_arrays
from wlnet.terms import FAILED, Expression, S, Term, elements, is_head, is_list


@builtin("NetArray", category="Containers")
def net_array(kernel: Kernel, *specification: Term) -> Term | None:
    """NetArray["name"] stands for an array that is the same wherever a net has this name.
    NetArray[] stands for an array with a name of its own.
    NetArray[array] gives its initial values.
    NetArray[<|"Name" -> name, "Array" -> array, "Dimensions" -> dims, …|>] says several things of it.

    Details: Use it as the value of an array option ("Weights" -> NetArray["W"]) or inside FunctionLayer. "Array" may be
    the name of a method of initialization; "Method" -> name sets the method besides values, for NetInitialize[net, All].
    "View" lets a layer see the shared array in another arrangement: "View" -> Transpose, or "View" -> {n1, n2, …} to
    reshape it; there is still one array, and "Array" is its value as stored, not as seen. "Trainable" -> False keeps
    the array as it is while the net trains, and in NetInitialize[net, All]; in NetArrayLayer it is a constant. "Constraint" holds its values after
    every step of training to "NonNegative", {"Clip", {min, max}}, "UnitNorm" or {"MaxNorm", r} (the Euclidean norm of
    each element of the first dimension, of a vector as a whole), or to what a function makes of them. What one use
    of a shared array says holds for all. "Name" -> None says these things of an array that is not shared.

    Examples:
        >> net = NetInitialize[NetChain[{LinearLayer[2, "Weights" -> NetArray["W"]], Ramp, LinearLayer[2, "Weights" -> NetArray["W"]]}]];
        >> NetExtract[net, {1, "Weights"}] === NetExtract[net, {3, "Weights"}]
        = True
        >> Information[net, "ArraysPositionList"]
        = {NetArray["W"], {1, "Biases"}, {3, "Biases"}}
        >> Normal[NetExtract[NetInitialize[LinearLayer[1, "Input" -> 2, "Weights" -> NetArray[<|"Array" -> "Zeros"|>]]], "Weights"]]
        = {{0., 0.}}
        >> encoder = LinearLayer[2, "Weights" -> NetArray["T"], "Input" -> 5];
        >> decoder = LinearLayer[5, "Weights" -> NetArray[<|"Name" -> "T", "View" -> Transpose|>]];
        >> Information[NetChain[{encoder, Tanh, decoder}], "ArraysDimensions"][NetArray["T"]]
        = {2, 5}
        >> LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "T", "Array" -> {{1}, {2}}, "View" -> Transpose|>], "Biases" -> None][{1., 1.}]
        = {3.}
        >> constant = NetArrayLayer["Array" -> NetArray[<|"Name" -> None, "Array" -> {1, 2}, "Trainable" -> False|>]];
        >> Information[constant, "ArraysLearningRateMultipliers"]
        = <|{"Array"} -> 0|>
        >> layer = LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "W", "Constraint" -> "NonNegative"|>], "Biases" -> None];
        >> Min[Normal[NetTrain[layer, {{1, 2} -> {-3}, {2, 1} -> {-3}}, MaxTrainingRounds -> 20][["Weights"]]]]
        = 0.
        >> even = LinearLayer[1, "Weights" -> NetArray[<|"Constraint" -> (# / Max[Abs[#]] &)|>], "Input" -> 1];
        >> Head[NetTrain[even, {{1} -> {2}}, MaxTrainingRounds -> 2]]
        = LinearLayer
        >> Information[NetChain[{layer, Ramp}], "ArraysConstraints"]
        = <|NetArray["W"] -> "NonNegative"|>
    Possible issues:
        >> LinearLayer[2, "Weights" -> NetArray[<|"Constraint" -> "Positive"|>]]
        = $Failed
        message: LinearLayer::array
        >> use[trains_] := LinearLayer[2, "Weights" -> NetArray[<|"Name" -> "W", "Trainable" -> trains|>]];
        >> NetChain[{use[True], use[False]}]
        = $Failed
        message: NetChain::shprop
        >> NetTrain[LinearLayer[1, "Weights" -> NetArray[<|"Constraint" -> Total|>]], {{1, 1} -> {2}}, MaxTrainingRounds -> 1]
        = $Failed
        message: NetTrain::constraint
    Source: https://reference.wolfram.com/language/ref/NetArray.html
    """
    return None


@builtin("NetSharedArray", category="Containers")
def net_shared_array(kernel: Kernel, name: Term) -> Term | None:
    """NetSharedArray["name"] is the older spelling of NetArray["name"].

    Examples:
        >> NetSharedArray["W"]
        = NetArray["W"]
    Source: https://reference.wolfram.com/language/ref/NetSharedArray.html
    """
    return Expression(S.NetArray, (name,))


def net_argument(name: str, net: Term) -> Net:
    """Gives the net that a function was given, or the message that it is none."""
    if isinstance(net, Net):
        return net
    if net is FAILED:
        raise AlreadyTold
    raise Message("invnet", net, symbol=name, result=FAILED, text="A net is expected as the first argument, not `1`.")


@builtin("NetInsertSharedArrays", category="Surgery")
def net_insert_shared_arrays(kernel: Kernel, net: Term, prefix: Term = "") -> Term | None:
    """NetInsertSharedArrays[net] makes every array of a net a shared one, named by its position.
    NetInsertSharedArrays[net, "prefix"] puts the prefix before the names.

    Details: In a layer the names are "Weights", "Biases", …; inside containers the position comes first: "1/Weights".
    The prefix is put before the name as it is. Arrays that are shared already keep their names. Moving means and
    variances cannot be shared.

    Examples:
        >> layer = NetInsertSharedArrays[LinearLayer[2, "Input" -> 2]]; Information[layer, "ArraysPositionList"]
        = {NetArray["Weights"], NetArray["Biases"]}
        >> Information[NetInsertSharedArrays[NetChain[{2, Ramp, 3}], "a/"], "ArraysPositionList"]
        = {NetArray["a/1/Weights"], NetArray["a/1/Biases"], NetArray["a/3/Weights"], NetArray["a/3/Biases"]}
        >> Information[{NetInitialize[NetChain[{layer, Ramp, layer}]], layer}, "ArraysTotalElementCount"]
        = {6, 6}
    Source: https://reference.wolfram.com/language/ref/NetInsertSharedArrays.html
    """
    found = net_argument("NetInsertSharedArrays", net)
    if type(prefix) is not str:
        raise NetError("the prefix must be a string, not `1`", tag="args", terms=(prefix,))
    return insert_shared_arrays(found, prefix)


@builtin(
    "NetInitialize",
    category="Training and evaluation",
    options={"Method": "Kaiming", "RandomSeeding": 1234},
)
def net_initialize(kernel: Kernel, net: Term, which: Term = S.Automatic, *, options: Mapping[str, Term]) -> Term | None:
    """NetInitialize[net] gives values to all arrays of a net that have none.
    NetInitialize[net, All] gives new values to all arrays.

    Details: Weights are random, biases zero, scalings one. A shared array gets one value. The same seed gives the same
    arrays. Methods: "Kaiming", "Xavier", "Orthogonal", "Random", "Identity", "Zeros"; suboptions as in
    {"Xavier", "Distribution" -> "Uniform"}.

    Examples:
        >> Normal[NetExtract[NetInitialize[LinearLayer[2, "Input" -> 3]], "Biases"]]
        = {0., 0.}
        >> NetInitialize[LinearLayer[2, "Input" -> 3]] === NetInitialize[LinearLayer[2, "Input" -> 3]]
        = True
        >> Normal[NetExtract[NetInitialize[LinearLayer[1, "Input" -> 2, "Weights" -> {{5, 6}}]], "Weights"]]
        = {{5., 6.}}
        >> Normal[NetExtract[NetInitialize[LinearLayer[1, "Input" -> 1, "Biases" -> {6}], All], "Biases"]]
        = {0.}
    Options: Method:
        >> w = Normal[NetExtract[NetInitialize[LinearLayer[2, "Input" -> 2], Method -> "Orthogonal"], "Weights"]];
        >> Round[w . Transpose[w], 0.001]
        = {{1., 0.}, {0., 1.}}
        >> Max[Abs[NetExtract[NetInitialize[LinearLayer[9, "Input" -> 6], Method -> {"Xavier", "Distribution" -> "Uniform"}], "Weights"]]] < 1
        = True
    Options: RandomSeeding:
        >> NetInitialize[LinearLayer[2, "Input" -> 3], RandomSeeding -> 1] === NetInitialize[LinearLayer[2, "Input" -> 3], RandomSeeding -> 2]
        = False
    Possible issues:
        >> NetInitialize[LinearLayer[2]]
        = $Failed
        message: NetInitialize::unknown
    Source: https://reference.wolfram.com/language/ref/NetInitialize.html
    """
    found = net_argument("NetInitialize", net)
    if which is not S.Automatic and which is not S.All:
        raise NetError("the second argument can only be All, not `1`", tag="args", terms=(which,))
    method, suboptions = method_from(options["Method"])
    return initialize(
        found, method=method, suboptions=suboptions, seed=seed_from(kernel, options["RandomSeeding"]),
        everything=which is S.All,
    )  # fmt: skip


def seed_from(kernel: Kernel, term: Term) -> int | str | None:
    """Gives the seed that RandomSeeding means: a number or string, Automatic (None: fresh), Inherited (SeedRandom's)."""
    if term is S.Automatic:
        return None
    if text(term) == "Inherited":
        return int(kernel.random.integers(2**62))
    if type(term) is int or type(term) is str:
        return term
    raise NetError(
        "RandomSeeding must be an integer, a string, Automatic or Inherited, not `1`", tag="option", terms=(term,)
    )


SUBOPTIONS = ("Biases", "Distribution", "FactorType", "Weights")


def method_from(term: Term) -> tuple[str, dict[str, Any]]:
    """Gives the name and the suboptions of a method of initialization; raises NetError."""
    parts = elements(term) if is_list(term) else (term,)
    if not parts:
        raise NetError("Method must be a name, or {name, suboptions…}", tag="method")
    name = "Kaiming" if parts[0] is S.Automatic else text(parts[0])
    suboptions: dict[str, Any] = {}
    for item in parts[1:]:
        key = text(item.args[0]) if is_head(item, S.Rule, 2) else None
        if key not in SUBOPTIONS:
            raise NetError("`1` is not a suboption of a method of initialization", tag="method", terms=(item,))
        value = item.args[1]
        words = ("Normal", "Uniform", "Mean", "In", "Out")
        suboptions[key] = value if type(value) is str and value in words else distribution(value)
    return name or "", suboptions


def distribution(term: Term) -> tuple[str, float, float] | None:
    """Gives (name, first, second) of a distribution; a number s means the normal distribution of deviation s."""
    if text(term) == "None":
        return None
    if type(term) in (int, float):
        return "Normal", 0.0, float(term)
    args = getattr(term, "args", ())
    if is_head(term, S.NormalDistribution):
        mean, deviation = (*args, 0, 1)[:2] if args else (0, 1)
        return "Normal", float(mean), float(deviation)
    if is_head(term, S.UniformDistribution) and args and is_list(args[0]):
        low, high = elements(args[0])
        return "Uniform", float(low), float(high)
    raise NetError("`1` is not a distribution that arrays can be initialized with", tag="method", terms=(term,))
