"""NumericArray atoms, and `Normal`, which turns special objects into ordinary expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from wlnet.builtins.numbers.numerical import as_list, machine_array
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, Association, Expression, NumericArray, S, Term, pack, to_list, truth
from wlnet.terms.atoms import TYPE_NAMES

#: The number types of NumericArray by name; "Automatic" is chosen by the data.
NUMBER_TYPES = {name: dtype for dtype, name in TYPE_NAMES.items()}

#: Type of an object, or head of an expression → function(kernel, object): its ordinary form. Other packages add theirs.
NORMALIZERS: dict[Any, Callable[[Kernel, Term], Term | None]] = {
    NumericArray: lambda kernel, term: pack(term.array),
    Association: lambda kernel, term: to_list(term.rules()),
    S.Dispatch: lambda kernel, term: term.args[0] if len(term.args) == 1 else None,
}


@builtin(
    "NumericArray", category="Arrays",
    messages={
        "nlist": "`1` is not a rectangular array of numbers.",
        "type": "`1` is not a type of number. Types: `2`.",
        "range": "Some elements of the array do not fit the type `1`.",
    },
)  # fmt: skip
def numeric_array(kernel: Kernel, data: Term, kind: Term = S.Automatic) -> Term | None:
    """NumericArray[array] gives an array of numbers stored compactly.
    NumericArray[array, "type"] stores them as "Real32", "Real64", "Integer8", "UnsignedInteger8", ….

    Examples:
        >> Normal[NumericArray[{1, 2.5}, "Real32"]]
        = {1., 2.5}
        >> NumericArray[{1, 2}, "Integer8"] + 1
        = {2, 3}
    Possible issues:
        >> NumericArray[{1, x}, "Real32"]
        message: NumericArray::nlist
        = $Failed
        >> NumericArray[{1, 2}, "Real7"]
        message: NumericArray::type
        = $Failed
        >> NumericArray[{1, 300}, "UnsignedInteger8"]
        message: NumericArray::range
        = $Failed
    """
    source = data.array if type(data) is NumericArray else as_list(data)
    if type(source) is not np.ndarray:
        packed = machine_array(kernel, source)
        if packed is None:
            raise Message("nlist", data, result=FAILED)
        source = packed
    if kind is S.Automatic:
        return NumericArray(source)
    if type(kind) is not str or kind not in NUMBER_TYPES:
        raise Message("type", kind, ", ".join(sorted(NUMBER_TYPES)), result=FAILED)
    return NumericArray(converted(source, kind))


def converted(source: np.ndarray, kind: str) -> np.ndarray:
    """Gives an array in another number type; a number out of its range is a message."""
    dtype = np.dtype(NUMBER_TYPES[kind])
    if source.dtype.kind == "c" and dtype.kind != "c":
        raise Message("range", kind, result=FAILED)
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        if not np.all((source >= limits.min) & (source <= limits.max)) or not np.all(np.equal(np.mod(source, 1), 0)):
            raise Message("range", kind, result=FAILED)
    with np.errstate(all="ignore"):
        return source.astype(dtype)


@builtin("NumericArrayQ", category="Arrays")
def numeric_array_q(kernel: Kernel, x: Term, kind: Term = None) -> Term:
    """NumericArrayQ[x] gives True if x is a NumericArray.
    NumericArrayQ[x, "type"] gives True if its numbers are of this type.

    Examples:
        >> NumericArrayQ[NumericArray[{1, 2}, "Real32"], "Real32"]
        = True
        >> NumericArrayQ[{1, 2}]
        = False
    """
    return truth(type(x) is NumericArray and (kind is None or x.type_name == kind))


@builtin("NumericArrayType", category="Arrays")
def numeric_array_type(kernel: Kernel, x: Term) -> Term | None:
    """NumericArrayType[array] gives the type of the numbers in a NumericArray.

    Examples:
        >> NumericArrayType[NumericArray[{1, 2}, "Real32"]]
        = "Real32"
    """
    return x.type_name if type(x) is NumericArray else None


@builtin("Normal", category="Arrays")
def normal(kernel: Kernel, expression: Term) -> Term:
    """Normal[expr] gives special objects, such as associations and numeric arrays, as ordinary expressions.

    Examples:
        >> Normal[<|"a" -> 1|>]
        = {"a" -> 1}
        >> Normal[NumericArray[{1, 2}, "Integer64"]]
        = {1, 2}
        >> Normal[{Dispatch[{a -> 1}], SparseArray[{2 -> 5}]}]
        = {{a -> 1}, {0, 5}}
    """
    found = NORMALIZERS.get(expression.head if type(expression) is Expression else type(expression))
    if found is not None:
        value = found(kernel, expression)
        return expression if value is None else value
    if type(expression) is Expression and expression.head is S.List:
        return Expression(S.List, tuple(Expression(S.Normal, (item,)) for item in expression.args))
    return expression
