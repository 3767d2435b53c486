"""The declaration of coders: a decorator each for encoders and decoders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.errors import NetError
from wlnet.nets.coders import DECODERS, ENCODERS, Coder, CoderKind
from wlnet.nets.dimensions import Port
from wlnet.terms import Term

Settings = Mapping[str, Any]


def encoder(
    name: str,
    *,
    construct: Callable[[Sequence[Term], Mapping[str, Term]], dict[str, Any]],
    port: Callable[[Settings], Port],
    accepts: Callable[[Settings, Term], bool],
    options: Mapping[str, Term] | None = None,
    parameters: Callable[[Settings], dict[str, Term]] = lambda settings: {},
) -> Callable[[Callable[[Settings, Term], np.ndarray]], Callable[[Settings, Term], np.ndarray]]:
    """Declares the encoder `name` on function(settings, term) → array of one example (a decorator).

    `construct(arguments, options)` gives the settings; `accepts(settings, term)` tells whether a term is one example;
    `parameters(settings)` gives the terms that NetExtract finds in the coder.
    """

    def declare(function: Callable[[Settings, Term], np.ndarray]) -> Callable[[Settings, Term], np.ndarray]:
        ENCODERS[name] = CoderKind(
            name, "Encoders", function, construct=construct, port=port, accepts=accepts, encode=function,
            options=dict(options or {}), parameters=parameters,
        )  # fmt: skip
        return function

    return declare


def decoder(
    name: str,
    *,
    construct: Callable[[Sequence[Term], Mapping[str, Term]], dict[str, Any]],
    port: Callable[[Settings], Port],
    properties: tuple[str, ...],
    options: Mapping[str, Term] | None = None,
    parameters: Callable[[Settings], dict[str, Term]] = lambda settings: {},
) -> Callable[[Callable[[Settings, np.ndarray, Any], Term]], Callable[[Settings, np.ndarray, Any], Term]]:
    """Declares the decoder `name` on function(settings, array of one example, property) → term (a decorator)."""

    def declare(
        function: Callable[[Settings, np.ndarray, Any], Term],
    ) -> Callable[[Settings, np.ndarray, Any], Term]:
        DECODERS[name] = CoderKind(
            name, "Decoders", function, construct=construct, port=port, decode=function, properties=properties,
            options=dict(options or {}), parameters=parameters,
        )  # fmt: skip
        return function

    return declare


def make_encoder(name: str, arguments: Sequence[Term], options: Mapping[str, Term], specification: Term) -> Coder:
    """Gives the encoder of this kind; raises NetError."""
    return make(ENCODERS, "NetEncoder", name, arguments, options, specification)


def make_decoder(name: str, arguments: Sequence[Term], options: Mapping[str, Term], specification: Term) -> Coder:
    """Gives the decoder of this kind; raises NetError."""
    return make(DECODERS, "NetDecoder", name, arguments, options, specification)


def make(
    kinds: Mapping[str, CoderKind],
    head: str,
    name: str,
    arguments: Sequence[Term],
    options: Mapping[str, Term],
    specification: Term,
) -> Coder:
    kind = kinds.get(name)
    if kind is None:
        shown = ", ".join(f'"{known}"' for known in kinds)
        raise NetError(f'there is no {head} "{name}"; the kinds are {shown}', tag="kind", kind=head)
    for option in options:
        if option not in kind.options:
            shown = ", ".join(f'"{known}"' for known in kind.options) or "none"
            raise NetError(
                f'{head}["{name}"] has no option "{option}"; its options are {shown}', tag="option", kind=head
            )
    assert kind.construct is not None
    return Coder(kind, kind.construct(arguments, options), specification, head == "NetEncoder")
