"""The declaration of layers: one decorator, and what a layer's function is called with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wlnet.nets.dimensions import Port
from wlnet.nets.kinds import KINDS, Array, Kind


def layer(
    name: str,
    *,
    category: str,
    ports: str | Callable[[Mapping[str, Any]], str],
    arguments: tuple[Any, ...] = (),
    options: Mapping[str, Any] | None = None,
    arrays: dict[str, Array] | Callable[[Mapping[str, Any]], dict[str, Array]] | None = None,
    elements: dict[str, Port] | Callable[[Mapping[str, Any]], dict[str, Port]] | None = None,
    limits: dict[str, tuple[str, int] | tuple[str, int, int]] | None = None,
    solve: Callable[[Mapping[str, Any], dict[str, Any]], None] | None = None,
    variadic: bool = False,
    loss: bool | tuple[str, ...] = False,
    states: tuple[str, ...] | Callable[[Mapping[str, Any]], tuple[str, ...]] = (),
    inner: dict[str, str] | Callable[[Mapping[str, Any]], dict[str, str]] | None = None,
    container: bool | None = None,
    passes: bool = False,
    earlier: dict[str, str] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares the layer `name` on its function (a decorator). See `wlnet.nets.kinds.Kind` for what each part means.

    The function gets a `Call`, the inputs (each with the batch as its first axis; None for a state that is not given)
    and the arrays (None where switched off), and gives the output, or a tuple of outputs in the order of the ports. It
    is written against `call.ops`, never changes anything and never looks at the net.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        if name in KINDS:
            raise ValueError(f"{name} is declared twice: {KINDS[name].module} and {function.__module__}")
        KINDS[name] = Kind(
            name,
            category,
            function,
            arguments=arguments,
            options=dict(options or {}),
            ports=ports,
            arrays=arrays or {},
            elements=elements or {},
            limits=limits or {},
            solve=solve,
            variadic=variadic,
            loss=loss,
            states=states,
            inner=inner,
            container=inner is not None if container is None else container,
            passes=passes,
            earlier=earlier or {},
        )
        return function

    return declare


class Call:
    """What a layer's function knows besides its inputs and arrays.

    ops: the namespace of operations. settings: the layer's settings by name. training: whether in "Train" mode.
    batch: the number of examples. `shape(port)` gives the dimensions of a port of the layer (without the batch).
    `update(array, value)` gives an array that is not trained by gradients its new value, in "Train" mode. `random` is
    the generator of "Train" mode (None: none was asked for). `dtype` is the type of numbers that a layer makes of nothing.
    hidden: what an attention adds to its scores (b, h, m, n) so that keys which are padding count for nothing, or None.
    """

    __slots__ = ("batch", "dtype", "hidden", "ops", "ports", "random", "settings", "training", "updates")

    def __init__(self, ops: Any, training: bool, random: Any = None) -> None:
        self.ops = ops
        self.training = training
        self.random = random
        self.settings: Mapping[str, Any] = {}
        self.ports: Mapping[str, Port] = {}
        self.batch = 0
        self.dtype: Any = np.float32
        self.hidden: Any = None
        self.updates: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self.settings[name]

    def shape(self, port: str) -> tuple[int, ...]:
        """Gives the dimensions of a port, without the batch."""
        return self.ports[port].shape  # type: ignore[return-value]

    def update(self, array: str, value: Any) -> None:
        """Gives an array that gradients do not train its new value."""
        self.updates[array] = value
