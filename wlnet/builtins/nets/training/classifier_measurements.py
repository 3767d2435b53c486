"""ClassifierMeasurements and PredictorMeasurements: how good classifiers, predictors and nets are on other examples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet.builtins.learning.classify import ClassifierFunction
from wlnet.builtins.learning.predict import PredictorFunction
from wlnet.builtins.learning.training_data import DATA, pairs_of
from wlnet.builtins.nets.training.measured import value_term
from wlnet.builtins.numbers.numerical import is_array, machine_array
from wlnet.kernel import Kernel, Message, applies, builtin
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
    pack,
    register,
    same,
    term_hash,
    to_list,
)
from wlnet.terms.same import key
from wlnet.training import ByClass
from wlnet.training.measurements import CLASSIFICATION, MEASUREMENTS
from wlnet.training.tallies import Deviations, Surprise

CLASSIFIER = "`1` is no classifier: a ClassifierFunction, or a net with a NetDecoder of classes, is expected."
PREDICTOR = "`1` is no predictor: a PredictorFunction, or a net that gives one number, is expected."
CLASSES = "The classifier does not know the class `1`; it knows `2`."
MEASUREMENT = "`1` is no measurement here; the measurements are `2`."


@dataclass(frozen=True, eq=False)
class ClassifierMeasurementsObject:
    """What a classifier thought of examples: probabilities (n, classes), and the numbers of the right classes.

    call: the term that makes it again.
    """

    call: Expression
    inputs: tuple[Term, ...]
    classes: tuple[Term, ...]
    probabilities: np.ndarray
    targets: np.ndarray

    def measure(self, kernel: Kernel, name: str, argument: Term) -> Term:
        """Gives a measurement; by class of all classes, or of the one that the argument is; raises Message."""
        if name in OF_EXAMPLES:
            return OF_EXAMPLES[name](self)
        declared = MEASUREMENTS[name]
        tally = declared.tally(len(self.classes))
        tally.add(self.probabilities, self.targets)
        if declared.argument is not None:
            given = declared.argument if argument is NONE else argument
            if type(given) not in (int, float) or given <= 0:
                raise Message("measurement", expression("Rule", name, argument), "positive numbers", text=MEASUREMENT)
            value = declared.read(tally, given)
        else:
            value = declared.read(tally)
        found = value_term(ByClass(value, self.classes, name) if np.ndim(value) else value)
        if type(found) is Association and declared.argument is None and argument is not NONE:
            if argument not in found:
                raise unknown_class(argument, self.classes)
            return found.get(argument)
        return found


@dataclass(frozen=True, eq=False)
class PredictorMeasurementsObject:
    """What a predictor thought of examples: predicted and actual values (n); call: the term that makes it again."""

    call: Expression
    predicted: np.ndarray
    targets: np.ndarray

    def measure(self, kernel: Kernel, name: str, argument: Term) -> Term:
        if name in OF_VALUES:
            return OF_VALUES[name](self, kernel)
        tally = Deviations()
        tally.add(self.predicted, self.targets)
        return value_term(MEASUREMENTS[name].read(tally))


def unknown_class(name: Term, classes: tuple[Term, ...]) -> Message:
    return Message("class", name, to_list(classes), text=CLASSES)


def entropy(made: ClassifierMeasurementsObject) -> float:
    tally = Surprise(len(made.classes))
    tally.add(made.probabilities, made.targets)
    return tally.total


def misclassified(made: ClassifierMeasurementsObject) -> Term:
    wrong = np.flatnonzero(made.probabilities.argmax(axis=1) != made.targets)
    return to_list(expression("Rule", made.inputs[place], made.classes[made.targets[place]]) for place in wrong)


def comparison(made: PredictorMeasurementsObject, kernel: Kernel) -> Term:
    """Gives a plot of the predicted over the actual values."""
    points = pack(np.stack([made.targets, made.predicted], axis=1))
    label = expression("Rule", S.AxesLabel, to_list(("actual", "predicted")))
    return Expression(kernel.resolve("ListPlot"), (points, label))


#: Measurements that look at more than a tally of nets does.
OF_EXAMPLES: dict[str, Callable[[ClassifierMeasurementsObject], Term]] = {
    "CrossEntropy": lambda made: entropy(made) / len(made.targets),
    "LogLikelihood": lambda made: -entropy(made),
    "MisclassifiedExamples": misclassified,
}
OF_VALUES: dict[str, Callable[[PredictorMeasurementsObject, Kernel], Term]] = {
    "ComparisonPlot": comparison,
    "Residuals": lambda made, kernel: pack(made.targets - made.predicted),
}
CLASSIFYING = sorted([*OF_EXAMPLES, *(name for name, found in MEASUREMENTS.items() if found.tally in CLASSIFICATION)])
PREDICTING = sorted([*OF_VALUES, *(name for name, found in MEASUREMENTS.items() if found.tally is Deviations)])


def measured(kernel: Kernel, made: Any, wanted: Term, known: list[str]) -> Term:
    """Gives one measurement, or a list of them; raises Message."""
    if is_list(wanted):
        return to_list(measured(kernel, made, each, known) for each in elements(wanted))
    name, argument = wanted.args if is_head(wanted, S.Rule, 2) else (wanted, NONE)
    if wanted == "Properties":
        return to_list(known)
    if type(name) is not str or name not in known:
        raise Message("measurement", wanted, ", ".join(known), text=MEASUREMENT)
    return made.measure(kernel, name, argument)


def probabilities_of(kernel: Kernel, classifier: Term, inputs: list[Term]) -> tuple[tuple[Term, ...], np.ndarray]:
    """Gives the classes, and the probabilities (n, classes) that a classifier or a net gives them; raises Message."""
    if isinstance(classifier, ClassifierFunction):
        rows = classifier.estimates(kernel, inputs)
        return classifier.classes, classifier.changed(kernel, rows, classifier.options["ClassPriors"])
    found = (
        kernel.evaluate(Expression(classifier, (to_list(inputs), "Probabilities"))) if type(classifier) is Net else NONE
    )
    each = elements(found) if is_list(found) else ()
    if not each or not all(type(row) is Association for row in each):
        raise Message("classifier", classifier)
    return each[0].keys(), np.array([[float(value) for value in row.values()] for row in each])


@builtin(
    "ClassifierMeasurements", category="Machine learning", takes_rules=True,
    messages={"data": DATA, "classifier": CLASSIFIER, "class": CLASSES, "measurement": MEASUREMENT},
)  # fmt: skip
def classifier_measurements(kernel: Kernel, classifier: Term, data: Term, wanted: Term = None) -> Term | None:
    """ClassifierMeasurements[f, data, "measurement"] measures how good a ClassifierFunction, or a net that gives classes,
    is on examples in any form that Classify takes.
    ClassifierMeasurements[f, data, {m1, m2, …}] gives several measurements.
    ClassifierMeasurements[f, data] gives an object that is to be applied to the name of a measurement.

    Details: The measurements are those of classes in NetMeasurements, "Accuracy", "ConfusionMatrix", "ConfusionMatrixPlot",
    "Precision", "Recall", "F1Score", "ROCCurve", …, and "CrossEntropy" (the mean), "LogLikelihood" (the sum) and
    "MisclassifiedExamples". "Precision" -> class gives that of one class. An IndeterminateThreshold is left aside.

    Examples:
        >> c = Classify[{1 -> "A", 2 -> "A", 3 -> "B", 4 -> "B"}];
        >> m = ClassifierMeasurements[c, {0 -> "A", 2.9 -> "A", 5 -> "B", 6 -> "B"}];
        >> {m["Accuracy"], m["ConfusionMatrix"], m["Precision"], m["Recall" -> "A"]}
        = {0.75, {{1, 1}, {0, 2}}, <|"A" -> 1., "B" -> 0.6666666|>, 0.5}
        >> net = NetChain[{ElementwiseLayer[# &], SoftmaxLayer[]}, "Input" -> 2, "Output" -> NetDecoder[{"Class", {"a", "b"}}]];
        >> ClassifierMeasurements[net, {{2, 0} -> "a", {0, 1} -> "a", {0, 3} -> "b"}, {"Accuracy", "MisclassifiedExamples"}]
        = {0.6666666, {{0, 1} -> "a"}}
    Possible issues:
        >> ClassifierMeasurements[c, 5]
        message: ClassifierMeasurements::data
        = ClassifierMeasurements[c, 5]
        >> ClassifierMeasurements[f, {1 -> 2}]
        message: ClassifierMeasurements::classifier
        = ClassifierMeasurements[f, {1 -> 2}]
        >> c = Classify[{1 -> "A", 4 -> "B"}]; ClassifierMeasurements[c, {1 -> "C"}, "Accuracy"];
        message: ClassifierMeasurements::class
        >> ClassifierMeasurements[c, {1 -> "A"}, "Color"];
        message: ClassifierMeasurements::measurement
    """
    inputs, outputs = pairs_of(data)
    classes, rows = probabilities_of(kernel, classifier, inputs)
    places = {key(name): place for place, name in enumerate(classes)}
    for name in outputs:
        if key(name) not in places:
            raise unknown_class(name, classes)
    targets = np.array([places[key(name)] for name in outputs])
    call = expression("ClassifierMeasurementsObject", classifier, data)
    made = ClassifierMeasurementsObject(call, tuple(inputs), classes, rows, targets)
    return made if wanted is None else measured(kernel, made, wanted, CLASSIFYING)


@builtin("ClassifierMeasurementsObject", category="Machine learning", takes_rules=True)
def classifier_measurements_object(kernel: Kernel, classifier: Term, data: Term) -> Term | None:
    """ClassifierMeasurementsObject[…] is what ClassifierMeasurements gives; apply it to the name of a measurement.

    Details: "Properties" lists the measurements.

    Examples:
        >> ClassifierMeasurements[Classify[{1 -> "A", 4 -> "B"}], {0 -> "A", 7 -> "B"}]
        printed: ClassifierMeasurementsObject[examples: 2]
        >> ClassifierMeasurements[Classify[{1 -> "A", 4 -> "B"}], {0 -> "A", 7 -> "B"}][{"Accuracy", "ErrorRate"}]
        = {1., 0.}
    """
    return expression("ClassifierMeasurements", classifier, data)


def values_predicted(kernel: Kernel, predictor: Term, inputs: list[Term]) -> np.ndarray:
    """Gives the values (n) that a predictor or a net gives; raises Message."""
    found = NONE
    if isinstance(predictor, PredictorFunction | Net):
        found = kernel.evaluate(Expression(predictor, (to_list(inputs),)))
    array = machine_array(kernel, found) if is_array(found) else None
    if array is None or array.size != len(inputs) or array.dtype.kind != "f":
        raise Message("predictor", predictor)
    return array.reshape(-1)


@builtin(
    "PredictorMeasurements", category="Machine learning", takes_rules=True,
    messages={"data": DATA, "predictor": PREDICTOR, "measurement": MEASUREMENT},
)  # fmt: skip
def predictor_measurements(kernel: Kernel, predictor: Term, data: Term, wanted: Term = None) -> Term | None:
    """PredictorMeasurements[f, data, "measurement"] measures how good a PredictorFunction, or a net that gives a number,
    is on examples in any form that Predict takes.
    PredictorMeasurements[f, data, {m1, m2, …}] gives several measurements.
    PredictorMeasurements[f, data] gives an object that is to be applied to the name of a measurement.

    Details: "StandardDeviation" (the root of the mean square of the residuals), "MeanSquare", "MeanDeviation", "RSquared",
    "FractionVarianceUnexplained", "Residuals" (actual less predicted) and "ComparisonPlot".

    Examples:
        >> p = Predict[{1 -> 2, 2 -> 4, 3 -> 6}];
        >> PredictorMeasurements[p, {4 -> 8, 5 -> 12}, {"StandardDeviation", "RSquared", "Residuals"}]
        = {1.414213562, 0.5, {0., 2.}}
        >> PredictorMeasurements[ElementwiseLayer[2 # &, "Input" -> "Real"], {1 -> 2, 2 -> 5}, "MeanSquare"]
        = 0.5
        >> Head[PredictorMeasurements[p, {4 -> 8, 5 -> 12}]["ComparisonPlot"]]
        = Graphics
    Possible issues:
        >> PredictorMeasurements[p, {1 -> "a"}]
        message: PredictorMeasurements::data
        = PredictorMeasurements[p, {1 -> "a"}]
        >> PredictorMeasurements[f, {1 -> 2}]
        message: PredictorMeasurements::predictor
        = PredictorMeasurements[f, {1 -> 2}]
        >> PredictorMeasurements[Predict[{1 -> 2, 2 -> 4}], {1 -> 2}, "Color"];
        message: PredictorMeasurements::measurement
    """
    inputs, outputs = pairs_of(data)
    targets = machine_array(kernel, to_list(outputs))
    if targets is None or targets.ndim != 1 or targets.dtype.kind != "f":
        raise Message("data", data)
    call = expression("PredictorMeasurementsObject", predictor, data)
    made = PredictorMeasurementsObject(call, values_predicted(kernel, predictor, inputs), targets)
    return made if wanted is None else measured(kernel, made, wanted, PREDICTING)


@builtin("PredictorMeasurementsObject", category="Machine learning", takes_rules=True)
def predictor_measurements_object(kernel: Kernel, predictor: Term, data: Term) -> Term | None:
    """PredictorMeasurementsObject[…] is what PredictorMeasurements gives; apply it to the name of a measurement.

    Examples:
        >> PredictorMeasurements[Predict[{1 -> 2, 2 -> 4}], {1 -> 2}]
        printed: PredictorMeasurementsObject[examples: 1]
        >> PredictorMeasurements[Predict[{1 -> 2, 2 -> 4}], {1 -> 2, 3 -> 5}]["Properties"]
        = {"ComparisonPlot", "FractionVarianceUnexplained", "MeanDeviation", "MeanSquare", "RSquared", "Residuals", "StandardDeviation"}
    """
    return expression("PredictorMeasurements", predictor, data)


def register_measured(kind: type, known: list[str]) -> None:
    """Makes measured examples a term that is applied to the names of measurements."""
    name = kind.__name__
    register(
        kind, getattr(S, name), full_form=lambda made: made.call,
        text=lambda made: f"{name}[examples: {len(made.targets)}]",
        equal=lambda a, b: same(a.call, b.call), hash=lambda made: term_hash(made.call),
    )  # fmt: skip

    @applies(kind)
    def apply_measured(kernel: Kernel, made: Any, args: tuple[Term, ...]) -> Term | None:
        return measured(kernel, made, args[0], known) if len(args) == 1 else None


register_measured(ClassifierMeasurementsObject, CLASSIFYING)
register_measured(PredictorMeasurementsObject, PREDICTING)
