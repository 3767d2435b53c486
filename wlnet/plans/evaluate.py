"""Evaluating nets on arrays: outputs, interior values, gradients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from wlnet.compute.numpy_ops import numpy_ops
from wlnet.errors import DataError, NetError
from wlnet.nets.net import Net
from wlnet.nets.structure import Path, position_text
from wlnet.plans.data import encode
from wlnet.plans.execute import Run
from wlnet.plans.kept import replay
from wlnet.plans.threads import threads_for
from wlnet.plans.tracing import trace


def require_arrays(net: Net) -> None:
    """Raises NetError if the net has arrays without values."""
    missing = [positions[0] for key, positions in net.positions.items() if key not in net.store]
    if missing:
        shown = ", ".join(position_text(place) for place in missing[:3]) + (", …" if len(missing) > 3 else "")
        raise NetError(
            f"the net is not initialized: the arrays at {shown} have no values; use NetInitialize or NetTrain first",
            tag="noinit",
            kind=net.kind.name,
        )


def evaluate(
    net: Net,
    inputs: Mapping[str, np.ndarray],
    batch: int,
    *,
    training: bool = False,
    seed: int | None = None,
    dtype: Any = np.float32,
    places: Iterable[tuple[Path, str]] = (),
) -> tuple[dict[str, np.ndarray], dict[tuple[Path, str], np.ndarray]]:
    """Gives port → output of a net, and the values at interior places (path, port).

    inputs: port → array, each with the batch as its first axis. dtype: float32 or float64, for the whole computation.
    """
    require_arrays(net)
    places = tuple(places)
    cast = {name: np.asarray(value, dtype) for name, value in inputs.items()}
    replayed = None if training else replay(net, cast, batch, dtype, places)
    if replayed is not None:
        return {name: replayed.pop(name) for name in net.structure.outputs}, replayed
    arrays = {key: np.asarray(value, dtype) for key, value in net.store.items()}
    values: dict[tuple[Path, str], Any] | None = {} if places else None
    random = np.random.default_rng(seed) if training or seed is not None else None
    run = Run(numpy_ops, arrays.__getitem__, batch, training=training, random=random, values=values, dtype=dtype)
    with np.errstate(all="ignore"), threads_for(net.structure, batch):
        outputs = run.net(net.structure, cast)
    return outputs, run.kept(net.structure, places)


def apply(net: Net, data: Any) -> Any:
    """Gives what a net makes of NumPy arrays, as NumPy arrays: no encoder or decoder takes part.

    data: an array for the only input, or port → array; each is one example, or a batch with one more axis. Gives an
    array for the only output, or port → array. Raises DataError where the data do not fit, NetError without values.
    """
    net = net.complete
    ports = net.structure.inputs
    given = dict(data) if isinstance(data, Mapping) else {next(iter(ports), ""): data}
    if set(given) != set(ports):
        raise DataError(f"data for the inputs {', '.join(ports) or 'none'} are expected, not for {', '.join(given)}")
    plain = {name: replace(port, coder=None) for name, port in ports.items()}
    encoded = {name: encode(name, port, array_of(name, given[name]), net.kind.name) for name, port in plain.items()}
    single = all(item.single for item in encoded.values())
    batch = max((item.examples for item in encoded.values()), default=1)
    inputs = {name: np.broadcast_to(item.values, (batch, *np.shape(item.values)[1:])) for name, item in encoded.items()}
    outputs, _ = evaluate(net, inputs, batch)
    chosen = {name: value[0] if single else value for name, value in outputs.items()}
    return next(iter(chosen.values())) if len(chosen) == 1 else chosen


def array_of(name: str, value: Any) -> np.ndarray:
    """Gives what came for a port as an array of numbers; raises DataError."""
    try:
        array = np.asarray(value)
        return array if array.dtype.kind in "iuf" else array.astype(np.float64)
    except (TypeError, ValueError):
        raise DataError(
            f'the data for the input "{name}" are not an array of numbers; apply the net to examples of different lengths '
            "one by one",
            tag="data",
        ) from None


def gradients(
    net: Net,
    inputs: Mapping[str, np.ndarray],
    batch: int,
    wanted: Iterable[Any],
    *,
    seeds: Mapping[str, np.ndarray] | None = None,
    training: bool = False,
    seed: int | None = None,
    dtype: Any = np.float32,
) -> dict[Any, np.ndarray]:
    """Gives the gradients of the sum of all outputs (or of seed*output) in inputs (by port) and arrays (by key).

    A gradient in an input keeps the batch axis; one in an array is summed over the batch.
    """
    require_arrays(net)
    cast = {name: np.asarray(value, dtype) for name, value in inputs.items()}
    arrays = {key: np.asarray(value, dtype) for key, value in net.store.items()}
    with np.errstate(all="ignore"), threads_for(net.structure, batch):
        plan = trace(net, arrays, cast, batch, training=training, random=np.random.default_rng(seed), dtype=dtype)
        outputs = plan.forward(cast)
        given = {name: np.ones_like(value) for name, value in outputs.items()}
        if seeds is not None:
            given = {name: np.broadcast_to(seeds[name], outputs[name].shape).astype(dtype) for name in seeds}
        plan.differentiate(given, wanted)
        return {name: np.array(value) for name, value in plan.backward(given).items()}
