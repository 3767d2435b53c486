"""The tables of what ships: labeled examples, each in a fixed training part and a fixed test part, and texts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wlnet.errors import WlnetError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Label = str | int
Examples = tuple[np.ndarray, tuple[Label, ...]]


class DataSet(NamedTuple):
    """Labeled examples under one name.

    `input_name` says what one input is. Inputs are read-only float32 arrays whose first dimension counts
    examples; labels are in the same order. A file is read once in a process, at the first use.

    Every fifth example is for the test, counted class after class (classes sorted, each in the order of
    the file), beginning with the first: both parts have the classes in the proportions of the whole, to
    within one example. Each part keeps the order of the file.
    """

    name: str
    description: str
    source: str
    license: str
    input_name: str
    load: Callable[[], Examples]

    def training(self) -> Examples:
        """Gives the inputs and labels of the training part: four fifths of the examples."""
        inputs, labels = self.load()
        return _chosen(inputs, labels, ~_is_test(labels))

    def test(self) -> Examples:
        """Gives the inputs and labels of the test part: one fifth of the examples."""
        inputs, labels = self.load()
        return _chosen(inputs, labels, _is_test(labels))


def _chosen(inputs: np.ndarray, labels: tuple[Label, ...], mask: np.ndarray) -> Examples:
    part = inputs[mask]
    part.setflags(write=False)
    return part, tuple(labels[i] for i in np.flatnonzero(mask))


def _is_test(labels: tuple[Label, ...]) -> np.ndarray:
    """Gives a bool for each label, (n,): True where the example is in the test part."""
    by_class = np.argsort(np.array(labels), kind="stable")
    mask = np.zeros(len(labels), dtype=bool)
    mask[by_class[::5]] = True
    return mask


def names() -> tuple[str, ...]:
    """Gives the names of all data sets, without aliases."""
    return tuple(DATA_SETS)


def dataset(name: str) -> DataSet:
    """Gives the data set of a name or alias; WlnetError where there is none."""
    found = DATA_SETS.get(ALIASES.get(name, name))
    if found is None:
        raise WlnetError(f'There is no data set "{name}"; there are {", ".join(names())}.')
    return found


def file_of(path: str) -> Traversable:
    """Gives a file of this package, however the package is installed."""
    from importlib.resources import files

    return files("wlnet.data").joinpath(path)


@cache
def load_iris() -> Examples:
    """Gives four measurements in cm, (150, 4), and the species of each flower."""
    text = file_of("iris/iris.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    inputs = np.array([row[:4] for row in rows], dtype=np.float32)
    inputs.setflags(write=False)
    return inputs, tuple(row[4] for row in rows)


@cache
def load_digits() -> Examples:
    """Gives gray images, (1797, 1, 8, 8) from 0 (paper) to 1 (ink), and the digit of each."""
    with file_of("digits/digits.npz").open("rb") as stream, np.load(stream) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    inputs = images[:, np.newaxis].astype(np.float32) / np.float32(16)
    inputs.setflags(write=False)
    return inputs, tuple(labels.tolist())


LICENSE = "Creative Commons Attribution 4.0 International (CC BY 4.0)"

DATA_SETS = {
    each.name: each
    for each in (
        DataSet(
            "FisherIris",
            "Length and width of sepals and petals, in cm, of 150 flowers of three species of iris",
            "R. A. Fisher (1936), UCI Machine Learning Repository, https://doi.org/10.24432/C56C76",
            LICENSE,
            "Measurements",
            load_iris,
        ),
        DataSet(
            "UCIDigits",
            "1797 handwritten digits, 8 by 8 pixels, in gray",
            "E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository, https://doi.org/10.24432/C50P49",
            LICENSE,
            "Image",
            load_digits,
        ),
    )
}
ALIASES = {"Digits": "UCIDigits"}


class Text(NamedTuple):
    """A text in a file of the package."""

    name: str
    description: str
    source: str
    license: str
    file: str

    def load(self) -> str:
        return file_of(self.file).read_text(encoding="utf-8")


TEXTS = {
    each.name: each
    for each in (
        Text(
            "Shakespeare",
            "299,868 characters of scenes from Coriolanus and Richard III",
            "William Shakespeare; https://github.com/karpathy/char-rnn",
            "Public domain",
            "texts/shakespeare.txt",
        ),
    )
}
