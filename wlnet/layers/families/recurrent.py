"""Recurrent layers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument, count, option, optional
from wlnet.nets.kinds import Array
from wlnet.terms import NONE, Association, Term, elements, is_head, is_list
from wlnet.terms import S as symbols

DROPOUTS = ("VariationalInput", "VariationalState", "VariationalWeights", "StateUpdate")
DROPOUT_FORMS = 'None, a probability from 0 to 1, or rules "method" -> p with the methods ' + ", ".join(
    f'"{method}"' for method in DROPOUTS
)


def dropout(term: Term) -> dict[str, float]:
    """Takes None, a probability from 0 to 1 (the same as "VariationalWeights" -> p), or rules "method" -> p."""
    if term is NONE:
        return {}
    if type(term) is Association:
        pairs = list(term.items())
    elif is_head(term, symbols.Rule, 2):
        pairs = [tuple(term.args)]
    elif is_list(term) and all(is_head(item, symbols.Rule, 2) for item in elements(term)):
        pairs = [tuple(item.args) for item in elements(term)]
    else:
        pairs = [("VariationalWeights", term)]
    made = {}
    for name, probability in pairs:
        if name not in DROPOUTS:
            raise Unfit(DROPOUT_FORMS)
        if type(probability) not in (int, float, Fraction) or not 0 <= probability <= 1:
            raise Unfit(DROPOUT_FORMS)
        made[name] = float(probability)
    return made


def mask(call: Call, method: str, shape: tuple[int, ...], dtype: Any) -> Any:
    """Gives an array of zeros (with the probability of the method) and 1/(1 - p), or None where there is no dropout."""
    probability = call["Dropout"].get(method, 0.0)
    if not probability or not call.training:
        return None
    return call.ops.random_mask(np.empty(0, dtype), shape=shape, keep=1.0 - probability, generator=call.random)


GATES = ("InputGate", "OutputGate", "ForgetGate", "MemoryGate")


def gate_arrays(gates: tuple[str, ...]) -> dict[str, Array]:
    made = {}
    for gate in gates:
        made[f"{gate}InputWeights"] = Array("n k")
        made[f"{gate}StateWeights"] = Array("n n")
        made[f"{gate}Biases"] = Array("n", initialize=0.0)
    return made


def prepared(call: Call, x: Any, arrays: Sequence[Any]) -> tuple[Any, list[Any], tuple[Any, Any]]:
    """Gives the input and (weights, state weights, biases) of all gates joined, after dropout, and the masks of the
    state and of its update. arrays: weights, state weights and biases of one gate after the other.
    """
    groups = [arrays[start::3] for start in range(3)]
    joined = [group[0] if len(group) == 1 else call.ops.concatenate(*group, axis=0) for group in groups]
    rows, size, kind = call.batch, joined[1].shape[1], joined[1].dtype
    kept = mask(call, "VariationalInput", (rows, 1, x.shape[2]), kind)
    if kept is not None:
        x = call.ops.multiply(x, kept)
    kept = mask(call, "VariationalWeights", joined[1].shape, kind)
    if kept is not None:
        joined[1] = call.ops.multiply(joined[1], kept)
    return (
        x,
        joined,
        (mask(call, "VariationalState", (rows, size), kind), mask(call, "StateUpdate", (rows, size), kind)),
    )


def initial(call: Call, state: Any, recurrent: Any) -> Any:
    """Gives the state that the sequence begins with: zeros where none is given."""
    return np.zeros((call.batch, recurrent.shape[1]), recurrent.dtype) if state is None else state


@layer(
    "LongShortTermMemoryLayer",
    category="Recurrent layers",
    arguments=(argument("n", optional(count), required=True, title="OutputSize"),),
    options={"Dropout": option("Dropout", dropout, {}, NONE)},
    ports="Input: t k, State: n, CellState: n -> Output: t n, State: n, CellState: n",
    arrays=gate_arrays(GATES),
    states=("State", "CellState"),
)
def long_short_term_memory_layer(call: Call, x: Any, state: Any, cell: Any, *arrays: Any) -> Any:
    """LongShortTermMemoryLayer[n] turns a sequence of vectors into a sequence of vectors of size n.

    Details: With input x, state s and cell c: i = LogisticSigmoid[Wix.x + Wis.s + bi], o and f likewise,
    m = Tanh[Wmx.x + Wms.s + bm]; then c = f*c + i*m and s = o*Tanh[c]. The sequence may have any length ("Varying").
    The ports "State" and "CellState" are there where they are connected; else the states begin as zeros.
    Dropout methods: "VariationalWeights" (on the state weights), "VariationalInput", "VariationalState" (one mask for
    all steps) and "StateUpdate" (on m); each is active in training only.

    Examples:
        >> lstm = LongShortTermMemoryLayer[2, "Input" -> {"Varying", 3}]; NetExtract[lstm, "Output"]
        = {"Varying", 2}
        >> Length[NetInitialize[lstm][{{1., 2., 3.}, {4., 5., 6.}}]]
        = 2
        >> Information[lstm, "ArraysCount"]
        = 12
        >> NetGraph[{lstm}, {1 -> NetPort["Seq"], NetPort[{1, "State"}] -> NetPort["Last"]}] // Information[#, "OutputPortNames"] &
        = {"Seq", "Last"}
    Options: "Dropout":
        >> NetExtract[LongShortTermMemoryLayer[2, "Dropout" -> 0.5], "Dropout"]
        = 0.5
        >> Head[LongShortTermMemoryLayer[2, "Dropout" -> {"VariationalInput" -> 0.1, "StateUpdate" -> 0.2}]]
        = LongShortTermMemoryLayer
    Options: arrays:
        >> LongShortTermMemoryLayer[1,
        "InputGateInputWeights" -> {{0}}, "InputGateStateWeights" -> {{0}}, "InputGateBiases" -> {0},
        "OutputGateInputWeights" -> {{0}}, "OutputGateStateWeights" -> {{0}}, "OutputGateBiases" -> {100},
        "ForgetGateInputWeights" -> {{0}}, "ForgetGateStateWeights" -> {{0}}, "ForgetGateBiases" -> {100},
        "MemoryGateInputWeights" -> {{1}}, "MemoryGateStateWeights" -> {{0}}, "MemoryGateBiases" -> {0}][{{2}, {0}}]
        = {{0.4478549}, {0.4478549}}
    Options: LearningRateMultipliers:
        >> Head[LongShortTermMemoryLayer[2, LearningRateMultipliers -> 0]]
        = LongShortTermMemoryLayer
    Options: "Input":
        >> NetExtract[LongShortTermMemoryLayer[2, "Input" -> {5, 3}], "Output"]
        = {5, 2}
    Options: "Output":
        >> NetExtract[LongShortTermMemoryLayer[Automatic, "Output" -> {5, 2}], "Output"]
        = {5, 2}
    Possible issues:
        >> LongShortTermMemoryLayer[2, "Input" -> 3]
        = $Failed
        message: LongShortTermMemoryLayer::dims
    Source: https://reference.wolfram.com/language/ref/LongShortTermMemoryLayer.html, S. Hochreiter and J. Schmidhuber 1997
    """
    x, (weights, recurrent, biases), masks = prepared(call, x, arrays)
    given = (initial(call, value, recurrent) for value in (state, cell))
    return call.ops.lstm(x, *given, weights, recurrent, biases, *masks)


@layer(
    "GatedRecurrentLayer",
    category="Recurrent layers",
    arguments=(argument("n", optional(count), required=True, title="OutputSize"),),
    options={"Dropout": option("Dropout", dropout, {}, NONE)},
    ports="Input: t k, State: n -> Output: t n, State: n",
    arrays=gate_arrays(("InputGate", "ResetGate", "MemoryGate")),
    states=("State",),
)
def gated_recurrent_layer(call: Call, x: Any, state: Any, *arrays: Any) -> Any:
    """GatedRecurrentLayer[n] turns a sequence of vectors into a sequence of vectors of size n.

    Details: With input x and state s: i = LogisticSigmoid[Wix.x + Wis.s + bi], r = LogisticSigmoid[Wrx.x + Wrs.s + br],
    m = Tanh[Wmx.x + r*(Wms.s) + bm]; then s = (1 - i)*m + i*s. The sequence may have any length ("Varying"). The port
    "State" is there where it is connected; else the state begins as zeros. The dropout methods are those of
    LongShortTermMemoryLayer.

    Examples:
        >> gru = GatedRecurrentLayer[2, "Input" -> {"Varying", 3}]; NetExtract[gru, "Output"]
        = {"Varying", 2}
        >> Dimensions[NetInitialize[gru][{{1., 2., 3.}, {4., 5., 6.}}]]
        = {2, 2}
        >> Information[gru, "ArraysCount"]
        = 9
        >> NetGraph[{gru}, {1 -> NetPort["Seq"], NetPort[{1, "State"}] -> NetPort["Last"]}] // Information[#, "OutputPortNames"] &
        = {"Seq", "Last"}
    Options: "Dropout":
        >> NetExtract[GatedRecurrentLayer[2, "Dropout" -> 0.5], "Dropout"]
        = 0.5
        >> Head[GatedRecurrentLayer[2, "Input" -> {3, 2}, "Dropout" -> {"VariationalState" -> 0.1, "StateUpdate" -> 0.2}]]
        = GatedRecurrentLayer
    Options: arrays:
        >> GatedRecurrentLayer[1,
        "InputGateInputWeights" -> {{0}}, "InputGateStateWeights" -> {{0}}, "InputGateBiases" -> {0},
        "ResetGateInputWeights" -> {{0}}, "ResetGateStateWeights" -> {{0}}, "ResetGateBiases" -> {100},
        "MemoryGateInputWeights" -> {{1}}, "MemoryGateStateWeights" -> {{0}}, "MemoryGateBiases" -> {0}][{{2}, {0}}]
        = {{0.4820138}, {0.2410069}}
    Options: LearningRateMultipliers:
        >> Information[GatedRecurrentLayer[2, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"][{"ResetGateBiases"}]
        = 0
    Options: "Input":
        >> NetExtract[GatedRecurrentLayer[2, "Input" -> {5, 3}], "Output"]
        = {5, 2}
    Options: "Output":
        >> NetExtract[GatedRecurrentLayer[Automatic, "Output" -> {5, 2}], "Output"]
        = {5, 2}
    Possible issues:
        >> GatedRecurrentLayer[2, "Input" -> 3]
        = $Failed
        message: GatedRecurrentLayer::dims
        >> GatedRecurrentLayer[2, "Dropout" -> 2]
        = $Failed
        message: GatedRecurrentLayer::option
    Source: https://reference.wolfram.com/language/ref/GatedRecurrentLayer.html, J. Chung and others 2014
    """
    x, (weights, recurrent, biases), masks = prepared(call, x, arrays)
    return call.ops.gru(x, initial(call, state, recurrent), weights, recurrent, biases, *masks)


@layer(
    "BasicRecurrentLayer",
    category="Recurrent layers",
    arguments=(argument("n", optional(count), required=True, title="OutputSize"),),
    options={"Dropout": option("Dropout", dropout, {}, NONE)},
    ports="Input: t k, State: n -> Output: t n, State: n",
    arrays={"InputWeights": Array("n k"), "StateWeights": Array("n n"), "Biases": Array("n", initialize=0.0)},
    states=("State",),
)
def basic_recurrent_layer(call: Call, x: Any, state: Any, *arrays: Any) -> Any:
    """BasicRecurrentLayer[n] turns a sequence of vectors into a sequence of vectors of size n.

    Details: With input x and state s: s = Tanh[Wi.x + Ws.s + b]. The sequence may have any length ("Varying"). The port
    "State" is there where it is connected; else the state begins as zeros. Data and what is wanted may name it, too. The
    dropout methods are those of LongShortTermMemoryLayer; "StateUpdate" acts on the new state.

    Examples:
        >> rnn = BasicRecurrentLayer[1, "InputWeights" -> {{1}}, "StateWeights" -> {{0.5}}, "Biases" -> {0}]; rnn[{{1}, {0}}]
        = {{0.7615942}, {0.3633995}}
        >> NetExtract[BasicRecurrentLayer[2, "Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 2}
        >> NetGraph[{rnn}, {NetPort["First"] -> NetPort[{1, "State"}]}][<|"Input" -> {{0}}, "First" -> {2}|>]
        = {{0.7615942}}
        >> rnn[<|"Input" -> {{0}}, "State" -> {2}|>]
        = {{0.7615942}}
        >> rnn[{{1}, {0}}, "State"]
        = {0.3633995}
    Options: "Dropout":
        >> Head[BasicRecurrentLayer[2, "Input" -> {3, 2}, "Dropout" -> 0.5]]
        = BasicRecurrentLayer
        >> Head[BasicRecurrentLayer[2, "Input" -> {3, 2}, "Dropout" -> {"VariationalInput" -> 0.5, "StateUpdate" -> 0.2}]]
        = BasicRecurrentLayer
        >> Head[BasicRecurrentLayer[2, "Input" -> {3, 2}, "Dropout" -> ("VariationalState" -> 0.5)]]
        = BasicRecurrentLayer
        >> BasicRecurrentLayer[1, "Dropout" -> <|"VariationalInput" -> 1|>, "InputWeights" -> {{1}}, "StateWeights" -> {{1}},
        "Biases" -> {0}][{{1}, {2}}, NetEvaluationMode -> "Train"]
        = {{0.}, {0.}}
    Options: "InputWeights":
        >> Information[BasicRecurrentLayer[2, "Input" -> {5, 3}], "ArraysDimensions"][{"InputWeights"}]
        = {2, 3}
    Options: "StateWeights":
        >> NetExtract[BasicRecurrentLayer[Automatic, "StateWeights" -> {{1, 2}, {3, 4}}, "Input" -> {5, 3}], "Output"]
        = {5, 2}
    Options: "Biases":
        >> NetExtract[NetInitialize[BasicRecurrentLayer[2, "Input" -> {5, 3}]], "Biases"] // Normal
        = {0., 0.}
    Options: LearningRateMultipliers:
        >> Information[BasicRecurrentLayer[2, LearningRateMultipliers -> 0], "ArraysLearningRateMultipliers"][{"Biases"}]
        = 0
    Options: "Input":
        >> NetExtract[BasicRecurrentLayer[2, "Input" -> {5, 3}], "Output"]
        = {5, 2}
    Options: "Output":
        >> NetExtract[BasicRecurrentLayer[Automatic, "Output" -> {5, 2}], "Output"]
        = {5, 2}
    Possible issues:
        >> BasicRecurrentLayer[2, "Input" -> 3]
        = $Failed
        message: BasicRecurrentLayer::dims
    Source: https://reference.wolfram.com/language/ref/BasicRecurrentLayer.html
    """
    x, (weights, recurrent, biases), masks = prepared(call, x, arrays)
    return call.ops.basic_recurrent(x, initial(call, state, recurrent), weights, recurrent, biases, *masks)
