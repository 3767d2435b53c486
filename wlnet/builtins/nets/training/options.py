"""The options of NetTrain as terms: each is read into what the training library takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.layers.settings import text
from wlnet.nets import Net
from wlnet.nets.dimensions import show
from wlnet.terms import NONE, Association, Expression, S, Term, elements, expression, is_head, is_list, numeric, pack
from wlnet.training import MEASUREMENTS, Request, StoppingCriterion
from wlnet.training.losses import Loss
from wlnet.training.progress import UNITS

NUMBERS = (int, float, Fraction)


def bad_option(name: str, expected: str, term: Term) -> NetError:
    return NetError(f"the option {name} must be {expected}, not `1`", tag="option", kind="NetTrain", terms=(term,))


def name_from(name: str, term: Term) -> str:
    """Gives a setting that is a name or a symbol."""
    found = text(term)
    if found is None:
        raise bad_option(name, "a name", term)
    return found


def number_or_none(name: str, term: Term) -> float | None:
    if term is S.Automatic:
        return None
    if type(term) in NUMBERS and term > 0:
        return float(term)
    raise bad_option(name, "a positive number or Automatic", term)


def positive_or_none(name: str, term: Term) -> int | None:
    if term is S.Automatic:
        return None
    if type(term) is int and term > 0:
        return term
    raise bad_option(name, "a positive integer or Automatic", term)


#: Units of time besides those of `Watcher` → how many seconds they are.
SHORTER = {"Days": 86400, "Microseconds": 1e-6, "Milliseconds": 1e-3}


def interval(term: Term) -> tuple[float, str] | None:
    """Gives the count and the unit of a number (of seconds) or Quantity[n, "unit"]; None for anything else."""
    count, unit = term.args if is_head(term, S.Quantity, 2) else (term, "Seconds")
    unit = unit if type(unit) is not str or unit.endswith("s") or unit == "Batches" else unit + "s"
    unit = "Batches" if unit == "Batchs" else unit
    if unit in SHORTER and type(count) in NUMBERS:
        count, unit = count * SHORTER[unit], "Seconds"
    return (float(count), unit) if type(count) in NUMBERS and count > 0 and unit in UNITS else None


def seconds(name: str, term: Term) -> float | None:
    """Gives a time in seconds: a number, Quantity[n, "unit"], or None for Automatic and Infinity."""
    if term is S.Automatic or is_head(term, S.DirectedInfinity):
        return None
    found = interval(term)
    kind, factor = UNITS[found[1]] if found is not None else ("", 0.0)
    if found is None or kind != "Seconds":
        raise bad_option(name, "a positive number of seconds, Quantity[n, unit of time] or Automatic", term)
    return found[0] * factor


def limits(rounds: Term, goal: Term) -> dict[str, Any]:
    """Gives the number of rounds and the time that a training takes at most, as `train` takes them.

    MaxTrainingRounds may be a time, as programs for earlier versions write it.
    """
    times = [seconds("TimeGoal", goal)]
    if is_head(rounds, S.Quantity):
        times.append(seconds("MaxTrainingRounds", rounds))
        rounds = S.Automatic
    known = [time for time in times if time is not None]
    return {"rounds": positive_or_none("MaxTrainingRounds", rounds), "time_goal": min(known, default=None)}


LOSS_FORMS = (
    'Automatic, a loss layer or net, an output port, "port" -> loss, one of these -> Scaled[r], or a list of these'
)


def loss_from(term: Term) -> Any:
    """Gives what LossFunction says, for `read_losses`."""
    if term is S.Automatic:
        return None
    if is_list(term) and elements(term):
        return [one_loss(item) for item in elements(term)]
    return one_loss(term)


def one_loss(term: Term) -> Loss:
    """Gives the loss of a net, "port", "port" -> net, or one of these -> Scaled[r]."""
    parts: list[Term] = []
    rest = term
    while is_head(rest, S.Rule, 2):  # "port" -> net -> Scaled[r], however it is grouped
        left, rest = rest.args
        parts.extend(left.args if is_head(left, S.Rule, 2) else (left,))
    parts.append(rest)
    factor = 1.0
    if is_head(parts[-1], S.Scaled, 1):
        scale = parts.pop().args[0]
        if type(scale) not in NUMBERS:
            raise bad_option("LossFunction", LOSS_FORMS, term)
        factor = float(scale)
    port = parts.pop(0) if parts and type(parts[0]) is str else None
    net = parts.pop(0) if parts and isinstance(parts[0], Net) else None
    if parts or (port is None and net is None):
        raise bad_option("LossFunction", LOSS_FORMS, term)
    return Loss(net, port, factor)


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


def constraint_function(kernel: Kernel) -> Callable[[Term, np.ndarray], np.ndarray]:
    """Gives what applies a function that is the constraint of an array."""

    def apply(function: Term, array: np.ndarray) -> np.ndarray:
        given = pack(array.astype(np.float64)) if array.ndim else float(array)
        made = numeric(kernel.evaluate(expression("N", Expression(function, (given,)))))
        if made is None or made.shape != array.shape or not np.isfinite(made).all():
            shown = show(array.shape)
            raise NetError(
                f'the function `1`, the "Constraint" of an array, must give an array of its dimensions {shown}',
                tag="constraint",
                kind="NetTrain",
                terms=(function,),
            )
        return made

    return apply


#: Suboption of TrainingStoppingCriterion → argument of StoppingCriterion.
STOPPING = {
    "Patience": "patience", "InitialPatience": "initial_patience", "AbsoluteChange": "absolute_change",
    "RelativeChange": "relative_change",
}  # fmt: skip
STOPPING_FORMS = 'None, Automatic, "Loss", a measurement that is a number, or an association of "Criterion" and '


def stopping_from(term: Term, requests: Sequence[Request]) -> tuple[StoppingCriterion | None, Term]:
    """Gives the stopping criterion, and the function that decides in its place (None: none).

    requests: the measurements that are taken, which a criterion may call by their keys.
    """
    if term is NONE:
        return None, NONE
    given: Mapping[Any, Term] = (
        {text(name): value for name, value in term.items()} if type(term) is Association else {"Criterion": term}
    )
    criterion = given.get("Criterion", S.Automatic)
    watched = "Loss" if criterion is S.Automatic else criterion
    asked = next((request for request in requests if request.key == watched), None)
    if type(watched) is not str and asked is None:
        is_none = is_list(watched) or is_head(watched, S.Rule) or is_head(watched, S.NetPort)
        if len(given) > 1 or is_none or type(watched) in (*NUMBERS, Association):
            raise bad_option("TrainingStoppingCriterion", STOPPING_FORMS + ", ".join(STOPPING), term)
        return None, watched
    declared = MEASUREMENTS.get(watched if asked is None else asked.name)  # type: ignore[arg-type]
    if (declared is None and asked is None and watched != "Loss") or (declared and not declared.is_figure):
        raise bad_option("TrainingStoppingCriterion", STOPPING_FORMS + ", ".join(STOPPING), term)
    arguments: dict[str, Any] = {}
    for name, value in given.items():
        if name == "Criterion":
            continue
        number = percentage(value)
        if name not in STOPPING or number is None:
            raise bad_option("TrainingStoppingCriterion", STOPPING_FORMS + ", ".join(STOPPING), term)
        arguments[STOPPING[name]] = number if "Change" in name else int(number)
    sign = -1 if declared is not None and declared.better > 0 else 1
    return StoppingCriterion(watched, sign, **arguments), NONE


def percentage(term: Term) -> float | None:
    """Gives a number, also that of Quantity[n, "Percent"]; None for anything else."""
    if is_head(term, S.Quantity, 2) and term.args[1] == "Percent" and type(term.args[0]) in NUMBERS:
        return float(term.args[0]) / 100
    return float(term) if type(term) in NUMBERS and term >= 0 else None
