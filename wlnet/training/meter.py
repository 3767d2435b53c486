"""The meter: takes the measurements that are asked for while batches go through a training net."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.dimensions import Port
from wlnet.nets.structure import End, Path, Structure
from wlnet.terms import FALSE, TRUE
from wlnet.training.losses import INNER, TrainingNet
from wlnet.training.measurements import CLASSIFICATION, measurement_named
from wlnet.training.tallies import Mean

Place: TypeAlias = tuple[Path, str] | str
"""Where a value is: an output of an inner net of the training net, or an input port of the training net."""

AVERAGES: dict[str, Callable[[np.ndarray], Any]] = {"None": lambda values: values, "Macro": lambda v: float(v.mean())}


@dataclass(frozen=True, slots=True)
class Request:
    """One measurement that is asked for.

    key: what its value goes by. name: that of a measurement, "Loss", or a place inside the net, (path, output).
    argument: such as the n of the n best; average: "None" gives classes one by one, "Macro" their mean.
    """

    key: Hashable
    name: str | tuple[Path, str]
    argument: float | None = None
    average: str = "None"


@dataclass(frozen=True, slots=True)
class ByClass:
    """A number for each class; `classes` are their names, None where the net does not say."""

    values: np.ndarray
    classes: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where a loss layer compares the prediction of a net with a target. form: that of the cross entropy, or ""."""

    form: str
    prediction: Place
    target: Place
    classes: int
    names: tuple[Any, ...] | None = None


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


def comparisons(training: TrainingNet) -> list[Comparison]:
    """Gives what the losses of a training net compare."""
    structure = training.net.structure
    found = []
    for path, layer in structure.walk():
        if not layer.kind.loss or not {"Input", "Target"} <= layer.inputs.keys():
            continue
        prediction, target = (origin(structure, path, name) for name in ("Input", "Target"))
        form = str(layer.settings.get("form", "")) if layer.kind.name == "CrossEntropyLossLayer" else ""
        shape = layer.inputs["Input"].shape or (0,)
        last = shape[-1] if shape and isinstance(shape[-1], int) else 0
        port = port_at(structure, prediction)
        names = port.coder.settings.get("classes") if port.coder is not None else None
        names = (FALSE, TRUE) if form == "Binary" else names
        found.append(Comparison(form, prediction, target, 2 if form == "Binary" else last, names))
    return found


def origin(structure: Structure, path: Path, port: str) -> Place:
    """Gives where the value comes from that flows into an input port of the layer at a path."""
    while path:
        outer = structure.at(path[:-1])
        source = next(edge.source for edge in outer.edges if edge.target == End(path[-1], port))
        if source.child is not None:
            return (*path[:-1], source.child), source.port
        path, port = path[:-1], source.port
    return port


def port_at(structure: Structure, place: Place) -> Port:
    if isinstance(place, str):
        return structure.inputs[place]
    path, name = place
    return structure.at(path).outputs[name]


def usual_requests(training: TrainingNet) -> tuple[Request, ...]:
    """Gives what is measured by default: the error rate, where the only loss is a cross entropy of classes."""
    found = comparisons(training)
    return read_requests("ErrorRate") if len(found) == 1 and found[0].form and found[0].classes else ()


class Meter:
    """Tallies for the measurements asked for. places: the inner places whose values `add` needs; figures: the keys of
    what is a number, or has a mean that says something. Raises NetError.
    """

    def __init__(self, requests: Iterable[Request], training: TrainingNet) -> None:
        self.requests = tuple(requests)
        self.found = comparisons(training)
        self.losses = tuple(training.losses.items())
        self.parts: list[tuple[Any, Comparison | None, Place]] = []
        """Kind of tally, what it compares, or else where its values are ("" for the loss)."""
        self.numbers: list[int] = []
        for request in self.requests:
            part = self.part(request, training)
            if part not in self.parts:
                self.parts.append(part)
            self.numbers.append(self.parts.index(part))
        self.places = tuple(
            dict.fromkeys(
                place
                for _, comparison, own in self.parts
                for place in ((own,) if comparison is None else (comparison.prediction, comparison.target))
                if isinstance(place, tuple)
            )
        )
        self.figures = tuple(request.key for request in self.requests if request.name != "ConfusionMatrix")
        self.reset()

    def part(self, request: Request, training: TrainingNet) -> tuple[Any, Comparison | None, Place]:
        if request.name == "Loss":
            return Mean, None, ""
        if not isinstance(request.name, str):
            path, port = request.name
            return Mean, None, ((INNER, *path), port)
        tally = measurement_named(request.name).tally
        wanted = [one for one in self.found if bool(one.form and one.classes) == (tally in CLASSIFICATION)]
        if len(wanted) != 1:
            what = "a cross entropy of classes" if tally in CLASSIFICATION else "a squared or absolute loss"
            raise NetError(
                f'"{request.name}" can be measured where exactly one loss is {what}, but there are {len(wanted)}',
                tag="measurement",
                kind="NetTrain",
            )
        return tally, wanted[0], ""

    def reset(self) -> None:
        """Begins anew."""
        self.tallies = [
            tally(comparison.classes) if tally in CLASSIFICATION and comparison is not None else tally()
            for tally, comparison, _ in self.parts
        ]

    def add(self, outputs: Mapping[Any, np.ndarray], inputs: Mapping[str, np.ndarray]) -> None:
        """Takes the values of a batch: outputs has those of `places` and of the losses, inputs of the input ports."""
        for (_, comparison, place), tally in zip(self.parts, self.tallies, strict=True):
            if comparison is not None:
                ends = (comparison.prediction, comparison.target)
                prediction, target = (inputs[end] if isinstance(end, str) else outputs[end] for end in ends)
                tally.add(*PREPARED[comparison.form](prediction, target))
            elif place:
                tally.add(outputs[place])
            else:
                losses = [factor * outputs[name].reshape(len(outputs[name]), -1) for name, factor in self.losses]
                tally.add(np.concatenate(losses, 1).sum(1))

    def results(self) -> dict[Hashable, Any]:
        """Gives key → measurement: a number, an array, or ByClass."""
        return {
            request.key: self.result(request, number)
            for request, number in zip(self.requests, self.numbers, strict=True)
        }

    def result(self, request: Request, number: int) -> Any:
        tally, comparison = self.tallies[number], self.parts[number][1]
        if comparison is None:
            return tally.mean()
        declared = measurement_named(str(request.name))
        argument = declared.argument if request.argument is None else request.argument
        value = declared.read(tally) if declared.argument is None else declared.read(tally, argument)
        if not isinstance(value, np.ndarray):
            return value
        value = AVERAGES[request.average](value) if declared.by_class else value
        return ByClass(value, comparison.names) if isinstance(value, np.ndarray) else value


def by_index(prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return prediction.reshape(-1, prediction.shape[-1]), target.reshape(-1).astype(np.intp) - 1


def by_probabilities(prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    size = prediction.shape[-1]
    return prediction.reshape(-1, size), target.reshape(-1, size).argmax(1)


def by_truth(prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    true = prediction.reshape(-1)
    return np.stack([1 - true, true], 1), (target.reshape(-1) > 0.5).astype(np.intp)


#: Form of a loss → function(prediction, target) → what its tallies take.
PREPARED: dict[str, Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]] = {
    "": lambda prediction, target: (prediction, target),
    "Index": by_index,
    "Probabilities": by_probabilities,
    "Binary": by_truth,
}
