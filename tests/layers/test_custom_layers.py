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
