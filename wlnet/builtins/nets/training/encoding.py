"""Training data encoded batch by batch: what a net's encoders make of files and images may be too large to keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from wlnet.coders import encoded, encoded_batch, is_example
from wlnet.errors import DataError
from wlnet.nets import Port
from wlnet.nets.dimensions import VARYING, size
from wlnet.plans.data import located
from wlnet.terms import Term, elements, is_list
from wlnet.training.stored import Stored, StoredSequences

#: Encoded examples of at most so many bytes are all kept; they need not be encoded again in each round.
LARGE = 1 << 28
#: The bytes of a number.
BYTES = np.dtype(np.float32).itemsize


def encoded_later(name: str, port: Port, data: Term) -> Stored | StoredSequences | None:
    """Gives a column whose examples are encoded when a batch needs them; None where all of them may be kept encoded.

    How large they are is told by the encoder, or by the first one; raises DataError where that cannot be encoded. Taking
    others may raise it.
    """
    coder = port.coder
    if coder is None or not coder.encodes or not is_list(data):
        return None
    items: Sequence[Term] = elements(data)
    if not items or not all(is_example(coder, item) for item in items):
        return None
    shape = coder.port.shape
    numbers = size(shape)
    if numbers is None:
        try:
            first = encoded(coder, items[0])
        except DataError as error:
            raise located(error, name) from None
        shape, numbers = shape or (None,) * first.ndim, first.size
    if len(items) * numbers * BYTES <= LARGE:
        return None

    def read(indices: np.ndarray) -> Any:
        try:
            return encoded_batch(coder, [items[index] for index in indices])
        except DataError as error:
            raise located(error, name) from None

    shown = f'the data for the port "{name}"'
    fixed = tuple(length for length in shape or () if type(length) is int)
    if len(fixed) == len(shape or ()):
        return Stored(shown, (len(items), *fixed), read)
    dimensions = tuple(length if type(length) is int else VARYING for length in shape or ())
    return StoredSequences(shown, len(items), dimensions, lambda indices: list(read(indices)))
