"""The methods of Classify and Predict: one row each, by scikit-learn, and nets by NetTrain."""

from __future__ import annotations

import importlib
import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import is_array, machine_array, machine_real
from wlnet.errors import NetError
from wlnet.kernel import Kernel, Message
from wlnet.syntax import write
from wlnet.terms import (
    FAILED,
    NONE,
    Association,
    Expression,
    S,
    Symbol,
    Term,
    elements,
    expression,
    is_head,
    pack,
    to_list,
)

INSTALL = "This asks the package scikit-learn, which is not installed: pip install wlnet[learning]"
METHOD = "`1` is not a method here; the methods are `2`, with their options in a list behind them."
SETTING = "The option `1` of the method `2` is not one of `3` with a positive number."
UNFIT = "The method `1` cannot learn from these examples: `2`"
#: Rows → probabilities (n, classes), or means and standard deviations (n, 2).
Estimate = Callable[[Kernel, np.ndarray], np.ndarray]


def sklearn(name: str) -> Any:
    """Gives a module of scikit-learn; a message where it is not installed."""
    try:
        return importlib.import_module(f"sklearn.{name}")
    except ImportError:
        raise Message("package", result=FAILED, text=INSTALL) from None


@dataclass(frozen=True)
class Setting:
    """A positive number that a method takes: its name in scikit-learn, what it is of n examples, how it is handed over."""

    name: str
    usual: Callable[[int], float]
    convert: Callable[[float], Any] = float


@dataclass(frozen=True)
class Method:
    """A method: module and class for classes and for numbers ("": it has none), and what is handed to them."""

    module: str
    classifier: str
    regressor: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    is_random: bool = False


def neighbors(count: int) -> float:
    return float(min(10, max(1, round(math.sqrt(count) / 2))))


TREES = Setting("n_estimators", lambda n: 100, int)
ROUNDS = Setting("rounds", lambda n: 500, int)
METHODS: dict[str, Method] = {
    "DecisionTree": Method("tree", "DecisionTreeClassifier", "DecisionTreeRegressor", is_random=True),
    "GaussianProcess": Method("gaussian_process", "GaussianProcessClassifier", "GaussianProcessRegressor", is_random=True),
    "GradientBoostedTrees": Method("ensemble", "GradientBoostingClassifier", "GradientBoostingRegressor",
        {"MaxTrainingRounds": TREES}, is_random=True),
    "LinearRegression": Method("linear_model", "", "Ridge",
        {"L2Regularization": Setting("alpha", lambda n: 0.0)}, {"solver": "svd"}),
    "LogisticRegression": Method("linear_model", "LogisticRegression", "",
        {"L2Regularization": Setting("C", lambda n: 1.0, lambda value: 1 / value)}, {"max_iter": 1000}),
    "NaiveBayes": Method("naive_bayes", "GaussianNB", ""),
    "NearestNeighbors": Method("neighbors", "KNeighborsClassifier", "KNeighborsRegressor",
        {"NeighborsNumber": Setting("n_neighbors", neighbors, int)}),
    "NeuralNetwork": Method("", "net", "net", {"MaxTrainingRounds": ROUNDS,
        "HiddenSize": Setting("size", lambda n: 32, int)}, is_random=True),
    "RandomForest": Method("ensemble", "RandomForestClassifier", "RandomForestRegressor",
        {"TreeNumber": TREES}, is_random=True),
    "SupportVectorMachine": Method("svm", "SVC", "SVR"),
}  # fmt: skip


@dataclass(frozen=True)
class Task:
    """What is to be learned: rows, and for each the number of its class (classes > 0) or its value."""

    rows: np.ndarray
    targets: np.ndarray
    classes: int
    seed: int

    def some(self, chosen: np.ndarray) -> Task:
        return Task(self.rows[chosen], self.targets[chosen], self.classes, self.seed)


@dataclass(frozen=True)
class Chosen:
    """A method with its settings, as they are handed over."""

    name: str
    given: Mapping[str, float]

    @property
    def term(self) -> Term:
        """The value of the option Method that chooses the same."""
        rules = (expression("Rule", name, value) for name, value in self.given.items())
        return to_list((self.name, *rules)) if self.given else self.name

    def arguments(self, count: int) -> dict[str, Any]:
        method = METHODS[self.name]
        made = dict(method.fixed)
        for name, setting in method.settings.items():
            value = self.given.get(name)
            made[setting.name] = setting.convert(setting.usual(count) if value is None else value)
        if "n_neighbors" in made:
            made["n_neighbors"] = min(made["n_neighbors"], count)
        return made


