"""Coders as a user of nets meets them: what their examples cannot say."""

from __future__ import annotations

from pathlib import Path

import pytest

from wlnet.session import Session
from wlnet.terms import FAILED

CLASSES = 'NetDecoder[{"Class", {"x", "y"}}]'


@pytest.mark.parametrize(
    ("layers", "data", "port", "kind"),
    [
        ("{2, SoftmaxLayer[]}", '{{1., 0.} -> "a", {0., 1.} -> "b"}', "Output", "Class"),
        ("{2, SoftmaxLayer[]}", "{{1., 0.} -> True, {0., 1.} -> False}", "Output", "Class"),
        ("{LinearLayer[{}], LogisticSigmoid}", "{{1., 0.} -> True, {0., 1.} -> False}", "Output", "Boolean"),
        ("{EmbeddingLayer[2], LinearLayer[{}]}", '{"a" -> 1, "b" -> 2}', "Input", "Class"),
        ("{LinearLayer[{}]}", "{True -> 1, False -> 2}", "Input", "Boolean"),
    ],
)
def test_training_attaches_coders(session: Session, layers: str, data: str, port: str, kind: str) -> None:
    code = f'NetExtract[NetTrain[NetChain[{layers}], {data}, MaxTrainingRounds -> 1], {{"{port}", "Type"}}]'
    assert session.evaluate(code) == kind
    assert not session.messages


def test_targets_are_encoded_by_what_undoes_the_decoder(session: Session) -> None:
    for coders, data in (
        ('"Output" -> NetDecoder[{"Characters", "xyz"}]', '{"ab" -> "xy", "cab" -> "zxy"}'),
        ('"Output" -> NetDecoder[{"Class", {u, v, w}, "InputDepth" -> 2}]', '{"ab" -> {u, v}, "cab" -> {w, u, v}}'),
        ('"Output" -> NetDecoder[{"CTCBeamSearch", {u, v}}]', '{"ab" -> {u, v}, "cab" -> {u, v}}'),
    ):
        layers = "EmbeddingLayer[6], NetMapOperator[LinearLayer[]], SoftmaxLayer[]"
        net = f'NetChain[{{{layers}}}, "Input" -> NetEncoder[{{"Characters", "abc"}}], {coders}]'
        inputs = data.replace("->", ";").strip("{}")
        session.evaluate(f"net = NetTrain[{net}, data = {data}, MaxTrainingRounds -> 300, LearningRate -> 0.05]")
        assert not session.messages, inputs
        assert session.evaluate_term("net[Keys[data]] === Values[data]") is session.evaluate_term("True")


def test_examples_of_different_lengths_are_a_batch(session: Session) -> None:
    session.evaluate('net = NetChain[{EmbeddingLayer[3], SummationLayer[]}, "Input" -> "Characters"]')
    session.evaluate("net = NetInitialize[net]")
    assert session.evaluate('Max[Abs[net[{"a", "abc", ""}] - {net["a"], net["abc"], 0}]] < 10^-6')


def test_properties_of_the_decoder_of_a_net(session: Session) -> None:
    session.evaluate(f'net = SoftmaxLayer["Output" -> {CLASSES}]')
    assert session.evaluate('net[{0., 1.}, {"Decision", "TopDecisions" -> 1}]') == ["y", ["y"]]
    assert session.evaluate('net[{0., 1.}, "Output" -> "Decision"]') == "y"
    assert session.evaluate("Total[net[{0., 1.}, None]]") == pytest.approx(1)
    session.evaluate(
        f'two = NetGraph[{{SoftmaxLayer[], Tanh}}, {{NetPort["x"] -> 1 -> NetPort["a"], NetPort["y"] -> 2 -> NetPort["b"]}}, "a" -> {CLASSES}]'
    )
    assert session.evaluate('Keys[two[<|"x" -> {0., 1.}, "y" -> {0.}|>, None]]') == ["a", "b"]
    assert session.evaluate('Total[two[<|"x" -> {0., 1.}, "y" -> {0.}|>, None]["a"]]') == pytest.approx(1)


def test_a_function_is_evaluated_when_it_is_needed(session: Session) -> None:
    session.evaluate('f[x_] := {x, 0}; encoder = NetEncoder[{"Function", f, 2}]')
    assert list(session.evaluate("encoder[3]")) == [3, 0]
    session.evaluate("f[x_] := {x, 1}")
    assert list(session.evaluate("encoder[3]")) == [3, 1]


def test_training_with_a_function(session: Session) -> None:
    code = 'NetChain[{LinearLayer[{}]}, "Input" -> NetEncoder[{"Function", Total, "Real"}]]'
    data = "{{1, 2} -> 6, {2, 2} -> 8, {0, 1, 1} -> 4}"
    net = f"NetTrain[{code}, {data}, MaxTrainingRounds -> 500, LearningRate -> 0.2]"
    assert session.evaluate(f"{net}[{{{{1, 4}}, {{2, 5}}}}]") == pytest.approx([10, 14], abs=0.2)
    assert not session.messages


@pytest.mark.parametrize(
    "function", ['DeleteFile["x"] &', "ToExpression", 'TemplateApply["<*1*>"] &', 'Symbol["Quit"][] &']
)
def test_a_file_holds_no_function_that_does_more_than_compute(session: Session, tmp_path: Path, function: str) -> None:
    file = tmp_path / "net.wlnet"
    session.evaluate(f'Export["{file}", ElementwiseLayer[Ramp, "Input" -> NetEncoder[{{"Function", {function}, 2}}]]]')
    assert session.evaluate_term(f'Import["{file}"]') is FAILED
    assert "which no net is made of" in session.messages[0]


def test_a_file_of_tokens_is_read_once(session: Session, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("<unk>\nne\n▁\ns\n", encoding="utf-8")
    session.evaluate(f'encoder = NetEncoder[{{"SubwordTokens", File["{words}"]}}]')
    words.unlink()
    assert list(session.evaluate('encoder[" nes"]')) == [3, 2, 4]
    assert list(session.evaluate('ToExpression[ToString[encoder, InputForm]][" nes"]')) == [3, 2, 4]


def test_help_finds_the_kinds(session: Session) -> None:
    session.evaluate('?NetEncoder["UTF8"]')
    assert session.printed[0].startswith('NetEncoder["UTF8"] turns')
    session.evaluate("?NetDecoder")
    assert 'NetDecoder["CTCBeamSearch"]' in session.printed[0]


def test_a_wrong_input_names_the_encoder(session: Session) -> None:
    session.evaluate('NetEncoder["Characters"][{1.5, 200}]')
    assert 'NetEncoder["Characters"]' in session.messages[0]
