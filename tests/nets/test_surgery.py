"""Parts of nets replaced: the net given never changes, and what stays is not copied."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.training.nets import chained, layer
from wlnet.errors import NetError
from wlnet.nets import Net, Port, Shared, initialize
from wlnet.nets.surgery import array_value, replace_array, replace_child, replace_ports
from wlnet.session import Session
from wlnet.terms import expression

W = expression("NetArray", "W")


@pytest.fixture
def net() -> Net:
    return initialize(
        chained(layer("LinearLayer", 3, Weights=W, Input=3), layer("ElementwiseLayer", "ReLU"),
                layer("LinearLayer", 3, Weights=W))
    )  # fmt: skip


def replaced_array(net: Net) -> Net:
    return replace_array(net, ("1", "Biases"), array_value([1, 2, 3]))


def replaced_shared_array(net: Net) -> Net:
    return replace_array(net, Shared("W"), array_value(np.eye(3)))


def emptied(net: Net) -> Net:
    return replace_array(net, ("3", "Biases"), None)


def replaced_layer(net: Net) -> Net:
    return replace_child(net, ("2",), layer("ElementwiseLayer", "GELU"))


def replaced_port(net: Net) -> Net:
    return replace_ports(net, {"Input": Port()})


SURGERY = [replaced_array, replaced_shared_array, emptied, replaced_layer, replaced_port]


@pytest.mark.parametrize("operate", SURGERY, ids=lambda function: function.__name__)
def test_the_net_given_stays_and_the_other_arrays_are_the_same_objects(net: Net, operate: Any) -> None:
    structure, store = net.structure, dict(net.store)
    values = {key: array.copy() for key, array in store.items()}
    made = operate(net)
    assert net.structure is structure
    assert dict(net.store).keys() == store.keys()
    for key, array in store.items():
        assert net.store[key] is array
        np.testing.assert_array_equal(array, values[key])
    changed = [key for key, array in store.items() if made.store.get(key) is not array]
    assert len(changed) == (1 if "array" in operate.__name__ or operate is emptied else 0)


def test_the_rest_of_a_store_is_carried_through_layers_replaced(net: Net) -> None:
    made = replace_child(net, ("3",), layer("LinearLayer", 5))
    assert made.structure.outputs["Output"].shape == (5,)
    assert set(made.store) == {Shared("W"), ("1", "Biases")}
    assert made.store[Shared("W")] is net.store[Shared("W")]
    both_gone = replace_child(made, ("1",), layer("LinearLayer", 2))
    assert set(both_gone.store) == set()
    with pytest.raises(NetError):
        replace_child(net, ("2",), layer("MeanSquaredLossLayer"))


CASES = {
    "an array": ('NetExtract[NetReplacePart[net, {1, "Biases"} -> {5, 6}], {1, "Biases"}] // Normal', "{5., 6.}"),
    "a shared array, at all its uses": (
        'Normal /@ NetExtract[NetReplacePart[net, NetArray["W"] -> {{1, 2}, {3, 4}}], {{1, "Weights"}, {3, "Weights"}}]',
        "{{{1., 2.}, {3., 4.}}, {{1., 2.}, {3., 4.}}}",
    ),
    "a shared array, through one of its positions": (
        'Normal[NetExtract[NetReplacePart[net, {3, "Weights"} -> {{1, 2}, {3, 4}}], {1, "Weights"}]]',
        "{{1., 2.}, {3., 4.}}",
    ),
    "an array by another shared one": (
        'Information[NetReplacePart[net, {3, "Weights"} -> NetArray["V"]], "ArraysPositionList"]',
        '{NetArray["W"], {1, "Biases"}, NetArray["V"], {3, "Biases"}}',
    ),
    "two arrays by one": (
        'Information[NetReplacePart[net, {{1, "Biases"} -> NetArray["b"], {3, "Biases"} -> NetArray["b"]}], "ArraysCount"]',
        "2",
    ),
    "an array by none": ('NetExtract[NetReplacePart[net, {1, "Biases"} -> Automatic], {1, "Biases"}]', "Automatic"),
    "a layer": ("Head[NetReplacePart[net, 2 -> SoftmaxLayer[]][[2]]]", "SoftmaxLayer"),
    "a layer, to be found again": ("NetReplacePart[net, 2 -> net[[2]]] === net", "True"),
    "a port": (
        'NetExtract[NetReplacePart[NetChain[{Ramp, Tanh}, "Input" -> 3], "Input" -> {2, 4}], "Output"]', "{2, 4}",
    ),
    "a coder": (
        'NetReplacePart[NetChain[{SoftmaxLayer[]}, "Input" -> 2], "Output" -> NetDecoder[{"Class", {"a", "b"}}]][{0., 1.}]',
        '"b"',
    ),
    "several parts at once": (
        'Normal /@ NetExtract[NetReplacePart[net, {{1, "Biases"} -> {1, 1}, {3, "Biases"} -> {2, 2}}], '
        '{{1, "Biases"}, {3, "Biases"}}]',
        "{{1., 1.}, {2., 2.}}",
    ),
}  # fmt: skip

NET = """net = NetInitialize[NetChain[{LinearLayer[2, "Weights" -> NetArray["W"], "Input" -> 2], Ramp,
    LinearLayer[2, "Weights" -> NetArray["W"]]}]]; before = Information[net, "InputForm"];"""


@pytest.mark.parametrize(("code", "value"), CASES.values(), ids=list(CASES))
def test_parts_are_replaced(session: Session, code: str, value: str) -> None:
    session.evaluate(NET)
    assert session.evaluate(f"({code}) === ({value})") is True, session.display(session.evaluate_term(code))
    assert session.evaluate('before === Information[net, "InputForm"]') is True
    assert not session.messages


FAULTS = {
    "wrong dimensions": ('{1, "Biases"} -> {1, 2, 3}', "dims", ['{1, "Biases"}', "{2}", "{3}"]),
    "wrong dimensions of a shared array": ('NetArray["W"] -> {{1, 2}}', "dims", ['NetArray["W"]', "{2, 2}", "{1, 2}"]),
    "no such array": ('{1, "Wights"} -> {1}', "part", ["LinearLayer at {1}", "Weights, Biases"]),
    "no such layer": ("9 -> Ramp", "part", ["9", "1, 2, 3"]),
    "no such shared array": ('NetArray["V"] -> {{1}}', "part", ["V"]),
    "no numbers": ('{1, "Biases"} -> {"a", "b"}', "array", ["array of numbers"]),
    "numbers that are not finite": ('{1, "Biases"} -> {Indeterminate, 1}', "array", ["number"]),
    "no layer": ('1 -> "a"', "layer", ["a"]),
    "a layer with other ports": ("2 -> MeanSquaredLossLayer[]", "ports", ["Input"]),
    "no rule": ("7", "args", ["7"]),
}


@pytest.mark.parametrize(("rule", "tag", "said"), FAULTS.values(), ids=list(FAULTS))
def test_faults_are_named(session: Session, rule: str, tag: str, said: list[str]) -> None:
    session.evaluate(NET)
    assert session.evaluate(f"NetReplacePart[net, {rule}] === $Failed") is True
    assert len(session.messages) == 1, session.messages
    label, _, text = session.messages[0].partition(": ")
    assert label == f"NetReplacePart::{tag}", session.messages
    for part in said:
        assert part in text


def test_a_layer_that_brings_another_value_of_a_shared_array_says_so(session: Session) -> None:
    session.evaluate(
        NET + 'other = LinearLayer[2, "Weights" -> NetArray[<|"Name" -> "W", "Array" -> {{1, 2}, {3, 4}}|>]]'
    )
    assert session.evaluate(
        'NetExtract[NetReplacePart[net, 3 -> other], NetArray["W"]] === NetExtract[net, NetArray["W"]]'
    )
    assert len(session.messages) == 1
    assert session.messages[0].startswith('NetReplacePart::shval: The shared array NetArray["W"]')
