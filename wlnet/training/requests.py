"""Requests: which measurements are asked for, and the form that those of classes have."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.structure import Path

#: "Micro" asks each example of every class and takes the answers together; "Macro" is the mean over classes.
AVERAGES = ("None", "Macro", "Micro")

#: Name → function of an array (n, numbers of an example) that gives (n,).
AGGREGATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "L1Norm": lambda values: np.abs(values).sum(1),
    "L2Norm": lambda values: np.sqrt(np.square(values).sum(1)),
    "Max": lambda values: values.max(1),
    "Mean": lambda values: values.mean(1),
    "Min": lambda values: values.min(1),
    "RootMeanSquare": lambda values: np.sqrt(np.square(values).mean(1)),
    "StandardDeviation": lambda values: values.std(1),
    "Total": lambda values: values.sum(1),
}


#: A name, or a function of the values of one example that gives a number.
Aggregation: TypeAlias = str | Callable[[np.ndarray], Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One measurement that is asked for.

    key: what its value goes by. name: that of a measurement, "Loss", a place (path, name of an output, an array, or of
    the data of an input), or "" where `function` measures: it takes port → array of one example, the target as "Target",
    and gives a number or an array, of which the mean is taken. argument: such as the n of the n best; average: one of
    AVERAGES; aggregation: one of AGGREGATIONS, or a function of an array, which makes a number of the values of an example.
    every, unit: in training, of how many "Batches" of a round, or "Rounds", it is taken of the first.
    """

    key: Hashable
    name: str | tuple[Path, str]
    argument: float | None = None
    average: str = "None"
    aggregation: Aggregation = ""
    function: Callable[[Mapping[str, np.ndarray]], Any] | None = None
    every: int = 1
    unit: str = "Batches"


@dataclass(frozen=True, slots=True)
class ByClass:
    """A number for each class, or what else is about classes; `name` is the measurement.

    classes: their names, None where the net does not say; with an average of "Macro" or "Micro" there are none.
    """

    values: np.ndarray
    classes: tuple[Any, ...] | None
    name: str = ""


def figure(value: Any) -> float:
    """Gives one number for a measured value: of several, the mean of those that are numbers."""
    values = np.asarray(value.values if isinstance(value, ByClass) else value, np.float64)
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def read_requests(given: Any) -> tuple[Request, ...]:
    """Gives the measurements of a setting: a name, (name, argument), a Request, or a list of these; raises NetError."""
    items = given if isinstance(given, list) else [given]
    made = []
    for item in items:
        if isinstance(item, Request):
            made.append(item)
        elif isinstance(item, str):
            made.append(Request(item, item))
        elif isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str):
            made.append(Request(item, item[0], item[1]))
        else:
            raise NetError("`1` is no measurement", tag="measurement", kind="NetTrain", terms=(item,))
    return tuple(made)
