"""NetTrain."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from wlnet.builtins.nets.initializing import seed_from
from wlnet.builtins.nets.training.checkpoints import checkpoint_watchers, start_of, take_up_session
from wlnet.builtins.nets.training.data import arrays_from, columns_from, generator_of
from wlnet.builtins.nets.training.data_coders import with_coders
from wlnet.builtins.nets.training.held_out import generated, validation_from
from wlnet.builtins.nets.training.measurement_requests import requests_from
from wlnet.builtins.nets.training.options import (
    constraint_function,
    limits,
    loss_from,
    method_from,
    name_from,
    number_or_none,
    positive_or_none,
    stopping_from,
)
from wlnet.builtins.nets.training.results import (
    TrainingResults,
    call_term,
    check_property,
    property_of,
    shows_measurements,
)
from wlnet.builtins.nets.training.watching import (
    criterion_watchers,
    function_watchers,
    measures_batches,
    reporting_watchers,
)
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import text
from wlnet.nets import Net
from wlnet.nets.multipliers import SharedMultipliersWarning
from wlnet.terms import NONE, S, Term, elements, is_list, to_list
from wlnet.training import TrainingResult, train

WITHOUT_VALIDATION = (
    "TrainingStoppingCriterion watches the training data, which go on getting better for long after others have ceased to; "
    "give a ValidationSet."
)
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
    NetTrain[net, "name"] trains on a data set that ships with wlnet: "FisherIris", "UCIDigits".
    NetTrain[net, File["data.npz"]] trains on the arrays of a file (.npz, .h5), called as the ports, read batch by batch.
    NetTrain[net, f] trains on the batches that f gives; {f, "RoundLength" -> n} says how many examples make a round.
    NetTrain[File["checkpoint"], data, …] goes on where a training with these data and options was interrupted.
    NetTrain[net, data, "property"] gives a property of the training, {"p1", "p2", …} a list of them.
    NetTrain[net, data, All] gives a results object; apply it to the name of a property.

    Details: Arrays without values are initialized. The loss follows from the last layer: SoftmaxLayer has
    CrossEntropyLossLayer, LogisticSigmoid its "Binary" form, anything else MeanSquaredLossLayer. Arrays of one name stay
    one array. Ctrl-C ends the training and gives the net so far. A function f gets <|"BatchSize" -> n, "Round" -> r,
    "AbsoluteBatch" -> b|> and gives n examples in any of the forms; a round has 16384 examples if nothing else is said.
    NetTrainResultsObject lists the properties, NetMeasurements the measurements.
    Dimensions that the net leaves open are those of the data, "Varying" where these differ; images, and files of images as
    File["name.png"], get an encoder. Encoded data of more than 256 MB are not kept: each batch is encoded when its turn comes,
    and one that cannot be ends the training with the net so far. Sequences of many lengths go together with similar ones.
    Reporting: Automatic is "Panel" in an interactive session and silent in scripts; "Panel" shows figures and the curves of
    the losses, "ProgressIndicator" one line; where there is no terminal, both print lines as "Print" does.
    A file gets a row for each round, of the kind that .json, .csv, .tsv or .wl
    says. TrainingProgressFunction may give "StopTraining"; it gets <|"Round", "Batch", "RoundLoss", "Net", …|>, of which only what
    it names is made: losses and measurements of batches ("BatchLoss", "BatchMeasurements"), rounds and the validation, with
    the lists of all so far; of the latest batch "BatchData", "BatchIndices" (of the training examples), "ExampleLosses",
    "Gradients" (position -> gradient before clipping), "GradientsVector" and "GradientsRMS" (of all numbers together);
    "Weights", "WeightsVector", rates, times, "CheckpointingFiles"; Keys tells all. Abort[] in it ends all with $Aborted.
    A measurement with "Interval" -> Quantity[n, "Rounds"] is taken in the rounds 1, n + 1, …, and stays as it was in others;
    with Quantity[n, "Batches"], of the batches 1, n + 1, … of each round. Curves of more than 128 MB of probabilities are
    those of every second, fourth, … example. TrainingStoppingCriterion takes the key of any measurement
    that is a number (by class, their mean). Nets in a
    checkpoint directory are called start_number_round_batch_loss.wlnet; saving that fails is a message, no more. A training
    that goes on from a checkpoint (of a directory: the latest) gives to the bit what it would have given undisturbed, on the
    same machine and with a fixed RandomSeeding; MaxTrainingRounds counts the rounds before it too.
    With one RandomSeeding and a fixed MaxTrainingRounds, a net comes out the same to the bit, whatever is reported, measured or
    saved; another machine, number of threads or version of NumPy may round differently, and so differ in the last digits.
    PerformanceGoal -> "TrainingMemory" takes batches of 16 unless BatchSize says otherwise and keeps the memory of one
    size of batches at a time (with sequences of many lengths, that costs time); "TrainingSpeed" is Automatic.

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
        >> f = Function[batch, Table[x -> 2 x, {x, RandomReal[1, batch["BatchSize"]]}]];
        >> NetTrain[LinearLayer[{}], {f, "RoundLength" -> 128}, "BatchesPerRound", MaxTrainingRounds -> 2]
        = 2
        >> NetTrain[NetChain[{3, SoftmaxLayer[]}], "FisherIris", MaxTrainingRounds -> 1][{5.1, 3.5, 1.4, 0.2}] // StringQ
        = True
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
        >> loss = ThreadingLayer[#Input * #Target &];
        >> net = LinearLayer[{}, "Weights" -> {{3}}, "Biases" -> None];
        >> NetTrain[net, {{1} -> 2}, "RoundLoss", LossFunction -> "Output" -> loss -> Scaled[10], MaxTrainingRounds -> 1]
        = 60.
        >> NetTrain[net, {{1} -> 2}, "RoundLoss", LossFunction -> {"Output" -> loss, MeanSquaredLossLayer[]}, MaxTrainingRounds -> 1]
        = 7.
        >> NetTrain[net, <|"Input" -> {{1}}|>, "RoundLoss", LossFunction -> ElementwiseLayer[# - 1 &], MaxTrainingRounds -> 1]
        = 2.
        >> NetTrain[net, <|"Input" -> {{1}}|>, "RoundLoss", LossFunction -> "Output", MaxTrainingRounds -> 1]
        = 3.
    Options: MaxTrainingRounds:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "TotalRounds", MaxTrainingRounds -> 7]
        = 7
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "ReasonTrainingStopped", MaxTrainingRounds -> Quantity[0.05, "Seconds"]]
        = "TimeGoal"
    Options: Method:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "OptimizationMethod", Method -> {"SGD", "Momentum" -> 0.5}, MaxTrainingRounds -> 1]
        = "SGD"
    Options: PerformanceGoal:
        >> data = Table[{x} -> {x}, {x, 64}];
        >> NetTrain[LinearLayer[1], data, "BatchSize", PerformanceGoal -> "TrainingMemory", MaxTrainingRounds -> 1]
        = 16
        >> NetTrain[LinearLayer[1], data, "BatchSize", PerformanceGoal -> "TrainingSpeed", MaxTrainingRounds -> 1]
        = 64
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
        >> file = FileNameJoin[{CreateDirectory[], "line.wlnet"}];
        >> net = NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, TrainingProgressCheckpointing -> {"File", file}];
        >> Import[file] === net
        = True
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "CheckpointingFiles", MaxTrainingRounds -> 6,
        TrainingProgressCheckpointing -> {"Directory", CreateDirectory[], "Interval" -> Quantity[2, "Rounds"]}] // Length
        = 3
        >> file = FileNameJoin[{CreateDirectory[], "half.wlnet"}]; data = Table[{x} -> {2 x}, {x, 8}];
        >> NetTrain[LinearLayer[1], data, MaxTrainingRounds -> 3, BatchSize -> 2, TrainingProgressCheckpointing -> {"File", file}];
        >> whole = NetTrain[LinearLayer[1], data, MaxTrainingRounds -> 9, BatchSize -> 2];
        >> NetTrain[File[file], data, MaxTrainingRounds -> 9, BatchSize -> 2] === whole
        = True
    Options: TrainingProgressFunction:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, TrainingProgressFunction -> ((last = #Round) &)]; last
        = 3
        >> NetTrain[LinearLayer[{}, "Weights" -> {{3}}, "Biases" -> {0}], {{1} -> 1}, MaxTrainingRounds -> 1,
        TrainingProgressFunction -> ((told = {#Gradients[{"Weights"}], #ExampleLosses}) &)]; Normal[told]
        = {{{4.}}, {4.}}
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "TotalRounds", MaxTrainingRounds -> 9,
        TrainingProgressFunction -> {If[#RoundLoss < 10^6, "StopTraining"] &, "Interval" -> Quantity[4, "Rounds"]}]
        = 4
    Options: TrainingProgressMeasurements:
        >> r = NetTrain[LinearLayer[{}], {1 -> 2, 2 -> 4}, All, MaxTrainingRounds -> 3,
        TrainingProgressMeasurements -> {"RSquared", NetPort["Output"]}];
        >> Length /@ r["RoundMeasurementsLists"]
        = <|"RSquared" -> 3, NetPort["Output"] -> 3|>
        >> calls = 0; slow = <|"Measurement" -> ((calls++; #Output) &), "Key" -> "slow", "Interval" -> Quantity[2, "Rounds"]|>;
        >> r = NetTrain[LinearLayer[{}], {1 -> 2}, "RoundMeasurementsLists", MaxTrainingRounds -> 5, TrainingProgressMeasurements -> slow];
        >> {calls, r["slow"][[1]] == r["slow"][[2]], r["slow"][[2]] == r["slow"][[3]]}
        = {3, True, False}
        >> data = {{0, 1} -> "a", {1, 0} -> "b"}; net = NetChain[{2, SoftmaxLayer[]}];
        >> NetTrain[net, data, "ValidationMeasurements", ValidationSet -> data, MaxTrainingRounds -> 900]
        = <|"ErrorRate" -> 0.|>
    Options: TrainingProgressReporting:
        >> Head[NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, TrainingProgressReporting -> None]]
        = LinearLayer
        >> file = FileNameJoin[{CreateDirectory[], "log.csv"}];
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3,
        TrainingProgressReporting -> {File[file], "Interval" -> Quantity[1, "Rounds"]}];
        >> Import[file][[All, 1]]
        = {"Round", 1, 2, 3}
    Options: TrainingStoppingCriterion:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "TotalRounds", MaxTrainingRounds -> 5000,
        ValidationSet -> {{1} -> {2}}, TrainingStoppingCriterion -> <|"Criterion" -> "Loss", "AbsoluteChange" -> 0.001, "Patience" -> 3|>] < 5000
        = True
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "TotalRounds", TrainingStoppingCriterion -> (#Round == 4 &)]
        = 4
    Options: TrainingUpdateSchedule:
        >> net = NetInitialize[NetChain[{1, 1}, "Input" -> 1]];
        >> once = NetTrain[net, {{1} -> {2}}, TrainingUpdateSchedule -> {1 -> 3, 2 | {1, "Biases"}}, MaxTrainingRounds -> 3];
        >> {once[[1, "Weights"]] === net[[1, "Weights"]], once[[2, "Weights"]] === net[[2, "Weights"]]}
        = {False, True}
    Options: ValidationSet:
        >> NetTrain[LinearLayer[1], {{1} -> {2}, {2} -> {4}, {3} -> {6}, {4} -> {8}}, "ValidationExamples",
        ValidationSet -> Scaled[0.25], MaxTrainingRounds -> 1]
        = 1
        >> f[batch_] := RandomReal[1, {batch["BatchSize"], 1}] -> RandomReal[1, {batch["BatchSize"], 1}];
        >> NetTrain[LinearLayer[1], {f, "RoundLength" -> 8}, "ValidationExamples",
        ValidationSet -> {f, "RoundLength" -> 5}, MaxTrainingRounds -> 1]
        = 5
    Options: WorkingPrecision:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, MaxTrainingRounds -> 3, WorkingPrecision -> "Real64"][["Weights"]] // NumericArrayType
        = "Real64"
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, WorkingPrecision -> "Mixed"]
        = $Failed
        message: NetTrain::option
    Possible issues:
        >> NetTrain[LinearLayer[1], {{1} -> {2}}, "TotalRounds", MaxTrainingRounds -> 3, TrainingStoppingCriterion -> "Loss"]
        = 3
        message: NetTrain::stopval
        >> NetTrain[LinearLayer[1], {{1} -> {Indeterminate}}]
        = $Failed
        message: NetTrain::data
        >> NetTrain[LinearLayer[{}], Function[batch, {1 -> 2}], MaxTrainingRounds -> 1]
        = $Failed
        message: NetTrain::data
        >> NetTrain[File["nowhere.wlnet"], {{1} -> {2}}]
        = $Failed
        message: NetTrain::resume
    Source: https://reference.wolfram.com/language/ref/NetTrain.html
    """
    found, snapshot = start_of(kernel, net)
    if text(options["TargetDevice"]) != "CPU":
        raise NetError('nets train on the "CPU" only', tag="device", kind="NetTrain")
    names = elements(wanted) if is_list(wanted) else (wanted,)
    for name in names if wanted is not S.All else ():
        check_property(name)
    files: list[str] = []
    with ExitStack() as closing:
        arguments = training_arguments(kernel, found, options, files, closing)
        if not shows_measurements(kernel, names, options) and options["TrainingProgressMeasurements"] is S.Automatic:
            arguments["measurements"] = None  # nobody would see them
        told = measures_batches(options["TrainingProgressFunction"])
        arguments["batch_measurements"] = told or any(name in ("BatchMeasurementsLists", S.All) for name in names)
        source = generator_of(data)
        if source is None:
            columns = columns_from(kernel, found, data)
            found = with_coders(found, columns)
            given: Any = arrays_from(found, columns)
        else:
            found, given = generated(kernel, found, *source, arguments)
        arguments["validation"] = validation_from(kernel, found, options["ValidationSet"])
        arguments["resume"] = snapshot
        if snapshot is not None and source is not None:
            take_up_session(kernel, snapshot)
        results = TrainingResults(
            trained(kernel, found, given, arguments), files, call_term(net, data, options, TRAINING_OPTIONS)
        )
    if wanted is S.All:
        return results
    made = [property_of(results, name) for name in names]
    return to_list(made) if is_list(wanted) else made[0]


