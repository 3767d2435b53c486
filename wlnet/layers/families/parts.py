"""Layers that give parts of arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wlnet.errors import DimensionError
from wlnet.layers.declare import Call, layer
from wlnet.layers.settings import Unfit, argument
from wlnet.nets.dimensions import VARYING, Dimension, Disagreement, Port, Shape, show, unify
from wlnet.terms import S, Term, elements, is_head, is_list

PARTS = "a position i, a span i ;; j or i ;; j ;; k that is not empty, All, or a list of those, one for each level"


class Span(NamedTuple):
    """Elements from `first` to `last` (both positions from 1, or negative from the end) in steps of `step`."""

    first: int
    last: int
    step: int

    def length(self, of: Dimension) -> Dimension:
        """Gives the number of elements in a sequence of a length; raises DimensionError where there are none."""
        first, last = self.first, self.last
        if isinstance(of, int):
            first, last = (place if place > 0 else of + place + 1 for place in (first, last))
            if not (1 <= first <= of and 1 <= last <= of):
                raise DimensionError(f"the span {self} does not lie in {of} elements")
        elif (first > 0) != (last > 0):
            return of
        if (last - first) * self.step < 0:
            raise DimensionError(f"the span {self} is empty, and there are no empty arrays in nets")
        return abs(last - first) // abs(self.step) + 1

    def slice(self, of: int) -> slice:
        """Gives the slice of a sequence of a length; raises DimensionError where it would be empty."""
        self.length(of)
        first, last = (place - 1 if place > 0 else of + place for place in (self.first, self.last))
        if self.step > 0:
            return slice(first, last + 1, self.step)
        return slice(first, last - 1 if last else None, self.step)

    @property
    def is_everything(self) -> bool:
        return self.first == 1 and self.last == -1 and self.step == 1

    def __str__(self) -> str:
        return f"{self.first} ;; {self.last}" + (f" ;; {self.step}" if self.step != 1 else "")


def parts(term: Term) -> tuple[int | Span, ...]:
    """Takes a part of the first level, or a list of parts of the first levels."""
    return tuple(map(one_part, elements(term))) if is_list(term) else (one_part(term),)


def one_part(term: Term) -> int | Span:
    if type(term) is int and term:
        return term
    if term is S.All:
        return Span(1, -1, 1)
    if not is_head(term, S.Span) or not 2 <= len(term.args) <= 3:
        raise Unfit(PARTS)
    first, last, step = (*term.args, 1)[:3]
    step = 1 if step is S.All else step
    if type(step) is not int or not step:
        raise Unfit(PARTS)
    backwards = step < 0
    if last is S.All:
        first, last = (-1 if backwards and first == 1 else first), (1 if backwards else -1)
    first = 1 if first is S.All else first
    if type(first) is not int or type(last) is not int or not first or not last:
        raise Unfit(PARTS)
    made = Span(first, last, step)
    try:
        made.length(None)
    except DimensionError:
        raise Unfit(PARTS) from None
    return made


def lengths(chosen: Sequence[int | Span], shape: Sequence[Dimension]) -> Shape:
    """Gives the dimensions of a part of an array; raises DimensionError."""
    if len(chosen) > len(shape):
        raise DimensionError(
            f"an input of dimensions {show(tuple(shape))} has no {len(chosen)} levels to take parts of"
        )
    made: list[Dimension] = []
    for item, size in zip(chosen, shape, strict=False):
        if isinstance(item, Span):
            made.append(item.length(size))
        elif isinstance(size, int) and abs(item) > size:
            raise DimensionError(f"there is no part {item} in the {size} elements of the input")
    return (*made, *shape[len(chosen) :])


def whole(chosen: Sequence[int | Span], result: Sequence[Dimension]) -> Shape:
    """Gives what the dimensions of a part say of the array's; raises Disagreement."""
    rest = list(result)
    if sum(isinstance(item, Span) for item in chosen) > len(rest):
        raise Disagreement
    made: list[Dimension] = []
    for item in chosen:
        length = rest.pop(0) if isinstance(item, Span) else None
        made.append(length if isinstance(item, Span) and item.is_everything else None)
    return (*made, *rest)


