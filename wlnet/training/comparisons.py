"""What losses compare: where a prediction and its target come from, and how measurements take them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from wlnet.nets.dimensions import Port, Shape
from wlnet.nets.structure import End, Path, Structure
from wlnet.terms import FALSE, TRUE
from wlnet.training.losses import TrainingNet

Place: TypeAlias = tuple[Path, str] | str
"""Where a value is: an output of an inner net of the training net, or an input port of the training net."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where a loss layer compares the prediction of a net with a target. form: that of the cross entropy, or ""."""

    form: str
    prediction: Place
    target: Place
    classes: int
    names: tuple[Any, ...] | None = None
    shape: Shape = None

    @property
    def of_classes(self) -> bool:
        return bool(self.form and self.classes)


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
        found.append(Comparison(form, prediction, target, 2 if form == "Binary" else last, names, shape))
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


def by_index(prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return prediction.reshape(-1, prediction.shape[-1]), target.reshape(-1).astype(np.intp) - 1


def by_probabilities(prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    size = prediction.shape[-1]
    return prediction.reshape(-1, size), target.reshape(-1, size).argmax(1)


def by_truth(prediction: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    true = prediction.reshape(-1).astype(np.float64)  # so that 1 - p keeps small differences
    return np.stack([1 - true, true], 1), (target.reshape(-1) > 0.5).astype(np.intp)


#: Form of a loss → function(prediction, target) → what its tallies take.
PREPARED: dict[str, Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]] = {
    "": lambda prediction, target: (prediction, target),
    "Index": by_index,
    "Probabilities": by_probabilities,
    "Binary": by_truth,
}
