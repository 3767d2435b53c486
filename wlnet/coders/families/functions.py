"""Coders that are functions of the language, or nets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.coders.applying import each, encoded, is_example
from wlnet.coders.declare import decoder, encoder
from wlnet.coders.settings import boolean, port_from
from wlnet.errors import DataError, NetError
from wlnet.nets import Net
from wlnet.nets.coders import Coder
from wlnet.nets.dimensions import Port, describe, fits
from wlnet.terms import FALSE, NONE, S, Term, elements, is_list, numeric, pack, to_list

Settings = Mapping[str, Any]


def function_settings(head: str, arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    if not arguments:
        raise NetError(f'{head}[{{"Function", f, dimensions}}] needs the function', tag="args", kind=head)
    port = port_from(arguments[1] if len(arguments) > 1 else S.Automatic, head)
    return {"function": arguments[0], "port": port, "batched": boolean(options, "Batched", head)}


def array_of(port: Port, term: Term) -> np.ndarray:
    """Gives the array that a function gave; raises DataError where it is none, or has not the dimensions."""
    array = numeric(term)
    if array is None or (port.shape is not None and not fits(port.shape, array.shape)):
        raise DataError(
            f"the function of an encoder must give a {describe(port.shape, port.element)}, but it gave `1`",
            tag="function", kind="NetEncoder", terms=(term,),
        )  # fmt: skip
    return array.astype(np.float32)


def arrays_of(settings: Settings, terms: Sequence[Term]) -> list[np.ndarray]:
    """Gives the arrays that a function gives for several examples, at once if it is "Batched"; raises DataError."""
    apply, function = settings["apply"], settings["function"]
    if not settings["batched"]:
        return each(lambda term: array_of(settings["port"], apply(function, (term,))), terms)
    found = apply(function, (to_list(terms),))
    if not is_list(found) or len(elements(found)) != len(terms):
        raise DataError(
            f"the function of a batched encoder must give a list of {len(terms)} arrays, as many as it got examples, "
            "but it gave `1`", tag="function", kind="NetEncoder", terms=(found,),
        )  # fmt: skip
    return each(lambda item: array_of(settings["port"], item), elements(found))


def no_counterpart(settings: Settings) -> Any:
    raise NetError("there is nothing that undoes a function", tag="kind")


@encoder(
    "Function",
    construct=lambda arguments, options: function_settings("NetEncoder", arguments, options),
    port=lambda settings: settings["port"],
    accepts=lambda settings, term: not is_list(term),
    arguments=("Function", "Output"),
    options={"Batched": FALSE},
    encode_batch=arrays_of,
    takes_lists=True,
    counterpart=no_counterpart,
)
def encode_by_function(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder[{"Function", f, dims}] applies a function that gives an array of these dimensions.

    Details: The dimensions are those of a port: "Real", "Integer", Restricted["Integer", n], n, or {n1, n2, …} with
    "Varying" lengths. A list is taken as a list of examples; a list of arrays with these dimensions counts as encoded
    already.

    Examples:
        >> NetEncoder[{"Function", StringLength, "Integer"}][{"wlnet", "net"}]
        = {5, 3}
        >> NetEncoder[{"Function", {#1, #1^2} &, 2}][3]
        = {3., 9.}
        >> NetChain[{SummationLayer[]}, "Input" -> NetEncoder[{"Function", ToCharacterCode, {"Varying"}}]][{"a", "bc"}]
        = {97., 197.}
    Options: "Batched":
        >> NetEncoder[{"Function", # - First[#] &, "Real", "Batched" -> True}][{5, 6, 9}]
        = {0., 1., 4.}
    Possible issues:
        >> NetEncoder[{"Function", Characters, 2}]["ab"]
        = $Failed
        message: NetEncoder::function
        >> NetEncoder["Function"]
        = $Failed
        message: NetEncoder::args
    Source: https://reference.wolfram.com/language/ref/netencoder/Function.html
    """
    return arrays_of(settings, (term,))[0]


