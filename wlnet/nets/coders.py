"""Encoders and decoders, attached to ports: what turns terms into arrays and back.

The kinds are declared in `wlnet.coders`; here is what a net needs to know of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from wlnet.declarations import Declaration
from wlnet.nets.dimensions import Port, Shape
from wlnet.terms import same


@dataclass(slots=True)
class CoderKind(Declaration):
    """The declaration of a kind of encoder or decoder.

    construct(arguments, options) gives the settings of the terms in `NetEncoder[{"name", …}]`; `arguments` names the
    positional ones. The settings of a coder also hold "apply": apply(function, arguments) gives what a function of the
    language makes of terms.
    port(settings) gives the port that the coder makes of the port it is attached to.
    encode(settings, term) gives the array of one example (raises DataError), and accepts(settings, term) tells whether
    a term is one example; encode_batch(settings, terms), where there is one, gives the arrays of several at once;
    decode(settings, array, property) gives the term of one array. `takes_lists`: the elements of a list are examples
    whatever they are, lists too.
    parameters(settings) gives what NetExtract finds in the coder, by name, besides arguments and options.
    counterpart(settings) gives name, arguments and options of the coder that undoes this one; without it, it is the one
    of the same name on the other side, with the arguments and options that both have.
    resolve(arguments, options), where there is one, gives the arguments and options with what stands outside, such as
    files, replaced by what is in it: a coder is whole.
    """

    construct: Callable[..., dict[str, Any]] | None = None
    port: Callable[[Mapping[str, Any]], Port] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    encode: Callable[[Mapping[str, Any], Any], np.ndarray] | None = None
    encode_batch: Callable[[Mapping[str, Any], Any], list[np.ndarray]] | None = None
    accepts: Callable[[Mapping[str, Any], Any], bool] | None = None
    takes_lists: bool = False
    decode: Callable[[Mapping[str, Any], np.ndarray, Any], Any] | None = None
    properties: tuple[str, ...] = ()
    parameters: Callable[[Mapping[str, Any]], dict[str, Any]] = field(default=lambda settings: {})
    arguments: tuple[str, ...] = ()
    counterpart: Callable[[Mapping[str, Any]], tuple[str, tuple[Any, ...], dict[str, Any]]] | None = None
    resolve: Callable[..., tuple[Sequence[Any], Mapping[str, Any]]] | None = None

    @property
    def title(self) -> str:
        return f'{"NetEncoder" if self.encode is not None else "NetDecoder"}["{self.name}"]'


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Coder:
    """An encoder or decoder: its kind and settings, and the terms it was made of. Two made of the same terms are equal.

    leading: the dimensions of the array of examples that an encoder, or of arrays that a decoder, is mapped over.
    """

    kind: CoderKind
    settings: Mapping[str, Any]
    specification: Any
    encodes: bool
    leading: tuple[Any, ...] = ()

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Coder) and self.encodes == other.encodes and same(self.specification, other.specification)
        )

    def __hash__(self) -> int:
        return hash((self.encodes, self.kind.name))

    def __repr__(self) -> str:
        return f"{'NetEncoder' if self.encodes else 'NetDecoder'}[{self.specification!r}]"

    @property
    def port(self) -> Port:
        """The port that this coder makes: shape and element type, with the coder itself."""
        assert self.kind.port is not None
        port = self.kind.port(self.settings)
        shape: Shape = None if port.shape is None else (*self.leading, *port.shape)
        return replace(port, shape=shape, coder=self)


ENCODERS: dict[str, CoderKind] = {}
DECODERS: dict[str, CoderKind] = {}
