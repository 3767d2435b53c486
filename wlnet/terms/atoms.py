"""The table of atomic types: what each type answers when the language asks for its head, its text or its equality.

A package that brings a new atom (a net, a coder, a results object) registers it here; the evaluator, `same`, `compare`
and the writer look in the table and know no type by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.terms.symbols import S, Symbol


@dataclass(frozen=True, slots=True)
class AtomType:
    """How a type of atom behaves.

    head: the symbol that `Head[x]` gives.
    full_form: the term that stands for it in FullForm and InputForm and makes it again when evaluated, or None where
        the writer knows the type itself.
    text: its printed form (may have several lines), or None: as `full_form`.
    equal: decides `SameQ` of two of the type; default: identity.
    hash: agrees with `equal`; default: id.
    """

    head: Callable[[Any], Symbol]
    full_form: Callable[[Any], Any] | None = None
    text: Callable[[Any], str] | None = None
    equal: Callable[[Any, Any], bool] | None = None
    hash: Callable[[Any], int] | None = None


TABLE: dict[type, AtomType] = {}


def register(
    kind: type,
    head: Symbol | Callable[[Any], Symbol],
    *,
    full_form: Callable[[Any], Any] | None = None,
    text: Callable[[Any], str] | None = None,
    equal: Callable[[Any, Any], bool] | None = None,
    hash: Callable[[Any], int] | None = None,
) -> None:
    """Makes `kind` a type of atom."""
    if isinstance(head, Symbol):
        fixed = head
        TABLE[kind] = AtomType(lambda _: fixed, full_form, text, equal, hash)
    else:
        TABLE[kind] = AtomType(head, full_form, text, equal, hash)


def atom_type(term: Any) -> AtomType:
    """Gives the row of an atom; raises TypeError for a Python object that is no term (an error of ours)."""
    found = TABLE.get(type(term))
    if found is None:
        raise TypeError(f"{type(term).__name__} is not a type of term: {term!r}")
    return found


class NumericArray:
    """An array atom with an explicit number type, such as "Real32": what nets hold and give.

    `array` is read-only and C-contiguous. `Normal` turns it into a list.
    """

    __slots__ = ("array",)

    def __init__(self, array: np.ndarray) -> None:
        array = np.ascontiguousarray(array)
        if array.flags.writeable:
            array = array.view()
            array.setflags(write=False)
        self.array = array

    @property
    def type_name(self) -> str:
        """The language's name of the number type, such as "Real32" or "UnsignedInteger8"."""
        return TYPE_NAMES[self.array.dtype.name]


TYPE_NAMES = {
    "float32": "Real32", "float64": "Real64", "complex64": "ComplexReal32", "complex128": "ComplexReal64",
    "int8": "Integer8", "int16": "Integer16", "int32": "Integer32", "int64": "Integer64",
    "uint8": "UnsignedInteger8", "uint16": "UnsignedInteger16", "uint32": "UnsignedInteger32",
    "uint64": "UnsignedInteger64", "float16": "Real16",
}  # fmt: skip

register(int, S.Integer, equal=lambda a, b: a == b, hash=lambda a: hash(("i", a)))
register(
    float,
    S.Real,
    equal=lambda a, b: a == b or (a != a and b != b),
    hash=lambda a: hash(("r", a)) if a == a else 7919,
)
register(complex, S.Complex, equal=lambda a, b: a == b, hash=lambda a: hash(("c", a)))
register(Fraction, S.Rational, equal=lambda a, b: a == b, hash=lambda a: hash(("q", a)))
register(str, S.String, equal=lambda a, b: a == b, hash=hash)
register(Symbol, S.Symbol)
register(
    NumericArray,
    S.NumericArray,
    equal=lambda a, b: a.array.dtype == b.array.dtype and bool(np.array_equal(a.array, b.array)),
    hash=lambda a: hash((a.array.dtype.name, a.array.tobytes())),
)
