"""Measurements, pictures and the progress of NetTrain as a user of the language meets them."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wlnet.session import Session
from wlnet.terms import FAILED, numeric

DATA = '{{0, 1} -> "a", {1, 0} -> "b", {1, 1} -> "b", {2, 1} -> "a", {0, 3} -> "b"}'
CLASSIFIER = f"NetTrain[NetChain[{{2, SoftmaxLayer[]}}], {DATA}, "
LINE = "NetTrain[LinearLayer[{}], {1 -> 2, 2 -> 4, 3 -> 6}, "


def array(session: Session, text: str) -> np.ndarray:
    found = numeric(session.evaluate_term(f"Normal[{text}]"))
    assert found is not None
    return np.asarray(found)


# What is told of the latest batch


def test_gradients_are_what_a_step_subtracts(session: Session) -> None:
    session.evaluate(
        'start = NetInitialize[LinearLayer[{}, "Input" -> "Real"]]; '
        "told = {}; net = NetTrain[start, {1 -> 2, 2 -> 4, 3 -> 6}, "
        'Method -> {"SGD", "Momentum" -> 0}, LearningRate -> 0.01, BatchSize -> 3, MaxTrainingRounds -> 1, '
        "TrainingProgressFunction -> ((g = #Gradients; v = #GradientsVector; r = #GradientsRMS) &)]"
    )
    before, after = (array(session, f'Flatten[Normal[{net}[["Weights"]]]]') for net in ("start", "net"))
    weights = array(session, 'Flatten[Normal[g[{"Weights"}]]]')
    np.testing.assert_allclose((before - after) / 0.01, weights, rtol=1e-3)
    vector = array(session, "v")
    np.testing.assert_allclose(vector, [*weights, *array(session, 'Flatten[{Normal[g[{"Biases"}]]}]')])
    assert float(session.evaluate_term("r")) == pytest.approx(np.sqrt(np.mean(vector**2)))


def test_examples_and_their_losses(session: Session) -> None:
    """The losses of the examples of a batch, in their order, from the data told and the net before the step."""
    session.evaluate(
        "data = Table[Table[x, n] -> {1. x}, {x, 7}, {n, {Mod[x, 3] + 1}}] // Flatten; nets = {}; told = {};"
        'start = NetInitialize[NetChain[{LongShortTermMemoryLayer[2], SequenceLastLayer[], 1}, "Input" -> {"Varying", 1}]];'
        "data = Table[Table[{1. x}, Mod[x, 3] + 1] -> {1. x}, {x, 7}];"
        "NetTrain[start, data, BatchSize -> 4, MaxTrainingRounds -> 1, LearningRateMultipliers -> 0, TrainingProgressFunction -> "
        '{AppendTo[told, {#BatchIndices, #ExampleLosses, #BatchData["Output"], #BatchLoss}] &, "Interval" -> Quantity[1, "Batches"]}];'
    )
    losses = array(session, "Map[(start[First[#]] - Last[#])^2 &, data] // Flatten")
    seen: list[int] = []
    for number in (1, 2):
        indices = array(session, f"told[[{number}, 1]]").astype(int)
        seen += indices.tolist()
        found = array(session, f"told[[{number}, 2]]")
        np.testing.assert_allclose(found, losses[indices - 1], rtol=1e-4)
        np.testing.assert_allclose(array(session, f"told[[{number}, 3]]").reshape(-1), indices)
        assert float(session.evaluate_term(f"told[[{number}, 4]]")) == pytest.approx(found.mean(), rel=1e-5)
    assert sorted(seen) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("function", "keys"),
    [
        ('Function[a, k = Keys[Hold[a] /. Hold[x_] :> x]; a["Round"]]', None),
        ('(#Round; k = "slots"; #RoundLoss) &', "slots"),
    ],
)
def test_functions_of_all_forms_are_told(session: Session, function: str, keys: str | None) -> None:
    session.evaluate(f"{LINE} MaxTrainingRounds -> 1, TrainingProgressFunction -> ({function})]")
    found = session.evaluate("k")
    assert found == keys if keys else {"CheckpointingFiles", "Gradients", "Weights", "Net"} <= set(found)


def test_only_what_is_used_is_made(monkeypatch: pytest.MonkeyPatch, session: Session) -> None:
    from wlnet.builtins.nets.training import progress_keys

    made: list[str] = []

    def noted(key: str, reader: Any) -> Any:
        return lambda progress: made.append(key) or reader(progress)

    for key, reader in list(progress_keys.PROGRESS.items()):
        monkeypatch.setitem(progress_keys.PROGRESS, key, noted(key, reader))
    functions = {
        "(n = #Round) &": ["Round"],
        'Function[p, n = p["BatchSize"] + p["Round"]]': ["BatchSize", "Round"],
        '(n = #["Batch"]) &': ["Batch"],
    }
    for function, keys in functions.items():
        made.clear()
        session.evaluate(f"{LINE} MaxTrainingRounds -> 1, TrainingProgressFunction -> ({function})]")
        assert sorted(made) == keys


def test_files_of_checkpoints_are_told(session: Session, tmp_path: Path) -> None:
    session.evaluate(
        f'{LINE} MaxTrainingRounds -> 3, TrainingProgressCheckpointing -> {{"Directory", "{tmp_path}"}}, '
        "TrainingProgressFunction -> ((n = Length[#CheckpointingFiles]) &)]"
    )
    assert session.evaluate("n") == 3


def test_a_training_that_goes_on_has_no_latest_batch_yet(session: Session, tmp_path: Path) -> None:
    file = f'"{tmp_path}/half.wlnet"'
    session.evaluate(
        f"{LINE} MaxTrainingRounds -> 1, "
        f'TrainingProgressCheckpointing -> {{"File", {file}, "Interval" -> Quantity[1, "Batches"]}}]'
    )
    session.evaluate(
        f"told = {{}}; NetTrain[File[{file}], {{1 -> 2, 2 -> 4, 3 -> 6}}, MaxTrainingRounds -> 2, "
        "TrainingProgressFunction -> (AppendTo[told, ToString[Head[#Gradients]]] &)]"
    )
    assert session.evaluate("told") == ["Missing", "Association"]
    assert not session.messages


# Measurements


def test_single_batches_are_measured(session: Session) -> None:
    session.evaluate(
        f'{CLASSIFIER} MaxTrainingRounds -> 2, BatchSize -> 2, TrainingProgressMeasurements -> {{"Loss", "Accuracy"}}, '
        "TrainingProgressFunction -> ((lists = #BatchMeasurementsLists; batches = #BatchLossList; last = #BatchMeasurements) &)]"
    )
    np.testing.assert_allclose(array(session, 'lists["Loss"]'), array(session, "batches"), rtol=1e-5)
    assert session.evaluate('last["Accuracy"]') == session.evaluate('Last[lists["Accuracy"]]')


@pytest.mark.parametrize(
    ("criterion", "rounds"),
    [
        ('"accuracy"', 2),
        ('NetPort[{1, "Biases"}]', 2),
        ('<|"Criterion" -> "AreaUnderROCCurve", "Patience" -> 1|>', 3),
        ('"Precision" -> 1', None),
        ('"ConfusionMatrix"', None),
        ('"beauty"', None),
    ],
)
def test_criteria_watch_measurements(session: Session, criterion: str, rounds: int | None) -> None:
    measured = '{<|"Measurement" -> "Accuracy", "Key" -> "accuracy"|>, NetPort[{1, "Biases"}]}'
    stopped = session.evaluate(
        f'{CLASSIFIER} "TotalRounds", MaxTrainingRounds -> 9, LearningRateMultipliers -> 0, ValidationSet -> {DATA}, '
        f"TrainingProgressMeasurements -> {measured}, TrainingStoppingCriterion -> {criterion}]"
    )
    assert stopped == rounds if rounds else stopped is FAILED


def test_a_criterion_without_validation_is_remarked(session: Session) -> None:
    session.evaluate(f'{LINE} MaxTrainingRounds -> 2, TrainingStoppingCriterion -> "Loss"]')
    assert [message.partition(": ")[0] for message in session.messages] == ["NetTrain::stopval"]


@pytest.mark.parametrize(
    "wrong",
    [
        '"Precision" -> 2', '"Accuracy" -> 1.5', '"Accuracy" -> 0', '<|"Measurement" -> "Loss", "ClassAveraging" -> "Macro"|>',
        '<|"Measurement" -> "Accuracy", "ClassAveraging" -> "Micro"|>', '<|"Measurement" -> "Precision", "ClassAveraging" -> "Best"|>',
        '<|"Measurement" -> "Precision", "Aggregation" -> "Mean"|>', '<|"Measurement" -> NetPort["Output"], "Aggregation" -> "Sum"|>',
        '<|"Measurement" -> "Precision", "Interval" -> 3|>', '<|"Measurement" -> (x &)|>', '<|"Key" -> "a"|>',
        '"IntersectionOverUnions"', "NetPort[{9, \"Output\"}]", "7",
    ],
)  # fmt: skip
def test_what_is_no_measurement_is_told(session: Session, wrong: str) -> None:
    assert session.evaluate(f"{CLASSIFIER} MaxTrainingRounds -> 1, TrainingProgressMeasurements -> {wrong}]") is FAILED
    assert len(session.messages) == 1
    assert "internal" not in session.messages[0]


def test_values_of_varying_dimensions_need_an_aggregation(session: Session) -> None:
    train = (
        'NetTrain[NetMapOperator[LinearLayer[{}], "Input" -> {"Varying", 1}], '
        '{{{1}, {2}} -> {1, 2}, {{1}} -> {1}}, "RoundMeasurements", MaxTrainingRounds -> 1, '
        "TrainingProgressMeasurements -> "
    )
    assert session.evaluate(train + 'NetPort["Output"]]') is FAILED
    assert session.evaluate(
        "Keys[" + train + '<|"Measurement" -> NetPort["Output"], "Aggregation" -> "Max", "Key" -> "m"|>]]'
    ) == ["m"]


# Pictures


def test_pictures_are_exported(session: Session, tmp_path: Path) -> None:
    session.evaluate(
        f'plots = {CLASSIFIER} "FinalPlots", MaxTrainingRounds -> 3, ValidationSet -> {DATA}, '
        'TrainingProgressMeasurements -> {"Accuracy", "ROCCurvePlot", "ConfusionMatrixPlot", "ROCCurve"}]'
    )
    assert session.evaluate("Keys[plots]") == ["Loss", "Accuracy", "ROCCurvePlot", "ConfusionMatrixPlot"]
    for name in session.evaluate("Keys[plots]"):
        session.evaluate(f'Export["{tmp_path}/{name}.svg", plots["{name}"]]')
        ElementTree.parse(tmp_path / f"{name}.svg")
        assert len(str(session.evaluate(f'ToString[plots["{name}"]]'))) > 10


def test_curves_are_not_reported(session: Session, tmp_path: Path) -> None:
    session.evaluate(
        f'{CLASSIFIER} MaxTrainingRounds -> 1, TrainingProgressReporting -> File["{tmp_path}/log.csv"], '
        'TrainingProgressMeasurements -> {"ROCCurve", "ConfusionMatrix", "ROCCurvePlot", "AreaUnderROCCurve"}]'
    )
    assert (tmp_path / "log.csv").read_text().splitlines()[0].split(",")[-2:] == ["RoundLoss", "AreaUnderROCCurve"]
