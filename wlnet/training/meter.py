"""The meter: takes the measurements that are asked for while batches go through a training net."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from wlnet.compute.numpy_ops import numpy_ops
from wlnet.errors import NetError
from wlnet.nets.arrays import Key
from wlnet.nets.dimensions import VARYING, show
from wlnet.nets.views import seen
from wlnet.training.comparisons import PREPARED, Comparison, Place, comparisons, port_at
from wlnet.training.losses import INNER, TrainingNet
from wlnet.training.measurements import CLASSIFICATION, MEASUREMENTS, Measurement, measurement_named
from wlnet.training.requests import AGGREGATIONS, Aggregation, ByClass, Request, read_requests
from wlnet.training.tallies import Mean, Overlaps, Ranks


def usual_requests(training: TrainingNet) -> tuple[Request, ...]:
    """Gives what is measured by default: the error rate, where the only loss is a cross entropy of classes."""
    found = comparisons(training)
    return read_requests("ErrorRate") if len(found) == 1 and found[0].of_classes else ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one tally takes: what a comparison compares, the values at a place, the results of a function, or the losses.

    array: the position of an array, which needs no tally. every, unit: as in a request.
    """

    tally: Callable[..., Any] = Mean
    comparison: Comparison | None = None
    place: Place | None = None
    aggregation: Aggregation = ""
    function: Callable[[Mapping[str, np.ndarray]], Any] | None = None
    array: tuple[str, ...] = ()
    every: int = 1
    unit: str = "Batches"


