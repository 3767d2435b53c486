"""NetTrain."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wlnet.builtins.nets.arrays import net_argument, seed_from
from wlnet.builtins.nets.data import arrays_from, columns_from, with_coders
from wlnet.errors import NetError
from wlnet.kernel import Kernel, Printed, applies, builtin, constant
from wlnet.layers.settings import text
from wlnet.nets import Net
from wlnet.terms import (
    NONE,
    Association,
    Expression,
    S,
    Term,
    elements,
    expression,
    is_head,
    is_list,
    list_of,
    register,
    to_list,
)
from wlnet.training import Progress, StoppingCriterion, TrainingResult, train
from wlnet.training.losses import Loss
from wlnet.training.multipliers import SharedMultipliersWarning

NOT_YET = {
    "TrainingProgressCheckpointing": (NONE,),
    "TrainingProgressMeasurements": (S.Automatic, NONE),
    "TrainingUpdateSchedule": (S.Automatic,),
    "PerformanceGoal": (S.Automatic,),
}
"""Option → the settings that are taken so far."""

TRAINING_OPTIONS: dict[str, Term] = {
    "BatchSize": S.Automatic,
    "LearningRate": S.Automatic,
    "LearningRateMultipliers": S.Automatic,
    "LossFunction": S.Automatic,
    "MaxTrainingRounds": S.Automatic,
    "Method": S.Automatic,
    "PerformanceGoal": S.Automatic,
    "RandomSeeding": 1234,
    "TargetDevice": "CPU",
    "TimeGoal": S.Automatic,
    "TrainingProgressCheckpointing": NONE,
    "TrainingProgressFunction": NONE,
    "TrainingProgressMeasurements": S.Automatic,
    "TrainingProgressReporting": S.Automatic,
    "TrainingStoppingCriterion": NONE,
    "TrainingUpdateSchedule": S.Automatic,
    "ValidationSet": NONE,
    "WorkingPrecision": "Real32",
}


@builtin("NetTrain", category="Training and evaluation", options=TRAINING_OPTIONS)
def net_train(
    kernel: Kernel, net: Term, data: Term, wanted: Term = "TrainedNet", *, options: Mapping[str, Term]
) -> Term | None:
    """NetTrain[net, {in1 -> out1, …}] trains a net to give the outputs for the inputs, and gives the trained net.
    NetTrain[net, <|"port" -> {…}, …|>] trains on the data of each port, under the names of inputs and outputs.
    NetTrain[net, data, "property"] gives a property of the training, {"p1", "p2", …} a list of them.
    NetTrain[net, data, All] gives a results object; apply it to the name of a property.

    Details: Arrays without values are initialized. The loss follows from the last layer: SoftmaxLayer has
    CrossEntropyLossLayer, LogisticSigmoid its "Binary" form, anything else MeanSquaredLossLayer. Arrays of one name stay
    one array. Ctrl-C ends the training and gives the net so far. Properties: "TrainedNet", "RoundLossList",
    "BatchLossList", "RoundLoss", "ValidationLossList", "ValidationLoss", "TotalRounds", "TotalBatches", "BatchSize",
    "BatchesPerRound", "TotalTrainingTime", "MeanExamplesPerSecond", "ExamplesProcessed", "ReasonTrainingStopped",
    "OptimizationMethod", "InitialLearningRate", "FinalLearningRate", "BestValidationRound", "TrainingExamples",
    "ValidationExamples", "TrainingNet", "ArraysLearningRateMultipliers", "Properties".

    Examples:
        >> line = NetTrain[LinearLayer[{}, "Input" -> "Real"], {1 -> 3, 2 -> 5, 3 -> 7}, MaxTrainingRounds -> 3000, LearningRate -> 0.05];
        >> Abs[line[10] - 21] < 0.1
        = True
        >> NetTrain[NetChain[{4, Tanh, 2, SoftmaxLayer[]}], {{0, 0} -> "a", {1, 1} -> "b"}, MaxTrainingRounds -> 300][{{0, 0}, {1, 1}}]
        = {"a", "b"}
        >> Length[NetTrain[LinearLayer[1], {{1} -> {2}}, "RoundLossList", MaxTrainingRounds -> 5]]
        = 5
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, All, MaxTrainingRounds -> 5]["TotalRounds"]
        = 5
    Options: BatchSize:
        >> NetTrain[LinearLayer[1], {{1} -> {2}, {2} -> {4}, {3} -> {6}}, "BatchesPerRound", BatchSize -> 2, MaxTrainingRounds -> 1]
        = 2
    Options: LearningRate:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "InitialLearningRate", LearningRate -> 0.5, MaxTrainingRounds -> 1]
        = 0.5
    Options: LearningRateMultipliers:
        >> net = NetInitialize[LinearLayer[1, "Input" -> 1]];
        >> NetTrain[net, {{1} -> {2}}, LearningRateMultipliers -> {"Weights" -> 0}, MaxTrainingRounds -> 2][[ "Weights"]] === net[["Weights"]]
        = True
    Options: LossFunction:
        >> Head[NetTrain[LinearLayer[1], {{1} -> {2}}, LossFunction -> MeanAbsoluteLossLayer[], MaxTrainingRounds -> 1]]
        = LinearLayer
    Options: MaxTrainingRounds:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "TotalRounds", MaxTrainingRounds -> 7]
        = 7
    Options: Method:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "OptimizationMethod", Method -> {"SGD", "Momentum" -> 0.5}, MaxTrainingRounds -> 1]
        = "SGD"
    Options: PerformanceGoal:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, PerformanceGoal -> "TrainingMemory"]
        = $Failed
        message: NetTrain::nyi
    Options: RandomSeeding:
        >> a = NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, RandomSeeding -> 5];
        >> a === NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, RandomSeeding -> 5]
        = True
    Options: TargetDevice:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, TargetDevice -> "GPU"]
        = $Failed
        message: NetTrain::device
    Options: TimeGoal:
        >> Head[NetTrain[LinearLayer[1], {{1} -> {2}}, TimeGoal -> 0.05]]
        = LinearLayer
    Options: TrainingProgressCheckpointing:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, TrainingProgressCheckpointing -> {"File", "a.wlnet"}]
        = $Failed
        message: NetTrain::nyi
    Options: TrainingProgressFunction:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, TrainingProgressFunction -> ((last = #Round) &)]; last
        = 3
    Options: TrainingProgressMeasurements:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, TrainingProgressMeasurements -> "RSquared"]
        = $Failed
        message: NetTrain::nyi
    Options: TrainingProgressReporting:
        >> Head[NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, TrainingProgressReporting -> None]]
        = LinearLayer
    Options: TrainingStoppingCriterion:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "TotalRounds", MaxTrainingRounds -> 5000,
        ValidationSet -> {{1} -> {2}}, TrainingStoppingCriterion -> <|"Criterion" -> "Loss", "AbsoluteChange" -> 0.001, "Patience" -> 3|>] < 5000
        = True
    Options: TrainingUpdateSchedule:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, TrainingUpdateSchedule -> {"Weights", "Biases"}]
        = $Failed
        message: NetTrain::nyi
    Options: ValidationSet:
        >> NetTrain[LinearLayer[1], {{1} -> {2}, {2} -> {4}, {3} -> {6}, {4} -> {8}}, "ValidationExamples",
        ValidationSet -> Scaled[0.25], MaxTrainingRounds -> 1]
        = 1
    Options: WorkingPrecision:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, WorkingPrecision -> "Real64"][["Weights"]] // NumericArrayType
        = "Real64"
    Possible issues:
        >> NetTrain[LinearLayer[1], {{1} -> {Indeterminate}}]
        = $Failed
        message: NetTrain::data
    Source: https://reference.wolfram.com/language/ref/NetTrain.html
    """
    found = net_argument("NetTrain", net)
    for name, taken in NOT_YET.items():
        if all(options[name] is not setting for setting in taken):
            raise NetError("`1` -> `2` is not supported yet", tag="nyi", kind="NetTrain", terms=(name, options[name]))
    if text(options["TargetDevice"]) != "CPU":
        raise NetError('nets train on the "CPU" only', tag="device", kind="NetTrain")
    columns = columns_from(found, data)
    found = with_coders(found, columns)
    arguments = training_arguments(kernel, found, options)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SharedMultipliersWarning)
        result = train(found, arrays_from(found, columns), **arguments)
    for warning in caught:
        if issubclass(warning.category, SharedMultipliersWarning):
            kernel.message("NetTrain", "shmult", text=str(warning.message).partition(": ")[2])
    if result.warning:
        kernel.message("NetTrain", "stopped", text=result.warning)
    if wanted is S.All:
        return TrainingResults(result, net, options)
    if is_list(wanted):
        return to_list(property_of(result, item) for item in elements(wanted))
    return property_of(result, wanted)


def training_arguments(kernel: Kernel, net: Net, options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the arguments of `train` that the options mean; raises NetError."""
    return {
        "loss": loss_from(options["LossFunction"]),
        "method": method_from(kernel, options["Method"]),
        "learning_rate": number_or_none("LearningRate", options["LearningRate"]),
        "multipliers": options["LearningRateMultipliers"],
        "batch_size": positive_or_none("BatchSize", options["BatchSize"]),
        "rounds": positive_or_none("MaxTrainingRounds", options["MaxTrainingRounds"]),
        "time_goal": seconds("TimeGoal", options["TimeGoal"]),
        "validation": validation_from(net, options["ValidationSet"]),
        "stopping": stopping_from(options["TrainingStoppingCriterion"]),
        "seed": seed_from(kernel, options["RandomSeeding"]),
        "precision": text(options["WorkingPrecision"]) or "",
        **reporting(kernel, options),
    }


