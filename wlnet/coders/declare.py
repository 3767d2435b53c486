"""The declaration of coders: a decorator each for encoders and decoders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from wlnet.nets.coders import DECODERS, ENCODERS, CoderKind
from wlnet.nets.dimensions import Port
from wlnet.terms import Term

Settings = Mapping[str, Any]
Construct = Callable[[Sequence[Term], Mapping[str, Term]], dict[str, Any]]
Encode = Callable[[Settings, Term], np.ndarray]
Decode = Callable[[Settings, np.ndarray, Any], Term]
Resolve = Callable[[Sequence[Term], Mapping[str, Term]], tuple[Sequence[Term], Mapping[str, Term]]]
Counterpart = Callable[[Settings], tuple[str, tuple[Term, ...], dict[str, Term]]]


def encoder(
    name: str,
    *,
    construct: Construct,
    port: Callable[[Settings], Port],
    accepts: Callable[[Settings, Term], bool],
    arguments: tuple[str, ...] = (),
    options: Mapping[str, Term] | None = None,
    parameters: Callable[[Settings], dict[str, Term]] = lambda settings: {},
    encode_batch: Callable[[Settings, Sequence[Term]], list[np.ndarray]] | None = None,
    takes_lists: bool = False,
    counterpart: Counterpart | None = None,
    resolve: Resolve | None = None,
) -> Callable[[Encode], Encode]:
    """Declares the encoder `name` on function(settings, term) → array of one example (a decorator).

    What each part is: see `CoderKind`.
    """

    def declare(function: Encode) -> Encode:
        ENCODERS[name] = CoderKind(
            name, "Encoders", function, construct=construct, port=port, accepts=accepts, encode=function,
            arguments=arguments, options=dict(options or {}), parameters=parameters, encode_batch=encode_batch,
            takes_lists=takes_lists, counterpart=counterpart, resolve=resolve,
        )  # fmt: skip
        return function

    return declare


def decoder(
    name: str,
    *,
    construct: Construct,
    port: Callable[[Settings], Port],
    properties: tuple[str, ...],
    arguments: tuple[str, ...] = (),
    options: Mapping[str, Term] | None = None,
    parameters: Callable[[Settings], dict[str, Term]] = lambda settings: {},
    counterpart: Counterpart | None = None,
    resolve: Resolve | None = None,
) -> Callable[[Decode], Decode]:
    """Declares the decoder `name` on function(settings, array of one example, property) → term (a decorator).

    The first of the properties is what it gives when none is asked for. What each part is: see `CoderKind`.
    """

    def declare(function: Decode) -> Decode:
        DECODERS[name] = CoderKind(
            name, "Decoders", function, construct=construct, port=port, decode=function, properties=properties,
            arguments=arguments, options=dict(options or {}), parameters=parameters, counterpart=counterpart,
            resolve=resolve,
        )  # fmt: skip
        return function

    return declare
