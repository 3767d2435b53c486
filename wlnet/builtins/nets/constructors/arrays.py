"""Arrays of nets: NetArray, sharing."""

from __future__ import annotations

from wlnet.errors import AlreadyTold, NetError
from wlnet.kernel import Kernel, Message, builtin
from wlnet.nets import Net, insert_shared_arrays
from wlnet.terms import FAILED, Expression, S, Term


@builtin("NetArray", category="Containers")
def net_array(kernel: Kernel, *specification: Term) -> Term | None:
    """NetArray["name"] stands for an array that is the same wherever a net has this name.
    NetArray[] stands for an array with a name of its own.
    NetArray[array] gives its initial values.
    NetArray[<|"Name" -> name, "Array" -> array, "Dimensions" -> dims, …|>] says several things of it.

    Details: Use it as the value of an array option ("Weights" -> NetArray["W"]) or inside FunctionLayer. "Array" may be
    the name of a method of initialization; "Method" -> name sets the method besides values, for NetInitialize[net, All].
    "View" lets a layer see the shared array in another arrangement: "View" -> Transpose, or "View" -> {n1, n2, …} to
    reshape it, or a function of both, as Transpose[#, {3, 1, 2}] & or ArrayReshape[Transpose[#], {6, 4}] &;
    there is still one array, and "Array" is its value as stored, not as seen. "Trainable" -> False keeps
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
        >> NetArrayLayer["Array" -> NetArray[<|"Array" -> {{1, 2}, {3, 4}}, "View" -> (ArrayReshape[Transpose[#], {4}] &)|>]][]
        = {1., 3., 2., 4.}
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
