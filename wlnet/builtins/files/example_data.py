"""The data sets that ship with wlnet, as the language asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from wlnet.data import datasets
from wlnet.data.datasets import TEXTS, DataSet, Text
from wlnet.errors import WlnetError
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Term, is_head, list_of, pack, rule
from wlnet.terms.symbols import S

LABELED, PLAIN = "MachineLearning", "Text"


def labeled(inputs: np.ndarray, labels: Sequence[Term]) -> Term:
    """Gives the list of the rules input -> label; inputs are packed lists, or numbers for rank 1."""
    rows = pack(np.round(inputs.astype(np.float64), 6))  # the decimals that were measured, not their nearest Real32
    return list_of(*(rule(pack(row), label) for row, label in zip(rows, labels, strict=True)))


def _all_data(data: DataSet) -> Term:
    (inputs, labels), (test_inputs, test_labels) = data.training(), data.test()
    return labeled(np.concatenate([inputs, test_inputs]), (*labels, *test_labels))


#: Name of a property → what gives it.
PROPERTIES: dict[str, Callable[[DataSet], Term]] = {
    "Data": _all_data,
    "Description": lambda data: data.description,
    "InputName": lambda data: data.input_name,
    "License": lambda data: data.license,
    "Name": lambda data: data.name,
    "Properties": lambda data: list_of(*PROPERTIES),
    "Source": lambda data: data.source,
    "TestData": lambda data: labeled(*data.test()),
    "TrainingData": lambda data: labeled(*data.training()),
}


TEXT_PROPERTIES: dict[str, Callable[[Text], Term]] = {
    "Data": Text.load,
    "Description": lambda text: text.description,
    "License": lambda text: text.license,
    "Name": lambda text: text.name,
    "Properties": lambda text: list_of(*TEXT_PROPERTIES),
    "Source": lambda text: text.source,
}


def text_named(name: str) -> Text:
    """Gives a text; raises WlnetError where there is none of this name."""
    found = TEXTS.get(name)
    if found is None:
        raise WlnetError(f'There is no text "{name}"; there are {", ".join(TEXTS)}.')
    return found


#: Collection → the names in it, function(name) → what it holds, and the properties of that.
COLLECTIONS: dict[str, tuple[Callable[[], Sequence[str]], Callable[[str], Any], dict[str, Callable[[Any], Term]]]] = {
    LABELED: (datasets.names, datasets.dataset, PROPERTIES),
    PLAIN: (lambda: tuple(TEXTS), text_named, TEXT_PROPERTIES),
}


@builtin(
    "ExampleData",
    category="Data",
    messages={"notent": "`1`", "notprop": "`1` is not a property of the data set. Properties: `2`."},
)
def example_data(kernel: Kernel, name: Term, wanted: Term = "Data") -> Term | None:
    """ExampleData[{"MachineLearning", "name"}, "TrainingData"] gives a data set as a list of rules input -> label.
    ExampleData[{"Text", "name"}] gives a text.
    ExampleData["MachineLearning"] gives the list of all data sets, ExampleData["Text"] that of all texts.
    ExampleData[{"MachineLearning", "name"}, "Properties"] gives the list of the properties of one.

    Examples:
        >> Length[ExampleData[{"MachineLearning", "FisherIris"}, "TrainingData"]]
        = 120
        >> First[ExampleData[{"MachineLearning", "FisherIris"}, "TestData"]]
        = {5.1, 3.5, 1.4, 0.2} -> "setosa"
        >> Dimensions[Keys[ExampleData[{"MachineLearning", "UCIDigits"}]]]
        = {1797, 1, 8, 8}
        >> StringTake[ExampleData[{"Text", "Shakespeare"}], 14]
        = "First Citizen:"
    Possible issues:
        >> ExampleData[{"MachineLearning", "No such data"}]
        = $Failed
        message: ExampleData::notent
        >> ExampleData[{"MachineLearning", "FisherIris"}, "No such property"]
        = $Failed
        message: ExampleData::notprop
    """
    if type(name) is str and name in COLLECTIONS:
        return list_of(*(list_of(name, each) for each in COLLECTIONS[name][0]()))
    if not is_head(name, S.List, 2) or not all(type(part) is str for part in name.args) or type(wanted) is not str:
        return None
    collection = COLLECTIONS.get(name.args[0])
    if collection is None:
        return None
    _, find, properties = collection
    try:
        data = find(name.args[1])
    except WlnetError as error:
        raise Message("notent", str(error), result=FAILED) from None
    if wanted not in properties:
        raise Message("notprop", wanted, ", ".join(properties), result=FAILED)
    return properties[wanted](data)
