"""How many threads matrix products get.

Small products gain nothing from a second thread, and lose much where a core is missing: two threads of OpenBLAS that
wait for each other on a busy machine were seen to take thirty times as long. So a net runs on one thread unless one of its
products is large; then, and in training, large operations are shared out (see `compute/threads.py`). What the user has set
is put back afterwards.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from wlnet.compute.threads import limited, taken_over
from wlnet.nets.dimensions import Shape
from wlnet.nets.structure import Structure

#: Multiplications in a product from which further threads are worth it: about a millisecond's work of one.
LARGE = 1 << 26
#: A length that varies counts as this one.
TYPICAL_LENGTH = 64


def threads_for(structure: Structure, batch: int) -> AbstractContextManager[Any]:
    """Gives a context in which a net runs on batches of this size with as many threads as suit it."""
    return taken_over() if is_large(structure, batch) else limited(1)


def is_large(structure: Structure, batch: int) -> bool:
    """Tells whether a product in a net is worth several threads."""
    return largest_product(structure, batch) >= LARGE


def largest_product(structure: Structure, batch: int) -> int:
    """Gives the multiplications of the largest matrix product in a net, roughly: each output takes a row of weights."""
    largest = 0
    for _, inner in structure.walk():
        if not inner.is_leaf:
            continue
        rows = max((extent(port.shape) for port in inner.outputs.values()), default=1)
        for slot in inner.slots.values():
            if slot.shape is not None and len(slot.shape) > 1:
                largest = max(largest, batch * rows * extent(slot.shape[1:]))
    return largest


def extent(shape: Shape) -> int:
    """Gives the number of elements, a length that is not fixed counted as a typical one."""
    total = 1
    for dimension in shape or ():
        total *= dimension if isinstance(dimension, int) else TYPICAL_LENGTH
    return total
