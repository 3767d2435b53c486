"""The dimension notation of layer declarations, solved in both directions.

    "Input: c ...s -> Output: o ...t"       ports
    "(...o) (...s)"                         an array

A name is one dimension, `...s` any number of them, `(...s)` the product of those, a number itself. `Name?: …` marks an
input that is optional. An empty right side (`Loss:`) is a scalar; `*` after the colon means that any shape will do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from wlnet.nets.dimensions import Dimension, Disagreement, Shape, flat, size, unify, unify_dimension

Bindings = dict[str, Any]
"""Name → dimension (int, VARYING), or `...name` → shape, as far as known."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One parsed right side: `items` are (kind, value), kind one of "one", "many", "product", "literal"."""

    items: tuple[tuple[str, Any], ...]
    anything: bool = False

    @property
    def names(self) -> set[str]:
        return {value for kind, value in self.items if kind != "literal"}


TOKEN = re.compile(r"\(\s*\.\.\.(\w+)\s*\)|\.\.\.(\w+)|(\d+)|([A-Za-z_]\w*)")


@cache
def parse_pattern(text: str) -> Pattern:
    """Parses the notation of one port or array."""
    if text.strip() == "*":
        return Pattern((), anything=True)
    items: list[tuple[str, Any]] = []
    for product, many, number, one in TOKEN.findall(text):
        if product:
            items.append(("product", product))
        elif many:
            items.append(("many", many))
        elif number:
            items.append(("literal", int(number)))
        else:
            items.append(("one", one))
    return Pattern(tuple(items))


@cache
def parse_ports(text: str) -> tuple[dict[str, Pattern], dict[str, Pattern]]:
    """Parses `"A: …, B: … -> C: …"` into the patterns of the inputs and of the outputs."""
    left, _, right = text.partition("->")
    sides = []
    for side in (left, right):
        ports = {}
        for item in filter(None, (part.strip() for part in side.split(","))):
            name, _, pattern = item.partition(":")
            ports[name.strip()] = parse_pattern(pattern)
        sides.append(ports)
    return sides[0], sides[1]


def bind(pattern: Pattern, shape: Shape, known: Bindings) -> None:
    """Learns from a shape what the names of its pattern stand for; raises Disagreement."""
    if shape is None or pattern.anything:
        return
    items = pattern.items
    unbound = [value for kind, value in items if kind == "many" and known.get("..." + value) is None]
    fixed = sum(1 if kind != "many" else len(known.get("..." + value) or ()) for kind, value in items)
    spare = len(shape) - fixed
    if spare < 0 or (spare > 0 and not unbound) or len(unbound) > 1:
        if len(unbound) > 1:
            return
        raise Disagreement
    position = 0
    for kind, value in items:
        if kind == "many":
            key = "..." + value
            found = known.get(key)
            length = spare if found is None else len(found)
            known[key] = unify(found, shape[position : position + length])
            position += length
            continue
        dimension = shape[position]
        position += 1
        if kind == "one":
            known[value] = unify_dimension(known.get(value), dimension)
        elif kind == "literal":
            unify_dimension(value, dimension)
        else:
            bind_product(value, dimension, known)


def bind_product(name: str, dimension: Dimension, known: Bindings) -> None:
    """Learns from the product of the dimensions of `...name`: it checks them, or gives the only unknown one."""
    if not isinstance(dimension, int):
        return
    factors = known.get("..." + name)
    if factors is None:
        known.setdefault("product " + name, dimension)
        if known["product " + name] != dimension:
            raise Disagreement
        return
    open_places = [i for i, d in enumerate(factors) if not isinstance(d, int)]
    if not open_places:
        if size(factors) != dimension:
            raise Disagreement
    elif len(open_places) == 1 and factors[open_places[0]] is None:
        rest = size(tuple(d for d in factors if isinstance(d, int))) or 1
        if dimension % rest:
            raise Disagreement
        known["..." + name] = tuple(dimension // rest if d is None else d for d in factors)


def express(pattern: Pattern, known: Bindings) -> Shape:
    """Gives the shape of a pattern as far as its names are known."""
    if pattern.anything:
        return None
    shape: list[Dimension] = []
    for kind, value in pattern.items:
        if kind == "many":
            found = known.get("..." + value)
            if found is None:
                return None
            shape.extend(found)
        elif kind == "one":
            shape.append(known.get(value))
        elif kind == "literal":
            shape.append(value)
        else:
            factors = known.get("..." + value)
            product = flat(factors)
            shape.append(product if product is not None else known.get("product " + value))
    return tuple(shape)


def outline(pattern: Pattern, known: Bindings) -> str:
    """Gives the shape of a pattern as the language writes it, with … for any number of dimensions not known yet."""
    if pattern.anything:
        return "{…}"
    shown: list[str] = []
    for item in pattern.items:
        if item[0] == "many" and known.get("..." + item[1]) is None:
            shown.append("…")
            continue
        part = express(Pattern((item,)), known)
        assert part is not None
        shown.extend("_" if dimension is None else str(dimension) for dimension in part)
    return "{" + ", ".join(shown) + "}"


@lru_cache(maxsize=4096)
def solve_patterns(
    patterns: tuple[Pattern, ...], given: tuple[tuple[str, Any], ...], shapes: tuple[Shape, ...]
) -> tuple[Shape, ...] | None:
    """Gives the shapes of patterns that share their names, as far as they follow; None where they disagree.

    given: what some names stand for. Kept, as the layers of a deep net are much the same.
    """
    known: Bindings = dict(given)
    try:
        for _ in range(3):
            before = dict(known)
            for pattern, shape in zip(patterns, shapes, strict=True):
                bind(pattern, shape, known)
            if known == before:
                break
    except Disagreement:
        return None
    return tuple(express(pattern, known) for pattern in patterns)
