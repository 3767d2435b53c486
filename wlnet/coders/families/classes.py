"""Coders of classes and of truth values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.applying import property_parts
from wlnet.coders.declare import decoder, encoder
from wlnet.coders.settings import boolean
from wlnet.errors import DataError, NetError
from wlnet.nets.dimensions import Port
from wlnet.terms import (
    FALSE,
    TRUE,
    Association,
    Expression,
    NumericArray,
    S,
    Term,
    elements,
    is_list,
    is_number,
    rule,
    to_list,
)
from wlnet.terms.same import key

FORMS = ("Index", "IndicatorVector", "UnitVector")


def class_list(term: Term, head: str) -> dict[str, Any]:
    """Gives the settings of a class coder: the classes, and where each is."""
    if not is_list(term) or not elements(term):
        raise NetError(f'{head}[{{"Class", {{c1, c2, …}}}}] needs the list of classes', tag="args", kind=head)
    classes = tuple(elements(term))
    places = {key(item): index for index, item in enumerate(classes, 1)}
    if len(places) < len(classes):
        raise NetError("the classes must be different from each other", tag="args", kind=head)
    return {"classes": classes, "places": places}


def class_encoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    settings = class_list(arguments[0] if arguments else S.Automatic, "NetEncoder")
    form = arguments[1] if len(arguments) > 1 else "Index"
    if form not in FORMS and form is not S.Automatic:
        raise NetError('the form of a class encoder is "Index" or "UnitVector"', tag="args", kind="NetEncoder")
    several = boolean(options, "Multilabel", "NetEncoder")
    return {**settings, "vector": several or form in FORMS[1:], "multilabel": several}


def class_encoder_port(settings: Mapping[str, Any]) -> Port:
    count = len(settings["classes"])
    return Port((count,)) if settings["vector"] else Port((), "Integer", count)


def class_parameters(settings: Mapping[str, Any]) -> dict[str, Term]:
    return {} if settings["classes"] is None else dict.fromkeys(("Labels", "Classes"), to_list(settings["classes"]))


def is_class(settings: Mapping[str, Any], term: Term) -> bool:
    """Tells whether a term is meant as a class; a number that is none counts as encoded already."""
    if settings["multilabel"]:
        return is_list(term) and all(key(item) in settings["places"] for item in elements(term))
    return key(term) in settings["places"] or not (is_list(term) or is_number(term) or type(term) is NumericArray)


@encoder(
    "Class",
    construct=class_encoder,
    port=class_encoder_port,
    accepts=is_class,
    arguments=("Labels", "Form"),
    options={"Multilabel": FALSE},
    parameters=class_parameters,
)
def encode_class(settings: Mapping[str, Any], term: Term) -> np.ndarray:
    """NetEncoder[{"Class", {c1, c2, …}}] turns a class into its number, counted from 1.
    NetEncoder[{"Class", {c1, c2, …}, "UnitVector"}] turns it into a vector with a 1 at its place.

    Details: "IndicatorVector" is another name of "UnitVector". What is a number already, and no class, stays as it is.

    Examples:
        >> NetEncoder[{"Class", {"a", "b", "c"}}]["b"]
        = 2
        >> NetEncoder[{"Class", {"a", "b", "c"}, "UnitVector"}][{"b", "a"}]
        = {{0., 1., 0.}, {1., 0., 0.}}
        >> NetEncoder[{"Class", {"no", "yes"}, "Dimensions" -> {2}}][{"yes", "no"}]
        = {2, 1}
    Options: "Multilabel":
        >> NetEncoder[{"Class", {"a", "b", "c"}, "Multilabel" -> True}][{"c", "a"}]
        = {1., 0., 1.}
    Possible issues:
        >> NetEncoder[{"Class", {"a", "b"}}]["x"]
        = $Failed
        message: NetEncoder::class
        >> NetEncoder["Class"]
        = $Failed
        message: NetEncoder::args
        >> NetEncoder[{"Class", {"a", "b"}, "Multilabel" -> 3}]
        = $Failed
        message: NetEncoder::option
    Source: https://reference.wolfram.com/language/ref/netencoder/Class.html
    """
    items = elements(term) if settings["multilabel"] else (term,)
    places = [settings["places"].get(key(item)) for item in items]
    if None in places:
        shown = Expression(S.List, settings["classes"])
        raise DataError("`1` is not one of the classes `2`", tag="class", kind="NetEncoder", terms=(term, shown))
    if not settings["vector"]:
        return np.asarray(places[0], np.float32)
    vector = np.zeros(len(settings["classes"]), np.float32)
    vector[[place - 1 for place in places]] = 1
    return vector


def class_decoder(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    settings: dict[str, Any] = {"classes": None, "places": {}}
    if arguments and arguments[0] is not S.Automatic:
        settings = class_list(arguments[0], "NetDecoder")
    return {**settings, "multilabel": boolean(options, "Multilabel", "NetDecoder")}


def class_decoder_port(settings: Mapping[str, Any]) -> Port:
    return Port((None if settings["classes"] is None else len(settings["classes"]),))


@decoder(
    "Class",
    construct=class_decoder,
    port=class_decoder_port,
    properties=(
        "Decision", "Entropy", "Probabilities", "Probability", "RandomSample", "TopDecisions", "TopProbabilities",
    ),
    arguments=("Labels",),
    options={"Multilabel": FALSE},
    parameters=class_parameters,
)  # fmt: skip
def decode_class(settings: Mapping[str, Any], array: np.ndarray, property: Any) -> Term:
    """NetDecoder[{"Class", {c1, c2, …}}] turns a vector of probabilities into the most probable class.
    NetDecoder["Class"] numbers the classes from 1.

    Details: Properties are "Decision", "Entropy", "Probabilities", "Probability" -> c, "RandomSample" (or
    "RandomSample" -> temperature), "TopDecisions" -> n, "TopProbabilities" -> n. "InputDepth" -> n decodes the vectors
    in an array of rank n.

    Examples:
        >> decoder = NetDecoder[{"Class", {"a", "b"}}]; decoder[{0.25, 0.75}]
        = "b"
        >> decoder[{0.25, 0.75}, "Probabilities"]
        = <|"a" -> 0.25, "b" -> 0.75|>
        >> decoder[{0.25, 0.75}, {"Decision", "Probability" -> "a"}]
        = {"b", 0.25}
        >> decoder[{{0.25, 0.75}, {1., 0.}}, "TopDecisions" -> 1]
        = {{"b"}, {"a"}}
        >> decoder[{0.25, 0.75}, "TopProbabilities"]
        = {"b" -> 0.75, "a" -> 0.25}
        >> NetDecoder[{"Class", {"a", "b"}, "InputDepth" -> 2}][{{0.25, 0.75}, {1., 0.}}]
        = {"b", "a"}
        >> NetDecoder["Class"][{0.1, 0.9}]
        = 2
    Options: "Multilabel":
        >> NetDecoder[{"Class", {"a", "b", "c"}, "Multilabel" -> True}][{0.9, 0.1, 0.6}]
        = {"a", "c"}
    Possible issues:
        >> NetDecoder[{"Class", {"a", "b"}}][{0.5, 0.5}, "Smell"]
        = $Failed
        message: NetDecoder::prop
        >> NetDecoder[{"Class", {"a", "a"}}]
        = $Failed
        message: NetDecoder::args
    Source: https://reference.wolfram.com/language/ref/netdecoder/Class.html
    """
    classes = settings["classes"] or tuple(range(1, len(array) + 1))
    name, argument = property_parts(property)
    if settings["multilabel"] and name == "Decision":
        return to_list(term for term, p in zip(classes, array, strict=True) if p > 0.5)
    return READERS[name](classes, array, argument)


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


def is_truth_value(settings: Mapping[str, Any], term: Term) -> bool:
    return not (is_list(term) or is_number(term) or type(term) is NumericArray)


@encoder("Boolean", construct=nothing, port=lambda _: Port(()), accepts=is_truth_value)
def encode_boolean(settings: Mapping[str, Any], term: Term) -> np.ndarray:
    """NetEncoder["Boolean"] turns True into 1 and False into 0.

    Examples:
        >> NetEncoder["Boolean"][{True, False}]
        = {1., 0.}
    Possible issues:
        >> NetEncoder["Boolean"]["maybe"]
        = $Failed
        message: NetEncoder::class
    Source: https://reference.wolfram.com/language/ref/netencoder/Boolean.html
    """
    if term is not TRUE and term is not FALSE:
        raise DataError("`1` is neither True nor False", tag="class", kind="NetEncoder", terms=(term,))
    return np.asarray(float(term is TRUE), np.float32)


@decoder("Boolean", construct=nothing, port=lambda _: Port(()), properties=("Decision",))
def decode_boolean(settings: Mapping[str, Any], array: np.ndarray, property: Any) -> Term:
    """NetDecoder["Boolean"] turns a number above 0.5 into True, any other into False.

    Examples:
        >> NetDecoder["Boolean"][0.75]
        = True
        >> NetDecoder[{"Boolean", "InputDepth" -> 1}][{0.75, 0.25}]
        = {True, False}
    Possible issues:
        >> NetDecoder["Boolean"][0.5, "Smell"]
        = $Failed
        message: NetDecoder::prop
    Source: https://reference.wolfram.com/language/ref/netdecoder/Boolean.html
    """
    return TRUE if array > 0.5 else FALSE
