"""Dimensions are found from whatever is known, in both directions and through shared arrays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.nets import chained, layer
from wlnet.errors import DimensionError
from wlnet.nets import VARYING, Net, Port, Shared
from wlnet.session import Session
from wlnet.terms import Association, expression, list_of


def shapes(net: Net) -> dict[str, object]:
    return {name: port.shape for name, port in {**net.structure.inputs, **net.structure.outputs}.items()}


def test_dimensions_flow_forward() -> None:
    net = chained(layer("LinearLayer", 4), layer("LinearLayer", 2)).with_ports({"Input": Port((3,))})
    assert shapes(net) == {"Input": (3,), "Output": (2,)}
    assert [net.shape_of(key) for key in net.positions] == [(4, 3), (4,), (2, 4), (2,)]


def test_dimensions_flow_backward() -> None:
    net = chained(layer("LinearLayer"), layer("SoftmaxLayer"), layer("ElementwiseLayer", "ReLU"))
    net = net.with_ports({"Output": Port((5,))})
    assert net.slots["1", "Biases"].shape == (5,)
    assert shapes(net)["Input"] is None


def test_dimensions_flow_from_arrays_to_ports() -> None:
    net = layer("LinearLayer", Weights=list_of(list_of(1, 2, 3), list_of(4, 5, 6)))
    assert net.slots["Biases",].shape == (2,)
    assert net.complete.structure.inputs["Input"].shape == (3,)
    net = layer("BatchNormalizationLayer", Scaling=list_of(1, 2, 3))
    assert net.slots["MovingVariance",].shape == (3,)


def test_dimensions_flow_through_a_shared_array() -> None:
    shared = expression("NetArray", "W")
    net = chained(layer("LinearLayer", 3, Weights=shared), layer("ElementwiseLayer", "ReLU"),
                  layer("LinearLayer", 3, Weights=shared))  # fmt: skip
    assert net.shape_of(Shared("W")) == (3, 3)
    assert net.structure.at(("1",)).inputs["Input"].shape is None, "the weights flatten it, whatever its rank"
    assert net.complete.structure.inputs["Input"].shape == (3,)


def test_dimensions_flow_through_a_view_backward() -> None:
    transposed = expression("NetArray", Association([("Name", "W"), ("View", "Transpose")]))
    net = chained(
        layer("LinearLayer", 4, Weights=transposed, Input=7), layer("LinearLayer", Weights=expression("NetArray", "W"))
    )
    assert net.shape_of(Shared("W")) == (7, 4)
    assert shapes(net)["Output"] == (7,) or net.complete.structure.outputs["Output"].shape == (7,)


def test_a_deep_chain_is_solved_from_its_far_end() -> None:
    net = chained(*[layer("ElementwiseLayer", "ReLU") for _ in range(300)])
    assert shapes(net.with_ports({"Output": Port((2, VARYING))})) == {"Input": (2, VARYING), "Output": (2, VARYING)}


def test_a_flattening_layer_keeps_a_varying_length() -> None:
    assert layer("FlattenLayer", Input=list_of("Varying", 3)).structure.outputs["Output"].shape == (VARYING,)
    varying = chained(layer("ReshapeLayer", list_of(expression("Inherited").head, 6)))
    assert varying.with_ports({"Input": Port((VARYING, 6))}).structure.outputs["Output"].shape == (VARYING, 6)


def test_a_fixed_length_is_put_in_for_a_varying_one() -> None:
    net = layer("ThreadingLayer", lambda count: None, InputPorts=list_of(list_of("Varying"), list_of(4)))
    assert shapes(net) == {"Input1": (4,), "Input2": (4,), "Output": (4,)}


@pytest.mark.parametrize(
    ("code", "tag", "said"),
    [
        ('LinearLayer[3, "Output" -> 4]', "LinearLayer::dims", ['"Output"', "{3}", "{4}"]),
        ('LinearLayer[3, "Weights" -> {{1, 2}}]', "LinearLayer::dims", ['"Weights"', "{3, _}", "{1, 2}"]),
        ('NetChain[{LinearLayer[2], LinearLayer[3, "Input" -> 5]}]', "NetChain::dims", ["layer 1", "layer 2", "{2}", "{5}"]),
        (
            'NetChain[<|"a" -> ConvolutionLayer[2, 3], "b" -> LinearLayer[3, "Input" -> 5]|>, "Input" -> {1, 8, 8}]',
            "NetChain::dims",
            ["layer a (ConvolutionLayer)", "layer b (LinearLayer)", "{5}", "{2, 6, 6}", "FlattenLayer[]"],
        ),
        ('NetChain[{NetChain[{2, 3}], LinearLayer[1, "Input" -> 7]}]', "NetChain::dims", ["{7}", "{3}"]),
        ('ConvolutionLayer[1, 3, "Input" -> 4]', "ConvolutionLayer::dims", ["channels", "dimension"]),
        ('ConvolutionLayer[1, 5, "Input" -> {1, 3, 3}]', "ConvolutionLayer::dims", ["{5, 5}", "{3, 3}", "PaddingSize"]),
        ('LinearLayer[3, "Input" -> {"Varying", 3}]', "LinearLayer::dims", ["varying", '"Weights"', "fixed length"]),
        ('LongShortTermMemoryLayer[2, "Input" -> 3]', "LongShortTermMemoryLayer::dims", ['"Input"', "{3}"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_both_dimensions(
    session: Session, code: str, tag: str, said: list[str]
) -> None:
    assert session.evaluate(f"{code} === $Failed") is True
    assert len(session.messages) == 1
    assert session.messages[0].startswith(f"{tag}: ")
    for text in said:
        assert text in session.messages[0]


def test_errors_know_their_kind() -> None:
    with pytest.raises(DimensionError) as caught:
        chained(layer("LinearLayer", 2), layer("LinearLayer", 3, Input=5))
    assert (caught.value.kind, caught.value.tag) == ("NetChain", "dims")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('NetInitialize[ConvolutionLayer[1, {3}, "Input" -> {1, "Varying"}]][{{1, 2}}]', ["{1, 2}", "{3}"]),
        ('ReshapeLayer[{2, 2}, "Input" -> "Varying"][{1, 2, 3}]', ["{3}", "3 elements", "4"]),
        (
            'ThreadingLayer[Plus, InputPorts -> {"Varying", "Varying"}][<|"Input1" -> {1, 2}, "Input2" -> {1, 2, 3}|>]',
            ['{2} at "Input1" and {3} at "Input2"', "lengths"],
        ),
    ],
)
def test_lengths_that_only_the_data_tell_are_checked_there(session: Session, code: str, said: list[str]) -> None:
    assert session.evaluate(f"{code} === $Failed") is True
    assert [message.partition(": ")[0].partition("::")[2] for message in session.messages] == ["dims"]
    for text in said:
        assert text in session.messages[0]


PAIR = 'NetGraph[{Ramp, Tanh}, {NetPort["a"] -> 1 -> NetPort["x"], NetPort["b"] -> 2 -> NetPort["y"]}, "a" -> {"n", 1}, "b" -> '


def test_lengths_of_one_name_are_one_whatever_lies_between(session: Session) -> None:
    net = session.evaluate(PAIR + '{"n", 2}, "y" -> {4, 2}]')
    assert shapes(net) == {"a": (4, 1), "b": (4, 2), "x": (4, 1), "y": (4, 2)}
    net = session.evaluate(PAIR + '{"m", 2}, "y" -> {4, 2}]')
    assert shapes(net) == {"a": (VARYING, 1), "b": (4, 2), "x": (VARYING, 1), "y": (4, 2)}
    assert session.evaluate(PAIR + '{"n", 2}, "x" -> {3, 1}, "y" -> {4, 2}] === $Failed') is True
    assert session.messages[0].startswith("NetGraph::dims")


def test_lengths_of_one_name_are_equal_in_each_example(session: Session) -> None:
    session.evaluate(f'net = {PAIR}{{"n", 2}}]')
    data = '<|"a" -> {{{1}, {2}}, {{3}}}, "b" -> {{{0, 0}, {0, 0}}, {{0, 0}}}|>'
    assert session.evaluate(f'net[{data}, "x"] == {{{{{{1.}}, {{2.}}}}, {{{{3.}}}}}}') is True
    assert session.evaluate('net[<|"a" -> {{1}, {2}}, "b" -> {{0, 0}}|>] === $Failed') is True
    assert 'the length "n" is 2 at the port "a" and 1 at "b"' in session.messages[0]


def test_names_of_lengths_come_back(session: Session, tmp_path: Path) -> None:
    session.evaluate(f'net = {PAIR}{{"n", 2}}]; Export["{tmp_path}/net.wlnet", net]')
    for again in (f'Import["{tmp_path}/net.wlnet"]', "ToExpression[ToString[net, InputForm]]"):
        assert session.evaluate(f'NetExtract[{again}, {{{{"a"}}, {{"b"}}}}] === {{{{"n", 1}}, {{"n", 2}}}}') is True
    assert session.evaluate('NetChain[{Ramp}, "Input" -> {"varying", 3}] === $Failed') is True
