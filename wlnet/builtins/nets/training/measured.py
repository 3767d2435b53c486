"""Measured values as terms: numbers, class → number, curves and pictures; and the curves of a training."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.builtins.nets.information.pictures import Picture
from wlnet.drawings import Curve, Plot, Table
from wlnet.syntax import write
from wlnet.terms import Association, S, Term, expression, pack, to_list
from wlnet.training import ByClass, TrainingResult
from wlnet.training.requests import figure

#: At most so many curves of classes are drawn.
MOST = 12
#: Up to so many rounds, the losses of batches are drawn too.
FEW_ROUNDS = 50


def value_term(value: Any) -> Term:
    """Gives the term of a measured value: a number, a packed list, class → number, or a picture."""
    if isinstance(value, ByClass):
        return FORMS.get(value.name, numbers_by_class)(value)
    if isinstance(value, np.ndarray) and value.ndim:
        return pack(value)
    return S.Indeterminate if np.isnan(value) else float(value)


def names_of(value: ByClass) -> Sequence[Any]:
    return value.classes or range(1, len(value.values) + 1)


def numbers_by_class(value: ByClass) -> Term:
    return Association(zip(names_of(value), map(value_term, value.values), strict=True))


def corners(curve: np.ndarray) -> np.ndarray:
    return curve[~np.isnan(curve[:, 0])]


def curves_by_class(value: ByClass) -> Term:
    """Gives class → corners; of the curve of an average, the corners."""
    if value.values.ndim == 2:
        return pack(corners(value.values))
    return Association(zip(names_of(value), (pack(corners(curve)) for curve in value.values), strict=True))


def name_text(name: Any) -> str:
    return name if type(name) is str else write(name, "OutputForm")


def curves_picture(value: ByClass) -> Picture:
    """Gives the curves of the classes, of many those of the first ones."""
    single = value.values.ndim == 2
    named = [("", value.values)] if single else zip(map(name_text, names_of(value)), value.values, strict=True)
    drawn = [Curve(name, tuple(map(tuple, corners(curve)))) for name, curve in named]
    more = f", the first {MOST} of {len(drawn)} classes" if len(drawn) > MOST else ""
    chance = Curve("chance", ((0.0, 0.0), (1.0, 1.0)), faint=True)
    return picture_of(
        Plot(
            "curves", f"ROC curve{'' if single else 's'}{more}", (*drawn[:MOST], chance), "false positive rate",
            "true positive rate", False, ((0.0, 1.0), (0.0, 1.0)),
        )
    )  # fmt: skip


def matrix_picture(value: ByClass) -> Picture:
    names = tuple(map(name_text, names_of(value)))
    rows = tuple(tuple(map(float, row)) for row in value.values)
    count = f"{int(value.values.sum()):,} examples"
    return picture_of(Table("confusion matrix", f"Confusion matrix, {count}", names, names, rows, "class", "taken for"))


def picture_of(shape: Plot | Table) -> Picture:
    return Picture(shape, expression("Graphics", shape.caption))


#: Measurement → its form, where that is not a number for each class.
FORMS: dict[str, Callable[[ByClass], Term]] = {
    "ConfusionMatrix": lambda value: pack(value.values),
    "ConfusionMatrixPlot": matrix_picture,
    "ROCCurve": curves_by_class,
    "ROCCurvePlot": curves_picture,
}


def measurements_term(rounds: Sequence[Mapping[Hashable, Any]], *, lists: bool = False) -> Term:
    """Gives measurement → value of the last of these rounds, or with `lists` the list of the values of all."""
    if not rounds:
        return Association()
    if lists:
        return Association((key, to_list(value_term(each[key]) for each in rounds)) for key in rounds[-1])
    return Association((key, value_term(value)) for key, value in rounds[-1].items())


def key_text(key: Any) -> str:
    return key if type(key) is str else write(key, "InputForm")


def loss_picture(result: TrainingResult) -> Picture:
    """Gives the losses by round, with those of the batches where there are few rounds."""
    curves = [by_round("training", result.round_losses), by_round("validation", result.validation_losses)]
    if result.total_rounds <= FEW_ROUNDS and result.batches_per_round > 1:
        places = (n / result.batches_per_round for n in range(1, result.total_batches + 1))
        curves.append(Curve("batches", tuple(zip(places, result.batch_losses, strict=True)), faint=True))
    return picture_of(Plot("losses", "Loss", tuple(curve for curve in curves if curve.points), "round", "loss"))


def by_round(name: str, values: Iterable[float]) -> Curve:
    return Curve(name, tuple((float(n), float(value)) for n, value in enumerate(values, 1)))


def final_pictures(result: TrainingResult) -> Term:
    """Gives "Loss" and each measurement that is a number → its curve; of the others, the last picture, where they have one."""
    made: list[tuple[Any, Term]] = [("Loss", loss_picture(result))]
    for key, last in (result.measurements[-1] if result.measurements else {}).items():
        if isinstance(last, ByClass) and last.name in FORMS:
            latest = value_term((result.best_measurements or result.measurements[-1])[key])
            made += [(key, latest)] if isinstance(latest, Picture) else []
            continue
        sides = {"training": result.measurements, "validation": result.validation_measurements}
        curves = tuple(
            by_round(name, (figure(each[key]) for each in rounds)) for name, rounds in sides.items() if rounds
        )
        text = key_text(key)
        made.append((key, picture_of(Plot("measurements", text, curves, "round", text, False))))
    return Association(made)
