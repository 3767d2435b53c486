"""Layers that reorder, repeat or extend the dimensions of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument
from wlnet.nets.dimensions import Dimension, Disagreement, show, unify, unify_dimension
from wlnet.terms import S, Term, elements, expression, is_head, is_list

Transposition = tuple[int | tuple[int, int], ...]
"""Pairs of levels that are exchanged one after the other, or for each level the one that it becomes."""

TRANSPOSITIONS = "m <-> n, a list of those, or {n1, n2, …}, an order of the levels 1, 2, …"


def transposition(term: Term) -> Transposition:
    """Takes m <-> n, {m1 <-> n1, …}, or {n1, n2, …}; earlier programs write m -> n for m <-> n."""
    items = elements(term) if is_list(term) else (term,)
    if all(type(item) is int for item in items) and is_list(term):
        if sorted(items) != list(range(1, len(items) + 1)):
            raise Unfit(TRANSPOSITIONS)
        return tuple(items)
    swaps = [item.args for item in items if is_head(item, S.TwoWayRule, 2) or is_head(item, S.Rule, 2)]
    if len(swaps) < len(items) or not all(type(level) is int and level for swap in swaps for level in swap):
        raise Unfit(TRANSPOSITIONS)
    return tuple((m, n) for m, n in swaps)


def transposed(chosen: Transposition, rank: int) -> tuple[int, ...]:
    """Gives for each dimension of the output the place of the input's it is, both from 0; raises DimensionError."""
    order = list(range(rank))

    def place(level: int) -> int:
        found = level - 1 if level > 0 else rank + level
        if not 0 <= found < rank:
            raise DimensionError(f"there is no level {level} in an input of rank {rank}")
        return found

    for index, item in enumerate(chosen):
        if isinstance(item, int):
            order[place(item)] = place(index + 1)
        else:
            m, n = place(item[0]), place(item[1])
            order[m], order[n] = order[n], order[m]
    return tuple(order)


