"""What a user may do wrong: each message names the place and what would be right."""

from __future__ import annotations

import pytest

from wlnet.session import Session

LAYER = 'layer = NetInitialize[LinearLayer[2, "Input" -> 3]]; '
CLASSES = 'classes = NetChain[{2, SoftmaxLayer[]}, "Input" -> 2, "Output" -> NetDecoder[{"Class", {"a", "b"}}]]; '

#: What went wrong → (code, message, what its text must contain).
FAULTS = {
    "an option that there is not": (
        'LinearLayer[3, "Weight" -> 4]', "LinearLayer::optx", ['"Weight"', "Weights", "Biases", "Input"],
    ),
    "an option of a chain that there is not": ('NetChain[{2}, "Inptu" -> 3]', "NetChain::noport", ['"Inptu"', '"Input"']),
    "a wrong setting of an option": (
        'ConvolutionLayer[1, 3, "Stride" -> "a"]', "ConvolutionLayer::option", ["Stride", "positive integer"],
    ),
    "a wrong argument": ("LinearLayer[-1]", "LinearLayer::args", ["argument 1", "positive integer", "-1"]),
    "too many arguments": ("SoftmaxLayer[1, 2]", "SoftmaxLayer::args", ["2 arguments", "at most 1"]),
    "an argument that is missing": ("PoolingLayer[]", "PoolingLayer::args", ["argument 1", "KernelSize"]),
    "a value from a list of names": (
        'CrossEntropyLossLayer["Indx"]', "CrossEntropyLossLayer::args", ["argument 1", '"Index"', '"Binary"', "Indx"],
    ),
    "a port that is no shape": ('LinearLayer[2, "Input" -> foo]', "LinearLayer::port", ['"Input"', "foo", '"Real"']),
    "an array that is none": ('LinearLayer[2, "Weights" -> "a"]', "LinearLayer::array", ['"Weights"', "NetArray[…]"]),
    "an array with a hole": (
        'LinearLayer[1, "Weights" -> {{1, Indeterminate}}]', "LinearLayer::array", ['"Weights"', "numbers"],
    ),
    "an array that must be there": (
        'LinearLayer[2, "Weights" -> None]', "LinearLayer::array", ['"Weights"', "None"],
    ),
    "an array of the wrong dimensions": (
        'LinearLayer[3, "Weights" -> {{1, 2}}]', "LinearLayer::dims", ['"Weights"', "{3, _}", "{1, 2}"],
    ),
    "one name with two dimensions": (
        'NetChain[{LinearLayer[2, "Weights" -> NetArray["W"], "Input" -> 3], LinearLayer[4, "Weights" -> NetArray["W"]]}]',
        "NetChain::shdims", ['NetArray["W"]', '{1, "Weights"}', "{2, 3}", '{2, "Weights"}', "{4, _}", "another name"],
    ),
    "layers that do not fit together": (
        'NetChain[{LinearLayer[2], LinearLayer[3, "Input" -> 5]}]', "NetChain::dims", ["layer 1", "{2}", "layer 2", "{5}"],
    ),
    "no layer": ("NetChain[{Foo, 3}]", "NetChain::layer", ["Foo"]),
    "a layer misspelled": ("NetChain[{LinearLayr[2], 3}]", "NetChain::layer", ["LinearLayr[2]", "a layer is a net"]),
    "a function that is no layer": ("NetChain[{StringJoin}]", "NetChain::layer", ["StringJoin"]),
    "a layer that is not in the graph": ("NetGraph[{2, 3}, {1 -> 5}]", "NetGraph::nolayer", ["5", "the layers are 1, 2"]),
    "a function that cannot be traced": (
        "FunctionLayer[StringLength[#] &]", "FunctionLayer::trace", ["StringLength", "arithmetic"],
    ),
    "an elementwise function that is none": (
        "ElementwiseLayer[StringLength][{1., 2.}]", "ElementwiseLayer::function", ["StringLength", "arithmetic"],
    ),
    "dimensions not known at the start": (
        "NetInitialize[LinearLayer[2]]", "NetInitialize::unknown", ['{"Weights"}', '"Input"'],
    ),
    "a method that there is not": (
        'NetInitialize[LinearLayer[2, "Input" -> 2], Method -> "Foo"]', "NetInitialize::method", ["Foo", "Kaiming"],
    ),
    "no net": ("NetInitialize[3]", "NetInitialize::invnet", ["net", "3"]),
    "a net without values on data": (
        'LinearLayer[2, "Input" -> 2][{1, 2}]', "LinearLayer::noinit", ['{"Weights"}', "NetInitialize", "NetTrain"],
    ),
    "a chain without values on data": (
        'NetChain[{2, Ramp, 2}, "Input" -> 2][{1, 2}]', "NetChain::noinit", ['{1, "Weights"}', "NetInitialize"],
    ),
    "data of other dimensions": (LAYER + "layer[{1, 2, 3, 4}]", "LinearLayer::data", ['"Input"', "size: 3", "{4}"]),
    "data that are no numbers": (LAYER + 'layer["a"]', "LinearLayer::data", ['"Input"', "size: 3", "a"]),
    "a list with one example of other dimensions": (
        LAYER + "layer[{{1, 2, 3}, {1, 2}}]", "LinearLayer::data", ['"Input"', "size: 3", "{2}", "example 2"],
    ),
    "an example that an encoder cannot take": (
        'NetEncoder[{"Class", {"a", "b"}}][{"a", "q"}]', "NetEncoder::class", ["q", "example 2"],
    ),
    "an example of another kind than an encoder takes": (
        'NetEncoder[{"Characters", "abc"}][{"a", "b", 5}]', "NetEncoder::data", ["5", "example 3", '"Characters"'],
    ),
    "an empty list": (LAYER + "layer[{}]", "LinearLayer::data", ['"Input"', "size: 3"]),
    "data for a port that there is not": (LAYER + 'layer[<|"In" -> {1, 2, 3}|>]', "LinearLayer::noport", ['"In"', '"Input"']),
    "no data for a port": (
        'MeanSquaredLossLayer[][<|"Input" -> {1.}|>]', "MeanSquaredLossLayer::noport", ['"Target"'],
    ),
    "plain data for several ports": (
        "MeanSquaredLossLayer[][{1., 2.}]", "MeanSquaredLossLayer::data", ['"Input", "Target"', "association"],
    ),
    "inputs of different numbers of examples": (
        'MeanSquaredLossLayer["Input" -> 1][<|"Input" -> {{1.}, {2.}}, "Target" -> {{1.}, {2.}, {3.}}|>]',
        "MeanSquaredLossLayer::data", ['"Input": 2', '"Target": 3'],
    ),
    "a class out of range": (
        'CrossEntropyLossLayer["Index", "Input" -> 3][<|"Input" -> {0.1, 0.2, 0.7}, "Target" -> 4|>]',
        "CrossEntropyLossLayer::data", ['"Target"', "1 to 3", "4"],
    ),
    "an example with a gap": (LAYER + "layer[{1., Missing[], 3.}]", "LinearLayer::data", ["Missing[]", "not an array"]),
    "an output that there is not": (LAYER + 'layer[{1, 2, 3}, "Out"]', "LinearLayer::prop", ["Out", '"Output"']),
    "an option of an evaluation that there is not": (
        LAYER + "layer[{1, 2, 3}, BatchSzie -> 2]", "LinearLayer::optx", ['"BatchSzie"', "BatchSize"],
    ),
    "a part that there is not": ("NetExtract[NetChain[{2, Ramp}], 7]", "NetExtract::part", ["7", "1, 2"]),
    "an array that there is not": (
        'NetExtract[NetChain[{2, Ramp}], {1, "Weight"}]', "NetExtract::part", ["LinearLayer at {1}", "Weights"],
    ),
    "a shared array that there is not": (
        'NetExtract[LinearLayer[2, "Weights" -> NetArray["W"]], NetArray["V"]]', "NetExtract::part", ["V", '"W"'],
    ),
    "a number that is not finite in training data": (
        "NetTrain[LinearLayer[1], {{1} -> {2}, {Indeterminate} -> {3}}]", "NetTrain::", ['"Input"', "2", "not finite"],
    ),
    "such a number in a NumericArray": (
        'x = Normal[ElementwiseLayer[Log][{1., -1.}]]; NetTrain[LinearLayer[1], {{x[[1]]} -> {2}, {x[[2]]} -> {3}}]',
        "NetTrain::", ['"Input"', "2", "not finite", "remove"],
    ),
    "targets of other dimensions": (
        "NetTrain[LinearLayer[1], {{1.} -> {2.}, {2.} -> {3., 4.}}]", "NetTrain::data", ['"Output"', "size: 1"],
    ),
    "targets that are numbers, of a net that gives vectors": (
        "NetTrain[NetChain[{3, Tanh, 1}], {1 -> 1, 2 -> 4}]", "NetTrain::target", ['{1} at "Output"', "LinearLayer[]"],
    ),
    "an example that is none": ("NetTrain[LinearLayer[], {1 -> 2, 3}]", "NetTrain::data", ["not 3 (example 2)"]),
    "training data for another port": (
        'NetTrain[LinearLayer[1], <|"In" -> {{1}}, "Output" -> {{2}}|>]', "NetTrain::data", ['"Input", "Output"', '"In"'],
    ),
    "training data that are none": ("NetTrain[LinearLayer[1], 7]", "NetTrain::data", ["in -> out", "7"]),
    "a class that there is not": (CLASSES + 'NetTrain[classes, {{1, 2} -> "c"}]', "NetEncoder::class", ["c", "{a, b}"]),
    "a training method that there is not": (
        'NetTrain[LinearLayer[1], {{1} -> {2}}, Method -> "Foo"]', "NetTrain::", ["Foo", "ADAM"],
    ),
    "an encoder that there is not": ('NetEncoder["Foo"]', "NetEncoder::kind", ["Foo", '"Class"']),
}  # fmt: skip


@pytest.mark.parametrize(("code", "message", "said"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_named_with_its_cure(session: Session, code: str, message: str, said: list[str]) -> None:
    assert session.evaluate(f"({code}) === $Failed") is True, session.messages
    assert len(session.messages) == 1, session.messages
    assert session.messages[0].startswith(message)
    for part in said:
        assert part in session.messages[0]
    assert "Traceback" not in session.messages[0]
    assert session.evaluate("1 + 1") == 2
