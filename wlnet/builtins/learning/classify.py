"""Classify, and the functions that it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from wlnet.builtins.learning.supervised import (
    MESSAGES,
    OPTION,
    OPTIONS,
    PROPERTY,
    Learned,
    apply_learned,
    learned,
    refuse_options,
    register_learned,
    split_rules,
)
from wlnet.builtins.learning.training_data import DATA, pairs_of
from wlnet.builtins.numbers.numerical import machine_real
from wlnet.kernel import Kernel, Message, applies, builtin
from wlnet.syntax import write
from wlnet.terms import NONE, Association, Expression, S, Term, sort_key, to_list
from wlnet.terms.same import key

#: Options that may be given anew when a classifier is applied.
OF_CALLS: dict[str, Term] = {"ClassPriors": S.Automatic, "IndeterminateThreshold": 0}
CLASSIFYING: dict[str, Term] = {**OPTIONS, **OF_CALLS}


class ClassifierFunction(Learned):
    """What has learned to tell classes apart."""

    def changed(self, kernel: Kernel, rows: np.ndarray, priors: Term) -> np.ndarray:
        """Gives probabilities as they are where classes are as frequent as these priors say."""
        if priors is S.Automatic:
            return rows
        given = [priors.get(name) if type(priors) is Association else None for name in self.classes]
        numbers = [None if number is None else machine_real(kernel, number) for number in given]
        if any(number is None or not 0 <= number < np.inf for number in numbers) or not any(numbers):
            raise Message(
                "opt", priors, "ClassPriors", "Automatic, or an association class -> probability", text=OPTION
            )
        assert self.shares is not None
        moved = rows * (np.array(numbers, float) / self.shares)
        totals = moved.sum(axis=1, keepdims=True)
        return np.divide(moved, totals, out=np.zeros_like(moved), where=totals > 0)

    def threshold(self, kernel: Kernel, given: Term) -> float:
        found = machine_real(kernel, given)
        if found is None or not 0 <= found <= 1:
            raise Message("opt", given, "IndeterminateThreshold", "a number from 0 to 1", text=OPTION)
        return found


def decision(made: ClassifierFunction, row: np.ndarray, threshold: float) -> Term:
    return made.classes[int(row.argmax())] if row.max() >= threshold and row.max() > 0 else S.Indeterminate


def probabilities(made: ClassifierFunction, row: np.ndarray, argument: Term) -> Term:
    return Association(zip(made.classes, row.tolist(), strict=True))


def top(made: ClassifierFunction, row: np.ndarray, argument: Term) -> Term:
    """Gives the most probable classes with their probabilities, most probable first; those above 1/20 without a number."""
    if argument is not NONE and (type(argument) is not int or argument < 1):
        raise Message("prop", argument, '"TopProbabilities" -> n', text=PROPERTY)
    order = np.argsort(-row, kind="stable")
    chosen = order[row[order] > CLEAR] if argument is NONE else order[:argument]
    return to_list(Expression(S.Rule, (made.classes[place], float(row[place]))) for place in chosen.tolist())


def probability(made: ClassifierFunction, row: np.ndarray, argument: Term) -> Term:
    names = {key(name): place for place, name in enumerate(made.classes)}
    if argument is not NONE and key(argument) not in names:
        raise Message("prop", argument, '"Probability" -> one of the classes', text=PROPERTY)
    return float(row.max() if argument is NONE else row[names[key(argument)]])


CLEAR = 0.05
READERS: dict[str, Callable[[ClassifierFunction, np.ndarray, Term], Term]] = {
    "Probabilities": probabilities, "Probability": probability, "TopProbabilities": top,
}  # fmt: skip


def train_classifier(kernel: Kernel, data: Term, options: Mapping[str, Term]) -> Learned:
    """Gives the classifier that has learned from data; raises Message and NetError."""
    pairs = pairs_of(data)
    names = {key(name): name for name in pairs[1]}
    classes = tuple(sorted(names.values(), key=sort_key))
    places = {key(name): place for place, name in enumerate(classes)}
    targets = np.array([places[key(name)] for name in pairs[1]])
    shares = np.bincount(targets, minlength=len(classes)) / len(targets)
    made = learned(kernel, ClassifierFunction, pairs, targets, options, classes=classes, shares=shares)
    assert isinstance(made, ClassifierFunction)
    made.changed(kernel, np.zeros((0, len(classes))), options["ClassPriors"])
    made.threshold(kernel, options["IndeterminateThreshold"])
    return made


@applies(ClassifierFunction)
def apply_classifier(kernel: Kernel, made: ClassifierFunction, args: tuple[Term, ...]) -> Term | None:
    """Gives the class of an example, or another property of it."""
    args, given = split_rules(args, OF_CALLS)
    if not 1 <= len(args) <= 2:
        return None
    options = {**made.options, **given}
    threshold = made.threshold(kernel, options["IndeterminateThreshold"])
    readers = {"Decision": lambda made, row, argument: decision(made, row, threshold), **READERS}
    return apply_learned(
        made, kernel, args[0], args[1] if len(args) == 2 else "Decision", readers,
        lambda rows: made.changed(kernel, rows, options["ClassPriors"]),
    )  # fmt: skip


@builtin("Classify", category="Machine learning", options=CLASSIFYING, messages=MESSAGES, takes_rules=True)
def classify(
    kernel: Kernel, data: Term, given: Term = None, wanted: Term = "Decision", *, options: Mapping[str, Term]
) -> Term | None:
    """Classify[{in1 -> class1, …}] gives a ClassifierFunction that has learned from examples.
    Classify[{in1, …} -> {class1, …}] and Classify[<|class1 -> {in, …}, …|>] are other forms of the examples.
    Classify[rows -> column] learns a column of a table: its number in lists, its key in associations, or in a Dataset.
    Classify[data, input] gives the class of an input, or of each of a list of inputs; Classify[data, input, "property"]
    gives a property, as ClassifierFunction has it.

    Details: By scikit-learn (pip install wlnet[learning]). An input is a number, an array of numbers, a name (a symbol, or a
    text of up to two words), a text (of which the words count), an image (in 16 times 16 pixels), or a list or an
    association of these. Numbers are taken less their mean, over their standard deviation.
    The methods are "DecisionTree", "GaussianProcess", "GradientBoostedTrees" ("MaxTrainingRounds"), "LogisticRegression"
    ("L2Regularization"), "NaiveBayes", "NearestNeighbors" ("NeighborsNumber"), "NeuralNetwork" ("HiddenSize",
    "MaxTrainingRounds"; by NetTrain), "RandomForest" ("TreeNumber") and "SupportVectorMachine" (its probabilities are the
    softmax of the margins). Automatic is "LogisticRegression" for fewer than 20 examples, else that of several methods
    that does best on thirds that are held out; PerformanceGoal says among which methods: "Quality" has more of
    them, "TrainingSpeed", "Speed" and "Memory" fewer.

    Examples:
        >> c = Classify[{1 -> "A", 2 -> "A", 3.5 -> "B", 4 -> "B"}]
        printed: ClassifierFunction[Numerical, classes: A, B]
        >> {c[2.3], c[{1, 5}], c[{{1}}]}
        = {"A", {"A", "B"}, $Failed}
        message: ClassifierFunction::example
        >> Classify[<|x -> {{0, 0}, {0, 1}}, y -> {{5, 5}, {6, 5}}|>, {{1, 1}, {5, 6}}]
        = {x, y}
        >> rows = {<|"size" -> 1.2, "color" -> "red", "kind" -> "a"|>, <|"size" -> 3.1, "color" -> "blue", "kind" -> "b"|>};
        >> Classify[Dataset[rows] -> "kind", <|"size" -> 3., "color" -> "blue"|>]
        = "b"
        >> Classify[{"the cat sat on the mat" -> 1, "a cat and a dog" -> 1, "stocks fell in New York" -> 2}, "my dog is big"]
        = 1
    Options: Method:
        >> Table[Classify[{1 -> "A", 2 -> "A", 7 -> "B", 9 -> "B"}, 8, Method -> m], {m, {"DecisionTree", "NaiveBayes", "SupportVectorMachine"}}]
        = {"B", "B", "B"}
        >> Classify[{1 -> "A", 2 -> "A", 7 -> "B"}, 5, Method -> {"NearestNeighbors", "NeighborsNumber" -> 3}]
        = "A"
    Options: ClassPriors:
        >> Classify[{1 -> "A", 2 -> "A", 3 -> "B", 4 -> "B"}, 2, ClassPriors -> <|"A" -> 0.01, "B" -> 0.99|>]
        = "B"
    Options: IndeterminateThreshold:
        >> Classify[{1 -> "A", 2 -> "A", 3 -> "B", 4 -> "B"}, 2.5, IndeterminateThreshold -> 0.9]
        = Indeterminate
    Options: FeatureExtractor:
        >> Classify[{{1, 9} -> "A", {2, 3} -> "A", {7, 5} -> "B"}, {{1.5, 6}, {8, 6}}, FeatureExtractor -> First]
        = {"A", "B"}
    Options: PerformanceGoal:
        >> Information[Classify[{1 -> "A", 2 -> "A", 7 -> "B", 9 -> "B"}, PerformanceGoal -> "TrainingSpeed"], "Method"]
        = "NaiveBayes"
    Options: RandomSeeding:
        >> Classify[{1 -> "A", 2 -> "A", 7 -> "B"}, 8, Method -> "RandomForest", RandomSeeding -> 3]
        = "B"
    Possible issues:
        >> Classify[5]
        message: Classify::data
        = Classify[5]
        >> Classify[{1 -> 2}, Method -> "Guess"]
        message: Classify::method
        = Classify[{1 -> 2}, Method -> "Guess"]
        >> Classify[{1 -> 2}, 1, "Color"]
        message: Classify::prop
        = Classify[{1 -> 2}, 1, "Color"]
        >> Classify[{1 -> 2}, PerformanceGoal -> "Fun"]
        message: Classify::goal
        = Classify[{1 -> 2}, PerformanceGoal -> "Fun"]
        >> Classify[{1 -> 2}, IndeterminateThreshold -> 2]
        message: Classify::opt
        = Classify[{1 -> 2}, IndeterminateThreshold -> 2]
    """
    refuse_options((given, wanted), CLASSIFYING)
    made = train_classifier(kernel, data, options)
    return made if given is None else apply_classifier(kernel, made, (given, wanted))


@builtin(
    "ClassifierFunction", category="Machine learning", options=CLASSIFYING, messages={"data": DATA}, takes_rules=True
)
def classifier_function(kernel: Kernel, data: Term, *, options: Mapping[str, Term]) -> Term | None:
    """ClassifierFunction[…] is what Classify gives; f[input] gives the class of an input, f[{in1, …}] those of several.
    f[input, "property"] gives "Decision", "Probabilities", "Probability" -> class (that of the decision without a class),
    "TopProbabilities" -> n, or "TopProbabilities": those above 1/20.

    Details: f[…, ClassPriors -> <|class -> p, …|>] says how frequent classes are where they were not as in the examples;
    with IndeterminateThreshold -> p a less probable decision is Indeterminate. Information tells the "Classes", "Method",
    …. Saved in a file, it is its examples and its method, and learns anew when it is read.

    Examples:
        >> c = Classify[{1 -> "A", 2 -> "A", 3 -> "B", 4 -> "B"}];
        >> {c[1, "Probabilities"]["A"] > 0.5, c[1, "TopProbabilities" -> 1][[1, 1]], c[2.5, "Probability" -> "B"]}
        = {True, "A", 0.5}
        >> {Information[c, "Classes"], Information[c, "Method"], c[2.5, IndeterminateThreshold -> 0.7]}
        = {{"A", "B"}, "LogisticRegression", Indeterminate}
        >> c === ToExpression[ToString[c, InputForm]]
        = True
    Options: Method:
        >> ClassifierFunction[{1, 2} -> {"a", "b"}, Method -> "DecisionTree"][1]
        = "a"
    Options: ClassPriors:
        >> ClassifierFunction[{1, 2} -> {"a", "b"}, ClassPriors -> <|"a" -> 0, "b" -> 1|>][1]
        = "b"
    Options: IndeterminateThreshold:
        >> ClassifierFunction[{1, 2} -> {"a", "b"}, IndeterminateThreshold -> 0.9][1.4]
        = Indeterminate
    Options: FeatureExtractor:
        >> ClassifierFunction[{-1, 1, 3, -4} -> {"a", "a", "b", "b"}, FeatureExtractor -> Abs][-3]
        = "b"
    Options: PerformanceGoal:
        >> ClassifierFunction[{1, 2} -> {"a", "b"}, PerformanceGoal -> "Speed"][1]
        = "a"
    Options: RandomSeeding:
        >> ClassifierFunction[{1, 2} -> {"a", "b"}, RandomSeeding -> 5][1]
        = "a"
    Possible issues:
        >> ClassifierFunction[5]
        message: ClassifierFunction::data
        = ClassifierFunction[5]
    """
    return train_classifier(kernel, data, options)


def shown(made: ClassifierFunction) -> str:
    names = [write(name, "OutputForm") for name in made.classes]
    some = ", ".join(names[:MOST_SHOWN]) + (f", … ({len(names)})" if len(names) > MOST_SHOWN else "")
    return f"ClassifierFunction[{made.column.name}, classes: {some}]"


MOST_SHOWN = 5
register_learned(ClassifierFunction, shown, {
    "ClassNumber": lambda made: len(made.classes),
    "ClassPriors": lambda made: Association(zip(made.classes, made.shares.tolist(), strict=True)),
    "Classes": lambda made: to_list(made.classes),
})  # fmt: skip
