"""Sharing: one name is one array, whatever is done to the net."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from tests.training.nets import chained, layer
from wlnet.errors import DimensionError
from wlnet.nets import Net, Shared, chain, initialize, insert_shared_arrays
from wlnet.nets.containers import SharedValuesWarning
from wlnet.nets.sharing import sharing
from wlnet.plans import evaluate, gradients
from wlnet.session import Session
from wlnet.terms import Association, expression, pack

W = expression("NetArray", "W")


def holding(values: Any, name: str = "W") -> Any:
    return expression("NetArray", Association([("Name", name), ("Array", pack(np.asarray(values, np.float64)))]))


def seen(view: Any, name: str = "W") -> Any:
    return expression("NetArray", Association([("Name", name), ("View", view)]))


def tied() -> Net:
    return initialize(chained(layer("LinearLayer", 3, Weights=W, Input=3), layer("LinearLayer", 3, Weights=W)))


def test_a_container_holds_the_very_arrays_of_its_layers() -> None:
    inner = initialize(layer("LinearLayer", 3, Weights=W, Input=3))
    outer = chained(chained(inner, layer("ElementwiseLayer", "ReLU")), inner)
    assert outer.store[Shared("W")] is inner.store[Shared("W")]
    assert outer.store["1", "1", "Biases"] is outer.store["2", "Biases"] is inner.store["Biases",]
    assert len(outer.store) == 3


def test_a_layer_taken_out_holds_the_very_arrays_of_the_net() -> None:
    net = tied()
    for name in ("1", "2"):
        part = net.child((name,))
        assert part.store[Shared("W")] is net.store[Shared("W")]
        assert part.store["Biases",] is net.store[name, "Biases"]
        assert set(part.store) == {Shared("W"), ("Biases",)}


def test_sharing_everything_moves_no_array() -> None:
    net = initialize(chained(layer("LinearLayer", 2, Input=3), layer("BatchNormalizationLayer")))
    shared = insert_shared_arrays(net, "p:")
    assert {key: id(array) for key, array in shared.store.items()} == {
        Shared("p:1/Weights"): id(net.store["1", "Weights"]),
        Shared("p:1/Biases"): id(net.store["1", "Biases"]),
        Shared("p:2/Scaling"): id(net.store["2", "Scaling"]),
        Shared("p:2/Biases"): id(net.store["2", "Biases"]),
        ("2", "MovingMean"): id(net.store["2", "MovingMean"]),
        ("2", "MovingVariance"): id(net.store["2", "MovingVariance"]),
    }
    assert insert_shared_arrays(shared, "q:").keys == shared.keys, "what is shared keeps its name"


def test_different_dimensions_under_one_name_are_refused_naming_both() -> None:
    with pytest.raises(DimensionError) as caught:
        chained(layer("LinearLayer", 2, Weights=W, Input=3), layer("LinearLayer", 3, Weights=W))
    assert caught.value.tag == "shdims"
    for part in ('NetArray["W"]', '{1, "Weights"}', "{2, 3}", '{2, "Weights"}', "{3, _}"):
        assert part in str(caught.value)


def test_of_two_values_the_first_is_kept_with_a_message(session: Session) -> None:
    session.evaluate("""a = LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{1}}|>]];
        b = LinearLayer[1, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{2}}|>]];
        net = NetChain[<|"x" -> a, "y" -> b|>]""")
    assert len(session.messages) == 1
    for part in ("NetChain::shval: ", 'NetArray["W"]', "layer y (LinearLayer)", "first"):
        assert part in session.messages[0]
    assert session.evaluate('Normal[NetExtract[net, NetArray["W"]]] === {{1.}}') is True
    assert session.evaluate('Normal[NetExtract[b, "Weights"]] === {{2.}}') is True
    session.evaluate("NetChain[{a, a}]; NetGraph[{a, a}, {}]")
    assert not session.messages, "equal values are no conflict"


def test_equal_values_of_one_name_are_one_array() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", SharedValuesWarning)
        net = chained(*[layer("LinearLayer", 1, Weights=holding([[2]])) for _ in range(2)])
    assert [key for key in net.store if isinstance(key, Shared)] == [Shared("W")]


def test_a_thousand_layers_that_share_an_array_hold_it_once() -> None:
    values = np.random.default_rng(0).normal(size=(200, 200))
    first = layer("LinearLayer", 200, Weights=holding(values), Biases=holding(np.zeros(200), "b"))
    net = chain({str(index): first for index in range(1000)})
    assert len(net.store) == 2
    assert net.store[Shared("W")] is first.store[Shared("W")]
    filled = initialize(net, everything=True)
    assert len(filled.store) == 2
    assert {id(filled.child((name,)).store[Shared("W")]) for name in ("0", "999")} == {id(filled.store[Shared("W")])}
    assert sum(array.nbytes for array in net.store.values()) == 4 * (200 * 200 + 200)
    assert sharing(net)[0].saved == 999 * 4 * 200 * 200


def test_the_gradient_of_a_shared_array_is_the_sum_over_its_uses() -> None:
    x = np.random.default_rng(1).normal(size=(4, 3)).astype(np.float32)
    net = tied().with_arrays({("1", "Biases"): [0.5, 0, 1]})
    weights, bias = net.store[Shared("W")].astype(np.float64), net.store["1", "Biases"]
    found = gradients(net, {"Input": x}, 4, [Shared("W"), "Input"], dtype=np.float64)
    hidden = x @ weights.T + bias
    back = np.ones((4, 3)) @ weights
    np.testing.assert_allclose(found[Shared("W")], np.ones((4, 3)).T @ hidden + back.T @ x, rtol=1e-12)
    np.testing.assert_allclose(found["Input"], back @ weights, rtol=1e-12)


def test_a_transposed_view_is_the_same_array() -> None:
    """A tied encoder and decoder: y = w^T (w x), with the gradient by hand."""
    net = chained(
        layer("LinearLayer", 2, Weights=W, Biases=expression("None").head, Input=5),
        layer("LinearLayer", 5, Weights=seen("Transpose"), Biases=expression("None").head),
    )
    assert net.positions == {Shared("W"): (("1", "Weights"), ("2", "Weights"))}
    net = initialize(net)
    w = net.store[Shared("W")].astype(np.float64)
    assert w.shape == (2, 5)
    x = np.random.default_rng(2).normal(size=(3, 5))
    outputs, _ = evaluate(net, {"Input": x}, 3, dtype=np.float64)
    np.testing.assert_allclose(outputs["Output"], x @ w.T @ w, rtol=1e-12)
    found = gradients(net, {"Input": x}, 3, [Shared("W")], dtype=np.float64)[Shared("W")]
    ones = np.ones((3, 5))
    np.testing.assert_allclose(found, (ones @ w.T).T @ x + (x @ w.T).T @ ones, rtol=1e-12)


def test_a_reshaped_view_is_the_same_array() -> None:
    """y = r.(w.x) where r has the elements of w in other rows, with the gradient by hand."""
    none = expression("None").head
    net = initialize(chained(
        layer("LinearLayer", 2, Weights=W, Biases=none, Input=6),
        layer("LinearLayer", 6, Weights=seen(pack(np.array([6, 2]))), Biases=none),
    ))  # fmt: skip
    w = net.store[Shared("W")].astype(np.float64)
    assert (w.shape, len(net.store)) == ((2, 6), 1)
    x = np.random.default_rng(3).normal(size=(1, 6))
    found = gradients(net, {"Input": x}, 1, [Shared("W")], dtype=np.float64)[Shared("W")]
    r, ones = w.reshape(6, 2), np.ones((1, 6))
    np.testing.assert_allclose(found, (ones @ r).T @ x + (ones.T @ (x @ w.T)).reshape(2, 6), rtol=1e-12)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            'NetChain[{LinearLayer[2, "Weights" -> NetArray["W"], "Input" -> 5], '
            'LinearLayer[4, "Weights" -> NetArray[<|"Name" -> "W", "View" -> Transpose|>]]}]',
            ['NetArray["W"]', '{2, "Weights"}', "View"],
        ),
        (
            'NetChain[{LinearLayer[2, "Weights" -> NetArray["W"], "Input" -> 5], '
            'LinearLayer[4, "Weights" -> NetArray[<|"Name" -> "W", "View" -> {4, 2}|>]]}]',
            ['NetArray["W"]', "{4, 2}"],
        ),
    ],
)
def test_a_view_that_does_not_fit_is_refused(session: Session, code: str, said: list[str]) -> None:
    assert session.evaluate(f"{code} === $Failed") is True
    assert session.messages[0].partition(": ")[0] in ("NetChain::shdims", "NetChain::dims")
    for part in said:
        assert part in session.messages[0]


def test_views_stay_tied_in_training(session: Session) -> None:
    session.evaluate("""net = NetInitialize[NetChain[{
        LinearLayer[2, "Weights" -> NetArray["W"], "Input" -> 3, "Biases" -> None],
        LinearLayer[3, "Weights" -> NetArray[<|"Name" -> "W", "View" -> Transpose|>], "Biases" -> None]}]];
        trained = NetTrain[net, {{1, 2, 3} -> {1, 2, 3}}, MaxTrainingRounds -> 5]""")
    assert not session.messages
    assert session.evaluate('Information[trained, "ArraysCount"] === 1') is True
    assert session.evaluate('NetExtract[trained, NetArray["W"]] =!= NetExtract[net, NetArray["W"]]') is True
    product = "Transpose[w].(w.{1., 0., 0.})"
    assert session.evaluate(
        f'w = Normal[NetExtract[trained, NetArray["W"]]]; Max[Abs[trained[{{1., 0., 0.}}] - {product}]] < 0.0001'
    ) is True  # fmt: skip


def test_moving_statistics_cannot_be_shared(session: Session) -> None:
    assert session.evaluate('BatchNormalizationLayer["MovingMean" -> NetArray["m"]] === $Failed') is True
    assert session.messages[0].startswith('BatchNormalizationLayer::noshare: the array "MovingMean" cannot be shared')


@pytest.mark.parametrize(
    "spelling",
    ['NetArray["W"]', 'NetSharedArray["W"]', 'NetArray["Name" -> "W"]', 'NetArray[<|"Name" -> "W"|>]'],
)
def test_every_spelling_of_a_name_means_the_same_array(session: Session, spelling: str) -> None:
    session.evaluate(f"""net = NetInitialize[NetChain[{{LinearLayer[2, "Weights" -> NetArray["W"], "Input" -> 2],
        LinearLayer[2, "Weights" -> {spelling}]}}]]""")
    assert session.evaluate('Information[net, "SharedArraysCount"] === 1') is True
    assert session.evaluate('NetExtract[net, NetSharedArray["W"]] === NetExtract[net, NetArray["W"]]') is True
    assert session.evaluate("NetExtract[net, NetSharedArray[All]] === NetExtract[net, NetArray[All]]") is True
    assert not session.messages


def test_nameless_arrays_are_each_their_own(session: Session) -> None:
    session.evaluate('net = NetChain[{LinearLayer[2, "Weights" -> NetArray[], "Input" -> 2], '
                     'LinearLayer[2, "Weights" -> NetArray[Automatic]]}]')  # fmt: skip
    assert session.evaluate('Information[net, "SharedArraysCount"] === 2') is True
    session.evaluate('layer = LinearLayer[2, "Weights" -> NetArray[], "Input" -> 2]; twice = NetChain[{layer, layer}]')
    assert session.evaluate('Information[twice, "SharedArraysCount"] === 1') is True
