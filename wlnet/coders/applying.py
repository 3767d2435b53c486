"""Coders applied: examples to arrays, and arrays to terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from wlnet.errors import DataError
from wlnet.nets.coders import Coder, CoderKind
from wlnet.nets.dimensions import show
from wlnet.terms import NONE, S, Term, elements, is_head, is_list, pack, to_list


def is_example(coder: Coder, term: Term, depth: int = 0) -> bool:
    """Tells whether a term is one example for an encoder; with "Dimensions", an array of those."""
    if depth < len(coder.leading):
        return is_list(term) and all(is_example(coder, item, depth + 1) for item in elements(term))
    assert coder.kind.accepts is not None
    return coder.kind.accepts(coder.settings, term)


def encoded(coder: Coder, term: Term, depth: int = 0) -> np.ndarray:
    """Gives the array of one example; raises DataError."""
    if depth == len(coder.leading):
        assert coder.kind.encode is not None
        return coder.kind.encode(coder.settings, term)
    rows = [encoded(coder, item, depth + 1) for item in elements(term)]
    wanted = coder.leading[depth]
    shapes = {row.shape for row in rows}
    if not rows or len(shapes) > 1 or (type(wanted) is int and len(rows) != wanted):
        raise DataError(
            f"the encoder takes arrays of examples with the dimensions {show(coder.leading)}, but `1` came",
            tag="data", kind="NetEncoder", terms=(term,),
        )  # fmt: skip
    return np.stack(rows)


def encoded_batch(coder: Coder, terms: Sequence[Term]) -> np.ndarray | list[np.ndarray]:
    """Gives the arrays of several examples: one array where their dimensions agree; raises DataError."""
    if coder.kind.encode_batch is not None and not coder.leading:
        rows = coder.kind.encode_batch(coder.settings, terms)
    else:
        rows = each(lambda term: encoded(coder, term), terms)
    return np.stack(rows) if all(row.shape == rows[0].shape for row in rows) else rows


def each(encode: Callable[[Term], np.ndarray], terms: Sequence[Term]) -> list[np.ndarray]:
    """Gives the arrays of several examples; raises DataError that tells which one could not be encoded."""
    rows = []
    for number, term in enumerate(terms, 1):
        try:
            rows.append(encode(term))
        except DataError as error:
            where = f" (example {number})" if len(terms) > 1 else ""
            raise DataError(error.message + where, tag=error.tag, kind=error.kind, terms=error.terms) from None
    return rows


def decoded(coder: Coder, array: np.ndarray, property: Any = None) -> Term:
    """Gives what a decoder makes of one array: its first property, a property, or a list of some; raises DataError.

    The property None (the symbol) is the array itself, "Properties" the names of all.
    """
    kind = coder.kind
    if property is NONE:
        return pack(np.asarray(array, np.float64))
    if type(property) is str and property == "Properties":
        return to_list((*kind.properties, NONE))
    if property is not None and not is_property(kind, property) and is_list(property) and elements(property):
        return to_list([decoded(coder, array, item) for item in elements(property)])
    chosen = property if property is not None else kind.properties[0] if kind.properties else "Decision"
    if property is not None and not is_property(kind, property):
        shown = ", ".join([*(f'"{known}"' for known in kind.properties), "None"])
        raise DataError(
            f"{kind.title} has no property `1`; its properties are {shown}",
            tag="prop", kind="NetDecoder", terms=(property,),
        )  # fmt: skip
    assert kind.port is not None
    shape = kind.port(coder.settings).shape
    return mapped(coder, array, chosen, array.ndim if shape is None else len(shape))


def mapped(coder: Coder, array: np.ndarray, property: Any, rank: int) -> Term:
    """Gives the property of an array of this rank, or of each such array in an array of a higher one."""
    if array.ndim > rank:
        return to_list([mapped(coder, row, property, rank) for row in array])
    assert coder.kind.decode is not None
    return coder.kind.decode(coder.settings, array, property)


def is_property(kind: CoderKind, property: Any) -> bool:
    """Tells whether this is one property; {"name", argument} is one, {"name1", "name2"} are two."""
    if is_list(property) and len(elements(property)) == 2 and is_property(kind, elements(property)[1]):
        return False
    return property is NONE or property_parts(property)[0] in (*kind.properties, "Properties")


def property_parts(property: Any) -> tuple[str, Term | None]:
    """Gives name and argument of a property: "name", "name" -> argument or {"name", argument}."""
    parts: Sequence[Any] = (property, None)
    if is_head(property, S.Rule, 2):
        parts = property.args
    elif is_list(property) and len(elements(property)) == 2:
        parts = elements(property)
    return (parts[0], parts[1]) if type(parts[0]) is str else ("", None)
