"""What there is to learn from: examples, as the rows of a matrix of numbers."""

from __future__ import annotations

import numpy as np

from wlnet.builtins.numbers.numerical import as_list, is_array, machine_array
from wlnet.kernel import Kernel, Message
from wlnet.terms import Term, elements

EXAMPLES = "`1` is not a list of numbers, or of arrays of numbers of the same dimensions; a net may give such."


def rows_of(kernel: Kernel, data: Term) -> np.ndarray:
    """Gives the (n, dimensions) float64 matrix of n numbers, vectors or arrays; a message for anything else."""
    found = machine_array(kernel, as_list(data)) if is_array(as_list(data)) and elements(as_list(data)) else None
    if found is None or found.dtype.kind != "f" or not found.size or not np.isfinite(found).all():
        raise Message("examples", data)
    return found.reshape(len(found), -1)
