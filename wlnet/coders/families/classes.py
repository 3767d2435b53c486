"""Coders of classes and of truth values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.declare import decoder, encoder
from wlnet.errors import DataError, NetError
from wlnet.nets.dimensions import Port
from wlnet.terms import FALSE, NONE, TRUE, Association, Expression, S, Term, elements, is_head, is_list, rule, to_list
from wlnet.terms.same import key


def class_list(arguments: Sequence[Term], options: Mapping[str, Term], head: str) -> dict[str, Any]:
    """Gives the settings of a class coder: the classes, and where each is."""
    if not arguments or not is_list(arguments[0]) or not elements(arguments[0]):
        raise NetError(f'{head}[{{"Class", {{c1, c2, …}}}}] needs the list of classes', tag="args", kind=head)
    classes = tuple(elements(arguments[0]))
    places = {key(term): index for index, term in enumerate(classes, 1)}
    if len(places) < len(classes):
        raise NetError("the classes must be different from each other", tag="args", kind=head)
    form = arguments[1] if len(arguments) > 1 else "Index"
    if form not in ("Index", "IndicatorVector", "UnitVector"):
        raise NetError('the form of a class encoder is "Index" or "UnitVector"', tag="args", kind=head)
    return {"classes": classes, "places": places, "form": form}


def class_encoder_port(settings: Mapping[str, Any]) -> Port:
    count = len(settings["classes"])
    return Port((), "Integer", count) if settings["form"] == "Index" else Port((count,))


def class_parameters(settings: Mapping[str, Any]) -> dict[str, Term]:
    return {} if settings["classes"] is None else dict.fromkeys(("Labels", "Classes"), to_list(settings["classes"]))


def is_class(settings: Mapping[str, Any], term: Term) -> bool:
    return key(term) in settings["places"] or not is_list(term)


@encoder(
    "Class",
    construct=lambda arguments, options: class_list(arguments, options, "NetEncoder"),
    port=class_encoder_port,
    accepts=is_class,
    parameters=class_parameters,
)
def encode_class(settings: Mapping[str, Any], term: Term) -> np.ndarray:
    """NetEncoder[{"Class", {c1, c2, …}}] turns a class into its number, counted from 1.
    NetEncoder[{"Class", {c1, c2, …}, "UnitVector"}] turns it into a vector with a 1 at its place.
    """
    place = settings["places"].get(key(term))
    if place is None:
        shown = Expression(S.List, settings["classes"])
        raise DataError("`1` is not one of the classes `2`", tag="class", kind="NetEncoder", terms=(term, shown))
    if settings["form"] == "Index":
        return np.asarray(place, np.float32)
    vector = np.zeros(len(settings["classes"]), np.float32)
    vector[place - 1] = 1
    return vector


def class_decoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    settings: dict[str, Any] = {"classes": None, "places": {}}
    if arguments:
        settings = class_list(arguments[:1], {}, "NetDecoder")
    depth = options.get("InputDepth", 1)
    if type(depth) is not int or depth < 1:
        raise NetError('"InputDepth" must be a positive integer', tag="option", kind="NetDecoder")
    multilabel = options.get("Multilabel", FALSE)
    if multilabel is not TRUE and multilabel is not FALSE:
        raise NetError('"Multilabel" must be True or False', tag="option", kind="NetDecoder")
    return {**settings, "depth": depth, "multilabel": multilabel is TRUE}


def class_decoder_port(settings: Mapping[str, Any]) -> Port:
    count = len(settings["classes"]) if settings["classes"] is not None else None
    return Port((None,) * (settings["depth"] - 1) + (count,))


CLASS_PROPERTIES = (
    "Decision", "Entropy", "Probabilities", "Probability", "RandomSample", "TopDecisions", "TopProbabilities",
)  # fmt: skip


@decoder(
    "Class",
    construct=class_decoder,
    port=class_decoder_port,
    properties=CLASS_PROPERTIES,
    options={"InputDepth": 1, "Multilabel": FALSE},
    parameters=class_parameters,
)
def decode_class(settings: Mapping[str, Any], array: np.ndarray, property: Any) -> Term:
    """NetDecoder[{"Class", {c1, c2, …}}] turns a vector of probabilities into the most probable class.
    NetDecoder["Class"] numbers the classes from 1.
    """
    if array.ndim > 1:
        return to_list(decode_class(settings, row, property) for row in array)
    classes = settings["classes"] or tuple(range(1, len(array) + 1))
    if property is NONE:
        return array
    name, argument = property_parts(property)
    if settings["multilabel"] and name == "Decision":
        return to_list(term for term, p in zip(classes, array, strict=True) if p > 0.5)
    reader = READERS.get(name)
    if reader is None:
        shown = ", ".join(f'"{known}"' for known in CLASS_PROPERTIES)
        raise DataError(
            f"a class decoder has no property `1`; its properties are {shown}",
            tag="prop",
            kind="NetDecoder",
            terms=(property,),
        )
    return reader(classes, array, argument)


def property_parts(property: Any) -> tuple[str, Term | None]:
    """Gives name and argument of a property: "name", "name" -> argument or {"name", argument}."""
    if is_head(property, S.Rule, 2):
        return property.args
    if is_list(property) and len(elements(property)) == 2:
        return elements(property)
    return property if type(property) is str else "", None


def order_of(array: np.ndarray, count: Any) -> list[int]:
    order = np.argsort(-array, kind="stable").tolist()
    return order[:count] if type(count) is int else order


def probability(classes: tuple[Term, ...], array: np.ndarray, wanted: Term) -> Term:
    for term, value in zip(classes, array.tolist(), strict=True):
        if key(term) == key(wanted):
            return value
    raise DataError("`1` is not one of the classes", tag="class", kind="NetDecoder", terms=(wanted,))


def random_sample(classes: tuple[Term, ...], array: np.ndarray, temperature: Any) -> Term:
    """Gives a class drawn with its probability, sharpened or flattened by a temperature."""
    heat = float(temperature) if type(temperature) in (int, float) and temperature > 0 else 1.0
    logs = np.log(np.maximum(array.astype(np.float64), 1e-300)) / heat
    weights = np.exp(logs - logs.max())
    return classes[int(np.random.default_rng().choice(len(classes), p=weights / weights.sum()))]


#: Property → function(classes, probabilities, argument) → term.
READERS: dict[str, Any] = {
    "Decision": lambda classes, array, _: classes[int(array.argmax())],
    "Probabilities": lambda classes, array, _: Association(zip(classes, array.tolist(), strict=True)),
    "Probability": probability,
    "TopDecisions": lambda classes, array, n: to_list(classes[i] for i in order_of(array, n)),
    "TopProbabilities": lambda classes, array, n: to_list(
        rule(classes[i], float(array[i])) for i in order_of(array, n) if n is not None or array[i] > 1e-3
    ),
    "Entropy": lambda classes, array, _: float(-(array * np.log(np.maximum(array, 1e-30))).sum()),
    "RandomSample": random_sample,
}


def nothing(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    return {}


@encoder("Boolean", construct=nothing, port=lambda _: Port(()), accepts=lambda _, term: not is_list(term))
def encode_boolean(settings: Mapping[str, Any], term: Term) -> np.ndarray:
    """NetEncoder["Boolean"] turns True into 1 and False into 0."""
    if term is not TRUE and term is not FALSE:
        raise DataError("`1` is neither True nor False", tag="class", kind="NetEncoder", terms=(term,))
    return np.asarray(float(term is TRUE), np.float32)


@decoder("Boolean", construct=nothing, port=lambda _: Port(()), properties=("Decision",))
def decode_boolean(settings: Mapping[str, Any], array: np.ndarray, property: Any) -> Term:
    """NetDecoder["Boolean"] turns a number above 0.5 into True, any other into False."""
    if array.ndim:
        return to_list(decode_boolean(settings, row, property) for row in array)
    return array if property is NONE else TRUE if array > 0.5 else FALSE
