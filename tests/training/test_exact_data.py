"""Exact numbers in data count as machine numbers; classes and what encoders take stay as they are."""

from __future__ import annotations

import pytest

from wlnet.session import Session


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('ElementwiseLayer[Sin, "Input" -> "Real"][Pi/2]', "1."),
        ("Chop[ElementwiseLayer[Cos][{{Pi/2}, {Sqrt[4]/2, Pi}}] - N[{{Cos[Pi/2]}, {Cos[1], Cos[Pi]}}], 10^-6]", "{{0}, {0, 0}}"),
        ('ElementwiseLayer[2 # &, "Input" -> 2][<|"Input" -> {Sqrt[1/4], Log[E^3]}|>]', "{1., 6.}"),
        (
            'NetMeasurements[ElementwiseLayer[Sin, "Input" -> "Real"], Table[x -> Sin[x], {x, 0, Pi, Pi/4}], "MeanSquare"] < 10^-10',
            "True",
        ),
        ("NetTrain[LinearLayer[1], Table[{x} -> {Sin[x]}, {x, 1, 4}], \"TrainingExamples\", MaxTrainingRounds -> 1]", "4"),
        (
            'MemberQ[{C, D, E}, NetTrain[NetChain[{3, SoftmaxLayer[]}], {{1} -> C, {2} -> D, {3} -> E}, MaxTrainingRounds -> 1][{1}]]',
            "True",
        ),
        (
            'NetChain[{ElementwiseLayer[# &]}, "Input" -> NetEncoder[{"Function", If[# === Pi, {1.}, {0.}] &, 1}]][Pi]',
            "{1.}",
        ),
    ],
)  # fmt: skip
def test_exact_numbers(text: str, expected: str) -> None:
    session = Session()
    assert session.evaluate_term(f"({text}) == ({expected})") is session.evaluate_term("True"), session.messages