def bad_option(name: str, expected: str, term: Term) -> NetError:
    return NetError(f"the option {name} must be {expected}, not `1`", tag="option", kind="NetTrain", terms=(term,))


def number_or_none(name: str, term: Term) -> float | None:
    if term is S.Automatic:
        return None
    if type(term) in (int, float, Fraction) and term > 0:
        return float(term)
    raise bad_option(name, "a positive number or Automatic", term)


def positive_or_none(name: str, term: Term) -> int | None:
    if term is S.Automatic:
        return None
    if type(term) is int and term > 0:
        return term
    raise bad_option(name, "a positive integer or Automatic", term)


UNITS = {"Seconds": 1.0, "Minutes": 60.0, "Hours": 3600.0, "Days": 86400.0}


def seconds(name: str, term: Term) -> float | None:
    """Gives a time in seconds: a number, Quantity[n, "unit"], or None for Automatic and Infinity."""
    if term is S.Automatic or is_head(term, S.DirectedInfinity):
        return None
    if is_head(term, S.Quantity, 2) and term.args[1] in UNITS and type(term.args[0]) in (int, float):
        return float(term.args[0]) * UNITS[term.args[1]]
    return number_or_none(name, term)


def loss_from(term: Term) -> Any:
    """Gives what LossFunction says, for `read_losses`."""
    if term is S.Automatic:
        return None
    if is_list(term):
        return [loss_from(item) for item in elements(term)]
    if is_head(term, S.Rule, 2) and type(term.args[0]) is str:
        port, value = term.args
        if is_head(value, S.Scaled, 1):
            return Loss(None, port, float(value.args[0]))
        if isinstance(value, Net):
            return Loss(value, port)
    if isinstance(term, Net) or type(term) is str:
        return term
    raise bad_option("LossFunction", "Automatic, a loss layer or net, an output port, or a list of these", term)


