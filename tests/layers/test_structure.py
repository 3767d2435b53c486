"""What layers that rearrange and aggregate compute, against NumPy and loops written from the definitions."""

from __future__ import annotations

import statistics
from itertools import product

import numpy as np
import pytest

from wlnet.nets import VARYING, Net
from wlnet.nets.dimensions import Shape
from wlnet.plans import apply
from wlnet.session import Session

RANDOM = np.random.default_rng(5)


def made(text: str) -> Net:
    session = Session()
    net = session.evaluate_term(text)
    assert isinstance(net, Net), session.messages
    return net


def output(text: str) -> Shape:
    return made(text).structure.outputs["Output"].shape


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7, 8])
def test_aggregates_are_those_of_their_definitions(count: int) -> None:
    x = RANDOM.normal(size=(count, 2)).astype(np.float32)
    columns = [column.tolist() for column in x.T]
    expected = {
        "Median": [statistics.median(c) for c in columns],
        "Variance": [statistics.variance(c) for c in columns],
        "StandardDeviation": [statistics.stdev(c) for c in columns],
        "MeanDeviation": [sum(abs(v - statistics.mean(c)) for v in c) / count for c in columns],
        "Times": np.prod(x, axis=0),
        # The definition with the parameters {{1/2, 0}, {0, 1}} is Hazen's.
        "InterquartileRange": np.subtract(*np.quantile(x, [0.75, 0.25], axis=0, method="hazen")),
    }
    for function, wanted in expected.items():
        found = apply(made(f'AggregationLayer["{function}", 1, "Input" -> {{{count}, 2}}]'), x)
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-6, err_msg=function)


@pytest.mark.parametrize(("mode", "numpys"), [("Fixed", "edge"), ("Reflected", "reflect")])
def test_padding_may_be_wider_than_the_array(mode: str, numpys: str) -> None:
    x = RANDOM.normal(size=(3, 1)).astype(np.float32)
    found = apply(made(f'PaddingLayer[{{{{5, 7}}, {{2, 1}}}}, Padding -> "{mode}", "Input" -> {{3, 1}}]'), x)
    np.testing.assert_array_equal(found, np.pad(x, ((5, 7), (2, 1)), mode=numpys))  # type: ignore[call-overload]


def test_ordering_sorts() -> None:
    x = RANDOM.integers(0, 5, 9).astype(np.float32)
    order = apply(made('OrderingLayer["Input" -> 9]'), x)
    by_value = sorted(range(9), key=lambda place: x[place])
    np.testing.assert_array_equal(order, np.array(by_value) + 1)
    np.testing.assert_array_equal(apply(made('OrderingLayer[-3, "Input" -> 9]'), x), order[-3:])
    np.testing.assert_array_equal(apply(made('OrderingLayer[3, "Input" -> 9]'), x), order[:3])


