"""Sequences of many lengths train padded, with the losses and gradients of the examples one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wlnet.plans import apply
from wlnet.session import Session
from wlnet.training import Data, train
from wlnet.training.method import read_method
from wlnet.training.net_train import prepared
from wlnet.training.slabs import Treatment
from wlnet.training.state import TrainingState

LENGTHS = (5, 2, 9, 3, 7, 4, 11, 6)
GENERATOR = np.random.default_rng(3)
VECTORS = [GENERATOR.normal(size=(n, 3)) for n in LENGTHS]
CLASSES = [GENERATOR.integers(1, 5, n).astype(float) for n in LENGTHS]
PAIRS = [GENERATOR.normal(size=(n, 2)) for n in LENGTHS]
POINTS = GENERATOR.normal(size=(len(LENGTHS), 2))
INPUT = '"Input" -> {"Varying", 3}'

#: Net → (inputs, targets) whose plan is padded.
PADDED: dict[str, tuple[Any, Any]] = {
    f"NetChain[{{LongShortTermMemoryLayer[4], SequenceLastLayer[], LinearLayer[2]}}, {INPUT}]": (VECTORS, POINTS),
    f"NetChain[{{GatedRecurrentLayer[4], NetMapOperator[NetChain[{{2, Tanh}}]]}}, {INPUT}]": (VECTORS, PAIRS),
    "NetChain[{EmbeddingLayer[3, 4], BasicRecurrentLayer[4], NetMapOperator[LinearLayer[4]], SoftmaxLayer[]}, "
    '"Input" -> {"Varying", Restricted["Integer", 4]}]': (CLASSES, CLASSES),
    f"NetChain[{{NetMapOperator[4], SoftmaxLayer[]}}, {INPUT}]": (VECTORS, CLASSES),
    f"NetChain[{{NetMapOperator[2], LogisticSigmoid}}, {INPUT}]": (
        VECTORS, [(pair > 0).astype(float) for pair in PAIRS],
    ),
    f"NetChain[{{NetBidirectionalOperator[GatedRecurrentLayer[3]], NetMapOperator[2]}}, {INPUT}]": (VECTORS, PAIRS),
    "NetChain[{NetBidirectionalOperator[NetChain[{GatedRecurrentLayer[2], SequenceLastLayer[]}], Total]}, "
    f"{INPUT}]": (VECTORS, POINTS),
    f"NetChain[{{SequenceReverseLayer[], BasicRecurrentLayer[2]}}, {INPUT}]": (VECTORS, PAIRS),
    f"NetChain[{{NetMapOperator[2], AggregationLayer[Max, 1]}}, {INPUT}]": (VECTORS, POINTS),
    f"NetChain[{{NetMapOperator[2], AggregationLayer[Min, 1]}}, {INPUT}]": (VECTORS, POINTS),
    f"NetChain[{{NetMapOperator[2], AggregationLayer[Mean, 1]}}, {INPUT}]": (VECTORS, POINTS),
    f"NetChain[{{NetMapOperator[2], AggregationLayer[Total, 1]}}, {INPUT}]": (VECTORS, POINTS),
    f"NetChain[{{NetMapOperator[4], AggregationLayer[Mean, All]}}, {INPUT}]": (VECTORS, POINTS[:, 0]),
    f"NetChain[{{NetMapOperator[4], NormalizationLayer[2, \"Same\"], SummationLayer[]}}, {INPUT}]": (VECTORS, POINTS[:, 0]),
    'NetGraph[{NetMapOperator[3], AttentionLayer["Dot"], AggregationLayer[Mean, 1], 2}, {1 -> {NetPort[{2, "Key"}], '
    f'NetPort[{{2, "Value"}}], NetPort[{{2, "Query"}}]}}, 2 -> 3 -> 4}}, {INPUT}]': (VECTORS, POINTS),
    'NetGraph[{NetMapOperator[3], AttentionLayer["Mask" -> "Causal"], NetMapOperator[2]}, {1 -> {NetPort[{2, "Key"}], '
    f'NetPort[{{2, "Value"}}], NetPort[{{2, "Query"}}]}}, 2 -> 3}}, {INPUT}]': (VECTORS, PAIRS),
    "NetGraph[{NetMapOperator[2], GatedRecurrentLayer[2], ThreadingLayer[Times], CatenateLayer[2], NetMapOperator[2]}, "
    f"{{NetPort[\"Input\"] -> {{1, 2}} -> 3, {{3, 1}} -> 4 -> 5}}, {INPUT}]": (VECTORS, PAIRS),
    "NetGraph[{SequenceMostLayer[], SequenceRestLayer[], EmbeddingLayer[3, 4], GatedRecurrentLayer[3], "
    'NetMapOperator[NetChain[{4, SoftmaxLayer[]}]], CrossEntropyLossLayer["Index"]}, '
    '{NetPort["Input"] -> 1 -> 3 -> 4 -> 5 -> NetPort[{6, "Input"}], NetPort["Input"] -> 2 -> NetPort[{6, "Target"}]}, '
    '"Input" -> {"Varying", Restricted["Integer", 4]}]': (CLASSES, None),
    "NetGraph[{NetMapThreadOperator[NetGraph[{2, 2, TotalLayer[]}, {NetPort[\"a\"] -> 1, NetPort[\"b\"] -> 2, {1, 2} -> 3}]]}, "
    f'{{NetPort["Input"] -> NetPort[{{1, "a"}}], NetPort["Input"] -> NetPort[{{1, "b"}}]}}, {INPUT}]': (VECTORS, PAIRS),
    f"NetChain[{{SequenceIndicesLayer[], EmbeddingLayer[2, 20], DropoutLayer[0]}}, {INPUT.replace(', 3', '')}]": (
        [GENERATOR.normal(size=n) for n in LENGTHS], PAIRS,
    ),
    f"NetChain[{{SequenceMostLayer[], SequenceRestLayer[], GatedRecurrentLayer[2], SequenceLastLayer[]}}, {INPUT}]": (
        [np.concatenate([x, x[:1]]) for x in VECTORS], POINTS,
    ),
}  # fmt: skip


def net_of(text: str) -> Any:
    (result,) = Session().run(f"NetInitialize[{text}, RandomSeeding -> 4]", "test")
    return result.term


def stepped(net: Any, inputs: Any, targets: Any, *, pads: bool) -> tuple[float, dict[Any, np.ndarray], TrainingState]:
    """Gives the loss of one step, what the arrays lose in it (plain steps of size 1: the gradient), and the state."""
    data = Data({"Input": inputs, **({} if targets is None else {"Output": targets})}, np.float64)
    training = prepared(net, None, [data], 1)
    treatments = dict.fromkeys(training.net.positions, Treatment())
    state = TrainingState(training, read_method(("SGD", {"Momentum": 0}), 1.0), treatments, 1, np.float64)
    state.pads = pads
    before = {key: array.copy() for key, array in state.arrays.items()}
    loss = state.step(data, np.arange(data.count))
    return loss, {key: before[key] - array for key, array in state.arrays.items()}, state


@pytest.mark.parametrize(("text", "examples"), PADDED.items())
def test_padded_sequences_have_the_losses_and_gradients_of_single_ones(text: str, examples: Any) -> None:
    net = net_of(text)
    loss, gradients, state = stepped(net, *examples, pads=True)
    assert [runner.length for runner in state.runners.values()] == [max(map(len, examples[0]))]
    expected, each, alone = stepped(net, *examples, pads=False)
    assert len(alone.runners) == len(LENGTHS)
    assert loss == pytest.approx(expected, rel=1e-12)
    for key, gradient in gradients.items():
        np.testing.assert_allclose(gradient, each[key], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        f"NetChain[{{TransposeLayer[], AggregationLayer[Max, 2], 2}}, {INPUT}]",
        f"NetChain[{{NetMapOperator[2], AggregationLayer[StandardDeviation, 1]}}, {INPUT}]",
        f"NetChain[{{GatedRecurrentLayer[3], PartLayer[-1], 2}}, {INPUT}]",
        'NetGraph[{NetMapThreadOperator[NetGraph[{FlattenLayer[], AggregationLayer[Max, 1], TotalLayer[]}, {NetPort["a"] -> 1, '
        'NetPort["b"] -> 2, {1, 2} -> 3}], <|"a" -> 1|>], AggregationLayer[Total, 1], 2}, {NetPort["Input"] -> '
        f'NetPort[{{1, "a"}}], NetPort["Input"] -> NetPort[{{1, "b"}}], 1 -> 2 -> 3}}, {INPUT}]',
        f"NetChain[{{NetMapOperator[{{2, BatchNormalizationLayer[]}}], AggregationLayer[Max, 1]}}, {INPUT}]",
    ],
)
def test_other_nets_take_sequences_of_each_length_for_themselves(text: str) -> None:
    _, _, state = stepped(net_of(text), VECTORS, POINTS, pads=True)
    assert not state.pads
    assert all(not runner.length for runner in state.runners.values())


def test_measurements_and_validation_leave_padding_out() -> None:
    net = net_of(f"NetChain[{{GatedRecurrentLayer[4], NetMapOperator[2]}}, {INPUT}]")
    data = {"Input": VECTORS, "Output": PAIRS}
    found = train(
        net, data, rounds=1, batch_size=8, validation=data, measurements=["MeanSquare", "Loss"], precision="Real64"
    )
    differences = np.concatenate(PAIRS) - np.concatenate([apply(found.net, x) for x in VECTORS])
    assert found.validation_measurements[-1]["MeanSquare"] == pytest.approx(np.square(differences).mean(), rel=1e-6)
    first = np.concatenate(PAIRS) - np.concatenate([apply(net, x) for x in VECTORS])
    assert found.measurements[-1]["MeanSquare"] == pytest.approx(np.square(first).mean(), rel=1e-6)


def test_every_example_is_taken_once_in_a_round() -> None:
    data = Data({"Input": [np.ones((n % 23 + 1, 1)) for n in range(100)]})
    rounds = [list(data.batches(8, np.random.default_rng(seed))) for seed in (1, 1, 2)]
    for batches in rounds:
        assert sorted(np.concatenate(batches)) == list(range(100))
    assert all(np.array_equal(a, b) for a, b in zip(*rounds[:2], strict=True))
    assert any(not np.array_equal(a, b) for a, b in zip(rounds[0], rounds[2], strict=True))


def test_plans_take_a_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    net = net_of(f"NetChain[{{GatedRecurrentLayer[4], SequenceLastLayer[], 2}}, {INPUT}]")
    _, _, state = stepped(net, VECTORS, POINTS, pads=False)
    each = [runner.plan.nbytes for runner in state.runners.values()]
    assert each == sorted(each)
    assert each[0] > 0
    monkeypatch.setattr("wlnet.training.state.MEMORY", sum(each[-2:]) + each[0])
    expected, _, _ = stepped(net, VECTORS, POINTS, pads=False)
    loss, _, few = stepped(net, VECTORS, POINTS, pads=False)
    assert loss == expected
    assert 1 < len(few.runners) <= 4


#: Layers that make a sequence of vectors of size 3 of another one, and what may come last.
OVER_STEPS = [
    "GatedRecurrentLayer[3]", "LongShortTermMemoryLayer[3]", "BasicRecurrentLayer[3]", "NetMapOperator[3]", "Tanh",
    "NetBidirectionalOperator[GatedRecurrentLayer[3], Mean]", "SequenceReverseLayer[]", "SequenceMostLayer[]",
    "SequenceRestLayer[]", "SoftmaxLayer[]", 'NormalizationLayer[2, "Same"]', "ParametricRampLayer[2]", "DropoutLayer[0]",
]  # fmt: skip
AT_THE_END = [
    "SequenceLastLayer[]",
    "AggregationLayer[Max, 1]",
    "AggregationLayer[Mean, 1]",
    "AggregationLayer[Total, 1]",
]


@pytest.mark.parametrize("seed", range(12))
def test_padded_sequences_go_through_any_chain_of_these(seed: int) -> None:
    chance = np.random.default_rng(seed)
    layers = [*chance.choice(OVER_STEPS, 4), chance.choice(AT_THE_END), "LinearLayer[2]"]
    lengths = chance.permutation(15)[:7] + 5
    inputs = [chance.normal(size=(n, 3)) for n in lengths]
    net, targets = net_of(f"NetChain[{{{', '.join(layers)}}}, {INPUT}]"), chance.normal(size=(7, 2))
    loss, gradients, state = stepped(net, inputs, targets, pads=True)
    assert all(runner.length for runner in state.runners.values())
    expected, each, _ = stepped(net, inputs, targets, pads=False)
    assert loss == pytest.approx(expected, rel=1e-11)
    for key, gradient in gradients.items():
        np.testing.assert_allclose(gradient, each[key], rtol=1e-8, atol=1e-11)
