"""NetTrainResultsObject: what a training gave, to be asked for its properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wlnet.builtins.nets.training.measured import final_pictures, loss_picture, measurements_term
from wlnet.errors import NetError
from wlnet.kernel import Kernel, applies, constant
from wlnet.terms import NONE, Association, S, Term, expression, list_of, register, symbol, to_list
from wlnet.training import TrainingResult


@dataclass(frozen=True, slots=True, eq=False)
class TrainingResults:
    """What a training gave, the names of the files of nets that it wrote on the way, and the call that began it."""

    result: TrainingResult
    files: Sequence[str]
    call: Term


def number(value: Any) -> Term:
    return NONE if value is None else value


def round_positions(result: TrainingResult) -> list[int]:
    """Gives the number of the last batch of each round."""
    return [number * result.batches_per_round for number in range(1, result.total_rounds + 1)]


READERS: dict[str, Callable[[TrainingResult], Term]] = {
    "ArraysLearningRateMultipliers": lambda r: Association(
        (list_of(*position), value) for position, value in r.multipliers.items()
    ),
    "BatchLossList": lambda r: to_list(map(float, r.batch_losses)),
    "BatchMeasurementsLists": lambda r: measurements_term(r.batch_measurements, lists=True),
    "BatchSize": lambda r: r.batch_size,
    "BatchesPerRound": lambda r: r.batches_per_round,
    "BestValidationRound": lambda r: number(r.best_round),
    "ExamplesProcessed": lambda r: r.examples_processed,
    "FinalLearningRate": lambda r: float(r.final_learning_rate),
    "FinalPlots": final_pictures,
    "InitialLearningRate": lambda r: float(r.initial_learning_rate),
    "LossEvolutionPlot": loss_picture,
    "LossPlot": loss_picture,
    "MeanBatchesPerSecond": lambda r: float(r.mean_batches_per_second),
    "MeanExamplesPerSecond": lambda r: float(r.mean_examples_per_second),
    "OptimizationMethod": lambda r: r.optimization_method,
    "ReasonTrainingStopped": lambda r: r.reason_stopped,
    "RoundLoss": lambda r: number(r.round_loss),
    "RoundLossList": lambda r: to_list(map(float, r.round_losses)),
    "RoundMeasurements": lambda r: measurements_term(r.measurements[-1:]),
    "RoundMeasurementsLists": lambda r: measurements_term(r.measurements, lists=True),
    "RoundPositions": lambda r: to_list(round_positions(r)),
    "TargetDevice": lambda r: "CPU",
    "TotalBatches": lambda r: r.total_batches,
    "TotalRounds": lambda r: r.total_rounds,
    "TotalTrainingTime": lambda r: float(r.total_time),
    "TrainedNet": lambda r: r.net,
    "TrainingExamples": lambda r: r.training_examples,
    "TrainingNet": lambda r: r.training_net,
    "ValidationExamples": lambda r: r.validation_examples,
    "ValidationLoss": lambda r: number(r.validation_loss),
    "ValidationLossList": lambda r: to_list(map(float, r.validation_losses)),
    "ValidationMeasurements": lambda r: measurements_term([r.best_measurements] if r.best_measurements else []),
    "ValidationMeasurementsLists": lambda r: measurements_term(r.validation_measurements, lists=True),
    "ValidationPositions": lambda r: to_list(round_positions(r)[: len(r.validation_losses)]),
}
FILES, NAMES, CALL = "CheckpointingFiles", "Properties", "NetTrainInputForm"


def known_properties() -> list[str]:
    return sorted([*READERS, FILES, NAMES, CALL])


def check_property(name: Term) -> None:
    """Raises NetError where a term is not the name of a property."""
    if type(name) is not str or name not in known_properties():
        shown = ", ".join(f'"{known}"' for known in known_properties())
        raise NetError(
            f"`1` is not a property of a training; the properties are {shown}",
            tag="prop",
            kind="NetTrain",
            terms=(name,),
        )


def property_of(results: TrainingResults, name: Term) -> Term:
    """Gives a property of a training; raises NetError."""
    check_property(name)
    if name == NAMES:
        return to_list(known_properties())
    if name == CALL:
        return results.call
    return to_list(results.files) if name == FILES else READERS[name](results.result)


def shows_measurements(kernel: Kernel, wanted: Sequence[Term], options: Mapping[str, Term]) -> bool:
    """Tells whether anything that a training gives or tells can show measurements."""
    reporting = options["TrainingProgressReporting"]
    reports = kernel.state.get("interactive") if reporting is S.Automatic else reporting is not NONE
    told = options["TrainingProgressFunction"] is not NONE or reports
    return bool(told) or any(
        name is S.All or (type(name) is str and ("Measurements" in name or name == "FinalPlots")) for name in wanted
    )


def call_term(net: Term, data: Term, options: Mapping[str, Term], usual: Mapping[str, Term]) -> Term:
    """Gives the call of NetTrain, held, with the options that are not as usual."""
    rules = (expression("Rule", symbol(name), value) for name, value in options.items() if value != usual[name])
    return expression("HoldForm", expression("NetTrain", net, data, *rules))


@constant("NetTrainResultsObject", category="Training and evaluation")
def net_train_results_object() -> None:
    """NetTrainResultsObject[…] is what NetTrain[net, data, All] gives; apply it to the name of a property.

    Details: "TrainedNet", "TrainingNet" (with its losses); "RoundLossList", "RoundLoss", "BatchLossList",
    "ValidationLossList", "ValidationLoss" (of the net that was given back: that of "BestValidationRound");
    "RoundMeasurements", "ValidationMeasurements" and their "…Lists", "BatchMeasurementsLists" (numbers only); the picture
    "LossPlot" (also called "LossEvolutionPlot"), on a logarithmic axis where losses differ much, and "FinalPlots", pictures
    of the loss and of each measurement; "RoundPositions" and "ValidationPositions" (after which batches); "TotalRounds",
    "TotalBatches", "BatchSize",
    "BatchesPerRound", "TrainingExamples", "ValidationExamples", "ExamplesProcessed"; "TotalTrainingTime",
    "MeanExamplesPerSecond", "MeanBatchesPerSecond"; "ReasonTrainingStopped", "OptimizationMethod",
    "InitialLearningRate", "FinalLearningRate", "ArraysLearningRateMultipliers", "TargetDevice", "CheckpointingFiles",
    "NetTrainInputForm" (the call, held), "Properties".

    Examples:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, All, MaxTrainingRounds -> 2]["TotalBatches"]
        = 2
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, {"ReasonTrainingStopped", "TrainingExamples"}, MaxTrainingRounds -> 2]
        = {"MaxTrainingRounds", 1}
        >> r = NetTrain[NetChain[{2, SoftmaxLayer[]}], {{0, 1} -> "a", {1, 0} -> "b", {1, 1} -> "b"}, All, BatchSize -> 2, MaxTrainingRounds -> 3];
        >> {Head[r["LossPlot"]], Head /@ r["FinalPlots"], r["RoundPositions"]}
        = {Graphics, <|"Loss" -> Graphics, "ErrorRate" -> Graphics|>, {2, 4, 6}}
        >> Length /@ r["BatchMeasurementsLists"]
        = <|"ErrorRate" -> 6|>
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "NetTrainInputForm", MaxTrainingRounds -> 2] // Head
        = HoldForm
    Source: https://reference.wolfram.com/language/ref/NetTrainResultsObject.html
    """


def results_text(results: TrainingResults) -> str:
    """Gives the printed form of a results object: the figures that a reader looks for first."""
    r = results.result
    rows = [
        ("net", r.net.kind.name),
        ("rounds", f"{r.total_rounds} of {r.batches_per_round} batches of {r.batch_size} examples"),
        ("time", f"{r.total_time:.3g} s ({r.mean_examples_per_second:.0f} examples/s)"),
        ("method", f"{r.optimization_method}, learning rate {r.final_learning_rate:.3g}"),
        ("loss", "none" if r.round_loss is None else f"{r.round_loss:.4g}"),
        ("stopped", r.reason_stopped),
    ]
    if r.validation_loss is not None:
        rows.insert(5, ("validation", f"{r.validation_loss:.4g} (best round {r.best_round})"))
    return "\n".join(["NetTrainResultsObject", *(f"  {name:<10}  {value}" for name, value in rows)])


@applies(TrainingResults)
def apply_results(kernel: Kernel, results: TrainingResults, arguments: tuple[Term, ...]) -> Term | None:
    """Gives a property of a training."""
    return property_of(results, arguments[0]) if len(arguments) == 1 else None


register(
    TrainingResults,
    S.NetTrainResultsObject,
    full_form=lambda results: expression("NetTrainResultsObject", results.result.net),
    text=results_text,
)
