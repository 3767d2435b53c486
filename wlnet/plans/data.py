"""Data at ports: from terms or arrays to batches, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wlnet.coders import decoded, encoded, encoded_batch, is_example
from wlnet.errors import DataError
from wlnet.nets.coders import Coder
from wlnet.nets.dimensions import VARYING, Port, Shape, describe, fits, show
from wlnet.terms import FALSE, NONE, TRUE, S, Term, elements, is_head, is_list, numeric, pack, to_list


class Encoded(NamedTuple):
    """Data for one port: an array with the batch as its first axis, or, where lengths differ, an array for each example.

    single: whether the data were one example, not a list of them.
    """

    values: np.ndarray | list[np.ndarray]
    single: bool

    @property
    def examples(self) -> int:
        """The number of examples."""
        return len(self.values)


def encode(name: str, port: Port, term: Term, kind: str, *, batched: bool | None = None) -> Encoded:
    """Gives the data of a port; raises DataError naming the port, what it takes and what came.

    batched: True where the term must be a list of examples, False where it must be one, None: what fits.
    """
    if port.coder is not None and port.coder.encodes:
        try:
            encoded = through_encoder(port, term, batched)
        except DataError as error:
            raise error if kind == "NetEncoder" else located(error, name) from None
        if encoded is not None:
            return encoded
    array = numbers_of(term)
    if array is not None:
        single = is_single(port.shape, array, batched)
        values: Any = array[None] if single else array
        return Encoded(checked(name, port, values, term, kind), single)
    if batched is not False and is_list(term):
        require_alike(name, port, elements(term), kind)
        return Encoded(ragged(name, port, elements(term), kind), False)
    raise misfit(name, port, f"`1`, which {fault_of(term)},", kind, term)


def numbers_of(term: Term) -> np.ndarray | None:
    """Gives the array of numbers, or of truth values as 1 and 0; None for anything else."""
    array = numeric(term)
    return truth_values(term) if array is None else array


def truth_values(term: Term) -> np.ndarray | None:
    if term is TRUE or term is FALSE:
        return np.asarray(float(term is TRUE))
    if not is_head(term, S.List) or not term.args:
        return None
    rows: list[np.ndarray] = []
    for item in term.args:
        row = truth_values(item)
        if row is None or (rows and row.shape != rows[0].shape):
            return None
        rows.append(row)
    return np.stack(rows)


def fault_of(term: Term) -> str:
    """Tells why a term is no array of numbers."""
    stack = [term]
    while stack:
        item = stack.pop()
        if item is S.Indeterminate or is_head(item, S.DirectedInfinity):
            return "has a number that is not finite (remove it or replace it first)"
        if is_list(item):
            stack.extend(elements(item))
    return "is not an array of numbers"


def through_encoder(port: Port, term: Term, batched: bool | None) -> Encoded | None:
    """Gives the data as the port's encoder makes them; None for data that are arrays already."""
    coder: Coder = port.coder
    if batched is not True and is_example(coder, term):
        return Encoded(encoded(coder, term)[None], True)
    if batched is not False and is_list(term):
        items = elements(term)
        if items and all(is_example(coder, item) for item in items):
            return Encoded(encoded_batch(coder, items), False)
        if coder.kind.takes_lists and items and not is_encoded(port, term):
            return Encoded(encoded_batch(coder, items), False)
    return None


def located(error: DataError, name: str) -> DataError:
    """Gives the error of an encoder that is attached to a port, with the name of the port."""
    return DataError(f'{error.message} (at the port "{name}")', tag=error.tag, kind=error.kind, terms=error.terms)


def is_encoded(port: Port, term: Term) -> bool:
    """Tells whether a term is a list of arrays that fit the port."""
    array = numbers_of(term)
    return array is not None and port.shape is not None and fits(port.shape, array.shape[1:])


def is_single(shape: Shape, array: np.ndarray, batched: bool | None) -> bool:
    """Tells whether an array is one example of a port of this shape."""
    if batched is not None:
        return not batched
    return shape is None or array.ndim <= len(shape)


