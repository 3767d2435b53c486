"""NetTrain as a user of the language meets it: what its examples cannot say."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from wlnet.kernel import StatusLine, StatusPanel
from wlnet.session import Session
from wlnet.terms import ABORTED, FAILED, same

LINE = "LinearLayer[{}], {1 -> 2, 2 -> 4, 3 -> 6}, "


def train(session: Session, options: str, data: str = LINE, wanted: str = "") -> Any:
    return session.evaluate_term(f"NetTrain[{data}{wanted}{options}, LearningRate -> 0.1]")


def tags(session: Session) -> list[str]:
    return [text.partition(": ")[0] for text in session.messages]


# TrainingProgressFunction


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("f", [1, 2, 3, 4, 5, 6]),
        ('{f, "Interval" -> Quantity[2, "Rounds"]}', [2, 4, 6]),
        ('{f, "Interval" -> Quantity[4, "Batches"]}', [2, 4, 6]),
        ('{f, "Interval" -> Quantity[1, "Batch"]}', sorted([*range(1, 7)] * 2)),
        ('{f, "Interval" -> 60}', []),
        ('{f, "MinimumInterval" -> 60}', [1]),
    ],
)
def test_when_the_function_is_called(session: Session, setting: str, expected: list[int]) -> None:
    session.evaluate('seen = {}; f[p_] := AppendTo[seen, p["Round"]]')
    train(session, f"BatchSize -> 2, MaxTrainingRounds -> 6, TrainingProgressFunction -> {setting}")
    assert list(session.evaluate("seen")) == expected
    assert not session.messages


def test_what_the_function_gets(session: Session) -> None:
    train(
        session,
        "BatchSize -> 2, MaxTrainingRounds -> 3, ValidationSet -> {1 -> 2}, TrainingProgressFunction -> ((p = #) &), "
        'TrainingProgressMeasurements -> "MeanSquare"',
    )
    given = session.evaluate("p")
    assert (given["Round"], given["Batch"], given["AbsoluteBatch"]) == (3, 2, 6)
    assert (given["TotalRounds"], given["TotalBatches"], given["BatchesPerRound"]) == (3, 6, 2)
    assert (given["BatchSize"], given["ExamplesProcessed"], given["Event"]) == (2, 9, "Round")
    assert given["ProgressFraction"] == 1
    assert given["RoundLossList"][-1] == given["RoundLoss"]
    assert len(given["BatchLossList"]) == 6
    assert given["RoundMeasurements"]["MeanSquare"] == pytest.approx(given["RoundLoss"], rel=1e-5)
    assert given["ValidationMeasurements"]["MeanSquare"] == pytest.approx(given["ValidationLoss"], rel=1e-5)
    assert session.evaluate('p["Weights"][{"Weights"}] === p["Net"][["Weights"]]') is True
    assert session.evaluate('KeyExistsQ[#, "Net"] & /@ {p}') == [True]


@pytest.mark.parametrize("every", ["Rounds", "Batches"])
def test_stop_training(session: Session, every: str) -> None:
    function = f'{{If[#AbsoluteBatch >= 3, "StopTraining"] &, "Interval" -> Quantity[1, "{every}"]}}'
    reason = train(
        session, f"BatchSize -> 1, TrainingProgressFunction -> {function}", wanted='"ReasonTrainingStopped", '
    )
    assert reason == "StopTraining"


def test_abort_aborts(session: Session) -> None:
    assert train(session, "TrainingProgressFunction -> (Abort[] &)") is ABORTED
    assert session.evaluate_term("1 + 1") == 2


def test_throw_leaves(session: Session) -> None:
    assert session.evaluate(f"Catch[NetTrain[{LINE}TrainingProgressFunction -> (Throw[#Round] &)]]") == 1


def test_an_error_in_the_function_is_a_message(session: Session) -> None:
    rounds = train(
        session, "MaxTrainingRounds -> 2, TrainingProgressFunction -> (First[#Round] &)", wanted='"TotalRounds", '
    )
    assert rounds == 2
    assert tags(session) == ["First::normal"] * 2


def test_a_function_as_stopping_criterion(session: Session) -> None:
    given = train(
        session,
        "MaxTrainingRounds -> 50, TrainingStoppingCriterion -> (#Round == 7 &)",
        wanted='{"TotalRounds", "ReasonTrainingStopped"}, ',
    )
    assert same(given, session.evaluate_term('{7, "Criterion"}'))


# TrainingProgressReporting


def test_printed_lines(session: Session) -> None:
    train(
        session, 'MaxTrainingRounds -> 4, TrainingProgressReporting -> {"Print", "Interval" -> Quantity[2, "Rounds"]}'
    )
    assert [line.split("  ")[0] for line in session.printed] == ["round 2/4", "round 4/4"]
    train(session, "MaxTrainingRounds -> 4")
    assert session.printed == []


def test_an_interactive_session_is_told(session: Session) -> None:
    session.kernel.state["interactive"] = True
    train(session, "MaxTrainingRounds -> 2")
    assert len(session.printed) == 1


def test_the_status_line_of_a_terminal() -> None:
    events: list[Any] = []
    session = Session(events.append)
    session.kernel.state["terminal"] = True
    train(
        session,
        'MaxTrainingRounds -> 2, TrainingProgressReporting -> {"ProgressIndicator", "Interval" -> Quantity[1, "Rounds"]}',
    )
    lines = [event for event in events if isinstance(event, StatusLine)]
    assert [line.is_last for line in lines] == [False, False, True]
    assert lines[-1].text == lines[-2].text
    for form in ("ProgressIndicator", "Panel"):
        report = f'{{"{form}", "Interval" -> Quantity[1, "Rounds"]}}'
        train(
            session, f"TrainingProgressFunction -> (If[#Round > 2, Abort[]] &), TrainingProgressReporting -> {report}"
        )
        assert events[-1].is_last, "what is shown is finished however the training ends"


def test_the_panel_of_a_terminal() -> None:
    events: list[Any] = []
    session = Session(events.append)
    session.kernel.state["terminal"] = True
    train(
        session, 'MaxTrainingRounds -> 9, TrainingProgressReporting -> {"Panel", "Interval" -> Quantity[1, "Rounds"]}'
    )
    panels = [event for event in events if isinstance(event, StatusPanel)]
    assert [one.is_last for one in panels] == [False] * 9 + [True]
    assert dict(panels[-1].rows)["round"] == "9 of 9"
    assert len(panels[-1].curves["loss"]) == 9
    assert panels[-1].fraction == 1.0


def test_a_function_that_reports(session: Session) -> None:
    train(
        session,
        'MaxTrainingRounds -> 3, TrainingProgressReporting -> {(n = #Round; "StopTraining") &, "MinimumInterval" -> 0}',
    )
    assert session.evaluate("n") == 3


COLUMNS = ["Round", "Batch", "AbsoluteBatch", "TimeElapsed", "LearningRate", "RoundLoss", "RSquared",
           "ValidationLoss", "ValidationRSquared"]  # fmt: skip


def log(session: Session, path: Path, interval: str = "2") -> None:
    train(
        session,
        f'BatchSize -> 2, MaxTrainingRounds -> 4, TrainingProgressReporting -> {{File["{path}"], '
        f'"Interval" -> Quantity[{interval}]}}, TrainingProgressMeasurements -> "RSquared", ValidationSet -> {{1 -> 2, 2 -> 5}}',
    )


def test_files_of_tables(session: Session, tmp_path: Path) -> None:
    for extension, separator in (("csv", ","), ("tsv", "\t")):
        path = tmp_path / f"log.{extension}"
        log(session, path, '2, "Rounds"')
        log(session, path, '2, "Batches"')
        rows = list(csv.reader(path.open(), delimiter=separator))
        assert rows[0] == COLUMNS
        assert [row[0] for row in rows[1:]] == ["2", "4", "1", "2", "3", "4"], "one header, and rows are added"
        assert all(len(row) == len(COLUMNS) for row in rows)
        assert rows[3][6] == "", "nothing was measured before the first round was over"
    assert not session.messages


def test_files_of_lines(session: Session, tmp_path: Path) -> None:
    log(session, tmp_path / "log.json", '2, "Rounds"')
    rows = [json.loads(line) for line in (tmp_path / "log.json").read_text().splitlines()]
    assert [row["Round"] for row in rows] == [2, 4]
    assert list(rows[0]) == COLUMNS
    log(session, tmp_path / "log.wl", '2, "Rounds"')
    assert list(session.evaluate(f'Import["{tmp_path}/log.wl"]')) == COLUMNS


def test_a_file_that_cannot_be_written_is_one_message(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "none" / "log.csv"
    rounds = train(
        session, f'MaxTrainingRounds -> 3, TrainingProgressReporting -> File["{path}"]', wanted='"TotalRounds", '
    )
    assert rounds == 3
    assert tags(session) == ["NetTrain::report"]


# TrainingProgressCheckpointing


def test_checkpoints_in_a_directory(session: Session, tmp_path: Path) -> None:
    files = train(
        session,
        "BatchSize -> 2, MaxTrainingRounds -> 5, ValidationSet -> {1 -> 2}, TrainingProgressCheckpointing -> "
        f'{{"Directory", "{tmp_path}", "Interval" -> Quantity[2, "Rounds"]}}',
        wanted='"CheckpointingFiles", ',
    )
    names = sorted(os.listdir(tmp_path))
    assert [f"{tmp_path}/{name}" for name in names] == list(files.args)
    parts = [name.removesuffix(".wlnet").split("_") for name in names]
    assert [part[1:4] for part in parts] == [["1", "2", "2"], ["2", "4", "2"], ["3", "5", "2"]]
    assert all(len(part) == 6 for part in parts), "time, number, round, batch, loss, validation loss"


def test_a_checkpoint_is_the_net_of_its_round(session: Session, tmp_path: Path) -> None:
    checkpoints = f'{{"File", "{tmp_path}/a.wlnet", "Interval" -> Quantity[3, "Rounds"]}}'
    train(session, f"MaxTrainingRounds -> 3, TrainingProgressCheckpointing -> {checkpoints}")
    three = session.evaluate_term(f'Import["{tmp_path}/a.wlnet"]')
    assert same(three, train(session, "MaxTrainingRounds -> 3"))
    assert os.listdir(tmp_path) == ["a.wlnet"], "nothing temporary is left"


def test_a_checkpoint_that_fails_is_one_message(session: Session, tmp_path: Path) -> None:
    both = f'{{{{"File", "{tmp_path}/none/a.wlnet"}}, {{"File", "{tmp_path}/b.wlnet"}}}}'
    files = train(
        session, f"MaxTrainingRounds -> 4, TrainingProgressCheckpointing -> {both}", wanted='"CheckpointingFiles", '
    )
    assert list(files.args) == [f"{tmp_path}/b.wlnet"]
    assert tags(session) == ["NetTrain::checkpoint"]


# Data and losses


def test_a_generator_gets_what_it_needs(session: Session) -> None:
    session.evaluate('asked = {}; f[p_] := (AppendTo[asked, p]; Table[{x} -> {2 x}, {x, p["BatchSize"]}])')
    train(session, "BatchSize -> 4, MaxTrainingRounds -> 2", data='LinearLayer[1], {f, "RoundLength" -> 8}, ')
    asked = session.evaluate("asked")
    assert [(p["BatchSize"], p["Round"], p["AbsoluteBatch"]) for p in asked] == [
        (4, 1, 1),
        (4, 1, 2),
        (4, 2, 3),
        (4, 2, 4),
    ]


@pytest.mark.parametrize(
    "function", ["Table[<|\"Input\" -> 1, \"Output\" -> 2|>, #BatchSize] &", "<|\"Input\" -> Range[#BatchSize], \"Output\" -> Range[#BatchSize]|> &",
                 "(Range[#BatchSize] -> Range[#BatchSize]) &", "Table[1 -> 2, #BatchSize] &"]
)  # fmt: skip
def test_a_generator_may_give_any_form(session: Session, function: str) -> None:
    net = train(session, "MaxTrainingRounds -> 1", data=f'LinearLayer[{{}}], {{{function}, "RoundLength" -> 64}}, ')
    assert not session.messages
    assert net is not FAILED


@pytest.mark.parametrize(
    "data",
    [
        '{Table[1 -> 2, 3] &, "RoundLength" -> 64}',
        '{Table[1 -> 2, #BatchSize] &, "RoundLength" -> 0}',
        "(7 &)",
        "nothing",
        '"No such data"',
    ],
)
def test_data_that_do_not_fit(session: Session, data: str) -> None:
    assert train(session, "MaxTrainingRounds -> 2", data=f"LinearLayer[{{}}], {data}, ") is FAILED
    assert tags(session) == ["NetTrain::data"]


@pytest.mark.parametrize("later", ["Table[1 -> 2, 3]", "Table[1 -> x, #BatchSize]"])
def test_a_later_batch_that_does_not_fit_ends_the_training(session: Session, later: str) -> None:
    generator = f'{{If[#AbsoluteBatch > 1, {later}, Table[1 -> 2, #BatchSize]] &, "RoundLength" -> 128}}'
    assert train(session, "MaxTrainingRounds -> 2", data=f"LinearLayer[{{}}], {generator}, ") is not FAILED
    assert tags(session) == ["NetTrain::stopped"]


def test_named_data(session: Session) -> None:
    net = "NetChain[{32, Tanh, 10, SoftmaxLayer[]}], "
    train(
        session,
        "MaxTrainingRounds -> 15",
        data='NetChain[{FlattenLayer[], 48, Tanh, 10, SoftmaxLayer[]}], "UCIDigits", ',
    )
    session.evaluate("net = %")
    found = train(
        session,
        'MaxTrainingRounds -> 60, LearningRate -> 0.01, ValidationSet -> "FisherIris"',
        data=net.replace("10", "3") + '"FisherIris", ',
        wanted='{"TrainingExamples", "ValidationExamples", "ValidationMeasurements"}, ',
    )
    assert list(found.args[:2]) == [120, 30]
    assert found.args[2].get("ErrorRate") < 0.2


TWO = 'NetGraph[{LinearLayer[{}, "Weights" -> {{2}}, "Biases" -> None]}, {NetPort["x"] -> 1 -> {NetPort["a"], NetPort["b"]}}], '


@pytest.mark.parametrize(
    ("loss", "data", "expected"),
    [
        ('"a"', '<|"x" -> {{3}}|>', 6),
        ('"a" -> Scaled[-0.5]', '<|"x" -> {{3}}|>', -3),
        ('{"a", "b" -> Scaled[2]}', '<|"x" -> {{3}}|>', 18),
        ('"a" -> MeanSquaredLossLayer[]', '<|"x" -> {{3}}, "a" -> {5}|>', 1),
        ('{"a" -> MeanSquaredLossLayer[] -> Scaled[3], "b" -> MeanAbsoluteLossLayer[]}',
         '<|"x" -> {{3}}, "a" -> {5}, "b" -> {8}|>', 5),
        ('("a" -> MeanSquaredLossLayer[]) -> Scaled[3]', '<|"x" -> {{3}}, "a" -> {5}|>', 3),
        ('"b" -> ThreadingLayer[#Input - #Target &]', '<|"x" -> {{3}}, "b" -> {1}|>', 5),
        ('"b" -> NetGraph[{#^2 &, # + 1 &}, {NetPort["Input"] -> {1, 2}, 1 -> NetPort["p"], 2 -> NetPort["q"]}]',
         '<|"x" -> {{3}}|>', 43),
        ("Automatic", '<|"x" -> {{3}}, "a" -> {5}, "b" -> {8}|>', 5),
    ],
)  # fmt: skip
def test_losses(session: Session, loss: str, data: str, expected: float) -> None:
    found = train(
        session, f"MaxTrainingRounds -> 1, LossFunction -> {loss}", data=f"{TWO}{data}, ", wanted='"RoundLoss", '
    )
    assert not session.messages, session.messages
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    "loss", ["Scaled[2]", "{}", '"a" -> 2', "7", '"a" -> Scaled[x]', '"c"', "MeanSquaredLossLayer[]"]
)
def test_losses_that_do_not_fit(session: Session, loss: str) -> None:
    assert train(session, f"LossFunction -> {loss}", data=f'{TWO}<|"x" -> {{{{3}}}}|>, ') is FAILED
    assert tags(session)[0] in ("NetTrain::option", "NetTrain::loss")


def test_targets_of_different_lengths_suit_a_loss_that_takes_them(session: Session) -> None:
    steps = 'NetChain[{LinearLayer[{4, 3}], SoftmaxLayer[]}, "Input" -> 1'
    labels, loss = "{{1.} -> {1, 2}, {2.} -> {1}}", "LossFunction -> CTCLossLayer[]"
    decoded = f'{steps}, "Output" -> NetDecoder[{{"CTCBeamSearch", {{1, 2}}}}]]'
    for net, options in ((decoded, "MaxTrainingRounds -> 2"), (f"{steps}]", f"{loss}, MaxTrainingRounds -> 2")):
        losses = session.evaluate(f'NetTrain[{net}, {labels}, All, {options}]["RoundLossList"]')
        assert losses[1] < losses[0]
    assert not session.messages


def test_targets_of_the_rank_of_the_output_have_its_length(session: Session) -> None:
    data = "{{1.} -> {1., 2.}, {2.} -> {1.}}"
    assert session.evaluate_term(f'NetTrain[LinearLayer[2, "Input" -> 1], {data}, MaxTrainingRounds -> 1]') is FAILED
    assert tags(session) == ["NetTrain::data"]


# Every option


@pytest.mark.parametrize(
    "option",
    ["BatchSize", "LearningRate", "LearningRateMultipliers", "LossFunction", "MaxTrainingRounds", "Method",
     "PerformanceGoal", "TimeGoal", "TrainingProgressCheckpointing", "TrainingProgressFunction", "TrainingProgressMeasurements",
     "TrainingProgressReporting", "TrainingStoppingCriterion", "TrainingUpdateSchedule", "ValidationSet",
     "WorkingPrecision"],
)  # fmt: skip
@pytest.mark.parametrize("setting", ["-1", "x[1]", "{}", '"?"', "{1, {2}}", "<|1 -> 2|>", "{{{}}}", '{"File"}', "1/0"])
def test_a_setting_that_makes_no_sense_is_a_message(session: Session, option: str, setting: str) -> None:
    allowed = {
        ("LearningRateMultipliers", "-1"), ("LearningRateMultipliers", "{}"),
        ("TrainingProgressReporting", "x[1]"), ("TrainingProgressFunction", "x[1]"), ("TrainingProgressFunction", "1/0"),
        ("LearningRateMultipliers", "{{{}}}"),
        ("TrainingProgressReporting", "1/0"), ("TrainingProgressMeasurements", "{}"), ("TrainingStoppingCriterion", "x[1]"),
        ("TrainingStoppingCriterion", "1/0"), ("TimeGoal", "1/0"),
    }  # fmt: skip
    rounds = "" if option == "MaxTrainingRounds" else ", MaxTrainingRounds -> 1"
    result = session.evaluate_term(f"NetTrain[{LINE}{option} -> Quiet[{setting}]{rounds}]")
    assert not any("internal" in tag for tag in tags(session)), session.messages
    if (option, setting) not in allowed:
        assert result is FAILED
        assert any(tag.startswith("NetTrain::") for tag in tags(session)), session.messages


@pytest.mark.parametrize("value", ["{1, 2, 3}", "{1., 2.}", "#Weights", "<||>", '{"StopTraining"}', "Plot"])
def test_a_function_may_give_anything(session: Session, value: str) -> None:
    rounds = train(
        session, f"MaxTrainingRounds -> 3, TrainingProgressFunction -> ({value} &)", wanted='"TotalRounds", '
    )
    assert rounds == 3
    assert not session.messages


# Nets that are applied to each element of a sequence


def test_classes_of_the_elements_of_sequences(session: Session) -> None:
    session.evaluate(
        """tagger = NetMapOperator[NetChain[{2, SoftmaxLayer[]}, "Output" -> NetDecoder[{"Class", {"no", "yes"}}]]];
        examples = {{{0.}, {1.}, {1.}} -> {"no", "yes", "yes"}, {{1.}} -> {"yes"}, {{0.}, {0.}} -> {"no", "no"}};
        tagger = NetTrain[tagger, examples, MaxTrainingRounds -> 60, LearningRate -> 0.1];"""
    )
    assert not session.messages
    assert session.evaluate("tagger[{{1.}, {0.}}]") == ["yes", "no"]
    assert session.evaluate('Information[tagger, "LayersCount"]') == 2


def test_a_net_for_pairs_of_what_its_encoder_takes(session: Session) -> None:
    session.evaluate(
        """net = NetChain[{FlattenLayer[], 2}, "Input" -> NetEncoder[{"Image", {2, 2}, "Grayscale"}]];
        {a, b} = {Image[{{0., 1.}, {0., 1.}}], Image[{{1., 0.}, {1., 0.}}]};
        op = NetTrain[NetPairEmbeddingOperator[net], {{a, b} -> True, {a, a} -> False}, MaxTrainingRounds -> 60];"""
    )
    assert not session.messages
    assert session.evaluate("op[{{a, b}, {b, b}}]")[1] == 0.0
    assert session.evaluate("op[{a, b}] > 0.4")