@decoder(
    "Function",
    construct=lambda arguments, options: function_settings("NetDecoder", arguments, options),
    port=lambda settings: settings["port"],
    properties=("Decision",),
    arguments=("Function", "Input"),
    options={"Batched": FALSE},
    counterpart=no_counterpart,
)
def decode_by_function(settings: Settings, array: np.ndarray, property: Any) -> Term:
    """NetDecoder[{"Function", f}] applies a function to the array that a net gives.
    NetDecoder[{"Function", f, dims}] says which dimensions the array has.

    Examples:
        >> NetDecoder[{"Function", Total, {"Varying"}}][{1., 2.}]
        = 3.
        >> NetChain[{Tanh}, "Input" -> 2, "Output" -> NetDecoder[{"Function", First}]][{{0., 1.}, {0., 2.}}]
        = {0., 0.}
    Options: "Batched":
        >> NetDecoder[{"Function", Map[Max], {2}, "Batched" -> True}][{{1., 2.}, {4., 3.}}]
        = {2., 4.}
    Possible issues:
        >> NetDecoder[{"Function", Total, 2}][{1., 2., 3.}]
        = $Failed
        message: NetDecoder::data
    Source: https://reference.wolfram.com/language/ref/netdecoder/Function.html
    """
    term = pack(np.asarray(array, np.float64))
    if not settings["batched"]:
        return settings["apply"](settings["function"], (term,))
    found = settings["apply"](settings["function"], (to_list((term,)),))
    if not is_list(found) or len(elements(found)) != 1:
        raise DataError(
            "the function of a batched decoder must give as many terms as it got arrays, but it gave `1`",
            tag="function", kind="NetDecoder", terms=(found,),
        )  # fmt: skip
    return elements(found)[0]


def extractor(arguments: Sequence[Term], options: Mapping[str, Term]) -> dict[str, Any]:
    """Gives the settings of an encoder by a net or by another encoder; raises NetError."""
    source = arguments[0] if arguments else S.Automatic
    if isinstance(source, Coder) and source.encodes:
        return {"source": source, "port": source.port}
    if isinstance(source, Net) and len(source.structure.inputs) == len(source.structure.outputs) == 1:
        net = source.complete
        if net.is_initialized:
            (port,) = net.structure.outputs.values()
            return {"source": net, "port": Port(port.shape, port.element, port.limit)}
    raise NetError(
        'NetEncoder[{"FeatureExtractor", net}] needs an initialized net with one input and one output, or an encoder; '
        'for a function there is NetEncoder[{"Function", f, dims}]',
        tag="args", kind="NetEncoder",
    )  # fmt: skip


def is_for_extractor(settings: Settings, term: Term) -> bool:
    source = settings["source"]
    if isinstance(source, Coder):
        return is_example(source, term)
    (port,) = source.structure.inputs.values()
    if port.coder is not None:
        return is_example(port.coder, term)
    array = numeric(term)
    return array is not None and port.shape is not None and array.ndim == len(port.shape)


@encoder(
    "FeatureExtractor",
    construct=extractor,
    port=lambda settings: settings["port"],
    accepts=is_for_extractor,
    arguments=("Extractor",),
)
def encode_by_net(settings: Settings, term: Term) -> np.ndarray:
    """NetEncoder[{"FeatureExtractor", net}] gives what a net with values makes of its input, as a constant.

    Details: The arrays of the net are not trained with what the encoder is attached to. An encoder may take the place of
    the net.

    Examples:
        >> net = LinearLayer[2, "Weights" -> {{1, 0}, {1, 1}}, "Biases" -> {0, 0}];
        >> NetEncoder[{"FeatureExtractor", net}][{{1., 2.}, {3., 4.}}]
        = {{1., 3.}, {3., 7.}}
        >> NetEncoder[{"FeatureExtractor", NetEncoder["Boolean"]}][True]
        = 1.
    Possible issues:
        >> NetEncoder[{"FeatureExtractor", LinearLayer[2]}]
        = $Failed
        message: NetEncoder::args
    Source: https://reference.wolfram.com/language/ref/netencoder/FeatureExtractor.html
    """
    source = settings["source"]
    if isinstance(source, Coder):
        return encoded(source, term)
    return array_of(settings["port"], settings["apply"](source, (term, NONE)))