def test_spans_are_arithmetic_progressions() -> None:
    """Every span over six elements gives the positions from its first to its last; the empty ones are refused."""
    session = Session()
    ends = [n for n in range(-6, 7) if n]
    for first, last, step in product(ends, ends, (1, 2, -1)):
        text = f"{first} ;; {last} ;; {step}"
        start, stop = (end if end > 0 else end + 7 for end in (first, last))
        places = range(start, stop + (1 if step > 0 else -1), step)
        session.messages.clear()
        found = session.evaluate(f"PartLayer[{text}][Range[6.]]")
        assert bool(places) is not bool(session.messages), (text, session.messages)
        if places:
            np.testing.assert_array_equal(found, places, err_msg=text)


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        ("TransposeLayer[{3, 1, 2}]", (4, 5, 6)),
        ("TransposeLayer[1 <-> -1]", (4, 5, 6)),
        ("ReplicateLayer[{2, 3}, 2]", (4, 5)),
        ("ReplicateLayer[7, -2]", (4, 5)),
        ("PaddingLayer[{{1, 2}, {0, 3}}]", (4, 5)),
        ("PartLayer[{All, 1 ;; -1}]", (4, 5)),
        ("SequenceMostLayer[]", (4, 5)),
        ("SequenceRestLayer[]", (4,)),
        ("SequenceReverseLayer[]", (4, 5)),
        ("ResizeLayer[{All, All}]", (4, 5, 6)),
    ],
)
def test_dimensions_are_solved_in_both_directions(layer: str, shape: tuple[int, ...]) -> None:
    net = made(layer)
    forward = net.with_ports({"Input": net.structure.inputs["Input"].with_shape(shape)})
    result = forward.structure.outputs["Output"]
    back = net.with_ports({"Output": net.structure.outputs["Output"].with_shape(result.shape)})
    assert back.structure.inputs["Input"].shape == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ('PartLayer[-3 ;; -2, "Input" -> "Varying"]', (2,)),
        ('PartLayer[2 ;; -2, "Input" -> {"Varying", 3}]', (VARYING, 3)),
        ('PartLayer[{All, 1}, "Input" -> {"Varying", 3}]', (VARYING,)),
        ('AppendLayer["Input" -> {"Varying", 3}]', (VARYING, 3)),
        ('OrderingLayer[2, "Input" -> "Varying"]', (2,)),
        ('PaddingLayer[{{1, 1}}, "Input" -> "Varying"]', (VARYING,)),
        ('EmbeddingLayer[4, 9, "Input" -> {"Varying", 2}]', (VARYING, 2, 4)),
        ('UnitVectorLayer[9, "Input" -> "Varying"]', (VARYING, 9)),
        ('ExtractLayer["Input" -> {7, 6}, "Position" -> {"Varying", 1}]', (VARYING, 6)),
        ('SequenceIndicesLayer["Input" -> {"Varying", 6}]', (VARYING,)),
    ],
)
def test_lengths_may_vary(text: str, shape: Shape) -> None:
    assert output(text) == shape


def test_a_limit_is_the_number_of_rows_of_an_embedding() -> None:
    net = made('NetChain[{EmbeddingLayer[3], LinearLayer[2]}, "Input" -> NetEncoder[{"Class", {"a", "b", "c", "d"}}]]')
    assert net.structure.at(("1",)).slots["Weights"].shape == (4, 3)


def test_integers_out_of_range_inside_a_net_are_a_message() -> None:
    session = Session()
    for layer in ("EmbeddingLayer[2, 3]", "UnitVectorLayer[3]"):
        for shift in (-1, 3):
            text = f'NetInitialize[NetChain[{{ElementwiseLayer[# + {shift} &], {layer}}}, "Input" -> 2]][{{1, 2}}]'
            session.messages.clear()
            assert str(session.evaluate_term(text)) == "$Failed"
            assert session.messages[0].startswith(layer.partition("[")[0] + "::data"), session.messages


def test_functions_of_arrays_are_traced_as_the_language_has_them() -> None:
    session = Session()
    matrix = "{{1., 7., 3.}, {4., 2., 6.}}"
    for body in (
        "Transpose[#]", "#[[2]]", "#[[All, 1 ;; 2]]", "Take[#, 1, -2]", "Take[#, All, {1, 3, 2}]", "Drop[#, -1]", "Drop[#, 0, 1]",
        "First[#]", "Last[#]", "Most[#]", "Rest[#]", "Reverse[#]", "Total[#]", "Total[#, 2]", "Total[#, {2}]",
        "Total[#, Infinity]", "Mean[#]", "Median[#]", "Variance[#]", "StandardDeviation[#]", "Max[#]", "Min[#] + Max[#]",
        "Append[#, #[[1]]]", "Prepend[#, 2 #[[2]]]", "ArrayPad[#, {{1, 0}, {2, 1}}]", 'ArrayPad[#, {{1, 1}, {0, 2}}, "Fixed"]',
        "# - Max[#]", "Reverse[Transpose[#]] . #",
    ):  # fmt: skip
        session.messages.clear()
        found = session.evaluate(f"FunctionLayer[{body} &][{matrix}]")
        expected = session.evaluate(f"({body} &)[{matrix}]")
        assert not session.messages, (body, session.messages)
        np.testing.assert_allclose(np.array(found, float), np.array(expected, float), rtol=1e-6, err_msg=body)
