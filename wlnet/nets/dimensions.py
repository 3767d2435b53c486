"""Dimensions of ports and arrays, which may be known only in part, and their unification.

A shape is None (nothing known, not even the rank) or a tuple of dimensions: an int, VARYING (a length that may differ
from example to example), or None (not known yet).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, TypeAlias


class Varying:
    """The type of VARYING."""

    __slots__ = ()

    def __repr__(self) -> str:
        return '"Varying"'

    def __reduce__(self) -> str:
        return "VARYING"


VARYING = Varying()

Dimension: TypeAlias = int | Varying | None
Shape: TypeAlias = tuple[Dimension, ...] | None


@dataclass(frozen=True, slots=True)
class Port:
    """What goes in or comes out at a port: its shape, the kind of its numbers, and a coder.

    element: "Real" or "Integer"; limit: the largest integer of an "Integer" port, or None; coder: the encoder of an
    input, the decoder of an output, or None; least: the smallest integer, where there is a largest; lengths: the names
    of the dimensions that its maker named, "" for any other: those of one name are equal at all ports of the net.
    """

    shape: Shape = None
    element: str = "Real"
    limit: int | None = None
    coder: Any = None
    least: int = 1
    lengths: tuple[str, ...] = ()

    def with_shape(self, shape: Shape) -> Port:
        return self if shape == self.shape else replace(self, shape=shape)

    def __str__(self) -> str:
        return describe(self.shape, self.element, self.lengths)


class Disagreement(Exception):
    """Two shapes that cannot be one."""


def unify(a: Shape, b: Shape) -> Shape:
    """Gives what two shapes that must be equal say together; raises Disagreement."""
    if a is None or a == b:
        return b
    if b is None:
        return a
    if len(a) != len(b):
        raise Disagreement
    return tuple(map(unify_dimension, a, b))


def unify_dimension(a: Dimension, b: Dimension) -> Dimension:
    """Unifies two dimensions; a fixed length is more special than VARYING."""
    if a is None or a == b:
        return b
    if b is None:
        return a
    if a is VARYING:
        return b
    if b is VARYING:
        return a
    raise Disagreement


def fits(shape: Sequence[Dimension], given: tuple[int, ...]) -> bool:
    """Tells whether an array of these dimensions has the shape."""
    return len(shape) == len(given) and all(
        want is None or want is VARYING or want == have for want, have in zip(shape, given, strict=True)
    )


def is_known(shape: Shape) -> bool:
    """Tells whether every dimension is known (VARYING counts as known)."""
    return shape is not None and None not in shape


def size(shape: Shape) -> int | None:
    """Gives the number of elements, or None where it is not fixed or not known."""
    if shape is None:
        return None
    total = 1
    for dimension in shape:
        if not isinstance(dimension, int):
            return None
        total *= dimension
    return total


def flat(shape: Shape) -> Dimension:
    """Gives the number of elements as a dimension: VARYING where a length varies, None where it is not known."""
    return VARYING if shape is not None and VARYING in shape else size(shape)


def show(shape: Shape) -> str:
    """Gives a shape as the language writes it, such as {3, 28, 28}; a dimension not known yet is _."""
    if shape is None:
        return "{…}"
    return "{" + ", ".join("_" if d is None else str(d) for d in shape) + "}"


def describe(shape: Shape, element: str = "Real", lengths: Sequence[str] = ()) -> str:
    """Gives a shape in words, such as "vector (size: 3)"; a length that varies is n, or what it is called in `lengths`."""
    of = " of integers" if element == "Integer" else ""
    if shape is None:
        return "array" + of
    if not shape:
        return "integer" if of else "real"
    named = zip_longest(shape, lengths[: len(shape)], fillvalue="")
    sizes = "×".join((name or "n") if d is VARYING else "?" if d is None else str(d) for d, name in named)
    if len(shape) == 1:
        return f"vector{of} (size: {sizes})"
    return f"{'matrix' if len(shape) == 2 else f'{len(shape)}-tensor'}{of} (size: {sizes})"
