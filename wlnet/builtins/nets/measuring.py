"""Measurements of nets as terms, and NetMeasurements."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.nets.arrays import net_argument
from wlnet.builtins.nets.data import arrays_from, columns_from, with_coders
from wlnet.builtins.nets.information import PROPERTIES
from wlnet.builtins.nets.ports import interior
from wlnet.builtins.nets.training_options import NUMBERS, loss_from, positive_or_none
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import text
from wlnet.nets import Net
from wlnet.terms import NONE, Association, S, Term, elements, is_head, is_list, pack, to_list
from wlnet.training import ByClass, Request, measure
from wlnet.training.requests import AVERAGES

FORMS = (
    'a name, "name" -> n, NetPort[…], <|"Measurement" -> one of these, "ClassAveraging" -> "Macro", "Key" -> name|>, or a '
    "list of these"
)


def requests_from(net: Net, term: Term, function: str) -> Any:
    """Gives the measurements that a term asks for: a list of requests, "Automatic", or None; raises NetError."""
    if term is S.Automatic:
        return "Automatic"
    if term is NONE:
        return None
    return [request_from(net, item, function) for item in (elements(term) if is_list(term) else (term,))]


def request_from(net: Net, term: Term, function: str) -> Request:
    if type(term) is str:
        return Request(term, term)
    if is_head(term, S.Rule, 2) and type(term.args[0]) is str and type(term.args[1]) in NUMBERS:
        return Request(term, term.args[0], float(term.args[1]))
    if is_head(term, S.NetPort) and term.args:
        return Request(term, interior(net, term))
    if type(term) is Association:
        given = {text(key): value for key, value in term.items()}
        averaging = text(given.pop("ClassAveraging", "None")) or ""
        if "Measurement" in given and given.keys() <= {"Key", "Measurement"} and averaging in AVERAGES:
            inner = request_from(net, given["Measurement"], function)
            return Request(given.get("Key", inner.key), inner.name, inner.argument, averaging)
    raise NetError(f"`1` is no measurement; one is {FORMS}", tag="measurement", kind=function, terms=(term,))


def value_term(value: Any) -> Term:
    """Gives the term of a measured value: a number, a packed list, or class → number."""
    if isinstance(value, ByClass):
        values = value.values
        if values.ndim > 1:
            return pack(values)
        classes = value.classes or tuple(range(1, len(values) + 1))
        return Association(zip(classes, map(float, values), strict=True))
    if isinstance(value, np.ndarray) and value.ndim:
        return pack(value)
    return S.Indeterminate if np.isnan(value) else float(value)


def scalar(value: Any) -> float:
    """Gives one number for a measured value, as reports show it: the mean of several."""
    return float(np.mean(value.values if isinstance(value, ByClass) else value))


def measurements_term(rounds: Sequence[Mapping[Hashable, Any]], *, lists: bool = False) -> Term:
    """Gives measurement → value of the last of these rounds, or with `lists` the list of the values of all."""
    if not rounds:
        return Association()
    if lists:
        return Association((key, to_list(value_term(each[key]) for each in rounds)) for key in rounds[-1])
    return Association((key, value_term(value)) for key, value in rounds[-1].items())


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
    "Entropy" (the mean of -Log[p] of the right class, in nats), "Perplexity", "ConfusionMatrix", "CohenKappa", "ScottPi",
    and by class "Precision", "Recall", "F1Score", "FScore" -> beta, "Specificity", "MatthewsCorrelationCoefficient",
    "Informedness", "Markedness", "NegativePredictiveValue", "FalsePositiveRate", "FalseNegativeRate",
    "FalseDiscoveryRate", "FalseOmissionRate" and the numbers "TruePositiveNumber", …; <|"Measurement" -> m,
    "ClassAveraging" -> "Macro"|> gives the mean over the classes. Of nets with a squared or absolute loss:
    "MeanSquare", "StandardDeviation" (its root), "MeanDeviation", "RSquared", "FractionVarianceUnexplained". Of all:
    "Loss", NetPort[…] (the mean of the values there) and the properties of Information. A quotient by 0 counts as 0.

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
    columns = columns_from(found, data, "TestData")
    found = with_coders(found, columns)
    items = elements(wanted) if is_list(wanted) else (wanted,)
    known = {item: PROPERTIES[item](found) for item in items if type(item) is str and item in PROPERTIES}
    requests = [request_from(found, item, "NetMeasurements") for item in items if not is_known(item, known)]
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
