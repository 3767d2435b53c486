"""The same seed gives the same net to the bit, whatever is told, measured, saved or asked for on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from wlnet.nets import Net
from wlnet.session import Session

NETS = {
    "classifier": (
        "NetChain[{6, Tanh, DropoutLayer[0.3], BatchNormalizationLayer[], 2, SoftmaxLayer[]}]",
        'Table[N[{Sin[n], Cos[3 n]}] -> If[EvenQ[n], "a", "b"], {n, 13}]',
    ),
    "sequences": (
        'NetChain[{GatedRecurrentLayer[4, "Dropout" -> 0.2], SequenceLastLayer[], 1}]',
        "Table[Table[{N[Sin[n k]]}, {k, Mod[7 n, 11] + 1}] -> {N[Cos[n]]}, {n, 13}]",
    ),
}
OPTIONS = [
    'TrainingProgressReporting -> "Print"',
    'TrainingProgressReporting -> {"Print", "Interval" -> Quantity[1, "Batches"]}',
    'TrainingProgressReporting -> "Panel"',
    'TrainingProgressReporting -> "ProgressIndicator"',
    'TrainingProgressReporting -> {Function[p, p["Net"]], "Interval" -> Quantity[1, "Batches"], "MinimumInterval" -> 0}',
    'TrainingProgressReporting -> {"Print", File["FOLDER/log.csv"], File["FOLDER/log.json"]}',
    'TrainingProgressCheckpointing -> {"Directory", "FOLDER", "Interval" -> Quantity[1, "Batches"]}',
    'TrainingProgressFunction -> {Function[p, {p["Gradients"], p["BatchData"], p["ExampleLosses"]}], "Interval" -> Quantity[1, "Batches"]}',
    "TrainingProgressFunction -> Function[all, Length[all]]",
    "TrainingProgressFunction -> (RandomReal[] &)",
    'TrainingProgressMeasurements -> {"Loss", NetPort["Output"], <|"Measurement" -> (Total[#Output] &), "Key" -> "f"|>}',
    "TrainingStoppingCriterion -> (#Round > 99 &)",
    "TimeGoal -> 3600",
    'TargetDevice -> "CPU"',
]


def trained(name: str, options: str, *, interactive: bool = False) -> bytes:
    session = Session(emit=lambda event: None)
    session.kernel.state.update(interactive=interactive, terminal=interactive)
    net, data = NETS[name]
    made = session.evaluate_term(
        f"NetTrain[{net}, {data}, RandomSeeding -> 8, MaxTrainingRounds -> 4, BatchSize -> 4{options and ', ' + options}]"
    )
    assert isinstance(made, Net), session.messages
    return b"".join(made.store[key].tobytes() for key in made.positions)


@pytest.mark.parametrize("name", NETS)
def test_what_is_told_changes_no_bit(name: str, tmp_path: Path) -> None:
    expected = trained(name, "")
    for option in OPTIONS:
        assert trained(name, option.replace("FOLDER", str(tmp_path))) == expected, option
    for option in OPTIONS[:4]:
        assert trained(name, option, interactive=True) == expected, f"{option} in a terminal"