def trained(kernel: Kernel, net: Net, data: Any, arguments: Mapping[str, Any]) -> TrainingResult:
    """Trains, and says in messages what was noticed on the way."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SharedMultipliersWarning)
        result = train(net, data, **arguments)
    for warning in caught:
        if issubclass(warning.category, SharedMultipliersWarning):
            kernel.message("NetTrain", "shmult", text=str(warning.message).partition(": ")[2])
    if result.warning:
        kernel.message("NetTrain", "stopped", text=result.warning)
    return result


def training_arguments(
    kernel: Kernel, net: Net, options: Mapping[str, Term], files: list[str], closing: ExitStack
) -> dict[str, Any]:
    """Gives the arguments of `train` that the options mean; raises NetError."""
    requests = requests_from(kernel, net, options["TrainingProgressMeasurements"], "NetTrain")
    stopping, criterion = stopping_from(
        options["TrainingStoppingCriterion"], requests if isinstance(requests, list) else []
    )
    if stopping is not None and options["ValidationSet"] is NONE:
        kernel.message("NetTrain", "stopval", text=WITHOUT_VALIDATION)
    precision = options["WorkingPrecision"]
    return {
        "loss": loss_from(options["LossFunction"]),
        "method": method_from(kernel, options["Method"]),
        "learning_rate": number_or_none("LearningRate", options["LearningRate"]),
        "multipliers": options["LearningRateMultipliers"],
        "update_schedule": options["TrainingUpdateSchedule"],
        "batch_size": positive_or_none("BatchSize", options["BatchSize"]),
        **limits(options["MaxTrainingRounds"], options["TimeGoal"]),
        "stopping": stopping,
        "measurements": requests,
        "seed": seed_from(kernel, options["RandomSeeding"]),
        "precision": "Real32" if precision is S.Automatic else name_from("WorkingPrecision", precision),
        "goal": name_from("PerformanceGoal", options["PerformanceGoal"]),
        "function": constraint_function(kernel),
        "watchers": [
            *checkpoint_watchers(kernel, options["TrainingProgressCheckpointing"], files),
            *reporting_watchers(kernel, options["TrainingProgressReporting"], closing, files),
            *function_watchers(kernel, options["TrainingProgressFunction"], files),
            *criterion_watchers(kernel, criterion, files),
        ],
    }
