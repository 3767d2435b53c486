"""Layers of the user's own, in nets that are trained, changed and saved."""

from __future__ import annotations

import numpy as np
import pytest

from wlnet.session import Session


def test_a_net_learns_through_a_function_with_a_gradient() -> None:
    """The same as with the function that it stands for, whoever runs it."""
    weights = {}
    for name, layer in {
        "plain": "ElementwiseLayer[Tanh]",
        "traced": "CompiledLayer[Tanh]",
        "given": "CompiledLayer[Function[x, Tanh[x]], Function[{x, g, y}, g (1 - y^2)]]",
    }.items():
        session = Session()
        made = session.evaluate(
            f"""net = NetChain[{{2, {layer}, LinearLayer[1]}}, "Input" -> 2];
            net = NetTrain[net, {{{{1., 2.}} -> {{0.5}}, {{2., -1.}} -> {{0.1}}}}, MaxTrainingRounds -> 5];
            Normal[NetExtract[net, {{1, "Weights"}}]]"""
        )
        assert not session.messages
        weights[name] = np.array(made)
    np.testing.assert_allclose(weights["traced"], weights["plain"], rtol=1e-4)
    np.testing.assert_allclose(weights["given"], weights["plain"], rtol=1e-4)


def test_a_function_for_batches_is_called_once() -> None:
    session = Session()
    assert (
        session.evaluate(
            """count = 0;
        layer = CompiledLayer[Function[{Typed[x, TypeSpecifier["PackedArray"]["Real32", 2]]}, count++; x + 1], None,
            "Input" -> 2];
        count = 0; layer[{{1., 2.}, {3., 4.}, {5., 6.}}]; count"""
        )
        == 1
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('PlaceholderLayer["Roll"][1.]', "PlaceholderLayer::placeholder"),
        ('NetTrain[NetChain[{2, PlaceholderLayer[]}, "Input" -> 2], {{1., 2.} -> {1.}}]', "::"),
        ("CompiledLayer[StringLength, None][{1.}]", "CompiledLayer::data"),
        ("CompiledLayer[Function[x, x], Function[{x, g}, {1., 2., 3.}]][{1.}, NetPortGradient[\"Input\"]]", "CompiledLayer::data"),
        ("PlaceholderLayer[InputPorts -> -1]", "PlaceholderLayer::option"),
        ("CompiledLayer[]", "CompiledLayer::args"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_message(text: str, message: str) -> None:
    session = Session()
    assert session.evaluate(f"{text} === $Failed") is True or session.messages
    assert any(message in shown and "internal" not in shown for shown in session.messages), session.messages


def test_a_placeholder_is_saved_and_filled() -> None:
    session = Session()
    made = session.evaluate(
        """file = FileNameJoin[{CreateDirectory[], "net.wlnet"}];
        net = NetChain[{Ramp, PlaceholderLayer["Roll", <|"Shift" -> 1|>, "Input" -> 3, "Output" -> 3]}];
        again = Import[Export[file, net]];
        NetReplacePart[again, 2 -> FunctionLayer[RotateLeft, "Input" -> 3]][{1., -2., 3.}]"""
    )
    assert list(made) == [0.0, 3.0, 1.0], session.messages


@pytest.mark.parametrize("heads", ["", ', "MultiHead" -> True'])
@pytest.mark.parametrize(
    "rest", ["", ', "Mask" -> "Causal"', ', "ScoreRescaling" -> "DimensionSqrt"', ', "Mask" -> ("Causal" -> 2)']
)
def test_a_net_that_multiplies_scores_as_dot_does(heads: str, rest: str) -> None:
    """And one with a bilinear form as "Bilinear" does, its inputs in the other order."""
    shape = "{4, 2, 3}" if heads else "{4, 3}"
    session = Session()
    made = session.evaluate(
        f"""SeedRandom[3]; x = RandomReal[1, {shape}]; w = RandomReal[1, {{3, 3}}];
        data = <|"Key" -> x, "Value" -> x + 1, "Query" -> 2 x|>;
        dot = NetGraph[{{DotLayer[]}}, {{{{NetPort["Input"], NetPort["Query"]}} -> 1}}];
        form = FunctionLayer[#Input . NetArray[<|"Name" -> "W", "Array" -> w|>] . #Query &, "Query" -> 3, "Input" -> 3];
        Map[Normal, {{AttentionLayer[dot{rest}{heads}][data], AttentionLayer["Dot"{rest}{heads}][data],
            AttentionLayer[form{rest}{heads}][data], AttentionLayer["Bilinear", "Weights" -> w{rest}{heads}][data]}}]"""
    )
    assert not session.messages
    for found, expected in (made[:2], made[2:]):
        np.testing.assert_allclose(np.array(found), np.array(expected), rtol=1e-4, atol=1e-5)


def test_the_weights_of_attention_add_up_to_its_output() -> None:
    session = Session()
    made = session.evaluate(
        """SeedRandom[3]; x = RandomReal[1, {4, 2, 3}];
        layer = AttentionLayer["Dot", "MultiHead" -> True, "OutputPorts" -> {"Output", "AttentionWeights"}];
        found = layer[<|"Key" -> x, "Value" -> x, "Query" -> x|>]; {found["Output"], found["AttentionWeights"], x}"""
    )
    output, weights, values = map(np.array, made)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=1e-5)
    np.testing.assert_allclose(np.einsum("mhn,nhv->mhv", weights, values), output, rtol=1e-4)
