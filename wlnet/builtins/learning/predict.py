"""Predict, and the functions that it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.learning.supervised import (
    MESSAGES,
    OPTIONS,
    Learned,
    apply_learned,
    learned,
    refuse_options,
    register_learned,
    split_rules,
)
from wlnet.builtins.learning.training_data import DATA, as_rule, pairs_of
from wlnet.builtins.numbers.numerical import machine_array
from wlnet.kernel import Kernel, Message, applies, builtin
from wlnet.terms import Term, expression, to_list


class PredictorFunction(Learned):
    """What has learned to predict numbers."""


#: Property → function(predictor, mean and standard deviation, what stands behind ->).
READERS: dict[str, Callable[[PredictorFunction, np.ndarray, Term], Term]] = {
    "Decision": lambda made, row, argument: float(row[0]),
    "Distribution": lambda made, row, argument: expression("NormalDistribution", float(row[0]), float(row[1])),
    "StandardDeviation": lambda made, row, argument: float(row[1]),
}


def train_predictor(kernel: Kernel, data: Term, options: Mapping[str, Term]) -> Learned:
    """Gives the predictor that has learned from data; raises Message and NetError."""
    pairs = pairs_of(data)
    targets = machine_array(kernel, to_list(pairs[1]))
    if targets is None or targets.ndim != 1 or targets.dtype.kind != "f" or not np.isfinite(targets).all():
        raise Message("data", as_rule(pairs))
    return learned(kernel, PredictorFunction, pairs, targets, options)


@applies(PredictorFunction)
def apply_predictor(kernel: Kernel, made: PredictorFunction, args: tuple[Term, ...]) -> Term | None:
    """Gives the value predicted for an example, or another property."""
    args, _ = split_rules(args, {})
    if not 1 <= len(args) <= 2:
        return None
    wanted = args[1] if len(args) == 2 else "Decision"
    return apply_learned(made, kernel, args[0], wanted, READERS, lambda rows: rows)


@builtin("Predict", category="Machine learning", options=OPTIONS, messages=MESSAGES, takes_rules=True)
def predict(
    kernel: Kernel, data: Term, given: Term = None, wanted: Term = "Decision", *, options: Mapping[str, Term]
) -> Term | None:
    """Predict[{in1 -> value1, …}] gives a PredictorFunction that has learned from examples.
    Predict[{in1, …} -> {value1, …}] and Predict[<|value1 -> {in, …}, …|>] are other forms of the examples.
    Predict[rows -> column] learns a column of a table: its number in lists, its key in associations, or in a Dataset.
    Predict[data, input] gives the value for an input, or for each of a list; Predict[data, input, "property"] a property.

    Details: By scikit-learn (pip install wlnet[learning]); inputs are as in Classify. The methods are "DecisionTree",
    "GaussianProcess", "GradientBoostedTrees" ("MaxTrainingRounds"), "LinearRegression" ("L2Regularization"),
    "NearestNeighbors" ("NeighborsNumber"), "NeuralNetwork" ("HiddenSize", "MaxTrainingRounds"; by NetTrain),
    "RandomForest" ("TreeNumber") and "SupportVectorMachine". Automatic is "LinearRegression" for fewer than 20 examples,
    else that of several methods that does best on thirds that are held out; PerformanceGoal is as in Classify.

    Examples:
        >> p = Predict[{1 -> 1.3, 2 -> 2.3, 3 -> 3.3}]
        printed: PredictorFunction[Numerical, LinearRegression]
        >> {p[4], p[{5, 6}]}
        = {4.3, {5.3, 6.3}}
        >> Predict[{{1, "a", 2}, {2, "b", 4}, {3, "a", 6}} -> 3, {4, "a"}]
        = 8.
    Options: Method:
        >> Predict[{1 -> 1, 2 -> 3, 8 -> 5}, 7, Method -> {"NearestNeighbors", "NeighborsNumber" -> 2}]
        = 4.
        >> Abs[Predict[Table[x -> x^2, {x, -2., 2., 0.2}], 1.1, Method -> "GaussianProcess"] - 1.21] < 0.1
        = True
    Options: FeatureExtractor:
        >> Predict[{-1 -> 1, 2 -> 4, 3 -> 9}, {-5, 1}, FeatureExtractor -> (#^2 &)]
        = {25., 1.}
    Options: PerformanceGoal:
        >> Information[Predict[{1 -> 1, 2 -> 3}, PerformanceGoal -> "TrainingSpeed"], "Method"]
        = "LinearRegression"
    Options: RandomSeeding:
        >> Predict[{1 -> 1, 2 -> 3}, 1, Method -> "DecisionTree", RandomSeeding -> 3]
        = 1.
    Possible issues:
        >> Predict[{1 -> "a"}]
        message: Predict::data
        = Predict[{1 -> "a"}]
        >> Predict[{1 -> 2}, Method -> "NaiveBayes"]
        message: Predict::method
        = Predict[{1 -> 2}, Method -> "NaiveBayes"]
        >> Predict[{1 -> 2}, 1, "Color"]
        message: Predict::prop
        = Predict[{1 -> 2}, 1, "Color"]
        >> Predict[{1 -> 2}, PerformanceGoal -> "Fun"]
        message: Predict::goal
        = Predict[{1 -> 2}, PerformanceGoal -> "Fun"]
        >> Predict[{1 -> 2}, RandomSeeding -> -2]
        message: Predict::opt
        = Predict[{1 -> 2}, RandomSeeding -> -2]
    """
    refuse_options((given, wanted), OPTIONS)
    made = train_predictor(kernel, data, options)
    return made if given is None else apply_predictor(kernel, made, (given, wanted))


@builtin("PredictorFunction", category="Machine learning", options=OPTIONS, messages={"data": DATA}, takes_rules=True)
def predictor_function(kernel: Kernel, data: Term, *, options: Mapping[str, Term]) -> Term | None:
    """PredictorFunction[…] is what Predict gives; f[input] gives the value for an input, f[{in1, …}] those for several.
    f[input, "Distribution"] gives a NormalDistribution about it, f[input, "StandardDeviation"] its spread.

    Details: The spread is that of the residuals of the examples; a "GaussianProcess" has its own at each input.
    Information tells the "Method", "ExampleNumber", …. Saved in a file, it is its examples and its method.

    Examples:
        >> p = Predict[{1 -> 1, 2 -> 2, 3 -> 2, 4 -> 3}];
        >> {p[5, "Distribution"], Information[p, "Method"], p === ToExpression[ToString[p, InputForm]]}
        = {NormalDistribution[3.5, 0.2236067977], "LinearRegression", True}
    Options: Method:
        >> PredictorFunction[{1, 2} -> {5, 7}, Method -> "DecisionTree"][2]
        = 7.
    Options: FeatureExtractor:
        >> PredictorFunction[{1, 2, 3} -> {1, 4, 9}, FeatureExtractor -> (#^2 &)][5]
        = 25.
    Options: PerformanceGoal:
        >> PredictorFunction[{1, 2} -> {5, 7}, PerformanceGoal -> "Memory"][3]
        = 9.
    Options: RandomSeeding:
        >> PredictorFunction[{1, 2} -> {5, 7}, RandomSeeding -> 5][3]
        = 9.
    Possible issues:
        >> PredictorFunction[5]
        message: PredictorFunction::data
        = PredictorFunction[5]
    """
    return train_predictor(kernel, data, options)


register_learned(PredictorFunction, lambda made: f"PredictorFunction[{made.column.name}, {made.method.name}]", {})
