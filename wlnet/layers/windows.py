"""Windows that move over an array, in one, two and three dimensions: their sizes, steps and padding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call
from wlnet.layers.settings import boolean, count, option, optional, padding
from wlnet.nets.dimensions import Dimension, show, unify
from wlnet.terms import FALSE, S


def per_dimension(name: str, value: Any, rank: int) -> tuple[Any, ...]:
    """Gives a setting as a tuple with an entry for each dimension; raises DimensionError."""
    if isinstance(value, int):
        return (value,) * rank
    if len(value) != rank:
        raise DimensionError(
            f"{name} has {len(value)} entries, but the input has {rank} dimensions besides the channels"
        )
    return tuple(value)


def pads(
    value: Any, size: tuple[Any, ...], kernel: tuple[int, ...], stride: tuple[int, ...]
) -> tuple[tuple[int, int], ...]:
    """Gives (before, after) for each dimension; "Same" gives an output of Ceiling[input/stride]."""
    if value == "Same":
        made = []
        for length, window, step in zip(size, kernel, stride, strict=True):
            total = max(0, (-(-length // step) - 1) * step + window - length) if isinstance(length, int) else window - 1
            made.append((total // 2, total - total // 2))
        return tuple(made)
    if isinstance(value, int):
        return ((value, value),) * len(kernel)
    return per_dimension("PaddingSize", value, len(kernel))


def windows(size: tuple[Dimension, ...], kernel: Any, stride: Any, padded: Any, dilation: Any) -> tuple[Dimension, ...]:
    """Gives the number of places of a window: Floor[(d + before + after - dilation (k - 1) - 1)/stride] + 1."""
    made: list[Dimension] = []
    for length, window, step, (before, after), spread in zip(size, kernel, stride, padded, dilation, strict=True):
        if not isinstance(length, int):
            made.append(length)
            continue
        room = length + before + after - spread * (window - 1) - 1
        if room < 0:
            raise DimensionError(
                f"a kernel of size {show(tuple(kernel))} does not fit into an input of size {show(size)}; enlarge the input "
                "or use PaddingSize"
            )
        made.append(room // step + 1)
    return tuple(made)


def dimensionality(settings: Mapping[str, Any], known: Mapping[str, Any]) -> int | None:
    """Gives in how many dimensions windows move, None where nothing tells; raises DimensionError."""
    size = known.get("...x")
    rank = len(size) if size is not None else None
    for value in (settings["kernel"], settings["Stride"], known.get("...k"), known.get("...y")):
        if rank is None and isinstance(value, tuple):
            rank = len(value)
    rank = settings["Dimensionality"] if rank is None else rank
    if rank == 0:
        raise DimensionError("the input has channels only, but windows need at least one dimension more")
    if rank is not None and settings["Dimensionality"] not in (None, rank):
        raise DimensionError(f'"Dimensionality" is {settings["Dimensionality"]}, but there are {rank} dimensions')
    return rank


def solve_window(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """Fills in the sizes of the output of a convolution or pooling."""
    size = known.get("...x")
    rank = dimensionality(settings, known)
    if rank is None:
        return
    kernel = per_dimension("the kernel", settings["kernel"], rank)
    stride = per_dimension("the stride", settings["Stride"], rank)
    dilation = per_dimension("Dilation", settings.get("Dilation", 1), rank)
    known["...k"] = unify(known.get("...k"), kernel)
    known["...x"] = size = unify(size, (None,) * rank) or ()
    spread = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    padded = pads(settings["PaddingSize"], size, spread, stride)
    known["...y"] = unify(known.get("...y"), windows(size, kernel, stride, padded, dilation))
    known["...x"] = unify(size, widened(known["...y"], spread, stride, padded))


def widened(size: Any, spread: Any, stride: Any, padded: Any) -> tuple[Dimension, ...]:
    """Gives the sizes of the input that follow from those of the output: where a window moves by one."""
    return tuple(
        length + window - 1 - before - after if isinstance(length, int) and step == 1 else None
        for length, window, step, (before, after) in zip(size, spread, stride, padded, strict=True)
    )


WINDOW_OPTIONS = {
    "Dimensionality": option("Dimensionality", optional(count), None, S.Automatic),
    "Interleaving": option("Interleaving", boolean, False, FALSE),
    "PaddingSize": option("PaddingSize", padding, 0, 0),
}


def padding_for(call: Call, x: Any, spread: Any, stride: Any) -> Any:
    """Gives the padding of an array; raises DimensionError where its length, which may vary, is too short."""
    size = x.shape[2:]
    made = pads(call["PaddingSize"], size, spread, stride)
    windows(size, spread, stride, made, (1,) * len(size))
    return made


def channels_first(call: Call, x: Any) -> Any:
    """Gives an array with its channels (last where Interleaving is True) as the first axis after the batch."""
    if not call["Interleaving"]:
        return x
    return call.ops.transpose(x, axes=(0, x.ndim - 1, *range(1, x.ndim - 1)))


def channels_back(call: Call, y: Any) -> Any:
    return y if not call["Interleaving"] else call.ops.transpose(y, axes=(0, *range(2, y.ndim), 1))
