"""What a TrainingProgressFunction is told: key → value, each made only where the function surely or perhaps uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from wlnet.builtins.nets.constructors.formulas import slots_of
from wlnet.builtins.nets.information.information import position_term
from wlnet.builtins.nets.training.measured import measurements_term
from wlnet.kernel import Kernel
from wlnet.nets.arrays import Key
from wlnet.terms import NONE, Association, Expression, NumericArray, S, Term, elements, expression, is_head, to_list
from wlnet.training import Progress
from wlnet.training.state import Step

#: Key → its value, of what is about the latest batch; nothing before there was one.
STEP: dict[str, Callable[[Step], Term]] = {
    "BatchData": lambda step: batch_data(step),
    "BatchIndices": lambda step: to_list(int(index) + 1 for index in step.indices),
    "ExampleLosses": lambda step: to_list(step.losses.tolist()),
    "Gradients": lambda step: arrays_term(step.gradients),
    "GradientsRMS": lambda step: float(np.sqrt(np.square(vector(step.gradients), dtype=np.float64).mean())),
    "GradientsVector": lambda step: NumericArray(vector(step.gradients)),
}


def of_step(reader: Callable[[Step], Term], progress: Progress) -> Term:
    return expression("Missing", "NotAvailable") if progress.step is None else reader(progress.step)


#: Key → its value.
PROGRESS: dict[str, Callable[[Progress], Term]] = {
    "AbsoluteBatch": lambda p: p.absolute_batch,
    "Batch": lambda p: p.batch,
    "BatchLoss": lambda p: float(p.batch_loss),
    "BatchLossList": lambda p: to_list(map(float, p.batch_losses)),
    "BatchMeasurements": lambda p: measurements_term(p.batch_measurements[-1:]),
    "BatchMeasurementsLists": lambda p: measurements_term(p.batch_measurements, lists=True),
    "BatchSize": lambda p: p.batch_size,
    "BatchesPerRound": lambda p: p.batches,
    "BatchesPerSecond": lambda p: batches_per_second(p),
    "BestValidationRound": lambda p: NONE if p.best_round is None else p.best_round,
    "Event": lambda p: p.event,
    "ExamplesPerSecond": lambda p: float(p.examples_per_second),
    "ExamplesProcessed": lambda p: p.examples,
    "InitialLearningRate": lambda p: float(p.initial_rate),
    "LearningRate": lambda p: float(p.learning_rate),
    "MeanBatchesPerSecond": lambda p: batches_per_second(p),
    "MeanExamplesPerSecond": lambda p: float(p.examples_per_second),
    "Net": lambda p: p.net(),
    "OptimizationMethod": lambda p: p.method,
    "ProgressFraction": lambda p: S.Automatic if p.fraction is None else float(p.fraction),
    "Round": lambda p: p.round,
    "RoundLoss": lambda p: float(p.loss),
    "RoundLossList": lambda p: to_list(map(float, p.round_losses)),
    "RoundMeasurements": lambda p: measurements_term(p.measurements[-1:]),
    "RoundMeasurementsLists": lambda p: measurements_term(p.measurements, lists=True),
    "TargetDevice": lambda p: "CPU",
    "TimeElapsed": lambda p: float(p.elapsed),
    "TimeRemaining": lambda p: S.Automatic if p.remaining is None else float(p.remaining),
    "TotalBatches": lambda p: expression("DirectedInfinity", 1) if p.rounds is None else p.rounds * p.batches,
    "TotalRounds": lambda p: expression("DirectedInfinity", 1) if p.rounds is None else p.rounds,
    "ValidationLoss": lambda p: NONE if p.validation_loss is None else float(p.validation_loss),
    "ValidationLossList": lambda p: to_list(map(float, p.validation_losses)),
    "ValidationMeasurements": lambda p: measurements_term(p.validation_measurements[-1:]),
    "ValidationMeasurementsLists": lambda p: measurements_term(p.validation_measurements, lists=True),
    "Weights": lambda p: arrays_term(p.net().store),
    "WeightsVector": lambda p: NumericArray(vector(p.net().store)),
    **{key: partial(of_step, reader) for key, reader in STEP.items()},
}
FILES = "CheckpointingFiles"
#: What needs each batch to be measured.
EACH_BATCH = frozenset({"BatchMeasurements", "BatchMeasurementsLists"})


def batches_per_second(progress: Progress) -> float:
    return progress.absolute_batch / progress.elapsed if progress.elapsed else 0.0


def batch_data(step: Step) -> Term:
    """Gives port → the examples of a batch, as the net takes them: an array, or a list of arrays of different lengths."""
    found: dict[str, dict[int, np.ndarray]] = {}
    for group in step.data.groups(step.indices):
        for name, values in step.data.take(group.indices).items():
            found.setdefault(name, {}).update(zip(group.indices.tolist(), np.array(values), strict=True))
    return Association((name, examples_term([each[n] for n in step.indices.tolist()])) for name, each in found.items())


def examples_term(examples: Sequence[np.ndarray]) -> Term:
    alike = len({example.shape for example in examples}) == 1
    return NumericArray(np.stack(examples)) if alike else to_list(map(NumericArray, examples))


def arrays_term(arrays: Mapping[Key, np.ndarray]) -> Term:
    """Gives position → array."""
    return Association((position_term(key), NumericArray(array)) for key, array in arrays.items())


def vector(arrays: Mapping[Key, np.ndarray]) -> np.ndarray:
    """Gives all numbers of some arrays, one array after the other."""
    return np.concatenate([np.zeros(0, np.float32), *(array.reshape(-1) for array in arrays.values())])


def used_keys(function: Term) -> list[str]:
    """Gives the keys whose values a function may use: those it names, or where it may use the whole association, all."""
    every = [*PROGRESS, FILES]
    names, count = slots_of(function)
    if names and not count:
        found = set(names)
    elif is_head(function, S.Function) and function.args:
        variable = variable_of(function)
        asked = None if variable is None else asked_of(function.args[-1 if len(function.args) == 1 else 1], variable)
        if asked is None:
            return every
        found = asked
    else:
        return every
    return [name for name in every if name in found]


def variable_of(function: Expression) -> Term | None:
    """Gives what stands for the argument in a pure function: #1, or its only variable."""
    if len(function.args) == 1:
        return expression("Slot", 1)
    variables = function.args[0]
    if is_head(variables, S.List):
        return elements(variables)[0] if len(elements(variables)) == 1 else None
    return variables


def asked_of(term: Term, variable: Term) -> set[str] | None:
    """Gives the names in all `variable["name"]` of a term; None where the variable is used in another way too."""
    found: set[str] = set()
    stack = [term]
    while stack:
        part = stack.pop()
        if part == variable:
            return None
        if type(part) is not Expression:
            continue
        if part.head == variable and len(part.args) == 1 and type(part.args[0]) is str:
            found.add(part.args[0])
        else:
            stack += (part.head, *part.args)
    return found


def caller(kernel: Kernel, function: Term, files: Sequence[str]) -> Callable[[Progress], Term]:
    """Gives a function that calls one of the user's with the progress; files: the checkpoints written so far."""
    keys = used_keys(function)

    def call(progress: Progress) -> Term:
        told = ((key, to_list(files) if key == FILES else PROGRESS[key](progress)) for key in keys)
        return kernel.evaluate(Expression(function, (Association(told),)))

    return call


def looks_back(function: Term) -> bool:
    return not STEP.keys().isdisjoint(used_keys(function))
