"""Encoders and decoders, attached to ports: what turns terms into arrays and back.

The kinds are declared in `wlnet.coders`; here is what a net needs to know of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from wlnet.declarations import Declaration
from wlnet.nets.dimensions import Port


@dataclass(slots=True)
class CoderKind(Declaration):
    """The declaration of a kind of encoder or decoder.

    construct(arguments, options) gives the settings of the terms in `NetEncoder[{"name", …}]`.
    port(settings) gives the port that the coder makes of the port it is attached to.
    encode(settings, term) gives the array of one example (raises DataError), and accepts(settings, term) tells whether
    a term is one example; decode(settings, array, property) gives the term of one array.
    parameters(settings) gives what NetExtract finds in the coder, by name.
    """

    construct: Callable[..., dict[str, Any]] | None = None
    port: Callable[[Mapping[str, Any]], Port] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    encode: Callable[[Mapping[str, Any], Any], np.ndarray] | None = None
    accepts: Callable[[Mapping[str, Any], Any], bool] | None = None
    decode: Callable[[Mapping[str, Any], np.ndarray, Any], Any] | None = None
    properties: tuple[str, ...] = ()
    parameters: Callable[[Mapping[str, Any]], dict[str, Any]] = field(default=lambda settings: {})


@dataclass(frozen=True, slots=True)
class Coder:
    """An encoder or decoder: its kind and settings, and the terms it was made of."""

    kind: CoderKind
    settings: Mapping[str, Any]
    specification: Any
    encodes: bool

    @property
    def port(self) -> Port:
        """The port that this coder makes: shape and element type, with the coder itself."""
        assert self.kind.port is not None
        return replace(self.kind.port(self.settings), coder=self)


ENCODERS: dict[str, CoderKind] = {}
DECODERS: dict[str, CoderKind] = {}
