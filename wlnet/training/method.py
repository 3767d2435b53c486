"""The setting Method: an optimizer with its options, and what is common to all of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wlnet.errors import NetError
from wlnet.nets.arrays import Key
from wlnet.nets.multipliers import Rules, array_values, multipliers_by_key, read_rules, values_by_key
from wlnet.nets.net import Net
from wlnet.training.optimizers import OPTIMIZERS, Optimizer, option_values
from wlnet.training.schedules import Schedule, schedule
from wlnet.training.slabs import Treatment
from wlnet.training.update_schedule import UpdateSchedule

#: Suboptions that every optimizer takes; the limits may be different ones for parts of the net.
LIMITS = ("L2Regularization", "GradientClipping", "WeightClipping")
COMMON = ("LearningRate", "LearningRateSchedule", *LIMITS)


@dataclass(frozen=True, slots=True)
class Method:
    """An optimizer and its options, read: `rate` is the initial learning rate; `limits` the rules of LIMITS."""

    optimizer: Optimizer
    options: tuple[float, ...]
    rate: float
    schedule: Schedule
    limits: Mapping[str, Rules]

    def treatments(self, net: Net, multipliers: Any, turns: UpdateSchedule | None = None) -> dict[Key, Treatment]:
        """Gives key → treatment of every array of a net (multiplier 0: frozen)."""
        found = multipliers_by_key(net, multipliers)
        if turns is not None:
            groups = turns.members(net)
            found = {key: value if groups[key] else 0.0 for key, value in found.items()}
        limits = {name: values_by_key(net, array_values(net, rules, None), name) for name, rules in self.limits.items()}
        return {
            key: Treatment(
                multiplier,
                decay=limits["L2Regularization"][key],
                gradient_limit=limits["GradientClipping"][key],
                value_limit=limits["WeightClipping"][key],
                groups=None if turns is None else groups[key],
            )
            for key, multiplier in found.items()
        }


def read_method(given: Any, rate: float | None = None) -> Method:
    """Gives the method of a name, of (name, suboptions), or of None (ADAM); raises NetError.

    rate: the learning rate, which goes before the suboption "LearningRate"; None: Automatic.
    """
    name, options = given if isinstance(given, tuple) else (given, {})
    chosen = OPTIMIZERS.get(name or "ADAM")
    if chosen is None:
        shown = ", ".join(f'"{known}"' for known in OPTIMIZERS)
        raise NetError(f'"{name}" is no method of training; the methods are {shown}', tag="method", kind="NetTrain")
    for option, value in options.items():
        if option not in chosen.options and option not in COMMON:
            shown = ", ".join(f'"{known}"' for known in (*chosen.options, *COMMON))
            raise NetError(
                f'the method "{chosen.name}" has no option "{option}"; it has {shown}', tag="method", kind="NetTrain"
            )
        if option in chosen.options:
            positive(f'"{option}"', value)
    if rate is None:
        rate = options.get("LearningRate")
    return Method(
        chosen,
        option_values(chosen, options),
        chosen.rate if rate is None else positive("LearningRate", rate),
        schedule(options.get("LearningRateSchedule")),
        {name: read_limit(name, options.get(name)) for name in LIMITS},
    )


def read_limit(option: str, given: Any) -> Rules:
    """Gives the rules of a limit, whose numbers must not be negative; raises NetError."""
    rules = read_rules(given, option)
    for _, value in rules:
        if value is not None:
            positive(f'"{option}"', value)
    return rules


def positive(option: str, value: Any) -> float:
    """Gives a number that must not be negative; raises NetError."""
    if not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise NetError(
            f"the option {option} must be a number that is not negative, not `1`",
            tag="option",
            kind="NetTrain",
            terms=(value,),
        )
    return float(value)