class Meter:
    """Tallies for the measurements asked for.

    places: the inner places whose values `add` needs; figures: the keys of what is a number, or has a mean that says
    something; values: the arrays of the net, to be set where arrays are measured. each_batch: a meter of the figures that
    begins anew with every batch, where that is wanted; is_single: whether this is such a one. Raises NetError.
    """

    def __init__(
        self, requests: Iterable[Request], training: TrainingNet, *, each_batch: bool = False, is_single: bool = False
    ) -> None:
        self.requests = tuple(requests)
        self.training = training
        self.values: Mapping[Key, np.ndarray] = {}
        self.found = comparisons(training)
        self.parts: list[Part] = []
        self.numbers: list[int] = []
        self.declared: list[Measurement | None] = []
        for request in self.requests:
            declared = declaration(request, self.found)
            part = replace(self.part(request, declared), every=request.every, unit=request.unit)
            if part not in self.parts:
                self.parts.append(part)
            self.numbers.append(self.parts.index(part))
            self.declared.append(declared)
        self.example = self.example_places()
        self.places = tuple(dict.fromkeys(place for place in self.all_places() if isinstance(place, tuple)))
        asked = zip(self.requests, self.declared, strict=True)
        figures = [request for request, declared in asked if declared is None or declared.is_figure]
        self.figures = tuple(request.key for request in figures)
        self.each_batch = Meter(figures, training, is_single=True) if each_batch else None
        self.is_single = is_single
        self.now = {"Batches": 1, "Rounds": 1}
        self.reset()

    def at(self, number: int, batch: int = 1) -> None:
        """Says the number of the round and of its batch that come next; what is not due then is not measured."""
        self.now = {"Batches": batch, "Rounds": number}
        if self.each_batch is not None:
            self.each_batch.at(number, batch)

    def is_due(self, part: Part) -> bool:
        return (self.now[part.unit] - 1) % part.every == 0

    def part(self, request: Request, declared: Measurement | None) -> Part:
        if request.function is not None:
            return Part(function=request.function, aggregation=request.aggregation)
        if declared is not None:
            return Part(declared.tally, compared(request, declared, self.found))
        if isinstance(request.name, str):
            return Part()
        return self.part_at(request, *request.name)

    def part_at(self, request: Request, path: tuple[str, ...], name: str) -> Part:
        """Gives the part for the values of an output, the data of an input, or an array."""
        structure = self.training.net.structure
        layer = structure.at((INNER, *path))
        if name in layer.slots:
            return Part(array=(INNER, *path, name), aggregation=request.aggregation)
        place: Place = name if not path and name not in layer.outputs else ((INNER, *path), name)
        shape = port_at(structure, place).shape
        if not request.aggregation and (shape is None or VARYING in shape):
            raise NetError(
                f"the values at `1` are {'of unknown dimensions' if shape is None else show(shape)}, and arrays of different "
                'dimensions have no mean; ask for <|"Measurement" -> `1`, "Aggregation" -> "Mean"|>',
                tag="measurement", kind="NetTrain", terms=(request.key,),
            )  # fmt: skip
        return Part(place=place, aggregation=request.aggregation)

    def example_places(self) -> dict[str, Place]:
        """Gives the name of a port → where its value comes from, as a function gets them: the target is "Target"."""
        net, targets = self.training.inner.structure, self.training.targets
        many = len(targets) > 1
        return {
            **{name: name for name in self.training.net.structure.inputs if name not in targets},
            **{f"{name}Target" if many else "Target": name for name in targets},
            **{name: ((INNER,), name) for name in net.outputs},
        }

    def all_places(self) -> Iterable[Place]:
        for part in self.parts:
            if part.comparison is not None:
                yield from (part.comparison.prediction, part.comparison.target)
            elif part.function is not None:
                yield from self.example.values()
            elif part.place is not None:
                yield part.place

    def reset(self) -> None:
        """Begins anew."""
        if self.each_batch is not None:
            self.each_batch.reset()
        self.tallies: list[Any] = [
            part.tally(part.comparison.classes) if part.comparison and part.tally in CLASSIFICATION else part.tally()
            for part in self.parts
        ]

    def add(self, outputs: Mapping[Any, np.ndarray], inputs: Mapping[str, np.ndarray]) -> None:
        """Takes the values of a batch: outputs has those of `places` and of the losses, inputs of the input ports."""

        def value(place: Place) -> np.ndarray:
            return inputs[place] if isinstance(place, str) else outputs[place]

        for part, tally in zip(self.parts, self.tallies, strict=True):
            comparison = part.comparison
            if not self.is_due(part):
                continue
            if comparison is not None:
                ends = value(comparison.prediction), value(comparison.target)
                tally.add(*PREPARED[comparison.form](*ends))
            elif part.function is not None:
                ports = {name: value(place) for name, place in self.example.items()}
                tally.add(aggregated(part.aggregation, by_example(part.function, ports)))
            elif part.place is not None:
                tally.add(aggregated(part.aggregation, value(part.place)))
            elif not part.array:
                tally.add(self.losses(outputs))
        if self.each_batch is not None:
            self.each_batch.values = self.values
            self.each_batch.add(outputs, inputs)

    def losses(self, outputs: Mapping[Any, np.ndarray]) -> np.ndarray:
        """Gives the loss of each example."""
        found = [
            factor * outputs[name].reshape(len(outputs[name]), -1) for name, factor in self.training.losses.items()
        ]
        return np.concatenate(found, 1).sum(1)

    def results(self, before: Sequence[Mapping[Hashable, Any]] = ()) -> dict[Hashable, Any]:
        """Gives key → measurement: a number, an array, or ByClass. What was not due is as it was: the last of `before`."""
        return {
            request.key: before[-1][request.key]
            if before and self.was_skipped(self.parts[number])
            else self.result(request, number, declared)
            for request, number, declared in zip(self.requests, self.numbers, self.declared, strict=True)
        }

    def was_skipped(self, part: Part) -> bool:
        """Tells whether a part has been measured in no batch of the round; the first batch is always measured."""
        return not self.is_due(part) and (part.unit == "Rounds" or self.is_single)

    def result(self, request: Request, number: int, declared: Measurement | None) -> Any:
        part, tally = self.parts[number], self.tallies[number]
        if part.array:
            net = self.training.net
            array = np.array(seen(numpy_ops, self.values[net.keys[part.array]], net.slots[part.array].view))
            return self.named(aggregated(part.aggregation, array[None])[0], number, None)
        if declared is None:
            return self.named(tally.mean(), number, None)
        pooled = declared.by_class and request.average == "Micro"
        argument = declared.argument if request.argument is None else request.argument
        value = declared.read(tally.pooled() if pooled else tally, *([] if declared.argument is None else [argument]))
        if pooled:
            value = value[0]
        elif declared.by_class and request.average == "Macro":
            value = declared.mean(value)
        return self.named(value, number, declared)

    def named(self, value: Any, number: int, declared: Measurement | None) -> Any:
        """Gives a measured value with what it needs to be shown."""
        comparison = self.parts[number].comparison
        if not np.ndim(value):
            return float(value)
        return value if comparison is None or declared is None else ByClass(value, comparison.names, declared.name)

    def batch_results(self, before: Sequence[Mapping[Hashable, Any]]) -> dict[Hashable, Any]:
        """Gives the measurements of the latest batch (before: of those before), and makes ready for the next one."""
        assert self.each_batch is not None
        found = self.each_batch.results(before)
        self.each_batch.reset()
        return found


