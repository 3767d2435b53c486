"""NetMeasurements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.information.information import PROPERTIES
from wlnet.builtins.nets.training.data import arrays_from, columns_from
from wlnet.builtins.nets.training.data_coders import with_coders
from wlnet.builtins.nets.training.measured import value_term
from wlnet.builtins.nets.training.measurement_requests import request_from
from wlnet.builtins.nets.training.options import loss_from, positive_or_none
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import text
from wlnet.terms import S, Term, elements, is_list, to_list
from wlnet.training import measure

MEASURING_OPTIONS: dict[str, Term] = {
    "BatchSize": S.Automatic,
    "LossFunction": S.Automatic,
    "NetEvaluationMode": "Test",
    "TargetDevice": "CPU",
    "WorkingPrecision": S.Automatic,
}


@builtin("NetMeasurements", category="Training and evaluation", options=MEASURING_OPTIONS)
def net_measurements(
    kernel: Kernel, net: Term, data: Term, wanted: Term, *, options: Mapping[str, Term]
) -> Term | None:
    """NetMeasurements[net, data, "measurement"] measures how good a net is on data, in any form that NetTrain takes.
    NetMeasurements[net, data, {m1, m2, …}] gives a list of measurements.

    Details: Of nets with a cross entropy as loss: "Accuracy", "Accuracy" -> n (among the n best), "ErrorRate",
    "Entropy" (the mean of -Log[p] of the right class, in nats), "Perplexity", "ConfusionMatrix", "ConfusionMatrixPlot",
    "CohenKappa", "ScottPi", and by class "Precision", "Recall", "F1Score", "FScore" -> beta, "Specificity",
    "JaccardIndex", "MatthewsCorrelationCoefficient", "Informedness", "Markedness", "NegativePredictiveValue",
    "FalsePositiveRate", "FalseNegativeRate", "FalseDiscoveryRate", "FalseOmissionRate", "AreaUnderROCCurve", "ROCCurve"
    (its corners), "ROCCurvePlot" and the numbers "TruePositiveNumber", …. <|"Measurement" -> m, "ClassAveraging" ->
    "Macro"|> gives the mean over the classes, "Micro" asks each example of every class. Of nets with a squared or
    absolute loss: "MeanSquare", "StandardDeviation" (its root), "MeanDeviation", "RSquared",
    "FractionVarianceUnexplained", "IntersectionOverUnion" of boxes {{x1, y1}, {x2, y2}} or {x1, y1, x2, y2} (of classes,
    it is the Jaccard index). Of all: "Loss", the properties of Information, and NetPort[…]: the mean of an output, of the
    data of an input, or an array; <|"Measurement" -> NetPort[…], "Aggregation" -> "Mean"|> makes a number of each
    example ("Max", "Min", "Total", "RootMeanSquare", "StandardDeviation", "L1Norm", "L2Norm").
    <|"Measurement" -> f|> is the mean of f[<|"Input" -> …, "Output" -> …, "Target" -> …|>] over the examples. "Key" ->
    name says what the value goes by in NetTrain. A quotient by 0 counts as 0; a curve of a class of which all examples
    are, or none, has no area, and "Macro" leaves it out. Curves remember the probabilities of all examples. The forms of
    boxes, of "Aggregation" and of what f gets are ours.

    Examples:
        >> net = NetChain[{ElementwiseLayer[# &], SoftmaxLayer[]}, "Input" -> 2, "Output" -> NetDecoder[{"Class", {"a", "b"}}]];
        >> data = {{2, 0} -> "a", {1, 0} -> "a", {0, 1} -> "a", {0, 3} -> "b"};
        >> NetMeasurements[net, data, "Accuracy"]
        = 0.75
        >> NetMeasurements[net, data, {"ErrorRate", "ConfusionMatrix", "Precision"}]
        = {0.25, {{2, 1}, {0, 1}}, <|"a" -> 1., "b" -> 0.5|>}
        >> NetMeasurements[net, data, <|"Measurement" -> "Recall", "ClassAveraging" -> "Macro"|>]
        = 0.8333333
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 4, 3 -> 7}, {"MeanDeviation", "RSquared"}]
        = {0.3333333, 0.9210526}
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 4}, {NetPort["Output"], "LayersCount"}]
        = {3., 1}
        >> NetMeasurements[net, data, {"AreaUnderROCCurve", <|"Measurement" -> "F1Score", "ClassAveraging" -> "Micro"|>}]
        = {<|"a" -> 1., "b" -> 1.|>, 0.75}
        >> NetMeasurements[net, data, "ROCCurve"]["b"]
        = {{0., 0.}, {0., 1.}, {1., 1.}}
        >> Head[NetMeasurements[net, data, "ConfusionMatrixPlot"]]
        = Graphics
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 6}, <|"Measurement" -> (#Target - #Output &)|>]
        = 1.
        >> NetMeasurements[LinearLayer[2, "Input" -> "Real", "Weights" -> {{3}, {4}}, "Biases" -> None], {1 -> {3, 4}, 2 -> {6, 8}},
        {NetPort["Weights"], NetPort["Input"], <|"Measurement" -> NetPort["Output"], "Aggregation" -> "L2Norm"|>}]
        = {{{3.}, {4.}}, 1.5, 7.5}
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> 2], {{1, 2} -> {0, 0}, {3, 5} -> {0, 0}},
        <|"Measurement" -> NetPort["Output"], "Aggregation" -> (#[[2]] - #[[1]] &)|>]
        = 3.
        >> boxes = NetInitialize[LinearLayer[4, "Input" -> 4, "Weights" -> IdentityMatrix[4], "Biases" -> None]];
        >> NetMeasurements[boxes, {{0, 0, 2, 2} -> {1, 0, 3, 2}}, "IntersectionOverUnion"]
        = 0.3333333
    Options: BatchSize:
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 4, 3 -> 7}, "MeanSquare", BatchSize -> 1]
        = 0.3333333
    Options: LossFunction:
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 6}, "Loss", LossFunction -> MeanAbsoluteLossLayer[]]
        = 1.
    Options: NetEvaluationMode:
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 6}, "Loss", NetEvaluationMode -> "Train"]
        = 2.
    Options: TargetDevice:
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 6}, "Loss", TargetDevice -> "GPU"]
        = $Failed
        message: NetMeasurements::device
    Options: WorkingPrecision:
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 6}, "Loss", WorkingPrecision -> "Real64"]
        = 2.
    Possible issues:
        >> NetMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2}, "Accuracy"]
        = $Failed
        message: NetMeasurements::measurement
        >> NetMeasurements[LinearLayer[1, "Input" -> 1], {{1} -> {2}}, "MeanSquare"]
        = $Failed
        message: LinearLayer::noinit
    Source: https://reference.wolfram.com/language/ref/NetMeasurements.html
    """
    found = net_argument("NetMeasurements", net).complete
    arguments = measuring_arguments(options)
    columns = columns_from(kernel, found, data, "TestData")
    found = with_coders(found, columns)
    items = elements(wanted) if is_list(wanted) else (wanted,)
    known = {item: PROPERTIES[item](found) for item in items if type(item) is str and item in PROPERTIES}
    requests = [request_from(kernel, found, item, "NetMeasurements") for item in items if not is_known(item, known)]
    values = iter(measure(found, arrays_from(found, columns), requests, **arguments).values() if requests else ())
    made = [known[item] if is_known(item, known) else value_term(next(values)) for item in items]
    return to_list(made) if is_list(wanted) else made[0]


def is_known(item: Term, known: Mapping[str, Term]) -> bool:
    return type(item) is str and item in known


def measuring_arguments(options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the arguments of `measure` that the options mean; raises NetError."""
    if text(options["TargetDevice"]) != "CPU":
        raise NetError('nets run on the "CPU" only', tag="device", kind="NetMeasurements")
    mode = text(options["NetEvaluationMode"])
    if mode not in ("Test", "Train"):
        raise NetError('NetEvaluationMode is "Test" or "Train"', tag="option", kind="NetMeasurements")
    precision = options["WorkingPrecision"]
    return {
        "loss": loss_from(options["LossFunction"]),
        "batch_size": positive_or_none("BatchSize", options["BatchSize"]),
        "training": mode == "Train",
        "precision": "Real32" if precision is S.Automatic else text(precision) or "",
    }