def solve_part(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    chosen, shape, result = settings["Parts"], known.get("...s"), known.get("...t")
    if result is not None:
        shape = known["...s"] = unify(shape, whole(chosen, result))
    if shape is not None:
        known["...t"] = unify(result, lengths(chosen, shape))


@layer(
    "PartLayer",
    category="Structure layers",
    arguments=(argument("Parts", parts, required=True),),
    ports="Input: ...s -> Output: ...t",
    solve=solve_part,
    passes=True,
)
def part_layer(call: Call, x: Any) -> Any:
    """PartLayer[i] gives element i of its input.
    PartLayer[i ;; j] gives the elements i to j, PartLayer[i ;; j ;; k] every k-th of them.
    PartLayer[{spec1, spec2, …}] gives the parts spec1 at level 1, spec2 at level 2, …; All is everything of a level.

    Details: Negative positions count from the end. There are no empty arrays in nets, so that a span must not be empty.

    Examples:
        >> PartLayer[2][{1., 2., 3.}]
        = 2.
        >> PartLayer[2 ;; -1][{1., 2., 3., 4.}]
        = {2., 3., 4.}
        >> PartLayer[1 ;; -1 ;; 2][{1., 2., 3., 4.}]
        = {1., 3.}
        >> PartLayer[;; ;; -1][{1., 2., 3.}]
        = {3., 2., 1.}
        >> PartLayer[{All, -1}][{{1., 2.}, {3., 4.}}]
        = {2., 4.}
        >> NetExtract[PartLayer[{2 ;; 3, 1}, "Input" -> {4, 5, 6}], "Output"]
        = {2, 6}
    Options: "Input":
        >> NetExtract[PartLayer[-2 ;; -1, "Input" -> {"Varying", 3}], "Output"]
        = {2, 3}
        >> NetExtract[PartLayer[2 ;; All, "Input" -> "Varying"], "Output"]
        = "Varying"
    Options: "Output":
        >> NetExtract[PartLayer[{All, 1}, "Output" -> {2, 3}], "Input"]
        = {2, Automatic, 3}
    Possible issues:
        >> PartLayer[3 ;; 2]
        = $Failed
        message: PartLayer::args
        >> PartLayer[5, "Input" -> 3]
        = $Failed
        message: PartLayer::dims
        >> PartLayer[3, "Input" -> "Varying"][{1., 2.}]
        = $Failed
        message: PartLayer::dims
    Source: https://reference.wolfram.com/language/ref/PartLayer.html
    """
    chosen = call["Parts"]
    lengths(chosen, x.shape[1:])
    index = [
        item.slice(size) if isinstance(item, Span) else item - 1 if item > 0 else item
        for item, size in zip(chosen, x.shape[1:], strict=False)
    ]
    return call.ops.part(x, index=(slice(None), *index))


def solve_extract(settings: Mapping[str, Any], known: dict[str, Any]) -> None:
    """The last dimension of the positions says how many levels of the input they go down."""
    shape, positions, result = known.get("...s"), known.get("...p"), known.get("...t")
    if positions is None or (positions and positions[-1] is None):
        return
    depth = positions[-1] if positions else 1
    rows = positions[:-1]
    if depth is VARYING:
        raise DimensionError("positions must all have one length: how many levels of the input they go down")
    if shape is not None and depth > len(shape):
        raise DimensionError(f"positions of length {depth} go deeper than an input of dimensions {show(shape)}")
    if shape is not None:
        result = known["...t"] = unify(result, (*rows, *shape[depth:]))
    if result is not None:
        if len(result) < len(rows):
            raise Disagreement
        known["...s"] = unify(shape, (*(None,) * depth, *result[len(rows) :]))
        known["...p"] = unify(positions, (*result[: len(rows)], *positions[len(rows) :]))


@layer(
    "ExtractLayer",
    category="Structure layers",
    ports="Input: ...s, Position: ...p -> Output: ...t",
    elements={"Position": Port(element="Integer")},
    solve=solve_extract,
)
def extract_layer(call: Call, x: Any, positions: Any) -> Any:
    """ExtractLayer[] gives the parts of "Input" at the positions in "Position".

    Details: "Position" is an integer, one position {i, j, …}, or an array of positions; they may go down all levels of the
    input or the first of them. Negative integers count from the end.

    Examples:
        >> ExtractLayer["Input" -> 5, "Position" -> "Integer"][<|"Input" -> {1., 2., 3., 4., 5.}, "Position" -> -2|>]
        = 4.
        >> ExtractLayer["Input" -> {5, 5}, "Position" -> 2][<|"Input" -> Partition[Range[25.], 5], "Position" -> {2, 3}|>]
        = 8.
        >> ExtractLayer["Input" -> 6, "Position" -> {2, 1}][<|"Input" -> {1., 2., 3., 4., 5., 6.}, "Position" -> {{3}, {-1}}|>]
        = {3., 6.}
    Options: "Input":
        >> NetExtract[ExtractLayer["Input" -> {5, 6, 7}, "Position" -> {4, 2}], "Output"]
        = {4, 7}
    Options: "Position":
        >> NetExtract[ExtractLayer["Input" -> {5, 6, 7}, "Position" -> {"Varying", 1}], "Output"]
        = {"Varying", 6, 7}
    Options: "Output":
        >> NetExtract[ExtractLayer["Position" -> {4, 1}, "Output" -> {4, 7}, "Input" -> {8, Automatic}], "Input"]
        = {8, 7}
    Possible issues:
        >> ExtractLayer["Input" -> 3, "Position" -> "Integer"][<|"Input" -> {1., 2., 3.}, "Position" -> 4|>]
        = $Failed
        message: ExtractLayer::data
        >> ExtractLayer["Input" -> 3, "Position" -> 2]
        = $Failed
        message: ExtractLayer::dims
    Source: https://reference.wolfram.com/language/ref/ExtractLayer.html
    """
    if positions.ndim == 1:
        positions = call.ops.reshape(positions, shape=(call.batch, 1))
    return call.ops.extract(x, positions)