def method_from(kernel: Kernel, term: Term) -> Any:
    """Gives the name and suboptions of a training method."""
    if term is S.Automatic:
        return None
    parts = elements(term) if is_list(term) else (term,)
    name = text(parts[0]) if parts else None
    if name is None or not all(is_head(item, S.Rule, 2) for item in parts[1:]):
        raise bad_option("Method", 'a name such as "ADAM", or {"ADAM", suboption -> value, …}', term)
    rules = [(text(item.args[0]) or "", item.args[1]) for item in parts[1:]]
    return name, {key: suboption(kernel, key, value) for key, value in rules if value is not S.Automatic}


#: Suboption → what None means for it; for others it is no setting.
WITHOUT = {
    "Momentum": 0.0, "GradientClipping": None, "L2Regularization": None, "LearningRateSchedule": None,
    "WeightClipping": None,
}  # fmt: skip


def suboption(kernel: Kernel, name: str, term: Term) -> Any:
    """Gives the setting of a suboption as `train` takes it."""
    if term is NONE:
        return WITHOUT.get(name, term)
    if type(term) is Fraction:
        return float(term)
    if name == "LearningRateSchedule" and type(term) is not str:
        return schedule_function(kernel, term)
    return term


def schedule_function(kernel: Kernel, function: Term) -> Callable[[int, int, float], float]:
    """Gives a learning rate schedule f[batch, batches, initial] as a Python function."""

    def rate(batch: int, batches: int, initial: float) -> float:
        value = kernel.evaluate(expression("N", Expression(function, (batch, batches, initial))))
        if type(value) not in (int, float):
            raise bad_option('"LearningRateSchedule"', "a function that gives numbers", function)
        return float(value)

    return rate


