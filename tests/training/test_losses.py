"""Which loss training makes small."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.training.nets import branches, chained, classes, classifier, data, layer, linear_net
from wlnet.errors import DataError, DimensionError, NetError
from wlnet.layers.formula import Formula
from wlnet.nets import Net, graph
from wlnet.nets.structure import End
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import expression, symbol
from wlnet.training import Data, Loss, attach_losses, train


def attached(net: Net, given: dict[str, Any], loss: Any = None) -> list[tuple[str, Any]]:
    """Gives the kinds and forms of the losses that training attaches."""
    children = attach_losses(net, loss, Data(given).shapes).net.structure.children
    return [(child.kind.name, child.settings.get("form")) for name, child in children.items() if name != "Net"]


def sigmoid(function: Any) -> Net:
    return chained(layer("LinearLayer", 2), layer("ElementwiseLayer", function))


def logistic() -> Formula:
    slot = symbol("Global`x")
    head = symbol("LogisticSigmoid")
    return Formula(head, (slot,), expression(head, slot))


def test_automatic_losses() -> None:
    assert attached(linear_net(), data(4)) == [("MeanSquaredLossLayer", None)]
    assert attached(classifier(), classes(4)) == [("CrossEntropyLossLayer", "Index")]
    assert attached(classifier(), data(4, outputs=3)) == [("CrossEntropyLossLayer", "Probabilities")]
    assert attached(sigmoid("LogisticSigmoid"), data(4)) == [("CrossEntropyLossLayer", "Binary")]
    assert attached(sigmoid(logistic()), data(4)) == [("CrossEntropyLossLayer", "Binary")]
    assert attached(sigmoid("ReLU"), data(4)) == [("MeanSquaredLossLayer", None)]


def test_softmax_inside_a_graph_inside_a_chain() -> None:
    inner = graph({"a": layer("LinearLayer", 3), "b": layer("SoftmaxLayer")}, [(End("a", ""), End("b", ""))])
    assert attached(chained(layer("LinearLayer", 4), inner), classes(4)) == [("CrossEntropyLossLayer", "Index")]


def with_loss() -> Net:
    return graph(
        {"a": layer("LinearLayer", 2), "b": layer("MeanSquaredLossLayer")},
        [(End("a", ""), End("b", "Input")), (End(None, "Truth"), End("b", "Target"))],
    )


def test_a_loss_inside_the_net_is_used_as_it_is() -> None:
    given = data(6)
    truth = {"Input": given["Input"], "Truth": given["Output"]}
    inside = train(with_loss(), truth, rounds=3)
    named = train(with_loss(), truth, rounds=3, loss="Loss")
    assert attached(with_loss(), truth) == []
    assert list(inside.net.structure.outputs) == ["Loss"]
    assert inside.round_losses == named.round_losses
    assert inside.round_losses[2] < inside.round_losses[0]


def test_losses_add_up_with_their_factors() -> None:
    given = data(6)
    targets = {"Input": given["Input"], "Output1": given["Output"], "Output2": given["Output"]}
    squared, absolute = layer("MeanSquaredLossLayer"), layer("MeanAbsoluteLossLayer")

    def first_loss(loss: Any, **only: Any) -> float:
        return train(branches(), only or targets, rounds=1, loss=loss).round_losses[0]

    first = first_loss(("Output1", squared), **{k: targets[k] for k in ("Input", "Output1")})
    second = first_loss(("Output2", absolute), **{k: targets[k] for k in ("Input", "Output2")})
    assert first_loss([("Output1", squared), ("Output2", absolute)]) == pytest.approx(first + second, rel=1e-5)
    scaled = [Loss(squared, "Output1", 3.0), Loss(absolute, "Output2", -0.5)]
    assert first_loss(scaled) == pytest.approx(3 * first - 0.5 * second, rel=1e-5)


def test_a_port_that_is_an_array_is_summed() -> None:
    given = {"Input": data(6)["Input"]}
    net = train(linear_net(), given, rounds=1, loss="Output", method="SGD", learning_rate=0.0).net
    result = train(net, given, rounds=1, loss="Output")
    outputs = given["Input"] @ net.store["1", "Weights"].T
    assert result.round_losses[0] == pytest.approx(outputs.sum(1).mean(), rel=1e-4)


def test_a_loss_net_of_its_own() -> None:
    given = data(6)
    loss = layer("ElementwiseLayer", "ReLU")
    result = train(linear_net(), {"Input": given["Input"]}, rounds=20, loss=loss, learning_rate=0.05)
    assert result.round_losses[-1] < result.round_losses[0]
    assert list(result.net.structure.inputs) == ["Input"]
    assert result.net.kind.name == "NetChain"


@pytest.mark.parametrize(
    ("make", "given", "loss", "error", "names"),
    [
        (linear_net, data(4), "Nothing", NetError, "Nothing"),
        (linear_net, data(4), 7, NetError, "LossFunction"),
        (linear_net, data(4), ("Output", with_loss()), NetError, "Truth"),
        (branches, data(4), layer("MeanSquaredLossLayer"), NetError, "Output1"),
        (linear_net, {"Input": data(4)["Input"]}, None, DataError, "Output"),
        (linear_net, {**data(4), "More": data(4)["Input"]}, None, DataError, "More"),
        (linear_net, {**data(4), "Output": data(3)["Output"]}, None, DataError, "Output"),
        (linear_net, {"Input": [], "Output": []}, None, DataError, "examples"),
        (linear_net, data(4, outputs=5), None, DimensionError, "5"),
        (classifier, {**classes(4), "Output": [1, 2, 3, 4]}, None, DataError, "example 4"),
        (classifier, {**classes(4), "Output": [1, 0, 3, 3]}, None, DataError, "example 2"),
        (classifier, {**classes(4), "Output": [1, 1, 1.5, 1]}, None, DataError, "example 3"),
        (linear_net, {**data(2), "Input": [[1.0, 2.0, 3.0], [1.0, float("nan"), 0.0]]}, None, DataError, "example 2"),
        (linear_net, {**data(2), "Input": [[1.0, 2.0, 3.0], [1.0, 1e300, 0.0]]}, None, DataError, "example 2"),
        (linear_net, {**data(2), "Input": ["a", "b"]}, None, DataError, "Input"),
        (linear_net, {**data(2), "Input": 3.0}, None, DataError, "Input"),
        (linear_net, {**data(2), "Input": [[1.0, 2.0], [[1.0]]]}, None, NetError, "Input"),
    ],
)
def test_what_cannot_be_trained(make: Any, given: Any, loss: Any, error: type[Exception], names: str) -> None:
    with pytest.raises(error, match=names):
        train(make(), given, rounds=1, loss=loss)


def test_lengths_that_vary_need_a_port_that_allows_it() -> None:
    net = train(linear_net(), data(3), rounds=1).net
    given = {"Input": [np.zeros(3), np.zeros(2)], "Output": data(2)["Output"]}
    with pytest.raises(DimensionError, match="Input"):
        train(net, given, rounds=1)


def test_a_length_that_varies_still_does_after_data_of_one_length() -> None:
    training = "NetTrain[net, RandomReal[1, {4, 6, 2}] -> RandomReal[1, {4, 6, 3}], MaxTrainingRounds -> 1]"
    made = f'net = NetChain[{{GatedRecurrentLayer[3]}}, "Input" -> {{"Varying", 2}}]; trained = {training}; '
    given = Session().evaluate(made + "Dimensions[trained[RandomReal[1, {9, 2}]]]")
    assert write(given) == "{9, 3}"
