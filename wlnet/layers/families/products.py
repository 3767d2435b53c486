"""Products of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.families.rearranging import TRANSPOSITIONS, Transposition, transposed, transposition
from wlnet.layers.families.structure import names_of_inputs
from wlnet.layers.settings import Unfit, argument
from wlnet.nets.dimensions import Disagreement, Shape, show, unify, unify_dimension
from wlnet.terms import NONE, S, Term, elements, is_list


def transpositions(term: Term) -> tuple[Transposition, ...]:
    """Takes {spec1, spec2, …}, each None or what TransposeLayer takes; Automatic or None for none at all."""
    if term is S.Automatic or term is NONE:
        return ()
    if not is_list(term) or not elements(term):
        raise Unfit("{spec1, spec2, …} with a spec for each input: None, " + TRANSPOSITIONS)
    return tuple(() if item is NONE else transposition(item) for item in elements(term))


def order_of(chosen: tuple[Transposition, ...], index: int, rank: int) -> tuple[int, ...]:
    """Gives for each dimension of input `index`, transposed, the place of the input's it is; raises DimensionError."""
    return transposed(chosen[index] if index < len(chosen) else (), rank)


def dot_ports(settings: Mapping[str, Any]) -> str:
    inputs = names_of_inputs(settings)
    return ", ".join(f"{name}: ...s{i}" for i, name in enumerate(inputs)) + " -> Output: ...t"


def solve_dot(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """The last dimension of each input, transposed, is the first of the next; the others stay."""
    count, chosen = settings.get("inputs") or 0, settings["Transpositions"]
    if chosen and count and len(chosen) != count:
        raise DimensionError(f"there are {len(chosen)} specifications of transpositions, but {count} inputs")
    shapes: list[Shape] = [known.get(f"...s{i}") for i in range(count)]
    orders = [order_of(chosen, i, len(shape or ())) if shape is not None else () for i, shape in enumerate(shapes)]
    shapes = [shape and tuple(shape[i] for i in order) for shape, order in zip(shapes, orders, strict=True)]
    if not meet(shapes):
        return
    for index, (shape, order) in enumerate(zip(shapes, orders, strict=True)):
        known[f"...s{index}"] = shape and tuple(shape[order.index(place)] for place in range(len(order)))
    if shapes and None not in shapes:
        result: tuple[Any, ...] = shapes[0] or ()
        for shape in shapes[1:]:
            assert shape is not None
            result = (*result[:-1], *shape[1:])
        known["...t"] = unify(known.get("...t"), result)


def meet(shapes: list[Shape]) -> bool:
    """Unifies the dimensions that are summed over, in place; False where shapes are missing; raises DimensionError."""
    for index, right in enumerate(shapes[1:]):
        left = shapes[index]
        if left is None or right is None:
            return False
        if not left or not right:
            raise DimensionError("a number cannot be multiplied by Dot; use Times")
        try:
            inner = unify_dimension(left[-1], right[0])
        except Disagreement:
            raise DimensionError(
                f"the last dimension of input {index + 1} {show(left)} must be the first dimension of input {index + 2} "
                f"{show(right)}"
            ) from None
        shapes[index] = (*left[:-1], inner)
        shapes[index + 1] = (inner, *right[1:])
    return True


@layer(
    "DotLayer",
    category="Array operation layers",
    arguments=(argument("Transpositions", transpositions, ()),),
    ports=dot_ports,
    solve=solve_dot,
    variadic=True,
)
def dot_layer(call: Call, *inputs: Any) -> Any:
    """DotLayer[] multiplies its inputs by Dot: the last dimension of each is the first of the next.
    DotLayer[{spec1, spec2, …}] transposes each input first, as TransposeLayer[spec] does; None leaves it as it is.

    Examples:
        >> DotLayer[][{{{1., 2.}, {3., 4.}}, {1., 1.}}]
        = {3., 7.}
        >> DotLayer[][{{1., 2.}, {3., 4.}}]
        = 11.
        >> DotLayer[{None, 1 <-> 2}][{{{1., 2.}}, {{3., 4.}, {5., 6.}}}]
        = {{11., 17.}}
        >> DotLayer[{{2, 1}, None}][{{{1., 2.}, {3., 4.}}, {1., 1.}}]
        = {4., 6.}
        >> NetExtract[DotLayer[{{1 <-> 2, 2 <-> 3}, None}, InputPorts -> {{2, 3, 4}, {2, 5}}], "Output"]
        = {3, 4, 5}
        >> NetExtract[DotLayer[{1 <-> 3, None}, InputPorts -> {{2, 3, 4}, {2, 5}}], "Output"]
        = {4, 3, 5}
        >> NetExtract[DotLayer[InputPorts -> {{"Varying", 3}, {3, 4}}], "Output"]
        = {"Varying", 4}
    Options: InputPorts:
        >> NetExtract[DotLayer[InputPorts -> {{2, 3}, {3, 4}}], "Output"]
        = {2, 4}
    Options: "Output":
        >> NetExtract[DotLayer[InputPorts -> 2, "Output" -> {2, 4}], "Output"]
        = {2, 4}
    Possible issues:
        >> DotLayer[InputPorts -> {{2, 3}, {2, 3}}]
        = $Failed
        message: DotLayer::dims
        >> DotLayer[{None}, InputPorts -> {{2, 3}, {3, 2}}]
        = $Failed
        message: DotLayer::dims
        >> DotLayer[1 <-> 2]
        = $Failed
        message: DotLayer::args
    Source: https://reference.wolfram.com/language/ref/DotLayer.html
    """
    ops, batch, chosen = call.ops, call.batch, call["Transpositions"]
    made = []
    for index, x in enumerate(inputs):
        order = order_of(chosen, index, x.ndim - 1)
        plain = order == tuple(range(len(order)))
        made.append(x if plain else ops.transpose(x, axes=(0, *(place + 1 for place in order))))
    result = made[0]
    for right in made[1:]:
        inner = right.shape[1]
        outer = (*result.shape[1:-1], *right.shape[2:])
        rows = ops.reshape(result, shape=(batch, -1, inner))
        columns = ops.reshape(right, shape=(batch, inner, -1))
        result = ops.reshape(ops.matmul(rows, columns), shape=(batch, *outer))
    return result
