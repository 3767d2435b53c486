"""Numerical views of terms, shared by the modules of numbers and arrays; declares nothing.

An *array* here is a NumPy array of rank ≥ 1: either numbers (int64, float64, complex128: a packed list), or objects,
each a term (any other rectangular list). `array_of` and `to_term` go from one to the other.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.kernel import Kernel
from wlnet.kernel.structure import as_packed
from wlnet.terms import (
    Association,
    BigReal,
    Expression,
    NumericArray,
    S,
    Symbol,
    Term,
    elements,
    is_number,
    pack,
    to_list,
    unpack,
)
from wlnet.terms import attributes as flags
from wlnet.terms.big_real import GUARD_BITS, bits_of, libmp
from wlnet.terms.packed import PACKED_TYPES
from wlnet.terms.sparse import SparseArray

#: The key in a session's `state` of a version of its definitions and the machine values of terms that were asked for
#: since: a function that stays as it is asks for that of its argument each time, at each level of nested ones.
MACHINE_VALUES = "MachineValues"
#: After so many, they are forgotten.
MOST_KEPT = 1000

INT64_MAX = 2**63 - 1
MAX_REAL = sys.float_info.max

#: The values of the constants, to machine precision.
CONSTANTS: dict[Symbol, float] = {
    S.Pi: math.pi,
    S.E: math.e,
    S.Degree: math.pi / 180,
    S.EulerGamma: 0.5772156649015329,
    S.GoldenRatio: (1 + math.sqrt(5)) / 2,
    S.Catalan: 0.915965594177219,
    S.Glaisher: 1.2824271291006226,
    S.Khinchin: 2.6854520010653062,
    S.MachinePrecision: 15.954589770191003,
}

#: The functions of mpmath that give them to any precision.
CONSTANT_FUNCTIONS: dict[Symbol, str] = {
    S.Pi: "mpf_pi", S.E: "mpf_e", S.Degree: "mpf_degree", S.EulerGamma: "mpf_euler", S.GoldenRatio: "mpf_phi",
    S.Catalan: "mpf_catalan", S.Glaisher: "mpf_glaisher", S.Khinchin: "mpf_khinchin",
}  # fmt: skip

#: Head → function(kernel, expression, digits) that gives its numerical value, None where it has none; digits as in
#: `approximate`. For what is no function of numbers.
OWN_VALUES: dict[Symbol, Callable[[Kernel, Expression, float | None], Term | None]] = {}

INFINITY = Expression(S.DirectedInfinity, (1,))
MINUS_INFINITY = Expression(S.DirectedInfinity, (-1,))
COMPLEX_INFINITY = Expression(S.DirectedInfinity, ())
INDETERMINATE = S.Indeterminate
IMAGINARY_UNIT = Expression(S.Complex, (0, 1))
NUMERICAL = flags.LISTABLE | flags.NUMERIC_FUNCTION


def as_list(term: Term) -> Term:
    """Gives the list that a numeric or sparse array or an association stands for, and any other term as it is."""
    kind = type(term)
    if kind is NumericArray:
        return pack(term.array)
    if kind is SparseArray:
        return term.dense()
    if kind is Association:
        return to_list(term.values())
    return term


def is_array(term: Term) -> bool:
    """Tells whether a term is a list in any form: packed, unpacked, a NumericArray or a SparseArray."""
    kind = type(term)
    return (
        kind is np.ndarray
        or kind is NumericArray
        or kind is SparseArray
        or (kind is Expression and term.head is S.List)
    )


def packed(term: Term) -> np.ndarray | None:
    """Gives the packed form of a list of machine numbers of one kind, or None."""
    found = as_packed(as_list(term))
    return found if type(found) is np.ndarray else None


def dimensions(term: Term, limit: int = 1 << 30) -> tuple[int, ...]:
    """Gives the dimensions of the largest rectangular list that a term is, `()` for an atom."""
    if type(term) is SparseArray:
        return term.shape[:limit]
    term = as_list(term)
    if type(term) is np.ndarray:
        return term.shape[:limit]
    if limit == 0 or not is_array(term):
        return ()
    if not term.args:
        return (0,)
    common: tuple[int, ...] | None = None
    for item in term.args:
        found = dimensions(item, limit - 1) if is_array(item) else ()
        if common is None:
            common = found
        elif common != found:
            length = 0
            while length < min(len(common), len(found)) and common[length] == found[length]:
                length += 1
            common = common[:length]
        if not common:
            break
    return (len(term.args), *(common or ()))


def array_of(term: Term, depth: int | None = None) -> np.ndarray | None:
    """Gives the array of a list of any terms, as deep as it is rectangular (or exactly `depth`); None for no list."""
    term = as_list(term)
    numbers = as_packed(term)
    if type(numbers) is np.ndarray and (depth is None or depth == numbers.ndim):
        return numbers
    shape = dimensions(term)
    if not shape or (depth is not None and len(shape) < depth):
        return None
    shape = shape[:depth] if depth is not None else shape
    made = np.empty(shape, dtype=object)
    for index in np.ndindex(shape[:-1]):
        row = term
        for position in index:
            row = elements(as_list(row))[position] if type(row) is not np.ndarray else row[position]
        for column, item in enumerate(elements(as_list(row))):
            made[(*index, column)] = item
    return made


def to_term(array: Any) -> Term:
    """Gives the term of an array: packed where it holds numbers of one kind."""
    array = np.asarray(array)
    if array.dtype != object:
        return pack(array)
    if array.ndim == 0:
        return array.item()
    if array.ndim == 1:
        return to_list(array.tolist())
    return to_list(to_term(row) for row in array)


def machine_array(kernel: Kernel, term: Term) -> np.ndarray | None:
    """Gives the float64 or complex128 array of a rectangular list of numeric terms, or None."""
    array = array_of(term)
    if array is None:
        return None
    if array.dtype == object:
        values = [machine(kernel, item) for item in array.ravel()]
        if any(value is None for value in values):
            return None
        array = np.array(values).reshape(array.shape)
    return array if array.dtype.kind == "c" else array.astype(np.float64)


def all_exact(term: Term) -> bool:
    """Tells whether no machine real occurs in a list of numbers."""
    if type(term) is np.ndarray:
        return term.dtype.kind == "i"
    if type(term) is Expression:
        return all(map(all_exact, term.args))
    return type(term) not in (float, complex, NumericArray)


def align(arrays: Iterable[Term]) -> list[Any] | None:
    """Gives arrays and numbers made ready for NumPy as Listable threads them: from the first dimension on.

    None where the dimensions do not agree, or where a number has no machine form of its own (a fraction beside
    integers, an integer beyond 64 bits, a big real), so that the elements must be taken one by one.
    """
    items = list(arrays)
    found = [item for item in items if type(item) is np.ndarray]
    if not found:
        return None
    shape = found[0].shape
    if all(item.shape == shape if type(item) is np.ndarray else is_small(item) for item in items):
        return items
    shape = max((item.shape for item in found), key=len)
    inexact = any(item.dtype.kind != "i" for item in found) or any(type(x) in (float, complex) for x in items)
    for place, item in enumerate(items):
        if type(item) is np.ndarray:
            if item.shape != shape[: item.ndim]:
                return None
            if item.ndim < len(shape):
                items[place] = item.reshape(item.shape + (1,) * (len(shape) - item.ndim))
        elif type(item) is Fraction or (type(item) is int and abs(item) > INT64_MAX):
            if not inexact:
                return None
            items[place] = real(item)
        elif type(item) is BigReal or not is_number(item):
            return None
    return items


#: Up to so many reals, Python is faster than NumPy at looking at them.
FEW = 16


def is_small(number: Term) -> bool:
    """Tells whether a term is a number that NumPy has as well."""
    return type(number) is float or (type(number) is int and abs(number) <= INT64_MAX)


def bound(item: Any) -> int:
    """Gives the largest magnitude of an integer or of an array of integers, as a Python integer."""
    if type(item) is np.ndarray:
        return max(abs(int(item.max())), abs(int(item.min())))
    return abs(item)


def is_integer_kind(item: Any) -> bool:
    return type(item) is int or (type(item) is np.ndarray and item.dtype.kind == "i")


def finite(result: np.ndarray) -> np.ndarray | None:
    """Gives a packed result, or None where an element is no finite number and needs the rules for single ones."""
    if result.dtype.kind != "i" and not is_finite(result):
        return None
    if result.base is None and result.ndim and result.size and result.dtype in PACKED_TYPES:
        result.setflags(write=False)
        return result
    return pack(result)


def is_finite(array: np.ndarray) -> bool:
    """Tells whether all reals or complex numbers of an array are finite."""
    if array.ndim == 1 and array.dtype == np.float64 and len(array) <= FEW and math.isfinite(sum(array.tolist())):
        return True
    # Not `all`, which costs more than the rest where the list is short.
    return bool(np.logical_and.reduce(np.isfinite(array), axis=None))


def real(number: int | float | Fraction | BigReal) -> float:
    """Gives a real number as a machine number, infinite beyond its range."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def is_infinite(term: Term) -> bool:
    """Tells whether a term is Infinity, -Infinity or ComplexInfinity (no other direction)."""
    if type(term) is not Expression or term.head is not S.DirectedInfinity:
        return False
    return not term.args or (len(term.args) == 1 and type(term.args[0]) is int and abs(term.args[0]) == 1)