def validation_from(net: Net, term: Term) -> Any:
    if term is NONE or term is S.Automatic:
        return None
    if is_head(term, S.Scaled, 1) and type(term.args[0]) in (int, float, Fraction):
        return float(term.args[0])
    return arrays_from(net, columns_from(net, term))


def stopping_from(term: Term) -> StoppingCriterion | None:
    """Gives the stopping criterion: None, Automatic, "Loss" or an association with "Patience" and a change."""
    if term is NONE:
        return None
    given = {text(name): value for name, value in term.items()} if type(term) is Association else {}
    if not given and term is not S.Automatic and term != "Loss":
        raise bad_option("TrainingStoppingCriterion", 'None, Automatic, "Loss" or an association', term)
    if given.pop("Criterion", "Loss") not in ("Loss", S.Automatic):
        raise bad_option("TrainingStoppingCriterion", 'based on "Loss"', term)
    names = {
        "Patience": "patience", "InitialPatience": "initial_patience", "AbsoluteChange": "absolute_change",
        "RelativeChange": "relative_change",
    }  # fmt: skip
    arguments: dict[str, Any] = {}
    for name, value in given.items():
        if name not in names or type(value) not in (int, float, Fraction):
            raise bad_option("TrainingStoppingCriterion", "made of " + ", ".join(f'"{n}"' for n in names), term)
        arguments[names[name]] = float(value) if "Change" in name else int(value)
    return StoppingCriterion(**arguments)


