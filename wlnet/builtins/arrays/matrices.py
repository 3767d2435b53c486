"""What functions of matrices share: exact, machine and big matrices, and the way to each; declares nothing."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

import numpy as np

from wlnet.builtins.arrays.elimination import Rows, rows_of, rows_term
from wlnet.builtins.numbers.big import context, digits_known, is_big, of_context, of_value
from wlnet.builtins.numbers.numbers import is_explicit, is_machine
from wlnet.builtins.numbers.numerical import (
    approximate,
    array_of,
    dimensions,
    is_array,
    machine_array,
    objects_of,
    to_term,
)
from wlnet.builtins.numbers.precision import numbers_in
from wlnet.kernel import Kernel, Message
from wlnet.terms import S, Term, is_head, list_of
from wlnet.terms.big_real import GUARD_BITS, bits_of

EPSILON = float(np.finfo(np.float64).eps)
#: How many times the rounding of the largest entry a smaller one is taken for zero.
SLACK = 1024
SQUARE = "Argument `1` is not a nonempty square matrix."
SINGULAR = "Matrix `1` is singular."


class Kind(Enum):
    """What the entries of a matrix are: machine numbers, numbers of many digits, or exact ones and symbols."""

    MACHINE, BIG, EXACT = range(3)


def matrix_of(term: Term) -> np.ndarray | None:
    """Gives a matrix that is not empty as an array, or None."""
    found = array_of(term, 2) if is_array(term) and len(dimensions(term)) == 2 else None
    return found if found is not None and found.size else None


def square_of(term: Term) -> np.ndarray | None:
    """Gives a square matrix as an array; None for no list; the message `matsq` for another shape."""
    if not is_array(term):
        return None
    found = matrix_of(term)
    if found is None or found.shape[0] != found.shape[1]:
        raise Message("matsq", term)
    return found


def kind_of(kernel: Kernel, *arrays: np.ndarray) -> Kind:
    """Gives the kind that matrices have together: the least exact one, EXACT where an entry is no number."""
    inexact = [x for array in arrays for x in inexact_in(array)]
    if not inexact or any(machine_array(kernel, to_term(array)) is None for array in arrays):
        return Kind.EXACT
    return Kind.MACHINE if any(map(is_machine, inexact)) else Kind.BIG


def inexact_in(array: np.ndarray) -> list[Term]:
    """Gives the inexact numbers in an array, of a packed array one for all."""
    items = array.ravel()[:1].tolist() if array.dtype != object else array.ravel().tolist()
    return [number for item in items for number in numbers_in(item) if is_machine(number) or is_big(number)]


def machine_matrix(kernel: Kernel, array: np.ndarray) -> np.ndarray | None:
    """Gives the machine numbers of an array of numeric terms, all of them finite, or None."""
    found = machine_array(kernel, to_term(array))
    return found if found is not None and np.isfinite(found).all() else None


def in_many_digits(kernel: Kernel, compute: Callable[..., Any], *arrays: np.ndarray) -> Term | None:
    """Gives what a function of mpmath's context and matrices finds, to the digits of the least known entry, or None."""
    digits = max(min(digits_known(x) for array in arrays for x in inexact_in(array)), 1.0)
    work, bits = context(), bits_of(digits) + 2 * GUARD_BITS
    with work.workprec(bits):
        given = [big_matrix(kernel, work, array, digits + GUARD_BITS, bits) for array in arrays]
        try:
            return big_term(work, compute(work, *given), digits)
        except (ValueError, TypeError, ArithmeticError, AssertionError, work.NoConvergence):
            return None


def big_matrix(kernel: Kernel, work: Any, array: np.ndarray, digits: float, bits: int) -> Any:
    """Gives an array of numeric terms as a matrix of mpmath (a vector as one column)."""
    columns = array if array.ndim == 2 else array.reshape(-1, 1)
    made = work.matrix(*columns.shape)
    for index, item in np.ndenumerate(objects_of(columns)):
        number = item if is_explicit(item) else kernel.evaluate(approximate(kernel, item, digits))
        made[index] = work.convert(of_context(work, number, bits))
    return made


def big_term(work: Any, value: Any, digits: float) -> Term:
    """Gives a number, a matrix, or a sequence of them, of mpmath as a term."""
    if isinstance(value, work.matrix):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return list_of(*(big_term(work, item, digits) for item in value))
    return value if value is None or type(value) is int else of_value(work, work.convert(value), digits)


def with_rows(kernel: Kernel, array: np.ndarray, compute: Callable[[Rows, float | None], Rows]) -> Term | None:
    """Gives the matrix that a function of rows, and of the size below which inexact numbers are zero, makes of one."""
    match kind_of(kernel, array):
        case Kind.EXACT:
            return rows_term(compute(rows_of(kernel, array), None))
        case Kind.BIG:
            return in_many_digits(
                kernel, lambda work, m: compute(m.tolist(), tolerance_of(m.tolist(), work.eps)), array
            )
    numbers = machine_matrix(kernel, array)
    if numbers is None:
        return None
    rows = numbers.tolist()
    return to_term(np.array(compute(rows, tolerance_of(rows, EPSILON))))


def tolerance_of(rows: Rows, epsilon: Any) -> Any:
    """Gives the size below which entries count as zero beside the largest one."""
    return max(abs(x) for row in rows for x in row) * epsilon * SLACK


def chosen_part(spec: Term, count: int) -> slice | None:
    """Gives the part of `count` ordered things that k (the first), -k (the last) or UpTo[k] stands for, or None."""
    if is_head(spec, S.UpTo, 1) and type(spec.args[0]) is int and spec.args[0] >= 0:
        spec = min(spec.args[0], count)
    if type(spec) is not int or abs(spec) > count:
        return None
    return slice(0, spec) if spec >= 0 else slice(count + spec, count)
