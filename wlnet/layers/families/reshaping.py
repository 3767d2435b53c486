"""Layers that give the elements of an array other dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument, text
from wlnet.nets.dimensions import VARYING, Shape, flat, show, size, unify
from wlnet.terms import S, Symbol, Term, elements, is_list

Levels = tuple[tuple[int, ...], ...]

FLATTENINGS = "a positive or negative integer, Infinity, or {{s11, s12, …}, {s21, …}, …} with different levels"


def flattening(term: Term) -> float | Levels:
    """Takes a level (negative from the end), Infinity for all, or lists of levels, each of which becomes one."""
    if type(term) is int and term != 0:
        return term
    if term is S.Infinity or (getattr(term, "head", None) is S.DirectedInfinity):
        return float("inf")
    if not is_list(term) or not elements(term) or not all(is_list(item) for item in elements(term)):
        raise Unfit(FLATTENINGS)
    made = tuple(tuple(elements(item)) for item in elements(term))
    every = [level for item in made for level in item]
    if not all(type(level) is int and level > 0 for level in every) or len(set(every)) < len(every) or () in made:
        raise Unfit(FLATTENINGS)
    return made


def groups(chosen: float | Levels, rank: int) -> Levels:
    """Gives for each dimension of the output the places, from 0, of the dimensions that it is made of."""
    every = tuple(range(rank))
    if isinstance(chosen, tuple):
        made = tuple(tuple(level - 1 for level in item) for item in chosen)
        used = [place for item in made for place in item]
        if max(used) >= rank:
            raise DimensionError(f"there is no level {max(used) + 1} in an input of rank {rank}")
        return (*made, *((place,) for place in every if place not in used))
    count = int(min(rank, abs(chosen) + 1))
    if chosen > 0:
        return (every[:count], *((place,) for place in every[count:]))
    return (*((place,) for place in every[: rank - count]), every[rank - count :])


def completed(shape: tuple[Any, ...], total: Any) -> tuple[Any, ...]:
    """Gives the shape with its only unknown dimension, where it follows from the number of all elements."""
    if not isinstance(total, int) or shape.count(None) != 1 or VARYING in shape:
        return shape
    rest = size(tuple(dimension for dimension in shape if dimension is not None)) or 1
    if total % rest:
        raise DimensionError(f"{total} elements cannot be arranged in dimensions {show(shape)}")
    return tuple(total // rest if dimension is None else dimension for dimension in shape)


def solve_flatten(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    shape = known.get("...s")
    if shape is None:
        return
    made = groups(settings["Levels"], len(shape))
    result = unify(known.get("...t"), tuple(flat(tuple(shape[place] for place in item)) for item in made))
    found = dict(enumerate(shape))
    for item, total in zip(made, result or (), strict=True):
        found.update(zip(item, completed(tuple(shape[place] for place in item), total), strict=True))
    known["...s"], known["...t"] = tuple(found.values()), result


@layer(
    "FlattenLayer",
    category="Structure layers",
    arguments=(argument("Levels", flattening, float("inf")),),
    ports="Input: ...s -> Output: ...t",
    solve=solve_flatten,
    passes=True,
)
def flatten_layer(call: Call, x: Any) -> Any:
    """FlattenLayer[] flattens its input into a vector.
    FlattenLayer[n] makes one dimension of the first n + 1.
    FlattenLayer[-n] makes one dimension of the last n + 1.
    FlattenLayer[{{s11, s12, …}, {s21, …}, …}] makes the first dimension of the levels s11, s12, …, the next of s21, ….

    Details: As with Flatten, levels that are not in the lists come after those that are.

    Examples:
        >> FlattenLayer[][{{1., 2.}, {3., 4.}}]
        = {1., 2., 3., 4.}
        >> NetExtract[FlattenLayer[1, "Input" -> {2, 3, 4}], "Output"]
        = {6, 4}
        >> NetExtract[FlattenLayer[-1, "Input" -> {2, 3, 4}], "Output"]
        = {2, 12}
        >> FlattenLayer[{{2, 1}}][{{1., 2.}, {3., 4.}}]
        = {1., 3., 2., 4.}
        >> FlattenLayer[{{2}, {1}}][{{1., 2.}, {3., 4.}}]
        = {{1., 3.}, {2., 4.}}
        >> NetExtract[FlattenLayer[{{1, 3}}, "Input" -> {2, 3, 4}], "Output"]
        = {8, 3}
    Options: "Input":
        >> NetExtract[FlattenLayer["Input" -> {2, 3, 4}], "Output"]
        = 24
        >> FlattenLayer["Input" -> {"Varying", 2}][{{{1, 2}}, {{1, 2}, {3, 4}}}]
        = {{1., 2.}, {1., 2., 3., 4.}}
    Options: "Output":
        >> NetExtract[FlattenLayer["Input" -> {2, Automatic}, "Output" -> 6], "Input"]
        = {2, 3}
    Possible issues:
        >> FlattenLayer["Input" -> {2, 2}, "Output" -> 5]
        = $Failed
        message: FlattenLayer::dims
        >> FlattenLayer[{{1, 4}}, "Input" -> {2, 2}]
        = $Failed
        message: FlattenLayer::dims
        >> FlattenLayer[{{1, 1}}]
        = $Failed
        message: FlattenLayer::args
    Source: https://reference.wolfram.com/language/ref/FlattenLayer.html
    """
    made = groups(call["Levels"], x.ndim - 1)
    order = [place for item in made for place in item]
    sizes = [flat(tuple(x.shape[place + 1] for place in item)) for item in made]
    if order != sorted(order):
        x = call.ops.transpose(x, axes=(0, *(place + 1 for place in order)))
    return call.ops.reshape(x, shape=(call.batch, *sizes))


REFERENCE = "ReferenceShape"


def reshape_target(term: Term) -> Any:
    """Takes {n1, …} with integers, Inherited, Automatic (one at most) or All (one at most), or "ReferenceShape"."""
    if text(term) == REFERENCE:
        return REFERENCE
    names = {S.Inherited: "Inherited", S.Automatic: "Automatic", S.All: "All"}
    items = elements(term) if is_list(term) else None
    if items is None:
        raise Unfit(f'a list of dimensions, or "{REFERENCE}"')
    made = tuple(
        item if type(item) is int and item > 0 else names.get(item) if type(item) is Symbol else None for item in items
    )
    if None in made or made.count("Automatic") > 1 or made.count("All") > 1:
        raise Unfit("a list of positive integers, Inherited, and at most one Automatic and one All")
    return made


def rest_of(shape: tuple[Any, ...], target: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    """Gives what All at a place of the target stands for: the dimensions of the input from that place on, or those last
    ones with which the numbers of elements agree.
    """
    others = tuple(shape[index] if item == "Inherited" else item for index, item in enumerate(target) if item != "All")
    if "Automatic" not in others and size(shape) is not None and size(others) is not None:
        for start in (min(place, len(shape)), *range(len(shape) + 1)):
            if size((*others, *shape[start:])) == size(shape):
                return shape[start:]
    return shape[place:]


def reshaped(target: tuple[Any, ...], shape: tuple[Any, ...]) -> tuple[Any, ...]:
    """Gives the dimensions that a reshape target means for an input of these dimensions."""
    made: list[Any] = []
    left, fixed = list(shape), []
    for index, item in enumerate(target):
        if item == "Inherited":
            if index >= len(shape):
                raise DimensionError(f"the input {show(shape)} has no dimension {index + 1} to inherit")
            made.append(shape[index])
            left.remove(shape[index])
        elif item == "All":
            made.extend(rest := rest_of(shape, target, index))
            left = left[: len(left) - len(rest)]
        else:
            made.append(item)
            fixed.append(item)
    if "Automatic" in made:
        made[made.index("Automatic")] = what_is_left(left, [item for item in fixed if item != "Automatic"])
    result = tuple(made)
    if size(shape) is not None and size(result) is not None and size(shape) != size(result):
        raise DimensionError(
            f"an input of dimensions {show(shape)} has {size(shape)} elements, and cannot become {show(result)} "
            f"with {size(result)}"
        )
    return result


def what_is_left(given: list[Any], taken: list[int]) -> Any:
    """Gives the one dimension that is left of some, of which others are made."""
    total, rest = size(tuple(given)), size(tuple(taken))
    if total is None or not rest:
        return VARYING if VARYING in given else None
    if total % rest:
        raise DimensionError(f"{total} elements cannot be arranged in rows of {rest}")
    return total // rest


def solve_reshape(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    shape: Shape = known.get("...s")
    target = settings["Dimensions"]
    if target == REFERENCE:
        check_sizes(shape, known.get("...t"))
    elif shape is not None:
        known["...t"] = unify(known.get("...t"), reshaped(target, shape))
    elif all(isinstance(item, int) for item in target):
        known["...t"] = unify(known.get("...t"), target)
    result: Shape = known.get("...t")
    if shape is not None and result is not None:
        known["...s"] = completed(shape, size(result))
        known["...t"] = completed(result, size(shape))


def check_sizes(shape: Shape, result: Shape) -> None:
    """Raises DimensionError where two shapes have different numbers of elements."""
    counts = [None if given is None else size(given) for given in (shape, result)]
    if None not in counts and counts[0] != counts[1]:
        raise DimensionError(f"an input of dimensions {show(shape)} cannot become {show(result)}")


def reshape_ports(settings: Mapping[str, Any]) -> str:
    reference = f", {REFERENCE}: ...t" if settings["Dimensions"] == REFERENCE else ""
    return f"Input: ...s{reference} -> Output: ...t"


@layer(
    "ReshapeLayer",
    category="Structure layers",
    arguments=(argument("Dimensions", reshape_target, (), required=True),),
    ports=reshape_ports,
    solve=solve_reshape,
    passes=True,
)
def reshape_layer(call: Call, x: Any, reference: Any = None) -> Any:
    """ReshapeLayer[{n1, n2, …}] arranges the elements of its input in these dimensions.
    ReshapeLayer["ReferenceShape"] arranges them in the dimensions of what comes at the port "ReferenceShape".

    Details: A dimension may be Inherited (as in the input), Automatic (what is left) or All (all further dimensions of
    the input; where the numbers of elements do not agree then, as many of its last dimensions as make them agree). {} makes a
    number of a single element. Nothing but the dimensions of "ReferenceShape" matters.

    Examples:
        >> ReshapeLayer[{2, 2}][{1., 2., 3., 4.}]
        = {{1., 2.}, {3., 4.}}
        >> NetExtract[ReshapeLayer[{Automatic, 2}, "Input" -> 6], "Output"]
        = {3, 2}
        >> NetExtract[ReshapeLayer[{Inherited, Automatic}, "Input" -> {2, 3, 4}], "Output"]
        = {2, 12}
        >> NetExtract[ReshapeLayer[{Inherited, 2, Automatic}, "Input" -> {"Varying", 6}], "Output"]
        = {"Varying", 2, 3}
        >> NetExtract[ReshapeLayer[{2, 3, All}, "Input" -> {6, 4, 5}], "Output"]
        = {2, 3, 4, 5}
        >> ReshapeLayer[{}][{5.}]
        = 5.
        >> ReshapeLayer["ReferenceShape"][<|"Input" -> {1., 2., 3., 4.}, "ReferenceShape" -> {{0, 0}, {0, 0}}|>]
        = {{1., 2.}, {3., 4.}}
    Options: "Input":
        >> NetExtract[ReshapeLayer[{1, All}, "Input" -> {1, 3}], "Output"]
        = {1, 3}
    Options: "ReferenceShape":
        >> NetExtract[ReshapeLayer["ReferenceShape", "ReferenceShape" -> {2, 3}], "Output"]
        = {2, 3}
    Options: "Output":
        >> NetExtract[ReshapeLayer[{Automatic, 2}, "Output" -> {3, 2}], "Output"]
        = {3, 2}
    Possible issues:
        >> ReshapeLayer[{2, 2}, "Input" -> 5]
        = $Failed
        message: ReshapeLayer::dims
        >> ReshapeLayer["ReferenceShape", "Input" -> 5, "ReferenceShape" -> {2, 3}]
        = $Failed
        message: ReshapeLayer::dims
        >> ReshapeLayer[{Automatic, Automatic}]
        = $Failed
        message: ReshapeLayer::args
    Source: https://reference.wolfram.com/language/ref/ReshapeLayer.html
    """
    given = x.shape[1:]
    if reference is None:
        return call.ops.reshape(x, shape=(call.batch, *reshaped(call["Dimensions"], given)))
    check_sizes(given, reference.shape[1:])
    return call.ops.reshape(x, shape=(call.batch, *reference.shape[1:]))