def solve_transpose(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    shape, result = known.get("...s"), known.get("...t")
    if shape is not None:
        order = transposed(settings["Specification"], len(shape))
        result = known["...t"] = unify(result, tuple(shape[place] for place in order))
    if result is not None:
        order = transposed(settings["Specification"], len(result))
        known["...s"] = unify(shape, tuple(result[order.index(place)] for place in range(len(order))))


@layer(
    "TransposeLayer",
    category="Structure layers",
    arguments=(argument("Specification", transposition, ((1, 2),), shown=expression("TwoWayRule", 1, 2)),),
    ports="Input: ...s -> Output: ...t",
    solve=solve_transpose,
    passes=True,
)
def transpose_layer(call: Call, x: Any) -> Any:
    """TransposeLayer[] exchanges the first two levels of its input.
    TransposeLayer[m <-> n] exchanges the levels m and n.
    TransposeLayer[{m1 <-> n1, m2 <-> n2, …}] exchanges levels one pair after the other.
    TransposeLayer[{n1, n2, …}] makes level k of the input level nk of the output.

    Details: A negative level counts from the last in m <-> n. m -> n, as earlier programs write, is the same.

    Examples:
        >> TransposeLayer[][{{1., 2., 3.}, {4., 5., 6.}}]
        = {{1., 4.}, {2., 5.}, {3., 6.}}
        >> NetExtract[TransposeLayer[1 <-> 3, "Input" -> {1, 2, 3}], "Output"]
        = {3, 2, 1}
        >> NetExtract[TransposeLayer[1 <-> -1, "Input" -> {1, 2, 3, 4}], "Output"]
        = {4, 2, 3, 1}
        >> NetExtract[TransposeLayer[{1 <-> 3, 1 <-> 4}, "Input" -> {3, 4, 5, 6}], "Output"]
        = {6, 4, 3, 5}
        >> NetExtract[TransposeLayer[{1 -> 2, 2 -> 3}, "Input" -> {3, 4, 5}], "Output"]
        = {4, 5, 3}
        >> NetExtract[TransposeLayer[{3, 1, 2}, "Input" -> {4, 5, 6}], "Output"]
        = {5, 6, 4}
    Options: "Input":
        >> NetExtract[TransposeLayer["Input" -> {"Varying", 3}], "Output"]
        = {3, "Varying"}
    Options: "Output":
        >> NetExtract[TransposeLayer[{3, 1, 2}, "Output" -> {5, 6, 4}], "Input"]
        = {4, 5, 6}
    Possible issues:
        >> TransposeLayer[1 <-> 3, "Input" -> {2, 2}]
        = $Failed
        message: TransposeLayer::dims
        >> TransposeLayer[{1, 3}]
        = $Failed
        message: TransposeLayer::args
    Source: https://reference.wolfram.com/language/ref/TransposeLayer.html
    """
    order = transposed(call["Specification"], x.ndim - 1)
    return call.ops.transpose(x, axes=(0, *(place + 1 for place in order)))


def copies(term: Term) -> tuple[int | None, ...]:
    """Takes n or {n1, n2, …}, where a number may be Automatic (None here)."""
    items = elements(term) if is_list(term) else (term,)
    made = tuple(item if type(item) is int and item > 0 else None for item in items)
    if not items or any(n is None and item is not S.Automatic for n, item in zip(made, items, strict=True)):
        raise Unfit("a positive integer, Automatic, or a list of those")
    return made


def position(term: Term) -> int:
    if type(term) is int and term:
        return term
    raise Unfit("a level: a positive integer, or a negative one that counts from the end")


def place_of_copies(level: int, rank: int, count: int) -> int:
    """Gives how many dimensions of an input of this rank stand before the new ones; raises DimensionError."""
    place = level - 1 if level > 0 else rank + 1 + level
    if not 0 <= place <= rank:
        raise DimensionError(
            f"dimensions cannot be put at level {level} of an input of rank {rank}; the levels go from 1 to {rank + 1}"
        )
    return place


def solve_replicate(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    shape, result = known.get("...s"), known.get("...t")
    sizes, level = settings["Copies"], settings["Level"]
    count = len(sizes)
    if shape is None:
        if result is None:
            return
        if len(result) < count:
            raise Disagreement
        place = place_of_copies(level, len(result) - count, count)
        shape = (*result[:place], *result[place + count :])
    place = place_of_copies(level, len(shape), count)
    whole: Any = unify(result, (*shape[:place], *sizes, *shape[place:]))
    known["...t"], known["...s"] = whole, (*whole[:place], *whole[place + count :])


@layer(
    "ReplicateLayer",
    category="Structure layers",
    arguments=(argument("Copies", copies, required=True), argument("Level", position, 1)),
    ports="Input: ...s -> Output: ...t",
    solve=solve_replicate,
    passes=True,
)
def replicate_layer(call: Call, x: Any) -> Any:
    """ReplicateLayer[n] gives n copies of its input, as a new first dimension.
    ReplicateLayer[{n1, n2, …}] gives an array of copies of these dimensions.
    ReplicateLayer[dims, m] puts the new dimensions at level m.

    Details: A number of copies may be Automatic: it follows from what the output must be. A negative level counts from
    the end.

    Examples:
        >> ReplicateLayer[2][{1., 2., 3.}]
        = {{1., 2., 3.}, {1., 2., 3.}}
        >> ReplicateLayer[2, 2][{1., 2., 3.}]
        = {{1., 1.}, {2., 2.}, {3., 3.}}
        >> ReplicateLayer[{2, 1}][5.]
        = {{5.}, {5.}}
        >> NetExtract[ReplicateLayer[{4, 5}, -1, "Input" -> {2, 3}], "Output"]
        = {2, 3, 4, 5}
        >> NetExtract[ReplicateLayer[Automatic, "Input" -> 3, "Output" -> {7, 3}], "Output"]
        = {7, 3}
    Options: "Input":
        >> NetExtract[ReplicateLayer[2, "Input" -> {"Varying", 3}], "Output"]
        = {2, "Varying", 3}
    Options: "Output":
        >> NetExtract[ReplicateLayer[2, 2, "Output" -> {3, 2}], "Input"]
        = 3
    Possible issues:
        >> ReplicateLayer[2, 3, "Input" -> 4]
        = $Failed
        message: ReplicateLayer::dims
        >> ReplicateLayer[0]
        = $Failed
        message: ReplicateLayer::args
    Source: https://reference.wolfram.com/language/ref/ReplicateLayer.html
    """
    given, count = x.shape[1:], len(call["Copies"])
    place = place_of_copies(call["Level"], len(given), count)
    sizes = call.shape("Output")[place : place + count]
    if not all(isinstance(size, int) for size in sizes):
        raise DimensionError(f"nothing says how many copies to make of an array of dimensions {show(given)}")
    before, after = (call.batch, *given[:place]), given[place:]
    apart = call.ops.reshape(x, shape=(*before, *(1,) * count, *after))
    return call.ops.broadcast(apart, shape=(*before, *sizes, *after))


def longer(length: Dimension, by: int) -> Dimension:
    """Gives a length with some elements more (or fewer); raises DimensionError where none would be left."""
    if not isinstance(length, int):
        return length
    if length + by < 1:
        raise DimensionError(
            f"{-by} elements fewer leave nothing of a length of {length}, but inputs and outputs have one element at least"
        )
    return length + by


def solve_extended(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """The output is one element longer than the input."""
    known["u"] = unify_dimension(known.get("u"), longer(known.get("t"), 1))
    known["t"] = unify_dimension(known.get("t"), longer(known["u"], -1))


def as_elements(call: Call, x: Any) -> Any:
    """Gives an array as a sequence of one element."""
    return call.ops.reshape(x, shape=(call.batch, 1, *x.shape[1:]))


@layer(
    "AppendLayer",
    category="Structure layers",
    ports="Input: t ...s, Element: ...s -> Output: u ...s",
    solve=solve_extended,
)
def append_layer(call: Call, x: Any, element: Any) -> Any:
    """AppendLayer[] puts "Element" after the elements of "Input".

    Examples:
        >> AppendLayer[][<|"Input" -> {1., 2.}, "Element" -> 3.|>]
        = {1., 2., 3.}
        >> AppendLayer[][<|"Input" -> {{1., 2.}}, "Element" -> {3., 4.}|>]
        = {{1., 2.}, {3., 4.}}
    Options: "Input":
        >> NetExtract[AppendLayer["Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Element":
        >> NetExtract[AppendLayer["Element" -> {2, 3}, "Input" -> {5, 2, 3}], "Output"]
        = {6, 2, 3}
    Options: "Output":
        >> net = AppendLayer["Output" -> {4, 3}]; {NetExtract[net, "Input"], NetExtract[net, "Element"]}
        = {{3, 3}, 3}
    Possible issues:
        >> AppendLayer["Input" -> {2, 3}, "Element" -> 2]
        = $Failed
        message: AppendLayer::dims
    Source: https://reference.wolfram.com/language/ref/AppendLayer.html
    """
    return call.ops.concatenate(x, as_elements(call, element), axis=1)


@layer(
    "PrependLayer",
    category="Structure layers",
    ports="Input: t ...s, Element: ...s -> Output: u ...s",
    solve=solve_extended,
)
def prepend_layer(call: Call, x: Any, element: Any) -> Any:
    """PrependLayer[] puts "Element" before the elements of "Input".

    Examples:
        >> PrependLayer[][<|"Input" -> {1., 2.}, "Element" -> 3.|>]
        = {3., 1., 2.}
        >> PrependLayer[][<|"Input" -> {{1., 2.}}, "Element" -> {3., 4.}|>]
        = {{3., 4.}, {1., 2.}}
    Options: "Input":
        >> NetExtract[PrependLayer["Input" -> {"Varying", 3}], "Output"]
        = {"Varying", 3}
    Options: "Element":
        >> NetExtract[PrependLayer["Element" -> {2, 3}, "Input" -> {5, 2, 3}], "Output"]
        = {6, 2, 3}
    Options: "Output":
        >> NetExtract[PrependLayer["Output" -> 4], "Element"]
        = "Real"
    Possible issues:
        >> PrependLayer["Input" -> "Real"]
        = $Failed
        message: PrependLayer::dims
    Source: https://reference.wolfram.com/language/ref/PrependLayer.html
    """
    return call.ops.concatenate(as_elements(call, element), x, axis=1)