def is_infinity(term: Term) -> bool:
    """Tells whether a term is Infinity."""
    return is_infinite(term) and term.args == (1,)


def is_complex(term: Term) -> bool:
    """Tells whether a term is an exact complex number, `Complex[a, b]`."""
    return type(term) is Expression and term.head is S.Complex and len(term.args) == 2


def is_numeric(kernel: Kernel, term: Term) -> bool:
    """Tells whether a term is a numeric quantity: a number, a constant, or a numeric function of such."""
    waiting, seen = [term], set()
    while waiting:
        term = waiting.pop()
        kind = type(term)
        if kind is not Expression:
            if not (term in CONSTANTS if kind is Symbol else is_number(term)):
                return False
        elif type(term.head) is not Symbol:
            return False
        elif term.head is not S.Complex and term.head not in OWN_VALUES and id(term) not in seen:
            if not kernel.attributes(term.head) & flags.NUMERIC_FUNCTION:
                return False
            seen.add(id(term))
            waiting += term.args
    return True


def machine(kernel: Kernel, term: Term) -> float | complex | None:
    """Gives the machine value of a numeric term, or None."""
    kind = type(term)
    if kind is float or kind is complex:
        return term
    if kind is int or kind is Fraction or kind is BigReal:
        return real(term)
    if kind is Symbol:
        return CONSTANTS.get(term)
    if kind is not Expression or not is_numeric(kernel, term):
        return None
    version, kept = kernel.state.get(MACHINE_VALUES, (None, {}))
    if version != kernel.version or len(kept) > MOST_KEPT:
        kept = {}
        kernel.state[MACHINE_VALUES] = kernel.version, kept
    if term not in kept:
        value = kernel.evaluate(approximate(kernel, term))
        kept[term] = value if type(value) in (float, complex) else real(value) if is_number(value) else None
    return kept[term]


