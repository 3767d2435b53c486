"""Views: a layer that sees a shared array transposed or reshaped."""

from __future__ import annotations

import pytest

from wlnet.session import Session

DEFINITIONS = """
first = LinearLayer[5, "Weights" -> NetArray["W"], "Biases" -> None, "Input" -> 10];
seen[view_, n_] := LinearLayer[n, "Weights" -> NetArray[<|"Name" -> "W", "View" -> view|>], "Biases" -> None];
"""


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("seen[{5, 5}, 5]", "has dimensions {5, 10}, 50 numbers, which cannot be seen as {5, 5}, 25 numbers"),
        ("seen[{10, 5}, 7]", 'change its "View"'),
        ("seen[Transpose, 7]", 'change its "View"'),
        ('LinearLayer[5, "Weights" -> NetArray["W"]]', '{5, 10} at {1, "Weights"}, but {2, "Weights"} needs {5, 5}'),
    ],
)
def test_a_view_that_does_not_fit_is_a_message(session: Session, second: str, says: str) -> None:
    assert session.evaluate(f"{DEFINITIONS} FailureQ[NetChain[{{first, {second}}}]]")
    assert says in session.messages[0]


@pytest.mark.parametrize("view", ["Transpose", "{10, 5}"])
def test_the_shared_array_keeps_its_own_dimensions(session: Session, view: str) -> None:
    net = f"{DEFINITIONS} net = NetInitialize[NetChain[{{first, seen[{view}, 10]}}]];"
    assert session.evaluate(f'{net} Dimensions[NetExtract[net, NetArray["W"]]] === {{5, 10}}')
    assert session.messages == []


def test_the_advice_names_a_view_only_where_one_fits(session: Session) -> None:
    convolution = 'ConvolutionLayer[5, {1, 1}, "Weights" -> NetArray["W"], "Input" -> {10, 1, 1}]'
    session.evaluate(f'{DEFINITIONS} NetGraph[{{first, {convolution}}}, {{NetPort["x"] -> 1, NetPort["y"] -> 2}}]')
    assert '"View" -> {5, 10, 1, 1}' in session.messages[0]
    session.evaluate('NetChain[{first, LinearLayer[5, "Weights" -> NetArray["W"]]}]')
    assert '"View"' not in session.messages[0]


TURNED = """turned[view_, array_:Automatic, more___] := NetArrayLayer[
    "Array" -> NetArray[<|"Name" -> "W", "Array" -> array, "View" -> view|>], more];"""


@pytest.mark.parametrize(
    "view",
    [
        "Transpose[#] &",
        "Transpose[#, {3, 1, 2}] &",
        "Transpose[#, {1, 3, 2}] &",
        "ArrayReshape[#, {4, 6}] &",
        "ArrayReshape[Transpose[#, {2, 3, 1}], {6, 4}] &",
        "Transpose[ArrayReshape[#, {4, 6}]] &",
        "Transpose[Transpose[#, {2, 3, 1}], {2, 3, 1}] &",
    ],
)
def test_a_view_is_what_the_function_gives(session: Session, view: str) -> None:
    session.evaluate(f"{TURNED} array = N[ArrayReshape[Range[24], {{2, 3, 4}}]]; layer = turned[{view}, array];")
    assert session.evaluate(f"layer[] === ({view})[array]")
    assert session.evaluate('ToExpression[Information[layer, "InputForm"]] === layer')
    assert session.evaluate('Import[Export[FileNameJoin[{CreateDirectory[], "a.wlnet"}], layer]] === layer')
    assert session.evaluate('Normal[layer[<||>, NetPortGradient[NetArray["W"]]]] === ConstantArray[1., {2, 3, 4}]')
    assert session.messages == []


def test_the_dimensions_follow_through_a_transposition(session: Session) -> None:
    session.evaluate(
        f'{TURNED} net = NetInitialize[turned[Transpose[#, {{3, 1, 2}}] &, Automatic, "Output" -> {{2, 3, 4}}]];'
    )
    assert session.evaluate('Dimensions[NetExtract[net, NetArray["W"]]] === {4, 2, 3}')
    assert session.evaluate("Dimensions[net[]] === {2, 3, 4}")
    assert session.messages == []
    session.evaluate(f'{TURNED} NetInitialize[turned[{{6, 4}}, Automatic, "Output" -> {{6, 4}}]]')
    assert session.messages[0].startswith("NetInitialize::unknown")


@pytest.mark.parametrize(
    "view", ["Reverse[#] &", "Transpose[#, {1, 3}] &", "ArrayReshape[#, {2, -1}] &", "Transpose[#2] &", "3.5"]
)
def test_what_is_no_view_is_told(session: Session, view: str) -> None:
    session.evaluate(f"{TURNED} turned[{view}]")
    assert session.messages[0].startswith("NetArrayLayer::array")