def reporting(kernel: Kernel, options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives how the training tells of its progress: printed lines, a function of the user's, or nothing."""
    chosen = options["TrainingProgressReporting"]
    function = options["TrainingProgressFunction"]
    if chosen is not S.Automatic and chosen is not NONE and text(chosen) != "Print":
        raise NetError(
            "`1` -> `2` is not supported yet", tag="nyi", kind="NetTrain", terms=("TrainingProgressReporting", chosen)
        )
    stop = [False]

    def report(progress: Progress) -> None:
        if text(chosen) == "Print":
            kernel.emit(Printed(progress_line(progress)))
        if function is not NONE:
            value = kernel.evaluate(Expression(function, (progress_term(progress),)))
            stop[0] = stop[0] or value == "StopTraining"

    if text(chosen) != "Print" and function is NONE:
        return {}
    return {
        "report": report,
        "interval": 2.0 if function is NONE else 0.05,
        "should_stop": lambda: stop[0],
    }


def progress_line(progress: Progress) -> str:
    rounds = f"/{progress.rounds}" if progress.rounds is not None else ""
    validation = "" if progress.validation_loss is None else f"  validation {progress.validation_loss:.4g}"
    return (
        f"round {progress.round}{rounds}  batch {progress.batch}/{progress.batches}  loss {progress.loss:.4g}{validation}"
        f"  {progress.examples_per_second:.0f} examples/s"
    )


def progress_term(progress: Progress) -> Association:
    optional = S.Automatic if progress.remaining is None else progress.remaining
    pairs: dict[Term, Term] = {
        "Round": progress.round,
        "TotalRounds": S.Infinity if progress.rounds is None else progress.rounds,
        "Batch": progress.batch,
        "BatchesPerRound": progress.batches,
        "RoundLoss": float(progress.loss),
        "ValidationLoss": NONE if progress.validation_loss is None else float(progress.validation_loss),
        "LearningRate": float(progress.learning_rate),
        "ExamplesPerSecond": float(progress.examples_per_second),
        "TimeElapsed": float(progress.elapsed),
        "TimeRemaining": optional,
        "Net": progress.net(),
    }
    return Association(pairs.items())


@dataclass(frozen=True, slots=True, eq=False)
class TrainingResults:
    """A NetTrainResultsObject: what a training gave, to be asked for its properties."""

    result: TrainingResult
    net: Term
    options: Mapping[str, Term]


def number(value: Any) -> Term:
    return NONE if value is None else value


RESULT_PROPERTIES: dict[str, Callable[[TrainingResult], Term]] = {
    "ArraysLearningRateMultipliers": lambda r: Association(
        (list_of(*position), value) for position, value in r.multipliers.items()
    ),
    "BatchLossList": lambda r: to_list(map(float, r.batch_losses)),
    "BatchSize": lambda r: r.batch_size,
    "BatchesPerRound": lambda r: r.batches_per_round,
    "BestValidationRound": lambda r: number(r.best_round),
    "ExamplesProcessed": lambda r: r.examples_processed,
    "FinalLearningRate": lambda r: float(r.final_learning_rate),
    "InitialLearningRate": lambda r: float(r.initial_learning_rate),
    "MeanExamplesPerSecond": lambda r: float(r.mean_examples_per_second),
    "OptimizationMethod": lambda r: r.optimization_method,
    "ReasonTrainingStopped": lambda r: r.reason_stopped,
    "RoundLoss": lambda r: number(r.round_loss),
    "RoundLossList": lambda r: to_list(map(float, r.round_losses)),
    "TotalBatches": lambda r: r.total_batches,
    "TotalRounds": lambda r: r.total_rounds,
    "TotalTrainingTime": lambda r: float(r.total_time),
    "TrainedNet": lambda r: r.net,
    "TrainingExamples": lambda r: r.training_examples,
    "TrainingNet": lambda r: r.training_net,
    "ValidationExamples": lambda r: r.validation_examples,
    "ValidationLoss": lambda r: number(r.validation_loss),
    "ValidationLossList": lambda r: to_list(map(float, r.validation_losses)),
}


def property_of(result: TrainingResult, name: Term) -> Term:
    if name == "Properties":
        return to_list([*RESULT_PROPERTIES, "Properties"])
    reader = RESULT_PROPERTIES.get(name) if type(name) is str else None
    if reader is None:
        shown = ", ".join(f'"{known}"' for known in RESULT_PROPERTIES)
        raise NetError(
            f"`1` is not a property of a training; the properties are {shown}",
            tag="prop",
            kind="NetTrain",
            terms=(name,),
        )
    return reader(result)


@constant("NetTrainResultsObject", category="Training and evaluation")
def net_train_results_object() -> None:
    """NetTrainResultsObject[…] is what NetTrain[net, data, All] gives; apply it to the name of a property.

    Examples:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, All, MaxTrainingRounds -> 2]["TotalBatches"]
        = 2
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
    return property_of(results.result, arguments[0]) if len(arguments) == 1 else None


register(
    TrainingResults,
    S.NetTrainResultsObject,
    full_form=lambda results: expression("NetTrainResultsObject", results.result.net),
    text=results_text,
)