def machine_real(kernel: Kernel, term: Term) -> float | None:
    """Gives the machine value of a real numeric term or of a signed infinity, or None."""
    if is_infinite(term):
        return math.inf * term.args[0] if term.args else None
    value = machine(kernel, term)
    return value if type(value) is float else None


def approximate(kernel: Kernel, term: Term, digits: float | None = None) -> Term:
    """Gives a term with its exact numbers and constants replaced by inexact ones, not evaluated further.

    digits: of big reals; None: machine numbers, which big reals become as well.
    """
    kind = type(term)
    if kind is int or kind is Fraction or kind is BigReal:
        return real(term) if digits is None else to_digits(term, digits)
    if kind is Symbol:
        return CONSTANTS.get(term, term) if digits is None else constant_to(term, digits)
    if kind is np.ndarray:
        if term.dtype.kind != "i":
            return term
        return pack(term.astype(np.float64)) if digits is None else approximate(kernel, unpack(term), digits)
    if kind is Association:
        return term.map_values(approximate(kernel, value, digits) for value in term.values())
    if kind is not Expression:
        return term
    if is_complex(term):
        if not all(map(is_number, term.args)):
            return term
        if digits is not None:
            return Expression(S.Complex, tuple(to_digits(part, digits) if part else part for part in term.args))
        return complex(*map(real, term.args))
    if term.head is S.DirectedInfinity:
        return term
    if type(term.head) is Symbol and term.head in OWN_VALUES:
        value = OWN_VALUES[term.head](kernel, term, digits)
        return term if value is None else value
    held = kernel.attributes(term.head) if type(term.head) is Symbol else 0
    integer_power = term.head is S.Power and len(term.args) == 2 and type(term.args[1]) is int
    args = []
    for place, item in enumerate(term.args):
        keep = held & (flags.N_HOLD_REST if place else flags.N_HOLD_FIRST) or (place and integer_power)
        args.append(item if keep else approximate(kernel, item, digits))
    return Expression(term.head, tuple(args))


def to_digits(number: int | Fraction | BigReal, digits: float) -> BigReal:
    """Gives a number to so many digits, to fewer where fewer are known."""
    if type(number) is BigReal:
        return number if number.digits <= digits else BigReal.of(number, digits)
    return BigReal.of(number, digits)


def constant_to(term: Symbol, digits: float) -> Term:
    """Gives a constant to so many digits, any other symbol as it is."""
    name = CONSTANT_FUNCTIONS.get(term)
    return term if name is None else BigReal(getattr(libmp(), name)(bits_of(digits) + GUARD_BITS, "n"), digits)


def closely(kernel: Kernel, term: Term, digits: float) -> BigReal | None:
    """Gives the value of an exact real quantity, worked out with so many digits; None for anything else."""
    value = kernel.evaluate(approximate(kernel, term, digits))
    return value if type(value) is BigReal else BigReal.of(value, digits) if type(value) in (int, Fraction) else None


def counted(term: Term, least: int = 0) -> int | None:
    """Gives a machine integer ≥ `least`, or None."""
    return term if type(term) is int and least <= term <= INT64_MAX else None


def sizes(term: Term) -> tuple[int, ...] | None:
    """Gives the dimensions that a specification `n` or `{n, m, …}` stands for, or None."""
    found = (term,) if type(term) is int else elements(as_list(term)) if is_array(term) else None
    if found is None or any(type(n) is not int or n < 0 for n in found):
        return None
    return found if math.prod(found) < 1 << 28 else None


def objects_of(array: np.ndarray) -> np.ndarray:
    """Gives an array of terms, each number of a packed array as a Python number."""
    if array.dtype == object:
        return array
    made = np.empty(array.shape, dtype=object)
    made.ravel()[:] = array.ravel().tolist()
    return made
