"""What fits are made to: inputs, responses and weights; declares nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from wlnet.builtins.numbers.numerical import as_list, is_array, machine_array
from wlnet.builtins.numerics.formulas import parts_of
from wlnet.builtins.numerics.settings import unfit
from wlnet.kernel import Kernel, Message
from wlnet.terms import S, Symbol, Term, elements, is_head

NO_DATA = "`1` is no data for `2` variables: a list of values, of {x, …, value}, or a rule of two lists is expected."


class Data(NamedTuple):
    """Inputs (example, variable) and responses."""

    inputs: np.ndarray
    response: np.ndarray


def data_of(kernel: Kernel, data: Term, size: int) -> Data:
    """Gives the inputs and responses that data for so many variables hold; raises Message."""
    if is_head(data, S.Rule, 2):
        left, right = (machine_array(kernel, part) for part in data.args)
        if left is not None and right is not None and right.ndim == 1 and len(left) == len(right):
            left = left[:, None] if left.ndim == 1 else left
            return checked(data, Data(left, right), size)
        raise Message("data", data, size, text=NO_DATA)
    found = machine_array(kernel, data)
    if found is None or found.ndim > 2 or not found.size or (found.ndim == 1 and size != 1):
        raise Message("data", data, size, text=NO_DATA)
    if found.ndim == 1:
        return checked(data, Data(np.arange(1.0, len(found) + 1)[:, None], found), size)
    return checked(data, Data(found[:, :-1], found[:, -1]), size)


def checked(term: Term, data: Data, size: int) -> Data:
    """Gives data with so many variables; raises Message for others."""
    is_real = all(part.dtype.kind != "c" and np.isfinite(part).all() for part in data)
    if data.inputs.ndim != 2 or data.inputs.shape[1] != size or not is_real or not len(data.response):
        raise Message("data", term, size, text=NO_DATA)
    return data


def matrix_and_vector(kernel: Kernel, data: Term) -> Data | None:
    """Gives the design matrix and the responses of {m, v}; None for other data."""
    parts = elements(as_list(data)) if is_array(data) else ()
    if len(parts) != 2:
        return None
    matrix, vector = (machine_array(kernel, part) if is_array(part) else None for part in parts)
    if matrix is None or vector is None or matrix.ndim != 2 or vector.ndim != 1 or len(matrix) != len(vector):
        return None
    return checked(data, Data(matrix, vector), matrix.shape[1])


def names_of(terms: Term) -> tuple[Symbol, ...]:
    names = parts_of(terms)
    if not names or len(set(map(id, names))) < len(names):
        raise Message("ivar", terms, text="`1` is not a variable or a list of different variables.")
    return names


def weights_of(kernel: Kernel, options: Mapping[str, Term], size: int) -> np.ndarray:
    """Gives the weights of so many data; raises Message."""
    given = options["Weights"]
    if given is S.Automatic:
        return np.ones(size)
    found = machine_array(kernel, given) if is_array(given) else None
    if found is None or found.shape != (size,) or found.dtype.kind == "c" or not (found >= 0).all():
        raise unfit("Weights", "Automatic or a list of as many numbers ≥ 0 as there are data", given)
    return found
