"""What a net may be asked for besides its output: values inside, states, gradients; and the options of an evaluation."""

from __future__ import annotations

import pytest

from wlnet.session import Session

NETS = """
x = {{1., 2.}, {3., 5.}, {-1., 0.}};
linear = LinearLayer[2, "Weights" -> {{1, 2}, {3, 4}}, "Biases" -> {0, 1}];
chain = NetChain[<|"a" -> linear, "b" -> {Ramp, Tanh}|>];
noisy = NetChain[{linear, DropoutLayer[0.5]}];
loss = MeanSquaredLossLayer[];
tied = NetChain[{LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{3}}|>], "Biases" -> None],
    LinearLayer[1, "Weights" -> NetArray["W"], "Biases" -> None]}];
rnn = BasicRecurrentLayer[1, "InputWeights" -> {{1}}, "StateWeights" -> {{1}}, "Biases" -> {0}, "Input" -> {"Varying", 1}];
two = NetGraph[<|"r" -> rnn, "s" -> {rnn, Ramp}|>, {"r" -> "s", NetPort["start"] -> NetPort[{"r", "State"}]}];
train[net_, seed_, more___] := net[x, more, NetEvaluationMode -> "Train", RandomSeeding -> seed];
"""

CASES = {
    # values inside
    "a list of outputs": ('chain[{1., 0.}, {"Output"}] === <|"Output" -> chain[{1., 0.}]|>', "True"),
    "a layer stands for its output": ('chain[x, NetPort["a"]] == linear[x]', "True"),
    "a layer deep inside": ('chain[x, NetPort[{"b", 1}]] == Ramp[linear[x]]', "True"),
    "a port in two arguments": ('chain[x, NetPort["a", "Output"]] == linear[x]', "True"),
    "values of a batch in parts": (
        'chain[x, {NetPort["a"], NetPort["Output"]}, BatchSize -> 2] == chain[x, {NetPort["a"], NetPort["Output"]}]',
        "True",
    ),
    "the value of the last application inside an operator": (
        'NetNestOperator[NetChain[{ElementwiseLayer[2 # &]}], 3][{1.}, NetPort[{"Net", 1}]]',
        "{8.}",
    ),
    # gradients
    "a gradient in an array is summed over a batch": (
        'Normal[linear[x, NetPortGradient["Weights"]]] == {Total[x], Total[x]}',
        "True",
    ),
    "a gradient in an array is summed over batches": (
        'Normal[linear[x, NetPortGradient["Weights"], BatchSize -> 1]] == {Total[x], Total[x]}',
        "True",
    ),
    "a gradient in an input is that of each example": (
        'linear[x, NetPortGradient["Input"]] == Table[{4., 6.}, 3]',
        "True",
    ),
    "gradients of a batch in parts": (
        'chain[x, NetPortGradient["Input"], BatchSize -> 2] == chain[x, NetPortGradient["Input"]]',
        "True",
    ),
    "one gradient of the output for all examples": (
        'linear[<|"Input" -> x, NetPortGradient["Output"] -> {1, 0}|>, NetPortGradient["Input"]]',
        "{{1., 2.}, {1., 2.}, {1., 2.}}",
    ),
    "a gradient of the output for each example": (
        'linear[<|"Input" -> x, NetPortGradient["Output"] -> {{1, 0}, {0, 1}, {1, 1}}|>, NetPortGradient["Input"]]',
        "{{1., 2.}, {3., 4.}, {4., 6.}}",
    ),
    "gradients of the output in a list of associations": (
        'linear[{<|"Input" -> {1., 0.}, NetPortGradient["Output"] -> {1, 0}|>, <|"Input" -> {1., 0.}, '
        'NetPortGradient["Output"] -> {0, 1}|>}, NetPortGradient["Input"]]',
        "{{1., 2.}, {3., 4.}}",
    ),
    "a gradient in a shared array is summed over its uses": (
        'Normal[tied[{2.}, NetPortGradient[NetArray["W"]]]]',
        "{{12.}}",
    ),
    "a shared array may be named by any of its uses": (
        'Normal[tied[{2.}, NetPortGradient[{2, "Weights"}]]]',
        "{{12.}}",
    ),
    "all gradients": (
        'Map[Normal, loss[<|"Input" -> {3.}, "Target" -> {1.}|>, NetPortGradient[All]]]',
        '<|"Input" -> {4.}, "Target" -> {-4.}|>',
    ),
    "gradients and values together": (
        'Keys[tied[{2.}, {NetPortGradient["Input"], NetPort[1], "Output"}]]',
        '{NetPortGradient["Input"], NetPort[1], "Output"}',
    ),
    "a gradient in a state that is given": (
        'rnn[<|"Input" -> {{0.}}, NetPort["State"] -> {0.}|>, NetPortGradient["Input"]]',
        "{{1.}}",
    ),
    # states
    "only states that nothing sets": (
        'Keys[two[<|"Input" -> {{1.}}, "start" -> {0.}|>, NetPort[All, "States"]]]',
        '{NetPort[{"s", 1, "State"}]}',
    ),
    "a state by its name": ('rnn[{{1.}, {0.}}, NetPort["State"]] == Last[rnn[{{1.}, {0.}}]]', "True"),
    "states of examples of different lengths": (
        'rnn[{{{1.}}, {{1.}, {0.}}}, NetPort["State"]] == {Last[rnn[{{1.}}]], Last[rnn[{{1.}, {0.}}]]}',
        "True",
    ),
    "one state for all examples": (
        'rnn[<|"Input" -> {{{1.}}, {{1.}}}, NetPort["State"] -> {-1.}|>]',
        "{{{0.}}, {{0.}}}",
    ),
    "a state for each example": (
        'rnn[{<|"Input" -> {{1.}}, NetPort["State"] -> {-1.}|>, <|"Input" -> {{2.}}, NetPort["State"] -> {-2.}|>}]',
        "{{{0.}}, {{0.}}}",
    ),
    "a net without states has none": ('linear[{1., 1.}, NetPort[All, "States"]]', "<||>"),
    "a layer taken out has no state as a port": ('NetExtract[two, "r"] === rnn', "True"),
    "an input that sets a state is deleted": (
        'NetDelete[two, NetPort["start"]][{{1.}}] == two[<|"Input" -> {{1.}}, "start" -> {0.}|>]',
        "True",
    ),
    "a layer in place of one whose state is a port has that port too": (
        'NetReplacePart[two, {"s", 1} -> rnn] === two && NetReplacePart[two, "r" -> rnn] === two',
        "True",
    ),
    "layers replaced around a state keep it": (
        'Information[NetReplace[two, _BasicRecurrentLayer -> rnn], "InputPortNames"]',
        'Information[two, "InputPortNames"]',
    ),
    # options
    "the same seed gives the same": (
        'train[noisy, 1] == train[noisy, 1] && train[noisy, "a"] == train[noisy, "a"]',
        "True",
    ),
    "another seed gives another": ("train[noisy, 1] == train[noisy, 2]", "False"),
    "gradients have seeds too": (
        'train[noisy, 1, NetPortGradient["Input"]] == train[noisy, 1, NetPortGradient["Input"]]',
        "True",
    ),
    "tests have no dropout": ("noisy[x] == linear[x]", "True"),
    "numbers of double precision": (
        'ElementwiseLayer[# + 10^-9 &][1., WorkingPrecision -> "Real64"] - 1. > 0',
        "True",
    ),
    "numbers of single precision": ('ElementwiseLayer[# + 10^-9 &][1., WorkingPrecision -> "Real32"] - 1.', "0."),
    "the processor": ('chain[x, TargetDevice -> "CPU"] == chain[x]', "True"),
    "options may be written with gradients": (
        'linear[{1., 1.}, NetPortGradient["Input"], WorkingPrecision -> "Real64"]',
        "{4., 6.}",
    ),
}

