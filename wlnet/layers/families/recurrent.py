"""Recurrent layers."""

from __future__ import annotations

from typing import Any

import numpy as np

from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument, count, fraction, option, optional
from wlnet.nets.kinds import Array
from wlnet.terms import NONE, Association, Term, elements, is_head, is_list
from wlnet.terms import S as symbols

DROPOUTS = ("VariationalInput", "VariationalState", "VariationalWeights", "StateUpdate")


def dropout(term: Term) -> dict[str, float]:
    """Takes None, a probability (the same as "VariationalWeights" -> p), or rules "method" -> p."""
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
            raise Unfit("None, a probability, or rules from " + ", ".join(f'"{d}"' for d in DROPOUTS))
        made[name] = fraction(probability)
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


@layer(
    "LongShortTermMemoryLayer",
    category="Recurrent layers",
    arguments=(argument("n", optional(count), required=True),),
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
    ops = call.ops
    groups = [arrays[start::3] for start in range(3)]
    weights, recurrent, biases = (ops.concatenate(*group, axis=0) for group in groups)
    size = groups[2][0].shape[0]
    zeros = np.zeros((call.batch, size), weights.dtype)
    kept = mask(call, "VariationalInput", (call.batch, 1, x.shape[2]), weights.dtype)
    if kept is not None:
        x = ops.multiply(x, kept)
    kept = mask(call, "VariationalWeights", recurrent.shape, weights.dtype)
    if kept is not None:
        recurrent = ops.multiply(recurrent, kept)
    return ops.lstm(
        x,
        zeros if state is None else state,
        zeros if cell is None else cell,
        weights,
        recurrent,
        biases,
        mask(call, "VariationalState", (call.batch, size), weights.dtype),
        mask(call, "StateUpdate", (call.batch, size), weights.dtype),
    )
