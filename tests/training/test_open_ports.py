"""Dimensions that a net leaves open are those of the data, and vary where these do."""

from __future__ import annotations

import pytest

from wlnet.nets import Net
from wlnet.nets.dimensions import VARYING, Shape
from wlnet.session import Session

LAST = "NetChain[{GatedRecurrentLayer[3], SequenceLastLayer[], LinearLayer[{}]}]"
EACH = "NetChain[{GatedRecurrentLayer[3], NetMapOperator[LinearLayer[1]]}]"
WORDS = "NetChain[{EmbeddingLayer[4, 10], GatedRecurrentLayer[3], SequenceLastLayer[], 2, SoftmaxLayer[]}]"
PIXELS = "NetChain[{ConvolutionLayer[2, 2], AggregationLayer[Max, {2, 3}], LinearLayer[{}]}]"


@pytest.mark.parametrize(
    ("net", "data", "shape"),
    [
        (LAST, "{{{1, 2}, {3, 4}, {5, 6}} -> 1, {{1, 2}} -> 2, {{1, 2}, {3, 4}} -> 3}", (VARYING, 2)),
        (LAST, "{{{1, 2}, {3, 4}} -> 1, {{1, 2}, {5, 4}} -> 2}", (2, 2)),
        (LAST, "{{{1, 2}}, {{3, 4}, {5, 6}}} -> {1, 2}", (VARYING, 2)),
        (LAST, '<|"Input" -> {NumericArray[{{1, 2}}, "Real32"], NumericArray[{{1, 2}, {3, 4}}, "Real32"]}, "Output" -> {1, 2}|>',
         (VARYING, 2)),
        (LAST, 'Dataset[{<|"Input" -> {{1, 2}}, "Output" -> 1|>, <|"Input" -> {{1, 2}, {3, 4}}, "Output" -> 2|>}]', (VARYING, 2)),
        (LAST, '{Table[RandomReal[1, {k, 2}] -> 1., {k, #BatchSize}] &, "RoundLength" -> 16}', (VARYING, 2)),
        (EACH, "{{{1, 2}, {3, 4}} -> {{1}, {2}}, {{1, 2}} -> {{1}}}", (VARYING, 2)),
        (WORDS, '{{1, 2, 3} -> "a", {4} -> "b", {3, 2, 1, 2} -> "a"}', (VARYING,)),
        (PIXELS, "{RandomReal[1, {1, 4, 4}] -> 1, RandomReal[1, {1, 5, 6}] -> 2}", (1, VARYING, VARYING)),
        ("LinearLayer[{}]", "{1 -> 2, 2 -> 4}", ()),
        ("LinearLayer[2]", "{{{1, 2}, {3, 4}}} -> {{1, 2}}", (2, 2)),
        ("LinearLayer[2]", '<|"Input" -> NumericArray[{{1, 2, 3}}, "UnsignedInteger8"], "Output" -> {{1, 2}}|>', (3,)),
    ],
)  # fmt: skip
def test_the_data_tell_the_dimensions(net: str, data: str, shape: Shape) -> None:
    session = Session()
    trained = session.evaluate_term(f"NetTrain[{net}, {data}, MaxTrainingRounds -> 1, BatchSize -> 4]")
    assert isinstance(trained, Net), session.messages
    assert trained.structure.inputs["Input"].shape == shape


def test_the_validation_set_tells_that_lengths_vary() -> None:
    trained = Session().evaluate_term(
        f"NetTrain[{LAST}, {{{{{{1, 2}}, {{3, 4}}}} -> 1}}, ValidationSet -> {{{{{{1, 2}}}} -> 1}}, MaxTrainingRounds -> 1]"
    )
    assert isinstance(trained, Net)
    assert trained.structure.inputs["Input"].shape == (VARYING, 2)


@pytest.mark.parametrize(
    ("net", "data", "said"),
    [
        ("LinearLayer[2]", "{{1, 2, 3} -> {1, 2}, {1} -> {2, 3}}", "varying length"),
        ('LinearLayer[2, "Input" -> 3]', "{{1, 2, 3} -> {1, 2}, {1} -> {2, 3}}", "size: 3"),
        (WORDS, '{"abc" -> "x", "de" -> "y"}', "vector of integers"),
        ("NetChain[{3, SoftmaxLayer[]}]", '{{1} -> "a", {2} -> "b"}', "2 classes"),
        (LAST, '{Table[RandomReal[1, {#AbsoluteBatch, 2}] -> 1., #BatchSize] &, "RoundLength" -> 8}', "Varying"),
    ],
)
def test_what_cannot_be_is_told(net: str, data: str, said: str) -> None:
    session = Session()
    session.evaluate_term(f"NetTrain[{net}, {data}, MaxTrainingRounds -> 1, BatchSize -> 4]")
    (message,) = map(str, session.messages)
    assert said in message