MESSAGES = {
    'chain[x, NetPort[{"b", 2, "Input"}]]': "NetChain::noport",
    'chain[x, NetPort["c"]]': "NetChain::noport",
    "chain[x, NetPort[{}]]": "NetChain::noport",
    'NetMapOperator[linear][{{1., 2.}}, NetPort[{"Net", "Output"}]]': "NetMapOperator::noport",
    'chain[x, TargetDevice -> "GPU"]': "NetChain::device",
    'chain[x, WorkingPrecision -> "Mixed"]': "NetChain::option",
    'chain[x, NetEvaluationMode -> "Play"]': "NetChain::option",
    "chain[x, BatchSize -> 0]": "NetChain::option",
    "chain[x, RandomSeeding -> {1}]": "NetChain::option",
    "chain[x, Speed -> 1]": "NetChain::optx",
    'linear[<|"Input" -> x, NetPortGradient["Output"] -> {{1, 0}}|>, NetPortGradient[{1, "W"}]]': "NetPortGradient::noport",
    'linear[<|"Input" -> x, NetPortGradient["Output"] -> {{1, 0}, {1, 0}}|>, NetPortGradient["Input"]]': "LinearLayer::data",
    'rnn[<|"Input" -> {{1.}}, NetPort[All, "States"] -> {1.}|>]': "BasicRecurrentLayer::states",
    'rnn[<|"Input" -> {{1.}}, NetPort["CellState"] -> {1.}|>]': "BasicRecurrentLayer::noport",
    'rnn[<|"Input" -> {{1.}}, NetPort["State"] -> {1., 2.}|>]': "BasicRecurrentLayer::data",
    'two[<|"Input" -> {{1.}}, "start" -> {0.}, NetPort[{"r", "State"}] -> {1.}|>]': "NetGraph::states",
    'rnn[{<|"Input" -> {{1.}}|>, <|"Inputs" -> {{1.}}|>}]': "BasicRecurrentLayer::data",
}


@pytest.fixture(scope="module")
def session() -> Session:
    made = Session()
    made.evaluate_term(NETS)
    assert not made.messages
    return made


@pytest.mark.parametrize("name", CASES)
def test_forms(session: Session, name: str) -> None:
    code, expected = CASES[name]
    assert session.evaluate_term(f"({code}) === ({expected})") is session.evaluate_term("True"), session.display(
        session.evaluate_term(code)
    )
    assert not session.messages


@pytest.mark.parametrize("code", MESSAGES)
def test_messages(session: Session, code: str) -> None:
    assert session.display(session.evaluate_term(code)) == "$Failed"
    assert [message.split(":: ")[0].split(": ")[0] for message in session.messages] == [MESSAGES[code]]