def checked(name: str, port: Port, values: np.ndarray, term: Term, kind: str, number: int | None = None) -> np.ndarray:
    """Gives the batch, if it fits the port; raises DataError. number: which example of a list it is, if it is only one."""
    where = "" if number is None else f" (example {number})"
    if not len(values):
        raise misfit(name, port, "an empty list", kind, term)
    if port.shape is not None and not fits(port.shape, values.shape[1:]):
        raise misfit(name, port, f"data of dimensions {show(values.shape[1:])}{where}", kind, term)
    if port.element == "Integer":
        if values.dtype.kind != "i" and not np.array_equal(values, np.rint(values)):
            raise misfit(name, port, "numbers that are not integers", kind, term)
        if port.limit is not None and values.size and (values.min() < port.least or values.max() > port.limit):
            worst = values.argmax() if values.max() > port.limit else values.argmin()
            if len(values) > 1:
                where = f" (example {int(worst) // (values.size // len(values)) + 1})"
            raise DataError(
                f'the port "{name}" takes integers from {port.least} to {port.limit}, but {int(values.flat[worst])} came{where}',
                tag="data",
                kind=kind,
            )
    return values


def require_alike(name: str, port: Port, items: Sequence[Term], kind: str) -> None:
    """Raises DataError for the first example that an encoder does not take, where it takes others of the list."""
    if port.coder is None or not port.coder.encodes:
        return
    taken = [is_example(port.coder, item) for item in items]
    if any(taken) and not all(taken):
        index = taken.index(False)
        raise misfit(name, port, f"`1` (example {index + 1})", kind, items[index])


def ragged(name: str, port: Port, items: Sequence[Term], kind: str) -> list[np.ndarray]:
    """Gives the examples of a list whose elements have different lengths, or say why they do not fit."""
    if not items:
        raise misfit(name, port, "an empty list", kind, NONE)
    arrays = []
    for index, item in enumerate(items, 1):
        array = numbers_of(item)
        if array is None:
            raise misfit(name, port, f"`1` (example {index}), which {fault_of(item)},", kind, item)
        arrays.append(array)
    for index, (array, item) in enumerate(zip(arrays, items, strict=True), 1):
        checked(name, port, array[None], item, kind, index)
    if port.shape is not None and VARYING not in port.shape:
        raise misfit(name, port, "arrays of different dimensions", kind, items[0])
    return arrays


def misfit(name: str, port: Port, came: str, kind: str, term: Term) -> DataError:
    wanted = describe(port.shape, port.element)
    wanted = f"{'an' if wanted[0] in 'ai' else 'a'} {wanted}"
    limit = f" up to {port.limit}" if port.element == "Integer" and port.limit else ""
    if port.coder is not None and port.coder.encodes:
        limit += f", or what {port.coder.kind.title} encodes"
    return DataError(
        f'the port "{name}" takes {wanted}{limit}, or a list of those, but {came} came',
        tag="data",
        kind=kind,
        terms=(term,),
    )


def decode(port: Port, array: np.ndarray, property: Any = None) -> Term:
    """Gives the term of one example at an output: through its decoder if it has one, else numbers or a packed list.

    property: what a decoder shall give, None for its first property; the symbol None (as a term) for the array itself.
    """
    coder = port.coder
    if coder is None or coder.encodes:
        return pack(np.asarray(array, np.float64)) if port.element == "Real" else pack(np.rint(array).astype(np.int64))
    return decoded(coder, np.asarray(array), property)


def decode_batch(port: Port, arrays: Sequence[np.ndarray] | np.ndarray, property: Any = None) -> Term:
    """Gives the list of the terms of a batch."""
    if isinstance(arrays, np.ndarray) and (port.coder is None or port.coder.encodes):
        return decode(port, arrays, property)
    if type(property) is str and property == "Properties":
        return decode(port, arrays[0], property)
    return to_list([decode(port, array, property) for array in arrays])