def by_example(function: Callable[[Mapping[str, np.ndarray]], Any], ports: Mapping[str, np.ndarray]) -> np.ndarray:
    """Gives what a function makes of each example."""
    count = len(next(iter(ports.values())))
    return np.array([function({name: values[n] for name, values in ports.items()}) for n in range(count)])


def aggregated(how: Aggregation, values: np.ndarray) -> np.ndarray:
    """Gives a number for each example, or without an aggregation the values."""
    if not isinstance(how, str):
        return np.array([how(value) for value in values])
    return AGGREGATIONS[how](np.asarray(values, np.float64).reshape(len(values), -1)) if how else values


def declaration(request: Request, found: Iterable[Comparison]) -> Measurement | None:
    """Gives what a request asks to be measured of classes or numbers, None for other things; raises NetError."""
    if not isinstance(request.name, str) or request.name in ("", "Loss"):
        if request.average != "None":
            raise wrong(request, 'has no classes; leave out "ClassAveraging"')
        return None
    declared = measurement_named(request.name)
    if declared.of_classes and any(one.of_classes for one in found):
        declared = MEASUREMENTS[declared.of_classes]
    if request.average != "None" and not declared.by_class:
        raise wrong(request, 'is not measured by class; leave out "ClassAveraging"')
    if request.aggregation:
        raise wrong(request, 'is a number; "Aggregation" is for NetPort[…]')
    if request.argument is not None and declared.argument is None:
        raise wrong(request, "takes no argument")
    if (
        declared.tally is Ranks
        and request.argument is not None
        and not (request.argument >= 1 == request.argument % 1 + 1)
    ):
        raise wrong(request, f"counts among the n best with a positive integer n, not {request.argument:g}")
    return declared


def compared(request: Request, declared: Measurement, found: Iterable[Comparison]) -> Comparison:
    """Gives the comparison that a measurement is taken of; raises NetError where there is not exactly one."""
    by_classes = declared.tally in CLASSIFICATION
    wanted = [one for one in found if one.of_classes == by_classes]
    what = "a cross entropy of classes" if by_classes else "a squared or absolute loss"
    if len(wanted) != 1:
        raise wrong(request, f"can be measured where exactly one loss is {what}, but there are {len(wanted)}")
    shape = wanted[0].shape or ()
    if declared.tally is Overlaps and shape[-1:] != (4,) and shape[-2:] != (2, 2):
        raise wrong(
            request, f"compares boxes {{{{x1, y1}}, {{x2, y2}}}} or {{x1, y1, x2, y2}}, not arrays of {show(shape)}"
        )
    return wanted[0]


def wrong(request: Request, text: str) -> NetError:
    return NetError(f"`1` {text}", tag="measurement", kind="NetTrain", terms=(request.key,))