def names_for(of_classes: bool) -> list[str]:
    return [name for name, method in METHODS.items() if (method.classifier if of_classes else method.regressor)]


def chosen_method(kernel: Kernel, given: Term, of_classes: bool) -> Chosen | None:
    """Gives the method that the option names, None for Automatic; raises Message."""
    parts = elements(given) if is_array(given) else (given,)
    name = parts[0] if parts else given
    if given is S.Automatic:
        return None
    if type(name) is not str or name not in names_for(of_classes):
        raise Message("method", given, ", ".join(names_for(of_classes)), text=METHOD)
    known = METHODS[name].settings
    values: dict[str, float] = {}
    for rule in parts[1:]:
        key = rule.args[0] if is_head(rule, S.Rule, 2) else rule
        key = key.name if type(key) is Symbol else key
        value = machine_real(kernel, rule.args[1]) if is_head(rule, S.Rule, 2) else None
        if (
            type(key) is not str or key not in known or value is None
            or not 0 < value < math.inf or not known[key].convert(value)
        ):  # fmt: skip
            raise Message("method", rule, name, ", ".join(known) or "no options", text=SETTING)
        values[key] = value
    return Chosen(name, values)


def fit(kernel: Kernel, chosen: Chosen, task: Task) -> Estimate:
    """Gives what has learned a task; raises NetError and Message."""
    if task.classes == 1:
        return lambda kernel, rows: np.ones((len(rows), 1))
    arguments = chosen.arguments(len(task.rows))
    if chosen.name == "NeuralNetwork":
        return fit_net(kernel, task, **arguments)
    method = METHODS[chosen.name]
    if method.is_random:
        arguments["random_state"] = task.seed
    if chosen.name == "GaussianProcess" and not task.classes:
        kernels = sklearn("gaussian_process.kernels")
        arguments |= {"kernel": kernels.RBF() + kernels.WhiteKernel(), "normalize_y": True}
    made = getattr(sklearn(method.module), method.classifier if task.classes else method.regressor)(**arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made.fit(task.rows, task.targets)
        except ValueError as error:
            raise Message("fit", chosen.name, str(error), text=UNFIT) from None
    return classes_of(made, task) if task.classes else values_of(made, task, chosen.name == "GaussianProcess")


def classes_of(made: Any, task: Task) -> Estimate:
    """Gives the probabilities of all classes, also of those that the rows learned from have none of."""

    def estimate(kernel: Kernel, rows: np.ndarray) -> np.ndarray:
        found = np.zeros((len(rows), task.classes))
        if len(rows):
            given = made.predict_proba(rows) if hasattr(made, "predict_proba") else of_margins(made, rows)
            found[:, made.classes_] = given
        return found

    return estimate


def of_margins(made: Any, rows: np.ndarray) -> np.ndarray:
    """Gives probabilities for the margins of a support vector machine: their softmax."""
    margins = made.decision_function(rows)
    margins = np.stack([-margins, margins], axis=1) / 2 if margins.ndim == 1 else margins
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def values_of(made: Any, task: Task, knows_spread: bool) -> Estimate:
    """Gives means and standard deviations: the method's own, or that of the residuals."""
    spread = float(np.std(made.predict(task.rows) - task.targets))

    def estimate(kernel: Kernel, rows: np.ndarray) -> np.ndarray:
        if not len(rows):
            return np.zeros((0, 2))
        if knows_spread:
            return np.stack(made.predict(rows, return_std=True), axis=1)
        return np.stack([made.predict(rows), np.full(len(rows), spread)], axis=1)

    return estimate


#: Small nets learn few examples in few rounds with this learning rate.
RATE = 0.01


def fit_net(kernel: Kernel, task: Task, rounds: int, size: int) -> Estimate:
    """Gives what a net with one hidden layer has learned; values are learned less their mean, over their spread."""
    mean, scale, spread = float(task.targets.mean()), float(task.targets.std()) or 1.0, 0.0
    out = (task.classes, Expression(S.SoftmaxLayer, ())) if task.classes else (expression("LinearLayer", to_list(())),)
    net = expression("NetChain", to_list((size, S.Ramp, *out)), expression("Rule", "Input", task.rows.shape[1]))
    outputs = task.targets + 1 if task.classes else (task.targets - mean) / scale
    loss = expression("CrossEntropyLossLayer", "Index") if task.classes else S.Automatic
    options = {"LearningRate": RATE, "LossFunction": loss, "MaxTrainingRounds": rounds, "RandomSeeding": task.seed,
               "TrainingProgressReporting": NONE}  # fmt: skip
    data = Association([("Input", pack(task.rows)), ("Output", pack(outputs))])
    rules = (expression("Rule", getattr(S, name), value) for name, value in options.items())
    trained = kernel.evaluate(Expression(kernel.resolve("NetTrain"), (net, data, *rules)))

    def estimate(kernel: Kernel, rows: np.ndarray) -> np.ndarray:
        found = machine_array(kernel, kernel.evaluate(Expression(trained, (pack(rows),)))) if len(rows) else None
        if found is None or len(found) != len(rows):
            raise NetError("the net gives no numbers", tag="net")
        if task.classes:
            return found
        return np.stack([mean + scale * found, np.full(len(rows), spread)], axis=1)

    if not task.classes:
        spread = float(np.std(estimate(kernel, task.rows)[:, 0] - task.targets))
    return estimate


# What Automatic chooses

#: With fewer examples, the first method that fits is taken.
FEW = 20
FOLDS = 3
#: PerformanceGoal → methods among which the losses of a cross-validation decide, for classes and for numbers.
CANDIDATES: dict[Term, tuple[tuple[str, ...], tuple[str, ...]]] = {
    S.Automatic: (("LogisticRegression", "NearestNeighbors", "RandomForest"),
                  ("LinearRegression", "NearestNeighbors", "RandomForest")),
    "Quality": (("LogisticRegression", "NearestNeighbors", "RandomForest", "GradientBoostedTrees", "SupportVectorMachine"),
                ("LinearRegression", "NearestNeighbors", "RandomForest", "GradientBoostedTrees", "GaussianProcess")),
    "TrainingSpeed": (("NaiveBayes",), ("LinearRegression",)),
    "Speed": (("LogisticRegression", "DecisionTree"), ("LinearRegression", "DecisionTree")),
    "Memory": (("LogisticRegression",), ("LinearRegression",)),
}  # fmt: skip
GOAL = "The value `1` of the option PerformanceGoal is not one of `2`."
TINY = 1e-6


def candidates(goal: Term, of_classes: bool) -> tuple[str, ...]:
    """Gives the methods that serve a goal; raises Message."""
    if type(goal) not in (str, Symbol) or goal not in CANDIDATES:
        raise Message("goal", goal, ", ".join(write(name, "InputForm") for name in CANDIDATES), text=GOAL)
    return CANDIDATES[goal][0 if of_classes else 1]


def automatic_method(kernel: Kernel, task: Task, names: tuple[str, ...]) -> Chosen:
    """Gives the method with the least loss on examples held out; the same for the same data."""
    if len(task.rows) < FEW or len(names) == 1:
        return Chosen(names[0], {})
    places = np.random.default_rng(task.seed).permutation(len(task.rows)) % FOLDS
    losses = [sum(held_out(kernel, Chosen(name, {}), task, places == fold) for fold in range(FOLDS)) for name in names]
    return Chosen(names[int(np.argmin(losses))], {})


def held_out(kernel: Kernel, chosen: Chosen, task: Task, out: np.ndarray) -> float:
    """Gives the sum of the losses on the examples held out of a training: cross entropies, or squares."""
    learned, rest = task.some(~out), task.some(out)
    if task.classes and len(np.unique(learned.targets)) < 2:
        return math.inf
    found = fit(kernel, chosen, learned)(kernel, rest.rows)
    if not task.classes:
        return float(((found[:, 0] - rest.targets) ** 2).sum())
    return float(-np.log(np.maximum(found[np.arange(len(found)), rest.targets], TINY)).sum())
