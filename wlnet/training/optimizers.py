"""Optimizers: how a gradient changes an array. Each is one decorated function.

    @optimizer("SGD", options={"Momentum": 0.93}, state=1, rate=0.01, source="…")
    def sgd(values, gradient, state, scratch, rate, step, momentum): ...

The function changes `values` and the arrays of `state` in place; everything is flat, of one length and type. `step`
counts from 1; the options come in the order of the declaration.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

State: TypeAlias = tuple[np.ndarray, ...]
Update: TypeAlias = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One optimizer: the names of its options with their defaults, the number of its state arrays, its usual rate."""

    name: str
    options: Mapping[str, float]
    state: int
    rate: float
    source: str
    update: Update

    def init(self, values: np.ndarray) -> State:
        """Gives the state for an array before the first step."""
        return tuple(np.zeros_like(values) for _ in range(self.state))


OPTIMIZERS: dict[str, Optimizer] = {}


def optimizer(
    name: str, *, options: Mapping[str, float], state: int, rate: float, source: str
) -> Callable[[Update], Update]:
    """Declares an optimizer on its update function (a decorator)."""

    def declare(update: Update) -> Update:
        if name in OPTIMIZERS:
            raise ValueError(f"the optimizer {name} is declared twice")
        OPTIMIZERS[name] = Optimizer(name, options, state, rate, source, update)
        return update

    return declare


@optimizer(
    "ADAM",
    options={"Beta1": 0.9, "Beta2": 0.999, "Epsilon": 1e-5},
    state=2,
    rate=0.001,
    source="D. Kingma and J. Ba 2014",
)
def adam(
    values: np.ndarray,
    gradient: np.ndarray,
    state: State,
    scratch: np.ndarray,
    rate: float,
    step: int,
    beta1: float,
    beta2: float,
    epsilon: float,
) -> None:
    """values -= rate first/(√second + epsilon), first and second being the corrected moving means of g and g².

    The state holds first/(1 - beta1) and second/(1 - beta2), so that ten calls do instead of thirteen.
    """
    first, second = state
    scale = math.sqrt((1 - beta2) / (1 - beta2**step))
    np.multiply(first, beta1, first)
    np.add(first, gradient, first)
    np.multiply(second, beta2, second)
    np.square(gradient, scratch)
    np.add(second, scratch, second)
    np.sqrt(second, scratch)
    np.add(scratch, epsilon / scale, scratch)
    np.divide(first, scratch, scratch)
    np.multiply(scratch, rate * (1 - beta1) / ((1 - beta1**step) * scale), scratch)
    np.subtract(values, scratch, values)


@optimizer(
    "AdamW",
    options={"Beta1": 0.9, "Beta2": 0.999, "Epsilon": 1e-8, "WeightDecay": 0.01},
    state=2,
    rate=0.001,
    source="I. Loshchilov and F. Hutter 2019",
)
def adam_w(
    values: np.ndarray,
    gradient: np.ndarray,
    state: State,
    scratch: np.ndarray,
    rate: float,
    step: int,
    beta1: float,
    beta2: float,
    epsilon: float,
    decay: float,
) -> None:
    """values *= 1 - rate decay, then a step of ADAM: the decay does not pass through its moving means."""
    np.multiply(values, 1 - rate * decay, values)
    adam(values, gradient, state, scratch, rate, step, beta1, beta2, epsilon)


@optimizer(
    "Lion",
    options={"Beta1": 0.9, "Beta2": 0.99, "WeightDecay": 0.0},
    state=1,
    rate=0.0001,
    source="X. Chen et al. 2023",
)
def lion(
    values: np.ndarray,
    gradient: np.ndarray,
    state: State,
    scratch: np.ndarray,
    rate: float,
    step: int,
    beta1: float,
    beta2: float,
    decay: float,
) -> None:
    """values -= rate (Sign[beta1 mean + (1 - beta1) g] + decay values); mean = beta2 mean + (1 - beta2) g."""
    (mean,) = state
    if decay:
        np.multiply(values, 1 - rate * decay, values)
    np.subtract(gradient, mean, scratch)
    np.multiply(scratch, 1 - beta1, scratch)
    np.add(scratch, mean, scratch)
    np.sign(scratch, scratch)
    np.multiply(scratch, rate, scratch)
    np.subtract(values, scratch, values)
    np.subtract(gradient, mean, scratch)
    np.multiply(scratch, 1 - beta2, scratch)
    np.add(mean, scratch, mean)


@optimizer(
    "SGD",
    options={"Momentum": 0.93},
    state=1,
    rate=0.01,
    source="B. Polyak 1964; I. Sutskever et al. 2013, without Nesterov",
)
def sgd(
    values: np.ndarray, gradient: np.ndarray, state: State, scratch: np.ndarray, rate: float, step: int, momentum: float
) -> None:
    """velocity = momentum velocity + g; values -= rate velocity."""
    (velocity,) = state
    np.multiply(velocity, momentum, velocity)
    np.add(velocity, gradient, velocity)
    np.multiply(velocity, rate, scratch)
    np.subtract(values, scratch, values)


@optimizer("SignSGD", options={"Momentum": 0.93}, state=1, rate=0.001, source="J. Bernstein et al. 2018 (Signum)")
def sign_sgd(
    values: np.ndarray, gradient: np.ndarray, state: State, scratch: np.ndarray, rate: float, step: int, momentum: float
) -> None:
    """velocity = momentum velocity + g; values -= rate Sign[velocity]."""
    (velocity,) = state
    np.multiply(velocity, momentum, velocity)
    np.add(velocity, gradient, velocity)
    np.sign(velocity, scratch)
    np.multiply(scratch, rate, scratch)
    np.subtract(values, scratch, values)


@optimizer(
    "RMSProp",
    options={"Beta": 0.95, "Epsilon": 1e-6, "Momentum": 0.9},
    state=2,
    rate=0.001,
    source="T. Tieleman and G. Hinton 2012; momentum as in A. Graves 2013, without centering",
)
def rms_prop(
    values: np.ndarray,
    gradient: np.ndarray,
    state: State,
    scratch: np.ndarray,
    rate: float,
    step: int,
    beta: float,
    epsilon: float,
    momentum: float,
) -> None:
    """second = beta second + (1 - beta) g²; velocity = momentum velocity + g/(√second + epsilon);
    values -= rate velocity.
    """
    second, velocity = state
    np.multiply(second, beta, second)
    np.square(gradient, scratch)
    np.multiply(scratch, 1 - beta, scratch)
    np.add(second, scratch, second)
    np.sqrt(second, scratch)
    np.add(scratch, epsilon, scratch)
    np.divide(gradient, scratch, scratch)
    np.multiply(velocity, momentum, velocity)
    np.add(velocity, scratch, velocity)
    np.multiply(velocity, rate, scratch)
    np.subtract(values, scratch, values)


def option_values(chosen: Optimizer, given: Mapping[str, Any]) -> tuple[float, ...]:
    """Gives the values of an optimizer's own options, in the order in which its function takes them."""
    return tuple(float(given.get(name, default)) for name, default in chosen.options.items())
