"""Kinds of nets: what a layer's or a container's declaration says.

A kind is looked up by its name in KINDS; a container (NetChain, NetGraph) is a kind like any other, whose nets have
children instead of a function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wlnet.declarations import Declaration
from wlnet.nets.dimensions import Port


@dataclass(frozen=True, slots=True)
class Array:
    """An array of a layer.

    dimensions: in the dimension notation. initialize: "Method" (by NetInitialize's method), or a number for a constant
    array. optional: may be switched off with None. shareable: whether it may be a shared array. trainable: whether
    training changes it by gradients (moving statistics are updated otherwise). fan: dimensions of the array that count
    as (out, in) for the scaling of random values.
    """

    dimensions: str
    initialize: str | float = "Method"
    optional: bool = False
    shareable: bool = True
    trainable: bool = True


@dataclass(slots=True)
class Kind(Declaration):
    """The declaration of a kind of net.

    arguments: how positional arguments of the constructor become settings; options: name → `Setting` of the options
    that are neither arrays nor ports (see `wlnet.layers.settings`).
    ports: the port notation, or a function of the settings that gives it.
    arrays: the array slots, or a function of the settings.
    elements: port name → Port prototype (element type) for ports that do not hold reals, or a function of the settings.
    limits: port of integers → (port or array, axis), or with a number as the third: the integers go up to the size of
    that dimension, less the number.
    solve: function(settings, bindings) that refines the bindings beyond the notation (sizes of convolutions).
    variadic: the number of inputs follows from the connections.
    loss: whether its output is a loss, or the output ports that are.
    inner: of an operator, the port notation of each net inside by its name, in the names of `ports` (or a function of the
    settings); its function is function(call, apply, *inputs), where `apply(name, *inputs)` runs a net inside. A kind that
    is no container has nets inside only by some settings; without them its function is that of a layer.
    passes: whether its output holds numbers of its input as they are, so that limits of integers hold of both.
    earlier: the names that arrays and options had in earlier versions → those of today.
    states: ports that are there only where they are connected (or a function of the settings).
    function: function(call, *inputs, *arrays) that gives the output array, or a tuple in the order of the ports.
    """

    arguments: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    ports: str | Callable[[Mapping[str, Any]], str] = "Input: * -> Output: *"
    arrays: dict[str, Array] | Callable[[Mapping[str, Any]], dict[str, Array]] = field(default_factory=dict)
    elements: dict[str, Port] | Callable[[Mapping[str, Any]], dict[str, Port]] = field(default_factory=dict)
    limits: dict[str, tuple[str, int] | tuple[str, int, int]] = field(default_factory=dict)
    solve: Callable[[Mapping[str, Any], dict[str, Any]], None] | None = None
    variadic: bool = False
    container: bool = False
    loss: bool | tuple[str, ...] = False
    states: tuple[str, ...] | Callable[[Mapping[str, Any]], tuple[str, ...]] = ()
    inner: dict[str, str] | Callable[[Mapping[str, Any]], dict[str, str]] | None = None
    passes: bool = False
    earlier: dict[str, str] = field(default_factory=dict)

    def inner_notation(self, settings: Mapping[str, Any]) -> dict[str, str]:
        return self.inner(settings) if callable(self.inner) else self.inner or {}

    def state_ports(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        return self.states(settings) if callable(self.states) else self.states

    def array_slots(self, settings: Mapping[str, Any]) -> dict[str, Array]:
        return self.arrays(settings) if callable(self.arrays) else self.arrays

    def prototypes(self, settings: Mapping[str, Any]) -> dict[str, Port]:
        return self.elements(settings) if callable(self.elements) else self.elements

    def port_notation(self, settings: Mapping[str, Any]) -> str:
        return self.ports(settings) if callable(self.ports) else self.ports


KINDS: dict[str, Kind] = {}
